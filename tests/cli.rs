//! The command line as its users meet it: exit codes, errors in both languages, files that can't be read.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, and looks at files by itself"
)]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

struct Answer {
    exit: i32,
    stdout: String,
    stderr: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|_| Value::String(self.stdout.clone()))
    }

    /// (kind, place) of every issue.
    fn issues(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let report = self.json();
        report["issues"].as_array().unwrap().iter().map(|i| (text(&i["kind"]), text(&i["place"]))).collect()
    }
}

fn run_in(folder: &Path, arguments: &[&str]) -> Answer {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    command.current_dir(folder).args(arguments).env("LC_ALL", "C.UTF-8").env("HOME", folder);
    answer(&mut command)
}

fn answer(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Answer {
        exit: output.status.code().unwrap_or(-1),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

fn run(arguments: &[&str]) -> Answer {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

const CHANGE: &str = "fixtures/outlook/log-on-first/home";
const CHECK: &str = "fixtures/outlook/unknown-kind/home";
const DAMAGED: &str = "fixtures/outlook/damaged-export/home";
const NONE: &str = "fixtures/outlook/no-account/home";
const OK: &str = "fixtures/outlook/submission-with-auth/home";

#[test]
fn exit_codes() {
    assert_eq!(run(&["scan", CHANGE]).exit, 1);
    assert_eq!(run(&[CHANGE]).exit, 1, "without a command it is scan");
    assert_eq!(run(&[CHECK]).exit, 3);
    assert_eq!(run(&[OK]).exit, 0);
    assert_eq!(run(&[NONE]).exit, 0, "no account is no error");
    assert_eq!(run(&[OK, CHECK, "--computer", "PC"]).exit, 3);
    assert_eq!(run(&[OK, CHECK, CHANGE, "--computer", "PC"]).exit, 1);
    assert_eq!(run(&["--exit-zero", CHANGE, CHECK, "--computer", "PC"]).exit, 0);
    assert_eq!(run(&["--fail-on", "unreadable", CHANGE]).exit, 0, "what is not named does not count");
    assert_eq!(run(&["--fail-on", "unreadable,pop-before-smtp", CHANGE]).exit, 1);
    assert_eq!(run(&["--fail-on", "issue", DAMAGED]).exit, 3);
    assert_eq!(run(&["--fail-on", "pop-before-smtp", DAMAGED]).exit, 0);
    assert_eq!(run(&["--client", "outlook", CHANGE]).exit, 1);
    assert_eq!(run(&["steps", "outlook"]).exit, 0);
    assert_eq!(run(&["clients"]).exit, 0);
}

#[test]
fn wrong_usage_is_2_and_says_what_to_do_in_both_languages() {
    for (arguments, ja, en) in [
        (&["scna"][..], "scan のことですか", "did you mean 'scan'"),
        (&["step"], "steps のことですか", "did you mean 'steps'"),
        (&["no/such/folder"], "パスがありません", "no such path"),
        (&["scan", "no-such-folder"], "パスがありません", "no such path"),
        (&["--formt", "json"], "--format", "--format"),
        (&["--format", "xml"], "使える値", "possible values"),
        (&["--client", "outlok"], "outlook", "outlook"),
        (&["--fail-on", "everything"], "pop-before-smtp", "pop-before-smtp"),
        (&["--all-users", CHANGE], "同時に", "cannot be used with"),
        (&["--explain", "steps"], "コマンドの後に", "after the command"),
        (&["--format"], "値が必要", "a value is required"),
    ] {
        for (lang, wanted) in [("ja", ja), ("en", en)] {
            let mut with_lang = vec!["--lang", lang];
            with_lang.extend(arguments);
            let answer = run(&with_lang);
            assert_eq!(answer.exit, 2, "{arguments:?}");
            assert_eq!(answer.stdout, "", "{arguments:?}");
            assert!(answer.stderr.contains(wanted), "{arguments:?} {lang}: {}", answer.stderr);
        }
    }
}

#[test]
fn help_is_there_in_both_languages() {
    let (ja, en) = (run(&["--help", "--lang", "ja"]), run(&["--help", "--lang", "en"]));
    assert!(ja.stdout.contains("使い方:") && ja.stdout.contains("終了コード"), "{}", ja.stdout);
    assert!(en.stdout.contains("Usage:") && en.stdout.contains("Exit codes"), "{}", en.stdout);
    let long = |text: &str| -> Vec<String> {
        text.split_whitespace()
            .filter(|word| word.starts_with("--"))
            .map(|w| w.trim_matches(['[', ']', ',']).to_owned())
            .collect()
    };
    let mut missing = long(&en.stdout);
    missing.retain(|word| !ja.stdout.contains(word.as_str()));
    assert!(missing.is_empty(), "{missing:?}");
    assert!(!ja.stdout.contains("Print"), "{}", ja.stdout);
    assert_eq!(run(&["--version"]).stdout, format!("smtp-auth-audit {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_result_goes_to_stdout_or_to_the_file_and_nowhere_else() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("report.json");
    let path = file.to_str().unwrap();
    let answer = run(&["--format", "json", "--output", path, CHANGE]);
    assert_eq!((answer.exit, answer.stdout.as_str()), (1, ""));
    assert!(answer.stderr.contains("report.json"));
    assert_eq!(run(&["--format", "json", "--output", path, "--quiet", CHANGE]).stderr, "");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    let report: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(report["schema"], "smtp-auth-audit/report/v1");
    let missing = folder.path().join("no/such/folder/report.json");
    assert_eq!(run(&["--output", missing.to_str().unwrap(), CHANGE]).exit, 2);
    assert_eq!(run(&["--output", folder.path().to_str().unwrap(), CHANGE]).exit, 2);
}

#[cfg(unix)]
#[test]
fn the_file_neither_takes_the_place_of_a_link_nor_goes_through_it() {
    let folder = TempDir::new().unwrap();
    let (target, link) = (folder.path().join("precious"), folder.path().join("report"));
    fs::write(&target, "precious").unwrap();
    std::os::unix::fs::symlink(&target, &link).unwrap();
    assert_eq!(run(&["--output", link.to_str().unwrap(), OK]).exit, 2);
    assert_eq!(fs::read_to_string(&target).unwrap(), "precious");
    assert!(link.is_symlink());
}

#[cfg(unix)]
#[test]
fn devices_keep_their_place_and_files_their_mode() {
    use std::os::unix::fs::{FileTypeExt, PermissionsExt};
    let folder = TempDir::new().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    assert_eq!(run(&["--output", pipe.to_str().unwrap(), OK]).exit, 0);
    assert!(reader.join().unwrap().contains("Nothing has to be changed"));
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    let file = folder.path().join("report");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(run(&["--output", file.to_str().unwrap(), OK]).exit, 0);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
}

#[cfg(unix)]
#[test]
fn paths_that_lead_nowhere_are_wrong_usage() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("file"), "x").unwrap();
    std::os::unix::fs::symlink("nothing", folder.path().join("link")).unwrap();
    let long = "x".repeat(300);
    for path in ["file/below", "file/", "link", &long] {
        let answer = run_in(folder.path(), &["scan", path]);
        assert_eq!((answer.exit, answer.stdout.as_str()), (2, ""), "{path}: {}", answer.stderr);
    }
    assert_eq!(run_in(folder.path(), &["scan", "link", "--quiet"]).stderr, "");
    assert_eq!(run(&["--quiet", "--output", "no/such/folder/x", OK]).stderr, "");
    assert_eq!(run(&["--quiet", "--no-such-option"]).stderr, "");
}

#[test]
fn files_that_tell_nothing() {
    let folder = TempDir::new().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("empty"), "").unwrap();
    fs::write(path("letter.txt"), "Dear Sir,\n").unwrap();
    fs::write(path("photo.jpg"), [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46]).unwrap();
    fs::write(path("half.reg"), "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Soft")
        .unwrap();
    fs::write(path("half.hive"), [b"regf".as_slice(), &[0; 4000]].concat()).unwrap();
    fs::write(path("half.sqlite"), b"SQLite format 3\0 ZACCOUNT").unwrap();
    fs::create_dir(path("nothing")).unwrap();
    fs::create_dir(path("letters")).unwrap();
    fs::write(path("letters/letter.txt"), "Dear Sir,\n").unwrap();
    for name in
        ["empty", "letter.txt", "photo.jpg", "half.reg", "half.hive", "half.sqlite", "nothing", "letters"]
    {
        let answer = run_in(folder.path(), &["--format", "json", name]);
        assert_eq!(answer.exit, 3, "{name}: could not look is not nothing found: {}", answer.stdout);
        let issues = answer.issues();
        assert_eq!(issues.len(), 1, "{name}: {issues:?}");
        assert_eq!(issues[0].0, "malformed", "{name}");
        assert!(issues[0].1.contains(name), "{name}: {issues:?}");
        for lang in ["ja", "en"] {
            let table = run_in(folder.path(), &["--lang", lang, name]);
            assert!(table.stdout.contains(name) && table.stderr.is_empty(), "{}", table.stdout);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_huge_file_is_told_and_not_read() {
    let folder = TempDir::new().unwrap();
    let file = fs::File::create(folder.path().join("huge.reg")).unwrap();
    file.set_len(1 << 40).unwrap();
    let answer = run_in(folder.path(), &["--format", "json", "huge.reg"]);
    assert_eq!(answer.exit, 3);
    assert_eq!(answer.issues(), [("too-large".to_owned(), "huge.reg".to_owned())]);
}

#[test]
fn accounts_that_are_too_many_are_told() {
    let folder = TempDir::new().unwrap();
    let base = rusqlite::Connection::open(folder.path().join("EmailProvider.db")).unwrap();
    base.execute_batch(
        "CREATE TABLE HostAuth (_id INTEGER PRIMARY KEY, protocol, address, port, flags, login);
         CREATE TABLE Account (_id INTEGER PRIMARY KEY, emailAddress, hostAuthKeyRecv, hostAuthKeySend);
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2001)
         INSERT INTO Account (_id) SELECT i FROM n;",
    )
    .unwrap();
    drop(base);
    let answer = run_in(folder.path(), &["EmailProvider.db", "--format", "json"]);
    let report = answer.json();
    assert_eq!((answer.exit, &report["scan"]["complete"]), (3, &Value::Bool(false)));
    assert_eq!(report["issues"][0]["kind"], "too-large");
}

#[test]
fn servers_that_are_too_many_are_told() {
    let folder = TempDir::new().unwrap();
    let base = rusqlite::Connection::open(folder.path().join("Accounts3.sqlite")).unwrap();
    base.execute_batch(
        "CREATE TABLE ZACCOUNTTYPE (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER);
         CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZACCOUNTTYPE);
         CREATE TABLE ZACCOUNTPROPERTY (Z_PK INTEGER PRIMARY KEY, ZOWNER, ZKEY, ZVALUE);
         INSERT INTO ZACCOUNTTYPE VALUES (1, 'com.apple.account.POP');
         INSERT INTO ZACCOUNT VALUES (1, 1), (2, 1);
         INSERT INTO ZACCOUNTPROPERTY (ZOWNER, ZKEY, ZVALUE) VALUES (1, 'Class', 'POPAccount');",
    )
    .unwrap();
    let names: Vec<String> =
        (0..1500).map(|number| format!("<string>s{number}.example.jp</string>")).collect();
    let list =
        format!("<?xml version=\"1.0\"?><plist version=\"1.0\"><array>{}</array></plist>", names.concat());
    for owner in [1, 2] {
        let insert =
            "INSERT INTO ZACCOUNTPROPERTY (ZOWNER, ZKEY, ZVALUE) VALUES (?, 'SMTPAlternateIdentifiers', ?)";
        base.execute(insert, rusqlite::params![owner, list.as_bytes()]).unwrap();
    }
    drop(base);
    let report = run_in(folder.path(), &["Accounts3.sqlite", "--format", "json"]).json();
    assert_eq!(report["summary"]["findings"], 1000);
    assert_eq!(report["issues"][0]["kind"], "too-large");
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_not_waited_for() {
    let folder = TempDir::new().unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("prefs.js")).status().unwrap();
    assert!(made.success());
    let answer = run_in(folder.path(), &["--format", "json", "prefs.js"]);
    assert_eq!((answer.exit, answer.issues()[0].0.as_str()), (3, "outside"));
    assert_eq!(run_in(folder.path(), &["--format", "json", "/dev/zero"]).exit, 3);
}

/// Root may read everything, so the program runs as somebody else here.
#[cfg(unix)]
#[test]
fn no_permission_is_an_issue_of_the_user() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = TempDir::new().unwrap();
    let homes = folder.path().join("homes");
    fs::create_dir_all(homes.join("hanako")).unwrap();
    fs::create_dir_all(homes.join("taro")).unwrap();
    fs::copy(fixture("outlook/log-on-first/home/taro/outlook.reg"), homes.join("taro/outlook.reg")).unwrap();
    let mode = |path: &Path, bits| fs::set_permissions(path, fs::Permissions::from_mode(bits)).unwrap();
    let program = folder.path().join("smtp-auth-audit");
    // Not by this process: another test's child could hold the file open for writing while it is to be started.
    let copied = std::process::Command::new("cp")
        .arg(assert_cmd::cargo::cargo_bin("smtp-auth-audit"))
        .arg(&program)
        .status();
    assert!(copied.unwrap().success());
    mode(folder.path(), 0o755);
    mode(&homes.join("hanako"), 0o000);
    let mut command = std::process::Command::new(&program);
    command.args(["--format", "json", "homes"]).current_dir(folder.path());
    if fs::read_dir(homes.join("hanako")).is_ok() {
        command.uid(65534).gid(65534);
    }
    let answer = answer(&mut Command::from_std(command));
    mode(&homes.join("hanako"), 0o755);
    let report = answer.json();
    assert_eq!(answer.exit, 1, "taro's account is found all the same: {report}");
    assert_eq!(report["scan"]["users"][0]["name"], "hanako");
    assert_eq!(report["scan"]["users"][0]["status"], "not-read");
    assert_eq!(report["scan"]["users"][1]["status"], "read");
    assert_eq!(answer.issues(), [("denied".to_owned(), "homes/hanako".to_owned())]);
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let folder = TempDir::new().unwrap();
    let section = r"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\P\9375CFF0413111d3B88A00104B2A6676";
    let text = format!(
        "Windows Registry Editor Version 5.00\n\n[{section}]\n\"{{ED475418-B0D6-11D2-8C3B-00104B2A6676}}\"=hex:02,00,00,00\n\n[{section}\\00000002]\n\"clsid\"=\"{{ED475411-B0D6-11D2-8C3B-00104B2A6676}}\"\n\"Account Name\"=\"evil\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}\"\n\"SMTP Server\"=\"mail\u{1b}[2J.example.jp\"\n"
    );
    fs::write(folder.path().join("evil.reg"), text).unwrap();
    for arguments in [&["evil.reg"][..], &["--explain", "evil.reg"], &["--format", "json", "evil.reg"]] {
        let answer = run_in(folder.path(), arguments);
        assert!(answer.stdout.contains("evil"), "{}", answer.stdout);
        let bad = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!answer.stdout.contains(bad), "{arguments:?}");
    }
    let name = "no\u{1b}[31msuch";
    assert!(!run_in(folder.path(), &["--lang", "ja", name]).stderr.contains('\u{1b}'));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let program = assert_cmd::cargo::cargo_bin("smtp-auth-audit");
    let script = format!(
        "{} {} 2>&1 >/dev/null | head -c 0; {} steps | true",
        program.display(),
        CHANGE,
        program.display()
    );
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script).current_dir(env!("CARGO_MANIFEST_DIR"));
    let answer = answer(&mut shell);
    assert_eq!((answer.exit, answer.stderr.as_str()), (0, ""));
}

#[test]
fn this_computer_means_the_users_own_home() {
    let folder = TempDir::new().unwrap();
    let answer = run_in(folder.path(), &["--format", "json", "--computer", "ignored"]);
    let report = answer.json();
    let scope = report["scan"]["scope"].as_str().unwrap();
    assert!(["user", "all-users"].contains(&scope));
    assert_eq!(report["scan"]["sources"][0], "this computer");
    assert_eq!(report["computer"], report["scan"]["host"]);
}
