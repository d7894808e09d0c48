//! Reports made by hand, in the forms in which they come, and `fleet` over them.

use assert_cmd::Command;
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::Path;
use tempfile::TempDir;

pub const SCHEMA: &str = "smtp-auth-audit/report/v1";
pub const DAYS: [&str; 4] =
    ["2026-10-01T09:00:00Z", "2026-10-02T09:00:00Z", "2026-10-03T09:00:00Z", "2026-10-04T09:00:00Z"];

pub struct Answer {
    pub exit: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        assert!(self.stdout.starts_with('{'), "{} {}", self.stdout, self.stderr);
        serde_json::from_str(&self.stdout).unwrap()
    }
}

pub fn run(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Answer {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let command = command
        .current_dir(folder)
        .args(arguments)
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", folder)
        .write_stdin(stdin);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Answer {
        exit: output.status.code().unwrap_or(-1),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

/// Without anything on standard input.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Answer {
    run(folder, arguments, b"")
}

pub fn fleet(folder: &Path, arguments: &[&str]) -> Answer {
    run(folder, &[&["fleet", "--format", "json"], arguments].concat(), b"")
}

/// A finding of Becky! on `mail.example.jp`; `how` is a verdict, from which the rest follows.
pub fn finding(id: u64, user: &str, how: &str) -> Value {
    let action = match how {
        "pop-before-smtp" | "no-smtp-auth" | "smtp-auth-off-policy" => "change",
        "unreadable" => "check-by-hand",
        _ => "none",
    };
    let auth = if how.starts_with("smtp-auth") { "password" } else { "none" };
    let port = if how == "smtp-auth" { 587 } else { 25 };
    json!({
        "id": format!("{id:016x}"), "user": user, "user_sid": null, "client": "becky", "client_name": "Becky!",
        "edition": "becky", "account": format!("account {id}"), "verdict": how, "action": action,
        "confidence": "documented",
        "outgoing": {"host": "mail.example.jp", "port": port, "port_is_default": true, "security": "plain",
                     "auth": auth, "credentials": null, "pop_before_smtp": how == "pop-before-smtp"},
        "evidence": [{"place": "a", "setting": "type", "value": "finding"}],
    })
}

pub fn report(computer: &str, time: &str, users: &[(&str, &str)], findings: &[Value]) -> Value {
    let users: Vec<Value> = users
        .iter()
        .map(|(name, status)| json!({"name": name, "sid": null, "status": status, "reason": null}))
        .collect();
    json!({
        "schema": SCHEMA, "tool": {"name": "smtp-auth-audit", "version": "0.1.0"}, "computer": computer,
        "scan": {"started_at": time, "host": computer, "sources": ["this computer"], "users": users},
        "summary": {"findings": findings.len(), "not_shown": 0, "issues": 0},
        "findings": findings, "issues": [],
    })
}

/// The same report as JSON Lines; serde_json writes keys in the order of the alphabet, as other tools may.
pub fn lines(report: &Value) -> String {
    let mut rest = report.clone();
    let findings = rest.as_object_mut().unwrap().remove("findings").unwrap();
    rest["type"] = "summary".into();
    let mut lines = String::new();
    for mut finding in findings.as_array().unwrap().iter().cloned() {
        finding["type"] = "finding".into();
        finding["schema"] = SCHEMA.into();
        finding["computer"] = report["computer"].clone();
        finding["started_at"] = report["scan"]["started_at"].clone();
        lines.push_str(&(finding.to_string() + "\n"));
    }
    lines + &format!("{rest}\n")
}

/// And as the program writes them: the type first.
pub fn own_lines(report: &Value) -> String {
    let typed = |line: &str, kind: &str| {
        let line = line
            .replace(&format!(",\"type\":\"{kind}\"}}"), "}")
            .replace(&format!(",\"type\":\"{kind}\","), ",");
        format!("{{\"type\":\"{kind}\",{}\n", &line[1..])
    };
    let text = lines(report);
    let all: Vec<&str> = text.lines().collect();
    let (last, findings) = all.split_last().unwrap();
    findings.iter().map(|line| typed(line, "finding")).chain([typed(last, "summary")]).collect()
}

pub fn folder_of(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn wide(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

pub fn actions(fleet: &Value) -> (u64, u64, u64) {
    let of = |name: &str| fleet["summary"]["actions"][name].as_u64().unwrap();
    (of("change"), of("check-by-hand"), of("none"))
}

pub fn ids(fleet: &Value) -> Vec<u64> {
    let left = fleet["left"].as_array().unwrap().iter();
    left.map(|left| u64::from_str_radix(left["id"].as_str().unwrap(), 16).unwrap()).collect()
}

/// A user of whom all was read.
pub const READ: (&str, &str) = ("taro", "read");

/// All reports on standard input, in this order.
pub fn fleet_of(reports: &[Value], arguments: &[&str]) -> Answer {
    let text: String = reports.iter().map(lines).collect();
    run(Path::new("."), &[&["fleet", "-", "--format", "json"], arguments].concat(), text.as_bytes())
}

/// Whatever the order in which they are read.
pub fn both_ways(reports: &[Value]) -> Value {
    let there = fleet_of(reports, &[]).json();
    let back: Vec<Value> = reports.iter().rev().cloned().collect();
    assert_eq!(there, fleet_of(&back, &[]).json());
    there
}

pub fn with(mut report: Value, path: &str, value: Value) -> Value {
    *report.pointer_mut(path).unwrap() = value;
    report
}

pub fn with_scope(mut report: Value, scope: &str) -> Value {
    report["scan"]["scope"] = scope.into();
    report
}

pub fn answered(time: &str, id: u64, how: &str) -> Value {
    let mut report = report("PC-1", time, &[READ], &[finding(id, "taro", how)]);
    report["findings"][0]["confidence"] = "answered".into();
    report
}

pub fn days(fleet: &Value) -> Vec<(u64, u64)> {
    let number = |day: &Value, name: &str| day[name].as_u64().unwrap();
    fleet["history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| (number(day, "change"), number(day, "check-by-hand")))
        .collect()
}
