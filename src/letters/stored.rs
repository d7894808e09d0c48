//! Letters from the reports of a fleet. What is to be done is said anew, never copied out of a report.

use super::addresses::is_masked;
use super::person::{End, Item, People, Person, Values};
use super::reported::of_sending;
use crate::fleet::html::sheets::{is_relayed, sheets, to_set};
use crate::fleet::overview::{Left, Overview};
use crate::model::{Action, Aspect, Verdict};
use std::collections::HashMap;

/// Everybody in the reports who has something to do.
pub fn of_fleet(overview: &Overview<'_>) -> People {
    let mut people = People::default();
    for (address, owner) in overview.claims() {
        people.addresses.claim(address, owner);
    }
    let (sheets, numbers) = sheets(&overview.left);
    let mut known: HashMap<([&str; 3], Option<u64>), usize> = HashMap::new();
    for (left, sheet) in overview.left.iter().zip(numbers) {
        if [left.computer, left.user, left.account].into_iter().any(is_masked) {
            people.masked += 1;
            continue;
        }
        // Lone files are nobody's: each may be another person's.
        let lone = (left.user.is_empty() && !left.sid.starts_with("S-")).then_some(left.id);
        let number = *known.entry(([left.computer, left.user, left.sid], lone)).or_insert_with(|| {
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
    let is_by_policy = !left.provider.is_empty() || left.is_receiving;
    let changes = if is_by_policy { to_set(left) } else { Vec::new() };
    let is_relayed = is_relayed(left);
    Item {
        id: format!("{:016x}", left.id),
        client: left.client_name.to_owned(),
        account: left.account.to_owned(),
        addresses: left.addresses.lines().map(str::to_owned).collect(),
        server: Some(left.server.to_owned()).filter(|server| !server.is_empty()),
        // A word that this version does not know is worth a look.
        is_change: left.action == Some(Action::Change),
        is_relayed,
        values: match is_by_policy {
            _ if is_relayed && !left.is_receiving => Values::None,
            // Of the incoming server the reports of a fleet tell nothing.
            true if left.is_receiving => Values::Policy(vec![String::new()]),
            true => {
                let set = changes.iter().find(|set| set.setting == Aspect::Host);
                let host = set.and_then(|set| set.then.clone());
                Values::Policy(vec![host.unwrap_or_else(|| left.server.to_owned())])
            }
            false => Values::Usual,
        },
        ends: [sending.map(|day| end(day, false)), receiving.map(|day| end(day, true))]
            .into_iter()
            .flatten()
            .collect(),
        changes: changes.iter().map(of_sending).collect(),
        steps: Vec::new(),
    }
}
