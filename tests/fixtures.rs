//! Every case under `fixtures/`: the program itself scans it, and the answer is compared with what `case.toml` says,
//! which was written by hand from the documents. See docs/fixtures.md.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

mod common;

use assert_cmd::Command;
use common::{CANARY, contains, files_below, first_held, forms_of_canary};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

struct Case {
    folder: PathBuf,
    expected: toml::Table,
}

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut cases = Vec::new();
    for client in fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for folder in fs::read_dir(client).unwrap().map(|entry| entry.unwrap().path()) {
            if let Ok(text) = fs::read_to_string(folder.join("case.toml")) {
                let expected = text.parse().unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
                cases.push(Case { folder, expected });
            }
        }
    }
    cases.sort_by(|a, b| a.folder.cmp(&b.folder));
    cases
}

impl Case {
    fn name(&self) -> String {
        let parts: Vec<_> =
            self.folder.components().rev().take(2).map(|c| c.as_os_str().to_string_lossy()).collect();
        format!("{}/{}", parts[1], parts[0])
    }

    fn paths(&self) -> Vec<String> {
        match self.expected.get("path") {
            Some(toml::Value::Array(list)) => list.iter().map(|p| p.as_str().unwrap().to_owned()).collect(),
            Some(path) => vec![path.as_str().unwrap().to_owned()],
            None => vec!["home".to_owned()],
        }
    }

    /// Further arguments of the scan, as a case of a policy needs them.
    fn arguments(&self) -> Vec<&str> {
        let list = self.expected.get("arguments").and_then(toml::Value::as_array);
        list.into_iter().flatten().map(|word| word.as_str().unwrap()).collect()
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
        let output = command
            .current_dir(&self.folder)
            .arg("scan")
            .args(self.paths())
            .args(self.arguments())
            .args(arguments)
            .env("LC_ALL", "en_US.UTF-8")
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

const IN_CLEAR: &str = "incoming-in-clear";

/// Whoever receives without encryption from another computer, and without APOP, is told so; nobody else.
fn in_clear(case: &str, finding: &Value, errors: &mut Vec<String>) {
    let incoming = &finding["incoming"];
    let host = incoming["host"].as_str().unwrap_or_default();
    let is_asked = incoming["protocol"] == "pop3" || incoming["protocol"] == "imap";
    let is_told = is_asked
        && incoming["security"] == "plain"
        && incoming["auth"] != "apop"
        && incoming["provider"].is_null()
        && !host.starts_with("127.")
        && !["localhost", "::1", "[::1]"].contains(&host);
    let notes = finding["notes"].as_array().unwrap();
    if notes.iter().any(|note| note["code"] == IN_CLEAR) != is_told {
        errors.push(format!("{case}: {}: {IN_CLEAR} should be {is_told}", finding["account"]));
    }
}

/// Compares the keys that the case names; `outgoing.port` goes into the object, notes are compared by their codes.
fn compare(case: &str, what: &str, expected: &toml::Table, actual: &Value, errors: &mut Vec<String>) {
    for (key, wanted) in expected {
        let pointer = format!("/{}", key.replace('.', "/"));
        let mut found =
            actual.pointer(&pointer).cloned().unwrap_or(Value::String("<no such key>".to_owned()));
        if key == "notes" {
            let codes = found.as_array().unwrap().iter().map(|note| note["code"].clone());
            // It follows from what is read of the incoming side: `in_clear` holds it for all cases.
            found = codes.filter(|code| code != IN_CLEAR).collect();
        }
        let wanted = match wanted {
            toml::Value::String(text) if text == "null" => Value::Null,
            toml::Value::Table(_) => panic!("{case}: quote the key {key}"),
            value => serde_json::to_value(value).unwrap(),
        };
        if found != wanted {
            errors.push(format!("{case}: {what}: {key}: expected {wanted}, got {found}"));
        }
    }
}

fn tables<'a>(case: &'a Case, key: &str) -> Vec<&'a toml::Table> {
    let list = case.expected.get(key).and_then(toml::Value::as_array);
    list.into_iter().flatten().map(|entry| entry.as_table().unwrap()).collect()
}

/// Findings and issues are compared in the order of the report, which is the contract's.
#[test]
fn every_case_gives_what_it_says() {
    let mut errors = Vec::new();
    let mut reports = Vec::new();
    let cases = cases();
    for case in &cases {
        let name = case.name();
        let (exit, stdout, stderr) = case.run(&["--format", "json"]);
        let report: Value =
            serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{name}: {stdout}{stderr}"));
        assert_eq!(stderr, "", "{name}: messages beside the report");
        let wanted_exit = case.expected["exit"].as_integer().unwrap();
        if i64::from(exit) != wanted_exit {
            errors.push(format!("{name}: exit code {wanted_exit} expected, got {exit}"));
        }
        for key in ["title", "source"] {
            assert!(case.expected.contains_key(key), "{name}: {key} is missing");
        }
        for (list, entry) in [("findings", "finding"), ("issues", "issue")] {
            let wanted = tables(case, entry);
            let found = report[list].as_array().unwrap();
            if wanted.len() != found.len() {
                let names: Vec<String> = found
                    .iter()
                    .map(|f| format!("{} {} {}", f["account"], f["place"], f["message"]["en"]))
                    .collect();
                errors.push(format!(
                    "{name}: {} {list} expected, got {}: {names:?}",
                    wanted.len(),
                    found.len()
                ));
            }
            for (index, (wanted, found)) in wanted.iter().zip(found).enumerate() {
                compare(&name, &format!("{entry} {}", index + 1), wanted, found, &mut errors);
            }
        }
        for finding in report["findings"].as_array().unwrap() {
            in_clear(&name, finding, &mut errors);
        }
        reports.push((case, report));
    }
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
    assert!(cases.len() >= MIN_CASES, "only {} cases", cases.len());
    for (case, report) in reports {
        snapshot(case, report);
    }
}

/// Fewer cases than this mean that some got lost.
const MIN_CASES: usize = 230;

fn snapshot(case: &Case, mut report: Value) {
    report["scan"]["started_at"] = "(time)".into();
    report["scan"]["host"] = "(host)".into();
    report["scan"]["os"] = "(os)".into();
    if !case.arguments().contains(&"--as-of") {
        report["scan"]["as_of"] = "(today)".into();
    }
    report["tool"]["version"] = "(version)".into();
    // A PATH asks no server.
    assert_eq!(report.as_object_mut().unwrap().remove("probes"), Some(Value::Array(Vec::new())));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&case.folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(case.expected["title"].as_str().unwrap());
    settings.bind(|| insta::assert_snapshot!("report", serde_json::to_string_pretty(&report).unwrap()));
}

#[test]
fn no_output_holds_a_password() {
    let forms = forms_of_canary();
    for case in cases() {
        for arguments in [
            &["--format", "json"][..],
            &["--format", "json", "--explain"],
            &["--format", "table", "--explain", "--lang", "ja"],
            &["--format", "table", "--explain", "--lang", "en"],
            &["--format", "jsonl"],
            &["--format", "csv"],
            &["--format", "markdown", "--explain"],
            &["--format", "nagios"],
            &["--format", "html"],
        ] {
            let (_, stdout, stderr) = case.run(arguments);
            assert_eq!(first_held(stdout.as_bytes(), &forms), None, "{} {arguments:?}: stdout", case.name());
            assert_eq!(first_held(stderr.as_bytes(), &forms), None, "{} {arguments:?}: stderr", case.name());
        }
    }
}

/// A test for leaks over fixtures without a password would prove nothing.
#[test]
fn every_case_holds_the_canary() {
    let wide: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let forms = forms_of_canary();
    for case in cases().iter().filter(|case| !case.expected.contains_key("no_canary")) {
        let mut files = BTreeMap::new();
        files_below(&case.folder, &mut files);
        let found = files.iter().any(|(path, bytes)| {
            let unwrapped: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
            let text = String::from_utf8_lossy(&unwrapped).replace("\\\r\n  ", "").replace("\\\n  ", "");
            !path.ends_with("case.toml")
                && !path.ends_with("report.snap")
                && (contains(bytes, CANARY.as_bytes())
                    || contains(bytes, &wide)
                    || forms.iter().any(|form| contains(text.as_bytes(), form)))
        });
        assert!(found, "{} holds no canary", case.name());
    }
}

#[test]
fn nothing_that_is_scanned_is_changed() {
    for case in cases() {
        let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
        files_below(&case.folder, &mut before);
        case.run(&["--format", "json"]);
        files_below(&case.folder, &mut after);
        assert!(before == after, "{}", case.name());
    }
}
