//! Accounts of the database: which rows belong together.
//!
//! `Account.hostAuthKeyRecv` and `hostAuthKeySend` are rows of `HostAuth` (AOSP, packages/apps/Email, DBHelper.java). The
//! column `password` is never asked for, nor is its length, so that of two things that the sender wants only the user name
//! is looked at: whoever has a user name without a password is asked for it on the phone.

use super::outgoing::{self, Judged};
use super::settings::{
    ACCOUNT, ACCOUNT_FLAGS, ADDRESS, CREDENTIAL, CREDENTIAL_KEY, DISPLAY_NAME, EMAIL_ADDRESS, HOST_AUTH,
    HOST_AUTH_JAVA, IS_DEFAULT, KEY_RECV, KEY_SEND, OAUTH, PROTOCOL, SERVER_FLAGS, SERVER_PORT, Table,
};
use super::{CLIENT, Place};
use crate::clients::Found;
use crate::clients::look::Look;
use crate::clients::settings::{Settings, Stored};
use crate::formats::facts::Spelling;
use crate::model::limits;
use crate::model::{self, Account, Auth, InUse, Incoming, Locator, Outgoing, Partial, Protocol, Text};
use crate::source::Problem;
use crate::source::database::{Cell, Database, DatabaseError};
use std::collections::{BTreeMap, BTreeSet};

/// `Account.FLAGS_INCOMPLETE`: set while an account is being set up.
const INCOMPLETE: i64 = 1 << 4;
/// Set up by a phone's user by hand; more are somebody's mistake or malice.
const MAX_ACCOUNTS: usize = limits::ACCOUNTS.count();

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
    if !has_column(ACCOUNT.name, KEY_SEND.name)? {
        return Err(DatabaseError::Malformed);
    }
    let servers = database.rows(HOST_AUTH.name, &HOST_AUTH.names());
    let lost = servers.is_err() || !has_column(HOST_AUTH.name, SERVER_FLAGS.name)?;
    if lost {
        let error = servers.as_ref().err().copied().unwrap_or(DatabaseError::Malformed);
        found.problems.push(Problem::database(place.of_table(HOST_AUTH), error));
    }
    let rows = database.rows(ACCOUNT.name, &ACCOUNT.names())?;
    if rows.len() > MAX_ACCOUNTS {
        found.problems.push(Problem::database(place.of_table(ACCOUNT), DatabaseError::TooLarge));
    }
    let accounts = rows.iter().filter_map(|row| settings_of(place, ACCOUNT, row));
    let accounts: BTreeMap<i64, Settings> = accounts.take(MAX_ACCOUNTS).collect();
    let servers = servers.unwrap_or_default();
    let keys = accounts.values().flat_map(|account| [KEY_SEND, KEY_RECV].map(|key| account.peek_number(key)));
    let wanted: BTreeSet<i64> = keys.flatten().collect();
    let is_wanted =
        |row: &&Vec<Cell>| row.first().and_then(Cell::integer).is_some_and(|id| wanted.contains(&id));
    let servers = servers.iter().filter(is_wanted).filter_map(|row| settings_of(place, HOST_AUTH, row));
    let credentials = database.rows(CREDENTIAL.name, &CREDENTIAL.names()).unwrap_or_default();
    let tables = Tables {
        place,
        servers: servers.collect(),
        lost,
        credentials: credentials.iter().filter_map(|row| row.first()?.integer()).collect(),
        knows_oauth: has_column(HOST_AUTH.name, CREDENTIAL_KEY.name)?,
    };
    let defaults =
        accounts.values().filter(|account| account.peek_number(IS_DEFAULT).is_some_and(|on| on != 0));
    let has_default = !tables.knows_oauth && defaults.count() == 1;
    for (id, account) in &accounts {
        tables.take(*id, account, has_default, found);
    }
    Ok(())
}

/// A row with what it holds; `None` without a number. NULL is absent.
fn settings_of(place: &Place, table: Table, row: &[Cell]) -> Option<(i64, Settings)> {
    let id = row.first()?.integer()?;
    let stored = table.columns.iter().zip(row).skip(1).filter_map(|(fact, cell)| {
        let stored = match cell {
            Cell::Null | Cell::Secret => return None,
            Cell::Integer(number) => Stored::Number(*number),
            Cell::Text(text) => Stored::Text(text),
            Cell::Real(_) => Stored::Odd("(fraction)"),
            Cell::Archive(_) => Stored::Odd("(bytes)"),
        };
        Some((fact.name, stored))
    });
    let row = model::Place::from(&place.shown).at(Locator::Row(table.name, id.to_string()));
    Some((id, Settings::of(row, table.columns, Spelling::AsIs, stored)))
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
    let name = server.peek_text(PROTOCOL).unwrap_or_default().to_ascii_lowercase();
    let name = name.strip_prefix('g').unwrap_or(&name);
    let kinds = [("pop", Kind::Pop3), ("imap", Kind::Imap), ("eas", Kind::Exchange), ("smtp", Kind::Smtp)];
    kinds.iter().find(|(start, _)| name.starts_with(start)).map_or(Kind::Other, |(_, kind)| *kind)
}

impl Tables<'_> {
    fn take(&self, id: i64, account: &Settings, has_default: bool, found: &mut Found) {
        let mut look = Look::default();
        let server = |fact| account.peek_number(fact).and_then(|key| self.servers.get(&key));
        let receiver = server(KEY_RECV);
        let sender = server(KEY_SEND);
        let judged = self.judge(account, receiver, sender, &mut look);
        let (incoming, address, name, in_use) = look.aside(|look| {
            look.record(account, KEY_RECV, None);
            let incoming = receiver.map(|receiver| self.read_incoming(receiver, look));
            let unfinished = account.peek_number(ACCOUNT_FLAGS).is_some_and(|flags| flags & INCOMPLETE != 0);
            if unfinished {
                look.record(account, ACCOUNT_FLAGS, None);
            }
            (
                incoming,
                look.text(account, EMAIL_ADDRESS),
                look.text(account, DISPLAY_NAME),
                if unfinished { InUse::No } else { InUse::Yes },
            )
        });
        let is_default = account.peek_number(IS_DEFAULT).is_some_and(|on| on != 0);
        let default_account = has_default.then_some(is_default);
        if has_default {
            look.aside(|look| look.record(account, IS_DEFAULT, None));
        }
        let app = &self.place.app;
        let account = Account {
            in_use,
            profile: self.place.profile.clone(),
            source: self.place.shown.clone(),
            store: self.place.store.clone(),
            key: id.to_string(),
            name: name.or_else(|| address.clone()).unwrap_or_else(|| id.to_string()),
            addresses: address.into_iter().collect(),
            default_account,
            incoming,
            confidence: judged.confidence.unwrap_or(app.confidence),
            notes: judged.notes,
            ..Account::new(CLIENT.id, app.name, app.edition, judged.outgoing)
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
            look.record(exchange, PROTOCOL, None);
            return Judged::plain(Outgoing::Managed(look.text(exchange, ADDRESS)));
        }
        look.record(account, KEY_SEND, None);
        // Android writes 0 or -1 where there is none.
        let is_unset = match account.get(KEY_SEND) {
            None => true,
            Some(_) => account.peek_number(KEY_SEND).is_some_and(|key| key <= 0),
        };
        let Some(sender) = sender else {
            return Judged::plain(if is_unset {
                Outgoing::None(Partial::default())
            } else {
                Outgoing::Unclear(Partial::default(), self.missing(account))
            });
        };
        look.record(sender, PROTOCOL, None);
        if kind_of(sender) != Kind::Smtp {
            return Judged::plain(Outgoing::Unclear(
                Partial { host: look.text(sender, ADDRESS), ..Partial::default() },
                crate::clients::parts::reason(&[Look::unknown(sender, PROTOCOL)]),
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
        let key = account.get(KEY_SEND).map_or("", |setting| setting.shown.as_str());
        Text::new(
            format!("送信サーバーの項目が見つかりません({} = {key})", KEY_SEND.name),
            format!("the entry of the outgoing server is missing ({} = {key})", KEY_SEND.name),
        )
    }

    /// The ports of RFC 8314 where none is stored.
    fn read_incoming(&self, server: &Settings, look: &mut Look) -> Incoming {
        for fact in [PROTOCOL, SERVER_PORT, SERVER_FLAGS] {
            look.record(server, fact, None);
        }
        let protocol = match kind_of(server) {
            Kind::Pop3 => Protocol::Pop3,
            Kind::Imap => Protocol::Imap,
            Kind::Exchange | Kind::Smtp | Kind::Other => Protocol::Other,
        };
        let security = outgoing::security_of(server.peek_number(SERVER_FLAGS).unwrap_or(0));
        let port = server
            .peek_number(SERVER_PORT)
            .and_then(|port| u16::try_from(port).ok())
            .filter(|port| *port != 0);
        Incoming {
            protocol,
            host: look.text(server, ADDRESS),
            port: port.or(protocol.usual_port(security)),
            security: (protocol != Protocol::Other).then_some(security),
            auth: if protocol == Protocol::Other { None } else { self.incoming_auth(server, look) },
        }
    }

    /// A token goes before the password (ImapStore.java); POP3 knows nothing but USER and PASS (Pop3Store.java).
    fn incoming_auth(&self, server: &Settings, look: &mut Look) -> Option<Auth> {
        let token =
            if self.knows_oauth { look.number(server, CREDENTIAL_KEY, -1, HOST_AUTH_JAVA).ok()? } else { -1 };
        let is_oauth = server.peek_number(SERVER_FLAGS).unwrap_or(0) & OAUTH != 0;
        Some(if is_oauth || self.credentials.contains(&token) { Auth::OAuth2 } else { Auth::Password })
    }
}
