//! One connection to one port: what is asked of it, and what came.

use super::dialogue::{Greeting, greeting, leave, offer, start_tls};
use super::limits::Patience;
use super::names::Name;
use super::talk::{End, Talk};
use super::tls::{self, Secured};
use super::trust::{Roots, judge};
use super::wire::Wire;
use crate::model::{Answer, ProbedPort, Service, TlsAnswer, TlsFailure};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use time::OffsetDateTime;

/// What is the same for all connections of a run.
#[derive(Debug, Clone)]
pub struct Means {
    /// How long is waited.
    pub patience: Patience,
    /// What certificates are judged by.
    pub roots: Roots,
    config: Option<Arc<ClientConfig>>,
}

impl Means {
    /// With these limits and roots.
    pub fn new(patience: Patience, roots: Roots) -> Self {
        Self { patience, roots, config: tls::config() }
    }
}

/// A port that is to be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Door {
    /// Its number.
    pub port: u16,
    /// What is spoken there; `None`: the greeting tells.
    pub service: Option<Service>,
    /// TLS comes first.
    pub tls_first: bool,
}

impl Door {
    /// The door as one of which this came.
    pub(super) fn with(self, answer: Answer) -> ProbedPort {
        ProbedPort::new(self.port, self.service.unwrap_or(Service::Smtp), self.tls_first, answer)
    }
}

/// What came, and the address that was asked from; `None`: the address can't be reached from here at all, and nothing was
/// sent.
pub(super) fn ask(
    door: Door,
    name: &Name,
    address: IpAddr,
    means: &Means,
) -> Option<(ProbedPort, Option<IpAddr>)> {
    let Patience { connect, port, .. } = means.patience;
    match Wire::connect(SocketAddr::new(address, door.port), connect, port) {
        Ok(wire) => {
            let own = wire.own_address();
            let said = Said { door, name, own: own.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)), means };
            Some((said.ask(wire), own))
        }
        Err(error) if error.kind() == ErrorKind::ConnectionRefused => {
            Some((door.with(Answer::Refused), None))
        }
        Err(error) if is_of_this_side(&error) => None,
        Err(_) => Some((door.with(Answer::Blocked), None)),
    }
}

/// No way out of this computer: no IPv6, or no network.
fn is_of_this_side(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable | ErrorKind::NetworkDown
    )
}

struct Said<'a> {
    door: Door,
    name: &'a Name,
    own: IpAddr,
    means: &'a Means,
}

impl Said<'_> {
    fn ask(&self, wire: Wire) -> ProbedPort {
        let mut found = self.door.with(Answer::Offered);
        if self.door.tls_first {
            self.within_tls(wire, &mut found, None);
            return found;
        }
        let mut talk = Talk::new(wire);
        let heard = match self.begin(&mut talk, &mut found, Wire::wait) {
            Ok(heard) => heard,
            Err(end) => {
                found.answer = answer(end);
                return found;
            }
        };
        let starts_tls = found.clear.as_ref().is_some_and(|offer| offer.starttls);
        if !starts_tls {
            leave(&mut talk, heard.service);
            return found;
        }
        talk.stream().wait(self.means.patience.reply);
        match start_tls(&mut talk, heard.service) {
            Ok(true) => self.within_tls(talk.into_stream(), &mut found, Some(&heard)),
            Ok(false) => {
                found.tls = Some(failed(TlsFailure::TurnedDown));
                leave(&mut talk, heard.service);
            }
            Err(End::Silence) => found.tls = Some(failed(TlsFailure::Silent)),
            Err(End::Closed) => found.tls = Some(failed(TlsFailure::Closed)),
            Err(End::Nonsense) => found.tls = Some(failed(TlsFailure::Failed)),
        }
        found
    }

    /// Greeting and offer. Nothing is sent before the greeting.
    fn begin<S: Read + Write>(
        &self,
        talk: &mut Talk<S>,
        found: &mut ProbedPort,
        wait: impl Fn(&mut S, std::time::Duration),
    ) -> Result<Greeting, End> {
        wait(talk.stream(), self.means.patience.greeting);
        let heard = greeting(talk, self.door.service)?;
        found.service = heard.service;
        found.greeting = Some(heard.words.clone());
        if let Some(declined) = heard.declined {
            found.answer = declined;
            leave(talk, heard.service);
            return Ok(heard);
        }
        wait(talk.stream(), self.means.patience.reply);
        let offered = offer(talk, &heard, self.own, false)?;
        *(if self.door.tls_first { &mut found.secured } else { &mut found.clear }) = Some(offered);
        Ok(heard)
    }

    /// TLS, and what is offered within: behind STARTTLS, or from the start.
    fn within_tls(&self, mut wire: Wire, found: &mut ProbedPort, heard: Option<&Greeting>) {
        wire.wait(self.means.patience.greeting);
        let host = server_name(self.name);
        let config = self.means.config.as_ref();
        let begun = host.zip(config).ok_or(TlsFailure::Failed);
        let handshake = match begun.and_then(|(host, config)| tls::begin(wire, host, config)) {
            Ok(handshake) => handshake,
            Err(failure) => {
                found.tls = Some(failed(failure));
                if heard.is_none() && failure == TlsFailure::Silent {
                    found.answer = Answer::Silent;
                }
                return;
            }
        };
        let by_name = server_name(self.name).filter(|host| matches!(host, ServerName::DnsName(_)));
        let now = OffsetDateTime::now_utc();
        let certificate = judge(&handshake.chain, by_name.as_ref(), &self.means.roots, now);
        found.tls = Some(TlsAnswer { version: handshake.version, failure: None, certificate });
        let wait = |stream: &mut Secured, patience| stream.sock.wait(patience);
        let mut talk = Talk::new(handshake.stream);
        let Some(heard) = heard else {
            match self.begin(&mut talk, found, wait) {
                Ok(heard) => leave(&mut talk, heard.service),
                Err(end) => found.answer = answer(end),
            }
            return;
        };
        wait(talk.stream(), self.means.patience.reply);
        match offer(&mut talk, heard, self.own, true) {
            Ok(offered) => {
                found.secured = Some(offered);
                leave(&mut talk, heard.service);
            }
            // TLS came about and the conversation did not go on: what would be offered is not known.
            Err(_) => {
                if let Some(tls) = &mut found.tls {
                    tls.failure = Some(TlsFailure::Closed);
                }
            }
        }
    }
}

fn failed(failure: TlsFailure) -> TlsAnswer {
    TlsAnswer { failure: Some(failure), ..TlsAnswer::default() }
}

const fn answer(end: End) -> Answer {
    match end {
        End::Silence => Answer::Silent,
        End::Closed | End::Nonsense => Answer::Broken,
    }
}

fn server_name(name: &Name) -> Option<ServerName<'static>> {
    match name {
        Name::Name(name) => ServerName::try_from(name.clone()).ok(),
        Name::Address(address) => Some(ServerName::IpAddress((*address).into())),
    }
}
