//! Akonadi's incoming accounts: one settings file for each POP3 or IMAP resource.

use super::settings::{
    ACCOUNT_IDENTITY, CACHE, GENERAL, IMAP_AUTH, IMAP_PORT, IMAP_SERVER, NETWORK, POP_AUTH, POP_HOST,
    POP_PORT, RESOURCE, SAFETY, USE_DEFAULT_IDENTITY, USE_SSL, USE_TLS,
};
use super::{group, groups, is_on, join};
use crate::clients::look::Look;
use crate::clients::settings::Settings;
use crate::formats::facts::Fact;
use crate::model::{Auth, Incoming, Protocol, Security};
use crate::source::{Problem, User};

/// How the files begin. Kolab's resource shares the settings of IMAP's.
const KINDS: [(&str, Protocol); 3] = [
    ("akonadi_pop3_resource_", Protocol::Pop3),
    ("akonadi_imap_resource_", Protocol::Imap),
    ("akonadi_kolab_resource_", Protocol::Imap),
];
const SOURCE: &str = "KDE source (settings.kcfg)";

/// An incoming account.
#[derive(Debug)]
pub(super) struct Resource {
    /// `akonadi_pop3_resource_0`
    pub(super) key: String,
    /// Its file as it is shown to people.
    pub(super) file: String,
    /// Whose identity it says that it has.
    pub(super) identity: Owner,
    protocol: Protocol,
    settings: Settings,
}

/// The identity of an incoming account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    /// POP3 stores none: the folder has it that the mail goes to.
    NotStored,
    /// Whichever is the default.
    Default,
    /// By its number (`uoid`).
    Number(String),
}

/// The incoming accounts of a folder of settings. Some other resource's trouble is nobody's here.
pub(super) fn resources(user: &User, folder: &str, problems: &mut Vec<Problem>) -> Vec<Resource> {
    let entries = match user.list(folder) {
        Ok(entries) => entries.unwrap_or_default(),
        Err(problem) => {
            problems.push(problem);
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for entry in entries.iter().filter(|entry| entry.is_file) {
        let kind = KINDS.iter().find(|(start, _)| entry.name.starts_with(start));
        let (Some((_, protocol)), Some(key)) = (kind, entry.name.strip_suffix("rc")) else { continue };
        let path = join(folder, &entry.name);
        match groups(user, &path, &RESOURCE) {
            Ok(Some(groups)) => found.extend(resource(key, user.place(&path), *protocol, &groups)),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    found
}

/// `None` without a server: a resource that was never set up.
fn resource(key: &str, file: String, protocol: Protocol, groups: &[Settings]) -> Option<Resource> {
    let (name, host) = match protocol {
        Protocol::Pop3 => (GENERAL, POP_HOST),
        _ => (NETWORK, IMAP_SERVER),
    };
    let settings = group(groups, name).filter(|group| group.peek_text(host).is_some())?.clone();
    let identity = match (protocol, group(groups, CACHE)) {
        (Protocol::Pop3, _) => Owner::NotStored,
        (_, Some(cache)) if !is_on(cache, USE_DEFAULT_IDENTITY, true) => {
            cache.peek_text(ACCOUNT_IDENTITY).map_or(Owner::Default, |id| Owner::Number(id.to_owned()))
        }
        _ => Owner::Default,
    };
    Some(Resource { key: key.to_owned(), file, identity, protocol, settings })
}

impl Resource {
    /// IMAP's defaults changed with the versions: what is not stored is not told.
    pub(super) fn read(&self, look: &mut Look) -> Incoming {
        let from = &self.settings;
        if self.protocol == Protocol::Pop3 {
            let host = look.text(from, POP_HOST);
            let port = look.port(from, POP_PORT, 110, SOURCE).ok().and_then(crate::model::Port::number);
            look.record(from, USE_SSL, None);
            look.record(from, USE_TLS, None);
            let security = match (is_on(from, USE_SSL, false), is_on(from, USE_TLS, false)) {
                (true, _) => Security::Tls,
                (false, true) => Security::StartTls,
                (false, false) => Security::Plain,
            };
            let auth = auth(from, POP_AUTH, 7, look);
            return Incoming { protocol: self.protocol, host, port, security: Some(security), auth };
        }
        look.record(from, SAFETY, None);
        Incoming {
            protocol: self.protocol,
            host: look.text(from, IMAP_SERVER),
            port: look.text(from, IMAP_PORT).and_then(|port| port.parse().ok()),
            security: match from.peek_text(SAFETY) {
                Some("SSL") => Some(Security::Tls),
                Some("STARTTLS") => Some(Security::StartTls),
                Some("NONE" | "None") => Some(Security::Plain),
                _ => None,
            },
            auth: auth(from, IMAP_AUTH, 1, look),
        }
    }
}

/// `EnumAuthenticationType` of KDE/kmailtransport (src/mailtransport.kcfg): LOGIN, PLAIN, CRAM_MD5, DIGEST_MD5, GSSAPI, NTLM,
/// APOP, CLEAR, ANONYMOUS, XOAUTH2.
fn auth(from: &Settings, fact: Fact, default: i64, look: &mut Look) -> Option<Auth> {
    match look.number(from, fact, default, SOURCE).ok()? {
        0 | 1 | 7 => Some(Auth::Password),
        2 | 3 => Some(Auth::EncryptedPassword),
        4 => Some(Auth::Kerberos),
        5 => Some(Auth::Spa),
        6 => Some(Auth::Apop),
        8 => Some(Auth::None),
        9 => Some(Auth::OAuth2),
        _ => None,
    }
}
