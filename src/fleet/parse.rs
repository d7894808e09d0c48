//! Reports read back for a fleet: only what is counted, borrowed from the bytes. JSON, JSON Lines and reports one after
//! another are all a row of objects.

use memchr::{memchr, memmem};
use serde::de::{IgnoredAny, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;

/// The beginning of the schema's name: later minor forms of version 1 are read, too.
const SCHEMA: &str = "smtp-auth-audit/report/v1";

/// A text that is borrowed where JSON needs no unescaping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Str<'a>(pub(super) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Str<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Str(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Str(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text).map(|text: Str<'de>| text)
    }
}

/// A finding, or the line of one in JSON Lines.
#[derive(Debug, Deserialize)]
pub(super) struct FindingIn<'a> {
    #[serde(borrow)]
    pub(super) id: Str<'a>,
    #[serde(borrow, default)]
    pub(super) user: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) user_sid: Option<Str<'a>>,
    #[serde(borrow)]
    pub(super) client: Str<'a>,
    #[serde(borrow)]
    pub(super) client_name: Str<'a>,
    #[serde(borrow, default)]
    pub(super) edition: Option<Str<'a>>,
    #[serde(borrow)]
    pub(super) account: Str<'a>,
    #[serde(borrow, default)]
    pub(super) outgoing: Option<OutgoingIn<'a>>,
    #[serde(borrow)]
    pub(super) verdict: Str<'a>,
    #[serde(borrow)]
    pub(super) action: Str<'a>,
    #[serde(borrow, default)]
    pub(super) confidence: Str<'a>,
}

#[derive(Debug, Deserialize, Default)]
pub(super) struct OutgoingIn<'a> {
    #[serde(borrow, default)]
    pub(super) host: Option<Str<'a>>,
    #[serde(default)]
    pub(super) port: Option<u16>,
    #[serde(borrow, default)]
    pub(super) security: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) auth: Option<Str<'a>>,
    #[serde(default)]
    pub(super) pop_before_smtp: Option<bool>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ScanIn<'a> {
    #[serde(borrow)]
    pub(super) started_at: Str<'a>,
    #[serde(borrow, default)]
    pub(super) sources: Vec<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) users: Vec<UserIn<'a>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct UserIn<'a> {
    #[serde(borrow, default)]
    pub(super) name: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(super) sid: Option<Str<'a>>,
    #[serde(borrow)]
    pub(super) status: Str<'a>,
}

#[derive(Debug, Deserialize, Default)]
pub(super) struct SummaryIn {
    #[serde(default)]
    pub(super) not_shown: u64,
}

/// A whole report.
#[derive(Debug)]
pub(super) struct ReportIn<'a> {
    pub(super) computer: Option<Str<'a>>,
    pub(super) scan: ScanIn<'a>,
    pub(super) not_shown: u64,
    pub(super) findings: Vec<FindingIn<'a>>,
    pub(super) issues: usize,
}

/// An object: a whole report, or the last line of one in JSON Lines.
#[derive(Debug, Deserialize)]
struct ObjectIn<'a> {
    #[serde(borrow)]
    schema: Str<'a>,
    #[serde(borrow, default)]
    computer: Option<Str<'a>>,
    #[serde(borrow)]
    scan: ScanIn<'a>,
    #[serde(default)]
    summary: SummaryIn,
    #[serde(borrow, default)]
    findings: Vec<FindingIn<'a>>,
    #[serde(default)]
    issues: Vec<IgnoredAny>,
}

/// Why bytes are no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Damage {
    /// No JSON, or JSON of another shape; line and column.
    Malformed(usize, usize),
    /// A report of another schema.
    OtherSchema,
    /// JSON Lines without their last line.
    CutOff,
}

/// Hands on every report in the bytes; what is damaged is told and the next report looked for.
pub(super) fn parse<'a>(bytes: &'a [u8], mut take: impl FnMut(ReportIn<'a>), mut tell: impl FnMut(Damage)) {
    let mut waiting: Vec<FindingIn<'a>> = Vec::new();
    let mut at = 0;
    while let Some(start) = next_object(bytes, at) {
        let rest = bytes.get(start..).unwrap_or_default();
        let parsed = if is_finding_line(rest) {
            one::<FindingIn<'a>>(rest).map(|(finding, length)| {
                waiting.push(finding);
                length
            })
        } else {
            one::<ObjectIn<'a>>(rest).map(|(object, length)| {
                let mut findings = std::mem::take(&mut waiting);
                if object.schema.0.starts_with(SCHEMA) {
                    findings.extend(object.findings);
                    take(ReportIn {
                        computer: object.computer,
                        scan: object.scan,
                        not_shown: object.summary.not_shown,
                        findings,
                        issues: object.issues.len(),
                    });
                } else {
                    tell(Damage::OtherSchema);
                }
                length
            })
        };
        match parsed {
            Ok(length) => at = start + length,
            Err(error) => {
                // What belongs to a damaged report is not counted as another's.
                waiting.clear();
                let before = bytes.get(..start).unwrap_or_default();
                let lines = before.split(|byte| *byte == b'\n').count() - 1;
                tell(Damage::Malformed(lines + error.line(), error.column()));
                match find(bytes, start + 1, b"\n{") {
                    Some(next) => at = next + 1,
                    None => return,
                }
            }
        }
    }
    if !waiting.is_empty() {
        tell(Damage::CutOff);
    } else if at == 0 {
        tell(Damage::Malformed(1, 0));
    }
}

/// The first value in the bytes and its length.
fn one<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(T, usize), serde_json::Error> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<T>();
    match values.next() {
        Some(value) => Ok((value?, values.byte_offset())),
        None => serde_json::from_slice(b"").map(|value| (value, 0)),
    }
}

/// A line of JSON Lines that is a finding: the program writes `type` first, other tools may not.
fn is_finding_line(bytes: &[u8]) -> bool {
    const KEY: &[u8] = b"\"type\"";
    let line = memchr(b'\n', bytes).and_then(|end| bytes.get(..end)).unwrap_or(bytes);
    // An indented report has only a brace on its first line; one on a single line has no `type` of its own.
    let Some(at) = find(line, 0, KEY) else { return false };
    let value = line.get(at + KEY.len()..).unwrap_or_default().trim_ascii_start();
    value.strip_prefix(b":").is_some_and(|value| value.trim_ascii_start().starts_with(b"\"finding\""))
}

fn next_object(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let blank = rest.iter().position(|byte| !byte.is_ascii_whitespace())?;
    Some(from + blank)
}

/// Where the needle stands at or behind `from`.
pub(super) fn find(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    memmem::find(bytes.get(from..)?, needle).map(|at| from + at)
}
