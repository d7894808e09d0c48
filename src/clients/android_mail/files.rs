//! The files of Android's mail apps: their database, and a backup with such databases.

use super::copy::{backup, database};
use super::settings::{ACCOUNT, CREDENTIAL, HOST_AUTH};
use crate::formats::facts::Group;
use crate::model::limits;
use crate::source::android_backup::MAGIC;
use crate::source::rules::{Copy, FileRule, Looks, Sample};

/// Of the two columns `flags` that of the servers tells the names of its bits.
const GROUPS: &[Group] = &[
    (HOST_AUTH.name, HOST_AUTH.columns),
    (ACCOUNT.name, ACCOUNT.columns),
    (CREDENTIAL.name, CREDENTIAL.columns),
];

/// Takes the place of a database that could not be read, and is recognised as one of these.
const UNREADABLE_DATABASE: &[u8] = b"SQLite format 3\0HostAuth";
/// Takes the place of a backup that could not be read.
const UNREADABLE_BACKUP: &[u8] = b"ANDROID BACKUP\n(not readable where it was collected)\n";

/// The database of every one of these apps.
pub(super) static DATABASE: FileRule = FileRule {
    id: "EmailProvider.db",
    names: &["EmailProvider.db"],
    looks: Looks::Content(looks),
    limit: &limits::DATABASE,
    groups: GROUPS,
    copy: Copy::Recognised(database, UNREADABLE_DATABASE),
};
/// A backup with such databases.
pub(super) static BACKUP: FileRule = FileRule {
    id: "*.ab",
    names: &["*.ab"],
    looks: Looks::Stream(|sample| sample.bytes.starts_with(MAGIC)),
    limit: &limits::ANY,
    groups: &[],
    copy: Copy::Backup(backup, UNREADABLE_BACKUP),
};

/// The names of the tables stand in the schema, which may lie behind the first pages.
fn looks(sample: &Sample) -> bool {
    sample.is_database && sample.holds(HOST_AUTH.name.as_bytes())
}
