//! What is found of users, taken into a report: each with its computer, each account once.

use super::judge::{id, judge};
use super::request::{Request, is_shown, wants};
use crate::clients::{CLIENTS, Client, Found};
use crate::model::{
    Account, Evidence, Finding, InUse, Issue, IssueKind, Note, Report, ScannedUser, Text, UserStatus,
};
use crate::source::budget::{Budget, What};
use crate::source::visit::Met;
use crate::source::{Problem, User};
use sha2::{Digest, Sha256};
use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

/// A report that is being filled.
pub(super) struct Takes<'a> {
    request: &'a Request,
    report: &'a mut Report,
    /// The findings so far, by their computers and ids.
    taken: HashSet<(Option<String>, String)>,
    /// Of accounts of unknown computers the PATHs, by the ids that they have where each PATH is scanned by itself.
    paths: HashMap<String, PathBuf>,
    /// The computers of all parts that are somebody's, or have a name.
    names: Vec<Option<String>>,
}

impl<'a> Takes<'a> {
    pub(super) fn new(request: &'a Request, report: &'a mut Report) -> Self {
        Self { request, report, taken: HashSet::new(), paths: HashMap::new(), names: Vec::new() }
    }

    /// Takes what was met. Where the data does not tell the computer, what is typed does.
    pub(super) fn take(&mut self, computer: Option<&str>, met: Met) {
        let computer = computer.map(str::to_owned).or_else(|| self.request.computer.clone());
        let is_somebodys = matches!(met, Met::User(_));
        match met {
            Met::User(user) => self.user(&user, computer.as_deref()),
            Met::Problem(problem) => {
                self.report.issues.push(issue(problem, computer.as_deref(), None, None));
            }
            Met::Said(text) => self.report.scan.remarks.push(text),
        }
        // Where nothing could be read nothing tells whose it is: that takes the name from no other part.
        if computer.is_some() || is_somebodys {
            self.names.push(computer);
        }
    }

    /// The computers. What is typed and what the data tells is one whatever the case: the data's spelling holds.
    pub(super) fn names(self) -> Vec<Option<String>> {
        let Self { request, report, mut names, .. } = self;
        let Some(typed) = &request.computer else { return names };
        let is_same = |name: &&String| *name != typed && name.to_lowercase() == typed.to_lowercase();
        let Some(told) = names.iter().flatten().find(is_same).cloned() else { return names };
        for name in report.computers_mut().chain(&mut names).flatten().filter(|name| *name == typed) {
            name.clone_from(&told);
        }
        names
    }

    fn user(&mut self, user: &User, computer: Option<&str>) {
        let mut issues: Vec<Issue> = Vec::new();
        let budget = user.budget();
        // Several clients meet the same trouble on their way to the same place.
        let mut add = |problems: Vec<Problem>, client: Option<&'static str>| {
            for problem in problems.into_iter().filter(|problem| !Budget::is_refusal(problem)) {
                let issue = issue(problem, computer, Some(user), client);
                let is_known = |known: &Issue| {
                    matches!(known.kind, IssueKind::Outside | IssueKind::Denied)
                        && (&known.place, &known.message) == (&issue.place, &issue.message)
                };
                if issues.iter().any(is_known) {
                } else if budget.take(What::Issues, 1) {
                    issues.push(issue);
                } else {
                    budget.leave_out(What::Issues, 1, &issue.place);
                }
            }
        };
        add(user.take_mentioned(), None);
        let request = self.request;
        for client in CLIENTS.iter().filter(|client| wants(request, client) && !user.unread) {
            let found = ask(client, user);
            add(found.problems, Some(client.id));
            add(user.take_mentioned(), Some(client.id));
            let place = found.accounts.last().map(|account| account.source.clone()).unwrap_or_default();
            budget.leave_out(What::Accounts, found.left_out.accounts, &place);
            budget.leave_out(What::Addresses, found.left_out.addresses, &place);
            self.accounts(found.accounts, user, computer, client);
        }
        let left_out = budget.left_out().into_iter();
        issues.extend(left_out.map(|problem| issue(problem, computer, Some(user), None)));
        let reason = issues.first().map(|issue| issue.message.clone());
        self.report.issues.extend(issues);
        let status = match (user.unread, &reason) {
            (true, _) => UserStatus::NotRead,
            (false, Some(_)) => UserStatus::Partly,
            (false, None) => UserStatus::Read,
        };
        self.list(user, computer, status, reason);
    }

    fn accounts(&mut self, accounts: Vec<Account>, user: &User, computer: Option<&str>, client: &Client) {
        let mut seen = HashMap::new();
        for account in accounts {
            // One file under two names has each account once: under the name that its client looks at first.
            if let Some(file) = user.real_place(&account.source) {
                let key = (file, account.key.clone(), account.outgoing_key.clone(), account.name.clone());
                let place = (account.source.clone(), account.store.clone());
                if *seen.entry(key).or_insert_with(|| place.clone()) != place {
                    continue;
                }
            }
            if computer.is_none() && user.is_at_home() {
                self.note_path(id(&account, &user.plain_id_part()), user);
            }
            let mut account = account;
            if !within(user.budget(), &mut account) {
                continue;
            }
            let mut finding = finding_of(account, computer, user, client, self.request);
            if !self.taken.insert((finding.computer.clone(), finding.id.clone())) {
                finding.id = apart(&finding.id, &user.below_path(&finding.account.source));
                self.taken.insert((finding.computer.clone(), finding.id.clone()));
            }
            if is_shown(&finding, self.request) {
                self.report.findings.push(finding);
            } else {
                self.report.not_shown += 1;
            }
        }
    }

    /// Two PATHs with the same account of unknown computers can't be told apart in another scan.
    fn note_path(&mut self, id: String, user: &User) {
        let known = self.paths.entry(id).or_insert_with(|| user.path.clone());
        if *known != user.path && self.report.scan.twins.is_none() {
            self.report.scan.twins = Some((known.clone(), user.path.clone()));
        }
    }

    /// What lies outside of somebody's home is the same person's.
    fn list(&mut self, user: &User, computer: Option<&str>, status: UserStatus, reason: Option<Text>) {
        let is_same = |known: &&mut ScannedUser| {
            known.name == user.name
                && (user.sid.is_none() || known.sid == user.sid)
                && known.computer.as_deref() == computer
        };
        let is_outside = user.is_nobody() || !user.is_at_home();
        match self.report.scan.users.iter_mut().filter(|_| is_outside).find(is_same) {
            Some(known) if known.status == UserStatus::Read && status != UserStatus::Read => {
                (known.status, known.reason) = (UserStatus::Partly, reason);
            }
            Some(_) => {}
            None => self.report.scan.users.push(ScannedUser {
                computer: computer.map(str::to_owned),
                name: user.name.clone(),
                sid: user.sid.clone(),
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

/// What one detector finds; what ends it, be it a fault of ours, does not take away what it had found.
fn ask(client: &Client, user: &User) -> Found {
    let mut found = Found::default();
    match catch_unwind(AssertUnwindSafe(|| client.read(user, &mut found))) {
        Ok(Ok(())) => {}
        Ok(Err(problem)) => found.problems.push(problem),
        Err(_) => found.problems.push(Problem::internal(client.id)),
    }
    found
}

fn issue(
    problem: Problem,
    computer: Option<&str>,
    user: Option<&User>,
    client: Option<&'static str>,
) -> Issue {
    Issue {
        computer: computer.map(str::to_owned),
        user: user.and_then(|user| user.name.clone()),
        client,
        kind: problem.kind,
        place: problem.place.to_string(),
        message: problem.message,
    }
}

fn finding_of(
    mut account: Account,
    computer: Option<&str>,
    user: &User,
    client: &Client,
    request: &Request,
) -> Finding {
    if user.is_former {
        account.in_use = InUse::No;
    } else if user.is_copied() && account.in_use == InUse::Yes {
        account.in_use = InUse::Unknown;
    }
    let is_dirty = user.has_dirty_registry() && account.source.starts_with("HKCU\\");
    Finding {
        id: id(&account, &user.id_part()),
        computer: computer.map(str::to_owned),
        user: user.name.clone(),
        user_sid: user.sid.clone(),
        ..judge(account, is_dirty.then_some(Note::DirtyHive), client, &request.policy, request.no_steps)
    }
}

/// The id of an account of which a copy was met before: with its place below PATH.
fn apart(id: &str, place: &str) -> String {
    let hash = Sha256::digest(format!("{id}\0{place}").as_bytes());
    hash.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::Reading;

    #[test]
    fn a_fault_in_one_detector_is_an_issue() {
        fn fall(_: &User, found: &mut Found) -> Result<(), Problem> {
            found.problems.push(Problem::malformed("before", &Text::fixed("", "")));
            panic!("a fault")
        }
        let broken = Client { reading: Reading::Settings(fall), ..crate::clients::outlook::CLIENT };
        std::panic::set_hook(Box::new(|_| {}));
        let found = ask(&broken, &User::default());
        let _ = std::panic::take_hook();
        let kinds: Vec<IssueKind> = found.problems.iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [IssueKind::Malformed, IssueKind::Internal]);
    }
}
