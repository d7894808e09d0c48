//! The outgoing server of an account whose servers were typed in.
//!
//! What Geary does with the settings: geary-account-information.vala (get_outgoing_credentials), smtp-client-service.vala,
//! smtp-client-session.vala.

use super::settings::{
    CREDENTIALS, HOST, LOGIN, PORT_NUMBER, SECURITY, SMTP_HOST, SMTP_NOAUTH, SMTP_PORT, SMTP_SSL,
    SMTP_STARTTLS, SOURCE, USE_IMAP_CREDENTIALS, security, switch,
};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::formats::facts::Fact;
use crate::model::{Auth, Credentials, LogOnFirst, Outgoing, Port, Security};

type Authentication = Result<(Auth, Option<Credentials>), Unclear>;

/// Files of version 1: what is needed and absent keeps Geary from loading the account.
pub(super) fn read_new(settings: &Settings, incoming: &Settings, look: &mut Look) -> Outgoing {
    let host = look.needed_text(settings, HOST);
    look.record(settings, SECURITY, None);
    let security = match settings.peek_text(SECURITY) {
        None => Err(absent(settings, SECURITY)),
        Some(word) => security(word).ok_or_else(|| Look::unknown(settings, SECURITY)),
    };
    let auth = authentication(settings, incoming, look);
    let is_none = |word: &str| word.eq_ignore_ascii_case("none");
    let needs_login = auth.clone().map(|_| !settings.peek_text(CREDENTIALS).is_some_and(is_none));
    let port = port(settings, PORT_NUMBER, &security, &needs_login, look);
    Parts { host, port, security, auth, log_on_first: Ok(LogOnFirst::Off) }.assemble(look)
}

/// Without a login there is nothing to authenticate with, whatever is chosen.
fn authentication(settings: &Settings, incoming: &Settings, look: &mut Look) -> Authentication {
    look.record(settings, CREDENTIALS, None);
    let Some(word) = settings.peek_text(CREDENTIALS) else { return Err(absent(settings, CREDENTIALS)) };
    let (from, credentials) = match word.to_ascii_lowercase().as_str() {
        "none" => return Ok((Auth::None, None)),
        "use-incoming" => (incoming, Credentials::SameAsIncoming),
        "custom" => (settings, Credentials::Own),
        _ => return Err(Look::unknown(settings, CREDENTIALS)),
    };
    look.record(from, LOGIN, None);
    Ok(if from.has(LOGIN) { (Auth::Password, Some(credentials)) } else { (Auth::None, None) })
}

/// Files of up to 0.12, whose program wrote all of this; later ones take what is absent for something else.
pub(super) fn read_old(settings: &Settings, look: &mut Look) -> Outgoing {
    let host = look.needed_text(settings, SMTP_HOST);
    for fact in [SMTP_SSL, SMTP_STARTTLS, SMTP_NOAUTH, USE_IMAP_CREDENTIALS] {
        look.record(settings, fact, None);
    }
    let security = match (switch(settings, SMTP_SSL), switch(settings, SMTP_STARTTLS)) {
        (None, _) => Err(by_version(SMTP_SSL)),
        (Some(true), _) => Ok(Security::Tls),
        (Some(false), None) => Err(by_version(SMTP_STARTTLS)),
        (Some(false), Some(true)) => Ok(Security::StartTls),
        (Some(false), Some(false)) => Ok(Security::Plain),
    };
    let no_auth = switch(settings, SMTP_NOAUTH).unwrap_or(false);
    let auth = match (no_auth, switch(settings, USE_IMAP_CREDENTIALS)) {
        (false, Some(true)) => Ok((Auth::Password, Some(Credentials::SameAsIncoming))),
        (false, Some(false)) => Ok((Auth::Password, Some(Credentials::Own))),
        (false, None) => Ok((Auth::Password, None)),
        (true, Some(false)) => Ok((Auth::None, None)),
        // 0.12 does not authenticate; since 3.32 the other switch goes first.
        (true, _) => Err(by_version(USE_IMAP_CREDENTIALS)),
    };
    let port = if settings.has(SMTP_PORT) {
        port(settings, SMTP_PORT, &security, &auth.clone().map(|(auth, _)| auth != Auth::None), look)
    } else {
        look.record(settings, SMTP_PORT, None);
        Err(by_version(SMTP_PORT))
    };
    Parts { host, port, security, auth, log_on_first: Ok(LogOnFirst::Off) }.assemble(look)
}

/// 0 is the default, as `get_default_port` tells it (geary-service-information.vala).
fn port(
    settings: &Settings,
    name: Fact,
    security: &Result<Security, Unclear>,
    needs_login: &Result<bool, Unclear>,
    look: &mut Look,
) -> Result<Port, Unclear> {
    let default = match (security, needs_login) {
        (Ok(Security::Tls), _) => Ok(465),
        (Ok(_), Ok(true)) => Ok(587),
        (Ok(_), Ok(false)) => Ok(25),
        (Err(why), _) | (_, Err(why)) => Err(why.clone()),
    };
    let shown = default.clone().unwrap_or(587);
    if look.number(settings, name, shown.into(), SOURCE)? == 0 || !settings.has(name) {
        return default.map(Port::Default);
    }
    look.port(settings, name, shown, SOURCE)
}

/// A setting that is needed and not there.
pub(super) fn absent(from: &Settings, fact: Fact) -> Unclear {
    let shown = format!("{} (absent)", fact.name);
    Unclear { malformed: true, untold: Some(from.place.clone()), ..Unclear::open(shown) }
}

/// A setting whose default depends on the version.
fn by_version(fact: Fact) -> Unclear {
    Unclear::open(format!("{} (depends on the version)", fact.name))
}
