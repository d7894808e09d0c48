//! Findings of earlier reports: answered as those findings, and named by the scan.

use super::{project, with_report};
use crate::common::reports::run_in;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

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
