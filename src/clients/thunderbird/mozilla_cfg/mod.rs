//! Administrators' scripts (`mozilla.cfg` or any name) → the settings that they force.
//!
//! They are JavaScript. Only calls with literal arguments are read, wherever they stand, also below an `if`, where they
//! are marked: what the script would do is not worked out.

mod scanner;

use super::pref::{Pref, known};
use super::settings::OF_MAIL;
use crate::formats::encodings::decode;
use scanner::Scanner;

/// What a call does to a setting (mozilla-central extensions/pref/autoconfig/src/prefcalls.js).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// `defaultPref`: the default; prefs.js wins.
    Default,
    /// `pref`: sets the user's value at every start.
    User,
    /// `lockPref`: the default, and effective, whatever prefs.js says and keeps saying.
    Lock,
    /// `unlockPref`: prefs.js wins again; the default stays.
    Unlock,
    /// `clearPref`: removes the user's value.
    Clear,
}

/// The functions.
pub(super) const FUNCTIONS: [(&str, CallKind); 5] = [
    ("defaultPref", CallKind::Default),
    ("pref", CallKind::User),
    ("lockPref", CallKind::Lock),
    ("unlockPref", CallKind::Unlock),
    ("clearPref", CallKind::Clear),
];

/// One call for a setting that a row knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Which function.
    pub kind: CallKind,
    /// Name of the setting.
    pub name: String,
    /// Its value as its kind leaves it; `None` where the call takes none.
    pub value: Option<Pref>,
    /// False if a condition, a function or the like before or around it may keep it from being made.
    pub is_certain: bool,
}

/// Words after which a call may not be made, or not once.
const BRANCHES: [&str; 12] =
    ["if", "else", "switch", "for", "while", "do", "function", "class", "return", "throw", "break", "eval"];

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// Calls in the order of the file, in which they take effect.
    pub calls: Vec<Call>,
    /// How many calls set something else.
    pub others: usize,
    /// How many calls have arguments that are no literals, or set something else of mail under a condition, so that their
    /// effect is not known.
    pub unread: usize,
}

/// Takes the obscuring off: every byte was raised by a number (`general.config.obscure_value`, mozilla-central
/// extensions/pref/autoconfig/src/nsReadConfig.cpp; 0 and less: plain).
pub fn plain(bytes: &[u8], raised_by: i32) -> Vec<u8> {
    let by = u8::try_from(raised_by.max(0) % 256).unwrap_or_default();
    bytes.iter().map(|byte| byte.wrapping_sub(by)).collect()
}

/// Reads the file of an installation. The first line is ignored as the program ignores it.
pub fn parse(bytes: &[u8]) -> Script {
    read(decode(bytes).split_once(['\n', '\r']).map_or("", |(_, rest)| rest))
}

/// Reads a file that the program fetched from a server, which is plain and counts from its first line
/// (mozilla-central extensions/pref/autoconfig/src/nsAutoConfig.cpp).
pub fn parse_download(bytes: &[u8]) -> Script {
    read(&decode(bytes))
}

fn read(script: &str) -> Script {
    let mut found = Script::default();
    let mut scanner = Scanner::new(script);
    let mut is_straight = true;
    while let Some(word) = scanner.next_word() {
        let Some((_, kind)) = FUNCTIONS.iter().find(|(function, _)| *function == word) else {
            is_straight &= !BRANCHES.contains(&word);
            continue;
        };
        let has_value = !matches!(kind, CallKind::Unlock | CallKind::Clear);
        let Some((name, value)) = scanner.clone().read_arguments(has_value) else {
            found.unread += 1;
            continue;
        };
        let is_certain = is_straight && !scanner.is_below_condition();
        match known(&name) {
            Some((fact, name)) => {
                let value = value.map(|value| Pref::kept(fact, &name, &value));
                found.calls.push(Call { kind: *kind, name, value, is_certain });
            }
            None if !is_certain && name.starts_with(OF_MAIL) => found.unread += 1,
            None => found.others += 1,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
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

    #[test]
    fn calls_below_a_condition_count() {
        assert_eq!(calls("if (x) { try { lockPref('b', -5) } catch (e) {} }"), [lock("b", Pref::Number(-5))]);
    }

    #[test]
    fn a_call_is_certain_where_nothing_can_keep_it_from_being_made() {
        for (script, certain) in [
            ("var x = {}; lockPref('a', 1); if (y) { z() }", true),
            ("lockPref('a', 1) // if\n/* { */", true),
            ("var s = 'if {'; lockPref('a', 1)", true),
            ("if (getenv(\"USER\") == \"x\") { lockPref('a', 1) }", false),
            ("if (y) lockPref('a', 1)", false),
            ("{ lockPref('a', 1) }", false),
            ("try { lockPref('a', 1) } catch (e) {}", false),
            ("switch (y) { case 1: lockPref('a', 1) }", false),
            ("function f() { lockPref('a', 1) } f()", false),
            ("var f = () => lockPref('a', 1)", false),
            ("y && lockPref('a', 1)", false),
            ("y || lockPref('a', 1)", false),
            ("y ? lockPref('a', 1) : 0", false),
            ("} lockPref('a', 1)", true),
        ] {
            let found = parse(format!("//\n{script}").as_bytes());
            assert_eq!(found.calls.len(), 1, "{script}");
            assert_eq!(found.calls[0].is_certain, certain, "{script}");
        }
    }

    #[test]
    fn what_is_no_literal_is_counted() {
        for call in [
            "lockPref(name, 1)",
            "lockPref(\"a\", port)",
            "lockPref(\"a\", \"x\" + y)",
            "lockPref(\"a\" + i, 1)",
            "lockPref(\"a\", null)",
            "lockPref(\"a\", 1.5)",
            "lockPref(\"a\", 99999999999)",
            "lockPref(\"a\", `x`)",
            "lockPref(\"a\", 1",
            "lockPref(\"a",
            "unlockPref(name)",
            "clearPref(\"a\" + i)",
            "clearPref(\"a\", 1)",
        ] {
            let found = parse(format!("//\n{call}\n;pref('b', 1)").as_bytes());
            assert_eq!((found.unread, found.calls.len()), (1, 1), "{call}");
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
    fn quotes_without_an_end_cost_little() {
        assert_eq!(calls("/[`]/; x;\nlockPref('a', 1)\n/[']/; pref('x', 1)\nlockPref('b', 2)").len(), 2);
        let started = std::time::Instant::now();
        for sign in ["\\\"", "\\`", "pref(\"", "/*", "`", "pref(/*"] {
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
            junk in "(lockPref|pref|\\(|\\)|,|\"|'|`|\\\\|\\\\u|\\\\x|d83d|/\\*|\\*/|//|\n|[0-9]|-|\\PC){0,40}",
            bytes in prop::collection::vec(any::<u8>(), 0..100),
        ) {
            parse(format!("\n{junk}").as_bytes());
            parse(&bytes);
        }
    }
}
