//! What holds of every tree: nothing is lost in silence, each account is there once, and each is told apart from all others.

use crate::forest::{Forest, Home};
use crate::oracle::{Account, Candidate, account, candidates};
use crate::pieces::mark;
use crate::report_of;
use smtp_auth_audit::model::{Finding, InUse, Issue, IssueKind, Report, UserStatus};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What was counted.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) trees: usize,
    pub(crate) whole: usize,
    pub(crate) candidates: usize,
    pub(crate) read: usize,
    pub(crate) superseded: usize,
    pub(crate) covered: usize,
    /// How often, and in how many trees.
    pub(crate) failures: BTreeMap<String, (usize, usize)>,
}

/// What went wrong.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: String,
    /// Where, and what was expected.
    pub(crate) what: String,
}

fn failure(kind: impl Into<String>, what: impl Into<String>) -> Failure {
    Failure { kind: kind.into(), what: what.into() }
}

/// What an issue may say of a candidate that was not read.
const COVERS: [IssueKind; 3] = [IssueKind::Denied, IssueKind::Encrypted, IssueKind::Malformed];

/// Whose computer it is: a finding's own, where it has one.
fn computer_of<'a>(finding: &'a Finding, _report: &'a Report) -> Option<&'a str> {
    finding.computer.as_deref()
}

/// All failures of one tree.
pub(crate) fn failures(forest: &Forest, figures: &mut Figures) -> Vec<Failure> {
    let report = report_of(&forest.paths);
    let candidates = candidates(forest);
    let mut failures = Vec::new();
    for candidate in &candidates {
        figures.candidates += 1;
        if candidate.is_superseded {
            figures.superseded += 1;
            failures.extend(read_too(forest, candidate, &report));
            continue;
        }
        match told(forest, candidate, &report) {
            Ok(true) => figures.read += 1,
            Ok(false) => figures.covered += 1,
            Err((kind, what)) => {
                let kind = format!("{kind}, {}", candidate.place);
                failures.push(failure(kind, format!("{} {what}", shown(forest, &candidate.path))));
            }
        }
    }
    failures.extend(candidates.iter().filter_map(|candidate| computer(forest, candidate, &report)));
    failures.extend(candidates.iter().filter_map(|candidate| in_use(forest, candidate, &report)));
    failures.extend(not_told(forest, &report));
    failures.extend(not_ours(&forest.outside, &report, "read out of PATH"));
    failures.extend(not_ours(&forest.pruned, &report, "read though pruned"));
    failures.extend(doubled_ids(forest, &candidates, &report));
    failures.extend(forest.homes.iter().flat_map(|home| other_ids(forest, home, &report)));
    failures.extend(order(forest, &report));
    failures.extend(invented(forest, &report));
    let faults = report.issues.iter().filter(|issue| issue.kind == IssueKind::Internal);
    failures.extend(faults.map(|issue| failure("internal", &issue.place)));
    figures.trees += 1;
    figures.whole += usize::from(failures.is_empty());
    for kind in failures.iter().map(|failure| &failure.kind).collect::<BTreeSet<_>>() {
        let count = figures.failures.entry(kind.clone()).or_default();
        count.0 += failures.iter().filter(|failure| failure.kind == *kind).count();
        count.1 += 1;
    }
    failures
}

/// A path as it lies below the folder of the PATHs.
pub(crate) fn shown(forest: &Forest, path: &Path) -> String {
    let top =
        forest.paths[0].ancestors().find(|folder| folder.file_name().is_some_and(|name| name == "paths"));
    path.strip_prefix(top.unwrap()).unwrap_or(path).to_string_lossy().into_owned()
}

/// `true`: read, once. `false`: an issue tells that it was not.
fn told(forest: &Forest, candidate: &Candidate, report: &Report) -> Result<bool, (&'static str, String)> {
    let times = |account: &Account| {
        report.findings.iter().filter(|finding| account.is(&self::account(finding))).count()
    };
    let is_covered = || report.issues.iter().any(|issue| covers(forest, issue, &candidate.path));
    for account in &candidate.accounts {
        // Outlook keeps what an older version had, and both count.
        let expected = candidate.accounts.iter().filter(|other| account.is(other)).count();
        match times(account) {
            times if times == expected => {}
            0 if is_covered() => return Ok(false),
            0 if report.issues.is_empty() => return Err(("lost in silence", format!("{account:?}"))),
            0 => return Err(("lost", format!("{account:?}"))),
            times if times < expected => {
                return Err(("lost in part", format!("{times} of {expected} times {account:?}")));
            }
            times => return Err(("doubled", format!("{times} of {expected} times {account:?}"))),
        }
    }
    if candidate.accounts.is_empty() && !is_covered() {
        return Err(("issue lost", format!("{:?}", candidate.issues)));
    }
    Ok(!candidate.accounts.is_empty())
}

/// An issue on the file itself, or on a folder above it that lies below PATH.
fn covers(forest: &Forest, issue: &Issue, path: &Path) -> bool {
    let place = PathBuf::from(issue.place.replace('\\', "/"));
    // Names that are no text are shown with marks in place of what is none.
    let path = PathBuf::from(path.to_string_lossy().into_owned());
    COVERS.contains(&issue.kind)
        && (path == place
            || (path.starts_with(&place)
                && forest.paths.iter().any(|top| place != *top && place.starts_with(top))))
}

/// What is superseded is not read beside what takes its place.
fn read_too(forest: &Forest, candidate: &Candidate, report: &Report) -> Option<Failure> {
    let found =
        |account: &&Account| report.findings.iter().any(|finding| account.is(&self::account(finding)));
    let read = candidate.accounts.iter().find(found)?;
    Some(failure("read though superseded", format!("{} {read:?}", shown(forest, &candidate.path))))
}

/// The findings of one candidate.
fn of_candidate<'a>(candidate: &Candidate, report: &'a Report) -> impl Iterator<Item = &'a Finding> {
    report.findings.iter().filter(|finding| {
        let account = account(finding);
        candidate.accounts.iter().any(|known| known.is(&account))
    })
}

/// What lies in a home is of the computer on whose disk the home lies, and of none where that is not known.
fn computer(forest: &Forest, candidate: &Candidate, report: &Report) -> Option<Failure> {
    let homes = forest.homes.iter().filter(|home| candidate.path.starts_with(&home.folder));
    let home = homes.max_by_key(|home| home.folder.components().count()).filter(|home| !home.is_former)?;
    let computer = home.computer.as_deref();
    let other = of_candidate(candidate, report).find(|finding| computer_of(finding, report) != computer)?;
    let found = computer_of(other, report);
    Some(failure("other computer", format!("{} {found:?}, not {computer:?}", shown(forest, &candidate.path))))
}

/// What lies in the former system of a disk is not in use.
fn in_use(forest: &Forest, candidate: &Candidate, report: &Report) -> Option<Failure> {
    let is_former = candidate.path.iter().any(|part| part == "Windows.old");
    let mut used = of_candidate(candidate, report).filter(|finding| finding.account.in_use != InUse::No);
    let first = used.next().filter(|_| is_former)?;
    Some(failure("former, but in use", format!("{} {:?}", shown(forest, &candidate.path), account(first))))
}

/// Where a client's place is a link to what is not there, it could not be looked at.
fn not_told(forest: &Forest, report: &Report) -> Vec<Failure> {
    let is_told = |link: &Path| report.issues.iter().any(|issue| issue.place == link.display().to_string());
    let silent = forest.broken.iter().filter(|link| !is_told(link));
    silent.map(|link| failure("link not told", shown(forest, link))).collect()
}

/// Of files that are not looked at nothing is told.
fn not_ours(numbers: &[usize], report: &Report, kind: &str) -> Vec<Failure> {
    let accounts: Vec<Account> = report.findings.iter().map(account).collect();
    let found = numbers.iter().filter_map(|number| {
        let mark = mark(*number);
        accounts.iter().find(|account| account.marks.contains(&mark))
    });
    found.map(|account| failure(kind, format!("{account:?}"))).collect()
}

/// Computer and id tell every account from all others. Of several PATHs, two may be copies of the same thing: where both are
/// of no known computer, people are asked for its name.
fn doubled_ids(forest: &Forest, candidates: &[Candidate], report: &Report) -> Vec<Failure> {
    let path_of = |account: &Account| {
        let is_of =
            |candidate: &&Candidate| candidate.accounts.iter().any(|other| other.marks == account.marks);
        let path = &candidates.iter().find(is_of)?.path;
        forest.paths.iter().position(|top| path.starts_with(top))
    };
    let mut seen = BTreeMap::new();
    for finding in &report.findings {
        let account = account(finding);
        let key = (computer_of(finding, report), path_of(&account), finding.id.as_str());
        seen.entry(key).or_insert_with(Vec::new).push(account);
    }
    let doubled = seen.into_values().filter(|accounts| accounts.len() > 1);
    doubled.map(|accounts| failure("id not unique", format!("{accounts:?}"))).collect()
}

/// The ids of a home are those of a scan of the home alone, unless its user's name occurs twice on its computer. What is in
/// use is so, too, whatever others have.
fn other_ids(forest: &Forest, home: &Home, report: &Report) -> Vec<Failure> {
    let name = user_of(home);
    let is_twin = |other: &&Home| {
        let one = other.computer == home.computer || other.computer.is_none() || home.computer.is_none();
        one && user_of(other).to_lowercase() == name.to_lowercase()
    };
    if home.is_former || forest.homes.iter().filter(is_twin).count() > 1 {
        return Vec::new();
    }
    let alone = report_of(std::slice::from_ref(&home.folder));
    let own = alone.findings.iter().filter(|finding| finding.user.as_deref() == Some(&name));
    let failures = own.filter_map(|finding| {
        let same = report.findings.iter().filter(|other| account(other) == account(finding));
        let same: Vec<&Finding> = same.collect();
        // What is lost or doubled is told elsewhere.
        let [other] = same.as_slice() else { return None };
        let what = || format!("{} {:?}", shown(forest, &home.folder), account(finding));
        if other.id != finding.id {
            return Some(failure("other id", what()));
        }
        (other.account.in_use != finding.account.in_use).then(|| failure("other in_use", what()))
    });
    failures.collect()
}

fn user_of(home: &Home) -> String {
    home.folder.file_name().unwrap().to_string_lossy().into_owned()
}

/// The order of the PATHs changes nothing.
fn order(forest: &Forest, report: &Report) -> Option<Failure> {
    if forest.paths.len() < 2 {
        return None;
    }
    let keys = |report: &Report| -> BTreeSet<String> {
        let of = |finding: &Finding| {
            let account = account(finding);
            format!(
                "{:?} {} {:?} {account:?} {:?}",
                computer_of(finding, report),
                finding.id,
                finding.user,
                finding.verdict
            )
        };
        report.findings.iter().map(of).collect()
    };
    let turned: Vec<PathBuf> = forest.paths.iter().rev().cloned().collect();
    let (here, there) = (keys(report), keys(&report_of(&turned)));
    let differs = here.symmetric_difference(&there).next().cloned();
    differs.map(|first| failure("order of PATHs", first))
}

/// Exports, and what marks a folder as a home that holds nothing else.
fn registry_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        if path.is_dir() && !path.is_symlink() {
            registry_files(&path, found);
        } else if ["ntuser.dat", ".msmtprc"].contains(&name.as_str())
            || Path::new(&name).extension().is_some_and(|end| end == "reg")
        {
            found.push(path);
        }
    }
}

/// Each user has a folder that was made as somebody's, or that one of these files at its top may make somebody's.
fn invented(forest: &Forest, report: &Report) -> Vec<Failure> {
    let mut registries = Vec::new();
    forest.paths.iter().for_each(|path| registry_files(path, &mut registries));
    let made: BTreeSet<String> = forest
        .homes
        .iter()
        .map(|home| home.folder.as_path())
        .chain(forest.holders.iter().map(PathBuf::as_path))
        .chain(registries.iter().filter_map(|file| file.parent()))
        .filter_map(|folder| Some(folder.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let read = report.scan.users.iter().filter(|user| user.status != UserStatus::NotRead);
    let names: BTreeSet<&String> = read.filter_map(|user| user.name.as_ref()).collect();
    names
        .into_iter()
        .filter(|name| !made.contains(*name))
        .map(|name| failure("user invented", name))
        .collect()
}

impl Figures {
    pub(crate) fn add(&mut self, other: Self) {
        self.trees += other.trees;
        self.whole += other.whole;
        self.candidates += other.candidates;
        self.read += other.read;
        self.superseded += other.superseded;
        self.covered += other.covered;
        for (kind, (times, trees)) in other.failures {
            let count = self.failures.entry(kind).or_default();
            count.0 += times;
            count.1 += trees;
        }
    }
}
