//! An account as it is judged, and what its client can do.

use crate::model::{Account, Auth, Incoming, Note, Outgoing, Partial, Protocol, Text};
use crate::policy::Tls;

/// The client, in sentences of notes that say what it can't do; who knows its name puts that there.
pub const THIS_PROGRAM: Text = Text::fixed("このメールソフト", "This mail program");

/// What a client and the system that it runs on can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Can {
    /// The highest version of TLS; `None`: unknown, so nothing is held against it.
    pub tls: Option<Tls>,
    /// OAuth 2.
    pub oauth2: OAuth2,
    /// Further methods that it does not have.
    pub cannot: &'static [Auth],
}

/// With which services a client authenticates by OAuth 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OAuth2 {
    /// Nobody knows, or with any.
    #[default]
    Unknown,
    /// With none.
    Never,
    /// With the servers of these domains.
    Only(&'static [&'static str]),
    /// Its dialog offers it.
    Offered,
}

/// An account as it is judged.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Where its mail goes out.
    pub outgoing: &'a Outgoing,
    /// Where it comes in.
    pub incoming: Option<&'a Incoming>,
    /// Its addresses; empty: unknown.
    pub addresses: &'a [String],
    /// A password may be OAuth 2: the reader can't tell them apart.
    pub may_be_oauth: bool,
    /// What its client can do.
    pub can: Can,
}

impl<'a> Subject<'a> {
    /// What an account tells of itself.
    pub fn of(account: &'a Account, can: Can) -> Self {
        Self {
            outgoing: &account.outgoing,
            incoming: account.incoming.as_ref(),
            addresses: &account.addresses,
            may_be_oauth: account.notes.contains(&Note::MaybeOAuth),
            can,
        }
    }

    pub(super) fn protocol(&self) -> Option<Protocol> {
        self.incoming.map(|incoming| incoming.protocol)
    }
}

/// What is known of the outgoing server.
pub(super) fn seen_partial(outgoing: &Outgoing) -> Partial {
    outgoing.seen().unwrap_or_default()
}
