//! What QMAIL3 stores: the keys of an account, and where the registry says that the data are.
//!
//! Names and defaults: snakamura/q3, docs/AccountXml.rd and `defaultAccountProfiles` in q3/qm/src/main/defaultprofile.h.
//! Values that equal the default are not written.

use super::profile::lex;
use crate::clients::settings::{Settings, Stored};
use crate::formats::facts::{Fact, Spelling, fact};
use crate::formats::kinds::{Kind, PORT, keep};
use crate::formats::xml::{XmlError, escaped};
use crate::model::Place;
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, KeyRule, Looks, Sample};
use std::fmt::Write;

/// Whose word the settings and defaults are.
pub(super) const SOURCE: &str = "QMAIL3 source (defaultprofile.h)";
const DOCUMENT: &str = "QMAIL3's documentation (AccountXml.rd)";

/// Its numbers: 0 to 2 are in use.
const NUMBER: Kind = Kind::Number(0, 99);

pub(super) const CLASS: Fact = fact("Global/Class", Kind::Choice(&["mail", "news", "rss"]), "mail", SOURCE);
pub(super) const SENDER_ADDRESS: Fact = fact("Global/SenderAddress", Kind::Address, "", DOCUMENT);
pub(super) const RECEIVE_TYPE: Fact =
    fact("Receive/Type", Kind::Choice(&["pop3", "imap4", "nntp", "rss", "null"]), "", DOCUMENT);
pub(super) const RECEIVE_HOST: Fact = fact("Receive/Host", Kind::Host, "", SOURCE);
pub(super) const RECEIVE_PORT: Fact = fact("Receive/Port", PORT, "0", SOURCE);
pub(super) const RECEIVE_SECURE: Fact = fact("Receive/Secure", NUMBER, "0", SOURCE);
pub(super) const APOP: Fact = fact("Pop3/Apop", NUMBER, "0", SOURCE);
pub(super) const IMAP_METHODS: Fact =
    fact("Imap4/AuthMethods", Kind::Words(&["LOGIN", "CRAM-MD5"]), "whatever the server offers", SOURCE);
pub(super) const SEND_TYPE: Fact =
    fact("Send/Type", Kind::Choice(&["smtp", "pop3", "nntp", "null"]), "", DOCUMENT);
pub(super) const SEND_HOST: Fact = fact("Send/Host", Kind::Host, "", SOURCE);
pub(super) const SEND_PORT: Fact = fact("Send/Port", PORT, "0", SOURCE);
pub(super) const SEND_SECURE: Fact = fact("Send/Secure", NUMBER, "0", SOURCE);
pub(super) const SEND_USER_NAME: Fact = fact("Send/UserName", Kind::User, "", SOURCE);
pub(super) const AUTH_METHODS: Fact = fact(
    "Smtp/AuthMethods",
    Kind::Words(&["CRAM-MD5", "LOGIN", "PLAIN", "DIGEST-MD5", "NTLM", "XOAUTH2"]),
    "",
    SOURCE,
);
pub(super) const POP_BEFORE_SMTP: Fact = fact("Smtp/PopBeforeSmtp", NUMBER, "0", SOURCE);
pub(super) const POP_CUSTOM: Fact = fact("Smtp/PopBeforeSmtpCustom", NUMBER, "0", SOURCE);
pub(super) const POP_PROTOCOL: Fact =
    fact("Smtp/PopBeforeSmtpProtocol", Kind::Choice(&["pop3", "imap4"]), "", DOCUMENT);
pub(super) const POP_HOST: Fact = fact("Smtp/PopBeforeSmtpHost", Kind::Host, "", DOCUMENT);

const KEYS: &[Fact] = &[
    CLASS,
    SENDER_ADDRESS,
    RECEIVE_TYPE,
    RECEIVE_HOST,
    RECEIVE_PORT,
    RECEIVE_SECURE,
    APOP,
    IMAP_METHODS,
    SEND_TYPE,
    SEND_HOST,
    SEND_PORT,
    SEND_SECURE,
    SEND_USER_NAME,
    AUTH_METHODS,
    POP_BEFORE_SMTP,
    POP_CUSTOM,
    POP_PROTOCOL,
    POP_HOST,
];

/// The settings of an account; those of a sub-account stand in `account_NAME.xml`.
pub(super) static ACCOUNT_XML: FileRule = FileRule {
    id: "account.xml",
    names: &["account.xml", "account_*.xml"],
    looks: Looks::Content(looks),
    limit: &limits::INI,
    groups: &[("*", KEYS)],
    copy: Copy::Text(copy),
};

pub(super) const MAIL_FOLDER: Fact =
    fact("MailFolder", Kind::Path, "a usual folder", "QMAIL3 source (q3/qm/src/main/main.cpp)");
/// Where the program remembers its mail folder.
pub(super) static REGISTRY: KeyRule =
    KeyRule { id: r"HKCU\Software\sn\q3\Setting", facts: &[MAIL_FOLDER], is_entry: |_| false, copy: None };

/// A profile of QMAIL3 has sections; those with servers are accounts.
fn looks(sample: &Sample) -> bool {
    sample.text.contains("<profile")
        && ["Send", "Receive"].iter().any(|name| sample.text.contains(&format!("<section name=\"{name}\"")))
}

/// The keys of a file.
pub(super) fn settings_of(content: &Content, place: Place) -> Result<Settings, XmlError> {
    let text = content.text();
    let profile = lex(&text)?;
    let keys = profile.keys.iter().map(|key| {
        let (section, name) = profile.name(key);
        (format!("{section}/{name}"), profile.value(key))
    });
    let keys: Vec<(String, Option<String>)> = keys.collect();
    let stored = keys
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_deref().map_or(Stored::Secret, Stored::Text)));
    Ok(Settings::of(place, KEYS, Spelling::AsIs, stored))
}

/// `None` for what can't be read as an account.
fn copy(content: &Content, _: usize) -> Option<String> {
    let text = content.text();
    let profile = lex(&text).ok()?;
    // What the file is recognised by when it is named by itself.
    let mut file = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<profile>\r\n<section name=\"Send\"/>\r\n",
    );
    for key in &profile.keys {
        let (section, name) = profile.name(key);
        let known = KEYS.iter().find(|fact| fact.name.split_once('/') == Some((section, name)));
        if let (Some(fact), Some(value)) = (known, profile.value(key)) {
            let value = escaped(&keep(fact.kind, &value).text);
            let _ =
                write!(file, "<section name=\"{section}\"><key name=\"{name}\">{value}</key></section>\r\n");
        }
    }
    file.push_str("</profile>\r\n");
    Some(file)
}
