//! A scan and a fleet compared with earlier reports: what could not be looked at is neither gone nor done, and the same account
//! stays the same however its computer and place are spelled.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod common;

use common::reports::{Answer, DAYS, READ, finding, fleet, folder_of, ids, lines, report, run};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const BECKY: &str = "fixtures/demo/office-pc/Users/hanako/Documents/Becky";
const DEMO: &str = "fixtures/demo/office-pc";

/// A folder with two lone files and two homes of one name.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    for (from, to) in [("1a2b3c4d.mb", "one"), ("5e6f7a8b.mb", "two")] {
        let ini = Path::new(BECKY).join(from).join("Mailbox.ini");
        for place in [to.to_owned(), format!("homes/{to}/taro/Documents/Becky/{from}")] {
            let place = folder.path().join(place);
            fs::create_dir_all(&place).unwrap();
            fs::copy(&ini, place.join("Mailbox.ini")).unwrap();
        }
    }
    folder
}

fn scan(folder: &TempDir, arguments: &[&str]) -> Answer {
    run(folder.path(), &[&["scan", "--format", "json", "--lang", "en"], arguments].concat(), b"")
}

fn changes(report: &Value) -> Vec<&str> {
    report["findings"].as_array().unwrap().iter().map(|finding| finding["change"].as_str().unwrap()).collect()
}

fn resolved(report: &Value) -> usize {
    report["resolved"].as_array().unwrap().len()
}

#[test]
fn what_can_not_be_read_any_more_is_not_gone() {
    for (paths, damaged) in [
        (["one/Mailbox.ini", "two/Mailbox.ini"], "two/Mailbox.ini"),
        (["homes/one/taro", "homes/two/taro"], "homes/two/taro/Documents/Becky/5e6f7a8b.mb/Mailbox.ini"),
    ] {
        let folder = folder();
        let old = scan(&folder, &paths);
        let left = old.json()["findings"].as_array().unwrap().len();
        assert_eq!(left, 2, "{paths:?} {}", old.stdout);
        fs::write(folder.path().join("old.json"), &old.stdout).unwrap();
        // Gone means: the place was read and the account was not there.
        fs::write(folder.path().join(damaged), b"\0\0garbage").unwrap();
        let now = scan(&folder, &[&paths[..], &["--baseline", "old.json"]].concat()).json();
        assert_eq!((changes(&now), resolved(&now)), (vec!["unchanged"], 0), "{paths:?} {}", now["issues"]);
        assert_eq!(now["issues"].as_array().unwrap().len(), 1, "{paths:?}");
    }
    let folder = folder();
    let other = folder.path().join("homes/two/taro/Documents/Becky/5e6f7a8b.mb");
    let home = "homes/one/taro";
    let moved = folder.path().join(home).join("Documents/Becky/5e6f7a8b.mb");
    fs::rename(other, &moved).unwrap();
    fs::write(folder.path().join("old.json"), scan(&folder, &[home]).stdout).unwrap();
    fs::remove_dir_all(moved).unwrap();
    let now = scan(&folder, &[home, "--baseline", "old.json"]).json();
    assert_eq!((changes(&now), resolved(&now)), (vec!["unchanged"], 1), "removed");
}

#[test]
fn the_same_account_however_its_place_is_spelled() {
    let folder = folder();
    fs::write(folder.path().join("old.json"), scan(&folder, &["homes/one"]).stdout).unwrap();
    let absolute = folder.path().join("homes/one");
    for path in ["./homes/one", "homes/one/", absolute.to_str().unwrap()] {
        let answer = scan(&folder, &[path, "--baseline", "old.json"]);
        assert_eq!((changes(&answer.json()), answer.stderr.as_str()), (vec!["unchanged"], ""), "{path}");
    }
    let named = |name| scan(&folder, &["homes/one", "--computer", name]).stdout;
    fs::write(folder.path().join("named.json"), named("PC-7")).unwrap();
    let answer = scan(&folder, &["homes/one", "--computer", "pc-7", "--baseline", "named.json"]);
    assert_eq!((changes(&answer.json()), answer.stderr.as_str()), (vec!["unchanged"], ""));
    let answer = scan(&folder, &["homes/one", "--computer", "PC-8", "--baseline", "named.json"]);
    assert_eq!(changes(&answer.json()), ["new"]);
    assert!(answer.stderr.contains("no report of this computer"), "{}", answer.stderr);
    let quiet = scan(&folder, &["homes/one", "--computer", "PC-8", "--baseline", "named.json", "--quiet"]);
    assert_eq!(quiet.stderr, "");
}

/// An earlier report that left something out on purpose does not know what it left out.
#[test]
fn a_baseline_with_a_filter() {
    let folder = TempDir::new().unwrap();
    let demo = Path::new(DEMO).canonicalize().unwrap();
    let demo = demo.to_str().unwrap();
    for (filter, value, unchanged) in [("--client", "becky", 2), ("--server", "nothing.example", 0)] {
        let old = scan(&folder, &[demo, filter, value]);
        assert_eq!(old.json()["scan"]["filters"], serde_json::json!([format!("{filter} {value}")]));
        fs::write(folder.path().join("old.json"), &old.stdout).unwrap();
        let answer = scan(&folder, &[demo, "--baseline", "old.json"]);
        let now = answer.json();
        assert_eq!(now["scan"]["filters"], serde_json::json!([]));
        let of = |change: &str| changes(&now).iter().filter(|found| **found == change).count();
        assert_eq!((of("unchanged"), of("new"), resolved(&now)), (unchanged, 9 - unchanged, 0), "{filter}");
        assert!(answer.stderr.contains("accounts that count as new may be old"), "{}", answer.stderr);
        // And the other way round.
        fs::write(folder.path().join("all.json"), scan(&folder, &[demo]).stdout).unwrap();
        let part = scan(&folder, &[demo, filter, value, "--baseline", "all.json"]).json();
        assert_eq!((changes(&part).len(), resolved(&part)), (unchanged, 0), "{filter}");
    }
}

/// Two lone files may hold the same account: each is told apart by its place, and compared with its own.
#[test]
fn accounts_of_the_same_id() {
    let folder = TempDir::new().unwrap();
    let hive = Path::new(DEMO).join("Users/taro/NTUSER.DAT");
    let paths = ["a.dat", "b.dat"];
    for path in paths {
        fs::copy(&hive, folder.path().join(path)).unwrap();
    }
    let old = scan(&folder, &paths);
    let ids = old.json();
    let findings = ids["findings"].as_array().unwrap();
    let distinct: BTreeSet<&str> = findings.iter().filter_map(|finding| finding["id"].as_str()).collect();
    assert!(findings.len() > 1 && distinct.len() == findings.len(), "{distinct:?}");
    fs::write(folder.path().join("old.json"), &old.stdout).unwrap();
    let now = scan(&folder, &[&paths[..], &["--baseline", "old.json"]].concat()).json();
    assert!(changes(&now).iter().all(|change| *change == "unchanged"), "{:?}", changes(&now));
}

#[test]
fn a_baseline_tells_what_changed() {
    let users = [READ, ("hanako", "read")];
    let old = report(
        "PC-1",
        DAYS[0],
        &users,
        &[
            finding(1, "taro", "pop-before-smtp"),
            finding(2, "taro", "pop-before-smtp"),
            finding(3, "taro", "no-smtp-auth"),
            finding(4, "taro", "no-smtp-auth"),
            finding(5, "hanako", "no-smtp-auth"),
            finding(6, "taro", "smtp-auth"),
        ],
    );
    // 1 as before, 2 done, 3 gone, 4 otherwise, 5 not seen, 7 new.
    let new = report(
        "PC-1",
        DAYS[1],
        &[READ],
        &[
            finding(1, "taro", "pop-before-smtp"),
            finding(2, "taro", "smtp-auth"),
            finding(4, "taro", "smtp-auth-off-policy"),
            finding(7, "taro", "unreadable"),
        ],
    );
    let done = report("PC-1", DAYS[1], &[READ], &[finding(1, "taro", "pop-before-smtp")]);
    let folder = folder_of(&[
        ("old/a.json", old.to_string().as_bytes()),
        ("new.json", new.to_string().as_bytes()),
        ("done.json", done.to_string().as_bytes()),
        ("bad.json", b"{"),
    ]);
    let answer = fleet(folder.path(), &["new.json", "--baseline", "old"]);
    let found = answer.json();
    let changes: Vec<&str> =
        found["left"].as_array().unwrap().iter().map(|left| left["change"].as_str().unwrap()).collect();
    assert_eq!((ids(&found), changes), (vec![1, 4, 7], vec!["unchanged", "changed", "new"]));
    let resolved: Vec<(&str, Option<&str>)> = found["resolved"]
        .as_array()
        .unwrap()
        .iter()
        .map(|done| (done["id"].as_str().unwrap(), done["now"].as_str()))
        .collect();
    assert_eq!(resolved, [("0000000000000002", Some("smtp-auth")), ("0000000000000003", None)]);
    assert_eq!(found["not_seen"], 1);
    let exit = |arguments: &[&str]| fleet(folder.path(), arguments).exit;
    assert_eq!(answer.exit, 1);
    assert_eq!(
        exit(&["new.json", "--baseline", "old", "--fail-on", "new"]),
        3,
        "the new one is to be checked"
    );
    assert_eq!(exit(&["done.json", "--baseline", "old", "--fail-on", "new"]), 0, "what is left is not new");
    assert_eq!(exit(&["done.json", "--baseline", "old", "--fail-on", "new", "bad.json"]), 0);
    assert_eq!(exit(&["done.json", "--baseline", "old", "--fail-on", "new,issue", "bad.json"]), 3);
    assert_eq!(exit(&["new.json", "--fail-on", "smtp-auth-off-policy"]), 1);
    assert_eq!(exit(&["new.json", "--fail-on", "no-smtp-auth"]), 0);
    assert_eq!(exit(&["new.json", "--exit-zero"]), 0);
    assert_eq!(
        exit(&["new.json", "--baseline", "bad.json"]),
        2,
        "half a baseline would call old findings new"
    );
    assert_eq!(exit(&["new.json", "--baseline", "nowhere"]), 2);
    assert_eq!(exit(&["nowhere"]), 2);
    assert_eq!(exit(&["bad.json"]), 3);
}

/// Of thousands of earlier reports one may be damaged; what it held counts as new, and it is named.
#[test]
fn a_baseline_with_a_damaged_report() {
    let old = report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "no-smtp-auth")]);
    let other = report("PC-2", DAYS[0], &[READ], &[finding(2, "taro", "no-smtp-auth")]);
    let now = [old.clone(), other].iter().map(lines).collect::<String>();
    let folder = folder_of(&[
        ("old/1.json", old.to_string().as_bytes()),
        ("old/2.json", b"{\"cut"),
        ("now.jsonl", now.as_bytes()),
    ]);
    let answer = fleet(folder.path(), &["now.jsonl", "--baseline", "old"]);
    let found = answer.json();
    let changes: Vec<&str> =
        found["left"].as_array().unwrap().iter().map(|left| left["change"].as_str().unwrap()).collect();
    assert_eq!((answer.exit, changes), (1, vec!["unchanged", "new"]));
    assert_eq!((&found["not_seen"], &found["not_seen_before"]), (&0.into(), &1.into()));
    assert!(answer.stderr.contains("they may be old: 1"), "{}", answer.stderr);
    assert_eq!(found["issues"][0]["place"].as_str().unwrap().replace('\\', "/"), "old/2.json");
}
