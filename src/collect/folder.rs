//! The one door for writing: new files below one new or empty folder, readable by their owner only.

#![expect(clippy::disallowed_methods, reason = "what is collected is written here, and nowhere else")]

use crate::source::trust::refuse_unsafe;
use std::collections::BTreeSet;
use std::fs::{DirBuilder, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};

/// The folder that is filled.
#[derive(Debug)]
pub struct Folder {
    top: PathBuf,
    /// Files are written once, also where detectors ask for them by several paths.
    written: BTreeSet<PathBuf>,
}

impl Folder {
    /// Makes the folder. One that is there has to be empty, and no link: what is written must not mix with other data.
    pub fn create(top: &Path) -> io::Result<Self> {
        match top.symlink_metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let parent = top.parent().filter(|parent| !parent.as_os_str().is_empty());
                refuse_unsafe(parent.unwrap_or(Path::new(".")))?;
                builder().create(top)?;
                // On Windows it takes over who may write there.
                refuse_unsafe(top).inspect_err(|_| drop(std::fs::remove_dir(top)))?;
            }
            Err(error) => return Err(error),
            Ok(found) if !found.is_dir() => return Err(ErrorKind::NotADirectory.into()),
            Ok(_) => {
                refuse_unsafe(top)?;
                let mut entries = std::fs::read_dir(top)?;
                if entries.next().is_some() {
                    return Err(ErrorKind::DirectoryNotEmpty.into());
                }
            }
        }
        Ok(Self { top: top.to_path_buf(), written: BTreeSet::new() })
    }

    /// Writes a new file; the second file of a place is not written.
    pub(crate) fn write(&mut self, place: &Path, content: &[u8]) -> io::Result<()> {
        if !self.written.insert(place.to_path_buf()) {
            return Ok(());
        }
        self.make(place.parent().unwrap_or(Path::new("")))?;
        let mut options = OpenOptions::new();
        // A new file: never through a link, never over another one.
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(self.top.join(place))?.write_all(content)
    }

    /// True if a file of this place was written.
    pub(super) fn has(&self, place: &Path) -> bool {
        self.written.contains(place)
    }

    /// Makes a folder with those above it.
    pub(super) fn make(&self, place: &Path) -> io::Result<()> {
        let mut path = self.top.clone();
        for part in place.components() {
            let Component::Normal(part) = part else { return Err(ErrorKind::InvalidInput.into()) };
            path.push(part);
            match builder().create(&path) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Takes the folder away again if nothing was written.
    pub fn forget_if_empty(&self) {
        if self.written.is_empty() {
            // What somebody else has put into it since keeps it.
            let _ = std::fs::remove_dir(&self.top);
        }
    }

    /// Where it is.
    pub(crate) fn top(&self) -> &Path {
        &self.top
    }

    /// How many files were written.
    pub fn count(&self) -> usize {
        self.written.len()
    }
}

fn builder() -> DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "modes are a matter of Unix"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}
