//! What lies in the PATHs of a tree, by plain recursion and a scan of each thing by itself: none of the program's own walk.

use crate::forest::Forest;
use crate::pieces::is_mark;
use crate::report_of;
use smtp_auth_audit::clients;
use smtp_auth_audit::model::{Finding, IssueKind};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// By what an account is recognised. Not by its client: by itself a file may not tell which of two wrote it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Account {
    pub(crate) host: Option<String>,
    pub(crate) name: String,
    /// What stands in its hosts and addresses: of the same name there may be many.
    pub(crate) marks: BTreeSet<String>,
}

/// Something of which a scan by itself says something.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) path: PathBuf,
    pub(crate) accounts: Vec<Account>,
    pub(crate) issues: Vec<IssueKind>,
    /// Where it lies, for the figures.
    pub(crate) place: &'static str,
    /// A rule says why it need not be read.
    pub(crate) is_superseded: bool,
}

/// Levels below a PATH.
const DEEPEST: usize = 32;
/// So many files at the top of a PATH may have any name.
const ANY_NAME: usize = 100;

/// Folders that are not walked, in lower case.
const PRUNED: &[&str] = &[
    "windows",
    "program files",
    "program files (x86)",
    "$recycle.bin",
    "system volume information",
    "temp",
    "cache",
    "caches",
    ".cache",
    "node_modules",
    ".git",
];
/// Those of the systems, at the top of a disk.
const OF_SYSTEM: &[&str] = &["proc", "sys", "dev", "run", "usr", "nix", "snap", "System"];

/// What of the scan of one thing is none of it: the program doesn't know this kind of file, whatever its name says.
const UNKNOWN: &str = "not a kind of file that this program reads";

pub(crate) fn account(finding: &Finding) -> Account {
    let read = &finding.account;
    let host = read.outgoing.seen().and_then(|seen| seen.host);
    let incoming = read.incoming.as_ref().and_then(|incoming| incoming.host.as_ref());
    let texts = host.iter().chain(incoming).chain(&read.addresses).chain([&read.name]);
    let marks = texts
        .flat_map(|text| text.split(['.', '@']))
        .filter(|part| is_mark(part))
        .map(str::to_owned)
        .collect();
    Account { host, name: read.name.clone(), marks }
}

impl Account {
    /// True if all that is known of this one fits. An account may be called by its folder's name: by itself it has none.
    pub(crate) fn is(&self, other: &Self) -> bool {
        (self.host.is_none() || self.host == other.host) && self.marks.is_subset(&other.marks)
    }
}

/// All candidates of a tree.
pub(crate) fn candidates(forest: &Forest) -> Vec<Candidate> {
    let mut found = Vec::new();
    for path in &forest.paths {
        let mut walk = Walk { forest, found: Vec::new() };
        if path.is_dir() {
            walk.folder(path, 0, None);
        } else {
            walk.found.push(path.clone());
        }
        found.extend(walk.found.iter().filter_map(|path| candidate(forest, path)));
    }
    found
}

fn candidate(forest: &Forest, path: &Path) -> Option<Candidate> {
    let report = report_of(std::slice::from_ref(&path.to_owned()));
    let is_named = path.is_dir() || is_telling(path) || has_ending(path, "reg");
    let counts = |message: &str| !message.contains(UNKNOWN) && (is_named || !message.contains("is empty"));
    let issues = report.issues.iter().filter(|issue| counts(&issue.message.en)).map(|issue| issue.kind);
    let found = Candidate {
        // What has no number could be any file's.
        accounts: report.findings.iter().map(account).filter(|account| !account.marks.is_empty()).collect(),
        issues: issues.collect(),
        place: place(forest, path),
        is_superseded: is_superseded(forest, path),
        path: path.to_owned(),
    };
    (!found.accounts.is_empty() || !found.issues.is_empty()).then_some(found)
}

fn place(forest: &Forest, path: &Path) -> &'static str {
    let is_in_home = forest.homes.iter().any(|home| path.starts_with(&home.folder));
    match (forest.own.contains(path), is_in_home) {
        (true, _) => "of a home",
        (false, true) => "loose in a home",
        (false, false) => "outside of homes",
    }
}

/// An export beside the hive of the person whose home it is.
fn is_superseded(forest: &Forest, path: &Path) -> bool {
    let folder = path.parent().unwrap();
    has_ending(path, "reg")
        && forest.homes.iter().any(|home| home.folder == folder)
        && folder.join("NTUSER.DAT").is_file()
}

struct Walk<'a> {
    forest: &'a Forest,
    found: Vec<PathBuf>,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Path, depth: usize, home: Option<&Path>) {
        let is_home = self.forest.homes.iter().any(|home| home.folder == folder);
        let home = if is_home { Some(folder) } else { home };
        if self.forest.backups.contains(folder) {
            if home.is_none() || self.forest.own.contains(folder) {
                self.found.push(folder.to_owned());
            }
            return;
        }
        // A folder that can't be listed is a candidate by itself.
        let Ok(entries) = fs::read_dir(folder) else { return self.found.push(folder.to_owned()) };
        let mut entries: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        entries.sort();
        if is_maildir(&entries) {
            return;
        }
        let mut files = 0;
        for path in entries {
            let kind = fs::symlink_metadata(&path).unwrap().file_type();
            if kind.is_dir() && depth < DEEPEST && !is_pruned(&path, depth) {
                self.folder(&path, depth + 1, home);
            } else if kind.is_file() {
                files += 1;
                let is_top = depth == 0 && home.is_none() && files <= ANY_NAME;
                let fits =
                    is_telling(&path) || ["reg", "dat", "hive"].iter().any(|end| has_ending(&path, end));
                let is_within = home.is_none_or(|home| is_looked_at(home, &path));
                if self.forest.own.contains(&path) || ((is_top || fits) && is_within) {
                    self.found.push(path);
                }
            }
        }
    }
}

/// In a home: itself, Desktop, Documents and Downloads, each with one level below.
fn is_looked_at(home: &Path, path: &Path) -> bool {
    let parts: Vec<_> = path.strip_prefix(home).unwrap().iter().map(|part| part.to_string_lossy()).collect();
    let folders = ["Desktop", "Documents", "Downloads"];
    match parts.as_slice() {
        // A mail client's or system's own folders have their own rules.
        [folder, _] => !folder.starts_with('.') && !["AppData", "Library"].contains(&folder.as_ref()),
        [folder, below, _] => folders.contains(&folder.as_ref()) && !below.starts_with('.'),
        parts => parts.len() == 1,
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn is_maildir(entries: &[PathBuf]) -> bool {
    ["cur", "new", "tmp"].iter().all(|folder| entries.iter().any(|path| name(path) == *folder))
}

pub(crate) fn is_pruned(path: &Path, depth: usize) -> bool {
    let name = name(path);
    let beside = path.parent().unwrap();
    let is_disk = || beside.join("etc").is_dir() || beside.join("Users").is_dir();
    let above: Vec<_> = path.iter().rev().take(8).map(|part| part.to_string_lossy().into_owned()).collect();
    // Of Apple Mail: `V10/…/Messages`.
    let is_version = |part: &String| part.starts_with('V') && part[1..].parse::<u32>().is_ok();
    PRUNED.contains(&name.to_lowercase().as_str())
        || has_ending(path, "mbd")
        || (OF_SYSTEM.contains(&name.as_str()) && is_disk())
        || (name == "Messages" && above.iter().take(depth + 1).any(is_version))
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(ending))
}

/// A name that fits a rule of a client's file that is told by its content.
fn is_telling(path: &Path) -> bool {
    let name = name(path).to_lowercase();
    let fits = |pattern: &str| {
        let pattern = pattern.to_lowercase();
        let (before, behind) = pattern.split_once('*').unwrap_or((&pattern, ""));
        if pattern.contains('*') {
            name.len() >= pattern.len() - 1 && name.starts_with(before) && name.ends_with(behind)
        } else {
            name == pattern
        }
    };
    let rules = clients::files();
    rules.iter().filter(|rule| rule.is_told_by_content()).flat_map(|rule| rule.names).any(|names| fits(names))
}
