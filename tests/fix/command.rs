//! The commands themselves: exit codes, refusals, and that no plan tells a secret.

use crate::common::{cases, first_held, forms_of_canary};
use assert_cmd::Command;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn run(home: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let output = command.args(arguments).env("HOME", home).env("LC_ALL", "C.UTF-8").output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn usage_is_told_and_nothing_is_done() {
    let home = TempDir::new().unwrap();
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/demo/office-pc");
    for arguments in [
        &["fix", demo, "--apply"][..],
        &["fix", "--yes"],
        // No terminal for the choices; as root nothing is written at all.
        &["fix", "--apply"],
        &["undo", "20260101t000000000z-abcdef"],
        &["undo", "--forget"],
        &["fix", "--client", "nobody"],
    ] {
        let (exit, stdout, stderr) = run(home.path(), arguments);
        assert_eq!((exit, stdout.as_str()), (2, ""), "{arguments:?}: {stderr}");
        assert!(!stderr.is_empty(), "{arguments:?}");
    }
    assert_eq!(home.path().read_dir().unwrap().count(), 0);
}

#[test]
fn a_path_is_planned_only() {
    let home = TempDir::new().unwrap();
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/demo/office-pc");
    for (lang, words) in [("en", "is not written"), ("ja", "書き換えません")] {
        let (exit, stdout, _) = run(home.path(), &["fix", demo, "--lang", lang]);
        assert_eq!(exit, 1);
        assert!(stdout.contains(words) && stdout.contains("Becky!"), "{stdout}");
    }
    let (exit, stdout, _) = run(home.path(), &["fix"]);
    assert_eq!((exit, stdout.lines().count()), (0, 1), "{stdout}");
    // What could not be read is not "nothing to change".
    std::fs::create_dir(home.path().join("empty")).unwrap();
    let empty = home.path().join("empty");
    for (lang, words) in [("en", "some of it could not be read"), ("ja", "読み取れなかったものがあります")]
    {
        let (exit, stdout, _) = run(home.path(), &["fix", empty.to_str().unwrap(), "--lang", lang]);
        assert_eq!(exit, 3);
        assert!(stdout.replace('\n', if lang == "ja" { "" } else { " " }).contains(words), "{stdout}");
    }
}

#[test]
fn no_plan_tells_a_secret() {
    let forms = forms_of_canary();
    let home = TempDir::new().unwrap();
    let mut planned = 0;
    // All cases of a client at once.
    let folders: BTreeSet<PathBuf> =
        cases().iter().map(|case| case.folder.parent().unwrap().to_owned()).collect();
    for path in folders.iter().map(|folder| folder.to_str().unwrap()) {
        for format in ["table", "json", "jsonl", "ansible"] {
            let (_, stdout, stderr) = run(home.path(), &["fix", path, "--format", format]);
            planned += stdout.matches("smtp").count();
            for text in [&stdout, &stderr] {
                assert_eq!(first_held(text.as_bytes(), &forms), None, "{path}, {format}");
                assert!(!text.contains('\u{1b}'), "{path}, {format}");
            }
        }
    }
    assert!(planned > 1000, "{planned}");
}

#[test]
fn plans_of_many_computers_are_counted() {
    let home = TempDir::new().unwrap();
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/demo/office-pc");
    let (_, plan, _) = run(home.path(), &["fix", demo, "--format", "jsonl"]);
    std::fs::write(home.path().join("pc.jsonl"), &plan).unwrap();
    let (_, plan, _) = run(home.path(), &["fix", demo, "--format", "json"]);
    std::fs::write(home.path().join("pc.json"), plan).unwrap();
    let folder = home.path().to_str().unwrap();
    let (exit, text, _) = run(home.path(), &["fleet", folder, "--lang", "en"]);
    assert_eq!(exit, 1);
    assert!(
        text.contains("10 accounts") && text.contains("no-policy") && text.contains("Thunderbird"),
        "{text}"
    );
    let (_, text, _) = run(home.path(), &["fleet", folder, "--format", "csv"]);
    assert_eq!(text.lines().count(), 11, "{text}");
    // What is none is told, and the rest counts.
    std::fs::write(home.path().join("zz.jsonl"), "{\"schema\":\"smtp-auth-audit/fix/v1\"}\n").unwrap();
    let (_, text, _) = run(home.path(), &["fleet", folder, "--lang", "en"]);
    assert!(text.contains("10 accounts") && text.contains("line 1 is no plan"), "{text}");
}
