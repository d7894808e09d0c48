//! Where Becky! keeps its mailboxes: the folder that the registry names, the usual ones, and their neighbours.

use super::settings::{DATA_DIR, FOLDER_LST, REGISTRY};
use crate::clients::keys::settings_of;
use crate::model::{IssueKind, limits};
use crate::source::system::Entry;
use crate::source::{Problem, User};

/// Folders beside a data folder that are looked into.
const MAX_SISTERS: usize = limits::PROFILES.count();

/// A folder with mailboxes.
pub(super) struct DataFolder {
    /// As a person types it, without a backslash at the end.
    pub(super) path: String,
    /// True if it is the one that the registry names.
    pub(super) is_named: bool,
    /// Part of the finding's id: relative to the home where it lies in it.
    pub(super) store: String,
    /// The names of the folders with a `Mailbox.ini`.
    pub(super) mailboxes: Vec<String>,
}

/// All data folders of one user. The start-up option of Becky! chooses among several (tokyocafe.net/slog/?eid=760).
pub(super) fn data_folders(
    user: &User,
    problems: &mut Vec<Problem>,
) -> (Vec<DataFolder>, Result<(), Problem>) {
    let (registry, outcome) = match user.top(REGISTRY.id, &REGISTRY) {
        Ok(key) => (key, Ok(())),
        Err(problem) => (None, Err(problem)),
    };
    let settings = registry.as_ref().map(|key| settings_of(key, REGISTRY.facts));
    let named = settings.as_ref().and_then(|settings| settings.peek_text(DATA_DIR));
    let named = named.map(|path| path.trim().trim_end_matches('\\')).filter(|path| !path.is_empty());
    let mut folders = Vec::new();
    if let Some(path) = named {
        match user.list(path) {
            Ok(entries) => take(user, path, true, &entries.unwrap_or_default(), &mut folders),
            Err(problem) => problems.push(problem),
        }
    }
    for path in usual_places(user) {
        match user.list(&path) {
            Ok(entries) => take(user, &path, false, &entries.unwrap_or_default(), &mut folders),
            // A guess that leads elsewhere is no problem, unless nothing else is known of a Becky! that is there.
            Err(problem) if problem.kind == IssueKind::Outside && (registry.is_none() || named.is_some()) => {
            }
            Err(problem) => problems.push(problem),
        }
    }
    for path in sisters(user, &folders) {
        if let Ok(Some(entries)) = user.list(&path) {
            take(user, &path, false, &entries, &mut folders);
        }
    }
    (folders, outcome)
}

/// mobile-gear.net/support/becky/dir01.htm, Thunderbird's importer (nsBeckyUtils.cpp), read-me files of plug-ins. The
/// folders of several users lie side by side on the drive: only the one that bears this user's name is this user's.
fn usual_places(user: &User) -> Vec<String> {
    let mut places = vec![r"%DOCUMENTS%\Becky".to_owned()];
    if let Some(name) = &user.name {
        places.extend(
            [
                r"%SYSTEMDRIVE%\Becky!",
                r"%PROGRAMFILES%\RimArts\B2\Users",
                r"%PROGRAMFILES(X86)%\RimArts\B2\Users",
            ]
            .map(|parent| format!(r"{parent}\{name}")),
        );
    }
    places
}

/// Takes a folder that holds mailboxes, unless it was met by another path.
fn take(user: &User, path: &str, is_named: bool, entries: &[Entry], folders: &mut Vec<DataFolder>) {
    let place = user.place(path).to_lowercase();
    if !is_data_folder(entries) || folders.iter().any(|known| user.place(&known.path).to_lowercase() == place)
    {
        return;
    }
    folders.push(DataFolder {
        path: path.to_owned(),
        is_named,
        store: below_home(user, path).unwrap_or_else(|| path.to_lowercase().replace("%systemdrive%", "c:")),
        mailboxes: entries.iter().filter(|entry| is_mailbox(entry)).map(|entry| entry.name.clone()).collect(),
    });
}

fn is_data_folder(entries: &[Entry]) -> bool {
    entries
        .iter()
        .any(|entry| is_mailbox(entry) || (entry.is_file && entry.name.eq_ignore_ascii_case(FOLDER_LST.id)))
}

fn is_mailbox(entry: &Entry) -> bool {
    entry.is_folder && entry.name.to_lowercase().ends_with(".mb")
}

/// The folders beside the data folders, in the user's home only: elsewhere they may be somebody else's.
fn sisters(user: &User, folders: &[DataFolder]) -> Vec<String> {
    let mut found = Vec::new();
    for folder in folders.iter().filter(|folder| below_home(user, &folder.path).is_some()) {
        let Some((parent, _)) = folder.path.rsplit_once('\\') else { continue };
        let entries = user.list(parent).ok().flatten().unwrap_or_default();
        let names = entries.into_iter().filter(|entry| entry.is_folder).take(MAX_SISTERS);
        found.extend(names.map(|entry| format!(r"{parent}\{}", entry.name)));
    }
    found
}

/// The path relative to the home, in lower case; `None` if it lies elsewhere.
fn below_home(user: &User, path: &str) -> Option<String> {
    let typed = |path: &str| user.place(path).replace('/', "\\").to_lowercase();
    let home = typed(r"%USERPROFILE%\");
    let rest = typed(path).strip_prefix(home.trim_end_matches('\\'))?.strip_prefix('\\')?.to_owned();
    (!rest.is_empty()).then_some(rest)
}
