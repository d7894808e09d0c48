//! One account with one outgoing server. Settings: evolution-data-server, src/libedataserver/e-source-*.c.

use super::chain::Route;
use super::outgoing::{notes, read_outgoing, security};
use super::sources::{Named, Source, Sources};
use super::{CLIENT, EVOLUTION, ONLINE_ACCOUNTS, Origin};
use crate::clients::look::Look;
use crate::model::{Account, Auth, Confidence, InUse, Incoming, Outgoing, Protocol, Security};

/// Backends of services that have no SMTP settings: evolution-ews, evolution-mapi and old GroupWise.
const SERVICES: [&str; 5] = ["ews", "microsoft365", "mapi", "exchange", "groupwise"];
/// Collections of accounts whose servers the program or GNOME fills in (modules google-, yahoo- and outlook-backend).
const PROVIDERS: [&str; 6] = ["google", "yahoo", "outlook", "ews", "microsoft365", "exchange"];

/// The finding of a route; the look keeps what was looked at.
pub(super) fn finding(route: &Route, sources: &Sources, origin: &Origin, look: &mut Look) -> Account {
    let line = route.account.or(route.identities.first().copied()).or(known(route));
    let line = line.map(|source| sources.with_parents(source)).unwrap_or_default();
    record_chain(route, &line, look);
    let is_online = line.iter().any(|source| source.has("GNOME Online Accounts"));
    let incoming = route.account.map(|account| look.aside(|look| read_incoming(account, look)));
    let outgoing = if is_managed(route, &line, is_online) {
        Outgoing::Managed(known(route).and_then(|t| t.peek("Authentication", "Host")).map(str::to_owned))
    } else {
        read_outgoing(route, look)
    };
    let addresses = look.aside(|look| addresses(route, look));
    let own = route.account.or(route.identities.first().copied()).or(known(route));
    let name = route.account.and_then(|account| account.peek("Data Source", "DisplayName"));
    let host = known(route).and_then(|transport| transport.peek("Authentication", "Host"));
    let uid = own.map(|source| source.uid.clone()).unwrap_or_default();
    let name = name.or(addresses.first().map(String::as_str)).or(host).unwrap_or(&uid).to_owned();
    Account {
        client: CLIENT.id,
        client_name: origin.client_name.to_owned(),
        edition: if is_online { ONLINE_ACCOUNTS } else { EVOLUTION },
        client_version: None,
        client_installed: None,
        in_use: if is_enabled(&line) { origin.enabled } else { InUse::No },
        profile: None,
        source: own.map(|source| source.file.clone()).unwrap_or_default(),
        store: origin.store.to_owned(),
        key: uid,
        outgoing_key: route.transport.as_ref().map(|(uid, _)| (*uid).to_owned()).unwrap_or_default(),
        name,
        addresses,
        // Which one it is stands in dconf's database, not here.
        default_account: None,
        incoming,
        confidence: if is_seen(&outgoing) && !is_online { origin.confidence } else { Confidence::Documented },
        notes: notes(&outgoing),
        outgoing,
        evidence: Vec::new(),
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
        look.record(&account.group("Mail Account"), "BackendName", None);
        look.record(&account.group("Mail Account"), "IdentityUid", None);
    }
    for identity in &route.identities {
        look.record(&identity.group("Mail Submission"), "TransportUid", None);
    }
    for source in line {
        look.record(&source.group("Data Source"), "Enabled", None);
        if source.has("Collection") {
            look.record(&source.group("Collection"), "BackendName", None);
            look.record(&source.group("Collection"), "MailEnabled", None);
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
        .any(|source| is_off(source, "Data Source", "Enabled") || is_off(source, "Collection", "MailEnabled"))
}

/// GNOME sets the servers of its online accounts at every start, except those of the kind IMAP and SMTP (module
/// gnome-online-accounts, backend `none`), which the user typed. Evolution itself fills a collection in once: where it
/// does not authenticate any more, somebody put other servers in.
fn is_managed(route: &Route, line: &[&Source], is_online: bool) -> bool {
    let is_service = |source: &Source, group| {
        source.peek(group, "BackendName").is_some_and(|backend| SERVICES.contains(&backend))
    };
    let of_provider = line.iter().any(|source| {
        source.peek("Collection", "BackendName").is_some_and(|backend| PROVIDERS.contains(&backend))
    });
    let authenticates = known(route)
        .is_none_or(|t| !matches!(t.peek("Authentication", "Method"), None | Some("none" | "POPB4SMTP")));
    route.account.is_some_and(|account| is_service(account, "Mail Account"))
        || known(route).is_some_and(|transport| is_service(transport, "Mail Transport"))
        || (of_provider && (is_online || authenticates))
}

fn read_incoming(account: &Source, look: &mut Look) -> Incoming {
    let (settings, secured) = (account.group("Authentication"), account.group("Security"));
    let protocol = match account.peek("Mail Account", "BackendName") {
        Some("pop") => Protocol::Pop3,
        Some("imapx" | "imap") => Protocol::Imap,
        _ => Protocol::Other,
    };
    let host = look.text(&settings, "Host");
    let security = match protocol {
        Protocol::Other => None,
        _ => security(&secured, look).ok(),
    };
    let default = match (protocol, security) {
        (Protocol::Pop3, Some(Security::Tls)) => 995,
        (Protocol::Pop3, _) => 110,
        (Protocol::Imap, Some(Security::Tls)) => 993,
        (Protocol::Imap, _) => 143,
        (Protocol::Other, _) => return Incoming { protocol, host, port: None, security },
    };
    look.record(&settings, "Port", None);
    let stored = settings.peek_number("Port").and_then(|port| u16::try_from(port).ok());
    let port = stored.filter(|port| *port != 0).or(Some(default));
    Incoming { protocol, host, port, security }
}

/// The addresses of the identities with their aliases, each once.
fn addresses(route: &Route, look: &mut Look) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for identity in &route.identities {
        let settings = identity.group("Mail Identity");
        let own = look.text(&settings, "Address");
        let aliases = settings.has("Aliases").then(|| look.text(&settings, "Aliases")).flatten();
        let aliases = aliases.as_deref().map(addresses_in).unwrap_or_default();
        for address in own.into_iter().chain(aliases) {
            if !found.iter().any(|known| known.eq_ignore_ascii_case(&address)) {
                found.push(address);
            }
        }
    }
    found
}

/// A list as it stands in the header of a message (RFC 5322, 3.4): names may be quoted and hold commas.
fn addresses_in(header: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut is_quoted = false;
    for character in header.chars() {
        is_quoted ^= character == '"';
        match parts.last_mut() {
            Some(last) if is_quoted || !matches!(character, ',' | '\n' | '\r') => last.push(character),
            _ => parts.push(String::new()),
        }
    }
    let address = |part: &String| {
        let inside = part.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>'));
        inside.map_or(part.as_str(), |(address, _)| address).trim().to_owned()
    };
    parts.iter().map(address).filter(|address| address.contains('@')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_are_a_list_of_addresses() {
        assert_eq!(
            addresses_in("\"Yamada, Taro\" <a@example.jp>, b@example.jp,Hanako <c@example.jp> , nobody"),
            ["a@example.jp", "b@example.jp", "c@example.jp"]
        );
        assert!(addresses_in("").is_empty());
    }
}
