//! `ask` as its users meet it: at a terminal, with a file of answers, with an earlier report, and what a scan says of it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

#[cfg(unix)]
mod at_a_terminal;
#[path = "../common/mod.rs"]
mod common;
mod device;
mod earlier;

use common::CANARY;
use common::reports::run_in;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with a report on the accounts of the new Outlook, which nobody can read.
fn with_report() -> (TempDir, Value) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("report.json");
    let scan = ["fixtures/outlook-new/accounts/home", "--format", "json", "--output", path.to_str().unwrap()];
    assert_eq!(run_in(project(), &scan).exit, 3);
    let report = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    (folder, report)
}

#[test]
fn a_file_of_answers_gives_a_report_like_any_other() {
    let folder = TempDir::new().unwrap();
    let write = |text: &str| fs::write(folder.path().join("answers.txt"), text).unwrap();
    for (text, exit, verdict) in [
        ("incoming = pop3\nlog-on-first = y\nauth = n\n", 1, "pop-before-smtp"),
        ("incoming = pop3\nlog-on-first = n\nauth = n\n", 1, "no-smtp-auth"),
        ("incoming = pop3\nlog-on-first = n\nauth = y\nport = 587\nencryption = starttls", 0, "smtp-auth"),
        (
            "incoming = pop3\nlog-on-first = n\nauth = y\nport = 25\nencryption = none",
            1,
            "smtp-auth-off-policy",
        ),
        ("incoming = other", 0, "managed"),
        ("incoming = ?\nlog-on-first = ?\nauth = ?", 3, "unreadable"),
    ] {
        write(text);
        let json = run_in(
            folder.path(),
            &["ask", "becky", "--answers", "answers.txt", "--format", "json", "--computer", "PC-1"],
        );
        let report: Value = serde_json::from_str(&json.stdout).unwrap();
        assert_eq!((json.exit, json.stderr.as_str()), (exit, ""), "{text}");
        assert_eq!(report["schema"], "smtp-auth-audit/report/v1");
        assert_eq!(report["computer"], "PC-1");
        assert_eq!(report["findings"][0]["verdict"], verdict, "{text}");
        assert_eq!(report["findings"][0]["confidence"], "answered");
        for lang in ["ja", "en"] {
            let table = run_in(
                folder.path(),
                &["ask", "becky", "--answers", "answers.txt", "--lang", lang, "--quiet"],
            );
            assert_eq!((table.exit, table.stderr.as_str()), (exit, ""));
            assert!(table.stdout.contains("Becky!"), "{}", table.stdout);
        }
    }
    write("address = taro@example.jp\nincoming = pop3\nlog-on-first = n\nauth = n\nserver = mail.example.jp");
    let explained = run_in(
        folder.path(),
        &["ask", "becky", "--answers", "answers.txt", "--explain", "--no-steps", "--output", "result.txt"],
    );
    assert_eq!((explained.exit, explained.stdout.as_str()), (1, ""));
    let text = fs::read_to_string(folder.path().join("result.txt")).unwrap();
    for words in [
        "taro@example.jp",
        "mail.example.jp",
        "answered by the user",
        "rule 6",
        "SMTP Authentication (SMTP認証) = no",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("steps"), "{text}");
}

#[test]
fn wrong_usage_is_2_and_says_what_is_wrong_in_both_languages() {
    let (folder, report) = with_report();
    let id = report["findings"][0]["id"].as_str().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("broken.json", "{\"schema\": \"smtp-auth");
    write("other.json", "{\"schema\": \"another/v1\", \"findings\": []}");
    write("bad.txt", &format!("incoming = {CANARY}\n"));
    write("short.txt", "incoming = pop3\n");
    let with = |finding: &'static str, file: &'static str| {
        ["ask", "outlook-new", "--finding", finding, "--report", file]
    };
    for (arguments, ja, en) in [
        (&["ask"][..], "CLIENT", "CLIENT"),
        (&["ask", "outlok"], "outlook", "outlook"),
        (&["ask", "outlook-new"], "--answers", "--answers"),
        (&["ask", "outlook-new", "--finding", "1"], "--report", "--report"),
        (&["ask", "outlook-new", "--report", "report.json"], "--finding", "--finding"),
        (
            &with("0123456789abcdef", "report.json"),
            "0123456789abcdef のアカウントはありません",
            "no account with the id 0123456789abcdef",
        ),
        (&with("1", "no-such.json"), "no-such.json", "no-such.json"),
        (&with("1", "broken.json"), "broken.json は JSON ではありません (1:", "broken.json is not JSON (1:"),
        (&with("1", "other.json"), "結果 (v1) ではありません", "no result (v1)"),
        (&["ask", "becky", "--finding", id, "--report", "report.json"], "ask outlook-new", "ask outlook-new"),
        (&["ask", "becky", "--answers", "no-such.txt"], "no-such.txt", "no-such.txt"),
        (&["ask", "becky", "--answers", "bad.txt"], "incoming の値", "the value of incoming"),
        (&["ask", "becky", "--answers", "short.txt"], "log-on-first の答え", "log-on-first is not answered"),
    ] {
        for (lang, wanted) in [("ja", ja), ("en", en)] {
            let mut with_lang = arguments.to_vec();
            with_lang.extend(["--lang", lang]);
            let answer = run_in(folder.path(), &with_lang);
            assert_eq!((answer.exit, answer.stdout.as_str()), (2, ""), "{arguments:?}");
            // Wherever a line ends.
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            let is_said = bare(&answer.stderr).contains(&bare(wanted));
            assert!(is_said, "{arguments:?} {lang}: {}", answer.stderr);
            assert!(!answer.stderr.contains(CANARY), "{}", answer.stderr);
        }
    }
    let quiet = run_in(folder.path(), &["ask", "becky", "--quiet"]);
    assert_eq!((quiet.exit, quiet.stdout.as_str(), quiet.stderr.as_str()), (2, "", ""));
}
