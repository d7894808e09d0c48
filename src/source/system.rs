//! The file system of this computer: look, list and read, without waiting and within limits.

#![expect(clippy::disallowed_methods, reason = "this is the door")]

use super::names::{to_os, to_text};
use super::problem::Problem;
use crate::model::{IssueKind, Text, limits};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Files that no row describes, in bytes.
pub const MAX_FILE: u64 = limits::ANY.most;
/// Registry hives, in bytes.
pub const MAX_HIVE: u64 = limits::HIVE.most;
/// Folders with more entries than this are not read: an inbox with a file per message stays far below.
const MAX_ENTRIES: usize = 500_000;

/// One entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Name as stored; what is no text in it has stand-ins.
    pub name: String,
    /// True for a folder (also behind a link).
    pub is_folder: bool,
    /// True for a link, or what is like one on Windows.
    pub is_link: bool,
}

impl Entry {
    /// Where it lies in its folder.
    pub(super) fn path_in(&self, folder: &Path) -> PathBuf {
        folder.join(to_os(&self.name))
    }
}

/// Facts about a file, behind links; `None` if there is nothing.
pub(super) fn look(path: &Path) -> Result<Option<Metadata>, Problem> {
    absent_is_none(fs::metadata(or_here(path)), path)
}

/// True for a folder, also behind a link.
pub(crate) fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// True for a link, wherever it leads.
pub(crate) fn is_link(path: &Path) -> bool {
    path.is_symlink()
}

/// What a link says where it leads.
pub(super) fn target(path: &Path) -> Option<PathBuf> {
    fs::read_link(path).ok()
}

/// True if something is there, behind links.
pub(super) fn is_there(path: &Path) -> bool {
    path.exists()
}

/// True if nothing is there: also below a file, of a name that can't be, and behind a link to nothing.
pub(crate) fn is_missing(path: &Path) -> bool {
    matches!(absent_is_none(fs::metadata(path), path), Ok(None))
}

/// How long a file is, as far as it can be told.
pub(crate) fn length(path: &Path) -> Option<u64> {
    fs::metadata(path).ok().map(|metadata| metadata.len())
}

/// The file system that a folder lies on, where the system tells it cheaply.
pub(super) fn device(path: &Path) -> Option<u64> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::symlink_metadata(path).ok().map(|metadata| metadata.dev())
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

/// The path without links, `.` and `..`.
pub(super) fn real(path: &Path) -> std::io::Result<PathBuf> {
    fs::canonicalize(or_here(path))
}

/// The folder of a file that is typed without one.
fn or_here(path: &Path) -> &Path {
    if path.as_os_str().is_empty() { Path::new(".") } else { path }
}

pub(super) fn look_at_link(path: &Path) -> Result<Option<Metadata>, Problem> {
    absent_is_none(fs::symlink_metadata(path), path)
}

fn absent_is_none(found: std::io::Result<Metadata>, path: &Path) -> Result<Option<Metadata>, Problem> {
    use std::io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    match found {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), NotFound | NotADirectory | InvalidInput | InvalidFilename) => {
            Ok(None)
        }
        Err(error) => Err(Problem::io(denied(path, &error).display().to_string(), &error)),
    }
}

/// What lies in a folder that can't be searched is out of reach with it: the folder is the place.
fn denied<'p>(path: &'p Path, error: &std::io::Error) -> &'p Path {
    let is_denied = error.kind() == std::io::ErrorKind::PermissionDenied;
    let folder = path.ancestors().skip(1).find(|folder| fs::metadata(or_here(folder)).is_ok());
    folder.filter(|_| is_denied).unwrap_or(path)
}

/// The entries of a folder on this computer, sorted by name.
pub(crate) fn list_folder(path: &Path) -> Result<Vec<Entry>, Problem> {
    list_up_to(MAX_ENTRIES, path)
}

/// All entries or none: which ones a part would hold is left to chance.
fn list_up_to(limit: usize, path: &Path) -> Result<Vec<Entry>, Problem> {
    let problem = |error: &std::io::Error| Problem::io(path.display().to_string(), error);
    let folder = fs::read_dir(or_here(path)).map_err(|error| problem(&error))?;
    let mut entries = Vec::new();
    for entry in folder {
        if entries.len() == limit {
            return Err(too_many_entries(path, limit));
        }
        let entry = entry.map_err(|error| problem(&error))?;
        let kind = entry.file_type().map_err(|error| problem(&error))?;
        let is_folder = kind.is_dir()
            || (kind.is_symlink() && look(&entry.path()).is_ok_and(|m| m.is_some_and(|m| m.is_dir())));
        entries.push(Entry { name: to_text(&entry.file_name()), is_folder, is_link: kind.is_symlink() });
    }
    entries.sort();
    Ok(entries)
}

fn too_many_entries(path: &Path, limit: usize) -> Problem {
    Problem::new(
        IssueKind::TooLarge,
        path.display().to_string(),
        Text::new(
            format!(
                "フォルダーの中の項目が {limit} 個を超えるため、調べていません。中のフォルダーを1つずつ指定して調べてください。"
            ),
            format!(
                "more than {limit} entries in the folder, so it was not looked at: scan the folders in it by themselves"
            ),
        ),
    )
}

/// The whole content of a regular file on this computer.
pub(crate) fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, Problem> {
    read_all(open_file(path)?, path.display().to_string(), limit)
}

/// A regular file, open for reading.
pub(crate) fn open_file(path: &Path) -> Result<File, Problem> {
    let place = path.display().to_string();
    let file = open_without_waiting(path).map_err(|error| Problem::io(&place, &error))?;
    let metadata = file.metadata().map_err(|error| Problem::io(&place, &error))?;
    if metadata.is_file() {
        return Ok(file);
    }
    Err(Problem::new(
        IssueKind::Outside,
        place,
        Text::fixed("通常のファイルではないため、読み取りません。", "not a regular file, so not read"),
    ))
}

/// The whole content of an open file.
pub(super) fn read_all(file: File, place: String, limit: u64) -> Result<Vec<u8>, Problem> {
    let length = file.metadata().map_err(|error| Problem::io(&place, &error))?.len();
    if length > limit {
        return Err(Problem::too_large(place, length, limit));
    }
    read_start(file, place, limit)
}

/// The first bytes of an open file.
pub(super) fn read_start(file: File, place: String, length: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes).map_err(|error| Problem::io(place, &error))?;
    Ok(bytes)
}

/// True if the open file is the one that lies at this path, as far as the system can tell.
pub(super) fn is_file_at(file: &File, path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let identity = |metadata: Metadata| (metadata.dev(), metadata.ino());
        let there = fs::symlink_metadata(path).map(identity);
        file.metadata().map(identity).is_ok_and(|open| there.is_ok_and(|there| there == open))
    }
    #[cfg(not(unix))]
    {
        let _ = (file, path);
        true
    }
}

/// Opens for reading; a FIFO or device that took the file's place since it was looked at can't make the program wait.
fn open_without_waiting(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // O_NONBLOCK | O_NOCTTY of fcntl.h
        options.custom_flags(if cfg!(target_os = "macos") { 0x4 | 0x20000 } else { 0o4000 | 0o400 });
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_whole_or_told() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(list_up_to(3, folder.path()).unwrap().len(), 3);
        assert_eq!(list_up_to(2, folder.path()).unwrap_err().kind, IssueKind::TooLarge);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_took_the_place_of_another_is_noticed() {
        let folder = tempfile::tempdir().unwrap();
        let (own, secret) = (folder.path().join("own"), folder.path().join("secret"));
        fs::write(&own, "own").unwrap();
        fs::write(&secret, "secret").unwrap();
        let open = open_file(&own).unwrap();
        assert!(is_file_at(&open, &own));
        fs::remove_file(&own).unwrap();
        std::os::unix::fs::symlink(&secret, &own).unwrap();
        assert!(!is_file_at(&open, &own), "a link is not the file");
        assert!(!is_file_at(&open_file(&own).unwrap(), &own), "nor is what it leads to");
    }
}
