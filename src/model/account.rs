//! An account as a detector found it: everything resolved, defaults included, nothing judged yet.

use super::wire::{Own, own_word};
use super::{Aspect, Fixed, Note, Place, System, Text};
use serde::{Deserialize, Serialize};

/// What an incoming account speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub enum Protocol {
    /// POP3.
    Pop3,
    /// IMAP.
    Imap,
    /// Exchange, EAS, HTTP and the like, or none.
    Other,
}

/// How a connection is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub enum Security {
    /// No TLS.
    Plain,
    /// TLS after STARTTLS on the plain port.
    StartTls,
    /// TLS from the first byte (RFC 8314, "implicit TLS").
    Tls,
    /// The client tries what the server offers.
    Auto,
}

/// How a client proves to the outgoing server who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Hash)]
pub enum Auth {
    /// Not at all.
    None,
    /// User name and password (SASL PLAIN, LOGIN or whatever the server offers).
    Password,
    /// A challenge-response mechanism (CRAM-MD5, DIGEST-MD5).
    EncryptedPassword,
    /// Microsoft's Secure Password Authentication (NTLM).
    Spa,
    /// Kerberos by GSSAPI.
    Kerberos,
    /// OAuth 2.
    OAuth2,
    /// A TLS client certificate (SASL EXTERNAL).
    Certificate,
    /// APOP (RFC 1939, 7), for receiving only.
    Apop,
}

/// Whose name and password are used for the outgoing server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Credentials {
    /// Those of the incoming server.
    SameAsIncoming,
    /// Own ones.
    Own,
}

/// A port of the outgoing server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Port {
    /// The settings hold this number.
    Stored(u16),
    /// The settings hold none; this is the client's default.
    Default(u16),
    /// The settings hold none and the client tries several by itself (Apple Mail).
    Automatic,
}

impl Port {
    /// The number, if there is one.
    pub fn number(self) -> Option<u16> {
        match self {
            Self::Stored(number) | Self::Default(number) => Some(number),
            Self::Automatic => None,
        }
    }
}

/// Whether the client logs on to the incoming server before it sends (POP-before-SMTP).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LogOnFirst {
    /// It does not, or has no such switch.
    Off,
    /// It does.
    On,
    /// The switch is set, but the client ignores it with these settings.
    WithoutEffect,
}

/// The outgoing server with nothing left open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Smtp {
    /// Host name or address, as stored; empty only where the user who told the rest left it out.
    pub host: String,
    /// Its port.
    pub port: Port,
    /// TLS or not.
    pub security: Security,
    /// How it authenticates.
    pub auth: Auth,
    /// With whose name, where it authenticates and that can be told.
    pub credentials: Option<Credentials>,
    /// POP-before-SMTP by switch.
    pub log_on_first: LogOnFirst,
}

/// What was read of an outgoing server that can't be judged.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Partial {
    /// Host name or address.
    pub host: Option<String>,
    /// Its port.
    pub port: Option<Port>,
    /// TLS or not.
    pub security: Option<Security>,
    /// How it authenticates.
    pub auth: Option<Auth>,
    /// With whose name.
    pub credentials: Option<Credentials>,
    /// POP-before-SMTP by switch.
    pub log_on_first: Option<LogOnFirst>,
    /// Of what is stored, what means nothing.
    pub malformed: Vec<Aspect>,
}

/// Where an account's mail goes out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outgoing {
    /// The service decides (Exchange, iCloud, Google …); the host if one is stored.
    Managed(Option<String>),
    /// No outgoing server is set; what else is stored for one.
    None(Partial),
    /// Mail is handed to this program on the same computer.
    Program(String),
    /// An SMTP server with settings that were understood.
    Smtp(Smtp),
    /// An SMTP server that it does not authenticate to, whatever the rest is; what is known of that.
    NoAuth(Partial),
    /// An SMTP server with settings that were not understood, and why.
    Unclear(Partial, Text),
    /// One of these, which are judged one by one: a value that decides can't be told, but there are only so many.
    OneOf(Vec<Possible>),
}

/// What an undecided account may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Possible {
    /// In which case, as the beginning of a sentence.
    pub when: Text,
    /// Where its mail goes out then.
    pub outgoing: Outgoing,
}

/// The incoming side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    /// POP3, IMAP or other.
    pub protocol: Protocol,
    /// Host name or address, as stored.
    pub host: Option<String>,
    /// Port, the client's default where none is stored.
    pub port: Option<u16>,
    /// TLS or not, where it is known.
    pub security: Option<Security>,
    /// How it authenticates, where it is known.
    #[serde(default)]
    pub auth: Option<Auth>,
}

/// The default that holds for an absent setting, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DefaultValue {
    /// The default as it would be stored.
    pub value: String,
    /// The document or source that says so.
    #[serde(deserialize_with = "own_word")]
    pub source: Own,
}

/// One setting that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Registry key or file, and where in it.
    pub place: Place,
    /// The setting, spelled as the client spells it.
    pub setting: String,
    /// The value as stored; `None` = absent.
    pub value: Option<String>,
    /// What holds where the value is absent.
    pub default: Option<DefaultValue>,
    /// True if the verdict rests on it; false for names and for the incoming side.
    pub decides: bool,
}

/// Whether the client still uses an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum InUse {
    /// The client's own list holds it.
    Yes,
    /// Disabled, not listed, or a copy that an upgrade left behind.
    No,
    /// Can't be told.
    Unknown,
}

/// How sure the reading of a format is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Confidence {
    /// Seen with the real client or a real file.
    Verified,
    /// The maker's documentation or source says so.
    Documented,
    /// A conclusion.
    Inferred,
    /// The user said so.
    Answered,
}

/// One incoming account with one outgoing server that its identities use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// Id of the client's row in the table of clients.
    #[serde(deserialize_with = "own_word")]
    pub client: Own,
    /// Name of the program as the user knows it, with its edition where it can be told.
    pub client_name: String,
    /// Which dialogs the steps describe: one of the client's editions.
    #[serde(deserialize_with = "own_word")]
    pub edition: Own,
    /// What these dialogs can't change for good.
    pub fixed: Vec<Fixed>,
    /// Version as the client writes it.
    pub client_version: Option<String>,
    /// What it runs on, where that can be told.
    pub system: Option<System>,
    /// Whether the program is installed, where that can be told.
    pub client_installed: Option<bool>,
    /// Whether the client still uses the account.
    pub in_use: InUse,
    /// The profile or identity, as the client names it.
    pub profile: Option<String>,
    /// Registry key or file that holds the account.
    pub source: String,
    /// Registry root or identity, or the profile's path relative to the home: part of the id.
    pub store: String,
    /// The account's key in its store: part of the id.
    pub key: String,
    /// The outgoing server's key in its store: part of the id.
    pub outgoing_key: String,
    /// The account's name as the client shows it.
    pub name: String,
    /// Addresses that send through this server.
    pub addresses: Vec<String>,
    /// Whether it is the client's default account, where that can be told.
    pub default_account: Option<bool>,
    /// The incoming side.
    pub incoming: Option<Incoming>,
    /// Whether a password for receiving is stored, where that can be told; nothing else is known of it.
    #[serde(default)]
    pub has_incoming_password: Option<bool>,
    /// The outgoing side.
    pub outgoing: Outgoing,
    /// How sure the reading is.
    pub confidence: Confidence,
    /// What the detector has to add.
    pub notes: Vec<Note>,
    /// What it has to add if the account turns out to send without SMTP-AUTH.
    pub note_without_auth: Option<Note>,
    /// Every setting that was looked at, in the order of looking.
    pub evidence: Vec<Evidence>,
}

impl Account {
    /// An account of a client of which nothing else is known yet.
    pub fn new(client: &'static str, client_name: &str, edition: &'static str, outgoing: Outgoing) -> Self {
        Self {
            client,
            client_name: client_name.to_owned(),
            edition,
            fixed: Vec::new(),
            client_version: None,
            system: None,
            client_installed: None,
            in_use: InUse::Unknown,
            profile: None,
            source: String::new(),
            store: String::new(),
            key: String::new(),
            outgoing_key: "smtp".to_owned(),
            name: String::new(),
            addresses: Vec::new(),
            default_account: None,
            incoming: None,
            has_incoming_password: None,
            outgoing,
            confidence: Confidence::Documented,
            notes: Vec::new(),
            note_without_auth: None,
            evidence: Vec::new(),
        }
    }
}

impl Protocol {
    /// The usual port for receiving (RFC 8314, 7.1 and 7.2; IANA's list of service names): with TLS from the start or without.
    pub const fn usual_port(self, security: Security) -> Option<u16> {
        match (self, security) {
            (Self::Pop3, Security::Tls) => Some(995),
            (Self::Pop3, _) => Some(110),
            (Self::Imap, Security::Tls) => Some(993),
            (Self::Imap, _) => Some(143),
            (Self::Other, _) => None,
        }
    }
}

impl Security {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Plain, Self::StartTls, Self::Tls, Self::Auto];
}

impl Outgoing {
    /// True if it certainly does not authenticate.
    pub fn is_without_auth(&self) -> bool {
        match self {
            Self::Smtp(smtp) => smtp.auth == Auth::None,
            Self::NoAuth(_) => true,
            Self::OneOf(list) => {
                !list.is_empty() && list.iter().all(|possible| possible.outgoing.is_without_auth())
            }
            Self::Managed(_) | Self::None(_) | Self::Program(_) | Self::Unclear(..) => false,
        }
    }
}
