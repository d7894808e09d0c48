//! Which KMail it is: KMail writes its version nowhere in the settings.

use super::settings::{METAINFO, first_release};
use crate::model::Security;
use crate::source::User;

/// Its releases begin with the installed one (KDE/kmail, src/data/org.kde.kmail2.appdata.xml).
const FOLDER: &str = "/usr/share/metainfo";

/// The program that reads the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// Nobody knows.
    Unknown,
    /// One of KDE 3 or Trinity.
    Kde3,
    /// One of KDE 4.
    Kde4,
    /// Major, minor and patch number of KMail itself: 5.22.3 is part of KDE Gear 22.12.3.
    Known(u32, u32, u32),
}

impl Version {
    /// What a server gets that stores neither. KDE/kmailtransport: 25 without encryption up to 24.02 (KMail 6.0), 587 with
    /// TLS since ab467256 (24.05, KMail 6.1), 465 since 79d3da0f (25.12, KMail 6.6). KDE 3: kdepim, kmail/kmtransport.cpp.
    pub(super) fn defaults(self) -> Option<(u16, Security)> {
        match self {
            Self::Unknown => None,
            Self::Known(major, minor, _) if (major, minor) >= (6, 6) => Some((465, Security::Tls)),
            Self::Known(major, minor, _) if (major, minor) >= (6, 1) => Some((587, Security::Tls)),
            Self::Kde3 | Self::Kde4 | Self::Known(..) => Some((25, Security::Plain)),
        }
    }

    pub(super) fn shown(self) -> Option<String> {
        match self {
            Self::Known(major, minor, patch) => Some(format!("{major}.{minor}.{patch}")),
            Self::Unknown | Self::Kde3 | Self::Kde4 => None,
        }
    }
}

/// The version that is installed on the computer of the user. Trouble means no more than that it stays unknown.
pub(super) fn installed(user: &User) -> Version {
    let metainfo =
        user.read(&format!("{FOLDER}/{}", METAINFO.id), &METAINFO).ok().flatten().unwrap_or_default();
    first_release(&metainfo.text()).and_then(|release| parse(&release)).unwrap_or(Version::Unknown)
}

fn parse(version: &str) -> Option<Version> {
    let mut numbers = version.split('.').map(|number| number.parse().ok());
    let (major, minor) = (numbers.next()??, numbers.next()??);
    Some(Version::Known(major, minor, numbers.next().flatten().unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_changed_twice() {
        for (version, defaults) in [
            ("5.22.3", Some((25, Security::Plain))),
            ("6.0.2", Some((25, Security::Plain))),
            ("6.1.0", Some((587, Security::Tls))),
            ("6.5.3", Some((587, Security::Tls))),
            ("6.6.0", Some((465, Security::Tls))),
            ("7.0", Some((465, Security::Tls))),
            ("6", None),
        ] {
            let metadata = format!(
                "<releases>\n<release version=\"{version}\" date=\"2026\"/><release version=\"1.0\"/>"
            );
            let found = first_release(&metadata).and_then(|release| parse(&release));
            assert_eq!(found.and_then(Version::defaults), defaults, "{version}");
        }
        assert_eq!(Version::Kde4.defaults(), Some((25, Security::Plain)));
    }
}
