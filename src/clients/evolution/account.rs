//! One account with one outgoing server. Settings: evolution-data-server, src/libedataserver/e-source-*.c.

use super::chain::Route;
use super::outgoing::{AUTHENTICATION_SOURCE, mechanism, notes, read_outgoing, security};
use super::settings::{
    ADDRESS, ALIASES, AUTHENTICATION, BACKEND, COLLECTION, DATA_SOURCE, DISPLAY_NAME, ENABLED, GOA, HOST,
    IDENTITY_UID, MAIL_ACCOUNT, MAIL_ENABLED, MAIL_IDENTITY, MAIL_SUBMISSION, MAIL_TRANSPORT, METHOD,
    PORT_NUMBER, SECURITY, TRANSPORT_UID,
};
use super::sources::{Named, Source, Sources};
use super::{CLIENT, EVOLUTION, ONLINE_ACCOUNTS, Origin};
use crate::clients::distinct::distinct;
use crate::clients::look::Look;
use crate::clients::settings::Settings;
use crate::formats::kinds;
use crate::model::limits;
use crate::model::{Account, Auth, Confidence, DefaultValue, InUse, Incoming, Outgoing, Protocol, Security};

/// Backends of services that have no SMTP settings: evolution-ews, evolution-mapi and old GroupWise.
const SERVICES: [&str; 5] = ["ews", "microsoft365", "mapi", "exchange", "groupwise"];
/// Collections of accounts whose servers the program or GNOME fills in (modules google-, yahoo- and outlook-backend).
const PROVIDERS: [&str; 6] = ["google", "yahoo", "outlook", "ews", "microsoft365", "exchange"];

/// The finding of a route; the look keeps what was looked at.
pub(super) fn finding(route: &Route, sources: &Sources, origin: &Origin, look: &mut Look) -> Account {
    let line = route.account.or(route.identities.first().copied()).or(known(route));
    let line = line.map(|source| sources.with_parents(source)).unwrap_or_default();
    record_chain(route, &line, look);
    let is_online = line.iter().any(|source| source.has(GOA));
    let incoming = route.account.map(|account| look.aside(|look| read_incoming(account, look)));
    let outgoing = if is_managed(route, &line, is_online) {
        Outgoing::Managed(known(route).and_then(|t| t.peek(AUTHENTICATION, HOST)).map(str::to_owned))
    } else {
        read_outgoing(route, look)
    };
    let addresses = look.aside(|look| addresses(route, look));
    let own = route.account.or(route.identities.first().copied()).or(known(route));
    let name = route.account.and_then(|account| account.peek(DATA_SOURCE, DISPLAY_NAME));
    let host = known(route).and_then(|transport| transport.peek(AUTHENTICATION, HOST));
    let uid = own.map(|source| source.uid.clone()).unwrap_or_default();
    let name = name
        .or(addresses.first().map(String::as_str))
        .or(host)
        .map_or_else(|| kinds::name(&uid), str::to_owned);
    let new = Account::new(
        CLIENT.id,
        origin.client_name,
        if is_online { ONLINE_ACCOUNTS } else { EVOLUTION },
        outgoing,
    );
    // Which account is the default stands in dconf's database, not here.
    Account {
        in_use: if is_enabled(&line) { origin.enabled } else { InUse::No },
        source: own.map(|source| source.file.clone()).unwrap_or_default(),
        store: origin.store.to_owned(),
        key: uid,
        outgoing_key: route.transport.as_ref().map(|(uid, _)| (*uid).to_owned()).unwrap_or_default(),
        name,
        addresses,
        incoming,
        confidence: if is_seen(&new.outgoing) && !is_online {
            origin.confidence
        } else {
            Confidence::Documented
        },
        notes: notes(&new.outgoing),
        ..new
    }
}

/// What the real program was seen to do (docs/wire.md).
fn is_seen(outgoing: &Outgoing) -> bool {
    let Outgoing::Smtp(smtp) = outgoing else { return false };
    matches!(smtp.auth, Auth::None | Auth::Password | Auth::EncryptedPassword)
}

fn known<'a>(route: &Route<'a>) -> Option<&'a Source> {
    match route.transport {
        Some((_, Named::Known(transport))) => Some(transport),
        _ => None,
    }
}

/// What led from the account to its server.
fn record_chain(route: &Route, line: &[&Source], look: &mut Look) {
    if let Some(account) = route.account {
        look.record(&account.group(MAIL_ACCOUNT), BACKEND, None);
        look.record(&account.group(MAIL_ACCOUNT), IDENTITY_UID, None);
    }
    for identity in route.identities.iter().take(limits::SHOWN.count()) {
        look.record(&identity.group(MAIL_SUBMISSION), TRANSPORT_UID, None);
    }
    for source in line {
        look.record(&source.group(DATA_SOURCE), ENABLED, None);
        if source.has(COLLECTION) {
            look.record(&source.group(COLLECTION), BACKEND, None);
            look.record(&source.group(COLLECTION), MAIL_ENABLED, None);
        }
    }
}

/// Enabled as it is by default, with everything above it.
fn is_enabled(line: &[&Source]) -> bool {
    let is_off = |source: &Source, group, name| {
        source.peek(group, name).is_some_and(|value| matches!(value, "false" | "0"))
    };
    !line
        .iter()
        .any(|source| is_off(source, DATA_SOURCE, ENABLED) || is_off(source, COLLECTION, MAIL_ENABLED))
}

/// GNOME sets the servers of its online accounts at every start, except those of the kind IMAP and SMTP (module
/// gnome-online-accounts, backend `none`), which the user typed. Evolution itself fills a collection in once: where it
/// does not authenticate any more, somebody put other servers in.
fn is_managed(route: &Route, line: &[&Source], is_online: bool) -> bool {
    let is_service = |source: &Source, group| {
        source.peek(group, BACKEND).is_some_and(|backend| SERVICES.contains(&backend))
    };
    let of_provider = line
        .iter()
        .any(|source| source.peek(COLLECTION, BACKEND).is_some_and(|backend| PROVIDERS.contains(&backend)));
    let authenticates = known(route)
        .is_none_or(|t| !matches!(t.peek(AUTHENTICATION, METHOD), None | Some("none" | "POPB4SMTP")));
    route.account.is_some_and(|account| is_service(account, MAIL_ACCOUNT))
        || known(route).is_some_and(|transport| is_service(transport, MAIL_TRANSPORT))
        || (of_provider && (is_online || authenticates))
}

fn read_incoming(account: &Source, look: &mut Look) -> Incoming {
    let (settings, secured) = (account.group(AUTHENTICATION), account.group(SECURITY));
    let protocol = match account.peek(MAIL_ACCOUNT, BACKEND) {
        Some("pop") => Protocol::Pop3,
        Some("imapx" | "imap") => Protocol::Imap,
        _ => Protocol::Other,
    };
    let host = look.text(&settings, HOST);
    let security = match protocol {
        Protocol::Other => None,
        _ => security(&secured, look).ok(),
    };
    let Some(default) = protocol.usual_port(security.unwrap_or(Security::Plain)) else {
        return Incoming { protocol, host, port: None, security, auth: None };
    };
    look.record(&settings, PORT_NUMBER, None);
    let stored = settings.peek_number(PORT_NUMBER).and_then(|port| u16::try_from(port).ok());
    let port = stored.filter(|port| *port != 0).or(Some(default));
    Incoming { protocol, host, port, security, auth: incoming_auth(protocol, &settings, look) }
}

/// In an incoming server `none`, the default, and the empty name are the protocol's own log-on (camel-pop3-provider.c,
/// camel-imapx-store.c); `+APOP` is POP3's.
fn incoming_auth(protocol: Protocol, settings: &Settings, look: &mut Look) -> Option<Auth> {
    let default = DefaultValue { value: "none".to_owned(), source: AUTHENTICATION_SOURCE };
    look.record(settings, METHOD, Some(default));
    match settings.peek_text(METHOD).unwrap_or("none") {
        "none" => Some(Auth::Password),
        "+APOP" if protocol == Protocol::Pop3 => Some(Auth::Apop),
        name => mechanism(name),
    }
}

/// The addresses of the identities with their aliases, each once.
fn addresses(route: &Route, look: &mut Look) -> Vec<String> {
    let mut found = Vec::new();
    for (number, identity) in route.identities.iter().enumerate() {
        let settings = identity.group(MAIL_IDENTITY);
        if number < limits::SHOWN.count() {
            look.record(&settings, ADDRESS, None);
            if settings.has(ALIASES) {
                look.record(&settings, ALIASES, None);
            }
        }
        let [own, aliases] = [ADDRESS, ALIASES].map(|fact| settings.peek_text(fact).map(str::to_owned));
        let aliases = aliases.iter().flat_map(|list| list.split(',')).map(str::to_owned);
        found.extend(own.into_iter().chain(aliases.filter(|alias| alias.contains('@'))));
    }
    distinct(found)
}
