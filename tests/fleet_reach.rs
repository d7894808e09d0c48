//! What the figures of a fleet stand on: whose accounts are shown, which reports count, which computers have reported.

#![expect(clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::reports::{
    Answer, DAYS, READ, actions, answered, days, finding, fleet_of, folder_of, ids, lines, report, run,
};
use serde_json::{Value, json};
use std::path::Path;

/// The day after the last of the reports; all is judged as of it.
const NEXT: [&str; 3] = ["--as-of", "2026-10-05", "--no-builtin-policies"];

fn in_form(reports: &[Value], arguments: &[&str]) -> Answer {
    let text: String = reports.iter().map(lines).collect();
    run(Path::new("."), &[&["fleet", "-"], arguments].concat(), text.as_bytes())
}

fn on(mut finding: Value, server: &str, address: &str) -> Value {
    finding["outgoing"]["host"] = server.into();
    finding["addresses"] = json!([address]);
    finding
}

#[test]
fn only_what_is_asked_for_is_shown_and_counted() {
    let findings = |how| {
        [
            on(finding(1, "taro", how), "mail.example.jp", "taro@example.jp"),
            on(finding(2, "taro", how), "mail.example.com", "taro@example.com"),
            on(finding(3, "taro", how), "MAIL.example.com", "taro@sub.example.jp"),
            finding(4, "taro", "smtp-auth"),
        ]
    };
    let of = |time, how| report("PC-1", time, &[READ], &findings(how));
    let reports = [of(DAYS[0], "no-smtp-auth"), of(DAYS[1], "unreadable")];
    for (arguments, shown) in [
        (&["--server", "*.example.com"][..], &[2, 3][..]),
        (&["--server", "mail.example.com,mail.example.jp"], &[1, 2, 3]),
        (&["--domain", "example.jp"], &[1]),
        (&["--domain", "@EXAMPLE.com", "--server", "mail.*"], &[2]),
        (&["--server", "nothing.example"], &[]),
    ] {
        let found = fleet_of(&reports, arguments).json();
        let number = shown.len() as u64 + u64::from(arguments.contains(&"mail.example.com,mail.example.jp"));
        assert_eq!(ids(&found), shown, "{arguments:?}");
        assert_eq!((&found["summary"]["findings"], actions(&found).1), (&number.into(), shown.len() as u64));
        assert_eq!(found["summary"]["not_shown"], 4 - number, "{arguments:?}");
        assert_eq!(days(&found), [(shown.len() as u64, 0), (0, shown.len() as u64)], "{arguments:?}");
        let servers = found["servers"].as_array().unwrap();
        assert_eq!(
            servers.iter().map(|group| group["check-by-hand"].as_u64().unwrap()).sum::<u64>(),
            shown.len() as u64
        );
    }
    let none = in_form(&reports, &["--server", "nothing.example", "--lang", "en"]);
    assert_eq!(none.exit, 0, "what is not shown does not count");
    assert!(none.stdout.contains("accounts not shown because of the filters: 4\n"), "{}", none.stdout);
    let page = in_form(&reports, &["--server", "nothing.example", "--format", "html"]).stdout;
    assert!(page.contains("条件に合わないアカウント: 4"));
    let csv = in_form(&reports, &["--domain", "example.jp", "--format", "csv", "--lang", "en"]);
    assert!(csv.stderr.contains("accounts not shown because of the filters 3"), "{}", csv.stderr);
    // An answer without an address is of the account that could not be read.
    let asked = [&reports[..], &[answered(DAYS[2], 1, "no-smtp-auth")]].concat();
    let found = fleet_of(&asked, &["--domain", "example.jp"]).json();
    assert_eq!((actions(&found), days(&found)), ((1, 0, 0), vec![(1, 0), (0, 1), (1, 0)]));
    assert_eq!(actions(&fleet_of(&asked, &["--domain", "example.com"]).json()), (0, 1, 0));
}

/// The baseline is looked at in the same way.
#[test]
fn a_baseline_of_one_provider() {
    let of = |time, server: &str| {
        report("PC-1", time, &[READ], &[on(finding(1, "taro", "no-smtp-auth"), server, "taro@example.jp")])
    };
    let old = of(DAYS[0], "mail.example.com").to_string();
    let folder =
        folder_of(&[("old.json", old.as_bytes()), ("new.json", old.replace("10-01", "10-02").as_bytes())]);
    let found = |server: &str| {
        let arguments =
            ["fleet", "new.json", "--baseline", "old.json", "--server", server, "--format", "json"];
        run(folder.path(), &arguments, b"").json()
    };
    assert_eq!(
        (&found("*.com")["left"][0]["change"], &found("*.com")["resolved"]),
        (&json!("unchanged"), &json!([]))
    );
    assert_eq!((&found("*.jp")["left"], &found("*.jp")["resolved"]), (&json!([]), &json!([])));
}

#[test]
fn reports_that_are_too_old_do_not_count() {
    let reports = [
        report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "no-smtp-auth")]),
        report("PC-1", DAYS[3], &[READ], &[finding(1, "taro", "smtp-auth")]),
        report("pc-2", DAYS[1], &[READ], &[finding(2, "taro", "no-smtp-auth")]),
        report("PC-2", DAYS[0], &[READ], &[finding(2, "taro", "no-smtp-auth")]),
    ];
    let of = |days: &str| fleet_of(&reports, &[&NEXT[..], &["--max-age", days]].concat()).json();
    let all = of("4");
    assert_eq!((actions(&all), all["history"].as_array().unwrap().len()), ((1, 0, 1), 3));
    assert_eq!((&all["reach"]["too_old"], &all["reach"]["silent"]), (&0.into(), &json!([])));
    let newest = of("1");
    assert_eq!((actions(&newest), days(&newest), ids(&newest)), ((0, 0, 1), vec![(0, 0)], vec![]));
    assert_eq!((&newest["reports"]["read"], &newest["computers"]), (&1.into(), &1.into()));
    let silent = json!([{"computer": "pc-2", "department": null, "last": "2026-10-02", "counts": false}]);
    assert_eq!(
        newest["reach"],
        json!({"computers": 2, "reported": 1, "too_old": 3, "silent": silent, "never": []})
    );
    let table = in_form(&reports, &[&NEXT[..], &["--max-age", "1", "--lang", "en"]].concat()).stdout;
    for words in [
        "done 100% (1 of 1 accounts in use that are judged; 1 of 2 computers reported)\n",
        "reports that are too old to count: 3\n",
        "computers known only from these: 1\n",
        "  pc-2 (2026-10-02)\n",
    ] {
        assert!(table.contains(words), "{words} {table}");
    }
    // Nothing that counts is not "nothing to change".
    let none = in_form(&reports, &[&NEXT[..], &["--max-age", "0", "--format", "json"]].concat());
    assert_eq!((none.exit, &none.json()["reach"]["reported"]), (3, &0.into()));
}

/// What is done is a part of what can be done, and stands on the computers that have reported.
#[test]
fn done_has_its_base() {
    let mut idle = finding(4, "taro", "smtp-auth");
    idle["in_use"] = "no".into();
    let mut relay = finding(6, "taro", "no-smtp-auth");
    (relay["action"], relay["notes"]) =
        ("none".into(), json!([{"code": "accepted-by-policy", "ja": "x", "en": "x"}]));
    let mut excepted = finding(7, "taro", "no-smtp-auth");
    (excepted["action"], excepted["notes"]) =
        ("none".into(), json!([{"code": "exception", "ja": "x", "en": "x"}]));
    let mut waiting = finding(8, "taro", "no-smtp-auth");
    (waiting["action"], waiting["notes"]) =
        ("none".into(), json!([{"code": "not-yet", "ja": "x", "en": "x"}]));
    let findings = [
        finding(1, "taro", "smtp-auth"),
        finding(2, "taro", "no-smtp-auth"),
        finding(3, "taro", "managed"),
        idle,
        finding(5, "taro", "unreadable"),
        relay,
        excepted,
        waiting,
    ];
    let reports = [report("PC-1", DAYS[3], &[READ], &findings)];
    // Done: 1 and the relay; judged: these, what is to be changed and what waits.
    let found = fleet_of(&reports, &[]).json();
    assert_eq!(found["summary"]["done"], json!({"done": 2, "judged": 4, "percent": 50}));
    assert_eq!((&found["clients"][0]["done"], &found["clients"][0]["judged"]), (&2.into(), &4.into()));
    let table = in_form(&reports, &["--lang", "ja"]).stdout.replace('\n', "");
    assert!(
        table.contains(
            "完了 50%(使用中で判定できたアカウント 4 のうち 2、要確認 1、報告のあったコンピューター 1 台)"
        ),
        "{table}"
    );
    let page = in_form(&reports, &["--format", "html"]).stdout;
    assert!(page.contains("<td>50% (2/4)</td>"));
    let nothing = report("PC-1", DAYS[3], &[READ], &[finding(3, "taro", "managed")]);
    assert_eq!(fleet_of(&[nothing], &[]).json()["summary"]["done"]["percent"], Value::Null);
}

#[test]
fn computers_that_do_not_report_are_listed() {
    let of = |computer: &str, time| lines(&report(computer, time, &[READ], &[]));
    let text = of("PC-1", DAYS[3]) + &of("pc-2.example", DAYS[0]) + &of("PC-9", DAYS[1]);
    let file = "コンピューター,部署\nPC-1,Sales\npc-2,経理部\nPC-3,Sales\nPC-3,HR\nPC-4,\nPC-9.a.example,HR\nPC-9.b.example,HR\n";
    let folder = folder_of(&[("a.jsonl", text.as_bytes()), ("d.csv", file.as_bytes())]);
    let run = |arguments: &[&str]| {
        run(folder.path(), &[&["fleet", "a.jsonl", "--departments", "d.csv"], arguments].concat(), b"")
    };
    let as_of = ["--no-builtin-policies", "--as-of", "2026-10-15"];
    let answer = run(&[&as_of[..], &["--format", "json"]].concat());
    let reach = &answer.json()["reach"];
    let never: Vec<(&str, Option<&str>)> = reach["never"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["computer"].as_str().unwrap(), one["department"].as_str()))
        .collect();
    // Which of two of one label reported nobody can tell.
    let hr = Some("HR");
    assert_eq!(
        never,
        [("PC-3", Some("Sales")), ("PC-4", None), ("PC-9.a.example", hr), ("PC-9.b.example", hr)]
    );
    assert_eq!((&reach["reported"], &reach["computers"]), (&3.into(), &7.into()));
    assert_eq!(
        reach["silent"],
        json!([{"computer": "pc-2.example", "department": "経理部", "last": "2026-10-01", "counts": true}])
    );
    assert_eq!(answer.exit, 0, "who does not report needs no change");
    let table = run(&[&as_of[..], &["--lang", "en"]].concat()).stdout;
    for words in [
        "3 of 7 computers reported\n",
        "that never reported: 4\n  PC-3 (Sales), PC-4, PC-9.a.example (HR), PC-9.b.example (HR)\n",
        "  pc-2.example (経理部, 2026-10-01)\n",
    ] {
        assert!(table.contains(words), "{words} {table}");
    }
    let page = run(&[&as_of[..], &["--format", "html"]].concat()).stdout;
    assert!(page.contains("報告のない PC") && page.contains("PC-3 (Sales)"));
    let csv = run(&[&as_of[..], &["--format", "csv", "--lang", "en"]].concat());
    assert!(csv.stderr.contains("that never reported 4"), "{}", csv.stderr);
    // A day earlier it is not yet silent; without the file nobody is missed.
    let earlier = run(&["--no-builtin-policies", "--as-of", "2026-10-14", "--format", "json"]).json();
    assert_eq!(earlier["reach"]["silent"], json!([]));
}
