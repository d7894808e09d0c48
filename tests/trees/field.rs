//! Cases from the field: folders of the kinds that people tell of, each with its right answer written by hand. The sources
//! are named beside each in fixtures/field.

use crate::{fixture, report_of};
use smtp_auth_audit::model::{Finding, InUse, Note, Report};

fn report(path: &str) -> Report {
    report_of(&[fixture(&format!("field/{path}"))])
}

/// Account, server with its port, verdict, and whether it is in use: nothing where that can't be told.
fn line(finding: &Finding) -> String {
    let seen = finding.account.outgoing.seen().unwrap_or_default();
    let port = seen.port.and_then(smtp_auth_audit::model::Port::number).unwrap_or_default();
    let in_use = match finding.account.in_use {
        InUse::Yes => " yes",
        InUse::No => " no",
        InUse::Unknown => "",
    };
    let user = finding.user.as_deref().unwrap_or("-");
    let (account, host) = (&finding.account, seen.host.unwrap_or_default());
    format!("{user} {} {} {host}:{port} {:?}{in_use}", account.client, account.name, finding.verdict)
}

fn lines(report: &Report) -> Vec<String> {
    let mut lines: Vec<String> = report.findings.iter().map(line).collect();
    lines.sort();
    lines
}

/// The same without the user.
fn accounts(report: &Report) -> Vec<String> {
    let mut lines: Vec<String> =
        lines(report).iter().map(|line| line.split_once(' ').unwrap().1.to_owned()).collect();
    lines.sort();
    lines
}

fn places(report: &Report) -> Vec<&str> {
    report.issues.iter().map(|issue| issue.place.as_str()).collect()
}

#[test]
fn a_server_by_its_address() {
    let report = report("13-oe-imap-by-address/in/oe.reg");
    assert_eq!(accounts(&report), ["outlook-express 172.16.1.254 172.16.1.254:25 NoSmtpAuth yes"]);
    assert!(report.findings[0].notes.contains(&Note::ImapIncoming), "{:?}", report.findings[0].notes);
    assert_eq!(places(&report), [""; 0]);
}

#[test]
fn the_folder_of_a_client_without_its_home() {
    let report = report("27-thunderbird-symlinked-profile/in/disk/data/mail/thunderbird");
    assert_eq!(lines(&report), ["- thunderbird taro@example.jp smtp.example.jp:25 NoSmtpAuth"]);
    assert_eq!(places(&report), [""; 0]);
}

#[test]
fn a_link_to_another_disk_is_told() {
    let report = report("27-thunderbird-symlinked-profile/in/disk/home/taro");
    assert_eq!(lines(&report), [""; 0]);
    let [issue] = report.issues.as_slice() else { panic!("{:?}", report.issues) };
    assert!(issue.place.ends_with(".thunderbird"), "{issue:?}");
    let whole = format!("{issue:?}");
    assert!(whole.contains("/data/mail/thunderbird"), "where it points: {whole}");
}

const HANAKO: &str = "hanako windows-live-mail Provider (hanako) smtp.example.jp:25 NoSmtpAuth";

#[test]
fn a_former_system_by_itself() {
    for path in ["28-windows-old/in/C/Windows.old", "28-windows-old/in/C/Windows.old/Users"] {
        let report = report(path);
        let [line] = &lines(&report)[..] else { panic!("{path}: {:?}", lines(&report)) };
        assert!(line.starts_with(HANAKO), "{path}: {line}");
        assert_eq!(places(&report), [""; 0], "{path}");
    }
}

#[test]
fn a_former_system_beside_the_one_that_lives() {
    let report = report("28-windows-old/in/C");
    let (taro, others): (Vec<_>, Vec<_>) =
        report.findings.iter().partition(|finding| finding.user.as_deref() == Some("taro"));
    let [taro] = taro.as_slice() else { panic!("{:?}", lines(&report)) };
    assert!(line(taro).contains(" SmtpAuth"), "{}", line(taro));
    assert_ne!(taro.account.in_use, InUse::No);
    let is_told = places(&report).iter().any(|place| place.contains("Windows.old"));
    assert!(!others.is_empty() || is_told, "lost in silence");
    let others: Vec<String> = others.into_iter().map(line).collect();
    assert!(is_told || others == [format!("{HANAKO} no")], "{others:?}");
}

const TWO: [&str; 2] = [
    "taro msmtp hanako@example.com smtp.example.com:25 SmtpAuthOffPolicy yes",
    "taro msmtp taro@example.jp smtp.example.jp:587 SmtpAuth yes",
];

#[test]
fn one_file_by_two_names() {
    let report = report("45-msmtp-two-names-one-file/in/inside/taro");
    assert_eq!(lines(&report), TWO);
}

#[test]
fn a_link_to_nowhere_beside_the_file() {
    let report = report("45-msmtp-two-names-one-file/in/copied/taro");
    assert_eq!(lines(&report), TWO);
}

#[test]
fn everything_in_a_folder_of_all_kinds() {
    let report = report("50-transfer-folder/in/Transfer");
    let mut found = accounts(&report);
    // Of a file that lies alone nobody knows whether it is in use.
    for line in &mut found {
        *line = line.trim_end_matches(" yes").to_owned();
    }
    let mut expected = [
        "k9-mail Test smtp.example.jp:465 NoSmtpAuth",
        "outlook hanako@example.jp smtp.example.jp:25 NoSmtpAuth",
        "thunderbird taro@example.jp smtp.example.jp:25 NoSmtpAuth",
        "thunderbird taro@example.com smtp.example.com:587 SmtpAuth",
        "thunderbird taro@example.jp smtp.example.jp:587 SmtpAuth",
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
    let users: Vec<&str> = report.scan.users.iter().filter_map(|user| user.name.as_deref()).collect();
    assert!(users.contains(&"taro"), "{users:?}");
    assert!(!users.contains(&"phone") && !users.contains(&"old usb"), "{users:?}");
}
