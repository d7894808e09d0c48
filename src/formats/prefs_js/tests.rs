//! The traps of the grammar, one by one.

use super::*;
use proptest::prelude::*;

fn text(value: &str) -> Pref {
    Pref::Text(value.to_owned())
}

/// The value of `a` in a file.
fn read(file: &[u8]) -> Option<Pref> {
    parse(file).values.remove("a")
}

fn names(file: &[u8]) -> Vec<String> {
    parse(file).values.into_keys().collect()
}

#[test]
fn values_have_three_types() {
    let prefs = parse(
        b"// Mozilla User Preferences\n\nuser_pref(\"s\", \"mail.example.jp\");\nuser_pref(\"n\", 587);\nuser_pref(\"b\", true);\nuser_pref(\"f\",false);",
    );
    assert_eq!(prefs.text("s"), Some("mail.example.jp"));
    assert_eq!(prefs.number("n"), Some(587));
    assert_eq!((prefs.flag("b"), prefs.flag("f")), (Some(true), Some(false)));
    assert_eq!((prefs.text("n"), prefs.number("s"), prefs.flag("none")), (None, None, None));
    assert_eq!((prefs.dropped, prefs.first_dropped_line), (0, None));
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
        assert_eq!((prefs.number("a"), prefs.dropped), (Some(2), 0), "{file}");
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
    assert_eq!(names(br#"user_pref("\x61", 1);"#), ["a"], "names are strings like any other");
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
        assert_eq!(prefs.values.keys().collect::<Vec<_>>(), ["b"], "{literal}");
        assert_eq!((prefs.dropped, prefs.first_dropped_line), (1, Some(1)), "{literal}");
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
        assert_eq!((prefs.number("a"), prefs.number("b")), (value, Some(1)), "{literal}");
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
        let prefs = parse(format!("\n{junk}\nuser_pref(\"b\", 2);").as_bytes());
        assert_eq!((prefs.number("b"), prefs.values.len()), (Some(2), 1), "{junk}");
        assert_eq!((prefs.dropped, prefs.first_dropped_line), (1, Some(2)), "{junk}");
    }
    for junk in
        ["user_pref(\"x\", 1)", "user_pref(\"x\", \"1);", "/* ", "/", "user_pref", "user_pref(\"x\", \"\\"]
    {
        let prefs = parse(format!("user_pref(\"b\", 2);\r\n\r\n{junk}").as_bytes());
        assert_eq!((prefs.number("b"), prefs.values.len()), (Some(2), 1), "{junk}");
        assert_eq!((prefs.dropped, prefs.first_dropped_line), (1, Some(3)), "{junk}");
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
    assert_eq!(prefs.values, [("a".to_owned(), Pref::Number(1))].into());
    assert_eq!(prefs.defaults, [("a".to_owned(), Pref::Number(2)), ("b".to_owned(), Pref::Number(3))].into());
    for file in [&b"pref(\"a\", 2, hidden);"[..], b"pref(\"a\", 2,);", b"user_pref(\"a\", 2, locked);"] {
        let prefs = parse(file);
        assert_eq!((prefs.values.len() + prefs.defaults.len(), prefs.dropped), (0, 1));
    }
    assert_eq!(parse(b"pref(\"x.password\", \"TOPSECRET\");").defaults["x.password"], Pref::Secret);
}

#[test]
fn secrets_lose_their_data() {
    let prefs = parse(
        br#"user_pref("mail.smtpserver.smtp1.password", "TOPSECRET");
        user_pref("mail.server.server1.pass", "TOPSECRET");
        user_pref("mail.server.server1.OAuth.client\x53ecret", "TOPSECRET");
        user_pref("pref.token", 42); user_pref("mail.server.server1.userName", "taro");"#,
    );
    assert_eq!(prefs.values.values().filter(|value| **value == Pref::Secret).count(), 4);
    assert_eq!(prefs.text("mail.server.server1.userName"), Some("taro"));
    assert!(!format!("{prefs:?}").contains("TOPSECRET"));
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
            "mail\\.([a-z.]|[^\0]){0,8}",
            prop_oneof![
                "[^\0]{0,12}".prop_map(Pref::Text),
                any::<i32>().prop_map(Pref::Number),
                any::<bool>().prop_map(Pref::Bool),
            ],
            0..8,
        ),
    ) {
        let file: Vec<String> = values.iter().map(|(name, value)| write(name, value)).collect();
        let prefs = parse(file.concat().as_bytes());
        let wanted: BTreeMap<_, _> =
            values.into_iter().map(|(name, value)| (name.clone(), value.unless_secret(&name))).collect();
        prop_assert_eq!(prefs.dropped, 0);
        prop_assert_eq!(prefs.values, wanted);
    }

    #[test]
    fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        parse(&bytes);
    }

    #[test]
    fn errors_in_near_misses_are_counted_and_have_a_line(
        junk in "(user_pref|pref|\\(|\\)|,|\"|'|\\\\|\\\\u|\\\\x|d83d|;|/\\*|\\*/|//|#|\n|\r|[0-9]|-|\\PC){0,40}",
    ) {
        let prefs = parse(junk.as_bytes());
        prop_assert_eq!(prefs.first_dropped_line.is_some(), prefs.dropped > 0);
        prop_assert!(prefs.first_dropped_line.is_none_or(|line| line <= junk.len() + 1));
    }
}
