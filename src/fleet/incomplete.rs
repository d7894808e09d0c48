//! Computers of which something is not known.

use super::names::Name;
use super::state::{Computer, Fleet, Readable};
use crate::model::{Text, UserStatus};
use std::collections::HashMap;

/// A computer of which something is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incomplete<'a> {
    /// Its name.
    pub computer: &'a str,
    /// Users of whom a part could be read.
    pub partly: u32,
    /// Users of whom nothing could be read at the last try.
    pub not_read: u32,
    /// True if there is a user, however long ago, of whom something could be read.
    pub has_read: bool,
    /// What could not be read.
    pub issues: u32,
    /// Accounts that a filter of the scan kept back.
    pub not_shown: u64,
    /// True if the scan had a filter: what it kept back may not even be counted.
    pub filtered: bool,
}

impl Incomplete<'_> {
    /// Users that could not be read, or only in part.
    pub fn users(&self) -> u32 {
        self.partly + self.not_read
    }

    /// Whether a part of the computer is known, or nothing: its users could not be read, or none were found and something
    /// could not be read.
    pub fn status(&self) -> UserStatus {
        if self.has_read { UserStatus::Partly } else { UserStatus::NotRead }
    }

    /// What is not known, for people.
    pub fn text(&self) -> Text {
        let Self { computer, partly, not_read, issues, not_shown, filtered, .. } = *self;
        let facts = [
            (not_read > 0, format!("読み取れないユーザー {not_read}"), format!("users not read {not_read}")),
            (
                partly > 0,
                format!("一部だけ読み取れたユーザー {partly}"),
                format!("users partly read {partly}"),
            ),
            (issues > 0, format!("読み取れないもの {issues}"), format!("things not read {issues}")),
            (not_shown > 0, format!("非表示 {not_shown}"), format!("not shown {not_shown}")),
            (filtered, "絞り込んだ調査".to_owned(), "scanned with a filter".to_owned()),
        ];
        let (ja, en): (Vec<_>, Vec<_>) =
            facts.into_iter().filter(|(is_so, ..)| *is_so).map(|(_, ja, en)| (ja, en)).unzip();
        Text::new(format!("{computer}: {}", ja.join("、")), format!("{computer}: {}", en.join(", ")))
    }
}

pub(super) fn incomplete(fleet: &Fleet) -> Vec<Incomplete<'_>> {
    let mut all: HashMap<Name, Incomplete<'_>> = HashMap::new();
    for (computer, state) in &fleet.computers {
        let issues = state.told().map(|told| told.issues).sum();
        let computer_name = fleet.computer_name(*computer);
        let one = Incomplete {
            computer: computer_name,
            partly: 0,
            not_read: 0,
            has_read: false,
            issues,
            not_shown: 0,
            filtered: false,
        };
        all.insert(*computer, one);
    }
    for (whose, owner) in &fleet.owners {
        let Some(one) = all.get_mut(&whose.computer) else { continue };
        let status = owner.last.map(|last| last.status);
        one.partly += u32::from(status == Some(Readable::Partly));
        one.not_read += u32::from(status == Some(Readable::Not));
        one.has_read |= owner.whole.is_some() || !owner.parts.is_empty();
        one.issues += owner.last.map_or(0, |last| last.issues);
        one.filtered |= owner.whole.is_none() && owner.last.is_some_and(|last| !last.is_unfiltered);
    }
    // What a filter kept back of users of whom all is known otherwise, is known.
    for (computer, one) in all.iter_mut().filter(|(_, one)| one.filtered) {
        let told = fleet.computers.get(computer).into_iter().flat_map(Computer::told);
        one.not_shown = told.map(|told| told.not_shown).sum();
    }
    let is_incomplete = |one: &Incomplete<'_>| one.users() > 0 || one.issues > 0 || one.filtered;
    let mut incomplete: Vec<Incomplete<'_>> = all.into_values().filter(is_incomplete).collect();
    incomplete.sort_by_key(|incomplete| incomplete.computer);
    incomplete
}
