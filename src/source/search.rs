//! Settings files below a folder that is neither a disk nor a home.

use super::problem::Problem;
use super::recognise::{FileKind, HEAD, read_unknown, recognise, recognise_at};
use super::system::{MAX_FILE, is_link, list_folder, look, open_file, read_start};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};

/// Limits of the search: entries seen, and levels.
const MAX_SEEN: usize = 20_000;
const MAX_DEPTH: usize = 16;
/// How many files of other names are looked at.
const MAX_UNNAMED: usize = 100;

/// The files below a folder that hold accounts by themselves, with their paths relative to it. Not registry files: below
/// the top they are somebody's backup of something.
pub(super) fn search(folder: &Path) -> (Vec<(FileKind, PathBuf)>, Vec<Problem>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    let mut seen = 0;
    let mut is_cut = false;
    // Level by level: where the limit cuts, what lies near the top was looked at.
    let mut waiting = VecDeque::from([(PathBuf::new(), 0)]);
    while let Some((relative, depth)) = waiting.pop_front() {
        let entries = match list_folder(&folder.join(&relative)) {
            Ok(entries) => entries,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        for entry in entries {
            let relative = relative.join(&entry.name);
            let path = folder.join(&relative);
            if is_link(&path) {
                continue;
            }
            seen += 1;
            if seen > MAX_SEEN || (entry.is_folder && depth == MAX_DEPTH) {
                is_cut = true;
            } else if entry.is_folder && is_ios_backup(&path) {
                found.push((FileKind::IosBackup, relative));
            } else if entry.is_folder {
                waiting.push_back((relative, depth + 1));
            } else if has_telling_name(&entry.name) {
                match recognise_file(&path) {
                    Ok(Some(kind)) => found.push((kind, relative)),
                    Ok(None) => {}
                    Err(problem) => problems.push(problem),
                }
            }
        }
        if seen > MAX_SEEN {
            break;
        }
    }
    if found.is_empty() {
        found.extend(unnamed(folder, &mut problems));
    }
    if is_cut {
        problems.push(Problem::cut_short(folder.display().to_string(), MAX_SEEN, MAX_DEPTH));
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    (found, problems)
}

/// Settings files of any name at the top of a folder that holds no others: copies that somebody named, or what was collected
/// of them. Beside others they are the backups that programs keep.
fn unnamed(folder: &Path, problems: &mut Vec<Problem>) -> Vec<(FileKind, PathBuf)> {
    let files = list_folder(folder).unwrap_or_default().into_iter().filter(|entry| !entry.is_folder);
    let mut found = Vec::new();
    for (number, entry) in files.enumerate() {
        if number == MAX_UNNAMED {
            problems.push(Problem::cut_short(folder.display().to_string(), MAX_UNNAMED, 1));
            break;
        }
        let path = folder.join(&entry.name);
        let is_file =
            !is_link(&path) && look(&path).is_ok_and(|found| found.is_some_and(|found| found.is_file()));
        // Most are nothing, as their beginning shows; some may be large.
        let head = || read_start(open_file(&path).ok()?, path.display().to_string(), HEAD).ok();
        if !is_file || head().and_then(|head| recognise(&head)).is_none_or(is_registry) {
            continue;
        }
        match recognise_file(&path) {
            Ok(kind) => found.extend(kind.map(|kind| (kind, PathBuf::from(&entry.name)))),
            Err(problem) => problems.push(problem),
        }
    }
    found
}

fn recognise_file(path: &Path) -> Result<Option<FileKind>, Problem> {
    if !look(path)?.is_some_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let kind = recognise_at(path, &read_unknown(path, MAX_FILE)?);
    Ok(kind.filter(|kind| !is_registry(*kind)))
}

fn is_registry(kind: FileKind) -> bool {
    matches!(kind, FileKind::Hive | FileKind::RegistryExport)
}

/// Only files that may be settings are opened in a search.
fn has_telling_name(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "prefs.js",
        "mailbox.ini",
        "accounts3.sqlite",
        "accounts4.sqlite",
        // Accounts3.sqlite in an iPhone's backup, which names files with the hashes of their paths
        "943624fd13e27b800cc6d9ce1100c22356ee365c",
        "com.apple.mail.plist",
        "accounts.plist",
        "emailprovider.db",
        "accountrc",
        "account.xml",
        "mailtransports",
        "geary.ini",
        ".msmtprc",
        "msmtprc",
    ];
    const ENDINGS: [&str; 5] = [".oeaccount", ".mobileconfig", ".ab", ".k9s", ".source"];
    let name = name.to_lowercase();
    // Sub-accounts of QMAIL3: account_NAME.xml.
    let is_sub_account =
        name.strip_prefix("account_").is_some_and(|rest| rest.strip_suffix(".xml").is_some());
    NAMES.contains(&name.as_str()) || ENDINGS.iter().any(|ending| name.ends_with(ending)) || is_sub_account
}

/// A backup of an iPhone or iPad: its list of files (Manifest.db from iOS 10 on, Manifest.mbdb before) or what says how
/// it is encrypted, beside the description of the device.
pub(super) fn is_ios_backup(folder: &Path) -> bool {
    let has = |name: &str| look(&folder.join(name)).ok().flatten().is_some_and(|metadata| metadata.is_file());
    let lists = ["Manifest.db", "Manifest.mbdb", "Manifest.plist"];
    lists.iter().any(|name| has(name)) && (has("Info.plist") || has("Status.plist"))
}
