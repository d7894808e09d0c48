//! The rules for a server in an export of K-9 Mail: does it authenticate, on which port, with which encryption.
//!
//! thunderbird/thunderbird-android: ServerSettingsDescriptions.kt (values by version), ServerSettingsUpgraderTo92.kt,
//! …To94.kt and …To95.kt (what older values mean), SmtpTransport.kt and its older .java (what is done), and
//! SmtpTransportUriDecoder.java (ports).

use super::settings::{AUTHENTICATION, HOST, PORTS, SECURITY, SERVER_PORT, TYPE, USER_NAME, VALUES, VERSION};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::{Parts, reason};
use crate::clients::settings::Settings;
use crate::model::{
    Auth, Confidence, Credentials, DefaultValue, Incoming, LogOnFirst, Outgoing, Partial, Port, Protocol,
    Security,
};

/// The version of the settings: what they mean changed at some.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version(i64);

impl Version {
    /// A file without a version is not read by the app; its values speak for themselves in most cases.
    pub(super) fn read(export: &Settings, look: &mut Look) -> Self {
        look.record(export, VERSION, None);
        Self(export.peek_number(VERSION).unwrap_or(i64::MAX))
    }
}

/// What the outgoing server is worth.
#[derive(Debug)]
pub(super) struct Judged {
    pub outgoing: Outgoing,
    pub confidence: Confidence,
}

/// Judges the outgoing server.
pub(super) fn read_outgoing(
    receiver: Option<&Settings>,
    sender: Option<&Settings>,
    version: Version,
    look: &mut Look,
) -> Judged {
    let plain = |outgoing| Judged { outgoing, confidence: Confidence::Documented };
    // Exchange by WebDAV, up to K-9 Mail 5: it sends by the same way.
    let is = |server: Option<&Settings>, kind: &str| {
        server.and_then(|server| server.peek_text(TYPE)).is_some_and(|text| text.eq_ignore_ascii_case(kind))
    };
    if let Some(exchange) = [receiver, sender].into_iter().find(|server| is(*server, "WebDAV")).flatten() {
        look.record(exchange, TYPE, None);
        return plain(Outgoing::Managed(look.text(exchange, HOST)));
    }
    let Some(sender) = sender else { return plain(Outgoing::None(Partial::default())) };
    look.record(sender, TYPE, None);
    if !is(Some(sender), "SMTP") {
        let partial = Partial { host: look.text(sender, HOST), ..Partial::default() };
        return plain(Outgoing::Unclear(partial, reason(&[Look::unknown(sender, TYPE)])));
    }
    let host = look.needed_text(sender, HOST);
    let security = read_security(sender, version, look);
    let default = if security == Ok(Security::Tls) { 465 } else { 587 };
    let port = match sender.peek_number(SERVER_PORT) {
        // Exports leave it out; older ones wrote -1.
        Some(-1) => {
            look.record(
                sender,
                SERVER_PORT,
                Some(DefaultValue { value: default.to_string(), source: PORTS }),
            );
            Ok(Port::Default(default))
        }
        _ => look.port(sender, SERVER_PORT, default, PORTS),
    };
    let user = look.text(sender, USER_NAME);
    let (auth, confidence) =
        read_authentication(sender, version, user.is_some(), security.as_ref().ok(), look);
    let auth = auth.map(|auth| {
        let own = matches!(auth, Auth::Password | Auth::EncryptedPassword).then_some(Credentials::Own);
        (auth, own)
    });
    let parts = Parts { host, port, security, auth, log_on_first: Ok(LogOnFirst::Off) };
    Judged { outgoing: parts.assemble(look), confidence }
}

/// The optional kinds, in exports before version 92: STARTTLS where it was offered, and TLS with any certificate.
fn read_security(server: &Settings, version: Version, look: &mut Look) -> Result<Security, Unclear> {
    let default = DefaultValue { value: "SSL_TLS_REQUIRED".to_owned(), source: VALUES };
    look.record(server, SECURITY, (version < Version(92)).then_some(default));
    match server.peek_text(SECURITY) {
        Some("NONE") => Ok(Security::Plain),
        Some("STARTTLS_REQUIRED") => Ok(Security::StartTls),
        Some("STARTTLS_OPTIONAL") => Ok(Security::Auto),
        Some("SSL_TLS_REQUIRED" | "SSL_TLS_OPTIONAL") => Ok(Security::Tls),
        None if version < Version(92) => Ok(Security::Tls),
        Some(_) | None => Err(Look::unknown(server, SECURITY)),
    }
}

/// Before version 95 there was no word for "none": it was an empty user name, whatever the type.
fn read_authentication(
    server: &Settings,
    version: Version,
    has_user: bool,
    security: Option<&Security>,
    look: &mut Look,
) -> (Result<Auth, Unclear>, Confidence) {
    look.record(server, AUTHENTICATION, None);
    let kind = server.peek_text(AUTHENTICATION);
    if !has_user && version < Version(95) {
        return (Ok(Auth::None), Confidence::Documented);
    }
    let auth = match kind {
        Some("NONE") => Ok(Auth::None),
        Some("EXTERNAL") => Ok(Auth::Certificate),
        Some("XOAUTH2") => Ok(Auth::OAuth2),
        // A name would be asked for; without one nobody can log on.
        Some("PLAIN" | "LOGIN" | "CRAM_MD5" | "AUTOMATIC") if !has_user => {
            return (Ok(Auth::None), Confidence::Inferred);
        }
        Some("PLAIN" | "LOGIN") => Ok(Auth::Password),
        Some("CRAM_MD5") => Ok(Auth::EncryptedPassword),
        Some("AUTOMATIC") => Ok(automatic(security)),
        // The oldest exports leave it out; the app then took what the server offered.
        None if version < Version(94) => return (Ok(automatic(security)), Confidence::Inferred),
        Some(_) | None => Err(Look::unknown(server, AUTHENTICATION)),
    };
    (auth, Confidence::Documented)
}

/// Without encryption it sends no password in the clear.
fn automatic(security: Option<&Security>) -> Auth {
    if security == Some(&Security::Plain) { Auth::EncryptedPassword } else { Auth::Password }
}

/// The incoming server, with the ports of RFC 8314 where none is stored.
pub(super) fn read_incoming(server: &Settings, look: &mut Look) -> Incoming {
    for name in [TYPE, SERVER_PORT, SECURITY, AUTHENTICATION] {
        look.record(server, name, None);
    }
    let protocol = match server.peek_text(TYPE).unwrap_or_default().to_ascii_uppercase().as_str() {
        "IMAP" => Protocol::Imap,
        "POP3" => Protocol::Pop3,
        _ => Protocol::Other,
    };
    let security = match server.peek_text(SECURITY) {
        Some("NONE") => Some(Security::Plain),
        Some("STARTTLS_REQUIRED") => Some(Security::StartTls),
        Some("STARTTLS_OPTIONAL") => Some(Security::Auto),
        Some("SSL_TLS_REQUIRED" | "SSL_TLS_OPTIONAL") => Some(Security::Tls),
        _ => None,
    };
    let default = security.and_then(|security| protocol.usual_port(security));
    let port =
        server.peek_number(SERVER_PORT).and_then(|port| u16::try_from(port).ok()).filter(|port| *port != 0);
    let auth = if protocol == Protocol::Other { None } else { incoming_auth(server, security) };
    Incoming { protocol, host: look.text(server, HOST), port: port.or(default), security, auth }
}

/// The same words as for the outgoing server. POP3 takes CRAM_MD5 for APOP where the server has not the one, but the other
/// (Pop3Connection.java).
fn incoming_auth(server: &Settings, security: Option<Security>) -> Option<Auth> {
    match server.peek_text(AUTHENTICATION)? {
        "NONE" => Some(Auth::None),
        "PLAIN" | "LOGIN" => Some(Auth::Password),
        "CRAM_MD5" => Some(Auth::EncryptedPassword),
        "AUTOMATIC" => Some(automatic(security.as_ref())),
        "EXTERNAL" => Some(Auth::Certificate),
        "XOAUTH2" => Some(Auth::OAuth2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings::SERVER;
    use super::*;
    use crate::clients::settings::Stored;
    use crate::formats::facts::Spelling;

    fn judge(version: i64, kind: &str, user: &str, security: &str) -> Judged {
        let all =
            [(TYPE, "SMTP"), (HOST, "h"), (SECURITY, security), (AUTHENTICATION, kind), (USER_NAME, user)];
        let stored = all.iter().filter(|(_, value)| !value.is_empty());
        let stored = stored.map(|(fact, value)| (fact.name, Stored::Text(value)));
        let server = Settings::of("here", SERVER, Spelling::AsIs, stored);
        read_outgoing(None, Some(&server), Version(version), &mut Look::default())
    }

    #[test]
    fn authentication_by_version() {
        use Confidence::{Documented, Inferred};
        for (version, kind, user, security, expected, confidence) in [
            (111, "NONE", "", "NONE", Some(Auth::None), Documented),
            (111, "NONE", "u", "NONE", Some(Auth::None), Documented),
            (111, "PLAIN", "u", "NONE", Some(Auth::Password), Documented),
            (111, "PLAIN", "", "NONE", Some(Auth::None), Inferred),
            (111, "CRAM_MD5", "u", "NONE", Some(Auth::EncryptedPassword), Documented),
            (111, "EXTERNAL", "", "SSL_TLS_REQUIRED", Some(Auth::Certificate), Documented),
            (111, "XOAUTH2", "u", "SSL_TLS_REQUIRED", Some(Auth::OAuth2), Documented),
            (111, "", "u", "NONE", None, Documented),
            (111, "KERBEROS", "u", "NONE", None, Documented),
            (95, "NONE", "", "NONE", Some(Auth::None), Documented),
            (94, "PLAIN", "", "NONE", Some(Auth::None), Documented),
            (94, "EXTERNAL", "", "NONE", Some(Auth::None), Documented),
            (94, "XOAUTH2", "", "NONE", Some(Auth::None), Documented),
            (94, "EXTERNAL", "u", "NONE", Some(Auth::Certificate), Documented),
            (40, "LOGIN", "u", "NONE", Some(Auth::Password), Documented),
            (40, "AUTOMATIC", "u", "NONE", Some(Auth::EncryptedPassword), Documented),
            (40, "AUTOMATIC", "u", "STARTTLS_OPTIONAL", Some(Auth::Password), Documented),
            (40, "AUTOMATIC", "", "NONE", Some(Auth::None), Documented),
            (10, "", "u", "SSL_TLS_REQUIRED", Some(Auth::Password), Inferred),
            (10, "", "", "", Some(Auth::None), Documented),
        ] {
            let judged = judge(version, kind, user, security);
            let found = match &judged.outgoing {
                Outgoing::Smtp(smtp) => Some(smtp.auth),
                _ => None,
            };
            assert_eq!(
                (found, judged.confidence),
                (expected, confidence),
                "{version} {kind} {user} {security}"
            );
        }
    }

    #[test]
    fn encryption_by_version() {
        for (version, security, expected, port) in [
            (111, "NONE", Some(Security::Plain), 587),
            (111, "STARTTLS_REQUIRED", Some(Security::StartTls), 587),
            (111, "SSL_TLS_REQUIRED", Some(Security::Tls), 465),
            (111, "", None, 0),
            (111, "QUIC", None, 0),
            (91, "STARTTLS_OPTIONAL", Some(Security::Auto), 587),
            (91, "SSL_TLS_OPTIONAL", Some(Security::Tls), 465),
            (91, "", Some(Security::Tls), 465),
        ] {
            let found = match judge(version, "PLAIN", "u", security).outgoing {
                Outgoing::Smtp(smtp) => (Some(smtp.security), smtp.port.number().unwrap_or(0)),
                _ => (None, 0),
            };
            assert_eq!(found, (expected, port), "{version} {security}");
        }
    }
}
