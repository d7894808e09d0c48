//! One account of an Outlook profile: its kind, and the values of its outgoing and incoming server.

use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::{Setting, Settings};
use crate::model::{
    Auth, Confidence, Credentials, DefaultValue, Incoming, LogOnFirst, Note, Outgoing, Partial, Port,
    Protocol, Security, Text,
};
use crate::source::registry::{Key, Value, until_nul, utf16};

/// learn.microsoft.com/office/client-developer/outlook/auxiliary/constants-account-management-api, prop_smtp_*
const DOC: &str = "Microsoft, Outlook account management API: PROP_SMTP_*, PROP_INET_*";
/// What kind of account it is, by its `clsid` (constants of the account management API, and of mfcmapi's actMgmt.h).
pub(super) fn read_account(
    key: &Key,
    settings: &Settings,
    in_list: Option<bool>,
    look: &mut Look,
) -> Option<(Incoming, Outgoing)> {
    const POP3: &str = "{ED475411-B0D6-11D2-8C3B-00104B2A6676}";
    const IMAP: &str = "{ED475412-B0D6-11D2-8C3B-00104B2A6676}";
    const MAPI: &str = "{ED475414-B0D6-11D2-8C3B-00104B2A6676}";
    const EAS: &str = "{ED475415-B0D6-11D2-8C3B-00104B2A6676}";
    const HTTP: &str = "{4DB5CBF0-3B77-4852-BC8E-BB81908861F3}";
    const LDAP: &str = "{4DB5CBF2-3B77-4852-BC8E-BB81908861F3}";
    let managed = Incoming { protocol: Protocol::Other, host: None, port: None, security: None };
    let clsid = settings.peek_text("clsid").unwrap_or_default().to_uppercase();
    let kind = match clsid.as_str() {
        POP3 => "POP3",
        IMAP => "IMAP",
        MAPI => {
            // Service names: grommunio/gromox wiki; real registries. All but Exchange are data files and address books.
            let service = settings.peek_text("Service Name").unwrap_or_default().to_uppercase();
            look.record(settings, "clsid", None);
            look.record(settings, "Service Name", None);
            return match service.as_str() {
                "MSEMS" => Some((managed, Outgoing::Managed(None))),
                "CONTAB" | "OMSAB" | "EMABLT" | "MSPST MS" | "MSUPST MS" | "PAB" => None,
                _ => in_list.unwrap_or_default().then(|| {
                    let shown = if service.is_empty() { MAPI } else { &service };
                    (managed, unknown_kind(shown, Partial::default()))
                }),
            };
        }
        EAS | HTTP => {
            look.record(settings, "clsid", None);
            return Some((managed, Outgoing::Managed(None)));
        }
        LDAP => return None,
        _ => {
            let is_account = in_list.unwrap_or_default() || settings.has("SMTP Server");
            let shown = if clsid.is_empty() { key.name() } else { &clsid };
            look.record(settings, "clsid", None);
            return is_account.then(|| {
                let host = look.text(settings, "SMTP Server");
                (managed, unknown_kind(shown, Partial { host, ..Partial::default() }))
            });
        }
    };
    look.record(settings, "clsid", None);
    let outgoing = read_outgoing(settings, kind, look);
    let protocol = if kind == "POP3" { Protocol::Pop3 } else { Protocol::Imap };
    let incoming = look.aside(|look| read_incoming(settings, kind, protocol, look));
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

fn read_outgoing(settings: &Settings, kind: &str, look: &mut Look) -> Outgoing {
    let host = look.needed_text(settings, "SMTP Server");
    let (auth, log_on_first) = read_authentication(settings, kind, look);
    let port = look.port(settings, "SMTP Port", 25, DOC);
    let security = read_security(settings, port.as_ref().ok().copied(), look);
    Parts { host, port, security, auth, log_on_first }.assemble()
}

/// The box and its three radio buttons, which the dialog enables only while the box is ticked.
#[expect(clippy::type_complexity, reason = "two answers from the same three settings")]
fn read_authentication(
    settings: &Settings,
    kind: &str,
    look: &mut Look,
) -> (Result<(Auth, Option<Credentials>), Unclear>, Result<LogOnFirst, Unclear>) {
    const METHOD: &str = "SMTP Auth Method";
    match look.switch(settings, "SMTP Use Auth", DOC) {
        Ok(true) => {}
        // A method that the box switches off is not needed, so it may be anything.
        Ok(false) => {
            look.record(settings, METHOD, Some(DefaultValue { value: "0".to_owned(), source: DOC }));
            let left_over = settings.peek_number(METHOD) == Some(2);
            let first = if left_over { LogOnFirst::WithoutEffect } else { LogOnFirst::Off };
            return (Ok((Auth::None, None)), Ok(first));
        }
        Err(unclear) => {
            look.record(settings, METHOD, None);
            return (Err(unclear.clone()), Err(unclear));
        }
    }
    match look.number(settings, METHOD, 0, DOC) {
        // SMTP_AUTH_SAME_AS_POP
        Ok(0) => {
            let spa = look.switch(settings, &format!("{kind} Use SPA"), DOC).unwrap_or_default();
            let auth = if spa { Auth::Spa } else { Auth::Password };
            (Ok((auth, Some(Credentials::SameAsIncoming))), Ok(LogOnFirst::Off))
        }
        // SMTP_AUTH_USER_PASS
        Ok(1) => {
            let spa = look.switch(settings, "SMTP Use SPA", DOC).unwrap_or_default();
            let auth = if spa { Auth::Spa } else { Auth::Password };
            (Ok((auth, Some(Credentials::Own))), Ok(LogOnFirst::Off))
        }
        // SMTP_AUTH_RECEIVE_BEFORE_SEND: logs on to the incoming server and then sends without AUTH
        Ok(2) => (Ok((Auth::None, None)), Ok(LogOnFirst::On)),
        Ok(_) => {
            let unclear = look.unknown(settings, METHOD);
            (Err(unclear.clone()), Err(unclear))
        }
        Err(unclear) => (Err(unclear.clone()), Err(unclear)),
    }
}

/// `SMTP Secure Connection` since 2007; before that there is only `SMTP Use SSL`.
fn read_security(settings: &Settings, port: Option<Port>, look: &mut Look) -> Result<Security, Unclear> {
    if settings.has("SMTP Secure Connection") {
        // ENCRYPT_CONN_NO_SECURITY, _SSL, _TLS, _AUTO
        return match look.number(settings, "SMTP Secure Connection", 0, DOC)? {
            0 => Ok(Security::Plain),
            1 => Ok(Security::Tls),
            2 => Ok(Security::StartTls),
            3 => Ok(Security::Auto),
            _ => Err(look.unknown(settings, "SMTP Secure Connection")),
        };
    }
    look.record(settings, "SMTP Secure Connection", None);
    let ssl = look.switch(settings, "SMTP Use SSL", DOC)?;
    // Inferred for 2002 and 2003: TLS from the start on 465, STARTTLS elsewhere.
    Ok(match (ssl, port.and_then(Port::number)) {
        (false, _) => Security::Plain,
        (true, Some(465)) => Security::Tls,
        (true, _) => Security::StartTls,
    })
}

fn read_incoming(settings: &Settings, kind: &str, protocol: Protocol, look: &mut Look) -> Incoming {
    let default = if protocol == Protocol::Pop3 { 110 } else { 143 };
    Incoming {
        protocol,
        host: look.text(settings, &format!("{kind} Server")),
        port: look.port(settings, &format!("{kind} Port"), default, DOC).ok().and_then(Port::number),
        security: look
            .switch(settings, &format!("{kind} Use SSL"), DOC)
            .ok()
            .map(|ssl| if ssl { Security::Tls } else { Security::Plain }),
    }
}

/// Strings are REG_SZ in 16.0 and UTF-16LE in REG_BINARY before; numbers are REG_DWORD, or 4 bytes by third parties.
/// Upgrades mix the forms within one account, so each value is taken as it comes.
pub(super) fn settings_of(key: &Key) -> Settings {
    let entries = key.values.iter().map(|(name, value)| match value {
        Value::Text(text) => Setting::text(name, text),
        Value::Number(number) => Setting::number(name, i64::try_from(*number).unwrap_or(i64::MAX)),
        Value::Secret => Setting::secret(name),
        Value::Binary(bytes) if is_number(name) => match <[u8; 4]>::try_from(bytes.as_slice()) {
            Ok(bytes) => Setting::number(name, u32::from_le_bytes(bytes).into()),
            Err(_) => Setting::strange(name, format!("REG_BINARY, {} bytes", bytes.len())),
        },
        Value::Binary(bytes) if bytes.len() % 2 == 1 => {
            Setting::strange(name, format!("REG_BINARY, {} bytes", bytes.len()))
        }
        Value::Binary(bytes) => Setting::text(name, until_nul(&utf16(bytes))),
        Value::Texts(_) | Value::Other { .. } => Setting::strange(name, "(unexpected type)"),
    });
    Settings { place: (&key.path).into(), entries: entries.collect(), ..Settings::default() }
}

fn is_number(name: &str) -> bool {
    [" Port", " Auth", " Method", " SSL", " SPA", " Connection"].iter().any(|ending| name.ends_with(ending))
}

pub(super) fn decode(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Binary(bytes) => Some(until_nul(&utf16(bytes))),
        _ => None,
    }
}

pub(super) fn confidence(settings: &Settings, outgoing: &Outgoing) -> Confidence {
    let only_ssl = !settings.has("SMTP Secure Connection")
        && settings.peek_number("SMTP Use SSL").is_some_and(|n| n != 0);
    match outgoing {
        Outgoing::Smtp(_) if only_ssl => Confidence::Inferred,
        // Documented values; this combination was never seen in a real export.
        Outgoing::Smtp(smtp) if smtp.log_on_first == LogOnFirst::On => Confidence::Documented,
        Outgoing::Unclear(..) => Confidence::Documented,
        _ => Confidence::Verified,
    }
}

/// No value is known that marks OAuth 2 accounts; these services accept nothing else.
pub(super) fn maybe_oauth(outgoing: &Outgoing) -> Option<Note> {
    const HOSTS: [&str; 3] = ["smtp.gmail.com", "smtp.office365.com", "smtp-mail.outlook.com"];
    let host = outgoing.seen()?.host?.to_lowercase();
    HOSTS.contains(&host.as_str()).then_some(Note::MaybeOAuth)
}
