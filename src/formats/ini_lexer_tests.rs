//! Tests of the lexer: its ranges, that it sees what the library sees, and that changing a value changes nothing else.

use super::*;
use crate::formats::facts::fact;
use crate::formats::ini;
use crate::formats::kinds::PORT;
use proptest::prelude::*;

const DIALECTS: [Dialect; 3] = [WINDOWS, KCONFIG, BLOCKS];

fn seen(text: &str, dialect: &Dialect) -> Vec<String> {
    let slice = |range: &Range<usize>| text[range.clone()].to_owned();
    let mut list = Vec::new();
    for section in lex(text, dialect) {
        list.push(format!("[{}]", slice(&section.name)));
        list.extend(
            section.entries.iter().map(|entry| {
                format!("{}{}={}", slice(&entry.name), slice(&entry.options), slice(&entry.value))
            }),
        );
    }
    list
}

#[test]
fn each_dialect_has_its_blanks_comments_and_brackets() {
    let text = "\u{FEFF}a=0\n[ One ] x\n ; no\n# no\nb = 1 \nc[$e]=2\n=3\n[a][b]\nd=4\n[open\ne=5\nstray";
    assert_eq!(seen(text, &WINDOWS), ["[]", "a=0", "[One]", "b=1", "c[$e]=2", "[a]", "d=4", "e=5"]);
    assert_eq!(
        seen(text, &KCONFIG),
        ["[]", "a=0", "[ One ]", "b=1", "c[$e]=2", "[a][b]", "d=4", "[]", "e=5"]
    );
    assert_eq!(
        seen(text, &BLOCKS),
        ["[]", "a=0", "[ One ]", "b = 1 ", "c[$e]=2", "=3", "[a]", "d=4", "[open]", "e=5"]
    );
}

#[test]
fn a_copy_holds_the_listed_settings_as_their_kinds_leave_them() {
    const FACTS: &[Fact] = &[fact("SMTPPort", PORT, "25", ""), fact("SMTPServer", Kind::Host, "", "")];
    const GROUPS: &[Group] = &[("Account*", FACTS)];
    let text = "[Account]\nSMTPServer=taro:himitsu@mail\nsmtpport=587 himitsu\nPassWd=himitsu\nOther=himitsu\n\
                ; himitsu\n[himitsu]\nSMTPPort=25\n[Account2]\nSMTPPort=25\nSMTPPort=himitsu\n[AccountPW himitsu]\n";
    assert_eq!(
        copy(text, &WINDOWS, GROUPS, |name| name.starts_with("Account"), plain),
        "[Account]\nSMTPServer=mail\nsmtpport=(text, 11 characters)\n[Account2]\nSMTPPort=25\n\
         SMTPPort=(text, 7 characters)\n[Account(text, 10 characters)]\n"
    );
}

#[test]
fn a_damaged_file_does_not_take_for_ever() {
    let text = (0..200_000).map(|number| format!("[{number}]\n")).collect::<Vec<_>>().concat();
    assert_eq!(lex(&text, &WINDOWS).len(), 200_001);
}

proptest! {
    #[test]
    fn ranges_ascend_within_bounds(text in "([\\[\\]=:;#\\\\\"' \t\r\nab]|.){0,80}") {
        for dialect in &DIALECTS {
            let mut last = 0;
            for section in lex(&text, dialect) {
                if section.name.start > 0 {
                    prop_assert!(section.name.start >= last);
                    last = section.name.end;
                }
                for entry in &section.entries {
                    for range in [&entry.name, &entry.options, &entry.value] {
                        prop_assert!(range.start >= last && range.end <= text.len() && range.start <= range.end);
                        prop_assert!(text.get(range.clone()).is_some());
                        last = range.end;
                    }
                }
            }
        }
    }

    /// The library, which reads these files, and the ranges see the same.
    #[test]
    fn it_sees_what_the_library_sees(text in "(\\[[a-c ]{0,3}\\][x]?|[a-c;# ]{1,3}=[a-c=\\[\\];#\"\\\\ ]{0,5}|[a-c]{0,3}|[\u{FEFF}あ: ]{0,2}|\r?\n){0,24}") {
        let slice = |range: &Range<usize>| text[range.clone()].to_owned();
        let ranges = lex(&text, &WINDOWS);
        let of_ranges: Vec<(String, Vec<String>)> = ranges
            .iter()
            .filter(|section| section.name.start > 3 || !section.entries.is_empty() || !section.name.is_empty())
            .map(|section| {
                let lines = section.entries.iter().map(|e| format!("{}={}", slice(&e.name).to_lowercase(), slice(&e.value)));
                (slice(&section.name).to_lowercase(), lines.collect())
            })
            .collect();
        let of_library: Vec<(String, Vec<String>)> = ini::parse(&text)
            .sections()
            .map(|section| {
                let lines = section.entries.iter().map(|(name, entry)| match entry {
                    ini::Entry::Text(value) => format!("{}={value}", name.to_lowercase()),
                    _ => format!("{}=", name.to_lowercase()),
                });
                (section.name.to_lowercase(), lines.collect())
            })
            .collect();
        let is_worth = |(name, lines): &&(String, Vec<String>)| !name.is_empty() || !lines.is_empty();
        let of_ranges: Vec<_> = of_ranges.iter().filter(is_worth).collect();
        let of_library: Vec<_> = of_library.iter().filter(is_worth).collect();
        prop_assert_eq!(of_ranges, of_library);
    }

    /// Changing one value changes just those bytes, and lexing again gives the same entries with that value.
    #[test]
    fn changing_a_value_changes_nothing_else(
        text in "(\\[[a-c]{0,3}\\]|[a-c]{1,3} ?= ?[a-c=\\[\\];#\"]{0,5}|[a-c]{0,3}|\r?\n){0,24}",
        which in 0_usize..8,
        value in "[a-z0-9.]{1,6}",
    ) {
        for dialect in &DIALECTS {
            let before = lex(&text, dialect);
            let entries: Vec<&Entry> = before.iter().flat_map(|section| &section.entries).collect();
            let Some(entry) = entries.get(which) else { continue };
            let range = entry.value.clone();
            let changed = format!("{}{value}{}", &text[..range.start], &text[range.end..]);
            let (old, new) = (seen(&text, dialect), seen(&changed, dialect));
            prop_assert_eq!(old.len(), new.len());
            let differing = old.iter().zip(&new).filter(|(old, new)| old != new).count();
            let wanted = format!("={value}");
            prop_assert!(differing <= 1 && new.iter().any(|line| line.ends_with(&wanted)));
        }
    }
}
