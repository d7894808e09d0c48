//! KMail and Kontact: outgoing servers (`mailtransports`), the identities that use them, and Akonadi's incoming accounts.
//!
//! Sources: KDE/kmailtransport (src/mailtransport.kcfg, src/transportmanager.cpp), KDE/kidentitymanagement
//! (src/core/identity.h), KDE/kdepim-runtime (resources/pop3/settings.kcfg, resources/imap/imapresource.kcfg), tdepim (doc/kmail/configure.docbook) and
//! kdepim 3.5 (kmail/kmtransport.cpp) for KDE 3 and Trinity.

mod incoming;
mod kconfig;
mod links;
mod settings;
mod steps;
mod transport;
mod version;
mod words;

use super::changing::Changing;
use super::look::Look;
use super::settings::Settings;
use super::{Asks, Client, Edition, Found, Reading};
use crate::formats::facts::Fact;
use crate::model::{Account, Confidence, InUse, Incoming, Locator, Outgoing, Partial, Place, Text};
use crate::source::{FileRule, Problem, User};
use incoming::resources;
use links::{Link, identities_of, links};
use settings::{EMAILIDENTITIES, HOST, KMAILRC, MAILTRANSPORTS, METAINFO, NAME, RESOURCE};
use transport::{read_outgoing, transports};
use version::{Version, installed};

/// KMail's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "kmail",
    name: "KMail",
    name_ja: None,
    typed: &["kde mail", "kontact"],
    certainty: Confidence::Documented,
    variants: &[],
    fourfold: &[],
    editions: &[Edition {
        id: "kmail",
        name: Text::fixed("KMail / Kontact", "KMail / Kontact"),
        typed: &[],
        steps: &[steps::STEPS],
        keeps_tls: false,
        header: steps::HEADER,
        receiving: Some(&words::RECEIVING),
    }],
    places: &[
        "~/.config/mailtransports",
        "~/.var/app/org.kde.kontact/config/mailtransports",
        r"%LOCALAPPDATA%\mailtransports",
        "~/Library/Preferences/mailtransports",
        "~/.kde/share/config/mailtransports",
        "~/.kde4/share/config/mailtransports",
        r"%APPDATA%\.kde\share\config\mailtransports",
        "~/Library/Preferences/KDE/share/config/mailtransports",
        "~/.trinity/share/config/kmailrc",
        "~/.kde/share/config/kmailrc",
        "~/.kde3/share/config/kmailrc",
    ],
    sureness: Text::fixed(
        "KDE のソースによる。既定のポートと暗号化は版によって異なり、版が分からず値もない場合は「要確認」になることがあります",
        "from KDE's sources; the default port and encryption depend on the version: where it can't be told and they are not stored, check by hand",
    ),
    files: &[&MAILTRANSPORTS, &EMAILIDENTITIES, &RESOURCE, &METAINFO],
    folders: &[],
    keys: &[],
    // Kept for each outgoing server (KDE/kmailtransport, src/transport.cpp).
    asks: Asks::Own,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

/// Folders of settings, and the version that wrote them: KDE Frameworks, the Flatpak (unconfirmed), the same on Windows and
/// macOS (Qt, QStandardPaths, GenericConfigLocation), KDE 4, also there (KDE/kdelibs, kstandarddirs.cpp), KDE 3, Trinity.
const FOLDERS: [(&str, Version); 11] = [
    ("~/.config", Version::Unknown),
    ("~/.var/app/org.kde.kontact/config", Version::Unknown),
    ("%LOCALAPPDATA%", Version::Unknown),
    ("~/Library/Preferences", Version::Unknown),
    ("~/.kde/share/config", Version::Kde4),
    ("~/.kde4/share/config", Version::Kde4),
    (r"%APPDATA%\.kde\share\config", Version::Kde4),
    ("~/Library/Preferences/KDE/share/config", Version::Kde4),
    ("~/.kde/share/config", Version::Kde3),
    ("~/.kde3/share/config", Version::Kde3),
    (TRINITY, Version::Kde3),
];
/// It goes on with KDE 3, beside any other.
const TRINITY: &str = "~/.trinity/share/config";

/// A folder of settings, and what its findings are to say of it.
struct Placed {
    path: String,
    store: String,
    in_use: InUse,
    version: Version,
}

fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    for given in user.given_of(&MAILTRANSPORTS) {
        let (path, file) = given.path.rsplit_once(['\\', '/']).unwrap_or_default();
        let store: Vec<&str> = path.split(['\\', '/']).skip(1).collect();
        let placed = Placed {
            path: path.to_owned(),
            store: store.join("/"),
            in_use: InUse::Unknown,
            version: if file.eq_ignore_ascii_case(KMAILRC) { Version::Kde3 } else { Version::Unknown },
        };
        let part = read_folder(user, &placed, file, found).map(|_| ());
        found.isolate(part);
    }
    // Of those with accounts.
    let mut newest = None;
    let mut outcome = Ok(());
    for (folder, version) in FOLDERS {
        let placed = Placed {
            path: folder.to_owned(),
            store: folder.to_owned(),
            in_use: match version {
                Version::Unknown | Version::Known(..) => InUse::Yes,
                // An upgrade leaves the older one behind.
                old if folder != TRINITY && newest.is_some_and(|newest| newest != old) => InUse::No,
                _ => InUse::Unknown,
            },
            version,
        };
        let file = if version == Version::Kde3 { KMAILRC } else { MAILTRANSPORTS.id };
        match read_folder(user, &placed, file, found) {
            Ok(has_accounts) => newest = newest.or(has_accounts.then_some(version)),
            Err(problem) => found.isolate(std::mem::replace(&mut outcome, Err(problem))),
        }
    }
    outcome
}

/// A path below a folder, with the slash of its system.
fn join(folder: &str, name: &str) -> String {
    format!("{folder}{}{name}", if folder.starts_with('%') { '\\' } else { '/' })
}

/// True if it holds accounts.
fn read_folder(user: &User, placed: &Placed, file: &str, found: &mut Found) -> Result<bool, Problem> {
    let path = join(&placed.path, file);
    // Akonadi came with KDE 4.
    let has_akonadi = placed.version != Version::Kde3;
    let resources = if has_akonadi { resources(user, &placed.path, &mut found.problems) } else { Vec::new() };
    let list = match groups(user, &path, &MAILTRANSPORTS) {
        Ok(None) if resources.is_empty() => return Ok(false),
        list => list?.unwrap_or_default(),
    };
    let version = match placed.version {
        // The Flatpak has another one than the system.
        Version::Unknown if placed.path == "~/.config" => installed(user),
        known => known,
    };
    let identities =
        groups(user, &join(&placed.path, EMAILIDENTITIES.id), &EMAILIDENTITIES).unwrap_or_else(|problem| {
            found.problems.push(problem);
            None
        });
    let transports = transports(&list);
    let identities = identities.as_deref().map(identities_of);
    let (links, left_out) = links(&transports, identities.as_deref(), &resources);
    found.left_out.accounts += left_out;
    for link in &links {
        let (account, look) = read_link(link, version);
        let source =
            link.transport.map_or_else(|| link.resource.map(|r| r.file.clone()), |_| Some(user.place(&path)));
        let account = Account {
            source: source.unwrap_or_default(),
            store: placed.store.clone(),
            in_use: placed.in_use,
            ..account
        };
        found.account(account, look);
    }
    Ok(!links.is_empty())
}

fn read_link(link: &Link, version: Version) -> (Account, Look) {
    let mut look = Look::default();
    let mut confidence = Confidence::Documented;
    let (outgoing, notes) = match link.transport {
        Some(transport) => read_outgoing(&transport.settings, version, &mut look, &mut confidence),
        None => (Outgoing::None(Partial::default()), Vec::new()),
    };
    let incoming = link.resource.map(|resource| look.aside(|look| resource.read(look)));
    let name = link.transport.and_then(|transport| transport.settings.peek_text(NAME));
    let name = name.or(link.addresses.first().map(String::as_str)).map(str::to_owned);
    let host = || {
        let received = incoming.as_ref().and_then(|incoming: &Incoming| incoming.host.clone());
        received.or_else(|| link.transport?.settings.peek_text(HOST).map(str::to_owned))
    };
    let account = Account {
        client_version: version.shown(),
        client_installed: version.shown().map(|_| true),
        key: link.resource.map_or_else(String::new, |resource| resource.key.clone()),
        outgoing_key: link.transport.map_or_else(String::new, |transport| transport.id.clone()),
        name: name.or_else(host).unwrap_or_default(),
        addresses: link.addresses.to_vec(),
        default_account: link.transport.map(|transport| transport.is_default),
        incoming,
        confidence,
        notes,
        ..Account::new(CLIENT.id, CLIENT.name, "kmail", outgoing)
    };
    (account, look)
}

/// The groups of a file; each bears its name in brackets behind the file's.
fn groups(user: &User, path: &str, rule: &'static FileRule) -> Result<Option<Vec<Settings>>, Problem> {
    let Some(content) = user.read(path, rule)? else { return Ok(None) };
    Ok(Some(kconfig::groups_of(&content.text(), rule.groups, &Place::from(user.place(path)))))
}

fn name_of(group: &Settings) -> &str {
    match &group.place.locator {
        Locator::Section(name) => name,
        _ => "",
    }
}

fn group<'a>(groups: &'a [Settings], name: &str) -> Option<&'a Settings> {
    groups.iter().find(|group| name_of(group) == name)
}

/// KConfig's switches: anything else is off (`KConfigGroup::readEntry`).
fn is_on(group: &Settings, switch: Fact, default: bool) -> bool {
    let Some(setting) = group.get(switch).filter(|setting| !setting.shown.is_empty()) else { return default };
    ["true", "on", "yes", "1"].iter().any(|word| word.eq_ignore_ascii_case(&setting.shown))
}
