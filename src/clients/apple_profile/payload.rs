//! One payload of a configuration profile: a mail account, or an account whose service decides how mail is sent.
//!
//! Names, values and defaults: apple/device-management, mdm/profiles/com.apple.mail.managed.yaml, com.apple.eas.account.yaml,
//! com.apple.ews.account.yaml and com.apple.google-oauth.yaml. What a device makes of them: MCEmailAccountPayload and
//! MCNewEmailAccountPayloadHandler of iOS.

use super::{CLIENT, Sheet};
use crate::clients::apple_accounts::values::settings;
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::formats::plist::Tree;
use crate::model::{
    Account, Auth, Confidence, Credentials, DefaultValue, InUse, Incoming, LogOnFirst, Note, Outgoing, Port,
    Protocol, Security, Text,
};

const SOURCE: &str = "Apple, device-management: com.apple.mail.managed";
const SAME_PASSWORD: &str = "OutgoingPasswordSameAsIncomingPassword";

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
    pub(super) fn of(name: &str, tree: &Tree) -> Option<Self> {
        match name {
            "com.apple.mail.managed" => Some(Self::Mail),
            // Contacts and calendars only; mail is on unless it is switched off (since iOS 13).
            "com.apple.eas.account" if tree.get("EnableMail").and_then(Tree::apple_bool) == Some(false) => {
                None
            }
            "com.apple.eas.account" | "com.apple.ews.account" | "com.apple.google-oauth" => {
                Some(Self::Service)
            }
            _ => None,
        }
    }
}

/// A payload that sets up mail.
pub(super) struct Payload<'a> {
    pub(super) kind: Kind,
    pub(super) place: String,
    pub(super) tree: &'a Tree,
    /// What tells it from the other payloads of its profile.
    pub(super) key: String,
    pub(super) in_use: InUse,
}

impl Payload<'_> {
    /// The account that it sets up.
    pub(super) fn read(self, sheet: &Sheet) -> (Account, Look) {
        let settings = settings(self.place, self.tree);
        let mut look = Look::default();
        look.record(&settings, "PayloadType", None);
        let mut notes = sheet.notes.clone();
        let (outgoing, incoming) = match self.kind {
            Kind::Mail => {
                let outgoing = read_outgoing(&settings, &mut look);
                notes.extend(missing_user(&settings, &outgoing));
                (outgoing, look.aside(|look| read_incoming(&settings, look)))
            }
            Kind::Service => {
                let host = look.text(&settings, "Host");
                let incoming =
                    Incoming { protocol: Protocol::Other, host: host.clone(), port: None, security: None };
                (Outgoing::Managed(host), incoming)
            }
        };
        let address = look.aside(|look| look.text(&settings, "EmailAddress"));
        let name = ["EmailAccountDescription", "AccountDescription"]
            .iter()
            .find_map(|name| settings.peek_text(name))
            .or(address.as_deref())
            .or_else(|| {
                ["PayloadDisplayName", "IncomingMailServerUsername", "UserName"]
                    .iter()
                    .find_map(|name| settings.peek_text(name))
            })
            .unwrap_or(&self.key)
            .to_owned();
        let account = Account {
            client: CLIENT.id,
            client_name: CLIENT.name.to_owned(),
            edition: CLIENT.id,
            client_version: None,
            client_installed: None,
            in_use: self.in_use,
            profile: Some(sheet.name.clone()),
            source: sheet.place.clone(),
            store: sheet.store.clone(),
            key: self.key,
            outgoing_key: "smtp".to_owned(),
            name,
            addresses: address.into_iter().collect(),
            default_account: None,
            incoming: Some(incoming),
            outgoing,
            confidence: Confidence::Documented,
            notes,
            evidence: Vec::new(),
        };
        (account, look)
    }
}

fn read_outgoing(payload: &Settings, look: &mut Look) -> Outgoing {
    let host = look.needed_text(payload, "OutgoingMailServerHostName");
    let auth = authentication(payload, look);
    let port = read_port(payload, look);
    let security = match look.switch(payload, "OutgoingMailServerUseSSL", SOURCE) {
        Ok(false) => Ok(Security::Plain),
        // A device speaks TLS at once on this port and STARTTLS on others (SMTPAccount of iOS).
        Ok(true) if matches!(port, Ok(Port::Stored(465))) => Ok(Security::Tls),
        Ok(true) => Ok(Security::StartTls),
        Err(unclear) => Err(unclear),
    };
    // There is no such setting for a profile to make.
    Parts { host, port, security, auth, log_on_first: Ok(LogOnFirst::Off) }.assemble()
}

/// A device refuses a profile without the setting or with another value: nothing can be concluded then.
fn authentication(payload: &Settings, look: &mut Look) -> Result<(Auth, Option<Credentials>), Unclear> {
    const NAME: &str = "OutgoingMailServerAuthentication";
    let auth = match look.needed_text(payload, NAME)?.as_deref() {
        Some("EmailAuthNone") => return Ok((Auth::None, None)),
        Some("EmailAuthPassword") => Auth::Password,
        Some("EmailAuthCRAMMD5" | "EmailAuthHTTPMD5") => Auth::EncryptedPassword,
        Some("EmailAuthNTLM") => Auth::Spa,
        Some(_) => return Err(look.unknown(payload, NAME)),
        None => return Err(Unclear { shown: format!("{NAME} = (absent)"), malformed: false }),
    };
    look.record(payload, "OutgoingMailServerUsername", None);
    look.record(payload, SAME_PASSWORD, Some(DefaultValue { value: "false".to_owned(), source: SOURCE }));
    let [outgoing, incoming] =
        ["OutgoingMailServerUsername", "IncomingMailServerUsername"].map(|name| payload.peek_text(name));
    let is_same =
        payload.peek_number(SAME_PASSWORD) == Some(1) && (outgoing.is_none() || outgoing == incoming);
    Ok((auth, Some(if is_same { Credentials::SameAsIncoming } else { Credentials::Own })))
}

fn read_port(payload: &Settings, look: &mut Look) -> Result<Port, Unclear> {
    const NAME: &str = "OutgoingMailServerPortNumber";
    if payload.get(NAME).is_none_or(|port| port.shown.trim().is_empty()) {
        look.record(payload, NAME, Some(DefaultValue { value: "25, 587, 465".to_owned(), source: SOURCE }));
        return Ok(Port::Automatic);
    }
    look.port(payload, NAME, 587, SOURCE)
}

/// The device asks for what is missing, but only where somebody installs the profile by hand; without a user name Mail
/// does not authenticate (DeliveryAccount of iOS).
fn missing_user(payload: &Settings, outgoing: &Outgoing) -> Option<Note> {
    let authenticates = matches!(outgoing, Outgoing::Smtp(smtp) if smtp.auth != Auth::None);
    let is_missing = payload.peek_text("OutgoingMailServerUsername").is_none();
    (authenticates && is_missing).then_some(Note::Other(
        "user-name-asked",
        Text::fixed(
            "送信サーバーのユーザー名がプロファイルにありません。手動でインストールするときは端末が入力を求めますが、MDM で配布すると認証しないままになることがあります。",
            "The profile has no user name for the outgoing server. A device asks for it when somebody installs the profile, but installed by MDM, the account may not authenticate.",
        ),
    ))
}

fn read_incoming(payload: &Settings, look: &mut Look) -> Incoming {
    let protocol = match look.text(payload, "EmailAccountType").as_deref() {
        Some("EmailTypePOP") => Protocol::Pop3,
        Some("EmailTypeIMAP") => Protocol::Imap,
        _ => Protocol::Other,
    };
    let host = look.text(payload, "IncomingMailServerHostName");
    look.record(payload, "IncomingMailServerPortNumber", None);
    look.record(payload, "IncomingMailServerUseSSL", None);
    let stored = payload.peek_number("IncomingMailServerPortNumber");
    let stored = stored.and_then(|port| u16::try_from(port).ok()).filter(|port| *port != 0);
    let security = match payload.peek_number("IncomingMailServerUseSSL") {
        None | Some(0) => Security::Plain,
        Some(_) if matches!(stored, Some(110 | 143)) => Security::StartTls,
        Some(_) => Security::Tls,
    };
    // RFC 8314; Apple's schema speaks of the protocol's default
    let default = match (protocol, security) {
        (Protocol::Pop3, Security::Tls) => Some(995),
        (Protocol::Pop3, _) => Some(110),
        (Protocol::Imap, Security::Tls) => Some(993),
        (Protocol::Imap, _) => Some(143),
        (Protocol::Other, _) => None,
    };
    Incoming { protocol, host, port: stored.or(default), security: Some(security) }
}
