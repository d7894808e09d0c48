//! One payload of a configuration profile: a mail account, or an account whose service decides how mail is sent.
//!
//! Names, values and defaults: apple/device-management, mdm/profiles/com.apple.mail.managed.yaml, com.apple.eas.account.yaml,
//! com.apple.ews.account.yaml and com.apple.google-oauth.yaml. What a device makes of them: MCEmailAccountPayload and
//! MCNewEmailAccountPayloadHandler of iOS.

use super::settings::{
    ACCOUNT_TYPE, DESCRIPTION, EAS, ENABLE_MAIL, EWS, GOOGLE, IN_AUTH, IN_HOST, IN_PORT, IN_SSL, IN_USER,
    MAIL, NAME, OUT_AUTH, OUT_HOST, OUT_PORT, OUT_SSL, OUT_USER, SAME_PASSWORD, SERVICE_DESCRIPTION,
    SERVICE_HOST, SERVICE_USER, SOURCE, TYPE,
};
use super::{CLIENT, Sheet};
use crate::clients::apple_accounts::settings::EMAIL_ADDRESS;
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::formats::facts::Fact;
use crate::model::{
    Account, Auth, Credentials, DefaultValue, InUse, Incoming, LogOnFirst, Note, Outgoing, Port, Protocol,
    Security, Text,
};

/// The payload types that set up mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Servers of its own.
    Mail,
    /// Exchange or Google.
    Service,
}

impl Kind {
    /// `None`: it sets up no mail.
    pub(super) fn of(name: &str, payload: &Settings) -> Option<Self> {
        match name {
            MAIL => Some(Self::Mail),
            // Contacts and calendars only.
            EAS if payload.peek_number(ENABLE_MAIL) == Some(0) => None,
            EAS | EWS | GOOGLE => Some(Self::Service),
            _ => None,
        }
    }
}

/// A payload that sets up mail.
pub(super) struct Payload {
    pub(super) kind: Kind,
    pub(super) settings: Settings,
    /// What tells it from the other payloads of its profile.
    pub(super) key: String,
    pub(super) in_use: InUse,
}

impl Payload {
    /// The account that it sets up.
    pub(super) fn read(self, sheet: &Sheet) -> (Account, Look) {
        let settings = self.settings;
        let mut look = Look::default();
        look.record(&settings, TYPE, None);
        let mut notes = sheet.notes.clone();
        let (outgoing, incoming) = match self.kind {
            Kind::Mail => {
                let outgoing = read_outgoing(&settings, &mut look);
                notes.extend(missing_user(&settings, &outgoing));
                (outgoing, look.aside(|look| read_incoming(&settings, look)))
            }
            Kind::Service => {
                let host = look.text(&settings, SERVICE_HOST);
                let incoming = Incoming {
                    protocol: Protocol::Other,
                    host: host.clone(),
                    port: None,
                    security: None,
                    auth: None,
                };
                (Outgoing::Managed(host), incoming)
            }
        };
        let address = look.aside(|look| look.text(&settings, EMAIL_ADDRESS));
        let first = |facts: &[Fact]| facts.iter().find_map(|fact| settings.peek_text(fact));
        let name = first(&[DESCRIPTION, SERVICE_DESCRIPTION])
            .or(address.as_deref())
            .or_else(|| first(&[NAME, IN_USER, SERVICE_USER]))
            .unwrap_or(&self.key)
            .to_owned();
        let account = Account {
            in_use: self.in_use,
            profile: Some(sheet.name.clone()),
            source: sheet.place.clone(),
            store: sheet.store.clone(),
            key: self.key,
            name,
            addresses: address.into_iter().collect(),
            incoming: Some(incoming),
            notes,
            ..Account::new(CLIENT.id, CLIENT.name, CLIENT.id, outgoing)
        };
        (account, look)
    }
}

fn read_outgoing(payload: &Settings, look: &mut Look) -> Outgoing {
    let host = look.needed_text(payload, OUT_HOST);
    let auth = authentication(payload, look);
    let port = read_port(payload, look);
    let security = match look.switch(payload, OUT_SSL, SOURCE) {
        Ok(false) => Ok(Security::Plain),
        // A device speaks TLS at once on this port and STARTTLS on others (SMTPAccount of iOS).
        Ok(true) if matches!(port, Ok(Port::Stored(465))) => Ok(Security::Tls),
        Ok(true) => Ok(Security::StartTls),
        Err(unclear) => Err(unclear),
    };
    // There is no such setting for a profile to make.
    Parts { host, port, security, auth, log_on_first: Ok(LogOnFirst::Off) }.assemble(look)
}

/// A device refuses a profile without the setting or with another value: nothing can be concluded then.
fn authentication(payload: &Settings, look: &mut Look) -> Result<(Auth, Option<Credentials>), Unclear> {
    let auth = match look.needed_text(payload, OUT_AUTH)?.as_deref().map(method) {
        Some(Some(Auth::None)) => return Ok((Auth::None, None)),
        Some(Some(auth)) => auth,
        Some(None) => return Err(Look::unknown(payload, OUT_AUTH)),
        None => return Err(Unclear::open(format!("{} = (absent)", OUT_AUTH.name))),
    };
    look.record(payload, OUT_USER, None);
    look.record(payload, SAME_PASSWORD, Some(DefaultValue { value: "false".to_owned(), source: SOURCE }));
    let [outgoing, incoming] = [OUT_USER, IN_USER].map(|fact| payload.peek_text(fact));
    let is_same =
        payload.peek_number(SAME_PASSWORD) == Some(1) && (outgoing.is_none() || outgoing == incoming);
    Ok((auth, Some(if is_same { Credentials::SameAsIncoming } else { Credentials::Own })))
}

/// What the words of both sides stand for.
fn method(word: &str) -> Option<Auth> {
    match word {
        "EmailAuthNone" => Some(Auth::None),
        "EmailAuthPassword" => Some(Auth::Password),
        "EmailAuthCRAMMD5" | "EmailAuthHTTPMD5" => Some(Auth::EncryptedPassword),
        "EmailAuthNTLM" => Some(Auth::Spa),
        _ => None,
    }
}

fn read_port(payload: &Settings, look: &mut Look) -> Result<Port, Unclear> {
    if payload.get(OUT_PORT).is_none_or(|port| port.shown.trim().is_empty()) {
        look.record(
            payload,
            OUT_PORT,
            Some(DefaultValue { value: "25, 587, 465".to_owned(), source: SOURCE }),
        );
        return Ok(Port::Automatic);
    }
    look.port(payload, OUT_PORT, 587, SOURCE)
}

/// The device asks for what is missing, but only where somebody installs the profile by hand; without a user name Mail
/// does not authenticate (DeliveryAccount of iOS).
fn missing_user(payload: &Settings, outgoing: &Outgoing) -> Option<Note> {
    let authenticates = matches!(outgoing, Outgoing::Smtp(smtp) if smtp.auth != Auth::None);
    let is_missing = payload.peek_text(OUT_USER).is_none();
    (authenticates && is_missing).then_some(Note::Other(
        "user-name-asked",
        Text::fixed(
            "送信サーバーのユーザー名がプロファイルにありません。手動でインストールするときは端末が入力を求めますが、MDM で配布すると認証しないままになることがあります。",
            "The profile has no user name for the outgoing server. A device asks for it when somebody installs the profile, but installed by MDM, the account may not authenticate.",
        ),
    ))
}

fn read_incoming(payload: &Settings, look: &mut Look) -> Incoming {
    let protocol = match look.text(payload, ACCOUNT_TYPE).as_deref() {
        Some("EmailTypePOP") => Protocol::Pop3,
        Some("EmailTypeIMAP") => Protocol::Imap,
        _ => Protocol::Other,
    };
    let host = look.text(payload, IN_HOST);
    look.record(payload, IN_PORT, None);
    look.record(payload, IN_SSL, None);
    let stored = payload.peek_number(IN_PORT);
    let stored = stored.and_then(|port| u16::try_from(port).ok()).filter(|port| *port != 0);
    let security = match payload.peek_number(IN_SSL) {
        None | Some(0) => Security::Plain,
        Some(_) if matches!(stored, Some(110 | 143)) => Security::StartTls,
        Some(_) => Security::Tls,
    };
    // Apple's schema speaks of the protocol's default.
    Incoming {
        protocol,
        host,
        port: stored.or(protocol.usual_port(security)),
        security: Some(security),
        auth: look.text(payload, IN_AUTH).as_deref().and_then(method),
    }
}
