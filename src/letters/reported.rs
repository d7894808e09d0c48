//! Letters from a report of now.

use super::person::{Change, End, Item, People, Person, plain_id};
use crate::model::{Action, Aspect, Finding, Report, Stop, Text, ToSet};
use crate::report::words;
use std::collections::HashMap;

/// Everybody in the report who has something to do.
pub fn of_report(report: &Report) -> People {
    let mut people = People::default();
    let mut known: HashMap<[&str; 4], usize> = HashMap::new();
    for finding in &report.findings {
        let account = &finding.account;
        let computer = finding.computer.as_deref().unwrap_or_default();
        let user = finding.user.as_deref().unwrap_or_default();
        let sid = finding.user_sid.as_deref().unwrap_or_default();
        for address in account.addresses.iter().chain([&account.name]) {
            people.addresses.claim(address, computer, owner_of(finding));
        }
        if finding.action == Action::None {
            continue;
        }
        // A lone file is nobody's: what lies beside it may be another person's.
        let lone = if finding.user.is_none() { account.source.as_str() } else { "" };
        let number = *known.entry([computer, user, sid, lone]).or_insert_with(|| {
            people.list.push(Person {
                computer: computer.to_owned(),
                user: user.to_owned(),
                department: String::new(),
                items: Vec::new(),
            });
            people.list.len() - 1
        });
        if let Some(person) = people.list.get_mut(number) {
            person.items.push(item(finding));
        }
    }
    people
}

/// The user, or what stands for one.
fn owner_of(finding: &Finding) -> &str {
    finding.user.as_deref().or(finding.user_sid.as_deref()).unwrap_or(&finding.account.source)
}

fn item(finding: &Finding) -> Item {
    let account = &finding.account;
    let end = |stop: &Option<Stop>, is_receiving: bool| {
        let is_possible = !is_receiving && finding.is_undecided();
        stop.as_ref().map(|stop| End {
            until: stop.until,
            is_receiving,
            is_inexact: stop.is_inexact,
            is_possible,
        })
    };
    let sending = finding.provider.is_some();
    let mut changes: Vec<Change> = Vec::new();
    if sending {
        changes.extend(finding.to_set.iter().map(of_sending));
    }
    changes.extend(finding.receiving.to_set.iter().map(of_receiving));
    Item {
        id: plain_id(&finding.id),
        client: account.client_name.clone(),
        account: account.name.clone(),
        addresses: account.addresses.clone(),
        server: account.outgoing.hosts().first().cloned(),
        is_change: finding.action == Action::Change,
        is_prescribed: sending || finding.receiving.provider.is_some(),
        ends: [end(&finding.stops, false), end(&finding.receiving.stops, true)]
            .into_iter()
            .flatten()
            .collect(),
        changes,
        steps: finding.steps.clone(),
    }
}

/// What is to be set for sending.
pub(super) fn of_sending(set: &ToSet) -> Change {
    change(set, words::setting, words::value)
}

/// What is to be set for receiving.
pub(super) fn of_receiving(set: &ToSet) -> Change {
    change(set, words::incoming_setting, words::incoming_value)
}

fn change(set: &ToSet, name: impl Fn(Aspect) -> Text, value: impl Fn(Aspect, &str) -> Text) -> Change {
    let shown = |word: &String| value(set.setting, word);
    let nothing = Text::fixed("なし(サービス終了)", "none (the service ends)");
    Change {
        name: name(set.setting),
        old: set.now.as_ref().map(shown),
        new: set.then.as_ref().map_or(nothing, shown),
    }
}
