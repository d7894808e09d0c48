//! The groups of a key file of GLib as settings.

use super::settings::{Setting, Settings, Stored};
use crate::formats::facts::{Group, Spelling, find, is_hidden_in, is_listed, of_group, shown_group};
use crate::formats::ini::{self, Entry};
use crate::formats::{key_file, kinds};
use crate::model::Place;
use std::collections::BTreeMap;

/// Of two groups of one name `GKeyFile` makes one, and of two keys the last counts (developer-old.gnome.org/glib,
/// Key-value file parser). Names are as they may be shown.
pub(super) fn groups_of(
    text: &str,
    groups: &'static [Group],
    is_sign: fn(&str) -> bool,
    file: &Place,
) -> BTreeMap<String, Settings> {
    // What no row lists says nothing, but for groups whose presence is a sign.
    let parsed = ini::parse_of(text, &|name| is_hidden_in(groups, name), &|name| {
        is_listed(groups, name) || is_sign(name)
    });
    let mut found: BTreeMap<String, Settings> = BTreeMap::new();
    // A damaged file may have any number of keys.
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for section in parsed.sections() {
        let name = shown_group(groups, &section.name);
        let facts = of_group(groups, &section.name);
        let place = file.section(&name);
        let group = found.entry(name).or_insert_with(|| Settings::new(place, facts, Spelling::AsIs));
        for (name, entry) in &section.entries {
            let fact = find(facts, name);
            let setting = match entry {
                Entry::Text(text) => {
                    let text = fact.map(|fact| key_file::plain(fact, text)).unwrap_or_default();
                    Setting::kept(name, fact, Stored::Text(&text))
                }
                Entry::Secret => Setting::secret(kinds::name(name)),
                Entry::TooLong { length } => {
                    Setting::kept(name, fact, Stored::Odd(&format!("({length} bytes)")))
                }
            };
            let at = *places.entry((&section.name, name)).or_insert(group.entries.len());
            match group.entries.get_mut(at) {
                Some(known) => *known = setting,
                None => group.entries.push(setting),
            }
        }
    }
    found
}
