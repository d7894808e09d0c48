//! The accounts of Apple's Accounts store with everything that belongs to them.

use super::MAX_ACCOUNTS;
use super::select::{KINDS, Property, SERVICES, Selected, Selection, kind, select};
use super::settings::{
    ACCOUNTS, ACTIVE, ALIASES, ALTERNATES, CLASS, EMAIL_ADDRESS, EMAIL_ADDRESSES, IDENTITY, IS_ENABLED, MAIL,
    OF_ROW, OF_SERVICE, PARENT_USER, PROPERTIES, SENDER, SERVERS, SMTP_IDENTIFIER, TYPE, USER,
};
use super::values::{setting, settings, texts};
use crate::clients::settings::{Setting, Settings, Stored};
use crate::formats::facts::{Fact, Spelling};
use crate::formats::plist::Tree;
use crate::model::{Locator, Place};
use crate::source::Problem;
use crate::source::database::{Database, DatabaseError};
use std::collections::{BTreeMap, BTreeSet};

/// One account of mail, or one above such an account.
#[derive(Debug)]
pub struct Row {
    /// The table's own key.
    pub id: i64,
    /// The account above, such as the Google account of an IMAP account.
    pub parent: Option<i64>,
    /// Its type without `com.apple.account.`, in lower case.
    pub kind: String,
    /// What other accounts and Mail's folders call it.
    pub identifier: Option<String>,
    /// The name that the user sees.
    pub description: Option<String>,
    /// What it logs on as.
    pub user: Option<String>,
    /// Whether it is switched on.
    pub active: Option<bool>,
    /// It authenticates as the account above does.
    pub inherits: bool,
    /// Whether mail is switched on for it; `None` if the store does not tell.
    pub for_mail: Option<bool>,
    /// Its addresses, the main one first.
    pub addresses: Vec<String>,
    /// The links to its other SMTP servers (iOS).
    pub alternates: Vec<String>,
    /// Columns and properties.
    pub settings: Settings,
    /// The servers that a service such as iCloud gives its mail.
    pub servers: Settings,
    /// The properties could not be read.
    pub damaged: bool,
}

/// All accounts of mail in a store, and those above them. What belongs to them and can't be read goes to `problems`;
/// without the accounts themselves there is nothing.
pub fn read(
    database: &Database,
    place: &str,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Row>, DatabaseError> {
    let Selected { count, accounts, properties, enabled } = select(database)?;
    if count > MAX_ACCOUNTS {
        return Err(DatabaseError::TooLarge);
    }
    let place = Place::from(place);
    let mut problem = |what: &str, error| {
        problems.push(Problem::database(place.at(Locator::Named(what.to_owned())), error));
    };
    let damaged = properties.is_err();
    let mut properties = properties.unwrap_or_else(|error| {
        problem(PROPERTIES, error);
        BTreeMap::new()
    });
    let enabled = enabled.unwrap_or_else(|error| {
        problem(super::select::ENABLED, error);
        None
    });
    let rows = accounts.into_iter().map(|(id, account)| {
        let for_mail = enabled.as_ref().map(|enabled| enabled.contains(&id));
        let mut row = Row::of(id, account, for_mail, &place);
        row.damaged = damaged;
        row.add_properties(properties.remove(&id).unwrap_or_default());
        row
    });
    let mut rows: Vec<Row> = rows.collect();
    inherit_users(&mut rows);
    Ok(rows)
}

impl Row {
    fn of(id: i64, account: Selection, for_mail: Option<bool>, file: &Place) -> Self {
        let place = |rest: &str| file.at(Locator::Row(ACCOUNTS, format!("{id}{rest}")));
        let servers = account.servers.as_ref();
        let mut row = Self {
            id,
            parent: account.parent,
            kind: kind(&account.type_name),
            identifier: account.identifier,
            description: account.description,
            user: account.user,
            active: account.active.map(|active| active != 0),
            inherits: account.authentication.as_deref() == Some("parent"),
            for_mail,
            addresses: Vec::new(),
            alternates: Vec::new(),
            settings: Settings::new(place(""), OF_ROW, Spelling::AsIs),
            servers: servers
                .map(|servers| settings(place(&format!(" {SERVERS}")), servers, OF_SERVICE))
                .unwrap_or_default(),
            damaged: false,
        };
        row.add(&TYPE, Some(&account.type_name));
        let active = account.active.map(|active| active.to_string());
        row.add(&ACTIVE, active.as_deref());
        let user = row.user.clone();
        row.add(&USER, user.as_deref());
        row.add(&MAIL, for_mail.map(|on| if on { "enabled" } else { "not enabled" }));
        row
    }

    fn add(&mut self, fact: &Fact, value: Option<&str>) {
        let value = value.filter(|value| !value.is_empty());
        let setting = value.map(|value| Setting::kept(fact.name, Some(fact), Stored::Text(value)));
        self.settings.entries.extend(setting);
    }

    /// The properties become settings; the addresses are taken from them, aliases that are switched off aside.
    fn add_properties(&mut self, properties: Vec<Property>) {
        let mut main = Vec::new();
        let mut aliases = Vec::new();
        for (fact, value) in properties {
            let tree = match value {
                Ok(tree) => tree,
                Err(error) => {
                    let words = format!("({error})");
                    self.settings.entries.push(Setting::kept(fact.name, Some(fact), Stored::Odd(&words)));
                    continue;
                }
            };
            match fact.name {
                name if name == IDENTITY.name || name == EMAIL_ADDRESSES.name => main.extend(texts(&tree)),
                name if name == ALIASES.name => aliases.extend(tree.items().iter().flat_map(alias)),
                name if name == ALTERNATES.name => self.alternates = texts(&tree),
                _ => {}
            }
            self.settings.entries.push(setting(fact, &tree));
        }
        main.append(&mut aliases);
        // An Apple ID is often the address of another provider, whose account it must not be taken for.
        if main.is_empty() && self.kind != "appleaccount" {
            main.extend(self.user.clone().filter(|user| user.contains('@')));
        }
        let mut known = BTreeSet::new();
        self.addresses = main.into_iter().filter(|address| known.insert(address.to_lowercase())).collect();
    }
}

/// An entry of `EmailAliases`: its addresses are texts (macOS) or dictionaries with an `EmailAddress`.
fn alias(entry: &Tree) -> Vec<String> {
    if entry.get(IS_ENABLED.name).and_then(Tree::apple_bool) == Some(false) {
        return Vec::new();
    }
    let addresses = entry.get(EMAIL_ADDRESSES.name);
    let of_dictionaries =
        addresses.map_or(&[][..], Tree::items).iter().filter_map(|a| a.get(EMAIL_ADDRESS.name));
    addresses.into_iter().chain(of_dictionaries).flat_map(texts).collect()
}

/// True for the store of an iPhone or iPad: its Mail keeps the class of each account and links to servers by their
/// names, macOS links by identifier. In real stores of iOS 15 only the row of a service has the class.
pub fn is_of_ios(rows: &[Row]) -> bool {
    let of = |kinds: &'static [&str]| rows.iter().filter(|row| kinds.contains(&row.kind.as_str()));
    let mut all = of(&KINDS).chain(of(&SERVICES));
    all.any(|row| row.settings.has(CLASS) || row.settings.has(SMTP_IDENTIFIER))
        && !of(&KINDS).any(|row| row.settings.has(SENDER))
}

/// A row that authenticates as its parent and has no user name of its own takes the one above.
fn inherit_users(rows: &mut [Row]) {
    let users: BTreeMap<i64, String> =
        rows.iter().filter_map(|row| Some((row.id, row.user.clone()?))).collect();
    for row in rows.iter_mut().filter(|row| row.inherits && row.user.is_none()) {
        let user = row.parent.and_then(|parent| users.get(&parent));
        row.add(&PARENT_USER, user.map(String::as_str));
    }
}
