//! Users from `.reg` exports.

use super::*;

#[test]
fn exports_count_at_the_top_of_a_collected_home_only() {
    let folder = TempDir::new().unwrap();
    let key = r"HKCU\Software\X";
    let body = export("[HKEY_CURRENT_USER\\Software\\X]\n\"a\"=\"b\"");
    put(folder.path(), "collected/one.reg", &body);
    put(folder.path(), "collected/Desktop/two.reg", &export("[HKEY_CURRENT_USER\\Software\\Y]\n\"a\"=\"b\""));
    put(folder.path(), "live/.bashrc", "");
    put(folder.path(), "live/stray.reg", &body);
    put(folder.path(), "disk/Users/taro/AppData/x", "");
    put(folder.path(), "disk/Users/taro/stray.reg", &body);
    let only = |path: &str| of_path(&folder.path().join(path)).users.remove(0);
    assert!(only("collected").key(key).unwrap().is_some());
    assert!(only("collected").key(r"HKCU\Software\Y").unwrap().is_none());
    assert!(only("live").key(key).unwrap().is_none(), "somebody's backup of something");
    assert!(only("disk").key(key).unwrap().is_none());
    assert!(only("disk/Users").key(key).unwrap().is_some(), "here the folder was named as collected");
}

#[test]
fn an_export_may_hold_several_users() {
    let folder = TempDir::new().unwrap();
    let body = export(
        "[HKEY_USERS\\S-1-5-21-1-2-3-1001\\Software\\X]\n\"a\"=\"1\"\n\n[HKEY_USERS\\S-1-5-21-1-2-3-1002\\Software\\X]\n\"a\"=\"2\"\n\n[HKEY_USERS\\S-1-5-18\\Software\\X]\n\"a\"=\"3\"",
    );
    put(folder.path(), "all.reg", &body);
    let computer = of_path(&folder.path().join("all.reg"));
    let sids: Vec<_> = computer.users.iter().map(|user| user.sid.as_deref().unwrap()).collect();
    assert_eq!(sids, ["S-1-5-21-1-2-3-1001", "S-1-5-21-1-2-3-1002"]);
    assert_eq!(computer.users[1].key(r"HKCU\Software\X").unwrap().unwrap().text("a"), Some("2"));
}
