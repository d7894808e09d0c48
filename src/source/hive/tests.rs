//! Hives made by hand, sound and damaged in every way that a file can be.

use proptest::prelude::*;

use super::made::{Made, new_log, old_log, set};
use super::{Hive, HiveError, State, marvin};
use crate::source::registry::{Key, Value};

/// A root with two keys, each with two values.
fn small() -> Vec<u8> {
    let mut made = Made::new();
    let host = made.value("SMTP Server", 1, b"m\0x\0\0\0");
    let port = made.value("SMTP Port", 4, &587u32.to_le_bytes());
    let first = made.key("First", &[], &[host, port]);
    let inner = made.key("Inner", &[], &[port]);
    let second = made.key("Second", &[inner], &[host, port]);
    let root = made.key("ROOT", &[first, second], &[]);
    made.file(root)
}

fn all(file: Vec<u8>) -> super::Reading<Key> {
    Hive::open(file, &[]).unwrap().key("", "R").unwrap().unwrap()
}

#[test]
fn keys_are_found_without_regard_to_case() {
    let hive = Hive::open(small(), &[]).unwrap();
    assert_eq!(hive.state(), State::Clean);
    let reading = hive.key(r"second", r"HKCU\second").unwrap().unwrap();
    assert_eq!(reading.damage, []);
    assert_eq!(reading.found.text("smtp server"), Some("mx"));
    assert_eq!(reading.found.subkeys[0].path, r"HKCU\second\Inner");
    assert_eq!(hive.values(r"SECOND\inner", "").unwrap().unwrap().found.number("SMTP Port"), Some(587));
    assert!(hive.values("second", "").unwrap().unwrap().found.subkeys.is_empty());
    assert_eq!(hive.subkeys("").unwrap().unwrap().found, ["First", "Second"]);
    assert_eq!(hive.key(r"second\outer", "").unwrap(), None);
}

#[test]
fn damage_does_not_spread_to_siblings() {
    let mut made = Made::new();
    let good = made.value("Good", 4, &1u32.to_le_bytes());
    let no_value = made.cell(b"xx");
    let cut = made.value("Cut", 1, b"m\0x\0\0\0");
    // A length that nothing can have.
    made.0[usize::try_from(cut).unwrap() + 8..][..4].copy_from_slice(&0x7000_0000u32.to_le_bytes());
    let key = made.key("Key", &[], &[no_value, cut, 0xFFFF_FFFF, good]);
    let broken_list = made.cell(b"zz\x01\0");
    let listless = made.key_with_list("Listless", 1, broken_list, &[good]);
    let no_key = made.cell(b"xx");
    let root = made.key("ROOT", &[no_key, 0x7FFF_FFF0, listless, key], &[]);
    let file = made.file(root);

    let reading = all(file.clone());
    let names: Vec<&str> = reading.found.subkeys.iter().map(Key::name).collect();
    assert_eq!(names, ["Listless", "Key"]);
    assert!(reading.found.subkeys.iter().all(|key| key.number("good") == Some(1)));
    let places: Vec<&str> = reading.damage.iter().map(|damage| damage.path.as_str()).collect();
    assert_eq!(places, ["R", "R", r"R\Listless", r"R\Key", r"R\Key", r"R\Key"]);

    // A look-up tells damage only where the name could be behind it.
    let hive = Hive::open(file, &[]).unwrap();
    assert!(hive.values("key", "").unwrap().is_some());
    assert!(matches!(hive.values("other", ""), Err(HiveError::Malformed { .. })));
    assert_eq!(hive.values(r"key\other", ""), Ok(None));
}

#[test]
fn circles_end() {
    let mut made = Made::new();
    let root = made.key("ROOT", &[0], &[]);
    // The list before the root leads back to it.
    made.0[40..44].copy_from_slice(&root.to_le_bytes());
    let reading = all(made.file(root));
    assert_eq!((reading.found.subkeys.len(), reading.damage.len()), (0, 1));
}

#[test]
fn overlapping_lists_end() {
    let mut made = Made::new();
    let nothing = made.key("N", &[], &[]);
    let leaf = made.list(*b"li", &vec![nothing; 60000]);
    let root_list = made.list(*b"ri", &vec![leaf; 60000]);
    let root = made.key_with_list("ROOT", 1, root_list, &[]);
    let file = made.file(root);
    let hive = Hive::open(file.clone(), &[]).unwrap();
    assert_eq!(hive.values("other", "").unwrap_err(), HiveError::Overlapping);
    assert!(all(file).damage.iter().any(|damage| damage.error == HiveError::Overlapping));
}

#[test]
fn shared_data_is_not_multiplied() {
    let mut made = Made::new();
    let value = made.value("Big", 3, &vec![1; 60000]);
    let root = made.key("ROOT", &[], &vec![value; 10000]);
    let reading = all(made.file(root));
    assert!(reading.found.values.len() < 5);
    assert_eq!(reading.damage.last().unwrap().error, HiveError::Overlapping);
}

#[test]
fn depth_has_an_end() {
    let mut made = Made::new();
    let deepest = made.key("K", &[], &[]);
    let root = (0..2000).fold(deepest, |below, _| made.key("K", &[below], &[]));
    let reading = all(made.file(root));
    assert_eq!(reading.damage.len(), 1);
    let depth = std::iter::successors(Some(&reading.found), |key| key.subkeys.first()).count();
    assert_eq!(depth, 513);
}

#[test]
fn long_data_needs_a_version_that_has_it() {
    let mut made = Made::new();
    let pieces = [made.cell(&[1; 16344]), made.cell(&[2; 16344])];
    let pieces = made.cell(&pieces.map(u32::to_le_bytes).concat());
    let mut head = b"db\x02\0".to_vec();
    head.extend(pieces.to_le_bytes());
    let head = made.cell(&head);
    let value = made.value("Long", 3, &[]);
    let at = usize::try_from(value).unwrap();
    made.0[at + 8..][..4].copy_from_slice(&20000u32.to_le_bytes());
    made.0[at + 12..][..4].copy_from_slice(&head.to_le_bytes());
    let root = made.key("ROOT", &[], &[value]);
    let mut file = made.file(root);
    let long = [vec![1; 16344], vec![2; 20000 - 16344]].concat();
    assert!(all(file.clone()).found.value("long") == Some(&Value::Binary(long)));
    set(&mut file, 24, 3);
    assert_eq!(all(file).damage.len(), 1);
}

#[test]
fn other_files_are_refused() {
    assert_eq!(Hive::open(Vec::new(), &[]).unwrap_err(), HiveError::NotAHive);
    assert!(matches!(Hive::open(b"regf".to_vec(), &[]).unwrap_err(), HiveError::Malformed { offset: 4, .. }));
    let mut old = small();
    set(&mut old, 24, 2);
    assert_eq!(Hive::open(old, &[]).unwrap_err(), HiveError::Version { major: 1, minor: 2 });
    let mut log = small();
    set(&mut log, 28, 6);
    assert_eq!(Hive::open(log, &[]).unwrap_err(), HiveError::NotAHive);
}

/// The small hive as if the last write, which changed the port to 465, had not reached it.
fn unfinished() -> (Vec<u8>, Vec<u8>) {
    let new = small();
    let mut old = new.clone();
    let port = old.windows(4).position(|bytes| bytes == 587u32.to_le_bytes()).unwrap();
    let mut new = new;
    new[port..port + 4].copy_from_slice(&465u32.to_le_bytes());
    set(&mut old, 4, 8);
    (old, new)
}

fn port(hive: &Hive) -> Option<u64> {
    hive.values("first", "").unwrap().unwrap().found.number("SMTP Port")
}

#[test]
fn old_logs_are_replayed() {
    let (old, new) = unfinished();
    let log = old_log(&new, 0b11);
    assert_eq!(port(&Hive::open(old.clone(), &[]).unwrap()), Some(587));
    let hive = Hive::open(old.clone(), &[Vec::new(), log.clone()]).unwrap();
    assert_eq!((hive.state(), port(&hive)), (State::Replayed, Some(465)));
    // With a broken base block too: it comes from the log.
    let mut broken = old.clone();
    broken[36] ^= 0xFF;
    assert_eq!(port(&Hive::open(broken, std::slice::from_ref(&log)).unwrap()), Some(465));

    let refused = |log: Vec<u8>| Hive::open(old.clone(), &[log]).unwrap().state() == State::Dirty;
    assert!(refused(log[..log.len() - 1].to_vec()), "cut off");
    let mut other = log.clone();
    set(&mut other, 12, 1);
    assert!(refused(other), "of another time");
    let mut torn = log.clone();
    set(&mut torn, 4, 9);
    assert!(refused(torn), "not written to the end");
    let mut alien = log;
    alien[1024] = b'x';
    assert!(refused(alien), "not the same bin");
}

#[test]
fn new_logs_are_replayed_in_order() {
    let (old, new) = unfinished();
    let (before, after) = (&old[4096..8192], &new[4096..8192]);
    let opened = |logs: &[Vec<u8>]| {
        let hive = Hive::open(old.clone(), logs).unwrap();
        (hive.state(), port(&hive))
    };
    let done = new_log(&new, 5, 4096, &[(0, after)]);
    let seventh = new_log(&new, 7, 4096, &[(0, before)]);
    let eighth = new_log(&new, 8, 4096, &[(0, after)]);
    let tenth = new_log(&new, 10, 4096, &[(0, after)]);
    assert_eq!(opened(&[done]), (State::Dirty, Some(587)), "older than the hive");
    assert_eq!(
        opened(&[eighth.clone(), seventh.clone()]),
        (State::Replayed, Some(465)),
        "the order is by number"
    );
    assert_eq!(opened(&[seventh.clone(), tenth]), (State::Replayed, Some(587)), "8 and 9 are missing");

    // A hive that grew: the second bin came with the log.
    let grown = new_log(&new, 7, 8192, &[(0, after), (4096, &[0; 4096])]);
    assert_eq!(opened(&[grown]), (State::Replayed, Some(465)));
    let far = new_log(&new, 7, 0x4000_0000, &[(0x3FFF_F000, after)]);
    assert_eq!(opened(&[far]), (State::Dirty, Some(587)), "further than a hive can have grown");
}

#[test]
fn the_hash_is_that_of_windows() {
    // Head and second hash of the first entry in mkorman90/regipy, transactions_ntuser.dat.log1.
    let head = [
        0x48, 0x76, 0x4c, 0x45, 0x00, 0xae, 0x03, 0x00, 0x00, 0x00, 0x00, 0x00, 0x36, 0x02, 0x00, 0x00, 0x00,
        0xe0, 0x0b, 0x00, 0x18, 0x00, 0x00, 0x00, 0xcd, 0xc9, 0x8b, 0x95, 0xd9, 0xa7, 0x67, 0x75,
    ];
    assert_eq!(marvin::hash(&head).to_le_bytes(), [0x1c, 0x3d, 0x25, 0x80, 0xd2, 0x21, 0x77, 0x3a]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the bytes: an answer or an error, and never more than a file of this size can hold.
    #[test]
    fn no_damage_ends_the_program(
        flips in prop::collection::vec((0usize..2000, any::<u8>()), 0..12),
        log_flips in prop::collection::vec((0usize..8000, any::<u8>()), 0..3),
        keep in 0usize..12000,
    ) {
        let (mut file, new) = unfinished();
        let mut logs = [new_log(&new, 7, 4096, &[(0, &new[4096..8192])]), old_log(&new, 0b11)];
        for (at, byte) in flips {
            // Where something stands: the base block's first numbers, and the cells.
            let at = if at < 48 { at } else { at + 4096 - 48 };
            if let Some(place) = file.get_mut(at) {
                *place = byte;
            }
        }
        for (at, byte) in log_flips {
            let log = &mut logs[at % 2];
            let length = log.len();
            log[at % length] = byte;
        }
        file.truncate(keep.max(600));
        for logs in [&logs[..0], &logs[..1], &logs[1..]] {
            if let Ok(hive) = Hive::open(file.clone(), logs) {
                let _ = hive.subkeys("Second");
                let _ = hive.values(r"Second\Inner", "");
                if let Ok(Some(reading)) = hive.key("", "R") {
                    let size = format!("{reading:?}").len();
                    prop_assert!(size < 1_000_000);
                }
            }
        }
    }
}

#[test]
fn five_hundred_and_twelve_levels_are_read() {
    for (levels, damage) in [(512, 0), (513, 1)] {
        let mut made = Made::new();
        let deepest = made.key("K", &[], &[]);
        let root = (0..levels).fold(deepest, |below, _| made.key("K", &[below], &[]));
        assert_eq!(all(made.file(root)).damage.len(), damage, "{levels}");
    }
}

#[test]
fn two_hundred_pieces_of_damage_are_told() {
    for (count, told) in [(199, 199), (200, 200), (201, 200)] {
        let mut made = Made::new();
        let no_value = made.cell(b"no value");
        let root = made.key("ROOT", &[], &vec![no_value; count]);
        assert_eq!(all(made.file(root)).damage.len(), told, "{count}");
    }
}

#[test]
fn lists_of_lists_have_four_levels() {
    for (levels, found) in [(4, 1), (5, 0)] {
        let mut made = Made::new();
        let inner = made.key("Inner", &[], &[]);
        let leaf = made.list(*b"lh", &[inner]);
        let list = (0..levels).fold(leaf, |below, _| made.list(*b"ri", &[below]));
        let root = made.key_with_list("ROOT", 1, list, &[]);
        let reading = all(made.file(root));
        assert_eq!((reading.found.subkeys.len(), reading.damage.is_empty()), (found, found == 1), "{levels}");
    }
}

#[test]
fn the_name_of_a_key_has_a_kibibyte() {
    for (length, found) in [(1024_u16, 1), (1025, 0)] {
        let mut made = Made::new();
        let mut key = vec![0; 76];
        key[..4].copy_from_slice(b"nk\x20\0");
        key[72..74].copy_from_slice(&length.to_le_bytes());
        key.extend(vec![b'n'; length.into()]);
        let inner = made.cell(&key);
        let root = made.key("ROOT", &[inner], &[]);
        let reading = all(made.file(root));
        assert_eq!((reading.found.subkeys.len(), reading.damage.is_empty()), (found, found == 1), "{length}");
    }
}
