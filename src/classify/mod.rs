//! One pure function: an account, the policies and a day → verdict, deviations, notes, what to change, until when.

mod everything;
mod fit;
mod judgement;
mod loopback;
mod receiving;
mod sending;
mod stop;
mod subject;
mod target;
mod undecided;

use crate::model::{Auth, Incoming, Note, Outgoing, Possible, Protocol, Smtp, Text, Verdict};
use crate::policy::{Claimant, Policies, Policy, Side};
pub use everything::{Aim, Connection, Everything, connection, everything};
pub use judgement::Judgement;
pub use loopback::is_loopback;
pub use subject::{Can, OAuth2, Subject, THIS_PROGRAM};
use time::Date;

/// Applies the rules in the order of the contract; the first that fits decides.
pub fn classify(subject: &Subject<'_>, policies: &Policies, day: Date) -> Judgement {
    let hosts = subject.outgoing.hosts();
    let incoming = subject.incoming.and_then(|incoming| incoming.host.as_deref());
    let claimant = Claimant { outgoing: &hosts, incoming, addresses: subject.addresses };
    let claiming = |side| policies.claiming(claimant, side).collect::<Vec<_>>();
    let (sending, receiving) = (claiming(Side::Sending), claiming(Side::Receiving));
    let policy = sending.first().copied().unwrap_or(&policies.standard);
    let mut judged = judge(subject, policy, day);
    if sending.is_empty()
        && let Some(target) = policies.target(claimant)
    {
        judged = with_target(judged, subject, target);
    }
    judged.also = sending.iter().skip(1).map(|policy| policy.id.clone()).collect();
    judged.is_claimed = !(sending.is_empty() && receiving.is_empty());
    let (received, needs) = receiving::judge(subject, receiving.first().copied(), day);
    judged.receiving = received;
    judged.receiving.also = receiving.iter().skip(1).map(|policy| policy.id.clone()).collect();
    judged.needs.incoming = needs.into_iter().collect();
    // What holds for both sides is said once.
    let known = |note: &&Note| !judged.notes.contains(note);
    let more: Vec<Note> = judged.receiving.notes.iter().filter(known).cloned().collect();
    judged.notes.extend(more);
    judged
}

/// What a database of providers' settings knows to change to, for an account that has to change anyway.
fn with_target(judged: Judgement, subject: &Subject<'_>, target: &Policy) -> Judgement {
    let has_to_change = matches!(
        judged.verdict,
        Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth | Verdict::SmtpAuthOffPolicy | Verdict::NoOutgoingServer
    );
    if !has_to_change {
        return judged;
    }
    let by_target = judge(subject, target, Date::MIN);
    let name = &target.name;
    let remark = Text::new(
        format!("変更先の値は {} の公開設定によります。", name.ja),
        format!("The values to change to are the published ones of {}.", name.en),
    );
    Judgement { needs: by_target.needs, remark: Some(remark), notice: target.notice.clone(), ..judged }
}

/// The judgement by the default policy alone, of which no day is a part.
pub fn by_default(outgoing: &Outgoing, protocol: Option<Protocol>) -> Judgement {
    let incoming =
        protocol.map(|protocol| Incoming { protocol, host: None, port: None, security: None, auth: None });
    let subject = Subject {
        outgoing,
        incoming: incoming.as_ref(),
        addresses: &[],
        may_be_oauth: false,
        can: Can::default(),
    };
    judge(&subject, &Policy::standard(), Date::MIN)
}

/// The sending side by one policy.
fn judge(subject: &Subject<'_>, policy: &Policy, day: Date) -> Judgement {
    match (subject.outgoing, as_password_and_oauth(subject, policy)) {
        (Outgoing::OneOf(list), _) => weigh(subject, list, policy, day),
        (_, Some(list)) => weigh(&Subject { may_be_oauth: false, ..*subject }, &list, policy, day),
        (_, None) => sending::judge(subject, policy, day),
    }
}

fn weigh(subject: &Subject<'_>, list: &[Possible], policy: &Policy, day: Date) -> Judgement {
    let judged =
        list.iter().map(|possible| judge(&Subject { outgoing: &possible.outgoing, ..*subject }, policy, day));
    let unread = sending::check_all(subject, policy);
    undecided::weigh(list, judged.collect(), unread)
}

/// A password that may be OAuth 2 is both, where a provider tells them apart.
fn as_password_and_oauth(subject: &Subject<'_>, policy: &Policy) -> Option<Vec<Possible>> {
    let Outgoing::Smtp(smtp) = subject.outgoing else { return None };
    let can = subject
        .can
        .authenticates_by(Auth::OAuth2, Some(&smtp.host).filter(|host| !host.is_empty()).map(String::as_str));
    if !subject.may_be_oauth || !can || policy.is_standard() || smtp.auth != Auth::Password {
        return None;
    }
    let as_one = |when, auth| Possible { when, outgoing: Outgoing::Smtp(Smtp { auth, ..smtp.clone() }) };
    Some(vec![
        as_one(Text::fixed("パスワード認証", "with a password"), Auth::Password),
        as_one(Text::fixed("OAuth 2 認証", "with OAuth 2"), Auth::OAuth2),
    ])
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod undecided_tests;
#[cfg(test)]
mod policy_tests;
#[cfg(test)]
mod receiving_tests;
