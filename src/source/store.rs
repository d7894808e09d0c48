//! The registry of one user or computer, whatever it is kept in: a hive or a `.reg` export.

use super::files::Files;
use super::hive::{Hive, HiveError, Reading, State};
use super::problem::Problem;
use super::regfile::RegFile;
use super::registry::{Key, hollow};
use super::system::MAX_FILE;
use crate::model::IssueKind;
use std::collections::HashMap;
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

/// A hive file. It is open only while something is read of it: some five times a home, each for less than a millisecond.
/// To read all in one go before anything is asked, it would have to be known here what the clients ask for.
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
    /// What is locked, or changes while it is opened, is opened once more: who signs in or out is done with it soon.
    fn open(files: &Files, path: &str, side: &mut Vec<Problem>) -> Result<Option<Self>, Problem> {
        match Self::open_once(files, path, side) {
            Err(problem) if problem.kind == IssueKind::Locked => Self::open_once(files, path, side),
            opened => opened,
        }
    }

    fn open_once(files: &Files, path: &str, side: &mut Vec<Problem>) -> Result<Option<Self>, Problem> {
        let Some((file, place)) = files.open(path)? else { return Ok(None) };
        let mut told = Vec::new();
        let opened = Hive::open_file(file, || logs(files, path, &mut told));
        if !matches!(opened, Err(HiveError::Changed)) {
            side.append(&mut told);
        }
        match opened {
            Ok(hive) => Ok(Some(Self { files: files.clone(), path: path.to_owned(), place, hive })),
            Err(error) => Err(Problem::hive(place, &error)),
        }
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

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own file")]
    use super::super::hive::made::{Made, set};
    use super::*;
    use std::fs;
    use std::path::Path;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    /// A hive of two keys far from each other, both with the number of the version.
    fn version(number: u32) -> Vec<u8> {
        let mut made = Made::new();
        let keys = ["First", "Second"].map(|name| {
            let value = made.value("N", 4, &number.to_le_bytes());
            let key = made.key(name, &[], &[value]);
            made.cell(&vec![0; 20_000]);
            key
        });
        let root = made.key("ROOT", &keys, &[]);
        let mut file = made.file(root);
        for at in [4, 8] {
            set(&mut file, at, number);
        }
        file
    }

    /// Puts a whole new file into the place.
    fn replace(path: &Path, number: u32) {
        let new = path.with_extension("new");
        fs::write(&new, version(number)).unwrap();
        fs::rename(&new, path).unwrap();
    }

    /// Writes into the file as Windows does: one number before, the other one after.
    fn overwrite(path: &Path, number: u32) {
        use std::io::{Seek, SeekFrom, Write};
        let mut new = version(number);
        let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
        let mut write = |at: usize, bytes: &[u8]| {
            file.seek(SeekFrom::Start(at as u64)).unwrap();
            file.write_all(bytes).unwrap();
        };
        set(&mut new, 8, number - 1);
        write(0, &new[..512]);
        for (index, block) in new.chunks(4096).enumerate().skip(1) {
            write(4096 * index, block);
        }
        set(&mut new, 8, number);
        write(0, &new[..512]);
    }

    /// The numbers of both keys, for which the file is opened again; `None` of a hive that was caught half written and whose
    /// logs are missing, which is told as such.
    fn numbers(files: &Files) -> Result<Option<[Option<u64>; 2]>, Problem> {
        let mut side = Vec::new();
        let store = Store::open_hive(files, r"%GIVEN%\NTUSER.DAT", &mut side)?;
        let Some(store) = store.filter(|store| !store.is_dirty()) else { return Ok(None) };
        let mut number = |key: &str| {
            let key = store.key(key, "", &mut side)?;
            Ok(key.and_then(|key| key.number("N")))
        };
        Ok(Some([number("First")?, number("Second")?]))
    }

    /// Other systems keep a file that is open where it is.
    #[cfg(unix)]
    #[test]
    fn what_changes_is_the_old_the_new_or_locked_and_never_both() {
        for change in [replace, overwrite] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("NTUSER.DAT");
            fs::write(&path, version(1)).unwrap();
            let files = Files { given: Some(folder.path().to_path_buf()), ..Files::default() };
            let is_done = AtomicBool::new(false);
            let answers: Vec<_> = std::thread::scope(|scope| {
                scope.spawn(|| {
                    for number in (2..).take_while(|_| !is_done.load(Ordering::Relaxed)) {
                        change(&path, number);
                        std::thread::sleep(Duration::from_micros(u64::from(number % 8) * 200));
                    }
                });
                let answers = (0..200).map(|_| numbers(&files)).collect();
                is_done.store(true, Ordering::Relaxed);
                answers
            });
            let mut whole = 0;
            for answer in answers {
                match answer {
                    Ok(Some([first, second])) => {
                        assert!(first.is_some() && first == second, "{first:?} and {second:?}");
                        whole += 1;
                    }
                    // Outside: it was another file when the door looked than when it opened it.
                    Ok(None) | Err(Problem { kind: IssueKind::Locked | IssueKind::Outside, .. }) => {}
                    Err(problem) => panic!("{problem:?}"),
                }
            }
            assert!(whole > 0);
        }
    }

    #[test]
    fn what_lies_there_by_now_is_not_read_as_the_hive_that_was_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("NTUSER.DAT");
        fs::write(&path, version(1)).unwrap();
        let files = Files { given: Some(folder.path().to_path_buf()), ..Files::default() };
        let mut side = Vec::new();
        let store = Store::open_hive(&files, r"%GIVEN%\NTUSER.DAT", &mut side).unwrap().unwrap();
        replace(&path, 2);
        let problem = store.key("First", "", &mut side).unwrap_err();
        assert_eq!(problem.kind, IssueKind::Locked);
        fs::remove_file(&path).unwrap();
        assert_eq!(store.key("First", "", &mut side).unwrap_err().kind, IssueKind::Locked);
        assert!(Store::open_hive(&files, r"%GIVEN%\NTUSER.DAT", &mut side).unwrap().is_none());
    }
}
