//! The outgoing side by one policy.

use super::fit::{Fit, Seen, missing};
use super::stop::{Standing, standing, stop};
use super::subject::seen_partial;
use super::target::{Difference, Target, deviations, difference, target, wants_app_password};
use super::{Judgement, Subject, is_loopback};
use crate::model::{
    Aspect, Auth, Deviation, LogOnFirst, Needs, Note, Outgoing, Partial, Port, Protocol, Rule, Security,
    Smtp, Verdict, day_text,
};
use crate::policy::{Policy, SUBMISSION, SUBMISSIONS, Setting, Side};
use time::Date;

/// Applies the rules in the order of the contract; the first that fits decides.
pub(super) fn judge(subject: &Subject<'_>, policy: &Policy, day: Date) -> Judgement {
    let plain = |verdict, rule| Judgement {
        verdict,
        rule,
        provider: (!policy.is_standard()).then(|| policy.id.clone()),
        notice: policy.notice.clone(),
        ..Judgement::default()
    };
    match subject.outgoing {
        Outgoing::Managed(_) => plain(Verdict::Managed, Rule::Managed),
        Outgoing::None(_) => Judgement {
            needs: if policy.is_standard() { Needs::default() } else { check_all(subject, policy) },
            ..plain(Verdict::NoOutgoingServer, Rule::NoOutgoingServer)
        },
        Outgoing::Program(_) => Judgement {
            notes: vec![Note::ExternalProgram],
            ..plain(Verdict::Unreadable, Rule::ExternalProgram)
        },
        Outgoing::Smtp(Smtp { host, .. })
        | Outgoing::NoAuth(Partial { host: Some(host), .. })
        | Outgoing::Unclear(Partial { host: Some(host), .. }, _)
            if is_loopback(host) && !policy.names(host, Side::Sending) =>
        {
            Judgement { notes: vec![Note::LocalProxy], ..plain(Verdict::Unreadable, Rule::LocalProxy) }
        }
        Outgoing::Unclear(..) | Outgoing::OneOf(_) => {
            Judgement { needs: check_all(subject, policy), ..plain(Verdict::Unreadable, Rule::Unclear) }
        }
        Outgoing::NoAuth(partial) => {
            let partial = Partial { auth: Some(Auth::None), ..partial.clone() };
            weigh_up(subject, &partial, policy, day, plain(Verdict::NoSmtpAuth, Rule::NoAuthentication))
        }
        Outgoing::Smtp(_) => weigh_up(
            subject,
            &seen_partial(subject.outgoing),
            policy,
            day,
            plain(Verdict::SmtpAuth, Rule::Meets),
        ),
    }
}

/// What is known of the outgoing side.
fn seen<'a>(subject: &Subject<'a>, partial: &'a Partial) -> Seen<'a> {
    Seen {
        side: Side::Sending,
        host: partial.host.as_deref(),
        port: partial.port,
        security: partial.security,
        auth: partial.auth,
        logs_on_first: partial.log_on_first == Some(LogOnFirst::On),
        protocol: subject.protocol(),
        incoming: subject.incoming.and_then(|incoming| incoming.host.as_deref()),
        addresses: subject.addresses,
        can: subject.can,
    }
}

fn weigh_up(
    subject: &Subject<'_>,
    partial: &Partial,
    policy: &Policy,
    day: Date,
    plain: Judgement,
) -> Judgement {
    let seen = seen(subject, partial);
    let settings = policy.sending.as_deref().unwrap_or_default();
    let standing = standing(settings, &seen);
    let Standing { lasting, fitted, .. } = standing;
    let target = target(settings, &seen, policy.is_standard());
    let missed = match target {
        _ if lasting == Fit::Yes => Vec::new(),
        Target::To(setting) | Target::Cannot(setting) | Target::WithoutAuth(setting) => {
            deviations(setting, &seen)
        }
        Target::Nowhere => vec![Deviation::Server],
    };
    let authenticates = partial.auth != Some(Auth::None);
    let is_accepted = !authenticates && lasting == Fit::Yes;
    let (verdict, rule) = match (authenticates, lasting) {
        (false, _) if seen.logs_on_first => (Verdict::PopBeforeSmtp, Rule::LogOnFirst),
        (false, _) => (Verdict::NoSmtpAuth, Rule::NoAuthentication),
        (true, Fit::Yes) => (Verdict::SmtpAuth, Rule::Meets),
        (true, Fit::No) => (Verdict::SmtpAuthOffPolicy, Rule::Deviates),
        (true, Fit::Unknown) => (Verdict::Unreadable, Rule::Unclear),
    };
    let stops = stop(&standing, &missed, &seen, policy, day);
    let waits_for = standing.waits_for(policy, day);
    let needs = needs(&target, (&seen, partial), policy, verdict);
    let mut notes = notes(subject, partial, verdict);
    notes.extend(is_accepted.then_some(Note::AcceptedByPolicy));
    let aimed = if let Target::To(setting) = target { Some(setting) } else { None };
    let is_app_password = wants_app_password(fitted.or(aimed), &seen) || needs.is_app_password;
    notes.extend(is_app_password.then_some(Note::AppPassword));
    notes.extend(stops.as_ref().map(|stop| Note::StopsWorking(stop.sentence())));
    notes.extend(waits_for.map(|from| Note::NotYet(day_text(from))));
    let is_stuck = matches!(target, Target::Cannot(_)) && lasting != Fit::Yes;
    if let Target::Cannot(setting) = target
        && is_stuck
    {
        notes.push(Note::ClientCannot(missing(setting, &seen)));
    }
    let remark = aimed.and_then(|setting| setting.text.clone());
    Judgement {
        verdict,
        rule,
        deviations: if verdict == Verdict::SmtpAuthOffPolicy { missed } else { Vec::new() },
        notes,
        needs,
        is_accepted,
        is_stuck,
        fits_nothing: lasting == Fit::No && stops.is_none(),
        stops,
        waits_for,
        remark,
        ..plain
    }
}

fn notes(subject: &Subject<'_>, partial: &Partial, verdict: Verdict) -> Vec<Note> {
    let mut notes = Vec::new();
    let authenticates = partial.auth != Some(Auth::None);
    if let Outgoing::Smtp(smtp) = subject.outgoing {
        match smtp.port {
            Port::Default(port) => notes.push(Note::PortDefault(port)),
            Port::Automatic => notes.push(Note::PortAutomatic),
            Port::Stored(_) => {}
        }
    }
    if verdict == Verdict::NoSmtpAuth && subject.protocol() == Some(Protocol::Imap) {
        notes.push(Note::ImapIncoming);
    }
    if authenticates && partial.security == Some(Security::Plain) {
        notes.push(Note::AuthWithoutTls);
    }
    if partial.auth == Some(Auth::Spa) {
        notes.push(Note::Spa);
    }
    match partial.log_on_first {
        Some(LogOnFirst::On) if authenticates => notes.push(Note::LogOnFirstToo),
        Some(LogOnFirst::WithoutEffect) => notes.push(Note::LogOnFirstWithoutEffect),
        Some(LogOnFirst::On | LogOnFirst::Off) | None => {}
    }
    notes
}

/// What has to change so that the account fits its target.
fn needs(
    target: &Target<'_>,
    (seen, partial): (&Seen<'_>, &Partial),
    policy: &Policy,
    verdict: Verdict,
) -> Needs {
    let is_standard = policy.is_standard();
    if is_standard && verdict == Verdict::SmtpAuth {
        return Needs::default();
    }
    let host = partial.host.clone().filter(|host| !host.is_empty());
    let setting = match target {
        Target::To(setting) => *setting,
        Target::Nowhere => return Needs { host, ends: true, ..Needs::default() },
        Target::Cannot(_) | Target::WithoutAuth(_) => return Needs { host, ..Needs::default() },
    };
    let Difference { host: server, port, mut security, auth, is_app_password, user, protocol: _ } =
        difference(setting, seen);
    let means_nothing = partial.malformed.contains(&Aspect::Security);
    if security.is_none() && seen.security.is_none() && means_nothing {
        security = Some(super::fit::usual(port.or_else(|| seen.port.and_then(Port::number)), Side::Sending));
    }
    let is_without = seen.auth == Some(Auth::None);
    let log_on_first_off = match (seen.auth, partial.log_on_first) {
        (Some(Auth::None), Some(LogOnFirst::On)) => true,
        (Some(Auth::None), None) => matches!(verdict, Verdict::NoSmtpAuth | Verdict::PopBeforeSmtp),
        _ => false,
    };
    let authenticates = seen.auth.is_some_and(|auth| auth != Auth::None);
    let encrypts = seen.security == Some(Security::Tls);
    let is_plain = seen.security.is_none_or(|now| now == Security::Plain);
    Needs {
        host,
        server,
        authenticate: is_without,
        method: auth.filter(|method| !is_without || *method != Auth::Password),
        is_app_password,
        user,
        log_on_first_off,
        port,
        security,
        tls_port: tls_port(policy).filter(|_| security.is_some() && encrypts),
        own_port: seen
            .port
            .and_then(Port::number)
            .filter(|number| is_standard && port.is_some() && authenticates && is_of_its_own(*number)),
        security_as_advised: is_standard && security.is_none() && is_plain,
        ends: false,
        is_prescribed: !is_standard,
        encrypt: false,
        as_good: None,
        incoming: Vec::new(),
    }
}

/// A port that no standard names for sending: some providers authenticate on one, such as 2587 or 1465, and have
/// POP-before-SMTP on those of the standards (zenno.com/pukiwiki). What a provider's own policy asks for is certain.
fn is_of_its_own(port: u16) -> bool {
    !matches!(port, RELAY | SUBMISSION | SUBMISSIONS)
}

/// The port of RFC 5321 between servers, on which providers took mail before submission had its own.
const RELAY: u16 = 25;

/// The port for TLS from the start.
fn tls_port(policy: &Policy) -> Option<u16> {
    let takes_tls = |setting: &&Setting| {
        let is_usual = setting.port.iter().any(|port| super::fit::is_implicit(*port, Side::Sending));
        setting.lasts()
            && is_usual
            && (setting.security.is_empty() || setting.security.contains(&Security::Tls))
    };
    let lasting = policy.sending.iter().flatten().find(takes_tls)?;
    lasting.port.iter().copied().find(|port| super::fit::is_implicit(*port, Side::Sending))
}

/// For settings that were not understood or not asked for: everything is worth a look.
pub(super) fn check_all(subject: &Subject<'_>, policy: &Policy) -> Needs {
    let partial = seen_partial(subject.outgoing);
    let mut needs = Needs::all();
    if !policy.is_standard() {
        let nothing = Partial { host: partial.host.clone(), ..Partial::default() };
        let seen = Seen { host: None, ..seen(subject, &nothing) };
        let settings = policy.sending.as_deref().unwrap_or_default();
        let Target::To(setting) = target(settings, &seen, false) else {
            return Needs { host: partial.host, ..Needs::default() };
        };
        let Difference { host, port, security, auth, is_app_password, user, protocol: _ } =
            difference(setting, &seen);
        needs = Needs {
            server: host,
            port,
            security,
            method: auth.filter(|method| *method != Auth::Password),
            is_app_password,
            user,
            security_as_advised: false,
            is_prescribed: true,
            ..needs
        };
    }
    Needs { host: partial.host, ..needs }
}
