//! Hives and their logs.

use super::*;

/// A hive with a key below HKCU, as libhivex made it.
pub(super) fn hive() -> Vec<u8> {
    fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/demo/office-pc/Users/taro/NTUSER.DAT")).unwrap()
}

/// The same, not written to the end.
fn dirty_hive() -> Vec<u8> {
    let mut bytes = hive();
    bytes[4] ^= 0xFF;
    bytes
}

#[test]
fn a_clean_hive_needs_no_logs() {
    let folder = TempDir::new().unwrap();
    let home = folder.path().join("taro");
    fs::create_dir_all(home.join("ntuser.dat.LOG2")).unwrap();
    fs::write(home.join("NTUSER.DAT"), hive()).unwrap();
    fifo(&home.join("ntuser.dat.LOG1"));
    symlink("/etc/passwd", home.join("ntuser.dat.LOG")).unwrap();
    let user = of_path(&home).users.remove(0);
    assert_eq!(user.take_mentioned(), []);
    assert!(user.key("HKCU\\Software", &ANY_KEY).unwrap().is_some());
}

#[test]
fn a_log_that_cannot_be_read_is_as_good_as_none_and_told() {
    let folder = TempDir::new().unwrap();
    let home = folder.path().join("taro");
    put(&home, "AppData/x", "");
    put(folder.path(), "secret", "secret");
    fs::write(home.join("NTUSER.DAT"), dirty_hive()).unwrap();
    fifo(&home.join("ntuser.dat.LOG1"));
    symlink(folder.path().join("secret"), home.join("ntuser.dat.LOG2")).unwrap();
    for path in [home.clone(), home.join("NTUSER.DAT")] {
        let user = of_path(&path).users.remove(0);
        let kinds: Vec<_> = user.take_mentioned().iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [IssueKind::Outside, IssueKind::Outside]);
        assert!(user.has_dirty_registry());
        assert!(user.key("HKCU\\Software", &ANY_KEY).unwrap().is_some());
    }
}

fn fifo(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}
