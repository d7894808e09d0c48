//! The program itself: exit codes, forms, refusals.

use crate::server::{Keys, serve, serve_at};
use serde_json::Value;
use std::fs;
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::atomic::Ordering;
use tempfile::TempDir;

fn run(arguments: &[&str]) -> (i32, String, String) {
    let mut command = assert_cmd::Command::cargo_bin("smtp-auth-audit").unwrap();
    let output = command.args(arguments).env("LC_ALL", "C.UTF-8").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn exit_codes_say_whether_all_is_as_wanted() {
    let clear = serve(|mut guest| {
        guest.say("220 mail\n");
        guest.smtp("250-mail\n250 AUTH LOGIN\n");
    });
    let name = format!("127.0.0.1:{}", clear.port);
    assert_eq!(run(&["probe", &name]).0, 1);
    let busy = serve(|mut guest| guest.say("421 later\n"));
    assert_eq!(run(&["probe", &format!("127.0.0.1:{}", busy.port)]).0, 3);
    for wrong in
        [&["probe"][..], &["probe", "a b"], &["probe", "mail.example.jp:0"], &["probe", "--internal"]]
    {
        let (exit, stdout, stderr) = run(wrong);
        assert_eq!((exit, stdout.as_str()), (2, ""), "{wrong:?}: {stderr}");
    }
    // SSL_CERT_FILE names the roots: the server's own certificate is one.
    let keys = Keys::new(&["localhost"]);
    let folder = TempDir::new().unwrap();
    let roots = folder.path().join("roots.pem");
    fs::write(&roots, pem(&keys.certificate)).unwrap();
    let good = serve(move |guest| {
        let mut guest = guest.secure(&keys);
        guest.say("220 mail\n");
        guest.smtp("250-mail\n250 AUTH PLAIN\n");
    });
    let mut command = assert_cmd::Command::cargo_bin("smtp-auth-audit").unwrap();
    let name = format!("smtps://localhost:{}", good.port);
    command.args(["probe", &name]).env("SSL_CERT_FILE", &roots).env("LC_ALL", "C.UTF-8").assert().code(0);
}

fn pem(der: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for piece in der.chunks(3) {
        let bits =
            piece.iter().fold(0_u32, |sum, byte| (sum << 8) | u32::from(*byte)) << (8 * (3 - piece.len()));
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at)) as usize & 63];
            text.push(if at <= piece.len() { char::from(digit) } else { '=' });
        }
    }
    let lines: Vec<String> =
        text.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    format!("-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n", lines.join("\n"))
}

#[test]
fn every_form_says_the_same() {
    let server = serve(|mut guest| {
        guest.say("220 \u{1b}[31mmail\n");
        guest.smtp("250-mail\n250 AUTH CRAM-MD5\n");
    });
    let name = format!("127.0.0.1:{}", server.port);
    let (_, json, _) = run(&["probe", &name, "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let probe = &json["probes"][0];
    assert_eq!(json["schema"], "smtp-auth-audit/probe/v1");
    assert_eq!(probe["ports"][0]["clear"]["auth"][0], "CRAM-MD5");
    assert_eq!((&probe["result"], &probe["from"]), (&"not-as-wanted".into(), &"127.0.0.1".into()));
    for (lang, words) in [("en", "only without encryption (CRAM-MD5)"), ("ja", "暗号化なしでだけ")] {
        let (_, table, stderr) = run(&["probe", &name, "--lang", lang]);
        assert!(table.replace("\n    ", " ").replace("\n   ", "").contains(words), "{table}");
        assert!(!table.contains('\u{1b}') && stderr.is_empty(), "{stderr}");
        let (_, markdown, _) = run(&["probe", &name, "--lang", lang, "--format", "markdown"]);
        assert!(markdown.starts_with("## ") && !markdown.contains('\u{1b}'), "{markdown}");
    }
}

/// A finding as `scan` writes it, as far as a probe looks at it.
fn report(folder: &Path, host: &str, port: u16) -> String {
    let finding = serde_json::json!({
        "id": "b7c1d2e3f4a59687", "client": "thunderbird", "client_name": "Thunderbird", "account": "taro@example.jp",
        "addresses": ["taro@example.jp"], "verdict": "smtp-auth", "in_use": "yes",
        "incoming": {"protocol": "pop3", "host": host, "port": 110, "security": "plain"},
        "outgoing": {"host": host, "port": port, "port_is_default": false, "security": "starttls", "auth": "password"},
    });
    let report = serde_json::json!({"schema": "smtp-auth-audit/report/v1", "findings": [finding]});
    let path = folder.join("report.json");
    fs::write(&path, report.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_hostile_report_asks_nobody() {
    let folder = TempDir::new().unwrap();
    let server = serve_at("127.0.0.1", drop);
    for host in ["127.0.0.1", "localhost", "\u{1b}[31mx"] {
        let path = report(folder.path(), host, server.port);
        let (exit, stdout, stderr) = run(&["probe", "--report", &path, "--internal"]);
        assert_eq!(exit, 3, "{host}: {stderr}");
        assert!(stdout.contains("Not asked") && !stdout.contains('\u{1b}'), "{stdout}");
    }
    assert_eq!(server.heard.connections.load(Ordering::SeqCst), 0);
    let wrong = folder.path().join("wrong.json");
    fs::write(&wrong, "{\"himitsu\": 1}").unwrap();
    let (exit, _, stderr) = run(&["probe", "--report", wrong.to_str().unwrap()]);
    assert_eq!(exit, 2);
    assert!(!stderr.contains("himitsu"), "{stderr}");
}

#[test]
fn a_scan_asks_for_its_own_user_alone() {
    let home = TempDir::new().unwrap();
    let path = home.path().to_str().unwrap();
    for arguments in [
        &["scan", path, "--probe"][..],
        &["scan", "--all-users", "--probe"],
        &["scan", "--probe", "--redact"],
        &["scan", "--internal"],
    ] {
        let (exit, stdout, stderr) = run(arguments);
        assert_eq!((exit, stdout.as_str()), (2, ""), "{arguments:?}: {stderr}");
    }
}

#[test]
#[cfg(unix)]
fn whoever_scans_for_others_asks_nobody() {
    let home = TempDir::new().unwrap();
    let mut command = assert_cmd::Command::cargo_bin("smtp-auth-audit").unwrap();
    command.args(["scan", "--probe", "--lang", "en"]).env("HOME", home.path());
    let output = command.output().unwrap();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    // What a user gets whose servers nobody claims; what is claimed is asked by `.ci/full probe`.
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    let (exit, words) = if is_root { (2, "does not run as root") } else { (0, "no server was asked") };
    assert_eq!(output.status.code(), Some(exit), "{stderr}");
    assert!(stderr.contains(words) && stdout.is_empty() == is_root, "{stdout}{stderr}");
}
