//! What was written, so that it can be taken back: one small file per change, in a folder of the user's own. It holds settings
//! that are no secrets, and is read back as what anybody may have written.

use crate::formats::shapes::hexadecimal;
use crate::model::ChangeState;
use rustix::fs::{
    AtFlags, Dir, Mode, OFlags, fstat, fsync, mkdirat, open, openat, renameat, statat, unlinkat,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::OwnedFd;
use std::path::Path;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

/// The form of an entry.
const SCHEMA: &str = "smtp-auth-audit/change/v1";
/// Where the entries lie, below the home.
const FOLDERS: [&str; 4] = [".local", "state", "smtp-auth-audit", "changes"];
/// An entry is a few hundred bytes.
const MOST: u64 = 64 << 10;
/// Entries of changes that are over, in days.
const KEPT: i64 = 180;
/// Entries that are looked at.
const MOST_ENTRIES: usize = 10_000;

/// A setting that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    /// As the client spells it.
    pub setting: String,
    /// What stood there.
    pub old: Option<String>,
    /// What was put there.
    pub new: Option<String>,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    schema: String,
    /// Its id.
    pub id: String,
    /// When it was begun.
    pub begun_at: String,
    /// The finding.
    pub finding: String,
    /// The client.
    pub client: String,
    /// The account's name, for people.
    pub account: String,
    /// The file or registry key, for people: where to write is told by a new scan.
    pub place: String,
    /// The policy that asked for it.
    pub policy: Option<String>,
    /// In the order of writing.
    pub settings: Vec<Written>,
    /// How far it got.
    pub state: String,
    /// Over all of the above.
    hash: String,
}

/// How far a change got, as the journal has it.
pub(super) const BEGUN: &str = "begun";

impl Entry {
    /// A new one, not written yet.
    pub(super) fn new(
        finding: &str,
        client: &str,
        account: &str,
        place: &str,
        settings: Vec<Written>,
    ) -> Self {
        let now = OffsetDateTime::now_utc();
        // To the millisecond: of several in one run the last one is known.
        let begun_at = now.replace_nanosecond(now.nanosecond() / 1_000_000 * 1_000_000);
        let begun_at = begun_at.unwrap_or(now).format(&Rfc3339).unwrap_or_default();
        let stamp: String = begun_at.chars().filter(char::is_ascii_alphanumeric).collect();
        Self {
            schema: SCHEMA.to_owned(),
            id: format!("{stamp}-{}", finding.get(..6).unwrap_or(finding)).to_lowercase(),
            begun_at,
            finding: finding.to_owned(),
            client: client.to_owned(),
            account: account.to_owned(),
            place: place.to_owned(),
            policy: None,
            settings,
            state: BEGUN.to_owned(),
            hash: String::new(),
        }
    }

    fn digest(&self) -> String {
        let plain = Self { hash: String::new(), ..self.clone() };
        let text = serde_json::to_vec(&plain).unwrap_or_default();
        hexadecimal(&Sha256::digest(text))
    }

    /// True if nobody changed it by hand.
    pub fn is_whole(&self) -> bool {
        self.schema == SCHEMA && self.hash == self.digest()
    }

    /// True if something of it may stand in the settings.
    pub fn is_open(&self) -> bool {
        self.state == BEGUN || self.state == ChangeState::Unfinished.code()
    }

    /// True if it can be taken back.
    pub fn is_in_effect(&self) -> bool {
        self.is_open() || self.state == ChangeState::Done.code()
    }
}

/// The journal of a user.
#[derive(Debug)]
pub struct Journal {
    folder: OwnedFd,
}

impl Journal {
    /// The journal below this home; `make`: it is made where it is not there.
    pub fn open(home: &Path, make: bool) -> io::Result<Option<Self>> {
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

    /// The entries, the newest first; what is none is passed over, and counted.
    pub fn entries(&self) -> io::Result<(Vec<Entry>, usize)> {
        let (mut entries, mut strange) = (Vec::new(), 0);
        for found in Dir::read_from(&self.folder)?.take(MOST_ENTRIES) {
            let found = found?;
            let name = found.file_name().to_string_lossy().into_owned();
            let Some(id) = name.strip_suffix(".json") else { continue };
            match self.read(&name) {
                Ok(entry) if entry.id == id && is_id(id) => entries.push(entry),
                _ => strange += 1,
            }
        }
        // As times: their fractions differ in length.
        let begun = |entry: &Entry| OffsetDateTime::parse(&entry.begun_at, &Rfc3339).ok();
        entries.sort_by_key(|entry| std::cmp::Reverse((begun(entry), entry.id.clone())));
        Ok((entries, strange))
    }

    fn read(&self, name: &str) -> io::Result<Entry> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let found = openat(&self.folder, name, flags, Mode::empty())?;
        let mut bytes = Vec::new();
        File::from(found).take(MOST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > MOST {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        // What serde says of it would quote it.
        serde_json::from_slice(&bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))
    }

    /// Writes an entry: beside, then renamed, and on the disk before anything else happens.
    pub(super) fn write(&self, entry: &mut Entry) -> io::Result<()> {
        entry.hash = entry.digest();
        let bytes = serde_json::to_vec_pretty(&entry).map_err(io::Error::other)?;
        let (name, new) = (format!("{}.json", entry.id), format!("{}.new", entry.id));
        match unlinkat(&self.folder, &*new, AtFlags::empty()) {
            Ok(()) | Err(rustix::io::Errno::NOENT) => {}
            Err(error) => return Err(error.into()),
        }
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let mut file = File::from(openat(&self.folder, &*new, flags, Mode::RUSR | Mode::WUSR)?);
        file.write_all(&bytes)?;
        file.sync_all()?;
        renameat(&self.folder, &*new, &self.folder, &*name)?;
        fsync(&self.folder)?;
        Ok(())
    }

    /// Removes an entry.
    pub fn forget(&self, entry: &Entry) -> io::Result<()> {
        Ok(unlinkat(&self.folder, format!("{}.json", entry.id), AtFlags::empty())?)
    }

    /// Removes the entries of changes that are over, and were begun long ago; and what never became an entry.
    pub(super) fn prune(&self) {
        let now = OffsetDateTime::now_utc();
        // Younger ones may be on their way.
        let yesterday = (now - Duration::days(1)).unix_timestamp();
        for found in Dir::read_from(&self.folder).into_iter().flatten().take(MOST_ENTRIES).flatten() {
            let name = found.file_name();
            let is_old = |stat: rustix::fs::Stat| i128::from(stat.st_mtime) < i128::from(yesterday);
            if name.to_bytes().ends_with(b".new")
                && statat(&self.folder, name, AtFlags::SYMLINK_NOFOLLOW).is_ok_and(is_old)
            {
                let _ = unlinkat(&self.folder, name, AtFlags::empty());
            }
        }
        let oldest = now - Duration::days(KEPT);
        for entry in self.entries().map(|(entries, _)| entries).unwrap_or_default() {
            let begun = OffsetDateTime::parse(&entry.begun_at, &Rfc3339);
            if !entry.is_open() && begun.is_ok_and(|begun| begun < oldest) {
                let _ = self.forget(&entry);
            }
        }
    }
}

/// A file name, and no more.
fn is_id(id: &str) -> bool {
    (1..=60).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
