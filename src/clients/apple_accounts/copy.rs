//! The Accounts store as a file that is read, and its copy: a new database with what counts of the old one.

use super::select::{
    CLASSES, COLUMNS, ENABLED, ENABLED_ACCOUNTS, KEY, OF_PROPERTY, Selected, Selection, select,
};
use super::settings::{ACCOUNTS, GROUPS, IDENTIFIER, MAIL, PROPERTIES, TYPE};
use crate::formats::plist::{Tree, to_xml};
use crate::model::limits;
use crate::source::database::{Database, DatabaseError};
use crate::source::rules::{Copy, FileRule, Looks, Sample};
use rusqlite::types::Value;
use rusqlite::{Connection, params, params_from_iter};
use std::collections::BTreeMap;

/// The store of macOS 10.9 and later, iOS and iPadOS.
pub static STORE: FileRule = FileRule {
    id: "Accounts3.sqlite",
    names: &[
        "Accounts3.sqlite",
        "Accounts4.sqlite",
        // in a phone's backup, which names files with the hashes of their paths
        "943624fd13e27b800cc6d9ce1100c22356ee365c",
    ],
    looks: Looks::Content(looks),
    limit: &limits::DATABASE,
    groups: GROUPS,
    copy: Copy::Database(copy),
};

/// The names of the tables stand in the schema, which may lie behind the first pages.
fn looks(sample: &Sample) -> bool {
    sample.is_database && sample.holds(ACCOUNTS.as_bytes())
}

fn copy(database: &Database) -> Result<Vec<u8>, DatabaseError> {
    let selected = select(database)?;
    write(&selected).map_err(|_| DatabaseError::Malformed)
}

fn write(selected: &Selected) -> rusqlite::Result<Vec<u8>> {
    let mut new = Connection::open_in_memory()?;
    write_accounts(selected, &new)?;
    write_properties(selected, &new)?;
    write_classes(selected, &new)?;
    Ok(new.serialize("main")?.to_vec())
}

fn write_accounts(selected: &Selected, new: &Connection) -> rusqlite::Result<()> {
    let (types, name) = (TYPE.name, IDENTIFIER.name);
    new.execute_batch(&format!(
        "CREATE TABLE {types} ({KEY} INTEGER PRIMARY KEY, {name} VARCHAR);
         CREATE TABLE {ACCOUNTS} ({} INTEGER PRIMARY KEY, {});",
        COLUMNS[0],
        COLUMNS[1..].join(", ")
    ))?;
    let known = selected.accounts.values().filter_map(|account| Some((account.type_id?, &account.type_name)));
    let known: BTreeMap<i64, &String> = known.filter(|(_, name)| !name.is_empty()).collect();
    for (id, name) in known {
        new.execute(&format!("INSERT INTO {types} VALUES (?, ?)"), params![id, name])?;
    }
    let sql = format!("INSERT INTO {ACCOUNTS} VALUES ({})", vec!["?"; COLUMNS.len()].join(", "));
    for (id, account) in &selected.accounts {
        new.execute(&sql, params_from_iter(cells(*id, account)))?;
    }
    Ok(())
}

/// In the order of the columns.
fn cells(id: i64, account: &Selection) -> [Value; COLUMNS.len()] {
    let number = |number: Option<i64>| number.map_or(Value::Null, Value::Integer);
    let text = |text: &Option<String>| text.clone().map_or(Value::Null, Value::Text);
    let servers = account.servers.clone();
    let servers = servers.map(|servers| document(&Tree::Dict(vec![(MAIL.name.to_owned(), servers)])));
    [
        Value::Integer(id),
        number(account.type_id),
        number(account.parent),
        number(account.active),
        text(&account.identifier),
        text(&account.description),
        text(&account.authentication),
        text(&account.user),
        servers.unwrap_or(Value::Null),
    ]
}

fn document(tree: &Tree) -> Value {
    Value::Blob(to_xml(tree).into_bytes())
}

/// Without the table its reader knows that the settings are lost.
fn write_properties(selected: &Selected, new: &Connection) -> rusqlite::Result<()> {
    let Ok(properties) = &selected.properties else { return Ok(()) };
    let [owner, key, value] = OF_PROPERTY;
    new.execute_batch(&format!("CREATE TABLE {PROPERTIES} ({owner} INTEGER, {key} VARCHAR, {value} BLOB);"))?;
    let sql = format!("INSERT INTO {PROPERTIES} VALUES (?, ?, ?)");
    for (owner, properties) in properties {
        for (fact, value) in properties {
            // What is no archive is none here either.
            let value = value.as_ref().map_or_else(|_| Value::Blob(vec![0]), document);
            new.execute(&sql, params![owner, fact.name, value])?;
        }
    }
    Ok(())
}

/// For which accounts mail is switched on. The numbers in the names differ from version to version.
fn write_classes(selected: &Selected, new: &Connection) -> rusqlite::Result<()> {
    let Ok(Some(enabled)) = &selected.enabled else { return Ok(()) };
    let (classes, [key, name]) = CLASSES;
    new.execute_batch(&format!(
        "CREATE TABLE {classes} ({key} INTEGER PRIMARY KEY, {name} VARCHAR);
         CREATE TABLE Z_2{ENABLED} (Z_2{ENABLED_ACCOUNTS} INTEGER, Z_3{ENABLED} INTEGER);"
    ))?;
    new.execute(&format!("INSERT INTO {classes} VALUES (1, ?)"), [MAIL.name])?;
    // A table without any row would say that nothing is known.
    let sql = format!("INSERT INTO Z_2{ENABLED} VALUES (?, ?)");
    new.execute(&sql, [-1, -1])?;
    for id in enabled.iter().filter(|id| selected.accounts.contains_key(id)) {
        new.execute(&sql, [*id, 1])?;
    }
    Ok(())
}
