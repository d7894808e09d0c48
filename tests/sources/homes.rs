//! Which folders are homes, and whose.

use super::*;

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
    put(folder.path(), "$RECYCLE.BIN/x", "");
    put(folder.path(), ".snapshots/x", "");
    put(folder.path(), "collected/registry.reg", &export(""));
    assert_eq!(
        names(&of_path(folder.path())),
        ["collected", "hanako", "jiro", "taro"],
        "photos are nobody's"
    );
    assert_eq!(names(&of_path(&folder.path().join("taro"))), ["taro"]);
    assert_eq!(of_path(&folder.path().join("photos")).problems.len(), 1);
}

#[test]
fn a_users_name_does_not_depend_on_how_the_path_is_typed() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "taro/AppData/x.txt", "x");
    let outlook = fixture("outlook/log-on-first/home/taro/outlook.reg");
    fs::copy(outlook, folder.path().join("taro/outlook.reg")).unwrap();
    symlink(folder.path().join("taro"), folder.path().join("link")).unwrap();
    let direct = report(&folder.path().join("taro"));
    let id = &direct.findings[0].id;
    for typed in ["taro/.", "taro/AppData/..", "link"] {
        let path = folder.path().join(typed);
        let other = report(&path);
        assert_eq!(other.findings[0].user.as_deref(), Some("taro"), "{typed}");
        assert_eq!(&other.findings[0].id, id, "{typed}");
        let user = of_path(&path).users.remove(0);
        assert_eq!(text(&user, r"C:\Users\taro\AppData\x.txt").as_deref(), Some("x"), "{typed}");
    }
}

#[test]
fn a_folder_called_users_does_not_make_a_disk_of_a_home() {
    let folder = TempDir::new().unwrap();
    for (home, mark) in [("taro", "AppData/x"), ("hanako", "Application Data/x"), ("jiro", ".thunderbird/x")]
    {
        put(folder.path(), &format!("{home}/{mark}"), "");
        put(folder.path(), &format!("{home}/users/somebody/AppData/x"), "");
        // What lies in it is somebody's home as well.
        let mut expected = [home, "somebody"];
        expected.sort_unstable();
        assert_eq!(names(&of_path(&folder.path().join(home))), expected);
    }
    put(folder.path(), "mac/Library/x", "");
    put(folder.path(), "mac/Users/saburo/Library/x", "");
    assert_eq!(names(&of_path(&folder.path().join("mac"))), ["saburo"]);
    put(folder.path(), "windows/.config/x", "");
    put(folder.path(), "windows/Windows/x", "");
    put(folder.path(), "windows/Users/saburo/AppData/x", "");
    assert_eq!(names(&of_path(&folder.path().join("windows"))), ["saburo"]);
    for name in ["etc", "usr", "home/shiro", "root/.config"] {
        put(folder.path(), &format!("linux/{name}/x"), "");
    }
    assert_eq!(names(&of_path(&folder.path().join("linux"))), ["root", "shiro"]);
}

#[test]
fn a_path_without_a_user_is_told() {
    let folder = TempDir::new().unwrap();
    for path in ["disk/Users", "empty", "homes/Public/AppData"] {
        fs::create_dir_all(folder.path().join(path)).unwrap();
    }
    for path in ["disk", "empty", "homes/Public/AppData"] {
        let computer = of_path(&folder.path().join(path));
        assert_eq!(kinds(&computer), [IssueKind::Malformed], "{path}");
    }
}

#[test]
fn homes_behind_links_are_met_once_and_only_inside() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "elsewhere/hanako/AppData/x", "");
    put(folder.path(), "disk/Data/jiro/AppData/x", "");
    put(folder.path(), "disk/Users/taro/AppData/x", "");
    let users = folder.path().join("disk/Users");
    symlink(folder.path().join("elsewhere/hanako"), users.join("hanako")).unwrap();
    symlink("../Data/jiro", users.join("jiro")).unwrap();
    symlink("taro", users.join("also-taro")).unwrap();
    symlink("Users", folder.path().join("disk/Documents and Settings")).unwrap();
    symlink("../Data", users.join("data")).unwrap();
    for path in ["disk", "disk/Users"] {
        let computer = of_path(&folder.path().join(path));
        let read: Vec<_> = computer.users.iter().filter(|user| !user.unread).collect();
        let unread: Vec<_> = computer.users.iter().filter(|user| user.unread).collect();
        let read: Vec<_> = read.iter().filter_map(|user| user.name.as_deref()).collect();
        let expected: &[&str] = if path == "disk" { &["taro", "jiro"] } else { &["taro"] };
        assert_eq!(read, expected, "{path}");
        for user in unread {
            assert_eq!(user.take_mentioned()[0].kind, IssueKind::Outside);
        }
        assert!(names(&computer).contains(&"hanako"), "not read, but not forgotten");
        // A folder that is no home's by its name is told, too, if it lies outside.
        let outside: &[IssueKind] = if path == "disk" { &[] } else { &[IssueKind::Outside] };
        assert_eq!(kinds(&computer), outside, "{path}");
    }
}

#[test]
fn a_folder_of_homes_that_is_a_link_out_of_the_disk_is_told() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "elsewhere/hanako/AppData/x", "");
    fs::create_dir_all(folder.path().join("disk/Windows")).unwrap();
    symlink(folder.path().join("elsewhere"), folder.path().join("disk/Users")).unwrap();
    let computer = of_path(&folder.path().join("disk"));
    assert_eq!((names(&computer), kinds(&computer)), (vec![], vec![IssueKind::Outside]));
}

#[test]
fn windows_own_links_make_no_home() {
    let folder = TempDir::new().unwrap();
    let local = folder.path().join("AppData/Local");
    put(&local, "Microsoft/Windows Live Mail/x/account{1}.oeaccount", "<MessageAccount/>");
    symlink(&local, local.join("Application Data")).unwrap();
    for path in [local.clone(), folder.path().join("AppData")] {
        let computer = of_path(&path);
        assert_eq!(computer.users.len(), 1);
        assert_eq!(computer.users[0].given.len(), 1);
    }
}

#[test]
fn registry_files_beside_homes_are_nobodys() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "taro/AppData/x", "");
    put(folder.path(), "hanako.reg", &export("[HKEY_CURRENT_USER\\Software\\X]"));
    fs::write(folder.path().join("jiro.dat"), hives::hive()).unwrap();
    put(folder.path(), "movie.dat", "no hive");
    let computer = of_path(folder.path());
    assert_eq!(names(&computer), ["-", "-", "taro"], "a file's name is no user's");
    assert_eq!(kinds(&computer), []);
}

fn kinds(computer: &Computer) -> Vec<IssueKind> {
    computer.problems.iter().map(|problem| problem.kind).collect()
}

#[test]
fn the_profile_list_names_people_once() {
    let folder = TempDir::new().unwrap();
    let (disk, unreachable) = (folder.path().join("disk"), folder.path().join("elsewhere"));
    put(&disk, "Users/taro/AppData/x", "");
    symlink(&unreachable, disk.join("Users/hanako")).unwrap();
    let profile = |sid: &str, name: &str| {
        format!(
            "[HKEY_CURRENT_USER\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList\\S-1-5-21-1-2-3-{sid}]\n\
             \"ProfileImagePath\"=\"C:\\\\Users\\\\{name}\"\n\n"
        )
    };
    let list =
        [("1001", "taro"), ("1002", "hanako"), ("1003", "defaultuser0"), ("501", "Gast"), ("504", "w")];
    let list = list.map(|(sid, name)| profile(sid, name)).concat();
    put(folder.path(), "software.reg", &export(&list));
    fs::create_dir_all(disk.join("Windows/System32/config")).unwrap();
    let made = std::process::Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/make-hives.sh"))
        .args([folder.path().join("software.reg"), disk.join("Windows/System32/config/SOFTWARE")])
        .output()
        .unwrap();
    if !made.status.success() {
        assert!(std::env::var_os("SMTP_AUTH_AUDIT_REQUIRE_HIVEX").is_none(), "{made:?}");
        return;
    }
    let computer = of_path(&disk);
    assert_eq!(names(&computer), ["hanako", "taro"]);
    let hanako = computer.users.iter().find(|user| user.unread).unwrap();
    assert_eq!(hanako.sid.as_deref(), Some("S-1-5-21-1-2-3-1002"));
    assert_eq!(hanako.take_mentioned().len(), 1);
}

#[test]
fn the_same_place_is_scanned_once() {
    let folder = TempDir::new().unwrap();
    let home = folder.path().join("taro");
    fs::create_dir(&home).unwrap();
    fs::copy(fixture("outlook/log-on-first/home/taro/outlook.reg"), home.join("outlook.reg")).unwrap();
    symlink(&home, folder.path().join("link")).unwrap();
    let paths = ["taro", "taro/.", "./taro", "taro/../taro", "link"].map(|path| folder.path().join(path));
    let report = reports(&paths.each_ref().map(PathBuf::as_path));
    assert_eq!((report.findings.len(), report.scan.users.len(), report.scan.sources.len()), (1, 1, 1));
}

#[test]
fn a_computer_is_named_if_all_paths_come_from_it() {
    let folder = TempDir::new().unwrap();
    let named = |name: &str| {
        let key = r"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName";
        export(&format!("[HKEY_CURRENT_USER\\Software\\X]\n\n[{key}]\n\"ComputerName\"=\"{name}\""))
    };
    put(folder.path(), "a/a.reg", &named("PC-A"));
    put(folder.path(), "also-a/a.reg", &named("PC-A"));
    put(folder.path(), "b/b.reg", &named("PC-B"));
    put(folder.path(), "nameless/AppData/x", "");
    for (paths, expected) in [
        (&["a"][..], Some("PC-A")),
        (&["a", "also-a"], Some("PC-A")),
        (&["a", "b"], None),
        (&["a", "b", "also-a"], None),
        (&["a", "nameless"], None),
        (&["nameless", "a"], None),
        (&["."], None),
    ] {
        let paths: Vec<PathBuf> = paths.iter().map(|path| folder.path().join(path)).collect();
        let paths: Vec<&Path> = paths.iter().map(PathBuf::as_path).collect();
        assert_eq!(reports(&paths).computer.as_deref(), expected, "{paths:?}");
    }
}

/// Root scans all users, so the program runs as somebody else here.
#[test]
fn a_home_that_is_not_there_is_told() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = TempDir::new().unwrap();
    let program = folder.path().join("smtp-auth-audit");
    fs::copy(env!("CARGO_BIN_EXE_smtp-auth-audit"), &program).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let run = |uid: Option<u32>| {
        let mut command = std::process::Command::new(&program);
        uid.map(|uid| command.uid(uid).gid(uid));
        let output = command.args(["--format", "json"]).env("HOME", "/nonexistent/taro").output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    let as_me = run(None);
    let (exit, text) = if as_me.1.contains("all-users") { run(Some(65534)) } else { as_me };
    assert_eq!(exit, Some(3), "{text}");
    assert!(text.contains("\"status\": \"not-read\""), "{text}");
    assert!(text.contains("\"place\": \"/nonexistent/taro\""), "{text}");
}
