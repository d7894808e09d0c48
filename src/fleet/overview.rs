//! The figures of a fleet: who is left, by what, and how it went.

use super::baseline::{Baseline, Known, Resolved};
use super::state::{Fleet, Record, Whose};
use crate::model::{Action, Change, Security, Verdict};
use crate::source::Problem;
use std::collections::{BTreeMap, HashMap, HashSet};
use time::{Date, OffsetDateTime};

/// One account for which somebody has something to do.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    /// Whose it is.
    pub computer: &'a str,
    /// The user's name; empty for a lone file.
    pub user: &'a str,
    /// The department of the computer; empty if it is not known.
    pub department: &'a str,
    /// 16 hex digits of the finding's id, as a number.
    pub id: u64,
    /// Id of the client.
    pub client: &'a str,
    /// Its name for people.
    pub client_name: &'a str,
    /// Which dialogs it has; empty if the report does not tell.
    pub edition: &'a str,
    /// The account's name.
    pub account: &'a str,
    /// The outgoing server; empty if none is known.
    pub server: &'a str,
    /// Its port.
    pub port: Option<u16>,
    /// Its encryption, where it is known.
    pub security: Option<Security>,
    /// `None`: a word that this version does not know.
    pub verdict: Option<Verdict>,
    /// `None`: a word that this version does not know.
    pub action: Option<Action>,
    /// True if it authenticates.
    pub authenticates: bool,
    /// True if it logs on to the incoming server first; `None`: not known.
    pub logs_on_first: Option<bool>,
    /// Compared with the baseline, where there is one.
    pub change: Option<Change>,
}

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
}

impl Numbers {
    fn count(&mut self, action: Option<Action>) {
        match action {
            Some(Action::Change) => self.change += 1,
            Some(Action::CheckByHand) => self.check += 1,
            Some(Action::None) => self.none += 1,
            None => self.unknown += 1,
        }
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

/// How things stood at the end of a day (UTC).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Accounts to change, by the newest report of every user until then.
    pub change: u64,
    /// Accounts to check by hand.
    pub check: u64,
    /// Users read until then.
    pub users: u64,
}

/// A computer of which something is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incomplete<'a> {
    /// Its name.
    pub computer: &'a str,
    /// Users that could not be read, or only in part.
    pub users: u32,
    /// What could not be read.
    pub issues: u32,
    /// Accounts that a filter of the scan kept back.
    pub not_shown: u64,
}

/// Everything that the outputs tell.
#[derive(Debug)]
pub struct Overview<'a> {
    /// Reports read.
    pub reports: u64,
    /// Computers seen.
    pub computers: usize,
    /// Users whose findings count.
    pub users: usize,
    /// All accounts.
    pub numbers: Numbers,
    /// Number per verdict in the order of `Verdict::ALL`, and last those whose word is not known.
    pub verdicts: [usize; 8],
    /// By client, the most to do first.
    pub clients: Vec<Group<'a>>,
    /// By outgoing server.
    pub servers: Vec<Group<'a>>,
    /// By department; empty without a mapping.
    pub departments: Vec<Group<'a>>,
    /// Day by day.
    pub history: Vec<Day>,
    /// Who is left, by department, computer and user.
    pub left: Vec<Left<'a>>,
    /// What the baseline had and is done; `None` without a baseline.
    pub resolved: Option<Vec<Resolved>>,
    /// Accounts of the baseline whose users no report of now has read.
    pub not_seen: usize,
    /// Computers that were incomplete.
    pub incomplete: Vec<Incomplete<'a>>,
    /// Reports that could not be read.
    pub problems: &'a [Problem],
}

/// Computes the figures. `departments` maps computers, in lower case, to departments.
pub(super) fn overview<'a>(
    fleet: &'a Fleet,
    departments: &'a HashMap<String, String>,
    baseline: Option<&Baseline>,
    problems: &'a [Problem],
) -> Overview<'a> {
    let mut numbers = Numbers::default();
    let mut verdicts = [0; 8];
    let mut clients: HashMap<&str, Numbers> = HashMap::new();
    let mut servers: HashMap<&str, Numbers> = HashMap::new();
    let mut of_departments: HashMap<&str, Numbers> = HashMap::new();
    let mut left = Vec::new();
    let mut comparison = baseline.map(Baseline::compare);
    for (whose, owner) in &fleet.owners {
        let computer = fleet.text(whose.computer);
        let department = departments.get(&computer.to_lowercase()).map_or("", String::as_str);
        for record in &owner.records {
            numbers.count(record.action);
            let place =
                record.verdict.and_then(|verdict| Verdict::ALL.iter().position(|known| *known == verdict));
            if let Some(number) = verdicts.get_mut(place.unwrap_or(7)) {
                *number += 1;
            }
            clients.entry(fleet.text(record.client_name)).or_default().count(record.action);
            servers.entry(fleet.text(record.server)).or_default().count(record.action);
            if !departments.is_empty() {
                of_departments.entry(department).or_default().count(record.action);
            }
            let known = Known {
                verdict: record.verdict,
                action: record.action,
                server: fleet.text(record.server),
                port: record.port,
            };
            let change = comparison.as_mut().map(|comparison| comparison.meet(computer, record.id, &known));
            if record.is_left() {
                left.push(one_left(fleet, *whose, record, department, change));
            }
        }
    }
    left.sort_by(|a, b| {
        let key = |l: &Left<'a>| (l.department, l.computer, l.user, l.action, l.account, l.id);
        key(a).cmp(&key(b))
    });
    let read: HashSet<(&str, &str)> = fleet
        .owners
        .iter()
        .filter(|(_, owner)| owner.is_complete)
        .map(|(whose, _)| (fleet.text(whose.computer), fleet.text(whose.user)))
        .collect();
    let seen = |computer: &str, user: &str| read.contains(&(computer, user));
    let (resolved, not_seen) = comparison.map_or((None, 0), |comparison| {
        let (resolved, not_seen) = comparison.finish(seen);
        (Some(resolved), not_seen)
    });
    let incomplete = fleet.computers.iter().filter(|(_, state)| state.is_incomplete());
    let mut incomplete: Vec<Incomplete<'a>> = incomplete
        .map(|(name, state)| Incomplete {
            computer: fleet.text(*name),
            users: state.unread,
            issues: state.issues,
            not_shown: state.not_shown,
        })
        .collect();
    incomplete.sort_by_key(|incomplete| incomplete.computer);
    Overview {
        reports: fleet.reports,
        computers: fleet.computers.len(),
        users: fleet.owners.len(),
        numbers,
        verdicts,
        clients: groups(clients),
        servers: groups(servers),
        departments: groups(of_departments),
        history: history(fleet),
        left,
        resolved,
        not_seen,
        incomplete,
        problems,
    }
}

fn one_left<'a>(
    fleet: &'a Fleet,
    whose: Whose,
    record: &Record,
    department: &'a str,
    change: Option<Change>,
) -> Left<'a> {
    Left {
        computer: fleet.text(whose.computer),
        user: fleet.text(whose.user),
        department,
        id: record.id,
        client: fleet.text(record.client),
        client_name: fleet.text(record.client_name),
        edition: fleet.text(record.edition),
        account: fleet.text(record.account),
        server: fleet.text(record.server),
        port: record.port,
        security: record.security,
        verdict: record.verdict,
        action: record.action,
        authenticates: record.authenticates,
        logs_on_first: record.logs_on_first,
        change,
    }
}

/// The most to do first, then by name.
fn groups(numbers: HashMap<&str, Numbers>) -> Vec<Group<'_>> {
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

/// At the end of every day on which something was reported: the newest state of every user until then.
fn history(fleet: &Fleet) -> Vec<Day> {
    let mut events: Vec<(i64, usize, u32, u32)> = Vec::new();
    for (number, owner) in fleet.owners.values().enumerate() {
        events.extend(owner.samples.iter().map(|sample| (sample.time, number, sample.change, sample.check)));
    }
    events.sort_unstable();
    let mut now: Vec<Option<(u32, u32)>> = vec![None; fleet.owners.len()];
    let (mut change, mut check, mut users) = (0_u64, 0_u64, 0_u64);
    let mut days: BTreeMap<Date, Day> = BTreeMap::new();
    for (time, number, to_change, to_check) in events {
        let Some(state) = now.get_mut(number) else { continue };
        let (old_change, old_check) = state.unwrap_or_default();
        users += u64::from(state.is_none());
        *state = Some((to_change, to_check));
        change = change + u64::from(to_change) - u64::from(old_change);
        check = check + u64::from(to_check) - u64::from(old_check);
        let Ok(date) = OffsetDateTime::from_unix_timestamp(time).map(OffsetDateTime::date) else { continue };
        days.insert(date, Day { date, change, check, users });
    }
    days.into_values().collect()
}
