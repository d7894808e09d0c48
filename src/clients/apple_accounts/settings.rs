//! What Apple's programs store of a mail account, wherever they store it: in property lists, or in the Accounts store as
//! properties and columns.
//!
//! Names and values: published examples of Accounts.plist and com.apple.mail.plist; Accounts3.sqlite of iOS 15 to 17 and
//! Accounts4.sqlite of macOS 27; the classes MFAccount, DeliveryAccount and SMTPAccount of iOS.

use crate::formats::facts::{Fact, Group, fact};
use crate::formats::kinds::{CODE as CODES, Kind, PORT};

/// Defaults and the meaning of values, as the classes MFAccount, DeliveryAccount and SMTPAccount treat them.
pub(crate) const CODE: &str = "Apple, Mail of iOS 18.2 and 26.1: MFAccount, DeliveryAccount, SMTPAccount";
/// Three ports are tried where none is stored: Apple's profile documentation, com.apple.mail.managed, and the old
/// dialog's own words.
pub(crate) const PORTS: &str = "Apple, device-management: com.apple.mail.managed";
const STORE: &str = "Accounts3.sqlite of iOS 15 to 17, Accounts4.sqlite of macOS 27";

/// The mechanisms' own names; the empty one stands for PLAIN or LOGIN, `ATOKEN…` for iCloud's own token.
const SCHEMES: Kind = Kind::Choice(&[
    "PLAIN",
    "LOGIN",
    "CRAM-MD5",
    "DIGEST-MD5",
    "NTLM",
    "GSSAPI",
    "EXTERNAL",
    "XOAUTH2",
    "OAUTHBEARER",
    "APOP",
    "ATOKEN",
    "ATOKEN2",
]);
/// Kinds of accounts of which the stores of macOS and iOS know (their table of types), mail's first.
const TYPES: Kind = Kind::Choice(&[
    "com.apple.account.IMAP",
    "com.apple.account.POP",
    "com.apple.account.IMAPMail",
    "com.apple.account.SMTP",
    "com.apple.account.Google",
    "com.apple.account.Yahoo",
    "com.apple.account.aol",
    "com.apple.account.Hotmail",
    "com.apple.account.AppleAccount",
    "com.apple.account.Exchange",
    "com.apple.account.osxserver",
    "com.apple.account.qq",
    "com.apple.account.126",
    "com.apple.account.163",
    "com.apple.account.CalDAV",
    "com.apple.account.CardDAV",
    "com.apple.account.CloudKit",
    "com.apple.account.IMAPNotes",
    "com.apple.account.Jabber",
    "com.apple.account.LDAP",
    "com.apple.account.idms",
    "com.apple.account.iTunesStore",
]);
/// How the types begin.
pub(super) const OF_TYPES: &str = "com.apple.account.";

pub(crate) const HOSTNAME: Fact = fact("Hostname", Kind::Host, "", CODE);
pub(crate) const USERNAME: Fact = fact("Username", Kind::User, "", CODE);
pub(crate) const PORT_NUMBER: Fact = fact("PortNumber", PORT, "25, 465, 587", PORTS);
pub(crate) const SSL_ENABLED: Fact = fact("SSLEnabled", Kind::Switch, "0", CODE);
pub(crate) const SSL_IS_DIRECT: Fact = fact("SSLIsDirect", Kind::Switch, "on for port 465", CODE);
/// 10.7 to 10.10: 2 = STARTTLS, 3 = TLS on connect (Mynigma's import of Mail's accounts).
pub(crate) const SECURITY_LAYER_TYPE: Fact = fact("SecurityLayerType", CODES, "0", CODE);
pub(crate) const SHOULD_USE_AUTHENTICATION: Fact = fact("ShouldUseAuthentication", Kind::Switch, "NO", CODE);
pub(crate) const AUTHENTICATION_SCHEME: Fact = fact("AuthenticationScheme", SCHEMES, "PLAIN", CODE);
/// 10.6
pub(crate) const USE_DEFAULT_PORTS: Fact = fact("UseDefaultPorts", Kind::Switch, "0", CODE);
pub(crate) const CONFIGURE_DYNAMICALLY: Fact = fact("ConfigureDynamically", Kind::Switch, "", CODE);
pub(crate) const ALLOWS_INSECURE: Fact = fact("UserAllowsInsecureAuthentication", Kind::Switch, "", CODE);
/// The primary server: `host:user`, or `host` for a server without a user name (DeliveryAccount, `identifier`).
pub(crate) const SMTP_IDENTIFIER: Fact = fact("SMTPIdentifier", Kind::HostUser, "", CODE);
/// The other servers of an account (iOS, MailAccount).
pub(crate) const ALTERNATES: Fact = fact("SMTPAlternateIdentifiers", Kind::HostUsers, "", CODE);
/// The switch of the primary server.
pub(crate) const SMTP_DISABLED: Fact = fact("SMTPDisabled", Kind::Switch, "0", CODE);
/// The link from a mail account to its SMTP account (macOS 10.9 and later).
pub(crate) const SENDER: Fact = fact("SendingAccountIdentifier", Kind::Link, "", STORE);
/// The program's class of the account (iOS).
pub(crate) const CLASS: Fact = fact("Class", Kind::Link, "", STORE);
/// The configuration profile that made the account (iOS).
pub(crate) const PROFILE: Fact = fact("mcProfileUUID", Kind::Link, "", STORE);
pub(crate) const EMAIL_ADDRESSES: Fact = fact("EmailAddresses", Kind::Address, "", STORE);
pub(crate) const IDENTITY: Fact = fact("IdentityEmailAddress", Kind::Address, "", STORE);
pub(crate) const ALIASES: Fact = fact("EmailAliases", Kind::Address, "", STORE);
pub(crate) const EMAIL_ADDRESS: Fact = fact("EmailAddress", Kind::Address, "", STORE);
pub(crate) const IS_ENABLED: Fact = fact("IsEnabled", Kind::Switch, "YES", STORE);

/// `ZACCOUNTTYPE.ZIDENTIFIER`
pub(crate) const TYPE: Fact = fact("ZACCOUNTTYPE", TYPES, "", STORE);
pub(crate) const ACTIVE: Fact = fact("ZACTIVE", Kind::Switch, "", STORE);
pub(crate) const USER: Fact = fact("ZUSERNAME", Kind::User, "", STORE);
/// The user name of the account above, where the row takes its authentication from there.
pub(crate) const PARENT_USER: Fact = fact("ZPARENTACCOUNT.ZUSERNAME", Kind::User, "", STORE);
/// The data class of mail: whether mail is switched on for the account. Its name stands in `ZDATACLASS`, and is the key of
/// the servers that a service gives its mail.
pub(crate) const MAIL: Fact =
    fact("com.apple.Dataclass.Mail", Kind::Choice(&["enabled", "not enabled"]), "", STORE);
pub(super) const IDENTIFIER: Fact = fact("ZIDENTIFIER", Kind::Link, "", STORE);
pub(super) const DESCRIPTION: Fact = fact("ZACCOUNTDESCRIPTION", Kind::Label, "", STORE);
/// `parent`: it authenticates as the account above does.
pub(super) const AUTHENTICATION: Fact =
    fact("ZAUTHENTICATIONTYPE", Kind::Choice(&["parent", "none"]), "", STORE);
pub(super) const PARENT: &str = "ZPARENTACCOUNT";
pub(super) const SERVERS: &str = "ZDATACLASSPROPERTIES";

/// Servers of a service such as iCloud.
pub(crate) const IMAP_HOSTNAME: Fact = fact("imapHostname", Kind::Host, "", STORE);
pub(crate) const SMTP_HOSTNAME: Fact = fact("smtpHostname", Kind::Host, "", STORE);

/// What a service's servers are asked for.
pub(super) const OF_SERVICE: &[Fact] = &[EMAIL_ADDRESS, IMAP_HOSTNAME, SMTP_HOSTNAME];
/// What stands in the entries of a list of addresses.
pub(super) const OF_ADDRESSES: &[Fact] = &[EMAIL_ADDRESSES, EMAIL_ADDRESS, IS_ENABLED];
/// Columns and properties of an account in the store.
pub(super) const OF_ROW: &[Fact] = &[
    TYPE,
    ACTIVE,
    USER,
    PARENT_USER,
    MAIL,
    HOSTNAME,
    USERNAME,
    PORT_NUMBER,
    SSL_ENABLED,
    SSL_IS_DIRECT,
    SECURITY_LAYER_TYPE,
    SHOULD_USE_AUTHENTICATION,
    AUTHENTICATION_SCHEME,
    USE_DEFAULT_PORTS,
    CONFIGURE_DYNAMICALLY,
    ALLOWS_INSECURE,
    SMTP_IDENTIFIER,
    ALTERNATES,
    SMTP_DISABLED,
    SENDER,
    CLASS,
    PROFILE,
    EMAIL_ADDRESSES,
    IDENTITY,
    ALIASES,
];
/// Tables, and what is wanted of them.
pub(super) const GROUPS: &[Group] =
    &[(ACCOUNTS, &[IDENTIFIER, DESCRIPTION, AUTHENTICATION]), (PROPERTIES, OF_ROW), (SERVERS, OF_SERVICE)];
pub(super) const ACCOUNTS: &str = "ZACCOUNT";
pub(super) const PROPERTIES: &str = "ZACCOUNTPROPERTY";
