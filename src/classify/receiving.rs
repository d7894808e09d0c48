//! The incoming side: a second axis, judged only by policies that speak for it.

use super::fit::{Fit, Seen, missing};
use super::stop::{Standing, standing, stop};
use super::target::{Difference, Target, deviations, difference, target};
use super::{Subject, is_loopback};
use crate::model::{
    Aspect, Auth, Deviation, Incoming, Note, Port, Protocol, Receiving, Security, Text, ToSet, day_text,
};
use crate::policy::{Policy, Side};
use time::Date;

/// The incoming side by the policy that claims it; without one only what is to be known of it.
pub(super) fn judge(subject: &Subject<'_>, policy: Option<&Policy>, day: Date) -> Receiving {
    let Some(incoming) = subject.incoming.filter(|incoming| incoming.protocol != Protocol::Other) else {
        return Receiving::default();
    };
    let Some((policy, settings)) = policy.and_then(|policy| Some((policy, policy.receiving.as_deref()?)))
    else {
        return Receiving { notes: notes(incoming), ..Receiving::default() };
    };
    let seen = Seen {
        side: Side::Receiving,
        host: incoming.host.as_deref(),
        port: incoming.port.map(Port::Stored),
        security: incoming.security,
        auth: incoming.auth,
        logs_on_first: false,
        protocol: Some(incoming.protocol),
        incoming: incoming.host.as_deref(),
        addresses: subject.addresses,
        can: subject.can,
    };
    let Standing { lasting, ends, may_end, .. } = standing(settings, &seen);
    let target = target(settings, &seen, false);
    let (missed, to_set) = match target {
        Target::To(setting) => (deviations(setting, &seen), to_set(incoming, difference(setting, &seen))),
        Target::Cannot(setting) | Target::WithoutAuth(setting) => (deviations(setting, &seen), Vec::new()),
        Target::Nowhere => {
            let nowhere = ToSet { setting: Aspect::Host, now: incoming.host.clone(), then: None };
            (vec![Deviation::Server], vec![nowhere])
        }
    };
    let missed = if lasting == Fit::Yes { Vec::new() } else { missed };
    let stops = stop(ends, &missed, &seen, policy, day);
    let waits_for = policy.from.filter(|from| *from > day && lasting == Fit::No && stops.is_some());
    let mut notes: Vec<Note> =
        stops.iter().map(|stop| Note::ReceivingStops(of_receiving(&stop.sentence()))).collect();
    if let Target::Cannot(setting) = target
        && lasting == Fit::No
    {
        notes.push(Note::ClientCannot(of_receiving(&missing(setting, &seen))));
    }
    notes.extend(waits_for.map(|from| Note::NotYet(day_text(from))));
    Receiving {
        provider: Some(policy.id.clone()),
        deviations: if lasting == Fit::No { missed } else { Vec::new() },
        to_set,
        stops,
        is_to_change: lasting == Fit::No && waits_for.is_none(),
        // What is not read matters where it may be something that ends.
        is_unknown: lasting == Fit::Unknown && may_end,
        waits_for,
        notes,
    }
}

fn of_receiving(text: &Text) -> Text {
    Text::new(format!("受信: {}", text.ja), format!("Receiving: {}", text.en))
}

fn to_set(incoming: &Incoming, difference: Difference) -> Vec<ToSet> {
    let Difference { host, port, security, auth, is_app_password: _, user: _, protocol } = difference;
    let set = |setting, now: Option<String>, then: Option<String>| {
        then.filter(|then| now.as_ref() != Some(then)).map(|then| ToSet { setting, now, then: Some(then) })
    };
    let code = |word: &str| word.to_owned();
    [
        set(Aspect::Protocol, Some(code(incoming.protocol.code())), protocol.map(|then| code(then.code()))),
        set(Aspect::Host, incoming.host.clone(), host),
        set(Aspect::Port, incoming.port.map(|port| port.to_string()), port.map(|port| port.to_string())),
        set(
            Aspect::Security,
            incoming.security.map(|now| code(now.code())),
            security.map(|then| code(then.code())),
        ),
        set(Aspect::Auth, incoming.auth.map(|now| code(now.code())), auth.map(|then| code(then.code()))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What is to be known of the incoming side whatever the provider wants.
fn notes(incoming: &Incoming) -> Vec<Note> {
    let is_own = incoming.host.as_deref().is_some_and(is_loopback);
    match (incoming.auth, incoming.security) {
        _ if is_own => Vec::new(),
        (Some(Auth::Apop), _) => vec![Note::Apop],
        (_, Some(Security::Plain)) => vec![Note::IncomingInClear],
        _ => Vec::new(),
    }
}
