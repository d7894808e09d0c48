//! Damaged hives, beside libhivex. Both are careful in different ways: the one stops at the first thing that is wrong, the other
//! reads on and says what is lost. A verdict that only one of them gives is looked at here.

use super::{Counts, Numbers, cases, count, print};
use crate::hivex::{Exported, Plain, export, flatten};
use smtp_auth_audit::source::hive::Hive;
use std::path::Path;

/// Hives with many kinds of records.
const HIVES: [&str; 3] = [
    "hive/merged.hive",
    "becky/users-side-by-side/disk/Users/taro/NTUSER.DAT",
    "demo/office-pc/Users/jiro/NTUSER.DAT",
];

/// Why libhivex refuses a hive of which all that is read here is sound: a word of its reason, and why that is no reason here.
const STRICTER: [(&str, &str); 7] = [
    (
        "the block at",
        "it goes through all blocks of a page, also those that nothing refers to, and ends at a bad size",
    ),
    (
        "parent is not a valid block",
        "it follows a key's reference to its parent, which is not used here: keys are found from the root",
    ),
    ("page size", "it goes from page to page by the sizes in their heads; here only references count"),
    (
        "declared page offset",
        "it compares the places that pages name for themselves; here only references count",
    ),
    ("node_name: Invalid argument", "the same: the reference leads to a record that is no key"),
    (
        "trailing garbage",
        "it counts the pages of the whole file; here only those are read to which something refers",
    ),
    ("page not found", "it goes from page to page by their sizes; here only references count"),
];

#[test]
#[ignore = "takes libhivex, and its time"]
fn damaged_hives_are_read_as_libhivex_reads_them_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hive");
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    let (mut counts, mut unlisted) = (Counts::new(), Vec::new());
    for at in 0..cases(3_000) {
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(HIVES[at % HIVES.len()]);
        let mut hive = std::fs::read(base).unwrap();
        damage(&mut hive, &mut numbers);
        std::fs::write(&path, &hive).unwrap();
        let outcome = match (Hive::open(hive, &[]).and_then(|hive| hive.key("", "HKCU")), export(&path)) {
            (_, Exported::Odd(line)) => {
                println!("{at}: {line:?}");
                "what libhivex prints can't be read again: a line's end or a quote in a damaged name"
            }
            (Err(_) | Ok(None), Exported::Refused(_)) => "both refuse it",
            (Err(_) | Ok(None), Exported::Keys(_)) => "refused here alone: told, and nothing is read",
            (Ok(Some(reading)), theirs) => {
                let is_told = !reading.damage.is_empty();
                let mut ours = Vec::new();
                flatten(reading.found, &mut ours);
                ours.sort_by(|one, other| one.0.cmp(&other.0));
                match theirs {
                    Exported::Keys(theirs) if ours == theirs && is_told => {
                        "the same, and something is told here"
                    }
                    Exported::Keys(theirs) if ours == theirs => "the same",
                    Exported::Keys(_) if is_told => "other content, and told here",
                    Exported::Keys(theirs) => {
                        unlisted.push(format!("{at}: {}", difference(&ours, &theirs)));
                        "OTHER CONTENT"
                    }
                    Exported::Refused(_) if is_told => "libhivex stops, told here",
                    Exported::Refused(why) => {
                        let known = STRICTER.iter().find(|(word, _)| why.contains(word));
                        known.map_or_else(
                            || {
                                unlisted.push(format!("{at}: {why}"));
                                "LIBHIVEX STOPS"
                            },
                            |(_, reason)| reason,
                        )
                    }
                    Exported::Odd(_) => unreachable!("seen above"),
                }
            }
        };
        count(&mut counts, outcome);
    }
    print("damaged hives beside libhivex", &counts);
    assert!(unlisted.is_empty(), "{}", unlisted.join("\n"));
}

/// One to three changes: in the cells, where records are, and more often where something is.
fn damage(hive: &mut [u8], numbers: &mut Numbers) {
    for _ in 0..=numbers.below(3) {
        let at = loop {
            let at = 4096 + numbers.below(hive.len() - 4096);
            if hive[at] != 0 || numbers.below(8) == 0 {
                break at;
            }
        };
        match numbers.below(4) {
            0 => hive[at] ^= 1 << numbers.below(8),
            1 => hive[at] = *numbers.one_of(&[0, 1, 4, 0x20, 0x7F, 0x80, 0xFF]),
            2 => hive[at] = hive[at].wrapping_add(1),
            _ => {
                let end = (at + 4).min(hive.len());
                hive[at..end].fill(*numbers.one_of(&[0, 0xFF]));
            }
        }
    }
}

fn difference(ours: &[Plain], theirs: &[Plain]) -> String {
    let differs = ours.iter().zip(theirs).find(|(one, other)| one != other);
    match differs {
        Some(((path, ours), (other, theirs))) if path == other => {
            let value = ours.iter().zip(theirs).find(|(one, other)| one != other);
            format!("{path}: {} and {} values, {value:?}", ours.len(), theirs.len())
        }
        Some(((path, _), (other, _))) => format!("{path} and {other}"),
        None => format!("{} and {} keys", ours.len(), theirs.len()),
    }
}
