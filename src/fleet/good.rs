//! What was as it has to be once: an account of which that can't be said any more has fallen back.

use super::compare::Known;
use super::names::Name;
use super::record::Record;
use super::state::{Fleet, Owner};
use crate::model::{Action, Security, Verdict};

/// An account with the settings with which it was as it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Good {
    id: u64,
    key: u64,
    pub(super) server: Name,
    port: Option<u16>,
    security: Option<Security>,
    /// When that was first reported, in milliseconds since 1970.
    time: i64,
}

impl Good {
    fn of(record: &Record) -> Self {
        let Record { id, key, server, port, security, time, .. } = *record;
        Self { id, key, server, port, security, time }
    }
}

impl Owner {
    /// Remembers what is as it has to be.
    pub(super) fn praise(&mut self, records: &[Record]) {
        let is_ok = |record: &&Record| {
            (record.verdict, record.action) == (Some(Verdict::SmtpAuth), Some(Action::None))
        };
        records.iter().filter(is_ok).for_each(|record| self.remember(Good::of(record)));
    }

    /// Each once, with the earliest time, whatever the order in which reports are read.
    pub(super) fn remember(&mut self, good: Good) {
        let same = |known: &&mut Good| Good { time: 0, ..**known } == Good { time: 0, ..good };
        match self.good.iter_mut().find(same) {
            Some(known) => known.time = known.time.min(good.time),
            None => self.good.push(good),
        }
    }
}

impl Fleet {
    /// What is compared of a record.
    pub(super) fn known(&self, record: &Record) -> Known<'_> {
        let Record { verdict, action, port, security, key, .. } = *record;
        Known { verdict, action, server: self.text(record.server), port, security, key }
    }

    /// True if an earlier report tells that the account was as it has to be. It is known by its id; with a new server, which
    /// is another id, it is one that nothing else has become, and that was not there beside the old one.
    pub(super) fn has_regressed(&self, owner: &Owner, record: &Record) -> bool {
        let was_there = |good: &Good| {
            let mut samples = owner.samples.iter().take_while(|sample| sample.time <= good.time);
            samples.any(|sample| sample.ids.binary_search(&record.id).is_ok())
        };
        let is_there = |good: &Good| owner.records.iter().any(|other| other.id == good.id);
        let is_same = |good: &Good| {
            good.id == record.id || (good.key == record.key && !is_there(good) && !was_there(good))
        };
        owner.good.iter().filter(|good| good.time < record.time && is_same(good)).any(|good| {
            let Good { key, port, security, .. } = *good;
            let (verdict, action) = (Some(Verdict::SmtpAuth), Some(Action::None));
            let before = Known { verdict, action, server: self.text(good.server), port, security, key };
            self.known(record).is_worse_than(&before)
        })
    }
}
