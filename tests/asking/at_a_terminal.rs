//! Questions and answers at a terminal, which Python plays.

#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use super::{CANARY, Value, fs, project, with_report};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Types each item when the program waits for an answer; `None` if there is no Python to play the terminal.
fn dialogue(folder: &Path, arguments: &[&str], typed: &[&str]) -> Option<Value> {
    let there = Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
    let required = std::env::var_os("SMTP_AUTH_AUDIT_REQUIRE_TOOLS").is_some_and(|value| value == "1");
    assert!(there || !required, "python3 is required");
    if !there {
        eprintln!("skipped: no python3");
        return None;
    }
    let mut child = Command::new("python3")
        .arg(project().join("tests/terminal.py"))
        .arg(assert_cmd::cargo::cargo_bin("smtp-auth-audit"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(serde_json::to_string(typed).unwrap().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Some(serde_json::from_slice(&output.stdout).unwrap())
}

fn text<'a>(seen: &'a Value, key: &str) -> &'a str {
    seen[key].as_str().unwrap()
}

#[test]
fn questions_go_to_the_screen_and_the_result_to_stdout() {
    let folder = TempDir::new().unwrap();
    for (lang, typed, words) in [
        (
            "en",
            ["\n", "1\n", "back\n", "1\n", "y\n", "n\n", "mail.example.jp\n"],
            ["do not type one", "in the order of its screens", "Is [Use POP before SMTP]"],
        ),
        (
            "ja",
            ["\n", "１\n", "戻る\n", "１\n", "はい\n", "ｎ\n", "mail.example.jp\n"],
            ["入力しないでください", "画面の順に", "[POP before SMTP を使用]"],
        ),
    ] {
        let Some(seen) =
            dialogue(folder.path(), &["ask", "becky", "--format", "json", "--lang", lang], &typed)
        else {
            return;
        };
        assert_eq!((&seen["exit"], &seen["left"]), (&1.into(), &0.into()), "{seen}");
        let report: Value = serde_json::from_str(text(&seen, "stdout")).unwrap();
        assert_eq!(report["findings"][0]["verdict"], "pop-before-smtp");
        assert_eq!(report["findings"][0]["outgoing"]["host"], "mail.example.jp");
        for words in words {
            assert!(text(&seen, "screen").contains(words), "{words}: {seen}");
        }
        assert!(!text(&seen, "screen").contains("pop-before-smtp"), "{seen}");
        let widest = text(&seen, "screen").lines().map(textwrap::core::display_width).max();
        assert!(widest.unwrap() <= 80, "{seen}");
    }
}

/// The terminal shows what is typed; the program itself never does, and keeps nothing of it.
#[test]
fn a_password_that_is_typed_is_dropped() {
    let folder = TempDir::new().unwrap();
    let line = format!("{CANARY}\n");
    let typed =
        [&line, "\n", &line, "1\n", &line, "n\n", &line, "y\n", &line, "\n", &line, "587\n", &line, "1\n"];
    let arguments = ["ask", "becky", "--explain", "--output", "result.txt", "--format", "table"];
    let Some(seen) = dialogue(folder.path(), &arguments, &typed) else { return };
    assert_eq!((&seen["exit"], &seen["left"]), (&0.into(), &0.into()), "{seen}");
    let echoes = text(&seen, "screen").matches(CANARY).count();
    assert_eq!(echoes, 7, "each as the terminal itself shows it: {seen}");
    assert!(!text(&seen, "stdout").contains(CANARY));
    let result = fs::read_to_string(folder.path().join("result.txt")).unwrap();
    assert!(result.contains("587") && !result.contains(CANARY), "{result}");
}

#[test]
fn an_earlier_finding_is_not_asked_for_what_is_known() {
    let (folder, report) = with_report();
    let finding = &report["findings"][0];
    let id = finding["id"].as_str().unwrap();
    let arguments = ["ask", "outlook-new", "--finding", id, "--report", "report.json", "--format", "json"];
    let Some(seen) = dialogue(folder.path(), &arguments, &["1\n", "y\n", "\n", "587\n", "2\n"]) else {
        return;
    };
    assert_eq!(seen["exit"], 0, "{seen}");
    assert!(text(&seen, "screen").contains(finding["account"].as_str().unwrap()), "{seen}");
    let answered: Value = serde_json::from_str(text(&seen, "stdout")).unwrap();
    assert_eq!(answered["findings"][0]["id"], id);
}

#[test]
fn the_end_of_the_input_ends_without_a_result() {
    let folder = TempDir::new().unwrap();
    let arguments = ["ask", "becky", "--output", "result.txt"];
    let Some(seen) = dialogue(folder.path(), &arguments, &["\n", "\u{4}"]) else { return };
    assert_eq!((&seen["exit"], text(&seen, "stdout")), (&2.into(), ""), "{seen}");
    assert!(text(&seen, "screen").contains("there is no result"), "{seen}");
    let Some(seen) = dialogue(folder.path(), &arguments, &["\n", "1\n", "\u{3}"]) else { return };
    assert_eq!((&seen["exit"], text(&seen, "stdout")), (&(-2).into(), ""), "ended by the signal: {seen}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left behind");
}

#[test]
fn a_path_that_cannot_be_written_is_told_before_the_first_question() {
    let folder = TempDir::new().unwrap();
    let arguments = ["ask", "becky", "--output", "no/such/folder/result.txt"];
    let Some(seen) = dialogue(folder.path(), &arguments, &["\n"]) else { return };
    assert_eq!((&seen["exit"], &seen["left"]), (&2.into(), &1.into()), "{seen}");
}
