//! What Thunderbird and its relatives store, setting by setting.
//!
//! Names and numbers: comm-central mailnews/mailnews.js, mailnews/base/public/MailNewsTypes2.idl and the classes that read
//! them (mailnews/base/src, mailnews/compose/src).

use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::{Kind, PORT};

const MANAGER: &str = "comm-central, nsMsgAccountManager.cpp";
const IDENTITY: &str = "comm-central, nsMsgIdentity.cpp";
/// Whose word the settings of incoming servers and their defaults are.
pub(super) const INCOMING: &str = "comm-central, mailnews.js and nsMsgIncomingServer.cpp";
pub(super) const OF_TYPE: &str =
    "comm-central, OutgoingServerService.sys.mjs: a server without a type is one for SMTP";
pub(super) const OF_AUTH: &str = "comm-central, mailnews.js: mail.smtpserver.default.authMethod";
pub(super) const OF_SECURITY: &str = "comm-central, mailnews.js: mail.smtpserver.default.try_ssl";
pub(super) const OF_NEW_PORT: &str = "comm-central, SmtpClient.sys.mjs (version 93 and later)";
pub(super) const OF_OLD_PORT: &str = "comm-central, nsISmtpUrl.idl: DEFAULT_SMTP_PORT (up to version 92)";
pub(super) const OF_LEGACY: &str =
    "comm-central, mailnews.js of version 3.0: mail.smtpserver.default.auth_method, useSecAuth";
const SERVER: &str = "comm-central, SmtpServer.sys.mjs and nsSmtpServer.cpp";
const MIGRATOR: &str = "comm-central, MailnewsMigrator: up to version 101";
const CONFIG: &str = "mozilla-central extensions/pref/autoconfig/src/nsReadConfig.cpp, nsAutoConfig.cpp";
const PROFILES: &str = "mozilla-central toolkit/profile/nsToolkitProfileService.cpp";
const RUNNER: &str = "mozilla-central toolkit/xre/nsAppRunner.cpp";
const POLICY: &str = "mozilla-central EnterprisePoliciesParent; thunderbird/policy-templates";

/// How the names of all settings of mail begin.
pub(super) const OF_MAIL: &str = "mail.";

/// Numbers that stand for choices: those in use have one or two digits.
const NUMBER: Kind = Kind::Number(0, 99);

pub(super) const ACCOUNTS: Fact = fact("mail.accountmanager.accounts", Kind::Links, "", MANAGER);
pub(super) const DEFAULT_ACCOUNT: Fact =
    fact("mail.accountmanager.defaultaccount", Kind::Link, "the first account", MANAGER);
pub(super) const ACCOUNT_SERVER: Fact = fact("mail.account.*.server", Kind::Link, "", MANAGER);
pub(super) const ACCOUNT_IDENTITIES: Fact = fact("mail.account.*.identities", Kind::Links, "", MANAGER);
pub(super) const IDENTITY_ADDRESS: Fact = fact("mail.identity.*.useremail", Kind::Address, "", IDENTITY);
pub(super) const IDENTITY_SERVER: Fact = fact(
    "mail.identity.*.smtpServer",
    Kind::Link,
    "that of the identity default, else the default server",
    IDENTITY,
);
pub(super) const SERVER_TYPE: Fact = fact("mail.server.*.type", Kind::Choice(SERVER_TYPES), "", INCOMING);
pub(super) const SERVER_NAME: Fact = fact("mail.server.*.name", Kind::Label, "the address", INCOMING);
pub(super) const SERVER_HOST: Fact = fact("mail.server.*.hostname", Kind::Host, "", INCOMING);
pub(super) const SERVER_REAL_HOST: Fact = fact("mail.server.*.realhostname", Kind::Host, "", MIGRATOR);
pub(super) const SERVER_USER: Fact = fact("mail.server.*.userName", Kind::User, "", INCOMING);
pub(super) const SERVER_REAL_USER: Fact = fact("mail.server.*.realuserName", Kind::User, "", MIGRATOR);
/// -1 is the default, too.
pub(super) const SERVER_PORT: Fact =
    fact("mail.server.*.port", Kind::Number(-1, 65535), "that of the protocol", INCOMING);
pub(super) const SERVER_SECURITY: Fact = fact("mail.server.*.socketType", NUMBER, "0", INCOMING);
pub(super) const SERVER_IS_SECURE: Fact = fact("mail.server.*.isSecure", Kind::Switch, "false", INCOMING);
pub(super) const SERVER_AUTH: Fact = fact("mail.server.*.authMethod", NUMBER, "3", INCOMING);
/// Up to 3.0; 3.1 to 121 turned it into `authMethod` 8 at the first start (mailnewsMigrator.js and its test).
pub(super) const SERVER_SECURE_AUTH: Fact = fact("mail.server.*.useSecAuth", Kind::Switch, "false", MIGRATOR);
pub(super) const SMTP_SERVERS: Fact = fact("mail.smtpservers", Kind::Links, "", SERVER);
pub(super) const DEFAULT_SERVER: Fact =
    fact("mail.smtp.defaultserver", Kind::Link, "the first of the list", SERVER);
pub(super) const SMTP_TYPE: Fact = fact("mail.smtpserver.*.type", Kind::Choice(SMTP_TYPES), "smtp", OF_TYPE);
pub(super) const SMTP_HOST: Fact = fact("mail.smtpserver.*.hostname", Kind::Host, "", SERVER);
pub(super) const SMTP_PORT: Fact =
    fact("mail.smtpserver.*.port", PORT, "587 or 465, up to version 92 25", OF_NEW_PORT);
pub(super) const SMTP_USER: Fact = fact("mail.smtpserver.*.username", Kind::User, "", SERVER);
pub(super) const SMTP_AUTH: Fact = fact("mail.smtpserver.*.authMethod", NUMBER, "3", OF_AUTH);
pub(super) const SMTP_OLD_AUTH: Fact = fact("mail.smtpserver.*.auth_method", NUMBER, "1", OF_LEGACY);
pub(super) const SMTP_SECURE_AUTH: Fact =
    fact("mail.smtpserver.*.useSecAuth", Kind::Switch, "false", OF_LEGACY);
pub(super) const SMTP_SECURITY: Fact = fact("mail.smtpserver.*.try_ssl", NUMBER, "0", OF_SECURITY);
/// An address of the web, of which only the server is asked for.
pub(super) const EWS_URL: Fact = fact(
    "mail.outgoingserver.*.ews_url",
    Kind::Host,
    "",
    "comm-central, rust/protocol_shared/src/outgoing.rs",
);
pub(super) const UI_VERSION: Fact =
    fact("mail.ui-rdf.version", Kind::Number(0, 999), "", "comm-central, MailMigrator");
pub(super) const LAST_APP_VERSION: Fact = fact(
    "extensions.lastAppVersion",
    Kind::Version,
    "",
    "mozilla-central toolkit/mozapps/extensions, PREF_EM_LAST_APP_VERSION",
);
pub(super) const CONFIG_FILE: Fact = fact("general.config.filename", Kind::Path, "", CONFIG);
pub(super) const RAISED_BY: Fact =
    fact("general.config.obscure_value", Kind::Number(-999, 999), "13 in SeaMonkey, else 0", CONFIG);
pub(super) const GLOBAL_CONFIG: Fact = fact("autoadmin.global_config_url", Kind::Url, "", CONFIG);

/// Types of servers; `owl` and `exquilla` are those of add-ons for Exchange.
const SERVER_TYPES: &[&str] =
    &["pop3", "imap", "nntp", "none", "rss", "im", "ews", "graph", "movemail", "owl", "exquilla"];
const SMTP_TYPES: &[&str] = &["smtp", "ews", "graph", "owl", "exquilla"];

/// The settings of a profile; all others are passed over.
pub(super) const PREFS: &[Fact] = &[
    ACCOUNTS,
    DEFAULT_ACCOUNT,
    ACCOUNT_SERVER,
    ACCOUNT_IDENTITIES,
    IDENTITY_ADDRESS,
    IDENTITY_SERVER,
    SERVER_TYPE,
    SERVER_NAME,
    SERVER_HOST,
    SERVER_REAL_HOST,
    SERVER_USER,
    SERVER_REAL_USER,
    SERVER_PORT,
    SERVER_SECURITY,
    SERVER_IS_SECURE,
    SERVER_AUTH,
    SERVER_SECURE_AUTH,
    SMTP_SERVERS,
    DEFAULT_SERVER,
    SMTP_TYPE,
    SMTP_HOST,
    SMTP_PORT,
    SMTP_USER,
    SMTP_AUTH,
    SMTP_OLD_AUTH,
    SMTP_SECURE_AUTH,
    SMTP_SECURITY,
    EWS_URL,
    UI_VERSION,
    LAST_APP_VERSION,
    CONFIG_FILE,
    RAISED_BY,
    GLOBAL_CONFIG,
];
pub(super) const NAME: Fact = fact("Name", Kind::Label, "the folder's name", PROFILES);
pub(super) const IS_RELATIVE: Fact = fact("IsRelative", Kind::Switch, "by the path", PROFILES);
pub(super) const PATH: Fact = fact("Path", Kind::Path, "", PROFILES);
/// 1 for a profile, the path of one for an installation.
pub(super) const DEFAULT: Fact = fact("Default", Kind::Path, "", PROFILES);

/// How the sections of profiles begin, and those of installations.
pub(super) const PROFILE: &str = "Profile";
pub(super) const INSTALL: &str = "Install";

pub(super) const LAST_VERSION: Fact = fact("LastVersion", Kind::Version, "", RUNNER);
pub(super) const LAST_PLATFORM: Fact = fact("LastPlatformDir", Kind::Path, "", RUNNER);
pub(super) const LAST_APP: Fact = fact("LastAppDir", Kind::Path, "", RUNNER);
/// The only section of it.
pub(super) const COMPATIBILITY: &str = "Compatibility";

/// The policy that sets settings: a dictionary of them, each by its own kind.
pub(super) const PREFERENCES: Fact = fact("Preferences", Kind::Dropped, "", POLICY);
/// In it: one setting's value, and what happens to it.
pub(super) const VALUE: Fact = fact("Value", Kind::Dropped, "", POLICY);
pub(super) const STATUS: Fact =
    fact("Status", Kind::Choice(&["default", "locked", "user", "clear"]), "default", POLICY);
pub(super) const ENABLED: Fact = fact("EnterprisePoliciesEnabled", Kind::Switch, "false", POLICY);
