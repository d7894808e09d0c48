//! The fields of a table, one by one: each is asked for by its name and kind, and what doesn't fit is noted with its place.

use super::expected::{self, missing, wanted};
use crate::model::{Text, Until, day};
use crate::policy::mistake::Note;
use std::ops::Range;
use time::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value with its place.
type Value<'t> = Spanned<DeValue<'t>>;

/// Texts may be this long, in characters.
const LONGEST_TEXT: usize = 1000;

/// Unknown keys with longer names are not named: they may be anything.
const LONGEST_KEY: usize = 20;

/// A table of the file, and what was wrong in it.
pub(super) struct Fields<'t> {
    table: &'t DeTable<'t>,
    span: Range<usize>,
    name: String,
    /// In the order in which they were noticed.
    pub(super) mistakes: Vec<Note>,
    /// What is no mistake, but hardly meant.
    pub(super) warnings: Vec<Note>,
}

impl<'t> Fields<'t> {
    /// The whole file.
    pub(super) fn of_file(table: &'t DeTable<'t>) -> Self {
        Self { table, span: 0..0, name: String::new(), mistakes: Vec::new(), warnings: Vec::new() }
    }

    fn get(&self, key: &str) -> Option<&'t Value<'t>> {
        self.table.get(key)
    }

    /// True if it is there, whatever its value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    fn field(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }

    fn note(&mut self, at: &Range<usize>, field: String, message: Text) {
        self.mistakes.push(Note { at: at.start, field, message });
    }

    /// Notes what is wrong with a field that is there, or with its absence.
    pub(super) fn wrong(&mut self, key: &str, message: Text) {
        let at = self.get(key).map_or(self.span.clone(), Spanned::span);
        self.note(&at, self.field(key), message);
    }

    /// What is wrong with a field, as it is told without being a mistake.
    pub(super) fn warning(&self, key: &str, message: Text) -> Note {
        let at = self.get(key).map_or(self.span.clone(), Spanned::span);
        Note { at: at.start, field: self.field(key), message }
    }

    /// Notes what is wrong with the table itself.
    pub(super) fn wrong_itself(&mut self, message: Text) {
        self.note(&self.span.clone(), self.name.clone(), message);
    }

    /// Notes a field that has to be there and is not.
    pub(super) fn need(&mut self, key: &str, what: &Text) {
        if !self.has(key) {
            self.wrong(key, missing(what));
        }
    }

    /// True if nothing at all is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Notes every key that is none of these; `elsewhere`: keys of other tables, with where they belong.
    pub(super) fn only(&mut self, known: &[&str], elsewhere: &[(&[&str], Text)]) {
        let table = self.table;
        for key in table.keys() {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let can_be_named = name.len() <= LONGEST_KEY
                && !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            let other = elsewhere.iter().find(|(keys, _)| keys.contains(&name)).map(|(_, place)| place);
            let near = known.iter().map(|known| (strsim::jaro_winkler(known, name), known));
            let near =
                near.max_by(|one, other| one.0.total_cmp(&other.0)).filter(|(likeness, _)| *likeness > 0.8);
            let message = match (other, near) {
                (Some(place), _) => Text::new(
                    format!("この項目はここではなく、{}に書きます", place.ja),
                    format!("this field does not belong here but {}", place.en),
                ),
                (None, Some((_, near))) => Text::new(
                    format!("このような項目はありません。{near} のことですか?"),
                    format!("there is no such field; did you mean {near}?"),
                ),
                (None, None) => Text::new(
                    format!("このような項目はありません。使えるもの: {}", known.join("、")),
                    format!("there is no such field; there are {}", known.join(", ")),
                ),
            };
            let field = self.field(if can_be_named { name } else { "?" });
            self.note(&key.span(), field, message);
        }
    }

    /// A value, or each one of a list; with the name of each.
    fn items(&mut self, key: &str) -> Vec<(&'t Value<'t>, String)> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let field = self.field(key);
        let Some(list) = value.get_ref().as_array() else { return vec![(value, field)] };
        if list.is_empty() {
            self.note(&value.span(), field.clone(), wanted(&expected::NOT_EMPTY));
        }
        list.iter().enumerate().map(|(at, value)| (value, format!("{field}[{}]", at + 1))).collect()
    }

    fn each<T>(&mut self, key: &str, what: &Text, read: impl Fn(&DeValue) -> Option<T>) -> Vec<T> {
        let mut found = Vec::new();
        for (value, field) in self.items(key) {
            match read(value.get_ref()) {
                Some(read) => found.push(read),
                None => self.note(&value.span(), field, wanted(what)),
            }
        }
        found
    }

    fn one<T>(&mut self, key: &str, what: &Text, read: impl Fn(&DeValue) -> Option<T>) -> Option<T> {
        let read = read(self.get(key)?.get_ref());
        if read.is_none() {
            self.wrong(key, wanted(what));
        }
        read
    }

    /// One word or several.
    pub(super) fn words<T>(&mut self, key: &str, what: &Text, read: impl Fn(&str) -> Option<T>) -> Vec<T> {
        self.each(key, what, |value| value.as_str().and_then(&read))
    }

    /// One word.
    pub(super) fn word<T>(&mut self, key: &str, what: &Text, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.one(key, what, |value| value.as_str().and_then(&read))
    }

    /// One number or several.
    pub(super) fn numbers(&mut self, key: &str, what: &Text) -> Vec<u16> {
        self.each(key, what, |value| number(value).filter(|number| *number > 0))
    }

    /// One number.
    pub(super) fn number(&mut self, key: &str, what: &Text, fits: impl Fn(u16) -> bool) -> Option<u16> {
        self.one(key, what, |value| number(value).filter(|number| fits(*number)))
    }

    /// Yes or no; no where it is left out.
    pub(super) fn flag(&mut self, key: &str) -> bool {
        let flag = |value: &DeValue| if let DeValue::Boolean(flag) = value { Some(*flag) } else { None };
        self.one(key, &expected::FLAG, flag).unwrap_or_default()
    }

    /// A day, bare or in quotation marks.
    pub(super) fn day(&mut self, key: &str) -> Option<Date> {
        self.one(key, &expected::DAY, |value| day(&date_text(value)?))
    }

    /// The last day; a month or a year is a text, as TOML has neither.
    pub(super) fn until(&mut self, key: &str) -> Option<Until> {
        self.one(key, &expected::UNTIL, |value| Until::from_text(&date_text(value)?))
    }

    /// A text for people.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        self.one(key, &expected::PLAIN, |value| plain(value.as_str()?))
    }

    /// A text for people in both languages, or one that serves both.
    pub(super) fn both(&mut self, key: &str) -> Option<Text> {
        let value = self.get(key)?;
        if value.get_ref().is_str() {
            return self.text(key).map(|text| Text::new(text.clone(), text));
        }
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(key, wanted(&expected::BOTH));
            return None;
        };
        let mut inner = Self::inner(table, value.span(), self.field(key));
        inner.only(&["ja", "en"], &[]);
        let found = inner.languages();
        if found.is_none() && inner.mistakes.is_empty() {
            inner.wrong_itself(wanted(&expected::BOTH));
        }
        self.mistakes.append(&mut inner.mistakes);
        found
    }

    /// The texts `ja` and `en`, if both are there.
    pub(super) fn languages(&mut self) -> Option<Text> {
        let (ja, en) = (self.text("ja"), self.text("en"));
        Some(Text::new(ja?, en?))
    }

    /// The tables of a list.
    pub(super) fn tables(&mut self, key: &str) -> Vec<Self> {
        let Some(value) = self.get(key) else { return Vec::new() };
        if !value.get_ref().is_array() {
            self.wrong(key, wanted(&expected::LIST));
            return Vec::new();
        }
        let mut found = Vec::new();
        for (value, field) in self.items(key) {
            match value.get_ref().as_table() {
                Some(table) => found.push(Self::inner(table, value.span(), field)),
                None => self.note(&value.span(), field, wanted(&expected::LIST)),
            }
        }
        found
    }

    fn inner(table: &'t DeTable<'t>, span: Range<usize>, name: String) -> Self {
        Self { table, span, name, mistakes: Vec::new(), warnings: Vec::new() }
    }
}

fn number(value: &DeValue) -> Option<u16> {
    let number = value.as_integer()?;
    u16::from_str_radix(number.as_str(), number.radix()).ok()
}

/// A date is written as it is read; one with a time of day is none of ours.
fn date_text(value: &DeValue) -> Option<String> {
    value.as_datetime().map(ToString::to_string).or_else(|| value.as_str().map(str::to_owned))
}

/// A text that can be shown as it is.
pub(in crate::policy) fn plain(text: &str) -> Option<String> {
    // Characters that turn the direction of what follows (Unicode Standard Annex 9).
    let turns =
        |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}');
    let text = text.trim();
    let fits = !text.is_empty()
        && text.chars().count() <= LONGEST_TEXT
        && !text
            .chars()
            .any(|c| c.is_control() || matches!(c, '<' | '>' | '\u{2028}' | '\u{2029}') || turns(c));
    fits.then(|| text.to_owned())
}
