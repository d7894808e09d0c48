//! What one person has to do, and how letters are to be written.

use super::addresses::Addresses;
use crate::model::{Lang, Text, Until};
use crate::policy::{HostPattern, Policy};
use time::Date;

/// What of one account needs something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// The finding's id.
    pub(super) id: String,
    pub(super) client: String,
    pub(super) account: String,
    /// Its addresses, as they stand in the settings.
    pub(super) addresses: Vec<String>,
    /// The outgoing server.
    pub(super) server: Option<String>,
    /// Its settings have to be changed; else they have to be looked at first.
    pub(super) is_change: bool,
    /// Another program on the computer sends its mail: there is something to be looked at there.
    pub(super) is_relayed: bool,
    /// Whose word the values are.
    pub(super) values: Values,
    /// What stops, when: sending and receiving.
    pub(super) ends: Vec<End>,
    pub(super) changes: Vec<Change>,
    pub(super) steps: Vec<Text>,
}

/// Whose word the values of the steps are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Values {
    /// There are none.
    None,
    /// The usual ones.
    Usual,
    /// A policy's, for these servers. That it claims the domain of an address does not make them the provider's.
    Policy(Vec<String>),
}

/// After which day something stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) until: Until,
    pub(super) is_receiving: bool,
    pub(super) is_inexact: bool,
    /// Only one of the things that it may be stops.
    pub(super) is_possible: bool,
}

/// A setting: its name, what it is, what it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) name: Text,
    pub(super) old: Option<Text>,
    pub(super) new: Text,
}

/// All that one person has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Person {
    pub(super) computer: String,
    pub(super) user: String,
    pub(super) department: String,
    pub(super) items: Vec<Item>,
}

/// Everybody with something to do, and whose addresses are whose.
#[derive(Debug, Default)]
pub struct People {
    pub(super) list: Vec<Person>,
    /// How many accounts get none, as their reports are masked.
    pub(super) masked: usize,
    pub(super) addresses: Addresses,
}

/// How letters are written.
#[derive(Debug, Clone, Copy)]
pub struct Manner<'a> {
    /// Their language.
    pub lang: Lang,
    /// By these a server is known to be a provider's own.
    pub policies: &'a [Policy],
    /// The day of judging.
    pub day: Date,
    /// Whom to ask.
    pub contact: Option<&'a str>,
}

impl People {
    /// How many.
    pub fn number(&self) -> usize {
        self.list.len()
    }

    /// How many accounts of masked reports there are, which are nobody's.
    pub fn masked(&self) -> usize {
        self.masked
    }
}

/// True if a policy names this server, not only the domain of an address.
pub(super) fn is_confirmed(host: &str, policies: &[Policy]) -> bool {
    let names = |pattern: &HostPattern| pattern.names(host);
    policies.iter().any(|policy| {
        let sides = [&policy.sending, &policy.receiving].into_iter().flatten();
        let mut set = sides.flatten().flat_map(|setting| &setting.host);
        policy.claims.iter().any(|claim| claim.outgoing.iter().chain(&claim.incoming).any(names))
            || set.any(|text| HostPattern::new(text).as_ref().is_some_and(names))
    })
}

/// What is written into names of files of an id: hex digits alone.
pub(super) fn plain_id(id: &str) -> String {
    id.chars().filter(char::is_ascii_hexdigit).take(16).collect::<String>().to_ascii_lowercase()
}
