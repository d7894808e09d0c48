//! One account of an Outlook profile: its kind, and the values of its outgoing and incoming server.

use super::settings::{
    CLSID, DOC, EXCHANGE, IMAP, POP3, SERVICE, SMTP_METHOD, SMTP_PORT, SMTP_SECURE, SMTP_SERVER, SMTP_SPA,
    SMTP_SSL, SMTP_USE_AUTH, Side,
};
use crate::classify::OAuth2;
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::model::{
    Auth, Confidence, Credentials, DefaultValue, Incoming, LogOnFirst, Note, Outgoing, Partial, Port,
    Protocol, Security, Text,
};

/// What kind of account it is, by its `clsid` (constants of the account management API, and of mfcmapi's actMgmt.h).
/// `name` is that of its key.
pub(super) fn read_account(
    name: &str,
    settings: &Settings,
    in_list: Option<bool>,
    look: &mut Look,
) -> Option<(Incoming, Outgoing)> {
    const OF_POP3: &str = "{ED475411-B0D6-11D2-8C3B-00104B2A6676}";
    const OF_IMAP: &str = "{ED475412-B0D6-11D2-8C3B-00104B2A6676}";
    const MAPI: &str = "{ED475414-B0D6-11D2-8C3B-00104B2A6676}";
    const EAS: &str = "{ED475415-B0D6-11D2-8C3B-00104B2A6676}";
    const HTTP: &str = "{4DB5CBF0-3B77-4852-BC8E-BB81908861F3}";
    const LDAP: &str = "{4DB5CBF2-3B77-4852-BC8E-BB81908861F3}";
    let managed = Incoming { protocol: Protocol::Other, host: None, port: None, security: None, auth: None };
    let clsid = settings.peek_text(CLSID).unwrap_or_default().to_uppercase();
    let side = match clsid.as_str() {
        OF_POP3 => &POP3,
        OF_IMAP => &IMAP,
        MAPI => {
            let service = settings.peek_text(SERVICE).unwrap_or_default().to_uppercase();
            look.record(settings, CLSID, None);
            look.record(settings, SERVICE, None);
            return match service.as_str() {
                EXCHANGE => Some((managed, Outgoing::Managed(None))),
                "CONTAB" | "OMSAB" | "EMABLT" | "MSPST MS" | "MSUPST MS" | "PAB" => None,
                _ => in_list.unwrap_or_default().then(|| {
                    let shown = if service.is_empty() { MAPI } else { &service };
                    (managed, unknown_kind(shown, Partial::default()))
                }),
            };
        }
        EAS | HTTP => {
            look.record(settings, CLSID, None);
            return Some((managed, Outgoing::Managed(None)));
        }
        LDAP => return None,
        _ => {
            let is_account = in_list.unwrap_or_default() || settings.has(SMTP_SERVER);
            let shown = if clsid.is_empty() { name } else { &clsid };
            look.record(settings, CLSID, None);
            return is_account.then(|| {
                let host = look.text(settings, SMTP_SERVER);
                (managed, unknown_kind(shown, Partial { host, ..Partial::default() }))
            });
        }
    };
    look.record(settings, CLSID, None);
    let outgoing = read_outgoing(settings, side, look);
    let incoming = look.aside(|look| read_incoming(settings, side, look));
    Some((incoming, outgoing))
}

fn unknown_kind(kind: &str, partial: Partial) -> Outgoing {
    Outgoing::Unclear(
        partial,
        Text::new(
            format!("アカウントの種類が分かりません: {kind}"),
            format!("unknown kind of account: {kind}"),
        ),
    )
}

fn read_outgoing(settings: &Settings, side: &Side, look: &mut Look) -> Outgoing {
    let host = look.needed_text(settings, SMTP_SERVER);
    let (auth, log_on_first) = read_authentication(settings, side, look);
    let port = look.port(settings, SMTP_PORT, 25, DOC);
    let security = read_security(settings, port.as_ref().ok().copied(), look);
    Parts { host, port, security, auth, log_on_first }.assemble(look)
}

/// The box and its three radio buttons, which the dialog enables only while the box is ticked.
#[expect(clippy::type_complexity, reason = "two answers from the same three settings")]
fn read_authentication(
    settings: &Settings,
    side: &Side,
    look: &mut Look,
) -> (Result<(Auth, Option<Credentials>), Unclear>, Result<LogOnFirst, Unclear>) {
    match look.switch(settings, SMTP_USE_AUTH, DOC) {
        Ok(true) => {}
        // A method that the box switches off is not needed, so it may be anything.
        Ok(false) => {
            look.record(settings, SMTP_METHOD, Some(DefaultValue { value: "0".to_owned(), source: DOC }));
            let left_over = settings.peek_number(SMTP_METHOD) == Some(2);
            let first = if left_over { LogOnFirst::WithoutEffect } else { LogOnFirst::Off };
            return (Ok((Auth::None, None)), Ok(first));
        }
        Err(unclear) => {
            look.record(settings, SMTP_METHOD, None);
            return (Err(unclear.clone()), Err(unclear));
        }
    }
    match look.number(settings, SMTP_METHOD, 0, DOC) {
        // SMTP_AUTH_SAME_AS_POP
        Ok(0) => {
            let spa = look.switch(settings, side.spa, DOC).unwrap_or_default();
            let auth = if spa { Auth::Spa } else { Auth::Password };
            (Ok((auth, Some(Credentials::SameAsIncoming))), Ok(LogOnFirst::Off))
        }
        // SMTP_AUTH_USER_PASS
        Ok(1) => {
            let spa = look.switch(settings, SMTP_SPA, DOC).unwrap_or_default();
            let auth = if spa { Auth::Spa } else { Auth::Password };
            (Ok((auth, Some(Credentials::Own))), Ok(LogOnFirst::Off))
        }
        // SMTP_AUTH_RECEIVE_BEFORE_SEND: logs on to the incoming server and then sends without AUTH
        Ok(2) => (Ok((Auth::None, None)), Ok(LogOnFirst::On)),
        Ok(_) => {
            let unclear = Look::unknown(settings, SMTP_METHOD);
            (Err(unclear.clone()), Err(unclear))
        }
        Err(unclear) => (Err(unclear.clone()), Err(unclear)),
    }
}

/// `SMTP Secure Connection` since 2007; before that there is only `SMTP Use SSL`.
fn read_security(settings: &Settings, port: Option<Port>, look: &mut Look) -> Result<Security, Unclear> {
    if settings.has(SMTP_SECURE) {
        let number = look.number(settings, SMTP_SECURE, 0, DOC);
        // Without effect beside it, and written with it.
        look.aside(|look| look.record(settings, SMTP_SSL, None));
        // ENCRYPT_CONN_NO_SECURITY, _SSL, _TLS, _AUTO
        return match number? {
            0 => Ok(Security::Plain),
            1 => Ok(Security::Tls),
            2 => Ok(Security::StartTls),
            3 => Ok(Security::Auto),
            _ => Err(Look::unknown(settings, SMTP_SECURE)),
        };
    }
    look.record(settings, SMTP_SECURE, None);
    let ssl = look.switch(settings, SMTP_SSL, DOC)?;
    // Inferred for 2002 and 2003: TLS from the start on 465, STARTTLS elsewhere.
    Ok(match (ssl, port.and_then(Port::number)) {
        (false, _) => Security::Plain,
        (true, Some(465)) => Security::Tls,
        (true, _) => Security::StartTls,
    })
}

/// Whether the password for receiving is saved.
pub(super) fn has_password(settings: &Settings, incoming: &Incoming) -> Option<bool> {
    let side = [&POP3, &IMAP].into_iter().find(|side| side.protocol == incoming.protocol)?;
    Some(settings.has(side.password))
}

fn read_incoming(settings: &Settings, side: &Side, look: &mut Look) -> Incoming {
    look.record(settings, side.password, None);
    let default = side.protocol.usual_port(Security::Plain).unwrap_or_default();
    Incoming {
        protocol: side.protocol,
        host: look.text(settings, side.server),
        port: look.port(settings, side.port, default, DOC).ok().and_then(Port::number),
        security: look
            .switch(settings, side.ssl, DOC)
            .ok()
            .map(|ssl| if ssl { Security::Tls } else { Security::Plain }),
        auth: match look.switch(settings, side.spa, DOC) {
            Ok(true) => Some(Auth::Spa),
            // Whether it is a password is not stored (see `maybe_oauth`).
            Ok(false) => (!takes_oauth(settings.peek_text(side.server))).then_some(Auth::Password),
            Err(_) => None,
        },
    }
}

pub(super) fn confidence(settings: &Settings, outgoing: &Outgoing) -> Confidence {
    let only_ssl = !settings.has(SMTP_SECURE) && settings.peek_number(SMTP_SSL).is_some_and(|n| n != 0);
    match outgoing {
        Outgoing::Smtp(_) if only_ssl => Confidence::Inferred,
        // Documented values; this combination was never seen in a real export.
        Outgoing::Smtp(smtp) if smtp.log_on_first == LogOnFirst::On => Confidence::Documented,
        Outgoing::Unclear(..) => Confidence::Documented,
        _ => Confidence::Verified,
    }
}

/// Servers of services that take OAuth 2, most of them nothing else.
fn takes_oauth(host: Option<&str>) -> bool {
    const HOSTS: [&str; 6] = [
        "pop.gmail.com",
        "imap.gmail.com",
        "outlook.office365.com",
        "pop-mail.outlook.com",
        "imap-mail.outlook.com",
        "imap.mail.yahoo.com",
    ];
    host.is_some_and(|host| HOSTS.iter().any(|known| known.eq_ignore_ascii_case(host)))
}

/// What an Outlook that can't do OAuth 2 authenticates by for receiving.
pub(super) fn without_oauth(incoming: &mut Incoming) {
    if incoming.auth.is_none() && takes_oauth(incoming.host.as_deref()) {
        incoming.auth = Some(Auth::Password);
    }
}

/// No value is known that marks OAuth 2 accounts, nor one that certainly belongs to a password: where an Outlook may have OAuth
/// 2, an account of these services may be either.
pub(super) fn maybe_oauth(outgoing: &Outgoing, services: OAuth2) -> Option<Note> {
    const HOSTS: [&str; 3] = ["smtp.gmail.com", "smtp.office365.com", "smtp-mail.outlook.com"];
    let host = outgoing.seen()?.host?.to_lowercase();
    (services != OAuth2::Never && HOSTS.contains(&host.as_str())).then_some(Note::MaybeOAuth)
}
