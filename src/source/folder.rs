//! What a folder is, by what lies in it.

use super::recognise::is_export_name;
use super::rules::{FileRule, Known, Looks, OwnFolder, fits};
use super::system::Entry;

/// What a folder was recognised as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Folder {
    /// A backup that is read as one thing.
    Backup(&'static FileRule),
    /// The top of a computer's disk.
    Computer,
    /// A home.
    Home,
    /// Registry exports of one person, with what was copied beside them.
    Collected,
    /// A client's own folder.
    Own(&'static OwnFolder),
    /// Nothing of that.
    Plain,
}

/// Where the homes lie on a disk, from its top; the first in the parts' own case.
pub(super) const PARENTS: [&[&str]; 5] = [
    &["Users"],
    &["Documents and Settings"],
    // Windows 95 to Me with profiles, and NT 4
    &["Windows", "Profiles"],
    &["WINNT", "Profiles"],
    &["home"],
];

/// What the system or a mail client puts into homes. A folder that is a link doesn't count: Windows leaves some
/// (`Application Data`) in folders that are none.
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    /// Those of Windows.
    pub(super) windows: bool,
    /// Those of Unix in general.
    pub(super) unix: bool,
    /// `Library` of macOS, which its disks have at their top too.
    pub(super) library: bool,
    /// The registry or a client's own file, in a folder that holds nothing that a home doesn't.
    pub(super) file: bool,
}

impl Marks {
    pub(super) fn of(entries: &[Entry], known: &Known) -> Self {
        let mut marks = Self::default();
        for entry in entries.iter().filter(|entry| !entry.is_link) {
            match (entry.name.to_lowercase().as_str(), entry.is_folder) {
                ("appdata" | "application data" | "local settings", true) => marks.windows = true,
                ("ntuser.dat", false) => marks.file = true,
                ("library", true) => marks.library = true,
                (".bashrc" | ".profile" | ".zshrc", false) => marks.unix = true,
                (name, true) => marks.unix |= known.marks.contains(&name),
                (name, false) => marks.file |= known.marks.contains(&name),
            }
        }
        marks.file &= entries.iter().filter(|entry| entry.is_folder).all(is_of_home);
        marks
    }

    pub(super) fn any(self) -> bool {
        self.windows || self.unix || self.library || self.file
    }
}

/// Folders in a home that people put things into.
pub(super) const NAMED: [&str; 7] =
    ["Desktop", "Documents", "My Documents", "Downloads", "デスクトップ", "ドキュメント", "ダウンロード"];
/// Where some clients keep their settings among a user's documents.
pub(super) const DOCUMENTS: [&str; 2] = ["Documents", "My Documents"];
/// Folders in a home that only its clients look into.
pub(super) const CLIENTS_OWN: [&str; 4] = ["AppData", "Application Data", "Local Settings", "Library"];

/// True for a folder that lies in homes.
fn is_of_home(folder: &Entry) -> bool {
    is_one_of(&folder.name, &NAMED) || is_one_of(&folder.name, &CLIENTS_OWN) || folder.name.starts_with('.')
}

/// What the folder with these entries is.
pub(super) fn recognise(entries: &[Entry], known: &Known) -> Folder {
    let marks = Marks::of(entries, known);
    if let Some(rule) = backup(entries, known) {
        Folder::Backup(rule)
    } else if is_disk(entries, marks) {
        Folder::Computer
    } else if has_exports(entries) {
        Folder::Collected
    } else if marks.any() {
        Folder::Home
    } else {
        own(entries, known).map_or(Folder::Plain, Folder::Own)
    }
}

/// The rule of a folder that is read as one thing.
fn backup(entries: &[Entry], known: &Known) -> Option<&'static FileRule> {
    let has = |name: &str| entries.iter().any(|entry| !entry.is_folder && entry.name == name);
    let fits = |rule: &&&FileRule| match rule.looks {
        Looks::Folder(groups) => groups.iter().all(|names| names.iter().any(|name| has(name))),
        _ => false,
    };
    known.files.iter().find(fits).copied()
}

/// A home may have a folder of such a name too; what marks homes then tells them apart, except for `Library`, which is at
/// the top of a Mac's disk as well.
fn is_disk(entries: &[Entry], marks: Marks) -> bool {
    let has = |names: &[&str]| entries.iter().any(|entry| entry.is_folder && is_one_of(&entry.name, names));
    let has_homes = has(&["Users", "Documents and Settings"]);
    let has_system = has(&["Windows", "WINNT", "System"]);
    let is_linux = has(&["home"]) && has(&["etc"]) && has(&["usr"]);
    !marks.windows && ((has_homes && (!marks.unix || has_system)) || is_linux)
}

pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// True if exports at the top of a folder stand for the registry: not where a real home shows itself.
pub(super) fn has_exports(entries: &[Entry]) -> bool {
    exports(entries).next().is_some()
}

/// The exports at the top of a folder that stand for the registry.
pub(super) fn exports(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    let is_alive =
        entries.iter().any(|entry| is_one_of(&entry.name, &["ntuser.dat", ".bashrc", ".profile", ".zshrc"]));
    entries
        .iter()
        .filter(move |entry| !is_alive && !entry.is_folder && is_export_name(&entry.name.to_lowercase()))
}

fn own(entries: &[Entry], known: &Known) -> Option<&'static OwnFolder> {
    let has = |pattern: &str| entries.iter().any(|entry| fits(&entry.name, pattern));
    let is_sign = |names: &[&str]| names.iter().any(|name| has(name));
    known.folders.iter().find(|folder| folder.signs.iter().all(|names| is_sign(names))).copied()
}
