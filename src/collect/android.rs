//! EmailProvider.db of Android with the allowed columns, and an Android backup with nothing but such databases.

use super::UNREADABLE;
use crate::formats::kinds_by_name::keep_by_name;
use crate::source::android_backup::AndroidBackup;
use crate::source::database::{Cell, Database, DatabaseError};
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, params_from_iter};

/// Tables and columns of Android's EmailProvider.db; of a token only the number of its row.
const ANDROID: [(&str, &[&str]); 3] = [
    (
        "Account",
        &["_id", "displayName", "emailAddress", "hostAuthKeyRecv", "hostAuthKeySend", "flags", "isDefault"],
    ),
    ("HostAuth", &["_id", "protocol", "address", "port", "flags", "login", "credentialKey"]),
    ("Credential", &["_id"]),
];

/// Takes the place of a database that could not be read, and is recognised as one of these.
pub(super) const UNREADABLE_PROVIDER: &[u8] = b"SQLite format 3\0HostAuth";
/// Takes the place of a backup that could not be read.
pub(super) const UNREADABLE_BACKUP: &[u8] = b"ANDROID BACKUP\n(not readable where it was collected)\n";
/// Half a header, as a backup that was cut off ends with.
const TORN: [u8; 100] = [b'-'; 100];

/// A new database. Tables and columns that the source does not have are left out: that tells its version.
pub(super) fn database(database: &Database) -> Result<Vec<u8>, DatabaseError> {
    let mut new = Connection::open_in_memory().map_err(|_| DatabaseError::Malformed)?;
    // Without the real one this tells what kind of database it is, and that the table is lost.
    new.execute_batch("CREATE TABLE HostAuth_collected (_id INTEGER)")
        .map_err(|_| DatabaseError::Malformed)?;
    for (table, columns) in ANDROID {
        let Some(known) = database.columns(table).ok().flatten() else { continue };
        let columns: Vec<&str> = columns
            .iter()
            .filter(|column| known.iter().any(|name| name.eq_ignore_ascii_case(column)))
            .copied()
            .collect();
        if columns.is_empty() {
            continue;
        }
        let Ok(rows) = database.rows(table, &columns) else { continue };
        write(&new, table, &columns, &rows).map_err(|_| DatabaseError::Malformed)?;
    }
    let image = new.serialize("main").map_err(|_| DatabaseError::Malformed)?;
    Ok(image.to_vec())
}

fn write(new: &Connection, table: &str, columns: &[&str], rows: &[Vec<Cell>]) -> rusqlite::Result<()> {
    new.execute_batch(&format!("CREATE TABLE {table} ({})", columns.join(", ")))?;
    let sql = format!("INSERT INTO {table} VALUES ({})", vec!["?"; columns.len()].join(", "));
    for row in rows {
        let values = row.iter().zip(columns).map(|(cell, column)| match cell {
            Cell::Null | Cell::Secret => Stored::Null,
            Cell::Integer(number) => Stored::Integer(*number),
            Cell::Real(number) => Stored::Real(*number),
            Cell::Text(text) => Stored::Text(keep_by_name(column, text).text),
            // It is as little of a setting here as there.
            Cell::Archive(_) => Stored::Blob(vec![0]),
        });
        new.execute(&sql, params_from_iter(values))?;
    }
    Ok(())
}

/// A backup with the databases of another one, not compressed.
pub(super) fn backup(backup: &AndroidBackup) -> std::io::Result<Vec<u8>> {
    let mut tar = tar::Builder::new(b"ANDROID BACKUP\n5\n0\nnone\n".to_vec());
    for packed in &backup.databases {
        let image = packed.database.as_ref().ok().and_then(|found| database(found).ok());
        let content = image.as_deref().unwrap_or(UNREADABLE);
        let mut header = tar::Header::new_ustar();
        header.set_size(content.len() as u64);
        header.set_mode(0o600);
        tar.append_data(&mut header, &packed.path, content)?;
    }
    if backup.cut.is_some() {
        tar.get_mut().extend(TORN);
        // Without the two empty blocks at the end, which come with `into_inner`.
        return Ok(std::mem::take(tar.get_mut()));
    }
    tar.into_inner()
}
