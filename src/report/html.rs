//! One self-contained page: no network, no script; both languages, and in print one sheet of steps per account.

use super::clean::clean;
use super::facts::{self, Counts, Fact};
use super::words;
use crate::model::{
    Action, Finding, Issue, Lang, LogOnFirst, Needs, Outgoing, Partial, Port, Report, Security, Text, Verdict,
};
use askama::Template;
use textwrap::core::display_width;

/// The style of all pages.
pub(crate) const STYLE: &str = include_str!("html/style.css");

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

struct Change {
    name: Both,
    old: Both,
    new: Both,
}

struct IssueView {
    owner: String,
    place: String,
    message: Both,
}

struct Card {
    number: usize,
    anchor: String,
    id: String,
    class: &'static str,
    result: Both,
    heading: Both,
    user: String,
    client: String,
    account: String,
    server: Both,
    facts: Vec<FactView>,
    owner: Vec<FactView>,
    evidence: Vec<Place>,
    explanation: Vec<FactView>,
    steps: Vec<Both>,
    changes: Vec<Change>,
    notes: Vec<Both>,
    /// The class with the size of print at which the sheet fits on its page; `None`: there is no sheet.
    sheet: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    lang: &'static str,
    title: String,
    style: &'static str,
    computer: String,
    started_at: String,
    version: &'static str,
    counts: Vec<Count>,
    not_shown: Option<Both>,
    no_account: Both,
    cards: Vec<Card>,
    issues: Vec<IssueView>,
    resolved: Vec<Both>,
    has_sheets: bool,
}

/// The whole report; `lang` is the language shown first.
pub fn render(report: &Report, lang: Lang) -> String {
    let cards: Vec<Card> =
        facts::by_urgency(report).iter().enumerate().map(|(index, f)| card(index + 1, f)).collect();
    let computer = clean(report.computer.as_deref().unwrap_or_default());
    let not_shown = (report.not_shown > 0).then(|| {
        let lines = [Lang::Ja, Lang::En].map(|lang| facts::sum(report, lang).pop().unwrap_or_default());
        Both::new(&lines[0], &lines[1])
    });
    let page = Page {
        lang: match lang {
            Lang::Ja => "ja",
            Lang::En => "en",
        },
        title: format!("smtp-auth-audit {computer}").trim_end().to_owned(),
        style: STYLE,
        computer,
        started_at: report.scan.started_at.clone(),
        version: env!("CARGO_PKG_VERSION"),
        counts: tiles(report),
        not_shown,
        no_account: Both::from(&facts::no_account(report)),
        has_sheets: cards.iter().any(|card| card.sheet.is_some()),
        cards,
        issues: report.issues.iter().map(issue).collect(),
        resolved: {
            let (ja, en) = (facts::resolved(report, Lang::Ja), facts::resolved(report, Lang::En));
            ja.iter().zip(&en).skip(1).map(|(ja, en)| Both::new(ja, en)).collect()
        },
    };
    page.render().unwrap_or_default()
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

fn issue(issue: &Issue) -> IssueView {
    IssueView {
        owner: issue.user.as_deref().map(|user| format!("{}: ", clean(user))).unwrap_or_default(),
        place: clean(&issue.place),
        message: Both::from(&issue.message),
    }
}

/// The same facts in both languages.
fn zip(ja: Vec<Fact>, en: Vec<Fact>) -> Vec<FactView> {
    let pairs = ja.into_iter().zip(en);
    pairs.map(|(ja, en)| FactView { name: Both::new(&ja.0, &en.0), value: Both::new(&ja.1, &en.1) }).collect()
}

fn both(make: impl Fn(Lang) -> String) -> Both {
    Both::new(&make(Lang::Ja), &make(Lang::En))
}

fn card(number: usize, finding: &Finding) -> Card {
    let account = &finding.account;
    let (ja, en) = (facts::evidence(finding, Lang::Ja, true), facts::evidence(finding, Lang::En, true));
    let evidence = ja.into_iter().zip(en).map(|((place, ja), (_, en))| Place {
        place: clean(place),
        lines: ja.iter().zip(&en).map(|(ja, en)| Both::new(ja, en)).collect(),
    });
    let all = zip(facts::facts(finding, Lang::Ja), facts::facts(finding, Lang::En));
    // The notes stand last on a sheet, in smaller print.
    let is_note = |fact: &FactView| fact.name.en == "note";
    let has_sheet = finding.action != Action::None && !finding.steps.is_empty();
    let mut card = Card {
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
        user: clean(finding.user.as_deref().unwrap_or("-")),
        client: clean(&account.client_name),
        account: clean(&account.name),
        server: both(|lang| words::server(account.outgoing.seen().as_ref(), lang, " ")),
        owner: zip(facts::facts(finding, Lang::Ja), facts::facts(finding, Lang::En))
            .into_iter()
            .filter(|fact| !is_note(fact))
            .collect(),
        notes: finding.notes.iter().map(|note| Both::from(&note.text())).collect(),
        facts: all,
        evidence: evidence.collect(),
        explanation: zip(facts::explanation(finding, Lang::Ja), facts::explanation(finding, Lang::En)),
        steps: finding.steps.iter().map(Both::from).collect(),
        changes: changes(finding),
        sheet: None,
    };
    card.sheet = has_sheet.then(|| size_of_print(&card));
    card
}

/// Sizes of print in the style: class, points, line height in points.
const SIZES: [(&str, f64, f64); 4] =
    [("size-1", 10.5, 15.5), ("size-2", 9.0, 12.5), ("size-3", 8.0, 10.7), ("size-4", 7.0, 9.0)];

/// The largest size at which a sheet fits on A4 (178 by 269 mm inside the margins), by the width of its lines.
fn size_of_print(card: &Card) -> &'static str {
    const WIDTH: f64 = 178.0 / 25.4 * 72.0;
    const HEIGHT: f64 = 255.0 / 25.4 * 72.0;
    let fits = |points: f64, line: f64| {
        // A full-width character is as wide as its size; the names of facts take 35 mm, the numbers of steps 10 mm.
        let lines = |text: &Both, left_mm: f64| {
            let columns = display_width(&text.ja).max(display_width(&text.en));
            let room = (WIDTH - left_mm / 25.4 * 72.0) / (points / 2.0);
            (f64::from(u32::try_from(columns).unwrap_or(u32::MAX)) / room).ceil().max(1.0)
        };
        let facts: f64 = card.owner.iter().map(|fact| lines(&fact.value, 35.0)).sum::<f64>() + 4.0;
        let rows: f64 = card.changes.iter().map(|row| lines(&row.name, 110.0) + 0.6).sum::<f64>() + 1.6;
        let steps: f64 = card.steps.iter().map(|step| lines(step, 10.0) + 0.2).sum();
        let notes: f64 = card.notes.iter().map(|note| lines(note, 4.0) + 0.4).sum();
        (facts + rows + steps + notes) * line < HEIGHT
    };
    let last = SIZES.len() - 1;
    let chosen =
        SIZES.iter().enumerate().find(|(index, (_, points, line))| *index == last || fits(*points, *line));
    chosen.map_or("", |(_, (class, ..))| class)
}

/// What is set now and what it becomes; nothing where the present settings are not known.
fn changes(finding: &Finding) -> Vec<Change> {
    let Outgoing::Smtp(_) = finding.account.outgoing else { return Vec::new() };
    let now = finding.account.outgoing.seen().unwrap_or_default();
    let Needs { authenticate, log_on_first_off, port, security, .. } = &finding.needs;
    let mut changes = Vec::new();
    let mut add = |name: Text, old: Both, new: Both| {
        changes.push(Change { name: Both::from(&name), old, new });
    };
    if *authenticate {
        add(
            Text::fixed(
                "送信サーバーの認証 (SMTP 認証)",
                "authentication at the outgoing server (SMTP-AUTH)",
            ),
            Both::new("なし", "none"),
            Both::new(
                "あり(受信と同じユーザー名とパスワード)",
                "on (the user name and password for receiving)",
            ),
        );
    }
    if *log_on_first_off && now.log_on_first == Some(LogOnFirst::On) {
        add(
            Text::fixed(
                "送信前に受信サーバーへログオン (POP before SMTP)",
                "log on to the incoming server before sending (POP-before-SMTP)",
            ),
            Both::new("する", "on"),
            Both::new("しない", "off"),
        );
    }
    if let Some(port) = port {
        add(
            Text::fixed("送信サーバーのポート", "port of the outgoing server"),
            both(|lang| port_now(&now, lang)),
            both(|_| port.to_string()),
        );
    }
    if let Some(security) = security {
        let word = |security: Security| both(|lang| words::security(security).get(lang).to_owned());
        add(
            Text::fixed("送信サーバーの暗号化", "encryption to the outgoing server"),
            now.security.map_or(Both::new("-", "-"), word),
            word(*security),
        );
    }
    changes
}

fn port_now(now: &Partial, lang: Lang) -> String {
    match now.port {
        Some(Port::Stored(port)) => port.to_string(),
        Some(Port::Default(port)) => {
            Text::new(format!("{port}(既定値)"), format!("{port} (default)")).get(lang).to_owned()
        }
        Some(Port::Automatic) => Text::fixed("自動", "automatic").get(lang).to_owned(),
        None => "-".to_owned(),
    }
}
