//! The answer in one sentence: what stops when, what has to be changed or checked, what could not be read, and whose it is.

use super::facts;
use crate::model::{Action, Finding, Lang, Report, Stop, Tense, Text, Until, day_text, until_text};

/// Names of accounts in the sentence; the rest is counted.
const MOST_NAMES: usize = 3;

/// How the answer sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// All was read, and nothing has to be done.
    Fine,
    /// Something is to be checked, or could not be read.
    Unsure,
    /// Something has to be changed.
    Bad,
}

/// The sentence, and how it sounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The sentence for people.
    pub text: Text,
    /// How it sounds: never fine while something could not be read.
    pub mood: Mood,
}

/// What a report says, in a sentence.
pub fn answer(report: &Report) -> Answer {
    if report.findings.is_empty() {
        let mood = if report.issues.is_empty() { Mood::Fine } else { Mood::Unsure };
        return Answer { text: facts::no_account(report), mood };
    }
    let findings = facts::by_urgency(report);
    let of = |action| findings.iter().copied().filter(move |finding: &&Finding| finding.action == action);
    let is_later = |finding: &&Finding| finding.action == Action::None && finding.waits_for.is_some();
    let mut parts = stopping(of(Action::Change));
    // Where only receiving has to be changed, sending may still be unknown.
    let others = of(Action::Change).filter(|finding| first_certain(finding).is_none()).count();
    parts.extend((others > 0).then(|| to_change(others)));
    let is_open = |finding: &&Finding| finding.action == Action::CheckByHand || finding.is_open();
    parts.extend(to_check(findings.iter().copied().filter(is_open)));
    parts.extend(later(findings.iter().copied().filter(is_later)));
    let waiting = of(Action::Change).chain(of(Action::CheckByHand));
    let waiting: Vec<&Finding> = waiting.chain(findings.iter().copied().filter(is_later)).collect();
    let is_bad = of(Action::Change).next().is_some();
    let unread = report.issues.len();
    if waiting.is_empty() {
        return calm(report, unread);
    }
    if unread > 0 {
        parts.push(not_read(unread));
    }
    let names = named(&waiting);
    let [ja, en] =
        [Lang::Ja, Lang::En].map(|lang| parts.iter().map(|part| part.get(lang)).collect::<Vec<_>>());
    let text =
        Text::new(format!("{}: {}", ja.join("、"), names.ja), format!("{}: {}", en.join(", "), names.en));
    Answer { text, mood: if is_bad { Mood::Bad } else { Mood::Unsure } }
}

/// Nobody has to do anything; that something could not be read is said instead of "fine".
fn calm(report: &Report, unread: usize) -> Answer {
    let facts::Counts { ok, rest, .. } = facts::counts(report);
    let number = ok + rest;
    let (ja, en) = match rest {
        0 => (String::new(), String::new()),
        _ => (format!("(うち対象外 {rest})"), format!(" ({rest} not concerned)")),
    };
    let accounts = if number == 1 { "account" } else { "accounts" };
    if unread == 0 {
        let text = Text::new(
            format!("変更が必要なアカウントはありません。調べたアカウント {number}{ja}。"),
            format!("Nothing has to be changed: {number} {accounts}{en}."),
        );
        return Answer { text, mood: Mood::Fine };
    }
    let unread = not_read(unread);
    let text = Text::new(
        format!("読み取れたアカウント {number}{ja}に変更が必要なものはありませんが、{}。", unread.ja),
        format!(
            "Nothing has to be changed in what could be read: {number} {accounts}{en}; but {}.",
            unread.en
        ),
    );
    Answer { text, mood: Mood::Unsure }
}

/// The day that matters most of its two sides: what has ended, then the next to come. What was to end and may have been
/// put off comes last.
fn first_stop(finding: &Finding) -> Option<&Stop> {
    let stops = finding.stops.iter().chain(&finding.receiving.stops);
    stops.min_by_key(|stop| (stop.until != Until::Ended, stop.tense() != Tense::Ahead, stop.until.last_day()))
}

/// The same of what stops for certain: how it sends may be one thing or another, of which only one has that day.
fn first_certain(finding: &Finding) -> Option<&Stop> {
    if finding.is_undecided() { finding.receiving.stops.as_ref() } else { first_stop(finding) }
}

/// One part for each day, in the order of the accounts: the most urgent first.
fn stopping<'a>(findings: impl Iterator<Item = &'a Finding>) -> Vec<Text> {
    let mut days: Vec<(&Stop, bool, usize)> = Vec::new();
    for finding in findings {
        let Some(stop) = first_certain(finding) else { continue };
        let sending = finding.stops.as_ref().filter(|_| !finding.is_undecided());
        let is_sending = sending.is_some_and(|sending| sending.until == stop.until);
        let same =
            days.iter_mut().find(|(day, sending, _)| day.until == stop.until && *sending == is_sending);
        match same {
            Some((.., number)) => *number += 1,
            None => days.push((stop, is_sending, 1)),
        }
    }
    days.into_iter().map(|(stop, is_sending, number)| stops(stop, is_sending, number)).collect()
}

fn stops(stop: &Stop, is_sending: bool, number: usize) -> Text {
    let (ja, en) = if is_sending { ("送信", "sending") } else { ("受信", "receiving") };
    let accounts = accounts(number);
    let (at, roughly) = (when(stop), if stop.is_inexact { "(予定)" } else { "" });
    match (stop.until, stop.tense()) {
        (Until::Ended, _) => Text::new(
            format!("提供が終わった方法で{ja}しているアカウント {number}"),
            format!("{accounts} {} a way of {en} that has ended", if number == 1 { "uses" } else { "use" }),
        ),
        (_, Tense::Over) => Text::new(
            format!("{}で{ja}できなくなったアカウント {number}", until_text(stop.until).ja),
            format!("{accounts} stopped {en} {at}"),
        ),
        (_, Tense::WasToBe) => Text::new(
            format!("{}で{ja}できなくなる予定だったアカウント {number}", until_text(stop.until).ja),
            format!("{accounts} {} to stop {en} {at}", if number == 1 { "was" } else { "were" }),
        ),
        (_, Tense::Ahead) => Text::new(
            format!("{}で{ja}できなくなるアカウント{roughly} {number}", until_text(stop.until).ja),
            format!("{accounts} {} {en} {}", if number == 1 { "stops" } else { "stop" }, at),
        ),
    }
}

/// `on 31 March 2027`, `about December 2026`.
fn when(stop: &Stop) -> String {
    let before = match stop.until {
        _ if stop.is_inexact => "about",
        Until::Day(_) => "on",
        _ => "in",
    };
    format!("{before} {}", until_text(stop.until).en)
}

fn accounts(number: usize) -> String {
    if number == 1 { "1 account".to_owned() } else { format!("{number} accounts") }
}

fn to_change(number: usize) -> Text {
    let has = if number == 1 { "has" } else { "have" };
    Text::new(format!("要変更 {number}"), format!("{number} {has} to change"))
}

/// Those to be looked at by hand; a day that some of them may have is told, as past where it has passed.
fn to_check<'a>(findings: impl Iterator<Item = &'a Finding> + Clone) -> Option<Text> {
    let number = findings.clone().count();
    let days = findings.filter_map(first_stop).filter(|stop| stop.until != Until::Ended);
    let day = days.min_by_key(|stop| (stop.tense() != Tense::Ahead, stop.until.last_day()));
    let (ja, en) = day.map_or_else(Default::default, |stop| {
        let (day, when) = (until_text(stop.until).ja, when(stop));
        match stop.tense() {
            Tense::Ahead => (format!("(早ければ{day}まで)"), format!(" (may stop {when})")),
            Tense::Over => (format!("({day}で終わった可能性)"), format!(" (may have stopped {when})")),
            Tense::WasToBe => (
                format!("({day}で終わる予定だった可能性)"),
                format!(" (possibly to stop {when}, which has passed)"),
            ),
        }
    });
    (number > 0).then(|| Text::new(format!("要確認 {number}{ja}"), format!("{number} to check{en}")))
}

/// Those that are to be changed from a day on, and not before.
fn later<'a>(findings: impl Iterator<Item = &'a Finding> + Clone) -> Option<Text> {
    let number = findings.clone().count();
    let first = day_text(findings.filter_map(|finding| finding.waits_for).min()?);
    Some(Text::new(
        format!("{}から変更するもの {number}", first.ja),
        format!("{number} to change from {} on, not yet", first.en),
    ))
}

fn not_read(number: usize) -> Text {
    Text::new(format!("読み取れなかったもの {number}"), format!("{number} could not be read"))
}

/// Whose they are: `hanako (Becky!), taro (Outlook) x2 +2`; a lone file's account by its name.
pub(super) fn named(findings: &[&Finding]) -> Text {
    let mut names: Vec<(String, usize)> = Vec::new();
    for finding in findings {
        let account = &finding.account;
        let name = format!("{} ({})", finding.user.as_ref().unwrap_or(&account.name), account.client_name);
        match names.iter_mut().find(|(known, _)| *known == name) {
            Some((_, times)) => *times += 1,
            None => names.push((name, 1)),
        }
    }
    let shown = |(name, times): &(String, usize)| match times {
        1 => name.clone(),
        _ => format!("{name} x{times}"),
    };
    let first: Vec<String> = names.iter().take(MOST_NAMES).map(shown).collect();
    let more: usize = names.iter().skip(MOST_NAMES).map(|(_, times)| times).sum();
    let (ja, en) = match more {
        0 => Default::default(),
        _ => (format!(" ほか {more}"), format!(" +{more}")),
    };
    Text::new(first.join("、") + &ja, first.join(", ") + &en)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Account, Note, Outgoing, Verdict, day};

    /// Accounts of users, each with what there is to do, its verdict and the day after which it can't send any more.
    fn told(accounts: &[(&str, Action, Verdict, Option<&str>)], unread: usize) -> Answer {
        let mut report = crate::report::v1::tests::report();
        let example = report.findings.remove(0);
        let stop = |until: &str| Stop {
            until: Until::from_text(until).unwrap(),
            is_inexact: until.len() == 7,
            reversible: None,
            what: Text::fixed("", ""),
            on: day("2026-11-30").unwrap(),
            checked: None,
            source: None,
        };
        report.findings = accounts
            .iter()
            .map(|(user, action, verdict, until)| Finding {
                user: Some((*user).to_owned()),
                action: *action,
                verdict: *verdict,
                stops: until.map(stop),
                notes: Vec::<Note>::new(),
                account: Account::new("becky", "Becky!", "becky", Outgoing::Managed(None)),
                ..example.clone()
            })
            .collect();
        report.not_shown = 0;
        let issue = report.issues.remove(0);
        report.issues = vec![issue; unread];
        answer(&report)
    }

    #[test]
    fn one_sentence_by_what_ends() {
        use Action::{Change, CheckByHand, None as Nothing};
        use Verdict::{Managed, NoSmtpAuth, SmtpAuth, SmtpAuthOffPolicy, Unreadable};
        let off = |user, until| (user, Change, SmtpAuthOffPolicy, Some(until));
        for (accounts, unread, mood, en, ja) in [
            (vec![], 0, Mood::Fine, "No mail account was found.", "メールアカウントは見つかりませんでした。"),
            (
                vec![("a", Nothing, SmtpAuth, None), ("b", Nothing, Managed, None)],
                0,
                Mood::Fine,
                "Nothing has to be changed: 2 accounts (1 not concerned).",
                "変更が必要なアカウントはありません。調べたアカウント 2(うち対象外 1)。",
            ),
            (
                vec![("a", Nothing, SmtpAuth, None)],
                2,
                Mood::Unsure,
                "Nothing has to be changed in what could be read: 1 account; but 2 could not be read.",
                "読み取れたアカウント 1に変更が必要なものはありませんが、読み取れなかったもの 2。",
            ),
            (
                vec![("a", CheckByHand, Unreadable, Some("2026-12"))],
                0,
                Mood::Unsure,
                "1 to check (may stop about December 2026): a (Becky!)",
                "要確認 1(早ければ2026年12月まで): a (Becky!)",
            ),
            (
                vec![
                    off("a", "2027-03-31"),
                    off("b", "2027-03-31"),
                    off("c", "2026-12"),
                    off("d", "2026-01-31"),
                    ("e", Change, NoSmtpAuth, None),
                    ("f", CheckByHand, Unreadable, None),
                    ("g", Change, NoSmtpAuth, Some("ended")),
                ],
                1,
                Mood::Bad,
                "1 account uses a way of sending that has ended, 1 account stopped sending on 31 January 2026, 1 account stops sending about December 2026, 2 accounts stop sending on 31 March 2027, 1 has to change, 1 to check, 1 could not be read: g (Becky!), d (Becky!), c (Becky!) +4",
                "提供が終わった方法で送信しているアカウント 1、2026年1月31日で送信できなくなったアカウント 1、2026年12月で送信できなくなるアカウント(予定) 1、2027年3月31日で送信できなくなるアカウント 2、要変更 1、要確認 1、読み取れなかったもの 1: g (Becky!)、d (Becky!)、c (Becky!) ほか 4",
            ),
        ] {
            let found = told(&accounts, unread);
            assert_eq!((found.text.en.as_ref(), found.text.ja.as_ref(), found.mood), (en, ja, mood));
        }
    }
}
