//! Apple's stores with the allowed settings: property lists, and a new Accounts database.

use super::allowed;
use super::texts::escaped;
use crate::formats::kinds_by_name::keep_by_name;
use crate::formats::plist::{Tree, parse};
use crate::source::database::{Cell, Database, DatabaseError};
use rusqlite::types::Value as Stored;
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The data class of mail.
const MAIL: &str = "com.apple.Dataclass.Mail";
/// Kinds of accounts that detectors look at, without `com.apple.account.`.
const KINDS: [&str; 14] = [
    "imap",
    "pop",
    "smtp",
    "imapmail",
    "google",
    "yahoo",
    "aol",
    "hotmail",
    "appleaccount",
    "exchange",
    "osxserver",
    "qq",
    "126",
    "163",
];
/// Accounts above accounts.
const MAX_LEVELS: usize = 8;
/// Bytes that stand for bytes that were not copied: their number is all that is told of them.
const MOST_BYTES: usize = 4096;

/// Mail's lists of accounts, the version in a program's Info.plist, what a backup says of its device, or Thunderbird's
/// policies. `None` if it is no
/// property list.
pub(super) fn plist(bytes: &[u8]) -> Option<String> {
    let tree = parse(bytes).ok()?;
    let mut file =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\">\n<dict>\n");
    for name in ["MailAccounts", "DeliveryAccounts"] {
        match tree.get(name) {
            None => {}
            Some(Tree::List(items)) => {
                let _ = write!(file, "<key>{name}</key>\n<array>\n");
                for item in items {
                    match item {
                        Tree::Dict(_) => dict(item, &mut file, allowed::apple),
                        _ => file.push_str("<string/>\n"),
                    }
                }
                file.push_str("</array>\n");
            }
            Some(_) => {
                let _ = write!(file, "<key>{name}</key>\n<string/>\n");
            }
        }
    }
    entry(&tree, "CFBundleShortVersionString", &mut file);
    for name in allowed::BACKUP {
        entry(&tree, name, &mut file);
    }
    if let Some(device @ Tree::Dict(_)) = tree.get("Lockdown") {
        file.push_str("<key>Lockdown</key>\n");
        dict(device, &mut file, |name| allowed::BACKUP_DEVICE.contains(&name));
    }
    file.push_str("</dict>\n</plist>\n");
    Some(file)
}

pub(super) fn entry(tree: &Tree, name: &str, file: &mut String) {
    if let Some(value @ (Tree::Text(_) | Tree::Bool(_) | Tree::Integer(_))) = tree.get(name) {
        let _ = writeln!(file, "<key>{name}</key>");
        write_tree(name, value, file);
    } else if let Some(Tree::Date(date)) = tree.get(name) {
        let _ = writeln!(file, "<key>{name}</key>\n<date>{}</date>", escaped(date));
    }
}

pub(super) fn dict(tree: &Tree, file: &mut String, is_allowed: fn(&str) -> bool) {
    file.push_str("<dict>\n");
    if let Tree::Dict(entries) = tree {
        let kept = entries
            .iter()
            .filter(|(name, value)| is_allowed(name) && !matches!(value, Tree::Secret | Tree::None));
        for (name, value) in kept {
            let _ = writeln!(file, "<key>{}</key>", escaped(name));
            write_tree(name, value, file);
        }
    }
    file.push_str("</dict>\n");
}

/// Names inside a setting that may be kept: also the parts of a policy.
fn inner(name: &str) -> bool {
    allowed::apple_inner(name) || matches!(name, "Value" | "Status")
}

/// `name` is the setting that the value is of.
fn write_tree(name: &str, tree: &Tree, file: &mut String) {
    let _ = match tree {
        Tree::Text(text) => writeln!(file, "<string>{}</string>", escaped(&kept(name, text))),
        Tree::Bool(flag) => writeln!(file, "<{flag}/>"),
        Tree::Integer(number) => writeln!(file, "<integer>{number}</integer>"),
        Tree::Real(number) => writeln!(file, "<real>{number}</real>"),
        // Bytes are never copied; base64 of as many zeros.
        Tree::Data(length) => {
            let length = (*length).min(MOST_BYTES);
            let (groups, end) =
                (length / 3, ["", "AA==", "AAA="].get(length % 3).copied().unwrap_or_default());
            writeln!(file, "<data>{}{end}</data>", "AAAA".repeat(groups))
        }
        Tree::List(items) => {
            file.push_str("<array>\n");
            for item in items {
                write_tree(name, item, file);
            }
            writeln!(file, "</array>")
        }
        Tree::Dict(_) => {
            dict(tree, file, inner);
            Ok(())
        }
        Tree::Date(_) | Tree::Uid(_) | Tree::Other => writeln!(file, "<date>2000-01-01T00:00:00Z</date>"),
        Tree::None | Tree::Secret => Ok(()),
    };
}

/// Servers and ports by their kinds; the other values are words and names.
fn kept(name: &str, text: &str) -> String {
    let is_server = name.to_lowercase().ends_with("hostname");
    if is_server || name == "PortNumber" { keep_by_name(name, text).text } else { text.to_owned() }
}

fn document(name: &str, tree: &Tree) -> Vec<u8> {
    let mut file = String::from("<plist version=\"1.0\">\n");
    write_tree(name, tree, &mut file);
    (file + "</plist>\n").into_bytes()
}

/// The Accounts database with the rows of mail accounts and of the accounts above them, or the list of files in a
/// phone's backup with those of accounts.
pub(super) fn database(database: &Database) -> Result<Vec<u8>, DatabaseError> {
    if database.columns("Files")?.is_some() {
        return manifest(database);
    }
    let mut new = Connection::open_in_memory().map_err(|_| DatabaseError::Malformed)?;
    let rows = Rows::of(database)?;
    rows.write(&new).map_err(|_| DatabaseError::Malformed)?;
    rows.write_properties(database, &new).map_err(|_| DatabaseError::Malformed)?;
    rows.write_classes(database, &new).map_err(|_| DatabaseError::Malformed)?;
    let image = new.serialize("main").map_err(|_| DatabaseError::Malformed)?;
    Ok(image.to_vec())
}

/// Without the logs of databases: what is collected has none.
fn manifest(database: &Database) -> Result<Vec<u8>, DatabaseError> {
    let columns = ["fileID", "domain", "relativePath", "flags"];
    let mut kept = Vec::new();
    for (domain, start, end) in allowed::BACKUP_FILES {
        let rows = database.rows_where("Files", &columns, ("domain", domain), ("relativePath", start))?;
        let is_wanted =
            |row: &Vec<Cell>| row.get(2).and_then(Cell::text).is_some_and(|path| path.ends_with(end));
        kept.extend(rows.into_iter().filter(is_wanted));
    }
    write_manifest(&kept).map_err(|_| DatabaseError::Malformed)
}

fn write_manifest(rows: &[Vec<Cell>]) -> rusqlite::Result<Vec<u8>> {
    let mut new = Connection::open_in_memory()?;
    new.execute_batch("CREATE TABLE Files (fileID TEXT, domain TEXT, relativePath TEXT, flags INTEGER);")?;
    for row in rows {
        let values = row.iter().map(|cell| match cell {
            Cell::Text(text) => Stored::Text(text.clone()),
            Cell::Integer(number) => Stored::Integer(*number),
            _ => Stored::Null,
        });
        new.execute("INSERT INTO Files VALUES (?, ?, ?, ?)", rusqlite::params_from_iter(values))?;
    }
    Ok(new.serialize("main")?.to_vec())
}

const COLUMNS: [&str; 9] = [
    "Z_PK",
    "ZACCOUNTTYPE",
    "ZPARENTACCOUNT",
    "ZACTIVE",
    "ZIDENTIFIER",
    "ZACCOUNTDESCRIPTION",
    "ZAUTHENTICATIONTYPE",
    "ZUSERNAME",
    "ZDATACLASSPROPERTIES",
];

/// The rows to be kept.
struct Rows {
    kinds: Vec<(i64, String)>,
    accounts: BTreeMap<i64, Vec<Cell>>,
}

impl Rows {
    fn of(database: &Database) -> Result<Self, DatabaseError> {
        if database.columns("ZACCOUNT")?.is_none() || database.columns("ZACCOUNTTYPE")?.is_none() {
            return Err(DatabaseError::Malformed);
        }
        let kinds: Vec<(i64, String)> = database
            .rows("ZACCOUNTTYPE", &["Z_PK", "ZIDENTIFIER"])?
            .into_iter()
            .filter_map(|row| Some((row.first()?.integer()?, row.get(1)?.text()?.to_owned())))
            .filter(|(_, kind)| {
                let kind = kind.to_lowercase();
                KINDS.contains(&kind.strip_prefix("com.apple.account.").unwrap_or(&kind))
            })
            .collect();
        let all: BTreeMap<i64, Vec<Cell>> = database
            .rows("ZACCOUNT", &COLUMNS)?
            .into_iter()
            .filter_map(|row| Some((row.first()?.integer()?, row)))
            .collect();
        let column = |id: i64, at: usize| all.get(&id).and_then(|row| row.get(at)).and_then(Cell::integer);
        let mut wanted = BTreeSet::new();
        for id in all.keys() {
            let is_mail = column(*id, 1).is_some_and(|kind| kinds.iter().any(|(known, _)| *known == kind));
            let mut at = is_mail.then_some(*id);
            for _ in 0..MAX_LEVELS {
                let Some(id) = at else { break };
                wanted.insert(id);
                at = column(id, 2).filter(|id| all.contains_key(id));
            }
        }
        let accounts = all.into_iter().filter(|(id, _)| wanted.contains(id)).collect();
        Ok(Self { kinds, accounts })
    }

    fn write(&self, new: &Connection) -> rusqlite::Result<()> {
        new.execute_batch(&format!(
            "CREATE TABLE ZACCOUNTTYPE (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER VARCHAR);
             CREATE TABLE ZACCOUNT ({} INTEGER PRIMARY KEY, {});",
            COLUMNS[0],
            COLUMNS[1..].join(", ")
        ))?;
        for (id, kind) in &self.kinds {
            new.execute("INSERT INTO ZACCOUNTTYPE VALUES (?, ?)", params![id, kind])?;
        }
        for row in self.accounts.values() {
            let values = row.iter().enumerate().map(|(at, cell)| match cell {
                // The servers that a service gives its mail are all that is asked for of this column.
                Cell::Archive(Ok(tree)) if at == 8 => {
                    tree.get(MAIL).map_or(Stored::Null, |mail| Stored::Blob(document_of_servers(mail)))
                }
                Cell::Archive(_) | Cell::Real(_) | Cell::Secret | Cell::Null => Stored::Null,
                Cell::Integer(number) => Stored::Integer(*number),
                Cell::Text(_) if at == 8 => Stored::Null,
                Cell::Text(text) => {
                    let column = COLUMNS.get(at).copied().unwrap_or_default();
                    Stored::Text(kept(column, text))
                }
            });
            let sql = format!("INSERT INTO ZACCOUNT VALUES ({})", vec!["?"; COLUMNS.len()].join(", "));
            new.execute(&sql, rusqlite::params_from_iter(values))?;
        }
        Ok(())
    }

    /// Without the table its reader knows that the settings are lost.
    fn write_properties(&self, old: &Database, new: &Connection) -> Result<(), rusqlite::Error> {
        let properties = match old.columns("ZACCOUNTPROPERTY") {
            Ok(Some(_)) => old.properties("ZACCOUNTPROPERTY", "ZOWNER", "ZKEY", "ZVALUE"),
            Ok(None) | Err(_) => return Ok(()),
        };
        let Ok(properties) = properties else { return Ok(()) };
        new.execute_batch("CREATE TABLE ZACCOUNTPROPERTY (ZOWNER INTEGER, ZKEY VARCHAR, ZVALUE BLOB);")?;
        for property in properties {
            let Some(owner) = property.owner.integer().filter(|id| self.accounts.contains_key(id)) else {
                continue;
            };
            if !allowed::apple(&property.key) {
                continue;
            }
            let value = match &property.value {
                Cell::Integer(number) => Stored::Integer(*number),
                Cell::Real(number) => Stored::Real(*number),
                Cell::Text(text) => Stored::Text(kept(&property.key, text)),
                Cell::Archive(Ok(Tree::None)) | Cell::Secret | Cell::Null => continue,
                Cell::Archive(Ok(Tree::Dict(entries))) if property.key == "EmailAddresses" => {
                    let on = entries.iter().filter(|(_, value)| value.apple_bool() == Some(true));
                    let on = on.map(|(address, _)| Tree::Text(address.clone()));
                    Stored::Blob(document(&property.key, &Tree::List(on.collect())))
                }
                Cell::Archive(Ok(tree)) => Stored::Blob(document(&property.key, tree)),
                // It is no archive here either.
                Cell::Archive(Err(_)) => Stored::Blob(vec![0]),
            };
            let row = params![owner, property.key, value];
            new.execute("INSERT INTO ZACCOUNTPROPERTY VALUES (?, ?, ?)", row)?;
        }
        Ok(())
    }

    /// For which accounts mail is switched on. The numbers in the names differ from version to version.
    fn write_classes(&self, old: &Database, new: &Connection) -> Result<(), rusqlite::Error> {
        let Some(pairs) = enabled(old) else { return Ok(()) };
        new.execute_batch(
            "CREATE TABLE ZDATACLASS (Z_PK INTEGER PRIMARY KEY, ZNAME VARCHAR);
             CREATE TABLE Z_2ENABLEDDATACLASSES (Z_2ENABLEDACCOUNTS INTEGER, Z_3ENABLEDDATACLASSES INTEGER);",
        )?;
        new.execute("INSERT INTO ZDATACLASS VALUES (1, ?)", [MAIL])?;
        // A table without any row would say that nothing is known.
        new.execute("INSERT INTO Z_2ENABLEDDATACLASSES VALUES (-1, -1)", [])?;
        for id in pairs.iter().filter(|id| self.accounts.contains_key(id)) {
            new.execute("INSERT INTO Z_2ENABLEDDATACLASSES VALUES (?, 1)", [id])?;
        }
        Ok(())
    }
}

fn document_of_servers(mail: &Tree) -> Vec<u8> {
    document_inside(MAIL, mail)
}

fn document_inside(name: &str, tree: &Tree) -> Vec<u8> {
    let mut file = format!("<plist version=\"1.0\">\n<dict>\n<key>{name}</key>\n");
    write_tree(name, tree, &mut file);
    (file + "</dict>\n</plist>\n").into_bytes()
}

/// The accounts for which mail is switched on; `None` if the store does not tell.
fn enabled(database: &Database) -> Option<Vec<i64>> {
    let ends = |name: &str, ending: &str| name.to_uppercase().ends_with(ending);
    let tables = database.tables().iter();
    let table = tables.into_iter().find(|name| name.starts_with("Z_") && ends(name, "ENABLEDDATACLASSES"))?;
    let columns = database.columns(table).ok()??;
    let account = columns.iter().find(|name| ends(name, "ENABLEDACCOUNTS"))?;
    let class = columns.iter().find(|name| ends(name, "ENABLEDDATACLASSES"))?;
    let mail = database.rows("ZDATACLASS", &["Z_PK", "ZNAME"]).ok()?.into_iter().find_map(|row| {
        let name = row.get(1)?;
        let is_mail = name.archive().and_then(Tree::text).or(name.text()) == Some(MAIL);
        is_mail.then(|| row.first()?.integer())?
    })?;
    let pairs = database.rows(table, &[account.as_str(), class.as_str()]).ok()?;
    if pairs.is_empty() {
        return None;
    }
    let enabled = pairs.iter().filter(|row| row.get(1).and_then(Cell::integer) == Some(mail));
    Some(enabled.filter_map(|row| row.first()?.integer()).collect())
}
