//! An earlier state to compare with: what is new, what changed, what is done.

use super::state::{Fleet, hex, nameless, number};
use crate::model::{self, Action, Change, Port, Report, ScannedUser, UserStatus, Verdict};
use std::collections::{HashMap, HashSet};

/// What is compared: a finding whose values differ is a changed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// How it sends.
    pub verdict: Option<Verdict>,
    /// What is to do.
    pub action: Option<Action>,
    /// The outgoing server, in lower case.
    pub server: &'a str,
    /// Its port.
    pub port: Option<u16>,
}

/// A finding of the baseline that needed something and does not any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Whose it is.
    pub computer: String,
    /// The user's name.
    pub user: String,
    /// The finding's id.
    pub id: u64,
    /// Name of the client.
    pub client_name: String,
    /// The account's name.
    pub account: String,
    /// What it was.
    pub was: Option<Verdict>,
    /// What it is now; `None`: the account is gone.
    pub now: Option<Verdict>,
}

impl From<Resolved> for model::Resolved {
    fn from(done: Resolved) -> Self {
        Self {
            id: hex(done.id),
            user: Some(done.user).filter(|user| !user.is_empty()),
            client_name: done.client_name,
            account: done.account,
            was: done.was,
            now: done.now,
        }
    }
}

#[derive(Debug)]
struct Old {
    user: String,
    client_name: String,
    account: String,
    verdict: Option<Verdict>,
    action: Option<Action>,
    server: String,
    port: Option<u16>,
}

/// The findings of an earlier state by computer and id.
#[derive(Debug, Default)]
pub struct Baseline {
    known: HashMap<(String, u64), Old>,
}

/// A comparison under way.
#[derive(Debug)]
pub struct Comparison<'a> {
    baseline: &'a Baseline,
    met: HashSet<(String, u64)>,
    resolved: Vec<Resolved>,
}

impl Baseline {
    pub(super) fn of(fleet: &Fleet) -> Self {
        let mut known = HashMap::new();
        for (whose, owner) in &fleet.owners {
            for record in &owner.records {
                let text = |name| fleet.text(name).to_owned();
                let old = Old {
                    user: text(whose.user),
                    client_name: text(record.client_name),
                    account: text(record.account),
                    verdict: record.verdict,
                    action: record.action,
                    server: text(record.server),
                    port: record.port,
                };
                known.insert((text(whose.computer), record.id), old);
            }
        }
        Self { known }
    }

    /// Marks a report's findings, and lists what is done. `is_whole`: no filter kept findings back, so that what is not
    /// there is gone.
    pub fn mark(&self, report: &mut Report, is_whole: bool) {
        let computer = report.computer.clone().unwrap_or_else(|| nameless(&report.scan.sources));
        let mut comparison = self.compare();
        for finding in &mut report.findings {
            let seen = finding.account.outgoing.seen().unwrap_or_default();
            let now = Known {
                verdict: Some(finding.verdict),
                action: Some(finding.action),
                server: &seen.host.unwrap_or_default().to_lowercase(),
                port: seen.port.and_then(Port::number),
            };
            finding.change = Some(comparison.meet(&computer, number(&finding.id), &now));
        }
        let was_read = |of: &str, name: &str| {
            let is_user = |user: &ScannedUser| user.name.as_deref().unwrap_or_default() == name;
            let mut users = report.scan.users.iter().filter(|user| user.status == UserStatus::Read);
            is_whole && of == computer && users.any(is_user)
        };
        let (resolved, _) = comparison.finish(was_read);
        report.resolved = resolved.into_iter().map(model::Resolved::from).collect();
    }

    /// Begins to compare.
    pub fn compare(&self) -> Comparison<'_> {
        Comparison { baseline: self, met: HashSet::new(), resolved: Vec::new() }
    }
}

impl Old {
    fn is_left(&self) -> bool {
        self.action != Some(Action::None)
    }

    fn resolved(&self, computer: &str, id: u64, now: Option<Verdict>) -> Resolved {
        Resolved {
            computer: computer.to_owned(),
            user: self.user.clone(),
            id,
            client_name: self.client_name.clone(),
            account: self.account.clone(),
            was: self.verdict,
            now,
        }
    }
}

impl Comparison<'_> {
    /// What a finding of now is against the baseline.
    pub fn meet(&mut self, computer: &str, id: u64, now: &Known<'_>) -> Change {
        let key = (computer.to_owned(), id);
        let Some(old) = self.baseline.known.get(&key) else { return Change::New };
        self.met.insert(key);
        if old.is_left() && now.action == Some(Action::None) {
            self.resolved.push(old.resolved(computer, id, now.verdict));
        }
        let was = Known { verdict: old.verdict, action: old.action, server: &old.server, port: old.port };
        if was == *now { Change::Unchanged } else { Change::Changed }
    }

    /// What is done, and how many accounts can't be told of: those whose users (computer, name) were not read now.
    pub fn finish(mut self, was_read: impl Fn(&str, &str) -> bool) -> (Vec<Resolved>, usize) {
        let mut not_seen = 0;
        let mut asked: HashMap<(&str, &str), bool> = HashMap::new();
        for (key, old) in &self.baseline.known {
            if !old.is_left() || self.met.contains(key) {
                continue;
            }
            let (computer, id) = key;
            let is_read =
                *asked.entry((computer, &old.user)).or_insert_with(|| was_read(computer, &old.user));
            if is_read {
                self.resolved.push(old.resolved(computer, *id, None));
            } else {
                not_seen += 1;
            }
        }
        self.resolved.sort_by(|a, b| (&a.computer, &a.user, a.id).cmp(&(&b.computer, &b.user, b.id)));
        (self.resolved, not_seen)
    }
}
