//! The sheets to be printed: what is set now and what it becomes is what the steps below it say.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use assert_cmd::Command;

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
