//! How a path becomes users, and what a user's paths lead to: the safety rules of a program that runs as administrator
//! over homes that their owners control.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

#[path = "../common/mod.rs"]
mod common;
mod exports;
mod hives;
mod homes;
mod limits;
mod links;
mod paths;

use common::Computer;
use common::of_path;
use smtp_auth_audit::model::{IssueKind, Report, UserStatus};
use smtp_auth_audit::scan::{Request, scan};
use smtp_auth_audit::source::User;
use smtp_auth_audit::source::rules::{Copy, FileRule, KeyRule, Looks};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const SHELL_FOLDERS: &str =
    r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";

fn put(root: &Path, path: &str, content: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn export(body: &str) -> String {
    format!("Windows Registry Editor Version 5.00\n\n{body}\n")
}

fn report(path: &Path) -> Report {
    reports(&[path])
}

fn reports(paths: &[&Path]) -> Report {
    scan(&Request::of_paths(paths.iter().map(|path| path.to_path_buf()).collect()))
}

/// A file and a key of no client.
static ANY: FileRule = FileRule {
    id: "any",
    names: &[],
    looks: Looks::Unlike,
    limit: &smtp_auth_audit::model::limits::ANY,
    groups: &[],
    copy: Copy::Text(|_, _| None),
};
static ANY_KEY: KeyRule = KeyRule { id: "any", facts: &[], is_entry: |_| false, copy: None };

fn names(computer: &Computer) -> Vec<&str> {
    let mut names: Vec<&str> =
        computer.users.iter().map(|user| user.name.as_deref().unwrap_or("-")).collect();
    names.sort_unstable();
    names
}

fn text(user: &User, path: &str) -> Option<String> {
    user.read(path, &ANY).unwrap().map(|content| String::from_utf8(content.to_vec()).unwrap())
}

fn kind(user: &User, path: &str) -> Option<IssueKind> {
    user.read(path, &ANY).err().map(|problem| problem.kind)
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}
