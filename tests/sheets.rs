//! The sheets to be printed: what is set now and what it becomes is what the steps below it say.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

use assert_cmd::Command;
use std::fs;
use tempfile::TempDir;

fn page(arguments: &[&str]) -> String {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let command = command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C.UTF-8");
    let output = command.args(arguments).args(["--format", "html", "--lang", "en"]).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The rows of the tables of the page's sheets in English: setting, now, to be.
fn tables(arguments: &[&str]) -> Vec<Vec<[String; 3]>> {
    let page = page(arguments);
    let sheets = page.split("<section class=\"sheet ").skip(1);
    let tables =
        sheets.filter_map(|sheet| Some(sheet.split_once("<table class=\"changes\">")?.1)).map(|rest| {
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
        "on (usually with the user name and password for receiving)",
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

/// A provider whose 587 and 465 are POP before SMTP, and whose SMTP-AUTH is on 1465 (fixtures/field/31-provider-with-pbs-on-465).
#[test]
fn who_authenticates_on_the_providers_own_port_is_told_to_look_first() {
    let path = "fixtures/field/31-provider-with-pbs-on-465/in/prefs.js";
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let command = command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C.UTF-8");
    let output = command.args(["scan", path, "--format", "json"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let first: Vec<(&str, &str, bool)> = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let step = finding["steps"]["en"][0].as_str().unwrap();
            (
                finding["account"].as_str().unwrap(),
                finding["verdict"].as_str().unwrap(),
                step.contains("on port 1465") && step.contains("if your provider names this port"),
            )
        })
        .collect();
    let expected =
        [("hanako@example.com", "smtp-auth-off-policy", true), ("taro@example.com", "no-smtp-auth", false)];
    assert!(expected.iter().all(|one| first.contains(one)) && first.len() == 2, "{first:?}");
}

/// Two lists, and the check below a heading of its own: the numbers of each begin with 1.
#[test]
fn the_page_numbers_each_way_by_itself() {
    let page = page(&["fixtures/outlook/box-not-ticked/home"]);
    let lists: Vec<&str> = page.split("<ol class=\"steps\">").skip(1).collect();
    assert!(lists.len() >= 3 && page.matches("<p class=\"way\">").count() >= 3, "{}", lists.len());
    for list in lists {
        let list = list.split_once("</ol>").unwrap().0;
        assert!(list.starts_with("<li>") && !list.contains("<ol") && !list.contains("way"), "{list}");
    }
}
