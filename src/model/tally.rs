//! What a summary counts beside actions and verdicts, also of findings that were handed on.

use super::{Action, Finding, InUse, Note, PasswordNeeded, Until, Verdict};
use std::collections::BTreeMap;
use time::Date;

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

/// The last good day, in the order of time; what has ended stands first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StopDay(pub Until);

/// How many accounts stop on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stopping {
    /// Can't send any more.
    pub sending: usize,
    /// Can't receive any more.
    pub receiving: usize,
    /// Can't send any more in one of the cases that can't be told apart.
    pub undecided: usize,
}

impl Stopping {
    /// True if something stops for certain.
    pub fn is_certain(&self) -> bool {
        self.sending + self.receiving > 0
    }
}

impl StopDay {
    fn key(self) -> (Option<Date>, Option<String>) {
        (self.0.last_day(), self.0.word())
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
        let is_undecided = finding.verdict == Verdict::Unreadable && has(Note::TOO_UNDECIDED.code());
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
            let number = if is_undecided { &mut stopping.undecided } else { &mut stopping.sending };
            *number += 1;
        }
        if let Some(stop) = &finding.receiving.stops {
            self.stops.entry(StopDay(stop.until)).or_default().receiving += 1;
        }
    }
}
