//! Which reports, users and earlier states count.

mod common;

use common::reports::{
    DAYS, READ, SCHEMA, actions, both_ways, days, finding, fleet, folder_of, ids, own_lines, report, run,
    with, with_scope,
};
use serde_json::{Value, json};
use std::path::Path;

#[test]
fn the_newest_report_of_each_user_counts() {
    let old = report(
        "PC-1",
        DAYS[0],
        &[READ, ("hanako", "read")],
        &[
            finding(1, "taro", "pop-before-smtp"),
            finding(2, "taro", "pop-before-smtp"),
            finding(3, "hanako", "no-smtp-auth"),
        ],
    );
    // hanako was not logged on: her state stays that of the day before, whatever stands here.
    let new = report("PC-1", DAYS[1], &[READ, ("hanako", "not-read")], &[finding(1, "taro", "smtp-auth")]);
    let other = report("PC-2", DAYS[1], &[READ], &[finding(1, "taro", "unreadable")]);
    let folder = folder_of(&[
        ("b.json", old.to_string().as_bytes()),
        ("a.json", new.to_string().as_bytes()),
        ("c.json", other.to_string().as_bytes()),
    ]);
    let answer = fleet(folder.path(), &["."]);
    assert_eq!(answer.exit, 1);
    let fleet = answer.json();
    assert_eq!(fleet["reports"], json!({"read": 3, "damaged": 0, "nameless": 0}));
    assert_eq!((&fleet["computers"], &fleet["users"]), (&2.into(), &3.into()));
    assert_eq!(actions(&fleet), (1, 1, 1));
    assert_eq!(ids(&fleet), [3, 1]);
    assert_eq!(
        fleet["incomplete"],
        json!([{"computer": "PC-1", "status": "partly", "users": 1, "users_partly": 0, "users_not_read": 1, "issues": 0,
                "not_shown": 0, "filtered": false}])
    );
    // By hand: day 1: taro 2 and hanako 1 to change; day 2: taro 0, hanako still 1, the other taro 1 to check.
    assert_eq!(
        fleet["history"],
        json!([{"date": "2026-10-01", "change": 3, "check-by-hand": 0, "undecided": 0, "users": 2},
               {"date": "2026-10-02", "change": 1, "check-by-hand": 1, "undecided": 0, "users": 3}])
    );
}

#[test]
fn what_was_read_in_part_counts_only_where_nothing_else_is_known() {
    let whole = report(
        "PC-1",
        DAYS[0],
        &[READ],
        &[finding(1, "taro", "no-smtp-auth"), finding(2, "taro", "smtp-auth")],
    );
    let part = report("PC-1", DAYS[1], &[("taro", "partly")], &[finding(2, "taro", "smtp-auth")]);
    let alone = report("PC-2", DAYS[1], &[("jiro", "partly")], &[finding(9, "jiro", "no-smtp-auth")]);
    let folder = folder_of(&[
        ("1.json", whole.to_string().as_bytes()),
        ("2.json", part.to_string().as_bytes()),
        ("3.json", alone.to_string().as_bytes()),
    ]);
    let fleet = fleet(folder.path(), &["."]).json();
    assert_eq!(ids(&fleet), [1, 9]);
    let last = fleet["history"].as_array().unwrap().last().unwrap();
    assert_eq!(
        *last,
        json!({"date": "2026-10-01", "change": 1, "check-by-hand": 0, "undecided": 0, "users": 1})
    );
}

/// A home folder by itself does not tell the SID of its owner.
#[test]
fn a_user_with_and_without_a_sid_is_the_same() {
    let mut live = report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "pop-before-smtp")]);
    live["scan"]["users"][0]["sid"] = "S-1-5-21-1".into();
    live["findings"][0]["user_sid"] = "S-1-5-21-1".into();
    let folder_scan = report("PC-1", DAYS[1], &[READ], &[finding(1, "taro", "smtp-auth")]);
    let files = [("1.json", live.to_string()), ("2.json", folder_scan.to_string())];
    let folder = folder_of(&files.each_ref().map(|(name, text)| (*name, text.as_bytes())));
    let fleet = fleet(folder.path(), &["."]).json();
    assert_eq!((&fleet["users"], actions(&fleet)), (&1.into(), (0, 0, 1)));
}

/// What a filter leaves out is neither gone nor done.
#[test]
fn a_scan_with_a_filter_takes_nothing_away() {
    let whole = report(
        "PC-1",
        DAYS[0],
        &[READ],
        &[finding(1, "taro", "no-smtp-auth"), finding(2, "taro", "pop-before-smtp")],
    );
    let mut by_client = report("PC-1", DAYS[1], &[READ], &[finding(2, "taro", "smtp-auth")]);
    by_client["scan"]["filters"] = json!(["--client becky"]);
    let by_server = with(report("PC-1", DAYS[1], &[READ], &[]), "/summary/not_shown", 2.into());
    for (name, filtered, not_shown) in [("client", by_client, 0), ("server", by_server, 2)] {
        let found = both_ways(&[whole.clone(), filtered.clone()]);
        assert_eq!(ids(&found), [1, 2], "{name}");
        assert_eq!(found["incomplete"], json!([]), "{name}: all is known from before");
        let folder = folder_of(&[
            ("old.json", whole.to_string().as_bytes()),
            ("new.json", filtered.to_string().as_bytes()),
        ]);
        let found = fleet(folder.path(), &["new.json", "--baseline", "old.json"]).json();
        let resolved = found["resolved"].as_array().unwrap().iter();
        assert!(resolved.clone().all(|done| !done["now"].is_null()), "{name}: {}", found["resolved"]);
        assert_eq!(
            (resolved.len(), found["not_seen"].as_u64().unwrap()),
            if not_shown == 0 { (1, 1) } else { (0, 2) }
        );
        // Where nothing else is known it counts, and so does what came before it.
        let alone = both_ways(std::slice::from_ref(&filtered));
        assert_eq!(alone["summary"]["findings"], filtered["summary"]["findings"]);
        assert_eq!(alone["history"].as_array().unwrap().len(), 1);
        let told = &alone["incomplete"][0];
        assert_eq!((&told["not_shown"], &told["filtered"]), (&not_shown.into(), &true.into()), "{name}");
    }
}

/// A lone file is nobody's: another one does not take its place, a newer one from the same place does.
#[test]
fn lone_files_stand_beside_each_other() {
    let lone = |time, source: &str, id, how| {
        let mut report = report("PC-1", time, &[READ], &[finding(id, "taro", how)]);
        report["scan"]["sources"] = json!([source]);
        report["scan"]["users"][0]["name"] = Value::Null;
        report["findings"][0]["user"] = Value::Null;
        report
    };
    let found = both_ways(&[
        lone(DAYS[0], "a/NTUSER.DAT", 1, "no-smtp-auth"),
        lone(DAYS[1], "b/NTUSER.DAT", 2, "pop-before-smtp"),
        lone(DAYS[2], "a/NTUSER.DAT", 1, "smtp-auth"),
    ]);
    assert_eq!((actions(&found), ids(&found)), ((1, 0, 1), vec![2]));
    // Of a computer without a name only the place is known.
    let nameless = |time, source: &str| with(lone(time, source, 1, "no-smtp-auth"), "/computer", Value::Null);
    let found =
        both_ways(&[nameless(DAYS[0], "E:\\a"), nameless(DAYS[0], "E:\\b"), nameless(DAYS[1], "E:\\a")]);
    assert_eq!((&found["computers"], &found["reports"]["nameless"]), (&2.into(), &3.into()));
    assert_eq!(actions(&found), (2, 0, 0));
}

/// The registry, a disk and a person spell the same names differently. The newest spelling is shown.
#[test]
fn names_are_the_same_in_any_case() {
    let old = report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "no-smtp-auth")]);
    let new = report("pc-1", DAYS[1], &[("Taro", "read")], &[finding(1, "Taro", "pop-before-smtp")]);
    let found = both_ways(&[old.clone(), new.clone()]);
    assert_eq!((&found["computers"], &found["users"], actions(&found)), (&1.into(), &1.into(), (1, 0, 0)));
    assert_eq!((&found["left"][0]["computer"], &found["left"][0]["user"]), (&"pc-1".into(), &"Taro".into()));
    assert_eq!(found["left"][0]["as_of"], "2026-10-02");
    let folder =
        folder_of(&[("old.json", old.to_string().as_bytes()), ("new.json", new.to_string().as_bytes())]);
    let found = fleet(folder.path(), &["new.json", "--baseline", "old.json"]).json();
    assert_eq!(found["left"][0]["change"], "changed");
}

/// A report about one user says nothing about another.
#[test]
fn a_computer_stays_incomplete_until_the_user_is_read() {
    let issue = json!([{"user": "taro", "client": "becky", "kind": "denied", "place": "x", "message": {"ja": "x", "en": "x"}}]);
    let scope = |report, scope: &str| with_scope(report, scope);
    let taro = with(
        report("PC-1", DAYS[0], &[("taro", "partly")], &[finding(1, "taro", "no-smtp-auth")]),
        "/issues",
        issue,
    );
    let hanako = report("PC-1", DAYS[1], &[("hanako", "read")], &[]);
    let found = both_ways(&[scope(taro.clone(), "user"), scope(hanako, "user")]);
    assert_eq!(
        found["incomplete"],
        json!([{"computer": "PC-1", "status": "partly", "users": 1, "users_partly": 1, "users_not_read": 0, "issues": 1,
                "not_shown": 0, "filtered": false}])
    );
    let read = report("PC-1", DAYS[2], &[READ], &[]);
    let found = both_ways(&[scope(taro, "user"), scope(read, "user")]);
    assert_eq!((&found["incomplete"], actions(&found)), (&json!([]), (0, 0, 0)));
    // An issue that is no user's holds until all users are read again.
    let disk = json!([{"user": null, "client": null, "kind": "io", "place": "x", "message": {"ja": "x", "en": "x"}}]);
    let all = |time| with_scope(report("PC-1", time, &[READ], &[]), "all-users");
    let one = with_scope(report("PC-1", DAYS[1], &[READ], &[]), "user");
    let found = both_ways(&[with(all(DAYS[0]), "/issues", disk.clone()), one.clone()]);
    assert_eq!(found["incomplete"][0]["issues"], 1);
    assert_eq!(both_ways(&[with(all(DAYS[0]), "/issues", disk), one, all(DAYS[2])])["incomplete"], json!([]));
}

/// Two homes of one name are read only if both are.
#[test]
fn two_homes_of_one_name() {
    let old = report(
        "PC-1",
        DAYS[0],
        &[READ, READ],
        &[finding(1, "taro", "no-smtp-auth"), finding(2, "taro", "no-smtp-auth")],
    );
    let new = report("PC-1", DAYS[1], &[READ, ("taro", "partly")], &[finding(1, "taro", "no-smtp-auth")]);
    assert_eq!(ids(&both_ways(&[old, new])), [1, 2]);
}

/// Of two reports of the same time always the same one counts.
#[test]
fn reports_of_the_same_time() {
    let of = |hows: &[&str]| {
        let findings: Vec<Value> = hows.iter().zip(1..).map(|(how, id)| finding(id, "taro", how)).collect();
        report("PC-1", DAYS[0], &[READ], &findings)
    };
    let reports = [of(&["no-smtp-auth"]), of(&["no-smtp-auth", "no-smtp-auth"]), of(&["smtp-auth"])];
    let found = both_ways(&reports);
    assert_eq!(actions(&found).0, days(&found)[0].0);
    // A fraction of a second is later, too.
    let later = with(of(&["smtp-auth"]), "/scan/started_at", "2026-10-01T09:00:00.25Z".into());
    assert_eq!(actions(&both_ways(&[of(&["no-smtp-auth"]), later])), (0, 0, 1));
}

/// A file that was cut off, put before others: they count, and each damaged one is named.
#[test]
fn files_put_together_behind_a_damaged_one() {
    let of = |computer| {
        own_lines(&report(
            computer,
            DAYS[0],
            &[READ],
            &[finding(1, "taro", "smtp-auth"), finding(2, "taro", "smtp-auth")],
        ))
    };
    let (a, b, c) = (of("PC-1"), of("PC-2"), of("PC-3"));
    let line = |text: &str, at: usize| text.lines().nth(at).unwrap().to_owned() + "\n";
    let plain =
        report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "smtp-auth"), finding(2, "taro", "smtp-auth")]);
    let indented = serde_json::to_string_pretty(&plain).unwrap();
    // The program writes the schema first.
    let indented = indented.replacen('{', &format!("{{\n  \"schema\": \"{SCHEMA}\","), 1);
    let indented = indented.replace(&format!("  \"schema\": \"{SCHEMA}\",\n  \"summary\""), "  \"summary\"");
    for (name, text, read, damaged) in [
        ("cut off in a line", format!("{}{b}{c}", &a[..a.len() / 2]), 2, 1),
        ("cut off in the first line", format!("{}{b}{c}", &a[..40]), 2, 1),
        ("cut off, then indented", format!("{}{indented}", &b[..b.len() / 2]), 1, 1),
        (
            "two damaged ones",
            format!("{}{}{}{}{c}", line(&a, 0), line(&a, 1), line(&b, 0), line(&b, 2)),
            1,
            2,
        ),
        ("marks between", format!("\u{feff}x{a}\u{feff}{b}\u{feff}{c}"), 3, 1),
        ("the same scan as lines, cut off, and whole", format!("{}{plain}\n", line(&a, 0)), 1, 1),
        ("the same lines, cut off, and whole", format!("{}{a}", line(&a, 0)), 1, 1),
        ("a list", format!("[{plain},\n{}]", plain.to_string().replace("PC-1", "PC-2")), 2, 0),
        ("another tool's lines", "{\"level\": \"info\"}\n".repeat(900) + &a, 1, 1),
        (
            "two damaged ones, the first at its beginning",
            format!("{}\n{}{}{c}", &a[..a.len() / 4], line(&b, 0), line(&b, 2)),
            1,
            2,
        ),
    ] {
        let answer = run(Path::new("."), &["fleet", "-", "--format", "json"], text.as_bytes());
        let found = answer.json();
        assert_eq!(
            found["reports"],
            json!({"read": read, "damaged": damaged, "nameless": 0}),
            "{name}: {}",
            found["issues"]
        );
        assert_eq!(
            (answer.exit, actions(&found)),
            (if damaged == 0 { 0 } else { 3 }, (0, 0, 2 * read)),
            "{name}"
        );
    }
}

/// Nothing read is not "nothing to change".
#[test]
fn no_report_at_all() {
    for (name, files) in [
        ("an empty folder", vec![("in/read.me", &b""[..])]),
        ("only a byte order mark", vec![("in/a.json", "\u{feff}\r\n".as_bytes())]),
        ("reports under another name", vec![("in/a.jsonl.part", b"{}")]),
    ] {
        let folder = folder_of(&files);
        let answer = fleet(folder.path(), &["in"]);
        assert_eq!((answer.exit, answer.json()["issues"].as_array().unwrap().len()), (3, 1), "{name}");
        assert_eq!(fleet(folder.path(), &["in", "--baseline", "in"]).exit, 2, "{name}");
    }
    let good = report("PC-1", DAYS[0], &[READ], &[]).to_string();
    let folder = folder_of(&[("full/a.json", good.as_bytes()), ("empty/read.me", b"")]);
    let answer = fleet(folder.path(), &["full", "empty"]);
    assert_eq!((answer.exit, &answer.json()["issues"][0]["place"]), (3, &"empty".into()));
    let folder = folder_of(&[(
        "a.json",
        report("PC-1", DAYS[0], &[], &[]).to_string().replace(SCHEMA, &format!("{SCHEMA}0")).as_bytes(),
    )]);
    assert_eq!(fleet(folder.path(), &["a.json"]).json()["reports"]["damaged"], 1, "version 10");
    let folder = folder_of(&[(
        "a.json",
        report("PC-1", DAYS[0], &[], &[]).to_string().replace(SCHEMA, &format!("{SCHEMA}.1")).as_bytes(),
    )]);
    assert_eq!(fleet(folder.path(), &["a.json"]).json()["reports"]["damaged"], 0, "version 1.1");
}

/// Scans with different filters complete each other, also what was read in part; with the same one the newer counts.
#[test]
fn filters_complete_each_other() {
    let scan = |time, filters: &[&str], status, findings: &[Value]| {
        let mut report = report("PC-1", time, &[("taro", status)], findings);
        report["scan"]["filters"] = json!(filters);
        report
    };
    let (one, two) = (finding(1, "taro", "no-smtp-auth"), finding(2, "taro", "no-smtp-auth"));
    let (outlook, becky) = (&["--client outlook"][..], &["--client becky"][..]);
    let of_one = scan(DAYS[0], outlook, "read", std::slice::from_ref(&one));
    let of_two = scan(DAYS[1], becky, "read", std::slice::from_ref(&two));
    assert_eq!(ids(&both_ways(&[of_one.clone(), of_two.clone()])), [1, 2]);
    let moved = scan(DAYS[2], outlook, "read", &[]);
    assert_eq!(ids(&both_ways(&[of_one.clone(), of_two.clone(), moved])), [2]);
    let done = scan(DAYS[2], becky, "read", &[finding(1, "taro", "smtp-auth")]);
    assert_eq!(ids(&both_ways(&[of_one, of_two.clone(), done])), Vec::<u64>::new());
    // Neither does one take away what was read in part, nor what is not known of the user.
    let part = scan(DAYS[0], &[], "partly", std::slice::from_ref(&one));
    let found = both_ways(&[part, scan(DAYS[1], becky, "read", &[])]);
    assert_eq!((ids(&found), &found["incomplete"][0]["users"]), (vec![1], &1.into()));
    let later = scan(DAYS[2], &[], "partly", &[one, two]);
    assert_eq!(ids(&both_ways(&[scan(DAYS[1], becky, "read", &[]), later])), [1, 2]);
    // Another user of the computer is no news of this one.
    let hanako = with_scope(report("PC-1", DAYS[3], &[("hanako", "read")], &[]), "user");
    let found = both_ways(&[with_scope(of_two, "user"), hanako]);
    assert_eq!(found["incomplete"][0]["filtered"], true);
}

/// A disk and a copied home of one user in one report: both hold.
#[test]
fn one_report_with_and_without_a_sid() {
    let mut both = report(
        "PC-1",
        DAYS[0],
        &[READ, READ],
        &[finding(1, "taro", "no-smtp-auth"), finding(2, "taro", "no-smtp-auth")],
    );
    both["scan"]["users"][0]["sid"] = "S-1-5-21-1".into();
    both["findings"][0]["user_sid"] = "S-1-5-21-1".into();
    let found = both_ways(&[both.clone(), both]);
    assert_eq!((ids(&found), days(&found), &found["users"]), (vec![1, 2], vec![(2, 0)], &1.into()));
}
