//! The groups of a settings file of KDE.
//!
//! KConfig's INI (KDE/kconfig, src/core/kconfigini.cpp): a group or key that comes again adds to and replaces the first;
//! `[$e]`, `[$i]` and the like behind a key are options, `[$d]` deletes, any other bracket is a language. Names have a case.

use crate::clients::settings::{Setting, Settings, Stored};
use crate::formats::facts::{Fact, Group, Spelling, find, of_group, shown_group};
use crate::formats::ini_lexer::{self, Entry, KCONFIG, LONGEST, Section};
use crate::model::Place;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// All groups with their settings, those of one name as one; each bears its name in brackets behind the file's.
pub(super) fn groups_of(text: &str, groups: &'static [Group], file: &Place) -> Vec<Settings> {
    let mut found: Vec<(&str, Vec<&Entry>)> = Vec::new();
    let mut places = HashMap::new();
    let sections = ini_lexer::lex(text, &KCONFIG);
    // What stands before any group, or behind one that has no end, belongs to none.
    let is_group = |section: &&Section| section.name.start > 0;
    for section in sections.iter().skip(1).filter(is_group) {
        let name = slice(text, &section.name);
        let at = *places.entry(name).or_insert_with(|| {
            found.push((name, Vec::new()));
            found.len() - 1
        });
        if let Some((_, entries)) = found.get_mut(at) {
            entries.extend(&section.entries);
        }
    }
    let settings = found.into_iter().map(|(name, entries)| {
        let place = file.section(&shown_group(groups, name));
        let mut settings = Settings::new(place, of_group(groups, name), Spelling::AsIs);
        settings.entries = last_of_each(text, &entries, settings.facts);
        settings
    });
    settings.collect()
}

fn slice<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or_default()
}

fn last_of_each(text: &str, entries: &[&Entry], facts: &'static [Fact]) -> Vec<Setting> {
    let mut seen = HashSet::new();
    let mut settings = Vec::new();
    for entry in entries.iter().rev() {
        let (name, options) = (slice(text, &entry.name), slice(text, &entry.options));
        let Some(fact) = find(facts, name) else { continue };
        let is_language = !options.is_empty() && !options.starts_with("[$");
        if is_language || !seen.insert(name) || options.starts_with("[$d") {
            continue;
        }
        let value = slice(text, &entry.value);
        settings.push(if value.len() > LONGEST {
            Setting::kept(name, Some(fact), Stored::Odd("(too long)"))
        } else {
            Setting::kept(name, Some(fact), Stored::Text(&unescape(value)))
        });
    }
    settings.reverse();
    settings
}

pub(super) fn unescape(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match (c, (c == '\\').then(|| characters.next()).flatten()) {
            ('\\', Some('s')) => plain.push(' '),
            ('\\', Some('t')) => plain.push('\t'),
            ('\\', Some('n')) => plain.push('\n'),
            ('\\', Some('r')) => plain.push('\r'),
            ('\\', Some('\\')) => plain.push('\\'),
            ('\\', Some(other)) => plain.extend(['\\', other]),
            (c, _) => plain.push(c),
        }
    }
    plain
}

/// Blanks at the ends do not come through the door.
pub(super) fn escape(value: &str) -> String {
    value.replace('\\', r"\\").replace('\t', r"\t").replace('\n', r"\n").replace('\r', r"\r")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::facts::fact;
    use crate::formats::kinds::{Kind, PORT};

    const FACTS: &[Fact] = &[
        fact("host", Kind::Host, "", ""),
        fact("port", PORT, "", ""),
        fact("name", Kind::Label, "", ""),
        fact("auth", Kind::Switch, "", ""),
    ];
    const GROUPS: &[Group] = &[("Transport *", FACTS), ("General", FACTS)];
    const TEXT: &str = "\u{FEFF}port=1\n[Transport 1]\nhost[$e]=a\nname[ja]=x\n# host=b\nport=25\nport=587\n\
         name=a\\sb\\\\c\n[General]\nauth=true\nauth[$d]=\n[Transport 1]\nport[$i]=465\n[open\nport=2\n[a][b]\nport=3\n";

    fn shown(text: &str) -> Vec<String> {
        let groups = groups_of(text, GROUPS, &"f".into());
        let line = |group: &Settings| {
            let entries: Vec<_> =
                group.entries.iter().map(|entry| format!("{}={}", entry.name, entry.shown)).collect();
            format!("{} {}", group.place, entries.join(" "))
        };
        groups.iter().map(line).collect()
    }

    #[test]
    fn the_last_value_counts_and_options_do_not_belong_to_the_key() {
        let expected = [r"f [Transport 1] host=a name=a b\c port=465", "f [General] ", "f [a][b] "];
        assert_eq!(shown(TEXT), expected);
    }

    #[test]
    fn a_copy_reads_as_its_original_did() {
        let write =
            |fact: &Fact, value: &str| ini_lexer::plain(fact, &unescape(value)).map(|kept| escape(&kept));
        let copied = ini_lexer::copy(TEXT, &KCONFIG, GROUPS, |name| !name.is_empty(), write);
        assert_eq!(shown(&copied), shown(TEXT));
        // What stands in brackets may be anything.
        let options = "[Transport 1]\nhost[himitsu]=a\nhost[$himitsu]=b\nhost[$d himitsu]=c\n";
        let copied = ini_lexer::copy(options, &KCONFIG, GROUPS, |_| true, write);
        assert_eq!(copied, "[Transport 1]\nhost=b\nhost[$d]=c\n");
    }

    #[test]
    fn a_damaged_file_does_not_take_for_ever() {
        let groups = (0..100_000).map(|number| format!("[{number}]\n")).collect::<Vec<_>>().concat();
        let keys = (0..100_000).map(|number| format!("k{number}=\n")).collect::<Vec<_>>().concat();
        assert_eq!(groups_of(&format!("{groups}{keys}"), GROUPS, &"f".into()).len(), 100_000);
    }
}
