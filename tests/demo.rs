//! One office PC, read from its disk and from what was collected of it: the answer is the same.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod common;

use assert_cmd::Command;
use common::files_below;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const USERS: [(&str, &str); 3] = [
    ("taro", "S-1-5-21-1004336348-1177238915-682003330-1001"),
    ("hanako", "S-1-5-21-1004336348-1177238915-682003330-1002"),
    ("jiro", "S-1-5-21-1004336348-1177238915-682003330-1003"),
];

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The report of a scan, with the folder that was scanned taken out of every place.
fn scan(path: &Path, homes: &Path) -> Value {
    let output =
        Command::cargo_bin("smtp-auth-audit").unwrap().args(["--format", "json"]).arg(path).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap().replace(homes.to_str().unwrap(), "(homes)");
    serde_json::from_str(&text).unwrap()
}

/// The homes as a technician collects them: the registry as exports, everything else as it is.
fn collect(disk: &Path, target: &Path) {
    for (user, sid) in USERS {
        let mut files = BTreeMap::new();
        files_below(&disk.join("Users").join(user), &mut files);
        for (path, content) in files.iter().filter(|(path, _)| !path.ends_with("NTUSER.DAT")) {
            let copy = target.join(path.strip_prefix(disk.join("Users")).unwrap());
            fs::create_dir_all(copy.parent().unwrap()).unwrap();
            fs::write(copy, content).unwrap();
        }
        fs::create_dir_all(target.join(user)).unwrap();
        let own = fs::read_to_string(project(&format!("tests/demo/{user}.reg"))).unwrap();
        let own = own.replace("HKEY_CURRENT_USER", &format!("HKEY_USERS\\{sid}"));
        fs::write(target.join(user).join("user.reg"), own).unwrap();
        fs::copy(project("tests/demo/software.reg"), target.join(user).join("machine.reg")).unwrap();
    }
}

#[test]
fn exports_give_the_same_findings_as_hives() {
    let disk = project("fixtures/demo/office-pc");
    let folder = tempfile::TempDir::new().unwrap();
    collect(&disk, folder.path());
    let mut by_hive = scan(&disk, &disk.join("Users"));
    let mut by_export = scan(folder.path(), folder.path());
    assert_eq!(by_hive["computer"], "PC-0421");
    assert_eq!(by_hive["summary"], by_export["summary"]);
    // The exports tell neither the computer nor the same places.
    for report in [&mut by_hive, &mut by_export] {
        for issue in report["issues"].as_array_mut().unwrap() {
            issue["computer"] = Value::Null;
        }
        for finding in report["findings"].as_array_mut().unwrap() {
            (finding["source"], finding["computer"]) = (Value::Null, Value::Null);
        }
    }
    assert_eq!(by_hive["issues"], by_export["issues"]);
    let pairs = by_hive["findings"].as_array().unwrap().iter().zip(by_export["findings"].as_array().unwrap());
    for (hive, export) in pairs {
        assert_eq!(hive, export);
    }
}

/// Every kind of action, so that the demonstration shows all of them.
#[test]
fn the_demonstration_has_every_kind_of_action() {
    let report = scan(&project("fixtures/demo/office-pc"), &project("fixtures/demo/office-pc/Users"));
    for action in ["change", "check-by-hand", "none"] {
        assert!(report["summary"]["actions"][action].as_u64().unwrap() > 0, "{action}");
    }
    assert_eq!(report["summary"]["issues"], 1);
    assert_eq!(report["scan"]["users"].as_array().unwrap().len(), 3);
}
