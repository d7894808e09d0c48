//! `probe` against servers that do what they like: each answer has its name, nothing takes long, and nobody is logged on.

#![cfg(feature = "probe")]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

mod command;
mod hostile;
mod server;
mod settings;
mod tls;

use smtp_auth_audit::model::{Answer, Probe, ProbedPort, Service};
use smtp_auth_audit::policy::Policies;
use smtp_auth_audit::probe::crew::Run;
use smtp_auth_audit::probe::limits::Patience;
use smtp_auth_audit::probe::names::{Typed, read};
use smtp_auth_audit::probe::port::Means;
use smtp_auth_audit::probe::trust::Roots;
use smtp_auth_audit::probe::{Subject, probe};
use std::net::IpAddr;
use std::time::Duration;

/// Enough for servers of the test, and soon over.
const SHORT: Patience = Patience {
    connect: Duration::from_secs(5),
    greeting: Duration::from_secs(4),
    reply: Duration::from_secs(2),
    port: Duration::from_secs(8),
    run: Duration::from_secs(60),
};

/// Everything is this computer.
fn here(_: &str) -> Vec<IpAddr> {
    vec!["127.0.0.1".parse().unwrap()]
}

fn run_with(patience: Patience, roots: Roots) -> Run {
    Run { means: Means::new(patience, roots), resolver: here, internal: false }
}

fn typed(servers: &[String]) -> Vec<Typed> {
    servers.iter().map(|server| read(server).unwrap()).collect()
}

/// Asks what was typed.
fn ask(servers: &[String]) -> Vec<Probe> {
    ask_with(servers, &[], &run_with(SHORT, Roots::default()))
}

fn ask_with(servers: &[String], subjects: &[Subject], run: &Run) -> Vec<Probe> {
    probe(&typed(servers), subjects, &Policies::standard(), run, |_, _| true)
}

/// The one port of the one server.
fn ask_one(server: &str) -> ProbedPort {
    ask(&[server.to_owned()]).remove(0).ports.remove(0)
}

fn smtp_at(port: u16) -> ProbedPort {
    let found = ask_one(&format!("smtp://127.0.0.1:{port}"));
    assert_eq!((found.port, found.service), (port, Service::Smtp));
    found
}

fn auth(found: &ProbedPort) -> Option<String> {
    found.clear.as_ref().map(|offer| offer.auth.join(" "))
}

/// All that a probe may ever say.
fn may_be_said(line: &str) -> bool {
    let fixed =
        ["STARTTLS", "QUIT", "CAPA", "STLS", "a1 CAPABILITY", "a2 STARTTLS", "a3 CAPABILITY", "a4 LOGOUT"];
    fixed.contains(&line) || line == "EHLO [127.0.0.1]"
}

const OFFERED: Answer = Answer::Offered;
