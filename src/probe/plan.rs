//! Which servers are asked, and by which ports: what was typed, then what accounts use, then what is usual and what policies
//! say; no more by one name than the limit allows.

use super::crew::Server;
use super::limits::PER_NAME;
use super::names::{self, Name, Typed, from_settings, spoken};
use super::port::Door;
use super::subject::{Side, Subject};
use crate::formats::kinds::{Kind, keep};
use crate::model::{Security, Service, Unasked};
use crate::policy::{self, Claimant, Policies, Policy, SUBMISSION, SUBMISSIONS, Setting};
use indexmap::IndexMap;

/// How soon a port is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Typed,
    Sending,
    Usual,
    Receiving,
    Policy,
}

/// The servers in the order of naming.
pub(super) fn plan(typed: &[Typed], subjects: &[Subject], policies: &Policies) -> Vec<Server> {
    let mut list: IndexMap<String, Planned> = IndexMap::new();
    for one in typed {
        let planned = entry(&mut list, Ok(one.name.clone()), one.name.text());
        match (one.port, one.speaks) {
            (Some(port), Some((service, tls))) => planned.add(Rank::Typed, port, Some(service), tls),
            (Some(port), None) => {
                let known = spoken(port);
                planned.add(Rank::Typed, port, known.map(|one| one.0), known.is_some_and(|one| one.1));
            }
            (None, Some((service, tls))) => planned.add(Rank::Typed, usual(service, tls), Some(service), tls),
            (None, None) => planned.add_usual(),
        }
        if one.port.is_none() {
            planned.add_policies(policies, &one.name.text(), &[]);
        }
    }
    for subject in subjects {
        for side in [subject.sending(), subject.receiving()].into_iter().flatten() {
            let name = from_settings(side.host);
            let shown = name.as_ref().map_or_else(|_| keep(Kind::Host, side.host).text, Name::text);
            let planned = entry(&mut list, name, shown);
            planned.add_side(&side);
            planned.add_policies(policies, side.host, &subject.addresses);
        }
    }
    list.into_values().map(Planned::finish).collect()
}

/// The host of a side as plans and results call it.
pub(super) fn shown(side: &Side<'_>) -> String {
    from_settings(side.host).map_or_else(|_| keep(Kind::Host, side.host).text, |name| name.text())
}

struct Planned {
    name: Result<Name, Unasked>,
    shown: String,
    doors: Vec<(Rank, Door)>,
    left_out: Vec<(Door, Unasked)>,
}

fn entry(list: &mut IndexMap<String, Planned>, name: Result<Name, Unasked>, shown: String) -> &mut Planned {
    let new = Planned { name, shown: shown.clone(), doors: Vec::new(), left_out: Vec::new() };
    list.entry(shown).or_insert(new)
}

impl Planned {
    fn add(&mut self, rank: Rank, port: u16, service: Option<Service>, tls_first: bool) {
        let door = Door { port, service, tls_first };
        let is_known = |known: &Door| {
            known.port == port
                && known.tls_first == tls_first
                && (known.service == service || service.is_none())
        };
        match self.doors.iter_mut().find(|(_, known)| is_known(known)) {
            Some((known, _)) => *known = rank.min(*known),
            None => self.doors.push((rank, door)),
        }
    }

    fn add_usual(&mut self) {
        self.add(Rank::Usual, SUBMISSION, Some(Service::Smtp), false);
        self.add(Rank::Usual, SUBMISSIONS, Some(Service::Smtp), true);
    }

    /// A port of settings is asked only if it is one of mail.
    fn add_setting(&mut self, rank: Rank, port: u16, service: Service, tls_first: bool) {
        if names::PORTS.iter().any(|(known, ..)| *known == port) {
            self.add(rank, port, Some(service), tls_first);
            return;
        }
        let left_out = (Door { port, service: Some(service), tls_first }, Unasked::Port);
        if !self.left_out.contains(&left_out) {
            self.left_out.push(left_out);
        }
    }

    fn add_side(&mut self, side: &Side<'_>) {
        let rank = if side.service == Service::Smtp { Rank::Sending } else { Rank::Receiving };
        if let Some(port) = side.port {
            let tls_first = is_tls_first(port, side.security);
            self.add_setting(rank, port, side.service, tls_first);
        }
        if side.service == Service::Smtp {
            self.add_usual();
        } else if side.port.is_none() {
            self.add(rank, usual(side.service, true), Some(side.service), true);
        }
    }

    /// What the policy that claims the server says lasts.
    fn add_policies(&mut self, policies: &Policies, host: &str, addresses: &[String]) {
        for side in [policy::Side::Sending, policy::Side::Receiving] {
            let Some(policy) = claiming(policies, host, addresses, side) else { continue };
            for setting in settings_for(policy, side, host) {
                let service = service_of(setting, side);
                for port in &setting.port {
                    let by_port = spoken(*port).is_some_and(|(_, tls)| tls);
                    let tls_first = if setting.security.is_empty() {
                        by_port
                    } else {
                        setting.security.contains(&Security::Tls)
                    };
                    self.add_setting(Rank::Policy, *port, service, tls_first);
                }
            }
        }
    }

    fn finish(mut self) -> Server {
        self.doors.sort_by_key(|(rank, _)| *rank);
        let doors: Vec<Door> = self.doors.into_iter().map(|(_, door)| door).collect();
        let (first, rest) = doors.split_at(doors.len().min(PER_NAME));
        self.left_out.extend(rest.iter().map(|door| (*door, Unasked::Limit)));
        Server { name: self.name, shown: self.shown, doors: first.to_vec(), left_out: self.left_out }
    }
}

/// As the client is set; where that is not known, as is usual on the port.
pub(super) fn is_tls_first(port: u16, security: Option<Security>) -> bool {
    match security {
        Some(Security::Tls) => true,
        Some(Security::Plain | Security::StartTls) => false,
        Some(Security::Auto) | None => spoken(port).is_some_and(|(_, tls)| tls),
    }
}

/// The policy that speaks for a side of an account with this server.
pub(super) fn claiming<'p>(
    policies: &'p Policies,
    host: &str,
    addresses: &[String],
    side: policy::Side,
) -> Option<&'p Policy> {
    let hosts = [host.to_owned()];
    let claimant = Claimant { outgoing: &hosts, incoming: Some(host), addresses };
    policies.claiming(claimant, side).next()
}

/// What of a policy lasts and is about this server, or any.
pub(super) fn settings_for<'p>(policy: &'p Policy, side: policy::Side, host: &str) -> Vec<&'p Setting> {
    let fits = |template: &String| {
        // What is filled in is the account's.
        template.contains('{') || policy::Pattern::new(template).is_some_and(|pattern| pattern.fits(host))
    };
    let settings = policy.side(side).unwrap_or_default().iter();
    settings
        .filter(|setting| setting.lasts() && (setting.host.is_empty() || setting.host.iter().any(fits)))
        .collect()
}

/// What is spoken by a setting.
pub(super) fn service_of(setting: &Setting, side: policy::Side) -> Service {
    match (side, setting.protocol) {
        (policy::Side::Sending, _) => Service::Smtp,
        (_, Some(crate::model::Protocol::Imap)) => Service::Imap,
        (_, Some(_)) => Service::Pop3,
        (_, None) => match setting.port.first().and_then(|port| spoken(*port)) {
            Some((Service::Imap, _)) => Service::Imap,
            _ => Service::Pop3,
        },
    }
}

const fn usual(service: Service, tls: bool) -> u16 {
    match (service, tls) {
        (Service::Smtp, false) => SUBMISSION,
        (Service::Smtp, true) => SUBMISSIONS,
        (Service::Pop3, false) => 110,
        (Service::Pop3, true) => 995,
        (Service::Imap, false) => 143,
        (Service::Imap, true) => 993,
    }
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
