//! What a server's answers mean for the settings of an account: one answer, by what is set and what its client can do.

use super::plan::{is_tls_first, shown};
use super::subject::{Side, Subject};
use crate::clients::log_on::LogOn;
use crate::model::{Answer, Auth, Fault, Offer, Probe, ProbedPort, Security, TlsFailure, Unasked, Wanted};

/// What it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// All that is set is offered: the port, and the mechanisms.
    Fits(u16, Vec<String>),
    /// Nothing is known of the account's port, or the server was not asked.
    Unasked(Unasked),
    /// No answer from here; another port answers.
    Blocked(u16, Option<u16>),
    /// Nothing listens there.
    Refused(u16, Option<u16>),
    /// No greeting, turned away, or no such conversation.
    NoTalk(u16, Answer),
    /// STARTTLS is set and not offered.
    NoStartTls(u16),
    /// TLS does not come about.
    NoTls(u16, TlsFailure),
    /// AUTH is set and not offered, but perhaps within TLS.
    NoAuth { port: u16, within_tls: bool },
    /// What is offered is nothing that the account can use.
    OtherMethods(u16, Vec<String>),
    /// The certificate is none to be trusted.
    Certificate(u16, Fault),
    /// The account does not authenticate: where it could, and whether within TLS.
    WithoutAuth(Option<(u16, bool)>),
}

impl Meaning {
    pub(super) fn wanted(&self) -> Wanted {
        match self {
            Self::Fits(..) | Self::WithoutAuth(Some((_, true))) => Wanted::Yes,
            // A time-out is never "wrong"; nor is "come back later".
            Self::Unasked(_)
            | Self::Blocked(..)
            | Self::NoTalk(_, Answer::Silent | Answer::Declined(_))
            | Self::NoTls(_, TlsFailure::Silent)
            | Self::Certificate(_, Fault::NoRoots) => Wanted::Unreachable,
            _ => Wanted::No,
        }
    }
}

/// What the answers of its server mean for one side of an account.
pub(super) fn meaning(side: &Side<'_>, log_on: LogOn, probe: &Probe) -> Meaning {
    if let Some(why) = probe.unasked {
        return Meaning::Unasked(why);
    }
    let of_service = || probe.ports.iter().filter(|found| found.service == side.service);
    if side.auth == Some(Auth::None) {
        return without_auth(probe, side);
    }
    let by_number = side.port.map(|port| {
        let tls_first = is_tls_first(port, side.security);
        of_service().find(|found| found.port == port && found.tls_first == tls_first)
    });
    match by_number {
        Some(Some(found)) => of_port(found, side, log_on, probe),
        Some(None) => Meaning::Unasked(Unasked::Port),
        // The client chooses: the best that there is.
        None => {
            let all: Vec<Meaning> = of_service().map(|found| of_port(found, side, log_on, probe)).collect();
            let rank = |meaning: &&Meaning| match meaning.wanted() {
                Wanted::Yes => 0,
                Wanted::No => 1,
                Wanted::Unreachable => 2,
            };
            all.iter().min_by_key(rank).cloned().unwrap_or(Meaning::Unasked(Unasked::Port))
        }
    }
}

/// What an account that does not authenticate can change to.
fn without_auth(probe: &Probe, side: &Side<'_>) -> Meaning {
    let good = |found: &&ProbedPort| found.service == side.service && has_password(found.secured.as_ref());
    let in_clear = |found: &&ProbedPort| found.service == side.service && has_password(found.clear.as_ref());
    let ports = || probe.ports.iter().filter(|found| found.answer == Answer::Offered);
    if let Some(found) = ports().find(good) {
        return Meaning::WithoutAuth(Some((found.port, true)));
    }
    if let Some(found) = ports().find(in_clear) {
        return Meaning::WithoutAuth(Some((found.port, false)));
    }
    match probe.ports.iter().find(|found| matches!(found.answer, Answer::Blocked | Answer::Silent)) {
        Some(found) if ports().next().is_none() => Meaning::Blocked(found.port, None),
        _ => Meaning::WithoutAuth(None),
    }
}

fn has_password(offer: Option<&Offer>) -> bool {
    offer.is_some_and(|offer| usable(Auth::Password, offer, None))
}

fn of_port(found: &ProbedPort, side: &Side<'_>, log_on: LogOn, probe: &Probe) -> Meaning {
    let port = found.port;
    let other = || {
        let is_other = |one: &&ProbedPort| {
            one.answer == Answer::Offered && one.service == side.service && one.port != port
        };
        probe.ports.iter().find(is_other).map(|one| one.port)
    };
    match found.answer {
        Answer::Offered => {}
        Answer::Blocked => return Meaning::Blocked(port, other()),
        Answer::Refused => return Meaning::Refused(port, other()),
        Answer::NotAsked(why) => return Meaning::Unasked(why),
        answer => return Meaning::NoTalk(port, answer),
    }
    let security = side.security.unwrap_or(Security::Auto);
    let wants_tls = matches!(security, Security::StartTls | Security::Tls);
    let has_starttls = found.clear.as_ref().is_some_and(|offer| offer.starttls);
    let failure = found.tls_failure();
    match security {
        Security::StartTls if !found.tls_first && !has_starttls => return Meaning::NoStartTls(port),
        _ if (wants_tls || found.tls_first) && failure.is_some() => {
            return Meaning::NoTls(port, failure.unwrap_or(TlsFailure::Failed));
        }
        _ => {}
    }
    let within = found.secured.as_ref();
    let offer = match security {
        Security::Plain => found.clear.as_ref(),
        Security::StartTls | Security::Tls => within,
        Security::Auto => within.or(found.clear.as_ref()),
    };
    let empty = Offer::default();
    let offer = offer.unwrap_or(&empty);
    let auth = side.auth.unwrap_or(Auth::Password);
    if offer.auth.is_empty() && !offer.login && !(offer.apop && auth == Auth::Apop) {
        return Meaning::NoAuth {
            port,
            within_tls: within.is_some_and(|offer| !offer.auth.is_empty() || offer.login),
        };
    }
    if !usable(auth, offer, log_on.by_password) {
        return Meaning::OtherMethods(port, offer.auth.clone());
    }
    let fault = found.certificate().and_then(|certificate| certificate.faults.first());
    match fault {
        Some(fault) if security != Security::Plain => Meaning::Certificate(port, *fault),
        _ => Meaning::Fits(port, offer.auth.clone()),
    }
}

/// Mechanisms with a password (IANA's registry of SASL mechanisms; LOGIN is none of it, and everywhere).
const PASSWORD: [&str; 5] = ["PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "NTLM"];

/// Whether one of the methods that are offered is one of the account's.
pub(super) fn usable(auth: Auth, offer: &Offer, by_password: Option<&[&str]>) -> bool {
    let has = |names: &[&str]| offer.auth.iter().any(|offered| names.contains(&offered.as_str()));
    let has_scram = offer.auth.iter().any(|offered| offered.starts_with("SCRAM-"));
    match auth {
        Auth::None => true,
        Auth::Password => offer.login || by_password.map_or_else(|| has(&PASSWORD) || has_scram, has),
        Auth::EncryptedPassword => has(&["CRAM-MD5", "DIGEST-MD5"]) || has_scram,
        Auth::Spa => has(&["NTLM", "MSN"]),
        Auth::Kerberos => has(&["GSSAPI", "GSS-SPNEGO"]),
        Auth::OAuth2 => has(&["XOAUTH2", "OAUTHBEARER"]),
        Auth::Certificate => has(&["EXTERNAL"]),
        Auth::Apop => offer.apop,
    }
}

/// The sides of an account that are with this server, and what its answers mean for them.
pub(super) fn of_subject(subject: &Subject, probe: &Probe) -> Vec<Meaning> {
    let sides = [subject.sending(), subject.receiving()].into_iter().flatten();
    sides.filter(|side| shown(side) == probe.host).map(|side| meaning(&side, subject.log_on, probe)).collect()
}

#[cfg(test)]
#[path = "meaning_tests.rs"]
mod tests;
