//! What servers offer when they are asked, seen from where the program runs.

use super::Text;
use std::net::IpAddr;

/// What a server speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// SMTP.
    Smtp,
    /// POP3.
    Pop3,
    /// IMAP.
    Imap,
}

/// What came of asking a port. The first three are never mixed: what is blocked from here may work elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Answer {
    /// The server spoke.
    Offered,
    /// The connection was refused: nothing listens there.
    Refused,
    /// Nothing came back: the server is away, or something in between keeps it back.
    Blocked,
    /// The port is open, but no greeting came.
    Silent,
    /// The server turned the connection away, with this reply where there was one.
    Declined(Option<u16>),
    /// It ended the conversation, or said what is no such conversation.
    Broken,
    /// It was not asked.
    NotAsked(Unasked),
}

/// Why something was not asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unasked {
    /// No name that can be looked up.
    NoHost,
    /// An address, which comes from settings.
    Literal,
    /// A name of one label, which comes from settings.
    SingleLabel,
    /// The name has no address, or nothing told of it.
    Unresolved,
    /// Its address is of the computer itself, of the wire, of many, of none, or holds another one.
    Special,
    /// Its address is of a private network.
    Private,
    /// A port that nobody sends or receives by.
    Port,
    /// Enough was asked.
    Limit,
    /// The time was over, or somebody ended it.
    Stopped,
}

/// What a server offers at one point of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own")]
pub struct Offer {
    /// SASL mechanisms, in capital letters.
    pub auth: Vec<String>,
    /// The log-on of POP3 and IMAP without SASL.
    pub login: bool,
    /// STARTTLS, or STLS.
    pub starttls: bool,
    /// Something on the way has crossed out what the server offers.
    pub is_masked: bool,
    /// APOP (RFC 1939, 7).
    pub apop: bool,
}

/// Why there was no TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TlsFailure {
    /// Only versions before 1.2.
    TooOld,
    /// What came is no TLS.
    NoTls,
    /// The connection was closed.
    Closed,
    /// Nothing came.
    Silent,
    /// STARTTLS is offered and was turned down.
    TurnedDown,
    /// The two sides have nothing in common, or what came is wrong.
    Failed,
}

/// What is wrong with a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Its last day is over.
    Expired,
    /// Its first day is to come.
    NotYet,
    /// It is for other names.
    OtherName,
    /// It vouches for itself.
    SelfSigned,
    /// The server does not send the certificate between its own and the root.
    MissingIntermediate,
    /// Nobody whom this system trusts has signed it.
    UnknownIssuer,
    /// Anything else that a client takes offence at.
    Invalid,
    /// This system has no roots to judge by.
    NoRoots,
}

/// The certificate of a server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Certificate {
    /// For whom it is: the first of them.
    pub names: Vec<String>,
    /// Who signed it.
    pub issuer: Option<String>,
    /// Its first day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Its last day.
    pub until: Option<String>,
    /// How many certificates the server sent.
    pub sent: usize,
    /// What is wrong with it; empty: nothing.
    pub faults: Vec<Fault>,
}

/// How TLS went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TlsAnswer {
    /// Its version, where it came about.
    pub version: Option<&'static str>,
    /// Why it did not.
    pub failure: Option<TlsFailure>,
    /// The certificate, where one came.
    pub certificate: Option<Certificate>,
}

/// What one port answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbedPort {
    /// The port.
    pub port: u16,
    /// What is spoken there.
    pub service: Service,
    /// It was asked with TLS from the start.
    pub tls_first: bool,
    /// What came of it.
    pub answer: Answer,
    /// The first words of the server, cut and cleaned.
    pub greeting: Option<String>,
    /// What it offers without TLS.
    pub clear: Option<Offer>,
    /// How TLS went, where it was tried.
    pub tls: Option<TlsAnswer>,
    /// What it offers within TLS.
    pub secured: Option<Offer>,
}

/// Whether a server does what is wanted of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// It offers what its accounts or its policy need.
    Yes,
    /// It does not.
    No,
    /// From here that can't be told.
    Unreachable,
}

/// What a server's answers mean for one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProbedAccount {
    /// The computer that it is on.
    pub computer: Option<String>,
    /// The finding's id.
    pub id: String,
    /// Name of the program.
    pub client_name: String,
    /// The account's name.
    pub account: String,
    /// Whether the server offers what the account needs.
    pub wanted: Wanted,
    /// The sentence for people.
    pub text: Text,
}

/// What one server answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// The server, as it was typed or set.
    pub host: String,
    /// When it was asked: RFC 3339, UTC, whole seconds.
    pub asked_at: String,
    /// The address that was asked.
    pub address: Option<IpAddr>,
    /// The address that it was asked from: of which network.
    pub from: Option<IpAddr>,
    /// Why it was not asked at all.
    pub unasked: Option<Unasked>,
    /// The ports, in the order of asking.
    pub ports: Vec<ProbedPort>,
    /// The id of the policy that claims it.
    pub provider: Option<String>,
    /// Whether it offers what the policy says; `None`: no policy, or that can't be told.
    pub meets_policy: Option<bool>,
    /// Whether all is as wanted.
    pub wanted: Wanted,
    /// The sentence for people.
    pub text: Text,
    /// What it means for accounts.
    pub accounts: Vec<ProbedAccount>,
}

impl ProbedPort {
    /// A port of which nothing is known yet.
    pub const fn new(port: u16, service: Service, tls_first: bool, answer: Answer) -> Self {
        Self { port, service, tls_first, answer, greeting: None, clear: None, tls: None, secured: None }
    }

    /// The certificate that it sent.
    pub fn certificate(&self) -> Option<&Certificate> {
        self.tls.as_ref()?.certificate.as_ref()
    }

    /// Why TLS did not come about.
    pub fn tls_failure(&self) -> Option<TlsFailure> {
        self.tls.as_ref()?.failure
    }
}

impl Service {
    /// As people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Smtp => "SMTP",
            Self::Pop3 => "POP3",
            Self::Imap => "IMAP",
        }
    }
}
