//! The course of a dialogue: (what was answered so far, the next line) → what comes next. Nothing is read or written here.

use super::reply::{self, Reply};
use crate::classify::is_loopback;
use crate::clients::dialogue::question::{Dialogue, Meaning, Question, Topic};
use crate::model::{Auth, LogOnFirst, Port, Protocol, Security, Text};

/// What is known before the first question, from an earlier report.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Whose account it is.
    pub account: bool,
    /// What it receives by.
    pub protocol: Option<Protocol>,
    /// The outgoing server.
    pub host: Option<String>,
}

/// A dialogue and the answers so far.
#[derive(Debug, Clone)]
pub struct Talk {
    dialogue: &'static Dialogue,
    known: Known,
    given: Vec<Given>,
    explained: bool,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Given {
    /// The question.
    pub question: &'static Question,
    /// The answer as it is shown; `None` if it was left out.
    pub shown: Option<Text>,
    /// What it tells; empty if it was left out or is not known.
    pub facts: Vec<Meaning>,
}

/// What to say to the last line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Nothing: the next question, or the one before.
    Fine,
    /// Where to find it; the question stands.
    Explain,
    /// That there is no question before.
    First,
    /// That it was not understood; the question stands.
    NotUnderstood,
}

/// All that the answers tell.
#[derive(Debug, Clone, Default)]
pub struct Told {
    /// The account's address.
    pub address: Option<String>,
    /// What it receives by.
    pub protocol: Option<Protocol>,
    /// How it authenticates.
    pub auth: Option<Auth>,
    /// That may be OAuth 2 as well.
    pub may_be_oauth: bool,
    /// Whether it logs on to the incoming server first.
    pub log_on_first: Option<LogOnFirst>,
    /// The outgoing server.
    pub host: Option<String>,
    /// Its port.
    pub port: Option<Port>,
    /// TLS or not.
    pub security: Option<Security>,
    /// What it is called, where it is no mail client.
    pub name: Option<String>,
    /// The edition whose steps fit.
    pub edition: Option<&'static str>,
}

impl Talk {
    /// Before the first question.
    pub fn new(dialogue: &'static Dialogue, known: Known) -> Self {
        Self { dialogue, known, given: Vec::new(), explained: false }
    }

    /// The question that waits for an answer; `None` at the end.
    pub fn question(&self) -> Option<&'static Question> {
        let is_given = |question: &Question| self.given.iter().any(|g| g.question.topic == question.topic);
        let after = self.dialogue.questions.iter().rposition(is_given).map_or(0, |last| last + 1);
        self.dialogue.questions.iter().skip(after).find(|question| self.needs(question.topic))
    }

    /// Takes a line.
    #[must_use]
    pub fn hear(mut self, line: &str) -> (Self, Heard) {
        let Some(question) = self.question() else { return (self, Heard::Fine) };
        let heard = match reply::read(&question.kind, line) {
            Reply::Answer(shown, facts) => self.take(question, Some(shown), facts),
            Reply::Skip => self.take(question, None, Vec::new()),
            Reply::Unknown if self.explained => self.take(question, Some(reply::DO_NOT_KNOW), Vec::new()),
            Reply::Unknown => {
                self.explained = true;
                Heard::Explain
            }
            Reply::Back => {
                self.explained = false;
                if self.given.pop().is_some() { Heard::Fine } else { Heard::First }
            }
            Reply::NotUnderstood => Heard::NotUnderstood,
        };
        (self, heard)
    }

    fn take(&mut self, question: &'static Question, shown: Option<Text>, facts: Vec<Meaning>) -> Heard {
        self.explained = false;
        self.given.push(Given { question, shown, facts });
        Heard::Fine
    }

    /// Takes a line where nobody can be asked again: "not known" is an answer. False if it is none.
    pub fn take_line(&mut self, line: &str) -> bool {
        self.explained = true;
        let (next, heard) = self.clone().hear(line);
        let is_answer = heard == Heard::Fine && next.given.len() > self.given.len();
        if is_answer {
            *self = next;
        }
        is_answer
    }

    /// Takes an answer to this question, which waits, by what it means.
    pub fn take_answer(&mut self, question: &'static Question, shown: Text, facts: Vec<Meaning>) {
        self.take(question, Some(shown), facts);
    }

    /// The answers, in the order in which they were given.
    pub fn given(&self) -> &[Given] {
        &self.given
    }

    /// The number of the question that waits, from 1.
    pub fn number(&self) -> usize {
        self.given.len() + 1
    }

    /// What the answers tell, with what was known before.
    pub fn told(&self) -> Told {
        let mut told =
            Told { protocol: self.known.protocol, host: self.known.host.clone(), ..Told::default() };
        for fact in self.given.iter().flat_map(|given| &given.facts) {
            match fact {
                Meaning::Address(address) => told.address = Some(address.clone()),
                Meaning::Protocol(protocol) => told.protocol = Some(*protocol),
                Meaning::Auth(auth) => told.auth = Some(*auth),
                Meaning::MaybeOAuth => told.may_be_oauth = true,
                Meaning::LogOnFirst(switch) => told.log_on_first = Some(*switch),
                Meaning::Host(host) => told.host = Some(host.clone()),
                Meaning::Port(port) => told.port = Some(*port),
                Meaning::Security(security) => told.security = Some(*security),
                Meaning::Name(name) => told.name = Some(name.clone()),
                Meaning::Edition(edition) => told.edition = Some(edition),
            }
        }
        told
    }

    /// A question is put only if the verdict or the report can still change by its answer.
    fn needs(&self, topic: Topic) -> bool {
        let told = self.told();
        let is_auth_unknown =
            told.auth.is_none() && self.given.iter().any(|given| given.question.topic == Topic::Auth);
        match topic {
            Topic::Name | Topic::Address => !self.known.account,
            Topic::Place => true,
            Topic::Incoming => self.known.protocol.is_none(),
            _ if told.protocol == Some(Protocol::Other) || is_auth_unknown => false,
            // How a program on the same computer passes the mail on, these screens don't tell.
            _ if told.host.as_deref().is_some_and(is_loopback) => false,
            Topic::Auth => told.auth.is_none(),
            // With IMAP there is nothing to log on to by POP.
            Topic::LogOnFirst => told.protocol != Some(Protocol::Imap),
            Topic::Server => self.known.host.is_none(),
            // Without authentication it has to be changed whatever they are, and the steps say to what.
            Topic::Port | Topic::Encryption => told.auth.is_some_and(|auth| auth != Auth::None),
        }
    }
}
