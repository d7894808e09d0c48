//! What there is to set of the way in which an account sends, and what of it is fixed.

use super::Place;
use super::wire::{Own, own_word};
use serde::{Deserialize, Serialize};

/// What there is to set of the way in which an account sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Aspect {
    /// The outgoing server.
    Host,
    /// Its port.
    Port,
    /// The encryption to it.
    Security,
    /// SMTP authentication.
    Auth,
    /// The log-on to the incoming server before sending.
    LogOnFirst,
    /// The user name for the outgoing server.
    User,
    /// POP3 or IMAP, of the incoming server.
    Protocol,
}

impl Aspect {
    /// All of an outgoing server.
    pub const ALL: [Self; 6] =
        [Self::Host, Self::Port, Self::Security, Self::Auth, Self::LogOnFirst, Self::User];

    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Port => "port",
            Self::Security => "security",
            Self::Auth => "auth",
            Self::LogOnFirst => "log_on_first",
            Self::User => "user",
            Self::Protocol => "protocol",
        }
    }
}

/// What deviates from the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Deviation {
    /// The port.
    Port,
    /// The encryption.
    Tls,
    /// The server.
    Server,
    /// The authentication method.
    Auth,
    /// POP3 or IMAP, of the incoming side only.
    Protocol,
}

/// How a setting is fixed, the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fixing {
    /// The dialog can't change it.
    Locked,
    /// It is set anew at every start of the program.
    EveryStart,
}

/// A setting of the outgoing server that the client's dialog can't change for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fixed {
    /// Which.
    pub aspect: Aspect,
    /// How.
    pub how: Fixing,
    /// The file or registry key that fixes it.
    pub place: Place,
    /// The edition whose steps hold if it has to change.
    #[serde(deserialize_with = "own_word")]
    pub edition: Own,
}
