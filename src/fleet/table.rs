//! The fleet for people at a terminal.

use super::overview::{Group, Left, Overview};
use super::reach::{self, Absent, Silent};
use crate::model::{Compared, Lang, Text};
use crate::report::clean::clean;
use crate::report::ends;
use crate::report::grid::{Row, grid, lines};
use crate::report::words;

/// Rows of the list of who is left, and of each group: beyond that the CSV is the better form.
const MAX_LEFT: usize = 50;
const MAX_GROUP: usize = 15;

/// In which language and form.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The language.
    pub lang: Lang,
    /// Line drawing is one column wide.
    pub line_drawing: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Look {
    fn wrap(self, head: &str, text: &str) -> Vec<String> {
        lines(head, text, self.width)
    }
}

/// Everything but the rows beyond the limits, which are named.
pub fn render(overview: &Overview<'_>, look: Look) -> String {
    let lang = look.lang;
    let word = |ja, en| Text::fixed(ja, en).get(lang).to_owned();
    let mut parts = vec![head(overview, look)];
    let groups = [
        (word("メールソフト別", "by mail client"), &overview.clients),
        (word("送信サーバー別", "by outgoing server"), &overview.servers),
        (word("部署別", "by department"), &overview.departments),
    ];
    for (title, groups) in groups.iter().filter(|(_, groups)| !groups.is_empty()) {
        parts.push(group_table(title, groups, look));
    }
    if !overview.left.is_empty() {
        parts.push(left_table(overview, look));
    }
    parts.extend(resolved(overview, look));
    parts.extend(doubts(overview, look));
    parts.extend(not_reported(overview, look));
    parts.extend(not_known(overview, look));
    parts.join("\n")
}

fn head(overview: &Overview<'_>, look: Look) -> String {
    let lang = look.lang;
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
    lines.extend(look.wrap("", overview.done().get(lang)));
    let left_out = overview.left_out();
    lines.extend(left_out.iter().map(|(what, number)| format!("{}: {number}", what.get(lang))));
    lines.extend(overview.without_name().iter().flat_map(|text| look.wrap("", text.get(lang))));
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

/// Of a table: how many of its rows are not in it.
fn more(all: usize, shown: usize, lang: Lang) -> String {
    if all <= shown {
        return String::new();
    }
    match lang {
        Lang::Ja => format!("ほかに {} 件あります(--format json または csv で全件)。\n", all - shown),
        Lang::En => format!("{} more; all of them with --format json or csv.\n", all - shown),
    }
}

fn group_table(title: &str, groups: &[Group<'_>], look: Look) -> String {
    let head = match look.lang {
        Lang::Ja => [title, "要変更", "要確認", "対応不要"],
        Lang::En => [title, "change", "check", "nothing to do"],
    };
    let row = |Group { name, numbers }: &Group<'_>| {
        vec![or_dash(name), numbers.change.to_string(), numbers.check.to_string(), numbers.none.to_string()]
    };
    let rows: Vec<Row> = groups.iter().take(MAX_GROUP).map(row).collect();
    let head = head.map(str::to_owned).to_vec();
    grid(&head, &rows, look.width, look.line_drawing) + &more(groups.len(), MAX_GROUP, look.lang)
}

/// Who is left, the most urgent first whatever the department.
fn left_table(overview: &Overview<'_>, look: Look) -> String {
    let lang = look.lang;
    let mut left: Vec<&Left<'_>> = overview.left.iter().collect();
    left.sort_by_cached_key(|left| left.urgency());
    let has_days = left.iter().any(|left| left.last != [None, None]);
    let has_departments = !overview.departments.is_empty();
    let row = |one: &&Left<'_>| -> Row {
        let change = one.compared.filter(|compared| *compared != Compared::Unchanged);
        let change =
            change.map_or(String::new(), |compared| format!("\n({})", words::compared(compared).get(lang)));
        let port = one.port.map(|port| format!("\n{port}")).unwrap_or_default();
        let days = has_days.then(|| one.last_days("\n").get(lang).to_owned());
        let cells = [format!("{}{change}", one.result().get(lang))].into_iter().chain(days);
        let whose = has_departments.then(|| or_dash(one.department)).into_iter().chain([
            clean(one.computer),
            or_dash(one.user),
            clean(one.client_name),
            clean(one.account),
            format!("{}{port}", or_dash(one.server)),
        ]);
        cells.chain(whose).collect()
    };
    let rows: Vec<Row> = left.iter().take(MAX_LEFT).map(row).collect();
    let head: Row = [
        Some(Text::fixed("判定", "result")),
        has_days.then_some(Text::fixed("最後の日", "last day")),
        has_departments.then_some(Text::fixed("部署", "department")),
        Some(Text::fixed("コンピューター", "computer")),
        Some(Text::fixed("ユーザー", "user")),
        Some(Text::fixed("メールソフト", "mail client")),
        Some(Text::fixed("アカウント", "account")),
        Some(Text::fixed("送信サーバー", "outgoing server")),
    ]
    .iter()
    .flatten()
    .map(|text| text.get(lang).to_owned())
    .collect();
    grid(&head, &rows, look.width, look.line_drawing) + &more(left.len(), MAX_LEFT, lang)
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "-".to_owned() } else { clean(text) }
}

fn resolved(overview: &Overview<'_>, look: Look) -> Option<String> {
    let lang = look.lang;
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
        lines.extend(look.wrap("  - ", &clean(&line)));
    }
    Some(lines.join("\n") + "\n" + &more(resolved.len(), MAX_LEFT, lang))
}

fn doubts(overview: &Overview<'_>, look: Look) -> Option<String> {
    let lines: Vec<String> =
        overview.doubts().iter().flat_map(|doubt| look.wrap("", &clean(doubt.get(look.lang)))).collect();
    (!lines.is_empty()).then(|| lines.join("\n") + "\n")
}

/// Computers that don't report, in a few lines: of many only the first are named.
fn not_reported(overview: &Overview<'_>, look: Look) -> Vec<String> {
    let (silent, absent) = (&overview.reach.silent, &overview.reach.absent);
    let silent: Vec<String> = silent.iter().take(MAX_LEFT).map(Silent::text).collect();
    let absent: Vec<String> = absent.iter().take(MAX_LEFT).map(Absent::text).collect();
    let part = |title: &Text, names: &[String], all: usize| {
        let mut lines = look.wrap("", &format!("{}: {all}", title.get(look.lang)));
        lines.extend(look.wrap("  ", &names.join(", ")));
        lines.join("\n") + "\n" + &more(all, MAX_LEFT, look.lang)
    };
    [
        (reach::never(), absent, overview.reach.absent.len()),
        (reach::silent(), silent, overview.reach.silent.len()),
    ]
    .into_iter()
    .filter(|(_, _, all)| *all > 0)
    .map(|(title, names, all)| part(&title, &names, all))
    .collect()
}

fn not_known(overview: &Overview<'_>, look: Look) -> Vec<String> {
    let lang = look.lang;
    let mut parts = Vec::new();
    if !overview.incomplete.is_empty() {
        let mut lines = vec![
            Text::fixed(
                "すべては調べられなかったコンピューター:",
                "Computers of which not all could be read:",
            )
            .get(lang)
            .to_owned(),
        ];
        for one in overview.incomplete.iter().take(MAX_LEFT) {
            lines.extend(look.wrap("  - ", &clean(one.text().get(lang))));
        }
        parts.push(lines.join("\n") + "\n" + &more(overview.incomplete.len(), MAX_LEFT, lang));
    }
    if !overview.problems.is_empty() {
        let mut lines = vec![
            Text::fixed("読み取れなかった報告:", "Reports that could not be read:").get(lang).to_owned(),
        ];
        for problem in overview.problems.iter().take(MAX_LEFT) {
            lines.push(format!("  - {}", clean(&problem.place.to_string())));
            lines.extend(look.wrap("    ", &clean(problem.message.get(lang))));
        }
        parts.push(lines.join("\n") + "\n" + &more(overview.problems.len(), MAX_LEFT, lang));
    }
    parts
}
