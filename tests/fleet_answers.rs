//! Which answers count, from when, and until when.

mod common;

use common::reports::{
    DAYS, READ, actions, answered, both_ways, days, finding, ids, lines, report, run, with, with_scope,
};
use serde_json::{Value, json};
use std::path::Path;

#[test]
fn an_answer_takes_the_place_of_what_could_not_be_read() {
    let unreadable = |time| {
        report("PC-1", time, &[READ], &[finding(1, "taro", "unreadable"), finding(2, "taro", "smtp-auth")])
    };
    let answered = |time| {
        let mut report = report("PC-1", time, &[READ], &[finding(1, "taro", "no-smtp-auth")]);
        report["findings"][0]["confidence"] = "answered".into();
        report
    };
    let readable =
        report("PC-1", DAYS[3], &[READ], &[finding(1, "taro", "smtp-auth"), finding(2, "taro", "smtp-auth")]);
    for (name, reports, expected, history) in [
        (
            "answered after the scan",
            vec![unreadable(DAYS[0]), answered(DAYS[1])],
            (1, 0, 1),
            vec![(0, 1), (1, 0)],
        ),
        (
            "answered before the scan",
            vec![unreadable(DAYS[2]), answered(DAYS[1])],
            (1, 0, 1),
            vec![(1, 0), (1, 0)],
        ),
        ("a later scan could read it", vec![answered(DAYS[1]), readable], (0, 0, 2), vec![(1, 0), (0, 0)]),
    ] {
        let text: String = reports.iter().map(lines).collect();
        let fleet = run(Path::new("."), &["fleet", "-", "--format", "json"], text.as_bytes()).json();
        assert_eq!(actions(&fleet), expected, "{name}");
        let days = fleet["history"].as_array().unwrap().iter();
        let days: Vec<(u64, u64)> = days
            .map(|day| (day["change"].as_u64().unwrap(), day["check-by-hand"].as_u64().unwrap()))
            .collect();
        assert_eq!(days, history, "{name}");
    }
}

/// An answer does not outlive its account; one about what no scan has stands by itself.
#[test]
fn an_answer_about_an_account_that_is_gone() {
    let unreadable = report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "unreadable")]);
    let answer = answered(DAYS[1], 1, "no-smtp-auth");
    let gone = report("PC-1", DAYS[2], &[READ], &[]);
    let found = both_ways(&[unreadable.clone(), answer.clone(), gone.clone()]);
    assert_eq!((actions(&found), ids(&found)), ((0, 0, 0), vec![]));
    assert_eq!(days(&found), [(0, 1), (1, 0), (0, 0)]);
    let found = both_ways(&[with_scope(gone, "user"), answered(DAYS[3], 9, "no-smtp-auth")]);
    assert_eq!((ids(&found), days(&found)), (vec![9], vec![(0, 0), (1, 0)]));
    // A phone: nobody's, and on no computer that was scanned.
    let mut phone = with(answered(DAYS[1], 5, "no-smtp-auth"), "/computer", "PHONE-1".into());
    phone["scan"]["users"] = json!([]);
    phone["findings"][0]["user"] = Value::Null;
    let found = both_ways(&[unreadable, phone]);
    assert_eq!((&found["computers"], actions(&found)), (&2.into(), (1, 1, 0)));
    assert_eq!(days(&found), [(0, 1), (1, 1)]);
}

/// An answer counts from its day on, however many scans follow.
#[test]
fn the_history_has_an_answer_on_its_day() {
    let scan = |time| report("PC-1", time, &[READ], &[finding(1, "taro", "unreadable")]);
    let found =
        both_ways(&[scan(DAYS[0]), answered(DAYS[1], 1, "no-smtp-auth"), scan(DAYS[2]), scan(DAYS[3])]);
    assert_eq!(days(&found), [(0, 1), (1, 0), (1, 0), (1, 0)]);
    assert_eq!(actions(&found), (1, 0, 0));
}

/// Each answer counts from its day until the next one.
#[test]
fn several_answers_about_one_account() {
    let scan = report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "unreadable")]);
    let (bad, good) = (answered(DAYS[1], 1, "no-smtp-auth"), answered(DAYS[2], 1, "smtp-auth"));
    let found = both_ways(&[scan, bad.clone(), good.clone()]);
    assert_eq!((days(&found), actions(&found)), (vec![(0, 1), (1, 0), (0, 0)], (0, 0, 1)));
    // Without any scan, too, and each row tells of its own day.
    let found = both_ways(&[bad, good, answered(DAYS[3], 2, "no-smtp-auth")]);
    assert_eq!(days(&found), [(1, 0), (0, 0), (1, 0)]);
    assert_eq!(found["left"][0]["as_of"], "2026-10-04");
}

/// Two users of one name with the same id: the answer is the one's whose SID it tells.
#[test]
fn an_answer_with_a_sid() {
    let with_sid = |mut report: Value, sid: &str| {
        report["scan"]["users"][0]["sid"] = sid.into();
        report["findings"][0]["user_sid"] = sid.into();
        report
    };
    let one = with_sid(report("PC-1", DAYS[0], &[READ], &[finding(1, "taro", "unreadable")]), "S-1");
    let two = with_sid(report("PC-1", DAYS[2], &[READ], &[finding(1, "taro", "smtp-auth")]), "S-2");
    let answer = with_sid(answered(DAYS[1], 1, "no-smtp-auth"), "S-1");
    let found = both_ways(&[one.clone(), two, answer.clone()]);
    assert_eq!((&found["users"], actions(&found)), (&2.into(), (1, 0, 1)));
    // Where no scan knows a SID it is the same user.
    let mut without = one;
    (without["scan"]["users"][0]["sid"], without["findings"][0]["user_sid"]) = (Value::Null, Value::Null);
    let found = both_ways(&[without, answer]);
    assert_eq!((&found["users"], actions(&found)), (&1.into(), (1, 0, 0)));
}
