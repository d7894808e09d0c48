//! Whether one side of an account fits one setting of a policy, key by key.

use super::Can;
use crate::model::{Auth, Deviation, Note, Port, Protocol, Security, Text};
use crate::policy::{Method, Pattern, SUBMISSIONS, Setting, Side, domain_of};
use time::Date;

/// One side of an account as far as it is known; `None`: unknown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) side: Side,
    pub(super) host: Option<&'a str>,
    pub(super) port: Option<Port>,
    pub(super) security: Option<Security>,
    pub(super) auth: Option<Auth>,
    /// Logs on to the incoming server before it sends.
    pub(super) logs_on_first: bool,
    /// What the account receives by.
    pub(super) protocol: Option<Protocol>,
    /// The incoming server, for `{incoming}`.
    pub(super) incoming: Option<&'a str>,
    /// Its addresses, for `{domain}`.
    pub(super) addresses: &'a [String],
    pub(super) can: Can,
}

/// Whether something fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    Yes,
    No,
    /// It depends on a value that nobody knows.
    Unknown,
}

/// How a side fits a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fitting {
    pub(super) host: Fit,
    pub(super) port: Fit,
    pub(super) security: Fit,
    pub(super) auth: Fit,
    pub(super) protocol: Fit,
    /// What the client can't do, whatever is set.
    pub(super) can: Fit,
}

impl Fit {
    fn of(fits: bool) -> Self {
        if fits { Self::Yes } else { Self::No }
    }
}

impl Fitting {
    /// How well all of it fits.
    pub(super) fn all(self) -> Fit {
        let parts = [self.host, self.port, self.security, self.auth, self.protocol, self.can];
        match () {
            () if parts.contains(&Fit::No) => Fit::No,
            () if parts.contains(&Fit::Unknown) => Fit::Unknown,
            () => Fit::Yes,
        }
    }

    /// What deviates, in the order of the contract.
    pub(super) fn deviations(self) -> Vec<Deviation> {
        let tls = if self.can == Fit::No { Fit::No } else { self.security };
        let parts = [
            (self.port, Deviation::Port),
            (tls, Deviation::Tls),
            (self.host, Deviation::Server),
            (self.auth, Deviation::Auth),
            (self.protocol, Deviation::Protocol),
        ];
        parts.into_iter().filter(|(fit, _)| *fit == Fit::No).map(|(_, deviation)| deviation).collect()
    }
}

/// How a side fits a setting. What is left out of a setting is not prescribed.
pub(super) fn fit(setting: &Setting, seen: &Seen<'_>) -> Fitting {
    let port = fit_port(setting, seen);
    Fitting {
        host: fit_host(setting, seen),
        port,
        security: fit_security(setting, seen, port),
        auth: fit_auth(setting, seen),
        protocol: match (setting.protocol, seen.side) {
            (Some(wanted), Side::Receiving) => {
                seen.protocol.map_or(Fit::Unknown, |own| Fit::of(own == wanted))
            }
            _ => Fit::Yes,
        },
        can: Fit::of(seen.security == Some(Security::Plain) || tls_limit(setting, seen.can) == Limit::None),
    }
}

/// What a lowest version of TLS means for a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// Nothing: it can, or nobody knows.
    None,
    /// It is too old from this day on.
    From(Date),
    /// It is too old.
    Now,
}

/// Whether a client's highest version of TLS is below what the setting asks for.
pub(super) fn tls_limit(setting: &Setting, can: Can) -> Limit {
    match (setting.tls_min, can.tls) {
        (Some((lowest, from)), Some(highest)) if highest < lowest => from.map_or(Limit::Now, Limit::From),
        _ => Limit::None,
    }
}

/// What a client lacks for a setting. Both sentences begin with [`super::THIS_PROGRAM`].
pub(super) fn missing(setting: &Setting, seen: &Seen<'_>) -> Text {
    if tls_limit(setting, seen.can) == Limit::None {
        return Text::fixed(
            "このメールソフトは、プロバイダーが求める認証方式(OAuth 2 など)を使えません。",
            "This mail program does not have the authentication method that the provider asks for (such as OAuth 2).",
        );
    }
    let version = setting.tls_min.map_or("", |(lowest, _)| lowest.text());
    Text::new(
        format!(
            "このメールソフトは、プロバイダーが求める TLS {version} を使えません(Windows などの環境の制約の場合もあります)。"
        ),
        format!(
            "This mail program {}{version}, which the provider asks for (the system that it runs on may be the reason).",
            Note::CANNOT_TLS
        ),
    )
}

fn fit_host(setting: &Setting, seen: &Seen<'_>) -> Fit {
    let wanted = hosts(setting, seen);
    match seen.host.filter(|host| !host.is_empty()) {
        _ if wanted.is_empty() => Fit::Yes,
        None => Fit::Unknown,
        Some(host) => {
            Fit::of(wanted.iter().any(|name| Pattern::new(name).is_some_and(|name| name.fits(host))))
        }
    }
}

/// The servers that a setting names for this account; empty: none, or the account lacks what they are made of.
pub(super) fn hosts(setting: &Setting, seen: &Seen<'_>) -> Vec<String> {
    let mut names = Vec::new();
    for template in &setting.host {
        let with_incoming = match (template.contains("{incoming}"), seen.incoming) {
            (true, None | Some("")) => continue,
            (true, Some(host)) => template.replace("{incoming}", host),
            (false, _) => template.clone(),
        };
        if with_incoming.contains("{domain}") {
            let domains = seen.addresses.iter().filter_map(|address| domain_of(address));
            names.extend(domains.map(|domain| with_incoming.replace("{domain}", domain)));
        } else {
            names.push(with_incoming);
        }
    }
    names
}

/// An automatic port fits: the client finds the one that the server offers.
fn fit_port(setting: &Setting, seen: &Seen<'_>) -> Fit {
    match seen.port {
        _ if setting.port.is_empty() => Fit::Yes,
        None => Fit::Unknown,
        Some(port) => Fit::of(port.number().is_none_or(|number| setting.port.contains(&number))),
    }
}

/// True if TLS from the start is usual on a port (RFC 8314, 7).
pub(super) fn is_implicit(port: u16, side: Side) -> bool {
    match side {
        Side::Sending => port == SUBMISSIONS,
        Side::Receiving => port == 993 || port == 995,
    }
}

/// What a setting that names no encryption means: what works on that port.
pub(super) fn works(security: Security, port: Option<u16>, side: Side) -> bool {
    match port.map(|port| is_implicit(port, side)) {
        None => true,
        Some(true) => matches!(security, Security::Tls | Security::Auto),
        Some(false) => security != Security::Tls,
    }
}

/// The encryption that is usual on a port.
pub(super) fn usual(port: Option<u16>, side: Side) -> Security {
    if port.is_some_and(|port| is_implicit(port, side)) { Security::Tls } else { Security::StartTls }
}

fn fit_security(setting: &Setting, seen: &Seen<'_>, port: Fit) -> Fit {
    let number = seen.port.and_then(Port::number);
    let Some(security) = seen.security else {
        return if setting.security.is_empty() { Fit::Yes } else { Fit::Unknown };
    };
    if setting.security.is_empty() {
        // Of another port it says nothing: both are changed together.
        return Fit::of(port == Fit::No || works(security, number, seen.side));
    }
    let is_usual = |wanted| number.is_none() || usual(number, seen.side) == wanted;
    let fits = |wanted: &Security| match wanted {
        Security::Plain if setting.lasts() && !setting.exactly => true,
        Security::Plain => matches!(security, Security::Plain | Security::Auto),
        wanted => security == *wanted || (security == Security::Auto && is_usual(*wanted)),
    };
    Fit::of(setting.security.iter().any(fits))
}

fn fit_auth(setting: &Setting, seen: &Seen<'_>) -> Fit {
    let Some(auth) = seen.auth else {
        return if setting.auth.is_empty() { Fit::Yes } else { Fit::Unknown };
    };
    if setting.auth.is_empty() {
        return Fit::of(auth != Auth::None || !setting.lasts());
    }
    let fits = |method: &Method| match method {
        Method::PopBeforeSmtp => auth == Auth::None && seen.protocol != Some(Protocol::Imap),
        Method::None => auth == Auth::None && !seen.logs_on_first,
        Method::AppPassword => auth == Auth::Password,
        Method::Apop => auth == Auth::Apop,
        Method::By(method) => auth == *method,
    };
    Fit::of(setting.auth.iter().any(fits))
}

/// The methods of a setting that authenticate; empty: any.
pub(super) fn methods(setting: &Setting) -> Vec<Auth> {
    let own = |method: &Method| match method {
        Method::PopBeforeSmtp | Method::None => None,
        Method::AppPassword => Some(Auth::Password),
        Method::Apop => Some(Auth::Apop),
        Method::By(method) => Some(*method),
    };
    setting.auth.iter().filter_map(own).collect()
}

/// True if a setting has a way that authenticates.
pub(super) fn authenticates(setting: &Setting) -> bool {
    setting.auth.is_empty() || !methods(setting).is_empty()
}
