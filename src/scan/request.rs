//! What is asked of a scan, and what of its result is shown.

use super::Rules;
use crate::model::Account;
use std::path::PathBuf;

/// What to scan, and what to show of it.
#[derive(Debug)]
pub struct Request {
    /// Paths; empty = this computer.
    pub paths: Vec<PathBuf>,
    /// All users of this computer instead of the one who runs the program.
    pub all_users: bool,
    /// Ids of the clients to show; empty = all.
    pub clients: Vec<String>,
    /// Patterns (`*`) of outgoing servers to show; empty = all.
    pub servers: Vec<String>,
    /// Domains of addresses to show; empty = all.
    pub domains: Vec<String>,
    /// The name of the computer whose data it is, if the data does not tell.
    pub computer: Option<String>,
    /// By what accounts are judged.
    pub rules: Rules,
    /// The program itself, where it may start processes to read several homes; `None`: all is read in this one.
    pub program: Option<PathBuf>,
    /// Whose the accounts are that are not shown is kept.
    pub keeps_unshown: bool,
}

impl Request {
    /// All that these paths hold, judged by the standard policy, without steps, in this process.
    pub fn of_paths(paths: Vec<PathBuf>) -> Self {
        Self {
            paths,
            all_users: false,
            clients: Vec::new(),
            servers: Vec::new(),
            domains: Vec::new(),
            computer: None,
            rules: Rules { no_steps: true, ..Rules::standard() },
            program: None,
            keeps_unshown: false,
        }
    }
}

pub(super) fn filters(request: &Request) -> Vec<String> {
    let lists =
        [("--client", &request.clients), ("--server", &request.servers), ("--domain", &request.domains)];
    lists
        .iter()
        .flat_map(|(option, values)| values.iter().map(move |value| format!("{option} {value}")))
        .collect()
}

pub(super) fn is_asked(client: &str, request: &Request) -> bool {
    request.clients.is_empty() || request.clients.iter().any(|id| id == client)
}

pub(super) fn is_shown(account: &Account, request: &Request) -> bool {
    let hosts = account.outgoing.hosts();
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let names: Vec<&str> = account.addresses.iter().chain([&account.name]).map(String::as_str).collect();
    is_on(&request.servers, &hosts) && is_of(&request.domains, &names) && is_asked(account.client, request)
}

/// True if one of the hosts, or of none the lack of one, fits one of the patterns of `--server`, or there are no patterns.
pub(crate) fn is_on(servers: &[String], hosts: &[&str]) -> bool {
    let fits = |pattern: &String| {
        hosts.iter().any(|host| matches(pattern, host)) || (hosts.is_empty() && matches(pattern, ""))
    };
    servers.is_empty() || servers.iter().any(fits)
}

/// True if one of the addresses is of one of the domains of `--domain`, or there are no domains.
pub(crate) fn is_of(domains: &[String], addresses: &[&str]) -> bool {
    let fits = |domain: &String| {
        let suffix = format!("@{}", domain.trim_start_matches('@').to_lowercase());
        addresses.iter().any(|address| address.to_lowercase().ends_with(&suffix))
    };
    domains.is_empty() || domains.iter().any(fits)
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
