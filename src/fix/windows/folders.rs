//! Folders on the way to what is written: the user's own, no links, and held so that nothing else takes their places.

#![expect(clippy::disallowed_methods, reason = "whose settings they are")]

use crate::source::trust::is_safe_for;
use crate::source::win::write::{State, own, security_of, state};
use std::fs::{File, OpenOptions};
use std::io;
use std::os::windows::fs::OpenOptionsExt;
use std::path::Path;
use windows_sys::Win32::Storage::FileSystem::{
    FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_REPARSE_POINT, FILE_FLAG_BACKUP_SEMANTICS,
    FILE_FLAG_OPEN_REPARSE_POINT, FILE_LIST_DIRECTORY, FILE_READ_ATTRIBUTES, FILE_SHARE_READ,
    FILE_SHARE_WRITE, READ_CONTROL,
};

/// Why a folder is not gone into.
#[derive(Debug)]
pub(super) enum Unfit {
    /// It is a link, or another kind of reparse point.
    Link,
    /// Others may put something else in the place of what lies there.
    Others,
    /// It can't be opened.
    Failed(io::Error),
}

/// Opens a folder as itself. As long as the handle lives, the folder can't be renamed: nobody may delete it meanwhile.
/// `is_last`: what is written lies in it.
pub(super) fn open(path: &Path, is_last: bool) -> Result<File, Unfit> {
    let mut options = OpenOptions::new();
    // Without the right to list it, sharing would not count.
    options.access_mode(FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES | READ_CONTROL);
    options.share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE);
    options.custom_flags(FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT);
    let folder = options.open(path).map_err(Unfit::Failed)?;
    let State { attributes, .. } = state(&folder).map_err(Unfit::Failed)?;
    if attributes & FILE_ATTRIBUTE_REPARSE_POINT != 0 || attributes & FILE_ATTRIBUTE_DIRECTORY == 0 {
        return Err(Unfit::Link);
    }
    if is_own(&folder, is_last) { Ok(folder) } else { Err(Unfit::Others) }
}

/// True if nobody but the user and administrators may change it.
pub(super) fn is_own(file: &File, is_last: bool) -> bool {
    let own = own();
    security_of(file).zip(own).is_some_and(|(text, own)| is_safe_for(&text, &own, is_last))
}
