//! What is asked of an account, and what is said of it.

use crate::model::{Deviation, Needs, Note, Rule, Security, Verdict};

/// The submission port of RFC 6409.
pub const SUBMISSION: u16 = 587;
/// The submissions port (implicit TLS) of RFC 8314.
pub const SUBMISSIONS: u16 = 465;

/// A port and the kinds of encryption that are accepted on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// TCP port.
    pub port: u16,
    /// Accepted kinds; the first is the one to change to.
    pub securities: Vec<Security>,
}

/// What an account has to look like to be left alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The name that the report gives.
    pub name: String,
    /// Accepted ports; the first is the one to change to.
    pub endpoints: Vec<Endpoint>,
    /// Servers that the policy names, in lower case; empty = any server.
    pub hosts: Vec<String>,
}

impl Policy {
    /// Any server; 587 with STARTTLS, plain or automatic encryption, 465 with TLS.
    pub fn standard() -> Self {
        Self {
            name: "default".to_owned(),
            endpoints: vec![
                Endpoint {
                    port: SUBMISSION,
                    securities: vec![Security::StartTls, Security::Plain, Security::Auto],
                },
                Endpoint { port: SUBMISSIONS, securities: vec![Security::Tls, Security::Auto] },
            ],
            hosts: Vec::new(),
        }
    }

    pub(super) fn names(&self, host: &str) -> bool {
        self.hosts.iter().any(|known| known.eq_ignore_ascii_case(host))
    }

    pub(super) fn endpoint(&self, port: u16) -> Option<&Endpoint> {
        self.endpoints.iter().find(|endpoint| endpoint.port == port)
    }
}

/// What the rules say of one account.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// How it sends.
    pub verdict: Verdict,
    /// The rule that decided.
    pub rule: Rule,
    /// What deviates from the policy.
    pub deviations: Vec<Deviation>,
    /// Notes that follow from the settings.
    pub notes: Vec<Note>,
    /// What has to change.
    pub needs: Needs,
}

/// The encryption to change to; `None` if the present one is accepted.
pub(super) fn fitting(endpoint: &Endpoint, present: Security) -> Option<Security> {
    if endpoint.securities.contains(&present) { None } else { endpoint.securities.first().copied() }
}
