//! Findings of now against those of an earlier state.

use super::names::{hex, is_nameless};
use crate::model::{self, Action, Compared, Security, Verdict};
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What is compared: a finding whose values differ is a changed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known<'a> {
    /// How it sends.
    pub verdict: Option<Verdict>,
    /// What is to do.
    pub action: Option<Action>,
    /// The outgoing server, in lower case.
    pub server: &'a str,
    /// Its port.
    pub port: Option<u16>,
    /// Its encryption.
    pub security: Option<Security>,
    /// What it is known by where its id is another one, as it is with another server: the number of `key`.
    pub key: u64,
}

impl Known<'_> {
    /// True if it is as it has to be.
    pub(super) fn is_ok(&self) -> bool {
        (self.verdict, self.action) == (Some(Verdict::SmtpAuth), Some(Action::None))
    }

    /// True if it is to be changed and was as it has to be before. Where it authenticates still, another policy may be all
    /// that is new: then its settings have to be others.
    pub(super) fn is_worse_than(&self, before: &Known<'_>) -> bool {
        let settings = |known: &Known<'_>| (known.server.to_owned(), known.port, known.security);
        let is_worse = match self.verdict {
            Some(Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth) => true,
            Some(Verdict::SmtpAuthOffPolicy) => settings(self) != settings(before),
            _ => false,
        };
        before.is_ok() && self.action == Some(Action::Change) && is_worse
    }
}

/// The number of what stays when an account gets another server: its client, user (in lower case), store and name. Of the place
/// of its settings only the end counts: a disk may be read on another computer.
pub(super) fn key(client: &str, user: &str, (profile, source): (Option<&str>, &str), account: &str) -> u64 {
    let source = source.to_lowercase().replace('\\', "/");
    let parts: Vec<&str> = source.rsplit('/').take(3).collect();
    let (profile, account) = (profile.unwrap_or_default().to_lowercase(), account.to_lowercase());
    let mut hasher = DefaultHasher::new();
    (client, user, profile, parts, account).hash(&mut hasher);
    hasher.finish()
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
            computer: Some(done.computer).filter(|name| !is_nameless(name)),
            user: Some(done.user).filter(|user| !user.is_empty()),
            client_name: done.client_name,
            account: done.account,
            was: done.was,
            now: done.now,
        }
    }
}

/// Which users (computer, name in lower case) were read, each with SID and whether all of the user is known.
#[derive(Debug, Default)]
pub(super) struct Seen(pub(super) HashMap<(String, String), Vec<(String, bool)>>);

impl Seen {
    pub(super) fn add(&mut self, computer: String, user: String, sid: String, is_whole: bool) {
        self.0.entry((computer, user)).or_default().push((sid, is_whole));
    }

    /// True if all of the user was read: of everyone who may be the user.
    pub(super) fn is_whole(&self, computer: &str, user: &str, sid: &str) -> bool {
        let all = self.0.get(&(computer.to_owned(), user.to_owned()));
        let is_same =
            |other: &str| other == sid || ((other.is_empty() || sid.is_empty()) && !user.is_empty());
        let mut same = all.into_iter().flatten().filter(|(other, _)| is_same(other)).peekable();
        same.peek().is_some() && same.all(|(_, is_whole)| *is_whole)
    }
}

/// A finding of the baseline.
#[derive(Debug)]
pub(super) struct Old {
    pub(super) computer: String,
    pub(super) user: String,
    /// In lower case.
    pub(super) user_key: String,
    pub(super) sid: String,
    pub(super) client_name: String,
    pub(super) account: String,
    pub(super) verdict: Option<Verdict>,
    pub(super) action: Option<Action>,
    pub(super) server: String,
    pub(super) port: Option<u16>,
    pub(super) security: Option<Security>,
    pub(super) key: u64,
}

/// The findings of an earlier state.
#[derive(Debug, Default)]
pub(super) struct Olds {
    /// By computer, in lower case, and id: one, unless two lone files were scanned at once.
    known: HashMap<(String, u64), Vec<Old>>,
    /// Ids by computer, in lower case, and key.
    by_key: HashMap<(String, u64), Vec<u64>>,
}

impl Olds {
    /// Takes one, of this computer and with this id.
    pub(super) fn add(&mut self, computer: &str, id: u64, old: Old) {
        let ids = self.by_key.entry((computer.to_owned(), old.key)).or_default();
        if let Err(at) = ids.binary_search(&id) {
            ids.insert(at, id);
        }
        self.known.entry((computer.to_owned(), id)).or_default().push(old);
    }
}

/// A comparison under way.
#[derive(Debug)]
pub(super) struct Comparison<'a> {
    olds: &'a Olds,
    /// Computer, in lower case, and id of all findings of now.
    now: HashSet<(&'a str, u64)>,
    /// Which of the findings with the same key were met.
    met: HashMap<(String, u64), Vec<bool>>,
    resolved: Vec<Resolved>,
}

impl Old {
    fn is_left(&self) -> bool {
        self.action != Some(Action::None)
    }

    fn is(&self, now: &Known<'_>) -> bool {
        let of = |known: &Known<'_>| (known.verdict, known.action, known.server.to_owned(), known.port);
        of(now) == of(&self.known())
    }

    fn known(&self) -> Known<'_> {
        let Self { verdict, action, port, security, key, .. } = *self;
        Known { verdict, action, server: &self.server, port, security, key }
    }

    fn resolved(&self, id: u64, now: Option<Verdict>) -> Resolved {
        Resolved {
            computer: self.computer.clone(),
            user: self.user.clone(),
            id,
            client_name: self.client_name.clone(),
            account: self.account.clone(),
            was: self.verdict,
            now,
        }
    }
}

impl<'a> Comparison<'a> {
    /// Begins to compare; `now`: computer, in lower case, and id of all findings that will be met.
    pub(super) fn new(olds: &'a Olds, now: HashSet<(&'a str, u64)>) -> Self {
        Self { olds, now, met: HashMap::new(), resolved: Vec::new() }
    }

    /// What a finding of now is against the baseline; names are in lower case. Where several have the id, as lone files and
    /// two users of one name may, the user's own comes first, then the one that is the same. Without the id it is the account
    /// of the same key whose id no finding of now has.
    pub(super) fn meet(
        &mut self,
        computer: &str,
        (user, sid): (&str, &str),
        id: u64,
        now: &Known<'_>,
    ) -> Compared {
        let fits = |old: &Old| (old.user_key == user && old.sid == sid, old.is(now));
        let Some((id, old)) = self.claim(computer, id, &fits).or_else(|| {
            let ids = self.olds.by_key.get(&(computer.to_owned(), now.key))?;
            let free: Vec<u64> =
                ids.iter().filter(|id| !self.now.contains(&(computer, **id))).copied().collect();
            free.into_iter().find_map(|id| self.claim(computer, id, &|old| (old.key == now.key, fits(old))))
        }) else {
            return Compared::New;
        };
        if old.is_left() && now.action == Some(Action::None) {
            self.resolved.push(old.resolved(id, now.verdict));
        }
        if now.is_worse_than(&old.known()) {
            Compared::Regressed
        } else if old.is(now) {
            Compared::Unchanged
        } else {
            Compared::Changed
        }
    }

    /// The finding of the baseline with this id that was not met and fits best.
    fn claim<T: Ord>(&mut self, computer: &str, id: u64, fits: &dyn Fn(&Old) -> T) -> Option<(u64, &'a Old)> {
        let key = (computer.to_owned(), id);
        let olds = self.olds.known.get(&key)?;
        let met = self.met.entry(key).or_insert_with(|| vec![false; olds.len()]);
        let open = olds.iter().zip(met).filter(|(_, is_met)| !**is_met);
        let (old, is_met) = open.rev().max_by_key(|(old, _)| fits(old))?;
        *is_met = true;
        Some((id, old))
    }

    /// What is done, and how many accounts can't be told of: those whose users were not wholly read now.
    pub(super) fn finish(mut self, seen: &Seen) -> (Vec<Resolved>, usize) {
        let mut not_seen = 0;
        for (key @ (computer, id), olds) in &self.olds.known {
            let met = self.met.get(key).map(Vec::as_slice).unwrap_or_default();
            let is_met = |at: usize| met.get(at).copied().unwrap_or_default();
            for (_, old) in olds.iter().enumerate().filter(|(at, old)| old.is_left() && !is_met(*at)) {
                if seen.is_whole(computer, &old.user_key, &old.sid) {
                    self.resolved.push(old.resolved(*id, None));
                } else {
                    not_seen += 1;
                }
            }
        }
        self.resolved.sort_by(|a, b| (&a.computer, &a.user, a.id).cmp(&(&b.computer, &b.user, b.id)));
        (self.resolved, not_seen)
    }
}
