//! The registry of one user or computer, whatever it is kept in: a hive or a `.reg` export.

use super::files::Files;
use super::hive::{Hive, HiveError, Reading, State};
use super::problem::Problem;
use super::regfile::RegFile;
use super::registry::{Key, hollow};
use super::system::MAX_FILE;
use std::rc::Rc;

/// Where keys are looked up.
#[derive(Debug)]
pub enum Store {
    /// The registry of the Windows that the program runs on.
    #[cfg(windows)]
    Live(super::live::Live),
    /// A hive file; paths are relative to its root.
    Hive(Box<HiveFile>),
    /// Parts of one or several `.reg` exports, in the order of their names.
    Exports(Vec<Part>),
}

/// A hive file. It is open only while something is read of it.
#[derive(Debug)]
pub struct HiveFile {
    files: Files,
    path: String,
    /// As it is shown to people.
    place: String,
    hive: Hive,
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
    /// A hive with the transaction logs beside it; `None` if it is not there. A log that can't be read is as good as none;
    /// why goes to `side`.
    pub(super) fn open_hive(
        files: &Files,
        path: &str,
        side: &mut Vec<Problem>,
    ) -> Result<Option<Self>, Problem> {
        let hive = HiveFile::open(files, path, side)?;
        Ok(hive.map(|hive| Self::Hive(Box::new(hive))))
    }

    /// The key at `path` (relative, `\` between the parts) with everything below it. What is damaged below goes to
    /// `side`; the rest is there.
    pub fn key(&self, path: &str, shown: &str, side: &mut Vec<Problem>) -> Result<Option<Key>, Problem> {
        match self {
            #[cfg(windows)]
            Self::Live(live) => live.key(path, shown, side),
            Self::Hive(file) => file.ask(|hive| hive.key(path, shown), side),
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
            Self::Hive(file) => {
                let Some(mut key) = file.ask(|hive| hive.values(path, shown), side)? else { return Ok(None) };
                let names = file.ask(|hive| hive.subkeys(path), side)?.unwrap_or_default();
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
        matches!(self, Self::Hive(file) if matches!(file.hive.state(), State::Dirty))
    }
}

impl HiveFile {
    /// What changes while it is opened is read once more: whoever signs in or out is done with it soon.
    fn open(files: &Files, path: &str, side: &mut Vec<Problem>) -> Result<Option<Self>, Problem> {
        let mut told = Vec::new();
        let mut open = || {
            told.clear();
            let Some((file, place)) = files.open(path)? else { return Ok(None) };
            match Hive::open_file(file, || logs(files, path, &mut told)) {
                Err(HiveError::Changed) => Ok(Some(Err(place))),
                Ok(hive) => Ok(Some(Ok(Self { files: files.clone(), path: path.to_owned(), place, hive }))),
                Err(error) => Err(Problem::hive(place, &error)),
            }
        };
        let opened = match open()? {
            Some(Err(_)) => open()?,
            opened => opened,
        };
        side.append(&mut told);
        opened.transpose().map_err(|place| Problem::hive(place, &HiveError::Changed))
    }

    /// What the hive answers, with what is damaged in it put aside. What was not read of the file yet is read now.
    fn ask<T>(
        &self,
        question: impl Fn(&Hive) -> Result<Option<Reading<T>>, HiveError>,
        side: &mut Vec<Problem>,
    ) -> Result<Option<T>, Problem> {
        let answer = match question(&self.hive) {
            Err(HiveError::Away) => match self.files.open(&self.path)? {
                Some((file, _)) => self.hive.with_file(file, question),
                None => Err(HiveError::Changed),
            },
            answer => answer,
        };
        let reading = answer.map_err(|error| Problem::hive(self.place.clone(), &error))?;
        Ok(reading.map(|reading| {
            side.extend(reading.damage.iter().map(|damage| Problem::hive(&damage.path, &damage.error)));
            reading.found
        }))
    }
}

/// The transaction logs beside a hive.
fn logs(files: &Files, path: &str, side: &mut Vec<Problem>) -> Vec<Vec<u8>> {
    let mut logs = Vec::new();
    for ending in [".LOG1", ".LOG2", ".LOG"] {
        match files.read(&format!("{path}{ending}"), MAX_FILE) {
            Ok(log) => logs.extend(log),
            Err(problem) => side.push(problem),
        }
    }
    logs
}

/// The same tree under another path.
fn renamed(key: &Key, shown: &str) -> Key {
    Key {
        path: shown.to_owned(),
        values: key.values.clone(),
        subkeys: key.subkeys.iter().map(|sub| renamed(sub, &format!("{shown}\\{}", sub.name()))).collect(),
    }
}

/// Two exports of the same key, as if both had been imported: later values win.
fn merged(mut first: Key, second: Key) -> Key {
    for (name, value) in second.values {
        match first.values.iter_mut().find(|(known, _)| super::registry::same_name(known, &name)) {
            Some((_, old)) => *old = value,
            None => first.values.push((name, value)),
        }
    }
    for sub in second.subkeys {
        match first.subkeys.iter().position(|known| super::registry::same_name(known.name(), sub.name())) {
            Some(at) => {
                let known = first.subkeys.remove(at);
                first.subkeys.insert(at, merged(known, sub));
            }
            None => first.subkeys.push(sub),
        }
    }
    first
}
