//! The program's own words among what a report shows of settings: what is not listed here is masked.

use crate::clients::Client;
use crate::formats::kinds::is_stand_in;

/// What the presence of a client that can only be detected is told by.
const EXISTS: &str = "exists";

/// Words of the formats that defaults are told in, in lower case.
#[rustfmt::skip] // many a line
const WORDS: &[&str] = &[
    "absent", "anonymous", "apop", "authenticate", "automatic", "cram-md5", "cram_md5", "digest-md5", "enabled", "ews",
    "external", "false", "graph", "gssapi", "imap", "imap4", "imapx", "kerberos", "login", "no", "none", "not", "ntlm", "oauth",
    "oauthbearer", "off", "on", "plain", "pop", "pop3", "popb4smtp", "port", "scram-sha-1", "scram-sha-256", "sendmail", "smtp",
    "ssl", "ssl-on-alternate-port", "ssl_tls_optional", "ssl_tls_required", "starttls", "starttls-on-standard-port",
    "starttls_optional", "starttls_required", "tls", "true", "trust_all", "webdav", "xoauth2", "yes",
];

/// What the program itself writes in place of a value.
const IN_PLACE: &[&str] = &[
    "(bytes)",
    "(dictionary)",
    "(fraction)",
    "(list)",
    "(present)",
    "(unexpected type)",
    "(unknown setting, not shown)",
];

/// How clients number what they keep: `server1`.
const KEYS: [&str; 6] = ["account", "ews", "graph", "id", "server", "smtp"];

/// True for what is no setting of a store, but the program's own word.
pub(super) fn is_own_setting(name: &str) -> bool {
    name == EXISTS
}

/// True for a key as all clients number them.
pub(super) fn is_usual_key(key: &str) -> bool {
    let is_numbered = |kind: &str| key.strip_prefix(kind).is_some_and(is_number);
    key == "default" || KEYS.into_iter().any(is_numbered)
}

/// True for a value made of numbers and words of the formats. Longer numbers may be those of people.
pub(super) fn is_value(value: &str) -> bool {
    let mut tokens = value.split([' ', ',', '(', ')']).filter(|token| !token.is_empty()).peekable();
    tokens.peek().is_some()
        && tokens.all(|token| {
            is_number(token.strip_prefix('-').unwrap_or(token))
                || WORDS.contains(&token.to_lowercase().as_str())
        })
}

/// True for what stands in place of a value, whatever the setting.
pub(super) fn is_in_place(value: &str) -> bool {
    IN_PLACE.contains(&value) || is_stand_in(value)
}

/// True for what looks like a version of this client: short numbers and dots, but no IPv4 address.
pub(super) fn is_version(text: &str, client: &Client) -> bool {
    let is_address = text.split('.').count() == 4 && text.split('.').all(|part| part.parse::<u8>().is_ok());
    let is_known = || {
        client.fourfold.iter().any(|(beginning, last)| {
            let number = text.strip_prefix(beginning);
            number.is_some_and(|number| (0..=*last).any(|known| known.to_string() == number))
        })
    };
    text.len() <= 24 && text.split('.').all(is_number) && (!is_address || is_known())
}

fn is_number(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::CLIENTS;

    #[test]
    fn values_are_numbers_and_words() {
        for (value, expected) in [
            ("1", true),
            ("-1", true),
            ("10025", true),
            ("0123456", false),
            ("13 (SSL, AUTHENTICATE, TRUST_ALL)", true),
            ("CRAM-MD5 LOGIN", true),
            ("25, 465, 587", true),
            ("taro", false),
            ("587 taro", false),
            ("", false),
            (" ", false),
        ] {
            assert_eq!(is_value(value), expected, "{value}");
        }
        for (text, expected) in [
            ("16.0.10417.20000", true),
            ("17", true),
            ("17b", false),
            ("", false),
            (".", false),
            ("16.0.4266.1001", true),
            ("115.10.1", true),
            ("6.00.2900.5512", true),
            ("192.168.77.12", false),
            ("192.168.077.012", false),
            ("0.0.0.0", false),
            ("1.2.3.256", true),
            ("0312345678", false),
            ("10.0.0.5", false),
            ("2.0.0.24", true),
            ("1.5.0.0", true),
            ("2.0.0.25", false),
            ("2.0.0.024", false),
            ("1.5.0.15", false),
            ("1.5.0.+1", false),
        ] {
            let client = CLIENTS.iter().find(|client| !client.fourfold.is_empty()).unwrap();
            assert_eq!(is_version(text, client), expected, "{text}");
        }
        let other = CLIENTS.iter().find(|client| client.fourfold.is_empty()).unwrap();
        assert!(!is_version("2.0.0.24", other), "no version of {}", other.id);
    }
}
