//! What may be collected, as data: the settings that detectors ask for. What is not listed is not written, whatever its
//! name.

use crate::formats::secrets::is_secret_name;

/// Settings of Thunderbird by their whole names.
const PREFS: [&str; 8] = [
    "mail.accountmanager.accounts",
    "mail.accountmanager.defaultaccount",
    "mail.smtpservers",
    "mail.smtp.defaultserver",
    "mail.ui-rdf.version",
    "extensions.lastAppVersion",
    "general.config.filename",
    "autoadmin.global_config_url",
];
/// Settings of Thunderbird by what stands before and behind the key of an account, identity or server.
const PREF_GROUPS: [(&str, &[&str]); 5] = [
    ("mail.account.", &["server", "identities"]),
    ("mail.identity.", &["useremail", "smtpServer"]),
    (
        "mail.server.",
        &[
            "type",
            "hostname",
            "realhostname",
            "userName",
            "realuserName",
            "port",
            "socketType",
            "isSecure",
            "name",
        ],
    ),
    (
        "mail.smtpserver.",
        &["type", "hostname", "port", "username", "authMethod", "auth_method", "useSecAuth", "try_ssl"],
    ),
    ("mail.outgoingserver.", &["ews_url"]),
];

/// Settings of a mail account, or of a service's, in a configuration profile. Of what bears a secret's name, property
/// lists keep only a yes or no.
const PROFILE: [&str; 22] = [
    "PayloadType",
    "PayloadIdentifier",
    "PayloadUUID",
    "PayloadDisplayName",
    "EmailAccountType",
    "EmailAccountDescription",
    "EmailAddress",
    "IncomingMailServerHostName",
    "IncomingMailServerPortNumber",
    "IncomingMailServerUseSSL",
    "IncomingMailServerUsername",
    "OutgoingMailServerHostName",
    "OutgoingMailServerAuthentication",
    "OutgoingMailServerPortNumber",
    "OutgoingMailServerUseSSL",
    "OutgoingMailServerUsername",
    "OutgoingPasswordSameAsIncomingPassword",
    "IncomingACAccountIdentifier",
    "AccountDescription",
    "EnableMail",
    "Host",
    "UserName",
];

/// INI files, the beginnings of their sections, and the keys in them. `*` stands for any section.
const INI: [(&str, &str, &[&str]); 4] = [
    ("profiles.ini", "Profile", &["Name", "IsRelative", "Path", "Default"]),
    ("profiles.ini", "Install", &["Default"]),
    ("installs.ini", "*", &["Default"]),
    ("compatibility.ini", "Compatibility", &["LastVersion", "LastPlatformDir", "LastAppDir"]),
];

/// Values of an account of Outlook.
const OUTLOOK: &[&str] = &[
    "clsid",
    "Service Name",
    "Account Name",
    "Email",
    "POP3 Server",
    "POP3 Port",
    "POP3 Use SSL",
    "POP3 Use SPA",
    "IMAP Server",
    "IMAP Port",
    "IMAP Use SSL",
    "IMAP Use SPA",
    "SMTP Server",
    "SMTP Port",
    "SMTP Use Auth",
    "SMTP Auth Method",
    "SMTP Use SPA",
    "SMTP Use SSL",
    "SMTP Secure Connection",
];
/// Values of an account of Outlook Express and, with `_` for blanks, of Windows Mail and Windows Live Mail.
const INTERNET_MAIL: &[&str] = &[
    "Account Name",
    "SMTP Email Address",
    "POP3 Server",
    "POP3 Port",
    "POP3 Secure Connection",
    "POP3 Use Sicily",
    "POP3 User Name",
    "POP3 Skip Account",
    "IMAP Server",
    "IMAP Port",
    "IMAP Secure Connection",
    "IMAP Use Sicily",
    "IMAP User Name",
    "NNTP Server",
    "LDAP Server",
    "HTTPMail Server",
    "SMTP Server",
    "SMTP Port",
    "SMTP Secure Connection",
    "SMTP Use Sicily",
];
/// That there is any setting that begins so tells the kind of an account, without its name or value.
pub(super) const KINDS: [&str; 7] = ["POP3 ", "IMAP ", "SMTP ", "HTTPMail", "DeltaSync", "Hotmail", "DAV"];

/// The list of mail accounts in a profile of Outlook.
pub(super) const OUTLOOK_LIST: &str = "{ED475418-B0D6-11D2-8C3B-00104B2A6676}";
/// Registry values by the end of their key's path, in lower case.
const REGISTRY: [(&str, &[&str]); 13] = [
    (r"\profiles", &["DefaultProfile"]),
    (r"\outlook", &["DefaultProfile"]),
    (r"\9375cff0413111d3b88a00104b2a6676", &[OUTLOOK_LIST]),
    (r"\outlook\preferences", &["UseNewOutlook"]),
    (r"\outlook\installroot", &["Path"]),
    (r"\clicktorun\configuration", &["ProductReleaseIds", "VersionToReport"]),
    (r"hklm\software\microsoft\windows nt\currentversion", &["CurrentVersion"]),
    (r"\internet account manager", &["Default Mail Account"]),
    (r"hkcu\identities", &["Default User ID"]),
    (r"hkcu\software\microsoft\windows mail", &["Store Root", "Default Mail Account"]),
    (r"hkcu\software\microsoft\windows live mail", &["Store Root", "Default Mail Account"]),
    (r"hkcu\software\sn\q3\setting", &["MailFolder"]),
    (r"\explorer\user shell folders", &["AppData", "Local AppData", "Personal"]),
];

/// Accounts of Windows 10 Mail; below, by an account's GUID, the values that are understood.
const PARTNERS: &str = r"hkcu\software\microsoft\activesync\partners\{";
const PARTNER: &[&str] = &["Email", "Server"];
/// Keys of an account of QMAIL3.
const QMAIL3: [&str; 16] = [
    "Global/Class",
    "Global/SenderAddress",
    "Receive/Type",
    "Receive/Host",
    "Receive/Port",
    "Receive/Secure",
    "Send/Type",
    "Send/Host",
    "Send/Port",
    "Send/Secure",
    "Send/UserName",
    "Smtp/AuthMethods",
    "Smtp/PopBeforeSmtp",
    "Smtp/PopBeforeSmtpCustom",
    "Smtp/PopBeforeSmtpProtocol",
    "Smtp/PopBeforeSmtpHost",
];

/// Settings of Apple Mail, in a list or as properties.
const APPLE: [&str; 24] = [
    "AccountType",
    "AccountName",
    "uniqueId",
    "Username",
    "Hostname",
    "PortNumber",
    "SSLEnabled",
    "SSLIsDirect",
    "SecurityLayerType",
    "ShouldUseAuthentication",
    "AuthenticationScheme",
    "UseDefaultPorts",
    "ConfigureDynamically",
    "UserAllowsInsecureAuthentication",
    "SMTPIdentifier",
    "SMTPAlternateIdentifiers",
    "SMTPDisabled",
    "SendingAccountIdentifier",
    "Class",
    "mcProfileUUID",
    "EmailAddresses",
    "IdentityEmailAddress",
    "EmailAliases",
    "EmailAddress",
];
/// Settings inside those of Apple Mail, and the servers that a service gives its mail.
const APPLE_INNER: [&str; 5] =
    ["EmailAddresses", "EmailAddress", "IsEnabled", "imapHostname", "smtpHostname"];

/// What a phone's backup says of its device and of itself.
pub(super) const BACKUP: [&str; 10] = [
    "Device Name",
    "Display Name",
    "Product Type",
    "Product Version",
    "Target Identifier",
    "Unique Identifier",
    "Last Backup Date",
    "Date",
    "IsEncrypted",
    "SnapshotState",
];
/// The same in its part `Lockdown`.
pub(super) const BACKUP_DEVICE: [&str; 4] = ["DeviceName", "ProductType", "ProductVersion", "UniqueDeviceID"];
/// Files in its list: domain, and how the path begins and ends.
pub(super) const BACKUP_FILES: [(&str, &str, &str); 2] = [
    ("HomeDomain", "Library/Accounts/", ".sqlite"),
    (
        "SysSharedContainerDomain-systemgroup.com.apple.configurationprofiles",
        "Library/ConfigurationProfiles/profile-",
        "",
    ),
];
/// Settings of a server in an export of K-9 Mail.
const K9: [&str; 5] = ["host", "port", "connection-security", "authentication-type", "username"];

pub(super) fn pref(name: &str) -> bool {
    let in_group = |(start, settings): &(&str, &[&str])| {
        let rest = name.strip_prefix(start).and_then(|rest| rest.rsplit_once('.'));
        rest.is_some_and(|(key, setting)| !key.is_empty() && settings.contains(&setting))
    };
    (PREFS.contains(&name) || PREF_GROUPS.iter().any(in_group)) && !is_secret_name(name)
}

pub(super) fn ini(file: &str, section: &str, key: &str) -> bool {
    let begins = |start: &str| section.get(..start.len()).is_some_and(|s| s.eq_ignore_ascii_case(start));
    INI.iter()
        .any(|(name, start, keys)| *name == file && (*start == "*" || begins(start)) && contains(keys, key))
}

/// `path` is that of the key: `HKCU\…` or `HKLM\…`.
pub(super) fn registry(path: &str, name: &str) -> bool {
    let path = path.to_lowercase();
    let by_end = REGISTRY.iter().any(|(end, names)| path.ends_with(end) && contains(names, name));
    let (parent, last) = path.rsplit_once('\\').unwrap_or_default();
    let is_outlook = parent.ends_with(r"\9375cff0413111d3b88a00104b2a6676")
        && last.len() == 8
        && last.bytes().all(|b| b.is_ascii_hexdigit());
    let is_express = parent.ends_with(r"\internet account manager\accounts");
    let is_identity = parent == r"hkcu\identities";
    let is_partner = path.strip_prefix(PARTNERS).is_some_and(|rest| !rest.contains('\\'));
    (by_end
        || (is_partner && contains(PARTNER, name))
        || (is_outlook && contains(OUTLOOK, name))
        || (is_express && internet_mail(name))
        || (is_identity && name.eq_ignore_ascii_case("Username")))
        && !is_secret_name(name)
}

/// True for a key in which the names and types of all values are told, without what they hold.
pub(super) fn is_described(path: &str) -> bool {
    path.to_lowercase().starts_with(PARTNERS)
}

/// True for a key whose mere presence is an entry in a list.
pub(super) fn is_entry(path: &str) -> bool {
    let (parent, last) = path.rsplit_once('\\').unwrap_or_default();
    is_described(path)
        || parent.to_lowercase().ends_with(r"\9375cff0413111d3b88a00104b2a6676")
            && last.len() == 8
            && last.bytes().all(|b| b.is_ascii_hexdigit())
}

/// True for a number in four bytes rather than a text in UTF-16, as Outlook's own reader tells them apart.
pub(super) fn is_number(name: &str) -> bool {
    [" Port", " Auth", " Method", " SSL", " SPA", " Connection"].iter().any(|ending| name.ends_with(ending))
}

pub(super) fn internet_mail(name: &str) -> bool {
    contains(INTERNET_MAIL, name)
}

pub(super) fn qmail3(name: &str) -> bool {
    QMAIL3.contains(&name)
}

pub(super) fn k9(name: &str) -> bool {
    K9.contains(&name) && !is_secret_name(name)
}

pub(super) fn apple(name: &str) -> bool {
    APPLE.contains(&name) && !is_secret_name(name)
}

pub(super) fn profile(name: &str) -> bool {
    PROFILE.contains(&name)
}

pub(super) fn apple_inner(name: &str) -> bool {
    APPLE_INNER.contains(&name)
}

fn contains(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
