//! The ranges of a `.reg` file's entries.

use super::*;
use proptest::prelude::*;

const HEADER: &str = "Windows Registry Editor Version 5.00\r\n\r\n";

fn seen(text: &str) -> Vec<String> {
    let slice = |range: &Range<usize>| text[range.clone()].to_owned();
    let entries = lex(text).unwrap_or_default();
    entries
        .iter()
        .map(|entry| format!("{}|{}|{}", slice(&entry.key), slice(&entry.name), slice(&entry.value)))
        .collect()
}

#[test]
fn values_may_run_over_lines() {
    let text = format!(
        "{HEADER}[HKEY_CURRENT_USER\\a]]\r\n@=\"x\"\r\n\"n\\\"m\" = dword:00000001 ; why\r\n\"h\"=hex:01,02,\\\r\n  03 ; end\r\n\
         \"t\"=\"one\r\ntwo\"\r\n\"d\"=-\r\nodd\r\n[-HKEY_USERS\\b]\r\n\"s\"=\"y\"\r\n\"bad\"=dword:x\r\n"
    );
    assert_eq!(
        seen(&text),
        [
            "HKEY_CURRENT_USER\\a]||",
            "HKEY_CURRENT_USER\\a]|@|\"x\"",
            "HKEY_CURRENT_USER\\a]|\"n\\\"m\"|dword:00000001",
            "HKEY_CURRENT_USER\\a]|\"h\"|hex:01,02,\\\r\n  03",
            "HKEY_CURRENT_USER\\a]|\"t\"|\"one\r\ntwo\"",
            "HKEY_CURRENT_USER\\a]|\"d\"|-",
            "HKEY_USERS\\b||",
            "HKEY_USERS\\b|\"s\"|\"y\"",
        ]
    );
}

proptest! {
    #[test]
    fn ranges_ascend_within_bounds(body in "([\\[\\]=:;#\\\\\"@' \t\r\nhexdword0-9,]|.){0,120}") {
        let text = format!("{HEADER}{body}");
        let mut last = 0;
        for Entry { key, name, value } in lex(&text).unwrap() {
            prop_assert!(key.start <= key.end && key.end <= name.start);
            prop_assert!(name.start >= last && name.end <= value.start && value.start <= value.end);
            prop_assert!(value.end <= text.len() && [&key, &name, &value].iter().all(|range| text.get((*range).clone()).is_some()));
            last = value.end;
        }
    }

    /// Changing one value changes only its bytes, and the entries are the same with that value.
    #[test]
    fn changing_a_value_changes_nothing_else(
        values in proptest::collection::vec("\"[a-z;#=]{0,6}\"|dword:[0-9a-f]{8}|hex:0a,\\\\\r\n  0b|-", 1..6),
        at in 0_usize..6,
    ) {
        let lines = values.iter().enumerate();
        let lines: Vec<_> =
            lines.map(|(number, value)| format!("\"v{number}\" = {value} ; c\r\n")).collect();
        let lines = lines.concat();
        let text = format!("{HEADER}[HKEY_CURRENT_USER\\a]\r\n{lines}\r\n[HKEY_CURRENT_USER\\b]\r\n@=\"x\"\r\n");
        let entries = lex(&text).unwrap();
        let at = 1 + at % values.len();
        let range = entries[at].value.clone();
        let changed = format!("{}dword:0000024b{}", &text[..range.start], &text[range.end..]);
        let (mut before, after) = (seen(&text), seen(&changed));
        before[at] = format!("HKEY_CURRENT_USER\\a|\"v{}\"|dword:0000024b", at - 1);
        prop_assert_eq!(before, after);
    }
}
