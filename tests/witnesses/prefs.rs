//! Preferences files, made of what libpref's grammar knows and of what it doesn't, read by Node.js as a script that calls
//! `user_pref`. Thunderbird's own parser is another one since version 60; before, it was a JavaScript-like one.

use super::{Counts, Numbers, cases, count, print};
use smtp_auth_audit::clients::thunderbird::pref::Pref;
use smtp_auth_audit::clients::thunderbird::prefs_js::{lex, parse};
use smtp_auth_audit::formats::kinds::{Kind, keep};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::process::{Command, Stdio};

/// What is put into a file beyond what both grammars share, why both don't agree on it, and whether the engine can read it.
/// libpref: mozilla-central modules/libpref/parser/src/lib.rs. JavaScript: ECMA-262.
const ODDITIES: [(&str, &str, &str); 13] = [
    (
        "byte",
        "user_pref(\"P\", \"\\xe9\");\n",
        "a byte of libpref's, which is no UTF-8 here; a character of JavaScript's",
    ),
    (
        "hash",
        "# x\n",
        "a comment of libpref (rule of prefs_parse_lexer since 2000); a syntax error of JavaScript",
    ),
    ("plus", "user_pref(\"P\", +7);\n", "both read 7"),
    (
        "no end",
        "user_pref(\"P\", 7)\n",
        "JavaScript ends the statement at the line's end; libpref wants `;` and drops this and the next",
    ),
    (
        "two values",
        "user_pref(\"P\", 7, 8);\n",
        "JavaScript ignores what is too much; libpref drops the statement",
    ),
    (
        "hexadecimal",
        "user_pref(\"P\", 0x1F);\n",
        "JavaScript's number; libpref knows digits only and drops the statement",
    ),
    ("octal", "user_pref(\"P\", 010);\n", "JavaScript reads 8, libpref 10"),
    ("exponent", "user_pref(\"P\", 1e3);\n", "JavaScript's number; libpref drops the statement"),
    (
        "large",
        "user_pref(\"P\", 4294967296);\n",
        "JavaScript's number; libpref's have 32 bits and it drops the statement",
    ),
    (
        "tab",
        "user_pref(\"P\", \"a\\tb\");\n",
        "an escape of JavaScript; libpref knows nine, drops the statement",
    ),
    ("line", "user_pref(\"P\", \"a\nb\");\n", "libpref's strings go over lines; JavaScript's don't"),
    ("null", "user_pref(\"P\", null);\n", "a value of JavaScript; libpref drops the statement"),
    ("attribute", "pref(\"P\", 7, locked);\n", "libpref's attribute; a name that JavaScript doesn't know"),
];

/// Values that both grammars share, with settings of a kind that keeps them.
fn setting(numbers: &mut Numbers) -> (String, String) {
    let (name, value) = match numbers.below(8) {
        0 => ("mail.server.server1.useSecAuth", numbers.word(&["true", "false"]).to_owned()),
        1 => ("mail.server.server1.port", format!("{}", numbers.below(70_000))),
        2 => ("mail.server.server2.port", format!("-{}", numbers.below(70_000))),
        3 => (
            "mail.server.server3.port",
            numbers.word(&["2147483647", "-2147483648", "0", "-0", "- 7"]).to_owned(),
        ),
        _ => (
            numbers.word(&[
                "mail.server.server1.name",
                "mail.server.\\u3042.name",
                "mail.server.あ.n\\x61me",
            ]),
            text(numbers),
        ),
    };
    (name.to_owned(), value)
}

fn text(numbers: &mut Numbers) -> String {
    let quote = numbers.word(&["\"", "'"]);
    let mut text = quote.to_owned();
    for _ in 0..numbers.below(6) {
        text.push_str(numbers.word(&[
            "mail.example.jp",
            "a",
            " ",
            ";",
            ");",
            "//",
            "/*",
            "*/",
            "#",
            ",",
            "\\\"",
            "\\'",
            "\\\\",
            "\\n",
            "\\r",
            "\\x41",
            "\\u3042",
            "\\uD83D\\uDCE7",
            "あ",
            "é",
            "📧",
            "user_pref(",
        ]));
    }
    text + quote
}

/// A file, and the oddities within.
fn file(numbers: &mut Numbers) -> (String, BTreeSet<usize>) {
    let (mut file, mut odd) = (String::new(), BTreeSet::new());
    for at in 0..=numbers.below(8) {
        match numbers.below(12) {
            0 => file.push_str(numbers.word(&[
                "// user_pref(\"x\", 1);\n",
                "/* a\n b */",
                "/**/",
                "// \"\n",
                "\n\n",
                "\t",
            ])),
            1 if numbers.below(4) == 0 => {
                let which = numbers.below(ODDITIES.len());
                odd.insert(which);
                file.push_str(&ODDITIES[which].1.replace('P', &format!("mail.server.odd{at}.name")));
            }
            _ => {
                let function = numbers.word(&["user_pref", "user_pref", "user_pref", "pref", "sticky_pref"]);
                let blank = numbers.word(&["", " ", "\n", "/* x */", "\t"]);
                let (name, value) = setting(numbers);
                let end = numbers.word(&["\n", "\r\n", "", " // x\n"]);
                for part in [
                    function, blank, "(", blank, "\"", &name, "\"", blank, ",", blank, &value, blank, ")",
                    blank, ";", end,
                ] {
                    file.push_str(part);
                }
            }
        }
    }
    (file, odd)
}

/// What the engine says of each file: its users' values as the door lets them through, or nothing where it is no script.
fn engine(files: &[String]) -> Vec<Option<BTreeMap<String, Pref>>> {
    const SCRIPT: &str = r#"
        const vm = require("node:vm");
        const files = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
        const shown = files.map(file => {
            const found = {};
            const user_pref = (name, value) => { found[name] = value; };
            try {
                vm.runInNewContext(file, { user_pref, pref: () => {}, sticky_pref: () => {} });
                return found;
            } catch { return null; }
        });
        console.log(JSON.stringify(shown));
    "#;
    let mut node = Command::new("node")
        .args(["-e", SCRIPT])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Node.js is installed");
    let input = serde_json::to_vec(files).unwrap();
    let mut stdin = node.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = node.wait_with_output().unwrap();
    writer.join().unwrap();
    let shown: Vec<Option<BTreeMap<String, serde_json::Value>>> =
        serde_json::from_slice(&output.stdout).unwrap();
    let door = |(name, value): (String, serde_json::Value)| {
        let value = match value {
            serde_json::Value::Bool(is_set) => Pref::Bool(is_set),
            serde_json::Value::String(text) => Pref::Text(keep(Kind::Label, &text).text),
            value => Pref::Number(number(value.as_i64()?)),
        };
        Some((name, value))
    };
    shown.into_iter().map(|found| found.map(|found| found.into_iter().filter_map(door).collect())).collect()
}

/// Ports stay as they are; of other numbers the door makes something else, so all of them are one here.
fn number(number: i64) -> i32 {
    u16::try_from(number).map_or(-1, i32::from)
}

/// What is read here.
fn ours(file: &str) -> BTreeMap<String, Pref> {
    let values = parse(file.as_bytes()).values;
    let plain =
        |value| if let Pref::Number(found) = value { Pref::Number(number(i64::from(found))) } else { value };
    values.into_iter().map(|(name, value)| (name, plain(value))).collect()
}

#[test]
#[ignore = "takes Node.js"]
fn preferences_are_read_as_a_javascript_engine_reads_them() {
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    let files: Vec<_> = (0..cases(20_000)).map(|_| file(&mut numbers)).collect();
    let texts: Vec<String> = files.iter().map(|(text, _)| text.clone()).collect();
    let (mut counts, mut seen) = (Counts::new(), BTreeSet::<usize>::new());
    for ((text, odd), theirs) in files.iter().zip(engine(&texts)) {
        let is_whole = lex(text.as_bytes()).all(|entry| entry.is_ok());
        let agree = theirs.as_ref().is_some_and(|theirs| is_whole && *theirs == ours(text));
        if agree {
            count(&mut counts, "both read the same");
        } else if odd.is_empty() {
            panic!("{text:?}\nours {:?}\ntheirs {theirs:?}", ours(text));
        } else {
            count(&mut counts, "they disagree on an oddity that is listed");
            // Which of several it was is not known: only files with one count.
            if odd.len() == 1 {
                seen.extend(odd);
            }
        }
    }
    print("preferences files beside Node.js", &counts);
    for (at, (name, _, reason)) in ODDITIES.iter().enumerate() {
        println!("{name:>12}: {reason}");
        assert_eq!(seen.contains(&at), *name != "plus", "{name}");
    }
}
