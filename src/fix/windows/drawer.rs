//! The folder of the journal: the user's own, for him alone, never through a link.

#![expect(clippy::disallowed_methods, reason = "the program's own records")]

use super::folders::{self, Unfit};
use crate::source::win::shell::{local_app_data, make_private_folder};
use crate::source::win::write::{move_over, state};
use std::fs::{File, OpenOptions, read_dir, remove_file};
use std::io::{self, Read, Write};
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use windows_sys::Win32::Storage::FileSystem::{FILE_ATTRIBUTE_REPARSE_POINT, FILE_FLAG_OPEN_REPARSE_POINT};

/// Where it lies, below what programs keep for the user on this computer.
const FOLDERS: [&str; 2] = ["smtp-auth-audit", "changes"];

/// A folder of small files, which can't be renamed as long as this lives.
#[derive(Debug)]
pub(in crate::fix) struct Drawer {
    path: PathBuf,
    _held: Vec<File>,
}

impl Drawer {
    /// The one of the user who runs the program; `make`: it is made where it is not there.
    pub(in crate::fix) fn open(_: &Path, make: bool) -> io::Result<Option<Self>> {
        let mut path = local_app_data().ok_or(io::ErrorKind::NotFound)?;
        let mut held = Vec::new();
        for name in FOLDERS {
            path.push(name);
            if make {
                match make_private_folder(&path) {
                    Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
                    _ => {}
                }
            }
            match folders::open(&path, true) {
                Ok(folder) => held.push(folder),
                Err(Unfit::Failed(error)) if error.kind() == io::ErrorKind::NotFound && !make => {
                    return Ok(None);
                }
                Err(Unfit::Failed(error)) => return Err(error),
                Err(Unfit::Link | Unfit::Others) => return Err(io::ErrorKind::PermissionDenied.into()),
            }
        }
        Ok(Some(Self { path, _held: held }))
    }

    /// The names in it, at most so many, each with the second in which it was written last.
    pub(in crate::fix) fn names(&self, most: usize) -> io::Result<Vec<(String, i64)>> {
        let mut names = Vec::new();
        for found in read_dir(&self.path)?.take(most) {
            let found = found?;
            let written = found.metadata().and_then(|found| found.modified()).ok();
            let since = written.and_then(|written| written.duration_since(UNIX_EPOCH).ok());
            let second = since.and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(i64::MAX);
            names.push((found.file_name().to_string_lossy().into_owned(), second));
        }
        Ok(names)
    }

    /// What a file holds; an error where that is more than this.
    pub(in crate::fix) fn read(&self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let mut options = OpenOptions::new();
        let file =
            options.read(true).custom_flags(FILE_FLAG_OPEN_REPARSE_POINT).open(self.path.join(name))?;
        if state(&file)?.attributes & FILE_ATTRIBUTE_REPARSE_POINT != 0 {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let mut bytes = Vec::new();
        file.take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most { Err(io::ErrorKind::InvalidData.into()) } else { Ok(bytes) }
    }

    /// Writes a file as `new` and gives it its name: on the disk before this is over.
    pub(in crate::fix) fn write(&self, name: &str, new: &str, bytes: &[u8]) -> io::Result<()> {
        let (name, new) = (self.path.join(name), self.path.join(new));
        match remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        move_over(&new, &name)
    }

    /// Removes a file.
    pub(in crate::fix) fn remove(&self, name: &str) -> io::Result<()> {
        remove_file(self.path.join(name))
    }
}
