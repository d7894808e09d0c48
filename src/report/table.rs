//! The table for people, the blocks below it, what could not be read, and the sum.

use super::blocks::{self, Look, WIDTH, wrap};
use super::clean::clean;
use super::facts::{self, Unread};
use super::passages;
use super::words;
use crate::model::{Finding, Lang, Note, Report, ScannedUser, Security, Text, UserStatus};
use comfy_table::presets::{ASCII_FULL_CONDENSED, UTF8_FULL_CONDENSED};
use comfy_table::{ContentArrangement, Table};

/// The whole report for a terminal of 80 columns.
pub fn render(report: &Report, look: Look) -> String {
    let findings = facts::by_urgency(report);
    let several = report.has_several_computers();
    let mut parts = Vec::new();
    if findings.is_empty() {
        parts.extend(no_account(report, look.lang));
    } else {
        parts.push(table(&findings, several, look));
    }
    let numbered = findings.iter().enumerate();
    parts.extend(numbered.map(|(index, finding)| blocks::render(index + 1, finding, several, look)));
    let mut done = facts::resolved(report, look.lang).into_iter();
    parts.extend(done.next().map(|head| {
        let lines = done.flat_map(|line| wrap("  - ", &clean(&line)));
        std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n") + "\n"
    }));
    parts.extend(issues(report, look.lang));
    if look.explain && !report.scan.passages.is_empty() {
        parts.push(passages::render(&report.scan.passages, look.lang));
    }
    parts.push(facts::sum(report, look.lang).join("\n") + "\n");
    parts.join("\n")
}

fn table(findings: &[&Finding], several: bool, look: Look) -> String {
    let lang = look.lang;
    let mut table = Table::new();
    let width = u16::try_from(WIDTH).unwrap_or(u16::MAX);
    // Box drawing is double width on Japanese consoles.
    table.load_style(if look.line_drawing { UTF8_FULL_CONDENSED } else { ASCII_FULL_CONDENSED });
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    let [number, result, rest @ ..] = match lang {
        Lang::Ja => ["", "判定", "ユーザー", "メールソフト", "アカウント", "送信サーバー"],
        Lang::En => ["", "result", "user", "mail client", "account", "outgoing server"],
    };
    let computer = several.then_some(facts::COMPUTER.get(lang));
    table.set_header([number, result].into_iter().chain(computer).chain(rest));
    for (index, finding) in findings.iter().enumerate() {
        let account = &finding.account;
        let computer = several.then(|| clean(facts::computer(finding)));
        let row = [(index + 1).to_string(), facts::result(finding, lang)].into_iter().chain(computer);
        table.add_row(row.chain([
            clean(finding.user.as_deref().unwrap_or("-")),
            clean(&account.client_name),
            clean(&account.name),
            server(finding, lang),
        ]));
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The server, its port below it, and below that a mark where a password goes to it in the clear.
fn server(finding: &Finding, lang: Lang) -> String {
    let server = words::server(finding.account.outgoing.seen().as_ref(), lang, "\n");
    let mut lines: Vec<String> = server.split('\n').map(clean).collect();
    if finding.notes.contains(&Note::AuthWithoutTls) {
        lines.push(words::security(Security::Plain).get(lang).to_owned());
    }
    lines.join("\n")
}

fn no_account(report: &Report, lang: Lang) -> Vec<String> {
    let mut lines = wrap("", facts::no_account(report).get(lang));
    if report.not_shown == 0 && report.issues.is_empty() {
        let several = report.has_several_computers();
        let users = report.scan.users.iter();
        let names: Vec<String> = users.map(|user| shown_name(user, several, lang)).collect();
        let head = Text::fixed("調べたユーザー: ", "users examined: ");
        lines.extend(wrap(head.get(lang), &names.join(", ")));
    }
    vec![lines.join("\n") + "\n"]
}

fn shown_name(user: &ScannedUser, several: bool, lang: Lang) -> String {
    let fallback = Text::fixed("(ファイル)", "(file)");
    let name = user.name.as_deref().unwrap_or(fallback.get(lang));
    match user.computer.as_deref().filter(|_| several) {
        Some(computer) => clean(&format!("{name} ({computer})")),
        None => clean(name),
    }
}

fn issues(report: &Report, lang: Lang) -> Option<String> {
    if report.issues.is_empty() {
        return None;
    }
    let mut lines = vec![facts::NOT_READ.get(lang).to_owned()];
    for Unread { owners, message, places } in facts::unread(report) {
        let owner = if owners.is_empty() { String::new() } else { clean(&owners.join(", ")) + ": " };
        let message = clean(message.get(lang));
        if let [place] = *places {
            lines.push(format!("  - {owner}{}", clean(place)));
            lines.extend(wrap("    ", &message));
        } else {
            lines.extend(wrap("  - ", &format!("{owner}{message}")));
            lines.extend(places.iter().map(|place| format!("      {}", clean(place))));
        }
    }
    let several = report.has_several_computers();
    for user in report.scan.users.iter().filter(|user| user.status == UserStatus::NotRead) {
        lines.push(format!("  * {}: {}", shown_name(user, several, lang), facts::USER_NOT_READ.get(lang)));
    }
    Some(lines.join("\n") + "\n")
}
