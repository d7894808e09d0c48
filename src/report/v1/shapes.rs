//! Report v1 as structures of its own, so that the model can change without breaking scripts.

use super::probes::ProbeV1;
use crate::model::Text;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(super) struct ReportV1<'a> {
    pub(super) schema: &'static str,
    pub(super) tool: ToolV1,
    pub(super) computer: Option<&'a str>,
    pub(super) scan: ScanV1<'a>,
    pub(super) summary: SummaryV1,
    pub(super) findings: Vec<FindingV1<'a>>,
    pub(super) resolved: Vec<ResolvedV1<'a>>,
    pub(super) issues: Vec<IssueV1<'a>>,
    pub(super) probes: Vec<ProbeV1<'a>>,
}

/// A line of JSON Lines.
#[derive(Serialize)]
pub(super) struct FindingLineV1<'a> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) schema: &'static str,
    pub(super) started_at: &'a str,
    #[serde(flatten)]
    pub(super) finding: FindingV1<'a>,
}

/// The last line of JSON Lines.
#[derive(Serialize)]
pub(super) struct SummaryLineV1<'a> {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) schema: &'static str,
    pub(super) tool: ToolV1,
    pub(super) computer: Option<&'a str>,
    pub(super) scan: ScanV1<'a>,
    pub(super) summary: SummaryV1,
    pub(super) resolved: Vec<ResolvedV1<'a>>,
    pub(super) issues: Vec<IssueV1<'a>>,
    pub(super) probes: Vec<ProbeV1<'a>>,
}

/// A finding of the baseline that needed something and does not any more.
#[derive(Serialize)]
pub(super) struct ResolvedV1<'a> {
    pub(super) computer: Option<&'a str>,
    pub(super) id: &'a str,
    pub(super) user: Option<&'a str>,
    pub(super) client_name: &'a str,
    pub(super) account: &'a str,
    pub(super) was: &'static str,
    pub(super) now: Option<&'static str>,
}

#[derive(Serialize)]
pub(super) struct ToolV1 {
    pub(super) name: &'static str,
    pub(super) version: &'static str,
}

#[derive(Serialize)]
pub(super) struct ScanV1<'a> {
    pub(super) started_at: &'a str,
    pub(super) host: Option<&'a str>,
    pub(super) os: &'static str,
    pub(super) scope: &'static str,
    pub(super) sources: &'a [String],
    pub(super) policies: &'a [String],
    pub(super) policy_details: Vec<PolicyV1<'a>>,
    pub(super) as_of: Option<String>,
    pub(super) require_tls: bool,
    pub(super) filters: &'a [String],
    pub(super) complete: bool,
    pub(super) users: Vec<UserV1<'a>>,
}

#[derive(Serialize)]
pub(super) struct UserV1<'a> {
    pub(super) computer: Option<&'a str>,
    pub(super) name: Option<&'a str>,
    pub(super) sid: Option<&'a str>,
    pub(super) status: &'static str,
    pub(super) reason: Option<TextV1<'a>>,
}

#[derive(Serialize)]
pub(super) struct SummaryV1 {
    pub(super) findings: usize,
    pub(super) not_shown: usize,
    pub(super) issues: usize,
    pub(super) actions: BTreeMap<&'static str, usize>,
    pub(super) verdicts: BTreeMap<&'static str, usize>,
    pub(super) receiving: usize,
    pub(super) exceptions: usize,
    pub(super) accepted: usize,
    pub(super) undecided: usize,
    pub(super) waiting: usize,
    pub(super) auth_without_tls: usize,
    pub(super) password_needed: BTreeMap<&'static str, usize>,
    pub(super) stops: Vec<StopsV1>,
}

/// How many accounts stop sending and receiving after a day.
#[derive(Serialize)]
pub(super) struct StopsV1 {
    pub(super) on: Option<String>,
    pub(super) sending: usize,
    pub(super) receiving: usize,
    pub(super) undecided: usize,
}

/// A policy that had a word.
#[derive(Serialize)]
pub(super) struct PolicyV1<'a> {
    pub(super) id: &'a str,
    pub(super) name: TextV1<'a>,
    pub(super) checked: Option<&'a str>,
    pub(super) source: Option<&'a str>,
    pub(super) sha256: &'a str,
}

#[derive(Serialize)]
pub(super) struct FindingV1<'a> {
    pub(super) computer: Option<&'a str>,
    pub(super) id: &'a str,
    pub(super) user: Option<&'a str>,
    pub(super) user_sid: Option<&'a str>,
    pub(super) client: &'a str,
    pub(super) client_name: &'a str,
    pub(super) edition: &'static str,
    pub(super) client_version: Option<&'a str>,
    pub(super) system: Option<&'a str>,
    pub(super) client_installed: Option<bool>,
    pub(super) in_use: &'static str,
    pub(super) profile: Option<&'a str>,
    pub(super) source: &'a str,
    pub(super) account: &'a str,
    pub(super) addresses: &'a [String],
    pub(super) default_account: Option<bool>,
    pub(super) incoming: Option<IncomingV1<'a>>,
    pub(super) outgoing: Option<OutgoingV1>,
    pub(super) verdict: &'static str,
    pub(super) verdict_text: TextV1<'static>,
    pub(super) provider: Option<&'a str>,
    pub(super) stops_working_on: Option<String>,
    pub(super) days_left: Option<i64>,
    pub(super) action: &'static str,
    pub(super) change: Option<&'static str>,
    pub(super) deviations: Vec<&'static str>,
    pub(super) notes: Vec<NoteV1>,
    pub(super) confidence: &'static str,
    pub(super) evidence: Vec<EvidenceV1<'a>>,
    pub(super) to_set: Vec<ToSetV1<'a>>,
    pub(super) password_needed: Option<&'static str>,
    pub(super) steps: StepsV1<'a>,
}

#[derive(Serialize)]
pub(super) struct IncomingV1<'a> {
    pub(super) protocol: &'static str,
    pub(super) host: Option<&'a str>,
    pub(super) port: Option<u16>,
    pub(super) security: Option<&'static str>,
    pub(super) auth: Option<&'static str>,
    pub(super) provider: Option<&'a str>,
    pub(super) deviations: Vec<&'static str>,
    pub(super) to_set: Vec<ToSetV1<'a>>,
    pub(super) stops_working_on: Option<String>,
}

#[derive(Serialize)]
pub(super) struct OutgoingV1 {
    pub(super) host: Option<String>,
    pub(super) port: Option<u16>,
    pub(super) port_is_default: Option<bool>,
    pub(super) security: Option<&'static str>,
    pub(super) auth: &'static str,
    pub(super) credentials: Option<&'static str>,
    pub(super) pop_before_smtp: Option<bool>,
}

#[derive(Serialize)]
pub(super) struct NoteV1 {
    pub(super) code: &'static str,
    pub(super) ja: String,
    pub(super) en: String,
}

#[derive(Serialize)]
pub(super) struct EvidenceV1<'a> {
    pub(super) place: String,
    pub(super) setting: &'a str,
    pub(super) value: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct ToSetV1<'a> {
    pub(super) setting: &'static str,
    pub(super) now: Option<&'a str>,
    pub(super) then: Option<&'a str>,
}

#[derive(Serialize)]
pub(super) struct StepsV1<'a> {
    pub(super) ja: Vec<&'a str>,
    pub(super) en: Vec<&'a str>,
}

#[derive(Serialize)]
pub(super) struct IssueV1<'a> {
    pub(super) computer: Option<&'a str>,
    pub(super) user: Option<&'a str>,
    pub(super) client: Option<&'static str>,
    pub(super) kind: &'static str,
    pub(super) place: &'a str,
    pub(super) message: TextV1<'a>,
}

#[derive(Serialize)]
pub(super) struct TextV1<'a> {
    pub(super) ja: Cow<'a, str>,
    pub(super) en: Cow<'a, str>,
}

impl<'a> From<&'a Text> for TextV1<'a> {
    fn from(text: &'a Text) -> Self {
        Self { ja: (&*text.ja).into(), en: (&*text.en).into() }
    }
}
