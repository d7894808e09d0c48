//! How much of many reports a table or a page shows, and how deep their folders are looked into.

use super::*;
use common::reports::{DAYS, READ, finding, lines, report, run};
use serde_json::json;

/// Reports of so many computers, each with one account to change, in a department and with a client and server of its own.
fn reports(count: usize) -> String {
    let one = |number: u64| {
        let mut finding = finding(number, "taro", "no-smtp-auth");
        finding["client"] = json!(format!("client-{number}"));
        finding["client_name"] = json!(format!("Client {number}"));
        finding["outgoing"]["host"] = json!(format!("h{number}.example.jp"));
        lines(&report(&format!("PC-{number}"), DAYS[0], &[READ], &[finding]))
    };
    (0..count as u64).map(one).collect()
}

fn fleet(input: &str, arguments: &[&str]) -> String {
    // The day after the reports: nobody has been silent for long.
    let day = ["--as-of", "2026-10-02", "--no-builtin-policies"];
    let command = [&["fleet", "-", "--lang", "en"], &day[..], arguments].concat();
    run(Path::new("."), &command, input.as_bytes()).stdout
}

#[test]
fn a_table_has_fifty_accounts_and_fifteen_groups() {
    let more = |count: usize| {
        let table = fleet(&reports(count), &["--format", "table"]);
        let lines = table.lines().filter_map(|line| line.split_once(" more; all of them"));
        lines.map(|(number, _)| number.trim().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(more(15), Vec::<String>::new());
    let groups = more(16);
    assert!(!groups.is_empty() && groups.iter().all(|number| number == "1"), "{groups:?}");
    let groups = groups.len();
    assert_eq!(more(50), vec!["35"; groups]);
    let with_accounts = more(51);
    assert_eq!(with_accounts.len(), groups + 1, "{with_accounts:?}");
    assert!(with_accounts.contains(&"1".to_owned()));
}

/// How many lists of the page have more than they show.
fn rests(page: &str) -> usize {
    page.matches(" more; fleet --format json has all of them").count()
}

#[test]
fn a_page_has_fifteen_bars() {
    let (at, beyond) =
        (fleet(&reports(15), &["--format", "html"]), fleet(&reports(16), &["--format", "html"]));
    assert_eq!(rests(&at), 0);
    assert!(rests(&beyond) > 0);
}

/// What could not be read of each computer is a list of its own.
#[test]
fn a_page_lists_five_hundred_computers_that_were_not_read() {
    let page = |count: usize| {
        let one = |number: usize| {
            let user = [("taro", "not-read")];
            let mut report = report(&format!("PC-{number}"), DAYS[0], &user, &[]);
            report["issues"] = json!([{"user": "taro", "client": null, "kind": "denied", "place": "x",
                                       "message": {"ja": "x", "en": "x"}}]);
            report["summary"]["issues"] = json!(1);
            lines(&report)
        };
        fleet(&(0..count).map(one).collect::<String>(), &["--format", "html"])
    };
    let names = |page: &str, number: usize| {
        let name = format!("PC-{number}");
        let mut behind =
            page.match_indices(&name).filter_map(|(at, _)| page[at + name.len()..].chars().next());
        behind.any(|next| !next.is_ascii_digit())
    };
    let entries = |page: &str| (0..502).filter(|number| names(page, *number)).count();
    let (at, beyond) = (page(500), page(501));
    assert_eq!((entries(&at), entries(&beyond)), (500, 500), "{}", beyond.len());
    assert_eq!(rests(&beyond), rests(&at) + 1);
}

#[test]
fn reports_lie_up_to_sixteen_levels_down() {
    for (levels, count, told) in [(16, 1, 0), (17, 0, 1)] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), &format!("all/{}a.json", "d/".repeat(levels)), reports(1));
        let fleet = run_in(folder.path(), &["fleet", "all", "--format", "json"]).json();
        let too_large = |issue: &&Value| issue["kind"] == "too-large";
        assert_eq!(fleet["left"].as_array().unwrap().len(), count, "{levels}: {fleet:#}");
        let issues = fleet["issues"].as_array().unwrap();
        assert_eq!(issues.iter().filter(too_large).count(), told, "{levels}: {fleet:#}");
    }
}
