//! The incoming side: a second axis, judged only by policies that speak for it.

use super::fit::{Fit, Seen, is_implicit, missing};
use super::stop::{Standing, standing, stop};
use super::target::{Difference, Target, deviations, difference, target, wants_app_password};
use super::{Subject, is_loopback};
use crate::model::{
    Aspect, Auth, Deviation, Incoming, IncomingNeeds, Note, Port, Protocol, Receiving, Security, Text, ToSet,
    UserName, day_text,
};
use crate::policy::{Policy, Setting, Side};
use time::Date;

/// The incoming side by the policy that claims it, and what has to change; without one only what is to be known of it.
pub(super) fn judge(
    subject: &Subject<'_>,
    policy: Option<&Policy>,
    day: Date,
) -> (Receiving, Option<IncomingNeeds>) {
    let Some(incoming) = subject.incoming.filter(|incoming| incoming.protocol != Protocol::Other) else {
        return (Receiving::default(), None);
    };
    let Some((policy, settings)) = policy.and_then(|policy| Some((policy, policy.receiving.as_deref()?)))
    else {
        return (Receiving { notes: notes(incoming), ..Receiving::default() }, None);
    };
    let host = incoming.host.as_deref().unwrap_or_default();
    if is_loopback(host) && !policy.names(host, Side::Receiving) {
        let (provider, notes) = (Some(policy.id.clone()), vec![LOCAL_PROXY]);
        return (Receiving { provider, is_unknown: true, notes, ..Receiving::default() }, None);
    }
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
    let standing = standing(settings, &seen);
    let Standing { lasting, may_end, fitted, .. } = standing;
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
    let stops = stop(&standing, &missed, &seen, policy, day);
    let waits_for = standing.waits_for(policy, day);
    let mut notes: Vec<Note> =
        stops.iter().map(|stop| Note::ReceivingStops(of_receiving(&stop.sentence()))).collect();
    if let Target::Cannot(setting) = target
        && lasting == Fit::No
    {
        notes.push(Note::ClientCannot(of_receiving(&missing(setting, &seen))));
    }
    let aimed = if let Target::To(setting) = target { Some(setting) } else { None };
    notes.extend(wants_app_password(fitted.or(aimed), &seen).then_some(Note::AppPassword));
    notes.extend(waits_for.map(|from| Note::NotYet(day_text(from))));
    let is_to_change = lasting == Fit::No && waits_for.is_none();
    // What is not read matters where it may be something that ends.
    let is_unknown = lasting == Fit::Unknown && may_end && waits_for.is_none();
    let needs = match target {
        Target::To(setting) if is_to_change || is_unknown => Some(needs(setting, &seen)),
        _ => None,
    };
    let receiving = Receiving {
        provider: Some(policy.id.clone()),
        deviations: if lasting == Fit::No { missed } else { Vec::new() },
        to_set,
        stops,
        is_to_change,
        is_unknown,
        waits_for,
        notes,
        also: Vec::new(),
    };
    (receiving, needs.filter(|needs| !needs.is_empty()))
}

/// What has to change so that the incoming side fits a setting. Of another protocol everything has to be set.
fn needs(setting: &Setting, seen: &Seen<'_>) -> IncomingNeeds {
    let difference = difference(setting, seen);
    match difference.protocol {
        None => incoming_needs(seen.protocol, difference),
        Some(protocol) => {
            let blank = Seen { host: None, port: None, security: None, auth: None, protocol: None, ..*seen };
            IncomingNeeds { is_other_protocol: true, ..whole(setting, &blank, Some(protocol)) }
        }
    }
}

/// Everything that a setting prescribes.
pub(super) fn whole(setting: &Setting, blank: &Seen<'_>, protocol: Option<Protocol>) -> IncomingNeeds {
    let needs = incoming_needs(protocol, difference(setting, blank));
    // What is left out means what works on the port.
    let security = needs.security.or_else(|| implied(setting, Side::Receiving));
    let method = needs.method.filter(|_| !setting.auth.is_empty());
    IncomingNeeds { security, method, user: setting.user, ..needs }
}

/// TLS from the start where the port wants it, and the setting leaves the encryption out.
pub(super) fn implied(setting: &Setting, side: Side) -> Option<Security> {
    let is_implicit = setting.port.first().is_some_and(|port| is_implicit(*port, side));
    (setting.security.is_empty() && is_implicit).then_some(Security::Tls)
}

fn incoming_needs(protocol: Option<Protocol>, difference: Difference) -> IncomingNeeds {
    let Difference { host, port, security, auth, is_app_password, user, protocol: _ } = difference;
    let is_other_protocol = false;
    IncomingNeeds {
        protocol,
        is_other_protocol,
        server: host,
        port,
        security,
        method: auth,
        is_app_password,
        user,
        encrypt: false,
        as_good: None,
    }
}

fn of_receiving(text: &Text) -> Text {
    Text::new(format!("受信: {}", text.ja), format!("Receiving: {}", text.en))
}

fn to_set(incoming: &Incoming, difference: Difference) -> Vec<ToSet> {
    let Difference { host, port, security, auth, is_app_password: _, user, protocol } = difference;
    // As for receiving is what it is anyway.
    let user = user.filter(|user| *user != UserName::SameAsIncoming);
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
        set(Aspect::User, None, user.map(|then| code(then.code()))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// As for sending: the server's name hides behind the program.
const LOCAL_PROXY: Note = Note::Other(
    "local-proxy",
    Text::fixed(
        "受信サーバーがこのコンピューター自身です(ウイルス対策ソフトなどの中継)。実際の受信サーバーと暗号化は中継ソフトで確認してください。",
        "The incoming server is this computer itself (an anti-virus or other relay): check the real server and its encryption there.",
    ),
);

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
