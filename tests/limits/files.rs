//! The largest files of each kind.

use super::*;
use crate::common::of_path;
use smtp_auth_audit::model::IssueKind;
use smtp_auth_audit::source::hive::{Hive, HiveError};
use std::fs::File;

/// A file of this length, of which only the beginning takes room.
fn long(path: &Path, start: &[u8], length: u64) {
    fs::write(path, start).unwrap();
    File::options().write(true).open(path).unwrap().set_len(length).unwrap();
}

#[test]
fn a_settings_file_has_sixty_four_mebibytes() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "taro/.bashrc", "");
    put(folder.path(), "taro/x", "");
    let user = of_path(&folder.path().join("taro")).users.remove(0);
    let read = |length: u64| {
        long(&folder.path().join("taro/x"), b"", length);
        user.read("~/x", &ANY).map(|bytes| bytes.unwrap().len()).map_err(|problem| problem.kind)
    };
    assert_eq!(read(64 << 20), Ok(64 << 20));
    assert_eq!(read((64 << 20) + 1), Err(IssueKind::TooLarge));
    let database = |length: u64| {
        long(&folder.path().join("taro/x"), b"", length);
        user.database("~/x", &ANY).map(|_| ()).map_err(|problem| problem.kind)
    };
    assert_eq!(database(256 << 20), Err(IssueKind::Malformed), "no database, but looked at");
    assert_eq!(database((256 << 20) + 1), Err(IssueKind::TooLarge));
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
