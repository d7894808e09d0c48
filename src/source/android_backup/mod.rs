//! A backup that `adb backup` wrote (`.ab`): the databases of one name in it, read as a stream within limits.
//!
//! Lines of text `ANDROID BACKUP`, version (1 to 5), compressed (0 or 1), encryption (`none` or `AES-256`); then a tar,
//! as a zlib stream if compressed (mvt-project/mvt, src/mvt/android/parsers/backup.py; AOSP, BackupManagerService).

use super::database::{self, Database, DatabaseError};
use super::problem::Problem;
use super::system::MAX_FILE;
use crate::model::limits;
use crate::model::{IssueKind, Text};
use flate2::read::ZlibDecoder;
use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, ErrorKind, Read};

/// The first line.
pub const MAGIC: &[u8] = b"ANDROID BACKUP\n";
/// The longest line of the header, in bytes; the key of an encrypted backup has some hundred.
const LONGEST_LINE: u64 = 1024;
/// What is kept of it: a phone has a few such databases of some hundred kilobytes.
const MOST_KEPT: u64 = 128 << 20;
/// What SQLite appends to the name of a database for the write-ahead log and for the rollback journal.
const COMPANIONS: [&str; 2] = ["-wal", "-journal"];

/// What a backup holds.
pub struct AndroidBackup {
    /// The databases, in the order of their paths.
    pub databases: Vec<Packed>,
    /// How many files there are in all, as far as it was read.
    pub files: u64,
    /// What ended the reading before the end.
    pub cut: Option<BackupError>,
    /// How many bytes were unpacked.
    pub unpacked: u64,
}

/// A database in a backup.
pub struct Packed {
    /// Its path inside: `apps/com.android.email/db/EmailProvider.db`.
    pub path: String,
    /// The database, with what was committed to its log or without what was left unfinished.
    pub database: Result<Database, DatabaseError>,
}

/// Why a backup, or the rest of it, can't be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// The header is not the one of a backup.
    #[error("not an Android backup")]
    NotBackup,
    /// A version that did not exist when this was written.
    #[error("an unknown version of the format")]
    Version,
    /// Encrypted with a password.
    #[error("the backup is encrypted")]
    Encrypted,
    /// It ends too early, or what is compressed or packed in it is damaged.
    #[error("cut off or damaged")]
    Damaged,
    /// More than is looked through.
    #[error("too large")]
    TooLarge,
}

/// Reads a backup. Nothing is written anywhere, and only databases of this name with their logs are kept while it is read.
pub fn read(source: impl Read, name: &str) -> Result<AndroidBackup, BackupError> {
    read_within(source, name, limits::BACKUPS.most)
}

/// The same of one that may unpack to so many bytes.
pub fn read_within(source: impl Read, name: &str, most: u64) -> Result<AndroidBackup, BackupError> {
    let mut source = BufReader::new(source);
    if read_line(&mut source)? != "ANDROID BACKUP" {
        return Err(BackupError::NotBackup);
    }
    match read_line(&mut source)?.parse::<u32>() {
        Ok(1..=5) => {}
        Ok(_) => return Err(BackupError::Version),
        Err(_) => return Err(BackupError::NotBackup),
    }
    let compressed = read_line(&mut source)?;
    if read_line(&mut source)? != "none" {
        return Err(BackupError::Encrypted);
    }
    match compressed.as_str() {
        "0" => Ok(unpack(source, name, most)),
        "1" => Ok(unpack(ZlibDecoder::new(source), name, most)),
        _ => Err(BackupError::NotBackup),
    }
}

fn read_line(source: &mut impl BufRead) -> Result<String, BackupError> {
    let mut line = Vec::new();
    source.take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(|_| BackupError::Damaged)?;
    if line.pop() != Some(b'\n') {
        return Err(BackupError::NotBackup);
    }
    String::from_utf8(line).map_err(|_| BackupError::NotBackup)
}

/// The files of a tar as far as it can be read. A cut-off one gives what came before.
fn unpack(tar: impl Read, name: &str, most: u64) -> AndroidBackup {
    let mut kept = Kept { files: BTreeMap::new(), left: MOST_KEPT };
    let mut files = 0;
    let mut tar = Bounded { inner: tar, left: most };
    let cut = walk(&mut tar, name, &mut kept, &mut files).err();
    let Kept { files: mut contents, .. } = kept;
    let is_companion = |path: &str| COMPANIONS.iter().any(|ending| path.ends_with(ending));
    let paths: Vec<String> = contents.keys().filter(|path| !is_companion(path)).cloned().collect();
    let databases = paths.into_iter().map(|path| {
        let main = contents.remove(&path).unwrap_or_default();
        let [log, journal] = COMPANIONS.map(|ending| contents.remove(&format!("{path}{ending}")));
        let main = database::rolled_back(main, &journal.unwrap_or_default());
        Packed { path, database: database::open(main, log) }
    });
    AndroidBackup { databases: databases.collect(), files, cut, unpacked: most - tar.left }
}

/// Files by their paths, and how many bytes more may be kept.
struct Kept {
    files: BTreeMap<String, Vec<u8>>,
    left: u64,
}

fn walk(tar: impl Read, name: &str, kept: &mut Kept, files: &mut u64) -> Result<(), BackupError> {
    let mut archive = tar::Archive::new(tar);
    // Raw: headers that hold a name or a size of any length would be read into memory. Android writes them for paths of
    // more than a hundred characters only (AOSP, libs/androidfw/BackupHelpers.cpp), which these are not.
    for entry in archive.entries().map_err(|error| explain(&error))?.raw(true) {
        let mut entry = entry.map_err(|error| explain(&error))?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        *files += 1;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let last = path.rsplit('/').next().unwrap_or_default();
        let main = COMPANIONS.iter().find_map(|ending| last.strip_suffix(ending)).unwrap_or(last);
        let is_wanted = main.eq_ignore_ascii_case(name);
        if !is_wanted {
            continue;
        }
        let size = entry.size();
        if size > MAX_FILE || size > kept.left {
            return Err(BackupError::TooLarge);
        }
        kept.left -= size;
        let mut content = Vec::new();
        let read = entry.read_to_end(&mut content);
        let is_whole = u64::try_from(content.len()) == Ok(size);
        kept.files.insert(path, content);
        read.map_err(|error| explain(&error))?;
        if !is_whole {
            return Err(BackupError::Damaged);
        }
    }
    Ok(())
}

/// The sentences of the crates may hold content of the file.
fn explain(error: &io::Error) -> BackupError {
    if error.kind() == ErrorKind::FileTooLarge { BackupError::TooLarge } else { BackupError::Damaged }
}

/// A stream that ends with an error after so many bytes: a few kilobytes can expand to terabytes.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let count = self.inner.read(buffer.get_mut(..most).unwrap_or_default())?;
        self.left -= count as u64;
        Ok(count)
    }
}

impl BackupError {
    /// What people are told of it.
    pub fn problem(self, place: &str) -> Problem {
        match self {
            Self::Encrypted => Problem::new(
                IssueKind::Encrypted,
                place,
                Text::fixed(
                    "Android のバックアップがパスワードで暗号化されているため、読み取れません。パスワードを設定せずにバックアップし直してください。",
                    "the Android backup is encrypted with a password: make it again without one",
                ),
            ),
            Self::TooLarge => Problem::new(
                IssueKind::TooLarge,
                place,
                Text::fixed(
                    "Android のバックアップが大きすぎるため、途中までしか調べていません。",
                    "the Android backup is too large and was not looked through to its end",
                ),
            ),
            Self::Damaged => Problem::malformed(
                place,
                &Text::fixed(
                    "Android のバックアップが途中で切れているか、壊れています。読めたところまでを調べました",
                    "the Android backup is cut off or damaged; what could be read of it was looked at",
                ),
            ),
            Self::NotBackup | Self::Version => Problem::malformed(
                place,
                &Text::new(
                    format!("Android のバックアップとして読めません ({self})"),
                    format!("not readable as an Android backup ({self})"),
                ),
            ),
        }
    }
}

#[cfg(test)]
mod tests;
