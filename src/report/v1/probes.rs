//! What servers answered, in JSON: `probes` of a report, and what `probe` writes by itself.

use super::shapes::{TextV1, ToolV1};
use crate::model::{
    Answer, Certificate, Fault, Offer, Probe, ProbedAccount, ProbedPort, Service, TlsAnswer, TlsFailure,
    Unasked, Wanted,
};
use crate::report::clean::clean_json;
use serde::Serialize;

/// The name of this version of what `probe` writes.
const PROBE_SCHEMA: &str = "smtp-auth-audit/probe/v1";

#[derive(Serialize)]
struct ProbesV1<'a> {
    schema: &'static str,
    tool: ToolV1,
    probes: Vec<ProbeV1<'a>>,
}

#[derive(Serialize)]
pub(super) struct ProbeV1<'a> {
    host: &'a str,
    asked_at: &'a str,
    address: Option<String>,
    from: Option<String>,
    not_asked: Option<&'static str>,
    ports: Vec<PortV1<'a>>,
    provider: Option<&'a str>,
    meets_policy: Option<bool>,
    result: &'static str,
    text: TextV1<'a>,
    accounts: Vec<AccountV1<'a>>,
}

#[derive(Serialize)]
struct PortV1<'a> {
    port: u16,
    service: &'static str,
    security: &'static str,
    answer: &'static str,
    code: Option<u16>,
    not_asked: Option<&'static str>,
    greeting: Option<&'a str>,
    clear: Option<OfferV1<'a>>,
    tls: Option<TlsV1<'a>>,
    within_tls: Option<OfferV1<'a>>,
}

#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own")]
struct OfferV1<'a> {
    auth: &'a [String],
    login: bool,
    apop: bool,
    starttls: bool,
    crossed_out: bool,
}

#[derive(Serialize)]
struct TlsV1<'a> {
    version: Option<&'static str>,
    failure: Option<&'static str>,
    certificate: Option<CertificateV1<'a>>,
}

#[derive(Serialize)]
struct CertificateV1<'a> {
    names: &'a [String],
    issuer: Option<&'a str>,
    from: Option<&'a str>,
    until: Option<&'a str>,
    sent: usize,
    faults: Vec<&'static str>,
}

#[derive(Serialize)]
struct AccountV1<'a> {
    computer: Option<&'a str>,
    id: &'a str,
    client_name: &'a str,
    account: &'a str,
    result: &'static str,
    text: TextV1<'a>,
}

/// What `probe` writes: an indented object with a final line end.
pub fn render_probes(probes: &[Probe]) -> String {
    let tool = ToolV1 { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") };
    let all = ProbesV1 { schema: PROBE_SCHEMA, tool, probes: map(probes) };
    clean_json(serde_json::to_string_pretty(&all).unwrap_or_default()) + "\n"
}

pub(super) fn map(probes: &[Probe]) -> Vec<ProbeV1<'_>> {
    probes.iter().map(map_probe).collect()
}

fn map_probe(probe: &Probe) -> ProbeV1<'_> {
    ProbeV1 {
        host: &probe.host,
        asked_at: &probe.asked_at,
        address: probe.address.map(|address| address.to_string()),
        from: probe.from.map(|address| address.to_string()),
        not_asked: probe.unasked.map(Unasked::code),
        ports: probe.ports.iter().map(map_port).collect(),
        provider: probe.provider.as_deref(),
        meets_policy: probe.meets_policy,
        result: probe.wanted.code(),
        text: TextV1::from(&probe.text),
        accounts: probe.accounts.iter().map(map_account).collect(),
    }
}

fn map_port(port: &ProbedPort) -> PortV1<'_> {
    PortV1 {
        port: port.port,
        service: port.service.code(),
        security: if port.tls_first { "tls" } else { "plain" },
        answer: port.answer.code(),
        code: if let Answer::Declined(code) = port.answer { code } else { None },
        not_asked: if let Answer::NotAsked(why) = port.answer { Some(why.code()) } else { None },
        greeting: port.greeting.as_deref(),
        clear: port.clear.as_ref().map(map_offer),
        tls: port.tls.as_ref().map(map_tls),
        within_tls: port.secured.as_ref().map(map_offer),
    }
}

fn map_offer(offer: &Offer) -> OfferV1<'_> {
    OfferV1 {
        auth: &offer.auth,
        login: offer.login,
        apop: offer.apop,
        starttls: offer.starttls,
        crossed_out: offer.is_masked,
    }
}

fn map_tls(tls: &TlsAnswer) -> TlsV1<'_> {
    TlsV1 {
        version: tls.version,
        failure: tls.failure.map(TlsFailure::code),
        certificate: tls.certificate.as_ref().map(map_certificate),
    }
}

fn map_certificate(certificate: &Certificate) -> CertificateV1<'_> {
    CertificateV1 {
        names: &certificate.names,
        issuer: certificate.issuer.as_deref(),
        from: certificate.from.as_deref(),
        until: certificate.until.as_deref(),
        sent: certificate.sent,
        faults: certificate.faults.iter().map(|fault| fault.code()).collect(),
    }
}

fn map_account(account: &ProbedAccount) -> AccountV1<'_> {
    AccountV1 {
        computer: account.computer.as_deref(),
        id: &account.id,
        client_name: &account.client_name,
        account: &account.account,
        result: account.wanted.code(),
        text: TextV1::from(&account.text),
    }
}

impl Service {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Smtp => "smtp",
            Self::Pop3 => "pop3",
            Self::Imap => "imap",
        }
    }
}

impl Wanted {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "as-wanted",
            Self::No => "not-as-wanted",
            Self::Unreachable => "unreachable",
        }
    }
}

impl Answer {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Offered => "offered",
            Self::Refused => "refused",
            Self::Blocked => "blocked",
            Self::Silent => "silent",
            Self::Declined(_) => "declined",
            Self::Broken => "broken",
            Self::NotAsked(_) => "not-asked",
        }
    }
}

impl Unasked {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoHost => "no-host",
            Self::Literal => "address-from-settings",
            Self::SingleLabel => "single-label",
            Self::Unresolved => "unresolved",
            Self::Special => "special-address",
            Self::Private => "private-address",
            Self::Port => "port",
            Self::Limit => "limit",
            Self::Stopped => "stopped",
        }
    }
}

impl TlsFailure {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooOld => "too-old",
            Self::NoTls => "no-tls",
            Self::Closed => "closed",
            Self::Silent => "silent",
            Self::TurnedDown => "turned-down",
            Self::Failed => "failed",
        }
    }
}

impl Fault {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::NotYet => "not-yet-valid",
            Self::OtherName => "other-name",
            Self::SelfSigned => "self-signed",
            Self::MissingIntermediate => "missing-intermediate",
            Self::UnknownIssuer => "unknown-issuer",
            Self::Invalid => "invalid",
            Self::NoRoots => "no-roots",
        }
    }
}
