//! A SQLite database in memory, with its write-ahead log: read-only, and nothing is written anywhere.

mod connect;
mod error;
mod journal;
mod wal;

pub use error::DatabaseError;
pub use journal::rolled_back;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};

use crate::formats::plist::{Budget, PlistError, Tree, unarchive_within};
use crate::formats::secrets::is_secret_name;
use error::explain;

/// Rows that one query may return.
const MAX_ROWS: usize = 200_000;
/// Bytes of text and blobs that one query may return.
const MAX_CONTENT: usize = 64 << 20;

/// An open database. Only real tables can be read: views and virtual tables run code that the file brings along.
pub struct Database {
    connection: Connection,
    /// The names of the tables, as stored.
    tables: Vec<String>,
    /// What the current query has used up, in thousands of SQLite's instructions.
    spent: Arc<AtomicU32>,
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// NULL, a column that this version of the table does not have, or a secret that is not set.
    Null,
    /// A 64-bit integer.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// Text; what is no valid Unicode became U+FFFD.
    Text(String),
    /// Bytes, as what Apple's frameworks archive: resolved, because the list of an archive holds secrets beside settings.
    /// Bytes that are no archive are not kept.
    Archive(Result<Tree, PlistError>),
    /// A secret, of which only the presence is kept.
    Secret,
}

/// The values of one row, in the order in which the columns were asked for.
pub type Row = Vec<Cell>;

/// One row of a table of keys and values.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    /// What the property belongs to; NULL if the table has no such column.
    pub owner: Cell,
    /// The name of the setting.
    pub key: String,
    /// Its value; of a secret only that there is one.
    pub value: Cell,
}

impl Cell {
    /// The text of a text value.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// An integer, or text that holds one.
    pub fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// What was archived, or plain text.
    pub fn archive(&self) -> Option<&Tree> {
        match self {
            Self::Archive(tree) => tree.as_ref().ok(),
            _ => None,
        }
    }

    fn from_stored(value: ValueRef, budget: &mut Budget) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(number) => Self::Integer(number),
            ValueRef::Real(number) => Self::Real(number),
            ValueRef::Text(bytes) => Self::Text(String::from_utf8_lossy(bytes).into_owned()),
            ValueRef::Blob(bytes) => Self::Archive(unarchive_within(bytes, budget)),
        }
    }
}

/// Opens a database from the bytes of its file and, if there is one, of its `-wal`. What was committed to the log counts.
pub fn open(main: Vec<u8>, wal: Option<Vec<u8>>) -> Result<Database, DatabaseError> {
    let image = connect::prepare_image(main, wal.as_deref())?;
    drop(wal);
    let spent = Arc::new(AtomicU32::new(0));
    let connection = connect::connect(&image, &spent)?;
    let mut database = Database { connection, tables: Vec::new(), spent };
    // A virtual table or a view has no root page. SQLite itself refuses a schema whose `type` or `name` contradicts `sql`.
    let schema = database.run(
        "SELECT name, sql FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0",
        &[],
        2,
    )?;
    for row in schema {
        if let [Cell::Text(name), Cell::Text(sql)] = row.as_slice()
            && sql.get(..12).is_some_and(|start| start.eq_ignore_ascii_case("CREATE TABLE"))
        {
            database.tables.push(name.clone());
        }
    }
    Ok(database)
}

impl Database {
    /// The names of the tables, as stored.
    pub fn tables(&self) -> &[String] {
        &self.tables
    }

    /// The names of a table's columns, without computed ones; none if there is no such *table*. SQLite compares names
    /// without regard to case.
    pub fn columns(&self, table: &str) -> Result<Option<Vec<String>>, DatabaseError> {
        let Some(table) = self.table(table) else { return Ok(None) };
        let rows = self.run(&format!("PRAGMA main.table_info({})", quote(table)), &[], 2)?;
        let names = rows.into_iter().filter_map(|row| match row.into_iter().nth(1) {
            Some(Cell::Text(name)) => Some(name),
            _ => None,
        });
        Ok(Some(names.collect()))
    }

    /// These columns of every row, in the order of the table; no rows if there is no such table. A column that this
    /// version of the table does not have reads as NULL. Of a secret only its presence leaves SQLite.
    pub fn rows(&self, table: &str, columns: &[&str]) -> Result<Vec<Row>, DatabaseError> {
        self.select_rows(table, columns, "", &[])
    }

    /// These columns of the rows in which the first text is this one and the second begins so, compared byte by byte: for
    /// tables that are too large to be read as a whole. No rows if one of the two columns is missing.
    pub fn rows_where(
        &self,
        table: &str,
        columns: &[&str],
        equal: (&str, &str),
        begins: (&str, &str),
    ) -> Result<Vec<Row>, DatabaseError> {
        let known = self.columns(table)?.unwrap_or_default();
        let (Some(one), Some(two)) = (find(&known, equal.0), find(&known, begins.0)) else {
            return Ok(Vec::new());
        };
        let (one, two) = (quote(one), quote(two));
        // Functions such as substr are switched off.
        let condition = format!(
            " WHERE {one} = ?1 COLLATE BINARY AND {two} >= ?2 COLLATE BINARY AND {two} < ?3 COLLATE BINARY"
        );
        let end = format!("{}{}", begins.1, char::MAX);
        self.select_rows(table, columns, &condition, &[equal.1, begins.1, &end])
    }

    fn select_rows(
        &self,
        table: &str,
        columns: &[&str],
        condition: &str,
        texts: &[&str],
    ) -> Result<Vec<Row>, DatabaseError> {
        let (Some(name), Some(known)) = (self.table(table), self.columns(table)?) else {
            return Ok(Vec::new());
        };
        let list: Vec<String> = columns.iter().map(|wanted| expression(&known, wanted)).collect();
        let mut rows = self.run(&(select(name, &list) + condition), texts, columns.len())?;
        for row in &mut rows {
            for (cell, _) in row.iter_mut().zip(columns).filter(|(_, column)| is_secret_name(column)) {
                *cell = if *cell == Cell::Integer(1) { Cell::Secret } else { Cell::Null };
            }
        }
        Ok(rows)
    }

    /// A table of keys and values, one property per row. The value of a secret key is not read at all. Rows whose key
    /// is no text are left out; no rows if table, key or value column are missing.
    pub fn properties(
        &self,
        table: &str,
        owner: &str,
        key: &str,
        value: &str,
    ) -> Result<Vec<Property>, DatabaseError> {
        let (Some(name), Some(known)) = (self.table(table), self.columns(table)?) else {
            return Ok(Vec::new());
        };
        if is_secret_name(key) || find(&known, key).is_none() || find(&known, value).is_none() {
            return Ok(Vec::new());
        }
        let (key, read) = (expression(&known, key), expression(&known, value));
        let read = format!("CASE WHEN {}({key}) THEN {read} END", connect::IS_SETTING);
        let rows = self.run(&select(name, &[expression(&known, owner), key, read]), &[], 3)?;
        let secret = is_secret_name(value);
        Ok(rows
            .into_iter()
            .filter_map(|row| match <[Cell; 3]>::try_from(row) {
                Ok([owner, Cell::Text(key), _]) if secret || is_secret_name(&key) => {
                    Some(Property { owner, key, value: Cell::Secret })
                }
                Ok([owner, Cell::Text(key), value]) => Some(Property { owner, key, value }),
                _ => None,
            })
            .collect())
    }

    /// The name of a table as stored.
    fn table(&self, wanted: &str) -> Option<&str> {
        find(&self.tables, wanted)
    }

    /// Runs a query with these texts as its parameters and takes the first `width` columns of its rows.
    fn run(&self, sql: &str, texts: &[&str], width: usize) -> Result<Vec<Row>, DatabaseError> {
        self.spent.store(0, Ordering::Relaxed);
        let mut left = MAX_CONTENT;
        let mut budget = Budget::of_database();
        let mut found = Vec::new();
        let mut statement = self.connection.prepare(sql).map_err(|error| explain(&error))?;
        let mut rows = statement.query(params_from_iter(texts)).map_err(|error| explain(&error))?;
        while let Some(row) = rows.next().map_err(|error| explain(&error))? {
            if found.len() >= MAX_ROWS {
                return Err(DatabaseError::TooLarge);
            }
            let mut cells = Vec::with_capacity(width);
            for index in 0..width {
                let value = row.get_ref(index).map_err(|error| explain(&error))?;
                if let ValueRef::Text(bytes) | ValueRef::Blob(bytes) = value {
                    left = left.checked_sub(bytes.len()).ok_or(DatabaseError::TooLarge)?;
                }
                cells.push(Cell::from_stored(value, &mut budget));
                if budget.is_spent() {
                    return Err(DatabaseError::TooLarge);
                }
            }
            found.push(cells);
        }
        Ok(found)
    }
}

/// A name as stored, compared as SQLite does.
fn find<'a>(known: &'a [String], wanted: &str) -> Option<&'a str> {
    known.iter().find(|name| name.eq_ignore_ascii_case(wanted)).map(String::as_str)
}

/// What to select for a column. For a secret SQLite answers whether it is set.
fn expression(known: &[String], wanted: &str) -> String {
    match find(known, wanted).map(quote) {
        None => "NULL".to_owned(),
        Some(name) if is_secret_name(wanted) => {
            format!("{name} IS NOT NULL AND {name} <> '' AND {name} <> x''")
        }
        Some(name) => name,
    }
}

/// NOT INDEXED: the rows of the table count, also where a damaged index says something else.
fn select(table: &str, list: &[String]) -> String {
    let list = if list.is_empty() { "NULL".to_owned() } else { list.join(", ") };
    format!("SELECT {list} FROM main.{} NOT INDEXED", quote(table))
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
