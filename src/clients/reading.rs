//! What is read of a client.

use super::Found;
use crate::model::{Confidence, Text};
use crate::source::{Problem, User};

/// How the accounts of a client are found.
#[derive(Debug, Clone, Copy)]
pub enum Reading {
    /// By a detector that understands its settings.
    Settings(fn(&User, &mut Found) -> Result<(), Problem>),
    /// By a detector that finds which accounts there are; how they send can't be read.
    Accounts(fn(&User, &mut Found) -> Result<(), Problem>),
    /// Its settings are not understood: that one of its places exists tells that it is there. How sure the places are.
    Presence(Confidence),
    /// Nothing of it lies on a computer that is scanned: it is asked for only.
    Asked,
}

impl Reading {
    /// What is read, for people.
    pub const fn text(self) -> Text {
        match self {
            Self::Settings(_) => Text::fixed("設定", "settings"),
            Self::Accounts(_) => Text::fixed("アカウントの有無", "accounts only"),
            Self::Presence(_) => Text::fixed("ソフトの有無", "presence only"),
            Self::Asked => Text::fixed("なし(質問のみ)", "by questions only"),
        }
    }
}
