//! The report around findings: who was met, what could not be looked at.

use super::{Action, Finding, HandedOn, Probe, Summary, Text, Verdict};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use time::Date;

/// A finding of an earlier report that needed something and does not any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The id that it had.
    pub id: String,
    /// The computer whose data it was.
    pub computer: Option<String>,
    /// The owner.
    pub user: Option<String>,
    /// Name of the program.
    pub client_name: String,
    /// The account's name.
    pub account: String,
    /// What it was; `None`: a word that this version does not know.
    pub was: Option<Verdict>,
    /// What it is now; `None`: the account is gone.
    pub now: Option<Verdict>,
}

/// Why something could not be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum IssueKind {
    /// No permission.
    Denied,
    /// Not in the form that its format asks for.
    Malformed,
    /// Encrypted.
    Encrypted,
    /// Held by another program.
    Locked,
    /// Outside of what may be followed.
    Outside,
    /// Over a size limit.
    TooLarge,
    /// Any other failure of the file system.
    Io,
    /// A fault of this program.
    Internal,
}

/// Something that could not be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The computer whose data it is.
    pub computer: Option<String>,
    /// Whose data it is.
    pub user: Option<String>,
    /// The client whose data it is.
    pub client: Option<&'static str>,
    /// Why.
    pub kind: IssueKind,
    /// Registry key or file.
    pub place: String,
    /// The sentence for people.
    pub message: Text,
}

/// Which users were asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The user who runs the program.
    User,
    /// All users of this computer.
    AllUsers,
    /// The paths given.
    Paths,
}

/// How far a user's data could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UserStatus {
    /// All of it.
    Read,
    /// Some of it.
    Partly,
    /// Nothing.
    NotRead,
}

/// One user that the scan met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedUser {
    /// The computer whose user it is.
    pub computer: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The security identifier on Windows.
    pub sid: Option<String>,
    /// How far it was read.
    pub status: UserStatus,
    /// Why not all of it.
    pub reason: Option<Text>,
}

/// A policy that had a word in a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDetail {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub name: Text,
    /// When its facts were looked up, `YYYY-MM-DD`.
    pub checked: Option<String>,
    /// Where they stand.
    pub source: Option<String>,
    /// SHA-256 of its text, hex digits; empty for the default.
    pub sha256: String,
    /// Nobody has looked for more than six months.
    pub is_old: bool,
}

/// Facts about the scan itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanFacts {
    /// RFC 3339, UTC, whole seconds.
    pub started_at: String,
    /// Where it ran.
    pub host: Option<String>,
    /// `windows`, `macos`, `linux`: where it ran.
    pub os: &'static str,
    /// Which users were asked for.
    pub scope: Scope,
    /// What was scanned.
    pub sources: Vec<String>,
    /// The names of the policies.
    pub policies: Vec<String>,
    /// The same with their facts; without the default.
    pub policy_details: Vec<PolicyDetail>,
    /// The day of judging; `None`: judged by the default policy alone, on any day.
    pub as_of: Option<Date>,
    /// The default policy asked for TLS.
    pub requires_tls: bool,
    /// By what accounts were left out on purpose, as `--server PATTERN`: what is not here is not gone.
    pub filters: Vec<String>,
    /// The users met.
    pub users: Vec<ScannedUser>,
    /// What people should know about the choice of users: messages, no part of the report.
    pub remarks: Vec<Text>,
    /// Two PATHs with a user of the same name, of whose computers nothing is known: nothing tells their accounts apart in
    /// another scan. No part of the report.
    pub twins: Option<(PathBuf, PathBuf)>,
    /// What PATHs were taken for, for people: no part of the report.
    pub passages: Passages,
    /// Whose the accounts are that are not shown, where somebody asks for it: no part of the report.
    pub unshown: Vec<Unshown>,
}

/// Whose address is in an account that is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unshown {
    /// The computer; empty if it is not known.
    pub computer: String,
    /// The user; empty for a lone file.
    pub user: String,
    /// The user's security identifier, or where a lone file lies.
    pub sid: String,
    /// The account's addresses, and what it is called.
    pub addresses: Vec<String>,
}

/// What a folder or file below PATH was taken for, or why it was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The folder or file.
    pub place: String,
    /// What it was taken for, or why it was left out.
    pub what: Text,
}

/// What PATHs were taken for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passages {
    /// What was looked at.
    pub taken: Listed,
    /// What was not.
    pub left_out: Listed,
}

/// The first of what was met on the way: people read no more, and there may be tens of thousands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// The first.
    pub first: Vec<Passage>,
    /// How many came after them.
    pub more: usize,
}

impl Listed {
    /// At most so many are kept.
    const MOST: usize = 200;

    /// Takes what was met.
    pub fn add(&mut self, place: impl FnOnce() -> String, what: Text) {
        if self.first.len() < Self::MOST {
            self.first.push(Passage { place: place(), what });
        } else {
            self.more += 1;
        }
    }

    /// True if nothing was met.
    pub fn is_empty(&self) -> bool {
        self.first.is_empty()
    }

    fn extend(&mut self, other: Self) {
        self.more += other.more;
        for Passage { place, what } in other.first {
            self.add(|| place, what);
        }
    }
}

impl Passages {
    /// True if nothing was met.
    pub fn is_empty(&self) -> bool {
        self.taken.is_empty() && self.left_out.is_empty()
    }

    /// Takes what was met on another way.
    pub fn extend(&mut self, other: Self) {
        self.taken.extend(other.taken);
        self.left_out.extend(other.left_out);
    }
}

/// The result of a scan: every format shows the same one.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The computer whose data it is; `None` also where there are several.
    pub computer: Option<String>,
    /// Facts about the scan.
    pub scan: ScanFacts,
    /// The findings that are shown.
    pub findings: Vec<Finding>,
    /// Those that were handed on before the scan ended.
    pub handed_on: HandedOn,
    /// How many more there are that a filter keeps back.
    pub not_shown: usize,
    /// What an earlier report had and is done; empty without one.
    pub resolved: Vec<Resolved>,
    /// What could not be looked at.
    pub issues: Vec<Issue>,
    /// What servers answered; empty where none was asked.
    pub probes: Vec<Probe>,
}

impl Report {
    /// Counts the findings that are shown, also those that were handed on.
    pub fn summary(&self) -> Summary {
        let told = |wanted: &dyn Fn(Action, Verdict) -> bool| -> usize {
            Action::ALL
                .into_iter()
                .map(|action| self.handed_on.number(action, |verdict| wanted(action, verdict)))
                .sum()
        };
        let count_action = |action| {
            self.findings.iter().filter(|f| f.action == action).count() + told(&|known, _| known == action)
        };
        let count_verdict = |verdict| {
            self.findings.iter().filter(|f| f.verdict == verdict).count() + told(&|_, known| known == verdict)
        };
        let mut tally = self.handed_on.tally.clone();
        self.findings.iter().for_each(|finding| tally.count(finding));
        Summary {
            findings: self.findings.len() + told(&|_, _| true),
            actions: Action::ALL.map(count_action),
            verdicts: Verdict::ALL.map(count_verdict),
            tally,
        }
    }

    /// True if the data of more than one computer is in it: what is shown says of which.
    pub fn has_several_computers(&self) -> bool {
        let users = self.scan.users.iter().map(|user| &user.computer);
        let findings = self.findings.iter().map(|finding| &finding.computer);
        let issues = self.issues.iter().map(|issue| &issue.computer);
        self.computer.is_none() && users.chain(findings).chain(issues).any(Option::is_some)
    }

    /// Whose each part of it is.
    pub fn computers_mut(&mut self) -> impl Iterator<Item = &mut Option<String>> {
        let users = self.scan.users.iter_mut().map(|user| &mut user.computer);
        let findings = self.findings.iter_mut().map(|finding| &mut finding.computer);
        let resolved = self.resolved.iter_mut().map(|done| &mut done.computer);
        let issues = self.issues.iter_mut().map(|issue| &mut issue.computer);
        users.chain(findings).chain(resolved).chain(issues)
    }
}
