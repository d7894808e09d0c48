//! Which account sends by which servers: account → identities → outgoing servers.

use super::settings::{
    BACKEND, DATA_SOURCE, ENABLED, IDENTITY_UID, MAIL_ACCOUNT, MAIL_IDENTITY, MAIL_SUBMISSION,
    MAIL_TRANSPORT, PARENT, TRANSPORT_UID,
};
use super::sources::{Named, Source, Sources};
use std::collections::BTreeMap;

/// Stores of messages that receive nothing from a server for mail, and cannot send either.
const NO_MAIL: [&str; 3] = ["vfolder", "rss", "nntp"];
/// Stores of local messages: those that are built in send nothing, those that a user made may.
const LOCAL: [&str; 5] = ["maildir", "mbox", "mh", "spool", "spooldir"];

/// One account with one outgoing server.
pub(super) struct Route<'a> {
    /// `None` where only an identity or an outgoing server was taken along.
    pub(super) account: Option<&'a Source>,
    /// Identities that send by this server.
    pub(super) identities: Vec<&'a Source>,
    /// The server's name, and what it leads to; `None` where no identity names one.
    pub(super) transport: Option<(&'a str, Named<'a>)>,
    /// True if an identity is named but can't be read: its server is unknown.
    pub(super) is_identity_lost: bool,
}

impl<'a> Route<'a> {
    /// The names of all its files.
    pub(super) fn uids(&self) -> impl Iterator<Item = &'a str> {
        let sources = self.account.into_iter().chain(self.identities.iter().copied());
        sources.map(|source| source.uid.as_str()).chain(self.transport.as_ref().map(|(uid, _)| *uid))
    }
}

/// All routes of the accounts, in the order of their names. Without any account, identities and outgoing servers that
/// were taken along count by themselves; beside accounts they are left over from something.
pub(super) fn routes(sources: &Sources) -> Vec<Route<'_>> {
    let accounts = sources.all().filter(|source| is_account(source, sources));
    let mut found: Vec<Route> = accounts.flat_map(|account| routes_of(account, sources)).collect();
    if found.is_empty() && sources.is_partial {
        let identities = sources.all().filter(|source| source.has(MAIL_IDENTITY)).collect::<Vec<_>>();
        if !identities.is_empty() {
            return group(None, identities, false, sources);
        }
        let servers = sources.all().filter(|source| source.peek(MAIL_TRANSPORT, BACKEND) == Some("smtp"));
        found.extend(servers.map(|server| Route {
            account: None,
            identities: Vec::new(),
            transport: Some((&server.uid, Named::Known(server))),
            is_identity_lost: false,
        }));
    }
    found
}

fn is_account(source: &Source, sources: &Sources) -> bool {
    let Some(backend) = source.peek(MAIL_ACCOUNT, BACKEND) else { return source.has(MAIL_ACCOUNT) };
    let can_send = || identity_uid(source).is_some_and(|uid| matches!(sources.named(uid), Named::Known(_)));
    !NO_MAIL.contains(&backend) && (!LOCAL.contains(&backend) || can_send())
}

/// `self`, the default, is no file's name.
fn identity_uid(account: &Source) -> Option<&str> {
    account.peek(MAIL_ACCOUNT, IDENTITY_UID).filter(|uid| *uid != "self")
}

fn routes_of<'a>(account: &'a Source, sources: &'a Sources) -> Vec<Route<'a>> {
    let main = identity_uid(account).map(|uid| (uid, sources.named(uid)));
    let (mut identities, is_lost) = match main {
        Some((_, Named::Known(identity))) => (vec![identity], false),
        Some((_, Named::Unreadable)) => (Vec::new(), true),
        Some((_, Named::Nothing)) | None => (Vec::new(), false),
    };
    // Identities that were added to an account lie below it.
    let is_further = |source: &&Source| {
        source.has(MAIL_IDENTITY)
            && source.peek(DATA_SOURCE, PARENT) == Some(&account.uid)
            && source.peek(DATA_SOURCE, ENABLED) != Some("false")
    };
    for further in sources.all().filter(is_further) {
        if !identities.iter().any(|known| known.uid == further.uid) {
            identities.push(further);
        }
    }
    group(Some(account), identities, is_lost, sources)
}

/// Identities with the same server belong together.
fn group<'a>(
    account: Option<&'a Source>,
    identities: Vec<&'a Source>,
    is_identity_lost: bool,
    sources: &'a Sources,
) -> Vec<Route<'a>> {
    let mut routes: Vec<Route> = Vec::new();
    let mut known: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for identity in identities {
        let uid = identity.peek(MAIL_SUBMISSION, TRANSPORT_UID);
        let at = *known.entry(uid).or_insert(routes.len());
        match routes.get_mut(at) {
            Some(route) => route.identities.push(identity),
            None => routes.push(Route {
                account,
                identities: vec![identity],
                transport: uid.map(|uid| (uid, sources.named(uid))),
                is_identity_lost: false,
            }),
        }
    }
    if is_identity_lost || routes.is_empty() {
        routes.push(Route { account, identities: Vec::new(), transport: None, is_identity_lost });
    }
    // An account that can send at all has a server; only one that can't is a finding without.
    if routes.iter().any(|route| route.transport.is_some()) {
        routes.retain(|route| route.transport.is_some() || route.is_identity_lost);
    }
    routes
}
