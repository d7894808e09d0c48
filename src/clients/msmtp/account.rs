//! One account of msmtp.
//!
//! Defaults and meanings: marlam/msmtp at 933d35b, src/conf.c (`account_new`, `read_conffile`) and src/msmtp.c (the port).

use super::CLIENT;
use super::file::MsmtpAccount;
use super::settings::{
    AUTH, COMMANDS, FROM, HOST, PROTOCOL, SMTP_PORT, SOCKET, SOURCE, TLS, TLS_STARTTLS, USER,
};
use crate::clients::look::{Look, Unclear};
use crate::clients::parts::Parts;
use crate::clients::settings::Settings;
use crate::formats::facts::{Fact, Spelling};
use crate::model::{
    Account, Auth, Credentials, DefaultValue, Locator, LogOnFirst, Outgoing, Place, Security, Text,
};
use crate::source::Problem;

const COMPUTED: Text = Text::fixed(
    "設定の一部がコマンドの実行結果 (eval) か、見つからないアカウントから来るため、判断できません",
    "part of it comes from a command that msmtp runs (eval), or from an account that is not there",
);
const NO_SMTP: Text = Text::fixed(
    "SMTP サーバーではなく、ソケットまたは LMTP に渡します",
    "mail goes to a socket or by LMTP, not to an SMTP server",
);

/// Reads an account of a file.
pub(super) fn read_account(place: &Place, account: &MsmtpAccount) -> (Account, Look) {
    let settings = Settings {
        entries: account.commands.clone(),
        ..Settings::new(place.at(Locator::Account(account.name.clone())), COMMANDS, Spelling::AsIs)
    };
    let mut look = Look::default();
    let outgoing = match (read_outgoing(&settings, &mut look), has_other_target(&settings, &mut look)) {
        (outgoing, _) if account.is_open => unclear(&outgoing, COMPUTED),
        (outgoing, true) => unclear(&outgoing, NO_SMTP),
        (outgoing, false) => outgoing,
    };
    let from = look.aside(|look| look.text(&settings, FROM));
    let address = from.filter(|from| from.contains('@'));
    let account = Account {
        source: place.to_string(),
        key: account.name.clone(),
        name: account.name.clone(),
        addresses: address.into_iter().collect(),
        ..Account::new(CLIENT.id, CLIENT.name, "msmtp", outgoing)
    };
    (account, look)
}

fn unclear(outgoing: &Outgoing, reason: Text) -> Outgoing {
    Outgoing::Unclear(outgoing.seen().unwrap_or_default(), reason)
}

fn has_other_target(settings: &Settings, look: &mut Look) -> bool {
    let has_socket = settings.has(SOCKET) && look.text(settings, SOCKET).is_some();
    let is_lmtp = settings.has(PROTOCOL) && look.text(settings, PROTOCOL).as_deref() == Some("lmtp");
    has_socket || is_lmtp
}

fn read_outgoing(settings: &Settings, look: &mut Look) -> Outgoing {
    let host = look.needed_text(settings, HOST);
    let auth = authentication(settings, look);
    let tls = switch(settings, &TLS, false, look);
    let starttls = switch(settings, &TLS_STARTTLS, true, look);
    let security = tls.and_then(|tls| {
        starttls.map(|starttls| match (tls, starttls) {
            (false, _) => Security::Plain,
            (true, true) => Security::StartTls,
            (true, false) => Security::Tls,
        })
    });
    let default = if security == Ok(Security::Tls) { 465 } else { 25 };
    let port = look.port(settings, SMTP_PORT, default, SOURCE);
    Parts { host, port, security, auth, log_on_first: Ok(LogOnFirst::Off) }.assemble(look)
}

/// `on` and a missing argument mean the best method that the server offers.
fn authentication(settings: &Settings, look: &mut Look) -> Result<(Auth, Option<Credentials>), Unclear> {
    look.record(settings, AUTH, Some(default_of("off")));
    let auth = match argument(settings, &AUTH) {
        None | Some("off") => return Ok((Auth::None, None)),
        Some("" | "on" | "plain" | "login") => Auth::Password,
        Some("cram-md5" | "digest-md5") => Auth::EncryptedPassword,
        Some(method) if method.starts_with("scram-sha-") => Auth::EncryptedPassword,
        Some("gssapi") => Auth::Kerberos,
        Some("ntlm") => Auth::Spa,
        Some("oauthbearer" | "xoauth2") => Auth::OAuth2,
        Some("external") => Auth::Certificate,
        Some(_) => return Err(Look::unknown(settings, AUTH)),
    };
    look.aside(|look| look.record(settings, USER, None));
    Ok((auth, Some(Credentials::Own)))
}

fn switch(settings: &Settings, fact: &Fact, default: bool, look: &mut Look) -> Result<bool, Unclear> {
    look.record(settings, fact, Some(default_of(if default { "on" } else { "off" })));
    match argument(settings, fact) {
        None => Ok(default),
        Some("" | "on") => Ok(true),
        Some("off") => Ok(false),
        Some(_) => {
            let unclear = Unclear { malformed: true, untold: None, ..Look::unknown(settings, fact) };
            let detail = Text::new(unclear.shown.clone(), unclear.shown.clone());
            look.problems.push(Problem::malformed(&settings.place, &detail));
            Err(unclear)
        }
    }
}

fn argument<'a>(settings: &'a Settings, fact: &Fact) -> Option<&'a str> {
    settings.get(fact).map(|setting| setting.shown.as_str())
}

fn default_of(value: &str) -> DefaultValue {
    DefaultValue { value: value.to_owned(), source: SOURCE }
}
