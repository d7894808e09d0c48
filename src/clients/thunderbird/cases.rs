//! What a profile may be: each version of its program with each way in which the choices may fall, as far as it matters.

use super::mozilla_cfg::When;
use super::program::{Program, Versions};
use super::server::ByVersion;
use super::values::Values;
use crate::clients::look::Look;
use crate::model::{Evidence, Incoming, Outgoing, Possible, Text, limits};

/// One of the cases.
pub(super) struct Case {
    pub(super) versions: Versions,
    pub(super) program: Program,
    pub(super) values: Values,
}

/// Values in which every choice has fallen that was needed to read something, each with what was read.
pub(super) struct Fallen<T> {
    pub(super) list: Vec<(Values, T)>,
    /// There were more than are judged: the list has only one, in which choices are left open.
    pub(super) is_cut: bool,
}

/// Reads something as often as the choices that are needed for it can fall in different ways.
pub(super) fn each<T>(values: &Values, mut read: impl FnMut(&Values) -> T) -> Fallen<T> {
    let mut open = vec![values.clone()];
    let mut list = Vec::new();
    while let Some(values) = open.pop() {
        values.take_met();
        let answer = read(&values);
        let Some((choice, options)) = values.take_met() else {
            list.push((values, answer));
            continue;
        };
        if list.len() + open.len() + options > limits::UNDECIDED.count() {
            return Fallen { list: vec![(values, answer)], is_cut: true };
        }
        open.extend((0..options).rev().map(|option| values.with(When { choice, option })));
    }
    Fallen { list, is_cut: false }
}

/// An account with one outgoing server, and what was looked at, as far as choices have fallen.
pub(super) struct Part {
    pub(super) values: Values,
    pub(super) outgoing: Outgoing,
    pub(super) by_version: ByVersion,
    pub(super) incoming: Incoming,
    pub(super) user: Option<String>,
    pub(super) look: Look,
}

/// What an account's mail goes out by, in all cases.
#[derive(Default)]
pub(super) struct Outcomes {
    list: Vec<(Outgoing, Outline)>,
    /// What is the same in all of them.
    all: Outline,
}

/// When something is so.
#[derive(Default)]
struct Outline {
    versions: Vec<Versions>,
    /// What stands in each case of it.
    facts: Option<Vec<Fact>>,
}

/// A setting, where it stands, and its value.
#[derive(Clone, PartialEq, Eq)]
struct Fact {
    place: String,
    setting: String,
    value: Option<String>,
}

impl Outcomes {
    /// Takes what it is in one case. Of what was looked at, settings that hang on a choice tell when it is so.
    pub(super) fn add(&mut self, part: &Part, versions: Versions) {
        let Part { values, outgoing, look, .. } = part;
        let tells = |fact: &&Evidence| fact.decides && values.hangs(&fact.setting);
        let facts: Vec<Fact> = look.evidence.iter().filter(tells).map(Fact::of).collect();
        self.all.add(versions, &facts);
        let known = self.list.iter_mut().find(|(known, _)| known == outgoing);
        if let Some((_, outline)) = known {
            outline.add(versions, &facts);
        } else if self.list.len() <= limits::UNDECIDED.count() {
            let mut outline = Outline::default();
            outline.add(versions, &facts);
            self.list.push((outgoing.clone(), outline));
        }
    }

    /// True if it is not the same in all versions.
    pub(super) fn hang_on_version(&self) -> bool {
        self.list.iter().any(|(_, outline)| outline.versions() != self.all.versions())
    }

    /// The one that it is, or all that it may be.
    pub(super) fn outgoing(self) -> Outgoing {
        let Self { list, all } = self;
        let when = |outline: &Outline| outline.text(&all);
        let possible = |(outgoing, outline)| Possible { when: when(&outline), outgoing };
        let mut possible: Vec<Possible> = list.into_iter().map(possible).collect();
        match possible.pop() {
            Some(only) if possible.is_empty() => only.outgoing,
            last => Outgoing::OneOf(possible.into_iter().chain(last).collect()),
        }
    }
}

impl Outline {
    fn add(&mut self, versions: Versions, facts: &[Fact]) {
        self.versions.push(versions);
        match &mut self.facts {
            Some(known) => known.retain(|fact| facts.contains(fact)),
            None => self.facts = Some(facts.to_vec()),
        }
    }

    /// The versions, those without a gap between them as one.
    fn versions(&self) -> Vec<Versions> {
        let mut sorted = self.versions.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let mut joined: Vec<Versions> = Vec::new();
        for (first, last) in sorted {
            match joined.last_mut() {
                Some((_, end)) if end.saturating_add(1) >= first => *end = last.max(*end),
                _ => joined.push((first, last)),
            }
        }
        joined
    }

    /// What sets it apart from all.
    fn text(&self, all: &Self) -> Text {
        let versions = Some(self.versions()).filter(|versions| *versions != all.versions());
        let names = versions.into_iter().flatten().map(name);
        let common = all.facts.as_deref().unwrap_or_default();
        let facts = self.facts.iter().flatten().filter(|fact| !common.contains(fact)).map(Fact::text);
        let (ja, en): (Vec<_>, Vec<_>) = names.chain(facts).map(|text| (text.ja, text.en)).unzip();
        if ja.is_empty() {
            return Text::fixed("ほかの場合", "otherwise");
        }
        Text::new(ja.join("、"), en.join(", "))
    }
}

/// Relatives go by the version of Thunderbird that they were made from.
fn name((first, last): Versions) -> Text {
    match (first, last) {
        (0, last) => Text::new(format!("Thunderbird {last} 以前"), format!("Thunderbird {last} or earlier")),
        (first, u32::MAX) => {
            Text::new(format!("Thunderbird {first} 以降"), format!("Thunderbird {first} or later"))
        }
        (first, last) if first == last => {
            Text::new(format!("Thunderbird {first}"), format!("Thunderbird {first}"))
        }
        (first, last) => {
            Text::new(format!("Thunderbird {first}～{last}"), format!("Thunderbird {first} to {last}"))
        }
    }
}

impl Fact {
    fn of(seen: &Evidence) -> Self {
        let Evidence { place, setting, value, .. } = seen;
        Self { place: place.to_string(), setting: setting.clone(), value: value.clone() }
    }

    fn text(&self) -> Text {
        let Self { place, setting, value } = self;
        match value {
            Some(value) => {
                let text = format!("{setting} = {value} ({place})");
                Text::new(text.clone(), text)
            }
            None => Text::new(format!("{setting} の値がない"), format!("no {setting}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(versions: &[Versions], facts: &[(&str, Option<&str>)]) -> Outline {
        let fact = |(setting, value): &(&str, Option<&str>)| Fact {
            place: "x.cfg".to_owned(),
            setting: (*setting).to_owned(),
            value: value.map(str::to_owned),
        };
        let mut outline = Outline::default();
        let facts: Vec<Fact> = facts.iter().map(fact).collect();
        for versions in versions {
            outline.add(*versions, &facts);
        }
        outline
    }

    #[test]
    fn a_case_is_named_by_what_sets_it_apart() {
        const OLD: &[Versions] = &[(87, 92), (0, 86)];
        const NEW: &[Versions] = &[(132, u32::MAX), (93, 93), (94, 131)];
        let ever = [OLD, NEW].concat();
        let all = outline(&ever, &[("host", Some("h"))]);
        for (outline, expected) in [
            (outline(&ever, &[("host", Some("h"))]), "otherwise"),
            (outline(&ever, &[("host", Some("h")), ("auth", Some("1"))]), "auth = 1 (x.cfg)"),
            (outline(OLD, &[("port", None)]), "Thunderbird 92 or earlier, no port"),
            (outline(NEW, &[]), "Thunderbird 93 or later"),
            (outline(&[(93, 93)], &[]), "Thunderbird 93"),
            (outline(&[(94, 131), (93, 93)], &[]), "Thunderbird 93 to 131"),
            (
                outline(&[(0, 86), (132, u32::MAX)], &[]),
                "Thunderbird 86 or earlier, Thunderbird 132 or later",
            ),
        ] {
            assert_eq!(outline.text(&all).en, expected);
        }
        // Only what stands in every case of it.
        let mut either = outline(OLD, &[("auth", Some("1")), ("port", Some("25"))]);
        either.add((93, 93), &outline(NEW, &[("auth", Some("1"))]).facts.unwrap());
        assert_eq!(either.text(&all).en, "Thunderbird 93 or earlier, auth = 1 (x.cfg)");
    }
}
