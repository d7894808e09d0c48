//! The largest files of each kind.

use super::*;
use crate::common::of_path;
use smtp_auth_audit::clients;
use smtp_auth_audit::model::{IssueKind, limits};
use smtp_auth_audit::source::hive::{Hive, HiveError};
use std::fs::File;

/// A file of this length, of which only the beginning takes room.
fn long(path: &Path, start: &[u8], length: u64) {
    fs::write(path, start).unwrap();
    File::options().write(true).open(path).unwrap().set_len(length).unwrap();
}

#[test]
fn a_file_that_no_row_describes_has_sixty_four_mebibytes() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "taro/.bashrc", "");
    put(folder.path(), "taro/x", "");
    let read = |length: u64| {
        let user = of_path(&folder.path().join("taro")).users.remove(0);
        long(&folder.path().join("taro/x"), b"", length);
        user.read("~/x", &ANY).map(|bytes| bytes.unwrap().len()).map_err(|problem| problem.kind)
    };
    assert_eq!(read(64 << 20), Ok(64 << 20));
    assert_eq!(read((64 << 20) + 1), Err(IssueKind::TooLarge));
    let database = |length: u64| {
        let user = of_path(&folder.path().join("taro")).users.remove(0);
        long(&folder.path().join("taro/x"), b"", length);
        user.database("~/x", &ANY).map(|_| ()).map_err(|problem| problem.kind)
    };
    assert_eq!(database(64 << 20), Err(IssueKind::Malformed), "no database, but looked at");
    assert_eq!(database((64 << 20) + 1), Err(IssueKind::TooLarge));
}

/// Each row's own limit, with files that take no room.
#[test]
fn every_kind_of_file_has_its_own() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "taro/.bashrc", "");
    let mut seen = std::collections::BTreeMap::new();
    for rule in clients::files() {
        let most = rule.limit.most;
        seen.entry(most).or_insert_with(Vec::new).push(rule.id);
        if seen[&most].len() > 1 || most > limits::BYTES.most {
            continue;
        }
        for (length, expected) in [(most, None), (most + 1, Some(IssueKind::TooLarge))] {
            let user = of_path(&folder.path().join("taro")).users.remove(0);
            long(&folder.path().join("taro/x"), b"", length);
            assert_eq!(user.read("~/x", rule).err().map(|problem| problem.kind), expected, "{}", rule.id);
        }
    }
    let of = |most: u64| &seen[&(most << 20)];
    assert!(of(1).contains(&"msmtprc") && of(1).contains(&"Mailbox.ini") && of(16).contains(&"prefs.js"));
    assert!(
        of(32).contains(&"*.k9s") && of(64).contains(&"EmailProvider.db") && of(128).contains(&"Manifest.db")
    );
}

#[test]
fn a_hive_has_five_hundred_and_twelve_mebibytes() {
    let most = 512 << 20;
    let hive = |length: usize| {
        let mut bytes = vec![0; length];
        bytes[..4].copy_from_slice(b"regf");
        bytes
    };
    assert!(!matches!(Hive::open(hive(most), &[]).err(), Some(HiveError::TooLarge { .. })));
    assert!(matches!(Hive::open(hive(most + 1), &[]).err(), Some(HiveError::TooLarge { .. })));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("NTUSER.DAT");
    for (length, kinds) in [(512 << 20, ["malformed"]), ((512 << 20) + 1, TOLD)] {
        long(&path, b"regf", length);
        assert_eq!(found(&scan(folder.path(), "NTUSER.DAT")), (0, kinds.to_vec()), "{length}");
    }
}
