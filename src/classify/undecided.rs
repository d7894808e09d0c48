//! What an account may be, each judged by itself → one judgement: theirs if they agree, else none, with all of them named.

use super::Judgement;
use super::fit::{usual, works};
use crate::model::{Needs, Note, Possible, Rule, Stop, Text, Verdict, limits, urgency};
use crate::policy::Side;

/// Cases of one verdict that are named; more are as clear without.
const MAX_NAMED: usize = 4;

/// Weighs the judgements on all that an account may be, in the same order. `unread`: what to look at where none holds.
pub(super) fn weigh(list: &[Possible], judged: Vec<Judgement>, unread: Needs) -> Judgement {
    let verdicts: Vec<Verdict> = judged.iter().map(|judged| judged.verdict).collect();
    let is_one = judged.windows(2).all(|pair| pair.first().map(outcome) == pair.last().map(outcome));
    let (provider, notice) =
        judged.first().map(|first| (first.provider.clone(), first.notice.clone())).unwrap_or_default();
    let stops = earliest(&judged);
    if list.len() <= limits::UNDECIDED.count()
        && is_one
        && let Some(all) = agreed(list, judged, &unread)
    {
        return Judgement { stops, ..all };
    }
    Judgement {
        verdict: Verdict::Unreadable,
        rule: Rule::Unclear,
        notes: vec![named(list, &verdicts)],
        needs: unread,
        provider,
        notice,
        stops,
        ..Judgement::default()
    }
}

/// What must be the same in all cases.
fn outcome(judged: &Judgement) -> (Verdict, bool) {
    (judged.verdict, judged.is_accepted)
}

/// Of several days the most urgent.
fn earliest(judged: &[Judgement]) -> Option<Stop> {
    let all = judged.iter().filter_map(|judged| judged.stops.as_ref());
    all.min_by_key(|stop| urgency([stop.until])).cloned()
}

/// The verdict that all share, with what holds in every case and what any of them asks for.
fn agreed(list: &[Possible], judged: Vec<Judgement>, unread: &Needs) -> Option<Judgement> {
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
        all.is_stuck |= other.is_stuck;
        all.waits_for = all.waits_for.max(other.waits_for);
        all.needs.authenticate |= other.needs.authenticate;
        all.needs.log_on_first_off |= other.needs.log_on_first_off;
        all.needs.port = all.needs.port.or(other.needs.port);
        all.needs.security = all.needs.security.or(other.needs.security);
    }
    all.deviations.sort_unstable();
    all.deviations.dedup();
    if differ {
        all.needs = needs_of_all(list, &all.needs, unread);
    }
    Some(all)
}

/// Where the cases ask for different changes, what to look at where nothing is known is right in each.
fn needs_of_all(list: &[Possible], any: &Needs, unread: &Needs) -> Needs {
    let has_target = any.port.is_some() || any.security.is_some();
    let port = unread.port.filter(|_| has_target);
    let present = || list.iter().filter_map(|possible| possible.outgoing.seen()?.security);
    let turned = || present().any(|now| !works(now, port, Side::Sending));
    let security = unread.security.or_else(|| (has_target && turned()).then(|| usual(port, Side::Sending)));
    Needs {
        authenticate: any.authenticate,
        log_on_first_off: any.log_on_first_off,
        port,
        security: security.filter(|_| has_target),
        tls_port: None,
        own_port: any.own_port,
        security_as_advised: unread.security_as_advised && security.is_none(),
        ..unread.clone()
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
