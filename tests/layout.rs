//! The order of the modules, as `src/lib.rs` lists them: each uses only those above it, and no file outgrows a screenful
//! of thought.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Source files above this need another division, in lines.
const LONGEST: usize = 400;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn source_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// `src/source/hive/log.rs` belongs to `source`.
fn module_of(path: &Path) -> String {
    let relative = path.strip_prefix(source_folder()).unwrap();
    let first = relative.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn a_module_uses_only_those_above_it() {
    let map = fs::read_to_string(source_folder().join("lib.rs")).unwrap();
    let order: BTreeMap<&str, usize> = map
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ").map(|rest| rest.trim_end_matches(';')))
        .enumerate()
        .map(|(rank, name)| (name, rank))
        .collect();
    assert!(order.len() >= 8, "lib.rs lists {order:?}");
    // `formats` and `report` stand side by side and know nothing of each other.
    let strangers =
        [("formats", "report"), ("report", "formats"), ("formats", "classify"), ("report", "classify")];
    let mut files = Vec::new();
    sources(&source_folder(), &mut files);
    let mut wrong = Vec::new();
    for path in files.iter().filter(|path| !path.ends_with("lib.rs") && !path.ends_with("main.rs")) {
        let own = module_of(path);
        let text = fs::read_to_string(path).unwrap();
        for (number, line) in
            text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//"))
        {
            for used in line.split("crate::").skip(1) {
                let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let Some(rank) = order.get(name.as_str()) else { continue };
                if *rank > order[own.as_str()] || strangers.contains(&(own.as_str(), name.as_str())) {
                    wrong.push(format!("{}:{}: {own} uses {name}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn clients_know_nothing_of_each_other() {
    let clients = source_folder().join("clients");
    let shared = [
        "accountrc",
        "settings",
        "steps",
        "internet_mail",
        "which_outlook",
        "mod",
        "ios_backup",
        "apple_accounts",
    ];
    let mut files = Vec::new();
    sources(&clients, &mut files);
    let name_of = |path: &Path| {
        let first = path.strip_prefix(&clients).unwrap().components().next().unwrap();
        first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
    };
    let names: Vec<String> =
        files.iter().map(|path| name_of(path)).filter(|n| !shared.contains(&n.as_str())).collect();
    for path in files.iter().filter(|path| !shared.contains(&name_of(path).as_str())) {
        let text = fs::read_to_string(path).unwrap();
        for other in names.iter().filter(|name| **name != name_of(path)) {
            assert!(!text.contains(&format!("clients::{other}::")), "{} uses {other}", path.display());
            assert!(!text.contains(&format!("super::{other}::")), "{} uses {other}", path.display());
        }
    }
}

#[test]
fn classify_names_no_client() {
    let text = fs::read_to_string(source_folder().join("classify.rs")).unwrap().to_lowercase();
    for name in ["outlook", "becky", "thunderbird", "apple", "sylpheed", "windows"] {
        assert!(!text.contains(name), "classify.rs speaks of {name}");
    }
}

#[test]
fn files_say_their_job_and_stay_short() {
    let mut files = Vec::new();
    sources(&source_folder(), &mut files);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{}: the first line says the file's job", path.display());
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{}: {lines} lines", path.display());
    }
}
