//! Where results are written: as root through no link and nowhere that others may write, for the administrators' eyes, and
//! without a trace of a run that was ended. What root alone can show is looked at where root runs the tests, as in CI.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod common;

use common::reports::{Answer, run_in};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use tempfile::TempDir;

const HOME: &str = "fixtures/becky/imap/home";

fn run(arguments: &[&str]) -> Answer {
    run_in(Path::new(env!("CARGO_MANIFEST_DIR")), arguments)
}

fn is_root(folder: &TempDir) -> bool {
    fs::metadata(folder.path()).unwrap().uid() == 0
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn home() -> String {
    format!("{}/{HOME}", env!("CARGO_MANIFEST_DIR"))
}

/// Every command that writes a result, into a place below this folder.
fn commands(place: &str) -> Vec<Vec<String>> {
    let home = home();
    let output = format!("{place}/result");
    [
        vec!["scan", &home, "--format", "jsonl", "--output", &output],
        vec!["scan", &home, "--output", &output],
        vec!["steps", "becky", "--output", &output],
        vec!["fleet", "empty", "--output", &output],
        vec!["ask", "becky", "--answers", "answers", "--output", &output],
        vec!["collect", &output, &home],
        vec!["scan", &home, "--letters", &output],
        vec!["fleet", "empty", "--letters", &output],
    ]
    .iter()
    .map(|words| words.iter().map(|word| (*word).to_owned()).collect())
    .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn root_writes_through_no_link_and_nowhere_that_others_may() {
    let folder = TempDir::new().unwrap();
    let top = folder.path();
    fs::create_dir_all(top.join("inner/deep")).unwrap();
    fs::create_dir(top.join("empty")).unwrap();
    fs::write(top.join("answers"), "auth = y\nport = 587\n").unwrap();
    symlink("inner", top.join("link")).unwrap();
    let answers = |place: &str, lang: &str| -> Vec<(i32, String)> {
        let made = commands(place);
        let with_lang = made.iter().map(|words| {
            let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
            words.extend(["--lang", lang]);
            let answer = run_in(top, &words);
            assert_eq!(answer.stdout, "", "{words:?}");
            (answer.exit, answer.stderr)
        });
        with_lang.collect()
    };
    if !is_root(&folder) {
        return;
    }
    for (place, en, ja) in [
        ("link", "nothing is written through a link", "リンクを通る場所には書きません"),
        ("link/deep", "nothing is written through a link", "リンクを通る場所には書きません"),
        ("open/deep", "nobody but administrators can write", "管理者だけが書き込める"),
        ("open", "nobody but administrators can write", "管理者だけが書き込める"),
    ] {
        if place.starts_with("open") {
            fs::create_dir_all(top.join("open/deep")).unwrap();
            set_mode(&top.join("open"), 0o777);
        }
        for (lang, said) in [("en", en), ("ja", ja)] {
            for (exit, stderr) in answers(place, lang) {
                assert_eq!(exit, 2, "{place}: {stderr}");
                let plain = stderr.replace('\n', if lang == "ja" { "" } else { " " });
                assert!(plain.contains(said), "{place}: {stderr}");
            }
        }
        assert_eq!(names(&top.join("inner")), ["deep"]);
        assert!(names(&top.join("inner/deep")).is_empty());
    }
    assert_eq!(names(&top.join("open")), ["deep"]);
    assert!(names(&top.join("open/deep")).is_empty());
    // What somebody else owns, too.
    std::os::unix::fs::chown(top.join("inner"), Some(1000), None).unwrap();
    assert!(answers("inner/deep", "en").iter().all(|(exit, _)| *exit == 2));
    // Where anybody may have something beside it, as in /tmp: one rule for files and folders.
    set_mode(&top.join("open"), 0o1777);
    assert!(answers("open", "en").iter().all(|(exit, _)| *exit == 2));
    assert_eq!(names(&top.join("open")), ["deep"]);
}

/// As root and as anybody else: a link is not followed, and what somebody has set up is not ended.
#[test]
fn a_link_at_the_place_itself_stays_and_leads_nowhere() {
    let folder = TempDir::new().unwrap();
    let top = folder.path();
    fs::create_dir_all(top.join("place")).unwrap();
    fs::create_dir_all(top.join("empty")).unwrap();
    fs::create_dir_all(top.join("inner")).unwrap();
    fs::write(top.join("answers"), "auth = y\nport = 587\n").unwrap();
    fs::write(top.join("inner/file"), "mine").unwrap();
    let link = top.join("place/result");
    for target in ["../inner/file", "../inner/nothing", "../inner"] {
        symlink(target, &link).unwrap();
        for (lang, said) in [("en", "neither written through nor replaced"), ("ja", "リンクを置き換えること")]
        {
            for words in commands("place") {
                let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
                words.extend(["--lang", lang]);
                let answer = run_in(top, &words);
                assert_eq!((answer.exit, answer.stdout.as_str()), (2, ""), "{words:?}: {}", answer.stderr);
                let is_file = words.contains(&"--output");
                assert!(!is_file || answer.stderr.contains(said), "{words:?}: {}", answer.stderr);
            }
        }
        assert_eq!(fs::read_link(&link).unwrap(), Path::new(target));
        fs::remove_file(&link).unwrap();
    }
    assert_eq!(fs::read_to_string(top.join("inner/file")).unwrap(), "mine");
    assert_eq!(names(&top.join("inner")), ["file"]);
    assert_eq!(names(&top.join("place")), Vec::<String>::new());
}

#[test]
fn a_new_report_of_root_is_for_root_alone() {
    let folder = TempDir::new().unwrap();
    let report = folder.path().join("report");
    let path = report.to_str().unwrap();
    let mode = || fs::metadata(&report).unwrap().mode() & 0o777;
    let scan = || assert_eq!(run(&["--output", path, HOME, "--exit-zero"]).exit, 0);
    scan();
    if is_root(&folder) {
        assert_eq!(mode(), 0o600);
        // A file that somebody else has put there does not decide who reads the report.
        set_mode(&report, 0o666);
        std::os::unix::fs::chown(&report, Some(1000), None).unwrap();
        scan();
        assert_eq!(mode(), 0o600);
    }
    // What the owner has decided stays.
    set_mode(&report, 0o640);
    scan();
    assert_eq!(mode(), 0o640);
}

#[test]
fn devices_are_written_to_and_links_to_them_are_not() {
    let folder = TempDir::new().unwrap();
    assert_eq!(run(&["--output", "/dev/null", HOME, "--exit-zero"]).exit, 0);
    let link = folder.path().join("link");
    symlink("/dev/null", &link).unwrap();
    assert_eq!(run(&["--output", link.to_str().unwrap(), HOME]).exit, 2);
    assert_eq!(fs::read_link(&link).unwrap(), Path::new("/dev/null"));
}

/// Nothing has a name before it is whole, so no signal, not even one that can't be caught, leaves anything behind.
#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_ended_leaves_nothing_behind() {
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};
    let folder = TempDir::new().unwrap();
    let output = folder.path().join("result.json");
    // SIGINT ends it as SIGTERM does, but a shell may have it ignored in the background, where tests run.
    for signal in ["-TERM", "-KILL"] {
        // The reports are never at an end.
        let mut child = Command::new(env!("CARGO_BIN_EXE_smtp-auth-audit"))
            .args(["fleet", "-", "--format", "json", "--output"])
            .arg(&output)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let started = Instant::now();
        let handles = format!("/proc/{}/fd", child.id());
        let has_opened = || {
            // Others than root may not look there: the program keeps them away.
            let Ok(entries) = fs::read_dir(&handles) else { return started.elapsed().as_secs() > 2 };
            let targets = entries.filter_map(|entry| fs::read_link(entry.unwrap().path()).ok());
            targets.into_iter().any(|target| target.starts_with(folder.path()))
        };
        while !has_opened() {
            assert!(started.elapsed() < Duration::from_secs(20), "the result is opened first of all");
            std::thread::sleep(Duration::from_millis(20));
        }
        let killed = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        assert!(!child.wait().unwrap().success());
        assert!(names(folder.path()).is_empty());
    }
}
