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
    put(folder.path(), "disk/Users/hanako/NTUSER.DAT", "");
    put(folder.path(), "disk/Users/hanako/AppData/x", "");
    put(folder.path(), "disk/Users/hanako/stray.reg", &body);
    let only = |path: &str| of_path(&folder.path().join(path)).users.remove(0);
    assert!(only("collected").key(key, &ANY_KEY).unwrap().is_some());
    assert!(only("collected").key(r"HKCU\Software\Y", &ANY_KEY).unwrap().is_none());
    assert!(only("live").key(key, &ANY_KEY).unwrap().is_none(), "somebody's backup of something");
    let disk = of_path(&folder.path().join("disk")).users;
    let registry_of = |name: &str| {
        let user = disk.iter().find(|user| user.name.as_deref() == Some(name)).unwrap();
        user.key(key, &ANY_KEY).unwrap()
    };
    assert!(registry_of("taro").is_some(), "there is no other registry of his");
    assert!(registry_of("hanako").is_none(), "NTUSER.DAT beside it counts");
    assert!(only("disk/Users/taro").key(key, &ANY_KEY).unwrap().is_some(), "alone as on the disk");
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
    assert_eq!(computer.users[1].key(r"HKCU\Software\X", &ANY_KEY).unwrap().unwrap().text("a"), Some("2"));
}

fn account(root: &str, server: &str) -> String {
    let section =
        format!(r"{root}\Software\Microsoft\Office\16.0\Outlook\Profiles\P\9375CFF0413111d3B88A00104B2A6676");
    format!(
        "[{section}]\n\"{{ED475418-B0D6-11D2-8C3B-00104B2A6676}}\"=hex:02,00,00,00\n\n[{section}\\00000002]\n\
         \"clsid\"=\"{{ED475411-B0D6-11D2-8C3B-00104B2A6676}}\"\n\"Account Name\"=\"{server}\"\n\
         \"SMTP Server\"=\"{server}\"\n\n"
    )
}

/// (user, SID, account) of every finding.
fn findings(report: &Report) -> Vec<(Option<&str>, Option<&str>, &str)> {
    report
        .findings
        .iter()
        .map(|f| (f.user.as_deref(), f.user_sid.as_deref(), f.account.name.as_str()))
        .collect()
}

const TARO: &str = "S-1-5-21-1-2-3-1001";
const HANAKO: &str = "S-1-5-21-1-2-3-1002";

#[test]
fn exports_that_contradict_each_other_are_different_peoples() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "d/taro.reg", &export(&account("HKEY_CURRENT_USER", "a.example.jp")));
    put(folder.path(), "d/hanako.reg", &export(&account("HKEY_CURRENT_USER", "b.example.jp")));
    put(folder.path(), "d/pc.reg", &export("[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]"));
    let report = report(&folder.path().join("d"));
    assert_eq!(
        findings(&report),
        [(None, None, "b.example.jp"), (None, None, "a.example.jp")],
        "a file's name is nobody's"
    );
    assert_ne!(report.findings[0].id, report.findings[1].id);
    assert_eq!(report.issues, []);
    let computer = of_path(&folder.path().join("d"));
    assert!(computer.users.iter().all(User::knows_machine), "what is nobody's is everybody's");
}

#[test]
fn exports_that_agree_are_one_persons() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "taro/a.reg", &export(&account("HKEY_CURRENT_USER", "a.example.jp")));
    put(folder.path(), "taro/b.reg", &export("[HKEY_CURRENT_USER\\Software\\X]\n\"a\"=\"b\""));
    put(folder.path(), "taro/c.reg", &export(&format!("[HKEY_USERS\\{TARO}\\Software\\Y]\n\"a\"=\"b\"")));
    put(folder.path(), "taro/d.reg", &export("[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]"));
    let computer = of_path(&folder.path().join("taro"));
    assert_eq!(names(&computer), ["taro"]);
    assert_eq!(computer.users[0].sid.as_deref(), Some(TARO));
    for key in [r"HKCU\Software\Microsoft\Office", r"HKCU\Software\X", r"HKCU\Software\Y"] {
        assert!(computer.users[0].key(key, &ANY_KEY).unwrap().is_some(), "{key}");
    }
}

#[test]
fn every_user_of_a_collected_export_is_one() {
    let folder = TempDir::new().unwrap();
    let both = [TARO, HANAKO].map(|sid| account(&format!("HKEY_USERS\\{}", sid.to_lowercase()), "same.jp"));
    put(folder.path(), "pc/users.reg", &export(&both.concat()));
    for path in ["pc", "pc/users.reg"] {
        let report = report(&folder.path().join(path));
        assert_eq!(
            findings(&report),
            [(None, Some(TARO), "same.jp"), (None, Some(HANAKO), "same.jp")],
            "{path}"
        );
        assert_ne!(report.findings[0].id, report.findings[1].id);
    }
}

#[test]
fn hives_that_were_loaded_under_any_name_are_users() {
    let folder = TempDir::new().unwrap();
    for (number, root, sid) in [
        (1, r"HKEY_USERS\TempHive", None),
        (2, r"HKEY_LOCAL_MACHINE\TEMPHIVE", None),
        (3, r"HKEY_USERS\s-1-5-21-1-2-3-1001", Some(TARO)),
        (4, r"HKEY_LOCAL_MACHINE\S-1-5-21-1-2-3-1001", Some(TARO)),
        (5, "", None),
    ] {
        let name = format!("{number}.reg");
        put(folder.path(), &name, &export(&format!("[{root}\\]\n\n{}", account(root, "a.example.jp"))));
        let report = report(&folder.path().join(&name));
        assert_eq!(findings(&report), [(None, sid, "a.example.jp")], "{root}");
        assert_eq!(report.issues, [], "{root}");
    }
    let two = [account(r"HKEY_USERS\taro", "same.jp"), account(r"HKEY_USERS\hanako", "same.jp")];
    put(folder.path(), "two.reg", &export(&two.concat()));
    let report = report(&folder.path().join("two.reg"));
    let users: Vec<_> = findings(&report).into_iter().map(|(user, _, _)| user).collect();
    assert_eq!(users, [Some("hanako"), Some("taro")]);
    assert_ne!(report.findings[0].id, report.findings[1].id);
}

#[test]
fn an_export_without_a_user_is_told() {
    let folder = TempDir::new().unwrap();
    for (name, body) in [
        ("empty.reg", String::new()),
        ("classes.reg", "[HKEY_CLASSES_ROOT\\.txt]".to_owned()),
        ("machine.reg", "[HKEY_LOCAL_MACHINE\\SOFTWARE\\X]".to_owned()),
        ("system.reg", account(r"HKEY_USERS\S-1-5-18", "a.example.jp")),
        ("default.reg", account(r"HKEY_USERS\.DEFAULT", "a.example.jp")),
        ("software.reg", "[\\Microsoft\\Windows]".to_owned()),
    ] {
        put(folder.path(), &format!("{name}.d/{name}"), &export(&body));
        for path in [format!("{name}.d/{name}"), format!("{name}.d")] {
            let report = report(&folder.path().join(&path));
            let kinds: Vec<_> = report.issues.iter().map(|issue| issue.kind).collect();
            assert_eq!(kinds, [IssueKind::Malformed], "{path}");
        }
    }
    put(folder.path(), "no-mail.reg", &export("[HKEY_CURRENT_USER\\Environment]"));
    assert_eq!(report(&folder.path().join("no-mail.reg")).issues, []);
}

#[test]
fn an_export_of_the_whole_registry_holds_its_user_once() {
    let folder = TempDir::new().unwrap();
    let others = [(TARO, "a.example.jp"), (HANAKO, "b.example.jp")];
    let others = others.map(|(sid, server)| account(&format!("HKEY_USERS\\{sid}"), server)).concat();
    for (name, own, expected) in [
        (
            "whole.reg",
            "a.example.jp",
            &[(None, Some(TARO), "a.example.jp"), (None, Some(HANAKO), "b.example.jp")][..],
        ),
        (
            "other.reg",
            "c.example.jp",
            &[
                (None, None, "c.example.jp"),
                (None, Some(TARO), "a.example.jp"),
                (None, Some(HANAKO), "b.example.jp"),
            ],
        ),
    ] {
        put(folder.path(), name, &export(&(account("HKEY_CURRENT_USER", own) + &others)));
        assert_eq!(findings(&report(&folder.path().join(name))), expected, "{name}");
    }
}

#[test]
fn damaged_lines_are_the_users_own_problem() {
    let folder = TempDir::new().unwrap();
    let text = export(&format!("{}no line of an export\n", account("HKEY_CURRENT_USER", "a.example.jp")));
    put(folder.path(), "taro.reg", &text);
    let report = report(&folder.path().join("taro.reg"));
    assert_eq!(report.scan.users.iter().map(|user| user.status).collect::<Vec<_>>(), [UserStatus::Partly]);
    assert_eq!(report.issues.len(), 1);
}
