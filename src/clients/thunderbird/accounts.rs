//! The accounts of one profile → findings.

use super::cases::{Case, Outcomes, Part, each};
use super::forced::Forced;
use super::graph::{self, MailAccount, Route};
use super::incoming::IncomingServers;
use super::organisation::Organisation;
use super::profiles::Profile;
use super::program::{Engine, Program};
use super::server::{ByVersion, Servers};
use super::settings::{
    ACCOUNT_IDENTITIES, DEFAULT_ACCOUNT, DEFAULT_SERVER, IDENTITY_ADDRESS, IDENTITY_SERVER, SERVER_NAME,
    SERVER_REAL_USER, SERVER_TYPE, SERVER_USER, SMTP_HOST, SMTP_SERVERS,
};
use super::values::{SHARED, Values};
use super::{CLIENT, Found};
use crate::clients::distinct::distinct;
use crate::clients::look::Look;
use crate::model::limits;
use crate::model::{Account, Confidence, Note, Outgoing, Partial, Text};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

const VERSION_UNKNOWN: Note = Note::Other(
    "version-unknown",
    Text::fixed(
        "メールソフトのバージョンが分かりません。設定の一部はバージョンによって意味が変わり、たとえばポートの既定値は Thunderbird 92 以前とそれを基にした製品では 25、93 以降では 587 です。",
        "The program's version is not known, and some settings mean something else by version: the default port, for one, is 25 up to Thunderbird 92 and what is made from it, and 587 from 93 on.",
    ),
);
const TOO_OPEN: Text = Text::fixed(
    "管理者のスクリプトの条件が多すぎて、値が決まりません",
    "too many conditions in the administrator's script to tell the values",
);

/// One profile with everything that was read of it.
pub(super) struct Opened<'a> {
    pub(super) profile: &'a Profile,
    pub(super) program: &'a Program,
    pub(super) values: &'a Values,
    pub(super) organisation: &'a Organisation,
    /// prefs.js as it is shown.
    pub(super) source: String,
}

/// An account in one of the cases.
struct InCase<'a> {
    case: &'a Case,
    account: &'a MailAccount<'a>,
    is_default: Option<bool>,
}

/// What was read of an account in one case, by one way out.
struct Run<'a> {
    values: &'a Values,
    route: &'a Route<'a>,
    program: &'a Program,
    by_version: ByVersion,
    parts: Range<usize>,
}

impl Run<'_> {
    /// True if it is what would be read in another case.
    fn is_that_of(&self, program: &Program, values: &Values, route: &Route) -> bool {
        let is_alike = !self.by_version.engine || self.program.engine() == program.engine();
        is_alike
            && !self.by_version.security
            && self.route == route
            && self.values.is_in_the_same_case(values)
    }
}

impl Opened<'_> {
    /// Hands over the findings of the profile.
    pub(super) fn read(&self, found: &mut Found) {
        let (cases, is_open) = self.cases();
        let graphs: Vec<_> =
            cases.iter().map(|case| graph::mail_accounts(&case.values, &case.program)).collect();
        if graphs.iter().any(|(_, is_cut)| *is_cut) {
            found.problems.push(graph::cut(&self.source));
        }
        // Each account once, in the order in which the cases have them.
        let mut order = Vec::new();
        let mut known: HashMap<&str, Vec<InCase>> = HashMap::new();
        for (case, (accounts, _)) in cases.iter().zip(&graphs) {
            let default = case
                .values
                .text(&DEFAULT_ACCOUNT, "")
                .filter(|key| accounts.iter().any(|account| account.key == *key))
                .or_else(|| accounts.first().map(|account| account.key));
            for account in accounts {
                let is_default = self.profile.is_default.map(|yes| yes && default == Some(account.key));
                let in_cases = known.entry(account.key).or_default();
                if in_cases.is_empty() {
                    order.push(account.key);
                }
                in_cases.push(InCase { case, account, is_default });
            }
        }
        for in_cases in order.into_iter().filter_map(|key| known.get(key)) {
            for outgoing in servers(in_cases) {
                if let Some((account, look)) = self.finding(in_cases, outgoing, is_open) {
                    found.account(account, look);
                }
            }
        }
    }

    /// What the profile may be, as far as its accounts and their servers depend on it; true if that is too much to tell.
    fn cases(&self) -> (Vec<Case>, bool) {
        let mut cases = Vec::new();
        let mut is_open = self.organisation.is_too_open;
        for (versions, program) in self.program.possible() {
            let fallen = each(self.values, |values| drop(graph::mail_accounts(values, &program)));
            is_open |= fallen.is_cut;
            let case = |(values, ())| Case { versions, program: program.clone(), values };
            cases.extend(fallen.list.into_iter().map(case));
        }
        (cases, is_open)
    }

    /// One account with one outgoing server in all cases; it is shown as it is in the first one that has both.
    fn finding(&self, in_cases: &[InCase], server: Option<&str>, is_open: bool) -> Option<(Account, Look)> {
        let has_server = |in_case: &InCase| in_case.account.routes.iter().any(|route| route.0 == server);
        let shown = in_cases.iter().find(|in_case| has_server(in_case))?;
        let identities =
            routes(shown.account, server).first().map(|(_, identities)| identities.as_slice())?;
        let mut outcomes = Outcomes::default();
        let mut parts: Vec<Part> = Vec::new();
        let mut runs: Vec<Run> = Vec::new();
        let mut is_open = is_open;
        let others = in_cases.iter().filter(|in_case| !std::ptr::eq(*in_case, shown));
        for in_case in std::iter::once(shown).chain(others) {
            let Case { versions, program, values } = in_case.case;
            let routes = routes(in_case.account, server);
            is_open |= routes.len() > limits::UNDECIDED.count();
            for route in routes.iter().take(limits::UNDECIDED.count()) {
                if let Some(run) = runs.iter().find(|run| run.is_that_of(program, values, route)) {
                    for part in parts.get(run.parts.clone()).into_iter().flatten() {
                        outcomes.add(part, *versions);
                    }
                    continue;
                }
                // One is shown all the same.
                if is_open && !parts.is_empty() {
                    continue;
                }
                let fallen = each(values, |values| self.part(in_case, route, values));
                let first = parts.len();
                is_open |= fallen.is_cut || first + fallen.list.len() > limits::UNDECIDED.count();
                parts.extend(fallen.list.into_iter().map(|(_, part)| part));
                let new = parts.get(first..).unwrap_or_default();
                for part in new {
                    outcomes.add(part, *versions);
                }
                let by_version = ByVersion {
                    engine: new.iter().any(|part| part.by_version.engine),
                    security: new.iter().any(|part| part.by_version.security),
                };
                runs.push(Run { program, values, route, by_version, parts: first..parts.len() });
            }
        }
        let key = server.unwrap_or_default();
        let forced = || parts.iter().map(|part| Forced { values: &part.values, program: self.program, key });
        let edition = forced().next()?.edition();
        let mut fixed = in_all(forced().map(|forced| forced.fixed()));
        let mut notes = in_all(forced().map(|forced| forced.notes()));
        if is_open {
            (fixed, notes) = (Vec::new(), Vec::new());
        }
        notes.extend(self.organisation.notes());
        notes.extend(outcomes.hang_on_version().then_some(VERSION_UNKNOWN));
        let mut outgoing = outcomes.outgoing();
        if is_open {
            let is_certain = !self.values.is_open(&SMTP_HOST, key);
            let host = outgoing.hosts().into_iter().next().filter(|_| is_certain);
            outgoing = Outgoing::Unclear(Partial { host, ..Partial::default() }, TOO_OPEN);
            notes.push(Note::TOO_UNDECIDED);
        }
        let mut parts = parts.into_iter();
        let Part { values, incoming, user, mut look, .. } = parts.next()?;
        for other in parts {
            look.join(other.look);
        }
        let addresses = look.aside(|look| {
            if shown.is_default.is_some() {
                look.record(&values.settings(&DEFAULT_ACCOUNT, ""), DEFAULT_ACCOUNT, None);
            }
            addresses(&values, identities, look)
        });
        let account = shown.account;
        let name = values.text(&SERVER_NAME, account.server).map(str::to_owned);
        let account = Account {
            client_version: self.program.version.clone(),
            client_installed: self.organisation.installed,
            in_use: self.profile.in_use,
            profile: self.profile.name.clone(),
            source: self.source.clone(),
            store: self.profile.store.clone(),
            key: account.key.to_owned(),
            outgoing_key: key.to_owned(),
            name: name
                .or_else(|| addresses.first().cloned())
                .or(user)
                .unwrap_or_else(|| account.key.to_owned()),
            addresses,
            default_account: shown.is_default,
            incoming: Some(incoming),
            confidence: self.confidence(runs.iter().any(|run| run.by_version.any())),
            notes,
            fixed,
            ..Account::new(CLIENT.id, &self.program.name, edition, outgoing)
        };
        Some((account, look))
    }

    /// An account with one of its servers, as far as choices have fallen; whether it depends on the version.
    fn part(&self, in_case: &InCase, (server, identities): &Route, values: &Values) -> Part {
        let InCase { case, account, .. } = in_case;
        let mut look = Look::default();
        self.program.record(&mut look);
        record_chain(values, account, identities, &mut look);
        let (incoming, user) = values.aside(|| {
            let servers = IncomingServers { values, program: self.program };
            look.aside(|look| {
                let incoming = servers.read(account.server, account.kind, look);
                (incoming, servers.name(account.server, &SERVER_USER, &SERVER_REAL_USER, look))
            })
        });
        let servers = Servers { values, program: &case.program };
        let reading = server.map(|key| servers.read(key, user.as_deref(), &mut look));
        let by_version = reading.as_ref().map(|reading| reading.by_version).unwrap_or_default();
        let outgoing = match (reading, account.kind) {
            (Some(reading), _) => reading.outgoing,
            (None, "ews" | "graph") => Outgoing::Managed(incoming.host.clone()),
            (None, _) => Outgoing::None(Partial::default()),
        };
        Part { values: values.clone(), outgoing, by_version, incoming, user, look }
    }

    /// The new engine was seen at work. What an older one does is known from its source, for programs built from it.
    /// What an administrator's script does is a guess.
    fn confidence(&self, by_version: bool) -> Confidence {
        match self.program.engine() {
            _ if !self.organisation.scripts.is_empty() => Confidence::Inferred,
            Engine::New => Confidence::Verified,
            _ if !by_version => Confidence::Documented,
            Engine::Old if self.program.is_thunderbird() => Confidence::Documented,
            _ => Confidence::Inferred,
        }
    }
}

/// The servers that an account has in any case; none only if it never has one.
fn servers<'a>(in_cases: &[InCase<'a>]) -> Vec<Option<&'a str>> {
    let all = in_cases.iter().flat_map(|in_case| in_case.account.routes.iter().map(|route| route.0));
    let mut servers: Vec<Option<&str>> = Vec::new();
    let mut known = HashSet::new();
    servers.extend(all.filter(|server| known.insert(*server)));
    if servers.iter().any(Option::is_some) {
        servers.retain(Option::is_some);
    }
    servers
}

/// The way out by this server; where the account does not have it, all that it has instead.
fn routes<'a>(account: &'a MailAccount<'a>, server: Option<&str>) -> &'a [Route<'a>] {
    let at = account.routes.iter().position(|route| route.0 == server);
    at.and_then(|at| account.routes.get(at..=at)).unwrap_or(&account.routes)
}

/// What all lists have.
fn in_all<T: PartialEq>(mut lists: impl Iterator<Item = Vec<T>>) -> Vec<T> {
    let mut common = lists.next().unwrap_or_default();
    for list in lists {
        common.retain(|one| list.contains(one));
    }
    common
}

fn addresses(values: &Values, identities: &[&str], look: &mut Look) -> Vec<String> {
    let all = identities.iter().enumerate().filter_map(|(number, identity)| {
        let settings = values.settings(&IDENTITY_ADDRESS, identity);
        if number < limits::SHOWN.count() {
            look.record(&settings, IDENTITY_ADDRESS, None);
        }
        settings.peek_text(IDENTITY_ADDRESS).map(str::to_owned)
    });
    distinct(all)
}

/// What led from the account to its server.
fn record_chain(values: &Values, account: &MailAccount, identities: &[&str], look: &mut Look) {
    let mut names = vec![(SERVER_TYPE, account.server), (ACCOUNT_IDENTITIES, account.key)];
    let shown = identities.iter().take(limits::SHOWN.count());
    names.extend(shown.map(|identity| (IDENTITY_SERVER, *identity)));
    if identities.iter().any(|identity| values.text(&IDENTITY_SERVER, identity).is_none()) {
        names.extend(values.has(&IDENTITY_SERVER, SHARED).then_some((IDENTITY_SERVER, SHARED)));
        names.push((DEFAULT_SERVER, ""));
    }
    names.push((SMTP_SERVERS, ""));
    for (fact, key) in names {
        look.record(&values.settings(&fact, key), fact, None);
    }
}
