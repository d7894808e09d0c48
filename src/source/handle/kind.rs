//! What lies in folders, and what was opened of it.

use std::fs::File;

/// A file that was opened.
#[derive(Debug)]
pub(in crate::source) struct OpenFile {
    pub(in crate::source) file: File,
    /// What it is, asked of the open file.
    pub(in crate::source) kind: Kind,
    /// In bytes.
    pub(in crate::source) length: u64,
}

/// What lies under a name, by itself: a link is a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::source) enum Kind {
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
