//! By which policies reports were judged, and why accounts are left.

mod common;

use common::policies::{ISP, OAUTH, RELAY, with_policy};
use common::reports::{DAYS, READ, actions, finding, fleet_of, folder_of, lines, report, run};
use serde_json::{Value, json};

/// Reports of several policies are named, in both languages.
#[test]
fn other_policies_are_named() {
    let by = |computer: &str, names: Value| {
        let mut report = report(computer, DAYS[0], &[READ], &[finding(1, "taro", "smtp-auth")]);
        report["scan"]["policies"] = names;
        report["scan"]["policy_details"] = json!([]);
        report
    };
    // One that is part of the program speaks where there is such an account: that is no difference.
    let same = [by("PC-1", json!(["default"])), by("PC-2", json!(["google", "default"]))];
    assert_eq!(fleet_of(&same, &[]).stderr, "");
    let mut all = same.to_vec();
    all.push(by("PC-3", json!(["isp", "default"])));
    all.push(report("PC-4", DAYS[0], &[READ], &[]));
    for (lang, texts) in [
        ("en", ["1 report by isp, default", "2 reports by default", "by an earlier version"]),
        ("ja", ["isp, default … 報告 1", "default … 報告 2", "(以前の版)"]),
    ] {
        let told = fleet_of(&all, &["--lang", lang]).stderr;
        assert!(texts.iter().all(|text| told.contains(text)), "{told}");
        let told = fleet_of(&all, &["--lang", lang, "--as-of", "2026-12-01", "--no-builtin-policies"]).stderr;
        assert!(told.contains("2026") && !texts.iter().any(|text| told.contains(text)), "{told}");
    }
}

/// The same names are not the same policies: another text, another day, another default.
#[test]
fn policies_of_one_name_that_differ_are_named() {
    let by = |computer: &str, hash: &str, day: Value, tls: bool| {
        let mut report = report(computer, DAYS[0], &[READ], &[finding(1, "taro", "smtp-auth")]);
        report["scan"]["policies"] = json!(["isp", "default"]);
        report["scan"]["policy_details"] = json!([{"id": "isp", "sha256": hash}]);
        (report["scan"]["as_of"], report["scan"]["require_tls"]) = (day, json!(tls));
        report
    };
    let first = || by("PC-1", "1111111111", json!("2026-10-01"), false);
    let told = |other: Value| fleet_of(&[first(), other], &["--lang", "en"]);
    // The day of the report, or one beside it, is no other day.
    assert_eq!(told(by("PC-2", "1111111111", json!("2026-10-02"), false)).stderr, "");
    assert_eq!(told(by("PC-2", "1111111111", Value::Null, false)).stderr, "");
    for (other, sign) in [
        (by("PC-2", "2222222222", Value::Null, false), "isp, default (SHA-256 22222222)"),
        (by("PC-2", "1111111111", json!("2027-02-01"), false), "isp, default (as of 1 February 2027)"),
        (by("PC-2", "1111111111", Value::Null, true), "isp, default (--require-tls)"),
    ] {
        let answer = told(other);
        assert!(answer.stderr.contains(sign), "{}", answer.stderr);
        assert_eq!(answer.json()["judging"]["reports"].as_array().unwrap().len(), 2);
    }
}

/// No claim fits a mask: what its report says stays, and is told.
#[test]
fn masked_reports_keep_their_verdicts() {
    let mut masked = finding(1, "x0123456789abcdef", "smtp-auth-off-policy");
    (masked["outgoing"]["host"], masked["outgoing"]["port"]) = (json!("x0123456789abcdef"), json!(587));
    let masked = report("x0123456789abcdee", DAYS[0], &[READ], &[masked]);
    for arguments in [&["--lang", "en"][..], &["--lang", "en", "--as-of", "2027-02-01"]] {
        let answer = with_policy(std::slice::from_ref(&masked), RELAY, arguments);
        assert_eq!((actions(&answer.json()), answer.exit), ((1, 0, 0), 1));
        assert_eq!(
            (&answer.json()["judging"]["masked"], &answer.json()["judging"]["kept"]),
            (&json!(1), &json!(1))
        );
        assert!(answer.stderr.contains("their servers are masked (--redact): 1"), "{}", answer.stderr);
    }
}

/// The reason stands beside the verdict, also where that is not what its report says.
#[test]
fn the_list_names_reasons() {
    let policy = OAUTH.replace("auth = \"password\", until", "auth = [\"password\", \"none\"], until");
    let text = lines(&report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "smtp-auth")]));
    let folder = folder_of(&[("p.toml", policy.as_bytes())]);
    let all = ["fleet", "-", "--format", "csv", "--policy", "p.toml", "--as-of", "2026-11-01"];
    let csv = run(folder.path(), &all, text.as_bytes()).stdout;
    assert!(csv.contains("\"SMTP-AUTH: password ends December 2026\""), "{csv}");
    assert!(csv.contains("\"SMTP認証あり（パスワード認証は2026年12月で終了）\""), "{csv}");
    // As its report says where nothing is judged anew.
    let mut stored = finding(1, "taro", "smtp-auth-off-policy");
    stored["verdict_text"] = json!({"ja": "理由", "en": "reason"});
    let text = lines(&report("PC-1", DAYS[0], &[READ], &[stored]));
    let csv = run(folder.path(), &["fleet", "-", "--format", "csv"], text.as_bytes()).stdout;
    assert!(csv.contains("\"理由\",\"reason\""), "{csv}");
}

/// With `--others skip` what no policy speaks for is counted, and nothing else.
#[test]
fn others_are_only_counted() {
    let mut elsewhere = finding(2, "taro", "no-smtp-auth");
    elsewhere["outgoing"]["host"] = "mail.example.com".into();
    let reports = [report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "smtp-auth"), elsewhere])];
    let found = with_policy(&reports, ISP, &["--others", "skip", "--as-of", "2026-11-01"]).json();
    assert_eq!((actions(&found), &found["judging"]["others"]), ((1, 0, 0), &json!(1)));
    assert_eq!(found["history"][0]["change"], json!(1));
}
