//! Folders and files by the handle of the folder that they lie in: nothing that is put into their place meanwhile, and no
//! link on the way, leads elsewhere.

#[cfg(unix)]
mod unix;
#[cfg(any(windows, test))]
mod reparse;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

use std::fs::File;

pub(super) use system::{
    Handle, Identity, is_found_unlisted, kind_of, open_file, open_folder, open_top, target,
};

/// A file that was opened.
#[derive(Debug)]
pub(super) struct OpenFile {
    pub(super) file: File,
    /// What it is, asked of the open file.
    pub(super) kind: Kind,
    /// In bytes.
    pub(super) length: u64,
}

/// What lies under a name, by itself: a link is a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder.
    Folder,
    /// A regular file.
    File,
    /// A link, or what is like one on Windows.
    Link,
    /// A file that would be fetched from a cloud service.
    Cloud,
    /// A FIFO, a device and the like.
    Other,
}
