//! A folder that is neither a home nor a disk is searched, within limits that are told.

use super::*;

#[test]
fn a_folder_that_is_no_home_is_searched_for_settings() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "from pc 7/prefs.js", "user_pref(\"a\", 1);\n");
    put(folder.path(), "from pc 7/backup/old.reg", &export("[HKEY_CURRENT_USER\\Software\\X]"));
    put(folder.path(), "letters/prefs.js.txt", "user_pref(\"a\", 1);\n");
    let computer = of_path(folder.path());
    // The export is somebody's registry, of whom nothing is known.
    assert_eq!(computer.users.len(), 2);
    let given = computer.users.iter().find(|user| !user.given.is_empty()).unwrap();
    assert_eq!(given.given.len(), 1, "{:?}", given.given);
    assert_eq!(text(given, &given.given[0].path), Some("user_pref(\"a\", 1);\n".to_owned()));
}

#[test]
fn a_search_that_ends_early_is_told() {
    let folder = TempDir::new().unwrap();
    let deep = "d/".repeat(33);
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

/// As files come from PCs that lost their power, from other programs, and from databases that are still open.
#[test]
fn files_are_recognised_in_odd_shapes() {
    let folder = TempDir::new().unwrap();
    let kinds = |name: &str, content: &[u8]| {
        fs::write(folder.path().join(name), content).unwrap();
        let users = of_path(&folder.path().join(name)).users;
        users.iter().flat_map(|user| &user.given).map(|given| given.rule.id).collect::<Vec<_>>()
    };
    let no_rule: [&str; 0] = [];
    let prefs = b"// Mozilla\nuser_pref(\"mail.smtpservers\", \"smtp1\");\n\0\0\0\0";
    assert_eq!(kinds("with-nuls.js", prefs), ["prefs.js"]);
    assert_eq!(kinds("spaced.ini", b"[Second]\r\nsmtpserver = x\r\nmailaddress = y\r\n"), ["Mailbox.ini"]);
    assert_eq!(kinds("eudora.ini", b"[Settings]\r\nSMTPServer=x\r\nReturnAddress=y\r\n"), no_rule);
    assert_eq!(kinds("new", b"SQLite format 3\0"), no_rule);
    fs::write(folder.path().join("new-wal"), b"....CREATE TABLE ZACCOUNT(").unwrap();
    assert_eq!(kinds("new", b"SQLite format 3\0"), ["Accounts3.sqlite"]);
}
