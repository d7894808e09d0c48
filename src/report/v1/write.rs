//! Report v1, written as JSON and JSON Lines: structures of its own, so that the model can change without breaking scripts.

use super::words::UNKNOWN;
use super::{FINDING, SCHEMA, SUMMARY};
use crate::model::{
    Action, Auth, Compared, Credentials, Evidence, Finding, Incoming, Issue, LogOnFirst, Partial, Port,
    Report, Resolved, ScannedUser, Security, Text, ToSet, Verdict,
};
use crate::report::clean::{CleanJson, clean_json};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(Serialize)]
struct ReportV1<'a> {
    schema: &'static str,
    tool: ToolV1,
    computer: Option<&'a str>,
    scan: ScanV1<'a>,
    summary: SummaryV1,
    findings: Vec<FindingV1<'a>>,
    resolved: Vec<ResolvedV1<'a>>,
    issues: Vec<IssueV1<'a>>,
}

/// A line of JSON Lines.
#[derive(Serialize)]
struct FindingLineV1<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    schema: &'static str,
    started_at: &'a str,
    #[serde(flatten)]
    finding: FindingV1<'a>,
}

/// The last line of JSON Lines.
#[derive(Serialize)]
struct SummaryLineV1<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    schema: &'static str,
    tool: ToolV1,
    computer: Option<&'a str>,
    scan: ScanV1<'a>,
    summary: SummaryV1,
    resolved: Vec<ResolvedV1<'a>>,
    issues: Vec<IssueV1<'a>>,
}

/// A finding of the baseline that needed something and does not any more.
#[derive(Serialize)]
struct ResolvedV1<'a> {
    computer: Option<&'a str>,
    id: &'a str,
    user: Option<&'a str>,
    client_name: &'a str,
    account: &'a str,
    was: &'static str,
    now: Option<&'static str>,
}

#[derive(Serialize)]
struct ToolV1 {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct ScanV1<'a> {
    started_at: &'a str,
    host: Option<&'a str>,
    os: &'static str,
    scope: &'static str,
    sources: &'a [String],
    policies: &'a [String],
    filters: &'a [String],
    complete: bool,
    users: Vec<UserV1<'a>>,
}

#[derive(Serialize)]
struct UserV1<'a> {
    computer: Option<&'a str>,
    name: Option<&'a str>,
    sid: Option<&'a str>,
    status: &'static str,
    reason: Option<TextV1<'a>>,
}

#[derive(Serialize)]
struct SummaryV1 {
    findings: usize,
    not_shown: usize,
    issues: usize,
    actions: BTreeMap<&'static str, usize>,
    verdicts: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct FindingV1<'a> {
    computer: Option<&'a str>,
    id: &'a str,
    user: Option<&'a str>,
    user_sid: Option<&'a str>,
    client: &'a str,
    client_name: &'a str,
    edition: &'static str,
    client_version: Option<&'a str>,
    client_installed: Option<bool>,
    in_use: &'static str,
    profile: Option<&'a str>,
    source: &'a str,
    account: &'a str,
    addresses: &'a [String],
    default_account: Option<bool>,
    incoming: Option<IncomingV1<'a>>,
    outgoing: Option<OutgoingV1>,
    verdict: &'static str,
    verdict_text: TextV1<'static>,
    action: &'static str,
    change: Option<&'static str>,
    deviations: Vec<&'static str>,
    notes: Vec<NoteV1>,
    confidence: &'static str,
    evidence: Vec<EvidenceV1<'a>>,
    to_set: Vec<ToSetV1<'a>>,
    steps: StepsV1<'a>,
}

#[derive(Serialize)]
struct IncomingV1<'a> {
    protocol: &'static str,
    host: Option<&'a str>,
    port: Option<u16>,
    security: Option<&'static str>,
}

#[derive(Serialize)]
struct OutgoingV1 {
    host: Option<String>,
    port: Option<u16>,
    port_is_default: Option<bool>,
    security: Option<&'static str>,
    auth: &'static str,
    credentials: Option<&'static str>,
    pop_before_smtp: Option<bool>,
}

#[derive(Serialize)]
struct NoteV1 {
    code: &'static str,
    ja: String,
    en: String,
}

#[derive(Serialize)]
struct EvidenceV1<'a> {
    place: String,
    setting: &'a str,
    value: Option<&'a str>,
}

#[derive(Serialize)]
struct ToSetV1<'a> {
    setting: &'static str,
    now: Option<&'a str>,
    then: Option<&'a str>,
}

#[derive(Serialize)]
struct StepsV1<'a> {
    ja: Vec<&'a str>,
    en: Vec<&'a str>,
}

#[derive(Serialize)]
struct IssueV1<'a> {
    computer: Option<&'a str>,
    user: Option<&'a str>,
    client: Option<&'static str>,
    kind: &'static str,
    place: &'a str,
    message: TextV1<'a>,
}

#[derive(Serialize)]
struct TextV1<'a> {
    ja: std::borrow::Cow<'a, str>,
    en: std::borrow::Cow<'a, str>,
}

impl<'a> From<&'a Text> for TextV1<'a> {
    fn from(text: &'a Text) -> Self {
        Self { ja: (&*text.ja).into(), en: (&*text.en).into() }
    }
}

/// The whole report as one indented object with a final line end.
pub fn render(report: &Report) -> String {
    let json = serde_json::to_string_pretty(&map(report)).unwrap_or_default();
    clean_json(json) + "\n"
}

/// JSON Lines: one object per finding, and last one with everything else.
pub fn render_lines(report: &Report) -> String {
    let mut lines = Vec::new();
    // Memory takes everything.
    let _ = write_lines(report, &mut lines);
    String::from_utf8(lines).unwrap_or_default()
}

/// The same, written piece by piece.
///
/// # Errors
/// What the writer says.
pub fn write_lines(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let ReportV1 { schema, tool, computer, scan, summary, findings, resolved, issues } = map(report);
    let started_at = scan.started_at;
    for finding in findings {
        out.write_all((clean_json(line(finding, started_at)) + "\n").as_bytes())?;
    }
    let last = SummaryLineV1 { kind: SUMMARY, schema, tool, computer, scan, summary, resolved, issues };
    serde_json::to_writer(CleanJson(&mut *out), &last)?;
    out.write_all(b"\n")
}

/// The line of one finding by itself, of the scan that began at this time.
pub fn render_line(finding: &Finding, started_at: &str) -> String {
    clean_json(line(map_finding(finding), started_at) + "\n")
}

fn line(finding: FindingV1<'_>, started_at: &str) -> String {
    serde_json::to_string(&FindingLineV1 { kind: FINDING, schema: SCHEMA, started_at, finding })
        .unwrap_or_default()
}

fn map(report: &Report) -> ReportV1<'_> {
    let summary = report.summary();
    ReportV1 {
        schema: SCHEMA,
        tool: ToolV1 { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        computer: report.computer.as_deref(),
        scan: ScanV1 {
            started_at: &report.scan.started_at,
            host: report.scan.host.as_deref(),
            os: report.scan.os,
            scope: report.scan.scope.code(),
            sources: &report.scan.sources,
            policies: &report.scan.policies,
            filters: &report.scan.filters,
            complete: report.issues.is_empty(),
            users: report.scan.users.iter().map(map_user).collect(),
        },
        summary: SummaryV1 {
            findings: summary.findings,
            not_shown: report.not_shown,
            issues: report.issues.len(),
            actions: Action::ALL.iter().map(|action| action.code()).zip(summary.actions).collect(),
            verdicts: Verdict::ALL.iter().map(|verdict| verdict.code()).zip(summary.verdicts).collect(),
        },
        findings: report.findings.iter().map(map_finding).collect(),
        resolved: report.resolved.iter().map(map_resolved).collect(),
        issues: report.issues.iter().map(map_issue).collect(),
    }
}

fn map_user(user: &ScannedUser) -> UserV1<'_> {
    UserV1 {
        computer: user.computer.as_deref(),
        name: user.name.as_deref(),
        sid: user.sid.as_deref(),
        status: user.status.code(),
        reason: user.reason.as_ref().map(TextV1::from),
    }
}

fn map_finding(finding: &Finding) -> FindingV1<'_> {
    let account = &finding.account;
    let text = finding.verdict.text();
    FindingV1 {
        computer: finding.computer.as_deref(),
        id: &finding.id,
        user: finding.user.as_deref(),
        user_sid: finding.user_sid.as_deref(),
        client: account.client,
        client_name: &account.client_name,
        edition: account.edition,
        client_version: account.client_version.as_deref(),
        client_installed: account.client_installed,
        in_use: account.in_use.code(),
        profile: account.profile.as_deref(),
        source: &account.source,
        account: &account.name,
        addresses: &account.addresses,
        default_account: account.default_account,
        incoming: account.incoming.as_ref().map(map_incoming),
        outgoing: account.outgoing.seen().map(map_outgoing),
        verdict: finding.verdict.code(),
        verdict_text: TextV1 { ja: text.ja, en: text.en },
        action: finding.action.code(),
        change: finding.compared.map(Compared::code),
        deviations: finding.deviations.iter().map(|deviation| deviation.code()).collect(),
        notes: finding
            .notes
            .iter()
            .map(|note| {
                let text = note.text();
                NoteV1 { code: note.code(), ja: text.ja.into_owned(), en: text.en.into_owned() }
            })
            .collect(),
        confidence: account.confidence.code(),
        evidence: account.evidence.iter().map(map_evidence).collect(),
        to_set: finding.to_set.iter().map(map_to_set).collect(),
        steps: StepsV1 {
            ja: finding.steps.iter().map(|step| &*step.ja).collect(),
            en: finding.steps.iter().map(|step| &*step.en).collect(),
        },
    }
}

fn map_resolved(done: &Resolved) -> ResolvedV1<'_> {
    ResolvedV1 {
        computer: done.computer.as_deref(),
        id: &done.id,
        user: done.user.as_deref(),
        client_name: &done.client_name,
        account: &done.account,
        was: done.was.map_or(UNKNOWN, Verdict::code),
        now: done.now.map(Verdict::code),
    }
}

fn map_incoming(incoming: &Incoming) -> IncomingV1<'_> {
    IncomingV1 {
        protocol: incoming.protocol.code(),
        host: incoming.host.as_deref(),
        port: incoming.port,
        security: incoming.security.map(Security::code),
    }
}

fn map_outgoing(seen: Partial) -> OutgoingV1 {
    OutgoingV1 {
        host: seen.host,
        port: seen.port.and_then(Port::number),
        port_is_default: seen.port.map(|port| !matches!(port, Port::Stored(_))),
        security: seen.security.map(Security::code),
        auth: seen.auth.map_or(UNKNOWN, Auth::code),
        credentials: seen.credentials.map(Credentials::code),
        pop_before_smtp: seen.log_on_first.map(|switch| switch == LogOnFirst::On),
    }
}

fn map_evidence(evidence: &Evidence) -> EvidenceV1<'_> {
    EvidenceV1 {
        place: evidence.place.to_string(),
        setting: &evidence.setting,
        value: evidence.value.as_deref(),
    }
}

fn map_to_set(set: &ToSet) -> ToSetV1<'_> {
    ToSetV1 { setting: set.setting.code(), now: set.now.as_deref(), then: set.then.as_deref() }
}

fn map_issue(issue: &Issue) -> IssueV1<'_> {
    IssueV1 {
        computer: issue.computer.as_deref(),
        user: issue.user.as_deref(),
        client: issue.client,
        kind: issue.kind.code(),
        place: &issue.place,
        message: TextV1::from(&issue.message),
    }
}
