//! What an account may be, each judged by itself → one judgement: theirs if they agree, else none, with all of them named.

use super::policy::{Judgement, Policy, fitting};
use crate::model::{Needs, Note, Outgoing, Possible, Rule, Text, Verdict, limits};

/// Cases of one verdict that are named; more are as clear without.
const MAX_NAMED: usize = 4;

/// Weighs the judgements on all that an account may be, in the same order. `unread`: what to look at where none holds.
pub(super) fn weigh(
    (outgoing, list): (&Outgoing, &[Possible]),
    judged: Vec<Judgement>,
    policy: &Policy,
    unread: Needs,
) -> Judgement {
    let verdicts: Vec<Verdict> = judged.iter().map(|judged| judged.verdict).collect();
    let is_one = |verdicts: &[Verdict]| verdicts.iter().all(|verdict| Some(verdict) == verdicts.first());
    if list.len() <= limits::UNDECIDED.count()
        && is_one(&verdicts)
        && let Some(all) = agreed(outgoing, list, judged, policy)
    {
        return all;
    }
    Judgement {
        verdict: Verdict::Unreadable,
        rule: Rule::Unclear,
        deviations: Vec::new(),
        notes: vec![named(list, &verdicts)],
        needs: unread,
    }
}

/// The verdict that all share, with what holds in every case and what any of them asks for.
fn agreed(
    outgoing: &Outgoing,
    list: &[Possible],
    judged: Vec<Judgement>,
    policy: &Policy,
) -> Option<Judgement> {
    let mut judged = judged.into_iter();
    let mut all = judged.next()?;
    let mut differ = false;
    for mut other in judged {
        if other.rule != all.rule {
            // Of several reasons for one verdict none is the reason, but that it can't be told.
            all.rule = if all.verdict == Verdict::Unreadable { Rule::Unclear } else { all.rule };
        }
        all.deviations.extend(other.deviations);
        all.notes.retain(|note| other.notes.contains(note));
        // What is said of a port of its own holds in every case or is not said; it changes nothing else.
        let own_port = all.needs.own_port.filter(|port| other.needs.own_port == Some(*port));
        (all.needs.own_port, other.needs.own_port) = (own_port, own_port);
        differ |= other.needs != all.needs;
        all.needs.authenticate |= other.needs.authenticate;
        all.needs.log_on_first_off |= other.needs.log_on_first_off;
        all.needs.port = all.needs.port.or(other.needs.port);
        all.needs.security = all.needs.security.or(other.needs.security);
    }
    all.deviations.sort_unstable();
    all.deviations.dedup();
    if differ {
        all.needs = needs_of_all(outgoing, list, &all.needs, policy);
    }
    Some(all)
}

/// Where the cases ask for different changes, the first endpoint of the policy is right in each.
fn needs_of_all(outgoing: &Outgoing, list: &[Possible], any: &Needs, policy: &Policy) -> Needs {
    let target = policy.endpoints.first().filter(|_| any.port.is_some() || any.security.is_some());
    let present = || list.iter().filter_map(|possible| possible.outgoing.seen()?.security);
    let security = target.and_then(|target| present().find_map(|security| fitting(target, security)));
    Needs {
        host: outgoing.seen().and_then(|seen| seen.host),
        authenticate: any.authenticate,
        log_on_first_off: any.log_on_first_off,
        port: target.map(|target| target.port),
        security,
        tls_port: None,
        own_port: any.own_port,
        security_as_advised: security.is_none(),
    }
}

/// The cases by their verdicts, in the order of the cases.
fn named(list: &[Possible], verdicts: &[Verdict]) -> Note {
    if list.len() > limits::UNDECIDED.count() {
        return Note::TOO_UNDECIDED;
    }
    let mut kinds: Vec<Verdict> = Vec::new();
    for verdict in verdicts {
        if !kinds.contains(verdict) {
            kinds.push(*verdict);
        }
    }
    let (mut ja, mut en) = (Vec::new(), Vec::new());
    for kind in kinds {
        let of_kind = || list.iter().zip(verdicts).filter(|(_, verdict)| **verdict == kind);
        let mut cases: Vec<&Text> = Vec::new();
        for (possible, _) in of_kind() {
            if !cases.contains(&&possible.when) {
                cases.push(&possible.when);
            }
        }
        let is_cut = cases.len() > MAX_NAMED;
        cases.truncate(MAX_NAMED);
        let mut in_ja: Vec<&str> = cases.iter().map(|when| &*when.ja).collect();
        let mut in_en: Vec<&str> = cases.iter().map(|when| &*when.en).collect();
        in_ja.extend(is_cut.then_some("ほか"));
        in_en.extend(is_cut.then_some("other cases"));
        let word = kind.text();
        ja.push(format!("{}なら「{}」", in_ja.join("、または "), word.ja));
        en.push(format!("{}: \"{}\"", in_en.join(", or "), word.en));
    }
    Note::Undecided(Text::new(
        format!("値が一つに決まらず、どれになるかをここでは判断できません。{}。", ja.join("、")),
        format!("A value is undecided, and what it does when it sends depends on it: {}.", en.join("; ")),
    ))
}
