//! Hives in files: what is read of them, and what becomes of one that changes.

#![expect(clippy::disallowed_methods, reason = "tests write their own files")]

use std::cell::Cell;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use super::blocks::{BLOCK, Blocks};
use super::made::{Made, new_log, set};
use super::{Hive, HiveError, State, base_block};
use crate::source::registry::Value;

/// A hive file of a test.
struct Place {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Place {
    fn of(bytes: &[u8]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Self { path: folder.path().join("NTUSER.DAT"), _folder: folder };
        place.write(bytes);
        place
    }

    fn write(&self, bytes: &[u8]) {
        fs::write(&self.path, bytes).unwrap();
    }

    fn file(&self) -> File {
        File::open(&self.path).unwrap()
    }

    fn open(&self) -> Hive {
        Hive::open_file(self.file(), Vec::new).unwrap()
    }

    /// The number of a key, for which the file is opened again.
    fn number(&self, hive: &Hive, path: &str) -> Result<Option<u64>, HiveError> {
        let key = hive.with_file(self.file(), |hive| hive.values(path, ""))?;
        Ok(key.and_then(|key| key.found.number("N")))
    }
}

/// A thousand keys in two lists of this shape, each with a number and with something that fills blocks.
fn wide(shape: [u8; 2]) -> Vec<u8> {
    let mut made = Made::new();
    let keys: Vec<u32> = (0..1000_u32)
        .map(|n| {
            let number = made.value("N", 4, &n.to_le_bytes());
            let filler = made.value("Filler", 3, &[n.to_le_bytes()[0]; 500]);
            made.key(&format!("{:03}Key", n % 1000), &[], &[number, filler])
        })
        .collect();
    let lists = [made.list(shape, &keys[..500]), made.list(shape, &keys[500..])];
    let list = made.list(*b"ri", &lists);
    let root = made.key_with_list("ROOT", 1000, list, &[]);
    made.file(root)
}

#[test]
fn a_look_up_reads_few_blocks() {
    for (shape, most) in [(*b"lh", 12), (*b"lf", 12), (*b"li", 1000)] {
        let place = Place::of(&wide(shape));
        let hive = place.open();
        for n in [0, 499, 500, 777] {
            assert_eq!(hive.values(&format!("{n:03}KEY"), "").err(), Some(HiveError::Away), "{n}");
            assert_eq!(place.number(&hive, &format!("{n:03}KEY")), Ok(Some(n)));
            // What was read is answered without the file.
            assert!(hive.values(&format!("{n:03}key"), "").unwrap().is_some());
        }
        // That something is absent, the lists alone say.
        let absent = hive.values("absent", "").map(|key| key.is_some());
        assert_eq!(absent, if shape == *b"li" { Err(HiveError::Away) } else { Ok(false) });
        let lists = 1000 * 8 / BLOCK + 2;
        assert!(hive.blocks.count() <= most + lists, "{} blocks for {shape:?}", hive.blocks.count());
    }
}

/// A look-up begins at the nearest key above that is known: the list that led there is not even looked at again.
#[test]
fn parents_are_looked_up_once() {
    let mut made = Made::new();
    let inner = ["One", "Two"].map(|name| made.key(name, &[], &[]));
    let outer = made.key("Outer", &inner, &[]);
    let root = made.key("ROOT", &[outer], &[]);
    let mut hive = Hive::open(made.file(root), &[]).unwrap();
    assert!(hive.values(r"outer\one", "").unwrap().is_some());
    let place = usize::try_from(root).unwrap() + base_block::LENGTH + 4;
    hive.blocks.lay_over(place + 28, &u32::MAX.to_le_bytes()).unwrap();
    assert!(hive.values(r"OUTER\two", "").unwrap().is_some());
    assert!(hive.values("other", "").is_err());
}

#[test]
fn a_file_reads_as_the_same_bytes_do() {
    let mut made = Made::new();
    let long: Vec<u8> = (0..50_000_u32).map(|n| n.to_le_bytes()[0] ^ n.to_le_bytes()[1]).collect();
    let value = made.value("Long", 3, &long);
    // One of these begins at each place before the end of a block that a key can begin at.
    let keys: Vec<u32> = (0..600).map(|n| made.key(&"n".repeat(1 + n % 200), &[], &[value])).collect();
    let root = made.key("ROOT", &keys[..100], &[value]);
    let file = made.file(root);
    let place = Place::of(&file);
    let (hive, memory) = (place.open(), Hive::open(file.clone(), &[]).unwrap());
    let reading = hive.with_file(place.file(), |hive| hive.key("", "R")).unwrap().unwrap();
    assert_eq!(reading, memory.key("", "R").unwrap().unwrap());
    assert_eq!(reading.found.value("long"), Some(&Value::Binary(long)));
    let blocks = Blocks::of_file(place.file(), usize::MAX).unwrap();
    for start in [0, BLOCK - 1, BLOCK, 3 * BLOCK - 7, file.len() - 5, file.len()] {
        let end = file.len().min(start + 2 * BLOCK + 9);
        assert_eq!(blocks.bytes(start, 2 * BLOCK + 9).unwrap(), &file[start..end], "{start}");
    }
    assert_eq!(
        (blocks.array(file.len() - 4).unwrap(), blocks.array::<5>(file.len() - 4)),
        (Some([0; 4]), Ok(None))
    );
}

/// Three keys in a list, the hint of one of them damaged.
fn with_damaged_hint(shape: [u8; 2], damaged: usize) -> Hive {
    let mut made = Made::new();
    let keys = ["Alpha", "Beta", "Gamma"].map(|name| made.key(name, &[], &[]));
    let list = made.list(shape, &keys);
    made.0[usize::try_from(list).unwrap() + 8 + 8 * damaged + 4] ^= 1;
    let root = made.key_with_list("ROOT", 3, list, &[]);
    Hive::open(made.file(root), &[]).unwrap()
}

#[test]
fn hints_of_which_the_first_is_wrong_are_not_gone_by() {
    let found = |hive: &Hive, name| hive.values(name, "").unwrap().is_some();
    for shape in [*b"lf", *b"lh"] {
        let distrusted = with_damaged_hint(shape, 0);
        assert!(["alpha", "BETA", "Gamma"].iter().all(|name| found(&distrusted, name)), "{shape:?}");
        // The first is right: what Windows does not find is not there.
        let trusted = with_damaged_hint(shape, 1);
        assert_eq!(["alpha", "BETA", "Gamma"].map(|name| found(&trusted, name)), [true, false, true]);
    }
}

/// Zeros where a part of the list stood.
#[test]
fn a_list_that_was_overwritten_is_told() {
    let mut made = Made::new();
    let keys = ["Alpha", "Beta", "Gamma"].map(|name| made.key(name, &[], &[]));
    let list = made.list(*b"lh", &keys);
    made.0[usize::try_from(list).unwrap() + 16..][..8].fill(0);
    let root = made.key_with_list("ROOT", 3, list, &[]);
    let hive = Hive::open(made.file(root), &[]).unwrap();
    assert!(hive.values("gamma", "").unwrap().is_some());
    assert!(matches!(hive.values("beta", ""), Err(HiveError::Malformed { .. })));
}

/// An upper case that Windows may see otherwise is compared with every name.
#[test]
fn names_beyond_ascii_are_found_without_hints() {
    let mut made = Made::new();
    let first = made.key("Alpha", &[], &[]);
    let second = made.key("B", &[], &[]);
    // "ü" in Latin-1
    let name = usize::try_from(second).unwrap() + 4 + 76;
    made.0[name] = 0xFC;
    let list = made.list(*b"lh", &[first, second]);
    let root = made.key_with_list("ROOT", 2, list, &[]);
    let hive = Hive::open(made.file(root), &[]).unwrap();
    assert!(hive.values("Ü", "").unwrap().is_some());
    assert!(hive.values("u", "").unwrap().is_none());
}

#[test]
fn logs_lie_over_the_blocks() {
    let new = wide(*b"lh");
    let mut old = new.clone();
    let cell = [(-8_i32).to_le_bytes(), 777_u32.to_le_bytes()].concat();
    let number = old.windows(8).position(|bytes| bytes == cell).unwrap() + 4;
    old[number..number + 4].copy_from_slice(&1_u32.to_le_bytes());
    set(&mut old, 4, 8);
    let dirty = Place::of(&old).open();
    assert_eq!(dirty.state(), State::Dirty);
    // The last block, with the root key, came with the log; and a page that is no whole block lies over two.
    let bins = u32::try_from(new.len() - 4096).unwrap();
    let (start, last) = (number / 512 * 512 - 512, new.len() - BLOCK);
    let pages: [(u32, &[u8]); 2] = [
        (u32::try_from(start - 4096).unwrap(), &new[start..start + 1024 + BLOCK]),
        (bins - 4096, &new[last..]),
    ];
    let log = new_log(&new, 7, bins, &pages);
    old.truncate(last);
    let place = Place::of(&old);
    assert!(Hive::open_file(place.file(), Vec::new).is_err());
    let hive = Hive::open_file(place.file(), || vec![log]).unwrap();
    assert_eq!((hive.state(), place.number(&hive, "777Key")), (State::Replayed, Ok(Some(777))));
    let reading = hive.with_file(place.file(), |hive| hive.key("", "R")).unwrap();
    assert_eq!(reading, Hive::open(new, &[]).unwrap().key("", "R").unwrap());
}

/// Of a file that is another one than at the beginning nothing is read, and nothing that was read meanwhile is kept.
#[test]
fn a_file_that_changed_is_told() {
    let old = wide(*b"lh");
    let mut new = old.clone();
    set(&mut new, 4, 8);
    set(&mut new, 8, 8);
    let place = Place::of(&old);
    let time = place.file().metadata().unwrap().modified().unwrap();
    let hive = place.open();
    assert_eq!(place.number(&hive, "005Key"), Ok(Some(5)));
    let count = hive.blocks.count();
    let changed = hive.with_file(place.file(), |hive| {
        let answer = hive.values("900Key", "");
        assert!(answer.is_ok() && hive.blocks.count() > count);
        place.write(&new);
        answer
    });
    assert_eq!((changed.err(), hive.blocks.count()), (Some(HiveError::Changed), count));
    assert_eq!(place.number(&hive, "900Key"), Err(HiveError::Changed), "it is still another one");
    assert!(hive.values("005Key", "").unwrap().is_some(), "what was read before is whole");
    // As it was, but written later; and as long as it was and at the same time, but with other numbers.
    place.write(&old);
    let file = File::options().write(true).open(&place.path).unwrap();
    file.set_modified(time + Duration::from_secs(1)).unwrap();
    assert_eq!(place.number(&hive, "900Key"), Err(HiveError::Changed), "later");
    file.set_modified(time).unwrap();
    assert_eq!(place.number(&hive, "900Key"), Ok(Some(900)), "as it was");
    place.write(&new);
    file.set_modified(time).unwrap();
    assert_eq!(place.number(&hive, "901Key"), Err(HiveError::Changed), "other numbers");
    place.write(&old[..old.len() - 1]);
    file.set_modified(time).unwrap();
    assert_eq!(place.number(&hive, "100Key"), Err(HiveError::Changed), "shorter");
    // Windows gives a new file the time of the one that it takes the place of.
    if cfg!(unix) {
        let new = place.path.with_extension("new");
        fs::write(&new, &old).unwrap();
        fs::rename(&new, &place.path).unwrap();
        File::options().write(true).open(&place.path).unwrap().set_modified(time).unwrap();
        assert_eq!(place.number(&hive, "100Key"), Err(HiveError::Changed), "put in its place");
    }

    // While it is opened: the logs are read after the hive.
    let mut dirty = old.clone();
    set(&mut dirty, 4, 8);
    let place = Place::of(&dirty);
    let logs = || {
        place.write(&new);
        Vec::new()
    };
    assert_eq!(Hive::open_file(place.file(), logs).err(), Some(HiveError::Changed));
}

#[test]
fn a_file_that_shrinks_under_the_hand_ends_the_reading() {
    let file = wide(*b"lh");
    let place = Place::of(&file);
    let hive = place.open();
    let answer = hive.with_file(place.file(), |hive| {
        place.write(&file[..5000]);
        let answer = hive.values("900Key", "");
        assert_eq!(answer.clone().err(), Some(HiveError::Changed));
        answer
    });
    assert_eq!(answer.err(), Some(HiveError::Changed));
}

#[test]
fn no_more_is_read_than_allowed() {
    let place = Place::of(&wide(*b"li"));
    let all = |blocks: Blocks| {
        let hive = Hive::of(blocks, Vec::new).unwrap();
        hive.with_file(place.file(), |hive| hive.key("", "R")).map(|_| hive.blocks.count())
    };
    let opened = |most| all(Blocks::of_file(place.file(), most).unwrap());
    let needed = opened(usize::MAX).unwrap();
    let most = needed * BLOCK;
    assert_eq!(opened(most), Ok(needed));
    assert_eq!(opened(most - 1), Err(HiveError::TooMuch { limit: most - 1 }));
}

#[test]
fn logs_are_asked_for_only_if_they_are_needed() {
    let (clean, asked) = (wide(*b"lh"), Cell::new(false));
    let mut dirty = clean.clone();
    set(&mut dirty, 4, 8);
    for (file, needs_logs) in [(clean, false), (dirty, true)] {
        let place = Place::of(&file);
        let logs = || {
            asked.set(true);
            Vec::new()
        };
        Hive::open_file(place.file(), logs).unwrap();
        assert_eq!(asked.get(), needs_logs);
    }
}

/// A folder opens like a file, and can't be read.
#[cfg(unix)]
#[test]
fn what_the_system_says_is_handed_on() {
    let folder = tempfile::tempdir().unwrap();
    let error = Hive::open_file(File::open(folder.path()).unwrap(), Vec::new).err();
    let Some(HiveError::Io { code }) = error else { panic!("{error:?}") };
    assert_eq!(io::Error::from_raw_os_error(code).kind(), io::ErrorKind::IsADirectory);
}
