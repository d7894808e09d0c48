//! The index of the letters for mail merge, and apart from it the addresses that more than one person has in the settings.

use super::addresses::{Addresses, compared, is_address};
use super::person::Person;
use crate::report::csv;
use std::collections::BTreeSet;

/// Name of the index.
pub const INDEX: &str = "index.csv";
/// Name of the list of addresses that several people have.
pub const SHARED: &str = "shared-addresses.csv";

/// The columns of the index. More may be added behind the last; docs/letters.md says what they hold.
pub const COLUMNS: [&str; 10] = [
    "letter",
    "computer",
    "user",
    "department",
    "address",
    "accounts",
    "change",
    "check",
    "clients",
    "until",
];
/// The columns of the other list.
pub const SHARED_COLUMNS: [&str; 4] = ["address", "computer", "user", "letter"];

/// One letter.
pub(super) struct Row<'a> {
    pub(super) letter: String,
    pub(super) person: &'a Person,
}

fn own_addresses(person: &Person) -> Vec<&str> {
    let of_items = person.items.iter().flat_map(|item| item.addresses.iter().chain([&item.account]));
    let mut addresses: Vec<&str> = Vec::new();
    for address in of_items.map(String::as_str).filter(|address| is_address(address)) {
        if !addresses.iter().any(|known| compared(known) == compared(address)) {
            addresses.push(address);
        }
    }
    addresses
}

/// The index: one row per letter, with exactly one address or none.
pub(super) fn table(rows: &[Row<'_>], known: &Addresses) -> String {
    let row = |row: &Row<'_>| {
        let Person { computer, user, department, items } = row.person;
        let mut own = own_addresses(row.person);
        // Beside that of a shop or a department the one with the user's own name is the person's.
        own.sort_by_key(|address| !address.to_lowercase().starts_with(&format!("{}@", user.to_lowercase())));
        let address = own.into_iter().find(|address| !known.is_shared(address));
        let changes = items.iter().filter(|item| item.is_change).count();
        let clients: BTreeSet<&str> = items.iter().map(|item| item.client.as_str()).collect();
        // What is over has no day in it and comes first.
        let ends = items.iter().flat_map(|item| &item.ends);
        let first = ends.min_by_key(|end| end.until.last_day());
        vec![
            row.letter.clone(),
            computer.clone(),
            user.clone(),
            department.clone(),
            address.unwrap_or_default().to_owned(),
            items.len().to_string(),
            changes.to_string(),
            (items.len() - changes).to_string(),
            clients.into_iter().collect::<Vec<_>>().join("; "),
            first.map(|end| end.until.word().unwrap_or_else(|| "ended".to_owned())).unwrap_or_default(),
        ]
    };
    csv::table(&COLUMNS, rows.iter().map(row))
}

/// The addresses in letters that somebody else has in the settings, too; `None`: there are none.
pub(super) fn shared(rows: &[Row<'_>], known: &Addresses) -> Option<String> {
    let mut list = Vec::new();
    for Row { letter, person } in rows {
        let shared = own_addresses(person).into_iter().filter(|address| known.is_shared(address));
        list.extend(shared.map(|address| {
            vec![address.to_owned(), person.computer.clone(), person.user.clone(), letter.clone()]
        }));
    }
    list.sort_by_cached_key(|row| row.first().map(|address| compared(address)));
    (!list.is_empty()).then(|| csv::table(&SHARED_COLUMNS, list.into_iter()))
}
