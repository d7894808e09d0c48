//! What clients can't do: the highest version of TLS, and OAuth 2. What no source tells is left open, and held against nobody.

use crate::classify::{Can, OAuth2};
use crate::model::Account;
use crate::policy::Tls;

/// What is known of some versions of a client; the first row that fits and knows of something decides that.
pub struct Row {
    /// Ids of the clients.
    pub clients: &'static [&'static str],
    /// Of their versions those from and below these main numbers.
    pub versions: (u32, u32),
    /// What is known.
    pub ability: Ability,
    /// Whose word that is.
    pub source: &'static str,
}

/// One thing that is known.
#[derive(Clone, Copy)]
pub enum Ability {
    /// The highest version of TLS.
    Tls(Tls),
    /// That of the system's own library.
    TlsOfSystem,
    /// OAuth 2 with the outgoing servers.
    OAuth2(OAuth2),
}

/// All versions, and unknown ones.
const ANY: (u32, u32) = (0, u32::MAX);
/// Which of them it is, its settings don't tell.
const UNKNOWN_OUTLOOK: &str = "Outlook 2002-2010";
/// Microsoft's programs that have no TLS of their own: Windows Live Mail is the successor of the two before it.
const OF_WINDOWS: &[&str] = &["outlook-express", "windows-mail", "windows-live-mail"];

/// Thunderbird's list of built-in services up to 139, from that of 2026 (mozilla/releases-comm-central,
/// mailnews/base/src/OAuth2Providers.sys.mjs at 003b6e96); before 77 without Microsoft's.
const OF_THUNDERBIRD: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "mail.ru",
    "yandex.com",
    "yahoo.com",
    "att.net",
    "aol.com",
    "fastmail.com",
    "comcast.net",
    "seznam.cz",
    "office365.com",
    "outlook.com",
    "hotmail.com",
];
const OF_THUNDERBIRD_76: &[&str] =
    &["gmail.com", "googlemail.com", "mail.ru", "yandex.com", "yahoo.com", "aol.com"];

/// The table.
pub static ABILITIES: &[Row] = &[
    Row {
        clients: OF_WINDOWS,
        versions: ANY,
        ability: Ability::TlsOfSystem,
        source: "Microsoft, \"Support for SSL/TLS protocols on Windows\" (learn.microsoft.com/archive/blogs/kaushal); joewein.net 2018 (Outlook Express)",
    },
    Row {
        clients: &["outlook"],
        versions: (0, 16),
        ability: Ability::TlsOfSystem,
        source: "Microsoft, \"Enabling TLS 1.1 and 1.2 in Outlook on Windows 7\" (learn.microsoft.com/archive/blogs/schrimsher)",
    },
    Row {
        clients: &["thunderbird"],
        versions: (1, 24),
        ability: Ability::Tls(Tls::V1_0),
        source: "kb.mozillazine.org/Security.tls.version.*: TLS 1.2 since Gecko 24, switched on since 27 (ghacks.net, 2014-01-10)",
    },
    Row {
        clients: &["apple-mail"],
        versions: (1, 10),
        ability: Ability::Tls(Tls::V1_0),
        source: "herrbischoff.com, 2018-06: Mail before macOS 10.12, which has Mail 10; inmotionhosting.com on old Apple Mail",
    },
    Row {
        clients: &["ios-mail"],
        versions: (1, 10),
        ability: Ability::Tls(Tls::V1_0),
        source: "herrbischoff.com, 2018-06: Mail of iOS 9",
    },
    Row {
        clients: OF_WINDOWS,
        versions: ANY,
        ability: Ability::OAuth2(OAuth2::Never),
        source: "ja.wikipedia.org (Windows Live メール): no OAuth 2.0; its predecessors are older than RFC 6749 (2012)",
    },
    Row {
        clients: &["outlook"],
        versions: (0, 16),
        ability: Ability::OAuth2(OAuth2::Never),
        source: "Microsoft, ee624604 (RFC 3501 in Outlook 2007 to 2019, E0001): PLAIN, NTLM, DIGEST-MD5 and no other; techissuestoday.com: 2016 and older can't",
    },
    Row {
        clients: &["thunderbird"],
        versions: (1, 38),
        ability: Ability::OAuth2(OAuth2::Never),
        source: "release notes of Thunderbird 38.0.1 (thunderbird/thunderbird-notes): new there, bug 849540",
    },
    Row {
        clients: &["thunderbird"],
        versions: (38, 77),
        ability: Ability::OAuth2(OAuth2::Only(OF_THUNDERBIRD_76)),
        source: "mozilla/releases-comm-central, mailnews/base/util/OAuth2Providers.jsm at 13d0ecfc; itcs.com.pk: Microsoft's since 77.0b1",
    },
    Row {
        clients: &["thunderbird"],
        versions: (77, 140),
        ability: Ability::OAuth2(OAuth2::Only(OF_THUNDERBIRD)),
        source: "mozilla/releases-comm-central, OAuth2Providers.sys.mjs; since 140 extensions add services (webextension-api.thunderbird.net, changelog 140)",
    },
];

/// What the client of an account can do, as far as that is known.
pub(super) fn of(account: &Account) -> Can {
    let mut can = Can::default();
    let (mut has_tls, mut has_oauth2) = (false, false);
    for row in ABILITIES.iter().filter(|row| row.fits(account)) {
        match row.ability {
            Ability::Tls(highest) if !has_tls => (can.tls, has_tls) = (Some(highest), true),
            Ability::TlsOfSystem if !has_tls => {
                let lacks = account.system.as_ref().is_some_and(|system| system.tls_1_2 == Some(false));
                (can.tls, has_tls) = (lacks.then_some(Tls::V1_0), true);
            }
            Ability::OAuth2(services) if !has_oauth2 => (can.oauth2, has_oauth2) = (services, true),
            _ => {}
        }
    }
    if is_msi_2016(account) {
        can.oauth2 = OAuth2::Never;
    }
    can
}

/// Outlook 2016 of Windows Installer got no new features and is one of those that can't; that of Click-to-Run, which tells its
/// whole version, has the files of 365.
fn is_msi_2016(account: &Account) -> bool {
    account.client == "outlook"
        && account.client_name == "Outlook 2016"
        && account.client_version.as_deref() == Some("16.0")
}

impl Row {
    fn fits(&self, account: &Account) -> bool {
        let (from, below) = self.versions;
        let version = account.client_version.as_deref().and_then(main_number);
        let version = version.or((account.client_name == UNKNOWN_OUTLOOK).then_some(14));
        let is_version = match version {
            Some(version) => (from..below).contains(&version),
            None => self.versions == ANY,
        };
        self.clients.contains(&account.client) && is_version
    }
}

/// `115.3.1` → 115
fn main_number(version: &str) -> Option<u32> {
    version.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Outgoing, Partial, System};

    fn can(client: &'static str, name: &str, version: &str, system: Option<(&str, Option<bool>)>) -> String {
        let outgoing = Outgoing::None(Partial::default());
        let account = Account {
            client_version: (!version.is_empty()).then(|| version.to_owned()),
            system: system.map(|(name, tls_1_2)| System { name: name.to_owned(), tls_1_2 }),
            ..Account::new(client, name, "", outgoing)
        };
        let Can { tls, oauth2, .. } = of(&account);
        let tls = tls.map_or("?".to_owned(), |tls| format!("{tls:?}"));
        let at = |host| {
            let has = Can { tls: None, oauth2, cannot: &[] };
            matches!(oauth2, OAuth2::Only(_))
                .then(|| has.authenticates_by(crate::model::Auth::OAuth2, Some(host)))
        };
        let oauth2 = match (oauth2, at("smtp.gmail.com"), at("smtp.office365.com")) {
            (OAuth2::Never, ..) => "never",
            (OAuth2::Unknown, ..) => "?",
            (_, Some(true), Some(true)) => "Google, Microsoft",
            (_, Some(true), Some(false)) => "Google",
            _ => "none of the two",
        };
        format!("{tls}, {oauth2}")
    }

    #[test]
    fn what_clients_can_do_follows_from_version_and_system() {
        let (xp, off) = (Some(("Windows XP", Some(false))), Some(("Windows 7", Some(false))));
        let (on, untold) = (Some(("Windows 7", Some(true))), Some(("Windows 7", None)));
        for (client, name, version, system, expected) in [
            ("outlook-express", "", "", xp, "V1_0, never"),
            ("outlook-express", "", "", None, "?, never"),
            ("windows-mail", "", "", Some(("Windows Vista", Some(false))), "V1_0, never"),
            ("windows-live-mail", "", "", off, "V1_0, never"),
            ("windows-live-mail", "", "", on, "?, never"),
            ("windows-live-mail", "", "", untold, "?, never"),
            ("outlook", "Outlook 2010", "14.0", off, "V1_0, never"),
            ("outlook", "Outlook 2013", "15.0", on, "?, never"),
            ("outlook", "Outlook 2016", "16.0", off, "?, never"),
            ("outlook", "Outlook 2016", "16.0.17932.20000", None, "?, ?"),
            ("outlook", "Outlook 365", "16.0.17932.20000", off, "?, ?"),
            ("outlook", "Outlook 2002-2010", "", off, "V1_0, never"),
            ("thunderbird", "", "17.0", off, "V1_0, never"),
            ("thunderbird", "", "31.7", off, "?, never"),
            ("thunderbird", "", "68.12.0", None, "?, Google"),
            ("thunderbird", "", "115.3.1", xp, "?, Google, Microsoft"),
            ("thunderbird", "", "140.1", None, "?, ?"),
            ("thunderbird", "", "", None, "?, ?"),
            ("apple-mail", "", "9.3", None, "V1_0, ?"),
            ("apple-mail", "", "10.0", None, "?, ?"),
            ("outlook", "Outlook", "", off, "?, ?"),
            ("ios-mail", "", "9.3.5", None, "V1_0, ?"),
            ("ios-mail", "", "18.1", None, "?, ?"),
            ("becky", "", "", xp, "?, ?"),
        ] {
            assert_eq!(can(client, name, version, system), expected, "{client} {name} {version} {system:?}");
        }
    }

    #[test]
    fn every_row_says_whose_word_it_is() {
        for row in ABILITIES {
            assert!(row.source.len() > 10 && row.versions.0 < row.versions.1, "{:?}", row.clients);
            assert!(row.clients.iter().all(|id| super::super::CLIENTS.iter().any(|client| client.id == *id)));
        }
    }
}
