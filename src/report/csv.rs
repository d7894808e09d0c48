//! CSV for ticket systems and Excel: one row per finding, fixed columns, UTF-8 with a byte order mark.

use super::blocks::with_numbers;
use super::clean::clean;
use super::reasons;
use crate::model::{
    Auth, Compared, Credentials, Finding, Incoming, Lang, LogOnFirst, Note, Partial, PasswordNeeded, Port,
    Protocol, Report, Security, Stop, ToSet,
};
use csv::{QuoteStyle, Terminator, WriterBuilder};

/// The columns, in their order. More may be added behind the last; none is renamed, removed or moved. docs/csv.md says what
/// they hold.
pub const COLUMNS: [&str; 47] = [
    "computer",
    "started_at",
    "user",
    "user_sid",
    "id",
    "action",
    "verdict",
    "verdict_ja",
    "verdict_en",
    "deviations",
    "client",
    "client_name",
    "client_version",
    "client_installed",
    "in_use",
    "profile",
    "account",
    "addresses",
    "default_account",
    "incoming_protocol",
    "incoming_host",
    "incoming_port",
    "incoming_security",
    "outgoing_host",
    "outgoing_port",
    "outgoing_port_is_default",
    "outgoing_security",
    "outgoing_auth",
    "outgoing_credentials",
    "pop_before_smtp",
    "confidence",
    "notes",
    "source",
    "steps_ja",
    "steps_en",
    "change",
    "to_set",
    "provider",
    "stops_working_on",
    "days_left",
    "incoming_auth",
    "incoming_provider",
    "incoming_deviations",
    "incoming_to_set",
    "incoming_stops_working_on",
    "password_needed",
    "policy_is_old",
];

/// Excel takes a file for UTF-8 only with it.
pub(crate) const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// The whole table with its heading.
pub fn render(report: &Report) -> String {
    let rows = report.findings.iter().map(|finding| row(report, finding).to_vec());
    table(&COLUMNS, rows)
}

/// A table with a heading: every cell quoted, guarded and without control characters.
pub(crate) fn table(columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Always)
        .terminator(Terminator::CRLF)
        .from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    // A vector takes everything.
    let _ = writer.write_record(columns);
    for row in rows {
        let cells = columns.iter().zip(&row);
        let _ = writer.write_record(cells.map(|(column, cell)| guarded(column, cell)));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// The columns of several lines: their line ends are ours, as what stands between them is clean.
const OF_LINES: [&str; 3] = ["addresses", "steps_ja", "steps_en"];

/// A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection"; the full-width forms count where the
/// locale is Japanese): an apostrophe in front makes it text.
fn guarded(column: &str, cell: &str) -> String {
    let cell = if OF_LINES.contains(&column) {
        cell.split('\n').map(clean).collect::<Vec<_>>().join("\n")
    } else {
        clean(cell)
    };
    if cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
        return format!("'{cell}");
    }
    cell
}

fn row(report: &Report, finding: &Finding) -> [String; 47] {
    let account = &finding.account;
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let truth = |value: Option<bool>| value.map(|value| value.to_string()).unwrap_or_default();
    let incoming: Option<&Incoming> = account.incoming.as_ref();
    let out: Partial = account.outgoing.seen().unwrap_or_default();
    let receiving = &finding.receiving;
    let has_outgoing = account.outgoing.seen().is_some();
    let verdict = reasons::json_verdict(finding);
    let number = |port: Option<u16>| port.map(|port| port.to_string()).unwrap_or_default();
    [
        text(finding.computer.as_deref()),
        report.scan.started_at.clone(),
        text(finding.user.as_deref()),
        text(finding.user_sid.as_deref()),
        finding.id.clone(),
        finding.action.code().to_owned(),
        finding.verdict.code().to_owned(),
        verdict.ja.into_owned(),
        verdict.en.into_owned(),
        finding.deviations.iter().map(|deviation| deviation.code()).collect::<Vec<_>>().join(" "),
        account.client.to_owned(),
        account.client_name.clone(),
        text(account.client_version.as_deref()),
        truth(account.client_installed),
        account.in_use.code().to_owned(),
        text(account.profile.as_deref()),
        account.name.clone(),
        one_line(&account.addresses).join("\n"),
        truth(account.default_account),
        text(incoming.map(|incoming| Protocol::code(incoming.protocol))),
        text(incoming.and_then(|incoming| incoming.host.as_deref())),
        number(incoming.and_then(|incoming| incoming.port)),
        text(incoming.and_then(|incoming| incoming.security).map(Security::code)),
        text(out.host.as_deref()),
        number(out.port.and_then(Port::number)),
        truth(out.port.map(|port| !matches!(port, Port::Stored(_)))),
        text(out.security.map(Security::code)),
        text(has_outgoing.then(|| out.auth.map_or("unknown", Auth::code))),
        text(out.credentials.map(Credentials::code)),
        truth(out.log_on_first.map(|switch| switch == LogOnFirst::On)),
        account.confidence.code().to_owned(),
        finding.notes.iter().map(Note::code).collect::<Vec<_>>().join(" "),
        account.source.clone(),
        steps(finding, Lang::Ja),
        steps(finding, Lang::En),
        text(finding.compared.map(Compared::code)),
        to_set(&finding.to_set),
        text(finding.provider.as_deref()),
        text(finding.stops.as_ref().and_then(|stop| stop.until.word()).as_deref()),
        finding.stops.as_ref().and_then(Stop::days_left).map(|days| days.to_string()).unwrap_or_default(),
        text(incoming.and_then(|incoming| incoming.auth).map(Auth::code)),
        text(receiving.provider.as_deref()),
        receiving.deviations.iter().map(|deviation| deviation.code()).collect::<Vec<_>>().join(" "),
        to_set(&receiving.to_set),
        text(receiving.stops.as_ref().and_then(|stop| stop.until.word()).as_deref()),
        text(finding.password_needed.map(PasswordNeeded::code)),
        is_old(report, finding).to_string(),
    ]
}

/// True if it was judged by a built-in policy that nobody has looked up for long.
fn is_old(report: &Report, finding: &Finding) -> bool {
    let mut judged = finding.provider.iter().chain(&finding.receiving.provider);
    let old = || report.scan.policy_details.iter().filter(|policy| policy.is_old);
    judged.any(|id| old().any(|policy| policy.id == *id))
}

/// `port 25 587; auth none password`: setting, now, then; `?` where it is not known, `-` where there is nothing to set it to.
fn to_set(list: &[ToSet]) -> String {
    let shown = |set: &ToSet| {
        let now = set.now.as_deref().unwrap_or("?");
        format!("{} {now} {}", set.setting.code(), set.then.as_deref().unwrap_or("-"))
    };
    list.iter().map(shown).collect::<Vec<_>>().join("; ")
}

/// A line end inside an address would begin a line of the cell.
fn one_line(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| clean(text)).collect()
}

fn steps(finding: &Finding, lang: Lang) -> String {
    let lines = with_numbers(&finding.steps).map(|(number, step)| {
        let text = clean(step.get(lang));
        number.map_or_else(|| text.clone(), |number| format!("{number}. {text}"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, shown) in [
            ("taro@example.jp", "taro@example.jp"),
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("＝1+1", "'＝1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("  +1", "'  +1"),
            ("-1", "'-1"),
            ("\t=1", "\\u{9}=1"),
            ("a\rb", "a\\u{d}b"),
            ("a\r\n=1", "a\\u{d}\\u{a}=1"),
            ("", ""),
        ] {
            assert_eq!(guarded("account", cell), shown);
        }
    }
}
