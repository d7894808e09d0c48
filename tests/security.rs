//! docs/security.md promises nothing that no test holds, docs/dependencies.md names what is there, and unsafe code stands where
//! it is listed.
#![expect(clippy::disallowed_methods, reason = "tests read the project's own files")]
#![expect(clippy::panic, clippy::indexing_slicing, reason = "that is how a test fails")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const PROJECT: &str = env!("CARGO_MANIFEST_DIR");

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(PROJECT).join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The rows of the tables of a page, each with what is said to hold it.
fn promises(page: &str) -> Vec<(String, Vec<String>)> {
    let text = read(page);
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| | ") && !line.starts_with("| ---"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        assert_eq!(cells.len(), 2, "{page}: {row}");
        let held = cells[1].split('`').skip(1).step_by(2).map(str::to_owned).collect();
        (cells[0].trim().to_owned(), held)
    })
    .collect()
}

#[test]
fn what_is_promised_is_held() {
    let english = promises("docs/security.md");
    assert!(english.len() >= 18, "{}", english.len());
    for (promise, held) in &english {
        assert!(!held.is_empty(), "nothing holds: {promise}");
        for by in held {
            assert!(is_there(by), "{by} is not there: {promise}");
        }
    }
    // The same in the other language.
    let japanese = promises("docs/security.ja.md");
    let held = |promises: &[(String, Vec<String>)]| {
        promises.iter().map(|(_, held)| held.clone()).collect::<Vec<_>>()
    };
    assert_eq!(held(&english), held(&japanese));
}

/// `tests/file.rs: name of a test`, a check of `.ci/full` likewise, or a file.
fn is_there(by: &str) -> bool {
    if let Some((file, test)) = by.split_once(": ") {
        let lines: Vec<String> = read(file).lines().map(str::to_owned).collect();
        let at = lines.iter().position(|line| line.trim().starts_with(&format!("fn {test}(")));
        // A test, and not something else of its name.
        return at
            .is_some_and(|at| lines[at.saturating_sub(3)..at].iter().any(|line| line.trim() == "#[test]"));
    }
    match by.strip_prefix(".ci/full ") {
        Some(check) => read(".ci/full").contains(&format!("\ncheck_{check}()")),
        None => Path::new(PROJECT).join(by).is_file(),
    }
}

#[test]
fn what_is_not_there_is_seen() {
    assert!(
        is_there("tests/security.rs: what_is_promised_is_held")
            && is_there("deny.toml")
            && is_there(".ci/full rollout")
    );
    assert!(
        !is_there("tests/security.rs: promises")
            && !is_there("tests/security.rs: nothing")
            && !is_there(".ci/full nothing")
    );
}

/// Files with unsafe code, each of which says so in its first lines.
const UNSAFE: [&str; 1] = ["src/source/win/mod.rs"];

#[test]
fn unsafe_code_stands_only_where_it_is_listed() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    assert_eq!(manifest["lints"]["rust"]["unsafe_code"].as_str(), Some("deny"));
    let mut folders = vec![PathBuf::from(PROJECT).join("src")];
    let mut found = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read_to_string(&path).is_ok_and(|text| text.contains("(unsafe_code")) {
                found.insert(path.strip_prefix(PROJECT).unwrap().to_string_lossy().replace('\\', "/"));
            }
        }
    }
    assert_eq!(found, UNSAFE.map(str::to_owned).into());
}

#[test]
fn each_direct_dependency_is_reviewed() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let mut names = BTreeSet::new();
    let mut add = |table: &toml::Value| names.extend(table.as_table().unwrap().keys().cloned());
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        add(&manifest[section]);
    }
    for target in manifest["target"].as_table().unwrap().values() {
        add(&target["dependencies"]);
    }
    let page = read("docs/dependencies.md");
    let listed: BTreeSet<String> = page
        .lines()
        .filter_map(|line| line.strip_prefix("| `"))
        .map(|rest| rest.split('`').next().unwrap().to_owned())
        .collect();
    assert_eq!(names, listed);
}
