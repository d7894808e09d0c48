//! Stored reports judged anew: as a scan of the same accounts by the same policies would judge them.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod common;

use common::cases;
use common::policies::{ISP, OAUTH, RELAY, with_policy};
use common::reports::{DAYS, READ, actions, finding, fleet, fleet_of, folder_of, report, run_in};
use serde_json::{Value, json};
use smtp_auth_audit::clients::CLIENTS;
use smtp_auth_audit::policy::file::read;
use smtp_auth_audit::policy::{Origin, Policies, day};
use smtp_auth_audit::report::v1;
use smtp_auth_audit::scan::{Request, Rules, scan};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn rules(texts: &[&str]) -> Rules {
    let clients: Vec<&str> = CLIENTS.iter().map(|client| client.id).collect();
    let list = texts.iter().map(|text| read(text, Origin::Given, &clients).unwrap().policy).collect();
    let policies = Policies { list, ..Policies::standard() };
    Rules { policies, day: day("2026-11-01").unwrap(), no_steps: true, ..Rules::standard() }
}

/// By computer and id: what is said of each account that is left.
fn left(fleet: &Value) -> BTreeMap<String, Value> {
    let mut all = BTreeMap::new();
    for left in fleet["left"].as_array().unwrap() {
        let mut left = left.clone();
        left.as_object_mut().unwrap().remove("as_of");
        all.insert(format!("{} {} {}", left["computer"], left["id"], left["user"]), left);
    }
    all
}

/// Every fixture: scanned by the default policy and judged anew, it is as if scanned by the policies.
#[test]
fn judged_anew_is_as_scanned() {
    for (name, texts) in [("isp", &[ISP][..]), ("oauth", &[OAUTH]), ("relay", &[RELAY]), ("default", &[])] {
        let folder = TempDir::new().unwrap();
        for sub in ["before", "by"] {
            fs::create_dir(folder.path().join(sub)).unwrap();
        }
        let mut arguments =
            vec!["--no-builtin-policies".to_owned(), "--as-of".to_owned(), "2026-11-01".to_owned()];
        for (number, text) in texts.iter().enumerate() {
            fs::write(folder.path().join(format!("{number}.toml")), text).unwrap();
            arguments.extend(["--policy".to_owned(), format!("{number}.toml")]);
        }
        let mut open = BTreeSet::new();
        for (number, case) in cases().iter().enumerate() {
            let paths: Vec<_> = case.paths.iter().map(|path| case.folder.join(path)).collect();
            let of = |rules: Rules| {
                let computer = Some(format!("PC-{number}"));
                v1::render(&scan(&Request { rules, computer, ..Request::of_paths(paths.clone()) }))
            };
            fs::write(folder.path().join(format!("by/{number}.json")), of(rules(texts))).unwrap();
            // What is judged anew was judged by other policies before.
            let before = if number % 2 == 0 { rules(&[]) } else { rules(&[OAUTH]) };
            let before = of(before);
            open.extend(open_values(&serde_json::from_str(&before).unwrap()));
            fs::write(folder.path().join(format!("before/{number}.json")), before).unwrap();
        }
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let anew = fleet(folder.path(), &[&["before"], &arguments[..]].concat()).json();
        let scanned = fleet(folder.path(), &["by"]).json();
        let (mut anew_left, mut scanned_left) = (left(&anew), left(&scanned));
        let (mut compared, mut passwords) = (0, [0; 2]);
        let keys: BTreeSet<String> = anew_left.keys().chain(scanned_left.keys()).cloned().collect();
        for key in keys.iter().filter(|key| !open.contains(*key)) {
            // Whether the password for receiving is stored, a report tells of some accounts only.
            let told = [&mut anew_left, &mut scanned_left]
                .map(|left| left.get_mut(key).map(|one| one["password_needed"].take()));
            match told.map(Option::unwrap_or_default) {
                [one, other] if one == other => passwords[0] += usize::from(!one.is_null()),
                [one, other] => {
                    assert!(one == "unknown" && !other.is_null(), "{name}: {key}: {one} {other}");
                    passwords[1] += 1;
                }
            }
            assert_eq!(anew_left.get(key), scanned_left.get(key), "{name}: {key}");
            compared += 1;
        }
        assert!(passwords[0] >= 9 * passwords[1], "{name}: {passwords:?}");
        assert!(compared > 75, "{name}: only {compared} of {}", keys.len());
        let kept = anew["judging"]["kept"].as_u64().unwrap();
        assert!(kept < 60 && kept <= open.len() as u64, "{name}: {kept} kept of {} open", open.len());
    }
}

/// The accounts of a report of which some value is open: the report holds only what is common to all that it may be, so that
/// they can't be judged anew, or only as unreadable.
fn open_values(report: &Value) -> Vec<String> {
    let is_open = |finding: &&Value| {
        let out = &finding["outgoing"];
        let has_port = out["port"].is_number() || out["port_is_default"] == json!(true);
        let is_known = has_port
            && out["security"].is_string()
            && out["auth"] != "unknown"
            && out["pop_before_smtp"].is_boolean();
        finding["verdict"] != "managed" && !is_known
    };
    let findings = report["findings"].as_array().unwrap().iter().filter(is_open);
    findings.map(|one| format!("{} {} {}", one["computer"], one["id"], one["user"])).collect()
}

fn one(id: u64, how: &str) -> Value {
    report("PC-1", DAYS[0], &[READ], &[finding(id, "taro", how)])
}

/// The same reports on two days.
#[test]
fn days_move_after_the_reports() {
    let reports = [one(1, "smtp-auth")];
    let plain = fleet_of(&reports, &[]).json();
    assert_eq!((actions(&plain), &plain["judging"]["anew"]), ((0, 0, 1), &json!(false)));
    assert_eq!(plain["left"], json!([]));
    // Due or not follows the day.
    for (day, due, exit) in
        [("2026-11-01", "30", 0), ("2027-03-01", "30", 1), ("2027-03-01", "29", 0), ("2027-05-01", "0", 1)]
    {
        let answer = with_policy(&reports, ISP, &["--as-of", day, "--due", due]);
        let found = answer.json();
        assert_eq!((answer.exit, actions(&found)), (exit, (1, 0, 0)), "{day} {due}");
        let left = &found["left"][0];
        assert_eq!((&left["stops_working_on"], &left["provider"]), (&json!("2027-03-31"), &json!("isp")));
        assert_eq!(left["due"], json!(exit == 1), "{day} {due}");
        let stops = json!([{"on": "2027-03-31", "sending": 1, "receiving": 0, "undecided": 0}]);
        assert_eq!(found["summary"]["stops"], stops);
        assert_eq!(found["judging"]["as_of"], json!(day));
        assert_eq!(found["judging"]["policies"], json!(["isp", "default"]));
    }
    // Before the provider sends anybody to its new servers nothing is to be done.
    let from = format!("from = 2027-01-15\n{ISP}");
    for (day, exit) in [("2027-01-14", 0), ("2027-01-15", 1)] {
        assert_eq!(with_policy(&reports, &from, &["--as-of", day]).exit, exit, "{day}");
    }
    // A day alone judges anew, too.
    assert_eq!(fleet_of(&reports, &["--as-of", "2027-01-01"]).json()["judging"]["anew"], json!(true));
}

#[test]
fn exceptions_hold_until_their_day() {
    let folder = folder_of(&[
        ("p.toml", ISP.as_bytes()),
        ("a.json", one(1, "no-smtp-auth").to_string().as_bytes()),
        ("e.csv", b"computer,until,reason\npc-1,2026-12-31,printer\n"),
        ("wrong.csv", b"computer,until\nhimitsu,soon\n"),
    ]);
    for (day, exit, exceptions) in [("2026-12-31", 0, 1), ("2027-01-01", 1, 0)] {
        let answer =
            fleet(folder.path(), &["a.json", "--exceptions", "e.csv", "--policy", "p.toml", "--as-of", day]);
        let found = answer.json();
        assert_eq!((answer.exit, &found["summary"]["exceptions"]), (exit, &json!(exceptions)), "{day}");
    }
    let table = run_in(
        folder.path(),
        &["fleet", "a.json", "--exceptions", "e.csv", "--as-of", "2026-12-01", "--lang", "en"],
    );
    assert!(table.stdout.contains("no SMTP-AUTH: an exception"), "{}", table.stdout);
    let wrong = fleet(folder.path(), &["a.json", "--exceptions", "wrong.csv"]);
    assert_eq!((wrong.exit, wrong.stdout.as_str()), (2, ""));
    assert!(!wrong.stderr.contains("himitsu"));
}

/// A password that may be OAuth 2 is undecided where the provider tells them apart, and counted apart.
#[test]
fn what_is_undecided_is_counted_apart() {
    let mut maybe = finding(1, "taro", "smtp-auth");
    maybe["notes"] = json!([{"code": "maybe-oauth", "ja": "", "en": ""}]);
    let first = report("PC-1", DAYS[0], &[READ], &[maybe.clone(), finding(2, "taro", "unreadable")]);
    let answered = common::reports::answered(DAYS[1], 1, "smtp-auth");
    let found = with_policy(&[first.clone(), answered], OAUTH, &["--as-of", "2026-11-01"]).json();
    assert_eq!(found["history"][0]["undecided"], json!(1));
    assert_eq!(found["history"][0]["check-by-hand"], json!(2));
    assert_eq!((&found["history"][1]["undecided"], &found["history"][1]["change"]), (&json!(0), &json!(1)));
    let found = with_policy(&[first], OAUTH, &["--as-of", "2026-11-01"]).json();
    assert_eq!(found["summary"]["undecided"], json!(1));
    assert_eq!((actions(&found), &found["left"][0]["stops_working_on"]), ((0, 2, 0), &json!("2026-12")));
    let stops = json!([{"on": "2026-12", "sending": 0, "receiving": 0, "undecided": 1}]);
    assert_eq!(found["summary"]["stops"], stops);
    // What a policy left undecided the default one decides.
    (maybe["verdict"], maybe["action"], maybe["provider"]) =
        ("unreadable".into(), "check-by-hand".into(), "oauth".into());
    maybe["notes"] = json!([{"code": "maybe-oauth"}, {"code": "undecided"}]);
    let stored = report("PC-1", DAYS[0], &[READ], &[maybe]);
    let kept = fleet_of(std::slice::from_ref(&stored), &[]).json();
    assert_eq!((actions(&kept), &kept["summary"]["undecided"]), ((0, 1, 0), &json!(1)));
    let found = fleet_of(&[stored], &["--no-builtin-policies"]).json();
    assert_eq!((actions(&found), &found["summary"]["undecided"]), ((0, 0, 1), &json!(0)));
}

/// Reports of 0.1 tell enough.
#[test]
fn reports_of_0_1_are_judged_anew() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/v0.1");
    let policies = folder_of(&[("p.toml", ISP.as_bytes())]);
    let policy = policies.path().join("p.toml");
    let arguments =
        ["json", "--policy", policy.to_str().unwrap(), "--no-builtin-policies", "--as-of", "2026-11-01"];
    let found = fleet(&folder, &arguments).json();
    let days =
        |key: &str| found["left"].as_array().unwrap().iter().filter(|left| !left[key].is_null()).count();
    assert!(days("stops_working_on") > 20 && days("incoming_stops_working_on") > 10, "{}", found["summary"]);
    assert_eq!(found["judging"]["reports"][0]["early"], json!(true));
    let same = fleet(&folder, &["json", "--no-builtin-policies"]).json();
    let stored = fleet(&folder, &["json"]).json();
    assert_eq!(
        same["summary"]["actions"], stored["summary"]["actions"],
        "by the default policy all is as it was"
    );
}

#[test]
fn who_is_most_urgent_comes_first() {
    let mut soon = finding(1, "taro", "smtp-auth");
    soon["incoming"] =
        json!({"protocol": "pop3", "host": "pop.example.jp", "port": 110, "security": "plain"});
    let other = report("PC-0", DAYS[0], &[READ], &[finding(2, "taro", "no-smtp-auth")]);
    let late = report("PC-1", DAYS[0], &[READ], &[finding(3, "taro", "smtp-auth")]);
    let soon = report("PC-9", DAYS[0], &[READ], &[soon]);
    let mut elsewhere = finding(4, "taro", "no-smtp-auth");
    elsewhere["outgoing"]["host"] = "mail.example.com".into();
    let elsewhere = report("PC-00", DAYS[0], &[READ], &[elsewhere]);
    let found = with_policy(&[other, late, soon, elsewhere], ISP, &["--as-of", "2026-11-01"]).json();
    let order: Vec<&str> =
        found["left"].as_array().unwrap().iter().map(|l| l["computer"].as_str().unwrap()).collect();
    assert_eq!(order, ["PC-9", "PC-0", "PC-1", "PC-00"]);
    assert_eq!(found["left"][0]["incoming_stops_working_on"], json!("2026-12"));
    assert_eq!(found["summary"]["receiving"], json!(1));
}

/// Receiving alone: the row says so, and the steps hold what is to be set.
#[test]
fn the_page_follows_the_policy() {
    let receiving = ISP.replace("sending = [", "sending = [ { port = [25, 587] },");
    let mut mail = finding(1, "taro", "smtp-auth");
    mail["incoming"] =
        json!({"protocol": "pop3", "host": "pop.example.jp", "port": 110, "security": "plain"});
    let reports = report("PC-1", DAYS[0], &[READ], &[mail, finding(2, "taro", "no-smtp-auth")]).to_string();
    let folder = folder_of(&[
        ("p.toml", ISP.as_bytes()),
        ("r.toml", receiving.as_bytes()),
        ("a.json", reports.as_bytes()),
    ]);
    let page = |policy| {
        run_in(
            folder.path(),
            &["fleet", "a.json", "--format", "html", "--policy", policy, "--as-of", "2026-11-01"],
        )
        .stdout
    };
    let by_isp = page("p.toml");
    assert!(by_isp.contains("outgoing server smtps.example.jp") && by_isp.contains("2027-03-31"));
    let by_receiving = page("r.toml");
    for text in ["change (receiving)", "要変更(受信)", "995", "receiving 2026-12"] {
        assert!(by_receiving.contains(text), "{text}");
    }
    let csv = run_in(folder.path(), &["fleet", "a.json", "--format", "csv", "--policy", "r.toml"]).stdout;
    assert!(
        csv.lines().any(|line| line.ends_with("\"isp\",\"\",\"2026-12\",\"true\",\"true\",\"\",\"\",\"\"")),
        "{csv}"
    );
}

/// Whatever stands in a report ends nothing; what can't be judged anew keeps its verdict, and that is told.
#[test]
fn hostile_reports_end_nothing() {
    let odd = [
        ("/client", json!("a client of later")),
        ("/outgoing/auth", json!("of later")),
        ("/outgoing/security", json!("of later")),
        ("/outgoing/port", Value::Null),
        ("/verdict", json!("of later")),
        ("/action", json!("of later")),
        ("/edition", json!("../../..")),
        ("/account", json!("\u{202e}\u{0}<script>")),
        ("/outgoing/host", json!("*".repeat(100_000))),
        ("/outgoing", Value::Null),
    ];
    let mut kept = 0;
    for (place, value) in odd {
        let mut one = finding(1, "taro", "smtp-auth");
        one["outgoing"]["port_is_default"] = json!(false);
        *one.pointer_mut(place).unwrap() = value;
        let found = with_policy(&[report("PC-1", DAYS[0], &[READ], &[one])], ISP, &[]).json();
        assert_eq!(found["summary"]["findings"], json!(1), "{place}");
        kept += found["judging"]["kept"].as_u64().unwrap();
    }
    assert_eq!(kept, 7);
    let mut one = finding(1, "taro", "smtp-auth");
    one["incoming"] = json!({"protocol": "jmap", "port": 1, "deviations": [null, {"a": 1}]});
    one["stops_working_on"] = json!("9999-99-99");
    one["to_set"] = json!([{"setting": "port", "then": "-1"}, {"setting": "?"}]);
    one["provider"] = json!("");
    let all = [report("PC-1", DAYS[0], &[READ], &[one])];
    assert_eq!(fleet_of(&all, &[]).json()["summary"]["findings"], json!(1));
    assert_eq!(with_policy(&all, ISP, &[]).json()["judging"]["kept"], json!(1));
}

/// Who has to type a password after the change: as the reports say, and of an exception nothing.
#[test]
fn passwords_are_counted() {
    let mut findings = Vec::new();
    for (id, word) in
        [(1, json!("no")), (2, json!("once")), (3, json!("once")), (4, json!("of later")), (5, Value::Null)]
    {
        let mut one = finding(id, "taro", "no-smtp-auth");
        one["password_needed"] = word;
        for key in ["client", "edition"] {
            one[key] = "outlook-express".into();
        }
        findings.push(one);
    }
    let stored = report("PC-1", DAYS[0], &[READ], &findings);
    let text = stored.to_string();
    let folder = folder_of(&[("a.json", text.as_bytes()), ("e.csv", b"computer\nPC-1\n")]);
    let found = fleet(folder.path(), &["a.json"]).json();
    assert_eq!(found["summary"]["password_needed"], json!({"no": 1, "once": 2, "unknown": 0}));
    let words: Vec<&Value> =
        found["left"].as_array().unwrap().iter().map(|l| &l["password_needed"]).collect();
    assert_eq!(words, [&json!("no"), &json!("once"), &json!("once"), &Value::Null, &Value::Null]);
    let csv = run_in(folder.path(), &["fleet", "a.json", "--format", "csv"]).stdout;
    let last: Vec<&str> = csv.lines().map(|line| line.rsplit(',').nth(2).unwrap()).collect();
    assert_eq!(last, ["\"password_needed\"", "\"no\"", "\"once\"", "\"once\"", "\"\"", "\"\""], "{csv}");
    for (lang, line) in [
        ("en", "password after the change: not needed 1, needed once 2"),
        ("ja", "変更後のパスワードの入力: 不要 1、一度必要 2"),
    ] {
        let table = run_in(folder.path(), &["fleet", "a.json", "--lang", lang]).stdout;
        let page = run_in(folder.path(), &["fleet", "a.json", "--format", "html"]).stdout;
        assert!(table.contains(line) && page.contains(line), "{table}");
    }
    // Judged anew all of them are turned on; what the first three said of their passwords holds, as Outlook
    // Express takes the one for receiving.
    let anew = fleet(folder.path(), &["a.json", "--no-builtin-policies"]).json();
    assert_eq!(anew["summary"]["password_needed"], json!({"no": 1, "once": 2, "unknown": 2}));
    let excepted = fleet(folder.path(), &["a.json", "--no-builtin-policies", "--exceptions", "e.csv"]).json();
    assert_eq!(excepted["summary"]["password_needed"], json!({"no": 0, "once": 0, "unknown": 0}));
}

/// What the client can't do on its system holds where the report tells of it.
#[test]
fn a_lowest_version_of_tls_is_judged_anew() {
    const TLS: &str = r#"
schema = 1
id = "tls"
name = "tls"
claims = [ { outgoing = "*.example.jp" } ]
sending = [ { port = 587, security = "starttls", auth = "password", tls_min = "1.2" } ]
"#;
    let cannot =
        |what: &str| json!([{"code": "client-cannot", "ja": "", "en": format!("Outlook 2010 {what}.")}]);
    for (client, version, system, notes, is_left) in [
        ("outlook-express", "6.0", json!("Windows XP"), json!([]), true),
        (
            "outlook",
            "14.0",
            json!("Windows 7"),
            cannot("(Windows 7) can't do TLS 1.2, which the provider asks for"),
            true,
        ),
        ("outlook", "14.0", json!("Windows 7"), cannot("does not have the authentication method"), false),
        ("outlook", "14.0", json!("Windows 7"), json!([]), false),
        ("outlook-express", "6.0", Value::Null, json!([]), false),
        // It brings a TLS of its own.
        ("becky", "2.70", json!("Windows XP"), json!([]), false),
    ] {
        let mut one = finding(1, "taro", "smtp-auth");
        (one["client"], one["client_version"], one["system"]) =
            (client.into(), version.into(), system.clone());
        (one["outgoing"]["security"], one["notes"]) = ("starttls".into(), notes);
        let stored = [report("PC-1", DAYS[0], &[READ], &[one])];
        let found = with_policy(&stored, TLS, &["--as-of", "2026-11-01"]).json();
        let verdicts = &found["summary"]["verdicts"];
        assert_eq!(verdicts["smtp-auth-off-policy"], json!(u8::from(is_left)), "{client} {system}: {found}");
        assert_eq!(verdicts["smtp-auth"], json!(u8::from(!is_left)), "{client} {system}: {found}");
    }
}
