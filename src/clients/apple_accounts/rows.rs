//! The account rows of Apple's Accounts store (Accounts3.sqlite, Accounts4.sqlite) with everything that belongs to them.
//!
//! A Core Data store, the same on macOS and iOS: `ZACCOUNT`, `ZACCOUNTTYPE`, `ZACCOUNTPROPERTY` (values are keyed
//! archives), `ZDATACLASS` and a table that joins accounts with the data classes switched on for them, whose name and
//! columns carry entity numbers. The layout is that of iOS 15 to 17 files and of macOS 27.

use super::MAX_ACCOUNTS;
use super::values::{setting, texts};
use crate::clients::settings::{Setting, Settings};
use crate::formats::plist::Tree;
use crate::source::Problem;
use crate::source::database::{Cell, Database, DatabaseError, Property};
use std::collections::{BTreeMap, BTreeSet};

/// The data class of mail: the setting that says whether mail is switched on.
pub const MAIL: &str = "com.apple.Dataclass.Mail";
/// The settings' names of two columns: spelled as the table spells them.
pub const USER: &str = "ZUSERNAME";
/// The user name of the account above, where the row takes its authentication from there.
pub const PARENT_USER: &str = "ZPARENTACCOUNT.ZUSERNAME";
/// The link from a mail account to its SMTP account.
pub const SENDER: &str = "SendingAccountIdentifier";
/// The other servers of an account (iOS).
pub(super) const ALTERNATES: &str = "SMTPAlternateIdentifiers";

/// One account: of mail, of calendars, of anything.
#[derive(Debug)]
pub struct Row {
    /// The table's own key.
    pub id: i64,
    /// The account above, such as the Google account of an IMAP account.
    pub parent: Option<i64>,
    /// `ZACCOUNTTYPE.ZIDENTIFIER` without `com.apple.account.`, in lower case.
    pub kind: String,
    /// `ZIDENTIFIER`: what other accounts and Mail's folders call it.
    pub identifier: Option<String>,
    /// The name that the user sees.
    pub description: Option<String>,
    /// `ZUSERNAME`
    pub user: Option<String>,
    /// `ZACTIVE`
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

/// All accounts of a store. What belongs to them and can't be read goes to `problems`; without the accounts
/// themselves there is nothing.
pub fn read(
    database: &Database,
    place: &str,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Row>, DatabaseError> {
    const COLUMNS: [&str; 9] = [
        "Z_PK",
        "ZACCOUNTTYPE",
        "ZPARENTACCOUNT",
        "ZACTIVE",
        "ZIDENTIFIER",
        "ZACCOUNTDESCRIPTION",
        "ZAUTHENTICATIONTYPE",
        USER,
        "ZDATACLASSPROPERTIES",
    ];
    if database.columns("ZACCOUNT")?.is_none() || database.columns("ZACCOUNTTYPE")?.is_none() {
        return Err(DatabaseError::Malformed);
    }
    let kinds: BTreeMap<i64, String> = database
        .rows("ZACCOUNTTYPE", &["Z_PK", "ZIDENTIFIER"])?
        .into_iter()
        .filter_map(|row| Some((row.first()?.integer()?, row.get(1)?.text()?.to_owned())))
        .collect();
    let rows = database.rows("ZACCOUNT", &COLUMNS)?;
    if rows.len() > MAX_ACCOUNTS {
        return Err(DatabaseError::TooLarge);
    }
    // Without the table nothing is known of the servers: not the same as servers that were never set.
    let properties = match database.columns("ZACCOUNTPROPERTY")? {
        Some(_) => database.properties("ZACCOUNTPROPERTY", "ZOWNER", "ZKEY", "ZVALUE"),
        None => Err(DatabaseError::Malformed),
    };
    let damaged = properties.is_err();
    let mut properties_of: BTreeMap<i64, Vec<Property>> = BTreeMap::new();
    match properties {
        Ok(properties) => {
            for property in properties {
                if let Some(owner) = property.owner.integer() {
                    properties_of.entry(owner).or_default().push(property);
                }
            }
        }
        Err(error) => problems.push(Problem::database(format!("{place}: ZACCOUNTPROPERTY"), error)),
    }
    let enabled = enabled_for_mail(database).unwrap_or_else(|error| {
        problems.push(Problem::database(format!("{place}: ENABLEDDATACLASSES"), error));
        None
    });
    let mut accounts: Vec<Row> = rows
        .into_iter()
        .filter_map(|cells| {
            let [id, kind, parent, active, identifier, description, inherits, user, servers] =
                <[Cell; 9]>::try_from(cells).ok()?;
            let id = id.integer()?;
            let kind = kind.integer().and_then(|kind| kinds.get(&kind)).map_or("", String::as_str);
            let place = format!("{place}: ZACCOUNT {id}");
            let for_mail = enabled.as_ref().map(|enabled| enabled.contains(&id));
            let mut row = Row {
                id,
                parent: parent.integer(),
                kind: kind.strip_prefix("com.apple.account.").unwrap_or(kind).to_lowercase(),
                identifier: text(&identifier),
                description: text(&description),
                user: text(&user),
                active: active.integer().map(|active| active != 0),
                inherits: inherits.text() == Some("parent"),
                for_mail,
                addresses: Vec::new(),
                alternates: Vec::new(),
                settings: Settings { place: (&place).into(), entries: Vec::new(), ..Settings::default() },
                servers: servers_of(&servers, &place),
                damaged,
            };
            row.add_column("ZACCOUNTTYPE", kind.to_owned());
            row.add_column("ZACTIVE", active.integer().map(|active| active.to_string()).unwrap_or_default());
            row.add_column(USER, row.user.clone().unwrap_or_default());
            if let Some(on) = for_mail {
                row.add_column(MAIL, if on { "enabled" } else { "not enabled" }.to_owned());
            }
            row.add_properties(properties_of.remove(&id).unwrap_or_default());
            Some(row)
        })
        .collect();
    inherit_users(&mut accounts);
    Ok(accounts)
}

impl Row {
    fn add_column(&mut self, name: &str, value: String) {
        if !value.is_empty() {
            self.settings.entries.push(Setting::text(name, value));
        }
    }

    /// The properties become settings; the addresses are taken from them, aliases that are switched off aside.
    fn add_properties(&mut self, properties: Vec<Property>) {
        let mut main = Vec::new();
        let mut aliases = Vec::new();
        for Property { key, value, .. } in properties {
            let tree = match &value {
                Cell::Archive(tree) => tree.clone().map_err(|error| error.to_string()),
                Cell::Text(text) => Ok(Tree::Text(text.clone())),
                Cell::Integer(number) => Ok(Tree::Integer(*number)),
                Cell::Real(number) => Ok(Tree::Real(*number)),
                Cell::Secret => Ok(Tree::Secret),
                Cell::Null => Ok(Tree::None),
            };
            match tree {
                Ok(tree) => {
                    match key.as_str() {
                        "IdentityEmailAddress" => main.extend(texts(&tree)),
                        "EmailAddresses" => main.extend(addresses(&tree)),
                        "EmailAliases" => aliases.extend(tree.items().iter().flat_map(alias)),
                        _ => {}
                    }
                    if key == ALTERNATES && matches!(tree, Tree::List(_) | Tree::Text(_)) {
                        self.alternates = texts(&tree);
                        self.settings.entries.push(Setting::text(key, self.alternates.join(", ")));
                    } else {
                        self.settings.entries.extend(setting(&key, &tree));
                    }
                }
                Err(error) => self.settings.entries.push(Setting::strange(key, format!("({error})"))),
            }
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
    if entry.get("IsEnabled").and_then(Tree::apple_bool) == Some(false) {
        return Vec::new();
    }
    let addresses = entry.get("EmailAddresses");
    let of_dictionaries = addresses.map_or(&[][..], Tree::items).iter().filter_map(|a| a.get("EmailAddress"));
    addresses.into_iter().chain(of_dictionaries).flat_map(texts).collect()
}

/// `EmailAddresses` of iOS: a list, or in older versions a dictionary of addresses that are switched on.
fn addresses(tree: &Tree) -> Vec<String> {
    match tree {
        Tree::Dict(entries) => {
            let on = entries.iter().filter(|(_, value)| value.apple_bool() == Some(true));
            on.map(|(address, _)| address.clone()).collect()
        }
        _ => texts(tree),
    }
}

/// True for the store of an iPhone or iPad: its Mail keeps the class of each account and links to servers by their
/// names, macOS links by identifier.
pub fn is_of_ios(rows: &[Row]) -> bool {
    let mail = || rows.iter().filter(|row| matches!(row.kind.as_str(), "imap" | "pop" | "smtp" | "imapmail"));
    mail().any(|row| row.settings.has("Class") || row.settings.has("SMTPIdentifier"))
        && !mail().any(|row| row.settings.has(SENDER))
}

fn servers_of(cell: &Cell, place: &str) -> Settings {
    let mail = cell.archive().and_then(|tree| tree.get(MAIL));
    mail.map(|mail| super::values::settings(format!("{place} ZDATACLASSPROPERTIES"), mail))
        .unwrap_or_default()
}

/// A row with `ZAUTHENTICATIONTYPE` "parent" and no user name of its own takes the one above.
fn inherit_users(rows: &mut [Row]) {
    let users: BTreeMap<i64, String> =
        rows.iter().filter_map(|row| Some((row.id, row.user.clone()?))).collect();
    for row in rows.iter_mut().filter(|row| row.inherits && row.user.is_none()) {
        if let Some(user) = row.parent.and_then(|parent| users.get(&parent)) {
            row.settings.entries.push(Setting::text(PARENT_USER, user.as_str()));
        }
    }
}

/// The accounts for which mail is switched on; `None` if the store does not tell of any account.
fn enabled_for_mail(database: &Database) -> Result<Option<BTreeSet<i64>>, DatabaseError> {
    let ending = |name: &&String, ending: &str| name.to_uppercase().ends_with(ending);
    let table =
        database.tables().iter().find(|name| name.starts_with("Z_") && ending(name, "ENABLEDDATACLASSES"));
    let Some(table) = table else { return Ok(None) };
    let columns = database.columns(table)?.unwrap_or_default();
    let account = columns.iter().find(|name| ending(name, "ENABLEDACCOUNTS"));
    let class = columns.iter().find(|name| ending(name, "ENABLEDDATACLASSES"));
    let (Some(account), Some(class)) = (account, class) else { return Ok(None) };
    let mail = database.rows("ZDATACLASS", &["Z_PK", "ZNAME"])?.into_iter().find_map(|row| {
        let name = row.get(1)?;
        let is_mail = name.archive().and_then(Tree::text).or(name.text()) == Some(MAIL);
        is_mail.then(|| row.first()?.integer())?
    });
    let Some(mail) = mail else { return Ok(None) };
    let pairs = database.rows(table, &[account.as_str(), class.as_str()])?;
    let enabled = pairs.iter().filter(|row| row.get(1).and_then(Cell::integer) == Some(mail));
    let enabled = enabled.filter_map(|row| row.first()?.integer()).collect();
    Ok((!pairs.is_empty()).then_some(enabled))
}

fn text(cell: &Cell) -> Option<String> {
    cell.text().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}
