//! What the shapes of several documents have in common: a text in both languages, and the program itself.

use crate::model::Text;
use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
pub(super) struct ToolV1 {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

#[derive(Serialize)]
pub(super) struct TextV1<'a> {
    pub(super) ja: Cow<'a, str>,
    pub(super) en: Cow<'a, str>,
}

impl<'a> From<&'a Text> for TextV1<'a> {
    fn from(text: &'a Text) -> Self {
        Self { ja: (&*text.ja).into(), en: (&*text.en).into() }
    }
}
