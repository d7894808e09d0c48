//! The sheets to be printed: what is set now and what it becomes is what the steps below it say.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;

/// The rows of the tables of the page's sheets in English: setting, now, to be.
fn tables(arguments: &[&str]) -> Vec<Vec<[String; 3]>> {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let command = command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C.UTF-8");
    let output = command.args(arguments).args(["--format", "html", "--lang", "en"]).output().unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    let tables = page.split("<table class=\"changes\">").skip(1).map(|rest| {
        let rows = rest.split_once("</table>").unwrap().0.split("<tr><td>").skip(1);
        rows.map(|row| {
            let mut cells = row.split("</td>").map(english);
            [(); 3].map(|()| cells.next().unwrap())
        })
        .collect()
    });
    tables.collect()
}

/// What a cell says in English; what both languages share stands there once.
fn english(cell: &str) -> String {
    let text = cell.split_once("lang=\"en\">").map_or(cell, |(_, text)| text);
    text.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

const PORT: &str = "port of the outgoing server";

/// A box for TLS from the start, and none for STARTTLS: the port that goes with it.
#[test]
fn a_dialog_without_a_choice_of_starttls_keeps_tls_from_the_start() {
    for (home, rows) in [
        ("fixtures/becky/tls-and-methods/home", &[["587", "465"], ["25 (default)", "587"]][..]),
        ("fixtures/ios-mail/rules/backup", &[["587", "465"]]),
        ("fixtures/apple-mail/yosemite/home", &[["587", "465"]]),
    ] {
        let tables = tables(&[home]);
        for [now, to_be] in rows {
            assert!(tables.contains(&vec![[PORT, now, to_be].map(str::to_owned)]), "{home}: {tables:?}");
        }
    }
}

/// A dialogue ends once it is clear that nothing authenticates: what it did not ask for is not known, and is set all the
/// same.
#[test]
fn the_sheet_of_answers_tells_what_they_tell() {
    let folder = TempDir::new().unwrap();
    let answers = folder.path().join("answers.txt");
    let authentication = [
        "authentication at the outgoing server (SMTP-AUTH)",
        "none",
        "on (the user name and password for receiving)",
    ];
    for (client, rows) in [
        ("ios-mail", &[authentication, [PORT, "-", "587"]][..]),
        ("outlook-new", &[authentication, [PORT, "-", "587"]]),
        ("android-mail", &[[PORT, "-", "587"], authentication]),
        ("windows-10-mail", &[[PORT, "-", "587"], authentication]),
    ] {
        fs::write(&answers, "incoming = pop3\nauth = n\nlog-on-first = n\n").unwrap();
        let tables = tables(&["ask", client, "--answers", answers.to_str().unwrap()]);
        assert_eq!(tables, [rows.iter().map(|row| row.map(str::to_owned)).collect::<Vec<_>>()], "{client}");
    }
    fs::write(&answers, "incoming = pop3\nauth = n\nlog-on-first = y\n").unwrap();
    let tables = tables(&["ask", "becky", "--answers", answers.to_str().unwrap()]);
    let log_on = ["log on to the incoming server before sending (POP-before-SMTP)", "on", "off"];
    let rows = [log_on, authentication, [PORT, "-", "587"]].map(|row| row.map(str::to_owned));
    assert_eq!(tables, [rows]);
}
