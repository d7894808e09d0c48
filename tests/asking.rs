//! `ask` as its users meet it: at a terminal, with a file of answers, with an earlier report, and what a scan says of it.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod common;

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
    for words in
        ["taro@example.jp", "mail.example.jp", "answered by the user", "rule 6", "SMTP authentication = no"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("steps"), "{text}");
}

#[test]
fn an_earlier_finding_is_answered_as_that_finding() {
    let (folder, report) = with_report();
    fs::write(folder.path().join("answers.txt"), "incoming = pop3\nauth = n\nserver = mail.example.jp\n")
        .unwrap();
    for finding in report["findings"].as_array().unwrap() {
        let id = finding["id"].as_str().unwrap();
        let arguments = [
            "ask",
            "outlook-new",
            "--finding",
            id,
            "--report",
            "report.json",
            "--answers",
            "answers.txt",
            "--format",
            "json",
        ];
        let answer = run_in(folder.path(), &arguments);
        assert_eq!(answer.exit, 1, "{}", answer.stderr);
        let answered: Value = serde_json::from_str(&answer.stdout).unwrap();
        assert_eq!(answered["computer"], report["computer"]);
        let found = &answered["findings"][0];
        for key in [
            "id",
            "user",
            "user_sid",
            "client",
            "client_name",
            "client_version",
            "client_installed",
            "in_use",
            "profile",
            "source",
            "account",
            "addresses",
            "default_account",
        ] {
            assert_eq!(found[key], finding[key], "{key}");
        }
        assert_eq!((&found["verdict"], &found["confidence"]), (&"no-smtp-auth".into(), &"answered".into()));
        assert_eq!(found["outgoing"]["auth"], "none");
    }
}

/// With a name of its computer and without one, a fleet knows which finding is answered.
#[test]
fn a_fleet_lets_the_answer_take_the_place_of_the_finding() {
    let home = project().join("fixtures/outlook-new/accounts/home");
    for computer in [&[][..], &["--computer", "PC-1"]] {
        let folder = TempDir::new().unwrap();
        for (format, file) in [("json", "a.json"), ("jsonl", "b.jsonl")] {
            let scan = ["scan", home.to_str().unwrap(), "--format", format, "--output", file];
            assert_eq!(run_in(folder.path(), &[&scan[..], computer].concat()).exit, 3);
        }
        let fleet = |paths: &[&str]| {
            let answer = run_in(folder.path(), &[&["fleet", "--format", "csv"], paths].concat());
            (answer.exit, answer.stdout.lines().count() - 1, answer.stderr)
        };
        fs::create_dir(folder.path().join("answers")).unwrap();
        let report: Value =
            serde_json::from_str(&fs::read_to_string(folder.path().join("a.json")).unwrap()).unwrap();
        let findings = report["findings"].as_array().unwrap();
        assert_eq!(fleet(&["a.json"]), (3, findings.len(), String::new()));
        fs::write(folder.path().join("answers.txt"), "incoming = other\n").unwrap();
        for (at, finding) in findings.iter().enumerate() {
            let id = finding["id"].as_str().unwrap();
            let output = format!("answers/{at}.json");
            let from = if at == 0 { "a.json" } else { "b.jsonl" };
            let arguments = [
                "ask",
                "outlook-new",
                "--finding",
                id,
                "--report",
                from,
                "--answers",
                "answers.txt",
                "--format",
                "json",
                "--output",
                &output,
            ];
            assert_eq!(run_in(folder.path(), &arguments).exit, 0);
        }
        assert_eq!(fleet(&["a.json", "answers"]), (0, 0, String::new()), "nobody is left");
    }
}

/// PowerShell 5.1 writes what is redirected as UTF-16.
#[test]
fn a_report_in_utf16_is_read_too() {
    let (folder, report) = with_report();
    let path = folder.path().join("report.json");
    let text = fs::read_to_string(&path).unwrap();
    let wide: Vec<u8> =
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    fs::write(&path, wide).unwrap();
    fs::write(folder.path().join("answers.txt"), "incoming = other\n").unwrap();
    let id = report["findings"][0]["id"].as_str().unwrap();
    let answer = run_in(
        folder.path(),
        &["ask", "outlook-new", "--finding", id, "--report", "report.json", "--answers", "answers.txt"],
    );
    assert_eq!(answer.exit, 0, "{}", answer.stderr);
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
            assert!(answer.stderr.contains(wanted), "{arguments:?} {lang}: {}", answer.stderr);
            assert!(!answer.stderr.contains(CANARY), "{}", answer.stderr);
        }
    }
    let quiet = run_in(folder.path(), &["ask", "becky", "--quiet"]);
    assert_eq!((quiet.exit, quiet.stdout.as_str(), quiet.stderr.as_str()), (2, "", ""));
}

#[test]
fn a_scan_ends_with_the_command_for_each_account_to_check() {
    let home = "fixtures/outlook-new/accounts/home";
    let (folder, report) = with_report();
    let commands: Vec<String> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["verdict"] == "unreadable" && finding["action"] == "check-by-hand")
        .map(|finding| {
            format!(
                "smtp-auth-audit ask {} --finding {}",
                finding["client"].as_str().unwrap(),
                finding["id"].as_str().unwrap()
            )
        })
        .collect();
    assert!(!commands.is_empty());
    for lang in ["ja", "en"] {
        let table = run_in(project(), &["scan", home, "--lang", lang]);
        assert!(
            table
                .stdout
                .contains(&format!("smtp-auth-audit scan --format json --output report.json {home}\n")),
            "{}",
            table.stdout
        );
        for command in &commands {
            assert!(table.stdout.contains(&format!("{command} --report report.json\n")), "{}", table.stdout);
        }
        assert_eq!(table.stderr, "");
        let quiet = run_in(project(), &["scan", home, "--lang", lang, "--quiet"]);
        assert!(!quiet.stdout.contains("smtp-auth-audit ask"), "{}", quiet.stdout);
        let file = folder.path().join("my report.json");
        let json = run_in(
            project(),
            &["scan", home, "--lang", lang, "--format", "json", "--output", file.to_str().unwrap()],
        );
        for command in &commands {
            assert!(
                json.stderr.contains(&format!("{command} --report '{}'", file.display())),
                "{}",
                json.stderr
            );
        }
        assert!(!json.stderr.contains("scan --format"), "{}", json.stderr);
        let json = run_in(project(), &["scan", home, "--format", "json"]);
        assert_eq!(json.stderr, "");
        assert!(!json.stdout.contains("smtp-auth-audit ask"));
    }
    let fine = run_in(project(), &["scan", "fixtures/outlook/submission-with-auth/home"]);
    assert!(!fine.stdout.contains("smtp-auth-audit ask"), "{}", fine.stdout);
}

#[cfg(unix)]
mod at_a_terminal {
    #![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

    use super::{CANARY, Value, fs, project, with_report};
    use std::io::Write;
    use std::path::Path;
    use std::process::{Command, Stdio};
    use tempfile::TempDir;

    /// Types each item when the program waits for an answer; `None` if there is no Python to play the terminal.
    fn dialogue(folder: &Path, arguments: &[&str], typed: &[&str]) -> Option<Value> {
        let there =
            Command::new("python3").arg("--version").output().is_ok_and(|output| output.status.success());
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
                ["do not type one", "Is an option such as"],
            ),
            (
                "ja",
                ["\n", "１\n", "戻る\n", "１\n", "はい\n", "ｎ\n", "mail.example.jp\n"],
                ["入力しないでください", "という項目が有効"],
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
        let typed = [
            &line, "\n", &line, "1\n", &line, "n\n", &line, "y\n", &line, "\n", &line, "587\n", &line, "1\n",
        ];
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
        let arguments =
            ["ask", "outlook-new", "--finding", id, "--report", "report.json", "--format", "json"];
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
}
