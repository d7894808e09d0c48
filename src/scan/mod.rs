//! The scan: users → detectors → verdicts → report. Trouble of one user or client does not end the others.

mod take;

use crate::classify::{Policy, classify};
use crate::clients::{self, Client, Edition, steps};
use crate::model::{
    Account, Action, Finding, InUse, Incoming, Needs, Note, Passage, Report, Rule, ScanFacts, Scope, Text,
    Verdict,
};
use crate::source::computer::common_name;
use crate::source::here;
use crate::source::system::is_missing;
use crate::source::users;
use crate::source::visit::Everybody;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use take::Takes;
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
            twins: None,
            passages: Vec::new(),
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
    report.scan.passages = found.passages().cloned().collect();
    let mut takes = Takes::new(request, &mut report);
    let twins = found.visit(|computer, met| takes.take(computer, met));
    let names = takes.names();
    report.scan.twins = twins.filter(|_| request.computer.is_none());
    report.computer = common_name(&names);
    report.findings.sort_by(|a, b| order(a).cmp(&order(b)));
    report
}

/// What a scan of these paths would look at, without opening anybody's data.
pub fn survey(paths: &[PathBuf]) -> Vec<Passage> {
    let found = Everybody::paths(&users::distinct(paths), &clients::known());
    found.passages().cloned().collect()
}

/// The time as reports give it.
pub(crate) fn now() -> String {
    let now = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    now.format(&Rfc3339).unwrap_or_default()
}

/// The order of the contract: user, client, profile, account key, of several computers one after the other. Users without a
/// name are told apart by their SIDs. Where a copy has the same key, the account in use stands first.
fn order(finding: &Finding) -> impl Ord + '_ {
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

fn filters(request: &Request) -> Vec<String> {
    let lists =
        [("--client", &request.clients), ("--server", &request.servers), ("--domain", &request.domains)];
    lists
        .iter()
        .flat_map(|(option, values)| values.iter().map(move |value| format!("{option} {value}")))
        .collect()
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
        computer: None,
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
