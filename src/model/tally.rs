//! What a summary counts beside actions and verdicts, also of findings that were handed on.

use super::day::{Tense, Urgency, urgency};
use super::{Action, Finding, InUse, Note, PasswordNeeded, Until};
use std::collections::BTreeMap;

/// Numbers of findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Whose receiving side has to be changed or misses its policy.
    pub receiving: usize,
    /// That are exceptions.
    pub exceptions: usize,
    /// That send without authentication and are accepted.
    pub accepted: usize,
    /// That may be one thing or another.
    pub undecided: usize,
    /// For which nothing is to be done before a day that has not come.
    pub waiting: usize,
    /// That authenticate without encryption.
    pub in_clear: usize,
    /// Who is asked for a password after the change, in the order of `PasswordNeeded::ALL`.
    pub password_needed: [usize; PasswordNeeded::ALL.len()],
    /// How many stop when, those in use: the last good day, as the policy writes it.
    pub stops: BTreeMap<StopDay, Stopping>,
}

/// The last good day, the most urgent first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StopDay(pub Until);

/// How many accounts stop on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stopping {
    /// Can't send any more.
    pub sending: ByTense,
    /// Can't receive any more.
    pub receiving: ByTense,
    /// Can't send any more in one of the cases that can't be told apart.
    pub undecided: ByTense,
}

impl Stopping {
    /// True if something stops for certain.
    pub fn is_certain(&self) -> bool {
        self.sending.total() + self.receiving.total() > 0
    }
}

/// Numbers of accounts, by whether their day has passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByTense {
    /// It has not passed.
    pub ahead: usize,
    /// It has passed.
    pub over: usize,
    /// It has passed, and may have been moved.
    pub was_to_be: usize,
}

impl ByTense {
    /// Counts one more.
    pub fn count(&mut self, tense: Tense) {
        match tense {
            Tense::Ahead => self.ahead += 1,
            Tense::Over => self.over += 1,
            Tense::WasToBe => self.was_to_be += 1,
        }
    }

    /// All together.
    pub fn total(self) -> usize {
        self.ahead + self.over + self.was_to_be
    }
}

impl StopDay {
    fn key(self) -> (Urgency, Option<String>) {
        (urgency([self.0]), self.0.word())
    }
}

impl Ord for StopDay {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

impl PartialOrd for StopDay {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Tally {
    /// Counts a finding.
    pub fn count(&mut self, finding: &Finding) {
        let has = |wanted: &str| finding.notes.iter().any(|note| note.code() == wanted);
        self.receiving += usize::from(finding.receiving.is_to_change);
        self.exceptions += usize::from(has(Note::EXCEPTION));
        self.accepted += usize::from(finding.notes.contains(&Note::AcceptedByPolicy));
        let is_undecided = finding.is_undecided();
        self.undecided += usize::from(is_undecided);
        let waits = finding.waits_for.or(finding.receiving.waits_for).is_some();
        let is_used = finding.account.in_use != InUse::No && !has(Note::EXCEPTION);
        self.waiting += usize::from(waits && is_used && finding.action == Action::None);
        self.in_clear += usize::from(finding.notes.contains(&Note::AuthWithoutTls));
        for (number, needed) in self.password_needed.iter_mut().zip(PasswordNeeded::ALL) {
            *number += usize::from(finding.password_needed == Some(needed));
        }
        if !is_used {
            return;
        }
        if let Some(stop) = &finding.stops {
            let stopping = self.stops.entry(StopDay(stop.until)).or_default();
            let numbers = if is_undecided { &mut stopping.undecided } else { &mut stopping.sending };
            numbers.count(stop.tense());
        }
        if let Some(stop) = &finding.receiving.stops {
            self.stops.entry(StopDay(stop.until)).or_default().receiving.count(stop.tense());
        }
    }
}
