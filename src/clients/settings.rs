//! Settings of one account, server or identity, whatever they were stored in. Every value has come through the one door
//! that keeps, shortens or drops it by its kind.

use crate::formats::facts::{Fact, Spelling, find, is_hidden};
use crate::formats::kinds::{self, Kind, PRESENT, keep, keep_number};
use crate::model::Place;
use std::borrow::Cow;

/// A setting after its store's own form was taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// Text.
    Text(String),
    /// A number or a switch.
    Number(i64),
    /// A secret, or what is of no use here: present, and nothing more is known.
    Secret,
    /// The beginning of a text whose end is damaged.
    Cut(String),
    /// Stored in a form that does not fit the setting.
    Strange,
}

/// One setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Spelled as the client spells it.
    pub name: String,
    /// Its value.
    pub raw: Raw,
    /// The value as it is stored, for the evidence.
    pub shown: String,
}

/// The settings of one account, server or identity.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// Registry key or file, and where in it.
    pub place: Place,
    /// The settings that can be asked for.
    pub facts: &'static [Fact],
    /// How the store spells their names.
    pub spelling: Spelling,
    /// In the order of the store; where a name occurs twice, the first counts.
    pub entries: Vec<Setting>,
}

/// A value as a store holds it.
#[derive(Clone, Copy)]
pub enum Stored<'a> {
    /// Text.
    Text(&'a str),
    /// A number.
    Number(i64),
    /// Yes or no, as its store writes them.
    Switch(bool),
    /// What its store has dropped already.
    Secret,
    /// Text with a damaged end, and the reader's own words for what it is.
    Cut(&'a str, &'a str),
    /// Not in a form that the setting can have; the reader's own words for it.
    Odd(&'a str),
}

impl Setting {
    /// A value through the door. What is of no kind here keeps nothing but its name.
    pub fn kept(name: &str, fact: Option<&Fact>, stored: Stored) -> Self {
        let Some(fact) = fact else { return Self::secret(kinds::name(name)) };
        let name = name.to_owned();
        // A yes or no is no secret, whatever its name: of two passwords it may say that they are the same.
        let is_secret = is_hidden(Some(fact), &name) && !matches!(stored, Stored::Switch(_));
        if is_secret || matches!(fact.kind, Kind::Secret | Kind::Dropped) {
            return Self::secret(name);
        }
        let is_strict = fact.kind.is_number();
        match stored {
            Stored::Secret => Self::secret(name),
            Stored::Odd(words) => Self { name, raw: Raw::Strange, shown: words.to_owned() },
            Stored::Cut(text, words) => {
                let kept = keep(fact.kind, text);
                // Of a number or a path that is not all there, nothing can be made.
                let is_shown = matches!(fact.kind, Kind::Host | Kind::Address | Kind::Label | Kind::User);
                if !is_shown || !kept.fits || kept.text.is_empty() {
                    return Self { name, raw: Raw::Strange, shown: words.to_owned() };
                }
                let in_brackets = if words.starts_with('(') { words } else { &format!("({words})") };
                Self { name, shown: format!("{} {in_brackets}", kept.text), raw: Raw::Cut(kept.text) }
            }
            Stored::Switch(switch) => {
                Self { name, raw: Raw::Number(switch.into()), shown: switch.to_string() }
            }
            Stored::Number(number) => {
                let (number, kept) = keep_number(fact.kind, number);
                // A number in the place of a word or a name is what it looks like.
                Self { name, raw: Raw::Number(number), shown: kept.text }
            }
            Stored::Text(text) => {
                let kept = keep(fact.kind, text);
                let raw = if is_strict && !kept.fits && kept.text != text.trim() {
                    Raw::Strange
                } else {
                    Raw::Text(kept.text.clone())
                };
                Self { name, raw, shown: kept.text }
            }
        }
    }

    /// A secret.
    pub fn secret(name: impl Into<String>) -> Self {
        Self { name: name.into(), shown: PRESENT.to_owned(), raw: Raw::Secret }
    }
}

impl Settings {
    /// No settings yet.
    pub fn new(place: impl Into<Place>, facts: &'static [Fact], spelling: Spelling) -> Self {
        Self { place: place.into(), facts, spelling, entries: Vec::new() }
    }

    /// What a store holds, through the door.
    pub fn of<'a>(
        place: impl Into<Place>,
        facts: &'static [Fact],
        spelling: Spelling,
        stored: impl IntoIterator<Item = (&'a str, Stored<'a>)>,
    ) -> Self {
        let mut settings = Self::new(place, facts, spelling);
        let entries = stored.into_iter().map(|(name, value)| Setting::kept(name, find(facts, name), value));
        settings.entries = entries.collect();
        settings
    }

    /// The name of a setting as this store spells it. Asking for one that is not listed is a fault of the program, never an
    /// absent value: absent means the default, and a slip of the pen would be a wrong verdict. The fault becomes the issue
    /// `internal` (scan.rs).
    fn name_of<'n>(&self, name: &'n impl AsRef<str>) -> Cow<'n, str> {
        let name = name.as_ref();
        // Settings of nothing: a group or record that is not there.
        if self.facts.is_empty() && self.entries.is_empty() {
            return Cow::Borrowed(name);
        }
        let exact = self.facts.iter().find(|fact| fact.name == name);
        let Some(fact) = exact.or_else(|| self.facts.iter().find(|fact| fact.is(name))) else {
            #[expect(clippy::panic, reason = "a fault of this program, which a scan tells as one")]
            {
                panic!("the setting {name} is not listed");
            }
        };
        if fact.name == name { self.spelling.name(fact) } else { Cow::Borrowed(name) }
    }

    /// The setting of this name, without regard to case.
    pub fn get(&self, name: impl AsRef<str>) -> Option<&Setting> {
        let name = self.name_of(&name);
        self.entries.iter().find(|setting| setting.name.eq_ignore_ascii_case(&name))
    }

    /// True if the setting is there, whatever it is.
    pub fn has(&self, name: impl AsRef<str>) -> bool {
        self.get(name).is_some()
    }

    /// The settings that look like this one; their names are not known beforehand.
    pub fn alike<'a>(&'a self, fact: &'a Fact) -> impl Iterator<Item = &'a Setting> {
        self.entries.iter().filter(|setting| fact.is(&setting.name))
    }

    /// The setting's name as this store spells it, for the evidence.
    pub fn spelled(&self, name: impl AsRef<str>) -> String {
        self.name_of(&name).into_owned()
    }

    /// A text without a record of the look: for names and links between records.
    pub fn peek_text(&self, name: impl AsRef<str>) -> Option<&str> {
        match self.get(name).map(|setting| &setting.raw) {
            Some(Raw::Text(text)) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    /// A number without a record of the look.
    pub fn peek_number(&self, name: impl AsRef<str>) -> Option<i64> {
        match self.get(name).map(|setting| &setting.raw) {
            Some(Raw::Number(number)) => Some(*number),
            Some(Raw::Text(text)) => text.trim().parse().ok(),
            _ => None,
        }
    }
}
