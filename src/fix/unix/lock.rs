//! What a mail program takes while it runs, held so that it does not start meanwhile.

use crate::clients::changing::Lock;
use crate::formats::shapes::hexadecimal;
use rustix::fs::{AtFlags, FlockOperation, Mode, OFlags, fcntl_lock, openat, unlinkat};
use std::ffi::OsString;
use std::os::fd::OwnedFd;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

/// Held as long as it lives.
#[derive(Debug)]
pub(in crate::fix) enum Held {
    /// The lock on a file, and whether the file was made for it.
    File { folder: OwnedFd, name: OsString, is_new: bool, _file: OwnedFd },
    /// Sockets that nobody is answered at, with the folders that were made for them.
    Sockets { sockets: Vec<(UnixListener, PathBuf)>, folders: Vec<PathBuf> },
}

/// Takes what the program takes; `None`: somebody has it, or it can't be had.
pub(in crate::fix) fn take(lock: &Lock, folder: &Path) -> Option<Held> {
    match lock {
        Lock::Beside { unix, .. } => beside(folder, unix),
        // Only on Windows there is a program of which nothing is known.
        Lock::Nothing => None,
        Lock::Sockets(patterns) => {
            let mut held = (Vec::new(), Vec::new());
            for path in patterns.iter().filter_map(|pattern| named(pattern, folder)) {
                if !listen(&path, &mut held.0, &mut held.1) {
                    drop(Held::Sockets { sockets: held.0, folders: held.1 });
                    return None;
                }
            }
            Some(Held::Sockets { sockets: held.0, folders: held.1 })
        }
    }
}

/// A POSIX lock for writing on the whole file, as Mozilla's programs take it (toolkit/profile/nsProfileLock.cpp).
fn beside(folder: &Path, name: &str) -> Option<Held> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
    let folder = rustix::fs::open(folder, flags, Mode::empty()).ok()?;
    let flags = OFlags::WRONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let mode = Mode::RUSR | Mode::WUSR;
    let new = openat(&folder, name, flags | OFlags::CREATE | OFlags::EXCL, mode);
    let is_new = new.is_ok();
    let file = new.or_else(|_| openat(&folder, name, flags, mode)).ok()?;
    let held = Held::File { folder, name: name.into(), is_new, _file: file };
    let Held::File { _file: file, .. } = &held else { return None };
    fcntl_lock(file, FlockOperation::NonBlockingLockExclusive).ok()?;
    Some(held)
}

/// Listens where the program would; false if somebody does.
fn listen(path: &Path, sockets: &mut Vec<(UnixListener, PathBuf)>, folders: &mut Vec<PathBuf>) -> bool {
    use std::os::unix::fs::DirBuilderExt;
    if UnixStream::connect(path).is_ok() {
        return false;
    }
    if let Some(folder) = path.parent() {
        #[expect(
            clippy::disallowed_methods,
            reason = "the folder of the program's own socket, private as it makes it"
        )]
        let made = std::fs::DirBuilder::new().mode(0o700).create(folder);
        if made.is_ok() {
            folders.push(folder.to_owned());
        }
    }
    // A socket that nobody listens at is what a program leaves that was killed: it is removed, as the program itself does.
    let bound = UnixListener::bind(path).or_else(|error| {
        use std::os::unix::fs::{FileTypeExt, MetadataExt};
        #[expect(clippy::disallowed_methods, reason = "the program's own socket")]
        let found = std::fs::symlink_metadata(path)?;
        if !found.file_type().is_socket() || found.uid() != rustix::process::geteuid().as_raw() {
            return Err(error);
        }
        remove(path);
        UnixListener::bind(path)
    });
    match bound {
        Ok(socket) => {
            sockets.push((socket, path.to_owned()));
            true
        }
        Err(_) => false,
    }
}

fn remove(path: &Path) {
    let _ = rustix::fs::unlink(path);
}

/// A socket's name with what stands for its parts; `None` where the system has no such folder.
fn named(pattern: &str, folder: &Path) -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "where the programs of this user put their sockets")]
    let var = |name: &str| std::env::var(name).ok().filter(|value| value.starts_with('/'));
    let runtime = || {
        let home = || var("HOME").map(|home| home + "/.cache");
        var("XDG_RUNTIME_DIR").or_else(|| var("XDG_CACHE_HOME")).or_else(home)
    };
    let folder = folder.to_str()?;
    let mut name = pattern.to_owned();
    for (word, value) in [
        ("{temporary}", var("TMPDIR").unwrap_or_else(|| "/tmp".to_owned())),
        ("{runtime}", if pattern.contains("{runtime}") { runtime()? } else { String::new() }),
        ("{user}", rustix::process::getuid().as_raw().to_string()),
        ("{md5}", md5_of(folder)),
    ] {
        name = name.replace(word, &value);
    }
    Some(PathBuf::from(name))
}

/// A name of 32 hex digits; nothing rests on it but which socket it is.
fn md5_of(text: &str) -> String {
    use md5::{Digest, Md5};
    hexadecimal(&Md5::digest(text.as_bytes()))
}

impl Drop for Held {
    fn drop(&mut self) {
        match self {
            Self::File { folder, name, is_new: true, .. } => {
                let _ = unlinkat(folder, &*name, AtFlags::empty());
            }
            Self::File { .. } => {}
            Self::Sockets { sockets, folders } => {
                for (_, path) in sockets {
                    remove(path);
                }
                for folder in folders {
                    let _ = rustix::fs::rmdir(&*folder);
                }
            }
        }
    }
}
