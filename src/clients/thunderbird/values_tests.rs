//! Layers of values, with ports of servers that are named by what happens to them.

use super::*;
use crate::clients::thunderbird::cases::each;
use crate::clients::thunderbird::prefs_js::parse;
use crate::clients::thunderbird::settings::{SMTP_HOST, SMTP_PORT, SMTP_SERVERS};

/// A file that gives these ports by this function.
fn file(function: &str, ports: &[(&str, i32)]) -> Prefs {
    let line = |(key, port): &(&str, i32)| format!("{function}('{}', {port});", spelled(&SMTP_PORT, key));
    parse(ports.iter().map(line).collect::<Vec<_>>().concat().as_bytes())
}

fn order(kind: Kind, key: &str, value: i32) -> Order {
    let value = (!matches!(kind, Kind::Clear | Kind::Unlock)).then_some(Pref::Number(value));
    Order {
        kind,
        name: spelled(&SMTP_PORT, key),
        value,
        place: "admin".into(),
        by_policy: false,
        when: Vec::new(),
    }
}

fn port(values: &Values, key: &str) -> Option<i64> {
    values.settings(&SMTP_PORT, key).peek_number(SMTP_PORT)
}

fn origin<'a>(values: &'a Values, key: &str) -> Option<(Origin, &'a str)> {
    values.origin(&SMTP_PORT, key)
}

#[test]
fn the_higher_layer_wins_and_names_itself() {
    let names = ["prefs", "userjs", "pref", "lock", "clear", "default"];
    let prefs = file("user_pref", &[("prefs", 1), ("userjs", 1), ("pref", 1), ("lock", 1), ("clear", 1)]);
    let mut values = Values::of(prefs, "prefs.js");
    values.lay(file("user_pref", &[("userjs", 2), ("lock", 2)]), "user.js", Origin::UserJs);
    let mut orders: Vec<Order> = names.iter().map(|name| order(Kind::Default, name, 0)).collect();
    orders.extend([
        order(Kind::User, "pref", 3),
        order(Kind::Lock, "lock", 4),
        order(Kind::Clear, "clear", 0),
    ]);
    values.obey(&orders, &[]);
    for (name, number, decided, place) in [
        ("prefs", 1, Origin::Profile, "prefs.js"),
        ("userjs", 2, Origin::UserJs, "user.js"),
        ("pref", 3, Origin::EveryStart, "admin"),
        ("lock", 4, Origin::Locked, "admin"),
        ("clear", 0, Origin::Default, "admin"),
        ("default", 0, Origin::Default, "admin"),
    ] {
        assert_eq!(port(&values, name), Some(number), "{name}");
        assert_eq!(origin(&values, name), Some((decided, place)), "{name}");
    }
    let none = values.settings(&SMTP_PORT, "none");
    assert_eq!((none.place.to_string().as_str(), none.entries.len()), ("prefs.js", 0));
}

#[test]
fn a_policys_0_and_1_are_switches_unless_a_number_is_there() {
    let mut prefs =
        parse(b"user_pref('mail.smtpserver.a.port', 3);user_pref('mail.smtpserver.c.port', '5');");
    prefs.defaults = file("pref", &[("b", 4)]).defaults;
    let mut values = Values::of(prefs, "prefs.js");
    let by_policy = |kind, name, value| Order { by_policy: true, ..order(kind, name, value) };
    let built_in = by_policy(Kind::Lock, SHARED, 1);
    values.obey(
        &[
            by_policy(Kind::Lock, "a", 1),
            by_policy(Kind::Lock, "b", 0),
            by_policy(Kind::Lock, "c", 1),
            by_policy(Kind::Default, "d", 1),
            by_policy(Kind::User, "e", 0),
            by_policy(Kind::Lock, "f", 2),
            Order { name: spelled(&SMTP_SECURITY, SHARED), ..built_in },
            order(Kind::Lock, "g", 1),
        ],
        &[],
    );
    for (name, number, lost) in [
        ("a", Some(1), false),
        ("b", Some(0), false),
        ("c", None, true),
        ("d", None, true),
        ("e", None, true),
        ("f", Some(2), false),
        ("g", Some(1), false),
    ] {
        assert_eq!(port(&values, name), number, "{name}");
        assert_eq!(values.is_lost(&SMTP_PORT, name), lost, "{name}");
    }
    let built_in = values.settings(&SMTP_SECURITY, SHARED);
    assert_eq!(built_in.peek_number(SMTP_SECURITY), Some(1));
    let lost = values.stored_settings(&SMTP_PORT, "d");
    assert_eq!(lost.get(SMTP_PORT).map(|setting| setting.shown.as_str()), Some("true"));
}

#[test]
fn orders_take_effect_one_after_the_other() {
    use Kind::{Clear, Default, Lock, Unlock, User};
    for (orders, number, decided) in [
        (&[(Lock, 1), (Unlock, 0)][..], Some(9), Some(Origin::Profile)),
        (&[(Lock, 1), (Unlock, 0), (Clear, 0)], Some(1), Some(Origin::Default)),
        (&[(Unlock, 0), (Lock, 1)], Some(1), Some(Origin::Locked)),
        (&[(Lock, 1), (Unlock, 0), (Lock, 2)], Some(2), Some(Origin::Locked)),
        (&[(User, 1), (Clear, 0)], None, None),
        (&[(Clear, 0), (User, 1)], Some(1), Some(Origin::EveryStart)),
        (&[(Lock, 1), (User, 2)], Some(1), Some(Origin::Locked)),
        (&[(Default, 1), (Clear, 0), (Default, 2)], Some(2), Some(Origin::Default)),
    ] {
        let mut values = Values::of(file("user_pref", &[("a", 9)]), "prefs.js");
        let list: Vec<Order> = orders.iter().map(|(kind, value)| order(*kind, "a", *value)).collect();
        values.obey(&list, &[]);
        assert_eq!(port(&values, "a"), number, "{orders:?}");
        assert_eq!(origin(&values, "a").map(|found| found.0), decided, "{orders:?}");
    }
}

#[test]
fn a_default_gives_way_from_whatever_file() {
    let mut prefs = file("user_pref", &[("a", 1)]);
    prefs.defaults = file("pref", &[("b", 2)]).defaults;
    let mut values = Values::of(prefs, "prefs.js");
    values.lay(file("pref", &[("a", 3), ("b", 4), ("c", 5)]), "user.js", Origin::UserJs);
    for (name, number, decided) in
        [("a", 1, Origin::Profile), ("b", 4, Origin::Default), ("c", 5, Origin::Default)]
    {
        assert_eq!(port(&values, name), Some(number), "{name}");
        assert_eq!(origin(&values, name).map(|found| found.0), Some(decided), "{name}");
    }
}

#[test]
fn a_number_in_quotes_is_no_number() {
    let prefs =
        b"user_pref('mail.smtpserver.a.port', '587');user_pref('mail.smtpserver.b.port', '587 himitsu');";
    let values = Values::of(parse(prefs), "prefs.js");
    assert_eq!(port(&values, "a"), None);
    let shown = |key| values.settings(&SMTP_PORT, key).get(SMTP_PORT).map(|setting| setting.shown.clone());
    assert_eq!(shown("a").as_deref(), Some("\"587\""));
    assert_eq!(shown("b").as_deref(), Some("(text, 11 characters)"));
}

#[test]
fn lists_have_no_empty_parts_and_no_duplicates() {
    let values = Values::of(parse(b"user_pref(\"mail.smtpservers\", \" a,,b ,a, \");"), "prefs.js");
    assert_eq!(values.list(&SMTP_SERVERS, ""), ["a", "b"]);
    assert!(values.list(&SMTP_HOST, "a").is_empty());
}

#[test]
#[should_panic(expected = "not listed")]
fn asking_for_a_setting_that_is_not_listed_is_a_fault() {
    let fact = Fact { name: "mail.smtpserver.*.hostnmae", ..SMTP_HOST };
    Values::of(Prefs::default(), "prefs.js").text(&fact, "a");
}

/// The values that the port of `a` may have, by the ways in which the choices may fall.
fn ports(values: &Values) -> (Vec<Option<i64>>, bool) {
    let fallen = each(values, |values| port(values, "a"));
    (fallen.list.into_iter().map(|(_, port)| port).collect(), fallen.is_cut)
}

#[test]
fn what_hangs_on_choices_is_read_for_each() {
    let given = |order: Order, when: &[(usize, usize)]| {
        let when = when.iter().map(|(choice, option)| When { choice: *choice, option: *option }).collect();
        Order { when, ..order }
    };
    let lock = |value, when: &[(usize, usize)]| given(order(Kind::Lock, "a", value), when);
    for (orders, choices, expected) in [
        (vec![lock(1, &[(0, 0)])], &[2][..], &[Some(1), Some(9)][..]),
        // one of three branches, of which the last does nothing
        (vec![lock(1, &[(0, 0)]), lock(2, &[(0, 1)])], &[3], &[Some(1), Some(2), Some(9)]),
        // a condition within a condition is asked for only there
        (vec![lock(1, &[(0, 0), (1, 0)])], &[2, 2], &[Some(1), Some(9), Some(9)]),
        // the last one counts, whatever came before
        (vec![lock(1, &[(0, 0)]), lock(3, &[])], &[2], &[Some(3), Some(3)]),
        (vec![lock(3, &[]), given(order(Kind::Unlock, "a", 0), &[(0, 1)])], &[2], &[Some(3), Some(9)]),
        // another setting is nobody's business
        (vec![given(order(Kind::Lock, "b", 1), &[(0, 0)])], &[2], &[Some(9)]),
    ] {
        let mut values = Values::of(file("user_pref", &[("a", 9)]), "prefs.js");
        values.obey(&orders, choices);
        assert_eq!(ports(&values), (expected.to_vec(), false), "{orders:?}");
    }
}

#[test]
fn no_more_ways_are_read_than_are_judged() {
    for (choices, ways, is_cut) in [(4, 16, false), (5, 1, true), (200, 1, true)] {
        let mut values = Values::of(Prefs::default(), "prefs.js");
        let one = |choice| Order {
            when: vec![When { choice, option: 0 }],
            ..order(Kind::Lock, "a", i32::try_from(choice).unwrap() + 1)
        };
        values.obey(&(0..choices).map(one).collect::<Vec<_>>(), &vec![2; choices]);
        let (ports, found) = ports(&values);
        assert_eq!((ports.len(), found), (ways, is_cut), "{choices}");
        let aside = each(&values, |values| values.aside(|| port(values, "a")));
        assert_eq!((aside.list.len(), aside.is_cut), (1, false));
    }
}

#[test]
fn a_policys_number_is_a_switch_only_where_none_is_there_by_choice() {
    let mut values = Values::of(Prefs::default(), "prefs.js");
    let perhaps = Order { when: vec![When { choice: 0, option: 0 }], ..order(Kind::Default, "a", 5) };
    let policy = Order { by_policy: true, ..order(Kind::Lock, "a", 1) };
    values.obey(&[perhaps, policy], &[2]);
    assert_eq!(ports(&values).0, [Some(1), None]);
}
