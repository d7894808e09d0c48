//! The scan: users → detectors → verdicts → report. Trouble of one user or client does not end the others.

use crate::classify::{Policy, classify};
use crate::clients::{self, CLIENTS, Client, Edition, Found, steps};
use crate::model::{
    Account, Action, Finding, InUse, Incoming, Issue, IssueKind, Needs, Note, Report, Rule, ScanFacts,
    ScannedUser, Scope, Text, UserStatus, Verdict,
};
use crate::source::computer;
use crate::source::here;
use crate::source::system::is_missing;
use crate::source::users;
use crate::source::visit::{Everybody, Met};
use crate::source::{Problem, User};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// What to scan, and what to show of it.
#[derive(Debug)]
pub struct Request {
    /// Paths; empty = this computer.
    pub paths: Vec<PathBuf>,
    /// All users of this computer instead of the one who runs the program.
    pub all_users: bool,
    /// Ids of the clients to look for; empty = all.
    pub clients: Vec<String>,
    /// Patterns (`*`) of outgoing servers to show; empty = all.
    pub servers: Vec<String>,
    /// Domains of addresses to show; empty = all.
    pub domains: Vec<String>,
    /// The name of the computer whose data it is, if the data does not tell.
    pub computer: Option<String>,
    /// What an account has to look like.
    pub policy: Policy,
    /// Leave out the steps.
    pub no_steps: bool,
}

/// Scans and reports.
pub fn scan(request: &Request) -> Report {
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
            policies: vec![request.policy.name.clone()],
            filters: filters(request),
            users: Vec::new(),
            remarks: Vec::new(),
        },
        findings: Vec::new(),
        not_shown: 0,
        resolved: Vec::new(),
        issues: Vec::new(),
    };
    let known = clients::known();
    let found = if request.paths.is_empty() {
        report.scan.sources.push("this computer".to_owned());
        Everybody::here(request.all_users, &known)
    } else {
        Everybody::paths(&paths, &known)
    };
    let (mut names, mut taken) = (Vec::new(), HashSet::new());
    found.visit(|computer, met| match met {
        Met::User(user) => {
            names.push(computer.map(str::to_owned));
            take_user(&user, computer, request, &mut report, &mut taken);
        }
        Met::Problem(problem) => report.issues.push(issue(problem, None, None)),
        Met::Said(text) => report.scan.remarks.push(text),
    });
    report.computer = computer::common_name(&names).or_else(|| request.computer.clone());
    report.findings.sort_by(|a, b| order(a).cmp(&order(b)));
    report
}

/// The time as reports give it.
pub(crate) fn now() -> String {
    let now = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    now.format(&Rfc3339).unwrap_or_default()
}

/// The order of the contract: user, client, profile, account key. Users without a name are told apart by their SIDs. Where
/// a copy has the same key, the account in use stands first.
fn order(finding: &Finding) -> impl Ord + '_ {
    let account = &finding.account;
    let is_copy = account.in_use == InUse::No;
    (
        (&finding.user, &finding.user_sid),
        account.client,
        &account.profile,
        (&account.key, &account.outgoing_key),
        is_copy,
        &finding.id,
    )
}

/// Takes what is found of a user. `taken`: the findings so far, by their computers and ids.
fn take_user(
    user: &User,
    computer: Option<&str>,
    request: &Request,
    report: &mut Report,
    taken: &mut HashSet<(Option<String>, String)>,
) {
    let mut issues: Vec<Issue> = Vec::new();
    // Several clients meet the same trouble on their way to the same place.
    let mut add = |problems: Vec<Problem>, client: Option<&'static str>| {
        for problem in problems {
            let issue = issue(problem, Some(user), client);
            let is_known = |known: &Issue| {
                known.kind == IssueKind::Outside
                    && (&known.place, &known.message) == (&issue.place, &issue.message)
            };
            if !issues.iter().any(is_known) {
                issues.push(issue);
            }
        }
    };
    add(user.take_mentioned(), None);
    if !user.unread {
        for client in CLIENTS.iter().filter(|client| wants(request, client)) {
            let found = ask(client, user);
            add(found.problems, Some(client.id));
            add(user.take_mentioned(), Some(client.id));
            let mut seen = HashSet::new();
            for account in found.accounts {
                // One file under two names has each account once; the first name is the one that its client looks at first.
                let file = user.real_place(&account.source);
                let key = (file, account.key.clone(), account.outgoing_key.clone(), account.name.clone());
                if key.0.is_some() && !seen.insert(key) {
                    continue;
                }
                let mut finding = finding_of(account, user, client, request);
                if !taken.insert((computer.map(str::to_owned), finding.id.clone())) {
                    finding.id = apart(&finding.id, &user.below_path(&finding.account.source));
                }
                if is_shown(&finding, request) {
                    report.findings.push(finding);
                } else {
                    report.not_shown += 1;
                }
            }
        }
    }
    let reason = issues.first().map(|issue| issue.message.clone());
    report.issues.extend(issues);
    let status = match (user.unread, &reason) {
        (true, _) => UserStatus::NotRead,
        (false, Some(_)) => UserStatus::Partly,
        (false, None) => UserStatus::Read,
    };
    list_user(user, status, reason, report);
}

/// What lies outside of somebody's home is the same person's.
fn list_user(user: &User, status: UserStatus, reason: Option<Text>, report: &mut Report) {
    let is_same = |known: &&mut ScannedUser| known.name == user.name && known.sid == user.sid;
    let is_outside = user.is_nobody() || !user.is_at_home();
    let known = report.scan.users.iter_mut().filter(|_| is_outside).find(is_same);
    match known {
        Some(known) if known.status == UserStatus::Read && status != UserStatus::Read => {
            (known.status, known.reason) = (UserStatus::Partly, reason);
        }
        Some(_) => {}
        None => {
            let (name, sid) = (user.name.clone(), user.sid.clone());
            report.scan.users.push(ScannedUser { name, sid, status, reason });
        }
    }
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

fn issue(problem: Problem, user: Option<&User>, client: Option<&'static str>) -> Issue {
    Issue {
        user: user.and_then(|user| user.name.clone()),
        client,
        kind: problem.kind,
        place: problem.place.to_string(),
        message: problem.message,
    }
}

fn filters(request: &Request) -> Vec<String> {
    let lists =
        [("--client", &request.clients), ("--server", &request.servers), ("--domain", &request.domains)];
    lists
        .iter()
        .flat_map(|(option, values)| values.iter().map(move |value| format!("{option} {value}")))
        .collect()
}

fn wants(request: &Request, client: &Client) -> bool {
    request.clients.is_empty() || request.clients.iter().any(|id| id == client.id)
}

fn finding_of(mut account: Account, user: &User, client: &Client, request: &Request) -> Finding {
    if user.is_former {
        account.in_use = InUse::No;
    } else if user.is_copied() && account.in_use == InUse::Yes {
        account.in_use = InUse::Unknown;
    }
    let is_dirty = user.has_dirty_registry() && account.source.starts_with("HKCU\\");
    Finding {
        id: id(&account, &user.id_part()),
        user: user.name.clone(),
        user_sid: user.sid.clone(),
        ..judge(account, is_dirty.then_some(Note::DirtyHive), client, &request.policy, request.no_steps)
    }
}

/// The verdict on an account with what follows from it; whose it is, is not in it yet.
pub(crate) fn judge(
    mut account: Account,
    of_source: Option<Note>,
    client: &Client,
    policy: &Policy,
    no_steps: bool,
) -> Finding {
    let protocol = account.incoming.as_ref().map(|Incoming { protocol, .. }| *protocol);
    let judged = classify(&account.outgoing, protocol, policy);
    let mut notes = account.notes.clone();
    let is_without_auth = judged.verdict == Verdict::NoSmtpAuth;
    notes.extend(account.note_without_auth.take().filter(|_| is_without_auth));
    notes.extend(judged.notes);
    notes.extend(of_source);
    let action = decide(judged.verdict, &account, &mut notes);
    account.edition = judged.needs.edition(&account);
    let edition = client.edition(account.edition);
    let needs = edition.needs(judged.needs);
    let (mut to_set, mut list) = (Vec::new(), Vec::new());
    if action != Action::None {
        to_set = needs.to_set(&account.outgoing, &edition.order(&needs));
        if !no_steps {
            list = steps_for(judged.rule, edition, &needs);
        }
    }
    Finding {
        id: String::new(),
        user: None,
        user_sid: None,
        verdict: judged.verdict,
        action,
        deviations: judged.deviations,
        notes,
        rule: judged.rule,
        needs,
        to_set,
        steps: list,
        compared: None,
        account,
    }
}

fn decide(verdict: Verdict, account: &Account, notes: &mut Vec<Note>) -> Action {
    if account.in_use == InUse::No {
        notes.push(Note::StaleProfile);
        return Action::None;
    }
    match verdict {
        Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth | Verdict::SmtpAuthOffPolicy => {
            if account.client_installed == Some(false) {
                notes.push(Note::ClientNotInUse);
                Action::CheckByHand
            } else {
                Action::Change
            }
        }
        Verdict::Unreadable => Action::CheckByHand,
        Verdict::SmtpAuth | Verdict::Managed | Verdict::NoOutgoingServer => Action::None,
    }
}

/// The steps for an account, with those of its client's edition.
pub(crate) fn steps_for(rule: Rule, edition: &Edition, needs: &Needs) -> Vec<Text> {
    let of_client = || edition.texts(needs).into_iter().chain([steps::TEST]);
    match rule {
        // Where another program sends, the steps are that program's business.
        Rule::ExternalProgram | Rule::LocalProxy => vec![
            Text::fixed(
                "送信を中継しているプログラム(ウイルス対策ソフトなど)の設定を開き、実際の送信サーバー、ポート、SMTP認証の有無を確認します。",
                "Open the settings of the program that relays the mail (an anti-virus, for example) and look up the real server, its port and whether it authenticates.",
            ),
            Text::fixed(
                "ポート 587 で SMTP 認証をしていなければ、そのプログラムの説明書またはプロバイダーの案内に従って変更します。",
                "If it does not authenticate on port 587, change it there as that program's manual or the provider's notice says.",
            ),
        ],
        Rule::Unclear => std::iter::once(steps::CHECK_FIRST).chain(of_client()).collect(),
        _ => of_client().collect(),
    }
}

/// The id of an account of which a copy was met before: with its place below PATH.
fn apart(id: &str, place: &str) -> String {
    let hash = Sha256::digest(format!("{id}\0{place}").as_bytes());
    hash.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The same in every scan of the same account, live or offline: client, user, store, account key, outgoing key.
pub(crate) fn id(account: &Account, user: &str) -> String {
    let parts = [account.client, user, &account.store, &account.key, &account.outgoing_key];
    let hash = Sha256::digest(parts.join("\0").as_bytes());
    hash.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn is_shown(finding: &Finding, request: &Request) -> bool {
    let host = finding.account.outgoing.seen().and_then(|seen| seen.host).unwrap_or_default();
    let server = request.servers.is_empty() || request.servers.iter().any(|pattern| matches(pattern, &host));
    let domain = request.domains.is_empty()
        || request.domains.iter().any(|domain| {
            let suffix = format!("@{}", domain.trim_start_matches('@').to_lowercase());
            let names = finding.account.addresses.iter().chain(std::iter::once(&finding.account.name));
            names.map(|name| name.to_lowercase()).any(|name| name.ends_with(&suffix))
        });
    server && domain
}

/// `*` stands for anything, also nothing; without regard to case.
fn matches(pattern: &str, host: &str) -> bool {
    let (pattern, host) = (pattern.to_lowercase(), host.to_lowercase());
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| host.strip_prefix(first)) else { return false };
    if !pattern.contains('*') {
        return rest.is_empty();
    }
    let mut parts: Vec<&str> = parts.collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match rest.find(part).and_then(|at| rest.get(at + part.len()..)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The first path that does not exist: also one below a file, with a name that can't be, or a link to nothing.
pub fn first_missing(paths: &[PathBuf]) -> Option<&Path> {
    paths.iter().map(PathBuf::as_path).find(|path| is_missing(path))
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

    #[test]
    fn patterns_match_as_people_expect() {
        for (pattern, host, expected) in [
            ("mail.example.jp", "MAIL.example.jp", true),
            ("mail.example.jp", "mail.example.jp.evil.example", false),
            ("*.example.jp", "smtp.example.jp", true),
            ("*.example.jp", "example.jp", false),
            ("*example*", "smtp.example.jp", true),
            ("smtp.*.jp", "smtp.example.jp", true),
            ("smtp.*.jp", "smtp.jp", false),
            ("a*a", "a", false),
            ("*", "", true),
        ] {
            assert_eq!(matches(pattern, host), expected, "{pattern} {host}");
        }
    }
}
