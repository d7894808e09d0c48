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

/// True if it lasts, authenticates, and the client isn't known to be unable.
pub(super) fn does(setting: &Setting, seen: &Seen<'_>) -> bool {
    setting.lasts() && authenticates(setting) && can_do(setting, seen)
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
    let port = port_to_set(setting, seen.side).filter(|_| misses(fitting.port));
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

/// Of a setting's ports the first that goes with an encryption of the setting; else the first.
pub(super) fn port_to_set(setting: &Setting, side: Side) -> Option<u16> {
    let goes = |port: &&u16| {
        let usual = usual(Some(**port), side);
        setting.security.contains(&usual) && !setting.exactly
    };
    setting.port.iter().find(goes).or_else(|| setting.port.first()).copied()
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
    // Where clear text is accepted anything is, so nobody is to turn the encryption off; to the letter it is the only way.
    let named =
        || setting.security.iter().copied().filter(|kind| *kind != Security::Plain || setting.exactly);
    let may_be_plain = setting.security.contains(&Security::Plain) && !setting.exactly;
    let wanted = named().find(|wanted| *wanted == usual);
    let wanted = wanted.or_else(|| named().find(|wanted| !may_be_plain && !is_lower(*wanted)));
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
        (false, _) => {
            // Of alternatives one that the client is known to have: OAuth 2 that nobody knows of may be none. What is set
            // already in a way that can't be read may be OAuth 2.
            let may_be_set = seen.auth.is_none() && seen.host.is_some();
            let host = host.as_deref().or(seen.host);
            let has = |method: &&Auth| {
                can(method) && (**method != Auth::OAuth2 || may_be_set || seen.can.has_oauth2(host))
            };
            methods.iter().find(has).or_else(|| methods.iter().find(|method| can(method))).copied()
        }
    }
}

impl Can {
    /// True if it is known that the client has OAuth 2 at this server.
    fn has_oauth2(self, host: Option<&str>) -> bool {
        self.oauth2 != super::OAuth2::Unknown && self.authenticates_by(Auth::OAuth2, host)
    }

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
