//! The file with the departments, in whatever form a spreadsheet saves it, and what is said if nothing of it can be used.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

use assert_cmd::Command;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use tempfile::TempDir;

struct Answer {
    exit: i32,
    /// Accounts by department; "" is none.
    departments: BTreeMap<String, u64>,
    stderr: String,
}

/// `fleet` over reports of one account each, with the file's bytes as departments.
fn with(file: &[u8], computers: &[&str], options: &[&str]) -> Answer {
    let folder = TempDir::new().unwrap();
    for (number, computer) in computers.iter().enumerate() {
        let finding = json!({
            "id": format!("{number:016x}"), "user": "taro", "user_sid": null, "client": "becky", "client_name": "Becky!",
            "edition": "becky", "account": "a", "verdict": "no-smtp-auth", "action": "change", "confidence": "documented",
            "outgoing": null,
        });
        let report = json!({
            "schema": "smtp-auth-audit/report/v1", "computer": computer,
            "scan": {"started_at": "2026-10-01T09:00:00Z", "host": computer, "sources": ["this computer"],
                     "users": [{"name": "taro", "sid": null, "status": "read", "reason": null}]},
            "summary": {"findings": 1, "not_shown": 0, "issues": 0}, "findings": [finding], "issues": [],
        });
        fs::write(folder.path().join(format!("{number}.json")), report.to_string()).unwrap();
    }
    fs::write(folder.path().join("departments.csv"), file).unwrap();
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let command = command.current_dir(folder.path()).env("LC_ALL", "C.UTF-8");
    let output = command
        .args(["fleet", ".", "--format", "json", "--departments", "departments.csv"])
        .args(options)
        .output()
        .unwrap();
    let fleet: Value = serde_json::from_slice(&output.stdout).unwrap_or(json!({"departments": []}));
    let groups = fleet["departments"].as_array().unwrap().iter();
    Answer {
        exit: output.status.code().unwrap(),
        departments: groups
            .map(|group| {
                let name = group["name"].as_str().unwrap_or_default();
                (name.to_owned(), group["change"].as_u64().unwrap())
            })
            .collect(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn departments(of: &[(&str, u64)]) -> BTreeMap<String, u64> {
    of.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect()
}

fn wide(text: &str) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn commas_tabs_and_semicolons() {
    let computers = ["PC-1", "PC-2"];
    let wanted = departments(&[("営業部", 1), ("総務, 経理", 1)]);
    let shift_jis = encoding_rs::SHIFT_JIS.encode("PC-1,営業部\r\nPC-2,\"総務, 経理\"\r\n").0.into_owned();
    for file in [
        "computer,department\nPC-1,営業部\nPC-2,\"総務, 経理\"\n".as_bytes(),
        &wide("コンピューター\t部署\r\nPC-1\t営業部\r\npc-2\t総務, 経理\r\n"),
        "\u{feff}\r\nPC-1;営業部;2F\r\nPC-2;総務, 経理;3F\r\n".as_bytes(),
        "\"PC-1\";\"営業部\"\n\"PC-2\";\"総務, 経理\" \n".as_bytes(),
        "\"a,b\";x\nPC-1;営業部\nPC-2;総務, 経理".as_bytes(),
        &shift_jis,
    ] {
        let answer = with(file, &computers, &[]);
        assert_eq!((answer.exit, &answer.departments, &*answer.stderr), (1, &wanted, ""));
    }
}

#[test]
fn a_file_of_which_nothing_can_be_used_is_an_error() {
    for (file, told) in [
        ("", "no line has two columns"),
        ("\n\n", "no line has two columns"),
        ("PC-1\nPC-2\n", "no line has two columns"),
        ("PC-1|Sales\n", "no line has two columns"),
        ("PC-1,\n,Sales\n", "no line has two columns"),
        ("computer,department\nPC-1,\"Sales\nPC-2,HR\nPC-3,HR\n", "line 2: a quotation mark is not closed"),
        ("\"PC-1,Sales\nPC-2,HR\n", "line 1: a quotation mark is not closed"),
    ] {
        let answer = with(file.as_bytes(), &["PC-1"], &[]);
        assert_eq!(answer.exit, 2, "{file:?}");
        assert!(
            answer.stderr.contains(told) && answer.stderr.contains("departments.csv"),
            "{}",
            answer.stderr
        );
    }
    let japanese = with(b"PC-1\n", &["PC-1"], &["--lang", "ja"]);
    assert!(
        japanese.stderr.contains("コンピューター名と部署の2列がある行がありません"),
        "{}",
        japanese.stderr
    );
}

#[test]
fn computers_without_a_department_are_told_where_they_are_most() {
    let swapped = with("営業部,PC-1\n総務部,PC-2\n".as_bytes(), &["PC-1", "PC-2"], &[]);
    assert_eq!((swapped.exit, swapped.departments), (1, departments(&[("", 2)])));
    assert!(
        swapped.stderr.contains("departments.csv: 2 of 2 computers have no department"),
        "{}",
        swapped.stderr
    );
    let most = with(b"PC-1,Sales\n", &["PC-1", "PC-2", "PC-3"], &["--lang", "ja"]);
    assert!(most.stderr.contains("部署の分からないコンピューターが 3 台のうち 2 台"), "{}", most.stderr);
    for (computers, options) in
        [(&["PC-1", "PC-2"][..], &[][..]), (&["PC-2", "PC-3"], &["--quiet"]), (&[], &[])]
    {
        assert_eq!(with(b"PC-1,Sales\n", computers, options).stderr, "", "{computers:?}");
    }
}

#[test]
fn the_whole_name_first_then_the_part_before_the_dot() {
    let file = b"PC-1.a.example,A\nPC-1.b.example,B\npc-2.a.example,A\nPC-3,C\nPC-4,D\npc-4.a.example,A\n192.168.0.9,E\n";
    for (computer, department) in [
        ("PC-1.A.example", "A"),
        ("pc-1.b.example", "B"),
        // Two computers begin so, in two departments.
        ("PC-1", ""),
        ("PC-2", "A"),
        ("PC-2.c.example", ""),
        ("PC-3.c.example", "C"),
        ("PC-4", "D"),
        ("192.168.0.9", "E"),
    ] {
        assert_eq!(with(file, &[computer], &[]).departments, departments(&[(department, 1)]), "{computer}");
    }
}
