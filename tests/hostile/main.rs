//! Homes that somebody made to keep the program busy, to fill the memory or the report: first in order, with good ones
//! behind. Whatever is in one, the scan ends within 10 s and 512 MB, tells what was left out, and the others are complete.

#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test fails by panicking, makes files by itself and prints figures"
)]

#[path = "../common/bplist.rs"]
mod bplist;
mod containers;
mod folders;
mod inis;
mod inputs;
mod measure;
mod registries;
mod texts;

use measure::{Figures, measure};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;
use tempfile::TempDir;

/// What is promised of a scan, whatever the homes hold; asserted of the program as it is built for people.
const TIME: Duration = Duration::from_secs(10);
const MEMORY: u64 = 512_000_000;
/// And of the report: a thousand accounts, each with its steps in both languages and the places of its settings.
const REPORT: usize = 10_000_000;

/// A home of somebody who wishes us ill.
struct Home {
    name: &'static str,
    make: fn(&Path),
    /// Nothing in it may be read in full: an issue tells what was left out.
    is_too_large: bool,
}

/// One of which something must be left out.
const fn large(name: &'static str, make: fn(&Path)) -> Home {
    Home { name, make, is_too_large: true }
}

/// One that is odd, but small enough to be read to its end.
const fn odd(name: &'static str, make: fn(&Path)) -> Home {
    Home { name, make, is_too_large: false }
}

fn homes() -> impl Iterator<Item = &'static Home> {
    [inis::HOMES, texts::HOMES, registries::HOMES, containers::HOMES, folders::HOMES].into_iter().flatten()
}

fn put(root: &Path, path: &str, content: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// So many parts, one behind the other.
fn many(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

const GOOD: [(&str, &str); 2] = [("b-hanako", "hanako"), ("c-jiro", "jiro")];
const DEMO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/demo/office-pc/Users");

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A folder of homes: the good ones, and before them what the home's maker puts.
fn computer(home: Option<&Home>) -> TempDir {
    let folder = TempDir::new().unwrap();
    let users = folder.path().join("Users");
    for (name, from) in GOOD {
        copy(&Path::new(DEMO).join(from), &users.join(name));
    }
    if let Some(home) = home {
        let hostile = users.join("a-hostile");
        put(&hostile, "AppData/Roaming/x", "");
        put(&hostile, ".bashrc", "");
        (home.make)(&hostile);
    }
    folder
}

fn scan(folder: &Path) -> Figures {
    measure(folder, &["scan", "Users", "--format", "json"], None)
}

/// The findings of each user.
fn found(report: &Value) -> BTreeMap<&str, Vec<&str>> {
    let mut found = BTreeMap::<_, Vec<_>>::new();
    for finding in report["findings"].as_array().unwrap() {
        let user = finding["user"].as_str().unwrap_or_default();
        found.entry(user).or_default().push(finding["id"].as_str().unwrap());
    }
    found
}

/// What is wrong with the answer to a home; empty if nothing is.
fn faults(home: &Home, expected: &Value) -> String {
    let folder = computer(Some(home));
    let figures = scan(folder.path());
    let report: Value = serde_json::from_slice(&figures.stdout).unwrap_or_default();
    let mut faults = Vec::new();
    let mut told = String::new();
    if report.is_null() {
        faults.push(format!("no report; exit {:?}", figures.exit));
    } else {
        let (all, good) = (found(&report), found(expected));
        faults.extend(GOOD.iter().filter(|(name, _)| all.get(name) != good.get(name)).map(|(name, _)| {
            format!("{name}: {} of {} findings", all.get(name).map_or(0, Vec::len), good[name].len())
        }));
        let users = report["scan"]["users"].as_array().unwrap();
        let status = users.iter().find(|user| user["name"] == "a-hostile").map(|user| &user["status"]);
        let issues = report["issues"].as_array().unwrap();
        let mine: Vec<&Value> = issues.iter().filter(|issue| issue["user"] == "a-hostile").collect();
        let large = mine.iter().filter(|issue| issue["kind"] == "too-large").count();
        if home.is_too_large && large == 0 {
            faults.push("not told what was left out".to_owned());
        }
        if !mine.is_empty() && status.is_none_or(|status| status != "partly") {
            faults.push(format!("status {status:?}"));
        }
        told = format!(
            "{} findings, {} issues, {large} of them too-large",
            all.get("a-hostile").map_or(0, Vec::len),
            mine.len()
        );
    }
    if !cfg!(debug_assertions) && figures.time > TIME {
        faults.push("time".to_owned());
    }
    if figures.memory > MEMORY {
        faults.push("memory".to_owned());
    }
    if figures.stdout.len() > REPORT {
        faults.push("size of the report".to_owned());
    }
    println!("{:<38} {figures}  {told}  {}", home.name, faults.join("; "));
    if faults.is_empty() { String::new() } else { format!("{}: {}\n", home.name, faults.join("; ")) }
}

fn check(homes: impl Iterator<Item = &'static Home>) {
    let folder = computer(None);
    let expected: Value = serde_json::from_slice(&scan(folder.path()).stdout).unwrap();
    assert_eq!(found(&expected).len(), GOOD.len());
    let faults: String = homes.map(|home| faults(home, &expected)).collect();
    assert!(faults.is_empty(), "\n{faults}");
}

/// All of them, with figures. HOSTILE=WORD tries those with this word in their names.
#[test]
#[ignore = "takes minutes, and asserts what is promised of the program as it is built for people: .ci/full hostile"]
fn all_homes() {
    let word = std::env::var("HOSTILE").unwrap_or_default();
    check(homes().filter(|home| home.name.contains(&word)));
}

/// Some of each kind, which are made and read in no time.
#[test]
fn some_homes() {
    const SOME: &[&str] =
        &["sources that are each other's parents", "inheriting accounts of msmtp", "archives of a store"];
    let some: Vec<_> = homes().filter(|home| SOME.contains(&home.name)).collect();
    assert_eq!(some.len(), SOME.len());
    check(some.into_iter());
}
