//! What became of accounts: done, back again, or only with another server.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

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
    for bad in [finding(1, "taro", "no-smtp-auth"), finding(1, "taro", "pop-before-smtp"), off_policy.clone()]
    {
        let reports = [of(DAYS[0], std::slice::from_ref(&ok)), of(DAYS[1], std::slice::from_ref(&bad))];
        let alone = both_ways(&reports);
        assert_eq!((change(&alone), &alone["summary"]["regressed"]), (regressed.clone(), &1.into()), "{bad}");
        let compared = with_baseline(&reports);
        assert_eq!(
            (change(&compared), &compared["summary"]["regressed"]),
            (regressed.clone(), &1.into()),
            "{bad}"
        );
        // Done is not regressed, and neither is what was never ok.
        let back = [&reports[..], &[of(DAYS[2], std::slice::from_ref(&ok))]].concat();
        assert_eq!(both_ways(&back)["summary"]["regressed"], 0);
        let never = [of(DAYS[0], std::slice::from_ref(&bad)), of(DAYS[1], std::slice::from_ref(&bad))];
        assert_eq!(
            (change(&both_ways(&never)), change(&with_baseline(&never))),
            (vec![None], vec![Some("unchanged")])
        );
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
    let found =
        with_baseline(&[of(DAYS[0], std::slice::from_ref(&old)), of(DAYS[1], std::slice::from_ref(&moved))]);
    assert_eq!((change(&found), &found["resolved"]), (vec![Some("changed")], &json!([])));
    // Done on the way.
    let done = named(finding(2, "taro", "smtp-auth"), "Taro", "new.example.jp");
    let found =
        with_baseline(&[of(DAYS[0], std::slice::from_ref(&old)), of(DAYS[1], std::slice::from_ref(&done))]);
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
    assert_eq!(
        (change(&both_ways(&reports)), change(&with_baseline(&reports))),
        (vec![None], vec![Some("new")])
    );
}

/// The page begins with what changed: against the baseline, or else against the last day of reports but one.
#[test]
fn the_page_says_first_what_changed() {
    let hows = ["no-smtp-auth", "no-smtp-auth", "smtp-auth", "smtp-auth"];
    let old: Vec<Value> = hows.iter().zip(1..).map(|(how, id)| finding(id, "taro", how)).collect();
    let hows = ["smtp-auth", "no-smtp-auth", "no-smtp-auth", "smtp-auth", "no-smtp-auth", "unreadable"];
    let new: Vec<Value> = hows.iter().zip(1..).map(|(how, id)| finding(id, "taro", how)).collect();
    let (old, new) = (lines(&of(DAYS[0], &old)), lines(&of(DAYS[2], &new)));
    let folder = folder_of(&[("old.jsonl", old.as_bytes()), ("new.jsonl", new.as_bytes())]);
    let page = |arguments: &[&str]| {
        let page = run(folder.path(), &[&["fleet", "--format", "html"], arguments].concat(), b"").stdout;
        let main = page.split("<main>").nth(1).unwrap().trim_start().to_owned();
        main.split("<ul class=\"counts\">").next().unwrap().to_owned()
    };
    let compared = page(&["new.jsonl", "--baseline", "old.jsonl"]);
    for words in [
        "Since the baseline, whose newest report is of 2026-10-01",
        "to change: 2 → 3",
        "to check: 0 → 1",
        "done: 1",
        "were ok and are to be changed again: 1",
        "new with something to do: 2 (of these to change: 1)",
        "still with something to do: 0",
        "前回の報告(最新のものは 2026-10-01)から",
        "変更不要だったが再び要変更になった: 1",
    ] {
        assert!(compared.contains(words), "{words} {compared}");
    }
    assert!(compared.starts_with("<section class=\"since\">"), "{compared}");
    let alone = page(&["old.jsonl", "new.jsonl"]);
    for words in [
        "From 2026-10-01 to 2026-10-03",
        "to change: 2 → 3",
        "changed again: 1",
        "2026-10-01 から 2026-10-03 までに",
    ] {
        assert!(alone.contains(words), "{words} {alone}");
    }
    assert!(!alone.contains("at this pace"), "two days say nothing of it: {alone}");
    assert_eq!(page(&["old.jsonl"]), "", "there is nothing to compare with");
}

#[test]
fn the_pace_is_told_after_ten_days_of_reports() {
    let day = |number: u64| {
        let findings: Vec<Value> = (0..20)
            .map(|id| finding(id, "taro", if id < number { "smtp-auth" } else { "no-smtp-auth" }))
            .collect();
        lines(&of(&format!("2026-10-{number:02}T09:00:00Z"), &findings))
    };
    let page = |days: u64| {
        let text: String = (1..=days).map(day).collect();
        run(Path::new("."), &["fleet", "-", "--format", "html"], text.as_bytes()).stdout
    };
    assert!(page(10).contains("at this pace done about 2026-10-20"));
    assert!(page(10).contains("このペースでは 2026-10-20 ごろに完了します"));
    assert!(!page(9).contains("at this pace"));
}

/// On paper the list is whole, and stands before the sheets.
#[test]
fn the_print_has_who_is_left() {
    let text = lines(&of(DAYS[0], &[finding(1, "taro", "no-smtp-auth")]));
    let page = run(Path::new("."), &["fleet", "-", "--format", "html"], text.as_bytes()).stdout;
    let before = page.split("<h2 id=\"left-h\">").next().unwrap();
    assert_eq!(before.lines().last(), Some("<section>"), "a section of class `screen` is not printed");
    assert!(
        page.contains("addEventListener('beforeprint'") && page.contains("addEventListener('afterprint'")
    );
    let paper = page.split("@media print {").last().unwrap();
    assert!(paper.contains(".filter, .pages { display: none; }"), "{paper}");
}

/// Two computers of one name take each other's place: nobody should have to find that out.
#[test]
fn computers_that_share_a_name_are_told() {
    let live = |computer: &str, time: &str, os: &str, users: &[(&str, Option<&str>)]| {
        let mut report = report(computer, time, &[], &[]);
        (report["scan"]["scope"], report["scan"]["os"]) = ("all-users".into(), os.into());
        report["scan"]["users"] = users
            .iter()
            .map(|(name, sid)| json!({"name": name, "sid": sid, "status": "read", "reason": null}))
            .collect();
        report
    };
    let windows = |time, users| live("PC-1", time, "windows", users);
    let (taro, hanako, other) = (("taro", Some("S-1")), ("hanako", Some("S-2")), ("taro", Some("S-9")));
    let admin = |sid| ("Administrator", Some(sid));
    for (reports, number) in [
        (vec![windows(DAYS[0], &[taro, admin("S-5")]), windows(DAYS[1], &[hanako, admin("S-5")])], 2),
        (vec![windows(DAYS[0], &[taro]), windows(DAYS[1], &[other]), windows(DAYS[2], &[taro])], 2),
        (vec![windows(DAYS[0], &[taro]), windows(DAYS[1], &[hanako]), windows(DAYS[2], &[taro, hanako])], 0),
        (vec![windows(DAYS[0], &[("taro", None)]), windows(DAYS[1], &[("Taro", None), hanako])], 0),
        (vec![windows(DAYS[0], &[taro]), live("pc-1", DAYS[1], "macos", &[("taro", None)])], 2),
        (vec![windows(DAYS[0], &[taro]), live("PC-2", DAYS[1], "windows", &[hanako])], 0),
    ] {
        let found = both_ways(&reports);
        let shared = found["shared_names"].as_array().unwrap();
        assert_eq!(shared.first().map_or(0, |one| one["computers"].as_u64().unwrap()), number, "{reports:?}");
        let told = fleet_of(&reports, &["--lang", "en"]).stderr;
        assert_eq!(told.to_lowercase().contains("under one name"), number > 0, "{told}");
        assert_eq!(told.to_lowercase().contains("pc-1 (2)"), number > 0, "{told}");
    }
}
