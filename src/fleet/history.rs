//! How the fleet came to where it is, day by day.

use super::state::{Fleet, Owner, Record, Sample};
use crate::model::Action;
use std::collections::{BTreeMap, HashMap};
use time::{Date, OffsetDateTime};

/// How things stood at the end of a day (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Accounts to change, by the newest report of every user until then and the answers given until then.
    pub change: u64,
    /// Accounts to check by hand.
    pub check: u64,
    /// Those of them that may be one thing or another.
    pub undecided: u64,
    /// Users read until then.
    pub users: u64,
}

/// What is to be done for one user from a time on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    change: u64,
    check: u64,
    undecided: u64,
    /// 1 if a report has read the user.
    users: u64,
}

/// At the end of every day on which something was reported: the newest state of every user until then.
pub(super) fn history(fleet: &Fleet) -> Vec<Day> {
    let mut events: Vec<(i64, usize, State)> = Vec::new();
    for (number, owner) in fleet.owners.values().enumerate() {
        events.extend(states(owner).into_iter().map(|(time, state)| (time, number, state)));
    }
    events.sort_unstable();
    let mut now: Vec<State> = vec![State::default(); fleet.owners.len()];
    let mut sum = State::default();
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for (time, number, state) in events {
        let Some(old) = now.get_mut(number) else { continue };
        let old = std::mem::replace(old, state);
        sum.change = sum.change + state.change - old.change;
        sum.check = sum.check + state.check - old.check;
        sum.undecided = sum.undecided + state.undecided - old.undecided;
        sum.users = sum.users + state.users - old.users;
        let nanoseconds = i128::from(time) * 1_000_000;
        let Ok(time) = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds) else { continue };
        let State { change, check, undecided, users } = sum;
        days.insert(time.date(), Day { date: time.date(), change, check, undecided, users });
    }
    days.into_values().collect()
}

/// The user's state at every time at which it may have changed. What was read only in part is not counted: what it lacks is
/// not done. Where a filter let only a part through, the scans with the newest filter are followed.
fn states(owner: &Owner) -> Vec<(i64, State)> {
    let newest = owner.samples.iter().rfind(|sample| sample.is_whole == owner.whole.is_some());
    let is_of = |sample: &&Sample| {
        newest.is_some_and(|newest| (newest.is_whole, newest.filters) == (sample.is_whole, sample.filters))
    };
    let samples: Vec<&Sample> = owner.samples.iter().filter(is_of).collect();
    if samples.is_empty() && !owner.parts.is_empty() {
        return Vec::new();
    }
    let mut times: Vec<i64> = samples.iter().map(|sample| sample.time).collect();
    times.extend(owner.answers.iter().map(|answer| answer.time));
    times.sort_unstable();
    times.dedup();
    let at = |time: i64| {
        let until = samples.partition_point(|sample| sample.time <= time);
        let sample = until.checked_sub(1).and_then(|last| samples.get(last));
        (time, state(owner, sample.copied(), time))
    };
    times.into_iter().map(at).collect()
}

/// As a fleet of the reports and answers until then would count.
fn state(owner: &Owner, sample: Option<&Sample>, time: i64) -> State {
    let mut state = sample.map_or(State::default(), |sample| State {
        change: sample.change.into(),
        check: sample.check.into(),
        undecided: sample.undecided.len() as u64,
        users: 1,
    });
    let until = owner.answers.partition_point(|answer| answer.time <= time);
    let answers: HashMap<u64, &Record> =
        owner.answers.iter().take(until).map(|answer| (answer.id, answer)).collect();
    for answer in answers.into_values().filter(|answer| !answer.judged.is_hidden) {
        let replaces = sample.is_some_and(|sample| sample.unreadable.binary_search(&answer.id).is_ok());
        let is_new = sample
            .is_none_or(|sample| sample.ids.binary_search(&answer.id).is_err() && sample.time <= answer.time);
        state.check -= u64::from(replaces && state.check > 0);
        let was_undecided = sample.is_some_and(|sample| sample.undecided.binary_search(&answer.id).is_ok());
        state.undecided -= u64::from(was_undecided && state.undecided > 0);
        if replaces || is_new {
            state.change += u64::from(answer.action == Some(Action::Change));
            state.check += u64::from(answer.action == Some(Action::CheckByHand));
            state.undecided += u64::from(answer.judged.is_undecided && answer.is_left());
        }
    }
    state
}
