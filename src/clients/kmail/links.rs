//! Which incoming account goes with which outgoing server: identities stand between them.

use super::incoming::{Owner, Resource};
use super::settings::{
    DEFAULT_IDENTITY, EMAIL_ADDRESS, EMAIL_ALIASES, GENERAL, NAME, OF_IDENTITY, TRANSPORT, UOID,
};
use super::transport::Transport;
use super::{group, name_of};
use crate::clients::settings::Settings;

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
    pub(super) addresses: Vec<String>,
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

/// All links. Without a list of identities, every server counts as used.
///
/// IMAP stores its identity. POP3 does not: with one server in use it is that one's, otherwise the one that is left over
/// if there is just one of each. What can't be told is left out of the finding, not guessed.
pub(super) fn links<'a>(
    transports: &'a [Transport],
    identities: Option<&[Identity]>,
    resources: &'a [Resource],
) -> Vec<Link<'a>> {
    let server_of = |identity: &Identity| {
        let named = identity.transport.as_ref().and_then(|wanted| {
            transports
                .iter()
                .find(|t| t.id == *wanted)
                .or_else(|| transports.iter().find(|t| t.settings.peek_text(NAME) == Some(wanted)))
        });
        named.or_else(|| transports.iter().find(|transport| transport.is_default))
    };
    let list = identities.unwrap_or_default();
    let addresses_of = |transport: &Transport| {
        let using = list.iter().filter(|i| server_of(i).is_some_and(|server| server.id == transport.id));
        let mut addresses: Vec<String> = Vec::new();
        for address in using.flat_map(|identity| &identity.addresses) {
            if !addresses.contains(address) {
                addresses.push(address.clone());
            }
        }
        addresses
    };
    let used: Vec<(&Transport, Vec<String>)> = transports
        .iter()
        .map(|transport| (transport, addresses_of(transport)))
        .filter(|(_, addresses)| list.is_empty() || !addresses.is_empty())
        .collect();
    if used.is_empty() {
        let link = |resource| Link { transport: None, resource: Some(resource), addresses: Vec::new() };
        return resources.iter().map(link).collect();
    }
    let owner = |resource: &Resource| {
        let identity = match &resource.identity {
            Owner::NotStored => None,
            Owner::Default => list.iter().find(|identity| identity.is_default),
            Owner::Number(number) => list.iter().find(|identity| identity.number == *number),
        };
        identity.and_then(server_of).map(|transport| transport.id.clone())
    };
    let mut servers: Vec<Option<String>> = resources.iter().map(owner).collect();
    let bare = |servers: &[Option<String>]| -> Vec<String> {
        let ids = used.iter().map(|(transport, _)| &transport.id);
        ids.filter(|id| !servers.iter().flatten().any(|server| server == *id)).cloned().collect()
    };
    let left: Vec<usize> =
        servers.iter().enumerate().filter(|(_, server)| server.is_none()).map(|(at, _)| at).collect();
    if let [(only, _)] = used.as_slice() {
        servers.fill(Some(only.id.clone()));
    } else if let ([id], [at]) = (bare(&servers).as_slice(), left.as_slice())
        && let Some(server) = servers.get_mut(*at)
    {
        *server = Some(id.clone());
    }
    let mut found = Vec::new();
    for (transport, addresses) in used {
        let own = resources.iter().zip(&servers).filter(|(_, server)| server.as_ref() == Some(&transport.id));
        let own: Vec<Option<&Resource>> = own.map(|(resource, _)| Some(resource)).collect();
        let own = if own.is_empty() { vec![None] } else { own };
        let link = |resource| Link { transport: Some(transport), resource, addresses: addresses.clone() };
        found.extend(own.into_iter().map(link));
    }
    found
}
