//! A policy × the clients → the provider's notice: whose it is, what ends when, and a page of steps for each edition.

mod values;

use crate::classify::{Aim, Everything, everything};
use crate::clients::{Called, Client, Edition, steps};
use crate::model::{Account, Needs, Outgoing, Stop, Text, day_text};
use crate::policy::{Origin, Policy, Side};
use crate::report::notice::{Notice, Page, Said};
use crate::scan::{instead_by, other_way};
use time::Date;

/// The notice of a policy for these clients, or editions of them, on this day.
pub fn of_policy(policy: &Policy, clients: &[Called], day: Date) -> Notice {
    let mut facts = Vec::new();
    let mut fact = |ja, en, value: Text| facts.push((Text::fixed(ja, en), value));
    if let Some(notice) = &policy.notice {
        fact("案内", "notice", same(notice));
    }
    if let Some(source) = &policy.source {
        fact("出典", "source", same(source));
    }
    if let Some(checked) = policy.checked {
        fact("確認日", "looked up on", day_text(checked));
    }
    if let Some(from) = policy.from {
        fact("新しい設定を使える日", "the new settings work from", day_text(from));
    }
    for (side, setting) in
        [Side::Sending, Side::Receiving].into_iter().flat_map(|side| each_setting(policy, side))
    {
        let Some(until) = setting.until else { continue };
        let stop = Stop {
            until,
            is_inexact: setting.inexact,
            reversible: setting.reversible.clone(),
            what: values::ending(setting),
            on: day,
            checked: policy.checked.filter(|_| policy.origin == Origin::BuiltIn),
            // It is told above.
            source: None,
        };
        match side {
            Side::Sending => fact("送信で終わるもの", "ends for sending", stop.sentence()),
            Side::Receiving => fact("受信で終わるもの", "ends for receiving", stop.sentence()),
        }
    }
    let pages = each_edition(clients, |client, edition| page(policy, client, edition));
    Notice { provider: Some((policy.name.clone(), policy.id.clone())), facts, pages }
}

/// The steps alone, where no policy says what to change to.
pub fn of_none(clients: &[Called]) -> Notice {
    let needs = Needs::all();
    let pages = each_edition(clients, |client, edition| Page {
        name: edition.name.clone(),
        client: client.id,
        facts: Vec::new(),
        steps: steps::whole(edition, &needs, false),
    });
    Notice { pages, ..Notice::default() }
}

/// What a client can do of a policy, in one line.
pub fn in_short(policy: &Policy, client: &Client) -> Text {
    let lines: Vec<Text> = client
        .editions
        .iter()
        .map(|edition| {
            let wanted = everything(policy, can(client, edition));
            values::in_short(&wanted)
        })
        .collect();
    let Some((first, rest)) = lines.split_first() else { return Text::fixed("-", "-") };
    if rest.iter().all(|line| line == first) {
        return first.clone();
    }
    let named = client.editions.iter().zip(&lines);
    let (ja, en): (Vec<String>, Vec<String>) = named
        .map(|(edition, line)| {
            (format!("{}: {}", edition.name.ja, line.ja), format!("{}: {}", edition.name.en, line.en))
        })
        .unzip();
    Text::new(ja.join("、"), en.join("; "))
}

fn page(policy: &Policy, client: &Client, edition: &Edition) -> Page {
    let wanted = everything(policy, can(client, edition));
    let provider = (Text::fixed("プロバイダー", "provider"), policy.name.clone());
    let facts: Vec<Said> =
        [provider].into_iter().chain(values::facts(&wanted, edition.receiving.is_some())).collect();
    Page {
        name: edition.name.clone(),
        client: client.id,
        facts,
        steps: steps_of(policy, client, edition, &wanted),
    }
}

fn steps_of(policy: &Policy, client: &Client, edition: &Edition, wanted: &Everything<'_>) -> Vec<Text> {
    let needs = edition.needs(wanted.needs.clone());
    let instead = |ends| instead_by(Some(policy), ends, [client.id, client.id]);
    let receives = edition.receiving.is_some();
    let receiving = if wanted.receiving.iter().all(|(_, aim)| matches!(aim, Aim::To(_))) || !receives {
        steps::receiving_alone(edition, &needs)
    } else {
        let is_over = wanted.receiving.iter().any(|(_, aim)| matches!(aim, Aim::Nowhere));
        [steps::receiving_alone(edition, &needs), instead(is_over)].concat()
    };
    match wanted.sending {
        Some(Aim::To(_)) => {
            let can = can(client, edition);
            let more = other_way(policy, &needs, can, [client.id, client.id]);
            [steps::whole(edition, &needs, false), more].concat()
        }
        Some(Aim::Cannot(_)) => [instead(false), receiving].concat(),
        Some(Aim::Nowhere) => [instead(true), receiving].concat(),
        Some(Aim::WithoutAuth) => [vec![WITHOUT_AUTH], receiving].concat(),
        None => receiving,
    }
}

const WITHOUT_AUTH: Text = Text::fixed(
    "このプロバイダーは、認証なしの送信だけを認めています。送信の設定は変更しません。",
    "This provider accepts nothing but sending without authentication: leave what is set for sending.",
);

/// What a client can do, of an account of which only the edition is known.
fn can(client: &Client, edition: &Edition) -> crate::classify::Can {
    client.can(&Account::new(client.id, client.name, edition.id, Outgoing::Managed(None)))
}

fn each_setting(policy: &Policy, side: Side) -> impl Iterator<Item = (Side, &crate::policy::Setting)> {
    policy.side(side).unwrap_or_default().iter().map(move |setting| (side, setting))
}

fn each_edition(clients: &[Called], page: impl Fn(&'static Client, &'static Edition) -> Page) -> Vec<Page> {
    let pages = |called: &Called| -> Vec<Page> {
        let client = called.client;
        let editions = client.editions.iter().filter(|edition| called.editions.contains(&edition.id));
        editions.map(|edition| page(client, edition)).collect()
    };
    clients.iter().flat_map(pages).collect()
}

fn same(text: &str) -> Text {
    Text::new(text, text)
}
