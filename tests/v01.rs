//! What 0.1.0 collected, reported, asked and masked (fixtures/v0.1): this program finds the same in it, and goes on from it.
//! Compared is what the contract promises: findings, ids, verdicts, actions, deviations, masks; not places, evidence,
//! sentences and steps, which may become better.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

mod common;

use common::reports::{Answer, run_in};
use common::{files_below, first_held, forms_of_canary};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// May be told in other words, or better known, with the same result.
const ASIDE: [&str; 6] = ["verdict_text", "source", "notes", "confidence", "evidence", "steps"];

/// Each stands in one of the folders, with the files from which its settings are read.
const CLIENTS: [&str; 19] = [
    "android-mail",
    "apple-mail",
    "apple-profile",
    "becky",
    "claws-mail",
    "evolution",
    "ios-mail",
    "k9-mail",
    "kmail",
    "msmtp",
    "outlook",
    "outlook-express",
    "outlook-new",
    "qmail3",
    "sylpheed",
    "thunderbird",
    "windows-10-mail",
    "windows-live-mail",
    "windows-mail",
];

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/v0.1")
}

/// The files of one of the folders by name, without what stands behind the last dot.
fn files_of(folder: &str, extension: &str) -> BTreeMap<String, PathBuf> {
    let entries = fs::read_dir(kept().join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let wanted = entries.filter(|path| path.extension().is_some_and(|found| found == extension));
    wanted.map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), path)).collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// The scan of a collected folder, as 0.1.0 ran it.
fn scan(name: &str, options: &[&str]) -> Answer {
    let path = format!("collected/{name}");
    run_in(&kept(), &[&["scan", &path, "--computer", name, "--format", "json"], options].concat())
}

/// Each key that was there is there with the same value; others may have come.
fn compare(what: &str, old: &Value, new: &Value, errors: &mut Vec<String>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for (key, old) in old.iter().filter(|(key, _)| !ASIDE.contains(&key.as_str())) {
                compare(&format!("{what}.{key}"), old, new.get(key).unwrap_or(&Value::Null), errors);
            }
        }
        (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
            for (index, (old, new)) in old.iter().zip(new).enumerate() {
                compare(&format!("{what}[{index}]"), old, new, errors);
            }
        }
        (old, new) if old == new => {}
        (old, new) => errors.push(format!("{what}: {old} was kept, now {new}")),
    }
}

fn codes(finding: &Value) -> BTreeSet<&str> {
    finding["notes"].as_array().unwrap().iter().map(|note| note["code"].as_str().unwrap()).collect()
}

/// The findings, users, numbers and issues of a report; nothing of when, where and by which version.
fn compare_reports(name: &str, old: &Value, new: &Value, errors: &mut Vec<String>) {
    for key in ["schema", "computer", "summary", "findings"] {
        compare(&format!("{name}: {key}"), &old[key], &new[key], errors);
    }
    compare(&format!("{name}: complete"), &old["scan"]["complete"], &new["scan"]["complete"], errors);
    let users = |report: &Value| -> Vec<Value> {
        let users = report["scan"]["users"].as_array().unwrap().iter();
        users
            .map(|user| [&user["name"], &user["sid"], &user["status"]].into_iter().cloned().collect())
            .collect()
    };
    compare(&format!("{name}: users"), &users(old).into(), &users(new).into(), errors);
    let issues = |report: &Value| -> Vec<Value> {
        let issues = report["issues"].as_array().unwrap().iter();
        issues
            .map(|issue| [&issue["user"], &issue["client"], &issue["kind"]].into_iter().cloned().collect())
            .collect()
    };
    compare(&format!("{name}: issues"), &issues(old).into(), &issues(new).into(), errors);
    let pairs = old["findings"].as_array().unwrap().iter().zip(new["findings"].as_array().unwrap());
    for (old, new) in pairs.filter(|(old, new)| !codes(old).is_subset(&codes(new))) {
        errors.push(format!("{name}: notes: {:?} were kept, now {:?}", codes(old), codes(new)));
    }
}

#[test]
fn what_was_collected_gives_the_same_findings() {
    let (mut errors, mut clients) = (Vec::new(), BTreeSet::new());
    for (name, path) in files_of("json", "json") {
        let old = json(&path);
        let findings = old["findings"].as_array().unwrap();
        clients.extend(findings.iter().map(|finding| finding["client"].as_str().unwrap().to_owned()));
        compare_reports(&name, &old, &scan(&name, &[]).json(), &mut errors);
    }
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
    assert_eq!(clients.iter().map(String::as_str).collect::<Vec<_>>(), CLIENTS);
}

#[test]
fn each_old_report_is_a_baseline() {
    for (name, path) in files_of("json", "json").into_iter().chain(files_of("jsonl", "jsonl")) {
        let now = scan(&name, &["--baseline", path.to_str().unwrap()]).json();
        let findings = now["findings"].as_array().unwrap();
        assert!(!findings.is_empty(), "{name}");
        for finding in findings {
            assert_eq!(finding["change"], "unchanged", "{}: {}", path.display(), finding["account"]);
        }
        assert_eq!(now["resolved"], Value::Array(Vec::new()), "{}", path.display());
    }
}

#[test]
fn a_fleet_of_old_reports_has_the_same_numbers() {
    let fleet = |paths: &[&str]| run_in(&kept(), &[&["fleet", "--format", "json"], paths].concat());
    let mut errors = Vec::new();
    let now = fleet(&["json"]);
    assert_eq!((now.exit, now.stderr.as_str()), (1, ""));
    compare("fleet", &json(&kept().join("fleet.json")), &without_version(now.json()), &mut errors);
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
    // JSON Lines say the same as JSON.
    let names = files_of("jsonl", "jsonl").into_keys();
    let (lines, reports): (Vec<String>, Vec<String>) =
        names.map(|name| (format!("jsonl/{name}.jsonl"), format!("json/{name}.json"))).unzip();
    let of = |paths: &[String]| fleet(&paths.iter().map(String::as_str).collect::<Vec<_>>()).json();
    let (mut of_lines, of_reports) = (of(&lines), of(&reports));
    assert_ne!(of_lines["summary"]["findings"], 0);
    // They were written one after the other.
    of_lines["history"] = of_reports["history"].clone();
    compare("JSON Lines", &of_reports, &of_lines, &mut errors);
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}

fn without_version(mut fleet: Value) -> Value {
    fleet["tool"]["version"] = "0.1.0".into();
    fleet
}

#[test]
fn the_answers_of_then_give_the_same_report() {
    let mut errors = Vec::new();
    let answers = files_of("answers", "txt");
    assert!(answers.len() >= 7, "{answers:?}");
    for (name, path) in answers {
        let old = json(&path.with_extension("json"));
        let client = name.split('.').next().unwrap();
        let id = old["findings"][0]["id"].as_str().unwrap().to_owned();
        let of_finding = ["--report", "json/outlook-new.accounts.json", "--finding", &id];
        let about = if name.ends_with(".finding") { &of_finding[..] } else { &["--computer", "PC-1"] };
        let ask = ["ask", client, "--answers", path.to_str().unwrap(), "--format", "json"];
        let now = run_in(&kept(), &[&ask[..], about].concat());
        compare_reports(&name, &old, &now.json(), &mut errors);
    }
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}

/// Whoever has a key from then can still put a masked report of today beside one of then.
#[test]
fn the_same_key_gives_the_same_masks() {
    let mut errors = Vec::new();
    let redacted = files_of("redacted", "json");
    assert!(redacted.len() >= 5, "{redacted:?}");
    for (name, path) in redacted {
        let now = scan(&name, &["--redact-key", "redact.key"]).json();
        compare_reports(&name, &json(&path), &now, &mut errors);
    }
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}

/// `collect` and the reports of then kept none, and what is kept for good must not bring one in.
#[test]
fn nothing_that_is_kept_holds_a_password() {
    let mut files = BTreeMap::new();
    files_below(&kept(), &mut files);
    let forms = forms_of_canary();
    for (path, bytes) in &files {
        let narrow: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        let whole = String::from_utf8_lossy(&narrow).replace("\\\r\n  ", "").replace("\\\n  ", "");
        for bytes in [bytes, whole.as_bytes()] {
            assert_eq!(first_held(bytes, &forms), None, "{}", path.display());
        }
    }
    assert!(files.len() > 150, "only {} files", files.len());
}

/// Also by way of a folder that this program collects from the old one.
#[test]
fn a_collected_folder_is_collected_again() {
    let mut errors = Vec::new();
    for (name, path) in files_of("json", "json") {
        let folder = TempDir::new().unwrap();
        let target = folder.path().join("again");
        let source = format!("collected/{name}");
        run_in(&kept(), &["collect", target.to_str().unwrap(), &source]);
        let again = run_in(folder.path(), &["scan", "again", "--computer", &name, "--format", "json"]);
        compare(&name, &json(&path)["findings"], &again.json()["findings"], &mut errors);
    }
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}
