//! One account with one outgoing server.
//!
//! Settings and defaults: evolution-data-server, src/libedataserver/e-source-*.c (what is absent), src/camel/providers/
//! smtp/camel-smtp-transport.c and src/camel/camel-sasl-popb4smtp.c (what they do).

use super::chain::Route;
use super::sources::{Named, Source, Sources};
use super::{CLIENT, EVOLUTION, ONLINE_ACCOUNTS, Origin};
use crate::clients::settings::{Look, Parts, Settings, Unclear};
use crate::model::{
    Account, Auth, Confidence, Credentials, Default, InUse, Incoming, LogOnFirst, Outgoing, Partial, Port,
    Protocol, Security, Text,
};

const SECURITY_SOURCE: &str = "evolution-data-server, e-source-security.c";
const AUTHENTICATION_SOURCE: &str = "evolution-data-server, e-source-authentication.c";
const PORT_SOURCE: &str = "evolution-data-server, camel-smtp-transport.c";
/// Backends of services that have no SMTP settings: evolution-ews, evolution-mapi and old GroupWise.
const SERVICES: [&str; 5] = ["ews", "microsoft365", "mapi", "exchange", "groupwise"];
/// Collections of accounts whose servers the program or GNOME fills in (modules google-, yahoo- and outlook-backend).
const PROVIDERS: [&str; 6] = ["google", "yahoo", "outlook", "ews", "microsoft365", "exchange"];
/// The outgoing server that is built in: it hands mail to this program.
const SENDMAIL: &str = "sendmail";

const DAMAGED: Text =
    Text::fixed("送信サーバーの設定ファイルが壊れています", "the file of the outgoing server is damaged");
const ELSEWHERE: Text = Text::fixed(
    "送信サーバーの設定は別の .source ファイルにあり、ここでは読み取れません",
    "the settings of the outgoing server are in another .source file, which can't be read here",
);

/// The finding of a route; the look keeps what was looked at.
pub(super) fn finding(route: &Route, sources: &Sources, origin: &Origin, look: &mut Look) -> Account {
    let line = route.account.or(route.identities.first().copied()).or(known(route));
    let line = line.map(|source| sources.with_parents(source)).unwrap_or_default();
    record_chain(route, &line, look);
    let is_online = line.iter().any(|source| source.has("GNOME Online Accounts"));
    let incoming = route.account.map(|account| look.aside(|look| read_incoming(account, look)));
    let is_managed = is_managed(route, &line, is_online);
    let outgoing = if is_managed {
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
        outgoing,
        confidence: if is_managed || is_online { Confidence::Documented } else { origin.confidence },
        notes: Vec::new(),
        evidence: Vec::new(),
    }
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

fn read_outgoing(route: &Route, look: &mut Look) -> Outgoing {
    let transport = match &route.transport {
        _ if route.is_identity_lost => return Outgoing::Unclear(Partial::default(), ELSEWHERE),
        Some((_, Named::Known(transport))) => *transport,
        // It is built in: only a copy that was changed has a file.
        Some((SENDMAIL, _)) => return Outgoing::Program(SENDMAIL.to_owned()),
        Some((_, Named::Unreadable)) => return Outgoing::Unclear(Partial::default(), ELSEWHERE),
        Some((_, Named::Nothing)) | None => return Outgoing::None(Partial::default()),
    };
    let kind = transport.group("Mail Transport");
    look.record(&kind, "BackendName", None);
    match kind.peek_text("BackendName") {
        Some(SENDMAIL) => return sendmail(transport, look),
        Some("smtp") => {}
        _ => {
            let unclear = look.unknown(&kind, "BackendName");
            return Outgoing::Unclear(Partial::default(), crate::clients::settings::reason(&[unclear]));
        }
    }
    let (authentication, secured) = (transport.group("Authentication"), transport.group("Security"));
    let host = look.needed_text(&authentication, "Host");
    let method = method(&authentication, look);
    let security = security(&secured, look);
    let port = port(&authentication, &security, look);
    let (auth, log_on_first) = match method {
        Ok((auth, log_on_first)) => {
            // The name is filled in without authentication, too.
            let credentials =
                (auth != Auth::None).then(|| credentials(route, &authentication, look)).flatten();
            (Ok((auth, credentials)), Ok(log_on_first))
        }
        Err(unclear) => (Err(unclear), Ok(LogOnFirst::Off)),
    };
    let outgoing = Parts { host, port, security, auth, log_on_first }.assemble();
    match outgoing {
        // What is absent may be what was lost.
        Outgoing::Smtp(smtp) if transport.is_damaged => {
            Outgoing::Unclear(Outgoing::Smtp(smtp).seen().unwrap_or_default(), DAMAGED)
        }
        Outgoing::None(partial) if transport.is_damaged => Outgoing::Unclear(partial, DAMAGED),
        outgoing => outgoing,
    }
}

/// camel-sendmail-settings.c: another program may be named.
fn sendmail(transport: &Source, look: &mut Look) -> Outgoing {
    let settings = transport.group("Sendmail Backend");
    look.record(&settings, "UseCustomBinary", None);
    let custom = match settings.peek_text("UseCustomBinary") {
        Some("true" | "1") => look.text(&settings, "CustomBinary"),
        _ => None,
    };
    Outgoing::Program(custom.unwrap_or_else(|| SENDMAIL.to_owned()))
}

/// In the outgoing server `none`, the default, is no authentication; in an incoming one it is the usual password.
/// Names: camel_sasl_authtype_list(), and the OAuth 2 services that libedataserver knows or a plug-in adds.
fn method(settings: &Settings, look: &mut Look) -> Result<(Auth, LogOnFirst), Unclear> {
    look.record(
        settings,
        "Method",
        Some(Default { value: "none".to_owned(), source: AUTHENTICATION_SOURCE }),
    );
    let auth = match settings.peek_text("Method").unwrap_or("none") {
        "none" => Auth::None,
        "POPB4SMTP" => return Ok((Auth::None, LogOnFirst::On)),
        "PLAIN" | "LOGIN" => Auth::Password,
        "CRAM-MD5" | "DIGEST-MD5" => Auth::EncryptedPassword,
        scram if scram.starts_with("SCRAM-SHA-") => Auth::EncryptedPassword,
        "NTLM" => Auth::Spa,
        "GSSAPI" => Auth::Kerberos,
        "XOAUTH" | "XOAUTH2" | "OAuth2" | "Google" | "Outlook" | "Yahoo" | "Microsoft365" => Auth::OAuth2,
        _ => return Err(look.unknown(settings, "Method")),
    };
    Ok((auth, LogOnFirst::Off))
}

fn security(settings: &Settings, look: &mut Look) -> Result<Security, Unclear> {
    look.record(settings, "Method", Some(Default { value: "none".to_owned(), source: SECURITY_SOURCE }));
    match settings.peek_text("Method").unwrap_or("none") {
        "none" => Ok(Security::Plain),
        "ssl-on-alternate-port" => Ok(Security::Tls),
        "starttls-on-standard-port" => Ok(Security::StartTls),
        _ => Err(look.unknown(settings, "Method")),
    }
}

/// 0 is the default, too.
fn port(settings: &Settings, security: &Result<Security, Unclear>, look: &mut Look) -> Result<Port, Unclear> {
    let default = if matches!(security, Ok(Security::Tls)) { 465 } else { 25 };
    if settings.peek_number("Port") == Some(0) {
        look.record(settings, "Port", Some(Default { value: default.to_string(), source: PORT_SOURCE }));
        return Ok(Port::Default(default));
    }
    look.port(settings, "Port", default, PORT_SOURCE)
}

/// Each side has a name and a password of its own.
fn credentials(route: &Route, settings: &Settings, look: &mut Look) -> Option<Credentials> {
    let name = look.text(settings, "User")?;
    let incoming = route.account.filter(|account| account.peek("Authentication", "Host").is_some());
    let is_same = incoming.and_then(|account| account.peek("Authentication", "User")) == Some(&name);
    Some(if is_same { Credentials::SameAsIncoming } else { Credentials::Own })
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
    use crate::clients::settings::Setting;

    fn settings(name: &str, value: Option<&str>) -> Settings {
        let entries = value.map(|value| Setting::text(name, value)).into_iter().collect();
        Settings { place: "a".to_owned(), entries }
    }

    #[test]
    fn every_method_has_its_meaning() {
        for (value, expected) in [
            (None, Some((Auth::None, LogOnFirst::Off))),
            (Some(""), Some((Auth::None, LogOnFirst::Off))),
            (Some("none"), Some((Auth::None, LogOnFirst::Off))),
            (Some("POPB4SMTP"), Some((Auth::None, LogOnFirst::On))),
            (Some("PLAIN"), Some((Auth::Password, LogOnFirst::Off))),
            (Some("LOGIN"), Some((Auth::Password, LogOnFirst::Off))),
            (Some("CRAM-MD5"), Some((Auth::EncryptedPassword, LogOnFirst::Off))),
            (Some("SCRAM-SHA-256"), Some((Auth::EncryptedPassword, LogOnFirst::Off))),
            (Some("NTLM"), Some((Auth::Spa, LogOnFirst::Off))),
            (Some("GSSAPI"), Some((Auth::Kerberos, LogOnFirst::Off))),
            (Some("XOAUTH2"), Some((Auth::OAuth2, LogOnFirst::Off))),
            (Some("Google"), Some((Auth::OAuth2, LogOnFirst::Off))),
            (Some("plain"), None),
            (Some("ANONYMOUS"), None),
        ] {
            let found = method(&settings("Method", value), &mut Look::default());
            assert_eq!(found.ok(), expected, "{value:?}");
        }
    }

    #[test]
    fn an_absent_port_depends_on_the_encryption() {
        for (stored, security, expected) in [
            (None, Security::Plain, Some(Port::Default(25))),
            (Some("0"), Security::StartTls, Some(Port::Default(25))),
            (Some("0"), Security::Tls, Some(Port::Default(465))),
            (Some("587"), Security::Tls, Some(Port::Stored(587))),
            (Some("70000"), Security::Plain, None),
            (Some("-1"), Security::Plain, None),
            (Some("smtp"), Security::Plain, None),
        ] {
            let found = port(&settings("Port", stored), &Ok(security), &mut Look::default());
            assert_eq!(found.ok(), expected, "{stored:?} {security:?}");
        }
    }

    #[test]
    fn aliases_are_a_list_of_addresses() {
        assert_eq!(
            addresses_in("\"Yamada, Taro\" <a@example.jp>, b@example.jp,Hanako <c@example.jp> , nobody"),
            ["a@example.jp", "b@example.jp", "c@example.jp"]
        );
        assert!(addresses_in("").is_empty());
    }
}
