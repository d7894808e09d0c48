//! The traps of the grammar, one by one.

use super::super::pref::Raw;
use super::*;
use proptest::prelude::*;
use std::ops::Range;

/// The settings of one letter under names that a row knows, whose values may be any text.
fn named(file: &[u8]) -> Vec<u8> {
    let mut named = Vec::new();
    let mut rest = file;
    while let Some((first, behind)) = rest.split_first() {
        match rest {
            [b'"' | b'\'', letter @ (b'a' | b'b' | b'c' | b'f' | b'n' | b's'), end, ..] if end == first => {
                named.extend_from_slice(
                    &[&[*first], &b"mail.server."[..], &[*letter], b".name", &[*end]].concat(),
                );
                rest = rest.get(3..).unwrap_or_default();
            }
            _ => {
                named.push(*first);
                rest = behind;
            }
        }
    }
    named
}

fn parse(file: &[u8]) -> Prefs {
    super::parse(&named(file))
}

fn get<'a>(prefs: &'a Prefs, letter: &str) -> Option<&'a Pref> {
    prefs.values.get(&format!("mail.server.{letter}.name"))
}

fn number(prefs: &Prefs, letter: &str) -> Option<i32> {
    if let Some(Pref::Number(number)) = get(prefs, letter) { Some(*number) } else { None }
}

/// The line, from 1, at which the first error was noticed.
fn first_dropped_line(file: &[u8]) -> Option<usize> {
    let at = lex(file).find_map(Result::err)?.at;
    let is_end = |at: &usize| file[*at] == b'\n' || (file[*at] == b'\r' && file.get(at + 1) != Some(&b'\n'));
    Some((0..at).filter(is_end).count() + 1)
}

fn text(value: &str) -> Pref {
    Pref::Text(value.to_owned())
}

/// The value of `a` in a file.
fn read(file: &[u8]) -> Option<Pref> {
    get(&parse(file), "a").cloned()
}

fn names(file: &[u8]) -> Vec<String> {
    let letter = |name: &String| name.strip_prefix("mail.server.")?.strip_suffix(".name").map(str::to_owned);
    parse(file).values.keys().map(|name| letter(name).unwrap()).collect()
}

#[test]
fn values_have_three_types() {
    let file = &b"// Mozilla User Preferences\n\nuser_pref(\"s\", \"mail.example.jp\");\nuser_pref(\"n\", 587);\nuser_pref(\"b\", true);\nuser_pref(\"f\",false);"[..];
    let prefs = parse(file);
    assert_eq!(get(&prefs, "s"), Some(&text("mail.example.jp")));
    assert_eq!(get(&prefs, "n"), Some(&Pref::Number(587)));
    assert_eq!((get(&prefs, "b"), get(&prefs, "f")), (Some(&Pref::Bool(true)), Some(&Pref::Bool(false))));
    assert_eq!((prefs.dropped, first_dropped_line(file)), (0, None));
}

#[test]
fn blanks_and_line_ends_are_free() {
    for file in [
        "user_pref(\"x\",1);user_pref(\"a\",2);",
        "\u{FEFF}user_pref\t(\x0B\"a\"\x0C,\r\n2\r)\n;",
        "user_pref(\"a\", 1);\ruser_pref('a', +2);\r",
        "# old header\nuser_pref(\"a\", // why\n2 /* * ; user_pref( /* **/ ) # end\n;",
    ] {
        let prefs = parse(file.as_bytes());
        assert_eq!((number(&prefs, "a"), prefs.dropped), (Some(2), 0), "{file}");
    }
}

#[test]
fn strings_know_seven_escapes() {
    for (literal, value) in [
        (r#""Desc 日本 \"q\" back\\slash\nnl""#, "Desc 日本 \"q\" back\\slash\nnl"),
        (r"'it\'s \r \x41\x7e'", "it's \r A~"),
        (r#""\u65E5\u672c""#, "日本"),
        (r#""\ud83d\uDCE7""#, "\u{1F4E7}"),
        (r#""\xe6\x97\xa5""#, "日"),
        (r#""\xff""#, "\u{FFFD}"),
        ("\"two\nlines\r\n'x'\"", "two\nlines\r\n'x'"),
        (r#"'";// no comment #'"#, "\";// no comment #"),
        ("\"\"", ""),
    ] {
        assert_eq!(read(format!("user_pref(\"a\", {literal});").as_bytes()), Some(text(value)), "{literal}");
    }
    assert_eq!(read(b"user_pref(\"a\", \"caf\xE9\");"), Some(text("caf\u{FFFD}")));
    assert_eq!(
        names(br#"user_pref("mail.\x73erver.a.nam\u0065", 1);"#),
        ["a"],
        "names are strings like any other"
    );
}

#[test]
fn a_bad_string_is_dropped_but_ends_at_its_quote() {
    for literal in [
        r#""a\tb""#,
        r#""\x00""#,
        r#""\u0000""#,
        r#""\x4""#,
        r#""\u12""#,
        r#""\ud83d""#,
        r#""\ud83dx\udce7""#,
        r#""\ud83d\n""#,
        r#""\udce7""#,
        r#""\ud83d\ud83d""#,
        "\"continued\\\nhere\"",
        r#""\ud83d\x41;""#,
    ] {
        let file = format!("user_pref(\"a\", {literal});user_pref(\"b\", 1);\n");
        let prefs = parse(file.as_bytes());
        assert_eq!(names(file.as_bytes()), ["b"], "{literal}");
        assert_eq!((prefs.dropped, first_dropped_line(file.as_bytes())), (1, Some(1)), "{literal}");
    }
}

#[test]
fn integers_have_32_bits() {
    for (literal, value) in [
        ("2147483647", Some(i32::MAX)),
        ("+2147483647", Some(i32::MAX)),
        ("-2147483648", Some(i32::MIN)),
        ("- 5", Some(-5)),
        ("-0", Some(0)),
        ("000587", Some(587)),
        ("2147483648", None),
        ("-2147483649", None),
        ("99999999999999999999", None),
        ("123foo", None),
        ("1_0", None),
        ("0x10", None),
        ("1.5", None),
        ("--1", None),
        ("-true", None),
    ] {
        let prefs = parse(format!("user_pref(\"a\", {literal});user_pref(\"b\", 1);").as_bytes());
        assert_eq!((number(&prefs, "a"), number(&prefs, "b")), (value, Some(1)), "{literal}");
        assert_eq!(prefs.dropped, usize::from(value.is_none()), "{literal}");
    }
}

#[test]
fn an_error_drops_everything_up_to_the_next_semicolon() {
    // A missing semicolon takes the next setting with it.
    assert_eq!(names(b"user_pref(\"a\", 1)\nuser_pref(\"b\", 2);\nuser_pref(\"c\", 3);"), ["c"]);
    // An unexpected semicolon ends the statement itself.
    assert_eq!(names(b"user_pref(\"a\";user_pref(\"b\", 2);"), ["b"]);
    // One in a string or a comment does not.
    assert_eq!(names(b"user_pref(1, \";user_pref('a', 1)\" /* ; */ );user_pref(\"b\", 2);"), ["b"]);
    for junk in ["user_pref(\"x\", null);", "\"x\";", ";", "@;", "pref1(\"x\", 1);", "USER_PREF(\"x\", 1);"] {
        let file = format!("\n{junk}\nuser_pref(\"b\", 2);");
        let prefs = parse(file.as_bytes());
        assert_eq!((number(&prefs, "b"), prefs.values.len()), (Some(2), 1), "{junk}");
        assert_eq!((prefs.dropped, first_dropped_line(file.as_bytes())), (1, Some(2)), "{junk}");
    }
    for junk in
        ["user_pref(\"x\", 1)", "user_pref(\"x\", \"1);", "/* ", "/", "user_pref", "user_pref(\"x\", \"\\"]
    {
        let file = format!("user_pref(\"b\", 2);\r\n\r\n{junk}");
        let prefs = parse(file.as_bytes());
        assert_eq!((number(&prefs, "b"), prefs.values.len()), (Some(2), 1), "{junk}");
        assert_eq!((prefs.dropped, first_dropped_line(file.as_bytes())), (1, Some(3)), "{junk}");
    }
}

#[test]
fn the_last_duplicate_wins_and_a_nul_ends_the_file() {
    assert_eq!(read(b"user_pref(\"a\", 1);user_pref(\"a\", \"two\");"), Some(text("two")));
    assert_eq!(names(b"user_pref(\"a\", 1);\0user_pref(\"b\", 2);"), ["a"]);
    assert_eq!(parse(b"user_pref(\"a\", \"x\0\");").dropped, 1);
    assert_eq!(parse(b""), Prefs::default());
}

#[test]
fn defaults_are_kept_apart() {
    let prefs = parse(b"user_pref(\"a\", 1);pref(\"a\", 2);sticky_pref(\"b\", 3, sticky, locked);");
    let name = |letter: &str| format!("mail.server.{letter}.name");
    assert_eq!(prefs.values, [(name("a"), Pref::Number(1))].into());
    assert_eq!(prefs.defaults, [(name("a"), Pref::Number(2)), (name("b"), Pref::Number(3))].into());
    for file in [&b"pref(\"a\", 2, hidden);"[..], b"pref(\"a\", 2,);", b"user_pref(\"a\", 2, locked);"] {
        let prefs = parse(file);
        assert_eq!((prefs.values.len() + prefs.defaults.len(), prefs.dropped), (0, 1));
    }
}

#[test]
fn of_secrets_and_of_what_no_row_knows_nothing_is_kept() {
    let prefs = parse(
        br#"user_pref("mail.smtpserver.smtp1.password", "TOPSECRET"); user_pref("mail.server.server1.pass", "TOPSECRET");
        user_pref("mail.server.server1.OAuth.client\x53ecret", "TOPSECRET"); pref("x.y", "TOPSECRET");
        user_pref("pref.token", 42); user_pref("mail.server.token.hostname", "TOPSECRET");
        user_pref("mail.smtpserver.smtp1.port", "TOPSECRET"); user_pref("mail.server.server1.userName", "taro");"#,
    );
    let expected = [
        ("mail.server.server1.userName", text("taro")),
        ("mail.server.token.hostname", Pref::Secret),
        ("mail.smtpserver.smtp1.port", text("(text, 9 characters)")),
    ];
    assert_eq!(prefs.values, expected.map(|(name, value)| (name.to_owned(), value)).into());
    assert!(prefs.defaults.is_empty() && prefs.dropped == 0);
}

/// As Thunderbird writes them: UTF-8, only these four characters escaped.
fn write(name: &str, value: &Pref) -> String {
    let quote = |s: &str| {
        let s = s.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\r', "\\r");
        format!("\"{s}\"")
    };
    let value = match value {
        Pref::Text(text) => quote(text),
        Pref::Number(number) => number.to_string(),
        Pref::Bool(flag) => flag.to_string(),
        Pref::Secret => quote("secret"),
    };
    format!("user_pref({}, {value});\r\n", quote(name))
}

proptest! {
    #[test]
    fn what_thunderbird_writes_comes_back(
        values in prop::collection::btree_map(
            "mail\\.server\\.[a-z.\"'\\\\é日\n\r-]{1,8}\\.name",
            prop_oneof![
                "[^\0]{0,12}".prop_map(Pref::Text),
                any::<i32>().prop_map(Pref::Number),
                any::<bool>().prop_map(Pref::Bool),
            ],
            0..8,
        ),
    ) {
        let file: Vec<String> = values.iter().map(|(name, value)| write(name, value)).collect();
        let file = file.concat();
        let mut found = BTreeMap::new();
        for entry in lex(file.as_bytes()) {
            let entry = entry.unwrap();
            let value = match lexer::value(file.as_bytes(), &entry).unwrap() {
                Raw::Text(text) => Pref::Text(text.into_owned()),
                Raw::Number(number) => Pref::Number(number),
                Raw::Bool(flag) => Pref::Bool(flag),
            };
            found.insert(name(file.as_bytes(), &entry).into_owned(), value);
        }
        prop_assert_eq!(found, values);
    }

    #[test]
    fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        parse(&bytes);
    }

    #[test]
    fn errors_in_near_misses_have_a_place(junk in NEAR_MISSES) {
        for broken in lex(junk.as_bytes()).filter_map(Result::err) {
            prop_assert!(broken.at <= junk.len());
        }
    }

    #[test]
    fn ranges_ascend_within_bounds(junk in NEAR_MISSES) {
        let mut last = 0;
        for entry in lex(junk.as_bytes()).filter_map(Result::ok) {
            for range in [&entry.name, &entry.value] {
                prop_assert!(last <= range.start && range.start <= range.end && range.end <= junk.len());
                last = range.end;
            }
        }
    }

    /// Changing one value changes just those bytes, and lexing again gives the same entries with that value.
    #[test]
    fn changing_a_value_changes_nothing_else(
        junk in NEAR_MISSES,
        which in 0_usize..4,
        value in "[0-9]{1,5}|true|'[a-z0-9.]{0,6}'",
    ) {
        let before: Vec<_> = lex(junk.as_bytes()).collect();
        let Some(Ok(entry)) = before.iter().filter(|entry| entry.is_ok()).nth(which) else { return Ok(()) };
        let Range { start, end } = entry.value;
        let changed = format!("{}{value}{}", &junk[..start], &junk[end..]);
        let after: Vec<_> = lex(changed.as_bytes()).collect();
        prop_assert_eq!(before.len(), after.len());
        for (old, new) in before.iter().zip(&after) {
            let (Ok(old), Ok(new)) = (old, new) else {
                prop_assert!(old.is_err() && new.is_err());
                continue;
            };
            let expected = if old == entry { &value } else { &junk[old.value.clone()] };
            prop_assert_eq!(&junk[old.name.clone()], &changed[new.name.clone()]);
            prop_assert_eq!(expected, &changed[new.value.clone()]);
        }
    }
}

const NEAR_MISSES: &str = "(user_pref\\(|pref\\('b', ?-?7\\);|user_pref\\(\"a\", ?(1|'x'|\"\\\\\\\\\"|false) ?\\);|user_pref|pref|\\(|\\)|,|\"|'|\\\\|\\\\u|\\\\x|d83d|;|/\\*|\\*/|//|#|\n|\r|[0-9]|-|\\PC){0,30}";
