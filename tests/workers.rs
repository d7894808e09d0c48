//! Several homes are read by other processes of the program: one that ends, blocks, loops or talks nonsense costs what it was
//! reading, and the rest is as complete as without it.
#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test says what it expects and makes its own files"
)]

mod common;

use common::files_below;
use smtp_auth_audit::model::{Finding, IssueKind, Report, UserStatus};
use smtp_auth_audit::report::v1;
use smtp_auth_audit::scan::{Meanwhile, Request, scan, scan_and_tell};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A home with accounts.
const HOME: &str = "fixtures/thunderbird/any-method/home/taro";

/// A worker that hands each errand to a real one, except those of homes whose names tell what to do with it.
const STAND_IN: &str = r#"#!/bin/sh
read -r common
real() { printf '%s\n%s\n%s\n' "$common" "$errand" "$how" | PROGRAM --read-for-a-scan; }
while read -r errand && read -r how; do
    case "$errand" in
        *a-killed*) kill -9 $$ ;;
        *a-aborts*) kill -ABRT $$ ;;
        *a-blocks*) exec sleep 1000 ;;
        *a-loops*) while :; do :; done ;;
        *a-babbles*) echo nonsense ;;
        *a-stops*)
            # Ends over its fifth client when it is first asked, and over none later.
            case "$how" in
                *'[0,0,0]'*) real 2>/dev/null | head -n 1; echo 0 0 4 >&2; kill -9 $$ ;;
                *) real ;;
            esac ;;
        *a-within*)
            # Ends over the last folder that lies in the home.
            real 2>/dev/null | grep -v Done; echo 3 0 4 >&2; kill -9 $$ ;;
        *a-vanishes*) rm -rf "FOLDER/Users/a-vanishes"; real ;;
        *a-replaced*)
            rm -rf "FOLDER/Users/a-replaced"
            ln -s taro "FOLDER/Users/a-replaced"
            real ;;
        *a-always*) real 2>/dev/null | head -n 1; echo 0 0 4 >&2; kill -9 $$ ;;
        *a-endless*) yes 'x' | tr -d '\n' ;;
        *) real ;;
    esac
done
"#;

fn copy(from: &Path, to: &Path) {
    let mut files = BTreeMap::new();
    files_below(from, &mut files);
    for (path, content) in files {
        let there = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(there.parent().unwrap()).unwrap();
        fs::write(there, content).unwrap();
    }
}

struct Homes {
    folder: tempfile::TempDir,
    program: PathBuf,
}

impl Homes {
    fn new(names: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join(HOME), &folder.path().join("Users").join(name));
        }
        let program = folder.path().join("stand-in");
        let text = STAND_IN.replace("PROGRAM", env!("CARGO_BIN_EXE_smtp-auth-audit"));
        let text = text.replace("FOLDER", &folder.path().display().to_string());
        fs::write(&program, text).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder, program }
    }

    fn scan(&self, program: Option<&Path>) -> Report {
        scan(&self.request(program))
    }

    fn request(&self, program: Option<&Path>) -> Request {
        let program = program.map(Path::to_path_buf);
        Request { program, ..Request::of_paths(vec![self.folder.path().join("Users")]) }
    }
}

fn findings_of<'a>(report: &'a Report, user: &str) -> Vec<&'a str> {
    let of_user = report.findings.iter().filter(|finding| finding.user.as_deref() == Some(user));
    of_user.map(|finding| finding.account.name.as_str()).collect()
}

fn status_of(report: &Report, user: &str) -> UserStatus {
    report.scan.users.iter().find(|known| known.name.as_deref() == Some(user)).unwrap().status
}

#[test]
fn workers_give_the_same_report() {
    let homes = Homes::new(&["hanako", "jiro", "taro"]);
    let json = |program| {
        let mut report = homes.scan(program);
        report.scan.started_at.clear();
        v1::render(&report)
    };
    let real = Path::new(env!("CARGO_BIN_EXE_smtp-auth-audit"));
    let alone = json(None);
    assert_eq!(json(Some(real)), alone);
    assert_eq!(json(Some(&homes.program)), alone);
    // Where no process can be started, this one reads.
    assert_eq!(json(Some(Path::new("/nonexistent"))), alone);
}

#[test]
fn a_worker_that_ends_costs_only_what_it_read() {
    let bad = ["a-aborts", "a-babbles", "a-endless", "a-killed"];
    let homes = Homes::new(&[&bad[..], &["hanako", "taro"]].concat());
    let report = homes.scan(Some(&homes.program));
    let good = findings_of(&report, "hanako").len();
    assert!(good > 0);
    assert_eq!(findings_of(&report, "taro").len(), good);
    for user in bad {
        assert_eq!(status_of(&report, user), UserStatus::NotRead, "{user}");
        assert_eq!(findings_of(&report, user).len(), 0);
        let issues: Vec<_> =
            report.issues.iter().filter(|issue| issue.user.as_deref() == Some(user)).collect();
        assert_eq!(
            issues.iter().map(|issue| issue.kind).collect::<Vec<_>>(),
            [IssueKind::Internal],
            "{user}"
        );
        assert!(issues[0].place.ends_with(user), "{}", issues[0].place);
    }
    assert_eq!(report.issues.len(), bad.len());
    assert_eq!(status_of(&report, "taro"), UserStatus::Read);
}

#[test]
fn what_was_read_before_the_end_stays_and_the_rest_is_read_by_another() {
    let homes = Homes::new(&["a-always", "a-stops", "taro"]);
    let report = homes.scan(Some(&homes.program));
    let good = findings_of(&report, "taro");
    assert!(!good.is_empty());
    // One of the clients was not read, and it is not the one with accounts.
    assert_eq!(findings_of(&report, "a-stops"), good);
    assert_eq!(status_of(&report, "a-stops"), UserStatus::Partly);
    let of = |user: &str| {
        let issues = report.issues.iter().filter(|issue| issue.user.as_deref() == Some(user));
        issues.map(|issue| (issue.kind, issue.client)).collect::<Vec<_>>()
    };
    let stopped = of("a-stops");
    assert_eq!(stopped.len(), 1);
    assert!(stopped[0].0 == IssueKind::Internal && stopped[0].1.is_some(), "{stopped:?}");
    // Where one worker after the other ends it is enough at some time, and said.
    let always = of("a-always");
    assert_eq!(always.last().unwrap().0, IssueKind::TooLarge);
    assert_eq!(always.len(), 5);
}

#[test]
fn what_lies_in_a_home_is_read_after_it_and_only_once() {
    let homes = Homes::new(&["a-within", "hanako", "taro"]);
    let users = homes.folder.path().join("Users");
    for user in ["a-within", "taro"] {
        for folder in ["Documents/old", "Documents/older/Thunderbird"] {
            copy(
                &Path::new(env!("CARGO_MANIFEST_DIR")).join(HOME).join(".thunderbird"),
                &users.join(user).join(folder),
            );
        }
    }
    let real = homes.scan(Some(Path::new(env!("CARGO_BIN_EXE_smtp-auth-audit"))));
    let (own, all) = (findings_of(&real, "hanako"), findings_of(&real, "taro"));
    assert!(!own.is_empty());
    assert_eq!(all.len(), 3 * own.len());
    assert_eq!(findings_of(&real, "a-within").len(), all.len());
    // Which of the rest was read already nobody knows after that: it is left out, and said.
    let report = homes.scan(Some(&homes.program));
    assert_eq!(findings_of(&report, "taro"), all);
    assert_eq!(findings_of(&report, "a-within"), all);
    assert_eq!(status_of(&report, "a-within"), UserStatus::Partly);
    let kinds: Vec<_> = report.issues.iter().map(|issue| (issue.kind, issue.user.as_deref())).collect();
    assert_eq!(kinds, [IssueKind::Internal, IssueKind::TooLarge].map(|kind| (kind, Some("a-within"))));
}

#[test]
fn a_worker_that_says_nothing_is_not_waited_for() {
    let homes = Homes::new(&["a-blocks", "a-loops", "hanako", "taro"]);
    let begun = Instant::now();
    let report = homes.scan(Some(&homes.program));
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    assert!(!findings_of(&report, "hanako").is_empty());
    assert!(!findings_of(&report, "taro").is_empty());
    for user in ["a-blocks", "a-loops"] {
        assert_eq!(status_of(&report, user), UserStatus::NotRead);
        let issue = report.issues.iter().find(|issue| issue.user.as_deref() == Some(user)).unwrap();
        assert_eq!(issue.kind, IssueKind::TooLarge);
    }
}

#[test]
fn findings_are_told_as_users_finish_and_only_counted_then() {
    let homes = Homes::new(&["hanako", "taro", "z-a-blocks"]);
    let begun = Instant::now();
    let mut told = Vec::new();
    let mut take = |_: &str, finding: &Finding| {
        told.push((finding.user.clone().unwrap_or_default(), begun.elapsed()));
    };
    let mut waited_for = BTreeSet::new();
    let mut see = |done: usize, all: usize, folder: &Path| {
        waited_for.insert((done, all, folder.file_name().unwrap().to_string_lossy().into_owned()));
    };
    let request = homes.request(Some(&homes.program));
    let report = scan_and_tell(&request, Meanwhile { findings: Some(&mut take), progress: Some(&mut see) });
    let whole = homes.scan(None);
    let names: Vec<&str> = told.iter().map(|(user, _)| user.as_str()).collect();
    let mut expected: Vec<&str> =
        whole.findings.iter().filter_map(|finding| finding.user.as_deref()).collect();
    expected.retain(|user| *user != "z-a-blocks");
    assert_eq!(names, expected);
    // The last home was still waited for.
    assert!(told.iter().all(|(_, when)| *when < Duration::from_secs(6)), "{told:?}");
    assert!(begun.elapsed() > Duration::from_secs(7));
    assert_eq!((report.findings.len(), report.summary().findings), (0, names.len()));
    assert!(waited_for.contains(&(2, 3, "z-a-blocks".to_owned())), "{waited_for:?}");
    // With a name that is typed for the computer all is told at the end.
    let request = Request { computer: Some("PC-1".to_owned()), ..homes.request(None) };
    let mut take = |_: &str, _: &Finding| panic!("too early");
    let report = scan_and_tell(&request, Meanwhile { findings: Some(&mut take), progress: None });
    assert_eq!(report.findings.len(), whole.findings.len());
}

#[test]
fn a_home_that_is_gone_or_another_one_when_it_is_read_is_told() {
    let homes = Homes::new(&["a-replaced", "a-vanishes", "hanako", "taro"]);
    let report = homes.scan(Some(&homes.program));
    let good = findings_of(&report, "taro").len();
    assert!(good > 0);
    // Nothing of taro's is told as another's.
    assert_eq!(report.findings.len(), 2 * good);
    for (user, kind) in [("a-replaced", IssueKind::Outside), ("a-vanishes", IssueKind::Io)] {
        assert_eq!(status_of(&report, user), UserStatus::NotRead, "{user}");
        let issues = report.issues.iter().filter(|issue| issue.user.as_deref() == Some(user));
        assert_eq!(issues.map(|issue| issue.kind).collect::<Vec<_>>(), [kind], "{user}");
    }
}
