//! Letters from a report of now.

use super::person::{Change, End, Item, People, Person, Values, plain_id};
use crate::model::{Action, Aspect, Finding, Report, Rule, Stop, Text, ToSet};
use crate::report::words;
use std::collections::HashMap;

/// Everybody in the report who has something to do.
pub fn of_report(report: &Report) -> People {
    let mut people = People::default();
    for unshown in &report.scan.unshown {
        let owner = [&unshown.computer, &unshown.user, &unshown.sid].map(String::as_str);
        unshown.addresses.iter().for_each(|address| people.addresses.claim(address, owner));
    }
    let mut known: HashMap<[&str; 4], usize> = HashMap::new();
    for finding in &report.findings {
        let account = &finding.account;
        let computer = finding.computer.as_deref().unwrap_or_default();
        let user = finding.user.as_deref().unwrap_or_default();
        let sid = finding.user_sid.as_deref().unwrap_or_default();
        // A lone file is nobody's: what lies beside it may be another person's.
        let lone = if finding.user.is_none() { account.source.as_str() } else { "" };
        for address in account.addresses.iter().chain([&account.name]) {
            people.addresses.claim(address, [computer, user, if lone.is_empty() { sid } else { lone }]);
        }
        if finding.action == Action::None {
            continue;
        }
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
        is_relayed: matches!(finding.rule, Rule::LocalProxy | Rule::ExternalProgram),
        values: values(finding),
        ends: [end(&finding.stops, false), end(&finding.receiving.stops, true)]
            .into_iter()
            .flatten()
            .collect(),
        changes,
        steps: finding.steps.clone(),
    }
}

/// Whose word the values are: of a policy, those for the servers that are set when all is done.
fn values(finding: &Finding) -> Values {
    let receiving = &finding.receiving;
    let is_relayed = matches!(finding.rule, Rule::LocalProxy | Rule::ExternalProgram);
    let is_about_receiving = receiving.provider.is_some() && !receiving.to_set.is_empty();
    if finding.needs.ends || (is_relayed && !is_about_receiving) {
        return Values::None;
    }
    let mut hosts = Vec::new();
    let is_about_sending = finding.is_change_of_sending() || (finding.is_open() && !is_relayed);
    if finding.provider.is_some() && is_about_sending {
        hosts.push(set_in(&finding.to_set).or_else(|| finding.account.outgoing.hosts().first().cloned()));
    }
    if is_about_receiving {
        let incoming = finding.account.incoming.as_ref();
        hosts.push(set_in(&receiving.to_set).or_else(|| incoming?.host.clone()));
    }
    if hosts.is_empty() || (finding.provider.is_none() && is_about_sending) {
        return Values::Usual;
    }
    Values::Policy(hosts.into_iter().map(Option::unwrap_or_default).collect())
}

/// The server that is set.
fn set_in(to_set: &[ToSet]) -> Option<String> {
    to_set.iter().find(|set| set.setting == Aspect::Host)?.then.clone()
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
