//! Settings files below a folder that is neither a disk nor a home.

use super::problem::Problem;
use super::recognise::{FileKind, read_unknown, recognise_at};
use super::system::{MAX_FILE, list_folder, look};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};

/// Limits of the search: entries seen, and levels.
const MAX_SEEN: usize = 20_000;
const MAX_DEPTH: usize = 16;

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
            if path.is_symlink() {
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
    if is_cut {
        problems.push(Problem::cut_short(folder.display().to_string(), MAX_SEEN, MAX_DEPTH));
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    (found, problems)
}

fn recognise_file(path: &Path) -> Result<Option<FileKind>, Problem> {
    if !look(path)?.is_some_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let kind = recognise_at(path, &read_unknown(path, MAX_FILE)?);
    Ok(kind.filter(|kind| !matches!(kind, FileKind::Hive | FileKind::RegistryExport)))
}

/// Only files that may be settings are opened in a search.
fn has_telling_name(name: &str) -> bool {
    const NAMES: [&str; 13] = [
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
