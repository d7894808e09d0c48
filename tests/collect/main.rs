//! `collect`: for every fixture, scanning what was collected gives what scanning the source gave; nothing that is not
//! allowed is written, and nothing that is scanned is changed.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

#[path = "../common/mod.rs"]
mod common;

mod decoy;

use assert_cmd::Command;
use common::{Case, cases, contains, files_below, forms_of_canary};
use decoy::{put, windows_home};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What a value means when it differs, and why that is right.
/// - `source`, `evidence`: places; the copy lies elsewhere, and the settings whose mere names are told stay behind.
/// - `steps`: follow from the verdict and the edition, both compared.
/// - texts of `notes`: hold places; their codes are compared.
/// - `dirty-hive`: a note on the source's registry file; what could be read of it was collected.
/// - `signed-profile`: a note on the source's form; the copy of a profile can't be signed.
const ASIDE: [&str; 3] = ["source", "evidence", "steps"];

/// Files that PATHs name one by one lie in one folder afterwards, which is then scanned as that folder would be.
const AS_FOLDER: [(&str, &str); 3] =
    [("apple-mail/lone-files", "files"), ("ios-mail/lone-files", "files"), ("evolution/lone-file", "taken")];

/// Cases in which an id changes: a lone registry file belongs to nobody, a folder with it to whom the folder names; a file
/// behind a link is kept where it lies, not where its client looks first.
const OTHER_ID: [&str; 2] = ["outlook-express/lone-export", "field/45-msmtp-two-names-one-file"];
/// A store folder or file named by itself: which program's it is stands in the folder's name, which is not kept.
const OTHER_CLIENT: [&str; 2] = ["windows-mail/store-folder", "android-mail/lone-file"];

/// Damage of a source whose values are written anew; `collect` itself tells of it.
const MENDED: [&str; 2] = ["outlook/damaged-export", "field/17-outlook-forum-paste"];

/// Of a link that leads out nothing is kept, and of a file without an account not what tells it; `collect` itself says that.
const NOT_KEPT: [&str; 2] = ["field/27-thunderbird-symlinked-profile", "field/38-apple-mailaccounts-bundle"];

fn run(folder: &Path, arguments: &[String]) -> (i32, Vec<u8>, String) {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let output = command.current_dir(folder).args(arguments).env("LC_ALL", "en_US.UTF-8").output().unwrap();
    (output.status.code().unwrap(), output.stdout, String::from_utf8(output.stderr).unwrap())
}

fn scan(folder: &Path, paths: &[String]) -> Value {
    let mut arguments = vec!["scan".to_owned(), "--format".to_owned(), "json".to_owned()];
    arguments.extend_from_slice(paths);
    serde_json::from_slice(&run(folder, &arguments).1).unwrap()
}

fn collect(folder: &Path, paths: &[String], target: &Path) -> (i32, String) {
    let mut arguments = vec!["collect".to_owned(), target.display().to_string()];
    arguments.extend_from_slice(paths);
    let (exit, stdout, stderr) = run(folder, &arguments);
    assert_eq!(stdout, b"", "nothing is printed as a result");
    (exit, stderr)
}

/// Files of which none is a setting's: there is nothing to collect, and no folder is made.
const NOTHING: [&str; 6] = [
    "thunderbird/not-prefs",
    "field/20-outlook-prf",
    "field/30-mozbackup-pcv",
    "field/37-apple-ddm-declaration",
    "field/40-k9-zero-bytes",
    "field/41-k9-on-the-device",
];

/// Every case of which something is collected, by its name.
fn named_cases() -> Vec<(String, PathBuf, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let name = |case: &Case| case.folder.strip_prefix(&root).unwrap().display().to_string();
    let named = cases().into_iter().map(|case| (name(&case), case.folder, case.paths));
    named.filter(|(name, ..)| !NOTHING.contains(&name.as_str())).collect()
}

fn comparable(case: &str, report: &Value) -> Vec<Value> {
    let mut findings = report["findings"].as_array().unwrap().clone();
    for finding in &mut findings {
        let finding = finding.as_object_mut().unwrap();
        for key in ASIDE {
            finding.remove(key);
        }
        if OTHER_ID.contains(&case) {
            finding.remove("id");
            finding.remove("user");
        }
        if OTHER_CLIENT.contains(&case) {
            for key in ["id", "client", "client_name", "edition", "confidence"] {
                finding.remove(key);
            }
        }
        let codes = finding["notes"].as_array().unwrap().iter().map(|note| note["code"].clone());
        finding["notes"] = codes.filter(|code| code != "dirty-hive" && code != "signed-profile").collect();
    }
    findings
}

#[test]
fn what_was_collected_gives_what_the_source_gave() {
    let mut errors = Vec::new();
    let mut equal = 0;
    for (name, folder, paths) in named_cases() {
        let temporary = tempfile::tempdir().unwrap();
        let target = temporary.path().join("collected");
        let (exit, stderr) = collect(&folder, &paths, &target);
        assert!(exit == 0 || exit == 3, "{name}: {exit} {stderr}");
        let as_folder = AS_FOLDER.iter().find(|(case, _)| *case == name);
        let direct = scan(&folder, &as_folder.map_or(paths, |(_, folder)| vec![(*folder).to_owned()]));
        let again = scan(&folder, &[target.display().to_string()]);
        let (wanted, found) = (comparable(&name, &direct), comparable(&name, &again));
        if direct["computer"] != again["computer"] {
            errors.push(format!("{name}: computer {} {}", direct["computer"], again["computer"]));
        }
        // What could not be read stays an issue, though its kind may be another one.
        let issues = |report: &Value| report["issues"].as_array().unwrap().len();
        if (issues(&direct) > 0) != (issues(&again) > 0)
            && ![&MENDED[..], &NOT_KEPT].concat().contains(&name.as_str())
        {
            errors.push(format!("{name}: issues {} → {}", direct["issues"], again["issues"]));
        }
        assert!(issues(&direct) == 0 || stderr.lines().count() > 1, "{name}: not a word of trouble");
        if wanted == found {
            equal += 1;
            continue;
        }
        if wanted.len() != found.len() {
            errors.push(format!(
                "{name}: {} findings, {} again: {}",
                wanted.len(),
                found.len(),
                again["issues"]
            ));
            continue;
        }
        for (wanted, found) in wanted.iter().zip(&found) {
            for (key, value) in wanted.as_object().unwrap() {
                if found[key] != *value {
                    errors.push(format!("{name}: {key}: {value} → {}", found[key]));
                }
            }
        }
    }
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
    assert!(equal > 100, "only {equal} cases");
}

#[test]
fn no_password_is_collected_and_nothing_is_changed() {
    let forms = forms_of_canary();
    for (name, folder, paths) in named_cases() {
        let temporary = tempfile::tempdir().unwrap();
        let target = temporary.path().join("collected");
        let (mut before, mut after, mut written) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        files_below(&folder, &mut before);
        let (_, stderr) = collect(&folder, &paths, &target);
        files_below(&folder, &mut after);
        assert!(before == after, "{name} was changed");
        files_below(&target, &mut written);
        assert!(!written.is_empty(), "{name}: nothing was collected");
        for form in &forms {
            assert!(!contains(stderr.as_bytes(), form), "{name}: stderr");
            for (path, bytes) in &written {
                assert!(!contains(bytes, form), "{}", path.display());
            }
        }
    }
}

#[test]
fn only_a_new_or_empty_folder_is_filled() {
    let temporary = tempfile::tempdir().unwrap();
    let top = temporary.path();
    windows_home(&top.join("homes/taro"));
    let paths = ["homes".to_owned()];
    fs::create_dir(top.join("empty")).unwrap();
    assert_eq!(collect(top, &paths, &top.join("empty")).0, 0);
    for name in ["empty", "homes/taro/x.reg"] {
        let (exit, stderr) = collect(top, &paths, &top.join(name));
        assert!(exit == 2 && stderr.contains("not a new or empty folder"), "{stderr}");
    }
    assert_eq!(collect(top, &paths, &top.join("no/such")).0, 2);
    let (exit, stderr) = collect(top, &["missing".to_owned()], &top.join("new"));
    assert_eq!(exit, 2, "{stderr}");
    assert!(!top.join("new").exists(), "wrong usage writes nothing");
    fs::create_dir(top.join("nothing")).unwrap();
    assert_eq!(collect(top, &["nothing".to_owned()], &top.join("none")).0, 3, "no user was read");
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it_and_no_link_is_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let temporary = tempfile::tempdir().unwrap();
    let top = temporary.path();
    windows_home(&top.join("homes/taro"));
    fs::create_dir(top.join("elsewhere")).unwrap();
    symlink(top.join("elsewhere"), top.join("link")).unwrap();
    let paths = ["homes".to_owned()];
    assert_eq!(collect(top, &paths, &top.join("link")).0, 2);
    assert_eq!(fs::read_dir(top.join("elsewhere")).unwrap().count(), 0);
    assert_eq!(collect(top, &paths, &top.join("new")).0, 0);
    let mode = |path: &str| top.join("new").join(path).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(""), mode("taro"), mode("taro/registry.reg")), (0o700, 0o700, 0o600));
}

/// Two files of one name, and files beside homes: none of them is lost.
#[test]
fn several_paths_do_not_cover_each_other() {
    let temporary = tempfile::tempdir().unwrap();
    let top = temporary.path();
    let mailbox = |name: &str| {
        format!("[Account]\nName={name}\nSMTPServer=smtp.example.jp\nMailServer=pop.example.jp\n")
    };
    put(top, "a/Mailbox.ini", mailbox("first"));
    put(top, "b/Mailbox.ini", mailbox("second"));
    let paths = ["a/Mailbox.ini".to_owned(), "b/Mailbox.ini".to_owned()];
    assert_eq!(collect(top, &paths, &top.join("both")).0, 0);
    let names = |report: &Value| -> Vec<String> {
        let findings = report["findings"].as_array().unwrap().iter();
        let mut names: Vec<_> = findings.map(|f| f["account"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&scan(top, &["both".to_owned()])), ["first", "second"]);
    windows_home(&top.join("homes/taro"));
    let paths = ["homes".to_owned(), "a/Mailbox.ini".to_owned()];
    let (exit, stderr) = collect(top, &paths, &top.join("mixed"));
    assert_eq!(exit, 0, "{stderr}");
    let (before, after) = (scan(top, &paths), scan(top, &["mixed".to_owned()]));
    assert_eq!(names(&after), names(&before), "what belongs to nobody is found beside the homes");
}
