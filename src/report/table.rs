//! The report for people at a terminal: what could not be read, what to do, the table, and last the answer in a sentence.

use super::answer::{Mood, answer, named};
use super::blocks::{self, Look};
use super::clean::clean;
use super::facts::{self, Unread};
use super::{brief, changes, checks, grid, passages, probes, words};
use crate::model::{
    Action, Aspect, Finding, Lang, Note, Partial, Report, ScannedUser, Security, Text, UserStatus, Verdict,
};
use anstyle::AnsiColor;

/// From so many columns on there is a grid; below it would break every word.
const GRID: usize = 100;

/// The whole report.
pub fn render(report: &Report, look: Look) -> String {
    let findings = facts::by_urgency(report);
    let several = report.has_several_computers();
    let mut parts: Vec<String> = issues(report, look).into_iter().collect();
    let numbered = || findings.iter().enumerate().map(|(index, finding)| (index + 1, *finding));
    let told: Vec<(usize, &Finding)> =
        numbered().filter(|(_, finding)| look.explain || finding.action != Action::None).collect();
    let steps: Vec<(usize, &[Text])> =
        told.iter().map(|(number, finding)| (*number, finding.steps.as_slice())).collect();
    let before = checks::shared(&steps);
    parts.extend(before.first().map(|step| look.wrap("", &clean(step.get(look.lang))).join("\n") + "\n"));
    parts
        .extend(told.iter().map(|(number, finding)| blocks::render(*number, finding, several, before, look)));
    parts.extend(blocks::checks(&steps, look));
    let mut done = facts::resolved(report, look.lang).into_iter();
    parts.extend(done.next().map(|head| {
        let lines = done.flat_map(|line| look.wrap("  - ", &clean(&line)));
        std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n") + "\n"
    }));
    if look.explain && !report.scan.passages.is_empty() {
        parts.push(passages::render(&report.scan.passages, look.lang));
    }
    if !findings.is_empty() {
        let table =
            if look.width < GRID { list(&findings, several, look) } else { table(&findings, several, look) };
        parts.push(table);
    }
    parts.extend(probes::beside(report, &told.iter().map(|(_, finding)| *finding).collect::<Vec<_>>(), look));
    parts.push(last(report, look));
    parts.join("\n")
}

/// What the whole comes to; last of all the answer.
fn last(report: &Report, look: Look) -> String {
    let mut lines: Vec<String> =
        facts::remarks(report, look.lang).iter().flat_map(|line| look.wrap("", &clean(line))).collect();
    if report.findings.is_empty() {
        lines.extend(examined(report, look));
    }
    let answer = answer(report);
    let color = match answer.mood {
        Mood::Bad => AnsiColor::Red,
        Mood::Unsure => AnsiColor::Yellow,
        Mood::Fine => AnsiColor::Green,
    };
    let answer = look.wrap("", &clean(answer.text.get(look.lang)));
    lines.extend(answer.iter().map(|line| look.painted(line, Some(color))));
    lines.join("\n") + "\n"
}

/// Every account as a row.
fn table(findings: &[&Finding], several: bool, look: Look) -> String {
    let lang = look.lang;
    let [number, result, rest @ ..] = match lang {
        Lang::Ja => ["", "判定", "ユーザー", "メールソフト", "アカウント", "送信サーバー", "変更点"],
        Lang::En => ["", "result", "user", "mail client", "account", "outgoing server", "to change"],
    };
    let computer = several.then_some(facts::COMPUTER.get(lang));
    let head: grid::Row =
        [number, result].into_iter().chain(computer).chain(rest).map(str::to_owned).collect();
    let row = |(index, finding): (usize, &&Finding)| {
        let account = &finding.account;
        let computer = several.then(|| clean(facts::computer(finding)));
        let row = [(index + 1).to_string(), facts::result(finding, lang)].into_iter().chain(computer);
        row.chain([
            clean(finding.user.as_deref().unwrap_or("-")),
            clean(&account.client_name),
            clean(&account.name),
            server(finding, lang).join("\n"),
            to_change(finding, lang),
        ])
        .collect()
    };
    let rows: Vec<grid::Row> = findings.iter().enumerate().map(row).collect();
    let drawn = grid::grid(&head, &rows, look.width, look.line_drawing);
    drawn.lines().map(|line| painted(line, findings, look) + "\n").collect()
}

/// A row's line with its result in colour: it stands behind the number, before anything that a setting may say.
fn painted(line: &str, findings: &[&Finding], look: Look) -> String {
    let mut cells = line.splitn(4, ['|', '\u{2502}', '\u{2506}']);
    let found = cells.nth(1).zip(cells.next()).and_then(|(number, cell)| {
        let index = number.trim().parse::<usize>().ok()?.checked_sub(1)?;
        Some((findings.get(index)?, cell.trim()))
    });
    match found {
        Some((finding, word)) => {
            let color = blocks::color_of(finding);
            line.replacen(&format!(" {word} "), &format!(" {} ", look.painted(word, color)), 1)
        }
        None => line.to_owned(),
    }
}

/// Two lines for each account that needs something, the rest counted.
fn list(findings: &[&Finding], several: bool, look: Look) -> String {
    let lang = look.lang;
    let (open, rest): (Vec<&Finding>, Vec<&Finding>) =
        findings.iter().partition(|finding| finding.action != Action::None);
    let mut lines = Vec::new();
    for (index, finding) in open.iter().enumerate() {
        let (number, result) = (format!("{:>2} ", index + 1), facts::result(finding, lang));
        let who = clean(&brief::who(finding, several, lang));
        let first = grid::lines(&format!("{number}{result} "), &who, look.width);
        let color = blocks::color_of(finding);
        lines.extend(first.iter().map(|line| line.replacen(&result, &look.painted(&result, color), 1)));
        let server = match server(finding, lang).join(", ") {
            none if none == "-" => Text::fixed("送信サーバー不明", "server not known").get(lang).to_owned(),
            server => server,
        };
        let what = format!("{server}: {}", to_change(finding, lang));
        lines.extend(grid::lines("      ", &what, look.width));
    }
    let is_ok = |finding: &&Finding| finding.verdict == Verdict::SmtpAuth;
    let (ok, none): (Vec<&Finding>, Vec<&Finding>) = rest.into_iter().partition(is_ok);
    let counted = [(ok, true), (none, false)].into_iter().filter(|(list, _)| !list.is_empty());
    let counted: Vec<String> = counted
        .map(|(list, is_ok)| {
            let word = words::action(Action::None, is_ok);
            format!("{} {}: {}", word.get(lang), list.len(), clean(named(&list).get(lang)))
        })
        .collect();
    if !counted.is_empty() {
        let head = match (lang, open.is_empty()) {
            (_, true) => "",
            (Lang::Ja, false) => "   ほかに ",
            (Lang::En, false) => "   others: ",
        };
        lines.extend(grid::lines(head, &counted.join("; "), look.width));
    }
    lines.join("\n") + "\n"
}

fn to_change(finding: &Finding, lang: Lang) -> String {
    let items = changes::in_short(finding, lang);
    grid::items(&items.iter().map(|item| clean(item)).collect::<Vec<_>>())
}

/// The server, with its port unless that stands in the column of what to change, and a mark where a password goes to it
/// in the clear.
fn server(finding: &Finding, lang: Lang) -> Vec<String> {
    let mut seen = finding.account.outgoing.seen();
    if finding.action != Action::None && finding.to_set.iter().any(|set| set.setting == Aspect::Port) {
        seen = seen.map(|seen| Partial { port: None, ..seen });
    }
    let mut lines = vec![clean(&words::address(seen.as_ref(), lang))];
    if finding.notes.contains(&Note::AuthWithoutTls) {
        lines.push(words::security(Security::Plain).get(lang).to_owned());
    }
    lines
}

/// Whose settings were looked at, where nothing was found and nothing kept back.
fn examined(report: &Report, look: Look) -> Vec<String> {
    if report.not_shown > 0 || !report.issues.is_empty() {
        return Vec::new();
    }
    let several = report.has_several_computers();
    let users = report.scan.users.iter();
    let names: Vec<String> = users.map(|user| shown_name(user, several, look.lang)).collect();
    let head = Text::fixed("調べたユーザー: ", "users examined: ");
    look.wrap(head.get(look.lang), &names.join(", "))
}

fn shown_name(user: &ScannedUser, several: bool, lang: Lang) -> String {
    let fallback = Text::fixed("(ファイル)", "(file)");
    let name = user.name.as_deref().unwrap_or(fallback.get(lang));
    match user.computer.as_deref().filter(|_| several) {
        Some(computer) => clean(&format!("{name} ({computer})")),
        None => clean(name),
    }
}

fn issues(report: &Report, look: Look) -> Option<String> {
    let lang = look.lang;
    if report.issues.is_empty() {
        return None;
    }
    let mut lines = vec![facts::NOT_READ.get(lang).to_owned()];
    for Unread { owners, message, places } in facts::unread(report) {
        let owner = if owners.is_empty() { String::new() } else { clean(&owners.join(", ")) + ": " };
        let message = clean(message.get(lang));
        if let [place] = *places {
            lines.push(format!("  - {owner}{}", clean(place)));
            lines.extend(look.wrap("    ", &message));
        } else {
            lines.extend(look.wrap("  - ", &format!("{owner}{message}")));
            lines.extend(places.iter().map(|place| format!("      {}", clean(place))));
        }
    }
    let several = report.has_several_computers();
    for user in report.scan.users.iter().filter(|user| user.status == UserStatus::NotRead) {
        lines.push(format!("  * {}: {}", shown_name(user, several, lang), facts::USER_NOT_READ.get(lang)));
    }
    Some(lines.join("\n") + "\n")
}
