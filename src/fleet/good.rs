//! What was as it has to be once.

use super::names::Name;
use super::record::Record;
use crate::model::{Action, Security, Verdict};

/// An account with the settings with which it was as it has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Good {
    pub(super) id: u64,
    pub(super) key: u64,
    pub(super) server: Name,
    pub(super) port: Option<u16>,
    pub(super) security: Option<Security>,
    /// When that was first reported, in milliseconds since 1970.
    pub(super) time: i64,
}

impl Good {
    fn of(record: &Record) -> Self {
        let Record { id, key, server, port, security, time, .. } = *record;
        Self { id, key, server, port, security, time }
    }
}

/// Remembers what is as it has to be.
pub(super) fn praise(all: &mut Vec<Good>, records: &[Record]) {
    let is_ok =
        |record: &&Record| (record.verdict, record.action) == (Some(Verdict::SmtpAuth), Some(Action::None));
    records.iter().filter(is_ok).for_each(|record| remember(all, Good::of(record)));
}

/// Each once, with the earliest time, whatever the order in which reports are read.
pub(super) fn remember(all: &mut Vec<Good>, good: Good) {
    let same = |known: &&mut Good| Good { time: 0, ..**known } == Good { time: 0, ..good };
    match all.iter_mut().find(same) {
        Some(known) => known.time = known.time.min(good.time),
        None => all.push(good),
    }
}
