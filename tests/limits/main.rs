//! Every limit at the last thing that it lets through and at the first that it does not. What is beyond is told.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

#[path = "../common/mod.rs"]
mod common;

mod accounts;
mod budgets;
mod databases;
mod files;
mod fleet;
#[cfg(unix)]
mod folders;
mod texts;
mod values;

use common::ANY;
use common::reports::run_in;
use serde_json::Value;
use smtp_auth_audit::model::limits;
use std::fs;
use std::path::Path;

fn put(root: &Path, path: &str, content: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn scan(folder: &Path, path: &str) -> Value {
    run_in(folder, &["scan", path, "--format", "json", "--no-steps"]).json()
}

/// How many accounts were found, and the kinds of the issues.
fn found(report: &Value) -> (usize, Vec<&str>) {
    let issues = report["issues"].as_array().unwrap().iter();
    (
        report["findings"].as_array().unwrap().len(),
        issues.map(|issue| issue["kind"].as_str().unwrap()).collect(),
    )
}

/// One file at this path, scanned by itself.
fn lone(name: &str, content: impl AsRef<[u8]>) -> Value {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), name, content);
    scan(folder.path(), name)
}

const TOLD: [&str; 1] = ["too-large"];
