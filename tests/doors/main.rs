//! What people type into the wrong fields stays there: neither a report nor a collected folder holds a password that
//! stands in a host name, a number or a word.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::format_collect,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::format_push_string,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod accountrc;
mod apple;
#[path = "../common/mod.rs"]
mod common;
mod evolution;
mod geary;
mod kmail;

mod android_mail;
mod k9_mail;
mod msmtp;
mod places;
mod presence;
mod qmail3;
mod internet_mail;
mod outlook;
mod outlook_new;
mod windows_10_mail;
mod thunderbird;
mod sweep;

use assert_cmd::Command;
use common::{CANARY, files_below, first_held, forms_of_canary};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn write(folder: &Path, path: &str, content: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// Every format of a scan, and what `collect` writes. The account is found in both, or the test would prove nothing.
fn nothing_leaks(home: &Path, accounts: usize) {
    let forms = forms_of_canary();
    let run = |arguments: &[&str]| {
        let output = Command::cargo_bin("smtp-auth-audit")
            .unwrap()
            .current_dir(home)
            .args(arguments)
            .output()
            .unwrap();
        for text in [&output.stdout, &output.stderr] {
            let held = first_held(text, &forms);
            assert_eq!(held, None, "{arguments:?}: {}", String::from_utf8_lossy(text));
        }
        output.stdout
    };
    let count = |json: Vec<u8>| {
        let report: serde_json::Value = serde_json::from_slice(&json).unwrap();
        report.pointer("/findings").unwrap().as_array().unwrap().len()
    };
    assert_eq!(count(run(&["scan", "home", "--format", "json", "--explain"])), accounts);
    for format in ["table", "jsonl", "csv", "markdown", "html", "nagios"] {
        run(&["scan", "home", "--format", format, "--explain", "--lang", "ja"]);
        run(&["scan", "home", "--format", format, "--explain", "--lang", "en", "--redact"]);
    }
    run(&["collect", "collected", "home"]);
    let mut files = BTreeMap::new();
    files_below(&home.join("collected"), &mut files);
    assert!(!files.is_empty());
    for (path, bytes) in &files {
        let plain: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        let held = first_held(bytes, &forms).or_else(|| first_held(&plain, &forms));
        assert_eq!(held, None, "{}: {}", path.display(), String::from_utf8_lossy(&plain));
    }
    assert_eq!(count(run(&["scan", "collected", "--format", "json"])), accounts);
}

/// Ways in which a password gets into a field for something else.
fn wrong_values() -> [String; 5] {
    [
        format!("smtp://taro:{CANARY}@mail.example.jp"),
        format!("taro:{CANARY}@mail.example.jp"),
        format!("mail.example.jp {CANARY}"),
        format!("mail.example.jp ; {CANARY}"),
        format!("https://mail.example.jp/?token={CANARY}"),
    ]
}

/// A home with this part of a registry.
fn registry(home: &Path, keys: &str) {
    write(home, "home/registry.reg", &format!("Windows Registry Editor Version 5.00\r\n\r\n{keys}"));
    fs::create_dir_all(home.join("home/AppData")).unwrap();
}

/// Values that all have the same text.
fn values(names: &[&str], value: &str) -> String {
    names.iter().map(|name| format!("\"{name}\"=\"{value}\"\r\n")).collect()
}
