//! What all data of a home together may take.

use super::*;
use crate::common::of_path;
use rusqlite::{Connection, MAIN_DB};
use smtp_auth_audit::model::IssueKind;
use smtp_auth_audit::source::User;
use smtp_auth_audit::source::budget::Budget;
use smtp_auth_audit::source::rules::{Copy, FileRule, Looks};

/// A file of a client that may have one mebibyte.
static SMALL: FileRule = FileRule {
    id: "small",
    names: &[],
    looks: Looks::Unlike,
    limit: &limits::INI,
    groups: &[],
    copy: Copy::Text(|_, _| None),
};

fn taro(folder: &Path) -> User {
    put(folder, "taro/.bashrc", "");
    of_path(&folder.join("taro")).users.remove(0)
}

/// Asks until it is refused; how often it was not, and what is told at the end, once.
fn times(user: &User, most: u64, ask: impl Fn(&User) -> Result<(), smtp_auth_audit::source::Problem>) {
    for number in 0..most {
        assert_eq!(ask(user), Ok(()), "{number}");
    }
    assert!(user.budget().left_out().is_empty());
    for _ in 0..3 {
        assert!(Budget::is_refusal(&ask(user).unwrap_err()));
    }
    let told = user.budget().left_out();
    assert_eq!(told.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [IssueKind::TooLarge]);
    assert!(told[0].message.en.contains("3 more"), "{:?}", told[0].message);
}

#[test]
fn files_that_are_opened() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "taro/x", "x");
    let user = taro(folder.path());
    times(&user, limits::OPENS.most, |user| user.read("~/x", &SMALL).map(|_| ()));
    // What is not there was not left out, before something was.
    assert!(user.read("~/x", &SMALL).is_err());
}

#[test]
fn bytes_of_files_and_of_databases() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "taro/x", vec![b' '; 1 << 20]);
    let user = taro(folder.path());
    times(&user, limits::BYTES.most >> 20, |user| user.read("~/x", &SMALL).map(|_| ()));
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch("PRAGMA page_size=65536; CREATE TABLE t(a); INSERT INTO t VALUES(zeroblob(16000000));")
        .unwrap();
    let mut bytes = connection.serialize(MAIN_DB).unwrap().to_vec();
    // Behind its pages a file may have anything.
    bytes.resize(16 << 20, 0);
    put(folder.path(), "taro/d", bytes);
    // Folders are listed once: another look at the same home, and the others have no part in it.
    let user = taro(folder.path());
    times(&user, limits::DATABASES.most >> 24, |user| user.database("~/d", &ANY).map(|_| ()));
}

#[test]
fn entries_of_folders() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..1_000 {
        put(folder.path(), &format!("taro/folder/{number}"), "");
    }
    let user = taro(folder.path());
    times(&user, limits::ENTRIES.most / 1_000, |user| user.list("~/folder").map(|_| ()));
}

/// An export of K-9 Mail with so many identities.
fn identities(count: usize) -> Value {
    let own = |n: usize| format!("<identity><email>t{n}@example.jp</email></identity>");
    let all: String = (0..count).map(own).collect();
    lone(
        "a.k9s",
        format!(
            "<k9settings version=\"111\" format=\"1\"><accounts><account uuid=\"u\"><identities>{all}</identities></account></accounts></k9settings>"
        ),
    )
}

#[test]
fn sixty_four_addresses_of_an_account() {
    for (count, issues) in [(64, &[][..]), (65, &TOLD)] {
        let report = identities(count);
        assert_eq!(found(&report), (1, issues.to_vec()), "{count}");
        assert_eq!(report["findings"][0]["addresses"].as_array().unwrap().len(), 64);
    }
}

/// The last line tells how many settings stand behind it.
#[test]
fn sixty_four_settings_in_the_evidence() {
    let evidence = |boxes: usize| {
        let boxes = (0..boxes).map(|n| format!("PopBeforeSmtp{n}=1\n")).collect::<Vec<_>>().concat();
        let report =
            lone("Mailbox.ini", format!("[Account]\nMailServer=p\nSMTPServer=mail.example.jp\n{boxes}"));
        assert_eq!(found(&report), (1, vec![]));
        report["findings"][0]["evidence"].as_array().unwrap().clone()
    };
    let others = evidence(0).len();
    let at = evidence(64 - others);
    assert!(at.len() == 64 && at[63]["setting"] != "(more)");
    let beyond = evidence(65 - others);
    assert_eq!(
        (beyond.len(), &beyond[63]["setting"], &beyond[63]["value"]),
        (64, &"(more)".into(), &"2".into())
    );
}

#[test]
fn a_hundred_issues_and_one_more() {
    for (count, most) in [(100, 100), (101, 101), (150, 101)] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "taro/.bashrc", "");
        for number in 0..count {
            put(folder.path(), &format!("taro/Documents/{number:03}.k9s"), "<k9settings");
        }
        let report = scan(folder.path(), "taro");
        let issues = report["issues"].as_array().unwrap();
        assert_eq!(issues.len(), most, "{count}");
        let last = issues.last().unwrap();
        let told = last["message"]["en"].as_str().unwrap();
        assert_eq!(told.starts_with(&format!("at least {} more", count - 100)), count > 100, "{told}");
    }
}
