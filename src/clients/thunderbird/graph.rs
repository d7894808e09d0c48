//! Which account sends by which servers: account → identities → outgoing servers.
//!
//! comm-central mailnews/base/src/nsMsgAccountManager.cpp, nsMsgAccount.cpp, nsMsgIdentity.cpp;
//! mailnews/compose/src/OutgoingServerService.sys.mjs, before nsSmtpService.cpp.

use super::program::{Engine, Program};
use super::settings::{
    ACCOUNT_IDENTITIES, ACCOUNT_SERVER, ACCOUNTS, DEFAULT_SERVER, IDENTITY_ADDRESS, IDENTITY_SERVER,
    SERVER_TYPE, SMTP_HOST, SMTP_SERVERS,
};
use super::values::{SHARED, Values};
use crate::model::limits;
use crate::model::{IssueKind, Text};
use crate::source::Problem;
use std::collections::{HashMap, HashSet};

/// More accounts, or identities of all accounts, are not looked at: nobody has as many, and a file that was made to
/// keep the program busy ends here.
const MAX_ACCOUNTS: usize = limits::ACCOUNTS.count();
const MAX_IDENTITIES: usize = limits::RECORDS.count();

/// An outgoing server, and the identities that send by it.
pub(super) type Route<'a> = (Option<&'a str>, Vec<&'a str>);

/// An account that receives mail, with the servers that its identities send by.
#[derive(Debug)]
pub(super) struct MailAccount<'a> {
    pub(super) key: &'a str,
    pub(super) server: &'a str,
    pub(super) kind: &'a str,
    /// In the order of the identities.
    pub(super) routes: Vec<Route<'a>>,
}

/// The accounts of a profile that receive mail, and whether there were more than are looked at.
pub(super) fn mail_accounts<'a>(values: &'a Values, program: &Program) -> (Vec<MailAccount<'a>>, bool) {
    let servers = values.list(&SMTP_SERVERS, "");
    let graph =
        Graph { values, program, first: servers.first().copied(), listed: servers.into_iter().collect() };
    let mut found = Vec::new();
    let mut taken = HashSet::new();
    let mut left = MAX_IDENTITIES;
    for key in values.list(&ACCOUNTS, "") {
        let Some((server, kind)) = graph.server(key) else { continue };
        // Of two accounts with one server the program deletes the second at its start (since 3.0, comm-central
        // f085c7f26b; tried with Thunderbird 153).
        if !taken.insert(server) {
            continue;
        }
        if found.len() == MAX_ACCOUNTS || left == 0 {
            return (found, true);
        }
        let mut identities = values.list(&ACCOUNT_IDENTITIES, key);
        let is_cut = identities.len() > left;
        identities.truncate(left);
        left -= identities.len();
        found.push(MailAccount { key, server, kind, routes: graph.routes(&identities) });
        if is_cut {
            return (found, true);
        }
    }
    (found, false)
}

/// The issue for accounts that were not looked at.
pub(super) fn cut(place: &str) -> Problem {
    Problem::new(
        IssueKind::TooLarge,
        place,
        Text::new(
            format!(
                "アカウントまたは差出人が多すぎます (上限はそれぞれ {MAX_ACCOUNTS} と {MAX_IDENTITIES})。残りは調べていません。"
            ),
            format!(
                "too many accounts or identities (the limits are {MAX_ACCOUNTS} and {MAX_IDENTITIES}): the rest was not looked at"
            ),
        ),
    )
}

struct Graph<'a, 'p> {
    values: &'a Values,
    program: &'p Program,
    /// The first of `mail.smtpservers`, and all of them.
    first: Option<&'a str>,
    listed: HashSet<&'a str>,
}

impl<'a> Graph<'a, '_> {
    /// The server of an account and its type. An account whose server has no type is none: the program deletes it at
    /// its start; so does it since version 87 with movemail (comm-central be33ffedd9; tried with Thunderbird 153). News,
    /// feeds, chat and the local folders receive no mail.
    fn server(&self, account: &str) -> Option<(&'a str, &'a str)> {
        let server = self.values.text(&ACCOUNT_SERVER, account)?;
        let kind = self.values.text(&SERVER_TYPE, server)?;
        let is_gone = kind == "movemail" && self.program.is_from(87);
        (!is_gone && !["none", "rss", "im", "nntp"].contains(&kind)).then_some((server, kind))
    }

    /// On a list with others, identities without an address are left over from something.
    fn routes(&self, identities: &[&'a str]) -> Vec<Route<'a>> {
        let has_address = |identity: &&str| self.values.has(&IDENTITY_ADDRESS, identity);
        let real: Vec<&str> = if identities.iter().any(&has_address) {
            identities.iter().copied().filter(has_address).collect()
        } else {
            identities.to_vec()
        };
        let mut routes: Vec<Route> = Vec::new();
        let mut known: HashMap<Option<&str>, usize> = HashMap::new();
        for identity in real {
            let outgoing = self.server_of(identity);
            let at = *known.entry(outgoing).or_insert(routes.len());
            match routes.get_mut(at) {
                Some((_, identities)) => identities.push(identity),
                None => routes.push((outgoing, vec![identity])),
            }
        }
        // An account that can send at all has a server; only one that can't is a finding without.
        if routes.iter().any(|(outgoing, _)| outgoing.is_some()) {
            routes.retain(|(outgoing, _)| outgoing.is_some());
        }
        if routes.is_empty() {
            routes.push((None, Vec::new()));
        }
        routes
    }

    /// The identity's own server, else the default one, else the first of the list.
    fn server_of(&self, identity: &str) -> Option<&'a str> {
        let of = |identity| self.values.text(&IDENTITY_SERVER, identity);
        let named = of(identity).or_else(|| of(SHARED));
        let Some(wanted) = named.or_else(|| self.values.text(&DEFAULT_SERVER, "")) else {
            return self.first;
        };
        // The list alone counts: deleted servers leave their settings behind. The old engine loaded a server that an
        // identity named, listed or not (nsSmtpService.cpp, `GetServerByKey`).
        let is_loaded =
            || self.program.engine() == Engine::Old && self.values.text(&SMTP_HOST, wanted).is_some();
        (self.listed.contains(wanted) || is_loaded()).then_some(wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::thunderbird::prefs_js::parse;
    use crate::source::User;
    use std::fmt::Write as _;

    /// A profile with so many accounts, each with so many identities, each with a server of its own.
    fn profile(accounts: usize, identities: usize) -> Values {
        let mut file = String::new();
        let list = |what: &str, numbers: std::ops::Range<usize>| {
            numbers.map(|n| format!("{what}{n}")).collect::<Vec<_>>().join(",")
        };
        let mut set =
            |name: &str, value: &str| writeln!(file, "user_pref(\"{name}\", \"{value}\");").unwrap();
        set("mail.accountmanager.accounts", &list("account", 0..accounts));
        set("mail.smtpservers", &list("smtp", 0..accounts * identities));
        for account in 0..accounts {
            set(&format!("mail.account.account{account}.server"), &format!("server{account}"));
            set(&format!("mail.server.server{account}.type"), "pop3");
            let own = account * identities..(account + 1) * identities;
            set(&format!("mail.account.account{account}.identities"), &list("id", own.clone()));
            for id in own {
                set(&format!("mail.identity.id{id}.smtpServer"), &format!("smtp{id}"));
            }
        }
        Values::of(parse(file.as_bytes()), "prefs.js")
    }

    #[test]
    fn accounts_that_the_program_deletes_are_none() {
        let file = |kind: &str, version: &str| {
            format!(
                "user_pref('mail.accountmanager.accounts', 'a,b,c');user_pref('mail.account.a.server', 's');
                user_pref('mail.account.b.server', 's');user_pref('mail.account.c.server', 't');
                user_pref('mail.server.s.type', 'pop3');user_pref('mail.server.t.type', '{kind}');
                user_pref('extensions.lastAppVersion', '{version}');"
            )
        };
        for (kind, version, expected) in [
            ("pop3", "153.0", &["a", "c"][..]),
            ("movemail", "153.0", &["a"]),
            ("movemail", "87.0", &["a"]),
            ("movemail", "78.14", &["a", "c"]),
            ("movemail", "", &["a", "c"]),
            ("rss", "153.0", &["a"]),
        ] {
            let values = Values::of(parse(file(kind, version).as_bytes()), "prefs.js");
            let program = Program::of(&User::default(), "~/p", "Thunderbird", &values, &mut Vec::new());
            let keys: Vec<&str> = mail_accounts(&values, &program).0.iter().map(|a| a.key).collect();
            assert_eq!(keys, expected, "{kind} {version}");
        }
    }

    #[test]
    fn what_is_too_much_is_cut_and_takes_no_time() {
        for (accounts, identities, found, routes, cut) in [
            (3, 2, 3, 6, false),
            (1_000, 1, 1_000, 1_000, false),
            (20_000, 1, 1_000, 1_000, true),
            (1, 20_000, 1, 2_000, true),
            (30, 1_000, 2, 2_000, true),
            (3, 1_500, 2, 2_000, true),
        ] {
            let values = profile(accounts, identities);
            let program = Program::of(&User::default(), "~/p", "Thunderbird", &values, &mut Vec::new());
            let started = std::time::Instant::now();
            let (list, is_cut) = mail_accounts(&values, &program);
            let all: usize = list.iter().map(|account| account.routes.len()).sum();
            assert_eq!((list.len(), all, is_cut), (found, routes, cut), "{accounts} {identities}");
            assert!(list.iter().all(|a| a.routes.iter().all(|route| route.0.is_some())));
            assert!(started.elapsed().as_secs() < 5, "{accounts} {identities}: {:?}", started.elapsed());
        }
    }
}
