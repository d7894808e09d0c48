//! Letters from the reports of a fleet. What is to be done is said anew, never copied out of a report.

use super::person::{End, Item, People, Person};
use super::reported::of_sending;
use crate::fleet::html::sheets::{sheets, to_set};
use crate::fleet::overview::{Left, Overview};
use crate::model::{Action, Verdict};
use std::collections::HashMap;

/// Everybody in the reports who has something to do.
pub fn of_fleet(overview: &Overview<'_>) -> People {
    let mut people = People::default();
    for [address, computer, user] in overview.names() {
        people.addresses.claim(address, computer, user);
    }
    let (sheets, numbers) = sheets(&overview.left);
    let mut known: HashMap<(&str, &str, Option<u64>), usize> = HashMap::new();
    for (left, sheet) in overview.left.iter().zip(numbers) {
        // Lone files are nobody's: each may be another person's.
        let lone = left.user.is_empty().then_some(left.id);
        let number = *known.entry((left.computer, left.user, lone)).or_insert_with(|| {
            people.list.push(Person {
                computer: left.computer.to_owned(),
                user: left.user.to_owned(),
                department: left.department.to_owned(),
                items: Vec::new(),
            });
            people.list.len() - 1
        });
        let steps = sheets.get(sheet).map(|sheet| sheet.steps.clone()).unwrap_or_default();
        if let Some(person) = people.list.get_mut(number) {
            person.items.push(Item { steps, ..item(left) });
        }
    }
    people
}

fn item(left: &Left<'_>) -> Item {
    let [sending, receiving] = left.last;
    // Of what can't be told for certain only what it may be has a day.
    let is_unreadable = left.verdict == Some(Verdict::Unreadable);
    let end = |until, is_receiving: bool| End {
        until,
        is_receiving,
        is_inexact: false,
        is_possible: is_unreadable && !is_receiving,
    };
    let is_prescribed = !left.provider.is_empty() || left.is_receiving;
    Item {
        id: format!("{:016x}", left.id),
        client: left.client_name.to_owned(),
        account: left.account.to_owned(),
        addresses: Vec::new(),
        server: Some(left.server.to_owned()).filter(|server| !server.is_empty()),
        // A word that this version does not know is worth a look.
        is_change: left.action == Some(Action::Change),
        is_prescribed,
        ends: [sending.map(|day| end(day, false)), receiving.map(|day| end(day, true))]
            .into_iter()
            .flatten()
            .collect(),
        changes: if is_prescribed { to_set(left).iter().map(of_sending).collect() } else { Vec::new() },
        steps: Vec::new(),
    }
}
