//! The sections of an INI file as settings.

use super::settings::{Setting, Settings, Stored};
use crate::formats::facts::{Spelling, find, is_hidden_in, of_group, shown_group};
use crate::formats::ini::{self, Entry};
use crate::formats::kinds;
use crate::model::Place;
use crate::source::Content;

/// All sections in the order of the file, also those whose name was there before; `plain` takes off what the program takes off
/// a value. Names are as they may be shown.
pub(super) fn sections(content: &Content, place: &Place, plain: fn(&str) -> &str) -> Vec<(String, Settings)> {
    let groups = content.rule.groups;
    let parsed = ini::parse_by(&content.text(), &|name| is_hidden_in(groups, name));
    let sections = parsed.sections().map(|section| {
        let facts = of_group(groups, &section.name);
        let name = shown_group(groups, &section.name);
        let mut settings = Settings::new(place.section(&name), facts, Spelling::AsIs);
        settings.entries = section
            .entries
            .iter()
            .map(|(name, entry)| match entry {
                Entry::Text(text) => Setting::kept(name, find(facts, name), Stored::Text(plain(text))),
                Entry::Secret => Setting::secret(kinds::name(name)),
                Entry::TooLong { length } => {
                    Setting::kept(name, find(facts, name), Stored::Odd(&format!("({length} bytes)")))
                }
            })
            .collect();
        (name, settings)
    });
    sections.collect()
}
