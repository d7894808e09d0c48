//! An account whose servers are asked, of a scan or of an earlier report.

use crate::clients::log_on::{self, LogOn};
use crate::model::{Auth, Finding, InUse, Incoming, Partial, Port, Protocol, Security, Service, Verdict};
use crate::report::v1::earlier::EarlierFinding;

/// What is known of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The computer that it is on.
    pub computer: Option<String>,
    /// The finding's id.
    pub id: String,
    /// Name of the program.
    pub client_name: String,
    /// What is known of how that logs on.
    pub log_on: LogOn,
    /// The account's name.
    pub account: String,
    /// Its addresses.
    pub addresses: Vec<String>,
    /// The outgoing server, where it is to be asked.
    pub outgoing: Option<Partial>,
    /// The incoming one.
    pub incoming: Option<Incoming>,
}

/// One of its servers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Side<'s> {
    pub(super) host: &'s str,
    pub(super) service: Service,
    /// `None`: the client chooses, or nobody knows.
    pub(super) port: Option<u16>,
    pub(super) security: Option<Security>,
    pub(super) auth: Option<Auth>,
}

impl Subject {
    /// An account of a scan; `None`: it has no server of its own, or is not used.
    pub fn of(finding: &Finding) -> Option<Self> {
        let account = &finding.account;
        if finding.verdict == Verdict::Managed || account.in_use == InUse::No {
            return None;
        }
        Some(Self {
            computer: finding.computer.clone(),
            id: finding.id.clone(),
            client_name: account.client_name.clone(),
            log_on: log_on::of(account.client),
            account: account.name.clone(),
            addresses: account.addresses.clone(),
            outgoing: account.outgoing.seen(),
            incoming: account.incoming.clone(),
        })
    }

    /// An account of an earlier report.
    pub fn of_earlier(earlier: &EarlierFinding) -> Option<Self> {
        if earlier.is_managed || earlier.in_use == InUse::No {
            return None;
        }
        Some(Self {
            computer: earlier.computer.clone(),
            id: earlier.id.clone(),
            client_name: earlier.client_name.clone(),
            log_on: log_on::of(&earlier.client),
            account: earlier.account.clone(),
            addresses: earlier.addresses.clone(),
            outgoing: earlier.outgoing.clone(),
            incoming: earlier.incoming.clone(),
        })
    }

    /// Where its mail goes out.
    pub(super) fn sending(&self) -> Option<Side<'_>> {
        let seen = self.outgoing.as_ref()?;
        Some(Side {
            host: seen.host.as_deref()?,
            service: Service::Smtp,
            port: seen.port.and_then(Port::number),
            security: seen.security,
            auth: seen.auth,
        })
    }

    /// Where it comes in.
    pub(super) fn receiving(&self) -> Option<Side<'_>> {
        let incoming = self.incoming.as_ref()?;
        let service = match incoming.protocol {
            Protocol::Pop3 => Service::Pop3,
            Protocol::Imap => Service::Imap,
            Protocol::Other => return None,
        };
        let usual = incoming.security.and_then(|security| incoming.protocol.usual_port(security));
        Some(Side {
            host: incoming.host.as_deref()?,
            service,
            port: incoming.port.or(usual),
            security: incoming.security,
            auth: incoming.auth.or(Some(Auth::Password)),
        })
    }
}
