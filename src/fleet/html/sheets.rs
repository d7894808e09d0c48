//! The sheets of steps of a fleet: one for all accounts of the same client, edition and needs.

use crate::classify::{by_default, is_loopback};
use crate::clients::steps::RELAY;
use crate::clients::{CLIENTS, Client, detected};
use crate::fleet::overview::Left;
use crate::fleet::plan::Plan;
use crate::model::{
    Auth, LogOnFirst, Needs, Outgoing, Partial, Port, Rule, Security, Smtp, Text, ToSet, Verdict,
};
use crate::scan::steps_for;
use std::collections::HashMap;

/// Steps, and for how many accounts.
#[derive(Debug)]
pub(crate) struct Sheet {
    /// The client and its edition.
    pub(super) name: Text,
    /// What has to be changed.
    pub(super) needs: Needs,
    /// True where the settings have to be looked at first.
    pub(super) is_check: bool,
    pub(crate) steps: Vec<Text>,
    pub(super) accounts: usize,
    key: Key,
}

/// Sheets with the same key are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    /// A client's edition, by their ids.
    Edition(&'static str, &'static str),
    /// Mail goes through another program on the computer.
    Relay,
    /// This version knows nothing of the client or of its edition.
    Any,
}

/// What a record tells of an account; equal facts need equal sheets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Facts<'a> {
    client: &'a str,
    edition: &'a str,
    verdict: Option<&'static str>,
    is_relayed: bool,
    port: Option<u16>,
    security: Option<&'static str>,
    authenticates: bool,
    logs_on_first: Option<bool>,
    plan: Option<&'a Plan>,
}

/// All sheets, and for each account the number of its sheet.
pub(crate) fn sheets(left: &[Left<'_>]) -> (Vec<Sheet>, Vec<usize>) {
    let mut sheets: Vec<Sheet> = Vec::new();
    let mut known: HashMap<Facts<'_>, usize> = HashMap::new();
    let numbers = left.iter().map(|left| {
        let facts = Facts {
            client: left.client,
            edition: left.edition,
            verdict: left.verdict.map(Verdict::code),
            is_relayed: is_relayed(left),
            port: left.port,
            security: left.security.map(Security::code),
            authenticates: left.authenticates,
            logs_on_first: left.logs_on_first,
            plan: left.plan,
        };
        *known.entry(facts).or_insert_with(|| {
            let sheet = sheet(left);
            let same = |other: &Sheet| {
                (other.key, &other.needs, other.is_check, &other.steps)
                    == (sheet.key, &sheet.needs, sheet.is_check, &sheet.steps)
            };
            sheets.iter().position(same).unwrap_or_else(|| {
                sheets.push(sheet);
                sheets.len() - 1
            })
        })
    });
    let numbers: Vec<usize> = numbers.collect();
    for number in &numbers {
        if let Some(sheet) = sheets.get_mut(*number) {
            sheet.accounts += 1;
        }
    }
    by_use(sheets, numbers)
}

/// The sheets that serve most accounts first.
fn by_use(sheets: Vec<Sheet>, numbers: Vec<usize>) -> (Vec<Sheet>, Vec<usize>) {
    let mut sheets: Vec<(usize, Sheet)> = sheets.into_iter().enumerate().collect();
    sheets.sort_by_key(|(number, sheet)| (std::cmp::Reverse(sheet.accounts), *number));
    let places: HashMap<usize, usize> =
        sheets.iter().enumerate().map(|(place, (number, _))| (*number, place)).collect();
    let numbers = numbers.into_iter().map(|number| places.get(&number).copied().unwrap_or_default());
    let numbers = numbers.collect();
    (sheets.into_iter().map(|(_, sheet)| sheet).collect(), numbers)
}

fn sheet(left: &Left<'_>) -> Sheet {
    let (rule, needs) = changes(left);
    let client = CLIENTS.iter().find(|client| client.id == left.client);
    let edition = client.and_then(|client| edition(client, left.edition));
    let (key, name) = match (rule, client.zip(edition)) {
        (Rule::LocalProxy | Rule::ExternalProgram, _) => (Key::Relay, RELAY.name.clone()),
        (_, Some((client, edition))) => (Key::Edition(client.id, edition.id), edition.name.clone()),
        (_, None) => (
            Key::Any,
            Text::fixed(
                "そのほかのメールソフト(または版が不明)",
                "other mail programs, or editions that are not known",
            ),
        ),
    };
    let steps = match left.plan {
        Some(plan) => plan.steps.clone(),
        None => steps_for(rule, edition.unwrap_or(&detected::ANY_CLIENT), &needs),
    };
    Sheet { name, is_check: rule == Rule::Unclear, needs, steps, accounts: 0, key }
}

/// What has to be changed, and why.
fn changes(left: &Left<'_>) -> (Rule, Needs) {
    if let Some(plan) = left.plan {
        return (plan.rule, plan.needs.clone());
    }
    // Whatever the server, the dialogs are the same.
    let judged = by_default(&outgoing(left), None);
    let needs = Needs { host: None, ..judged.needs };
    if is_relayed(left) {
        (Rule::LocalProxy, Needs::default())
    } else if needs == Needs::default() {
        // Judged by another policy, or by rules that this version does not know: all is worth a look.
        (Rule::Unclear, Needs::all())
    } else {
        (judged.rule, needs)
    }
}

/// What is to be set for sending, as far as the little that is kept tells what is set.
pub(crate) fn to_set(left: &Left<'_>) -> Vec<ToSet> {
    let (_, needs) = changes(left);
    needs.to_set(&outgoing(left), &[])
}

/// True if another program sends its mail: by its server, or by what somebody answered.
pub(crate) fn is_relayed(left: &Left<'_>) -> bool {
    is_loopback(left.server) || left.edition == RELAY.id
}

/// Reports of earlier versions do not name the edition; that is no matter where there is but one.
fn edition(client: &Client, id: &str) -> Option<&'static crate::clients::Edition> {
    match client.editions {
        [only] if id.is_empty() => Some(only),
        editions => editions.iter().find(|edition| edition.id == id),
    }
}

/// The outgoing server as the rules want it, from the little that is kept of an account.
fn outgoing(left: &Left<'_>) -> Outgoing {
    let host = left.server.to_owned();
    let switch = left.logs_on_first.map(|on| if on { LogOnFirst::On } else { LogOnFirst::Off });
    match (left.verdict, left.security) {
        (Some(Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth | Verdict::SmtpAuthOffPolicy), Some(security)) => {
            Outgoing::Smtp(Smtp {
                host,
                port: left.port.map_or(Port::Automatic, Port::Stored),
                security,
                auth: if left.authenticates { Auth::Password } else { Auth::None },
                credentials: None,
                log_on_first: switch.unwrap_or(LogOnFirst::Off),
            })
        }
        (Some(Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth), None) => {
            Outgoing::NoAuth(Partial { host: Some(host), log_on_first: switch, ..Partial::default() })
        }
        _ => Outgoing::Unclear(Partial { host: Some(host), ..Partial::default() }, Text::fixed("", "")),
    }
}
