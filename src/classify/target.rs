//! What an account is to be changed to: the first lasting setting that its client can do, and the difference to it.

use super::Can;
use super::fit::{Fit, Limit, Seen, authenticates, fit, hosts, methods, tls_limit, usual, works};
use crate::model::{Auth, Deviation, Port, Protocol, Security, UserName};
use crate::policy::{Method, Setting, Side};

/// The setting to change to, and what of it differs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Difference {
    pub(super) host: Option<String>,
    pub(super) port: Option<u16>,
    pub(super) security: Option<Security>,
    pub(super) auth: Option<Auth>,
    /// The password is one that the provider makes for a program.
    pub(super) is_app_password: bool,
    pub(super) user: Option<UserName>,
    pub(super) protocol: Option<Protocol>,
}

/// Where an account is to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target<'p> {
    /// To this setting.
    To(&'p Setting),
    /// To this setting, but the client can't do it.
    Cannot(&'p Setting),
    /// What lasts does without authentication: nobody is changed to that.
    WithoutAuth(&'p Setting),
    /// Nowhere: nothing lasts.
    Nowhere,
}

/// The first lasting setting that the client can do. By default the port that is set is kept where it is a good one.
pub(super) fn target<'p>(settings: &'p [Setting], seen: &Seen<'_>, keeps_port: bool) -> Target<'p> {
    let lasting = || settings.iter().filter(|setting| setting.lasts());
    let of_protocol = |setting: &&Setting| {
        setting.protocol.is_none() || setting.protocol == seen.protocol || seen.side == Side::Sending
    };
    let doable = |setting: &&Setting| authenticates(setting) && can_do(setting, seen);
    if keeps_port
        && let Some(port) = seen.port.and_then(Port::number)
        && let Some(same) = lasting().find(|setting| setting.port.contains(&port))
    {
        return Target::To(same);
    }
    let found = lasting().filter(of_protocol).find(doable).or_else(|| lasting().find(doable));
    match (found, lasting().find(of_protocol).or_else(|| lasting().next())) {
        (Some(setting), _) => Target::To(setting),
        (None, Some(first)) if lasting().any(authenticates) => Target::Cannot(first),
        (None, Some(first)) => Target::WithoutAuth(first),
        (None, None) => Target::Nowhere,
    }
}

/// True unless the client is known to be unable.
fn can_do(setting: &Setting, seen: &Seen<'_>) -> bool {
    let host = hosts(setting, seen).into_iter().next();
    let host = host.as_deref().or(seen.host);
    let methods = methods(setting);
    let has_method =
        methods.is_empty() || methods.iter().any(|method| seen.can.authenticates_by(*method, host));
    // A version of TLS is no matter where mail may go in the clear.
    let may_be_plain = setting.security.contains(&Security::Plain);
    has_method && (may_be_plain || tls_limit(setting, seen.can) == Limit::None)
}

/// True if its password has to be one that the provider makes for a program; settings don't tell whether it is.
pub(super) fn wants_app_password(setting: Option<&Setting>, seen: &Seen<'_>) -> bool {
    seen.auth == Some(Auth::Password)
        && setting.is_some_and(|setting| {
            setting.auth.contains(&Method::AppPassword) && !setting.auth.contains(&Method::By(Auth::Password))
        })
}

/// What deviates from a setting.
pub(super) fn deviations(setting: &Setting, seen: &Seen<'_>) -> Vec<Deviation> {
    fit(setting, seen).deviations()
}

/// What has to be set so that the account fits the setting; never a lower encryption or authentication.
pub(super) fn difference(setting: &Setting, seen: &Seen<'_>) -> Difference {
    let fitting = fit(setting, seen);
    let misses = |fit: Fit| fit != Fit::Yes;
    let host = hosts(setting, seen).into_iter().next().filter(|name| !name.contains('*'));
    let port = setting.port.first().copied().filter(|_| misses(fitting.port));
    let then_port = port.or_else(|| seen.port.and_then(Port::number));
    // Of what is accepted on the present port every kind is as good.
    let fits = fitting.security == Fit::Yes && port.is_none();
    let security = security(setting, seen, fitting.security, then_port).filter(|_| !fits);
    let auth = auth(setting, seen, fitting.auth);
    Difference {
        host: host.filter(|_| misses(fitting.host)),
        port,
        security,
        auth,
        is_app_password: auth == Some(Auth::Password) && setting.auth.contains(&Method::AppPassword),
        user: setting.user.filter(|_| auth.is_some()),
        protocol: setting.protocol.filter(|_| fitting.protocol == Fit::No),
    }
}

fn security(setting: &Setting, seen: &Seen<'_>, fits: Fit, port: Option<u16>) -> Option<Security> {
    let now = seen.security;
    if setting.security.is_empty() {
        // Left as it is where it works on the port, else turned together with that.
        let turned = now.filter(|now| !works(*now, port, seen.side));
        return turned.map(|_| usual(port, seen.side));
    }
    let usual = usual(port, seen.side);
    let is_lower = |then: Security| then == Security::Plain && now.is_some_and(|now| now != Security::Plain);
    // A kind that suits the new port, although the present one is among those that are accepted.
    let must_turn = now.is_some_and(|now| now != Security::Plain && !works(now, port, seen.side));
    if fits == Fit::Yes && !must_turn {
        return None;
    }
    let wanted = setting.security.iter().copied().find(|wanted| *wanted == usual);
    let wanted = wanted.or_else(|| setting.security.iter().copied().find(|wanted| !is_lower(*wanted)));
    wanted.filter(|wanted| Some(*wanted) != now && !is_lower(*wanted))
}

fn auth(setting: &Setting, seen: &Seen<'_>, fits: Fit) -> Option<Auth> {
    let is_without = seen.auth == Some(Auth::None);
    if fits == Fit::Yes && !is_without {
        return None;
    }
    let methods = methods(setting);
    let host = hosts(setting, seen).into_iter().next();
    let can = |method: &Auth| seen.can.authenticates_by(*method, host.as_deref().or(seen.host));
    match (methods.is_empty(), seen.auth) {
        (true, Some(Auth::None) | None) if setting.auth.is_empty() => Some(Auth::Password),
        (true, _) => None,
        (false, _) => methods.into_iter().find(can),
    }
}

impl Can {
    /// True unless it is known that the client can't authenticate by this method, at this server.
    pub(crate) fn authenticates_by(self, method: Auth, host: Option<&str>) -> bool {
        match (method, self.oauth2) {
            (Auth::OAuth2, super::OAuth2::Never) => false,
            (Auth::OAuth2, super::OAuth2::Only(services)) => host.is_none_or(|host| {
                let host = host.to_ascii_lowercase();
                services.iter().any(|service| {
                    host == *service || host.strip_suffix(service).is_some_and(|rest| rest.ends_with('.'))
                })
            }),
            (method, _) => !self.cannot.contains(&method),
        }
    }
}
