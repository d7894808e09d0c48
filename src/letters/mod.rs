//! Letters: for each person whose accounts need something one sheet to hand out, and an index of them for mail merge.
//!
//! A letter belongs to the owner of the data, a computer's user, and never to an address: anybody can write anybody's address
//! into settings, and would put a server of his own into that person's letter.

mod index;
mod page;
mod reported;
mod stored;

pub use index::{COLUMNS, INDEX, SHARED, SHARED_COLUMNS};
pub use reported::of_report;
pub use stored::of_fleet;

use crate::model::{Lang, Text, Until};
use crate::policy::{HostPattern, Policy};
use index::{Addresses, Row};
use std::collections::BTreeSet;
use std::io;
use time::Date;

/// What of one account needs something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The finding's id.
    id: String,
    client: String,
    account: String,
    /// Its addresses, as they stand in the settings.
    addresses: Vec<String>,
    /// The outgoing server.
    server: Option<String>,
    /// Its settings have to be changed; else they have to be looked at first.
    is_change: bool,
    /// A provider's policy says what to set.
    is_prescribed: bool,
    /// What stops, when: sending and receiving.
    ends: Vec<End>,
    changes: Vec<Change>,
    steps: Vec<Text>,
}

/// After which day something stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct End {
    until: Until,
    is_receiving: bool,
    is_inexact: bool,
    /// Only one of the things that it may be stops.
    is_possible: bool,
}

/// A setting: its name, what it is, what it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Change {
    name: Text,
    old: Option<Text>,
    new: Text,
}

/// All that one person has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    computer: String,
    user: String,
    department: String,
    items: Vec<Item>,
}

/// Everybody with something to do, and whose addresses are whose.
#[derive(Debug, Default)]
pub struct People {
    list: Vec<Person>,
    addresses: Addresses,
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

    /// Hands on the name and the content of every file. Names are new, each.
    pub fn write(
        &self,
        manner: &Manner<'_>,
        write: &mut dyn FnMut(&str, &str) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.list.is_empty() {
            return Ok(());
        }
        let mut names = BTreeSet::new();
        let mut rows = Vec::new();
        for person in &self.list {
            let name = file_name(person, &mut names);
            write(&name, &page::render(person, manner))?;
            rows.push(Row { letter: name, person });
        }
        write(INDEX, &index::table(&rows, &self.addresses))?;
        match index::shared(&rows, &self.addresses) {
            Some(shared) => write(SHARED, &shared),
            None => Ok(()),
        }
    }
}

/// True if a policy names this server, not only the domain of an address.
fn is_confirmed(host: &str, policies: &[Policy]) -> bool {
    let names = |pattern: &HostPattern| pattern.names(host);
    policies.iter().any(|policy| {
        let sides = [&policy.sending, &policy.receiving].into_iter().flatten();
        let mut set = sides.flatten().flat_map(|setting| &setting.host);
        policy.claims.iter().any(|claim| claim.outgoing.iter().chain(&claim.incoming).any(names))
            || set.any(|text| HostPattern::new(text).as_ref().is_some_and(names))
    })
}

/// The longest name of a file, without the id.
const MAX_NAME: usize = 60;

/// `pc-0421-taro-b7c1d2e3f4a59687.html`: letters, digits and hyphens, whatever the computer and the user are called.
fn file_name(person: &Person, known: &mut BTreeSet<String>) -> String {
    let mut words = String::new();
    for character in format!("{}-{}", person.computer, person.user).chars() {
        if character.is_ascii_alphanumeric() {
            words.push(character.to_ascii_lowercase());
        } else if !words.is_empty() && !words.ends_with('-') {
            words.push('-');
        }
    }
    words.truncate(MAX_NAME);
    let words = words.trim_end_matches('-');
    let words = if words.is_empty() { "letter" } else { words };
    let id = person.items.first().map_or("", |item| &item.id);
    let name = |number: usize| match number {
        1 => format!("{words}-{id}.html"),
        _ => format!("{words}-{id}-{number}.html"),
    };
    let name = (1..=usize::MAX).map(name).find(|name| !known.contains(name)).unwrap_or_default();
    known.insert(name.clone());
    name
}

/// What is written into names of files of an id: hex digits alone.
fn plain_id(id: &str) -> String {
    id.chars().filter(char::is_ascii_hexdigit).take(16).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(computer: &str, user: &str) -> Person {
        let item = Item {
            id: plain_id("B7c1../d2e3f4a59687ff"),
            client: String::new(),
            account: String::new(),
            addresses: Vec::new(),
            server: None,
            is_change: true,
            is_prescribed: false,
            ends: Vec::new(),
            changes: Vec::new(),
            steps: Vec::new(),
        };
        Person {
            computer: computer.to_owned(),
            user: user.to_owned(),
            department: String::new(),
            items: vec![item],
        }
    }

    #[test]
    fn names_of_files_are_plain_and_new() {
        let mut known = BTreeSet::new();
        let mut name = |computer: &str, user: &str| file_name(&person(computer, user), &mut known);
        assert_eq!(name("PC-0421", "taro"), "pc-0421-taro-b7c1d2e3f4a59687.html");
        assert_eq!(name("PC_0421", "Taro"), "pc-0421-taro-b7c1d2e3f4a59687-2.html");
        assert_eq!(name("営業", "花子"), "letter-b7c1d2e3f4a59687.html");
        assert_eq!(name("..\\..\\con", "a/b:c"), "con-a-b-c-b7c1d2e3f4a59687.html");
        let long = name(&"x".repeat(200), "taro");
        assert_eq!(long, format!("{}-b7c1d2e3f4a59687.html", "x".repeat(60)));
    }
}
