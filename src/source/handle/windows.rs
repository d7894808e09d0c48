//! The calls of Windows: names are opened relative to the folder's handle, reparse points as themselves, without fetching
//! anything from a cloud service, and whoever answers may only ask who we are, not act as us.

use super::kind::{Kind, OpenFile};
use super::reparse::{self, is_of_link};
use crate::source::system::MAX_ENTRIES;
use crate::source::win::{self, Entries};
use std::ffi::{OsStr, OsString};
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::os::windows::ffi::OsStringExt;
use std::os::windows::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use windows_sys::Win32::Storage::FileSystem::{
    FILE_ATTRIBUTE_DEVICE, FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_OFFLINE,
    FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS, FILE_ATTRIBUTE_RECALL_ON_OPEN, FILE_ATTRIBUTE_REPARSE_POINT,
    FILE_FLAG_BACKUP_SEMANTICS, FILE_GENERIC_READ, FILE_LIST_DIRECTORY, FILE_READ_ATTRIBUTES,
    FILE_SHARE_DELETE, FILE_SHARE_READ, FILE_SHARE_WRITE, FILE_TRAVERSE, SECURITY_IDENTIFICATION,
    SYNCHRONIZE,
};

/// A folder that can be passed through, and one that can be listed too.
const PASS: u32 = FILE_TRAVERSE | FILE_READ_ATTRIBUTES | SYNCHRONIZE;
const LIST: u32 = FILE_LIST_DIRECTORY | PASS;
/// Attributes of what would be fetched.
const FETCHED: u32 =
    FILE_ATTRIBUTE_OFFLINE | FILE_ATTRIBUTE_RECALL_ON_OPEN | FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS;

/// An open folder.
#[derive(Debug)]
pub(in crate::source) struct Handle(File);

/// Which folder it is: no other has the same while it is open or exists.
pub(in crate::source) type Identity = (u64, u64);

impl Handle {
    /// The names in the folder with what they are; `None` if there are more than [`MAX_ENTRIES`].
    pub(in crate::source) fn list(&mut self) -> io::Result<Option<Vec<(OsString, Kind)>>> {
        let mut found = Vec::new();
        let mut entries = Entries::of(&self.0);
        while let Some(batch) = entries.next_batch()? {
            for (name, attributes, tag) in batch {
                let name = OsString::from_wide(&name);
                if name == "." || name == ".." {
                    continue;
                }
                if found.len() == MAX_ENTRIES {
                    return Ok(None);
                }
                found.push((name, kind(attributes, is_of_link(tag))));
            }
        }
        Ok(Some(found))
    }

    /// Which folder it is.
    pub(in crate::source) fn identity(&self) -> io::Result<Identity> {
        win::identity(&self.0)
    }
}

/// A folder by its path, behind links: what was asked for by name, not by somebody's settings.
pub(in crate::source) fn open_top(path: &Path) -> io::Result<Handle> {
    let open = |access: u32| {
        let mut options = OpenOptions::new();
        options
            .access_mode(access)
            .share_mode(FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE)
            .custom_flags(FILE_FLAG_BACKUP_SEMANTICS)
            .security_qos_flags(SECURITY_IDENTIFICATION);
        #[expect(clippy::disallowed_methods, reason = "this is the door")]
        options.open(path)
    };
    folder(or_less(open(LIST), || open(PASS))?)
}

/// A folder in another one. `follow`: also behind a link.
pub(in crate::source) fn open_folder(parent: &Handle, name: &OsStr, follow: bool) -> io::Result<Handle> {
    let open = |access: u32| win::open_below(&parent.0, name, access, follow);
    folder(or_less(open(LIST), || open(PASS))?)
}

fn or_less(opened: io::Result<File>, again: impl FnOnce() -> io::Result<File>) -> io::Result<File> {
    opened.or_else(|error| match error.kind() {
        ErrorKind::PermissionDenied => again(),
        _ => Err(error),
    })
}

/// What was opened as itself and is no folder is nothing to look into.
fn folder(file: File) -> io::Result<Handle> {
    if kind_of_open(&file.metadata()?) == Kind::Folder {
        return Ok(Handle(file));
    }
    Err(ErrorKind::NotADirectory.into())
}

/// A file in a folder and what it is. `follow`: also behind a link.
pub(in crate::source) fn open_file(folder: &Handle, name: &OsStr, follow: bool) -> io::Result<OpenFile> {
    let mut file = win::open_below(&folder.0, name, FILE_GENERIC_READ, follow)?;
    let metadata = file.metadata()?;
    let kind = kind_of_open(&metadata);
    // What keeps a file's content elsewhere on the disk reads it only for those who don't open the reparse point itself.
    // It is opened by its own handle, so it is the same file.
    if kind == Kind::File && metadata.file_attributes() & FILE_ATTRIBUTE_REPARSE_POINT != 0 && !follow {
        file = win::open_below(&file, OsStr::new(""), FILE_GENERIC_READ, true)?;
    }
    let length = file.metadata()?.len();
    Ok(OpenFile { file, kind, length })
}

/// What lies under a name now. `follow`: behind links.
pub(in crate::source) fn kind_of(folder: &Handle, name: &OsStr, follow: bool) -> io::Result<Kind> {
    let access = FILE_READ_ATTRIBUTES | SYNCHRONIZE;
    Ok(kind_of_open(&win::open_below(&folder.0, name, access, follow)?.metadata()?))
}

/// What a link says where it leads; `None` if it is no link any more.
pub(in crate::source) fn target(folder: &Handle, name: &OsStr) -> io::Result<Option<PathBuf>> {
    let link = win::open_below(&folder.0, name, FILE_READ_ATTRIBUTES | SYNCHRONIZE, false)?;
    if kind_of_open(&link.metadata()?) != Kind::Link {
        return Ok(None);
    }
    let data = win::reparse_data(&link)?;
    Ok(Some(reparse::target(&data).unwrap_or_else(|| PathBuf::from("?"))))
}

/// True for a name that may be there though no listing has it: a short one (`DOCUME~1`).
pub(in crate::source) fn is_found_unlisted(name: &str) -> bool {
    name.contains('~')
}

fn kind_of_open(metadata: &Metadata) -> Kind {
    // The standard library calls what has a link's tag a symbolic link, whichever of them it is.
    kind(metadata.file_attributes(), metadata.file_type().is_symlink())
}

fn kind(attributes: u32, is_of_link: bool) -> Kind {
    if attributes & FILE_ATTRIBUTE_REPARSE_POINT != 0 && is_of_link {
        Kind::Link
    } else if attributes & FILE_ATTRIBUTE_DIRECTORY != 0 {
        Kind::Folder
    } else if attributes & FETCHED != 0 {
        Kind::Cloud
    } else if attributes & FILE_ATTRIBUTE_DEVICE != 0 {
        Kind::Other
    } else {
        Kind::File
    }
}
