//! What a client's files and registry keys are, as data. Readers get a file's content only together with its rule, and what
//! they were given is what `collect` copies.

use super::android_backup::AndroidBackup;
use super::database::{Database, DatabaseError};
use super::registry::Key;
use crate::formats::encodings::decode;
use crate::formats::facts::{Fact, Group};
use crate::model::Text;
use crate::model::limits::{self, Limit};
use memchr::memmem;
use std::cmp::Ordering;
use std::fmt;
use std::io;
use std::ops::Deref;
use std::sync::OnceLock;

/// A kind of file.
#[derive(Debug)]
pub struct FileRule {
    /// Its usual name; no two rules have the same.
    pub id: &'static str,
    /// Names by which it is known; one `*` stands for anything.
    pub names: &'static [&'static str],
    /// How it is recognised wherever it lies and whatever its name is.
    pub looks: Looks,
    /// How long it may be.
    pub limit: &'static Limit,
    /// The settings in it, by groups; one group `*` for a file without groups.
    pub groups: &'static [Group],
    /// How `collect` writes it.
    pub copy: Copy,
}

/// Some files of clients.
pub type Rules<'a> = &'a [&'static FileRule];

/// A client's folder that stands for one of its places wherever it lies and whatever its name is.
#[derive(Debug, PartialEq, Eq)]
pub struct OwnFolder {
    /// What lies in it: one entry of each of these groups of names, in which one `*` stands for anything.
    pub signs: &'static [&'static [&'static str]],
    /// The place that it stands for, as its client asks for it.
    pub place: &'static str,
}

/// What the clients' rows say of files and folders: handed down to where a PATH is looked through.
#[derive(Debug, Default)]
pub struct Known {
    /// Their files.
    pub files: Vec<&'static FileRule>,
    /// Their folders.
    pub folders: Vec<&'static OwnFolder>,
    /// Names of folders at the top of homes, in lower case: each makes a folder a home.
    pub marks: Vec<&'static str>,
    /// Names of folders in which clients keep their settings, in lower case.
    pub stores: Vec<String>,
    /// Files that have to do with a client and are not read.
    pub others: &'static [Other],
}

/// A file that has to do with a client and is not read.
#[derive(Debug)]
pub struct Other {
    /// What stands in its beginning, all of it, anywhere.
    pub marks: &'static [&'static [u8]],
    /// What it is, and what to scan in its place.
    pub says: Text,
}

impl Other {
    /// True if the file begins like one.
    pub fn is(&self, head: &[u8]) -> bool {
        self.marks.iter().all(|mark| memmem::find(head, mark).is_some())
    }
}

/// What the rows say, for a process that is told by ids which of the rules is meant.
static LISTED: OnceLock<Known> = OnceLock::new();

impl Known {
    /// From now on the rules are known by their ids in this process.
    pub fn list(self) {
        let _ = LISTED.set(self);
    }
}

/// A kind of file on its way to another process.
pub(super) mod file_by_id {
    use super::{FileRule, LISTED};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(in crate::source) fn serialize<S: Serializer>(
        rule: &&'static FileRule,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(rule.id)
    }

    pub(in crate::source) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<&'static FileRule, D::Error> {
        let id = String::deserialize(deserializer)?;
        let rule = LISTED.get().and_then(|known| known.files.iter().find(|rule| rule.id == id));
        rule.copied().ok_or_else(|| D::Error::custom("no such kind of file"))
    }
}

/// A client's own folder, likewise.
pub(super) mod folder_by_place {
    use super::{LISTED, OwnFolder};
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde calls it")]
    pub(in crate::source) fn serialize<S: Serializer>(
        rule: &&'static OwnFolder,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(rule.place)
    }

    pub(in crate::source) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<&'static OwnFolder, D::Error> {
        let place = String::deserialize(deserializer)?;
        let rule = LISTED.get().and_then(|known| known.folders.iter().find(|rule| rule.place == place));
        rule.copied().ok_or_else(|| D::Error::custom("no such folder"))
    }
}

/// True if the name fits the pattern, in any case of ASCII; one `*` in it stands for anything.
pub fn fits(name: &str, pattern: &str) -> bool {
    let Some((before, behind)) = pattern.split_once('*') else { return name.eq_ignore_ascii_case(pattern) };
    let name = name.as_bytes();
    let (start, end) = (name.get(..before.len()), name.len().checked_sub(behind.len()));
    name.len() >= before.len() + behind.len()
        && start.is_some_and(|start| start.eq_ignore_ascii_case(before.as_bytes()))
        && end.and_then(|end| name.get(end..)).is_some_and(|end| end.eq_ignore_ascii_case(behind.as_bytes()))
}

/// How a file is recognised.
#[derive(Debug, Clone, Copy)]
pub enum Looks {
    /// Not at all: it means something only in the place where its client looks for it.
    Unlike,
    /// By its content.
    Content(fn(&Sample) -> bool),
    /// By its beginning. It is read as a stream, and may be larger than what is read at once.
    Stream(fn(&Sample) -> bool),
    /// A folder that is read as one thing: of each of these groups of names, one file lies in it.
    Folder(&'static [&'static [&'static str]]),
}

impl FileRule {
    /// It is read wherever it lies and whatever its name is.
    pub fn is_told_by_content(&self) -> bool {
        matches!(self.looks, Looks::Content(_) | Looks::Stream(_))
    }
}

/// How a collected copy is made.
#[derive(Debug, Clone, Copy)]
pub enum Copy {
    /// Of the content, with a number that tells copies of different files apart; `None`: it can't be understood.
    Text(fn(&Content, usize) -> Option<String>),
    /// Of a database.
    Database(fn(&Database) -> Result<Vec<u8>, DatabaseError>),
    /// Of a folder in which the names of folders tell something: what stands for such a name.
    Folder(fn(&str) -> Option<&'static str>),
    /// Of a database that is told by its content, with what takes the place of one that can't be read and is told the same.
    Recognised(fn(&Database) -> Result<Vec<u8>, DatabaseError>, &'static [u8]),
    /// Of a backup of a phone, likewise.
    Backup(fn(&AndroidBackup) -> io::Result<Vec<u8>>, &'static [u8]),
    /// Not at all: that it is there is all that is needed.
    Nothing,
}

/// A registry key that a client asks for.
#[derive(Debug)]
pub struct KeyRule {
    /// Its usual path; no two rules have the same.
    pub id: &'static str,
    /// The settings in it and below it.
    pub facts: &'static [Fact],
    /// Keys below it whose presence is an entry of a list, by their paths in lower case.
    pub is_entry: fn(&str) -> bool,
    /// How `collect` writes it, where its values can't be told by their names alone: the key with what may be copied.
    pub copy: Option<fn(&Key) -> Key>,
}

/// No file.
static NOTHING: FileRule = FileRule {
    id: "",
    names: &[],
    looks: Looks::Unlike,
    limit: &limits::ANY,
    groups: &[],
    copy: Copy::Nothing,
};

/// The content of a file and its rule.
pub struct Content {
    bytes: Vec<u8>,
    /// Which kind of file it is.
    pub rule: &'static FileRule,
}

/// A file that may be of any kind.
#[derive(Debug)]
pub struct Sample<'a> {
    /// All of it; of a database that is new, its log; of a stream, its beginning.
    pub bytes: &'a [u8],
    /// Its beginning; of such a log nothing.
    pub head: &'a [u8],
    /// Its beginning as text; empty where it is none.
    pub text: &'a str,
    /// It is a database of SQLite.
    pub is_database: bool,
}

impl Sample<'_> {
    /// True if these bytes stand anywhere in it.
    pub fn holds(&self, bytes: &[u8]) -> bool {
        memchr::memmem::find(self.bytes, bytes).is_some()
    }
}

impl Content {
    pub(crate) fn new(bytes: Vec<u8>, rule: &'static FileRule) -> Self {
        Self { bytes, rule }
    }

    /// The text.
    pub fn text(&self) -> String {
        decode(&self.bytes)
    }
}

impl Default for Content {
    fn default() -> Self {
        Self { bytes: Vec::new(), rule: &NOTHING }
    }
}

impl Deref for Content {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Never what is in it.
impl fmt::Debug for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, {} bytes", self.rule.id, self.bytes.len())
    }
}

impl KeyRule {
    /// True for a key below which something is to be copied, or which is an entry by itself.
    pub fn wants(&self, key: &Key) -> bool {
        (self.is_entry)(&key.path.to_lowercase())
            || key.values.iter().any(|(name, _)| crate::formats::facts::find(self.facts, name).is_some())
            || key.subkeys.iter().any(|key| self.wants(key))
    }
}

impl PartialEq for FileRule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for FileRule {}

impl PartialOrd for FileRule {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for FileRule {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(other.id)
    }
}

impl PartialEq for KeyRule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for KeyRule {}

impl PartialOrd for KeyRule {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for KeyRule {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(other.id)
    }
}
