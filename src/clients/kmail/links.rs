//! Which incoming account goes with which outgoing server: identities stand between them.

use super::incoming::{Owner, Resource};
use super::settings::{
    DEFAULT_IDENTITY, EMAIL_ADDRESS, EMAIL_ALIASES, GENERAL, NAME, OF_IDENTITY, TRANSPORT, UOID,
};
use super::transport::Transport;
use super::{group, name_of};
use crate::clients::distinct::distinct;
use crate::clients::settings::Settings;
use crate::model::limits;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// An identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Identity {
    number: String,
    is_default: bool,
    /// The number or name of its outgoing server.
    transport: Option<String>,
    addresses: Vec<String>,
}

/// One incoming account with one outgoing server, either of which may be missing.
#[derive(Debug)]
pub(super) struct Link<'a> {
    pub(super) transport: Option<&'a Transport>,
    pub(super) resource: Option<&'a Resource>,
    pub(super) addresses: Rc<[String]>,
}

/// The identities of `emailidentities`. One without an address is not used; without a default the first is it
/// (`IdentityManagerPrivate::readConfig`).
pub(super) fn identities_of(groups: &[Settings]) -> Vec<Identity> {
    let default = group(groups, GENERAL).and_then(|general| general.peek_text(DEFAULT_IDENTITY));
    let mut found: Vec<Identity> = groups
        .iter()
        .filter(|group| name_of(group).starts_with(OF_IDENTITY))
        .filter_map(|group| {
            let mut addresses = vec![group.peek_text(EMAIL_ADDRESS)?.to_owned()];
            let aliases = group.peek_text(EMAIL_ALIASES).unwrap_or_default();
            addresses.extend(aliases.split(',').map(str::trim).filter(|a| !a.is_empty()).map(str::to_owned));
            let number = group.peek_text(UOID).unwrap_or_default().to_owned();
            Some(Identity {
                is_default: default == Some(&number),
                number,
                transport: group.peek_text(TRANSPORT).map(str::to_owned),
                addresses,
            })
        })
        .collect();
    if !found.iter().any(|identity| identity.is_default)
        && let Some(first) = found.first_mut()
    {
        first.is_default = true;
    }
    found
}

/// All links, and how many more there are than accounts are taken. Without a list of identities, every server counts as
/// used.
///
/// IMAP stores its identity. POP3 does not: with one server in use it is that one's, otherwise the one that is left over
/// if there is just one of each. What can't be told is left out of the finding, not guessed.
pub(super) fn links<'a>(
    transports: &'a [Transport],
    identities: Option<&[Identity]>,
    resources: &'a [Resource],
) -> (Vec<Link<'a>>, u64) {
    let servers = Servers::of(transports);
    let list = identities.unwrap_or_default();
    let mut addresses: HashMap<&str, Vec<String>> = HashMap::new();
    for (identity, server) in
        list.iter().filter_map(|identity| Some((identity, servers.of_identity(identity)?)))
    {
        addresses.entry(&server.id).or_default().extend(identity.addresses.iter().cloned());
    }
    let addresses: HashMap<&str, Rc<[String]>> =
        addresses.into_iter().map(|(id, all)| (id, distinct(all).into())).collect();
    let addresses_of =
        |transport: &Transport| addresses.get(transport.id.as_str()).cloned().unwrap_or_default();
    let used: Vec<(&Transport, Rc<[String]>)> = transports
        .iter()
        .map(|transport| (transport, addresses_of(transport)))
        .filter(|(_, addresses)| list.is_empty() || !addresses.is_empty())
        .collect();
    if used.is_empty() {
        let link = |resource| Link { transport: None, resource: Some(resource), addresses: Rc::default() };
        return (resources.iter().map(link).collect(), 0);
    }
    let owned =
        owned(resources, list, &servers, &used.iter().map(|(transport, _)| *transport).collect::<Vec<_>>());
    let (mut found, mut left_out) = (Vec::new(), 0);
    for (transport, addresses) in used {
        let own = owned.get(transport.id.as_str()).map_or(&[][..], Vec::as_slice);
        if found.len() >= limits::ACCOUNTS.count() {
            left_out += own.len().max(1) as u64;
            continue;
        }
        let link = |resource| Link { transport: Some(transport), resource, addresses: Rc::clone(&addresses) };
        if own.is_empty() {
            found.push(link(None));
        }
        found.extend(own.iter().map(|resource| link(Some(resource))));
    }
    (found, left_out)
}

/// The incoming accounts of each server in use.
fn owned<'a>(
    resources: &'a [Resource],
    list: &[Identity],
    servers: &Servers<'a>,
    used: &[&'a Transport],
) -> HashMap<&'a str, Vec<&'a Resource>> {
    let numbers = first_of_each(list.iter().map(|identity| (identity.number.as_str(), identity)));
    let default = list.iter().find(|identity| identity.is_default);
    let owner = |resource: &Resource| {
        let identity = match &resource.identity {
            Owner::NotStored => None,
            Owner::Default => default,
            Owner::Number(number) => numbers.get(number.as_str()).copied(),
        };
        identity.and_then(|identity| servers.of_identity(identity)).map(|transport| transport.id.as_str())
    };
    let mut owners: Vec<Option<&str>> = resources.iter().map(owner).collect();
    let taken: HashSet<&str> = owners.iter().flatten().copied().collect();
    let bare: Vec<&str> =
        used.iter().map(|server| server.id.as_str()).filter(|id| !taken.contains(id)).collect();
    let left: Vec<usize> =
        owners.iter().enumerate().filter(|(_, server)| server.is_none()).map(|(at, _)| at).collect();
    if let [only] = used {
        owners.fill(Some(&only.id));
    } else if let ([id], [at]) = (bare.as_slice(), left.as_slice())
        && let Some(server) = owners.get_mut(*at)
    {
        *server = Some(id);
    }
    let mut by_server: HashMap<&str, Vec<&Resource>> = HashMap::new();
    for (resource, server) in resources.iter().zip(owners) {
        if let Some(server) = server {
            by_server.entry(server).or_default().push(resource);
        }
    }
    by_server
}

/// Outgoing servers by what identities call them.
struct Servers<'a> {
    by_id: HashMap<&'a str, &'a Transport>,
    by_name: HashMap<&'a str, &'a Transport>,
    default: Option<&'a Transport>,
}

impl<'a> Servers<'a> {
    fn of(transports: &'a [Transport]) -> Self {
        let names = transports.iter().filter_map(|server| Some((server.settings.peek_text(NAME)?, server)));
        Self {
            by_id: first_of_each(transports.iter().map(|server| (server.id.as_str(), server))),
            by_name: first_of_each(names),
            default: transports.iter().find(|transport| transport.is_default),
        }
    }

    fn of_identity(&self, identity: &Identity) -> Option<&'a Transport> {
        let wanted = identity.transport.as_deref();
        let named = wanted.and_then(|wanted| self.by_id.get(wanted).or_else(|| self.by_name.get(wanted)));
        named.copied().or(self.default)
    }
}

/// Of things with one name the first counts.
fn first_of_each<'k, T>(things: impl Iterator<Item = (&'k str, T)>) -> HashMap<&'k str, T> {
    let mut found = HashMap::new();
    for (name, thing) in things {
        found.entry(name).or_insert(thing);
    }
    found
}
