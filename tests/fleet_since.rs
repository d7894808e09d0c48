//! What became of accounts: done, back again, or only with another server.

mod common;

use common::reports::{DAYS, READ, both_ways, finding, fleet_of, folder_of, lines, report, run};
use serde_json::{Value, json};
use std::path::Path;

/// With this name in this mailbox, whatever the id.
fn named(mut finding: Value, account: &str, server: &str) -> Value {
    (finding["account"], finding["outgoing"]["host"]) = (account.into(), server.into());
    finding["source"] = "C:\\Users\\taro\\Documents\\Becky\\1.mb\\Mailbox.ini".into();
    finding
}

fn of(time: &str, findings: &[Value]) -> Value {
    report("PC-1", time, &[READ], findings)
}

fn change(fleet: &Value) -> Vec<Option<&str>> {
    fleet["left"].as_array().unwrap().iter().map(|left| left["change"].as_str()).collect()
}

/// The same, compared with a baseline of the first report.
fn with_baseline(reports: &[Value]) -> Value {
    let now: String = reports.iter().skip(1).map(lines).collect();
    let folder = folder_of(&[("old.jsonl", lines(&reports[0]).as_bytes()), ("now.jsonl", now.as_bytes())]);
    let arguments = ["fleet", "now.jsonl", "--baseline", "old.jsonl", "--format", "json"];
    run(folder.path(), &arguments, b"").json()
}

#[test]
fn what_was_ok_and_is_not_is_told() {
    let ok = finding(1, "taro", "smtp-auth");
    let mut off_policy = finding(1, "taro", "smtp-auth-off-policy");
    let regressed = vec![Some("regressed")];
    for bad in [finding(1, "taro", "no-smtp-auth"), finding(1, "taro", "pop-before-smtp"), off_policy.clone()] {
        let reports = [of(DAYS[0], std::slice::from_ref(&ok)), of(DAYS[1], std::slice::from_ref(&bad))];
        let alone = both_ways(&reports);
        assert_eq!((change(&alone), &alone["summary"]["regressed"]), (regressed.clone(), &1.into()), "{bad}");
        let compared = with_baseline(&reports);
        assert_eq!((change(&compared), &compared["summary"]["regressed"]), (regressed.clone(), &1.into()), "{bad}");
        // Done is not regressed, and neither is what was never ok.
        let back = [&reports[..], &[of(DAYS[2], std::slice::from_ref(&ok))]].concat();
        assert_eq!(both_ways(&back)["summary"]["regressed"], 0);
        let never = [of(DAYS[0], std::slice::from_ref(&bad)), of(DAYS[1], std::slice::from_ref(&bad))];
        assert_eq!((change(&both_ways(&never)), change(&with_baseline(&never))), (vec![None], vec![Some("unchanged")]));
    }
    // The same settings: another policy judged.
    off_policy["outgoing"] = ok["outgoing"].clone();
    let reports = [of(DAYS[0], std::slice::from_ref(&ok)), of(DAYS[1], &[off_policy])];
    assert_eq!(change(&both_ways(&reports)), [None]);
    assert_eq!(change(&with_baseline(&reports)), [Some("changed")]);
    // What can't be read is not known to be worse.
    let reports = [of(DAYS[0], &[ok]), of(DAYS[1], &[finding(1, "taro", "unreadable")])];
    assert_eq!(change(&both_ways(&reports)), [None]);
    assert_eq!(change(&with_baseline(&reports)), [Some("changed")]);
}

/// A new server is a new id of the same account.
#[test]
fn another_server_is_neither_gone_nor_new() {
    let old = named(finding(1, "taro", "no-smtp-auth"), "Taro", "old.example.jp");
    let mut moved = named(finding(2, "taro", "no-smtp-auth"), "taro", "new.example.jp");
    moved["source"] = "/mnt/disk/Users/Taro/Documents/Becky/1.mb/Mailbox.ini".into();
    let found = with_baseline(&[of(DAYS[0], std::slice::from_ref(&old)), of(DAYS[1], std::slice::from_ref(&moved))]);
    assert_eq!((change(&found), &found["resolved"]), (vec![Some("changed")], &json!([])));
    // Done on the way.
    let done = named(finding(2, "taro", "smtp-auth"), "Taro", "new.example.jp");
    let found = with_baseline(&[of(DAYS[0], std::slice::from_ref(&old)), of(DAYS[1], std::slice::from_ref(&done))]);
    assert_eq!(found["resolved"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&found["resolved"][0]["id"], &found["resolved"][0]["now"]),
        (&"0000000000000001".into(), &"smtp-auth".into())
    );
    // Back on the old server, without authentication: by earlier reports, too.
    let reports = [of(DAYS[0], std::slice::from_ref(&done)), of(DAYS[1], std::slice::from_ref(&old))];
    assert_eq!(change(&both_ways(&reports)), [Some("regressed")]);
    assert_eq!(change(&with_baseline(&reports)), [Some("regressed")]);
    // Another account, another store, another client: these are new, and the old one is gone.
    let mut others = [moved.clone(), moved.clone(), moved.clone()];
    others[0]["account"] = "jiro".into();
    others[1]["source"] = "C:\\Users\\taro\\Documents\\Becky\\2.mb\\Mailbox.ini".into();
    others[2]["client"] = "outlook".into();
    for other in others {
        let found = with_baseline(&[of(DAYS[0], std::slice::from_ref(&old)), of(DAYS[1], &[other])]);
        assert_eq!((change(&found), found["resolved"].as_array().unwrap().len()), (vec![Some("new")], 1));
    }
}

/// One account that sends by two servers is two findings, each compared with its own.
#[test]
fn two_servers_of_one_account() {
    let good = named(finding(1, "taro", "smtp-auth"), "Taro", "good.example.jp");
    let bad = named(finding(2, "taro", "no-smtp-auth"), "Taro", "bad.example.jp");
    let both = [good.clone(), bad.clone()];
    let reports = [of(DAYS[0], &both), of(DAYS[1], &both)];
    assert_eq!(change(&both_ways(&reports)), [None]);
    assert_eq!(change(&with_baseline(&reports)), [Some("unchanged")]);
    // The good one went, the bad one was there before.
    let reports = [of(DAYS[0], &both), of(DAYS[1], std::slice::from_ref(&bad))];
    assert_eq!(change(&both_ways(&reports)), [None]);
    // A second one appears beside the good one, which is still there.
    let reports = [of(DAYS[0], &[good]), of(DAYS[1], &both)];
    assert_eq!((change(&both_ways(&reports)), change(&with_baseline(&reports))), (vec![None], vec![Some("new")]));
}
