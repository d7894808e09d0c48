//! Outgoing servers: the groups of `mailtransports`.
//!
//! Names, defaults and meanings: KDE/kmailtransport, src/mailtransport.kcfg and src/plugins/smtp/smtpjob.cpp. Values that
//! equal the default are not written.

use super::settings::{
    AUTH, AUTH_TYPE, DEFAULT_TRANSPORT, ENCRYPTION, GENERAL, HOST, ID, IDENTIFIER, OF_TRANSPORT, PORT_NUMBER,
    PRECOMMAND, TYPE, USER,
};
use super::version::Version;
use super::{group, is_on, name_of};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::model::{
    Auth, Confidence, Credentials, DefaultValue, LogOnFirst, Note, Outgoing, Port, Security, Text,
};

const SOURCE: &str = "KDE source (mailtransport.kcfg)";

/// Choices of `authtype`. The dialog writes their number, all else their name; KDE 3 with a hyphen.
const METHODS: [(&str, Option<Auth>); 10] = [
    ("LOGIN", Some(Auth::Password)),
    ("PLAIN", Some(Auth::Password)),
    ("CRAM_MD5", Some(Auth::EncryptedPassword)),
    ("DIGEST_MD5", Some(Auth::EncryptedPassword)),
    ("GSSAPI", Some(Auth::Kerberos)),
    ("NTLM", Some(Auth::Spa)),
    // The SMTP plug-in knows none of these.
    ("APOP", None),
    ("CLEAR", None),
    ("ANONYMOUS", None),
    ("XOAUTH2", Some(Auth::OAuth2)),
];
/// Choices of `encryption`; `TLS` is STARTTLS.
const ENCRYPTIONS: [(&str, Option<Security>); 3] =
    [("None", Some(Security::Plain)), ("SSL", Some(Security::Tls)), ("TLS", Some(Security::StartTls))];

const RUNS_COMMAND: Note = Note::Other(
    PRECOMMAND.name,
    Text::fixed(
        "送信前にコマンド (前コマンド) を実行します。POP before SMTP のために受信サーバーへログオンするコマンドかもしれないので、内容を確認してください。",
        "A command (precommand) runs before mail is sent. It may log on to the incoming server for POP-before-SMTP: see what it does.",
    ),
);
const DEFAULT_BY_VERSION: Note = Note::Other(
    "default-by-version",
    Text::fixed(
        "保存されていない値は KMail の版によって異なり、この端末では版が分かりません(24.02 まではポート 25・暗号化なし、24.05 からは 587・SSL/TLS、25.12 からは 465・SSL/TLS)。ここでは最も古い既定値を示します。",
        "What is not stored depends on KMail's version, which can't be told here (port 25 without encryption up to 24.02, 587 with SSL/TLS from 24.05, 465 with SSL/TLS from 25.12); shown is the oldest default.",
    ),
);
const UNKNOWN_DEFAULT: Text = Text::fixed(
    "ポートか暗号化が保存されておらず、その既定値は KMail の版によって異なります(24.02 まではポート 25・暗号化なし、24.05 からは 587・SSL/TLS、25.12 からは 465・SSL/TLS)",
    "port or encryption is not stored, and KMail's default for it depends on the version (port 25 without encryption up to 24.02, 587 with SSL/TLS from 24.05, 465 with SSL/TLS from 25.12)",
);

/// An outgoing server.
#[derive(Debug)]
pub(super) struct Transport {
    /// The number that identities refer to it by.
    pub(super) id: String,
    /// Identities without a server of their own use this one.
    pub(super) is_default: bool,
    pub(super) settings: Settings,
}

/// The outgoing servers of a file; the first is the default if none is named (`TransportManagerPrivate::validateDefault`).
pub(super) fn transports(groups: &[Settings]) -> Vec<Transport> {
    let default = group(groups, GENERAL).and_then(|general| general.peek_text(DEFAULT_TRANSPORT));
    let mut found: Vec<Transport> = groups
        .iter()
        .filter_map(|group| {
            let number = name_of(group).strip_prefix(OF_TRANSPORT)?;
            let id = group.peek_text(ID).unwrap_or(number).to_owned();
            Some(Transport { is_default: default == Some(&id), id, settings: group.clone() })
        })
        .collect();
    if !found.iter().any(|transport| transport.is_default)
        && let Some(first) = found.first_mut()
    {
        first.is_default = true;
    }
    found
}

/// How the server is used.
pub(super) fn read_outgoing(
    from: &Settings,
    version: Version,
    look: &mut Look,
    confidence: &mut Confidence,
) -> (Outgoing, Vec<Note>) {
    // Versions before 2017 wrote `type`, with sendmail as a choice until 2015.
    let kind = [IDENTIFIER, TYPE].into_iter().find(|name| from.has(name)).unwrap_or(IDENTIFIER);
    look.record(from, kind, Some(default_of("SMTP")));
    // KConfig compares choices without regard to case; KDE 3 wrote them in lower case.
    match from.peek_text(kind).unwrap_or("SMTP").to_lowercase().as_str() {
        "smtp" | "0" => {}
        "sendmail" | "1" => {
            let program = look.text(from, HOST).unwrap_or_else(|| "sendmail".to_owned());
            return (Outgoing::Program(program), Vec::new());
        }
        other if other == "akonadi" || other == "2" || other.starts_with("akonadi_") => {
            return (Outgoing::Managed(None), Vec::new());
        }
        _ => {
            let host = look.text(from, HOST);
            let parts = Parts {
                host: Ok(host),
                port: Err(Look::unknown(from, kind)),
                security: Err(Look::unknown(from, kind)),
                auth: Err(Look::unknown(from, kind)),
                log_on_first: Ok(LogOnFirst::Off),
            };
            return (parts.assemble(look), Vec::new());
        }
    }
    let mut notes = Vec::new();
    look.aside(|look| look.record(from, PRECOMMAND, None));
    notes.extend(from.peek_text(PRECOMMAND).map(|_| RUNS_COMMAND));
    let host = look.needed_text(from, HOST);
    let auth = authentication(from, look);
    let (port, security) = (stored_port(from, version, look), stored_security(from, version, look));
    if version.defaults().is_none() && !(from.has(PORT_NUMBER) && from.has(ENCRYPTION)) {
        *confidence = Confidence::Inferred;
    }
    let is_open = port == Ok(None) || security == Ok(None);
    let without = matches!(auth, Ok((Auth::None, _)));
    let has_server = matches!(host, Ok(Some(_)));
    let port = port.map(|port| port.unwrap_or(Port::Default(25)));
    let security = security.map(|security| security.unwrap_or(Security::Plain));
    let parts = Parts { host, port, security, auth, log_on_first: Ok(LogOnFirst::Off) };
    if !is_open || !has_server {
        return (parts.assemble(look), notes);
    }
    if without {
        // Whatever the port, it does not authenticate.
        notes.push(DEFAULT_BY_VERSION);
        return (parts.assemble(look), notes);
    }
    let mut seen = parts.assemble(look).seen().unwrap_or_default();
    seen.port = seen.port.filter(|port| matches!(port, Port::Stored(_)));
    seen.security = seen.security.filter(|_| from.has(ENCRYPTION));
    (Outgoing::Unclear(seen, UNKNOWN_DEFAULT), notes)
}

/// `None`: the default, which nobody knows.
fn stored_port(from: &Settings, version: Version, look: &mut Look) -> Result<Option<Port>, Unclear> {
    let default = version.defaults().map(|(port, _)| port);
    if let Some(default) = default {
        return look.port(from, PORT_NUMBER, default, SOURCE).map(Some);
    }
    if from.has(PORT_NUMBER) {
        return look.port(from, PORT_NUMBER, 25, SOURCE).map(Some);
    }
    look.record(from, PORT_NUMBER, Some(default_of("25, 587, 465")));
    Ok(None)
}

/// On port 465, nothing but TLS works: what is not stored there can only be a default of it.
fn stored_security(from: &Settings, version: Version, look: &mut Look) -> Result<Option<Security>, Unclear> {
    let default = version.defaults().map(|(_, security)| security);
    let shown = match default {
        Some(Security::Plain) => "None",
        Some(_) => "SSL",
        None => "None, SSL",
    };
    look.record(from, ENCRYPTION, Some(default_of(shown)));
    match from.peek_text(ENCRYPTION) {
        None if default.is_none() && from.peek_text(PORT_NUMBER) == Some("465") => Ok(Some(Security::Tls)),
        None => Ok(default),
        Some(choice) => choose(&ENCRYPTIONS, choice).map(Some).ok_or_else(|| Look::unknown(from, ENCRYPTION)),
    }
}

/// The user name is kept when the box is unticked.
fn authentication(from: &Settings, look: &mut Look) -> Result<(Auth, Option<Credentials>), Unclear> {
    look.record(from, AUTH, Some(default_of("false")));
    look.aside(|look| look.record(from, USER, None));
    if !is_on(from, AUTH, false) {
        return Ok((Auth::None, None));
    }
    look.record(from, AUTH_TYPE, Some(default_of("PLAIN")));
    let choice = from.peek_text(AUTH_TYPE).unwrap_or("PLAIN");
    let auth = choose(&METHODS, choice).ok_or_else(|| Look::unknown(from, AUTH_TYPE))?;
    Ok((auth, Some(Credentials::Own)))
}

fn choose<T: Copy>(choices: &[(&str, Option<T>)], choice: &str) -> Option<T> {
    let by_number = choice.parse().ok().and_then(|number: usize| choices.get(number));
    let by_name = || choices.iter().find(|(name, _)| name.eq_ignore_ascii_case(&choice.replace('-', "_")));
    by_number.or_else(by_name)?.1
}

fn default_of(value: &str) -> DefaultValue {
    DefaultValue { value: value.to_owned(), source: SOURCE }
}
