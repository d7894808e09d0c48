//! The settings of an export of K-9 Mail.
//!
//! thunderbird/thunderbird-android: ServerSettingsDescriptions.kt (values by version) and SettingsExporter.kt.

use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::Kind;

/// Whose word the values are.
pub(super) const VALUES: &str = "thunderbird-android: ServerSettingsDescriptions.kt";
/// Whose word the ports are.
pub(super) const PORTS: &str = "K-9 Mail: SmtpTransportUriDecoder.java";
const EXPORTER: &str = "thunderbird-android: SettingsExporter.kt";

pub(super) const VERSION: Fact = fact("version", Kind::Number(0, 99_999), "", EXPORTER);
pub(super) const FORMAT: Fact = fact("format", Kind::Number(0, 99), "", EXPORTER);
pub(super) const UUID: Fact = fact("uuid", Kind::Link, "the account's number", EXPORTER);
pub(super) const NAME: Fact = fact("name", Kind::Label, "the address", EXPORTER);
pub(super) const EMAIL: Fact = fact("email", Kind::Address, "", EXPORTER);
pub(super) const TYPE: Fact =
    fact("type", Kind::Choice(&["IMAP", "POP3", "SMTP", "WebDAV", "DEMO"]), "", VALUES);
pub(super) const HOST: Fact = fact("host", Kind::Host, "", VALUES);
/// Exports leave it out where it is the usual one; older ones wrote -1.
pub(super) const SERVER_PORT: Fact = fact("port", Kind::Number(-1, 65535), "465 with TLS, else 587", PORTS);
pub(super) const SECURITY: Fact = fact(
    "connection-security",
    Kind::Choice(&["NONE", "STARTTLS_OPTIONAL", "SSL_TLS_OPTIONAL", "STARTTLS_REQUIRED", "SSL_TLS_REQUIRED"]),
    "SSL_TLS_REQUIRED",
    VALUES,
);
pub(super) const AUTHENTICATION: Fact = fact(
    "authentication-type",
    Kind::Choice(&["NONE", "PLAIN", "LOGIN", "CRAM_MD5", "AUTOMATIC", "EXTERNAL", "XOAUTH2"]),
    "",
    VALUES,
);
pub(super) const USER_NAME: Fact = fact("username", Kind::User, "", VALUES);

/// The settings of an export.
pub(super) const WHOLE: &[Fact] = &[VERSION, FORMAT, UUID, NAME, EMAIL];
/// The settings of a server.
pub(super) const SERVER: &[Fact] = &[
    TYPE,
    HOST,
    SERVER_PORT,
    SECURITY,
    AUTHENTICATION,
    USER_NAME,
    fact("password", Kind::Secret, "", VALUES),
    fact("client-cert-alias", Kind::Dropped, "", EXPORTER),
];
