//! What is special about GLib's key files (developer-old.gnome.org/glib, Key-value file parser), which `ini` and the ranges of
//! `ini_lexer` read: their escapes, and what makes the programs refuse a whole file.

use super::facts::{Fact, Group};
use super::ini_lexer::{self, KEY_FILE};
use super::kinds::Kind;

/// Empty lines, comments, groups and keys: anything else makes `GKeyFile` refuse the whole file.
pub fn is_line(line: &str) -> bool {
    let line = line.trim();
    line.is_empty()
        || line.starts_with('#')
        || (line.starts_with('[') && line.ends_with(']'))
        || line.split_once('=').is_some_and(|(key, _)| !key.trim().is_empty())
}

/// A value without the file's own form: without escapes, and of mail addresses with names in front of them only the
/// addresses.
pub fn plain(fact: &Fact, value: &str) -> String {
    let text = unescape(value);
    if fact.kind == Kind::Addresses { addresses(&text).join(",") } else { text }
}

/// The file with nothing but the settings of these groups, as `ini_lexer::copy` does it.
pub fn copy(text: &str, groups: &'static [Group], always: fn(&str) -> bool) -> String {
    ini_lexer::copy(text, &KEY_FILE, groups, always, |fact, value| {
        ini_lexer::plain(fact, &plain(fact, value)).map(|kept| escape(&kept))
    })
}

/// The escapes of `GKeyFile`: blanks at the ends of a value, line ends, tabulators and the backslash itself.
fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        plain.push(match character {
            '\\' => match characters.next() {
                Some('s') => ' ',
                Some('n') => '\n',
                Some('t') => '\t',
                Some('r') => '\r',
                Some(other) => other,
                None => '\\',
            },
            other => other,
        });
    }
    plain
}

/// Blanks at the ends do not come through the door.
fn escape(text: &str) -> String {
    text.replace('\\', r"\\").replace('\n', r"\n").replace('\t', r"\t").replace('\r', r"\r")
}

/// A list as it stands in the header of a message (RFC 5322, 3.4), or in a list of a key file: names may be quoted and
/// hold commas.
fn addresses(header: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    for character in header.chars() {
        is_quoted ^= character == '"';
        match parts.last_mut() {
            Some(last) if is_quoted || !matches!(character, ',' | ';' | '\n' | '\r') => last.push(character),
            _ => parts.push(String::new()),
        }
    }
    let address = |part: &String| {
        let inside = part.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>'));
        inside.map_or(part.as_str(), |(address, _)| address).trim().to_owned()
    };
    parts.iter().map(address).filter(|address| address.contains('@')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::facts::fact;

    #[test]
    fn of_a_list_of_addresses_the_names_stay_behind() {
        let aliases = fact("Aliases", Kind::Addresses, "", "");
        for (stored, expected) in [
            (
                "\"Yamada, Taro\" <a@example.jp>, b@example.jp,Hanako <c@example.jp> , nobody",
                "a@example.jp,b@example.jp,c@example.jp",
            ),
            (r#""Yamada\; Taro" <a@example.jp>;b@example.jp;"#, "a@example.jp,b@example.jp"),
            ("", ""),
        ] {
            assert_eq!(plain(&aliases, stored), expected);
        }
    }

    #[test]
    fn a_copy_reads_as_its_original_did() {
        const FACTS: &[Fact] = &[fact("Name", Kind::Label, "", ""), fact("Host", Kind::Host, "", "")];
        const GROUPS: &[Group] = &[("A", FACTS)];
        let text =
            "x=1\n[A]\nName=\\sa\\\\b\\nc\\s\nHost=taro:himitsu@mail\nSecret=himitsu\n[B]\nName=b\n[C]\n";
        let copied = copy(text, GROUPS, |name| name == "C");
        assert_eq!(copied, "[A]\nName=a\\\\b\\nc\nHost=mail\n[C]\n");
        assert_eq!(copy(&copied, GROUPS, |name| name == "C"), copied);
    }

    #[test]
    fn damage_is_seen() {
        for (line, expected) in [
            ("", true),
            (" # comment", true),
            ("[Data Source]", true),
            ("a=", true),
            ("noise", false),
            ("=x", false),
            ("[Mail Acc", false),
            ("; no comment", false),
        ] {
            assert_eq!(is_line(line), expected, "{line}");
        }
    }
}
