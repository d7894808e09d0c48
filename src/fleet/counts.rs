//! What is counted of a fleet: by action, by verdict, under names, and what else.

use super::record::{Judged, Record, Why};
use crate::model::{Action, Lang, PasswordNeeded, StopDay, Stopping, Tally, Text, Verdict};
use crate::report::{beside, reasons, words};
use std::collections::{BTreeMap, HashMap};
use time::Date;

/// Numbers by action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    /// To change.
    pub change: usize,
    /// To check by hand.
    pub check: usize,
    /// Nothing to do.
    pub none: usize,
    /// A word that this version does not know.
    pub unknown: usize,
    /// Accounts in use that are judged: of these something can be done.
    pub judged: usize,
    /// Those of them that are done.
    pub done: usize,
}

impl Numbers {
    pub(super) fn count(&mut self, record: &Record) {
        let done = record.is_done();
        self.judged += usize::from(done.is_some());
        self.done += usize::from(done == Some(true));
        match record.action {
            Some(Action::Change) => self.change += 1,
            Some(Action::CheckByHand) => self.check += 1,
            Some(Action::None) => self.none += 1,
            None => self.unknown += 1,
        }
    }

    /// How much is done of what is judged, in percent; never 100 while something is left. `None`: nothing is judged.
    pub fn percent(&self) -> Option<usize> {
        (100 * self.done).checked_div(self.judged)
    }

    /// All together.
    pub fn total(&self) -> usize {
        self.change + self.check + self.none + self.unknown
    }
}

/// Numbers under a name: a client, a server or a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a> {
    /// The name; empty = not known.
    pub name: &'a str,
    /// The numbers.
    pub numbers: Numbers,
}

/// How many accounts have the same verdict and action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// `None`: a word that this version does not know.
    pub verdict: Option<Verdict>,
    /// `None`: a word that this version does not know.
    pub action: Option<Action>,
    /// Why, where that is not how it sends.
    pub why: Why,
    /// How many.
    pub number: usize,
}

impl Sort {
    /// The verdict for people. An account that is not used any more needs no change whatever its verdict.
    pub fn text(&self) -> Text {
        if let (Some(verdict), Some(why)) = (self.verdict, self.because()) {
            return verdict.because(&why);
        }
        match (self.verdict, self.action) {
            (Some(verdict), Some(action)) => words::verdict(verdict, action),
            (Some(verdict), None) => verdict.text(),
            (None, _) => Text::fixed("この版では分からない判定", "verdict unknown to this version"),
        }
    }
    fn because(&self) -> Option<Text> {
        match (self.why, self.action) {
            (Why::Sending, _) => None,
            (Why::Receiving, Some(Action::Change)) => Some(reasons::RECEIVING),
            (Why::Receiving, _) => Some(reasons::CHECK_RECEIVING),
            (Why::Accepted, _) => Some(reasons::ACCEPTED),
            (Why::Waits, _) => {
                Some(Text::fixed("案内の日までは変更しません", "not to change before the day of the notice"))
            }
            (Why::Excepted, _) => Some(reasons::EXCEPTED),
        }
    }
}

/// What is counted beside verdicts and actions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Further {
    /// That may be one thing or another.
    pub undecided: usize,
    /// Whose receiving side has to be changed.
    pub receiving: usize,
    /// That are exceptions.
    pub exceptions: usize,
    /// Who is asked for a password after the change, in the order of `PasswordNeeded::ALL`.
    pub password_needed: [usize; PasswordNeeded::ALL.len()],
    /// How many stop when, those in use.
    pub stops: BTreeMap<StopDay, Stopping>,
    /// That are of other servers or domains than those asked for.
    pub hidden: usize,
    pub(super) kept: usize,
    pub(super) others: usize,
}

impl Further {
    /// What there is of it, for people; the days are told by themselves.
    pub fn texts(&self) -> Vec<Text> {
        let Self { receiving, exceptions, undecided, .. } = *self;
        let counted = beside::further(&Tally { receiving, exceptions, undecided, ..Tally::default() });
        counted.into_iter().chain(self.passwords()).collect()
    }

    /// Who has to type a password, which is half of what people will ask.
    fn passwords(&self) -> Option<Text> {
        let numbers =
            || PasswordNeeded::ALL.into_iter().zip(self.password_needed).filter(|(_, number)| *number > 0);
        let list = |lang: Lang| -> Vec<String> {
            numbers()
                .map(|(needed, number)| format!("{} {number}", words::password_needed(needed).get(lang)))
                .collect()
        };
        numbers().next().map(|_| {
            Text::new(
                format!("変更後のパスワードの入力: {}", list(Lang::Ja).join("、")),
                format!("password after the change: {}", list(Lang::En).join(", ")),
            )
        })
    }

    /// As the summary of a report counts.
    pub(super) fn count(&mut self, judged: &Judged, on: Date) {
        let Judged { last: [sending, receiving], checked: [of_sending, of_receiving], why, .. } = *judged;
        self.undecided += usize::from(judged.is_undecided);
        self.receiving += usize::from(judged.receives_off_policy);
        self.exceptions += usize::from(why == Why::Excepted);
        self.kept += usize::from(judged.is_kept);
        for (number, needed) in self.password_needed.iter_mut().zip(PasswordNeeded::ALL) {
            *number += usize::from(judged.password_needed == Some(needed));
        }
        if judged.is_unused || why == Why::Excepted {
            return;
        }
        if let Some(until) = sending {
            let stopping = self.stops.entry(StopDay(until)).or_default();
            let numbers = if judged.is_undecided { &mut stopping.undecided } else { &mut stopping.sending };
            numbers.count(until.tense(on, of_sending));
        }
        if let Some(until) = receiving {
            self.stops.entry(StopDay(until)).or_default().receiving.count(until.tense(on, of_receiving));
        }
    }
}

/// The most to do first, then by name.
pub(super) fn groups(numbers: HashMap<&str, Numbers>) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> =
        numbers.into_iter().map(|(name, numbers)| Group { name, numbers }).collect();
    groups.sort_by(|a, b| {
        let key = |g: &Group<'_>| {
            (std::cmp::Reverse((g.numbers.change, g.numbers.check, g.numbers.total())), g.name.to_owned())
        };
        key(a).cmp(&key(b))
    });
    groups
}
