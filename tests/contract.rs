//! What the program says of every fixture, one line per finding, in one file: tests/contract.txt. Each changed line
//! needs its reason in tests/contract-changes.md. Written anew by
//! `SMTP_AUTH_AUDIT_WRITE_CONTRACT=1 cargo test --test contract`; then read `git diff` line by line.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

mod common;

use common::cases;
use common::reports::run_in;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

const CONTRACT: &str = "tests/contract.txt";
const CHANGES: &str = "tests/contract-changes.md";
/// As 0.1.0 wrote it; never changed.
const FIRST: &str = "fixtures/v0.1/contract.txt";

/// Fewer scans than this mean that some got lost.
const MIN_SCANS: usize = 280;

/// One scan: its name in the contract, the folder in which it runs, and the paths in there and further arguments.
struct Scan {
    name: String,
    folder: PathBuf,
    arguments: Vec<String>,
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(project().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn name_of(folder: &Path) -> String {
    let below = folder.strip_prefix(project().join("fixtures")).unwrap();
    below.to_str().unwrap().replace('\\', "/")
}

/// The cases with a `case.toml`, and those from the field, of which each PATH is scanned by itself.
fn scans() -> Vec<Scan> {
    let mut scans: Vec<Scan> = cases()
        .into_iter()
        .map(|case| Scan {
            name: name_of(&case.folder),
            folder: case.folder,
            arguments: [case.paths, case.arguments].concat(),
        })
        .collect();
    for folder in fs::read_dir(project().join("fixtures/field")).unwrap().map(|entry| entry.unwrap().path()) {
        let Ok(text) = fs::read_to_string(folder.join("source.txt")) else { continue };
        for path in text.lines().filter_map(|line| line.strip_prefix("scan: ")) {
            let name = format!("{} {path}", name_of(&folder));
            scans.push(Scan { name, folder: folder.clone(), arguments: vec![path.to_owned()] });
        }
    }
    scans.sort_by(|a, b| a.name.cmp(&b.name));
    scans
}

/// A value in one word, or in quotes: null is `-`.
fn word(value: &Value) -> String {
    match value {
        Value::Null => "-".to_owned(),
        Value::Array(list) if list.is_empty() => "-".to_owned(),
        Value::Array(list) => list.iter().map(word).collect::<Vec<_>>().join(","),
        Value::String(text) if text.is_empty() || text == "-" => value.to_string(),
        Value::String(text) if text.contains([' ', '"', '=', '\u{3000}']) => value.to_string(),
        Value::String(text) if text.chars().any(char::is_control) => value.to_string(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The lines of one scan: the case, and below it the findings in the order of the report, which is part of the contract.
fn lines(scan: &Scan) -> String {
    let own = scan.arguments.iter().map(String::as_str);
    let arguments: Vec<&str> = ["scan", "--format", "json"].into_iter().chain(own).collect();
    let answer = run_in(&scan.folder, &arguments);
    // A usage error has no report; its exit code is all there is.
    let Ok(report) = serde_json::from_str::<Value>(&answer.stdout) else {
        return format!("{} exit={} complete=-\n", scan.name, answer.exit);
    };
    let mut text = format!("{} exit={} complete={}\n", scan.name, answer.exit, report["scan"]["complete"]);
    for finding in report["findings"].as_array().unwrap() {
        // Where no finding says whose it is, the report does.
        let computer = finding.get("computer").unwrap_or(&report["computer"]);
        write!(text, "  computer={}", word(computer)).unwrap();
        for key in ["user", "client", "account", "id", "verdict", "action", "deviations"] {
            write!(text, " {key}={}", word(&finding[key])).unwrap();
        }
        text.push('\n');
    }
    text
}

/// Several scans at once, one program each.
fn contract(scans: &[Scan]) -> String {
    let next = AtomicUsize::new(0);
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let mut parts = BTreeMap::new();
    std::thread::scope(|scope| {
        let work = || {
            let mut done = Vec::new();
            while let Some(scan) = scans.get(next.fetch_add(1, Ordering::Relaxed)) {
                done.push((scan.name.clone(), lines(scan)));
            }
            done
        };
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        parts.extend(running.into_iter().flat_map(|worker| worker.join().unwrap()));
    });
    parts.into_values().collect()
}

/// The scans of a contract by name, each with its lines.
fn by_name(contract: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut name = "";
    for line in contract.lines() {
        if !line.starts_with(' ') {
            name = line.split(" exit=").next().unwrap();
        }
        found.entry(name).or_default().push(line);
    }
    found
}

/// The lines that are gone and those that are new, below the case to which they belong.
fn difference(old: &str, new: &str) -> String {
    let (old, new) = (by_name(old), by_name(new));
    let mut text = String::new();
    for name in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let none = Vec::new();
        let (was, is) = (old.get(name).unwrap_or(&none), new.get(name).unwrap_or(&none));
        if was == is {
            continue;
        }
        writeln!(text, "{name}").unwrap();
        let gone = was.iter().filter(|line| !is.contains(line)).map(|line| ('-', line));
        let added = is.iter().filter(|line| !was.contains(line)).map(|line| ('+', line));
        let all: Vec<_> = gone.chain(added).collect();
        if all.is_empty() {
            writeln!(text, "  the same lines in another order, or another number of times").unwrap();
        }
        for (sign, line) in all {
            writeln!(text, "  {sign} {}", line.trim_start()).unwrap();
        }
    }
    text
}

#[test]
fn what_is_said_of_every_fixture_stays() {
    let scans = scans();
    assert!(scans.len() >= MIN_SCANS, "only {} scans", scans.len());
    let now = contract(&scans);
    if std::env::var_os("SMTP_AUTH_AUDIT_WRITE_CONTRACT").is_some() {
        fs::write(project().join(CONTRACT), &now).unwrap();
    }
    let kept = read(CONTRACT);
    assert!(
        kept == now,
        "{CONTRACT} says something else (- before, + now):\n\n{}\n\
         If that is meant: write it anew (see the first lines of tests/contract.rs), and each changed line needs its \
         reason in {CHANGES}.",
        difference(&kept, &now)
    );
}

/// The entries: a case in backquotes after a dash, `*` at its end for all that begin so, then the reason.
fn entries(changes: &str) -> Vec<(&str, &str)> {
    let lines = changes.lines().filter_map(|line| line.strip_prefix("- `"));
    lines.map(|line| line.split_once("`: ").unwrap_or_else(|| panic!("{CHANGES}: {line}"))).collect()
}

#[test]
fn each_change_since_the_first_version_has_its_reason() {
    let (first, now, changes) = (read(FIRST), read(CONTRACT), read(CHANGES));
    let (first, now, entries) = (by_name(&first), by_name(&now), entries(&changes));
    let names = |entry: &str, name: &str| match entry.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => entry == name,
    };
    let others: Vec<&str> = first.keys().copied().filter(|name| first.get(name) != now.get(name)).collect();
    let unexplained: Vec<_> =
        others.iter().filter(|name| !entries.iter().any(|(entry, _)| names(entry, name))).collect();
    assert!(unexplained.is_empty(), "not in {CHANGES}: {unexplained:#?}");
    for (entry, reason) in entries {
        assert!(others.iter().any(|name| names(entry, name)), "{CHANGES}: {entry} has not changed");
        assert!(!reason.trim().is_empty(), "{CHANGES}: {entry} has no reason");
    }
}
