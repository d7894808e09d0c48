//! `--redact` over all fixtures: nothing of the PC in any format, on stdout or stderr; what was found stays.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and makes files by itself"
)]

#[path = "../common/mod.rs"]
mod common;

mod keys;
mod traces;

use common::reports::{Answer, run_in};
use common::{Case, cases, files_below};
use serde_json::Value;
use smtp_auth_audit::clients::CLIENTS;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::sync_channel;
use std::thread;
use tempfile::TempDir;

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.stdout).unwrap_or_else(|_| Value::String(answer.stderr.clone()))
}

fn scan(case: &Case, options: &[&str]) -> Answer {
    let paths = case.paths.iter().chain(&case.arguments).map(String::as_str);
    let arguments: Vec<&str> = ["scan"].into_iter().chain(paths).chain(options.iter().copied()).collect();
    run_in(&case.folder, &arguments)
}

/// A folder with a key file, and another key beside it.
fn keys() -> (TempDir, String, String) {
    let folder = TempDir::new().unwrap();
    let [one, other] =
        ["one.key", "other.key"].map(|name| folder.path().join(name).to_str().unwrap().to_owned());
    fs::write(&one, "a key of a test, no secret").unwrap();
    fs::write(&other, "another key of a test, no secret").unwrap();
    (folder, one, other)
}

/// The people and the company of the fixtures.
const NAMES: [&str; 8] = ["taro", "hanako", "jiro", "yamada", "花子", "太郎", "山田", "例示株式会社"];

const FORMATS: [&str; 8] = ["json", "jsonl", "csv", "markdown", "html", "table", "nagios", "intune"];

/// `x` and 16 hex digits.
fn is_mask(text: &str) -> bool {
    text.strip_prefix('x').is_some_and(|hex| hex.len() == 16 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Escapes and case must not hide anything.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('\\', "")
}

/// Every text of a report with the keys that lead to it; numbers of lists are `*`.
fn texts<'a>(value: &'a Value, path: &str, found: &mut Vec<(String, &'a str)>) {
    match value {
        Value::String(text) => found.push((path.to_owned(), text)),
        Value::Array(list) => list.iter().for_each(|item| texts(item, &format!("{path}/*"), found)),
        Value::Object(map) => map.iter().for_each(|(key, item)| texts(item, &format!("{path}/{key}"), found)),
        _ => {}
    }
}

fn all_texts(report: &Value) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    texts(report, "", &mut found);
    found
}
