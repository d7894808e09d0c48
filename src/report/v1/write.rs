//! Report v1, written as JSON and JSON Lines.

use super::probes;
use super::shapes::{
    EvidenceV1, FindingLineV1, FindingV1, IncomingV1, IssueV1, NoteV1, OutgoingV1, PolicyV1, ReportV1,
    ResolvedV1, ScanV1, StepsV1, StopsV1, SummaryLineV1, SummaryV1, TextV1, ToSetV1, ToolV1, UserV1,
};
use super::words::UNKNOWN;
use super::{FINDING, SCHEMA, SUMMARY};
use crate::model::{
    Action, Auth, Compared, Credentials, Evidence, Finding, Incoming, Issue, LogOnFirst, Partial,
    PasswordNeeded, PolicyDetail, Port, Receiving, Report, Resolved, ScannedUser, Security, Stop, StopDay,
    Stopping, ToSet, Verdict, iso,
};
use crate::report::clean::{CleanJson, clean_json};
use crate::report::reasons;
use std::io::{self, Write};

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
    let ReportV1 { schema, tool, computer, scan, summary, findings, resolved, issues, probes } = map(report);
    let started_at = scan.started_at;
    for finding in findings {
        out.write_all((clean_json(line(finding, started_at)) + "\n").as_bytes())?;
    }
    let last =
        SummaryLineV1 { kind: SUMMARY, schema, tool, computer, scan, summary, resolved, issues, probes };
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
    let tally = summary.tally;
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
            policy_details: report.scan.policy_details.iter().map(map_policy).collect(),
            as_of: report.scan.as_of.map(iso),
            require_tls: report.scan.requires_tls,
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
            receiving: tally.receiving,
            exceptions: tally.exceptions,
            accepted: tally.accepted,
            undecided: tally.undecided,
            waiting: tally.waiting,
            auth_without_tls: tally.in_clear,
            password_needed: PasswordNeeded::ALL
                .iter()
                .map(|needed| needed.code())
                .zip(tally.password_needed)
                .collect(),
            stops: tally.stops.iter().map(map_stops).collect(),
        },
        findings: report.findings.iter().map(map_finding).collect(),
        resolved: report.resolved.iter().map(map_resolved).collect(),
        issues: report.issues.iter().map(map_issue).collect(),
        probes: probes::map(&report.probes),
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
    let text = reasons::json_verdict(finding);
    FindingV1 {
        computer: finding.computer.as_deref(),
        id: &finding.id,
        user: finding.user.as_deref(),
        user_sid: finding.user_sid.as_deref(),
        client: account.client,
        client_name: &account.client_name,
        edition: account.edition,
        client_version: account.client_version.as_deref(),
        system: account.system.as_ref().map(|system| system.name.as_str()),
        client_installed: account.client_installed,
        in_use: account.in_use.code(),
        profile: account.profile.as_deref(),
        source: &account.source,
        account: &account.name,
        addresses: &account.addresses,
        default_account: account.default_account,
        incoming: account.incoming.as_ref().map(|incoming| map_incoming(incoming, &finding.receiving)),
        outgoing: account.outgoing.seen().map(map_outgoing),
        verdict: finding.verdict.code(),
        verdict_text: TextV1 { ja: text.ja, en: text.en },
        provider: finding.provider.as_deref(),
        stops_working_on: finding.stops.as_ref().and_then(|stop| stop.until.word()),
        days_left: finding.stops.as_ref().and_then(Stop::days_left),
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
        password_needed: finding.password_needed.map(PasswordNeeded::code),
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

fn map_incoming<'a>(incoming: &'a Incoming, receiving: &'a Receiving) -> IncomingV1<'a> {
    IncomingV1 {
        protocol: incoming.protocol.code(),
        host: incoming.host.as_deref(),
        port: incoming.port,
        security: incoming.security.map(Security::code),
        auth: incoming.auth.map(Auth::code),
        provider: receiving.provider.as_deref(),
        deviations: receiving.deviations.iter().map(|deviation| deviation.code()).collect(),
        to_set: receiving.to_set.iter().map(map_to_set).collect(),
        stops_working_on: receiving.stops.as_ref().and_then(|stop| stop.until.word()),
    }
}

fn map_policy(policy: &PolicyDetail) -> PolicyV1<'_> {
    PolicyV1 {
        id: &policy.id,
        name: TextV1::from(&policy.name),
        checked: policy.checked.as_deref(),
        source: policy.source.as_deref(),
        sha256: &policy.sha256,
    }
}

fn map_stops((day, stopping): (&StopDay, &Stopping)) -> StopsV1 {
    StopsV1 {
        on: day.0.word(),
        sending: stopping.sending.total(),
        receiving: stopping.receiving.total(),
        undecided: stopping.undecided.total(),
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
