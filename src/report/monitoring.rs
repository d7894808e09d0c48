//! One line for Intune and for the Nagios family, by those systems' own rules, and the exit codes that go with them.

use super::beside;
use super::clean::clean;
use super::ends;
use super::facts::{self, Counts};
use super::words;
use crate::model::{Action, Finding, Lang, Report, Text, Verdict, iso};

/// One ASCII line: Intune keeps the last line of stdout, decoded by a code page of its own.
pub fn intune(report: &Report) -> String {
    let Counts { change, check, ok, rest, issues } = facts::counts(report);
    let version = env!("CARGO_PKG_VERSION");
    let old = report.scan.policy_details.iter().filter(|policy| policy.is_old).count();
    let old = if old > 0 { format!(" old_policies={old}") } else { String::new() };
    format!(
        "change={change} check={check} ok={ok} none={rest} issues={issues}{}{old} v={version}\n",
        next(report)
    )
}

/// What Intune gets to see when the check itself fails: ASCII, as English is.
pub fn intune_failure(why: &Text) -> String {
    format!("failed: {} v={}\n", why.en, env!("CARGO_PKG_VERSION"))
}

/// The states of a Nagios plugin (Monitoring Plugins Development Guidelines, "Plugin Return Codes").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// 0
    Ok,
    /// 1: an account deviates from the policy.
    Warning,
    /// 2: an account does not authenticate.
    Critical,
    /// 3: something has to be checked by hand or could not be read.
    Unknown,
}

impl State {
    /// The exit code.
    pub const fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Warning => 1,
            Self::Critical => 2,
            Self::Unknown => 3,
        }
    }

    /// The word that begins the line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::Warning => "WARNING",
            Self::Critical => "CRITICAL",
            Self::Unknown => "UNKNOWN",
        }
    }

    /// The worst state of a report, in the order 2, 1, 3; only what `counts` lets through is looked at.
    pub fn of(report: &Report, counts: impl Fn(&Finding) -> bool, issues_count: bool) -> Self {
        let any = |wanted: &dyn Fn(&Finding) -> bool| report.findings.iter().any(|f| wanted(f) && counts(f));
        if any(&is_without) {
            Self::Critical
        } else if any(&|f| f.action == Action::Change) {
            Self::Warning
        } else if any(&|f| f.action == Action::CheckByHand) || (issues_count && !report.issues.is_empty()) {
            Self::Unknown
        } else {
            Self::Ok
        }
    }
}

/// To be changed, as it does not authenticate.
fn is_without(finding: &Finding) -> bool {
    let verdicts = [Verdict::PopBeforeSmtp, Verdict::NoSmtpAuth];
    finding.is_change_of_sending() && verdicts.contains(&finding.verdict)
}

/// The last good day that comes first, of those that have not passed and on which something stops for certain:
/// ` next=2026-12-31`.
fn next(report: &Report) -> String {
    let tally = report.summary().tally;
    let certain = tally.stops.iter().filter(|(_, stopping)| stopping.is_certain());
    let days = certain.filter_map(|(day, _)| day.0.last_day());
    let first = days.filter(|last| report.scan.as_of.is_none_or(|day| *last >= day)).min();
    first.map(|day| format!(" next={}", iso(day))).unwrap_or_default()
}

/// A status line with performance data, and below it one line per account that needs something.
pub fn nagios(report: &Report, state: State, lang: Lang) -> String {
    let Counts { change, check, ok, rest, issues } = facts::counts(report);
    let without = report.findings.iter().filter(|finding| is_without(finding)).count();
    let is_receiving =
        |finding: &&Finding| finding.action == Action::Change && !finding.is_change_of_sending();
    let receiving = report.findings.iter().filter(is_receiving).count();
    let off_policy = change - without - receiving;
    let (of_ja, of_en, of_data) = if receiving > 0 {
        let data = format!(" receiving={receiving}");
        (format!("、受信の変更が必要 {receiving}"), format!(", {receiving} to change for receiving"), data)
    } else {
        Default::default()
    };
    let text = Text::new(
        format!(
            "SMTP認証なし {without}、設定の変更が必要 {off_policy}{of_ja}、要確認 {check}、OK {ok}、読み取り不可 {issues}"
        ),
        format!(
            "{without} without SMTP-AUTH, {off_policy} off policy{of_en}, {check} to check, {ok} ok, {issues} not read"
        ),
    );
    // Performance data has no number for it: its names are fixed in people's graphs; those of receiving come behind them.
    let not_shown = facts::not_shown(report).map(|text| format!(" ({})", text.get(lang))).unwrap_or_default();
    let ends: Vec<String> = ends::what_ends(&report.summary().tally.stops)
        .iter()
        .chain(&beside::old_policies(report))
        .map(|text| text.get(lang).to_owned())
        .collect();
    let ends = if ends.is_empty() { String::new() } else { plain(&format!("; {}", ends.join("; "))) };
    let mut lines = vec![format!(
        "SMTP-AUTH {}: {}{ends}{not_shown} | no_auth={without} off_policy={off_policy} check={check} ok={ok} none={rest} issues={issues}{of_data}",
        state.word(),
        text.get(lang),
    )];
    let several = report.has_several_computers();
    for finding in facts::by_urgency(report).into_iter().filter(|finding| finding.action != Action::None) {
        let server = words::server(finding.account.outgoing.seen().as_ref(), lang, " ");
        let mut what = facts::owners(several, finding.computer.as_deref(), finding.user.as_deref());
        what.extend([finding.account.client_name.as_str(), &finding.account.name, &server]);
        lines.push(plain(&format!("{}: {}", facts::heading(finding, lang), what.join(", "))));
    }
    for issue in &report.issues {
        let mut what = facts::owners(several, issue.computer.as_deref(), None);
        what.push(&issue.place);
        lines.push(plain(&format!("{}: {}", what.join(", "), issue.message.get(lang))));
    }
    lines.join("\n") + "\n"
}

/// What Nagios prints when the check itself fails.
pub fn nagios_failure(why: &Text, lang: Lang) -> String {
    let text = Text::new(
        format!("調査を実行できませんでした: {}", why.ja),
        format!("the check did not run: {}", why.en),
    );
    format!("SMTP-AUTH {}: {}\n", State::Unknown.word(), text.get(lang))
}

/// A vertical bar would begin performance data.
fn plain(text: &str) -> String {
    clean(text).replace('|', "/")
}
