//! What an account may be, each judged by itself → one judgement: theirs if they agree, else none, with all of them named.

use super::Judgement;
use super::fit::{usual, works};
use crate::model::{Deviation, Needs, Note, Possible, Rule, Stop, Text, Verdict, day_text, limits, urgency};
use crate::policy::Side;

/// Cases of one verdict that are named; more are as clear without.
const MAX_NAMED: usize = 4;

/// Weighs the judgements on all that an account may be, in the same order. `unread`: what to look at where none holds.
pub(super) fn weigh(list: &[Possible], judged: Vec<Judgement>, unread: Needs) -> Judgement {
    let is_one = judged.windows(2).all(|pair| pair.first().map(outcome) == pair.last().map(outcome));
    let (provider, notice) =
        judged.first().map(|first| (first.provider.clone(), first.notice.clone())).unwrap_or_default();
    let stops = earliest(&judged);
    let fits_nothing = judged.iter().any(|judged| judged.fits_nothing);
    let waits_for = if judged.iter().all(has_time) {
        judged.iter().filter_map(|judged| judged.waits_for).max()
    } else {
        None
    };
    let waiting = waits_for.map(|from| Note::NotYet(day_text(from)));
    let text = named(list, &judged, stops.as_ref());
    if list.len() <= limits::UNDECIDED.count()
        && is_one
        && let Some(all) = agreed(list, judged, &unread)
    {
        let stopping = stops.as_ref().map(|stop| Note::StopsWorking(stop.sentence()));
        let notes = all.notes.into_iter().chain(stopping).chain(waiting).collect();
        return Judgement { notes, stops, fits_nothing, waits_for, ..all };
    }
    Judgement {
        verdict: Verdict::Unreadable,
        rule: Rule::Unclear,
        notes: std::iter::once(text).chain(waiting).collect(),
        needs: unread,
        provider,
        notice,
        stops,
        fits_nothing,
        waits_for,
        ..Judgement::default()
    }
}

/// What must be the same in all cases.
fn outcome(judged: &Judgement) -> (Verdict, bool) {
    (judged.verdict, judged.is_accepted)
}

/// True if nothing is to be done yet: it is as it should be, or the day has not come.
fn has_time(judged: &Judgement) -> bool {
    judged.verdict == Verdict::SmtpAuth || judged.is_accepted || judged.waits_for.is_some()
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
        // Until when, is said of the first day alone.
        let is_of_day = |note: &Note| matches!(note, Note::StopsWorking(_) | Note::NotYet(_));
        all.notes.retain(|note| other.notes.contains(note) && !is_of_day(note));
        // What is said of a port of its own holds in every case or is not said; it changes nothing else.
        let own_port = all.needs.own_port.filter(|port| other.needs.own_port == Some(*port));
        (all.needs.own_port, other.needs.own_port) = (own_port, own_port);
        differ |= other.needs != all.needs;
        all.is_stuck |= other.is_stuck;
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

/// How it sends, with what comes of that: the day, or that the method has to be another one.
fn text_of(judged: &Judgement) -> Text {
    let of_auth = Text::fixed("認証方式の変更が必要", "authentication to change");
    let why = match (judged.verdict, &judged.stops) {
        (Verdict::SmtpAuthOffPolicy, Some(stop)) => stop.text(),
        (Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth, Some(stop)) => stop.when(),
        (Verdict::SmtpAuthOffPolicy, None) if judged.deviations == [Deviation::Auth] => of_auth,
        (verdict, _) => return verdict.text(),
    };
    judged.verdict.because(&why)
}

/// The cases by what comes of them, in the order of the cases; behind them what is to be known of the first day.
fn named(list: &[Possible], judged: &[Judgement], first: Option<&Stop>) -> Note {
    if list.len() > limits::UNDECIDED.count() {
        return Note::TOO_UNDECIDED;
    }
    let texts: Vec<Text> = judged.iter().map(text_of).collect();
    let mut kinds: Vec<&Text> = Vec::new();
    for text in &texts {
        if !kinds.contains(&text) {
            kinds.push(text);
        }
    }
    let (mut ja, mut en) = (Vec::new(), Vec::new());
    for kind in kinds {
        let of_kind = || list.iter().zip(&texts).filter(|(_, text)| *text == kind);
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
        ja.push(format!("{}なら「{}」", in_ja.join("、または "), kind.ja));
        en.push(format!("{}: \"{}\"", in_en.join(", or "), kind.en));
    }
    let more = first.map_or(Text::fixed("", ""), Stop::more);
    Note::Undecided(Text::new(
        format!("値が一つに決まらず、どれになるかをここでは判断できません。{}。{}", ja.join("、"), more.ja),
        format!(
            "A value is undecided, and what it does when it sends depends on it: {}.{}",
            en.join("; "),
            more.en
        ),
    ))
}
