//! A change written: under the client's lock, by the journal, read back, scanned again; and taken back where the scan does not
//! say what it should.

use super::journal::{Entry, Journal, Written as Recorded};
use super::obstacles;
use super::plan::written;
use super::put::{put, sweep_beside};
use crate::formats::edit::Unfit;
use crate::model::{Change, ChangeState, Edit, Finding, Obstacle, Report, Verdict};
use std::path::Path;

/// Where and for whom changes are written.
pub struct Hand<'a> {
    /// The home of the user who runs the program, without links.
    pub home: &'a Path,
    /// His journal.
    pub journal: &'a Journal,
    /// Scans again.
    pub scan: &'a dyn Fn() -> Report,
    /// Whether one of these processes runs: `processes::runs`.
    pub runs: fn(&[&str]) -> bool,
}

/// Removes what a run left that was ended on its way: a new file that never took the old one's place, with all that the old
/// one holds.
pub fn sweep(report: &Report, home: &Path) {
    for finding in &report.findings {
        if let Some(written) = written(finding.account.client) {
            sweep_beside(Path::new(&finding.account.source), written, home);
        }
    }
}

/// Writes a change that nothing stands against. What becomes of it stands in the change.
pub fn apply(change: &mut Change, before: &Report, hand: &Hand<'_>) {
    hand.journal.prune();
    match begin(change, before, hand) {
        Err(obstacle) => {
            change.state = ChangeState::Refused;
            change.obstacles.push(obstacle);
        }
        Ok((mut entry, trouble)) => finish(change, &mut entry, trouble, before, hand),
    }
}

/// Everything up to the new file in its place; the obstacle beside the entry is one that came up when it was there.
fn begin(change: &Change, before: &Report, hand: &Hand<'_>) -> Result<(Entry, Option<Obstacle>), Obstacle> {
    let (first, written) = change.edits.first().zip(written(change.client)).ok_or(obstacles::NOTHING)?;
    let (known, _) = hand.journal.entries().map_err(|_| obstacles::NO_JOURNAL)?;
    if known.iter().any(|entry| entry.is_open() && entry.place == first.place.path) {
        return Err(obstacles::UNFINISHED);
    }
    let settings = change.edits.iter().map(recorded).collect();
    let mut entry = Entry::new(&change.id, change.client, &change.account, &first.place.path, settings);
    entry.policy.clone_from(&change.policy);
    let done = put(&change.edits, written, hand.home, hand.runs, || {
        // The plan rests on more than the values that change: the server that the password goes to, and how.
        if !is_as_shown(change, before, &(hand.scan)()) {
            return Err(obstacles::unfit(Unfit::NotAsRead));
        }
        hand.journal.write(&mut entry).map_err(|_| obstacles::NO_JOURNAL)
    });
    if done.is_err() {
        // Nothing was written; there may be no entry either.
        let _ = hand.journal.forget(&entry);
    }
    done.map(|trouble| (entry, trouble))
}

/// True if nothing has changed of the account and of those that the write touches.
fn is_as_shown(change: &Change, before: &Report, now: &Report) -> bool {
    let of = |report: &Report, id: &str| report.findings.iter().find(|finding| finding.id == id).cloned();
    let ids = [&change.id].into_iter().chain(change.touches.iter().map(|touched| &touched.id));
    let mut pairs = ids.map(|id| (of(before, id), of(now, id)));
    pairs.all(|(before, now)| before.is_some() && before == now)
}

fn recorded(edit: &Edit) -> Recorded {
    Recorded { setting: edit.setting.clone(), old: edit.old.clone(), new: edit.new.clone() }
}

/// A scan says whether it is as it should be.
fn finish(
    change: &mut Change,
    entry: &mut Entry,
    trouble: Option<Obstacle>,
    before: &Report,
    hand: &Hand<'_>,
) {
    let after = (hand.scan)();
    let is_good = trouble.is_none()
        && has(&after, &change.id, |finding| {
            finding.verdict == Verdict::SmtpAuth && !finding.is_change_of_sending()
        })
        && before.findings.iter().all(|old| {
            let is_no_worse = |new: &Finding| new.verdict == old.verdict || new.verdict == Verdict::SmtpAuth;
            has(&after, &old.id, is_no_worse)
        });
    let state = if is_good {
        ChangeState::Done
    } else {
        change.obstacles.push(trouble.unwrap_or(obstacles::NOT_BETTER));
        take_back(change, hand)
    };
    change.state = state;
    // What stands there now can be taken back, or has to be.
    change.journal = (state != ChangeState::RolledBack).then(|| entry.id.clone());
    state.code().clone_into(&mut entry.state);
    if hand.journal.write(entry).is_err() && state == ChangeState::Done {
        // `begun` stays, and with it the way back.
        change.remarks.push(obstacles::NO_JOURNAL.text);
    }
}

fn has(report: &Report, id: &str, is_so: impl Fn(&Finding) -> bool) -> bool {
    report.findings.iter().any(|finding| finding.id == id && is_so(finding))
}

fn take_back(change: &Change, hand: &Hand<'_>) -> ChangeState {
    let back: Vec<Edit> = change.edits.iter().rev().map(reversed).collect();
    let Some(written) = written(change.client) else {
        return ChangeState::Unfinished;
    };
    match put(&back, written, hand.home, hand.runs, || Ok(())) {
        Ok(None) => ChangeState::RolledBack,
        Ok(Some(_)) | Err(_) => ChangeState::Unfinished,
    }
}

/// The way back.
pub(super) fn reversed(edit: &Edit) -> Edit {
    Edit { old: edit.new.clone(), new: edit.old.clone(), ..edit.clone() }
}
