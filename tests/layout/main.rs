//! The order of the modules, as `src/lib.rs` lists them: each uses only those above it, no files use each other in a
//! circle, and none outgrows a screenful of thought.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

mod house;
mod names;
mod snippets;
mod strangers;
mod uses;
mod words;

use house::{House, Module, Use, circles};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// `formats` and `report` stand side by side and know nothing of each other, nor of verdicts.
const STRANGERS: [(&str, &str); 4] =
    [("formats", "report"), ("report", "formats"), ("formats", "classify"), ("report", "classify")];

/// What several clients share.
const SHARED: &[&str] = &[
    "asks",
    "changing",
    "accountrc",
    "dialogue",
    "key_file",
    "keys",
    "sections",
    "settings",
    "distinct",
    "look",
    "parts",
    "steps",
    "system",
    "internet_mail",
    "which_outlook",
    "ios_backup",
    "apple_accounts",
];

/// Rooms in which a file may still use the file above it although that one uses it: what both need is to move to a file
/// of its own. A room without such a circle leaves the list.
const UPWARD: [(&str, &str); 5] = [
    ("formats", "the readers of property lists and of prefs.js name the types of the file above them"),
    ("report", "the sheet of the HTML report names its pieces"),
    ("clients", "what a client is stands in the table itself; a client's files name its constants"),
    ("fleet", "the parts of the HTML overview name its pieces"),
    ("cli", "the commands name what they share in the file above them"),
];

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

/// What the files use of each other.
static USES: LazyLock<Vec<Use>> = LazyLock::new(|| {
    let mut files = Vec::new();
    sources(&source_folder(), &mut files);
    let texts: Vec<(String, String)> = files
        .iter()
        .map(|path| {
            let relative = path.strip_prefix(source_folder()).unwrap().to_string_lossy().replace('\\', "/");
            (relative, fs::read_to_string(path).unwrap())
        })
        .collect();
    House::of(texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))).uses()
});

/// The modules of `lib.rs`, in its order.
fn order() -> Vec<String> {
    let map = fs::read_to_string(source_folder().join("lib.rs")).unwrap();
    let names = map.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

/// Where a module uses one below it, or a stranger.
fn against_order(uses: &[Use], order: &[String]) -> Vec<String> {
    let rank = |name: &String| order.iter().position(|known| known == name);
    let mut wrong = Vec::new();
    for used in uses {
        // The root and the program stand above all.
        let Some(own) = used.from.first().filter(|own| *own != "main") else { continue };
        let others: BTreeSet<&String> = used.way.iter().filter_map(|module| module.first()).collect();
        for other in others.into_iter().filter(|other| *other != own) {
            if rank(own).is_none() || rank(other) > rank(own) || STRANGERS.contains(&(own, other)) {
                wrong.push(format!("{}:{}: {own} uses {other}", used.from.join("::"), used.line));
            }
        }
    }
    wrong
}

/// Where a client uses another.
fn between_clients(uses: &[Use]) -> Vec<String> {
    let client = |module: &Module| match module.as_slice() {
        [first, name, ..] if first == "clients" && !SHARED.contains(&name.as_str()) => Some(name.clone()),
        _ => None,
    };
    let mut wrong = Vec::new();
    for used in uses {
        let Some(own) = client(&used.from) else { continue };
        if let Some(other) = used.way.iter().filter_map(client).find(|other| *other != own) {
            wrong.push(format!("{}:{}: {own} uses {other}", used.from.join("::"), used.line));
        }
    }
    wrong
}

/// Circles of files, where each use of the file above counts except in these rooms.
fn circles_except<'u>(uses: &'u [Use], upward: &[&str]) -> BTreeSet<BTreeSet<&'u Module>> {
    let is_counted = |from: &Module, to: &Module| {
        let is_upward = from.len() > to.len() && from.starts_with(to);
        !is_upward || from.first().is_none_or(|room| !upward.contains(&room.as_str()))
    };
    circles(uses.iter().map(|used| (&used.from, used.to())).filter(|(from, to)| is_counted(from, to)))
}

#[test]
fn a_module_uses_only_those_above_it() {
    let order = order();
    assert!(order.len() >= 8, "lib.rs lists {order:?}");
    let wrong = against_order(&USES, &order);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn clients_know_nothing_of_each_other() {
    let wrong = between_clients(&USES);
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whatever two files of a folder both need stands in a file of its own: not in one of the two, and not in the file above
/// them, which uses them. So each file can be understood by reading on in one direction.
#[test]
fn no_files_use_each_other_in_a_circle() {
    let rooms = UPWARD.map(|(room, _)| room);
    let mut wrong = Vec::new();
    for circle in &circles_except(&USES, &rooms) {
        let within = USES.iter().filter(|used| {
            used.from != *used.to() && circle.contains(&used.from) && circle.contains(used.to())
        });
        let lines: BTreeSet<String> = within
            .map(|used| format!("{}:{} uses {}", used.from.join("::"), used.line, used.to().join("::")))
            .collect();
        wrong.push(format!("a circle:\n{}\n", Vec::from_iter(lines).join("\n")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_exceptions_to_circles_are_needed() {
    for (room, _) in UPWARD {
        let others: Vec<&str> = UPWARD.iter().map(|(room, _)| *room).filter(|other| *other != room).collect();
        let needs = !circles_except(&USES, &others).is_empty();
        assert!(needs, "{room} has no circle with the file above any more: it leaves the list");
    }
}

/// `x.rs` beside `x/`. What lies there may be the tests of `x.rs` alone: they are no module below it for a reader.
fn beside_their_folders() -> Vec<String> {
    let mut files = Vec::new();
    sources(&source_folder(), &mut files);
    let has_modules = |path: &&PathBuf| {
        let folder = path.with_extension("");
        files.iter().any(|below| below.starts_with(&folder) && !below.ends_with("tests.rs"))
    };
    let relative =
        |path: &PathBuf| path.strip_prefix(source_folder()).unwrap().to_string_lossy().replace('\\', "/");
    files.iter().filter(has_modules).map(relative).collect()
}

#[test]
fn a_module_lies_in_the_folder_of_those_below_it() {
    let found = beside_their_folders();
    assert!(found.is_empty(), "the place of each is mod.rs in the folder: {found:?}");
}

#[test]
fn classify_names_no_client() {
    let text = fs::read_to_string(source_folder().join("classify/mod.rs")).unwrap().to_lowercase();
    for name in ["outlook", "becky", "thunderbird", "apple", "sylpheed", "windows"] {
        assert!(!text.contains(name), "classify/mod.rs speaks of {name}");
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
