//! One pure function: an account's outgoing server and the policy → verdict, deviations, notes, what to change.

mod policy;
mod undecided;

use crate::model::{
    Aspect, Auth, Deviation, LogOnFirst, Needs, Note, Outgoing, Partial, Port, Possible, Protocol, Rule,
    Security, Smtp, Verdict,
};
use policy::fitting;
pub use policy::{Endpoint, Judgement, Policy, SUBMISSION, SUBMISSIONS};
use std::net::{IpAddr, Ipv4Addr};

/// Applies the rules in the order of the contract; the first that fits decides.
pub fn classify(outgoing: &Outgoing, incoming: Option<Protocol>, policy: &Policy) -> Judgement {
    let plain = |verdict, rule| Judgement {
        verdict,
        rule,
        deviations: Vec::new(),
        notes: Vec::new(),
        needs: Needs::default(),
    };
    match outgoing {
        Outgoing::Managed(_) => plain(Verdict::Managed, Rule::Managed),
        Outgoing::None(_) => plain(Verdict::NoOutgoingServer, Rule::NoOutgoingServer),
        Outgoing::Program(_) => Judgement {
            notes: vec![Note::ExternalProgram],
            ..plain(Verdict::Unreadable, Rule::ExternalProgram)
        },
        Outgoing::Smtp(Smtp { host, .. })
        | Outgoing::NoAuth(Partial { host: Some(host), .. })
        | Outgoing::Unclear(Partial { host: Some(host), .. }, _)
            if is_loopback(host) && !policy.names(host) =>
        {
            Judgement { notes: vec![Note::LocalProxy], ..plain(Verdict::Unreadable, Rule::LocalProxy) }
        }
        Outgoing::Unclear(partial, _) => {
            Judgement { needs: check_all(partial, policy), ..plain(Verdict::Unreadable, Rule::Unclear) }
        }
        Outgoing::NoAuth(partial) => {
            let (verdict, rule) = without_authentication(partial.log_on_first == Some(LogOnFirst::On));
            let left_over = partial.log_on_first == Some(LogOnFirst::WithoutEffect);
            let left_over = left_over.then_some(Note::LogOnFirstWithoutEffect);
            let notes = imap_incoming(verdict, incoming).into_iter().chain(left_over).collect();
            Judgement { notes, needs: needs_without_auth(partial, policy), ..plain(verdict, rule) }
        }
        Outgoing::Smtp(smtp) => judge(smtp, incoming, policy),
        Outgoing::OneOf(list) => {
            let judged = |possible: &Possible| classify(&possible.outgoing, incoming, policy);
            let unread = check_all(&outgoing.seen().unwrap_or_default(), policy);
            undecided::weigh((outgoing, list), list.iter().map(judged).collect(), policy, unread)
        }
    }
}

fn without_authentication(logs_on_first: bool) -> (Verdict, Rule) {
    if logs_on_first {
        (Verdict::PopBeforeSmtp, Rule::LogOnFirst)
    } else {
        (Verdict::NoSmtpAuth, Rule::NoAuthentication)
    }
}

fn imap_incoming(verdict: Verdict, incoming: Option<Protocol>) -> Option<Note> {
    (verdict == Verdict::NoSmtpAuth && incoming == Some(Protocol::Imap)).then_some(Note::ImapIncoming)
}

fn judge(smtp: &Smtp, incoming: Option<Protocol>, policy: &Policy) -> Judgement {
    let authenticates = smtp.auth != Auth::None;
    let deviations = if authenticates { deviations(smtp, policy) } else { Vec::new() };
    let (verdict, rule) = match (authenticates, deviations.is_empty()) {
        (false, _) => without_authentication(smtp.log_on_first == LogOnFirst::On),
        (true, false) => (Verdict::SmtpAuthOffPolicy, Rule::Deviates),
        (true, true) => (Verdict::SmtpAuth, Rule::Meets),
    };
    let mut notes = Vec::new();
    match smtp.port {
        Port::Default(port) => notes.push(Note::PortDefault(port)),
        Port::Automatic => notes.push(Note::PortAutomatic),
        Port::Stored(_) => {}
    }
    notes.extend(imap_incoming(verdict, incoming));
    if authenticates && smtp.security == Security::Plain {
        notes.push(Note::AuthWithoutTls);
    }
    if smtp.auth == Auth::Spa {
        notes.push(Note::Spa);
    }
    match smtp.log_on_first {
        LogOnFirst::On if authenticates => notes.push(Note::LogOnFirstToo),
        LogOnFirst::WithoutEffect => notes.push(Note::LogOnFirstWithoutEffect),
        LogOnFirst::On | LogOnFirst::Off => {}
    }
    let needs = if verdict == Verdict::SmtpAuth { Needs::default() } else { needs(smtp, policy) };
    Judgement { verdict, rule, deviations, notes, needs }
}

fn deviations(smtp: &Smtp, policy: &Policy) -> Vec<Deviation> {
    let mut found = Vec::new();
    // An automatic port meets the policy: the client finds the one that the server offers.
    if let Some(port) = smtp.port.number() {
        match policy.endpoint(port) {
            None => found.push(Deviation::Port),
            Some(endpoint) if !endpoint.securities.contains(&smtp.security) => found.push(Deviation::Tls),
            Some(_) => {}
        }
    }
    if !policy.hosts.is_empty() && !smtp.host.is_empty() && !policy.names(&smtp.host) {
        found.push(Deviation::Server);
    }
    found
}

/// What has to change so that the account authenticates and meets the policy.
fn needs(smtp: &Smtp, policy: &Policy) -> Needs {
    let (port, security) = match (smtp.port.number(), smtp.port.number().and_then(|p| policy.endpoint(p))) {
        (None, _) => (None, None),
        (Some(_), Some(endpoint)) => (None, fitting(endpoint, smtp.security)),
        (Some(_), None) => match policy.endpoints.first() {
            Some(target) => (Some(target.port), fitting(target, smtp.security)),
            None => (None, None),
        },
    };
    Needs {
        host: Some(smtp.host.clone()).filter(|host| !host.is_empty()),
        authenticate: smtp.auth == Auth::None,
        log_on_first_off: smtp.log_on_first == LogOnFirst::On,
        port,
        security,
        tls_port: tls_port(policy).filter(|_| security.is_some() && smtp.security == Security::Tls),
        own_port: smtp
            .port
            .number()
            .filter(|number| smtp.auth != Auth::None && port.is_some() && is_of_its_own(*number)),
        security_as_advised: security.is_none() && smtp.security == Security::Plain,
    }
}

/// A port that no standard names for sending: some providers authenticate on one, such as 2587 or 1465, and have
/// POP-before-SMTP on those of the standards (zenno.com/pukiwiki). What a policy asks for instead of a standard one is certain.
fn is_of_its_own(port: u16) -> bool {
    !matches!(port, RELAY | SUBMISSION | SUBMISSIONS)
}

/// The port of RFC 5321 between servers, on which providers took mail before submission had its own.
const RELAY: u16 = 25;

/// The port for TLS from the start.
fn tls_port(policy: &Policy) -> Option<u16> {
    let takes_tls = |endpoint: &&Endpoint| endpoint.securities.contains(&Security::Tls);
    policy.endpoints.iter().find(takes_tls).map(|endpoint| endpoint.port)
}

/// The same where not everything is known: a port that isn't is set, an encryption that means nothing too; one that nobody
/// told is advised.
fn needs_without_auth(partial: &Partial, policy: &Policy) -> Needs {
    let all = check_all(partial, policy);
    let present = partial.port.and_then(Port::number).and_then(|port| policy.endpoint(port));
    let target = present.or(policy.endpoints.first());
    let means_nothing = partial.malformed.contains(&Aspect::Security);
    let security = match partial.security {
        Some(security) => target.and_then(|endpoint| fitting(endpoint, security)),
        None if means_nothing => target.and_then(|endpoint| endpoint.securities.first()).copied(),
        None => None,
    };
    Needs {
        log_on_first_off: !matches!(partial.log_on_first, Some(LogOnFirst::Off | LogOnFirst::WithoutEffect)),
        port: all.port.filter(|_| present.is_none() && partial.port != Some(Port::Automatic)),
        security,
        tls_port: tls_port(policy).filter(|_| security.is_some() && partial.security == Some(Security::Tls)),
        security_as_advised: security.is_none() && partial.security.is_none_or(|now| now == Security::Plain),
        ..all
    }
}

/// For settings that were not understood or not asked for: everything is worth a look.
fn check_all(partial: &Partial, policy: &Policy) -> Needs {
    let mut needs = Needs::all(policy);
    needs.host.clone_from(&partial.host);
    needs
}

impl Needs {
    /// Every change there is, for steps without a scan.
    pub fn all(policy: &Policy) -> Self {
        Self {
            host: None,
            authenticate: true,
            log_on_first_off: true,
            port: policy.endpoints.first().map(|endpoint| endpoint.port),
            security: None,
            tls_port: None,
            own_port: None,
            security_as_advised: true,
        }
    }
}

/// True for the names and addresses of the own computer (RFC 6761, RFC 1122: 127.0.0.0/8, RFC 4291: ::1), also with a
/// port behind them.
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim().to_ascii_lowercase();
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None if host.matches(':').count() == 1 => host.split(':').next().unwrap_or_default(),
        None => &host,
    };
    let name = name.trim_end_matches('.');
    let by_address = match name.parse::<IpAddr>() {
        Ok(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(mapped) => is_own(mapped),
            None => address.is_loopback() || address.is_unspecified(),
        },
        Ok(IpAddr::V4(address)) => is_own(address),
        Err(_) => address_of(name).is_some_and(is_own),
    };
    by_address || name.ends_with(".localhost") || OWN_NAMES.contains(&name)
}

/// Names of the own computer in /etc/hosts: Debian's (netcfg) and Red Hat's (setup).
const OWN_NAMES: [&str; 8] = [
    "localhost",
    "localhost.localdomain",
    "ip6-localhost",
    "ip6-loopback",
    "localhost4",
    "localhost4.localdomain4",
    "localhost6",
    "localhost6.localdomain6",
];

/// To connect to 0.0.0.0 is to connect to the own computer (Linux, ip(7): INADDR_ANY; RFC 1122, 3.2.1.3 "this host").
fn is_own(address: Ipv4Addr) -> bool {
    address.is_loopback() || address.is_unspecified()
}

/// An address as resolvers take it, `127.1` and `0x7f.1` (inet_aton(3)): one to four numbers, decimal, octal (`0177`) or
/// hexadecimal; the last one stands for all bytes that are left.
fn address_of(name: &str) -> Option<Ipv4Addr> {
    let number = |part: &str| {
        let (digits, radix) = match part.strip_prefix("0x") {
            Some(digits) => (digits, 16),
            None if part.len() > 1 && part.starts_with('0') => (part, 8),
            None => (part, 10),
        };
        u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))
    };
    let numbers: Vec<u32> = name.split('.').map(number).collect::<Option<_>>()?;
    let (last, first) = numbers.split_last()?;
    let bits_left = 32_usize.checked_sub(8 * first.len())?;
    let fits = first.iter().all(|byte| *byte <= 0xFF) && bits_left > 0 && u64::from(*last) >> bits_left == 0;
    let start = first.iter().zip([24, 16, 8]).fold(0, |sum, (byte, shift)| sum | byte << shift);
    fits.then(|| Ipv4Addr::from(start | last))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod undecided_tests;
