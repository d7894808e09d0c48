//! What was written, so that it can be taken back: one small file per change, in a folder of the user's own. It holds settings
//! that are no secrets, and is read back as what anybody may have written.

use super::system::drawer::Drawer;
use crate::formats::shapes::hexadecimal;
use crate::model::ChangeState;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::io;
use std::path::Path;
use time::format_description::well_known::Rfc3339;
use time::{Duration, OffsetDateTime};

/// The form of an entry.
const SCHEMA: &str = "smtp-auth-audit/change/v1";
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
    drawer: Drawer,
}

impl Journal {
    /// The journal of the user with this home; `make`: it is made where it is not there.
    pub fn open(home: &Path, make: bool) -> io::Result<Option<Self>> {
        Ok(Drawer::open(home, make)?.map(|drawer| Self { drawer }))
    }

    /// The entries, the newest first; what is none is passed over, and counted.
    pub fn entries(&self) -> io::Result<(Vec<Entry>, usize)> {
        let (mut entries, mut strange) = (Vec::new(), 0);
        for (name, _) in self.drawer.names(MOST_ENTRIES)? {
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
        let bytes = self.drawer.read(name, MOST)?;
        // What serde says of it would quote it.
        serde_json::from_slice(&bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))
    }

    /// Writes an entry: on the disk before anything else happens.
    pub(super) fn write(&self, entry: &mut Entry) -> io::Result<()> {
        entry.hash = entry.digest();
        let bytes = serde_json::to_vec_pretty(&entry).map_err(io::Error::other)?;
        self.drawer.write(&format!("{}.json", entry.id), &format!("{}.new", entry.id), &bytes)
    }

    /// Removes an entry.
    pub fn forget(&self, entry: &Entry) -> io::Result<()> {
        self.drawer.remove(&format!("{}.json", entry.id))
    }

    /// Removes the entries of changes that are over, and were begun long ago; and what never became an entry.
    pub(super) fn prune(&self) {
        let now = OffsetDateTime::now_utc();
        // Younger ones may be on their way.
        let yesterday = (now - Duration::days(1)).unix_timestamp();
        for (name, written) in self.drawer.names(MOST_ENTRIES).unwrap_or_default() {
            if name.strip_suffix(".new").is_some() && written < yesterday {
                let _ = self.drawer.remove(&name);
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
