//! Every rule of the format, one by one.

use super::*;
use crate::source::registry::Value;
use proptest::prelude::*;

/// A version 5 file as hivexregedit writes it.
fn five(body: &str) -> RegFile {
    parse(format!("Windows Registry Editor Version 5.00\n\n{body}").as_bytes()).expect("header")
}

/// The values of `[HKEY_CURRENT_USER\a]`, and the damaged lines of the body.
fn values(body: &str) -> (Vec<(String, Value)>, Vec<usize>) {
    let file = five(&format!("[HKEY_CURRENT_USER\\a]\n{body}"));
    let lines = file.damage.iter().map(|damage| damage.line - 3).collect();
    (file.key("HKCU\\a").expect("key").values.clone(), lines)
}

fn value(body: &str) -> Value {
    let (values, damage) = values(body);
    assert_eq!((values.len(), damage.len()), (1, 0), "{body}");
    values[0].1.clone()
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn to_utf16(text: &str) -> Vec<u8> {
    format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect()
}

#[test]
fn headers_are_recognised_in_every_encoding() {
    for header in ["Windows Registry Editor Version 5.00\r\n", "\r\nREGEDIT4\r\n", "regedit4"] {
        assert!(looks_like(header.as_bytes()) && parse(header.as_bytes()).is_ok());
        assert!(looks_like(&to_utf16(header)) && parse(&to_utf16(header)).is_ok());
        assert!(looks_like(&to_utf16(header)[2..]));
    }
    for other in
        ["", "regf", "REGEDIT\r\n", "[HKEY_CURRENT_USER\\a]", "Windows Registry Editor Version 5.00x"]
    {
        assert!(!looks_like(other.as_bytes()));
        assert_eq!(parse(other.as_bytes()), Err(RegError::Header));
    }
}

#[test]
fn a_file_of_regedit() {
    let file = parse(&to_utf16(concat!(
        "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\RimArts\\B2\\Settings]\r\n",
        "\"DataDir\"=\"C:\\\\Becky!\\\\太郎\"\r\n@=\"\"\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE]\r\n",
        "\"Multi\"=hex(7):61,00,00,00,62,00,\\\r\n  00,00,00,00\r\n",
    )))
    .expect("header");
    let key = file.key("hkey_current_user\\software\\RIMARTS\\B2\\settings").expect("key");
    assert_eq!(key.path, "HKCU\\Software\\RimArts\\B2\\Settings");
    assert_eq!((key.text("datadir"), key.text("")), (Some("C:\\Becky!\\太郎"), Some("")));
    let multi = file.key("HKLM\\Software").and_then(|key| key.value("Multi"));
    assert_eq!(multi, Some(&Value::Texts(vec!["a".into(), "b".into()])));
    assert_eq!(file.roots.iter().map(|key| key.path.as_str()).collect::<Vec<_>>(), ["HKCU", "HKLM"]);
    assert_eq!((file.damage.as_slice(), file.key("HKU"), file.key("HKCU\\none")), (&[][..], None, None));
}

#[test]
fn every_type_of_data() {
    for (data, wanted) in [
        ("\"a \\\\ \\\" ; b\" ; comment", text("a \\ \" ; b")),
        ("\"one\r\n\r\n[HKCU\\\\x]\ntwo\"", text("one\r\n\r\n[HKCU\\x]\ntwo")),
        ("dword:0000024b", Value::Number(587)),
        ("DWORD:FFFFFFFF;x", Value::Number(0xFFFF_FFFF)),
        ("hex:00,0a,FF", Value::Binary(vec![0, 10, 255])),
        ("hex(3):1,2", Value::Binary(vec![1, 2])),
        ("hex:", Value::Binary(vec![])),
        ("hex(0):", Value::Other { kind: 0, length: 0 }),
        ("hex(1):61,00,00,00,62,00", text("a")),
        ("hex(2):25,00,41,00,25,00,00,00", text("%A%")),
        ("hex(4):4b,02,00,00", Value::Number(587)),
        ("hex(5):00,00,02,4b", Value::Number(587)),
        ("hex(7):", Value::Texts(vec![])),
        ("hex(b):01,00,00,00,00,00,00,00", Value::Number(1)),
        ("hex(b):01,00", Value::Other { kind: 11, length: 2 }),
        ("hex(ffff0012):01", Value::Other { kind: 0xFFFF_0012, length: 1 }),
        ("hex:01,02,\\\r\n  03,\\ ; comment\r\n\t04,05\r\n", Value::Binary(vec![1, 2, 3, 4, 5])),
        ("hex:\\\n 01", Value::Binary(vec![1])),
    ] {
        assert_eq!(value(&format!("\"x\"={data}")), wanted, "{data}");
        assert_eq!(value(&format!(" \"x\" = {data}\n; end")), wanted, "{data}");
    }
}

#[test]
fn names_hold_whatever_windows_allows() {
    let (found, damage) =
        values("\"a=b\"=\"1\"\n\"c\\\\d]\\\"e\"=\"2\"\n@=\"3\"\n\"\"=\"4\"\n\"[x]\"=\"5\"\n");
    let names: Vec<_> = found.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!((names, damage), (vec!["a=b", "c\\d]\"e", "", "[x]"], vec![]));
    assert_eq!(found[2].1, text("4"), "@ is the empty name");
    let file = five("[HKEY_CURRENT_USER\\a]b\\[c=]\n\"x\"=\"1\"");
    assert_eq!(file.key("HKCU\\a]b\\[c=").and_then(|key| key.text("x")), Some("1"));
}

#[test]
fn regedit4_is_ansi() {
    let mut bytes =
        b"REGEDIT4\r\n\r\n[HKEY_CURRENT_USER\\\x89\xEF\x8E\xD0]\r\n\"\x95\x5C\"=\"\x95\x5C\\\\\xB1\"\r\n"
            .to_vec();
    bytes.extend(
        b"\"e\"=hex(2):25,41,25,00\r\n\"m\"=hex(7):95,5c,00,62,00,00\r\n\"b\"=hex:95,5c\r\n\"s\"=hex(1):61",
    );
    let file = parse(&bytes).expect("header");
    let key = file.key("HKCU\\会社").expect("key");
    assert_eq!((key.text("表"), key.text("e"), key.text("s")), (Some("表\\ｱ"), Some("%A%"), Some("a")));
    assert_eq!(key.value("m"), Some(&Value::Texts(vec!["表".into(), "b".into()])));
    assert_eq!(key.value("b"), Some(&Value::Binary(vec![0x95, 0x5C])));
}

#[test]
fn keys_and_values_that_occur_twice_are_one() {
    let file =
        five("[HKCU\\A]\n\"x\"=\"1\"\n\"y\"=\"2\"\n[HKEY_CURRENT_USER\\a\\B\\]\n[hkcu\\a]\n\"X\"=dword:3\n");
    let key = file.key("HKCU\\A").expect("key");
    assert_eq!((key.path.as_str(), key.values.len(), key.subkeys.len()), ("HKCU\\A", 2, 1));
    assert_eq!((key.number("x"), key.text("y")), (Some(3), Some("2")));
    assert_eq!(file.roots.len(), 1);
}

#[test]
fn deletions_take_away_what_was_there() {
    let file = five(concat!(
        "[HKCU\\a\\b]\n\"x\"=\"1\"\n\"y\"=\"2\"\n\"X\"=-\n\"z\"=-\n[HKCU\\c\\d]\n\"x\"=\"1\"\n",
        "[-HKCU\\C]\n\"ignored\"=\"1\n2\"\n[-HKCU\\none\\none]\n[HKCU\\c\\e]\n\"y\"=\"1\"\n\"y\"=-\n\"y\"=\"2\"\n"
    ));
    assert_eq!(file.key("HKCU\\a\\b").expect("key").values, [("y".to_owned(), text("2"))]);
    assert_eq!(file.key("HKCU\\c\\d"), None);
    assert_eq!(file.key("HKCU\\c\\e").expect("key").values, [("y".to_owned(), text("2"))]);
    assert_eq!(file.damage, []);
}

#[test]
fn damage_costs_its_own_line_only() {
    for broken in [
        "\"x\"",
        "\"x\"=",
        "\"x",
        "\"x\"=\"1",
        "\"x\"=\"1\" 2",
        "\"x\"=hex:0g",
        "\"x\"=hex:01,,02",
        "\"x\"=hex:001",
        "\"x\"=hex:+1",
        "\"x\"=hex:01,02,",
        "\"x\"=hex:01,\\",
        "\"x\"=hex(:01",
        "\"x\"=hex(g):01",
        "\"x\"=hexx:01",
        "\"x\"=dword:",
        "\"x\"=dword:000000001",
        "\"x\"=dword:12g",
        "\"x\"=-1",
        "\"x\"=plain",
        "\"x\"=é:1",
        "junk",
        "=",
    ] {
        let (found, damage) = values(&format!("{broken}\r\n\"y\"=\"1\"\r\n"));
        assert_eq!(found, [("y".to_owned(), text("1"))], "{broken}");
        assert_eq!(damage, [1], "{broken}");
    }
    let (_, damage) = values("\"m\"=\"1\n2\n3\"\n\"h\"=hex:01,\\\n02\njunk");
    assert_eq!(damage, [6], "lines within data are counted");
}

#[test]
fn values_of_a_broken_key_go_nowhere() {
    let file = five(concat!(
        "\"early\"=\"1\"\n[HKCU\\a]\n\"x\"=\"1\"\n[HKCU\\broken\n\"x\"=\"2\"\n[HKEY_OTHER\\a]\n\"x\"=\"3\"\n[]\n",
        "\"x\"=\"4\"\n[HKCU\\b]\n\"x\"=\"5\"\n"
    ));
    let damage: Vec<_> = file.damage.iter().map(|damage| (damage.line, damage.what)).collect();
    assert_eq!(damage, [(3, Flaw::NoKey), (6, Flaw::Key), (8, Flaw::Root), (10, Flaw::Root)]);
    assert_eq!(file.key("HKCU\\a").and_then(|key| key.text("x")), Some("1"));
    assert_eq!(file.key("HKCU\\b").and_then(|key| key.text("x")), Some("5"));
}

#[test]
fn keys_without_a_root_are_kept_apart() {
    let file = five("[\\Software\\a]\n\"x\"=hex(1):61,00,00,00\n");
    let key = file.key("\\software\\A").expect("key");
    assert_eq!((key.path.as_str(), key.text("x")), ("Software\\a", Some("a")));
    assert_eq!((file.roots[0].path.as_str(), file.key("HKCU"), file.key("")), ("", None, None));
}

#[test]
fn secrets_are_dropped_in_every_form() {
    let file = five(concat!(
        "[HKCU\\a]\n\"POP3 Password\"=\"TOPSECRET\"\n\"SMTP Password2\"=hex:54,4f,50\n\"pwd\"=dword:544f50\n",
        "\"token\"=hex(7):54,00\n\"Passwd\"=\"TOP\nSECRET\"\n[HKCU\\Protected Storage System Provider\\b]\n\"x\"=\"TOP\"\n"
    ));
    let all: Vec<_> = ["HKCU\\a", "HKCU\\Protected Storage System Provider\\b"]
        .iter()
        .flat_map(|path| file.key(path).expect("key").values.iter().map(|(_, value)| value))
        .collect();
    assert_eq!(all, [&Value::Secret; 6]);
    assert!(!format!("{file:?}").contains("TOP"));
}

#[test]
fn a_hundred_thousand_keys_take_no_time() {
    use std::fmt::Write;
    let started = std::time::Instant::now();
    let mut body = String::new();
    for number in 0..100_000 {
        let _ = write!(body, "[HKEY_CURRENT_USER\\Software\\Wide\\{number}]\n\"v\"=\"1\"\n");
    }
    let file = five(&body);
    assert_eq!(file.key("HKCU\\Software\\Wide").expect("key").subkeys.len(), 100_000);
    let lines: String = (0..100_000).fold(String::new(), |mut all, n| {
        let _ = writeln!(all, "\"v{n}\"=\"");
        all
    });
    assert_eq!(five(&format!("[HKCU\\a]\n{lines}")).damage.len(), MOST_DAMAGE);
    assert!(started.elapsed().as_secs() < 30, "not linear");
}

#[test]
fn depth_and_names_have_limits() {
    let deep = format!("[HKCU{}]\n\"x\"=\"1\"\n[HKCU\\a]\n", "\\a".repeat(100_000));
    let file = five(&deep);
    assert_eq!(file.damage, [Damage { line: 3, what: Flaw::TooDeep }]);
    assert!(file.key("HKCU\\a").is_some_and(|key| key.values.is_empty() && key.subkeys.is_empty()));
    assert_eq!(five(&format!("[HKCU\\{}]", "あ".repeat(255))).damage, []);
    assert_eq!(five(&format!("[HKCU\\{}]", "a".repeat(256))).damage[0].what, Flaw::Key);
}

#[test]
fn sixty_four_levels_and_a_thousand_pieces_of_damage() {
    let levels = |count: usize| five(&format!("[HKCU{}]", "\\a".repeat(count))).damage;
    assert_eq!(levels(64), []);
    assert_eq!(levels(65), [Damage { line: 3, what: Flaw::TooDeep }]);
    for (lines, told) in [(999, 999), (1000, 1000), (1001, 1000)] {
        assert_eq!(five(&"junk\n".repeat(lines)).damage.len(), told);
    }
}

proptest! {
    #[test]
    fn texts_come_back(name in "[^\r\n]{0,12}", value in "[^\0]{0,20}", after in "[a-z]{1,5}") {
        let quote = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
        let name = format!("n{name}");
        let body = format!("\"{}\"=\"{}\"\r\n\"z{after}\"=dword:1\r\n", quote(&name), quote(&value));
        let file = parse(&to_utf16(&format!("REGEDIT4\r\n[HKCU\\a]\r\n{body}"))).expect("header");
        let key = file.key("HKCU\\a").expect("key");
        prop_assert_eq!(&file.damage, &[]);
        prop_assert_eq!(key.value(&name), Some(&Value::from_text("HKCU\\a", &name, &value)));
        prop_assert_eq!(key.values.len(), 2);
    }

    #[test]
    fn nothing_makes_it_panic(
        junk in "(\\[|\\]|-|HKCU|\\\\|\"|=|@|dword:|hex:|hex\\(7\\):|0|f|,|;|\n|\r\n| |\\PC){0,60}",
        bytes in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        let file = five(&junk);
        let lines = junk.matches('\n').count() + 3;
        prop_assert!(file.damage.iter().all(|damage| (3..=lines).contains(&damage.line)));
        let _ = (looks_like(&bytes), parse(&bytes));
    }
}
