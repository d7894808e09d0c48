//! Where the roots are: folders that hold profiles.ini.

use super::files::PROFILES_INI;
use super::join;
use super::program::name_of_root;
use crate::model::IssueKind;
use crate::source::system::Entry;
use crate::source::{Problem, User};

/// Places that are known. `*` stands for any part of a folder's name.
/// Thunderbird's: comm-central mail/moz.configure, tb-snap/thunderbird.snapcraft.yaml.in, flathub's READMEs, scripts of
/// users for the Microsoft Store's package. SeaMonkey's: comm-central SeamonkeyProfileImporter. Postbox's: its
/// support.
pub(super) const ROOTS: &[&str] = &[
    r"%APPDATA%\Thunderbird",
    r"%LOCALAPPDATA%\Packages\MozillaThunderbird.MZLA_*\LocalCache\Roaming\Thunderbird",
    "~/Library/Thunderbird",
    "~/.thunderbird",
    "~/snap/thunderbird/common/.thunderbird",
    "~/.var/app/*/.thunderbird",
    "~/.mozilla-thunderbird",
    "~/.icedove",
    LEFT_OVER,
    r"%APPDATA%\Mozilla\SeaMonkey",
    "~/Library/Application Support/SeaMonkey",
    "~/.mozilla/seamonkey",
    r"%APPDATA%\PostboxApp",
    r"%APPDATA%\Postbox",
    "~/Library/Application Support/PostboxApp",
    "~/Library/Application Support/Postbox",
];
/// Where Debian's start script put Icedove's folder after it had copied it to Thunderbird's (thunderbird-wrapper-helper.sh).
const LEFT_OVER: &str = "~/.icedove_moved_by_thunderbird_starter";
/// Below these, one and two levels down, relatives that nobody listed are found by their profiles.ini.
const SEARCHED: [&str; 4] = ["%APPDATA%\\", "~/Library", "~/Library/Application Support", "~/"];
/// Limits of that search: folders on the first level, and below each of them.
const MAX_FIRST: usize = 300;
const MAX_SECOND: usize = 60;

/// A folder with profiles.
#[derive(Debug)]
pub(super) struct Root {
    /// As a person types it.
    pub(super) path: String,
    /// The program's name, by the folder's.
    pub(super) name: String,
    /// True if the folder is no known place: it may be a browser's.
    pub(super) is_guess: bool,
    /// True if an upgrade left the folder behind.
    pub(super) is_left_over: bool,
}

/// The roots that exist.
pub(super) fn roots(user: &User, problems: &mut Vec<Problem>) -> Vec<Root> {
    let mut roots: Vec<Root> = Vec::new();
    for pattern in ROOTS {
        match expand(user, pattern) {
            Ok(paths) => {
                roots.extend(paths.into_iter().map(|path| root(path, false)));
            }
            Err(problem) => problems.push(problem),
        }
    }
    for base in SEARCHED {
        for path in search(user, base, problems) {
            if !roots.iter().any(|known| same_path(&known.path, &path)) {
                roots.push(root(path, true));
            }
        }
    }
    roots
}

fn root(path: String, is_guess: bool) -> Root {
    Root { name: name_of_root(last_part(&path)), is_left_over: path == LEFT_OVER, path, is_guess }
}

fn expand(user: &User, pattern: &str) -> Result<Vec<String>, Problem> {
    let Some((head, tail)) = pattern.split_once('*') else { return Ok(vec![pattern.to_owned()]) };
    let cut = head.rfind(['\\', '/']).map_or(0, |at| at + 1);
    let (folder, beginning) = head.split_at(cut);
    let beginning = beginning.to_lowercase();
    let entries = user.list(folder)?.unwrap_or_default();
    let fits = |entry: &&Entry| entry.is_folder && entry.name.to_lowercase().starts_with(&beginning);
    Ok(entries.iter().filter(fits).map(|entry| format!("{folder}{}{tail}", entry.name)).collect())
}

/// Folders with a profiles.ini one and two levels below, and what could not be looked at of them.
fn search(user: &User, base: &str, problems: &mut Vec<Problem>) -> Vec<String> {
    let mut found = Vec::new();
    for first in folders(user, base, problems).into_iter().take(MAX_FIRST) {
        // Programs that put something right into a Unix home hide it.
        if base == "~/" && !first.starts_with('.') {
            continue;
        }
        let first = join(base, &first);
        let entries = listed(user, &first, problems);
        if holds_profiles(&entries) {
            found.push(first);
            continue;
        }
        for second in entries.iter().filter(|entry| entry.is_folder).take(MAX_SECOND) {
            let second = join(&first, &second.name);
            match user.read(&join(&second, PROFILES_INI.id), &PROFILES_INI) {
                Ok(Some(_)) => found.push(second),
                Ok(None) => {}
                Err(problem) => problems.extend(Some(problem).filter(is_out_of_reach)),
            }
        }
    }
    found
}

/// The entries of a folder that may be anybody's: of what it is only is told that nobody can look.
fn listed(user: &User, path: &str, problems: &mut Vec<Problem>) -> Vec<Entry> {
    match user.list(path) {
        Ok(entries) => entries.unwrap_or_default(),
        Err(problem) => {
            problems.extend(Some(problem).filter(is_out_of_reach));
            Vec::new()
        }
    }
}

/// True for what may hold mail and can't be looked at, whatever program's it is.
pub(super) fn is_out_of_reach(problem: &Problem) -> bool {
    matches!(problem.kind, IssueKind::Denied | IssueKind::Locked | IssueKind::Io)
}

fn folders(user: &User, path: &str, problems: &mut Vec<Problem>) -> Vec<String> {
    let entries = listed(user, path, problems);
    entries.into_iter().filter(|entry| entry.is_folder).map(|entry| entry.name).collect()
}

fn holds_profiles(entries: &[Entry]) -> bool {
    entries.iter().any(|entry| entry.is_file && entry.name.eq_ignore_ascii_case(PROFILES_INI.id))
}

pub(super) fn last_part(path: &str) -> &str {
    path.trim_end_matches(['\\', '/']).rsplit(['\\', '/']).next().unwrap_or_default()
}

/// True for paths of Windows, which knows no difference of case.
pub(super) fn folds_case(path: &str) -> bool {
    path.starts_with('%') || path.contains('\\') || path.get(1..2) == Some(":")
}

/// Without regard to the kind of slash, and to case where the system has none.
pub(super) fn normal(path: &str, folds_case: bool) -> String {
    let path = path.replace('\\', "/");
    let path = path.trim_matches('/');
    if folds_case { path.to_lowercase() } else { path.to_owned() }
}

fn same_path(a: &str, b: &str) -> bool {
    let folds = folds_case(a) && folds_case(b);
    normal(a, folds) == normal(b, folds)
}
