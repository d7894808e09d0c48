//! Mail that goes through another program on the same computer: what people read, and what is asked.

#![expect(clippy::disallowed_methods, reason = "it makes files by itself")]

mod common;

use common::reports::{Answer, run_in};
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn run(arguments: &[&str]) -> Answer {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

/// The settings were read: that they can't be is no heading. The contract's text stays in JSON.
#[test]
fn a_relay_is_told_as_one() {
    for (path, ja, en) in [
        (
            "fixtures/outlook/no-server-and-relay/home",
            "このコンピューターの中継ソフトが送信します",
            "a relay on this computer sends the mail",
        ),
        ("fixtures/kmail/kde-3/home", "別のプログラムが送信します", "another program sends the mail"),
    ] {
        for (lang, wanted, never) in
            [("ja", ja, "この端末では設定を読み取れません"), ("en", en, "can't be read here")]
        {
            for format in ["table", "html", "markdown"] {
                let Answer { stdout, .. } = run(&["scan", path, "--lang", lang, "--format", format]);
                assert!(stdout.contains(wanted), "{path} {format}: {stdout}");
                assert!(!stdout.contains(never), "{path} {format}: {stdout}");
            }
        }
        let report = run(&["scan", path, "--format", "json"]).stdout;
        assert!(report.contains("check by hand: can't be read here"), "{report}");
    }
}

#[test]
fn an_answer_that_is_not_used_is_told() {
    let folder = TempDir::new().unwrap();
    let answers = folder.path().join("answers.txt");
    for (text, told) in [
        (
            "incoming = pop3\nlog-on-first = n\nauth = y\nserver = 127.0.0.1\nport = 25\nencryption = none\n",
            "port, encryption",
        ),
        ("incoming = pop3\nlog-on-first = y\nauth = n\nport = 25\n", "port"),
        (
            "incoming = pop3\nlog-on-first = n\nauth = y\nserver = mail.example.jp\nport = 25\nencryption = none\n",
            "",
        ),
    ] {
        fs::write(&answers, text).unwrap();
        for (lang, head) in [("ja", "使いませんでした: "), ("en", "the others decide: ")] {
            let arguments =
                ["ask", "becky", "--answers", answers.to_str().unwrap(), "--lang", lang, "--format", "json"];
            let Answer { stdout, stderr, .. } = run(&arguments);
            let wanted = if told.is_empty() { String::new() } else { format!("{head}{told}\n") };
            assert!(stderr.ends_with(&wanted) && stderr.is_empty() == told.is_empty(), "{stderr}");
            assert!(serde_json::from_str::<Value>(&stdout).is_ok());
            assert!(run(&[&arguments[..], &["--quiet"]].concat()).stderr.is_empty());
        }
    }
}
