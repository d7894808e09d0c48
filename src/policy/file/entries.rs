//! The entries of a policy's lists: claims, settings, and what helps instead.

use super::doubts;
use super::expected::{self, wanted};
use super::fields::Fields;
use crate::model::UserName;
use crate::model::{Auth, Protocol, Security, Text};
use crate::policy::claim::{Claim, HostPattern, Pattern, Side};
use crate::policy::setting::{Instead, Method, Setting, Tls};

pub(super) const CLAIM_KEYS: [&str; 5] = ["outgoing", "incoming", "domain", "not_domain", "domains_file"];
pub(super) const SETTING_KEYS: [&str; 13] = [
    "host",
    "port",
    "security",
    "auth",
    "protocol",
    "user",
    "tls_min",
    "tls_min_from",
    "exactly",
    "text",
    "until",
    "inexact",
    "reversible",
];
/// Where keys of the whole file are met inside an entry: a `[table]` of TOML takes in all that follows it.
const AT_THE_TOP: (&[&str], Text) = (
    &[
        "schema",
        "id",
        "name",
        "notice",
        "source",
        "checked",
        "claims",
        "sending",
        "receiving",
        "from",
        "instead",
    ],
    Text::fixed(
        "ファイルの先頭のほう([ ] や [[ ]] の見出しより前)",
        "at the top of the file, before any heading in [ ] or [[ ]]",
    ),
);

/// Whose accounts it speaks for.
pub(super) fn claims(file: &mut Fields) -> Vec<Claim> {
    let mut found = Vec::new();
    for mut entry in file.tables("claims") {
        entry.only(&CLAIM_KEYS, &[AT_THE_TOP]);
        if entry.is_empty() {
            entry.wrong_itself(wanted(&expected::CLAIM));
        }
        if entry.has("domain") && entry.has("domains_file") {
            entry.wrong("domains_file", wanted(&expected::ONE_OF_DOMAINS));
        }
        let domains_file = entry.word("domains_file", &expected::DOMAINS_FILE, file_name);
        let claim = Claim {
            outgoing: entry.words("outgoing", &expected::SERVERS, HostPattern::new),
            incoming: entry.words("incoming", &expected::SERVERS, HostPattern::new),
            domain: entry.words("domain", &expected::DOMAIN, Pattern::of_domain),
            not_domain: entry.words("not_domain", &expected::DOMAIN, Pattern::of_domain),
            names_domain: entry.has("domain") || entry.has("domains_file"),
            domains_file,
        };
        file.warnings.extend(doubts::of_claim(&entry, &claim));
        found.push(claim);
        file.mistakes.append(&mut entry.mistakes);
    }
    found
}

/// What is accepted for one side; `None` if it says nothing about it.
pub(super) fn settings(file: &mut Fields, side: Side) -> Option<Vec<Setting>> {
    let key = match side {
        Side::Sending => "sending",
        Side::Receiving => "receiving",
    };
    let mut found = Vec::new();
    for mut entry in file.tables(key) {
        let setting = setting(&mut entry, side);
        file.warnings.extend(doubts::of_setting(&entry, &setting, side));
        found.push(setting);
        file.mistakes.append(&mut entry.mistakes);
    }
    file.has(key).then_some(found)
}

fn setting(entry: &mut Fields, side: Side) -> Setting {
    entry.only(&SETTING_KEYS, &[AT_THE_TOP]);
    if entry.is_empty() {
        entry.wrong_itself(wanted(&expected::ENTRY));
    }
    if side == Side::Sending && entry.has("protocol") {
        entry.wrong("protocol", expected::ONLY_RECEIVING);
    }
    let auth = match side {
        Side::Sending => expected::AUTH_SENDING,
        Side::Receiving => expected::AUTH_RECEIVING,
    };
    let setting = Setting {
        host: entry.words("host", &expected::HOST, host),
        port: entry.numbers("port", &expected::PORT),
        security: entry.words("security", &expected::SECURITY, security),
        auth: entry.words("auth", &auth, |word| method(word, side)),
        protocol: entry.word("protocol", &expected::PROTOCOL, protocol),
        user: entry.word("user", &expected::USER, |word| user(word, side)),
        tls_min: entry.word("tls_min", &expected::TLS, tls).map(|tls| (tls, entry.day("tls_min_from"))),
        exactly: entry.flag("exactly"),
        text: entry.both("text"),
        until: entry.until("until"),
        inexact: entry.flag("inexact"),
        reversible: entry.both("reversible"),
    };
    if entry.has("tls_min_from") && !entry.has("tls_min") {
        entry.wrong("tls_min_from", expected::NEEDS_TLS_MIN);
    }
    for key in ["inexact", "reversible"] {
        if entry.has(key) && !entry.has("until") {
            entry.wrong(key, expected::NEEDS_UNTIL);
        }
    }
    if setting.exactly && !setting.security.contains(&Security::Plain) {
        entry.wrong("exactly", expected::NEEDS_PLAIN);
    }
    setting
}

/// What helps where a client can't do what is wanted.
pub(super) fn instead(file: &mut Fields, clients: &[&str]) -> Vec<Instead> {
    let mut found = Vec::new();
    for mut entry in file.tables("instead") {
        entry.only(&["clients", "ja", "en", "text"], &[AT_THE_TOP]);
        let is_known = |word: &str| clients.contains(&word).then(|| word.to_owned());
        let clients = entry.words("clients", &expected::CLIENTS, is_known);
        let has_languages = entry.has("ja") && entry.has("en");
        let text = if entry.has("text") { entry.both("text") } else { entry.languages() };
        if entry.has("text") == has_languages || (entry.has("ja") != entry.has("en")) {
            entry.wrong_itself(wanted(&expected::INSTEAD));
        }
        found.extend(text.map(|text| Instead { clients, text }));
        file.mistakes.append(&mut entry.mistakes);
    }
    found
}

/// A file beside this one: a policy that somebody hands over must not name any other.
fn file_name(text: &str) -> Option<String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let is_name = !text.is_empty() && text.len() <= 100 && !text.starts_with('.') && !text.ends_with('.');
    (is_name && text.chars().all(fits)).then(|| text.to_owned())
}

/// A server, in lower case; `{incoming}` and `{domain}` may stand anywhere in it.
fn host(text: &str) -> Option<String> {
    let text = text.trim_end_matches('.').to_lowercase();
    let filled = text.replace("{incoming}", "x").replace("{domain}", "x");
    let is_server = HostPattern::new(&filled).is_some() && !filled.contains('/');
    is_server.then_some(text)
}

fn security(word: &str) -> Option<Security> {
    Some(match word {
        "plain" => Security::Plain,
        "starttls" => Security::StartTls,
        "tls" => Security::Tls,
        _ => return None,
    })
}

fn method(word: &str, side: Side) -> Option<Method> {
    Some(match (word, side) {
        ("pop-before-smtp", Side::Sending) => Method::PopBeforeSmtp,
        ("none", Side::Sending) => Method::None,
        ("apop", Side::Receiving) => Method::Apop,
        ("app-password", _) => Method::AppPassword,
        ("password", _) => Method::By(Auth::Password),
        ("encrypted-password", _) => Method::By(Auth::EncryptedPassword),
        ("spa", _) => Method::By(Auth::Spa),
        ("kerberos", _) => Method::By(Auth::Kerberos),
        ("oauth2", _) => Method::By(Auth::OAuth2),
        ("certificate", _) => Method::By(Auth::Certificate),
        _ => return None,
    })
}

fn protocol(word: &str) -> Option<Protocol> {
    Some(match word {
        "pop3" => Protocol::Pop3,
        "imap" => Protocol::Imap,
        _ => return None,
    })
}

fn user(word: &str, side: Side) -> Option<UserName> {
    Some(match (word, side) {
        ("address", _) => UserName::Address,
        ("local-part", _) => UserName::LocalPart,
        ("same-as-incoming", Side::Sending) => UserName::SameAsIncoming,
        _ => return None,
    })
}

fn tls(word: &str) -> Option<Tls> {
    Some(match word {
        "1.0" => Tls::V1_0,
        "1.1" => Tls::V1_1,
        "1.2" => Tls::V1_2,
        "1.3" => Tls::V1_3,
        _ => return None,
    })
}
