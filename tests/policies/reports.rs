//! What reports say of accounts that policies judge: the reason beside the verdict, what is counted, in each format.

use super::run;
use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;

/// A POP account of Thunderbird: outgoing port, encryption and method, incoming host, port and encryption.
fn folder(outgoing: (u16, u8, u8), incoming: (&str, u16, u8)) -> TempDir {
    let folder = TempDir::new().unwrap();
    let ((port, try_ssl, method), (host, incoming_port, socket_type)) = (outgoing, incoming);
    let prefs = format!(
        r#"user_pref("mail.account.account1.identities", "id1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.identity.id1.useremail", "taro@example.jp");
user_pref("mail.identity.id1.smtpServer", "smtp1");
user_pref("mail.server.server1.type", "pop3");
user_pref("mail.server.server1.hostname", "{host}");
user_pref("mail.server.server1.port", {incoming_port});
user_pref("mail.server.server1.socketType", {socket_type});
user_pref("mail.server.server1.userName", "taro");
user_pref("mail.smtpservers", "smtp1");
user_pref("mail.smtpserver.smtp1.hostname", "mail.example.jp");
user_pref("mail.smtpserver.smtp1.port", {port});
user_pref("mail.smtpserver.smtp1.try_ssl", {try_ssl});
user_pref("mail.smtpserver.smtp1.authMethod", {method});
"#
    );
    fs::create_dir(folder.path().join("home")).unwrap();
    fs::write(folder.path().join("home/prefs.js"), prefs).unwrap();
    folder
}

/// A scan by one policy, of which these are the last lines.
fn scan(folder: &TempDir, policy: &str, arguments: &[&str]) -> (i32, String) {
    let text = format!("schema = 1\nid = \"p\"\nname = \"P\"\n{policy}\n");
    fs::write(folder.path().join("p.toml"), text).unwrap();
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let all = ["scan", "home", "--policy", "p.toml", "--as-of", "2026-11-30"];
    let (exit, told, said) = run(command.current_dir(folder.path()).args(all).args(arguments));
    assert!(!said.contains("p.toml"), "{said}");
    (exit, told)
}

const NONE: (u16, u8, u8) = (25, 0, 1);
const FINE: (u16, u8, u8) = (587, 2, 3);
const TLS: (&str, u16, u8) = ("pop.example.jp", 995, 3);
const ENDING: &str = r#"claims = [ { domain = "example.jp" } ]
sending = [ { port = 587, auth = "password" }, { auth = ["none", "pop-before-smtp"], until = 2027-03-31 } ]"#;

#[test]
fn an_exception_is_said_to_be_one() {
    let folder = folder(NONE, TLS);
    let csv = "address,until,reason\ntaro@example.jp,2027-01-31,printer\n";
    fs::write(folder.path().join("e.csv"), csv).unwrap();
    for format in ["table", "markdown", "html", "json", "jsonl", "csv"] {
        let arguments = ["--exceptions", "e.csv", "--format", format, "--lang", "ja"];
        let (exit, told) = scan(&folder, ENDING, &arguments);
        assert_eq!(exit, 0, "{told}");
        // At a terminal what needs nothing is only counted.
        let is_told = told.contains("SMTP認証なし（例外として、今は変更しません）");
        assert!(is_told || format == "table", "{format}: {told}");
        assert!(!told.contains("使われていません"), "{format}: {told}");
        if matches!(format, "table" | "markdown" | "html") {
            assert!(told.contains("例外: 1"), "{format}: {told}");
        }
        if format == "json" {
            assert!(told.contains("\"password_needed\": null"), "{told}");
            assert!(told.contains("\"once\": 0") && told.contains("\"exceptions\": 1"), "{told}");
        }
    }
}

#[test]
fn what_waits_is_said_to_wait() {
    let both = r#"claims = [ { domain = "example.jp" } ]
sending = [ { port = 587, auth = "password" }, { auth = "none", until = 2027-03-31 } ]
receiving = [ { port = 995 }, { port = 110, until = 2027-03-31 } ]
from = 2027-01-15"#;
    let folder = folder(NONE, ("pop.example.jp", 110, 0));
    let (exit, told) = scan(&folder, both, &["--lang", "en", "--format", "markdown"]);
    assert_eq!(exit, 0, "{told}");
    assert!(told.contains("n/a: no SMTP-AUTH: ends 31 March 2027, to change from 15 January 2027"), "{told}");
    assert!(told.contains("to change from the day of the notice, not yet: 1"), "{told}");
    assert_eq!(told.matches("nothing is to be changed before").count(), 1, "{told}");
}

#[test]
fn receiving_alone_is_told_apart() {
    let policy = r#"claims = [ { domain = "example.jp" } ]
receiving = [ { port = 995, security = "tls" } ]"#;
    let folder = folder(FINE, ("pop.example.jp", 110, 0));
    let (exit, told) = scan(&folder, policy, &["--lang", "en"]);
    assert_eq!(exit, 1, "{told}");
    assert!(told.contains("change (receiving): SMTP-AUTH: receiving to change"), "{told}");
    assert!(told.contains("to change for receiving: 1"), "{told}");
    let after_steps = told.split("  steps:\n").nth(1).unwrap();
    assert!(after_steps.starts_with("     1. "), "{told}");
    let (exit, told) = scan(&folder, policy, &["--lang", "en", "--format", "nagios"]);
    assert_eq!(exit, 1, "{told}");
    assert!(told.contains("0 off policy, 1 to change for receiving"), "{told}");
    assert!(told.contains("off_policy=0 ") && told.contains("issues=0 receiving=1\n"), "{told}");
    // Nothing is known of what lies behind a program on the same computer.
    let folder = self::folder(FINE, ("127.0.0.1", 110, 0));
    let (exit, told) = scan(&folder, policy, &["--lang", "en"]);
    assert_eq!(exit, 3, "{told}");
    assert!(told.contains("SMTP-AUTH: receiving to check"), "{told}");
    assert!(told.contains("look up the real server"), "{told}");
}

#[test]
fn a_second_policy_is_told_for_each_side() {
    let folder = folder(FINE, TLS);
    let other = "schema = 1\nid = \"q\"\nname = \"Q\"\nclaims = [ { incoming = \"pop.example.jp\" } ]\nreceiving = [ {} ]\n";
    let other = other.replace("{}", "{ port = 995 }");
    fs::write(folder.path().join("q.toml"), other).unwrap();
    let policy = "claims = [ { domain = \"example.jp\" } ]\nreceiving = [ { port = 995 } ]";
    let (_, told) = scan(&folder, policy, &["--policy", "q.toml", "--explain", "--lang", "en"]);
    let line = told.lines().find(|line| line.contains("also claimed by (receiving)")).unwrap_or(&told);
    assert!(line.ends_with(": q"), "{told}");
}

#[test]
fn the_next_day_is_one_that_has_not_passed() {
    let policy = r#"claims = [ { domain = "example.jp" } ]
sending = [ { port = 587, auth = "oauth2" }, { auth = "password", until = 2027-03-31 } ]
receiving = [ { port = 995, auth = "oauth2" }, { until = "2022" } ]"#;
    let folder = folder(FINE, TLS);
    let (_, told) = scan(&folder, policy, &["--format", "intune"]);
    assert!(told.contains(" next=2027-03-31 "), "{told}");
    let (_, told) = scan(&folder, policy, &["--format", "intune", "--as-of", "2030-01-01"]);
    assert!(!told.contains("next"), "{told}");
}

#[test]
fn what_was_looked_up_long_ago_is_told_in_every_report() {
    let folder = folder(FINE, TLS);
    let prefs = folder.path().join("home/prefs.js");
    let text = fs::read_to_string(&prefs).unwrap().replace("mail.example.jp", "smtp.office365.com");
    fs::write(&prefs, text).unwrap();
    let told = |format: &str, day: &str| {
        let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
        let all = ["scan", "home", "--lang", "en", "--format", format, "--as-of", day];
        run(command.current_dir(folder.path()).args(all)).1
    };
    for (format, sign) in [
        ("table", "more than six months ago: Microsoft 365"),
        ("markdown", "more than six months ago: Microsoft 365"),
        ("html", "more than six months ago: Microsoft 365"),
        ("nagios", "more than six months ago: Microsoft 365"),
        ("intune", "old_policies=1"),
        ("csv", ",\"true\"\r\n"),
    ] {
        assert!(told(format, "2029-01-01").contains(sign), "{format}");
        assert!(!told(format, "2026-12-01").contains(sign), "{format}");
    }
    // Each sentence with its day says where that stands.
    assert!(
        told("markdown", "2026-12-01")
            .contains("looked up on 30 November 2026: Microsoft, Exchange Team Blog")
    );
    let folder_of_report = folder.path().join("report.json");
    fs::write(&folder_of_report, told("json", "2026-12-01")).unwrap();
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let all = ["fleet", "report.json", "--lang", "en", "--as-of", "2029-01-01"];
    let (_, told, _) = run(command.current_dir(folder.path()).args(all));
    assert!(told.contains("more than six months ago: Microsoft 365"), "{told}");
}
