//! The scan: users → detectors → verdicts → report. Trouble of one user or client does not end the others.

mod crew;
mod hands;
mod instead;
mod judge;
mod password;
mod read;
mod request;
mod take;
mod worker;

use crate::clients;
use crate::model::{HandedOn, Listed, Passages, PolicyDetail, Report, ScanFacts, Scope, iso};
use crate::policy::{Origin, Policy};
use crate::source::computer::common_name;
use crate::source::here;
use crate::source::system::is_missing;
use crate::source::users;
use crate::source::visit::Everybody;
pub use hands::{Meanwhile, OnFinding, OnProgress};
pub(crate) use instead::{instead_by, other_way};
pub use judge::Rules;
pub(crate) use judge::{except, id, judge, steps_for};
pub use request::Request;
use request::filters;
pub(crate) use request::{is_of, is_on};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
pub(crate) use take::without_owner;
use take::{Takes, order};
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};
pub use worker::{WORKER, work};

/// A built-in policy that nobody has looked up for longer, in days, is told to be old.
const SIX_MONTHS: i64 = 183;

/// Scans and reports.
pub fn scan(request: &Request) -> Report {
    scan_and_tell(request, Meanwhile::default())
}

/// Scans and reports, and tells meanwhile.
pub fn scan_and_tell(request: &Request, mut meanwhile: Meanwhile<'_>) -> Report {
    if request.paths.len() > 1 || request.computer.is_some() {
        meanwhile.findings = None;
    }
    let paths = users::distinct(&request.paths);
    let mut report = Report {
        computer: None,
        scan: ScanFacts {
            started_at: now(),
            host: here::host_name(),
            os: std::env::consts::OS,
            scope: match (request.paths.is_empty(), request.all_users) {
                (false, _) => Scope::Paths,
                (true, true) => Scope::AllUsers,
                (true, false) => Scope::User,
            },
            sources: paths.iter().map(|path| path.display().to_string()).collect(),
            policies: Vec::new(),
            policy_details: Vec::new(),
            as_of: None,
            requires_tls: false,
            filters: filters(request),
            users: Vec::new(),
            remarks: Vec::new(),
            twins: None,
            passages: Passages::default(),
            unshown: Vec::new(),
        },
        findings: Vec::new(),
        handed_on: HandedOn::default(),
        not_shown: 0,
        resolved: Vec::new(),
        issues: Vec::new(),
        probes: Vec::new(),
    };
    let known = clients::known();
    let mut found = if request.paths.is_empty() {
        report.scan.sources.push("this computer".to_owned());
        Everybody::here(request.all_users, &known)
    } else {
        Everybody::paths(&paths, &known)
    };
    report.scan.passages = found.take_passages();
    let mut takes = Takes::new(request, &mut report);
    hands::all(found.plan(), request, &mut takes, &mut meanwhile);
    let used = takes.used();
    let names = takes.names();
    name_policies(&mut report.scan, &request.rules, &used);
    report.computer = common_name(&names);
    report.findings.sort_by(|a, b| order(a).cmp(&order(b)));
    report
}

/// The policies that had a word: those that were given, the built-in ones that claimed an account, and the default.
pub(crate) fn name_policies(scan: &mut ScanFacts, rules: &Rules, used: &BTreeSet<String>) {
    let has_word = |policy: &&Policy| policy.origin != Origin::BuiltIn || used.contains(&policy.id);
    let known = || rules.policies.list.iter().filter(has_word);
    scan.policies = known().map(|policy| policy.id.clone()).collect();
    scan.policies.push(rules.policies.standard.id.clone());
    scan.policy_details = known().map(|policy| detail(policy, rules.day)).collect();
    scan.as_of = (rules.day != Date::MIN).then_some(rules.day);
    scan.requires_tls = rules.policies.standard == Policy::standard_with_tls();
}

fn detail(policy: &Policy, day: Date) -> PolicyDetail {
    PolicyDetail {
        id: policy.id.clone(),
        name: policy.name.clone(),
        checked: policy.checked.map(iso),
        source: policy.source.clone(),
        sha256: policy.sha256.clone(),
        is_old: policy.origin == Origin::BuiltIn
            && policy.checked.is_some_and(|checked| is_long_ago(checked, day)),
    }
}

/// True if what was looked up on this day was looked up long ago.
pub(crate) fn is_long_ago(checked: Date, day: Date) -> bool {
    (day - checked).whole_days() > SIX_MONTHS
}

/// What a scan of these paths would look at, without opening anybody's data, and what can't be looked at.
pub fn survey(paths: &[PathBuf]) -> (Passages, Listed) {
    let mut found = Everybody::paths(&users::distinct(paths), &clients::known());
    let mut problems = Listed::default();
    for problem in found.problems() {
        problems.add(|| problem.place.to_string(), problem.message.clone());
    }
    (found.take_passages(), problems)
}

/// The time as reports give it.
pub(crate) fn now() -> String {
    let now = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    now.format(&Rfc3339).unwrap_or_default()
}

/// The first path that does not exist: also one below a file, with a name that can't be, or a link to nothing.
pub fn first_missing(paths: &[PathBuf]) -> Option<&Path> {
    paths.iter().map(PathBuf::as_path).find(|path| is_missing(path))
}
