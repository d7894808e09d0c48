//! The files of all letters, under names that mean nothing to a system or a shell.

use super::index::{self, INDEX, Row, SHARED};
use super::page;
use super::person::{Manner, People, Person};
use std::collections::BTreeSet;
use std::io;

impl People {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::letters::person::{Item, Values, plain_id};

    fn person(computer: &str, user: &str) -> Person {
        let item = Item {
            id: plain_id("B7c1../d2e3f4a59687ff"),
            client: String::new(),
            account: String::new(),
            addresses: Vec::new(),
            server: None,
            is_change: true,
            is_relayed: false,
            values: Values::Usual,
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
