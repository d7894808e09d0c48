//! An account that was as it has to be, of which that can't be said any more.

use super::compare::Known;
use super::good::Good;
use super::record::Record;
use super::state::{Fleet, Owner};
use crate::model::{Action, Verdict};

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
