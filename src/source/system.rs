//! The file system of this computer: look, list and read, without waiting and within limits.

use super::problem::Problem;
use crate::model::{IssueKind, Text};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Files larger than this are not read, in bytes: settings are small, even a database of accounts is.
pub const MAX_FILE: u64 = 64 << 20;
/// Folders with more entries than this are not read: an inbox with a file per message stays far below.
const MAX_ENTRIES: usize = 300_000;

/// One entry of a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Name as stored.
    pub name: String,
    /// True for a folder (also behind a link).
    pub is_folder: bool,
}

/// Facts about a file, behind links; `None` if there is nothing.
pub(super) fn look(path: &Path) -> Result<Option<Metadata>, Problem> {
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    absent_is_none(fs::metadata(path), path)
}

/// The path without links, `.` and `..`.
pub(super) fn real(path: &Path) -> std::io::Result<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    fs::canonicalize(path)
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
        Err(error) => Err(Problem::io(path.display().to_string(), &error)),
    }
}

/// The entries of a folder on this computer, sorted by name.
pub(super) fn list_folder(path: &Path) -> Result<Vec<Entry>, Problem> {
    list_up_to(MAX_ENTRIES, path)
}

/// All entries or none: which ones a part would hold is left to chance.
fn list_up_to(limit: usize, path: &Path) -> Result<Vec<Entry>, Problem> {
    let problem = |error: &std::io::Error| Problem::io(path.display().to_string(), error);
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    let folder = fs::read_dir(path).map_err(|error| problem(&error))?;
    let mut entries = Vec::new();
    for entry in folder {
        if entries.len() == limit {
            return Err(too_many_entries(path, limit));
        }
        let entry = entry.map_err(|error| problem(&error))?;
        let kind = entry.file_type().map_err(|error| problem(&error))?;
        let is_folder = kind.is_dir()
            || (kind.is_symlink() && look(&entry.path()).is_ok_and(|m| m.is_some_and(|m| m.is_dir())));
        entries.push(Entry { name: entry.file_name().to_string_lossy().into_owned(), is_folder });
    }
    entries.sort();
    Ok(entries)
}

fn too_many_entries(path: &Path, limit: usize) -> Problem {
    Problem::new(
        IssueKind::TooLarge,
        path.display().to_string(),
        Text::new(
            format!("フォルダーの中の項目が {limit} 個を超えるため、調べていません。"),
            format!("more than {limit} entries in the folder, so it was not looked at"),
        ),
    )
}

/// The whole content of a regular file on this computer.
pub(super) fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, Problem> {
    let place = path.display().to_string();
    let file = open_without_waiting(path).map_err(|error| Problem::io(&place, &error))?;
    let metadata = file.metadata().map_err(|error| Problem::io(&place, &error))?;
    if !metadata.is_file() {
        return Err(Problem::new(
            IssueKind::Outside,
            place,
            Text::fixed("通常のファイルではないため、読み取りません。", "not a regular file, so not read"),
        ));
    }
    if metadata.len() > limit {
        return Err(Problem::too_large(place, metadata.len(), limit));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or_default());
    file.take(limit).read_to_end(&mut bytes).map_err(|error| Problem::io(&place, &error))?;
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
    #![expect(clippy::disallowed_methods, reason = "a test makes its own folder")]
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
