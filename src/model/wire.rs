//! What accounts are between two processes of the program: words and sentences of its own stay its own.

use super::Text;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashSet;

/// A word of the program's own: an id, an edition, a source. Under another name than its type, because serde would borrow it.
pub(super) type Own = &'static str;

thread_local! {
    /// The program's own words that came from another process: each is kept once by a thread, for good, and there are only so
    /// many.
    static WORDS: RefCell<HashSet<&'static str, foldhash::fast::FixedState>> = RefCell::default();
}

fn own(text: &str) -> &'static str {
    WORDS.with_borrow_mut(|words| {
        words.get(text).copied().unwrap_or_else(|| {
            let word: &'static str = Box::leak(text.into());
            words.insert(word);
            word
        })
    })
}

/// For fields that hold a word of the program's own.
pub(super) fn own_word<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    Cow::<str>::deserialize(deserializer).map(|text| own(&text))
}

/// The same sentence on the way; whether something was filled into it tells what may be shown of it.
#[derive(Serialize, Deserialize)]
struct Sentence<'a> {
    filled: bool,
    #[serde(borrow)]
    ja: Cow<'a, str>,
    #[serde(borrow)]
    en: Cow<'a, str>,
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let filled = !matches!((&self.ja, &self.en), (Cow::Borrowed(_), Cow::Borrowed(_)));
        let (ja, en) = (self.ja.as_ref().into(), self.en.as_ref().into());
        Sentence { filled, ja, en }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Sentence { filled, ja, en } = Sentence::deserialize(deserializer)?;
        Ok(if filled { Self::new(ja, en) } else { Self::fixed(own(&ja), own(&en)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_stays_what_it_was() {
        for text in [Text::fixed("固定", "fixed"), Text::new("固定", "fixed")] {
            let line = serde_json::to_string(&text).unwrap();
            let back: Text = serde_json::from_str(&line).unwrap();
            assert_eq!(back, text);
            let is_own = |text: &Text| matches!(text.ja, Cow::Borrowed(_));
            assert_eq!(is_own(&back), is_own(&text));
        }
    }
}
