//! A file of settings on the disk of the user who runs the program: opened without following anything, replaced in one step
//! by a new file with the same owner, list of rights and attributes.

#![expect(clippy::disallowed_methods, reason = "the file that is to be changed")]

use super::folders::{self, Unfit};
use crate::fix::obstacles::{self, LINK, file};
use crate::model::{Obstacle, Text};
use crate::source::registry::same_name;
use crate::source::trust::same_rights;
use crate::source::win::is_fixed_drive;
use crate::source::win::write::{
    State, give_list, has_streams, move_over, security_of, set_attributes, state,
};
use std::ffi::{OsStr, OsString};
use std::fs::{File, OpenOptions, remove_file};
use std::io::{self, Read, Write};
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Component, Path, PathBuf, Prefix};
use std::time::Duration;
use windows_sys::Win32::Storage::FileSystem::{
    FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_ENCRYPTED, FILE_ATTRIBUTE_OFFLINE, FILE_ATTRIBUTE_READONLY,
    FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS, FILE_ATTRIBUTE_RECALL_ON_OPEN, FILE_ATTRIBUTE_REPARSE_POINT,
    FILE_FLAG_OPEN_REPARSE_POINT, FILE_GENERIC_READ, FILE_GENERIC_WRITE, FILE_SHARE_READ, READ_CONTROL,
    WRITE_DAC,
};

/// What the new file is called until it takes the old one's place; a left-over of that name is removed.
const NEW: &str = ".smtp-auth-audit-new";
/// Settings are never larger (`limits::SETTINGS` is a part of it).
const MOST: u64 = 16 << 20;
/// How often a file is renamed that somebody has open: programs that look for viruses do, for a moment.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(100);

/// An open file with the folders on the way to it, which stay where they are as long as this lives.
#[derive(Debug)]
pub(in crate::fix) struct Site {
    _held: Vec<File>,
    path: PathBuf,
    found: File,
    old: State,
    /// What it holds.
    pub(in crate::fix) bytes: Vec<u8>,
}

fn not_safe(ja: &'static str, en: &'static str) -> Obstacle {
    file(Text::fixed(ja, en))
}

#[expect(clippy::needless_pass_by_value, reason = "what errors are mapped by")]
fn failed(error: io::Error) -> Obstacle {
    file(Text::new(format!("開けません: {error}"), format!("it can't be opened: {error}")))
}

impl Site {
    /// Opens a file below a home. Everything on the way has to be a folder that only its owner and administrators may
    /// change, and no link.
    pub(in crate::fix) fn open(home: &Path, path: &Path) -> Result<Self, Obstacle> {
        let (held, path) = walk(home, path)?;
        let mut options = OpenOptions::new();
        options.access_mode(FILE_GENERIC_READ | READ_CONTROL).share_mode(FILE_SHARE_READ);
        let found = options.custom_flags(FILE_FLAG_OPEN_REPARSE_POINT).open(&path).map_err(failed)?;
        let old = state(&found).map_err(failed)?;
        check(&found, &old, &path)?;
        let mut bytes = Vec::new();
        (&found).take(MOST + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > MOST {
            return Err(not_safe("ファイルが大きすぎます。", "the file is too large"));
        }
        let site = Self { _held: held, path, found, old, bytes };
        site.clear()?;
        Ok(site)
    }

    /// Removes what an earlier run left, if it is a file of the same owner.
    fn clear(&self) -> Result<(), Obstacle> {
        let new = new_path(&self.path);
        let mut options = OpenOptions::new();
        options.access_mode(FILE_GENERIC_READ | READ_CONTROL).custom_flags(FILE_FLAG_OPEN_REPARSE_POINT);
        let left = match options.open(&new) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            left => left.map_err(failed)?,
        };
        let is_plain = state(&left).map_err(failed)?.attributes
            & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT)
            == 0;
        let owners = [&left, &self.found].map(|file| security_of(file).map(|text| owner(&text)));
        drop(left);
        if is_plain
            && owners.iter().all(Option::is_some)
            && owners.windows(2).all(|two| two.first() == two.last())
        {
            return remove_file(&new).map_err(failed);
        }
        Err(not_safe(
            "同じ場所に、このプログラムのものではない一時ファイルがあります。",
            "there is a temporary file that this program did not make",
        ))
    }

    /// Puts these bytes in the place of the file, if that is still the one that was read. Whatever happens on the way, the
    /// place holds the old bytes or the new ones.
    pub(in crate::fix) fn replace(self, bytes: &[u8]) -> Result<(), Obstacle> {
        let new = new_path(&self.path);
        let mut options = OpenOptions::new();
        options.access_mode(FILE_GENERIC_READ | FILE_GENERIC_WRITE | READ_CONTROL | WRITE_DAC).share_mode(0);
        let made = options.write(true).create_new(true).open(&new).map_err(failed)?;
        let written = self.fill(made, bytes, &new).and_then(|()| self.swap(&new));
        if written.is_err() {
            let _ = remove_file(&new);
        }
        written
    }

    fn fill(&self, mut made: File, bytes: &[u8], new: &Path) -> Result<(), Obstacle> {
        // Before a byte is in it.
        let rights = || {
            let [old, new] = [&self.found, &made].map(security_of);
            old.zip(new).is_some_and(|(old, new)| owner(&old) == owner(&new) && same_rights(&old, &new))
        };
        if !rights() {
            give_list(&made, &self.found).map_err(failed)?;
            if !rights() {
                return Err(not_safe(
                    "ファイルのアクセス権を引き継げません。",
                    "its owner or its list of rights can't be kept",
                ));
            }
        }
        let done = made.write_all(bytes).and_then(|()| made.sync_all());
        drop(made);
        done.and_then(|()| set_attributes(new, self.old.attributes)).map_err(|error| {
            file(Text::new(format!("書けません: {error}"), format!("it can't be written: {error}")))
        })
    }

    fn swap(self, new: &Path) -> Result<(), Obstacle> {
        // Closed first: what is open is not replaced.
        let Self { _held, path, found, old, .. } = self;
        let now = state(&found).map_err(failed)?;
        drop(found);
        let again = OpenOptions::new()
            .access_mode(FILE_GENERIC_READ)
            .custom_flags(FILE_FLAG_OPEN_REPARSE_POINT)
            .open(&path)
            .and_then(|file| state(&file))
            .map_err(failed)?;
        if now != old || again != old {
            return Err(obstacles::unfit(crate::formats::edit::Unfit::NotAsRead));
        }
        let mut moved = move_over(new, &path);
        for _ in 1..TRIES {
            if moved.is_ok() {
                break;
            }
            std::thread::sleep(PAUSE);
            moved = move_over(new, &path);
        }
        moved.map_err(|error| {
            file(Text::new(format!("置き換えられません: {error}"), format!("it can't be replaced: {error}")))
        })
    }
}

/// Whether there is a way to a file at all; nothing is made or changed.
pub(in crate::fix) fn reach(home: &Path, path: &Path) -> Result<(), Obstacle> {
    walk(home, path).map(drop)
}

/// True if an earlier run left its new file beside this one: `Site::open` removes it.
pub(in crate::fix) fn has_left(home: &Path, path: &Path) -> bool {
    walk(home, path).is_ok_and(|(_held, path)| new_path(&path).symlink_metadata().is_ok())
}

/// What the new file beside a file is called.
fn new_path(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(NEW);
    path.with_file_name(name)
}

fn owner(text: &str) -> String {
    text.split("D:").next().unwrap_or_default().to_owned()
}

/// The folders on the way to a file, and the file's path below them.
fn walk(home: &Path, path: &Path) -> Result<(Vec<File>, PathBuf), Obstacle> {
    let outside = || not_safe("ホームフォルダーの外にあります。", "it lies outside of the home");
    let is_same = |(one, other): (Component<'_>, Component<'_>)| {
        one == other || same_name(&one.as_os_str().to_string_lossy(), &other.as_os_str().to_string_lossy())
    };
    let (of_home, of_path) = (home.components().count(), path.components().count());
    if of_home < 3 || of_home >= of_path || !home.components().zip(path.components()).all(is_same) {
        return Err(outside());
    }
    let is_disk = |letter: u8| is_fixed_drive(char::from(letter));
    let is_here = matches!(home.components().next(), Some(Component::Prefix(prefix))
        if matches!(prefix.kind(), Prefix::Disk(letter) if is_disk(letter)));
    if !is_here {
        return Err(not_safe(
            "ネットワーク上またはリムーバブルディスクのファイルです。",
            "it lies on no disk of this PC",
        ));
    }
    let parts: Vec<&OsStr> = path.components().skip(of_home).map(|part| part.as_os_str()).collect();
    let is_normal = path.components().skip(of_home).all(|part| matches!(part, Component::Normal(_)));
    // A colon would name a stream.
    if !is_normal || parts.iter().any(|part| part.to_string_lossy().contains(':')) {
        return Err(outside());
    }
    let (mut at, mut held) = (home.to_path_buf(), Vec::new());
    for (number, part) in parts.iter().enumerate() {
        let is_last = number + 1 == parts.len();
        let folder = folders::open(&at, is_last).map_err(|unfit| match unfit {
            Unfit::Link => LINK,
            Unfit::Others => not_safe(
                "ほかの利用者のフォルダーか、ほかの利用者が書き込めるフォルダーにあります。",
                "its folder is another user's, or can be written by other users",
            ),
            Unfit::Failed(error) => failed(error),
        })?;
        held.push(folder);
        at.push(part);
    }
    Ok((held, at))
}

fn check(found: &File, old: &State, path: &Path) -> Result<(), Obstacle> {
    let has = |attributes: u32| old.attributes & attributes != 0;
    if has(FILE_ATTRIBUTE_OFFLINE | FILE_ATTRIBUTE_RECALL_ON_OPEN | FILE_ATTRIBUTE_RECALL_ON_DATA_ACCESS) {
        return Err(not_safe("ファイルの内容がクラウドにあります。", "what it holds lies in a cloud"));
    }
    if has(FILE_ATTRIBUTE_REPARSE_POINT) {
        return Err(LINK);
    }
    if has(FILE_ATTRIBUTE_DIRECTORY) {
        return Err(not_safe("通常のファイルではありません。", "it is no regular file"));
    }
    if has(FILE_ATTRIBUTE_READONLY) {
        return Err(not_safe("ファイルが読み取り専用です。", "the file is read-only"));
    }
    if has(FILE_ATTRIBUTE_ENCRYPTED) {
        return Err(not_safe("ファイルが暗号化されています (EFS)。", "the file is encrypted (EFS)"));
    }
    if old.names != 1 {
        return Err(not_safe(
            "ファイルに別名 (ハードリンク) があります。",
            "the file has another name (hard link)",
        ));
    }
    if !folders::is_own(found, true) {
        return Err(not_safe(
            "ほかの利用者のファイルか、ほかの利用者が書き込めるファイルです。",
            "it is another user's file, or can be written by other users",
        ));
    }
    if has_streams(path) {
        return Err(not_safe(
            "引き継げないデータ (代替ストリーム) がファイルにあります。",
            "the file has data that can't be kept (named streams)",
        ));
    }
    Ok(())
}
