//! The values that hold for a profile: defaults, prefs.js, user.js and what the organisation forces, by precedence.
//!
//! default < prefs.js < user.js < AutoConfig `pref()` < anything locked; prefs.js keeps the old value below a lock
//! (tried with Thunderbird 140 and 153).

use super::mozilla_cfg::Call;
pub(super) use super::mozilla_cfg::CallKind as Kind;
use super::pref::Pref;
use super::prefs_js::Prefs;
use super::settings::{PREFS, SMTP_AUTH, SMTP_SECURITY};
use crate::clients::settings::{Raw, Setting, Settings};
use crate::formats::facts::{Fact, Spelling};
use crate::formats::kinds::{self, is_stand_in, keep_number};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

/// Of a list, more characters than this are not handed to the evidence, which shows fewer.
const MAX_BEGINNING: usize = 300;

/// The branch that holds for all servers that have no value of their own.
pub(super) const SHARED: &str = "default";
/// Numbers that the program has defaults for in that branch (comm-central mailnews.js): a policy's 0 and 1 stay numbers.
const BUILT_IN_NUMBERS: [Fact; 2] = [SMTP_AUTH, SMTP_SECURITY];

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

impl Order {
    /// What a call or a policy of this place does.
    pub(super) fn of(call: Call, place: &Rc<str>, by_policy: bool) -> Self {
        Self { kind: call.kind, name: call.name, value: call.value, place: Rc::clone(place), by_policy }
    }
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
        found || BUILT_IN_NUMBERS.iter().any(|fact| spelled(fact, SHARED) == name)
    }

    fn get(&self, fact: &Fact, key: &str) -> Option<&Stored> {
        let name = spelled(fact, key);
        let user = if self.locked.contains(&name) { None } else { self.user.get(&name) };
        user.or_else(|| self.defaults.get(&name))
    }

    /// True for a policy's number that the program turned into a switch, so that it says nothing about a number.
    pub(super) fn is_lost(&self, fact: &Fact, key: &str) -> bool {
        self.get(fact, key).is_some_and(|stored| stored.was_number)
    }

    /// True if the setting has a value from anywhere.
    pub(super) fn has(&self, fact: &Fact, key: &str) -> bool {
        self.get(fact, key).is_some()
    }

    /// Who decided the value, and where it stands.
    pub(super) fn origin(&self, fact: &Fact, key: &str) -> Option<(Origin, &str)> {
        let stored = self.get(fact, key)?;
        let is_locked = self.locked.contains(&spelled(fact, key));
        Some((if is_locked { Origin::Locked } else { stored.origin }, stored.place.as_ref()))
    }

    /// A text that is not empty.
    pub(super) fn text(&self, fact: &Fact, key: &str) -> Option<&str> {
        match self.get(fact, key).map(|stored| &stored.value) {
            Some(Pref::Text(text)) if !text.trim().is_empty() => Some(text.trim()),
            _ => None,
        }
    }

    /// A list with commas, without empty parts and duplicates.
    pub(super) fn list(&self, fact: &Fact, key: &str) -> Vec<&str> {
        let mut known = HashSet::new();
        let parts = self.text(fact, key).unwrap_or_default().split(',').map(str::trim);
        parts.filter(|part| !part.is_empty() && known.insert(*part)).collect()
    }

    /// The setting with the place that decided. A switch that a policy's number became is no number, and the program takes
    /// its default.
    pub(super) fn settings(&self, fact: &Fact, key: &str) -> Settings {
        if self.is_lost(fact, key) {
            return Settings::new(self.place.as_ref(), PREFS, Spelling::Keyed(key.to_owned()));
        }
        self.stored_settings(fact, key)
    }

    /// The same with what a policy says in vain.
    pub(super) fn stored_settings(&self, fact: &Fact, key: &str) -> Settings {
        let stored = self.get(fact, key);
        let place = stored.map_or(&self.place, |stored| &stored.place);
        let mut settings = Settings::new(place.as_ref(), PREFS, Spelling::Keyed(key.to_owned()));
        settings.entries.extend(stored.map(|stored| setting(fact, settings.spelled(fact), &stored.value)));
        settings
    }
}

/// The name of a setting. One that the rows do not list is a fault of the program, never an absent value.
fn spelled(fact: &Fact, key: &str) -> String {
    assert!(PREFS.iter().any(|known| known.name == fact.name), "the setting {} is not listed", fact.name);
    fact.name.replacen('*', key, 1)
}

/// A value as its kind wants it. A text that holds a number is none to Thunderbird, which then takes its default; who wrote
/// it wanted something else, so it is not understood here. A switch is 1 for `true`.
fn setting(fact: &Fact, name: String, value: &Pref) -> Setting {
    let (raw, shown) = match (value, fact.kind) {
        (Pref::Secret, _) => return Setting::secret(name),
        (Pref::Number(number), kind) => {
            let (number, kept) = keep_number(kind, i64::from(*number));
            let is_number = matches!(kind, kinds::Kind::Number(..));
            (if is_number { Raw::Number(number) } else { Raw::Strange }, kept.text)
        }
        (Pref::Bool(flag), kinds::Kind::Switch) => (Raw::Number((*flag).into()), flag.to_string()),
        (Pref::Bool(flag), _) => (Raw::Strange, flag.to_string()),
        (Pref::Text(text), kinds::Kind::Switch | kinds::Kind::Number(..)) => {
            (Raw::Strange, if is_stand_in(text) { text.clone() } else { format!("\"{text}\"") })
        }
        // Lists can be long, and are recorded for each account.
        (Pref::Text(text), kinds::Kind::Links) => {
            let text: String = text.chars().take(MAX_BEGINNING).collect();
            (Raw::Text(text.clone()), text)
        }
        (Pref::Text(text), _) => (Raw::Text(text.clone()), text.clone()),
    };
    Setting { name, raw, shown }
}

#[cfg(test)]
#[path = "values_tests.rs"]
mod tests;
