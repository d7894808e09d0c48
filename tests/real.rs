//! Real files that nobody of this project wrote, with answers that are known independently. They are read where they
//! lie, in `../shared/real`; without that folder the tests say that they are skipped.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, says what it skips and looks at files by itself"
)]

use assert_cmd::Command;
use serde_json::Value;
use std::path::{Path, PathBuf};

fn real(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/real").join(path);
    if !found.exists() {
        eprintln!("skipped: {} is not there", found.display());
        return None;
    }
    Some(found)
}

/// Exit code and report of a scan.
fn scan(path: &Path) -> (i32, Value) {
    let output =
        Command::cargo_bin("smtp-auth-audit").unwrap().args(["--format", "json"]).arg(path).output().unwrap();
    assert!(output.stderr.is_empty());
    (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap())
}

/// Account, verdict and outgoing server of every finding, in one line each.
fn lines(report: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let out = &finding["outgoing"];
            let parts = [
                &finding["account"],
                &finding["verdict"],
                &out["host"],
                &out["port"],
                &out["port_is_default"],
                &out["security"],
                &out["auth"],
            ];
            parts.map(text).join(" ")
        })
        .collect()
}

#[test]
fn outlook_2010_of_plaso() {
    let Some(path) = real("log2timeline__plaso/NTUSER-WIN7.DAT") else { return };
    let (exit, report) = scan(&path);
    let finding = &report["findings"][0];
    assert_eq!(report["findings"].as_array().unwrap().len(), 1, "subkeys 1, 2 and 4 are no accounts");
    assert_eq!(finding["client_name"], "Outlook 2010");
    assert_eq!(finding["profile"], "Outlook");
    assert!(finding["source"].as_str().unwrap().ends_with("\\00000003"));
    assert_eq!(finding["incoming"]["protocol"], "pop3");
    assert_eq!(finding["incoming"]["host"], "controller.shieldbase.local");
    assert_eq!(finding["verdict"], "smtp-auth-off-policy");
    assert_eq!(finding["deviations"][0], "port");
    let out = &finding["outgoing"];
    assert_eq!((&out["host"], &out["port"]), (&"controller.shieldbase.local".into(), &25.into()));
    assert_eq!((&out["port_is_default"], &out["security"]), (&true.into(), &"plain".into()));
    assert_eq!(out["credentials"], "same-as-incoming");
    let evidence = finding["evidence"].as_array().unwrap();
    let value = |name: &str| evidence.iter().find(|e| e["setting"] == name).map(|e| e["value"].clone());
    assert_eq!(value("SMTP Use Auth"), Some("1".into()));
    assert_eq!(value("SMTP Auth Method"), Some(Value::Null));
    assert_eq!(value("SMTP Port"), Some(Value::Null));
    assert_eq!(value("SMTP Secure Connection"), Some("0".into()));
    assert_eq!(exit, 1);
}

#[test]
fn hives_without_a_mail_account() {
    for name in [
        "log2timeline__plaso/NTUSER.DAT",
        "log2timeline__plaso/NTUSER-CCLEANER.DAT",
        "mkorman90__regipy/transactions_NTUSER.DAT",
    ] {
        let Some(path) = real(name) else { return };
        let (exit, report) = scan(&path);
        assert_eq!((exit, lines(&report)), (0, vec![]), "{name}: {}", report["issues"]);
        assert_eq!(report["scan"]["complete"], true, "{name}");
    }
}

#[test]
fn not_a_hive() {
    let Some(path) = real("EricZimmerman__Registry/NotAHive") else { return };
    let (exit, report) = scan(&path);
    assert_eq!((exit, report["issues"][0]["kind"].as_str().unwrap()), (3, "malformed"));
}

#[test]
fn windows_live_mail_of_thunderbirds_tests() {
    let Some(path) = real("mozilla__releases-comm-central/WindowsLiveMail") else { return };
    let (exit, report) = scan(&path);
    let mut lines = lines(&report);
    lines.sort();
    assert_eq!(lines.len(), 2, "the other three are news only: {lines:?}");
    assert!(
        lines[0].contains("smtp-auth-off-policy") && lines[0].contains(" 25 ") && lines[0].contains("spa"),
        "{lines:?}"
    );
    assert!(!lines[0].contains("plain"), "it has TLS: {lines:?}");
    assert!(lines[1].contains("no-smtp-auth smtp.pop.test 25 true"), "{lines:?}");
    assert_eq!((exit, report["scan"]["complete"].as_bool()), (1, Some(true)));
    let pop = report["findings"].as_array().unwrap().iter().find(|f| f["verdict"] == "no-smtp-auth").unwrap();
    assert_eq!(pop["incoming"]["host"], "pop3.test.test");
}

#[test]
fn thunderbird_profiles_of_home_manager() {
    let Some(first) = real("nix-community__home-manager/thunderbird-expected-first-linux.js") else { return };
    let (_, report) = scan(&first);
    let lines_of =
        |host: &str| lines(&report).into_iter().filter(|line| line.contains(host)).collect::<Vec<_>>();
    assert_eq!(
        report["findings"].as_array().unwrap().len(),
        3,
        "two accounts, one of them on two servers: {:?}",
        lines(&report)
    );
    assert!(lines_of("smtp.example.com")[0].contains(" 456 false tls "), "{:?}", lines(&report));
    assert!(lines_of("ml.example.com")[0].contains(" 465 false tls "), "{:?}", lines(&report));
    assert!(lines_of("smtp.example.org")[0].contains(" 587 false starttls "), "{:?}", lines(&report));
    let shared =
        report["findings"].as_array().unwrap().iter().find(|f| f["outgoing"]["host"] == "smtp.example.com");
    assert_eq!(shared.unwrap()["addresses"].as_array().unwrap().len(), 2, "two identities on one server");

    let Some(second) = real("nix-community__home-manager/thunderbird-expected-second-linux.js") else {
        return;
    };
    let (exit, report) = scan(&second);
    assert_eq!(lines(&report).len(), 1, "account1 dangles: {:?}", lines(&report));
    assert!(
        lines(&report)[0].contains(" smtp-auth ") && lines(&report)[0].contains(" 587 "),
        "{:?}",
        lines(&report)
    );
    assert_eq!(exit, 0);
}

/// A template of a profile: every host and name in it is empty.
#[test]
fn configuration_profile_of_profiledocs() {
    let Some(path) = real("mosen__profiledocs/com.apple.mail.managed.mobileconfig") else { return };
    let (exit, report) = scan(&path);
    assert_eq!(lines(&report), ["Email no-outgoing-server null 587 false starttls password"]);
    let finding = &report["findings"][0];
    assert_eq!(
        (finding["client"].as_str(), finding["profile"].as_str()),
        (Some("apple-profile"), Some("Example: Email"))
    );
    let incoming = &finding["incoming"];
    assert_eq!((&incoming["protocol"], &incoming["port"]), (&"imap".into(), &993.into()));
    assert_eq!(incoming["security"], "tls");
    assert_eq!((exit, report["scan"]["complete"].as_bool()), (0, Some(true)));
}
