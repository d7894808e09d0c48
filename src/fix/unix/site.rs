//! A file of settings on the disk of the user who runs the program: opened without following anything, replaced in one step
//! by a new file of the same mode, owner and place.

use crate::fix::obstacles::{self, LINK, file};
use crate::model::{Obstacle, Text};
use rustix::fs::{
    AtFlags, Mode, OFlags, Stat, fchmod, fstat, fsync, open, openat, renameat, statat, unlinkat,
};
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Component, Path};

/// What the new file is called until it takes the old one's place; a left-over of that name is removed.
const NEW: &str = ".smtp-auth-audit-new";
/// Settings are never larger (`limits::SETTINGS` is a part of it).
const MOST: u64 = 16 << 20;

/// An open file with the folder that it lies in.
#[derive(Debug)]
pub(in crate::fix) struct Site {
    folder: OwnedFd,
    name: OsString,
    old: Stat,
    /// What it holds.
    pub(in crate::fix) bytes: Vec<u8>,
}

fn not_safe(ja: &'static str, en: &'static str) -> Obstacle {
    file(Text::fixed(ja, en))
}

fn failed(error: rustix::io::Errno) -> Obstacle {
    file(Text::new(format!("開けません: {error}"), format!("it can't be opened: {error}")))
}

impl Site {
    /// Opens a file below a home. Everything on the way has to be a folder of the home's owner, and no link.
    pub(in crate::fix) fn open(home: &Path, path: &Path) -> Result<Self, Obstacle> {
        let folder = walk(home, path)?;
        let name = path.file_name().unwrap_or_default().to_owned();
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let found = openat(&folder, &name, flags, Mode::empty()).map_err(|error| match error {
            rustix::io::Errno::LOOP => LINK,
            error => failed(error),
        })?;
        let old = fstat(&found).map_err(failed)?;
        check(&found, &old)?;
        let mut bytes = Vec::new();
        let mut reader = File::from(found).take(MOST + 1);
        reader.read_to_end(&mut bytes).map_err(|error| {
            file(Text::new(format!("読めません: {error}"), format!("it can't be read: {error}")))
        })?;
        if bytes.len() as u64 > MOST {
            return Err(not_safe("ファイルが大きすぎます。", "the file is too large"));
        }
        let site = Self { folder, name, old, bytes };
        site.clear()?;
        Ok(site)
    }

    /// Removes what an earlier run left, if it is a file of the same owner.
    fn clear(&self) -> Result<(), Obstacle> {
        let name = new_name(&self.name);
        match statat(&self.folder, &name, AtFlags::SYMLINK_NOFOLLOW) {
            Err(rustix::io::Errno::NOENT) => Ok(()),
            Err(error) => Err(failed(error)),
            Ok(found)
                if found.st_uid == self.old.st_uid && kind(&found) == rustix::fs::FileType::RegularFile =>
            {
                unlinkat(&self.folder, &name, AtFlags::empty()).map_err(failed)
            }
            Ok(_) => Err(not_safe(
                "同じ場所に、このプログラムのものではない一時ファイルがあります。",
                "there is a temporary file that this program did not make",
            )),
        }
    }

    /// Puts these bytes in the place of the file, if that is still the one that was read. Whatever happens on the way, the
    /// place holds the old bytes or the new ones.
    pub(in crate::fix) fn replace(self, bytes: &[u8]) -> Result<(), Obstacle> {
        let name = new_name(&self.name);
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let made = openat(&self.folder, &name, flags, Mode::RUSR | Mode::WUSR).map_err(failed)?;
        let written = self.fill(made, bytes).and_then(|()| self.swap(&name));
        if written.is_err() {
            let _ = unlinkat(&self.folder, &name, AtFlags::empty());
        }
        written
    }

    fn fill(&self, made: OwnedFd, bytes: &[u8]) -> Result<(), Obstacle> {
        // Before a byte is in it.
        let new = fstat(&made).map_err(failed)?;
        if new.st_gid != self.old.st_gid {
            let group = rustix::fs::Gid::from_raw(self.old.st_gid);
            rustix::fs::fchown(&made, None, Some(group)).map_err(failed)?;
        }
        fchmod(&made, Mode::from_raw_mode(self.old.st_mode & 0o7777)).map_err(failed)?;
        let mut made = File::from(made);
        let done = made.write_all(bytes).and_then(|()| made.sync_all());
        done.map_err(|error| {
            file(Text::new(format!("書けません: {error}"), format!("it can't be written: {error}")))
        })
    }

    fn swap(&self, name: &OsStr) -> Result<(), Obstacle> {
        let now = statat(&self.folder, &self.name, AtFlags::SYMLINK_NOFOLLOW).map_err(failed)?;
        let is_same = |of: fn(&Stat) -> i128| of(&now) == of(&self.old);
        let is_untouched = is_same(|stat| stat.st_ino.into())
            && is_same(|stat| stat.st_size.into())
            && is_same(|stat| stat.st_mtime.into())
            && is_same(|stat| stat.st_mtime_nsec.into())
            && is_same(|stat| stat.st_ctime.into());
        if !is_untouched {
            return Err(obstacles::unfit(crate::formats::edit::Unfit::NotAsRead));
        }
        renameat(&self.folder, name, &self.folder, &self.name).map_err(failed)?;
        // The name is on the disk when the folder is.
        let _ = fsync(&self.folder);
        Ok(())
    }
}

fn kind(stat: &Stat) -> rustix::fs::FileType {
    rustix::fs::FileType::from_raw_mode(stat.st_mode)
}

/// What the new file of a name is called.
fn new_name(name: &OsStr) -> OsString {
    let mut new = OsString::from(".");
    new.push(name);
    new.push(NEW);
    new
}

/// Whether there is a way to a file at all; nothing is made or changed.
pub(in crate::fix) fn reach(home: &Path, path: &Path) -> Result<(), Obstacle> {
    walk(home, path).map(drop)
}

/// True if an earlier run left its new file beside this one: `Site::open` removes it.
pub(in crate::fix) fn has_left(home: &Path, path: &Path) -> bool {
    let name = new_name(path.file_name().unwrap_or_default());
    walk(home, path).is_ok_and(|folder| statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW).is_ok())
}

/// The folder of a file, by way of folders that are the owner's.
fn walk(home: &Path, path: &Path) -> Result<OwnedFd, Obstacle> {
    let outside = || not_safe("ホームフォルダーの外にあります。", "it lies outside of the home");
    let below = path.strip_prefix(home).map_err(|_| outside())?;
    let own = rustix::process::geteuid().as_raw();
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let mut folder = open(home, flags, Mode::empty()).map_err(failed)?;
    let check = |folder: &OwnedFd| {
        let stat = fstat(folder).map_err(failed)?;
        if stat.st_uid != own {
            return Err(not_safe("ほかの利用者のフォルダーです。", "its folder is another user's"));
        }
        // Another one could put something else in the file's place.
        if is_open_to_others(&stat) {
            return Err(not_safe(
                "ほかの利用者が書き込めるフォルダーにあります。",
                "its folder can be written by other users",
            ));
        }
        Ok(())
    };
    check(&folder)?;
    for part in below.parent().into_iter().flat_map(Path::components) {
        let Component::Normal(part) = part else { return Err(outside()) };
        folder =
            openat(&folder, part, flags | OFlags::NOFOLLOW, Mode::empty()).map_err(|error| match error {
                rustix::io::Errno::LOOP | rustix::io::Errno::NOTDIR => LINK,
                error => failed(error),
            })?;
        check(&folder)?;
    }
    Ok(folder)
}

/// True if others may write. A group with the number of the user is his own (Debian's and Fedora's `useradd`).
fn is_open_to_others(stat: &Stat) -> bool {
    stat.st_mode & 0o002 != 0 || stat.st_mode & 0o020 != 0 && stat.st_gid != stat.st_uid
}

fn check(found: &OwnedFd, stat: &Stat) -> Result<(), Obstacle> {
    if kind(stat) != rustix::fs::FileType::RegularFile {
        return Err(not_safe("通常のファイルではありません。", "it is no regular file"));
    }
    if stat.st_uid != rustix::process::geteuid().as_raw() {
        return Err(not_safe("ほかの利用者のファイルです。", "it is another user's file"));
    }
    if stat.st_nlink != 1 {
        return Err(not_safe(
            "ファイルに別名 (ハードリンク) があります。",
            "the file has another name (hard link)",
        ));
    }
    if is_open_to_others(stat) {
        return Err(not_safe(
            "ほかの利用者が書き込めるファイルです。",
            "the file can be written by other users",
        ));
    }
    if stat.st_mode & 0o200 == 0 {
        return Err(not_safe("ファイルが読み取り専用です。", "the file is read-only"));
    }
    if is_remote(found.as_fd()) {
        return Err(not_safe("ネットワーク上のファイルです。", "it lies on the network"));
    }
    if further(found) {
        return Err(not_safe(
            "引き継げない属性 (ACL など) がファイルにあります。",
            "the file has attributes that can't be kept (an ACL, say)",
        ));
    }
    Ok(())
}

/// True if it has attributes beside those that the system gives each file by itself.
fn further(found: &OwnedFd) -> bool {
    let mut names = [0_u8; 4096];
    match rustix::fs::flistxattr(found, &mut names[..]) {
        Ok(length) => {
            let names = names.get(..length).unwrap_or_default().split(|byte| *byte == 0);
            names.filter(|name| !name.is_empty()).any(|name| OsStr::from_bytes(name) != "security.selinux")
        }
        // A file system without them.
        Err(rustix::io::Errno::OPNOTSUPP) => false,
        Err(_) => true,
    }
}

/// File systems of other computers (linux/magic.h, statfs(2)).
#[cfg(target_os = "linux")]
fn is_remote(found: std::os::fd::BorrowedFd<'_>) -> bool {
    const REMOTE: [u32; 8] =
        [0x6969, 0x517B, 0xFE53_4D42, 0xFF53_4D42, 0x6573_5546, 0x0102_1997, 0x5346_414F, 0x00C3_6400];
    rustix::fs::fstatfs(found)
        .map_or(true, |stat| u32::try_from(stat.f_type).is_ok_and(|kind| REMOTE.contains(&kind)))
}

/// Elsewhere the programs were not tried: `Written::is_tried` does not hold there.
#[cfg(not(target_os = "linux"))]
fn is_remote(_: std::os::fd::BorrowedFd<'_>) -> bool {
    false
}
