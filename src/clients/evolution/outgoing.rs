//! The outgoing server of an account.
//!
//! What the settings do: evolution-data-server, src/camel/providers/smtp/camel-smtp-transport.c and
//! src/camel/camel-sasl-popb4smtp.c; what is absent: src/libedataserver/e-source-*.c.

use super::chain::Route;
use super::settings::{
    AUTHENTICATION, BACKEND, CUSTOM_BINARY, HOST, MAIL_TRANSPORT, METHOD, PORT_NUMBER, SECURITY,
    SENDMAIL_BACKEND, USE_CUSTOM_BINARY, USER,
};
use super::sources::{Named, Source};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::{Parts, reason};
use crate::clients::settings::Settings;
use crate::model::{
    Auth, Credentials, DefaultValue, LogOnFirst, Note, Outgoing, Partial, Port, Security, Text,
};

const SECURITY_SOURCE: &str = "evolution-data-server, e-source-security.c";
pub(super) const AUTHENTICATION_SOURCE: &str = "evolution-data-server, e-source-authentication.c";
const PORT_SOURCE: &str = "evolution-data-server, camel-smtp-transport.c";
/// The outgoing server that is built in: it hands mail to this program.
const SENDMAIL: &str = "sendmail";

const DAMAGED: Text =
    Text::fixed("送信サーバーの設定ファイルが壊れています", "the file of the outgoing server is damaged");
const ELSEWHERE: Text = Text::fixed(
    "送信サーバーの設定は別の .source ファイルにあり、ここでは読み取れません",
    "the settings of the outgoing server are in another .source file, which can't be read here",
);

/// evolution, libemail-engine/e-mail-session.c: asked for the account to log on to, it names the outgoing server (seen
/// with 3.46: the program shows an error, and nothing reaches any server).
const FAILS: Note = Note::Other(
    "pop-before-smtp-fails",
    Text::fixed(
        "Evolution (3.46 で確認) は「POP before SMTP」の設定ではエラーになり、送信できません。SMTP 認証に変更すると送信できます。",
        "Evolution (seen with 3.46) shows an error with POP before SMTP and can't send; with SMTP authentication it can.",
    ),
);
/// Up to 3.10 the default was used (evolution-data-server c16ad8de3; seen with 3.46).
const NO_PORT: Note = Note::Other(
    "port-missing",
    Text::fixed(
        "Evolution 3.12 以降は、送信サーバーのポート番号が設定されていないと接続できず、送信できません。",
        "Evolution 3.12 and later can't connect, and so can't send, without a port of the outgoing server.",
    ),
);

/// Where the mail of a route goes.
pub(super) fn read_outgoing(route: &Route, look: &mut Look) -> Outgoing {
    let transport = match &route.transport {
        _ if route.is_identity_lost => return Outgoing::Unclear(Partial::default(), ELSEWHERE),
        Some((_, Named::Known(transport))) => *transport,
        // It is built in: only a copy that was changed has a file.
        Some((SENDMAIL, _)) => return Outgoing::Program(SENDMAIL.to_owned()),
        Some((_, Named::Unreadable)) => return Outgoing::Unclear(Partial::default(), ELSEWHERE),
        Some((_, Named::Nothing)) | None => return Outgoing::None(Partial::default()),
    };
    let kind = transport.group(MAIL_TRANSPORT);
    look.record(&kind, BACKEND, None);
    match kind.peek_text(BACKEND) {
        Some(SENDMAIL) => return sendmail(transport, look),
        Some("smtp") => {}
        _ => {
            let host = look.text(&transport.group(AUTHENTICATION), HOST);
            let partial = Partial { host, ..Partial::default() };
            return Outgoing::Unclear(partial, reason(&[Look::unknown(&kind, BACKEND)]));
        }
    }
    let (authentication, secured) = (transport.group(AUTHENTICATION), transport.group(SECURITY));
    let host = look.needed_text(&authentication, HOST);
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
    let outgoing = Parts { host, port, security, auth, log_on_first }.assemble(look);
    match outgoing {
        // What is absent may be what was lost.
        Outgoing::Smtp(smtp) if transport.is_damaged => {
            Outgoing::Unclear(Outgoing::Smtp(smtp).seen().unwrap_or_default(), DAMAGED)
        }
        Outgoing::None(partial) | Outgoing::NoAuth(partial) if transport.is_damaged => {
            Outgoing::Unclear(partial, DAMAGED)
        }
        outgoing => outgoing,
    }
}

/// camel-sendmail-settings.c: another program may be named.
fn sendmail(transport: &Source, look: &mut Look) -> Outgoing {
    let settings = transport.group(SENDMAIL_BACKEND);
    look.record(&settings, USE_CUSTOM_BINARY, None);
    let custom = match settings.peek_text(USE_CUSTOM_BINARY) {
        Some("true" | "1") => look.text(&settings, CUSTOM_BINARY),
        _ => None,
    };
    Outgoing::Program(custom.unwrap_or_else(|| SENDMAIL.to_owned()))
}

/// In the outgoing server `none`, the default, is no authentication; in an incoming one it is the usual password.
/// Names: camel_sasl_authtype_list(), and the OAuth 2 services that libedataserver knows or a plug-in adds.
fn method(settings: &Settings, look: &mut Look) -> Result<(Auth, LogOnFirst), Unclear> {
    look.record(
        settings,
        METHOD,
        Some(DefaultValue { value: "none".to_owned(), source: AUTHENTICATION_SOURCE }),
    );
    let auth = match settings.peek_text(METHOD).unwrap_or("none") {
        "none" => Auth::None,
        "POPB4SMTP" => return Ok((Auth::None, LogOnFirst::On)),
        name => mechanism(name).ok_or_else(|| Look::unknown(settings, METHOD))?,
    };
    Ok((auth, LogOnFirst::Off))
}

/// A mechanism, of an incoming server too.
pub(super) fn mechanism(name: &str) -> Option<Auth> {
    Some(match name {
        "PLAIN" | "LOGIN" => Auth::Password,
        "CRAM-MD5" | "DIGEST-MD5" => Auth::EncryptedPassword,
        scram if scram.starts_with("SCRAM-SHA-") => Auth::EncryptedPassword,
        "NTLM" => Auth::Spa,
        "GSSAPI" => Auth::Kerberos,
        "XOAUTH" | "XOAUTH2" | "OAuth2" | "Google" | "Outlook" | "Yahoo" | "Microsoft365" => Auth::OAuth2,
        _ => return None,
    })
}

/// The kind of encryption, of an incoming server too.
pub(super) fn security(settings: &Settings, look: &mut Look) -> Result<Security, Unclear> {
    look.record(settings, METHOD, Some(DefaultValue { value: "none".to_owned(), source: SECURITY_SOURCE }));
    match settings.peek_text(METHOD).unwrap_or("none") {
        "none" => Ok(Security::Plain),
        "ssl-on-alternate-port" => Ok(Security::Tls),
        "starttls-on-standard-port" => Ok(Security::StartTls),
        _ => Err(Look::unknown(settings, METHOD)),
    }
}

/// 0 is as good as absent. The number is that which the dialog puts there, and which older versions used.
fn port(settings: &Settings, security: &Result<Security, Unclear>, look: &mut Look) -> Result<Port, Unclear> {
    let default = if matches!(security, Ok(Security::Tls)) { 465 } else { 25 };
    if settings.peek_number(PORT_NUMBER) == Some(0) {
        look.record(
            settings,
            PORT_NUMBER,
            Some(DefaultValue { value: default.to_string(), source: PORT_SOURCE }),
        );
        return Ok(Port::Default(default));
    }
    look.port(settings, PORT_NUMBER, default, PORT_SOURCE)
}

/// Each side has a name and a password of its own.
fn credentials(route: &Route, settings: &Settings, look: &mut Look) -> Option<Credentials> {
    let name = look.text(settings, USER)?;
    let incoming = route.account.filter(|account| account.peek(AUTHENTICATION, HOST).is_some());
    let is_same = incoming.and_then(|account| account.peek(AUTHENTICATION, USER)) == Some(&name);
    Some(if is_same { Credentials::SameAsIncoming } else { Credentials::Own })
}

/// What keeps the program from sending at all.
pub(super) fn notes(outgoing: &Outgoing) -> Vec<Note> {
    let (Outgoing::Smtp(_) | Outgoing::NoAuth(_)) = outgoing else { return Vec::new() };
    let seen = outgoing.seen().unwrap_or_default();
    let fails = (seen.log_on_first == Some(LogOnFirst::On)).then_some(FAILS);
    let is_missing = matches!(seen.port, Some(Port::Default(_))).then_some(NO_PORT);
    fails.into_iter().chain(is_missing).collect()
}

#[cfg(test)]
mod tests {
    use super::super::settings::GROUPS;
    use super::*;
    use crate::clients::settings::Stored;
    use crate::formats::facts::{Fact, Spelling, of_group};

    fn settings(name: Fact, value: Option<&str>) -> Settings {
        let entries = value.map(|value| (name.name, Stored::Text(value)));
        Settings::of("a", of_group(GROUPS, AUTHENTICATION), Spelling::AsIs, entries)
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
            let found = method(&settings(METHOD, value), &mut Look::default());
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
            let found = port(&settings(PORT_NUMBER, stored), &Ok(security), &mut Look::default());
            assert_eq!(found.ok(), expected, "{stored:?} {security:?}");
        }
    }
}
