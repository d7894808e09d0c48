//! What is written, and when nothing is.

use crate::{CANARY, Home, LIVE, NO_AUTH, PREFS, codes};
use smtp_auth_audit::model::{ChangeState, Verdict};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};

#[test]
fn only_the_values_change_and_a_scan_agrees() {
    let home = Home::new(NO_AUTH);
    fs::set_permissions(home.path().join(PREFS), fs::Permissions::from_mode(0o640)).unwrap();
    let before = home.prefs();
    let change = home.apply();
    assert_eq!(change.state, ChangeState::Done, "{:?}", change.obstacles);
    let line = "user_pref(\"mail.smtpserver.smtp1.try_ssl\", 2);\r\n";
    let after = home.prefs();
    assert!(after.contains(line));
    let without = after.replace(line, "").replace("authMethod\", 3", "authMethod\", 1");
    assert_eq!(without.replace("port\", 587", "port\", 25"), before);
    assert_eq!(fs::metadata(home.path().join(PREFS)).unwrap().mode() & 0o7777, 0o640);
    assert_eq!(home.scan().findings[0].verdict, Verdict::SmtpAuth);
    // The lock that was made for it is gone, and so is the new file.
    let mut left: Vec<_> = fs::read_dir(home.path().join(".thunderbird/p"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    left.sort();
    assert_eq!(left, ["compatibility.ini", "prefs.js"]);
}

#[test]
fn the_journal_holds_settings_and_no_secret() {
    let home = Home::new(NO_AUTH);
    home.apply();
    let folder = home.path().join(".local/state/smtp-auth-audit/changes");
    assert_eq!(fs::metadata(&folder).unwrap().mode() & 0o777, 0o700);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains("smtp1.authMethod") && !text.contains(CANARY), "{text}");
    }
}

#[test]
fn what_is_not_as_it_was_read_is_not_written() {
    let home = Home::new(NO_AUTH);
    let before = home.scan();
    home.write(PREFS, &home.prefs().replace("port\", 25", "port\", 26"));
    let (prefs, change) = (home.prefs(), home.apply_to(&before));
    assert_eq!((change.state, codes(&change)), (ChangeState::Refused, vec!["changed-meanwhile"]));
    assert_eq!(home.prefs(), prefs);
    assert!(home.journal().entries().unwrap().0.is_empty(), "nothing was begun");
}

/// What the plan rests on is more than the values that change: where the password goes, and how.
#[test]
fn nothing_is_written_where_the_account_is_another_than_was_shown() {
    for (shown, now) in [
        ("hostname\", \"mail.example.jp", "hostname\", \"mail.example.com"),
        ("hostname\", \"pop.example.jp", "hostname\", \"pop.example.com"),
        ("username\", \"taro", "username\", \"jiro"),
    ] {
        let home = Home::new(NO_AUTH);
        let before = home.scan();
        let changed = home.prefs().replace(shown, now);
        assert_ne!(changed, home.prefs(), "{shown}");
        home.write(PREFS, &changed);
        let change = home.apply_to(&before);
        assert_eq!(
            (change.state, codes(&change)),
            (ChangeState::Refused, vec!["changed-meanwhile"]),
            "{now}"
        );
        assert_eq!(home.prefs(), changed);
        assert!(home.journal().entries().unwrap().0.is_empty(), "nothing was begun");
    }
}

#[test]
fn a_running_program_keeps_its_settings() {
    use rustix::fs::{FlockOperation, Mode, OFlags, fcntl_lock, open};
    let there = std::process::Command::new("python3")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    let required = std::env::var_os("SMTP_AUTH_AUDIT_REQUIRE_TOOLS").is_some_and(|value| value == "1");
    assert!(there || !required, "python3 is required");
    if !there {
        eprintln!("skipped: no python3");
        return;
    }
    let home = Home::new(NO_AUTH);
    // A lock of this very process would not count: another one holds it.
    let lock = home.path().join(".thunderbird/p/.parentlock");
    let mut holder = std::process::Command::new("python3")
        .args(["-c", "import fcntl,sys; f=open(sys.argv[1],'w'); fcntl.lockf(f,fcntl.LOCK_EX); print(flush=True); sys.stdin.read()"])
        .arg(&lock)
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut ready = [0];
    std::io::Read::read_exact(holder.stdout.as_mut().unwrap(), &mut ready).unwrap();
    let prefs = home.prefs();
    let change = home.apply();
    drop(holder.stdin.take());
    holder.wait().unwrap();
    assert_eq!((change.state, codes(&change)), (ChangeState::Refused, vec!["running"]));
    assert_eq!(home.prefs(), prefs);
    assert!(lock.exists(), "what was there before stays");
    // It has ended: what it left is no lock.
    assert_eq!(home.apply().state, ChangeState::Done);
    let file = open(&lock, OFlags::WRONLY, Mode::empty()).unwrap();
    fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive).unwrap();
}

#[test]
fn what_does_not_help_is_taken_back() {
    let home = Home::new(NO_AUTH);
    let before = home.scan();
    let prefs = home.prefs();
    let mut change = smtp_auth_audit::fix::plan(&before, LIVE).remove(0);
    // As if something that no reader knows decided it.
    let journal = home.journal();
    let again = || before.clone();
    let hand = smtp_auth_audit::fix::apply::Hand {
        home: home.path(),
        journal: &journal,
        scan: &again,
        runs: |_| false,
    };
    smtp_auth_audit::fix::apply::apply(&mut change, &before, &hand);
    assert_eq!((change.state, codes(&change)), (ChangeState::RolledBack, vec!["not-better"]));
    assert_eq!(home.prefs(), prefs);
    let (entries, _) = home.journal().entries().unwrap();
    assert_eq!(entries[0].state, "rolled-back");
}
