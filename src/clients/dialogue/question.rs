//! What a dialogue is made of: screens, questions and what each answer means, as data.

use crate::model::{Auth, LogOnFirst, Note, Port, Protocol, Security, Text};

/// The check of one client, in the order of its screens.
#[derive(Debug)]
pub struct Dialogue {
    /// Id of the client; empty for one that fits any.
    pub client: &'static str,
    /// True if its questions follow the client's own screens, with their words.
    pub is_of_screens: bool,
    /// The client's edition whose steps fit best where no report tells which it is.
    pub edition: Option<&'static str>,
    /// Each about another topic.
    pub questions: &'static [Question],
    /// What has to be said of the client whatever the answers are.
    pub notes: &'static [Note],
}

/// One question.
#[derive(Debug)]
pub struct Question {
    /// What it is about.
    pub topic: Topic,
    /// What to open before it can be answered.
    pub screen: Option<Text>,
    /// The question.
    pub text: Text,
    /// The label that the client gives the setting.
    pub label: Text,
    /// Which answers there are.
    pub kind: Answers,
    /// Where to find it.
    pub help: Text,
}

/// What a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// What it is called, where it is no mail client.
    Name,
    /// Where its settings are, where it is no mail client.
    Place,
    /// The address of the account, so that the answers can be told from those for another one.
    Address,
    /// What the account receives by.
    Incoming,
    /// Whether it authenticates when it sends.
    Auth,
    /// Whether it logs on to the incoming server before it sends.
    LogOnFirst,
    /// The outgoing server.
    Server,
    /// Its port.
    Port,
    /// TLS or not.
    Encryption,
}

/// Which answers a question has, and what they mean.
#[derive(Debug)]
pub enum Answers {
    /// Yes or no.
    YesNo {
        /// What yes means.
        yes: &'static [Meaning],
        /// What no means.
        no: &'static [Meaning],
    },
    /// One of these, by its number or its word.
    Choice(&'static [Choice]),
    /// A TCP port; what it means if the field is empty, where it can be.
    Port {
        /// Answered by 0.
        empty: Option<Port>,
    },
    /// A host name; may be left out.
    Host,
    /// A mail address; may be left out.
    Address,
    /// A name that people give something; may be left out.
    Label,
}

/// One answer of several.
#[derive(Debug)]
pub struct Choice {
    /// Stands for it in a file of answers.
    pub word: &'static str,
    /// For people.
    pub label: Text,
    /// What it means.
    pub facts: &'static [Meaning],
}

/// Something that an answer tells of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// What it receives by.
    Protocol(Protocol),
    /// How it authenticates.
    Auth(Auth),
    /// What it authenticates by may be OAuth 2 as well: the question doesn't tell.
    MaybeOAuth,
    /// Whether it logs on to the incoming server first.
    LogOnFirst(LogOnFirst),
    /// The outgoing server.
    Host(String),
    /// Its port.
    Port(Port),
    /// TLS or not.
    Security(Security),
    /// The account's address.
    Address(String),
    /// What it is called.
    Name(String),
    /// The edition whose steps fit.
    Edition(&'static str),
}

impl Topic {
    /// All topics.
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::Place,
        Self::Address,
        Self::Incoming,
        Self::Auth,
        Self::LogOnFirst,
        Self::Server,
        Self::Port,
        Self::Encryption,
    ];

    /// The key in a file of answers.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Place => "place",
            Self::Address => "address",
            Self::Incoming => "incoming",
            Self::Auth => "auth",
            Self::LogOnFirst => "log-on-first",
            Self::Server => "server",
            Self::Port => "port",
            Self::Encryption => "encryption",
        }
    }

    /// True if a verdict can rest on it.
    pub const fn decides(self) -> bool {
        !matches!(self, Self::Name | Self::Place | Self::Address | Self::Server)
    }
}

impl Answers {
    /// True if nothing is lost without an answer.
    pub const fn may_be_left_out(&self) -> bool {
        matches!(self, Self::Host | Self::Address | Self::Label)
    }
}
