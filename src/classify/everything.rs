//! Everything that a policy wants, for steps without a scan: of an account nothing is known.

use super::Can;
use super::fit::Seen;
use super::receiving::{implied, whole};
use super::target::{Difference, Target, difference, target};
use crate::model::{Auth, Needs, Protocol};
use crate::policy::{Policy, Setting, Side};

/// What a client is to be set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim<'p> {
    /// This.
    To(&'p Setting),
    /// The policy wants this, which the client can't do.
    Cannot(&'p Setting),
    /// The policy accepts only what does not authenticate: nobody is changed to that.
    WithoutAuth,
    /// Nothing lasts.
    Nowhere,
}

/// Both sides of a policy for one client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Everything<'p> {
    /// For sending; `None`: the policy does not speak for it.
    pub sending: Option<Aim<'p>>,
    /// For receiving: by protocol where the policy tells them apart.
    pub receiving: Vec<(Option<Protocol>, Aim<'p>)>,
    /// What has to be set.
    pub needs: Needs,
}

/// Everything by the target of a policy, for a client that can do this much.
pub fn everything(policy: &Policy, can: Can) -> Everything<'_> {
    let sending = policy.sending.as_deref().map(|settings| aim(settings, &blank(Side::Sending, can)));
    let receiving = policy.receiving.as_deref().unwrap_or_default();
    let receiving: Vec<_> = protocols(receiving)
        .into_iter()
        .map(|protocol| (protocol, aim(receiving, &Seen { protocol, ..blank(Side::Receiving, can) })))
        .collect();
    let mut needs = match sending {
        Some(Aim::To(setting)) => to_send(setting, can),
        Some(Aim::Nowhere) => Needs { ends: true, is_prescribed: true, ..Needs::default() },
        _ => Needs { is_prescribed: true, ..Needs::default() },
    };
    for (protocol, aim) in &receiving {
        if let Aim::To(setting) = aim {
            let mut incoming = whole(setting, &blank(Side::Receiving, can), *protocol);
            incoming.server = named(setting);
            needs.incoming.push(incoming);
        }
    }
    Everything { sending, receiving, needs }
}

fn to_send(setting: &Setting, can: Can) -> Needs {
    let Difference { host: _, port, security, auth, is_app_password, user: _, protocol: _ } =
        difference(setting, &blank(Side::Sending, can));
    Needs {
        server: named(setting),
        port,
        security: security.or_else(|| implied(setting, Side::Sending)),
        method: auth.filter(|method| *method != Auth::Password),
        is_app_password,
        user: setting.user,
        security_as_advised: false,
        is_prescribed: true,
        ..Needs::all()
    }
}

/// The server as the policy writes it: what stands for the account's own values is said in words. A pattern leaves it.
fn named(setting: &Setting) -> Option<String> {
    setting.host.first().filter(|host| !host.contains('*')).cloned()
}

/// The protocols that the lasting settings tell apart; `None` for one that they don't.
fn protocols(settings: &[Setting]) -> Vec<Option<Protocol>> {
    let mut protocols = Vec::new();
    for setting in settings.iter().filter(|setting| setting.lasts()) {
        if !protocols.contains(&setting.protocol) {
            protocols.push(setting.protocol);
        }
    }
    match (protocols.is_empty(), settings.is_empty()) {
        (true, false) => vec![None],
        _ => protocols,
    }
}

fn aim<'p>(settings: &'p [Setting], seen: &Seen<'_>) -> Aim<'p> {
    match target(settings, seen, false) {
        Target::To(setting) => Aim::To(setting),
        Target::Cannot(setting) => Aim::Cannot(setting),
        Target::WithoutAuth(_) => Aim::WithoutAuth,
        Target::Nowhere => Aim::Nowhere,
    }
}

const fn blank(side: Side, can: Can) -> Seen<'static> {
    Seen {
        side,
        host: None,
        port: None,
        security: None,
        auth: None,
        logs_on_first: false,
        protocol: None,
        incoming: None,
        addresses: &[],
        can,
    }
}
