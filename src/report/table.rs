//! The table for people, the blocks below it, what could not be read, and the sum.

use super::blocks::{self, Look, WIDTH, wrap};
use super::clean::clean;
use super::words;
use crate::model::{Action, Finding, Issue, Lang, Report, ScannedUser, Text, UserStatus, Verdict};
use comfy_table::presets::{ASCII_FULL_CONDENSED, UTF8_FULL_CONDENSED};
use comfy_table::{ContentArrangement, Table};

/// The whole report for a terminal of 80 columns.
pub fn render(report: &Report, look: Look) -> String {
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    // The most urgent first; the order within stays that of the report.
    findings.sort_by_key(|finding| {
        let is_ok = finding.verdict == Verdict::SmtpAuth;
        (finding.action, finding.action == Action::None && !is_ok, finding.verdict)
    });
    let mut parts = Vec::new();
    if findings.is_empty() {
        parts.extend(no_account(report, look.lang));
    } else {
        parts.push(table(&findings, look));
    }
    let numbered = findings.iter().enumerate();
    parts.extend(numbered.map(|(index, finding)| blocks::render(index + 1, finding, look)));
    parts.extend(issues(report, look.lang));
    parts.push(sum(report, look.lang));
    parts.join("\n")
}

fn table(findings: &[&Finding], look: Look) -> String {
    let lang = look.lang;
    let mut table = Table::new();
    let width = u16::try_from(WIDTH).unwrap_or(u16::MAX);
    // Box drawing is double width on Japanese consoles.
    table.load_style(if look.line_drawing { UTF8_FULL_CONDENSED } else { ASCII_FULL_CONDENSED });
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.set_header(match lang {
        Lang::Ja => ["", "判定", "ユーザー", "メールソフト", "アカウント", "送信サーバー"],
        Lang::En => ["", "result", "user", "mail client", "account", "outgoing server"],
    });
    for (index, finding) in findings.iter().enumerate() {
        let account = &finding.account;
        let is_ok = finding.verdict == Verdict::SmtpAuth;
        table.add_row([
            (index + 1).to_string(),
            words::action(finding.action, is_ok).get(lang).to_owned(),
            clean(finding.user.as_deref().unwrap_or("-")),
            clean(&account.client_name),
            clean(&account.name),
            words::server(account.outgoing.seen().as_ref(), lang, "\n")
                .split('\n')
                .map(clean)
                .collect::<Vec<_>>()
                .join("\n"),
        ]);
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// "No account" and "could not look" are different answers.
fn no_account(report: &Report, lang: Lang) -> Vec<String> {
    let text = if report.issues.is_empty() {
        Text::fixed("メールアカウントは見つかりませんでした。", "No mail account was found.")
    } else {
        Text::fixed(
            "読み取れた範囲では、メールアカウントは見つかりませんでした。読み取れなかったものがあります。",
            "No mail account was found in what could be read; some of it could not be read.",
        )
    };
    let mut lines = wrap("", text.get(lang));
    if report.not_shown == 0 && report.issues.is_empty() {
        let names: Vec<String> = report.scan.users.iter().map(|user| shown_name(user, lang)).collect();
        let head = Text::fixed("調べたユーザー: ", "users examined: ");
        lines.extend(wrap(head.get(lang), &names.join(", ")));
    }
    vec![lines.join("\n") + "\n"]
}

fn shown_name(user: &ScannedUser, lang: Lang) -> String {
    let fallback = Text::fixed("(ファイル)", "(file)").get(lang).to_owned();
    user.name.as_deref().map_or(fallback, clean)
}

fn issues(report: &Report, lang: Lang) -> Option<String> {
    if report.issues.is_empty() {
        return None;
    }
    let head = Text::fixed("読み取れなかったもの:", "What could not be read:");
    let mut lines = vec![head.get(lang).to_owned()];
    for Issue { user, place, message, .. } in &report.issues {
        let owner = user.as_deref().map(|user| format!("{}: ", clean(user))).unwrap_or_default();
        lines.push(format!("  - {owner}{}", clean(place)));
        lines.extend(wrap("    ", &clean(message.get(lang))));
    }
    for user in report.scan.users.iter().filter(|user| user.status == UserStatus::NotRead) {
        let text = Text::fixed("このユーザーは調べられませんでした", "this user could not be examined");
        lines.push(format!("  * {}: {}", shown_name(user, lang), text.get(lang)));
    }
    Some(lines.join("\n") + "\n")
}

fn sum(report: &Report, lang: Lang) -> String {
    let summary = report.summary();
    let number =
        |action| summary.actions.iter().zip(Action::ALL).find(|(_, a)| *a == action).map_or(0, |(n, _)| *n);
    let (change, check) = (number(Action::Change), number(Action::CheckByHand));
    let ok =
        report.findings.iter().filter(|f| f.action == Action::None && f.verdict == Verdict::SmtpAuth).count();
    let rest = number(Action::None) - ok;
    let mut line = match lang {
        Lang::Ja => format!("要変更 {change}  要確認 {check}  OK {ok}  対象外 {rest}"),
        Lang::En => format!("change {change}  check {check}  ok {ok}  n/a {rest}"),
    };
    if !report.issues.is_empty() {
        let text = Text::fixed("読み取り不可", "not read");
        line = format!("{line}  {} {}", text.get(lang), report.issues.len());
    }
    if report.not_shown > 0 {
        line = match lang {
            Lang::Ja => format!("{line}\n条件に合わないため表示していないアカウント: {}", report.not_shown),
            Lang::En => format!("{line}\naccounts not shown because of the filters: {}", report.not_shown),
        };
    }
    line + "\n"
}
