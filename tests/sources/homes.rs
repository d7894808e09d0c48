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
    put(folder.path(), "collected/registry.reg", &export(""));
    assert_eq!(names(&of_path(folder.path())), ["collected", "hanako", "jiro", "taro"]);
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
