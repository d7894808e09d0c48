//! A change written: under the client's lock, by the journal, read back, scanned again; and taken back where the scan does not
//! say what it should.

use super::journal::{Entry, Journal, Written as Recorded};
use super::lock;
use super::obstacles;
use super::plan::written;
use super::site::{Site, has_left, reach};
use crate::clients::changing::{Written, section};
use crate::formats::edit;
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
        let place = Path::new(&finding.account.source);
        let Some(written) = written(finding.account.client).filter(|_| has_left(home, place)) else {
            continue;
        };
        // Without the lock it would be one that is on its way right now.
        if let Some(_held) = lock::take(&written.lock, place.parent().unwrap_or(place)) {
            let _ = Site::open(home, place);
        }
    }
}

/// Writes a change that nothing stands against. What becomes of it stands in the change.
pub fn apply(change: &mut Change, before: &Report, hand: &Hand<'_>) {
    hand.journal.prune();
    match begin(change, hand) {
        Err(obstacle) => {
            change.state = ChangeState::Refused;
            change.obstacles.push(obstacle);
        }
        Ok((mut entry, trouble)) => finish(change, &mut entry, trouble, before, hand),
    }
}

/// Everything up to the new file in its place; the obstacle beside the entry is one that came up when it was there.
fn begin(change: &Change, hand: &Hand<'_>) -> Result<(Entry, Option<Obstacle>), Obstacle> {
    let (first, written) = change.edits.first().zip(written(change.client)).ok_or(obstacles::NOTHING)?;
    let place = Path::new(&first.place.path);
    let (known, _) = hand.journal.entries().map_err(|_| obstacles::NO_JOURNAL)?;
    if known.iter().any(|entry| entry.is_open() && entry.place == first.place.path) {
        return Err(obstacles::UNFINISHED);
    }
    let settings = change.edits.iter().map(recorded).collect();
    let mut entry = Entry::new(&change.id, change.client, &change.account, &first.place.path, settings);
    entry.policy.clone_from(&change.policy);
    let done = put(place, &change.edits, written, hand, || hand.journal.write(&mut entry).is_ok());
    if done.is_err() {
        // Nothing was written; there may be no entry either.
        let _ = hand.journal.forget(&entry);
    }
    done.map(|trouble| (entry, trouble))
}

fn recorded(edit: &Edit) -> Recorded {
    Recorded { setting: edit.setting.clone(), old: edit.old.clone(), new: edit.new.clone() }
}

/// Writes values into a file while its program is kept from starting; `record` is called when nothing stands against it any
/// more, and says whether to go on. The error: what stood there stands there. An obstacle beside that: it does not, and something is wrong.
pub(super) fn put(
    place: &Path,
    edits: &[Edit],
    written: &Written,
    hand: &Hand<'_>,
    record: impl FnOnce() -> bool,
) -> Result<Option<Obstacle>, Obstacle> {
    if (hand.runs)(written.processes) {
        return Err(obstacles::RUNNING);
    }
    // Before the lock, which may be a file in that very folder.
    reach(hand.home, place)?;
    let folder = place.parent().unwrap_or(place);
    let _held = lock::take(&written.lock, folder).ok_or(obstacles::RUNNING)?;
    let site = Site::open(hand.home, place)?;
    let list: Vec<edit::Edit<'_>> = edits.iter().map(of_format).collect();
    let bytes = edit::edited(&site.bytes, &written.format, &list).map_err(obstacles::unfit)?;
    if !record() {
        return Err(obstacles::NO_JOURNAL);
    }
    let old = site.bytes.clone();
    site.replace(&bytes)?;
    // What stands there now is read by itself.
    let is_there = |bytes: &[u8]| Site::open(hand.home, place).is_ok_and(|site| site.bytes == bytes);
    if !is_there(&bytes) {
        return Ok(Some(obstacles::NOT_BETTER));
    }
    if !(hand.runs)(written.processes) {
        return Ok(None);
    }
    // As long as the lock is held it has read nothing; afterwards it would be in the way of taking it back.
    let back = Site::open(hand.home, place).and_then(|site| site.replace(&old));
    if back.is_ok() && is_there(&old) { Err(obstacles::STARTED) } else { Ok(Some(obstacles::STARTED)) }
}

fn of_format(edit: &Edit) -> edit::Edit<'_> {
    edit::Edit {
        section: section(&edit.place),
        name: &edit.setting,
        old: edit.old.as_deref(),
        new: edit.new.as_deref(),
    }
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
        && has(&after, &change.id, |finding| finding.verdict == Verdict::SmtpAuth)
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
    let Some((first, written)) = back.first().zip(written(change.client)) else {
        return ChangeState::Unfinished;
    };
    match put(Path::new(&first.place.path), &back, written, hand, || true) {
        Ok(None) => ChangeState::RolledBack,
        Ok(Some(_)) | Err(_) => ChangeState::Unfinished,
    }
}

/// The way back.
pub(super) fn reversed(edit: &Edit) -> Edit {
    Edit { old: edit.new.clone(), new: edit.old.clone(), ..edit.clone() }
}
