//! What was read of users, taken into a report: each with its computer, each account once, and judged.

use super::judge::{except, id, judge, short_hash};
use super::read::{Opening, Part, Person, Said};
use super::request::{Request, is_asked, is_shown};
use crate::clients::{CLIENTS, Client};
use crate::model::{
    Account, Evidence, Finding, InUse, Issue, IssueKind, Note, Report, ScannedUser, Text, Unshown, UserStatus,
};
use crate::source::Problem;
use crate::source::budget::{Budget, What};
use crate::source::hash::hash;
use crate::source::visit::{Asked, Company, Met};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// What was read of somebody's home, or of other data.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) opening: Opening,
    pub(super) parts: Vec<Part>,
}

/// All that was read of one errand: first of the home, then of what lies in it.
#[derive(Debug, Default)]
pub(super) struct Readings {
    pub(super) of: Vec<Reading>,
    /// Something in it ended a worker.
    pub(super) is_broken: bool,
}

impl Readings {
    /// Takes what is said.
    pub(super) fn hear(&mut self, said: Said) {
        match said {
            Said::Opened(opening) => self.of.push(Reading { opening, parts: Vec::new() }),
            Said::Found(part) => {
                if let Some(reading) = self.of.last_mut() {
                    reading.parts.push(part);
                }
            }
            Said::Done(_) => {}
        }
    }

    /// Of what could not be opened.
    pub(super) fn failed(home: Option<PathBuf>, problem: Problem) -> Self {
        let Some(home) = home else {
            return Self::broken(Opening { problems: vec![problem], ..Opening::default() });
        };
        let name = home.file_name().map(|name| name.to_string_lossy().into_owned());
        let part = name.as_deref().unwrap_or_default().to_lowercase();
        let person = Person {
            name,
            home: Some(home),
            is_at_home: true,
            is_unread: true,
            id_part: part.clone(),
            id_part_apart: part.clone(),
            plain_id_part: part,
            problems: vec![problem],
            ..Person::default()
        };
        Self::broken(Opening { people: vec![person], ..Opening::default() })
    }

    fn broken(opening: Opening) -> Self {
        Self { of: vec![Reading { opening, parts: Vec::new() }], is_broken: true }
    }
}

/// A report that is being filled.
pub(super) struct Takes<'a> {
    request: &'a Request,
    report: &'a mut Report,
    company: Company,
    /// The findings so far, by hashes of their computers and ids.
    taken: HashSet<u64>,
    /// The issues that are met often, by hashes.
    told_once: HashSet<u64>,
    /// Of accounts of unknown computers the PATHs, by the ids that they have where each PATH is scanned by itself.
    paths: HashMap<String, PathBuf>,
    /// The computers of all parts that are somebody's, or have a name.
    names: Vec<Option<String>>,
    /// The policies that claimed an account.
    used: BTreeSet<String>,
}

impl<'a> Takes<'a> {
    pub(super) fn new(request: &'a Request, report: &'a mut Report) -> Self {
        let company = Company::default();
        Self {
            request,
            report,
            company,
            taken: HashSet::new(),
            told_once: HashSet::new(),
            paths: HashMap::new(),
            names: Vec::new(),
            used: BTreeSet::new(),
        }
    }

    /// Takes what was met on the way.
    pub(super) fn met(&mut self, computer: Option<&str>, met: Met) {
        let computer = self.of_typed(computer.map(str::to_owned));
        match met {
            Met::Problem(problem) => {
                self.report.issues.push(issue(problem, computer.as_deref(), None, None));
            }
            Met::Said(text) => self.report.scan.remarks.push(text),
            Met::User(_) => {}
        }
        self.names.extend(computer.is_some().then_some(computer));
    }

    /// Takes what was read of somebody.
    pub(super) fn read(&mut self, asked: &Asked, path: &Path, reading: Reading) {
        let Reading { opening, parts } = reading;
        let told = self.company.computer(opening.computer, asked);
        let budget = self.company.budget_of_home(asked);
        for problem in opening.problems {
            match budget.as_ref().filter(|budget| !budget.take(What::Issues, 1)) {
                None => self.met(told.as_deref(), Met::Problem(problem)),
                Some(budget) => budget.leave_out(What::Issues, 1, &problem.place.to_string()),
            }
        }
        let mut parts = parts.into_iter().peekable();
        for (number, person) in opening.people.into_iter().enumerate() {
            let mut of_person = Vec::new();
            while let Some(part) = parts.next_if(|part| part.at.1 == number) {
                of_person.push(part);
            }
            self.person(person, of_person, told.as_deref(), (asked, path));
        }
    }

    /// Hands on what was found since, in the order of the contract, and keeps only what a summary needs.
    pub(super) fn hand_on(&mut self, told: &mut dyn FnMut(&str, &Finding)) {
        let report = &mut *self.report;
        report.findings.sort_by(|a, b| order(a).cmp(&order(b)));
        for finding in report.findings.drain(..) {
            told(&report.scan.started_at, &finding);
            report.handed_on.count(&finding);
        }
    }

    /// The policies that claimed an account.
    pub(super) fn used(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.used)
    }

    /// The computers. What is typed and what the data tells is one whatever the case: the data's spelling holds.
    pub(super) fn names(mut self) -> Vec<Option<String>> {
        // What was left out of what lies in homes and is no user's.
        for problem in self.company.left_out() {
            self.met(None, Met::Problem(problem));
        }
        let Self { request, report, mut names, .. } = self;
        let Some(typed) = &request.computer else { return names };
        let is_same = |name: &&String| *name != typed && name.to_lowercase() == typed.to_lowercase();
        let Some(told) = names.iter().flatten().find(is_same).cloned() else { return names };
        for name in report.computers_mut().chain(&mut names).flatten().filter(|name| *name == typed) {
            name.clone_from(&told);
        }
        names
    }

    /// Where the data does not tell the computer, what is typed does.
    fn of_typed(&self, computer: Option<String>) -> Option<String> {
        computer.or_else(|| self.request.computer.clone())
    }

    fn person(
        &mut self,
        mut person: Person,
        parts: Vec<Part>,
        told: Option<&str>,
        (asked, path): (&Asked, &Path),
    ) {
        let budget = self.company.budget(person.home.as_deref(), asked);
        let is_again = !person.is_nobody() && self.company.has_met(told, &person.id_part);
        if is_again {
            person.id_part = std::mem::take(&mut person.id_part_apart);
        }
        if let Some(home) = &person.home {
            self.company.remember(home, told);
        }
        let computer = self.of_typed(told.map(str::to_owned));
        let computer = computer.as_deref();
        let mentioned = std::mem::take(&mut person.problems);
        let told_once = &mut self.told_once;
        let mut issues: Vec<Issue> = Vec::new();
        // Several clients meet the same trouble on their way to the same place.
        let mut add = |problems: Vec<Problem>, client: Option<&'static str>| {
            // Of clients that nobody asked for only the number of their accounts is told.
            if client.is_some_and(|client| !is_asked(client, self.request)) {
                return;
            }
            for problem in problems {
                let issue = issue(problem, computer, Some(&person), client);
                // A file's client meets it, and then it is met by itself: once for each user.
                let is_met_often = matches!(issue.kind, IssueKind::Outside | IssueKind::Denied);
                let key = hash((&issue.computer, &issue.user, &issue.place, &*issue.message.en));
                if is_met_often && !told_once.insert(key) {
                } else if budget.take(What::Issues, 1) {
                    issues.push(issue);
                } else {
                    budget.leave_out(What::Issues, 1, &issue.place);
                }
            }
        };
        add(mentioned, None);
        let mut of_clients = Vec::new();
        for Part { at: (_, _, place), accounts, left_out, problems } in parts {
            let client = CLIENTS.get(place);
            add(problems, client.map(|client| client.id));
            let last = accounts.last().map(|(account, _)| account.source.as_str()).unwrap_or_default();
            budget.leave_out(What::Accounts, left_out.accounts, last);
            budget.leave_out(What::Addresses, left_out.addresses, last);
            of_clients.extend(client.map(|client| (client, accounts)));
        }
        for (client, mut accounts) in of_clients {
            accounts.retain_mut(|(account, _)| within(&budget, account));
            self.accounts(accounts, &person, computer, client, path);
        }
        issues.extend(
            budget.left_out().into_iter().map(|problem| issue(problem, computer, Some(&person), None)),
        );
        let reason = issues.first().map(|issue| issue.message.clone());
        self.report.issues.extend(issues);
        let status = match (person.is_unread, &reason) {
            (true, _) => UserStatus::NotRead,
            (false, Some(_)) => UserStatus::Partly,
            (false, None) => UserStatus::Read,
        };
        self.list(&person, computer, status, reason);
        self.names.push(computer.map(str::to_owned));
    }

    fn accounts(
        &mut self,
        accounts: Vec<(Account, String)>,
        person: &Person,
        computer: Option<&str>,
        client: &Client,
        path: &Path,
    ) {
        for (account, place) in accounts {
            if computer.is_none() && person.is_at_home && self.request.paths.len() > 1 {
                self.note_path(id(&account, &person.plain_id_part), path);
            }
            let mut id = id(&account, &person.id_part);
            if !self.taken.insert(hash((computer, &id))) {
                id = apart(&id, &place);
                self.taken.insert(hash((computer, &id)));
            }
            if is_shown(&account, self.request) {
                let finding = finding_of(account, computer, person, client, self.request);
                if !finding.is_claimed && self.request.rules.policies.skips_others {
                    self.keep_back(&finding.account, computer, person);
                    continue;
                }
                self.used.extend(finding.provider.iter().chain(&finding.receiving.provider).cloned());
                self.report.findings.push(Finding { id, ..finding });
            } else {
                self.keep_back(&account, computer, person);
            }
        }
    }

    /// Counts an account that is not shown.
    fn keep_back(&mut self, account: &Account, computer: Option<&str>, person: &Person) {
        self.report.not_shown += 1;
        if self.request.keeps_unshown {
            let lone = person.name.is_none().then_some(&account.source);
            self.report.scan.unshown.push(Unshown {
                computer: computer.unwrap_or_default().to_owned(),
                user: person.name.clone().unwrap_or_default(),
                sid: lone.or(person.sid.as_ref()).cloned().unwrap_or_default(),
                addresses: account.addresses.iter().chain([&account.name]).cloned().collect(),
            });
        }
    }

    /// Two PATHs with the same account of unknown computers can't be told apart in another scan.
    fn note_path(&mut self, id: String, path: &Path) {
        let known = self.paths.entry(id).or_insert_with(|| path.to_path_buf());
        if known != path && self.report.scan.twins.is_none() {
            self.report.scan.twins = Some((known.clone(), path.to_path_buf()));
        }
    }

    /// What lies outside of somebody's home is the same person's.
    fn list(&mut self, person: &Person, computer: Option<&str>, status: UserStatus, reason: Option<Text>) {
        let is_same = |known: &&mut ScannedUser| {
            known.name == person.name
                && (person.sid.is_none() || known.sid == person.sid)
                && known.computer.as_deref() == computer
        };
        let is_outside = person.is_nobody() || !person.is_at_home;
        match self.report.scan.users.iter_mut().filter(|_| is_outside).find(is_same) {
            Some(known) if known.status == UserStatus::Read && status != UserStatus::Read => {
                (known.status, known.reason) = (UserStatus::Partly, reason);
            }
            Some(_) => {}
            None => self.report.scan.users.push(ScannedUser {
                computer: computer.map(str::to_owned),
                name: person.name.clone(),
                sid: person.sid.clone(),
                status,
                reason,
            }),
        }
    }
}

/// True if the account still fits in. What its evidence would bring into the report beyond the limit is left out.
fn within(budget: &Budget, account: &mut Account) -> bool {
    if !budget.take(What::Accounts, 1) {
        budget.leave_out(What::Accounts, 1, &account.source);
        return false;
    }
    let length = |fact: &Evidence| {
        fact.place.to_string().len() + fact.setting.len() + fact.value.as_deref().unwrap_or_default().len()
    };
    let addresses: usize = account.addresses.iter().map(String::len).sum();
    let evidence: usize = account.evidence.iter().map(length).sum();
    if !budget.take(What::Evidence, (addresses + evidence) as u64) {
        budget.leave_out(What::Evidence, account.evidence.len() as u64, &account.source);
        account.evidence.clear();
    }
    true
}

impl Person {
    fn is_nobody(&self) -> bool {
        self.name.is_none() && self.sid.is_none()
    }
}

/// A problem that is nobody's.
pub(crate) fn without_owner(problem: Problem) -> Issue {
    issue(problem, None, None, None)
}

fn issue(
    problem: Problem,
    computer: Option<&str>,
    person: Option<&Person>,
    client: Option<&'static str>,
) -> Issue {
    Issue {
        computer: computer.map(str::to_owned),
        user: person.and_then(|person| person.name.clone()),
        client,
        kind: problem.kind,
        place: problem.place.to_string(),
        message: problem.message,
    }
}

fn finding_of(
    account: Account,
    computer: Option<&str>,
    person: &Person,
    client: &Client,
    request: &Request,
) -> Finding {
    let is_dirty = person.has_dirty_registry && account.source.starts_with("HKCU\\");
    let finding = Finding {
        computer: computer.map(str::to_owned),
        user: person.name.clone(),
        user_sid: person.sid.clone(),
        ..judge(account, is_dirty.then_some(Note::DirtyHive), client, &request.rules)
    };
    except(finding, &request.rules)
}

/// The order of the contract: user, client, profile, account key, of several computers one after the other. Users without a
/// name are told apart by their SIDs. Where a copy has the same key, the account in use stands first.
pub(super) fn order(finding: &Finding) -> impl Ord + '_ {
    let account = &finding.account;
    let is_copy = account.in_use == InUse::No;
    (
        (&finding.computer, &finding.user, &finding.user_sid),
        account.client,
        &account.profile,
        (&account.key, &account.outgoing_key),
        is_copy,
        &finding.id,
    )
}

/// The id of an account of which a copy was met before: with its place below PATH.
fn apart(id: &str, place: &str) -> String {
    short_hash(&format!("{id}\0{place}"))
}
