//! The folder of the journal: the user's own, for him alone, never through a link.

use rustix::fs::{
    AtFlags, Dir, Mode, OFlags, fstat, fsync, mkdirat, open, openat, renameat, statat, unlinkat,
};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;

/// Where it lies, below the home.
const FOLDERS: [&str; 4] = [".local", "state", "smtp-auth-audit", "changes"];

/// An open folder of small files.
#[derive(Debug)]
pub(in crate::fix) struct Drawer {
    folder: OwnedFd,
}

impl Drawer {
    /// The one below this home; `make`: it is made where it is not there.
    pub(in crate::fix) fn open(home: &Path, make: bool) -> io::Result<Option<Self>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let mut folder = open(home, flags, Mode::empty())?;
        let own = rustix::process::geteuid().as_raw();
        for name in FOLDERS {
            if make {
                match mkdirat(&folder, name, Mode::RWXU) {
                    Ok(()) | Err(rustix::io::Errno::EXIST) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            folder = match openat(&folder, name, flags | OFlags::NOFOLLOW, Mode::empty()) {
                Ok(folder) => folder,
                Err(rustix::io::Errno::NOENT) if !make => return Ok(None),
                Err(error) => return Err(error.into()),
            };
            if fstat(&folder)?.st_uid != own {
                return Err(io::Error::from(io::ErrorKind::PermissionDenied));
            }
        }
        if fstat(&folder)?.st_mode & 0o077 != 0 {
            rustix::fs::fchmod(&folder, Mode::RWXU)?;
        }
        Ok(Some(Self { folder }))
    }

    /// The names in it, at most so many, each with the second in which it was written last.
    pub(in crate::fix) fn names(&self, most: usize) -> io::Result<Vec<(String, i64)>> {
        let mut names = Vec::new();
        for found in Dir::read_from(&self.folder)?.take(most) {
            let found = found?;
            // Another program may have removed it.
            if let Ok(stat) = statat(&self.folder, found.file_name(), AtFlags::SYMLINK_NOFOLLOW) {
                let second = i64::try_from(i128::from(stat.st_mtime)).unwrap_or(i64::MAX);
                names.push((found.file_name().to_string_lossy().into_owned(), second));
            }
        }
        Ok(names)
    }

    /// What a file holds; an error where that is more than this.
    pub(in crate::fix) fn read(&self, name: &str, most: u64) -> io::Result<Vec<u8>> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let found = openat(&self.folder, name, flags, Mode::empty())?;
        let mut bytes = Vec::new();
        File::from(found).take(most + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > most { Err(io::ErrorKind::InvalidData.into()) } else { Ok(bytes) }
    }

    /// Writes a file as `new` and gives it its name: on the disk before this is over.
    pub(in crate::fix) fn write(&self, name: &str, new: &str, bytes: &[u8]) -> io::Result<()> {
        match unlinkat(&self.folder, new, AtFlags::empty()) {
            Ok(()) | Err(rustix::io::Errno::NOENT) => {}
            Err(error) => return Err(error.into()),
        }
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut file = File::from(openat(&self.folder, new, flags, Mode::RUSR | Mode::WUSR)?);
        file.write_all(bytes)?;
        file.sync_all()?;
        renameat(&self.folder, new, &self.folder, name)?;
        fsync(&self.folder)?;
        Ok(())
    }

    /// Removes a file.
    pub(in crate::fix) fn remove(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.folder, name, AtFlags::empty())?)
    }
}
