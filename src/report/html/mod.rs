//! One self-contained page: no network, no script; both languages, and in print one sheet of steps per account.

pub mod notice;
mod sheet;

use super::answer::{Mood, answer};
use super::beside;
use super::checks::{self, Check};
use super::clean::clean;
use super::ends::what_ends;
use super::facts::{self, Counts, Fact, Unread};
use super::{brief, changes, words};
use crate::model::{Action, Finding, Lang, Report, Text, Verdict, iso};
use askama::Template;
use sheet::{Change, Sheet};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

/// The style of all pages.
pub(crate) const STYLE: &str = include_str!("style.css");

/// A text in both languages without control characters; the template escapes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Both {
    pub(crate) ja: String,
    pub(crate) en: String,
}

impl Both {
    pub(crate) fn new(ja: &str, en: &str) -> Self {
        Self { ja: clean(ja), en: clean(en) }
    }

    /// As `Text::is_heading`.
    pub(crate) fn is_heading(&self) -> bool {
        self.ja.ends_with(':') && self.en.ends_with(':')
    }

    pub(crate) fn is_same(&self) -> bool {
        self.ja == self.en
    }
}

impl From<&Text> for Both {
    fn from(text: &Text) -> Self {
        Self::new(&text.ja, &text.en)
    }
}

struct FactView {
    name: Both,
    value: Both,
}

struct Count {
    class: &'static str,
    number: usize,
    name: Both,
}

struct Place {
    place: String,
    lines: Vec<Both>,
}

struct IssueView {
    owner: String,
    message: Both,
    places: Vec<String>,
}

struct Card {
    number: usize,
    anchor: String,
    id: String,
    class: &'static str,
    result: Both,
    heading: Both,
    computer: String,
    user: String,
    client: String,
    account: String,
    server: Both,
    to_change: Both,
    changes: Vec<Change>,
    /// Somebody has something to do.
    is_open: bool,
    /// Whose it is, in one line.
    who: Both,
    /// What matters for the steps.
    brief: Vec<FactView>,
    facts: Vec<FactView>,
    evidence: Vec<Place>,
    explanation: Vec<FactView>,
    steps: Vec<Both>,
    sheet: Option<Sheet>,
}

/// A step of the check when all is done, and for which accounts.
struct CheckView {
    whose: Vec<usize>,
    step: Both,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    lang: &'static str,
    title: String,
    style: &'static str,
    computer: String,
    started_at: String,
    /// The same by the clock of who looks at it.
    local_time: String,
    version: &'static str,
    answer: Both,
    /// `change`, `check` or `ok`.
    mood: &'static str,
    next: Option<Both>,
    counts: Vec<Count>,
    /// What breaks when, a line for each day.
    ends: Vec<Both>,
    not_shown: Option<Both>,
    /// What is counted beside the results, and which policies are old.
    further: Vec<Both>,
    /// What is to be known before any step.
    before: Option<Both>,
    cards: Vec<Card>,
    /// What is to be done when all is done, by the numbers of its steps.
    checks: Vec<Vec<CheckView>>,
    issues: Vec<IssueView>,
    resolved: Vec<Both>,
    has_sheets: bool,
    /// Each account tells its computer.
    several: bool,
}

/// The whole report; `lang` is the language shown first, `offset` that of the clock of who looks at it.
pub fn render(report: &Report, lang: Lang, offset: UtcOffset) -> String {
    let answer = answer(report);
    let computer = clean(report.computer.as_deref().unwrap_or_default());
    let several = report.has_several_computers();
    let findings = facts::by_urgency(report);
    let numbered = || findings.iter().enumerate().map(|(index, finding)| (index + 1, *finding));
    let open = numbered().filter(|(_, finding)| finding.action != Action::None);
    let open: Vec<(usize, &[Text])> =
        open.map(|(number, finding)| (number, finding.steps.as_slice())).collect();
    let before = checks::shared(&open);
    let cards: Vec<Card> =
        numbered().map(|(number, finding)| card(number, finding, before, several)).collect();
    let page = Page {
        lang: lang.code(),
        title: format!("smtp-auth-audit {computer}").trim_end().to_owned(),
        style: STYLE,
        computer,
        several,
        local_time: local_time(&report.scan.started_at, offset),
        started_at: report.scan.started_at.clone(),
        answer: Both::from(&answer.text),
        mood: match answer.mood {
            Mood::Bad => "change",
            Mood::Unsure => "check",
            Mood::Fine => "ok",
        },
        next: next(&findings).as_ref().map(Both::from),
        version: env!("CARGO_PKG_VERSION"),
        counts: tiles(report),
        ends: what_ends(&report.summary().tally.stops).iter().map(Both::from).collect(),
        not_shown: facts::not_shown(report).as_ref().map(Both::from),
        further: {
            let tally = report.summary().tally;
            let all = beside::further(&tally).into_iter().chain(beside::old_policies(report));
            all.map(|text| Both::from(&text)).collect()
        },
        has_sheets: cards.iter().any(|card| card.sheet.is_some()),
        before: before.first().map(Both::from),
        checks: check_views(&checks::checks(&open)),
        cards,
        issues: facts::unread(report).iter().map(issue).collect(),
        resolved: {
            let (ja, en) = (facts::resolved(report, Lang::Ja), facts::resolved(report, Lang::En));
            ja.iter().zip(&en).skip(1).map(|(ja, en)| Both::new(ja, en)).collect()
        },
    };
    page.render().unwrap_or_default()
}

/// `2026-11-30 18:05 (UTC+09:00)`; what is no time stays as it is.
pub(crate) fn local_time(time: &str, offset: UtcOffset) -> String {
    let Ok(time) = OffsetDateTime::parse(time, &Rfc3339) else { return clean(time) };
    let time = time.to_offset(offset);
    let (hours, minutes, _) = offset.as_hms();
    let sign = if offset.is_negative() { '-' } else { '+' };
    format!(
        "{} {:02}:{:02} (UTC{sign}{:02}:{:02})",
        iso(time.date()),
        time.hour(),
        time.minute(),
        hours.abs(),
        minutes.abs()
    )
}

/// What the reader does next.
fn next(findings: &[&Finding]) -> Option<Text> {
    let first = |action| findings.iter().position(|finding| finding.action == action);
    match (first(Action::Change), first(Action::CheckByHand)) {
        (Some(_), _) => Some(Text::fixed(
            "次にすること: 下の 1 から順に、手順のとおりに変更し、最後に確認します。印刷すると、アカウントごとに1枚の手順書になります。",
            "What to do next: go through the accounts below, beginning with 1, follow the steps, and check at the end. Printed, each has a sheet of its own.",
        )),
        (None, Some(_)) => Some(Text::fixed(
            "次にすること: 下のアカウントの画面を開き、手順のとおりに確認します。",
            "What to do next: open the screens of the accounts below and check them as the steps say.",
        )),
        (None, None) => None,
    }
}

fn tiles(report: &Report) -> Vec<Count> {
    let Counts { change, check, ok, rest, issues } = facts::counts(report);
    let tile = |class, number, ja, en| Count { class, number, name: Both::new(ja, en) };
    vec![
        tile("change", change, "要変更", "to change"),
        tile("check", check, "要確認", "to check"),
        tile("ok", ok, "OK", "ok"),
        tile("rest", rest, "対象外", "n/a"),
        tile("check", issues, "読み取り不可", "not read"),
    ]
}

fn issue(unread: &Unread<'_>) -> IssueView {
    IssueView {
        owner: if unread.owners.is_empty() { String::new() } else { clean(&unread.owners.join(", ")) + ": " },
        message: Both::from(unread.message),
        places: unread.places.iter().map(|place| clean(place)).collect(),
    }
}

fn check_views(checks: &[Check<'_>]) -> Vec<Vec<CheckView>> {
    let view = |check: &Check<'_>| CheckView { whose: check.whose.clone(), step: Both::from(check.step) };
    checks
        .chunk_by(|one, other| one.number == other.number)
        .map(|same| same.iter().map(view).collect())
        .collect()
}

/// The same facts in both languages.
fn zip(ja: Vec<Fact>, en: Vec<Fact>) -> Vec<FactView> {
    let pairs = ja.into_iter().zip(en);
    pairs.map(|(ja, en)| FactView { name: Both::new(&ja.0, &en.0), value: Both::new(&ja.1, &en.1) }).collect()
}

fn both(make: impl Fn(Lang) -> String) -> Both {
    Both::new(&make(Lang::Ja), &make(Lang::En))
}

fn card(number: usize, finding: &Finding, before: &[Text], several: bool) -> Card {
    let account = &finding.account;
    let (ja, en) = (facts::evidence(finding, Lang::Ja, true), facts::evidence(finding, Lang::En, true));
    let evidence = ja.into_iter().zip(en).map(|((place, ja), (_, en))| Place {
        place: clean(&place),
        lines: ja.iter().zip(&en).map(|(ja, en)| Both::new(ja, en)).collect(),
    });
    Card {
        number,
        anchor: format!("a{number}"),
        id: finding.id.clone(),
        class: match (finding.action, finding.verdict) {
            (Action::Change, _) => "change",
            (Action::CheckByHand, _) => "check",
            (Action::None, Verdict::SmtpAuth) => "ok",
            (Action::None, _) => "rest",
        },
        result: both(|lang| facts::result(finding, lang)),
        heading: both(|lang| facts::heading(finding, lang)),
        computer: clean(facts::computer(finding)),
        user: clean(finding.user.as_deref().unwrap_or("-")),
        client: clean(&account.client_name),
        account: clean(&account.name),
        server: both(|lang| words::server(account.outgoing.seen().as_ref(), lang, " ")),
        to_change: both(|lang| changes::in_short(finding, lang).join(", ")),
        changes: sheet::changes(finding),
        is_open: finding.action != Action::None,
        who: both(|lang| brief::who(finding, several, lang)),
        brief: zip(brief::beside_changes(finding, Lang::Ja), brief::beside_changes(finding, Lang::En)),
        facts: zip(facts::facts(finding, several, Lang::Ja), facts::facts(finding, several, Lang::En)),
        evidence: evidence.collect(),
        explanation: zip(facts::explanation(finding, Lang::Ja), facts::explanation(finding, Lang::En)),
        steps: checks::own(&finding.steps, before).iter().map(Both::from).collect(),
        sheet: sheet::sheet(finding),
    }
}
