//! The look at settings that becomes the evidence: every setting that was asked for, with its value or its absence.

use super::settings::{Raw, Setting, Settings};
use crate::formats::facts::{find, is_hidden};
use crate::formats::kinds::PRESENT;
use crate::model::limits;
use crate::model::{DefaultValue, Evidence, Place, Port, Text};
use crate::source::Problem;

/// Values longer than this are cut in the evidence, in characters.
const MAX_SHOWN: usize = 200;

/// A setting whose value can't be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unclear {
    /// The setting and its value as stored.
    pub shown: String,
    /// True if the value can't be what the client wrote; false if only its meaning is unknown.
    pub malformed: bool,
    /// Where it stands, if no problem tells of it yet.
    pub untold: Option<Place>,
    /// What can be understood of it: the beginning of a text whose end is damaged.
    pub beginning: Option<String>,
}

impl Unclear {
    /// What depends on something that is not known, and is no value by itself.
    pub fn open(shown: impl Into<String>) -> Self {
        Self { shown: shown.into(), malformed: false, untold: None, beginning: None }
    }
}

/// Reads settings and keeps a record of every look.
#[derive(Debug, std::default::Default)]
pub struct Look {
    /// What was looked at, in order.
    pub evidence: Vec<Evidence>,
    /// Values that could not be used.
    pub problems: Vec<Problem>,
    /// How many looks there were after the evidence was full.
    pub left_out: u64,
    is_aside: bool,
}

impl Look {
    /// Looks at what the verdict does not rest on: names, and the incoming side.
    pub fn aside<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = std::mem::replace(&mut self.is_aside, true);
        let answer = read(self);
        self.is_aside = before;
        answer
    }

    /// A text; empty counts as absent.
    pub fn text(&mut self, from: &Settings, name: impl AsRef<str>) -> Option<String> {
        self.record(from, name.as_ref(), None);
        match from.get(name.as_ref()) {
            Some(setting) if matches!(setting.raw, Raw::Cut(_)) => self.malformed(from, setting).beginning,
            _ => from.peek_text(name.as_ref()).map(str::to_owned),
        }
    }

    /// A text that decides something: empty counts as absent, but what is no text is malformed.
    pub fn needed_text(&mut self, from: &Settings, name: impl AsRef<str>) -> Result<Option<String>, Unclear> {
        self.record(from, name.as_ref(), None);
        match from.get(name.as_ref()) {
            Some(setting) if !matches!(setting.raw, Raw::Text(_)) => Err(self.malformed(from, setting)),
            _ => Ok(from.peek_text(name.as_ref()).map(str::to_owned)),
        }
    }

    /// A number, or the default where the setting is absent; `source` says whose word the default is.
    pub fn number(
        &mut self,
        from: &Settings,
        name: impl AsRef<str>,
        default: i64,
        source: &'static str,
    ) -> Result<i64, Unclear> {
        self.record(from, name.as_ref(), Some(DefaultValue { value: default.to_string(), source }));
        match from.get(name.as_ref()) {
            None => Ok(default),
            Some(setting) => match from.peek_number(name.as_ref()) {
                Some(number) => Ok(number),
                None if setting.shown.trim().is_empty() => Ok(default),
                None => Err(self.malformed(from, setting)),
            },
        }
    }

    /// A switch: any number but 0 is on.
    pub fn switch(
        &mut self,
        from: &Settings,
        name: impl AsRef<str>,
        source: &'static str,
    ) -> Result<bool, Unclear> {
        Ok(self.number(from, name.as_ref(), 0, source)? != 0)
    }

    /// A TCP port; 0 and numbers above 65535 are malformed.
    pub fn port(
        &mut self,
        from: &Settings,
        name: impl AsRef<str>,
        default: u16,
        source: &'static str,
    ) -> Result<Port, Unclear> {
        let number = self.number(from, name.as_ref(), default.into(), source)?;
        let Some(setting) = from.get(name.as_ref()).filter(|setting| !setting.shown.trim().is_empty()) else {
            return Ok(Port::Default(default));
        };
        match u16::try_from(number) {
            Ok(port) if port != 0 => Ok(Port::Stored(port)),
            _ => Err(self.malformed(from, setting)),
        }
    }

    /// A value that was read but whose meaning is unknown.
    pub fn unknown(from: &Settings, name: impl AsRef<str>) -> Unclear {
        let shown = from.get(name.as_ref()).map_or("", |setting| setting.shown.as_str());
        let untold = Some(from.place.clone());
        Unclear { untold, ..Unclear::open(format!("{} = {}", from.spelled(name), cut(shown))) }
    }

    /// Adds another look at the same in another case: what stood there then, too.
    pub fn join(&mut self, other: Self) {
        for seen in other.evidence {
            let is_same = |known: &Evidence| {
                (&known.place, &known.setting, &known.value) == (&seen.place, &seen.setting, &seen.value)
            };
            if self.evidence.iter().any(is_same) {
                continue;
            }
            if self.evidence.len() < limits::EVIDENCE.count() {
                self.evidence.push(seen);
            } else {
                self.left_out += 1;
            }
        }
        for problem in other.problems {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        self.left_out = self.left_out.max(other.left_out);
    }

    /// Records the look at one setting.
    pub fn record(&mut self, from: &Settings, name: impl AsRef<str>, default: Option<DefaultValue>) {
        if self.evidence.len() >= limits::EVIDENCE.count() {
            self.left_out += 1;
            return;
        }
        let setting = from.get(name.as_ref());
        // The store's own spelling is the better evidence.
        let name = setting.map_or_else(|| from.spelled(name), |setting| setting.name.clone());
        let is_hidden = is_hidden(find(from.facts, &name), &name);
        let value = setting.map(|setting| if is_hidden { PRESENT.to_owned() } else { cut(&setting.shown) });
        let decides = !self.is_aside;
        let seen = Evidence { place: from.place.clone(), setting: name, value, default, decides };
        if !self.evidence.contains(&seen) {
            self.evidence.push(seen);
        }
    }

    fn malformed(&mut self, from: &Settings, setting: &Setting) -> Unclear {
        let shown = format!("{} = {}", setting.name, cut(&setting.shown));
        self.problems.push(Problem::malformed(&from.place, &Text::new(shown.clone(), shown.clone())));
        let beginning = match &setting.raw {
            Raw::Cut(text) => Some(text.clone()),
            _ => None,
        };
        Unclear { malformed: true, beginning, ..Unclear::open(shown) }
    }
}

fn cut(text: &str) -> String {
    if text.chars().count() <= MAX_SHOWN {
        return text.to_owned();
    }
    text.chars().take(MAX_SHOWN).chain("...".chars()).collect()
}
