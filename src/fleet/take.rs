//! One report on its way into the fleet.

use super::computer::newer;
use super::faces::{EVERYWHERE, Face, meet};
use super::good::praise;
use super::names::{Name, folded, nameless};
use super::plan;
use super::record::Record;
use super::state::{Answer, Fleet, Readable, Sample, Spelling, State, Told, Try, Whose};
use super::taking::Taking;
use crate::model::{Scope, UserStatus};
use crate::report::v1::lean::{FindingIn, IssueIn, ReportIn, ScanIn, Str, UserIn};
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// A user's name and SID in the form in which they are compared.
type Key = (Name, Name);

/// One of the users whom a report lists.
struct User {
    key: Key,
    name: Name,
    status: Readable,
    issues: u32,
}

/// What a report tells of one computer.
#[derive(Default)]
struct Part<'a> {
    /// Its name, if one is known.
    computer: Option<&'a str>,
    users: Vec<&'a UserIn<'a>>,
    findings: Vec<&'a FindingIn<'a>>,
    issues: Vec<&'a IssueIn<'a>>,
}

type Parts<'a> = IndexMap<Option<&'a str>, Part<'a>, RandomState>;

fn part_of<'p, 'a>(parts: &'p mut Parts<'a>, computer: Option<&'a str>) -> &'p mut Part<'a> {
    parts.entry(computer).or_insert_with(|| Part { computer, ..Part::default() })
}

/// The parts of a report, each with all that is of its computer, and with the issues that may be anybody's. There is one at
/// least.
fn parts<'a>(report: &'a ReportIn<'a>) -> Vec<Part<'a>> {
    let common = report.computer.as_ref().map(|name| &*name.0);
    let of = |own: &'a Option<Str<'a>>| own.as_ref().map_or(common, |name| Some(&*name.0));
    let mut parts = IndexMap::default();
    if common.is_some() {
        part_of(&mut parts, common);
    }
    for user in &report.scan.users {
        part_of(&mut parts, of(&user.computer)).users.push(user);
    }
    for finding in &report.findings {
        part_of(&mut parts, of(&finding.computer)).findings.push(finding);
    }
    let is_of_any = |issue: &&IssueIn<'_>| (&issue.user, &issue.computer, common) == (&None, &None, None);
    for issue in report.issues.iter().filter(|issue| !is_of_any(issue)) {
        part_of(&mut parts, of(&issue.computer)).issues.push(issue);
    }
    if parts.is_empty() {
        part_of(&mut parts, None);
    }
    for part in parts.values_mut() {
        part.issues.extend(report.issues.iter().filter(is_of_any));
    }
    parts.into_values().collect()
}

impl Fleet {
    /// Takes one report, judged anew where there are rules.
    pub(super) fn take(&mut self, report: &ReportIn<'_>, taking: &Taking<'_>) {
        if taking.since.is_some_and(|since| report.time < since) {
            self.leave(report);
            return;
        }
        self.reports += 1;
        self.policies.take(report);
        let is_kept = taking.rules.is_some() && report.findings.iter().any(plan::is_masked);
        self.policies.masked += u64::from(is_kept);
        let parts = parts(report);
        self.nameless += u64::from(parts.iter().any(|part| part.computer.is_none()));
        for part in &parts {
            self.take_part(report, part, taking);
        }
    }

    /// Of a report that is too old to count only whose it is is kept.
    fn leave(&mut self, report: &ReportIn<'_>) {
        self.too_old += 1;
        let sources = report.scan.sources.iter().map(|source| &*source.0).collect::<Vec<_>>();
        for part in &parts(report) {
            let (computer, name) = self.computer(part, &sources);
            let spelling = Spelling { time: report.time, name };
            let known = self.aged.entry(computer).or_insert(spelling);
            *known = newer(&self.texts, *known, spelling);
        }
    }

    fn take_part(&mut self, report: &ReportIn<'_>, part: &Part<'_>, taking: &Taking<'_>) {
        let time = report.time;
        let sources = report.scan.sources.iter().map(|source| &*source.0).collect::<Vec<_>>();
        let (computer, name) = self.computer(part, &sources);
        let records = self.records(part, computer, (report, &sources), taking);
        self.known_computer(computer, Spelling { time, name });
        self.face(computer, part, &report.scan);
        if records.is_empty() && part.findings.iter().any(|finding| finding.is_answered()) {
            return;
        }
        let filters = filters(report);
        let is_unfiltered = filters.is_empty();
        let filters = self.intern(&filters);
        let (users, issues) = self.users(part, &sources);
        for User { key, name, status, issues } in &users {
            let from = records.partition_point(|(known, _)| known < key);
            let of_user = records.iter().skip(from).take_while(|(known, _)| known == key);
            let state = State { time, records: of_user.map(|(_, record)| *record).collect() };
            let (user, sid) = *key;
            let owner = self.owner(Whose { computer, user, sid }, Spelling { time, name: *name });
            owner.last = owner.last.max(Some(Try { is_unfiltered, time, status: *status, issues: *issues }));
            praise(&mut owner.good, &state.records);
            let is_read = *status == Readable::All;
            if is_read {
                owner.samples.push(Sample::of(&state.records, time, is_unfiltered, filters));
            }
            if is_read && is_unfiltered {
                owner.take_whole(state);
            } else if *status != Readable::Not {
                owner.take_part(filters, state);
            }
        }
        for of_user in records.chunk_by(|(key, _), (next, _)| key == next) {
            // Findings of nobody whom the report lists.
            if let Some((key @ (user, sid), _)) = of_user.first()
                && users.binary_search_by_key(key, |user| user.key).is_err()
            {
                let state = State { time, records: of_user.iter().map(|(_, record)| *record).collect() };
                let (user, sid) = (*user, *sid);
                self.owner(Whose { computer, user, sid }, Spelling { time, name: user })
                    .take_part(filters, state);
            }
        }
        // Of which of several computers a filter kept accounts back is not told: of any.
        let told = Told { time, issues, not_shown: report.not_shown };
        self.known_computer(computer, Spelling { time, name }).take(report.scan.scope.0, told);
    }

    /// Looks at who is on the computer, and on what it runs.
    fn face(&mut self, computer: Name, part: &Part<'_>, scan: &ScanIn<'_>) {
        if scan.scope.0 != Some(Scope::AllUsers) || part.computer.is_none() {
            return;
        }
        let mut users = BTreeSet::new();
        for user in &part.users {
            let name = user.name.as_ref().map_or(String::new(), |name| name.0.to_lowercase());
            if EVERYWHERE.contains(&&*name) {
                continue;
            }
            // Many are called taro: on Windows the SID tells whose home it is.
            users.insert(match &user.sid {
                Some(sid) => self.intern(&sid.0),
                None => self.intern(&name),
            });
        }
        if let Some(os) = scan.os.as_ref().filter(|_| !users.is_empty()) {
            let os = self.intern(&os.0);
            meet(self.faces.entry(computer).or_default(), Face { os, users });
        }
    }

    /// The records of what was found, by user and id; answers are put where answers are.
    fn records(
        &mut self,
        part: &Part<'_>,
        computer: Name,
        (report, sources): (&ReportIn<'_>, &[&str]),
        taking: &Taking<'_>,
    ) -> Vec<(Key, Record)> {
        let mut records = Vec::with_capacity(part.findings.len());
        for finding in &part.findings {
            let (user, sid) = (finding.user.as_ref(), finding.user_sid.as_ref());
            let key @ (of, with) = self.key(user, sid, sources);
            let mut record = match taking.rules {
                None => self.stored(finding, report),
                Some(rules) => self.judge(finding, report, part.computer, rules),
            };
            record.judged.is_hidden = !taking.shows(finding);
            if record.answered {
                let name = self.name(user);
                self.answers.push(Answer { whose: Whose { computer, user: of, sid: with }, name, record });
            } else {
                records.push((key, record));
            }
        }
        records.sort_by_key(|(key, record)| (*key, record.id));
        records
    }

    /// The users whom the report lists, each once, by key, and how many issues are nobody's.
    fn users(&mut self, part: &Part<'_>, sources: &[&str]) -> (Vec<User>, u32) {
        let mut users: Vec<User> = Vec::with_capacity(part.users.len());
        for user in &part.users {
            let status = match user.status.0 {
                Some(UserStatus::Read) => Readable::All,
                Some(UserStatus::NotRead) => Readable::Not,
                Some(UserStatus::Partly) | None => Readable::Partly,
            };
            let key = self.key(user.name.as_ref(), user.sid.as_ref(), sources);
            let name = self.name(user.name.as_ref());
            users.push(User { key, name, status, issues: 0 });
        }
        users.sort_by_key(|user| user.key);
        // Two homes of the same name are one user, of whom all is known only if it is of both.
        users.dedup_by(|second, first| {
            let is_same = first.key == second.key;
            if is_same {
                first.status = if first.status == second.status { first.status } else { Readable::Partly };
            }
            is_same
        });
        let mut of_nobody = 0;
        for issue in &part.issues {
            let user = self.intern(&folded(issue.user.as_ref().map_or("", |user| &user.0)));
            let at = users.partition_point(|listed| listed.key.0 < user);
            match users.get_mut(at).filter(|listed| listed.key.0 == user && issue.user.is_some()) {
                Some(listed) => listed.issues += 1,
                None => of_nobody += 1,
            }
        }
        // Of a lone file that could not be read nothing else tells.
        let nobody = self.intern("");
        for user in users.iter_mut().filter(|user| user.key.0 == nobody && of_nobody > 0) {
            user.status = user.status.max(Readable::Partly);
        }
        (users, of_nobody)
    }

    fn key(&mut self, user: Option<&Str<'_>>, sid: Option<&Str<'_>>, sources: &[&str]) -> Key {
        match (user.map(|user| &*user.0), sid) {
            (None | Some(""), None) => (self.intern(""), self.intern(&nameless(sources))),
            (user, sid) => (self.intern(&folded(user.unwrap_or_default())), self.name(sid)),
        }
    }

    pub(super) fn name(&mut self, text: Option<&Str<'_>>) -> Name {
        self.intern(text.map_or("", |text| &text.0))
    }

    /// The computer, and its name as it is spelled; data of a computer that does not tell its name is known by where it
    /// lay.
    fn computer(&mut self, part: &Part<'_>, sources: &[&str]) -> (Name, Name) {
        if let Some(name) = part.computer {
            return (self.intern(&folded(name)), self.intern(name));
        }
        let name = self.intern(&nameless(sources));
        (name, name)
    }
}

/// What the scan left out on purpose, as one text. Where accounts were kept back there was a filter.
fn filters(report: &ReportIn<'_>) -> String {
    let filters: Vec<&str> = report.scan.filters.iter().map(|filter| &*filter.0).collect();
    if filters.is_empty() && report.not_shown > 0 { "?".to_owned() } else { filters.join("\n") }
}
