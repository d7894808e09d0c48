//! Scripts as administrators write them, and as nobody does.

use super::*;
use crate::clients::thunderbird::pref::Pref;
use crate::formats::kinds::COMPUTED;
use proptest::prelude::*;

/// The settings `a` to `e` and `n` under names that a row knows.
fn named(script: &str) -> String {
    let name = |quote: char, key: char| format!("{quote}mail.server.{key}.name{quote}");
    "abcden".chars().fold(script.to_owned(), |script, key| {
        let script = script.replace(&format!("\"{key}\""), &name('"', key));
        script.replace(&format!("'{key}'"), &name('\'', key))
    })
}

fn parse(bytes: &[u8]) -> Script {
    super::parse(named(&String::from_utf8_lossy(bytes)).as_bytes())
}

fn calls(script: &str) -> Vec<(CallKind, String, Option<Pref>)> {
    let file = format!("// first line\n{script}");
    let calls = parse(file.as_bytes()).calls.into_iter();
    calls.map(|call| (call.kind, short(&call.name), call.value)).collect()
}

fn short(name: &str) -> String {
    let name = name.strip_prefix("mail.server.").unwrap_or(name);
    name.strip_suffix(".name").unwrap_or(name).to_owned()
}

fn lock(name: &str, value: Pref) -> (CallKind, String, Option<Pref>) {
    (CallKind::Lock, name.to_owned(), Some(value))
}

#[test]
fn five_functions_are_read() {
    assert_eq!(
        calls(
            "lockPref(\"a\", 3);\npref('b', \"x\") ; defaultPref ( \"c\" ,\n true /* why */ ) clearPref('d');unlockPref(\n'e' )"
        ),
        [
            lock("a", Pref::Number(3)),
            (CallKind::User, "b".into(), Some(Pref::Text("x".into()))),
            (CallKind::Default, "c".into(), Some(Pref::Bool(true))),
            (CallKind::Clear, "d".into(), None),
            (CallKind::Unlock, "e".into(), None),
        ]
    );
}

#[test]
fn the_first_line_is_ignored() {
    assert_eq!(parse(b"lockPref(\"a\", 1);").calls, []);
    assert_eq!(parse_download(named("lockPref(\"a\", 1);").as_bytes()).calls.len(), 1);
    assert_eq!(parse(b"lockPref(\"a\", 1);\r\nlockPref(\"b\", 1);").calls.len(), 1);
    assert_eq!(parse(b""), Script::default());
}

#[test]
fn comments_strings_and_other_names_are_no_calls() {
    let script = concat!(
        "// lockPref(\"a\", 1);\n/* lockPref(\"a\", 1);\n*/ var s = 'lockPref(\"a\", 1);' + `\npref(\"a\", 1)`;\n",
        "getPref(\"a\"); my.pref(\"a\", 1); xpref(\"a\", 1); pref2(\"a\", 1); $pref(\"a\", 1);\n",
        "it's = \"unfinished\nlockPref(\"b\", 2);"
    );
    assert_eq!(calls(script), [lock("b", Pref::Number(2))]);
}

/// The values that `a` may have at last, 0 for none, by the ways in which all choices may fall.
fn values(script: &str) -> Vec<i32> {
    let found = parse(format!("//\n{script}").as_bytes());
    assert!(!found.is_too_open, "{script}");
    let ways = found.choices.iter().fold(vec![Vec::new()], |ways: Vec<Vec<usize>>, options| {
        let with = |way: &Vec<usize>, option| way.iter().copied().chain([option]).collect();
        ways.iter().flat_map(|way| (0..*options).map(move |option| with(way, option))).collect()
    });
    let mut values: Vec<i32> = ways
        .iter()
        .map(|way| {
            let is_made = |call: &&Call| call.when.iter().all(|when| way[when.choice] == when.option);
            let last = found.calls.iter().filter(|call| short(&call.name) == "a").rfind(is_made);
            match last.map(|call| &call.value) {
                Some(Some(Pref::Number(number))) => *number,
                Some(other) => panic!("{script}: {other:?}"),
                None => 0,
            }
        })
        .collect();
    values.sort_unstable();
    values.dedup();
    values
}

#[test]
fn a_value_is_certain_where_nothing_can_keep_it_from_being_set() {
    for script in [
        "var x = {}; lockPref('a', 1); if (y) { z() }",
        "if (y) { z() } lockPref('a', 1)",
        "if (y) z(); else z()\nlockPref('a', 1)",
        "lockPref('a', 1) // if\n/* { */",
        "var s = 'if {'; lockPref('a', 1)",
        "{ lockPref('a', 1) }",
        "y && z(); lockPref('a', 1)",
        "y && z()\nlockPref('a', 1)",
        "z(y && z, lockPref('a', 1))",
        "var y = z ? 1 : 2\nlockPref('a', 1)",
        "switch (y) { case 1: z(); break; default: z() } lockPref('a', 1)",
        "for (;;) { if (z) break; z() }\nlockPref('a', 1)",
        "function f() { return 1 } lockPref('a', 1)",
        "var f = () => { throw 1 }; lockPref('a', 1)",
        "try { lockPref('a', 1); z() } catch (e) { z(e) }",
        "try { z() } catch { z() } finally { z() } lockPref('a', 1)",
        "try { throw 1 } catch (e) {} lockPref('a', 1)",
        // whatever came before
        "if (y) { lockPref('a', 2) } lockPref('a', 1)",
        // what begins with a slash, and what does not
        "var r = /[\"'`/]/g; lockPref('a', 1)",
        "if (/it's/.test(y)) { z() } lockPref('a', 1)",
        "var r = y / 2 + \"'\" / 3; lockPref('a', 1)",
        "x++ / 2; lockPref('a', 1) // '",
        "var t = `it's ${y + `\"${z}`} {`; lockPref('a', 1)",
        "var o = { f: function () {}, g() { return 1 } }; lockPref('a', 1)",
        "class X { y() { return 1 } } lockPref('a', 1)",
        "var s = 'a\\\r\nb'; lockPref('a', 1)",
    ] {
        assert_eq!(values(script), [1], "{script}");
    }
}

#[test]
fn a_call_that_may_not_be_made_is_undecided() {
    for script in [
        "if (getenv(\"USER\") == \"x\") { lockPref('a', 1) }",
        "if (y) lockPref('a', 1)",
        "if (y) { try { lockPref('a', 1) } catch (e) {} }",
        "if (y) { if (z) { lockPref('a', 1) } }",
        "if (y) { x() } else if (z) lockPref('a', 1)",
        "switch (y) { case 1: lockPref('a', 1) }",
        "switch (y) { case z ? 1 : 2: x(); break; default: lockPref('a', 1) }",
        "for (var i = 0; i < y; i++) lockPref('a', 1)",
        "while (y) { lockPref('a', 1) }",
        "with (y) lockPref('a', 1)",
        "y && lockPref('a', 1)",
        "y || lockPref('a', 1)",
        "y && (z, lockPref('a', 1))",
        "y ? lockPref('a', 1) : 0",
        "y ?? lockPref('a', 1)",
        // functions that may never be run
        "function f() { lockPref('a', 1) }",
        "function* f(x = 1) { lockPref('a', 1) } f()",
        "var f = function () { lockPref('a', 1) }",
        "var f = () => lockPref('a', 1)",
        "var f = x => { lockPref('a', 1) }",
        "var o = { f() { lockPref('a', 1) } }",
        "class X { y() { lockPref('a', 1) } }",
        "(function () { lockPref('a', 1) })()",
        // behind what may end the script, or this part of it
        "throw 'x'; lockPref('a', 1)",
        "if (y) { throw 'x' } lockPref('a', 1)",
        "if (y) throw new Error('x')\nlockPref('a', 1)",
        "try { z(); lockPref('a', 1) } catch (e) {}",
        "try { throw 1; lockPref('a', 1) } catch (e) {}",
        "try { if (y) throw 1 } finally {} lockPref('a', 1)",
        "try { z() } catch (e) { lockPref('a', 1) }",
        "function f() { if (y) return; lockPref('a', 1) } f()",
        "x: for (;;) { for (;;) { break x } lockPref('a', 1) }",
        // no JavaScript: the script is not run at all
        "it's\nlockPref('a', 1)",
        "lockPref('a', 1); var s = 'unfinished\n\";",
        "lockPref('a', 1); var s = `unfinished",
        "lockPref('a', 1); /* unfinished",
        "lockPref('a', 1); var r = /unfinished\n",
        "} lockPref('a', 1)",
        "{ lockPref('a', 1)",
        "lockPref('a', 1); if y { z() }",
        "lockPref('a', 1); z(]",
        "lockPref('a', 1); var s = '\\x4'",
    ] {
        assert_eq!(values(script), [0, 1], "{script}");
    }
}

#[test]
fn one_of_the_branches_is_done() {
    for (script, expected) in [
        ("if (y) { lockPref('a', 1) } else { lockPref('a', 2) }", &[1, 2][..]),
        ("if (y) lockPref('a', 1); else if (z) lockPref('a', 2); else lockPref('a', 3)", &[1, 2, 3]),
        ("if (y) lockPref('a', 1)\nelse if (z) lockPref('a', 2)", &[0, 1, 2]),
        ("if (y) { lockPref('a', 1) } if (z) { lockPref('a', 2) }", &[0, 1, 2]),
        (
            "if (y) { if (z) { lockPref('a', 1) } else { lockPref('a', 2) } } else { lockPref('a', 3) }",
            &[1, 2, 3],
        ),
        ("y ? lockPref('a', 1) : lockPref('a', 2)", &[0, 1, 2]),
        ("switch (y) { case 1: lockPref('a', 1); break; case 2: lockPref('a', 2) }", &[0, 1, 2]),
        // a function may be run behind what stands behind it
        ("function f() { lockPref('a', 1) } lockPref('a', 2); f()", &[1, 2]),
        ("var f = () => lockPref('a', 1); lockPref('a', 2)", &[1, 2]),
        ("lockPref('a', 1); if (y) throw 1; lockPref('a', 2)", &[1, 2]),
        ("try { x(); lockPref('a', 1) } catch (e) { lockPref('a', 2) }", &[0, 1, 2]),
        ("lockPref('a', 1); if (y) { eval(z); lockPref('a', 2) }", &[1, 2]),
    ] {
        assert_eq!(values(script), expected, "{script}");
    }
}

#[test]
fn calls_of_one_condition_hang_on_one_choice() {
    let found = parse(b"//\nif (x) { lockPref('a', 1); lockPref('b', 1) } else { lockPref('c', 1) }");
    assert_eq!(found.choices, [2]);
    let branches: Vec<usize> = found.calls.iter().map(|call| call.when[0].option).collect();
    assert_eq!(branches, [0, 0, 1]);
    let found =
        parse(b"//\ntry { x(); lockPref('a', 1); lockPref('b', 1); y(); lockPref('c', 1) } catch (e) {}");
    let depths: Vec<usize> = found.calls.iter().map(|call| call.when.len()).collect();
    assert_eq!((depths, found.choices.len()), (vec![1, 1, 2], 3));
}

#[test]
fn too_many_conditions_are_told() {
    let is_too_open = |script: &str| {
        let found = parse(format!("//\nlockPref('b', 1);{script}").as_bytes());
        assert!(!found.is_too_open || found.calls.iter().all(|call| call.when.is_empty()));
        found.is_too_open
    };
    let call = "if (x) { lockPref('a', 1) }\n";
    assert!(!is_too_open(&call.repeat(2_000)));
    assert!(is_too_open(&call.repeat(2_001)));
    let chain = |count: usize| format!("{}{{}}", "if (x) { lockPref('a', 1) } else ".repeat(count));
    assert!(!is_too_open(&chain(2_000)));
    for (open, close) in [("{", "}"), ("(", ")"), ("[", "]"), ("if (x) ", ""), ("x => {", "}"), ("`${", "}`")]
    {
        let nested = |count: usize| format!("{}lockPref('a', 1){}", open.repeat(count), close.repeat(count));
        assert!(!is_too_open(&nested(20)), "{open}");
        let found = parse(format!("//\n{}", nested(100_000)).as_bytes());
        let a = found.calls.iter().find(|call| short(&call.name) == "a");
        assert!(found.is_too_open || found.unread > 0 || a.is_none_or(|a| !a.when.is_empty()), "{open}");
    }
    assert!(!is_too_open(&"throw 1; lockPref('a', 1);".repeat(1_000)));
}

#[test]
fn a_call_within_a_template_is_told() {
    assert_eq!(parse(b"//\nvar s = `${lockPref('a', 1)}`").unread, 1);
    assert_eq!(parse(b"//\nvar s = `lockPref('a', 1)`"), Script::default());
}

#[test]
fn what_is_no_literal_is_counted() {
    for (call, is_named) in [
        ("lockPref(name, 1)", false),
        ("lockPref(\"a\", port)", true),
        ("lockPref(\"a\", \"x\" + y)", true),
        ("lockPref(\"a\" + i, 1)", false),
        ("lockPref(\"a\", null)", true),
        ("lockPref(\"a\", 1.5)", true),
        ("lockPref(\"a\", 99999999999)", true),
        ("lockPref(\"a\", `x`)", true),
        ("lockPref(\"a\", 1", true),
        ("lockPref(\"a", false),
        ("unlockPref(name)", false),
        ("clearPref(\"a\" + i)", false),
        ("clearPref(\"a\", 1)", false),
    ] {
        let found = parse(format!("//\n{call}\n;pref('b', 1)").as_bytes());
        assert_eq!((found.unread, found.calls.len()), (1, 1 + usize::from(is_named)), "{call}");
        let computed = Some(Pref::Text(COMPUTED.to_owned()));
        assert_eq!(found.calls[0].value == computed, is_named, "{call}");
    }
}

#[test]
fn literals_are_javascripts() {
    let script = r#"lockPref("a", "\x41\u65e5\u{1F4E7}\t\q\'\ud83d\udce7\
b"); lockPref('mail.server.é.name', 0x24b); lockPref("n", -2147483648)"#;
    assert_eq!(
        calls(script),
        [
            lock("a", Pref::Text("A日\u{1F4E7}\tq'\u{1F4E7}b".into())),
            lock("é", Pref::Number(587)),
            lock("n", Pref::Number(i32::MIN)),
        ]
    );
}

#[test]
fn nothing_is_read_twice() {
    let started = std::time::Instant::now();
    for sign in [
        "\\\"",
        "\\`",
        "pref(\"",
        "/*",
        "`",
        "pref(/*",
        "`${",
        "= /[",
        "/",
        "{",
        "}",
        "(",
        "[",
        "if",
        "if(",
        "=>",
        "=>{",
        "switch(x){case",
        "try{",
        "try{x(",
        "function",
        "throw 1;pref('a',1);",
        "if(x){pref('a',1)}",
        "x\n",
        "else ",
    ] {
        parse(format!("\n{}", sign.repeat(200_000)).as_bytes());
    }
    assert!(started.elapsed().as_secs() < 20, "not linear");
}

#[test]
fn obscured_files_are_read_with_their_number() {
    let file = b"// first\r\nlockPref(\"mail.smtpserver.default.port\", 587);\r\n";
    for (raised_by, byte) in [(0, 0), (-5, 0), (13, 13), (300, 44), (256, 0)] {
        let obscured: Vec<u8> = file.iter().map(|b| b.wrapping_add(byte)).collect();
        assert_eq!(plain(&obscured, raised_by), file, "{raised_by}");
    }
    assert_eq!(parse(file).calls.len(), 1);
    assert_eq!(parse(&plain(file, 13)), Script::default());
}

#[test]
fn of_secrets_and_of_what_no_row_knows_nothing_is_kept() {
    let found = parse(
        b"//\nlockPref('mail.smtpserver.smtp1.password', 'TOPSECRET');pref('x', 'TOPSECRET');
        lockPref('mail.server.token.hostname', 'TOPSECRET');if (y) { lockPref('mail.x', 'TOPSECRET') }",
    );
    let values: Vec<_> = found.calls.iter().map(|call| call.value.clone()).collect();
    assert_eq!((values, found.others, found.unread), (vec![Some(Pref::Secret)], 2, 1));
    assert!(!format!("{found:?}").contains("TOPSECRET"));
}

proptest! {
    #[test]
    fn nothing_makes_it_panic(
        junk in "(lockPref|pref|\\(|\\)|\\{|\\}|;|if|else|try|catch|switch|case|throw|function|=>|\\$|,|\"|'|`|\\\\|\\\\u|\\\\x|d83d|/\\*|\\*/|//|\n|[0-9]|-|\\PC){0,40}",
        bytes in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        parse(format!("\n{junk}").as_bytes());
        parse(&bytes);
    }
}
