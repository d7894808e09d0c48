//! `ask device`, relays and masks, as its users meet them.

use crate::common::reports::run_in;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn answer(folder: &Path, arguments: &[&str], answers: &str) -> Value {
    fs::write(folder.join("answers.txt"), answers).unwrap();
    let command = [&["ask"], arguments, &["--answers", "answers.txt", "--format", "json"]].concat();
    let answer = run_in(folder, &command);
    assert_eq!(answer.exit, 1, "{}", answer.stderr);
    serde_json::from_str(&answer.stdout).unwrap()
}

const PRINTER: &str = "name = Printer Himawari\nplace = panel\nincoming = none\nauth = log-on-first\nserver = mail.himawari.example.jp\n";

#[test]
fn a_device_is_a_finding_like_any_other() {
    let folder = TempDir::new().unwrap();
    let report = answer(folder.path(), &["device"], PRINTER);
    let found = &report["findings"][0];
    assert_eq!((&found["client"], &found["client_name"]), (&"device".into(), &"Printer Himawari".into()));
    assert_eq!((&found["verdict"], &found["edition"]), (&"pop-before-smtp".into(), &"device-panel".into()));
    assert_eq!((&found["account"], &found["incoming"]), (&"Printer Himawari".into(), &Value::Null));
    assert_eq!(report["scan"]["sources"], serde_json::json!(["ask device"]));
    // The fleet's pages have its own steps.
    fs::write(folder.path().join("report.json"), report.to_string()).unwrap();
    let page = run_in(folder.path(), &["fleet", "report.json", "--format", "html", "--lang", "en"]);
    assert!(page.stdout.contains("a device (set at its panel)"), "{}", page.stderr);
    // Answered again, it is the same.
    let id = found["id"].as_str().unwrap();
    let again = ["device", "--finding", id, "--report", "report.json"];
    let again = answer(folder.path(), &again, "place = web\nincoming = none\nauth = n\n");
    assert_eq!(again["findings"][0]["id"], id);
    assert_eq!(again["findings"][0]["client_name"], "Printer Himawari");
    assert_eq!(again["findings"][0]["edition"], "device-web");
}

#[test]
fn its_name_is_masked_with_the_rest() {
    let folder = TempDir::new().unwrap();
    let report = answer(folder.path(), &["device", "--redact"], PRINTER).to_string();
    assert!(!report.to_lowercase().contains("himawari"), "{report}");
    assert!(report.contains("device-panel"), "{report}");
}

#[test]
fn it_is_listed_and_has_steps_but_is_never_looked_for() {
    let folder = TempDir::new().unwrap();
    for (lang, words) in [("ja", "なし(質問のみ)"), ("en", "by questions only")] {
        let clients = run_in(folder.path(), &["clients", "--lang", lang]);
        let row = clients.stdout.lines().find(|line| line.contains(" device ")).unwrap();
        assert!(row.contains(words), "{row}");
        let steps = run_in(folder.path(), &["steps", "device", "--lang", lang]);
        assert_eq!(steps.stdout.matches("  (device)").count(), 5, "{}", steps.stdout);
        assert_eq!(steps.stdout.matches("ESMTPA").count(), 5, "{}", steps.stdout);
        let scan = run_in(folder.path(), &["scan", ".", "--client", "device", "--lang", lang]);
        assert_eq!(scan.exit, 2, "{}", scan.stderr);
        let help = run_in(folder.path(), &["ask", "--help", "--lang", lang]);
        assert!(help.stdout.contains("device"), "{}", help.stdout);
    }
    let completions = run_in(folder.path(), &["completions", "bash"]);
    assert!(completions.stdout.contains("k9-mail") && completions.stdout.contains(" device"));
}

/// A report whose only account sends to the computer itself.
const RELAYED: &str = r#"{"schema": "smtp-auth-audit/report/v1", "computer": "PC-1", "scan": {"started_at": "2026-11-01T00:00:00Z", "sources": ["x"]},
    "findings": [{"id": "b7c1d2e3f4a59687", "user": "taro", "client": "becky", "client_name": "Becky!", "account": "taro@example.jp",
    "addresses": ["taro@example.jp"], "incoming": {"protocol": "pop3", "host": "127.0.0.1", "port": 110, "security": "plain"},
    "outgoing": {"host": "127.0.0.1"}, "verdict": "unreadable", "action": "check-by-hand"}]}"#;

/// From the answer to the fleet's sheet of steps nothing leads into the client's own dialogs.
#[test]
fn a_relay_stays_a_relay() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("scan.json"), RELAYED).unwrap();
    let asked = ["becky", "--finding", "b7c1d2e3f4a59687", "--report", "scan.json"];
    let answers = "log-on-first = y\nauth = n\nserver = mail.himawari.example.jp\n";
    let report = answer(folder.path(), &asked, answers);
    let found = &report["findings"][0];
    assert_eq!((&found["verdict"], &found["edition"]), (&"pop-before-smtp".into(), &"relay".into()));
    assert!(found["notes"].as_array().unwrap().iter().any(|note| note["code"] == "local-proxy"));
    fs::write(folder.path().join("answer.json"), report.to_string()).unwrap();
    let page = run_in(folder.path(), &["fleet", "answer.json", "--format", "html", "--lang", "en"]);
    assert!(page.stdout.contains("a program that relays the mail"), "{}", page.stderr);
    assert!(!page.stdout.contains("Mailbox Setup"), "the client's own steps");
    let masked = answer(folder.path(), &[&asked[..], &["--redact"]].concat(), answers);
    assert!(!masked.to_string().contains("himawari"), "{masked}");
    assert_eq!(masked["findings"][0]["steps"], found["steps"], "they hold nothing to be masked");
}
