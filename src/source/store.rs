//! The registry of one user or computer, whatever it is kept in: a hive or a `.reg` export.

use super::files::Files;
use super::hive::{Hive, HiveError, Reading, State};
use super::problem::Problem;
use super::regfile::RegFile;
use super::registry::{Key, hollow};
use super::system::MAX_FILE;
use std::collections::HashMap;
use std::rc::Rc;

/// Where keys are looked up.
#[derive(Debug)]
pub enum Store {
    /// The registry of the Windows that the program runs on.
    #[cfg(windows)]
    Live(super::live::Live),
    /// A hive file; paths are relative to its root.
    Hive {
        /// The file as it is shown to people.
        place: String,
        /// Its content.
        hive: Hive,
    },
    /// Parts of one or several `.reg` exports, in the order of their names.
    Exports(Vec<Part>),
}

/// A part of a `.reg` export.
#[derive(Debug)]
pub struct Part {
    /// The export.
    pub file: Rc<RegFile>,
    /// The root of the part: `HKCU`, `HKU\S-1-5-21-…`, `HKLM\SOFTWARE`, …
    pub root: String,
}

impl Store {
    /// A hive with the transaction logs beside it. A log that can't be read is as good as none; why goes to `side`.
    pub(super) fn open_hive(
        files: &Files,
        path: &str,
        bytes: Vec<u8>,
        side: &mut Vec<Problem>,
    ) -> Result<Self, Problem> {
        let place = files.show(path);
        let mut logs = Vec::new();
        if Hive::needs_logs(&bytes) {
            for ending in [".LOG1", ".LOG2", ".LOG"] {
                match files.read(&format!("{path}{ending}"), MAX_FILE) {
                    Ok(log) => logs.extend(log),
                    Err(problem) => side.push(problem),
                }
            }
        }
        match Hive::open(bytes, &logs) {
            Ok(hive) => Ok(Self::Hive { place, hive }),
            Err(error) => Err(Problem::hive(place, &error)),
        }
    }

    /// The key at `path` (relative, `\` between the parts) with everything below it. What is damaged below goes to
    /// `side`; the rest is there.
    pub fn key(&self, path: &str, shown: &str, side: &mut Vec<Problem>) -> Result<Option<Key>, Problem> {
        match self {
            #[cfg(windows)]
            Self::Live(live) => live.key(path, shown, side),
            Self::Hive { place, hive } => take(hive.key(path, shown), place, side),
            Self::Exports(parts) => {
                let found =
                    parts.iter().filter_map(|Part { file, root }| file.key(&format!("{root}\\{path}")));
                Ok(found.map(|key| renamed(key, shown)).reduce(merged))
            }
        }
    }

    /// The key at `path` with its values; of the keys below it only the names.
    pub fn top(&self, path: &str, shown: &str, side: &mut Vec<Problem>) -> Result<Option<Key>, Problem> {
        match self {
            #[cfg(windows)]
            Self::Live(live) => live.top(path, shown),
            Self::Hive { place, hive } => {
                let Some(mut key) = take(hive.values(path, shown), place, side)? else { return Ok(None) };
                let names = take(hive.subkeys(path), place, side)?.unwrap_or_default();
                key.subkeys = names.into_iter().map(|name| hollow(shown, &name)).collect();
                Ok(Some(key))
            }
            Self::Exports(_) => Ok(self.key(path, shown, side)?.map(|mut key| {
                key.subkeys = key.subkeys.iter().map(|sub| hollow(shown, sub.name())).collect();
                key
            })),
        }
    }

    /// True if it is a hive that was not closed properly and whose logs are missing.
    pub fn is_dirty(&self) -> bool {
        matches!(self, Self::Hive { hive, .. } if matches!(hive.state(), State::Dirty))
    }
}

/// What a hive answers, with what is damaged in it put aside.
fn take<T>(
    answer: Result<Option<Reading<T>>, HiveError>,
    place: &str,
    side: &mut Vec<Problem>,
) -> Result<Option<T>, Problem> {
    let reading = answer.map_err(|error| Problem::hive(place, &error))?;
    Ok(reading.map(|reading| {
        side.extend(reading.damage.iter().map(|damage| Problem::hive(&damage.path, &damage.error)));
        reading.found
    }))
}

/// The same tree under another path.
fn renamed(key: &Key, shown: &str) -> Key {
    Key {
        path: shown.to_owned(),
        values: key.values.clone(),
        subkeys: key.subkeys.iter().map(|sub| renamed(sub, &format!("{shown}\\{}", sub.name()))).collect(),
    }
}

/// Where the first of each name stands; names have no case.
fn places<'n>(names: impl Iterator<Item = &'n str>) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for (at, name) in names.enumerate() {
        found.entry(name.to_uppercase()).or_insert(at);
    }
    found
}

/// Two exports of the same key, as if both had been imported: later values win.
fn merged(mut first: Key, second: Key) -> Key {
    let mut values = places(first.values.iter().map(|(name, _)| name.as_str()));
    for (name, value) in second.values {
        let at = *values.entry(name.to_uppercase()).or_insert(first.values.len());
        match first.values.get_mut(at) {
            Some((_, old)) => *old = value,
            None => first.values.push((name, value)),
        }
    }
    let mut subkeys = places(first.subkeys.iter().map(Key::name));
    for sub in second.subkeys {
        let at = *subkeys.entry(sub.name().to_uppercase()).or_insert(first.subkeys.len());
        match first.subkeys.get_mut(at) {
            Some(known) => *known = merged(std::mem::take(known), sub),
            None => first.subkeys.push(sub),
        }
    }
    first
}
