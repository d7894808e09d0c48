//! What a mail program takes while it runs, held so that it does not start meanwhile.

#![expect(clippy::disallowed_methods, reason = "the program's own lock")]

use crate::clients::changing::Lock;
use crate::source::win::write::state;
use std::fs::{File, OpenOptions, remove_file};
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use windows_sys::Win32::Storage::FileSystem::{FILE_ATTRIBUTE_REPARSE_POINT, FILE_FLAG_OPEN_REPARSE_POINT};

/// Held as long as it lives.
#[derive(Debug)]
pub(in crate::fix) struct Held {
    /// The file, and whether it was made for this.
    file: Option<(File, PathBuf, bool)>,
}

/// Takes what the program takes; `None`: somebody has it, or it can't be had.
pub(in crate::fix) fn take(lock: &Lock, folder: &Path) -> Option<Held> {
    match lock {
        Lock::Beside { windows, .. } => beside(&folder.join(windows)),
        Lock::Nothing => Some(Held { file: None }),
        Lock::Sockets(_) => None,
    }
}

/// A file that nobody else may open, as Mozilla's programs take it (toolkit/profile/nsProfileLock.cpp).
fn beside(path: &Path) -> Option<Held> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).share_mode(0).custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
    let new = options.clone().create_new(true).open(path);
    let is_new = new.is_ok();
    let file = new.or_else(|_| options.open(path)).ok()?;
    let is_link = state(&file).map_or(true, |state| state.attributes & FILE_ATTRIBUTE_REPARSE_POINT != 0);
    (!is_link).then(|| Held { file: Some((file, path.to_owned(), is_new)) })
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some((file, path, is_new)) = self.file.take() {
            drop(file);
            if is_new {
                let _ = remove_file(path);
            }
        }
    }
}
