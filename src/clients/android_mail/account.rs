//! Accounts of the database: which rows belong together.
//!
//! `Account.hostAuthKeyRecv` and `hostAuthKeySend` are rows of `HostAuth` (AOSP, packages/apps/Email, DBHelper.java). The
//! column `password` is never asked for, nor is its length, so that of two things that the sender wants only the user name
//! is looked at: whoever has a user name without a password is asked for it on the phone.

use super::outgoing::{self, Judged};
use super::{CLIENT, Place};
use crate::clients::Found;
use crate::clients::look::Look;
use crate::clients::settings::{Setting, Settings};
use crate::model::{Account, InUse, Incoming, Outgoing, Partial, Protocol, Security, Text};
use crate::source::Problem;
use crate::source::database::{Cell, Database, DatabaseError};
use std::collections::{BTreeMap, BTreeSet};

const ACCOUNT: [&str; 7] =
    ["_id", "displayName", "emailAddress", "hostAuthKeyRecv", "hostAuthKeySend", "flags", "isDefault"];
const HOST_AUTH: [&str; 7] = ["_id", "protocol", "address", "port", "flags", "login", "credentialKey"];
/// `Account.FLAGS_INCOMPLETE`: set while an account is being set up.
const INCOMPLETE: i64 = 1 << 4;
/// Set up by a phone's user by hand; more are somebody's mistake or malice.
const MAX_ACCOUNTS: usize = 2000;

/// What the database holds beside the accounts.
struct Tables<'a> {
    place: &'a Place,
    servers: BTreeMap<i64, Settings>,
    /// True if the table of servers could not be read.
    lost: bool,
    /// The rows of `Credential`: tokens of OAuth, of which only the numbers are asked for.
    credentials: BTreeSet<i64>,
    /// Since version 125 (Android 5.1); from then on the default account is kept elsewhere.
    knows_oauth: bool,
}

/// Reads all accounts.
pub(super) fn read(database: &Database, place: &Place, found: &mut Found) -> Result<(), DatabaseError> {
    let has_column = |table: &str, wanted: &str| -> Result<bool, DatabaseError> {
        let columns = database.columns(table)?.unwrap_or_default();
        Ok(columns.iter().any(|name| name.eq_ignore_ascii_case(wanted)))
    };
    if !has_column("Account", "hostAuthKeySend")? {
        return Err(DatabaseError::Malformed);
    }
    let servers = database.rows("HostAuth", &HOST_AUTH);
    let lost = servers.is_err() || !has_column("HostAuth", "flags")?;
    if lost {
        let error = servers.as_ref().err().copied().unwrap_or(DatabaseError::Malformed);
        found.problems.push(Problem::database(format!("{}: HostAuth", place.shown), error));
    }
    let servers = servers.unwrap_or_default();
    let servers = servers.iter().filter_map(|row| settings_of(place, "HostAuth", &HOST_AUTH, row));
    let credentials = database.rows("Credential", &["_id"]).unwrap_or_default();
    let tables = Tables {
        place,
        servers: servers.collect(),
        lost,
        credentials: credentials.iter().filter_map(|row| row.first()?.integer()).collect(),
        knows_oauth: has_column("HostAuth", "credentialKey")?,
    };
    let rows = database.rows("Account", &ACCOUNT)?;
    if rows.len() > MAX_ACCOUNTS {
        let place = format!("{}: Account", place.shown);
        found.problems.push(Problem::database(place, DatabaseError::TooLarge));
    }
    let accounts = rows.iter().filter_map(|row| settings_of(place, "Account", &ACCOUNT, row));
    let accounts: BTreeMap<i64, Settings> = accounts.take(MAX_ACCOUNTS).collect();
    let defaults =
        accounts.values().filter(|account| account.peek_number("isDefault").is_some_and(|on| on != 0));
    let has_default = !tables.knows_oauth && defaults.count() == 1;
    for (id, account) in &accounts {
        tables.take(*id, account, has_default, found);
    }
    Ok(())
}

/// A row with what it holds; `None` without a number. NULL is absent.
fn settings_of(place: &Place, table: &str, names: &[&str], row: &[Cell]) -> Option<(i64, Settings)> {
    let id = row.first()?.integer()?;
    let entries = names.iter().zip(row).skip(1).filter_map(|(name, cell)| match cell {
        Cell::Null | Cell::Secret => None,
        Cell::Integer(flags) if *name == "flags" && table == "HostAuth" => {
            Some(Setting { shown: outgoing::show_flags(*flags), ..Setting::number(*name, *flags) })
        }
        Cell::Integer(number) => Some(Setting::number(*name, *number)),
        Cell::Text(text) => Some(Setting::text(*name, text)),
        Cell::Real(number) => Some(Setting::strange(*name, number.to_string())),
        Cell::Archive(_) => Some(Setting::strange(*name, "(bytes)")),
    });
    Some((
        id,
        Settings {
            place: format!("{}: {table} {id}", place.shown).into(),
            entries: entries.collect(),
            ..Settings::default()
        },
    ))
}

/// What a row of `HostAuth` is for. Google's variants have a letter before the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pop3,
    Imap,
    Exchange,
    Smtp,
    Other,
}

fn kind_of(server: &Settings) -> Kind {
    let name = server.peek_text("protocol").unwrap_or_default().to_ascii_lowercase();
    let name = name.strip_prefix('g').unwrap_or(&name);
    let kinds = [("pop", Kind::Pop3), ("imap", Kind::Imap), ("eas", Kind::Exchange), ("smtp", Kind::Smtp)];
    kinds.iter().find(|(start, _)| name.starts_with(start)).map_or(Kind::Other, |(_, kind)| *kind)
}

impl Tables<'_> {
    fn take(&self, id: i64, account: &Settings, has_default: bool, found: &mut Found) {
        let mut look = Look::default();
        let server = |name| account.peek_number(name).and_then(|key| self.servers.get(&key));
        let receiver = server("hostAuthKeyRecv");
        let sender = server("hostAuthKeySend");
        let judged = self.judge(account, receiver, sender, &mut look);
        let (incoming, address, name, in_use) = look.aside(|look| {
            look.record(account, "hostAuthKeyRecv", None);
            let incoming = receiver.map(|receiver| read_incoming(receiver, look));
            let unfinished = account.peek_number("flags").is_some_and(|flags| flags & INCOMPLETE != 0);
            if unfinished {
                look.record(account, "flags", None);
            }
            (
                incoming,
                look.text(account, "emailAddress"),
                look.text(account, "displayName"),
                if unfinished { InUse::No } else { InUse::Yes },
            )
        });
        let is_default = account.peek_number("isDefault").is_some_and(|on| on != 0);
        let default_account = has_default.then_some(is_default);
        if has_default {
            look.aside(|look| look.record(account, "isDefault", None));
        }
        let app = &self.place.app;
        let account = Account {
            client: CLIENT.id,
            client_name: app.name.to_owned(),
            edition: app.edition,
            client_version: None,
            client_installed: None,
            in_use,
            profile: self.place.profile.clone(),
            source: self.place.shown.clone(),
            store: self.place.store.clone(),
            key: id.to_string(),
            outgoing_key: "smtp".to_owned(),
            name: name.or_else(|| address.clone()).unwrap_or_else(|| id.to_string()),
            addresses: address.into_iter().collect(),
            default_account,
            incoming,
            outgoing: judged.outgoing,
            confidence: judged.confidence.unwrap_or(app.confidence),
            notes: judged.notes,
            fixed: Vec::new(),
            evidence: Vec::new(),
        };
        found.account(account, look);
    }

    fn judge(
        &self,
        account: &Settings,
        receiver: Option<&Settings>,
        sender: Option<&Settings>,
        look: &mut Look,
    ) -> Judged {
        if let Some(exchange) =
            [receiver, sender].into_iter().flatten().find(|s| kind_of(s) == Kind::Exchange)
        {
            look.record(exchange, "protocol", None);
            return Judged::plain(Outgoing::Managed(look.text(exchange, "address")));
        }
        look.record(account, "hostAuthKeySend", None);
        // Android writes 0 or -1 where there is none.
        let is_unset = match account.get("hostAuthKeySend") {
            None => true,
            Some(_) => account.peek_number("hostAuthKeySend").is_some_and(|key| key <= 0),
        };
        let Some(sender) = sender else {
            return Judged::plain(if is_unset {
                Outgoing::None(Partial::default())
            } else {
                Outgoing::Unclear(Partial::default(), self.missing(account))
            });
        };
        look.record(sender, "protocol", None);
        if kind_of(sender) != Kind::Smtp {
            return Judged::plain(Outgoing::Unclear(
                Partial { host: look.text(sender, "address"), ..Partial::default() },
                crate::clients::parts::reason(&[look.unknown(sender, "protocol")]),
            ));
        }
        outgoing::read(sender, self.knows_oauth, &self.credentials, look)
    }

    fn missing(&self, account: &Settings) -> Text {
        if self.lost {
            return Text::fixed(
                "サーバーの設定を読み取れません",
                "the settings of the servers can't be read",
            );
        }
        let key = account.get("hostAuthKeySend").map_or("", |setting| setting.shown.as_str());
        Text::new(
            format!("送信サーバーの項目が見つかりません(hostAuthKeySend = {key})"),
            format!("the entry of the outgoing server is missing (hostAuthKeySend = {key})"),
        )
    }
}

/// The ports of RFC 8314 where none is stored.
fn read_incoming(server: &Settings, look: &mut Look) -> Incoming {
    for name in ["protocol", "port", "flags"] {
        look.record(server, name, None);
    }
    let protocol = match kind_of(server) {
        Kind::Pop3 => Protocol::Pop3,
        Kind::Imap => Protocol::Imap,
        Kind::Exchange | Kind::Smtp | Kind::Other => Protocol::Other,
    };
    let security = outgoing::security_of(server.peek_number("flags").unwrap_or(0));
    let default = match (protocol, security) {
        (Protocol::Pop3, Security::Tls) => Some(995),
        (Protocol::Pop3, _) => Some(110),
        (Protocol::Imap, Security::Tls) => Some(993),
        (Protocol::Imap, _) => Some(143),
        (Protocol::Other, _) => None,
    };
    let port = server.peek_number("port").and_then(|port| u16::try_from(port).ok()).filter(|port| *port != 0);
    Incoming {
        protocol,
        host: look.text(server, "address"),
        port: port.or(default),
        security: (protocol != Protocol::Other).then_some(security),
    }
}
