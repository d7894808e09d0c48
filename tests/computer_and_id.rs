//! All that goes on from a report goes by computer and id: comparisons, the fleet, answers, masks. In one report of two computers
//! every id stands twice.

#![expect(clippy::disallowed_methods, reason = "it makes files by itself")]

mod common;

use common::disks::{NAMES, all_names, json_of, list, named, renamed, scan, two_disks};
use common::reports::{fleet, lines, run, run_in};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

#[test]
fn a_baseline_goes_by_computer_and_id() {
    let folder = two_disks();
    let save = |name: &str, arguments: &[&str]| {
        let text = scan(&folder, &[arguments, &["--format", "json"]].concat()).stdout;
        fs::write(folder.path().join(name), text).unwrap();
    };
    save("both.json", &["one", "two"]);
    save("first.json", &["one"]);
    let changes = |report: &Value| -> BTreeMap<String, usize> {
        let mut changes = BTreeMap::new();
        for finding in list(report, "/findings") {
            let key =
                format!("{} {}", finding["computer"].as_str().unwrap(), finding["change"].as_str().unwrap());
            *changes.entry(key).or_default() += 1;
        }
        changes
    };
    let of = |pairs: &[(&str, usize)]| -> BTreeMap<String, usize> {
        pairs.iter().map(|(key, number)| ((*key).to_owned(), *number)).collect()
    };
    let again = json_of(&folder, &["two", "one", "--baseline", "both.json"]);
    assert_eq!(changes(&again), of(&[("PC-0421 unchanged", 9), ("PC-0422 unchanged", 9)]));
    assert_eq!(again["resolved"], json!([]));
    // The same ids on a computer that was not there are new.
    let more = scan(&folder, &["one", "two", "--baseline", "first.json", "--format", "json", "--lang", "en"]);
    assert_eq!(changes(&more.json()), of(&[("PC-0421 unchanged", 9), ("PC-0422 new", 9)]));
    assert!(
        more.stderr.contains("no report of these computers") && more.stderr.contains("pc-0422"),
        "{}",
        more.stderr
    );
    assert!(!more.stderr.contains("pc-0421"), "{}", more.stderr);
    // What one of them does not have any more is done there alone.
    fs::remove_dir_all(folder.path().join("two/Users/taro")).unwrap();
    fs::create_dir_all(folder.path().join("two/Users/taro/AppData")).unwrap();
    let done = json_of(&folder, &["one", "two", "--baseline", "both.json"]);
    assert_eq!(changes(&done), of(&[("PC-0421 unchanged", 9), ("PC-0422 unchanged", 5)]));
    let resolved = list(&done, "/resolved");
    assert_eq!((resolved.len(), named(&done, "/resolved")), (2, ["PC-0422".to_owned()].into()));
    let table = scan(&folder, &["one", "two", "--baseline", "both.json", "--lang", "en"]).stdout;
    assert!(table.contains("  - PC-0422, taro, Outlook 2016-365, "), "{table}");
    // And one that is not scanned is not done.
    let half = json_of(&folder, &["one", "--baseline", "both.json"]);
    assert_eq!((changes(&half), &half["resolved"]), (of(&[("PC-0421 unchanged", 9)]), &json!([])));
}

/// A folder that does not tell its computer stands beside one that does: it is the same in the next scan, however it is typed.
#[test]
fn a_baseline_knows_what_has_no_name_beside_what_has_one() {
    let folder = two_disks();
    fs::rename(folder.path().join("two/Users"), folder.path().join("homes")).unwrap();
    let old = scan(&folder, &["one", "homes", "--format", "json"]).stdout;
    fs::write(folder.path().join("old.json"), old).unwrap();
    let now = json_of(&folder, &["./homes", "one", "--baseline", "old.json"]);
    let changes: BTreeSet<&str> =
        list(&now, "/findings").iter().map(|finding| finding["change"].as_str().unwrap()).collect();
    assert_eq!((changes, list(&now, "/findings").len()), (["unchanged"].into(), 18));
    assert_eq!(now["resolved"], json!([]));
}

#[test]
fn a_fleet_counts_each_computer_of_a_report() {
    let folder = two_disks();
    for (name, arguments) in [
        ("both.json", &["one", "two", "--format", "json"][..]),
        ("both.jsonl", &["two", "one", "--format", "jsonl"]),
        ("single/1.json", &["one", "--format", "json"]),
        ("single/2.jsonl", &["two", "--format", "jsonl"]),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, scan(&folder, arguments).stdout).unwrap();
    }
    let figures = |paths: &[&str]| {
        let mut found = fleet(folder.path(), paths).json();
        found.as_object_mut().unwrap().remove("reports");
        found["judging"].as_object_mut().unwrap().remove("reports");
        found
    };
    let wanted = figures(&["single"]);
    assert_eq!(
        (&wanted["computers"], &wanted["users"], &wanted["summary"]["findings"]),
        (&2.into(), &6.into(), &18.into())
    );
    for paths in
        [&["both.json"][..], &["both.jsonl"], &["both.jsonl", "single"], &["both.json", "single/2.jsonl"]]
    {
        assert_eq!(figures(paths), wanted, "{paths:?}");
    }
    let marked = figures(&["both.json", "--baseline", "single/1.json"]);
    let changes: BTreeSet<_> = list(&marked, "/left")
        .iter()
        .map(|left| (left["computer"].as_str().unwrap(), left["change"].as_str().unwrap()))
        .collect();
    assert_eq!(changes, [("PC-0421", "unchanged"), ("PC-0422", "new")].into());
}

/// Two scans that began in the same second, one file behind the other: what is cut off is none of the other's.
#[test]
fn lines_of_several_computers_that_are_cut_off() {
    let folder = two_disks();
    let same_second = |text: &str| {
        let mut report: Value = serde_json::from_str(text).unwrap();
        report["scan"]["started_at"] = "2026-10-01T09:00:00Z".into();
        report
    };
    let both = same_second(&scan(&folder, &["one", "two", "--format", "json"]).stdout);
    let alone = same_second(&scan(&folder, &["one", "--format", "json"]).stdout);
    let other =
        same_second(&scan(&folder, &["two", "--format", "json"]).stdout.replace("PC-0422", "PC-0999"));
    let lines_of = |report: &Value| -> Vec<String> {
        let of = |line: &str, finding: &Value| {
            let mut line: Value = serde_json::from_str(line).unwrap();
            line["computer"] = finding["computer"].clone();
            line.to_string() + "\n"
        };
        let all = lines(report);
        let (rest, last) = all.trim_end().rsplit_once('\n').unwrap();
        let own = rest.lines().zip(list(report, "/findings")).map(|(line, finding)| of(line, finding));
        own.chain([format!("{last}\n")]).collect()
    };
    let (both, alone, other) = (lines_of(&both), lines_of(&alone), lines_of(&other));
    assert_eq!((both.len(), alone.len()), (19, 10));
    let broken = [both[9].replacen("\"client_name\":\"", "\"client_name\":", 1)];
    let joined = |parts: &[&[String]]| parts.iter().map(|part| part.concat()).collect::<String>();
    for (name, text, read, damaged, found) in [
        ("whole", joined(&[&both, &other]), 2, 0, 27),
        ("without its end, before one", joined(&[&both[..18], &other]), 1, 2, 9),
        ("without its end, before several", joined(&[&other[..9], &both]), 1, 1, 18),
        ("both damaged", joined(&[&other[..9], &both[..10], &both[11..]]), 0, 2, 0),
        ("without the second computer", joined(&[&both[..9], &both[18..]]), 0, 1, 0),
        ("a broken line", joined(&[&both[..9], &broken, &both[18..]]), 0, 1, 0),
        ("a broken line, and more", joined(&[&both[..9], &broken, &both[10..]]), 0, 1, 0),
        ("the same twice, first without its end", joined(&[&both[..18], &both]), 1, 1, 18),
        ("the lines of one go to nobody else", joined(&[&alone[..5], &other[5..]]), 0, 2, 0),
    ] {
        let answer = run(folder.path(), &["fleet", "-", "--format", "json"], text.as_bytes()).json();
        let reports = json!({"read": read, "damaged": damaged, "nameless": 0});
        assert_eq!(answer["reports"], reports, "{name}: {}", answer["issues"]);
        assert_eq!(answer["summary"]["findings"], found, "{name}");
    }
}

/// What stands at nobody's name may be of each computer; what has one is of that alone.
#[test]
fn a_fleet_gives_issues_to_the_computers_whose_they_may_be() {
    let folder = two_disks();
    let user = |computer: &str| json!({"computer": computer, "name": "taro", "sid": null, "status": "read", "reason": null});
    let report = |issues: Value| {
        json!({
            "schema": "smtp-auth-audit/report/v1", "computer": null, "findings": [], "issues": issues,
            "scan": {"started_at": "2026-10-01T09:00:00Z", "sources": ["a", "b"], "users": [user("PC-1"), user("PC-2")]},
            "summary": {"findings": 0, "not_shown": 0},
        })
    };
    for (issues, wanted) in [
        (json!([{"computer": "PC-2", "user": null}]), json!([["PC-2", 1]])),
        (json!([{"computer": "PC-2", "user": "taro"}]), json!([["PC-2", 1]])),
        (json!([{"computer": null, "user": null}]), json!([["PC-1", 1], ["PC-2", 1]])),
        (json!([{"computer": "PC-3", "user": null}]), json!([["PC-3", 1]])),
    ] {
        fs::write(folder.path().join("r.json"), report(issues.clone()).to_string()).unwrap();
        let found = fleet(folder.path(), &["r.json"]).json();
        let incomplete: Vec<Value> =
            list(&found, "/incomplete").iter().map(|one| json!([one["computer"], one["issues"]])).collect();
        assert_eq!(Value::from(incomplete), wanted, "{issues}");
        assert_eq!(found["reports"]["nameless"], 0, "{issues}");
    }
}

#[test]
fn an_answer_is_given_to_the_account_of_one_computer() {
    let folder = two_disks();
    let answer = scan(&folder, &["one", "two", "--format", "json", "--output", "r.json", "--lang", "en"]);
    let commands: Vec<&str> =
        answer.stderr.lines().map(str::trim).filter(|line| line.starts_with("smtp-auth-audit ask")).collect();
    assert_eq!(commands.len(), 2, "{}", answer.stderr);
    assert!(answer.stderr.contains("(Becky!, PC-0422):\n"), "{}", answer.stderr);
    fs::write(folder.path().join("a.txt"), "log-on-first = n\nauth = y\nport = 587\nencryption = starttls\n")
        .unwrap();
    for (command, name) in commands.iter().zip(NAMES) {
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        let extra = ["--answers", "a.txt", "--format", "json"];
        let report = run_in(folder.path(), &[&words[..], &extra].concat()).json();
        assert_eq!(all_names(&report), format!("{name} users {name} findings {name} issues "));
        let answered = format!("{name}.json");
        fs::write(folder.path().join(&answered), report.to_string()).unwrap();
        let left = fleet(folder.path(), &["r.json", &answered]).json();
        let open = list(&left, "/left").iter().filter(|left| left["action"] == "check-by-hand");
        let open: Vec<&str> = open.map(|left| left["computer"].as_str().unwrap()).collect();
        assert_eq!(open, NAMES.into_iter().filter(|other| *other != name).collect::<Vec<_>>());
    }
    let id = commands[0].split(' ').nth(4).unwrap();
    let ask = |arguments: &[&str]| {
        let start =
            ["ask", "becky", "--finding", id, "--report", "r.json", "--answers", "a.txt", "--lang", "en"];
        run_in(folder.path(), &[&start[..], arguments].concat())
    };
    let unclear = ask(&[]);
    assert_eq!(unclear.exit, 2);
    let said = unclear.stderr.replace('\n', " ");
    assert!(said.contains("--computer (pc-0421, pc-0422)"), "{said}");
    let unknown = ask(&["--computer", "PC-7"]);
    assert!(unknown.exit == 2 && unknown.stderr.contains("no account of PC-7"), "{}", unknown.stderr);
    assert_eq!(ask(&["--computer", "pc-0422", "--format", "json"]).json()["computer"], "PC-0422");
}

/// What a disk tells as its name must not become a part of the command.
#[test]
fn a_name_that_a_shell_would_not_take_as_text_stays_out_of_the_commands() {
    let folder = two_disks();
    let path = folder.path().join("two/Windows/System32/config/SYSTEM");
    fs::write(
        &path,
        renamed(&fs::read(folder.path().join("one/Windows/System32/config/SYSTEM")).unwrap(), "P\"&$`%;"),
    )
    .unwrap();
    let report = json_of(&folder, &["one", "two"]);
    assert!(named(&report, "/findings").contains("P\"&$`%;"), "{}", all_names(&report));
    let shown = scan(&folder, &["one", "two", "--lang", "en"]).stdout;
    let commands: Vec<&str> = shown.lines().filter(|line| line.contains("smtp-auth-audit ask")).collect();
    assert_eq!(commands.len(), 2);
    assert_eq!(commands.iter().filter(|line| line.contains("--computer")).count(), 1, "{commands:?}");
    assert!(commands.iter().all(|line| !line.contains('&')), "{commands:?}");
}

#[test]
fn masks_tell_computers_apart_and_nothing_of_them() {
    let folder = two_disks();
    fs::write(folder.path().join("key"), "a key of a test, no secret").unwrap();
    let key = ["--redact-key", "key"];
    let masked = json_of(&folder, &[&["one", "two"][..], &key].concat());
    let single = json_of(&folder, &[&["two"][..], &key].concat());
    let second = single["computer"].as_str().unwrap();
    assert_eq!(masked["computer"], Value::Null);
    for place in ["/scan/users", "/findings", "/issues"] {
        assert_eq!(named(&masked, place).len(), 2, "{place}");
        assert!(named(&masked, place).contains(second), "{place}");
        assert_eq!(named(&single, place), [second.to_owned()].into(), "{place}");
    }
    for format in ["json", "jsonl", "csv", "markdown", "html", "table", "nagios"] {
        let answer = scan(&folder, &[&["one", "two", "--explain", "--format", format][..], &key].concat());
        assert!(!answer.stdout.to_lowercase().contains("pc-042"), "{format}: {}", answer.stdout);
        assert!(answer.stdout.contains(second), "{format}");
    }
    fs::write(folder.path().join("old.json"), masked.to_string()).unwrap();
    fs::remove_dir_all(folder.path().join("two/Users/taro")).unwrap();
    fs::create_dir_all(folder.path().join("two/Users/taro/AppData")).unwrap();
    let done = json_of(&folder, &[&["one", "two", "--baseline", "old.json"][..], &key].concat());
    assert_eq!((list(&done, "/resolved").len(), named(&done, "/resolved")), (2, [second.to_owned()].into()));
}

/// Reports of 0.1 name one computer, for all that is in them.
#[test]
fn reports_without_computers_of_their_parts_are_read() {
    let folder = two_disks();
    let mut old = json_of(&folder, &["one"]);
    for place in ["/scan/users", "/findings", "/issues"] {
        for part in old.pointer_mut(place).and_then(Value::as_array_mut).unwrap() {
            assert_eq!(part.as_object_mut().unwrap().remove("computer"), Some(NAMES[0].into()), "{place}");
        }
    }
    fs::write(folder.path().join("old.json"), old.to_string()).unwrap();
    fs::write(folder.path().join("old.jsonl"), lines(&old)).unwrap();
    for name in ["old.json", "old.jsonl"] {
        let found = fleet(folder.path(), &[name]).json();
        assert_eq!((&found["computers"], &found["users"]), (&1.into(), &3.into()), "{name}");
        assert_eq!(found["left"][0]["computer"], NAMES[0], "{name}");
        let now = json_of(&folder, &["one", "two", "--baseline", name]);
        let unchanged = list(&now, "/findings").iter().filter(|finding| finding["change"] == "unchanged");
        let names: BTreeSet<&str> = unchanged.map(|finding| finding["computer"].as_str().unwrap()).collect();
        assert_eq!(names, [NAMES[0]].into(), "{name}");
    }
}
