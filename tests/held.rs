//! What a PATH holds, on the command line: several PATHs, and what a folder was taken for.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod common;

use common::reports::run_in;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn put(root: &Path, path: &str, content: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

const PREFS: &str = "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n\
    user_pref(\"mail.account.account1.identities\", \"id1\");\nuser_pref(\"mail.account.account1.server\", \"server1\");\n\
    user_pref(\"mail.server.server1.type\", \"pop3\");\nuser_pref(\"mail.server.server1.hostname\", \"mail.example.jp\");\n\
    user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\nuser_pref(\"mail.identity.id1.useremail\", \"taro@example.jp\");\n\
    user_pref(\"mail.smtpservers\", \"smtp1\");\nuser_pref(\"mail.smtpserver.smtp1.hostname\", \"smtp.example.jp\");\n";

/// Two PATHs with a user of the same name: nothing tells the two apart in another scan.
#[test]
fn two_paths_with_the_same_user_ask_for_the_computer() {
    let folder = TempDir::new().unwrap();
    for pc in ["pc-1", "pc-2"] {
        put(
            folder.path(),
            &format!("{pc}/taro/.thunderbird/profiles.ini"),
            "[Profile0]\nName=default\nIsRelative=1\nPath=a\n",
        );
        put(folder.path(), &format!("{pc}/taro/.thunderbird/a/prefs.js"), PREFS);
    }
    for (lang, words) in [("en", "scan each by itself"), ("ja", "1つずつ調べてください")] {
        let answer = run_in(folder.path(), &["pc-1/taro", "pc-2/taro", "--lang", lang, "--format", "json"]);
        assert_eq!((answer.exit, answer.stdout.as_str()), (2, ""), "{lang}");
        // Its lines are as long as fits.
        let said = answer.stderr.replace('\n', if lang == "ja" { "" } else { " " });
        assert!(said.contains(words) && said.contains("--computer"), "{said}");
    }
    // In one PATH their places tell them apart, and the first keeps the id that it has by itself.
    let both = run_in(folder.path(), &[".", "--format", "json"]).json();
    let alone = run_in(folder.path(), &["pc-1/taro", "--format", "json"]).json();
    let ids: Vec<&str> =
        both["findings"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap()).collect();
    assert!(ids.len() == 2 && ids[0] != ids[1], "{ids:?}");
    assert!(ids.contains(&alone["findings"][0]["id"].as_str().unwrap()), "{ids:?}");
}

/// `--dry-run` and `--explain` say what each folder was taken for, and what was left out and why.
#[test]
fn what_a_folder_was_taken_for_is_told() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "pc/Users/taro/AppData/x", "");
    put(folder.path(), "pc/Windows/x", "");
    put(folder.path(), "pc/old/prefs.js", PREFS);
    put(folder.path(), "pc/src/node_modules/x", "");
    for (lang, words) in [
        (
            "en",
            [
                "a computer's disk",
                "a home",
                "a settings file (prefs.js)",
                "a programmer's",
                "the system and its programs",
            ],
        ),
        (
            "ja",
            [
                "コンピューターのディスク",
                "ユーザーのフォルダー",
                "設定ファイル (prefs.js)",
                "プログラム開発用",
                "OS とプログラム",
            ],
        ),
    ] {
        let dry = run_in(folder.path(), &["scan", "--dry-run", "pc", "--lang", lang]);
        assert_eq!((dry.exit, dry.stderr.as_str()), (0, ""), "{lang}");
        let explained = run_in(folder.path(), &["pc", "--explain", "--lang", lang]);
        for word in words {
            assert!(dry.stdout.contains(word), "{word}: {}", dry.stdout);
            assert!(explained.stdout.contains(word), "{word}");
        }
        assert!(!dry.stdout.contains("smtp.example.jp"), "nobody's settings are read");
    }
    assert_eq!(run_in(folder.path(), &["scan", "--dry-run"]).exit, 2, "it needs a PATH");
    assert_eq!(run_in(folder.path(), &["scan", "--dry-run", "pc", "--format", "json"]).exit, 2);
}

fn findings(answer: &common::reports::Answer) -> Vec<(String, String)> {
    let report = answer.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings.map(|finding| (text(&finding["user"]), text(&finding["account"]))).collect()
}

fn issues(answer: &common::reports::Answer) -> Vec<(String, String)> {
    let report = answer.json();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or("-").to_owned();
    let issues = report["issues"].as_array().unwrap().iter();
    issues.map(|issue| (text(&issue["kind"]), text(&issue["place"]))).collect()
}

fn thunderbird(root: &Path, folder: &str) {
    put(
        root,
        &format!("{folder}/profiles.ini"),
        "[Profile0]\nName=default\nIsRelative=1\nPath=Profiles/a.default\n",
    );
    put(root, &format!("{folder}/Profiles/a.default/prefs.js"), PREFS);
}

/// The second byte of some characters in Shift_JIS is a backslash, which is no separator in names of Unix.
#[test]
fn a_backslash_in_a_name_parts_nothing() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "zip/a\\b.js", PREFS);
    put(folder.path(), "zip/c\\d/prefs.js", PREFS);
    let answer = run_in(folder.path(), &["zip", "--format", "json"]);
    assert_eq!(findings(&answer).len(), 2, "{}", answer.stdout);
    assert_eq!(findings(&run_in(folder.path(), &["zip/a\\b.js", "--format", "json"])).len(), 1);
}

/// A client's folder among homes is nobody's home, and makes no home of what it lies in.
#[test]
fn a_clients_folder_among_homes_is_no_user() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "C/Users/taro/AppData/x", "");
    put(folder.path(), "C/Windows/x", "");
    thunderbird(folder.path(), "C/Users/Thunderbird");
    put(folder.path(), "C/Users/.claws-mail/x", "");
    let answer = run_in(folder.path(), &["C", "--format", "json"]);
    assert_eq!(findings(&answer), [("-".to_owned(), "taro@example.jp".to_owned())]);
    let names: Vec<_> =
        answer.json()["scan"]["users"].as_array().unwrap().iter().map(|user| user["name"].clone()).collect();
    assert_eq!(names, [serde_json::json!("taro"), serde_json::Value::Null]);
}

/// What lies in a home is its user's: also in OneDrive, and a folder of a client one level further down than single files.
#[test]
fn what_lies_in_a_home_is_its_users() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "taro/AppData/x", "");
    thunderbird(folder.path(), "taro/OneDrive/Documents/Thunderbird");
    thunderbird(folder.path(), "taro/Desktop/old pc/Thunderbird");
    put(folder.path(), "taro/profile.V6/AppData/x", "");
    thunderbird(folder.path(), "taro/profile.V6/AppData/Roaming/Thunderbird");
    put(folder.path(), "taro/Pictures/a/b/c/prefs.js", PREFS);
    let answer = run_in(folder.path(), &["taro", "--format", "json"]);
    let taro = ("taro".to_owned(), "taro@example.jp".to_owned());
    assert_eq!(findings(&answer), [taro.clone(), taro.clone(), taro]);
}

/// A damaged registry is told wherever it lies.
#[test]
fn a_registry_that_is_none_is_told() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "copied/x/prefs.js", PREFS);
    fs::write(folder.path().join("copied/NTUSER.DAT"), [0; 3000]).unwrap();
    let answer = run_in(folder.path(), &["copied", "--format", "json"]);
    assert_eq!(issues(&answer), [("malformed".to_owned(), "copied/NTUSER.DAT".to_owned())]);
    assert_eq!(findings(&answer).len(), 1);
}

/// A file that is given beside a folder that holds it is read once.
#[test]
fn a_file_beside_what_holds_it_is_read_once() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "taro/.bashrc", "");
    thunderbird(folder.path(), "taro/.thunderbird");
    let file = "taro/.thunderbird/Profiles/a.default/prefs.js";
    for paths in [["taro", file], [file, "taro"]] {
        let answer = run_in(folder.path(), &[&paths[..], &["--format", "json"]].concat());
        assert_eq!(findings(&answer), [("taro".to_owned(), "taro@example.jp".to_owned())], "{paths:?}");
    }
}

/// What one user's settings name in another's home is not theirs.
#[test]
fn a_path_into_anothers_home_is_told() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "disk/etc/x", "");
    put(folder.path(), "disk/usr/x", "");
    thunderbird(folder.path(), "disk/home/boss/.thunderbird");
    let profile = "[Profile0]\nName=default\nIsRelative=0\nPath=/home/boss/.thunderbird/Profiles/a.default\n";
    put(folder.path(), "disk/home/taro/.thunderbird/profiles.ini", profile);
    let answer = run_in(folder.path(), &["disk", "--format", "json"]);
    assert_eq!(findings(&answer), [("boss".to_owned(), "taro@example.jp".to_owned())]);
    assert!(
        issues(&answer).iter().any(|(kind, place)| kind == "outside" && place.contains("/home/boss/")),
        "{:?}",
        issues(&answer)
    );
}

/// What could not be looked at in a home is its user's: who was read in part is not done with.
#[test]
fn trouble_in_a_home_is_its_users() {
    let folder = TempDir::new().unwrap();
    put(folder.path(), "taro/.bashrc", "");
    put(folder.path(), "elsewhere/x", "");
    std::os::unix::fs::symlink("../elsewhere", folder.path().join("taro/Documents")).unwrap();
    let report = run_in(folder.path(), &["taro", "--format", "json"]).json();
    assert_eq!(report["issues"][0]["user"], "taro", "{report}");
    assert_eq!(report["scan"]["users"].as_array().unwrap().len(), 1);
    assert_eq!(report["scan"]["users"][0]["status"], "partly");
    let message = report["issues"][0]["message"]["en"].as_str().unwrap();
    assert!(message.contains("../elsewhere"), "where it leads: {message}");
}
