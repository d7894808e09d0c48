//! Reports in a row of bytes: JSON, JSON Lines and reports one after another are all a row of objects. What is damaged is
//! told, and the next report looked for.

use super::lean::{FindingIn, IssueIn, ReportIn, ScanIn, Str, SummaryIn};
use super::{FINDING, is_readable};
use crate::model::Text;
use memchr::{memchr, memchr_iter, memmem};
use serde::Deserialize;
use serde::de::IgnoredAny;

/// An object: a whole report, or a line of one in JSON Lines. Other tools may have put its keys into another order.
#[derive(Debug, Deserialize)]
struct ObjectIn<'a> {
    #[serde(borrow, default, rename = "type")]
    kind: Option<Str<'a>>,
    #[serde(borrow, default)]
    schema: Str<'a>,
    #[serde(borrow, default)]
    computer: Option<Str<'a>>,
    #[serde(borrow, default)]
    scan: Option<ScanIn<'a>>,
    #[serde(default)]
    summary: SummaryIn,
    #[serde(borrow, default)]
    findings: Vec<FindingIn<'a>>,
    #[serde(borrow, default)]
    issues: Vec<IssueIn<'a>>,
}

/// What ends a report: only a whole one and the summary of JSON Lines tell of the scan.
#[derive(Debug, Deserialize)]
struct EndIn {
    scan: Option<IgnoredAny>,
}

/// Why bytes are no report.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// No JSON, or JSON of another shape; line and column.
    Malformed(usize, usize),
    /// No time, where the time of the scan should stand.
    NoTime(String),
    /// A report of another schema.
    OtherSchema,
    /// JSON Lines of which some are missing.
    CutOff,
}

impl Damage {
    /// For people; the line on which the bytes begin in their source, from 0.
    pub(crate) fn text(&self, first_line: usize) -> Text {
        match self {
            Self::Malformed(line, column) => {
                let line = first_line + line;
                Text::new(
                    format!("{line} 行 {column} 桁目: 報告として読み取れないため、数えていません"),
                    format!("line {line}, column {column}: not a report, so not counted"),
                )
            }
            Self::NoTime(text) => Text::new(
                format!("started_at が日時ではありません: {text}"),
                format!("started_at is no time: {text}"),
            ),
            Self::OtherSchema => Text::fixed(
                "別の形式の版の報告のため、数えていません",
                "a report of another schema version, so not counted",
            ),
            Self::CutOff => Text::fixed(
                "JSON Lines の行が足りないため、数えていません",
                "JSON Lines of which some are missing, so not counted",
            ),
        }
    }
}

/// Lines of a report in JSON Lines whose end is still to come, those of each computer by themselves: they are of one report, or,
/// where one was cut off, of several that began at the same time.
#[derive(Default)]
struct Waiting<'a> {
    runs: Vec<Run<'a>>,
    /// What was told last, as long as nothing else came.
    damaged: &'a [u8],
}

/// Lines of one computer.
struct Run<'a> {
    findings: Vec<FindingIn<'a>>,
    /// Its damage is told: it is left out without another word.
    is_told: bool,
}

impl Run<'_> {
    fn computer(&self) -> Option<&Str<'_>> {
        self.findings.first().and_then(|finding| finding.computer.as_ref())
    }

    fn started_at(&self) -> Option<&Str<'_>> {
        self.findings.first().and_then(|finding| finding.started_at.as_ref())
    }

    /// True if a report with this end may have it: the end names each computer, as that of all or beside its users.
    fn may_be_of(&self, computer: Option<&Str<'_>>, scan: &ScanIn<'_>) -> bool {
        let mut users = scan.users.iter().filter_map(|user| user.computer.as_ref());
        self.computer() == computer || users.any(|name| Some(name) == self.computer())
    }

    /// What has no end is damaged.
    fn give_up(&self, tell: &mut impl FnMut(Damage)) {
        if !self.is_told {
            tell(Damage::CutOff);
        }
    }
}

impl<'a> Waiting<'a> {
    fn give_up(&mut self, tell: &mut impl FnMut(Damage)) {
        self.runs.iter().for_each(|run| run.give_up(tell));
        *self = Self::default();
    }

    /// What waits and began at another time is another report.
    fn goes_on(&mut self, started_at: Option<&Str<'_>>, tell: &mut impl FnMut(Damage)) {
        if self.runs.last().is_some_and(|last| last.started_at() != started_at) {
            self.give_up(tell);
        }
    }

    /// True if what was damaged right before is of the report that begins. It may be another one's.
    fn takes_damage(&mut self, computer: Option<&Str<'_>>, started_at: Option<&Str<'_>>) -> bool {
        names(std::mem::take(&mut self.damaged), computer, started_at)
    }

    /// A damaged line. The other lines of its report are not told once more; those of another report are.
    fn hit(&mut self, damaged: &'a [u8]) {
        self.damaged = damaged;
        if let Some(last) = self.runs.last_mut() {
            last.is_told |= names(damaged, last.computer(), last.started_at());
        }
    }

    fn push(&mut self, finding: FindingIn<'a>, tell: &mut impl FnMut(Damage)) {
        self.goes_on(finding.started_at.as_ref(), tell);
        let last = self.runs.last_mut().filter(|last| last.computer() == finding.computer.as_ref());
        if let Some(last) = last {
            last.findings.push(finding);
            self.damaged = &[];
            return;
        }
        let is_told = self.takes_damage(finding.computer.as_ref(), finding.started_at.as_ref());
        self.runs.push(Run { findings: vec![finding], is_told });
    }

    /// The findings that end here, and whether damage among them is told.
    fn take(
        &mut self,
        computer: Option<&Str<'_>>,
        scan: &ScanIn<'_>,
        tell: &mut impl FnMut(Damage),
    ) -> Run<'a> {
        self.goes_on(Some(&scan.started_at), tell);
        // It may have been all that there is of one of several computers.
        let is_told = self.takes_damage(computer, Some(&scan.started_at));
        let mut runs = std::mem::take(self).runs;
        let own = runs.iter().rposition(|run| !run.may_be_of(computer, scan)).map_or(0, |other| other + 1);
        runs.drain(..own).for_each(|run| run.give_up(tell));
        let is_told = is_told || runs.iter().any(|run| run.is_told);
        Run { findings: runs.into_iter().flat_map(|run| run.findings).collect(), is_told }
    }

    /// The end of a report, and the report if it is whole.
    fn end(&mut self, object: ObjectIn<'a>, tell: &mut impl FnMut(Damage)) -> Option<ReportIn<'a>> {
        let scan = object.scan?;
        let is_lines = object.kind.is_some();
        let Run { mut findings, is_told } = if is_lines {
            self.take(object.computer.as_ref(), &scan, tell)
        } else {
            self.give_up(tell);
            Run { findings: Vec::new(), is_told: false }
        };
        if !is_readable(&object.schema.0) {
            tell(Damage::OtherSchema);
            return None;
        }
        if is_lines {
            let expected = object.summary.findings;
            if expected.map_or(is_told, |expected| expected != findings.len()) && !is_told {
                tell(Damage::CutOff);
            }
            match expected {
                // The same report stood before, cut off.
                Some(expected) if expected < findings.len() => {
                    findings.drain(..findings.len() - expected);
                }
                Some(expected) if expected == findings.len() => {}
                None if !is_told => {}
                _ => return None,
            }
        } else {
            findings = object.findings;
        }
        let Some(time) = scan.time() else {
            tell(Damage::NoTime(scan.started_at.0.into_owned()));
            return None;
        };
        Some(ReportIn {
            time,
            computer: object.computer,
            scan,
            not_shown: object.summary.not_shown,
            findings,
            issues: object.issues,
        })
    }
}

/// True if the damaged line is of this report, as far as it can be told; its end may be cut off.
fn names(damaged: &[u8], computer: Option<&Str<'_>>, started_at: Option<&Str<'_>>) -> bool {
    let holds = |name: &Str<'_>| memmem::find(damaged, name.0.as_bytes()).is_some();
    let has_time = memmem::find(damaged, b"\"started_at\"").is_some();
    !damaged.is_empty() && computer.is_none_or(holds) && (!has_time || started_at.is_none_or(holds))
}

/// How many times the bytes may be looked through for the next report behind damage.
const MAX_SEARCHES: usize = 64;
/// What a search counts as at least, in bytes: reports have an object on every 50 bytes, a file of `{}` one on every two.
const SEARCH: usize = 1 << 10;

/// Hands on every report in the bytes; what is damaged is told and the next report looked for.
pub(crate) fn parse<'a>(bytes: &'a [u8], mut take: impl FnMut(ReportIn<'a>), mut tell: impl FnMut(Damage)) {
    let mut waiting = Waiting::default();
    let (mut at, mut counted, mut line) = (0, 0, 0);
    let (mut is_in_damage, mut left) = (false, bytes.len().saturating_mul(MAX_SEARCHES));
    while let Some(start) = next_object(bytes, at) {
        let rest = bytes.get(start..).unwrap_or_default();
        let damage = match object(rest) {
            Ok((object, length)) => {
                match object {
                    Object::Finding(finding) => waiting.push(finding, &mut tell),
                    Object::End(object) => waiting.end(object, &mut tell).into_iter().for_each(&mut take),
                }
                at = start + length;
                is_in_damage = false;
                continue;
            }
            Err(error) => error,
        };
        // One word for what is damaged without anything good between.
        if !is_in_damage {
            line += newlines(bytes.get(counted..start).unwrap_or_default());
            counted = start;
            tell(Damage::Malformed(line + damage.line().max(1), damage.column().max(1)));
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            waiting.hit(rest.get(..end).unwrap_or_default());
            is_in_damage = true;
        }
        left = left.saturating_sub(if damage.line() > 1 { rest.len() } else { damage.column().max(SEARCH) });
        match next_start(bytes, start + 1) {
            Some(next) if left > 0 => at = next,
            _ => return,
        }
    }
    waiting.give_up(&mut tell);
}

#[expect(clippy::large_enum_variant, reason = "it is one at a time, and most are findings")]
enum Object<'a> {
    Finding(FindingIn<'a>),
    End(ObjectIn<'a>),
}

/// The first object in the bytes and its length.
fn object(bytes: &[u8]) -> Result<(Object<'_>, usize), serde_json::Error> {
    // As the program writes it; other tools may put the type elsewhere.
    if !bytes.starts_with(b"{\"type\":\"finding\"") {
        let (object, length) = one::<ObjectIn<'_>>(bytes)?;
        if object.kind.as_ref().is_none_or(|kind| kind.0 != FINDING) {
            if object.scan.is_none() {
                return Err(serde::de::Error::missing_field("scan"));
            }
            return Ok((Object::End(object), length));
        }
    }
    one(bytes).map(|(finding, length)| (Object::Finding(finding), length))
}

/// The first value in the bytes and its length.
fn one<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(T, usize), serde_json::Error> {
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<T>();
    match values.next() {
        Some(value) => Ok((value?, values.byte_offset())),
        None => serde_json::from_slice(b"").map(|value| (value, 0)),
    }
}

/// True if the bytes are an object that ends a report.
pub(crate) fn ends_report(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    serde_json::from_slice::<EndIn>(bytes).is_ok_and(|end| end.scan.is_some())
}

/// Behind the last report that the bytes hold from their beginning, without damage before it.
pub(crate) fn end_of_last(bytes: &[u8]) -> Option<usize> {
    let (mut at, mut end) = (0, None);
    while let Some(start) = next_object(bytes, at) {
        let Ok((found, length)) = one::<EndIn>(bytes.get(start..)?) else { break };
        at = start + length;
        if found.scan.is_some() {
            end = Some(at);
        }
    }
    end
}

/// Editors and Windows PowerShell write it; where files are put together it stands between reports, too.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// True if the bytes hold nothing but space and byte order marks.
pub(crate) fn is_blank(bytes: &[u8]) -> bool {
    next_object(bytes, 0).is_none()
}

fn next_object(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let rest = bytes.get(at..)?;
        if rest.starts_with(BYTE_ORDER_MARK) {
            at += BYTE_ORDER_MARK.len();
        } else if rest.first()?.is_ascii_whitespace() || matches!(rest.first(), Some(b'[' | b',' | b']')) {
            // A list of reports is a row of them, too.
            at += 1;
        } else {
            return Some(at);
        }
    }
}

/// Where an object of a report begins behind damage: at the beginning of a line, or where a file that was cut off was put
/// before another. Inside of a text the quotation marks would be escaped.
fn next_start(bytes: &[u8], from: usize) -> Option<usize> {
    let braces = memchr_iter(b'{', bytes.get(from..)?).map(|at| from + at);
    braces.into_iter().find(|brace| {
        let (before, object) = bytes.split_at_checked(*brace).unwrap_or_default();
        let before = before.strip_suffix(BYTE_ORDER_MARK).unwrap_or(before);
        let key = object.get(1..64).unwrap_or(object).trim_ascii_start();
        before.ends_with(b"\n") || key.starts_with(b"\"type\":") || key.starts_with(b"\"schema\":")
    })
}

/// How many lines end in the bytes.
pub(crate) fn newlines(bytes: &[u8]) -> usize {
    memchr_iter(b'\n', bytes).count()
}
