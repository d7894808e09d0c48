//! The fleet for people at a terminal of 80 columns, and as CSV.

use super::names::hex;
use super::overview::{Group, Left, Overview};
use crate::model::{Action, Compared, Lang, PasswordNeeded, Text, Until, Verdict};
use crate::report::blocks::wrap;
use crate::report::clean::clean;
use crate::report::csv;
use crate::report::ends;
use crate::report::words;
use comfy_table::presets::{ASCII_FULL_CONDENSED, UTF8_FULL_CONDENSED};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};

/// Rows of the list of who is left, and of each group: beyond that the CSV is the better form.
const MAX_LEFT: usize = 50;
const MAX_GROUP: usize = 15;
/// `2027-03-31` with a blank on both sides.
const DAY_WIDTH: u16 = 12;
/// The heading of the last good days.
static LAST_DAY: Text = Text::fixed("最後の日", "last day");

/// Everything but the rows beyond the limits, which are named.
pub fn render(overview: &Overview<'_>, lang: Lang, line_drawing: bool) -> String {
    let word = |ja, en| Text::fixed(ja, en).get(lang).to_owned();
    let mut parts = vec![head(overview, lang)];
    let groups = [
        (word("メールソフト別", "by mail client"), &overview.clients),
        (word("送信サーバー別", "by outgoing server"), &overview.servers),
        (word("部署別", "by department"), &overview.departments),
    ];
    for (title, groups) in groups.iter().filter(|(_, groups)| !groups.is_empty()) {
        parts.push(group_table(title, groups, lang, line_drawing));
    }
    if !overview.left.is_empty() {
        parts.push(left_table(&overview.left, lang, line_drawing));
    }
    parts.extend(resolved(overview, lang));
    parts.extend(doubts(overview, lang));
    parts.extend(not_known(overview, lang));
    parts.join("\n")
}

fn head(overview: &Overview<'_>, lang: Lang) -> String {
    let numbers = overview.numbers;
    let mut lines = vec![match lang {
        Lang::Ja => format!(
            "報告 {}  コンピューター {}  ユーザー {}  アカウント {}",
            overview.reports,
            overview.computers,
            overview.users,
            numbers.total()
        ),
        Lang::En => format!(
            "reports {}  computers {}  users {}  accounts {}",
            overview.reports,
            overview.computers,
            overview.users,
            numbers.total()
        ),
    }];
    lines.push(match lang {
        Lang::Ja => format!("要変更 {}  要確認 {}  対応不要 {}", numbers.change, numbers.check, numbers.none),
        Lang::En => {
            format!("change {}  check {}  nothing to do {}", numbers.change, numbers.check, numbers.none)
        }
    });
    lines.extend(overview.without_name().iter().flat_map(|text| wrap("", text.get(lang))));
    let sorts = overview.verdicts.iter();
    lines.extend(sorts.map(|sort| format!("  {:>7}  {}", sort.number, sort.text().get(lang))));
    lines.extend(further(overview, lang));
    if let (Some(first), Some(last)) = (overview.history.first(), overview.history.last())
        && first.date != last.date
    {
        lines.push(match lang {
            Lang::Ja => {
                format!("要変更の推移: {} に {}、{} に {}", first.date, first.change, last.date, last.change)
            }
            Lang::En => {
                format!("to change: {} on {}, {} on {}", first.change, first.date, last.change, last.date)
            }
        });
        if u64::try_from(numbers.change) != Ok(last.change) {
            let not_in_it = Text::fixed(
                "  (推移に含まないもの: 読み取れないものがいつもあるユーザー)",
                "  (not in these: users of whom something could never be read)",
            );
            lines.push(not_in_it.get(lang).to_owned());
        }
    }
    lines.join("\n") + "\n"
}

/// What is counted beside the verdicts, where there is any, and what breaks when.
fn further(overview: &Overview<'_>, lang: Lang) -> Vec<String> {
    let further = &overview.further;
    let ends = ends::what_ends(&further.stops);
    let texts = further.texts();
    texts.iter().chain(&ends).map(|text| text.get(lang).to_owned()).collect()
}

fn new_table(line_drawing: bool) -> Table {
    let mut table = Table::new();
    table.load_style(if line_drawing { UTF8_FULL_CONDENSED } else { ASCII_FULL_CONDENSED });
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(80);
    table
}

fn lines_of(table: &Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn group_table(title: &str, groups: &[Group<'_>], lang: Lang, line_drawing: bool) -> String {
    let mut table = new_table(line_drawing);
    table.set_header(match lang {
        Lang::Ja => [title, "要変更", "要確認", "対応不要"],
        Lang::En => [title, "change", "check", "nothing to do"],
    });
    for Group { name, numbers } in groups.iter().take(MAX_GROUP) {
        let name = if name.is_empty() { "-".to_owned() } else { clean(name) };
        table.add_row([
            name,
            numbers.change.to_string(),
            numbers.check.to_string(),
            numbers.none.to_string(),
        ]);
    }
    lines_of(&table) + &more(groups.len(), MAX_GROUP, lang)
}

fn more(all: usize, shown: usize, lang: Lang) -> String {
    if all <= shown {
        return String::new();
    }
    match lang {
        Lang::Ja => format!("ほかに {} 件あります(--format json または csv で全件)。\n", all - shown),
        Lang::En => format!("{} more; all of them with --format json or csv.\n", all - shown),
    }
}

fn left_table(left: &[Left<'_>], lang: Lang, line_drawing: bool) -> String {
    let mut table = new_table(line_drawing);
    let mut header = match lang {
        Lang::Ja => vec!["判定", "コンピューター", "ユーザー", "メールソフト", "アカウント", "送信サーバー"],
        Lang::En => vec!["result", "computer", "user", "mail client", "account", "outgoing server"],
    };
    let has_days = left.iter().any(|left| left.last != [None, None]);
    if has_days {
        header.insert(1, LAST_DAY.get(lang));
    }
    table.set_header(header);
    for one in left.iter().take(MAX_LEFT) {
        let new = match (one.compared, lang) {
            (Some(Compared::New), Lang::Ja) => "\n(新規)",
            (Some(Compared::New), Lang::En) => "\n(new)",
            (Some(Compared::Changed), Lang::Ja) => "\n(変化)",
            (Some(Compared::Changed), Lang::En) => "\n(changed)",
            _ => "",
        };
        let port = one.port.map(|port| format!("\n{port}")).unwrap_or_default();
        let mut row = vec![
            format!("{}{new}", one.result().get(lang)),
            clean(one.computer),
            or_dash(one.user),
            clean(one.client_name),
            clean(one.account),
            format!("{}{port}", or_dash(one.server)),
        ];
        if has_days {
            row.insert(1, one.last_days("\n").get(lang).to_owned());
        }
        table.add_row(row);
    }
    // A day is read in one piece.
    if let Some(column) = table.column_mut(1).filter(|_| has_days) {
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(DAY_WIDTH)));
    }
    lines_of(&table) + &more(left.len(), MAX_LEFT, lang)
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { clean(text) }
}

fn resolved(overview: &Overview<'_>, lang: Lang) -> Option<String> {
    let resolved = overview.resolved.as_ref()?;
    let mut lines = vec![match lang {
        Lang::Ja => format!("前回から対応済み: {}", resolved.len()),
        Lang::En => format!("done since the baseline: {}", resolved.len()),
    }];
    for done in resolved.iter().take(MAX_LEFT) {
        let line = format!(
            "{} / {} / {} / {}: {}",
            done.computer,
            or_dash(&done.user),
            done.client_name,
            done.account,
            words::done(done.now).get(lang)
        );
        lines.extend(wrap("  - ", &clean(&line)));
    }
    Some(lines.join("\n") + "\n" + &more(resolved.len(), MAX_LEFT, lang))
}

fn doubts(overview: &Overview<'_>, lang: Lang) -> Option<String> {
    let lines: Vec<String> =
        overview.doubts().iter().flat_map(|doubt| wrap("", &clean(doubt.get(lang)))).collect();
    (!lines.is_empty()).then(|| lines.join("\n") + "\n")
}

fn not_known(overview: &Overview<'_>, lang: Lang) -> Vec<String> {
    let mut parts = Vec::new();
    if !overview.incomplete.is_empty() {
        let mut lines = vec![
            Text::fixed("一部を調べられなかったコンピューター:", "Computers that were read only in part:")
                .get(lang)
                .to_owned(),
        ];
        for one in overview.incomplete.iter().take(MAX_LEFT) {
            lines.extend(wrap("  - ", &clean(one.text().get(lang))));
        }
        parts.push(lines.join("\n") + "\n" + &more(overview.incomplete.len(), MAX_LEFT, lang));
    }
    if !overview.problems.is_empty() {
        let mut lines = vec![
            Text::fixed("読み取れなかった報告:", "Reports that could not be read:").get(lang).to_owned(),
        ];
        for problem in overview.problems.iter().take(MAX_LEFT) {
            lines.push(format!("  - {}", clean(&problem.place.to_string())));
            lines.extend(wrap("    ", &clean(problem.message.get(lang))));
        }
        parts.push(lines.join("\n") + "\n" + &more(overview.problems.len(), MAX_LEFT, lang));
    }
    parts
}

/// The columns of the CSV: one row per account for which somebody has something to do. As for those of `scan`, more may be
/// added behind the last; docs/csv.md says what they hold.
pub const COLUMNS: [&str; 21] = [
    "department",
    "computer",
    "user",
    "id",
    "action",
    "verdict",
    "verdict_ja",
    "verdict_en",
    "client",
    "client_name",
    "account",
    "outgoing_host",
    "outgoing_port",
    "change",
    "as_of",
    "provider",
    "stops_working_on",
    "incoming_stops_working_on",
    "receiving",
    "due",
    "password_needed",
];

/// Who is left, all of them.
pub fn render_csv(overview: &Overview<'_>) -> String {
    let rows = overview.left.iter().map(|left| {
        let [sending, receiving] = left.last;
        // A report of an early version, or of a later one with another word, tells no text.
        let own = left.verdict.map(Verdict::text);
        let own = [Lang::Ja, Lang::En].map(|lang| own.as_ref().map_or("", |text| text.get(lang)));
        let told = left.verdict.is_some() && !left.text.contains(&"");
        let [ja, en] = if told { left.text } else { own };
        vec![
            left.department.to_owned(),
            left.computer.to_owned(),
            left.user.to_owned(),
            hex(left.id),
            left.action.map_or("unknown", Action::code).to_owned(),
            left.verdict.map_or("unknown", Verdict::code).to_owned(),
            ja.to_owned(),
            en.to_owned(),
            left.client.to_owned(),
            left.client_name.to_owned(),
            left.account.to_owned(),
            left.server.to_owned(),
            left.port.map(|port| port.to_string()).unwrap_or_default(),
            left.compared.map_or("", Compared::code).to_owned(),
            left.as_of.map(|day| day.to_string()).unwrap_or_default(),
            left.provider.to_owned(),
            sending.and_then(Until::word).unwrap_or_default(),
            receiving.and_then(Until::word).unwrap_or_default(),
            left.is_receiving.to_string(),
            (!left.is_not_due).to_string(),
            left.password_needed.map_or("", PasswordNeeded::code).to_owned(),
        ]
    });
    csv::table(&COLUMNS, rows)
}
