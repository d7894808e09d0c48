//! The list of files in a backup: which of them count, for readers and for collected copies.

use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::{Kind, keep, keep_number};
use crate::model::limits;
use crate::source::database::{Cell, Database, DatabaseError};
use crate::source::rules::{Copy, FileRule, Looks};
use rusqlite::{Connection, params};

const SOURCE: &str = "MVT, docs/ios/backup";
const FILES: &str = "Files";
/// `<first two digits>/<fileID>` holds the content.
const ID: Fact = fact("fileID", Kind::Link, "", SOURCE);
const DOMAIN: Fact = fact("domain", Kind::Link, "", SOURCE);
const RELATIVE: Fact = fact("relativePath", Kind::Path, "", SOURCE);
/// 1 is a file; others are folders (2) and links (4).
const FLAGS: Fact = fact("flags", Kind::Number(0, 9), "1", SOURCE);
const COLUMNS: [&str; 3] = [ID.name, RELATIVE.name, FLAGS.name];
const IS_FILE: i64 = 1;

/// Files that are looked for.
#[derive(Debug)]
pub struct Wanted {
    /// What iOS calls their part of the device.
    pub domain: &'static str,
    /// How their paths begin.
    pub start: &'static str,
    /// How the paths of those end that a copy holds: none of the logs of databases, which it does not have.
    end: &'static str,
}

/// The device's accounts.
pub static ACCOUNTS: Wanted = Wanted { domain: "HomeDomain", start: "Library/Accounts/", end: ".sqlite" };
/// Profiles that it has installed (MVT, src/mvt/ios/modules/backup/configuration_profiles.py).
pub static PROFILES: Wanted = Wanted {
    domain: "SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles",
    start: "Library/ConfigurationProfiles/profile-",
    end: "",
};

/// The list, from iOS 10 on.
pub static MANIFEST_DB: FileRule = FileRule {
    id: "Manifest.db",
    names: &["Manifest.db"],
    looks: Looks::Unlike,
    limit: &limits::MANIFEST,
    groups: &[(FILES, &[ID, DOMAIN, RELATIVE, FLAGS])],
    copy: Copy::Database(copy),
};

/// An entry of the list.
pub(super) struct Listed {
    /// What names its content: 40 hexadecimal digits, nothing else.
    pub(super) id: String,
    /// Its path on the device, relative to the domain.
    pub(super) relative: String,
    flags: Option<i64>,
}

impl Listed {
    pub(super) fn is_file(&self) -> bool {
        self.flags.is_none_or(|flags| flags == IS_FILE)
    }
}

/// The entries that are looked for; `None`: it is no list of files.
pub(super) fn select(database: &Database, wanted: &Wanted) -> Result<Option<Vec<Listed>>, DatabaseError> {
    if database.columns(FILES)?.is_none() {
        return Ok(None);
    }
    let of = ((DOMAIN.name, wanted.domain), (RELATIVE.name, wanted.start));
    let rows = database.rows_where(FILES, &COLUMNS, of.0, of.1)?;
    let listed = rows.iter().filter_map(|row| {
        Some(Listed {
            id: row.first()?.text().filter(|id| is_id(id))?.to_owned(),
            relative: keep(RELATIVE.kind, row.get(1)?.text()?).text,
            flags: row.get(2).and_then(Cell::integer).map(|flags| keep_number(FLAGS.kind, flags).0),
        })
    });
    Ok(Some(listed.collect()))
}

/// An id is nothing but hexadecimal digits: it becomes a path.
pub(super) fn is_id(id: &str) -> bool {
    id.len() == 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn copy(database: &Database) -> Result<Vec<u8>, DatabaseError> {
    let mut all = Vec::new();
    for wanted in [&ACCOUNTS, &PROFILES] {
        let listed = select(database, wanted)?.ok_or(DatabaseError::Malformed)?;
        let listed = listed.into_iter().filter(|listed| listed.relative.ends_with(wanted.end));
        all.extend(listed.map(|listed| (wanted.domain, listed)));
    }
    write(&all).map_err(|_| DatabaseError::Malformed)
}

fn write(all: &[(&str, Listed)]) -> rusqlite::Result<Vec<u8>> {
    let mut new = Connection::open_in_memory()?;
    let [id, relative, flags] = COLUMNS;
    let domain = DOMAIN.name;
    new.execute_batch(&format!(
        "CREATE TABLE {FILES} ({id} TEXT, {domain} TEXT, {relative} TEXT, {flags} INTEGER);"
    ))?;
    for (domain, listed) in all {
        let row = params![listed.id, domain, listed.relative, listed.flags];
        new.execute(&format!("INSERT INTO {FILES} VALUES (?, ?, ?, ?)"), row)?;
    }
    Ok(new.serialize("main")?.to_vec())
}
