//! Text of a KDE settings file → groups with their entries.
//!
//! KConfig's INI (KDE/kconfig, src/core/kconfigini.cpp): a group or key that comes again adds to and replaces the first;
//! `[$e]`, `[$i]` and the like behind a key are options, `[$d]` deletes, any other bracket is a language. Names have a case.

use crate::formats::secrets::is_secret_name;
use std::collections::{HashMap, HashSet};

/// A key whose value is a command line: arguments may hold a password, so that only the program is kept.
const COMMAND: &str = "precommand";

/// One `[group]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What stands between the brackets.
    pub name: String,
    /// Keys and their values, each key once; no secrets.
    pub entries: Vec<(String, String)>,
}

/// Reads a whole file. Lines that mean nothing are passed over, as KConfig does.
pub fn parse(text: &str) -> Vec<Group> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut groups: Vec<Draft> = Vec::new();
    let mut places = HashMap::new();
    let mut current = None;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            current = name.rsplit_once(']').map(|(name, _)| {
                *places.entry(name).or_insert_with(|| {
                    groups.push((name, Vec::new()));
                    groups.len() - 1
                })
            });
        } else if !line.starts_with('#')
            && let Some((key, value)) = line.split_once('=')
            && let Some(group) = current.and_then(|at: usize| groups.get_mut(at))
        {
            take(group, key.trim(), value.trim());
        }
    }
    let finish = |(name, lines): Draft| Group { name: name.to_owned(), entries: last_of_each(lines) };
    groups.into_iter().map(finish).collect()
}

/// A group's name, and what its lines say of each key in turn; `None` deletes.
type Draft<'a> = (&'a str, Vec<(String, Option<String>)>);

fn last_of_each(lines: Vec<(String, Option<String>)>) -> Vec<(String, String)> {
    let mut seen = HashSet::new();
    let last = lines.into_iter().rev().filter(|(key, _)| seen.insert(key.clone()));
    let mut entries: Vec<_> = last.filter_map(|(key, value)| Some((key, value?))).collect();
    entries.reverse();
    entries
}

fn take((_, lines): &mut Draft, key: &str, value: &str) {
    let (key, options) = key.split_once('[').map_or((key, ""), |(key, options)| (key.trim(), options));
    if key.is_empty() || is_secret_name(key) || (!options.is_empty() && !options.starts_with('$')) {
        return;
    }
    let plain = || if key == COMMAND { program_of(value) } else { unescape(value) };
    lines.push((key.to_owned(), (!options.starts_with("$d")).then(plain)));
}

/// The program of a command line, and whether there is more.
fn program_of(line: &str) -> String {
    let mut words = line.split_whitespace();
    match (words.next(), words.next()) {
        (Some(program), _) if program.contains('=') => "(command)".to_owned(),
        (Some(program), Some(_)) => format!("{program} ..."),
        (program, _) => program.unwrap_or_default().to_owned(),
    }
}

fn unescape(value: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_counts_and_options_do_not_belong_to_the_key() {
        let groups = parse(
            "stray=1\n[Transport 1]\nhost[$e]=a\nname[ja]=x\n# host=b\nport=25\nport=587\nuser=a\\sb\\\\c\n[General]\n[Transport 1]\nport[$d]\nauth=true\n[a][b]\nx=y\nuser[$d]=\n",
        );
        let shown: Vec<String> = groups.iter().map(|g| format!("{} {:?}", g.name, g.entries)).collect();
        assert_eq!(
            shown,
            [
                r#"Transport 1 [("host", "a"), ("port", "587"), ("user", "a b\\c"), ("auth", "true")]"#,
                "General []",
                r#"a][b [("x", "y")]"#,
            ]
        );
    }

    #[test]
    fn a_damaged_file_does_not_take_for_ever() {
        let groups = (0..100_000).map(|number| format!("[{number}]\n")).collect::<Vec<_>>().concat();
        let keys = (0..100_000).map(|number| format!("k{number}=\n")).collect::<Vec<_>>().concat();
        assert_eq!(parse(&format!("{groups}{keys}")).len(), 100_000);
    }

    #[test]
    fn neither_passwords_nor_arguments_are_kept() {
        let groups = parse(
            "[a]\npassword=TOPSECRET\nprecommand=/usr/bin/popcheck -p TOPSECRET\n[b]\nprecommand=P=TOPSECRET x\n[c]\nprecommand=check\n",
        );
        assert!(!format!("{groups:?}").contains("TOPSECRET"));
        let commands: Vec<&str> =
            groups.iter().flat_map(|group| &group.entries).map(|(_, value)| value.as_str()).collect();
        assert_eq!(commands, ["/usr/bin/popcheck ...", "(command)", "check"]);
    }
}
