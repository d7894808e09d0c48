//! The copy of a database with nothing but the columns that are read, and of a backup with nothing but such databases.

use super::settings::{ACCOUNT, CREDENTIAL, HOST_AUTH, Table};
use crate::formats::kinds::{keep, keep_number};
use crate::source::android_backup::AndroidBackup;
use crate::source::database::{Cell, Database, DatabaseError};
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// Takes the place of a database in a backup that could not be read.
const UNREADABLE: &[u8] = b"(not readable where it was collected)";
/// Half a header, as a backup that was cut off ends with.
const TORN: [u8; 100] = [b'-'; 100];

/// A new database. Tables and columns that the source does not have are left out: that tells its version.
pub(super) fn database(database: &Database) -> Result<Vec<u8>, DatabaseError> {
    let mut new = Connection::open_in_memory().map_err(|_| DatabaseError::Malformed)?;
    // Without the real one this tells what kind of database it is, and that the table is lost.
    let mark = format!("CREATE TABLE {}_collected (_id INTEGER)", HOST_AUTH.name);
    new.execute_batch(&mark).map_err(|_| DatabaseError::Malformed)?;
    for table in [ACCOUNT, HOST_AUTH, CREDENTIAL] {
        let Some(known) = database.columns(table.name).ok().flatten() else { continue };
        let is_known = |column: &str| known.iter().any(|name| name.eq_ignore_ascii_case(column));
        let Ok(rows) = database.rows(table.name, &table.names()) else { continue };
        let there: Vec<bool> = table.names().into_iter().map(is_known).collect();
        if there.contains(&true) {
            write(&new, table, &there, &rows).map_err(|_| DatabaseError::Malformed)?;
        }
    }
    let image = new.serialize("main").map_err(|_| DatabaseError::Malformed)?;
    Ok(image.to_vec())
}

fn write(new: &Connection, table: Table, there: &[bool], rows: &[Vec<Cell>]) -> rusqlite::Result<()> {
    let facts = || table.columns.iter().zip(there).filter(|(_, there)| **there).map(|(fact, _)| fact);
    let names: Vec<&str> = facts().map(|fact| fact.name).collect();
    new.execute_batch(&format!("CREATE TABLE {} ({})", table.name, names.join(", ")))?;
    let sql = format!("INSERT INTO {} VALUES ({})", table.name, vec!["?"; names.len()].join(", "));
    for row in rows {
        let cells = row.iter().zip(there).filter(|(_, there)| **there).map(|(cell, _)| cell);
        let values = cells.zip(facts()).map(|(cell, fact)| match cell {
            Cell::Null | Cell::Secret => Value::Null,
            Cell::Integer(number) => Value::Integer(keep_number(fact.kind, *number).0),
            // These are as little of a setting here as there.
            Cell::Real(_) => Value::Real(0.5),
            Cell::Archive(_) => Value::Blob(vec![0]),
            Cell::Text(text) => Value::Text(keep(fact.kind, text).text),
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
