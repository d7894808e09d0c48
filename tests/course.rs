//! The table of a fleet: where the course ends with another number than the one above it, the reason stands below.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

use assert_cmd::Command;
use serde_json::json;
use std::fs;
use tempfile::TempDir;

/// The table over two days; on the second, hanako is there with this status.
fn table(status: &str, lang: &str) -> String {
    let folder = TempDir::new().unwrap();
    let finding = |id: u64, user: &str| {
        json!({
            "id": format!("{id:016x}"), "user": user, "user_sid": null, "client": "becky", "client_name": "Becky!",
            "edition": "becky", "account": "a", "verdict": "no-smtp-auth", "action": "change", "confidence": "documented",
            "outgoing": null,
        })
    };
    for (day, users, findings) in [
        (1, vec![("taro", "read")], vec![finding(1, "taro")]),
        (2, vec![("taro", "read"), ("hanako", status)], vec![finding(1, "taro"), finding(2, "hanako")]),
    ] {
        let users = users
            .iter()
            .map(|(name, status)| json!({"name": name, "sid": null, "status": status, "reason": null}));
        let report = json!({
            "schema": "smtp-auth-audit/report/v1", "computer": "PC-1",
            "scan": {"started_at": format!("2026-10-0{day}T09:00:00Z"), "host": "PC-1", "sources": ["this computer"],
                     "users": users.collect::<Vec<_>>()},
            "summary": {"findings": findings.len(), "not_shown": 0, "issues": 0}, "findings": findings, "issues": [],
        });
        fs::write(folder.path().join(format!("{day}.json")), report.to_string()).unwrap();
    }
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let output = command.arg("fleet").arg(folder.path()).args(["--lang", lang]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_reason_for_two_numbers_is_told() {
    for (lang, course, reason) in [
        (
            "en",
            "to change: 1 on 2026-10-01, 2 on 2026-10-02",
            "not in these: users of whom something could never be read",
        ),
        (
            "ja",
            "要変更の推移: 2026-10-01 に 1、2026-10-02 に 2",
            "推移に含まないもの: 読み取れないものがいつもあるユーザー",
        ),
    ] {
        let same = table("read", lang);
        assert!(same.contains(course) && !same.contains(reason), "{same}");
        let part = table("partly", lang);
        assert_ne!(part.contains(course), part.contains(reason), "{part}");
        assert!(part.lines().all(|line| line.chars().count() <= 80), "{part}");
    }
}
