//! Everything that a policy wants, for steps without a scan: of an account nothing is known.

use super::Can;
use super::fit::{Seen, is_implicit, missing, usual};
use super::receiving::whole;
use super::target::{Difference, Target, difference, does, port_to_set, target};
use crate::model::{AsGood, Auth, IncomingNeeds, Needs, Protocol, Security, Text};
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
    /// Further lasting settings that the client can do: who has one of them changes nothing.
    pub also: Vec<(Side, &'p Setting)>,
    /// What the client lacks.
    pub lacks: Vec<Text>,
    /// What has to be set.
    pub needs: Needs,
}

/// Port and encryption of a setting, for whoever has neither.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Connection {
    /// The port to set; `None`: it stays.
    pub port: Option<u16>,
    /// The encryption to set; `None`: it stays.
    pub security: Option<Security>,
    /// Of whatever kind it is, it has to be on.
    encrypt: bool,
    /// Ports that stay.
    as_good: Option<AsGood>,
}

/// The first port of a setting, with the encryption that goes with it. Nobody is to turn the encryption off, so of several
/// kinds clear text is never the one to set, and a port that goes with an encryption stands in front of one that does not;
/// but for clear text to the letter.
pub fn connection(setting: &Setting, side: Side) -> Connection {
    let kinds: Vec<Security> =
        setting.security.iter().copied().filter(|kind| *kind != Security::Plain).collect();
    let port = port_to_set(setting, side);
    let security = match (kinds.as_slice(), port) {
        _ if setting.exactly => Some(Security::Plain),
        ([], Some(port)) if setting.security.is_empty() && is_implicit(port, side) => Some(Security::Tls),
        ([only], _) => Some(*only),
        ([first, ..], Some(port)) => {
            let usual = usual(Some(port), side);
            Some(if kinds.contains(&usual) { usual } else { *first })
        }
        ([], _) | (_, None) => None,
    };
    let may_be_plain = setting.security.contains(&Security::Plain);
    let goes = port.is_some_and(|port| kinds.contains(&usual(Some(port), side)));
    let others: Vec<u16> = setting.port.iter().copied().filter(|other| Some(*other) != port).collect();
    Connection {
        port,
        security: security.filter(|_| goes || !may_be_plain || setting.exactly),
        encrypt: port.is_none() && kinds.len() > 1 && !may_be_plain,
        as_good: match (others.is_empty(), kinds.is_empty() && may_be_plain && !setting.exactly) {
            (false, _) => {
                let if_encrypted = !setting.security.is_empty() && !may_be_plain;
                Some(AsGood { ports: others, if_encrypted })
            }
            // Who encrypts on another port would have to stop it on this one.
            (true, true) if port.is_some() => Some(AsGood { ports: others, if_encrypted: true }),
            (true, _) => None,
        },
    }
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
            let Connection { port, security, encrypt, as_good } = connection(setting, Side::Receiving);
            needs.incoming.push(IncomingNeeds {
                server: named(setting),
                port,
                security,
                encrypt,
                as_good,
                ..whole(setting, &blank(Side::Receiving, can), *protocol)
            });
        }
    }
    let aims = || sending.iter().chain(receiving.iter().map(|(_, aim)| aim));
    let is_aim = |setting: &Setting| aims().any(|aim| matches!(aim, Aim::To(aim) if **aim == *setting));
    let also = [Side::Sending, Side::Receiving].into_iter().flat_map(|side| {
        let settings = policy.side(side).unwrap_or_default().iter();
        settings.filter(move |setting| does(setting, &blank(side, can))).map(move |setting| (side, setting))
    });
    let also = also.filter(|(_, setting)| !is_aim(setting)).collect();
    let lacks = |aim: &Aim<'_>, side| match aim {
        Aim::Cannot(setting) => Some(missing(setting, &blank(side, can))),
        _ => None,
    };
    let mut lacking: Vec<Text> = sending.iter().filter_map(|aim| lacks(aim, Side::Sending)).collect();
    lacking.extend(receiving.iter().filter_map(|(_, aim)| lacks(aim, Side::Receiving)));
    lacking.dedup();
    Everything { sending, receiving, also, lacks: lacking, needs }
}

fn to_send(setting: &Setting, can: Can) -> Needs {
    let Difference { auth, is_app_password, .. } = difference(setting, &blank(Side::Sending, can));
    let Connection { port, security, encrypt, as_good } = connection(setting, Side::Sending);
    Needs {
        server: named(setting),
        port,
        security,
        encrypt,
        as_good,
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
