//! Numbers in a key of the user's own registry, written one by one. Whoever stops on the way leaves the old or the new number
//! in each, and the journal has both.

use crate::fix::obstacles;
use crate::formats::edit::Unfit;
use crate::model::{Edit, Locator, Obstacle, Place, Text};
use crate::source::win::registry::{Open, Root};
use std::io;

/// A value with what stands there and what is to.
struct Value<'a> {
    name: &'a str,
    old: Option<u32>,
    new: Option<u32>,
}

/// Writes them; for what comes back, see `fix::put::put`.
pub(in crate::fix) fn put(
    place: &str,
    edits: &[Edit],
    record: impl FnOnce() -> Result<(), Obstacle>,
    runs: impl Fn() -> bool,
) -> Result<Option<Obstacle>, Obstacle> {
    // The loaded registry of whoever runs this; all others are somebody else's, or files.
    let path = place.strip_prefix(r"HKCU\").ok_or(obstacles::NOT_LIVE)?;
    let values =
        edits.iter().map(value).collect::<Option<Vec<_>>>().ok_or(obstacles::unfit(Unfit::Unusual))?;
    no_policy(path, &values)?;
    let key = Open::below(Root::User, path, true).map_err(|error| failed(&error))?;
    let key = key.ok_or(obstacles::unfit(Unfit::NoSection))?;
    for value in &values {
        match key.number(value.name) {
            Ok(number) if number == value.old => {}
            Ok(_) => return Err(obstacles::unfit(Unfit::NotAsRead)),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return Err(obstacles::unfit(Unfit::Unusual));
            }
            Err(error) => return Err(failed(&error)),
        }
    }
    record()?;
    let trouble = match write(&key, &values) {
        Err(error) => failed(&error),
        Ok(()) if runs() => obstacles::STARTED,
        Ok(()) => return Ok(None),
    };
    let back: Vec<Value<'_>> =
        values.iter().rev().map(|value| Value { old: value.new, new: value.old, ..*value }).collect();
    if write(&key, &back).is_ok() { Err(trouble) } else { Ok(Some(trouble)) }
}

fn value(edit: &Edit) -> Option<Value<'_>> {
    let number = |value: &Option<String>| match value {
        None => Some(None),
        Some(text) => text.parse().ok().map(Some),
    };
    Some(Value { name: &edit.setting, old: number(&edit.old)?, new: number(&edit.new)? })
}

/// Each is read again after it is written, and the key is on the disk when all are.
fn write(key: &Open, values: &[Value<'_>]) -> io::Result<()> {
    for value in values {
        // On the way back not all may have been written.
        if key.number(value.name)? != value.new {
            key.set(value.name, value.new)?;
        }
        if key.number(value.name)? != value.new {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
    key.flush()
}

/// Programs take from below `Policies` what stands there under the same path, whatever the user's own key says.
fn no_policy(path: &str, values: &[Value<'_>]) -> Result<(), Obstacle> {
    let Some(rest) =
        path.get(..9).filter(|start| start.eq_ignore_ascii_case(r"Software\")).and(path.get(9..))
    else {
        return Err(obstacles::unfit(Unfit::NoSection));
    };
    let policies = format!(r"Software\Policies\{rest}");
    for (root, word) in [(Root::Machine, "HKLM"), (Root::User, "HKCU")] {
        let Some(key) = Open::below(root, &policies, false).map_err(|error| failed(&error))? else {
            continue;
        };
        for value in values {
            if key.value(value.name).map_err(|error| failed(&error))?.is_some() {
                let name = Locator::Part(value.name.to_owned());
                let place = Place { path: format!(r"{word}\{policies}"), locator: name };
                return Err(obstacles::set_elsewhere(&place));
            }
        }
    }
    Ok(())
}

fn failed(error: &io::Error) -> Obstacle {
    // What `Open::below` says of a link.
    if error.kind() == io::ErrorKind::InvalidInput {
        return obstacles::LINK;
    }
    obstacles::file(Text::new(
        format!("レジストリに書けません: {error}"),
        format!("the registry can't be written: {error}"),
    ))
}
