//! How a path becomes users, and what a user's paths lead to: the safety rules of a program that runs as administrator
//! over homes that their owners control.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

use smtp_auth_audit::classify::Policy;
use smtp_auth_audit::model::{IssueKind, Report};
use smtp_auth_audit::scan::{Request, scan};
use smtp_auth_audit::source::User;
use smtp_auth_audit::source::users::{Computer, of_path};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use tempfile::TempDir;

const SHELL_FOLDERS: &str =
    r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";

fn put(root: &Path, path: &str, content: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn export(body: &str) -> String {
    format!("Windows Registry Editor Version 5.00\n\n{body}\n")
}

fn report(path: &Path) -> Report {
    reports(&[path])
}

fn reports(paths: &[&Path]) -> Report {
    scan(&Request {
        paths: paths.iter().map(|path| path.to_path_buf()).collect(),
        all_users: false,
        clients: Vec::new(),
        servers: Vec::new(),
        domains: Vec::new(),
        computer: None,
        policy: Policy::standard(),
        no_steps: true,
    })
}

fn names(computer: &Computer) -> Vec<&str> {
    let mut names: Vec<&str> =
        computer.users.iter().map(|user| user.name.as_deref().unwrap_or("-")).collect();
    names.sort_unstable();
    names
}

fn text(user: &User, path: &str) -> Option<String> {
    user.read(path).unwrap().map(|bytes| String::from_utf8(bytes).unwrap())
}

fn kind(user: &User, path: &str) -> Option<IssueKind> {
    user.read(path).err().map(|problem| problem.kind)
}

#[test]
fn a_windows_disk_has_its_people_and_nobody_else() {
    let disk = TempDir::new().unwrap();
    for name in ["taro", "花子", "Public", "Default", "defaultuser0", "All Users"] {
        put(disk.path(), &format!("Users/{name}/AppData/Roaming/x.txt"), name);
    }
    put(disk.path(), "Users/desktop.ini", "");
    symlink(disk.path().join("Users"), disk.path().join("Documents and Settings")).unwrap();
    symlink(disk.path().join("Users/taro"), disk.path().join("Users/link")).unwrap();
    let computer = of_path(disk.path());
    assert_eq!(names(&computer), ["taro", "花子"]);
    assert!(computer.problems.is_empty());
    assert_eq!(text(&computer.users[0], r"%APPDATA%\X.TXT"), Some("taro".to_owned()), "any case");
    assert_eq!(text(&computer.users[0], r"%AppData%/x.txt"), Some("taro".to_owned()));
    assert_eq!(text(&computer.users[0], r"C:\users\TARO\appdata\roaming\x.txt"), Some("taro".to_owned()));
    assert_eq!(text(&computer.users[0], r"%APPDATA%\missing.txt"), None);
}

#[test]
fn windows_xp_has_its_folders_elsewhere() {
    let disk = TempDir::new().unwrap();
    put(disk.path(), "Documents and Settings/taro/Application Data/x.txt", "roaming");
    put(disk.path(), "Documents and Settings/taro/Local Settings/Application Data/x.txt", "local");
    put(disk.path(), "Documents and Settings/taro/My Documents/x.txt", "documents");
    put(disk.path(), "Documents and Settings/LocalService/Application Data/x.txt", "nobody");
    let computer = of_path(disk.path());
    assert_eq!(names(&computer), ["taro"]);
    let user = &computer.users[0];
    assert_eq!(text(user, r"%APPDATA%\x.txt"), Some("roaming".to_owned()));
    assert_eq!(text(user, r"%LOCALAPPDATA%\x.txt"), Some("local".to_owned()));
    assert_eq!(text(user, r"%DOCUMENTS%\x.txt"), Some("documents".to_owned()));
}

#[test]
fn folders_of_homes_and_single_homes_are_recognised() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "taro/AppData/Roaming/x.txt", "");
    put(folder.path(), "hanako/.thunderbird/profiles.ini", "");
    put(folder.path(), "jiro/Library/Mail/x", "");
    put(folder.path(), "photos/a.jpg", "");
    put(folder.path(), "collected/registry.reg", &export(""));
    assert_eq!(names(&of_path(folder.path())), ["collected", "hanako", "jiro", "taro"]);
    assert_eq!(names(&of_path(&folder.path().join("taro"))), ["taro"]);
    assert_eq!(of_path(&folder.path().join("photos")).problems.len(), 1);
}

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

#[test]
fn moved_folders_are_followed_only_where_they_may_be() {
    let folder = TempDir::new().unwrap();
    let home =
        |moved: &str| export(&format!("[{SHELL_FOLDERS}]\n\"AppData\"=\"{}\"", moved.replace('\\', "\\\\")));
    put(folder.path(), "inside/Moved/x.txt", "moved");
    put(folder.path(), "inside/AppData/Roaming/x.txt", "left behind");
    put(folder.path(), "inside/r.reg", &home(r"%USERPROFILE%\Moved"));
    put(folder.path(), "drive/r.reg", &home(r"D:\Roaming"));
    put(folder.path(), "share/r.reg", &home(r"\\server\share\roaming"));
    put(folder.path(), "device/r.reg", &home(r"\\?\C:\x"));
    put(folder.path(), "loop/r.reg", &home("%APPDATA%"));
    put(folder.path(), "unknown/r.reg", &home(r"%HOMESHARE%\Roaming"));
    put(folder.path(), "system/r.reg", &home(r"%SystemDrive%\Data"));
    put(folder.path(), "loop/AppData/Roaming/x.txt", "usual");
    let user = |name: &str| of_path(&folder.path().join(name)).users.remove(0);
    assert_eq!(text(&user("inside"), r"%APPDATA%\x.txt"), Some("moved".to_owned()));
    for name in ["drive", "share", "device", "unknown", "system"] {
        assert_eq!(kind(&user(name), r"%APPDATA%\x.txt"), Some(IssueKind::Outside), "{name}");
    }
    assert_eq!(text(&user("loop"), r"%APPDATA%\x.txt"), Some("usual".to_owned()));
}

#[test]
fn paths_in_settings_stay_on_what_is_scanned() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "taro/AppData/x.txt", "taro");
    put(folder.path(), "hanako/AppData/x.txt", "hanako");
    put(folder.path(), "secret.txt", "secret");
    let user = of_path(&folder.path().join("taro")).users.remove(0);
    assert_eq!(text(&user, r"C:\Users\taro\AppData\x.txt"), Some("taro".to_owned()));
    assert_eq!(text(&user, r"C:\Documents and Settings\Taro\AppData\x.txt"), Some("taro".to_owned()));
    assert_eq!(text(&user, "/home/taro/AppData/x.txt"), Some("taro".to_owned()));
    for path in [
        r"C:\Users\hanako\AppData\x.txt",
        r"C:\Users\tarou\AppData\x.txt",
        r"%USERPROFILE%\..\hanako\AppData\x.txt",
        r"~/../secret.txt",
        r"\\.\PhysicalDrive0",
        "//server/share/x",
        "/etc/passwd",
        "relative.txt",
        "%UNKNOWN%\\x.txt",
        "%BROKEN",
    ] {
        assert_eq!(kind(&user, path), Some(IssueKind::Outside), "{path}");
    }
    assert_eq!(text(&user, r"%USERPROFILE%\AppData\..\AppData\x.txt"), Some("taro".to_owned()));
}

#[test]
fn no_link_leads_out_of_another_users_home() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "secret/prefs.js", "secret");
    put(folder.path(), "homes/taro/.thunderbird/own.js", "own");
    let home = folder.path().join("homes/taro");
    symlink(folder.path().join("secret"), home.join(".thunderbird/profile")).unwrap();
    symlink(folder.path().join("secret/prefs.js"), home.join(".thunderbird/prefs.js")).unwrap();
    symlink(home.join(".thunderbird/own.js"), home.join(".thunderbird/inside.js")).unwrap();
    symlink("loop", home.join(".thunderbird/loop")).unwrap();
    let user = of_path(&folder.path().join("homes")).users.remove(0);
    assert_eq!(kind(&user, "~/.thunderbird/prefs.js"), Some(IssueKind::Outside));
    assert_eq!(kind(&user, "~/.thunderbird/profile/prefs.js"), Some(IssueKind::Outside));
    assert_eq!(user.list("~/.thunderbird/profile").unwrap_err().kind, IssueKind::Outside);
    assert_eq!(
        text(&user, "~/.thunderbird/inside.js"),
        Some("own".to_owned()),
        "within the home a link is a file"
    );
    assert!(kind(&user, "~/.thunderbird/loop").is_some());
}

#[test]
fn a_folder_that_is_no_home_is_searched_for_settings() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "from pc 7/prefs.js", "user_pref(\"a\", 1);\n");
    put(folder.path(), "from pc 7/backup/old.reg", &export("[HKEY_CURRENT_USER\\Software\\X]"));
    put(folder.path(), "letters/prefs.js.txt", "user_pref(\"a\", 1);\n");
    let computer = of_path(folder.path());
    assert_eq!(computer.users.len(), 1);
    assert_eq!(computer.users[0].given.len(), 1, "{:?}", computer.users[0].given);
    assert_eq!(
        text(&computer.users[0], &computer.users[0].given[0].path),
        Some("user_pref(\"a\", 1);\n".to_owned())
    );
}

#[test]
fn a_search_that_ends_early_is_told() {
    let folder = TempDir::new().unwrap();
    let deep = "d/".repeat(20);
    put(folder.path(), &format!("deep/{deep}prefs.js"), "user_pref(\"a\", 1);\n");
    put(folder.path(), "shallow/a/b/prefs.js", "user_pref(\"a\", 1);\n");
    let deep = of_path(&folder.path().join("deep"));
    assert_eq!(deep.problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [IssueKind::TooLarge]);
    let shallow = of_path(&folder.path().join("shallow"));
    assert!(shallow.problems.is_empty());
    assert_eq!(shallow.users[0].given.len(), 1);
}

#[test]
fn a_store_that_is_too_deep_is_told() {
    let folder = TempDir::new().unwrap();
    let store = "taro/AppData/Local/Microsoft/Windows Live Mail";
    put(folder.path(), &format!("{store}/{}account{{1}}.oeaccount", "d/".repeat(10)), "");
    let report = report(&folder.path().join("taro"));
    assert_eq!(report.issues.iter().map(|issue| issue.kind).collect::<Vec<_>>(), [IssueKind::TooLarge]);
}

#[test]
fn the_drives_of_the_variables_are_those_of_the_disk() {
    let disk = TempDir::new().unwrap();
    put(disk.path(), "Users/taro/AppData/x.txt", "home");
    put(disk.path(), "Data/x.txt", "drive");
    let user = of_path(disk.path()).users.remove(0);
    for (path, expected) in [
        (r"%SystemDrive%\Data\x.txt", "drive"),
        (r"%HOMEDRIVE%\Data\x.txt", "drive"),
        (r"%SystemDrive%\Users\Taro\AppData\x.txt", "home"),
        (r"%HomeDrive%%HomePath%\AppData\x.txt", "home"),
        (r"%HOMEDRIVE%%HOMEPATH%\AppData\x.txt", "home"),
        (r"%homepath%\AppData\x.txt", "home"),
    ] {
        assert_eq!(text(&user, path).as_deref(), Some(expected), "{path}");
    }
    let home = of_path(&disk.path().join("Users/taro")).users.remove(0);
    assert_eq!(text(&home, r"%SystemDrive%\Users\taro\AppData\x.txt").as_deref(), Some("home"));
    assert_eq!(kind(&home, r"%SystemDrive%\Data\x.txt"), Some(IssueKind::Outside));
}

/// A hive with a key below HKCU, as libhivex made it.
fn hive() -> Vec<u8> {
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
    assert!(user.key("HKCU\\Software").unwrap().is_some());
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
        assert!(user.key("HKCU\\Software").unwrap().is_some());
    }
}

fn fifo(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}
