//! The values that hold for a profile: defaults, prefs.js, user.js and what the organisation forces, by precedence.
//!
//! default < prefs.js < user.js < AutoConfig `pref()` < anything locked; prefs.js keeps the old value below a lock
//! (tried with Thunderbird 140 and 153).

use crate::clients::settings::{Setting, Settings};
pub(super) use crate::formats::autoconfig::CallKind as Kind;
use crate::formats::prefs_js::{Pref, Prefs};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

/// Of a list, more characters than this are not handed to the evidence, which shows fewer.
const MAX_BEGINNING: usize = 300;

/// Numbers that the program has defaults for (comm-central mailnews.js): a policy's 0 and 1 stay numbers.
const BUILT_IN_NUMBERS: [&str; 2] = ["mail.smtpserver.default.authMethod", "mail.smtpserver.default.try_ssl"];

/// Who decided a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The program or its administrator, as a default that prefs.js may change.
    Default,
    /// prefs.js.
    Profile,
    /// user.js, read again at every start.
    UserJs,
    /// AutoConfig or a policy, as the user's value that is set again at every start.
    EveryStart,
    /// AutoConfig or a policy, locked.
    Locked,
}

/// One setting of AutoConfig, of a policy, or of the program folder's own defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Order {
    /// What happens to it; policies do the same as AutoConfig.
    pub(super) kind: Kind,
    /// Its name.
    pub(super) name: String,
    /// Its value; `None` for `Clear` and `Unlock`.
    pub(super) value: Option<Pref>,
    /// The file or registry key that says so.
    pub(super) place: Rc<str>,
    /// A policy says so: 0 and 1 may then stand for `false` and `true`.
    pub(super) by_policy: bool,
}

#[derive(Debug)]
struct Stored {
    value: Pref,
    place: Rc<str>,
    origin: Origin,
    /// A policy's 0 or 1 that the program turned into a switch.
    was_number: bool,
}

/// All values of one profile.
#[derive(Debug)]
pub(super) struct Values {
    /// prefs.js as it is shown: where an absent value would stand.
    place: Rc<str>,
    defaults: BTreeMap<String, Stored>,
    user: BTreeMap<String, Stored>,
    /// Settings of which the default counts, whatever the user's value is.
    locked: BTreeSet<String>,
}

impl Values {
    /// The values of prefs.js.
    pub(super) fn of(prefs: Prefs, place: &str) -> Self {
        let mut values = Self {
            place: place.into(),
            defaults: BTreeMap::new(),
            user: BTreeMap::new(),
            locked: BTreeSet::new(),
        };
        values.lay(prefs, place, Origin::Profile);
        values
    }

    /// Lays the values of a file over those of the user, and its defaults over the defaults.
    pub(super) fn lay(&mut self, prefs: Prefs, place: &str, origin: Origin) {
        let place: Rc<str> = place.into();
        let stored = |value, origin| Stored { value, place: Rc::clone(&place), origin, was_number: false };
        self.user.extend(prefs.values.into_iter().map(|(name, value)| (name, stored(value, origin))));
        let defaults = prefs.defaults.into_iter();
        self.defaults.extend(defaults.map(|(name, value)| (name, stored(value, Origin::Default))));
    }

    /// Carries out what an administrator ordered, one after the other.
    pub(super) fn obey(&mut self, orders: &[Order]) {
        for order in orders {
            match (order.kind, self.stored(order)) {
                (Kind::Default, Some(stored)) => drop(self.defaults.insert(order.name.clone(), stored)),
                (Kind::User, Some(stored)) => drop(self.user.insert(order.name.clone(), stored)),
                (Kind::Lock, Some(stored)) => {
                    self.defaults.insert(order.name.clone(), stored);
                    self.locked.insert(order.name.clone());
                }
                (Kind::Unlock, _) => drop(self.locked.remove(&order.name)),
                (Kind::Clear, _) => drop(self.user.remove(&order.name)),
                (Kind::Default | Kind::User | Kind::Lock, None) => {}
            }
        }
    }

    fn stored(&self, order: &Order) -> Option<Stored> {
        let (value, was_number) = match order.value.clone()? {
            Pref::Number(number @ (0 | 1)) if order.by_policy && !self.is_number(&order.name) => {
                (Pref::Bool(number == 1), true)
            }
            value => (value, false),
        };
        let origin = if order.kind == Kind::User { Origin::EveryStart } else { Origin::Default };
        Some(Stored { value, place: Rc::clone(&order.place), origin, was_number })
    }

    /// True if the setting has a number from anywhere: only then the program keeps a policy's 0 and 1, which stand for
    /// switches in group policies (comm-central Policies.sys.mjs, bug 1666836; tried with Thunderbird 153).
    fn is_number(&self, name: &str) -> bool {
        let maps = [&self.user, &self.defaults];
        let found = maps.iter().filter_map(|map| map.get(name)).any(|s| matches!(s.value, Pref::Number(_)));
        found || BUILT_IN_NUMBERS.contains(&name)
    }

    /// A policy's number that the program turned into a switch, so that it says nothing about a number.
    pub(super) fn lost_number(&self, name: &str) -> Option<Settings> {
        self.get(name).filter(|stored| stored.was_number).map(|_| self.as_switch(name))
    }

    fn get(&self, name: &str) -> Option<&Stored> {
        let user = if self.locked.contains(name) { None } else { self.user.get(name) };
        user.or_else(|| self.defaults.get(name))
    }

    /// True if the setting has a value from anywhere.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Who decided the value, and where it stands.
    pub(super) fn origin(&self, name: &str) -> Option<(Origin, &str)> {
        let stored = self.get(name)?;
        let origin = if self.locked.contains(name) { Origin::Locked } else { stored.origin };
        Some((origin, stored.place.as_ref()))
    }

    /// A text that is not empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name).map(|stored| &stored.value) {
            Some(Pref::Text(text)) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    /// A list with commas, without empty parts and duplicates.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        let mut known = HashSet::new();
        let parts = self.text(name).unwrap_or_default().split(',').map(str::trim);
        parts.filter(|part| !part.is_empty() && known.insert(*part)).collect()
    }

    /// The beginning of a text, as much as the evidence shows: lists can be long, and are recorded for each account.
    pub(super) fn as_beginning(&self, name: &str) -> Settings {
        self.settings(name, |name, value| match value {
            Pref::Text(text) => Setting::text(name, text.chars().take(MAX_BEGINNING).collect::<String>()),
            other => text_setting(name, other),
        })
    }

    /// The setting as a text, with the place that decided.
    pub(super) fn as_text(&self, name: &str) -> Settings {
        self.settings(name, text_setting)
    }

    /// The setting as a number. A text that holds a number is none to Thunderbird, which then takes its default; who
    /// wrote it wanted something else, so it is not understood here.
    ///
    /// A switch that a policy's number became is no number either. That is the program's doing, and it takes its
    /// default.
    pub(super) fn as_number(&self, name: &str) -> Settings {
        if self.lost_number(name).is_some() {
            return Settings {
                place: self.place.as_ref().into(),
                entries: Vec::new(),
                ..Settings::default()
            };
        }
        self.settings(name, |name, value| match value {
            Pref::Number(number) => Setting::number(name, i64::from(*number)),
            Pref::Bool(flag) => Setting::strange(name, flag.to_string()),
            Pref::Text(text) => Setting::strange(name, format!("\"{text}\"")),
            Pref::Secret => Setting::secret(name),
        })
    }

    /// The setting as a switch: 1 for `true`.
    pub(super) fn as_switch(&self, name: &str) -> Settings {
        self.settings(name, |name, value| match value {
            Pref::Bool(flag) => {
                Setting { shown: flag.to_string(), ..Setting::number(name, i64::from(*flag)) }
            }
            Pref::Number(number) => Setting::strange(name, number.to_string()),
            Pref::Text(text) => Setting::strange(name, format!("\"{text}\"")),
            Pref::Secret => Setting::secret(name),
        })
    }

    fn settings(&self, name: &str, convert: impl Fn(&str, &Pref) -> Setting) -> Settings {
        match self.get(name) {
            Some(stored) => Settings {
                place: stored.place.as_ref().into(),
                entries: vec![convert(name, &stored.value)],
                ..Settings::default()
            },
            None => {
                Settings { place: self.place.as_ref().into(), entries: Vec::new(), ..Settings::default() }
            }
        }
    }
}

fn text_setting(name: &str, value: &Pref) -> Setting {
    match value {
        Pref::Text(text) => Setting::text(name, text),
        Pref::Number(number) => Setting::strange(name, number.to_string()),
        Pref::Bool(flag) => Setting::strange(name, flag.to_string()),
        Pref::Secret => Setting::secret(name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::prefs_js::parse;

    fn order(kind: Kind, name: &str, value: i32) -> Order {
        let value = (!matches!(kind, Kind::Clear | Kind::Unlock)).then_some(Pref::Number(value));
        Order { kind, name: name.to_owned(), value, place: "admin".into(), by_policy: false }
    }

    #[test]
    fn the_higher_layer_wins_and_names_itself() {
        let names = ["prefs", "userjs", "pref", "lock", "clear", "default"];
        let prefs = "user_pref('prefs', 1);user_pref('userjs', 1);user_pref('pref', 1);user_pref('lock', 1);user_pref('clear', 1);";
        let mut values = Values::of(parse(prefs.as_bytes()), "prefs.js");
        values.lay(parse(b"user_pref(\"userjs\", 2);user_pref(\"lock\", 2);"), "user.js", Origin::UserJs);
        let mut orders: Vec<Order> = names.iter().map(|name| order(Kind::Default, name, 0)).collect();
        orders.extend([
            order(Kind::User, "pref", 3),
            order(Kind::Lock, "lock", 4),
            order(Kind::Clear, "clear", 0),
        ]);
        values.obey(&orders);
        for (name, number, origin, place) in [
            ("prefs", 1, Origin::Profile, "prefs.js"),
            ("userjs", 2, Origin::UserJs, "user.js"),
            ("pref", 3, Origin::EveryStart, "admin"),
            ("lock", 4, Origin::Locked, "admin"),
            ("clear", 0, Origin::Default, "admin"),
            ("default", 0, Origin::Default, "admin"),
        ] {
            assert_eq!(values.as_number(name).peek_number(name), Some(number), "{name}");
            assert_eq!(values.origin(name), Some((origin, place)), "{name}");
        }
        let none = values.as_number("none");
        assert_eq!((none.place.to_string().as_str(), none.entries.len()), ("prefs.js", 0));
    }

    #[test]
    fn a_policys_0_and_1_are_switches_unless_a_number_is_there() {
        let built_in = "mail.smtpserver.default.try_ssl";
        let prefs = parse(b"user_pref(\"a\", 3);pref(\"b\", 4);user_pref(\"c\", \"5\");");
        let mut values = Values::of(prefs, "prefs.js");
        let by_policy = |kind, name, value| Order { by_policy: true, ..order(kind, name, value) };
        values.obey(&[
            by_policy(Kind::Lock, "a", 1),
            by_policy(Kind::Lock, "b", 0),
            by_policy(Kind::Lock, "c", 1),
            by_policy(Kind::Default, "d", 1),
            by_policy(Kind::User, "e", 0),
            by_policy(Kind::Lock, "f", 2),
            by_policy(Kind::Lock, built_in, 1),
            order(Kind::Lock, "g", 1),
        ]);
        for (name, number, lost) in [
            ("a", Some(1), false),
            ("b", Some(0), false),
            ("c", None, true),
            ("d", None, true),
            ("e", None, true),
            ("f", Some(2), false),
            (built_in, Some(1), false),
            ("g", Some(1), false),
        ] {
            assert_eq!(values.as_number(name).peek_number(name), number, "{name}");
            assert_eq!(values.lost_number(name).is_some(), lost, "{name}");
        }
        assert_eq!(values.as_switch("d").peek_number("d"), Some(1));
    }

    #[test]
    fn orders_take_effect_one_after_the_other() {
        use Kind::{Clear, Default, Lock, Unlock, User};
        for (orders, number, origin) in [
            (&[(Lock, 1), (Unlock, 0)][..], Some(9), Some(Origin::Profile)),
            (&[(Lock, 1), (Unlock, 0), (Clear, 0)], Some(1), Some(Origin::Default)),
            (&[(Unlock, 0), (Lock, 1)], Some(1), Some(Origin::Locked)),
            (&[(Lock, 1), (Unlock, 0), (Lock, 2)], Some(2), Some(Origin::Locked)),
            (&[(User, 1), (Clear, 0)], None, None),
            (&[(Clear, 0), (User, 1)], Some(1), Some(Origin::EveryStart)),
            (&[(Lock, 1), (User, 2)], Some(1), Some(Origin::Locked)),
            (&[(Default, 1), (Clear, 0), (Default, 2)], Some(2), Some(Origin::Default)),
        ] {
            let mut values = Values::of(parse(b"user_pref(\"a\", 9);"), "prefs.js");
            let list: Vec<Order> = orders.iter().map(|(kind, value)| order(*kind, "a", *value)).collect();
            values.obey(&list);
            assert_eq!(values.as_number("a").peek_number("a"), number, "{orders:?}");
            assert_eq!(values.origin("a").map(|found| found.0), origin, "{orders:?}");
        }
    }

    #[test]
    fn a_default_gives_way_from_whatever_file() {
        let mut values = Values::of(parse(b"user_pref(\"a\", 1);pref(\"b\", 2);"), "prefs.js");
        values.lay(parse(b"pref(\"a\", 3);pref(\"b\", 4);pref(\"c\", 5);"), "user.js", Origin::UserJs);
        for (name, number, origin) in
            [("a", 1, Origin::Profile), ("b", 4, Origin::Default), ("c", 5, Origin::Default)]
        {
            assert_eq!(values.as_number(name).peek_number(name), Some(number), "{name}");
            assert_eq!(values.origin(name).map(|found| found.0), Some(origin), "{name}");
        }
    }

    #[test]
    fn a_number_in_quotes_is_no_number() {
        let values = Values::of(parse(b"user_pref(\"port\", \"587\");"), "prefs.js");
        assert_eq!(values.as_number("port").peek_number("port"), None);
        assert_eq!(values.as_text("port").peek_text("port"), Some("587"));
    }

    #[test]
    fn lists_have_no_empty_parts_and_no_duplicates() {
        let values = Values::of(parse(b"user_pref(\"l\", \" a,,b ,a, \");"), "prefs.js");
        assert_eq!(values.list("l"), ["a", "b"]);
        assert!(values.list("none").is_empty());
    }
}
