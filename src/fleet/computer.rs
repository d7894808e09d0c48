//! What the newest scans tell of a computer as a whole, and how names are spelled.

use super::names::Name;
use crate::model::Scope;
use foldhash::fast::RandomState;
use indexmap::IndexSet;

/// How a report spells a name, and when: people are shown the newest spelling.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Spelling {
    pub(super) time: i64,
    pub(super) name: Name,
}

/// What the newest scan of one scope tells of a computer as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    pub(super) time: i64,
    /// Issues that are no user's.
    pub(super) issues: u32,
    /// Findings that a filter of the scan kept back.
    pub(super) not_shown: u64,
}

impl Default for Told {
    fn default() -> Self {
        Self { time: i64::MIN, issues: 0, not_shown: 0 }
    }
}

/// A computer.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Computer {
    pub(super) name: Spelling,
    /// The newest scan of one user, of paths and of all users.
    told: [Told; 3],
}

impl Computer {
    pub(super) fn new(name: Spelling) -> Self {
        Self { name, ..Self::default() }
    }

    /// A scope that this version does not know is taken for one of paths.
    pub(super) fn take(&mut self, scope: Option<Scope>, told: Told) {
        let [user, paths, all] = &mut self.told;
        let known = match scope {
            Some(Scope::User) => user,
            Some(Scope::AllUsers) => all,
            Some(Scope::Paths) | None => paths,
        };
        *known = told.max(*known);
    }

    pub(super) fn absorb(&mut self, other: Self) {
        for (known, told) in self.told.iter_mut().zip(other.told) {
            *known = told.max(*known);
        }
    }

    /// When it was last scanned; `None`: only answers tell of it.
    pub(super) fn last(&self) -> Option<i64> {
        self.told.iter().map(|told| told.time).max().filter(|time| *time > i64::MIN)
    }

    /// What holds: a scan of all users makes older ones of fewer users void.
    pub(super) fn told(&self) -> impl Iterator<Item = Told> + '_ {
        let [.., all] = self.told;
        self.told.into_iter().filter(move |told| told.time > i64::MIN && told.time >= all.time)
    }
}

/// The newer spelling; of two of the same time always the same.
pub(super) fn newer(texts: &IndexSet<Box<str>, RandomState>, one: Spelling, other: Spelling) -> Spelling {
    let key = |spelling: Spelling| (spelling.time, texts.get_index(spelling.name as usize));
    if other.time > one.time || (other.time == one.time && key(other) > key(one)) { other } else { one }
}
