//! Settings files below a folder that is neither a disk nor a home.

use super::problem::Problem;
use super::recognise::{
    HEAD, Recognised, has_telling_name, read_unknown, recognise, recognise_at, recognise_folder,
};
use super::rules::{FileRule, Rules};
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
pub(super) fn search(folder: &Path, rules: Rules) -> (Vec<(&'static FileRule, PathBuf)>, Vec<Problem>) {
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
            } else if entry.is_folder {
                match recognise_folder(&path, rules) {
                    Some(rule) => found.push((rule, relative)),
                    None => waiting.push_back((relative, depth + 1)),
                }
            } else if has_telling_name(&entry.name, rules) {
                match recognise_file(&path, rules) {
                    Ok(Some(rule)) => found.push((rule, relative)),
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
        found.extend(unnamed(folder, rules, &mut problems));
    }
    if is_cut {
        problems.push(Problem::cut_short(folder.display().to_string(), MAX_SEEN, MAX_DEPTH));
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    (found, problems)
}

/// Settings files of any name at the top of a folder that holds no others: copies that somebody named, or what was collected
/// of them. Beside others they are the backups that programs keep.
fn unnamed(folder: &Path, rules: Rules, problems: &mut Vec<Problem>) -> Vec<(&'static FileRule, PathBuf)> {
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
        if !is_file || head().and_then(|head| file_of(recognise(&head, rules))).is_none() {
            continue;
        }
        match recognise_file(&path, rules) {
            Ok(rule) => found.extend(rule.map(|rule| (rule, PathBuf::from(&entry.name)))),
            Err(problem) => problems.push(problem),
        }
    }
    found
}

fn recognise_file(path: &Path, rules: Rules) -> Result<Option<&'static FileRule>, Problem> {
    if !look(path)?.is_some_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    Ok(file_of(recognise_at(path, &read_unknown(path, MAX_FILE, rules)?, rules)))
}

/// Registry files are somebody's, or somebody's backup of something.
fn file_of(found: Option<Recognised>) -> Option<&'static FileRule> {
    match found {
        Some(Recognised::File(rule)) => Some(rule),
        Some(Recognised::Hive | Recognised::Export) | None => None,
    }
}
