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
/// The memory that the first bytes of a file get before any is read: most files are shorter.
const MAX_START: u64 = 64 << 10;
/// Folders with more entries than this are not read: an inbox with a file per message stays far below.
pub(super) const MAX_ENTRIES: usize = 500_000;

/// One entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Name as stored; what is no text in it has stand-ins.
    pub name: String,
    /// True for a folder (also behind a link), and for what may be one: a link that is not followed.
    pub is_folder: bool,
    /// True for anything else, and for what may be that.
    pub is_file: bool,
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

/// True for a folder, no link, that belongs to this user.
#[cfg(unix)]
pub(super) fn is_owned_folder(path: &Path, uid: u32) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir() && metadata.uid() == uid)
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
        let (is_file, is_link) = (!is_folder, kind.is_symlink());
        entries.push(Entry { name: to_text(&entry.file_name()), is_folder, is_file, is_link });
    }
    entries.sort();
    Ok(entries)
}

/// More entries in a folder than are read.
pub(super) fn too_many_entries(path: &Path, limit: usize) -> Problem {
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
    Err(not_regular(place))
}

/// What takes a file's place and is none.
pub(super) fn not_regular(place: String) -> Problem {
    Problem::new(
        IssueKind::Outside,
        place,
        Text::fixed("通常のファイルではないため、読み取りません。", "not a regular file, so not read"),
    )
}

/// The whole content of an open file.
pub(super) fn read_all(file: File, place: String, limit: u64) -> Result<Vec<u8>, Problem> {
    let length = file.metadata().map_err(|error| Problem::io(&place, &error))?.len();
    read_known(file, place, length, limit)
}

/// The same for a file whose length is known.
pub(super) fn read_known(file: File, place: String, length: u64, limit: u64) -> Result<Vec<u8>, Problem> {
    if length > limit {
        return Err(Problem::too_large(place, length, limit));
    }
    read_into(length, file, place, limit)
}

/// The first bytes of an open file.
pub(super) fn read_start(file: File, place: String, length: u64) -> Result<Vec<u8>, Problem> {
    read_into(length.min(MAX_START), file, place, length)
}

/// Reads up to the limit, with memory for `expected` bytes from the start. If there is less than that, a problem is told
/// only when it is needed.
fn read_into(expected: u64, file: File, place: String, limit: u64) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    // One byte more than the file has: its end is found without growing.
    let _ = bytes.try_reserve_exact(usize::try_from(expected.saturating_add(1)).unwrap_or(0));
    file.take(limit).read_to_end(&mut bytes).map_err(|error| Problem::io(place, &error))?;
    Ok(bytes)
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
}
