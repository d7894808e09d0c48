//! What Evolution stores: the groups of its `.source` files.
//!
//! Names and defaults: evolution-data-server, src/libedataserver/e-source-*.c; wiki.gnome.org/Apps/Evolution/ESourceFileFormat.

use crate::formats::facts::{Fact, Group, fact};
use crate::formats::ini_lexer::{self, KEY_FILE};
use crate::formats::key_file;
use crate::formats::kinds::{Kind, PORT};
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, Looks, Sample};

const SOURCE: &str = "evolution-data-server, src/libedataserver/e-source-*.c";
const CAMEL: &str = "evolution-data-server, src/camel";

/// The group that every file has, and the others that are read.
pub(super) const DATA_SOURCE: &str = "Data Source";
pub(super) const MAIL_ACCOUNT: &str = "Mail Account";
pub(super) const MAIL_IDENTITY: &str = "Mail Identity";
pub(super) const MAIL_SUBMISSION: &str = "Mail Submission";
pub(super) const MAIL_TRANSPORT: &str = "Mail Transport";
pub(super) const SENDMAIL_BACKEND: &str = "Sendmail Backend";
pub(super) const AUTHENTICATION: &str = "Authentication";
pub(super) const SECURITY: &str = "Security";
pub(super) const COLLECTION: &str = "Collection";
pub(super) const GOA: &str = "GNOME Online Accounts";
/// Files with one of these have to do with mail; address books, calendars and the like are nobody's business.
pub(super) const OF_MAIL: [&str; 5] = [MAIL_ACCOUNT, MAIL_IDENTITY, MAIL_TRANSPORT, COLLECTION, GOA];

/// Backends of accounts, outgoing servers and collections: providers of Camel, of evolution-ews, evolution-mapi, evolution-rss
/// and old GroupWise; modules of collections.
#[rustfmt::skip] // many a line
const BACKENDS: &[&str] = &[
    "exchange", "ews", "facebook", "google", "groupwise", "imap", "imapx", "maildir", "mapi", "mbox", "mh", "microsoft365",
    "nntp", "none", "outlook", "owncloud", "pop", "rss", "sendmail", "smtp", "spool", "spooldir", "vfolder", "webdav",
    "windows_live", "yahoo",
];
/// Of authentication (`camel_sasl_authtype_list`, and the OAuth 2 services that libedataserver knows or a plug-in adds), and
/// of encryption: two settings of one name.
#[rustfmt::skip] // many a line
const METHODS: &[&str] = &[
    "none", "POPB4SMTP", "PLAIN", "LOGIN", "CRAM-MD5", "DIGEST-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512",
    "+APOP", "NTLM", "GSSAPI", "ANONYMOUS", "XOAUTH", "XOAUTH2", "OAuth2", "Google", "Outlook", "Yahoo", "Microsoft365",
    "ssl-on-alternate-port", "starttls-on-standard-port",
];

pub(super) const DISPLAY_NAME: Fact = fact("DisplayName", Kind::Label, "the address", SOURCE);
pub(super) const ENABLED: Fact = fact("Enabled", Kind::Switch, "true", SOURCE);
pub(super) const PARENT: Fact = fact("Parent", Kind::Link, "", SOURCE);
pub(super) const BACKEND: Fact = fact("BackendName", Kind::Choice(BACKENDS), "", SOURCE);
pub(super) const IDENTITY_UID: Fact = fact("IdentityUid", Kind::Link, "self", SOURCE);
pub(super) const ADDRESS: Fact = fact("Address", Kind::Address, "", SOURCE);
pub(super) const ALIASES: Fact = fact("Aliases", Kind::Addresses, "", SOURCE);
pub(super) const TRANSPORT_UID: Fact = fact("TransportUid", Kind::Link, "", SOURCE);
pub(super) const USE_CUSTOM_BINARY: Fact = fact("UseCustomBinary", Kind::Switch, "false", CAMEL);
pub(super) const CUSTOM_BINARY: Fact = fact("CustomBinary", Kind::Command, "sendmail", CAMEL);
pub(super) const HOST: Fact = fact("Host", Kind::Host, "", SOURCE);
pub(super) const PORT_NUMBER: Fact = fact("Port", PORT, "25, or 465 with TLS from the start", CAMEL);
pub(super) const USER: Fact = fact("User", Kind::User, "", SOURCE);
pub(super) const METHOD: Fact = fact("Method", Kind::Choice(METHODS), "none", SOURCE);
pub(super) const MAIL_ENABLED: Fact = fact("MailEnabled", Kind::Switch, "true", SOURCE);

pub(super) const GROUPS: &[Group] = &[
    (DATA_SOURCE, &[DISPLAY_NAME, ENABLED, PARENT]),
    (MAIL_ACCOUNT, &[BACKEND, IDENTITY_UID]),
    (MAIL_IDENTITY, &[ADDRESS, ALIASES]),
    (MAIL_SUBMISSION, &[TRANSPORT_UID]),
    (MAIL_TRANSPORT, &[BACKEND]),
    (SENDMAIL_BACKEND, &[USE_CUSTOM_BINARY, CUSTOM_BINARY]),
    (AUTHENTICATION, &[HOST, PORT_NUMBER, USER, METHOD]),
    (SECURITY, &[METHOD]),
    (COLLECTION, &[BACKEND, MAIL_ENABLED]),
];

/// An account, an identity, an outgoing server, or whatever else has a source of its own.
pub(super) static SOURCE_FILE: FileRule = FileRule {
    id: ".source",
    names: &["*.source"],
    looks: Looks::Content(looks),
    limit: &limits::INI,
    groups: GROUPS,
    copy: Copy::Text(copy),
};

fn has_section(text: &str, fits: impl Fn(&str) -> bool) -> bool {
    let sections = ini_lexer::lex(text, &KEY_FILE);
    sections.iter().any(|section| text.get(section.name.clone()).is_some_and(&fits))
}

fn looks(sample: &Sample) -> bool {
    has_section(sample.text, |name| name.starts_with(DATA_SOURCE))
}

/// Of calendars and address books only that they are there. `None` if it is no source.
fn copy(content: &Content, _: usize) -> Option<String> {
    let text = content.text();
    has_section(&text, |name| name == DATA_SOURCE).then_some(())?;
    let mut file = format!("[{DATA_SOURCE}]\n");
    let is_of_mail = |name: &str| OF_MAIL.contains(&name);
    if has_section(&text, is_of_mail) {
        file.push_str(&key_file::copy(&text, GROUPS, is_of_mail));
        if !text.lines().all(key_file::is_line) {
            file.push_str("damaged where it was collected\n");
        }
    }
    Some(file)
}
