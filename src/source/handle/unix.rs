//! The calls of Unix (man page openat(2)). Linux's openat2(2) is not needed: each part is looked up in a listing that is
//! kept, so a folder costs one opening and a file another, and there is one way for all kernels and for macOS.

use super::kind::{Kind, OpenFile};
use crate::source::system::MAX_ENTRIES;
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, fstat, openat, readlinkat, statat};
use std::ffi::{OsStr, OsString};
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// An open folder.
#[derive(Debug)]
pub(in crate::source) enum Handle {
    /// Its entries can be listed.
    Listed(Dir),
    /// Its entries can't be listed, but looked up.
    #[cfg_attr(not(target_os = "linux"), allow(dead_code, reason = "Linux alone opens such folders"))]
    Passed(OwnedFd),
}

/// Which folder it is: no other has the same while it is open or exists.
pub(in crate::source) type Identity = (u64, u64);

impl Handle {
    fn fd(&self) -> io::Result<BorrowedFd<'_>> {
        match self {
            Self::Listed(dir) => Ok(dir.fd()?),
            Self::Passed(fd) => Ok(fd.as_fd()),
        }
    }

    /// The names in the folder with what they are; `None` if there are more than [`MAX_ENTRIES`].
    pub(in crate::source) fn list(&mut self) -> io::Result<Option<Vec<(OsString, Kind)>>> {
        let Self::Listed(dir) = self else { return Err(io::ErrorKind::PermissionDenied.into()) };
        let mut entries = Vec::new();
        while let Some(entry) = dir.read() {
            let entry = entry?;
            let name = entry.file_name().to_bytes();
            if matches!(name, b"." | b"..") {
                continue;
            }
            if entries.len() == MAX_ENTRIES {
                return Ok(None);
            }
            let name = OsString::from_vec(name.to_vec());
            let kind = match entry.file_type() {
                // Some file systems don't tell it here; what is gone meanwhile is nothing.
                FileType::Unknown => match type_of(dir.fd()?, &name, false) {
                    Ok(kind) => kind,
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    Err(error) => return Err(error),
                },
                kind => plain(kind),
            };
            entries.push((name, kind));
        }
        Ok(Some(entries))
    }

    /// Which folder it is.
    pub(in crate::source) fn identity(&self) -> io::Result<Identity> {
        let stat = fstat(self.fd()?)?;
        // The types differ from system to system.
        #[allow(clippy::useless_conversion, clippy::cast_sign_loss, clippy::unnecessary_cast)]
        Ok((stat.st_dev as u64, stat.st_ino as u64))
    }
}

/// A folder by its path, behind links: what was asked for by name, not by somebody's settings.
pub(in crate::source) fn open_top(path: &Path) -> io::Result<Handle> {
    open_at(CWD, path.as_os_str(), OFlags::empty())
}

/// A folder in another one. `follow`: also behind a link.
pub(in crate::source) fn open_folder(folder: &Handle, name: &OsStr, follow: bool) -> io::Result<Handle> {
    open_at(folder.fd()?, name, following(follow))
}

fn open_at(folder: BorrowedFd<'_>, name: &OsStr, flags: OFlags) -> io::Result<Handle> {
    let flags = OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY | flags;
    match openat(folder, name, OFlags::RDONLY | flags, Mode::empty()) {
        Ok(fd) => Ok(Handle::Listed(Dir::new(fd)?)),
        #[cfg(target_os = "linux")]
        Err(rustix::io::Errno::ACCESS) => {
            let flags = OFlags::PATH | (flags & (OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NOFOLLOW));
            Ok(Handle::Passed(openat(folder, name, flags, Mode::empty())?))
        }
        Err(error) => Err(error.into()),
    }
}

/// A file in a folder and what it is; a FIFO or device can't make the program wait. `follow`: also behind a link.
pub(in crate::source) fn open_file(folder: &Handle, name: &OsStr, follow: bool) -> io::Result<OpenFile> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC | following(follow);
    let file = openat(folder.fd()?, name, flags, Mode::empty())?;
    let stat = fstat(&file)?;
    let kind = plain(FileType::from_raw_mode(stat.st_mode));
    Ok(OpenFile { file: file.into(), kind, length: u64::try_from(stat.st_size).unwrap_or_default() })
}

/// What lies under a name now. `follow`: behind links.
pub(in crate::source) fn kind_of(folder: &Handle, name: &OsStr, follow: bool) -> io::Result<Kind> {
    type_of(folder.fd()?, name, follow)
}

fn type_of(folder: BorrowedFd<'_>, name: &OsStr, follow: bool) -> io::Result<Kind> {
    let flags = if follow { AtFlags::empty() } else { AtFlags::SYMLINK_NOFOLLOW };
    Ok(plain(FileType::from_raw_mode(statat(folder, name, flags)?.st_mode)))
}

/// What a link says where it leads; `None` if it is no link any more.
pub(in crate::source) fn target(folder: &Handle, name: &OsStr) -> io::Result<Option<PathBuf>> {
    match readlinkat(folder.fd()?, name, Vec::new()) {
        Ok(target) => Ok(Some(PathBuf::from(OsStr::from_bytes(target.as_bytes())))),
        Err(rustix::io::Errno::INVAL) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// True for a name that may be there though no listing has it: macOS takes names in any case and normal form.
pub(in crate::source) fn is_found_unlisted(_name: &str) -> bool {
    cfg!(target_os = "macos")
}

fn following(follow: bool) -> OFlags {
    if follow { OFlags::empty() } else { OFlags::NOFOLLOW }
}

fn plain(kind: FileType) -> Kind {
    match kind {
        FileType::Directory => Kind::Folder,
        FileType::RegularFile => Kind::File,
        FileType::Symlink => Kind::Link,
        _ => Kind::Other,
    }
}
