//! What servers offer, seen from here: asked without ever logging on, and without sending anything.

mod accounts;
pub mod addresses;
mod against;
mod certificate;
pub mod crew;
pub mod dialogue;
pub mod limits;
mod meaning;
pub mod names;
mod plan;
pub mod port;
mod ports;
mod result;
mod subject;
pub mod talk;
mod tls;
pub mod trust;
mod wire;

use crate::model::Probe;
use crate::policy::Policies;
use crew::{Run, ask};
use names::Typed;
pub use result::worst;
use std::net::{IpAddr, ToSocketAddrs};
pub use subject::Subject;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Asks the servers that were typed and those of accounts. `goes_on` hears how many of all are done, and says whether to go on.
pub fn probe(
    typed: &[Typed],
    subjects: &[Subject],
    policies: &Policies,
    run: &Run,
    mut goes_on: impl FnMut(usize, usize) -> bool,
) -> Vec<Probe> {
    let servers = plan::plan(typed, subjects, policies);
    let now = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let asked_at = now.format(&Rfc3339).unwrap_or_default();
    let heard = ask(&servers, run, |done| goes_on(done, servers.len()));
    let pairs = servers.iter().zip(heard);
    pairs.map(|(server, heard)| result::result(server, heard, &asked_at, subjects, policies)).collect()
}

/// The resolver of the system.
pub fn resolve(name: &str) -> Vec<IpAddr> {
    (name, 0).to_socket_addrs().map(|found| found.map(|address| address.ip()).collect()).unwrap_or_default()
}
