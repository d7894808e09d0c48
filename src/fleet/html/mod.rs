//! The fleet as one self-contained page: no network; readable without its script, which only sorts and filters.

mod bars;
mod chart;
pub(crate) mod sheets;
mod who;

use super::baseline::Resolved;
use super::history::Day;
use super::overview::{Incomplete, Left, Overview};
use crate::model::{Lang, Text};
use crate::report::html::{Both, STYLE};
use crate::report::{ends, words};
use crate::source::Problem;
use askama::Template;
use bars::{Bars, Tile, VerdictBar, groups, tiles, verdicts};
use chart::{Chart, chart, grouped};
use sha2::{Digest, Sha256};
use sheets::{Sheet, sheets};
use who::{Choice, Row, choices, row};

const OWN_STYLE: &str = include_str!("../../report/html/fleet.css");
const SCRIPT: &str = include_str!("../../report/html/fleet.js");
/// Rows of the table of who is left.
const MAX_ROWS: usize = 5_000;
/// Entries of the other lists, and bars of a group.
const MAX_LIST: usize = 500;
const MAX_BARS: usize = 15;

struct SheetView {
    heading: Both,
    needs: Vec<Both>,
    steps: Vec<Both>,
    accounts: String,
}

struct List {
    entries: Vec<Both>,
    more: String,
}

#[derive(Template)]
#[template(path = "fleet.html")]
#[expect(clippy::struct_excessive_bools, reason = "each is a part of the page or not")]
struct Page {
    lang: &'static str,
    title: String,
    style: &'static str,
    own_style: &'static str,
    script: &'static str,
    script_hash: String,
    version: &'static str,
    period: String,
    since: Vec<Both>,
    tiles: Vec<Tile>,
    nameless: Option<Both>,
    chart: Option<Chart>,
    days: Vec<[String; 5]>,
    has_undecided: bool,
    has_days: bool,
    facts: Vec<Both>,
    verdicts: Vec<VerdictBar>,
    groups: Vec<Bars>,
    choices: Vec<Choice>,
    rows: Vec<Row>,
    more: String,
    max_rows: String,
    has_departments: bool,
    has_changes: bool,
    sheets: Vec<SheetView>,
    resolved: Option<List>,
    doubts: Vec<Both>,
    absent: List,
    silent: List,
    incomplete: List,
    problems: List,
}

/// The whole page; `lang` is the language shown first.
pub fn render(overview: &Overview<'_>, lang: Lang) -> String {
    let (sheets, numbers) = sheets(&overview.left);
    let mut left: Vec<(&Left<'_>, usize)> = overview.left.iter().zip(numbers).collect();
    // What has to be changed comes before what has to be looked at, should not all of it have room.
    left.sort_by_cached_key(|(left, _)| left.urgency());
    let shown: Vec<(&Left<'_>, usize)> = left.iter().take(MAX_ROWS).copied().collect();
    let choices = choices(&shown, overview);
    let rows = shown.iter().map(|(left, sheet)| row(left, *sheet, &choices)).collect();
    let (first, last) = (overview.history.first(), overview.history.last());
    let period = match (first, last) {
        (Some(first), Some(last)) if first.date != last.date => format!("{} – {}", first.date, last.date),
        (Some(day), _) => day.date.to_string(),
        _ => String::new(),
    };
    let page = Page {
        lang: lang.code(),
        title: format!("smtp-auth-audit fleet {period}"),
        style: STYLE,
        own_style: OWN_STYLE,
        script: SCRIPT,
        script_hash: format!("sha256-{}", base64(&Sha256::digest(SCRIPT.as_bytes()))),
        version: env!("CARGO_PKG_VERSION"),
        period,
        since: overview.since().iter().chain(&overview.pace()).map(Both::from).collect(),
        tiles: tiles(overview),
        nameless: overview.without_name().as_ref().map(Both::from),
        chart: chart(&overview.history),
        days: overview.history.iter().rev().map(day).collect(),
        has_undecided: overview.history.iter().any(|day| day.undecided > 0),
        has_days: left.iter().any(|(left, _)| left.last != [None, None]),
        facts: [overview.done()]
            .iter()
            .chain(&ends::what_ends(&overview.further.stops))
            .chain(&overview.further.texts())
            .map(Both::from)
            .chain(overview.left_out().iter().map(left_out))
            .collect(),
        verdicts: verdicts(overview),
        groups: groups(overview),
        rows,
        more: rest(left.len(), MAX_ROWS),
        max_rows: grouped(MAX_ROWS),
        has_departments: !overview.departments.is_empty(),
        has_changes: overview.resolved.is_some(),
        choices,
        sheets: sheets.iter().map(sheet_view).collect(),
        resolved: overview.resolved.as_deref().map(|done| list(done, resolved)),
        doubts: overview.doubts().iter().map(Both::from).collect(),
        absent: list(&overview.reach.absent, |absent| same(&absent.text())),
        silent: list(&overview.reach.silent, |silent| same(&silent.text())),
        incomplete: list(&overview.incomplete, incomplete),
        problems: list(overview.problems, problem),
    };
    page.render().unwrap_or_default()
}

/// The number of what has no room, or nothing.
fn rest(all: usize, shown: usize) -> String {
    if all > shown { grouped(all - shown) } else { String::new() }
}

fn list<T>(all: &[T], entry: impl Fn(&T) -> Both) -> List {
    List { entries: all.iter().take(MAX_LIST).map(entry).collect(), more: rest(all.len(), MAX_LIST) }
}

fn same(text: &str) -> Both {
    Both::new(text, text)
}

fn left_out((what, number): &(Text, usize)) -> Both {
    let number = grouped(*number);
    Both::new(&format!("{}: {number}", what.ja), &format!("{}: {number}", what.en))
}

fn named(name: &str) -> Both {
    if name.is_empty() { Both::new("(不明)", "(unknown)") } else { Both::new(name, name) }
}

fn day(day: &Day) -> [String; 5] {
    let numbers = [day.change, day.check, day.undecided, day.users].map(grouped);
    let [change, check, undecided, users] = numbers;
    [day.date.to_string(), change, check, undecided, users]
}

fn sheet_view(sheet: &Sheet) -> SheetView {
    let needs = &sheet.needs;
    let mut words = Vec::new();
    let mut add = |is_needed: bool, ja: &str, en: &str| {
        if is_needed {
            words.push(Both::new(ja, en));
        }
    };
    add(sheet.is_check, "まず設定を確認", "look at the settings first");
    add(needs.authenticate, "SMTP 認証をオン", "SMTP-AUTH on");
    if let Some(server) = &needs.server {
        add(true, &format!("送信サーバー {server}"), &format!("outgoing server {server}"));
    }
    if let Some(method) = needs.method {
        let name = words::auth(method);
        add(true, &name.ja, &name.en);
    }
    add(needs.log_on_first_off, "POP before SMTP をオフ", "POP-before-SMTP off");
    if let Some(port) = needs.port {
        add(true, &format!("ポート {port}"), &format!("port {port}"));
    }
    if let Some(security) = needs.security {
        let name = words::security(security);
        add(true, &format!("暗号化: {}", name.ja), &format!("encryption: {}", name.en));
    }
    SheetView {
        heading: Both::from(&sheet.name),
        needs: words,
        steps: sheet.steps.iter().map(Both::from).collect(),
        accounts: grouped(sheet.accounts),
    }
}

fn resolved(done: &Resolved) -> Both {
    let now = words::done(done.now);
    let who = format!("{} / {} / {} / {}", done.computer, done.user, done.client_name, done.account);
    Both::new(&format!("{who}: {}", now.ja), &format!("{who}: {}", now.en))
}

fn incomplete(one: &Incomplete<'_>) -> Both {
    Both::from(&one.text())
}

fn problem(problem: &Problem) -> Both {
    let (place, message) = (&problem.place, &problem.message);
    Both::new(&format!("{place}: {}", message.ja), &format!("{place}: {}", message.en))
}

/// RFC 4648, for the hash by which the page allows its own script and no other.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits =
            (0..3).fold(0_usize, |bits, at| bits << 8 | usize::from(group.get(at).copied().unwrap_or(0)));
        for place in 0..4 {
            let digit = ALPHABET.get(bits >> (18 - 6 * place) & 63).copied().unwrap_or(b'=');
            text.push(if place > group.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    /// The test vectors of RFC 4648.
    #[test]
    fn bytes_in_base64() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
