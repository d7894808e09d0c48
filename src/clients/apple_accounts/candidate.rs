//! An account before it is known whether its store is still in use.

use super::outgoing::{Judged, scheme_of};
use super::settings::{
    AUTHENTICATION_SCHEME, CODE, HOSTNAME, PORT_NUMBER, SECURITY_LAYER_TYPE, SSL_ENABLED, SSL_IS_DIRECT,
};
use crate::clients::look::Look;
use crate::clients::settings::Settings;
use crate::formats::facts::Fact;
use crate::model::{Account, Auth, DefaultValue, InUse, Incoming, Outgoing, Protocol, Security};

/// A store, as people see it and as it stands in a finding's id.
#[derive(Debug)]
pub struct Origin {
    /// The client's id.
    pub client: &'static str,
    /// The program's name.
    pub client_name: String,
    /// Its path for `User::database`.
    pub path: String,
    /// Its path for people.
    pub shown: String,
    /// Part of a finding's id.
    pub store: String,
    /// Which dialogs belong to it.
    pub edition: &'static str,
}

/// An account with the looks that led to it.
#[derive(Debug)]
pub struct Candidate {
    /// As far as it is known.
    pub account: Account,
    /// The looks.
    pub look: Look,
    /// The user name at the incoming server.
    pub user: Option<String>,
    /// A configuration profile added it.
    pub is_from_profile: bool,
}

impl Candidate {
    /// An account with a name still to be found.
    pub fn new(
        origin: &Origin,
        key: String,
        outgoing_key: String,
        incoming: Incoming,
        judged: Judged,
        look: Look,
    ) -> Self {
        let account = Account {
            source: origin.shown.clone(),
            store: origin.store.clone(),
            key,
            outgoing_key,
            confidence: judged.confidence,
            incoming: Some(incoming),
            notes: judged.notes,
            ..Account::new(origin.client, &origin.client_name, origin.edition, judged.outgoing)
        };
        Self { account, look, user: None, is_from_profile: false }
    }

    /// The name that Mail shows, else the address, else what the account logs on as.
    pub fn name(&mut self, description: Option<String>, addresses: Vec<String>) {
        let host = self.account.incoming.as_ref().and_then(|incoming| incoming.host.clone());
        self.account.name = description
            .or_else(|| addresses.first().cloned())
            .or_else(|| self.user.clone())
            .or(host)
            .unwrap_or_else(|| self.account.key.clone());
        self.account.addresses = addresses;
    }

    /// The account is not more in use than its store.
    pub fn outdate(&mut self, standing: InUse) {
        self.account.in_use = worse(self.account.in_use, standing);
    }

    /// The same account in another store: the same user at the same server, or a service's account with the same address.
    pub fn is_same(&self, other: &Self) -> bool {
        let (one, two) = (&self.account, &other.account);
        if one.store == two.store || one.in_use != two.in_use {
            return false;
        }
        let is_managed = |account: &Account| matches!(account.outgoing, Outgoing::Managed(_));
        if is_managed(one) || is_managed(two) {
            let known = |address: &String| one.addresses.iter().any(|a| a.eq_ignore_ascii_case(address));
            return two.addresses.iter().any(known);
        }
        let server = |account: &Account| {
            let incoming = account.incoming.as_ref()?;
            Some((incoming.protocol, incoming.host.as_ref()?.to_lowercase()))
        };
        self.user.is_some() && self.user == other.user && server(one).is_some() && server(one) == server(two)
    }
}

/// An account is as much in use as its store, and the other way round.
pub fn worse(one: InUse, two: InUse) -> InUse {
    match (one, two) {
        (InUse::No, _) | (_, InUse::No) => InUse::No,
        (InUse::Unknown, _) | (_, InUse::Unknown) => InUse::Unknown,
        (InUse::Yes, InUse::Yes) => InUse::Yes,
    }
}

/// The incoming side, with the ports of RFC 8314 where none is stored.
pub fn read_incoming(settings: &Settings, protocol: Protocol, look: &mut Look) -> Incoming {
    let host = look.text(settings, HOSTNAME);
    look.record(settings, PORT_NUMBER, None);
    look.record(settings, SSL_ENABLED, None);
    let number = |fact: Fact| settings.peek_number(fact);
    let port = number(PORT_NUMBER).and_then(|port| u16::try_from(port).ok()).filter(|port| *port != 0);
    let security = match (number(SECURITY_LAYER_TYPE), number(SSL_ENABLED), number(SSL_IS_DIRECT), port) {
        (Some(2), ..) => Security::StartTls,
        (Some(3), ..) => Security::Tls,
        (_, None | Some(0), ..) => Security::Plain,
        (_, _, Some(0), _) | (_, _, None, Some(110 | 143)) => Security::StartTls,
        _ => Security::Tls,
    };
    let known = host.is_some();
    let port = port.or(protocol.usual_port(security)).filter(|_| known);
    let auth = if known { incoming_auth(settings, protocol, look) } else { None };
    Incoming { protocol, host, port, security: known.then_some(security), auth }
}

/// Here the scheme decides by itself: there is no switch. The empty name, and none, is the password; POP has APOP beside.
fn incoming_auth(settings: &Settings, protocol: Protocol, look: &mut Look) -> Option<Auth> {
    let default = DefaultValue { value: "PLAIN".to_owned(), source: CODE };
    look.record(settings, AUTHENTICATION_SCHEME, Some(default));
    match settings.peek_text(AUTHENTICATION_SCHEME).unwrap_or_default() {
        name if name.eq_ignore_ascii_case("APOP") && protocol == Protocol::Pop3 => Some(Auth::Apop),
        name => scheme_of(name),
    }
}
