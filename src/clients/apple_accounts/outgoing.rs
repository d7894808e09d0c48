//! The rules for an SMTP account of Apple's stores: does it authenticate, on which port, with which encryption.

use super::settings::{
    ALLOWS_INSECURE, AUTHENTICATION_SCHEME, CODE, CONFIGURE_DYNAMICALLY, HOSTNAME, PORT_NUMBER, PORTS,
    SECURITY_LAYER_TYPE, SHOULD_USE_AUTHENTICATION as SWITCH, SSL_ENABLED, SSL_IS_DIRECT, USE_DEFAULT_PORTS,
};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::formats::facts::Fact;
use crate::model::{
    Auth, Confidence, Credentials, DefaultValue, LogOnFirst, Note, Outgoing, Partial, Port, Security, Smtp,
    Text,
};

/// support.apple.com/ja-jp/HT204208 (OS X 10.10 and later): while Mail manages the settings, it tries other ports, TLS and
/// methods, also none, in the background, and the dialog stays as it was.
const SETS_ITSELF: Note = Note::Other(
    "sets-itself",
    Text::fixed(
        "[接続設定を自動的に管理] がオンです。Mail がポート、暗号化、認証方式(認証なしを含む)を自動で変えることがあり、画面の表示は変わりません。実際の動作は保存されている値と異なる場合があります。",
        "[Automatically manage connection settings] is on: Mail may change port, encryption and authentication (also to none) by itself, and the dialog does not show it. What is stored need not be what it does.",
    ),
);

/// What differs between the stores.
#[derive(Debug)]
pub struct Dialect {
    /// The settings that may hold the SMTP account's user name; the first that is not empty counts.
    pub users: &'static [Fact],
    /// How sure it is that an absent switch means "off" beside a user name; `None`: what it means is unknown.
    pub absent_is_off: Option<Confidence>,
}

/// What an SMTP account is worth.
#[derive(Debug)]
pub struct Judged {
    /// The server.
    pub outgoing: Outgoing,
    /// How sure that is.
    pub confidence: Confidence,
    /// What has to be said beside it.
    pub notes: Vec<Note>,
}

impl Judged {
    /// A documented result without notes.
    pub fn plain(outgoing: Outgoing) -> Self {
        Self { outgoing, confidence: Confidence::Documented, notes: Vec::new() }
    }
}

/// The settings that decide whether there is authentication.
struct Login {
    auth: Result<(Auth, Option<Credentials>), Unclear>,
    confidence: Confidence,
    notes: Vec<Note>,
    /// A user name, but no switch, in a store where that may mean either.
    open: bool,
}

/// Judges an SMTP account by its own settings.
pub fn read(smtp: &Settings, dialect: &Dialect, look: &mut Look) -> Judged {
    let host = look.needed_text(smtp, HOSTNAME);
    // iCloud's own token, in accounts that Mail once kept itself
    if smtp.peek_text(AUTHENTICATION_SCHEME).is_some_and(|scheme| scheme.starts_with("ATOKEN")) {
        look.record(smtp, AUTHENTICATION_SCHEME, None);
        return Judged::plain(Outgoing::Managed(host.ok().flatten()));
    }
    let port = read_port(smtp, look);
    let login = read_login(smtp, dialect, look);
    let authenticates = !matches!(login.auth, Ok((Auth::None, _)));
    let security = read_security(smtp, port.as_ref().ok().copied(), authenticates, look);
    let mut notes = login.notes;
    notes.extend((smtp.peek_number(CONFIGURE_DYNAMICALLY) == Some(1)).then_some(SETS_ITSELF));
    for name in [CONFIGURE_DYNAMICALLY, ALLOWS_INSECURE] {
        if smtp.has(name) {
            look.record(smtp, name, None);
        }
    }
    let parts = Parts { host, port, security, auth: login.auth, log_on_first: Ok(LogOnFirst::Off) };
    let outgoing = match parts.assemble(look) {
        Outgoing::Unclear(partial, _) if login.open => Outgoing::Unclear(
            partial,
            Text::fixed(
                "ユーザー名はありますが、認証するかどうかの値が保存されていません",
                "there is a user name, but the authentication switch is not stored",
            ),
        ),
        outgoing => outgoing,
    };
    Judged { outgoing, confidence: login.confidence, notes }
}

/// The two parts of an iOS or old Mac link: `host:user`, or `host` for a server without a user name.
pub fn host_and_user(identifier: &str) -> (&str, Option<&str>) {
    match identifier.split_once(':') {
        Some((host, user)) => (host.trim(), Some(user.trim()).filter(|user| !user.is_empty())),
        None => (identifier.trim(), None),
    }
}

/// What a link alone tells when its SMTP account is missing. `is_known`: there is another one on that host.
pub fn lost(setting: &Fact, identifier: &str, is_known: bool) -> Judged {
    let host = host_and_user(identifier).0.to_owned();
    let judged = if is_known || identifier.contains(':') {
        Judged::plain(Outgoing::Unclear(
            Partial { host: Some(host), ..Partial::default() },
            Text::new(
                format!("送信サーバーの項目が見つかりません({} = {identifier})", setting.name),
                format!("the entry of the outgoing server is missing ({} = {identifier})", setting.name),
            ),
        ))
    } else {
        // Without a user name it could not authenticate, whatever the lost entry said.
        Judged {
            notes: vec![Note::Other(
                "dangling-link",
                Text::fixed(
                    "送信サーバーの項目がファイルにないため、アカウントに残る名前だけから判断しました。",
                    "The entry of the outgoing server is not in the file; judged by the name that the account gives.",
                ),
            )],
            ..Judged::plain(Outgoing::Smtp(Smtp {
                host,
                port: Port::Automatic,
                security: Security::Auto,
                auth: Auth::None,
                credentials: None,
                log_on_first: LogOnFirst::Off,
            }))
        }
    };
    Judged { confidence: Confidence::Inferred, ..judged }
}

/// Authentication = the switch is on and there is a user name; the scheme says only which kind.
fn read_login(smtp: &Settings, dialect: &Dialect, look: &mut Look) -> Login {
    let of = |auth| Login { auth, confidence: Confidence::Documented, notes: Vec::new(), open: false };
    // Whatever the name is.
    if smtp.has(SWITCH) && smtp.peek_number(SWITCH) == Some(0) {
        let users = dialect.users.iter().enumerate().filter(|(index, fact)| *index == 0 || smtp.has(fact));
        users.for_each(|(_, fact)| look.record(smtp, fact, None));
        look.record(smtp, SWITCH, None);
        return of(Ok((Auth::None, None)));
    }
    let mut user = None;
    for (index, fact) in dialect.users.iter().enumerate() {
        if index == 0 || smtp.has(fact) {
            match look.needed_text(smtp, fact) {
                Ok(found) => user = user.or(found),
                Err(unclear) => return of(Err(unclear)),
            }
        }
    }
    if user.is_none() {
        look.record(smtp, SWITCH, None);
        return of(Ok((Auth::None, None)));
    }
    if !smtp.has(SWITCH) {
        let off = DefaultValue { value: "NO".to_owned(), source: CODE };
        look.record(smtp, SWITCH, dialect.absent_is_off.map(|_| off));
        if let Some(confidence) = dialect.absent_is_off {
            return Login { confidence, ..of(Ok((Auth::None, None))) };
        }
        return Login {
            auth: Err(Unclear::open(SWITCH.name)),
            confidence: Confidence::Inferred,
            notes: vec![Note::ProbablyAuthenticated],
            open: true,
        };
    }
    match look.switch(smtp, SWITCH, CODE) {
        Ok(true) => {
            let (auth, note) = read_scheme(smtp, look);
            let own = matches!(auth, Auth::Password | Auth::EncryptedPassword | Auth::Spa);
            let credentials = own.then_some(Credentials::Own);
            Login { notes: note.into_iter().collect(), ..of(Ok((auth, credentials))) }
        }
        Ok(false) => of(Ok((Auth::None, None))),
        Err(unclear) => of(Err(unclear)),
    }
}

/// The empty name stands for SASL PLAIN or LOGIN; the others are the mechanisms' own names.
fn read_scheme(smtp: &Settings, look: &mut Look) -> (Auth, Option<Note>) {
    let default = DefaultValue { value: "PLAIN".to_owned(), source: CODE };
    look.record(smtp, AUTHENTICATION_SCHEME, Some(default));
    let scheme = smtp.peek_text(AUTHENTICATION_SCHEME).unwrap_or_default();
    if let Some(auth) = scheme_of(scheme) {
        return (auth, None);
    }
    let note = Note::Other(
        "unknown-scheme",
        Text::new(
            format!("認証方式の名前「{scheme}」は未知のため、パスワードとみなしました。"),
            format!("The authentication scheme \"{scheme}\" is not known; taken for a password."),
        ),
    );
    (Auth::Password, Some(note))
}

/// What a scheme's name stands for, of an incoming server too.
pub(super) fn scheme_of(name: &str) -> Option<Auth> {
    match name.to_ascii_uppercase().as_str() {
        "" | "PLAIN" | "LOGIN" => Some(Auth::Password),
        "CRAM-MD5" | "DIGEST-MD5" => Some(Auth::EncryptedPassword),
        "NTLM" => Some(Auth::Spa),
        "GSSAPI" => Some(Auth::Kerberos),
        "EXTERNAL" => Some(Auth::Certificate),
        "XOAUTH2" | "OAUTHBEARER" => Some(Auth::OAuth2),
        _ => None,
    }
}

/// `UseDefaultPorts` (10.6) overrides the number; without a number Mail tries several.
fn read_port(smtp: &Settings, look: &mut Look) -> Result<Port, Unclear> {
    let defaults = smtp.has(USE_DEFAULT_PORTS) && look.switch(smtp, USE_DEFAULT_PORTS, CODE)?;
    if defaults || smtp.get(PORT_NUMBER).is_none_or(|port| port.shown.trim().is_empty()) {
        let default = DefaultValue { value: "25, 465, 587".to_owned(), source: PORTS };
        look.record(smtp, PORT_NUMBER, Some(default));
        return Ok(Port::Automatic);
    }
    look.port(smtp, PORT_NUMBER, 587, CODE)
}

/// `SSLEnabled` with `SSLIsDirect`, or in 10.7 to 10.10 `SecurityLayerType`: 2 = STARTTLS, 3 = TLS on connect
/// (Mynigma's import of Mail's accounts). Its other values are not documented: they count only where nothing else says
/// anything, and matter only to an account that authenticates.
fn read_security(
    smtp: &Settings,
    port: Option<Port>,
    authenticates: bool,
    look: &mut Look,
) -> Result<Security, Unclear> {
    let ssl = look.switch(smtp, SSL_ENABLED, CODE)?;
    let stored = smtp.has(SSL_ENABLED);
    if smtp.has(SECURITY_LAYER_TYPE) {
        let layer = look.number(smtp, SECURITY_LAYER_TYPE, 0, CODE)?;
        match (layer, stored, ssl) {
            (2, true, true) | (2, false, _) => return Ok(Security::StartTls),
            (3, true, true) | (3, false, _) => return Ok(Security::Tls),
            // the two contradict each other, or only the undocumented value is there
            (2 | 3, ..) | (1.., false, _) if authenticates => {
                return Err(Look::unknown(smtp, SECURITY_LAYER_TYPE));
            }
            (2 | 3, ..) | (1.., false, _) => return Ok(Security::Auto),
            _ => {}
        }
    }
    if !ssl {
        return Ok(Security::Plain);
    }
    let direct = if smtp.has(SSL_IS_DIRECT) {
        look.switch(smtp, SSL_IS_DIRECT, CODE)?
    } else {
        look.record(smtp, SSL_IS_DIRECT, Some(DefaultValue { value: "port 465".to_owned(), source: CODE }));
        port.and_then(Port::number) == Some(465)
    };
    Ok(if direct { Security::Tls } else { Security::StartTls })
}

#[cfg(test)]
mod tests {
    use super::super::settings::{OF_ROW, USERNAME};
    use super::*;
    use crate::clients::settings::Stored;
    use crate::formats::facts::Spelling;

    const DIALECT: Dialect = Dialect { users: &[USERNAME], absent_is_off: None };

    fn judge(entries: &[(&'static str, &'static str)]) -> Outgoing {
        let stored = |value: &'static str| value.parse().map_or(Stored::Text(value), Stored::Number);
        let all = [("Hostname", "smtp.example.jp")].into_iter().chain(entries.iter().copied());
        let all = all.map(|(name, value)| (name, stored(value)));
        let smtp = Settings::of("here", OF_ROW, Spelling::AsIs, all);
        read(&smtp, &DIALECT, &mut Look::default()).outgoing
    }

    #[test]
    fn schemes_say_which_kind_of_authentication_but_not_whether() {
        for (scheme, expected) in [
            ("", Auth::Password),
            ("plain", Auth::Password),
            ("CRAM-MD5", Auth::EncryptedPassword),
            ("DIGEST-MD5", Auth::EncryptedPassword),
            ("NTLM", Auth::Spa),
            ("GSSAPI", Auth::Kerberos),
            ("EXTERNAL", Auth::Certificate),
            ("XOAUTH2", Auth::OAuth2),
            ("X-UNKNOWN", Auth::Password),
        ] {
            let on = [("Username", "u"), ("ShouldUseAuthentication", "1"), ("AuthenticationScheme", scheme)];
            assert!(matches!(judge(&on), Outgoing::Smtp(smtp) if smtp.auth == expected), "{scheme}");
            let off = [("Username", "u"), ("ShouldUseAuthentication", "0"), ("AuthenticationScheme", scheme)];
            assert!(matches!(judge(&off), Outgoing::Smtp(smtp) if smtp.auth == Auth::None), "{scheme}");
        }
        let token =
            [("Username", "u"), ("ShouldUseAuthentication", "1"), ("AuthenticationScheme", "ATOKEN2")];
        assert_eq!(judge(&token), Outgoing::Managed(Some("smtp.example.jp".to_owned())));
    }

    #[test]
    fn encryption_follows_the_switches_and_the_port() {
        for (ssl, direct, port, expected) in [
            ("", "", "587", Security::Plain),
            ("0", "1", "465", Security::Plain),
            ("1", "", "587", Security::StartTls),
            ("1", "", "465", Security::Tls),
            ("1", "0", "465", Security::StartTls),
            ("1", "1", "587", Security::Tls),
            ("1", "", "", Security::StartTls),
        ] {
            let all = [("SSLEnabled", ssl), ("SSLIsDirect", direct), ("PortNumber", port)];
            let stored: Vec<_> = all.into_iter().filter(|(_, value)| !value.is_empty()).collect();
            let found = judge(&stored);
            assert!(matches!(&found, Outgoing::Smtp(smtp) if smtp.security == expected), "{all:?} {found:?}");
        }
    }

    #[test]
    fn a_port_that_is_no_port_is_not_guessed() {
        for port in ["0", "65536", "-1", "smtp"] {
            let judged = judge(&[("PortNumber", port)]);
            // That it does not authenticate is certain all the same.
            assert!(matches!(judged, Outgoing::NoAuth(Partial { port: None, .. })), "{port}");
        }
    }
}
