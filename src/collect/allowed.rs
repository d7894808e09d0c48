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

/// INI files, the beginnings of their sections, and the keys in them. `*` stands for any section.
const INI: [(&str, &str, &[&str]); 4] = [
    ("profiles.ini", "Profile", &["Name", "IsRelative", "Path", "Default"]),
    ("profiles.ini", "Install", &["Default"]),
    ("installs.ini", "*", &["Default"]),
    ("compatibility.ini", "Compatibility", &["LastVersion", "LastPlatformDir", "LastAppDir"]),
];

/// Settings files of KDE by how their names begin, the beginnings of their groups, and the keys in them.
const KDE: [(&str, &str, &[&str]); 7] = [
    ("mailtransports", "General", &["default-transport"]),
    (
        "mailtransports",
        "Transport ",
        &[
            "id",
            "name",
            "identifier",
            "type",
            "host",
            "port",
            "user",
            "auth",
            "authtype",
            "encryption",
            "precommand",
        ],
    ),
    ("emailidentities", "General", &["Default Identity"]),
    ("emailidentities", "Identity #", &["uoid", "Email Address", "Email Aliases", "Transport"]),
    ("akonadi_", "General", &["host", "port", "useSSL", "useTLS"]),
    ("akonadi_", "network", &["ImapServer", "ImapPort", "Safety"]),
    ("akonadi_", "cache", &["UseDefaultIdentity", "AccountIdentity"]),
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
/// The list of mail accounts in a profile of Outlook.
pub(super) const OUTLOOK_LIST: &str = "{ED475418-B0D6-11D2-8C3B-00104B2A6676}";
/// Registry values by the end of their key's path, in lower case.
const REGISTRY: &[(&str, &[&str])] = &[
    (r"\profiles", &["DefaultProfile"]),
    (r"\outlook", &["DefaultProfile"]),
    (r"\9375cff0413111d3b88a00104b2a6676", &[OUTLOOK_LIST]),
    (r"\outlook\preferences", &["UseNewOutlook"]),
    (r"\outlook\installroot", &["Path"]),
    (r"\clicktorun\configuration", &["ProductReleaseIds", "VersionToReport"]),
    (r"hklm\software\microsoft\windows nt\currentversion", &["CurrentVersion"]),
    (r"\explorer\user shell folders", &["AppData", "Local AppData", "Personal"]),
];

/// Accounts of Windows 10 Mail; below, by an account's GUID, the values that are understood.
const PARTNERS: &str = r"hkcu\software\microsoft\activesync\partners\{";
const PARTNER: &[&str] = &["Email", "Server"];

/// Tables and columns of Android's EmailProvider.db; of a token only the number of its row.
pub(super) const ANDROID: [(&str, &[&str]); 3] = [
    (
        "Account",
        &["_id", "displayName", "emailAddress", "hostAuthKeyRecv", "hostAuthKeySend", "flags", "isDefault"],
    ),
    ("HostAuth", &["_id", "protocol", "address", "port", "flags", "login", "credentialKey"]),
    ("Credential", &["_id"]),
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
    let is_partner = path.strip_prefix(PARTNERS).is_some_and(|rest| !rest.contains('\\'));
    (by_end || (is_partner && contains(PARTNER, name)) || (is_outlook && contains(OUTLOOK, name)))
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

pub(super) fn kde(file: &str, group: &str, key: &str) -> bool {
    KDE.iter().any(|(begin, start, keys)| {
        file.starts_with(begin) && group.starts_with(start) && keys.contains(&key)
    })
}

pub(super) fn k9(name: &str) -> bool {
    K9.contains(&name) && !is_secret_name(name)
}

fn contains(names: &[&str], name: &str) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}
