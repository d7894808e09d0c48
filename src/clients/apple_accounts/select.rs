//! What counts of an Accounts store (Accounts3.sqlite, Accounts4.sqlite), each value through the door: for readers and for
//! collected copies.
//!
//! A Core Data store, the same on macOS and iOS: `ZACCOUNT`, `ZACCOUNTTYPE`, `ZACCOUNTPROPERTY` (values are keyed
//! archives), `ZDATACLASS` and a table that joins accounts with the data classes switched on for them, whose name and
//! columns carry entity numbers. The layout is that of iOS 15 to 17 files and of macOS 27.

use super::settings::{
    ACCOUNTS, ACTIVE, AUTHENTICATION, DESCRIPTION, IDENTIFIER, MAIL, OF_ROW, OF_SERVICE, OF_TYPES, PARENT,
    PROPERTIES, SERVERS, TYPE, USER,
};
use super::values::{kept, kept_dict};
use crate::formats::facts::{Fact, find};
use crate::formats::kinds::{keep, keep_number};
use crate::formats::plist::{PlistError, Tree};
use crate::source::database::{Cell, Database, DatabaseError};
use std::collections::{BTreeMap, BTreeSet};

/// The key of every table.
pub(super) const KEY: &str = "Z_PK";
/// Columns of an account.
pub(super) const COLUMNS: [&str; 9] = [
    KEY,
    TYPE.name,
    PARENT,
    ACTIVE.name,
    IDENTIFIER.name,
    DESCRIPTION.name,
    AUTHENTICATION.name,
    USER.name,
    SERVERS,
];
/// Owner, name and value of a property.
pub(super) const OF_PROPERTY: [&str; 3] = ["ZOWNER", "ZKEY", "ZVALUE"];
/// The table of data classes.
pub(super) const CLASSES: (&str, [&str; 2]) = ("ZDATACLASS", [KEY, "ZNAME"]);
/// How the names of the table that joins them with accounts, and of its columns, end.
pub(super) const ENABLED: &str = "ENABLEDDATACLASSES";
pub(super) const ENABLED_ACCOUNTS: &str = "ENABLEDACCOUNTS";

/// Kinds of mail; `imapmail` is iCloud's.
pub(super) const KINDS: [&str; 4] = ["imap", "pop", "imapmail", "smtp"];
/// Kinds that bring their own servers, so that the user has no SMTP settings to change.
pub(super) const SERVICES: [&str; 10] =
    ["google", "yahoo", "aol", "hotmail", "appleaccount", "exchange", "osxserver", "qq", "126", "163"];
/// Accounts above accounts: two levels were seen.
pub(super) const MAX_LEVELS: usize = 8;

/// What counts of a store.
pub(super) struct Selected {
    /// How many accounts there are, of whatever kind.
    pub(super) count: usize,
    /// Accounts of mail and those above them.
    pub(super) accounts: BTreeMap<i64, Selection>,
    /// Properties by the accounts that own them; without the table nothing is known of the servers, which is not the same as
    /// servers that were never set.
    pub(super) properties: Result<BTreeMap<i64, Vec<Property>>, DatabaseError>,
    /// The accounts for which mail is switched on; `None` if the store does not tell of any account.
    pub(super) enabled: Result<Option<BTreeSet<i64>>, DatabaseError>,
}

/// A property, or why its value is none.
pub(super) type Property = (&'static Fact, Result<Tree, PlistError>);

/// One account.
pub(super) struct Selection {
    /// The account above, such as the Google account of an IMAP account.
    pub(super) parent: Option<i64>,
    /// The key and the name of its type.
    pub(super) type_id: Option<i64>,
    pub(super) type_name: String,
    pub(super) active: Option<i64>,
    pub(super) identifier: Option<String>,
    pub(super) description: Option<String>,
    pub(super) authentication: Option<String>,
    pub(super) user: Option<String>,
    /// The servers that a service such as iCloud gives its mail.
    pub(super) servers: Option<Tree>,
}

/// Selects from a store.
pub(super) fn select(database: &Database) -> Result<Selected, DatabaseError> {
    if database.columns(ACCOUNTS)?.is_none() || database.columns(TYPE.name)?.is_none() {
        return Err(DatabaseError::Malformed);
    }
    let types: BTreeMap<i64, String> = database
        .rows(TYPE.name, &[KEY, IDENTIFIER.name])?
        .into_iter()
        .filter_map(|row| Some((row.first()?.integer()?, keep(TYPE.kind, row.get(1)?.text()?).text)))
        .collect();
    let rows = database.rows(ACCOUNTS, &COLUMNS)?;
    let count = rows.len();
    let all: BTreeMap<i64, Selection> =
        rows.into_iter().filter_map(|row| Selection::of(row, &types)).collect();
    let mut wanted = BTreeSet::new();
    for (id, account) in &all {
        let kind = kind(&account.type_name);
        let is_mail = KINDS.contains(&kind.as_str()) || SERVICES.contains(&kind.as_str());
        let mut at = is_mail.then_some(*id);
        for _ in 0..MAX_LEVELS {
            let Some(id) = at else { break };
            wanted.insert(id);
            at = all.get(&id).and_then(|account| account.parent).filter(|id| all.contains_key(id));
        }
    }
    let accounts: BTreeMap<i64, Selection> = all.into_iter().filter(|(id, _)| wanted.contains(id)).collect();
    let properties = properties(database, &accounts);
    let enabled = enabled_for_mail(database);
    Ok(Selected { count, accounts, properties, enabled })
}

/// A type without what all begin with, in lower case.
pub(super) fn kind(type_name: &str) -> String {
    type_name.strip_prefix(OF_TYPES).unwrap_or(type_name).to_lowercase()
}

impl Selection {
    fn of(row: Vec<Cell>, types: &BTreeMap<i64, String>) -> Option<(i64, Self)> {
        let [id, type_id, parent, active, identifier, description, authentication, user, servers] =
            <[Cell; 9]>::try_from(row).ok()?;
        let type_id = type_id.integer();
        let servers = servers.archive().and_then(|tree| tree.get(MAIL.name));
        let found = Self {
            parent: parent.integer(),
            type_id,
            type_name: type_id.and_then(|id| types.get(&id)).cloned().unwrap_or_default(),
            active: active.integer().map(|active| keep_number(ACTIVE.kind, active).0),
            identifier: text(&identifier, &IDENTIFIER),
            description: text(&description, &DESCRIPTION),
            authentication: text(&authentication, &AUTHENTICATION),
            user: text(&user, &USER),
            servers: servers.map(|mail| kept_dict(mail, OF_SERVICE)),
        };
        Some((id.integer()?, found))
    }
}

fn properties(
    database: &Database,
    accounts: &BTreeMap<i64, Selection>,
) -> Result<BTreeMap<i64, Vec<Property>>, DatabaseError> {
    if database.columns(PROPERTIES)?.is_none() {
        return Err(DatabaseError::Malformed);
    }
    let mut found: BTreeMap<i64, Vec<Property>> = BTreeMap::new();
    let [owner, key, value] = OF_PROPERTY;
    for property in database.properties(PROPERTIES, owner, key, value)? {
        let owner = property.owner.integer().filter(|id| accounts.contains_key(id));
        let (Some(owner), Some(fact)) = (owner, find(OF_ROW, &property.key)) else { continue };
        let tree = match property.value {
            Cell::Archive(tree) => tree,
            Cell::Text(text) => Ok(Tree::Text(text)),
            Cell::Integer(number) => Ok(Tree::Integer(number)),
            Cell::Real(number) => Ok(Tree::Real(number)),
            Cell::Secret | Cell::Null => continue,
        };
        match tree.map(|tree| kept(fact, &tree)) {
            Ok(Some(kept)) => found.entry(owner).or_default().push((fact, Ok(kept))),
            Ok(None) => {}
            Err(error) => found.entry(owner).or_default().push((fact, Err(error))),
        }
    }
    Ok(found)
}

fn enabled_for_mail(database: &Database) -> Result<Option<BTreeSet<i64>>, DatabaseError> {
    let ends = |name: &str, ending: &str| name.to_uppercase().ends_with(ending);
    let mut tables = database.tables().iter();
    let Some(table) = tables.find(|name| name.starts_with("Z_") && ends(name, ENABLED)) else {
        return Ok(None);
    };
    let columns = database.columns(table)?.unwrap_or_default();
    let account = columns.iter().find(|name| ends(name, ENABLED_ACCOUNTS));
    let class = columns.iter().find(|name| ends(name, ENABLED));
    let (Some(account), Some(class)) = (account, class) else { return Ok(None) };
    let (classes, of_class) = CLASSES;
    let mail = database.rows(classes, &of_class)?.into_iter().find_map(|row| {
        let name = row.get(1)?;
        let is_mail = name.archive().and_then(Tree::text).or(name.text()) == Some(MAIL.name);
        is_mail.then(|| row.first()?.integer())?
    });
    let Some(mail) = mail else { return Ok(None) };
    let pairs = database.rows(table, &[account.as_str(), class.as_str()])?;
    let enabled = pairs.iter().filter(|row| row.get(1).and_then(Cell::integer) == Some(mail));
    let enabled = enabled.filter_map(|row| row.first()?.integer()).collect();
    Ok((!pairs.is_empty()).then_some(enabled))
}

fn text(cell: &Cell, fact: &Fact) -> Option<String> {
    cell.text().map(|text| keep(fact.kind, text).text).filter(|text| !text.is_empty())
}
