//! Values put in the place of those that stand there, while their program is kept from starting.

use super::obstacles;
use super::system::lock;
use super::system::registry;
use super::system::site::{Site, has_left, reach};
use crate::clients::changing::{Form, Written, section};
use crate::formats::edit::{self, Format};
use crate::model::{Edit, Obstacle};
use std::path::Path;

/// Writes them; `record` is called when nothing else stands against it any more, while the program is kept from starting: its
/// error ends it. The error: what stood there stands there. An obstacle beside that: it does not, and something is wrong.
pub(super) fn put(
    edits: &[Edit],
    written: &Written,
    home: &Path,
    runs: fn(&[&str]) -> bool,
    record: impl FnOnce() -> Result<(), Obstacle>,
) -> Result<Option<Obstacle>, Obstacle> {
    let place = edits.first().map(|edit| edit.place.path.as_str()).ok_or(obstacles::NOTHING)?;
    // All of a change stands in one place.
    if edits.iter().any(|edit| edit.place.path != place) {
        return Err(obstacles::unfit(edit::Unfit::NoSection));
    }
    let runs = || runs(written.processes);
    if runs() {
        return Err(obstacles::RUNNING);
    }
    match &written.form {
        Form::Text(format) => in_file(Path::new(place), edits, written, format, home, record, runs),
        Form::Registry => registry::put(place, edits, record, runs),
    }
}

fn in_file(
    place: &Path,
    edits: &[Edit],
    written: &Written,
    format: &Format,
    home: &Path,
    record: impl FnOnce() -> Result<(), Obstacle>,
    runs: impl Fn() -> bool,
) -> Result<Option<Obstacle>, Obstacle> {
    // Before the lock, which may be a file in that very folder.
    reach(home, place)?;
    let folder = place.parent().unwrap_or(place);
    let _held = lock::take(&written.lock, folder).ok_or(obstacles::HELD)?;
    let site = Site::open(home, place)?;
    let list: Vec<edit::Edit<'_>> = edits.iter().map(of_format).collect();
    let bytes = edit::edited(&site.bytes, format, &list).map_err(obstacles::unfit)?;
    record()?;
    let old = site.bytes.clone();
    site.replace(&bytes)?;
    // What stands there now is read by itself.
    let is_there = |bytes: &[u8]| Site::open(home, place).is_ok_and(|site| site.bytes == bytes);
    if !is_there(&bytes) {
        return Ok(Some(obstacles::NOT_BETTER));
    }
    if !runs() {
        return Ok(None);
    }
    // As long as the lock is held it has read nothing; afterwards it would be in the way of taking it back.
    let back = Site::open(home, place).and_then(|site| site.replace(&old));
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

/// Removes what a run left beside a file that was ended on its way.
pub(super) fn sweep_beside(place: &Path, written: &Written, home: &Path) {
    if !matches!(written.form, Form::Text(_)) || !has_left(home, place) {
        return;
    }
    // Without the lock it would be one that is on its way right now.
    if let Some(_held) = lock::take(&written.lock, place.parent().unwrap_or(place)) {
        let _ = Site::open(home, place);
    }
}
