//! Text of an INI file → sections and entries, as Windows reads it.
//!
//! The rules are those of GetPrivateProfileString (learn.microsoft.com, winbase.h): the first matching section and key
//! count, names have no case, blanks around names and values do not belong to them, nothing is escaped. Sylpheed's
//! accountrc, profiles.ini and GKeyFile are read well enough by the same rules.

use crate::formats::ini_lexer::LONGEST;
use crate::formats::secrets::is_secret_name;

/// Characters that rust-ini takes for more than a part of a name (`\` hides the end of a name even with escapes off,
/// `:` ends a key), and what stands for them while it parses.
const SHIELDS: [(char, char); 2] = [('\\', '\u{F05C}'), (':', '\u{F03A}')];

/// An INI file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ini {
    sections: Vec<Section>,
}

/// One `[section]` with its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The name as written (a duplicate: as the first was); empty for entries before the first section.
    pub name: String,
    /// Keys and their values in the order of the file, duplicates included (rust-ini spells them like the first).
    pub entries: Vec<(String, Entry)>,
}

/// What stands after the `=`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// The value without blanks around it; quotes and backslashes are as written.
    Text(String),
    /// A secret, of which only the presence is kept.
    Secret,
    /// Longer than any setting; the data is not kept.
    TooLong {
        /// Length in bytes.
        length: usize,
    },
}

/// Reads a whole file. Lines that are neither section, comment nor `key=value` are passed over, as Windows does.
/// Should rust-ini refuse the lines that are left, the result is empty; no text is known that makes it.
pub fn parse(text: &str) -> Ini {
    parse_by(text, &is_secret_name)
}

/// The same where a client knows its own settings: it says which names are those of secrets.
pub fn parse_by(text: &str, is_secret: &dyn Fn(&str) -> bool) -> Ini {
    parse_of(text, is_secret, &|_| true)
}

/// The same for the sections of these names alone: a damaged file may have any number of others.
pub fn parse_of(text: &str, is_secret: &dyn Fn(&str) -> bool, is_wanted: &dyn Fn(&str) -> bool) -> Ini {
    let options = ini::ParseOption { enabled_quote: false, enabled_escape: false, ..Default::default() };
    let Ok(parsed) = ini::Ini::load_from_str_opt(&keep_known_lines(text, is_secret, is_wanted), options)
    else {
        return Ini::default();
    };
    let mut sections = Vec::new();
    for (name, properties) in &parsed {
        let entries: Vec<_> =
            properties.iter().map(|(key, value)| take_entry(key, value, is_secret)).collect();
        if name.is_some() || !entries.is_empty() {
            sections.push(Section { name: unshield(name.unwrap_or_default()), entries });
        }
    }
    Ini { sections }
}

/// The value without one pair of quotes around it, single or double: GetPrivateProfileString takes them off,
/// GKeyFile and Sylpheed do not.
pub fn unquote(value: &str) -> &str {
    ['"', '\''].iter().find_map(|quote| value.strip_prefix(*quote)?.strip_suffix(*quote)).unwrap_or(value)
}

impl Ini {
    /// All sections in the order of the file, also those whose name was there before.
    pub fn sections(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter()
    }

    /// The first section of this name, without regard to case.
    pub fn section(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| same_name(&section.name, name))
    }
}

impl Section {
    /// The first entry of this key, without regard to case.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|(known, _)| same_name(known, key)).map(|(_, entry)| entry)
    }

    /// The value of the first entry of this key.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.entry(key) {
            Some(Entry::Text(text)) => Some(text),
            _ => None,
        }
    }
}

/// The lines that mean something, without the data of secrets, in a form that rust-ini 0.21 takes as it stands:
/// it lets a stray line swallow the next key, fails on blanks before a comment and, on a bare LF, takes a backslash
/// at the end of a line (`DataDir=C:\Mail\`) for a continuation.
fn keep_known_lines(
    text: &str,
    is_secret: &dyn Fn(&str) -> bool,
    is_wanted: &dyn Fn(&str) -> bool,
) -> String {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut kept = String::with_capacity(text.len());
    let mut is_kept = is_wanted("");
    for line in text.split(['\n', '\r']).map(str::trim) {
        if line.starts_with([';', '#']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[') {
            let Some((name, _)) = name.split_once(']') else { continue };
            is_kept = is_wanted(name.trim());
            if is_kept {
                kept.extend(["[", &shield(name.trim()), "]\r\n"]);
            }
        } else if is_kept
            && let Some((key, value)) = line.split_once('=')
            && !key.trim().is_empty()
        {
            let value = if is_secret(key.trim()) { "" } else { value.trim() };
            kept.extend([&shield(key.trim()), "=", value, "\r\n"]);
        }
    }
    kept
}

fn take_entry(key: &str, value: &str, is_secret: &dyn Fn(&str) -> bool) -> (String, Entry) {
    let key = unshield(key);
    let entry = if is_secret(&key) {
        Entry::Secret
    } else if value.len() > LONGEST {
        Entry::TooLong { length: value.len() }
    } else {
        Entry::Text(value.to_owned())
    };
    (key, entry)
}

fn shield(name: &str) -> String {
    let swap = |c| SHIELDS.iter().find(|(plain, _)| *plain == c).map_or(c, |(_, shield)| *shield);
    name.chars().map(swap).collect()
}

fn unshield(name: &str) -> String {
    let swap = |c| SHIELDS.iter().find(|(_, shield)| *shield == c).map_or(c, |(plain, _)| *plain);
    name.chars().map(swap).collect()
}

fn same_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || (!a.is_ascii() && a.to_lowercase() == b.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text<'a>(ini: &'a Ini, section: &str, key: &str) -> Option<&'a str> {
        ini.section(section)?.text(key)
    }

    #[test]
    fn values_are_as_written() {
        let ini = parse(concat!(
            "\u{FEFF}[Account]\r\nDataDir = C:\\temp\\new\\\r\nNext=\"quoted\" 'and' \"lone\r\n",
            "A=x;y#z\r\nEmpty=\r\nB= a=b \r\nUNC=\\\\server\\share\\\nAfter=1"
        ));
        assert_eq!(text(&ini, "Account", "DataDir"), Some("C:\\temp\\new\\"));
        assert_eq!(text(&ini, "Account", "Next"), Some("\"quoted\" 'and' \"lone"));
        assert_eq!(text(&ini, "Account", "A"), Some("x;y#z"));
        assert_eq!(text(&ini, "Account", "Empty"), Some(""));
        assert_eq!(text(&ini, "Account", "B"), Some("a=b"));
        assert_eq!(text(&ini, "Account", "UNC"), Some("\\\\server\\share\\"));
        assert_eq!(text(&ini, "Account", "After"), Some("1"), "a last backslash continues nothing");
    }

    #[test]
    fn stray_lines_swallow_nothing() {
        let ini = parse(
            "before=1\n  ; comment\n# comment\n[Account] tail = 2\nstray\nSMTPPort=587\n= lone\n[broken\n\tSMTPServer=a\n",
        );
        let account = ini.section("account").expect("section");
        assert_eq!(
            account.entries,
            [
                ("SMTPPort".to_owned(), Entry::Text("587".into())),
                ("SMTPServer".to_owned(), Entry::Text("a".into()))
            ]
        );
        assert_eq!(text(&ini, "", "before"), Some("1"));
        assert_eq!(ini.sections().count(), 2);
    }

    #[test]
    fn the_first_section_and_key_count_whatever_their_case() {
        let ini = parse("[Account]\nPort=1\nPORT=2\n[account]\nPort=3\nOther=4\n[口座Ａ]\nx=5\n");
        assert_eq!(text(&ini, "ACCOUNT", "port"), Some("1"));
        assert_eq!(text(&ini, "Account", "Other"), None);
        assert_eq!(text(&ini, "口座ａ", "X"), Some("5"));
        let names: Vec<_> = ini.sections().map(|s| (s.name.as_str(), s.entries.len())).collect();
        assert_eq!(names, [("Account", 2), ("Account", 2), ("口座Ａ", 1)]);
    }

    #[test]
    fn names_may_hold_colons_and_backslashes() {
        let ini = parse("[Account: 1]\nC:\\x=1\ny\\=2\n[a\\]\nz=3\n[]\nw=4\n");
        assert_eq!(text(&ini, "Account: 1", "c:\\X"), Some("1"));
        assert_eq!(text(&ini, "Account: 1", "y\\"), Some("2"));
        assert_eq!(text(&ini, "a\\", "z"), Some("3"));
        assert_eq!(text(&ini, "", "w"), Some("4"));
    }

    #[test]
    fn secrets_and_endless_values_are_not_kept() {
        let long = "x".repeat(LONGEST + 1);
        let ini = parse(&format!("[A]\nPassWd=TOPSECRET\nsmtp_password =\nLong={long}\nUserID=taro\n"));
        let section = ini.section("A").expect("section");
        assert_eq!(section.entry("passwd"), Some(&Entry::Secret));
        assert_eq!(section.entry("smtp_password"), Some(&Entry::Secret));
        assert_eq!(section.entry("Long"), Some(&Entry::TooLong { length: LONGEST + 1 }));
        assert_eq!(section.text("UserID"), Some("taro"));
        assert!(!format!("{ini:?}").contains("TOPSECRET"));
        assert!(
            !keep_known_lines("[A]\nPassWd=TOPSECRET\n", &is_secret_name, &|_| true).contains("TOPSECRET")
        );
    }

    #[test]
    fn one_pair_of_quotes_comes_off() {
        for (quoted, plain) in
            [("\"a b\"", "a b"), ("'a'", "a"), ("\"\"", ""), ("\"", "\""), ("\"a'", "\"a'"), ("''a''", "'a'")]
        {
            assert_eq!(unquote(quoted), plain);
        }
    }

    proptest! {
        #[test]
        fn every_entry_arrives(
            rows in prop::collection::vec(("[a-c:\\\\ \"']{0,4}[a-z]", "(.|[=:\\\\\"';#\\[\\] ]){0,12}"), 0..20),
            end in "\n|\r\n|\r",
        ) {
            let clean = |s: &str| s.replace(['\n', '\r'], " ").trim().to_owned();
            let rows: Vec<_> = rows.iter().map(|(key, value)| (clean(key), clean(value))).collect();
            let mut file = format!("[s\\]{end}");
            for (key, value) in &rows {
                file.extend([key, "=", value, &end]);
            }
            let found = parse(&file).section("s\\").expect("section").entries.clone();
            let wanted: Vec<_> = rows.into_iter().map(|(key, value)| (key, Entry::Text(value))).collect();
            prop_assert_eq!(found, wanted);
        }

        #[test]
        fn nothing_makes_rust_ini_fail(text in "([\\[\\]=:;#\\\\\"' \t\r\nab]|.){0,60}") {
            let kept = keep_known_lines(&text, &is_secret_name, &|_| true);
            let found: usize = parse(&text).sections().map(|section| section.entries.len()).sum();
            prop_assert_eq!(found, kept.lines().filter(|line| !line.starts_with('[')).count());
        }
    }
}
