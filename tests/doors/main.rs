//! What people type into the wrong fields stays there: neither a report nor a collected folder holds a password that
//! stands in a host name, a number or a word.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::format_collect,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod accountrc;
#[path = "../common/mod.rs"]
mod common;
mod evolution;
mod geary;
mod kmail;

mod android_mail;
mod k9_mail;
mod msmtp;
mod presence;
mod qmail3;
mod internet_mail;
mod outlook;
mod outlook_new;
mod windows_10_mail;
mod thunderbird;

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
mod apple;
fn prefs(home: &Path, values: &[(&str, &str)]) {
    let mut all = BTreeMap::from([
        ("mail.accountmanager.accounts", "\"account1\""),
        ("mail.account.account1.server", "\"server1\""),
        ("mail.account.account1.identities", "\"id1\""),
        ("mail.identity.id1.useremail", "\"taro@example.jp\""),
        ("mail.identity.id1.smtpServer", "\"smtp1\""),
        ("mail.server.server1.type", "\"pop3\""),
        ("mail.server.server1.hostname", "\"mail.example.jp\""),
        ("mail.server.server1.userName", "\"taro\""),
        ("mail.smtpservers", "\"smtp1\""),
        ("mail.smtpserver.smtp1.hostname", "\"mail.example.jp\""),
    ]);
    all.extend(values.iter().copied());
    let lines: String =
        all.iter().map(|(name, value)| format!("user_pref(\"{name}\", {value});\n")).collect();
    let folder = "home/.thunderbird";
    write(
        home,
        &format!("{folder}/profiles.ini"),
        "[Profile0]\nName=default\nIsRelative=1\nPath=p1\nDefault=1\n",
    );
    write(home, &format!("{folder}/p1/prefs.js"), &lines);
#[test]
fn in_a_host_of_thunderbird() {
    for value in wrong_values() {
        for name in [
            "mail.smtpserver.smtp1.hostname",
            "mail.server.server1.hostname",
            "mail.server.server1.realhostname",
        ] {
            let home = tempfile::tempdir().unwrap();
            prefs(home.path(), &[(name, &format!("\"{value}\""))]);
            nothing_leaks(home.path(), 1);
#[test]
fn in_a_number_or_an_address_of_thunderbird() {
    for name in [
        "mail.smtpserver.smtp1.port",
        "mail.smtpserver.smtp1.authMethod",
        "mail.smtpserver.smtp1.try_ssl",
        "mail.server.server1.port",
        "mail.server.server1.socketType",
        "mail.identity.id1.useremail",
    ] {
        for value in [format!("\"{CANARY}\""), format!("\"587 {CANARY}\"")] {
            let home = tempfile::tempdir().unwrap();
            prefs(home.path(), &[(name, &value)]);
            nothing_leaks(home.path(), 1);
#[test]
fn in_a_value_of_outlook() {
    let names = [
        "SMTP Server",
        "POP3 Server",
        "Email",
        "SMTP Port",
        "SMTP Use Auth",
        "SMTP Auth Method",
        "SMTP Secure Connection",
    ];
    for name in names {
        for value in wrong_values() {
            let home = tempfile::tempdir().unwrap();
            let key = r"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\Outlook\9375CFF0413111d3B88A00104B2A6676\00000001";
            let mut values = BTreeMap::from([
                ("clsid", "\"{ED475411-B0D6-11D2-8C3B-00104B2A6676}\"".to_owned()),
                ("Account Name", "\"taro\"".to_owned()),
                ("SMTP Server", "\"mail.example.jp\"".to_owned()),
                ("POP3 Server", "\"mail.example.jp\"".to_owned()),
                ("Email", "\"taro@example.jp\"".to_owned()),
            ]);
            values.insert(name, format!("\"{value}\""));
            let lines: String =
                values.iter().map(|(name, value)| format!("\"{name}\"={value}\r\n")).collect();
            let export = format!("Windows Registry Editor Version 5.00\r\n\r\n[{key}]\r\n{lines}");
            write(home.path(), "home/registry.reg", &export);
            fs::create_dir_all(home.path().join("home/AppData")).unwrap();
            nothing_leaks(home.path(), 1);
