//! The values that hold for a profile: defaults, prefs.js, user.js and what the organisation forces, by precedence.
//!
//! default < prefs.js < user.js < AutoConfig `pref()` < anything locked; prefs.js keeps the old value below a lock
//! (tried with Thunderbird 140 and 153).
//!
//! Some orders may not be given: they hang on choices. What is asked for is what holds as far as the choices have fallen, and
//! the first one that it hangs on and that has not is remembered.

pub(super) use super::mozilla_cfg::CallKind as Kind;
use super::mozilla_cfg::{Call, When};
use super::pref::Pref;
use super::prefs_js::Prefs;
use super::settings::{PREFS, SMTP_AUTH, SMTP_SECURITY};
use crate::clients::settings::{Raw, Setting, Settings};
use crate::formats::facts::{Fact, Spelling};
use crate::formats::kinds::{self, is_stand_in, keep_number};
use std::cell::Cell;
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
    /// It is given if these choices fall so.
    pub(super) when: Vec<When>,
}

impl Order {
    /// What a call or a policy of this place does.
    pub(super) fn of(call: Call, place: &Rc<str>, by_policy: bool) -> Self {
        let Call { kind, name, value, when } = call;
        Self { kind, name, value, place: Rc::clone(place), by_policy, when }
    }

    fn stored(&self) -> Option<Stored> {
        let origin = if self.kind == Kind::User { Origin::EveryStart } else { Origin::Default };
        let value = self.value.clone()?;
        Some(Stored { value, place: Rc::clone(&self.place), origin, was_number: false })
    }

    /// A policy's 0 or 1 as the switch that the program makes of it unless the setting is a number.
    fn as_switch(&self) -> Option<Stored> {
        let Some(Pref::Number(number @ (0 | 1))) = self.value else { return None };
        let stored = self.stored().filter(|_| self.by_policy)?;
        Some(Stored { value: Pref::Bool(number == 1), was_number: true, ..stored })
    }
}

/// One of the orders for a setting that hangs on choices.
#[derive(Debug, Clone)]
struct Step {
    kind: Kind,
    stored: Option<Stored>,
    as_switch: Option<Stored>,
    when: Vec<When>,
}

/// What there is of one setting.
#[derive(Debug, Clone, Copy)]
struct Slot<'a> {
    default: Option<&'a Stored>,
    user: Option<&'a Stored>,
    is_locked: bool,
}

#[derive(Debug, Clone)]
struct Stored {
    value: Pref,
    place: Rc<str>,
    origin: Origin,
    /// A policy's 0 or 1 that the program turned into a switch.
    was_number: bool,
}

/// All values of one profile. Copies share what was read.
#[derive(Debug, Clone)]
pub(super) struct Values {
    base: Rc<Base>,
    /// The choices that have fallen.
    made: Vec<When>,
    /// The first choice that was needed and has not.
    met: Cell<Option<usize>>,
}

#[derive(Debug, Clone)]
struct Base {
    /// prefs.js as it is shown: where an absent value would stand.
    place: Rc<str>,
    defaults: BTreeMap<String, Stored>,
    user: BTreeMap<String, Stored>,
    /// Settings of which the default counts, whatever the user's value is.
    locked: BTreeSet<String>,
    /// What is ordered of the settings that hang on choices, in its order.
    open: BTreeMap<String, Vec<Step>>,
    /// The choices, by the numbers of their options.
    choices: Vec<usize>,
}

impl Values {
    /// The values of prefs.js.
    pub(super) fn of(prefs: Prefs, place: &str) -> Self {
        let base = Base {
            place: place.into(),
            defaults: BTreeMap::new(),
            user: BTreeMap::new(),
            locked: BTreeSet::new(),
            open: BTreeMap::new(),
            choices: Vec::new(),
        };
        let mut values = Self { base: Rc::new(base), made: Vec::new(), met: Cell::new(None) };
        values.lay(prefs, place, Origin::Profile);
        values
    }

    /// Lays the values of a file over those of the user, and its defaults over the defaults.
    pub(super) fn lay(&mut self, prefs: Prefs, place: &str, origin: Origin) {
        let place: Rc<str> = place.into();
        let stored = |value, origin| Stored { value, place: Rc::clone(&place), origin, was_number: false };
        let base = Rc::make_mut(&mut self.base);
        base.user.extend(prefs.values.into_iter().map(|(name, value)| (name, stored(value, origin))));
        let defaults = prefs.defaults.into_iter();
        base.defaults.extend(defaults.map(|(name, value)| (name, stored(value, Origin::Default))));
    }

    /// Carries out what an administrator ordered, one after the other; on how many options each choice has.
    pub(super) fn obey(&mut self, orders: &[Order], choices: &[usize]) {
        let base = Rc::make_mut(&mut self.base);
        base.choices.extend_from_slice(choices);
        for order in orders {
            if !order.when.is_empty() || base.open.contains_key(&order.name) {
                let (stored, as_switch) = (order.stored(), order.as_switch());
                let step = Step { kind: order.kind, stored, as_switch, when: order.when.clone() };
                base.open.entry(order.name.clone()).or_default().push(step);
                continue;
            }
            let is_number = base.slot(&order.name).is_number() || is_built_in(&order.name);
            let stored = order.as_switch().filter(|_| !is_number).or_else(|| order.stored());
            match (order.kind, stored) {
                (Kind::Default, Some(stored)) => drop(base.defaults.insert(order.name.clone(), stored)),
                (Kind::User, Some(stored)) => drop(base.user.insert(order.name.clone(), stored)),
                (Kind::Lock, Some(stored)) => {
                    base.defaults.insert(order.name.clone(), stored);
                    base.locked.insert(order.name.clone());
                }
                (Kind::Unlock, _) => drop(base.locked.remove(&order.name)),
                (Kind::Clear, _) => drop(base.user.remove(&order.name)),
                (Kind::Default | Kind::User | Kind::Lock, None) => {}
            }
        }
    }

    /// The same values with a choice fallen so.
    pub(super) fn with(&self, fallen: When) -> Self {
        let made = self.made.iter().copied().chain([fallen]).collect();
        Self { base: Rc::clone(&self.base), made, met: Cell::new(None) }
    }

    /// True if the same choices have fallen in the same way.
    pub(super) fn is_in_the_same_case(&self, other: &Self) -> bool {
        self.made == other.made
    }

    /// The first choice that was needed since it was asked for last, with the number of its options.
    pub(super) fn take_met(&self) -> Option<(usize, usize)> {
        let choice = self.met.take()?;
        Some((choice, self.base.choices.get(choice).copied().unwrap_or_default()))
    }

    /// True if whether the setting has a value hangs on a choice.
    pub(super) fn is_open(&self, fact: &Fact, key: &str) -> bool {
        self.hangs(&spelled(fact, key))
    }

    /// The same by the name of the setting.
    pub(super) fn hangs(&self, name: &str) -> bool {
        self.base.open.contains_key(name)
    }

    /// Reads what decides nothing, so that no choice is needed for it.
    pub(super) fn aside<T>(&self, read: impl FnOnce() -> T) -> T {
        let met = self.met.get();
        let answer = read();
        self.met.set(met);
        answer
    }

    /// What holds of a setting.
    fn slot(&self, name: &str) -> Slot<'_> {
        let mut slot = self.base.slot(name);
        for step in self.base.open.get(name).into_iter().flatten().filter(|step| self.is_made(step)) {
            let is_number = slot.is_number() || is_built_in(name);
            match (step.kind, step.as_switch.as_ref().filter(|_| !is_number).or(step.stored.as_ref())) {
                (Kind::Default, Some(stored)) => slot.default = Some(stored),
                (Kind::User, Some(stored)) => slot.user = Some(stored),
                (Kind::Lock, Some(stored)) => (slot.default, slot.is_locked) = (Some(stored), true),
                (Kind::Unlock, _) => slot.is_locked = false,
                (Kind::Clear, _) => slot.user = None,
                (Kind::Default | Kind::User | Kind::Lock, None) => {}
            }
        }
        slot
    }

    fn is_made(&self, step: &Step) -> bool {
        for when in &step.when {
            match self.made.iter().find(|made| made.choice == when.choice) {
                Some(made) if made.option == when.option => {}
                Some(_) => return false,
                None => {
                    self.met.set(self.met.get().or(Some(when.choice)));
                    return false;
                }
            }
        }
        true
    }

    fn get(&self, fact: &Fact, key: &str) -> Option<&Stored> {
        self.slot(&spelled(fact, key)).holds()
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
        let slot = self.slot(&spelled(fact, key));
        let stored = slot.holds()?;
        Some((if slot.is_locked { Origin::Locked } else { stored.origin }, stored.place.as_ref()))
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
            return Settings::new(self.base.place.as_ref(), PREFS, Spelling::Keyed(key.to_owned()));
        }
        self.stored_settings(fact, key)
    }

    /// The same with what a policy says in vain.
    pub(super) fn stored_settings(&self, fact: &Fact, key: &str) -> Settings {
        let stored = self.get(fact, key);
        let place = stored.map_or(&self.base.place, |stored| &stored.place);
        let mut settings = Settings::new(place.as_ref(), PREFS, Spelling::Keyed(key.to_owned()));
        settings.entries.extend(stored.map(|stored| setting(fact, settings.spelled(fact), &stored.value)));
        settings
    }
}

impl Base {
    fn slot(&self, name: &str) -> Slot<'_> {
        Slot {
            default: self.defaults.get(name),
            user: self.user.get(name),
            is_locked: self.locked.contains(name),
        }
    }
}

impl<'a> Slot<'a> {
    /// The value that counts.
    fn holds(&self) -> Option<&'a Stored> {
        self.user.filter(|_| !self.is_locked).or(self.default)
    }

    /// True if the setting has a number from anywhere: only then the program keeps a policy's 0 and 1, which stand for
    /// switches in group policies (comm-central Policies.sys.mjs, bug 1666836; tried with Thunderbird 153).
    fn is_number(&self) -> bool {
        [self.user, self.default].iter().flatten().any(|stored| matches!(stored.value, Pref::Number(_)))
    }
}

fn is_built_in(name: &str) -> bool {
    BUILT_IN_NUMBERS.iter().any(|fact| spelled(fact, SHARED) == name)
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
