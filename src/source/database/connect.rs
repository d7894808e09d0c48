//! Bytes of a database file → a connection that can do nothing but read tables.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::{Connection, MAIN_DB};

use super::error::{DatabaseError, explain};
use super::wal::{self, MAX_BYTES};
use crate::formats::secrets::is_secret_name;

/// The SQL function that is true for the name of a setting and false for that of a secret.
pub(super) const IS_SETTING: &str = "is_setting";

const MAGIC: &[u8] = b"SQLite format 3\0";
/// <https://sqlite.org/fileformat2.html#the_database_header>
const HEADER: usize = 100;
/// The format's numbers for writing and for reading: 1 is a rollback journal, 2 a write-ahead log.
const WRITE_VERSION: usize = 18;
const READ_VERSION: usize = 19;

/// The longest row, text or blob.
const MAX_CELL: i32 = 16 << 20;
/// The longest statement in a schema.
const MAX_SQL: i32 = 1_000_000;
/// Instructions between two looks at the clock that counts them, and how many looks one query gets: some seconds.
const STEP: i32 = 1000;
const MAX_STEPS: u32 = 50_000;

/// The database file as of the last commit, in a form that SQLite opens without its log.
pub(super) fn prepare_image(mut image: Vec<u8>, wal: Option<&[u8]>) -> Result<Vec<u8>, DatabaseError> {
    let wal = wal.unwrap_or_default();
    if image.is_empty() {
        return Err(DatabaseError::Empty);
    }
    if image.len() > MAX_BYTES || wal.len() > MAX_BYTES {
        return Err(DatabaseError::TooLarge);
    }
    if !image.starts_with(MAGIC) {
        return Err(if is_noise(&image) { DatabaseError::Encrypted } else { DatabaseError::NotDatabase });
    }
    if image.len() < HEADER {
        return Err(DatabaseError::Malformed);
    }
    let page_size = page_size(&image)?;
    wal::lay(&mut image, page_size, wal)?;
    if !is_whole(&image, page_size) {
        return Err(DatabaseError::Malformed);
    }
    // A database in memory can't have a log, so SQLite would not open one that asks for it. The log is laid in already.
    for place in [WRITE_VERSION, READ_VERSION] {
        if let Some(version) = image.get_mut(place).filter(|version| **version == 2) {
            *version = 1;
        }
    }
    Ok(image)
}

/// SQLite fills up a file that was cut off with zeros and says nothing; what is missing would look like settings that
/// were never made. The count of pages at offset 28 holds if the numbers at 24 and 92 are equal (fileformat2, 1.3).
fn is_whole(image: &[u8], page_size: usize) -> bool {
    let number = |at: usize| {
        let bytes = image.get(at..at + 4).and_then(|bytes| <[u8; 4]>::try_from(bytes).ok());
        bytes.map_or(0, u32::from_be_bytes)
    };
    let pages = if number(24) == number(92) { number(28) } else { 0 };
    let needed = usize::try_from(pages).ok().and_then(|pages| pages.checked_mul(page_size));
    image.len().is_multiple_of(page_size) && needed.is_some_and(|needed| needed <= image.len())
}

/// A power of two from 512 to 32768, or 1 for 65536, as a big-endian number in bytes 16 and 17.
fn page_size(image: &[u8]) -> Result<usize, DatabaseError> {
    match image.get(16..18) {
        Some([0, 1]) => Ok(65536),
        Some([high, low]) => match u16::from_be_bytes([*high, *low]) {
            size if size >= 512 && size.is_power_of_two() => Ok(size.into()),
            _ => Err(DatabaseError::Malformed),
        },
        _ => Err(DatabaseError::Malformed),
    }
}

/// True if a file of whole pages looks like random bytes, as SQLCipher's do from the first byte on. 512 random bytes have
/// about 221 different values; text and the headers of common formats have far fewer.
fn is_noise(image: &[u8]) -> bool {
    let Some(start) = image.get(..512) else { return false };
    let different = (0..=u8::MAX).filter(|value| start.contains(value)).count();
    image.len().is_multiple_of(512) && different > 190
}

/// Opens the image with everything switched off that a file could use to make trouble; see
/// <https://sqlite.org/security.html>, "Untrusted SQLite Database Files". `spent` counts the steps of one query.
pub(super) fn connect(image: &[u8], spent: &Arc<AtomicU32>) -> Result<Connection, DatabaseError> {
    restrict(image, spent).map_err(|error| explain(&error))
}

fn restrict(image: &[u8], spent: &Arc<AtomicU32>) -> rusqlite::Result<Connection> {
    let mut connection = Connection::open_in_memory()?;
    connection.deserialize_read_exact(MAIN_DB, image, image.len(), true)?;
    for (setting, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        // A quoted name that is no column must not turn into a text.
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
    ] {
        connection.set_db_config(setting, on)?;
    }
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_LENGTH, MAX_CELL),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, MAX_SQL),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 100),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 3),
        (Limit::SQLITE_LIMIT_VDBE_OP, 25_000),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ] {
        connection.set_limit(limit, value)?;
    }
    connection
        .execute_batch("PRAGMA query_only = ON; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;")?;
    connection.create_scalar_function(
        IS_SETTING,
        1,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY,
        |context| Ok(context.get_raw(0).as_str().is_ok_and(|name| !is_secret_name(name))),
    )?;
    let steps = Arc::clone(spent);
    connection.progress_handler(STEP, Some(move || steps.fetch_add(1, Ordering::Relaxed) >= MAX_STEPS))?;
    connection.authorizer(Some(allow))?;
    Ok(connection)
}

/// Reading, the one pragma that names columns, and our own function; whatever else is asked for comes from the file.
fn allow(context: AuthContext<'_>) -> Authorization {
    match context.action {
        AuthAction::Select
        | AuthAction::Read { .. }
        | AuthAction::Pragma { pragma_name: "table_info", .. } => Authorization::Allow,
        AuthAction::Function { function_name } if function_name == IS_SETTING => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A database whose schema brings code along, as a connection that everything else lets through.
    fn hostile() -> Connection {
        let mut made = Connection::open_in_memory().unwrap();
        made.execute_batch(
            "CREATE TABLE t(a, b AS (hex(a)), password); CREATE VIEW v AS SELECT a FROM t; \
             CREATE TRIGGER r AFTER INSERT ON t BEGIN DELETE FROM t; END; CREATE INDEX i ON t(lower(a));",
        )
        .unwrap();
        let image = made.serialize(MAIN_DB).unwrap().to_vec();
        connect(&image, &Arc::new(AtomicU32::new(0))).unwrap()
    }

    /// What our own statements ask for and nothing else, whatever SQLite itself takes for harmless. Functions of computed
    /// columns pass: SQLite asks only while it reads a statement, and those it reads with the schema. `table_info` leaves
    /// such columns out.
    #[test]
    fn nothing_but_reading_is_allowed() {
        let connection = hostile();
        let refused = |sql: &str| {
            let error = connection.prepare(sql).err().map(|error| error.to_string());
            error
                .is_some_and(|error| ["not authorized", "prohibited"].iter().any(|word| error.contains(word)))
        };
        for sql in [
            "SELECT hex(a) FROM t",
            "SELECT a FROM t WHERE length(a) > 1",
            "SELECT load_extension('x')",
            "SELECT count(*) FROM t",
            "PRAGMA query_only = OFF",
            "PRAGMA main.table_xinfo(t)",
            "PRAGMA main.writable_schema = ON",
            "ATTACH 'x' AS y",
            "BEGIN",
            "SAVEPOINT x",
            "INSERT INTO t(a) VALUES(1)",
            "DELETE FROM t",
            "UPDATE t SET a = 1",
            "CREATE TEMP TABLE x(a)",
            "DROP TABLE t",
            "REINDEX i",
            "ANALYZE",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
        ] {
            assert!(refused(sql), "{sql}: {:?}", connection.prepare(sql).err());
        }
        for sql in [
            "SELECT a, password IS NOT NULL FROM main.t NOT INDEXED",
            "SELECT is_setting(a) FROM t",
            "PRAGMA main.table_info(t)",
        ] {
            assert!(connection.prepare(sql).is_ok(), "{sql}");
        }
    }

    /// Reading alone would be allowed of a view, and of a text that was to be the name of a column.
    #[test]
    fn views_and_names_that_turn_into_texts_are_switched_off() {
        let connection = hostile();
        for (sql, why) in
            [("SELECT a FROM v", "access to view"), ("SELECT \"nothing\" FROM t", "no such column")]
        {
            let error = connection.prepare(sql).err().map(|error| error.to_string());
            assert!(error.as_ref().is_some_and(|error| error.contains(why)), "{sql}: {error:?}");
        }
    }
}
