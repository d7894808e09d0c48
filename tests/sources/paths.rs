//! What a user's paths lead to.

use super::*;

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

#[test]
fn a_lone_file_is_shown_as_it_was_typed() {
    let folder = TempDir::new().unwrap();
    let prefs = fixture("thunderbird/lone-prefs-js/lone/prefs.js");
    fs::create_dir(folder.path().join("profile")).unwrap();
    fs::copy(prefs, folder.path().join("profile/prefs.js")).unwrap();
    symlink("profile/prefs.js", folder.path().join("link")).unwrap();
    for (started_in, typed) in [("profile", "prefs.js"), ("profile", "./prefs.js"), (".", "link")] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_smtp-auth-audit"))
            .args(["--explain", "--lang", "en", typed])
            .current_dir(folder.path().join(started_in))
            .output()
            .unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let places: Vec<_> = text.split_whitespace().filter(|word| word.contains(typed)).collect();
        assert!(!places.is_empty(), "{typed}: {text}");
        assert!(places.iter().all(|place| place.starts_with(typed)), "{typed}: {places:?}");
        assert!(!text.contains("profile/prefs.js"), "{typed}: {text}");
    }
}
