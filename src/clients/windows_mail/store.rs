//! Where Windows Mail and Windows Live Mail keep their account files.

use super::settings::STORE_ROOT;
use crate::clients::settings::Settings;
use crate::model::{InUse, IssueKind};
use crate::source::{Problem, User};
use std::collections::VecDeque;

/// Levels below the store, and folders in all, that are looked through.
const MAX_DEPTH: usize = 8;
const MAX_FOLDERS: usize = 20_000;

/// Folders in which the program keeps copies of other things, accounts among them.
const COPIES: [&str; 2] = ["Storage Folders", "Backup"];

/// A folder with account files somewhere below.
pub(super) struct Store {
    /// As a person types it, without a backslash at the end.
    pub(super) folder: String,
    /// Whether the program uses it.
    pub(super) in_use: InUse,
    /// Tells it from another store with the same files in it: part of the finding's id.
    pub(super) id: &'static str,
    /// The files, those nearest to the top first.
    pub(super) files: Vec<AccountFile>,
}

/// One account file.
pub(super) struct AccountFile {
    /// Where it lies, for `User::read`.
    pub(super) path: String,
    /// Its folder, relative to the store; empty for the store itself.
    pub(super) parent: String,
    /// Its name.
    pub(super) name: String,
    /// Whether the program uses it, as far as its place tells.
    pub(super) in_use: InUse,
}

/// The store that the registry names, and the usual one: what is left there after a move is no longer in use.
pub(super) fn stores(
    name: &str,
    registry: Option<&Settings>,
    user: &User,
    problems: &mut Vec<Problem>,
) -> Vec<Store> {
    let usual = format!(r"%LOCALAPPDATA%\Microsoft\{name}");
    let named = registry.and_then(|key| key.peek_text(STORE_ROOT)).map(|path| path.trim_end_matches('\\'));
    let mut stores = Vec::new();
    if let Some(path) = named.filter(|path| !path.is_empty()) {
        match files_below(path, user, problems) {
            Ok(Some(files)) => {
                stores.push(Store { folder: path.to_owned(), in_use: InUse::Yes, id: "", files });
            }
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if stores.first().is_some_and(|store| is_same(user, &store.folder, &usual)) {
        return stores;
    }
    // Without a word of the registry about it, the usual folder is the default.
    let in_use = match (&*stores, named, registry) {
        ([_, ..], _, _) => InUse::No,
        ([], None, Some(_)) => InUse::Yes,
        _ => InUse::Unknown,
    };
    let id = if in_use == InUse::No { r"left behind\" } else { "" };
    match files_below(&usual, user, problems) {
        Ok(Some(files)) => stores.push(Store { folder: usual, in_use, id, files }),
        Ok(None) => {}
        // It was only a guess: nobody said that there is anything.
        Err(problem) if problem.kind == IssueKind::Outside && registry.is_none() => {}
        Err(problem) => problems.push(problem),
    }
    stores
}

fn is_same(user: &User, one: &str, other: &str) -> bool {
    user.place(one).to_lowercase() == user.place(other).to_lowercase()
}

/// Every `*.oeaccount` below the folder: names and levels of the folders between follow no rule that one could rely on.
fn files_below(
    folder: &str,
    user: &User,
    problems: &mut Vec<Problem>,
) -> Result<Option<Vec<AccountFile>>, Problem> {
    let Some(top) = user.list(folder)? else { return Ok(None) };
    let mut files = Vec::new();
    let mut waiting = VecDeque::from([(String::new(), 0, top)]);
    let mut folders = 0;
    let mut is_cut = false;
    while let Some((parent, depth, entries)) = waiting.pop_front() {
        for entry in entries {
            if entry.is_file && is_account(&entry.name) {
                let path = format!(r"{folder}\{}", joined(&parent, &entry.name));
                let parent = parent.clone();
                files.push(AccountFile { path, parent, name: entry.name.clone(), in_use: InUse::Yes });
            }
            if !entry.is_folder {
                continue;
            }
            folders += 1;
            if depth == MAX_DEPTH || folders > MAX_FOLDERS {
                is_cut = true;
                continue;
            }
            let below = joined(&parent, &entry.name);
            match user.list(&format!(r"{folder}\{below}")) {
                Ok(Some(entries)) => waiting.push_back((below, depth + 1, entries)),
                Ok(None) => {}
                Err(problem) => problems.push(problem),
            }
        }
    }
    if is_cut {
        problems.push(Problem::cut_short(user.place(folder), MAX_FOLDERS, MAX_DEPTH));
    }
    mark_copies(&mut files);
    Ok(Some(files))
}

fn joined(parent: &str, name: &str) -> String {
    if parent.is_empty() { name.to_owned() } else { format!(r"{parent}\{name}") }
}

fn is_account(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("oeaccount"))
}

/// What lies among copies is no longer in use if the original is there too; else nobody knows.
pub(super) fn mark_copies(files: &mut [AccountFile]) {
    let among_copies = |file: &AccountFile| {
        file.parent.split('\\').any(|part| COPIES.iter().any(|folder| part.eq_ignore_ascii_case(folder)))
    };
    let originals: Vec<String> =
        files.iter().filter(|file| !among_copies(file)).map(|file| file.name.to_lowercase()).collect();
    for file in files.iter_mut().filter(|file| among_copies(file)) {
        let is_copy = originals.contains(&file.name.to_lowercase());
        file.in_use = if is_copy { InUse::No } else { InUse::Unknown };
    }
}
