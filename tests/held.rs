//! What a PATH holds, on the command line: several PATHs, and what a folder was taken for.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
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
        assert!(answer.stderr.contains(words) && answer.stderr.contains("--computer"), "{}", answer.stderr);
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
