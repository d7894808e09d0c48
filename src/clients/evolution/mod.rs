//! Evolution: one `.source` file per account, identity and outgoing server, which name each other.

mod account;
mod chain;
mod outgoing;
mod settings;
mod sources;
mod steps;
mod words;

use super::changing::Changing;
use super::look::Look;
use super::{Asks, Client, Edition, Found, Reading};
use crate::model::{Confidence, InUse, Text};
use crate::source::{Problem, User};
use account::finding;
use chain::{Route, routes};
use settings::SOURCE_FILE;
use sources::Sources;
use std::collections::{BTreeMap, BTreeSet};

/// Evolution's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "evolution",
    name: "Evolution",
    name_ja: None,
    typed: &[],
    certainty: Confidence::Verified,
    variants: &["Evolution (Flatpak)"],
    fourfold: &[],
    editions: &[
        Edition {
            id: EVOLUTION,
            name: Text::fixed("Evolution", "Evolution"),
            typed: &[],
            steps: &[steps::EDITOR],
            keeps_tls: false,
            header: steps::HEADER,
            receiving: Some(&words::RECEIVING),
        },
        Edition {
            id: ONLINE_ACCOUNTS,
            name: Text::fixed(
                "Evolution (GNOME のオンラインアカウント)",
                "Evolution (GNOME Online Accounts)",
            ),
            typed: &[],
            steps: &[steps::ONLINE_ACCOUNTS],
            keeps_tls: false,
            header: steps::HEADER,
            receiving: Some(&words::ONLINE_RECEIVING),
        },
    ],
    places: &[PLACES[0].folder, PLACES[1].folder],
    sureness: Text::fixed(
        "evolution-data-server のソースと、実際のプログラム (3.46) の送信による",
        "from the source of evolution-data-server, and seen with the real program (3.46) sending",
    ),
    files: &[&SOURCE_FILE],
    folders: &[],
    keys: &[],
    // Kept for each source, of which the outgoing server is one (evolution-data-server, e-secret-store.c).
    asks: Asks::Own,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

/// Accounts that are set up in Evolution.
const EVOLUTION: &str = "evolution";
/// Accounts that are set up in the settings of GNOME.
const ONLINE_ACCOUNTS: &str = "evolution-online-accounts";

/// A folder of `.source` files.
struct Place {
    folder: &'static str,
    client_name: &'static str,
    confidence: Confidence,
}

/// `e_get_user_config_dir()` plus `sources` (evolution-data-server, e-server-side-source.c). Flatpak gives every program
/// a folder of its own for `XDG_CONFIG_HOME` (docs.flatpak.org, sandbox permissions).
const PLACES: [Place; 2] = [
    Place {
        folder: "~/.config/evolution/sources",
        client_name: "Evolution",
        confidence: Confidence::Verified,
    },
    Place {
        folder: "~/.var/app/org.gnome.Evolution/config/evolution/sources",
        client_name: "Evolution (Flatpak)",
        confidence: Confidence::Documented,
    },
];

/// Where the accounts of a finding come from.
struct Origin<'a> {
    client_name: &'static str,
    /// Part of the finding's id.
    store: &'a str,
    /// What is known of an enabled account in this folder.
    enabled: InUse,
    confidence: Confidence,
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of every detector")]
fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    read_given(user, found);
    for place in &PLACES {
        let origin = Origin {
            client_name: place.client_name,
            store: place.folder.trim_start_matches("~/"),
            enabled: InUse::Yes,
            confidence: place.confidence,
        };
        match Sources::of_folder(user, place.folder, &mut found.problems) {
            Ok(Some(sources)) => {
                take(routes(&sources), &sources, &origin, found);
            }
            Ok(None) => {}
            Err(problem) => found.problems.push(problem),
        }
    }
    Ok(())
}

/// Files that PATH names; what they name lies beside them.
fn read_given(user: &User, found: &mut Found) {
    let mut folders: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for given in user.given_of(&SOURCE_FILE) {
        if let Some((folder, name)) = given.path.rsplit_once(['\\', '/']) {
            folders.entry(folder).or_default().insert(sources::uid_of(name));
        }
    }
    for (folder, uids) in folders {
        let store = folder.split(['\\', '/']).skip(1).collect::<Vec<_>>().join("/");
        let origin = Origin {
            client_name: CLIENT.name,
            store: &store,
            enabled: InUse::Unknown,
            confidence: Confidence::Verified,
        };
        match Sources::beside(user, folder, &uids, &mut found.problems) {
            Ok(sources) => {
                let asked = |route: &Route| route.uids().any(|uid| uids.contains(uid));
                take(routes(&sources).into_iter().filter(asked), &sources, &origin, found);
            }
            Err(problem) => found.problems.push(problem),
        }
    }
}

fn take<'a>(
    routes: impl IntoIterator<Item = Route<'a>>,
    sources: &'a Sources,
    origin: &Origin,
    found: &mut Found,
) {
    for route in routes {
        let mut look = Look::default();
        let account = finding(&route, sources, origin, &mut look);
        found.account(account, look);
    }
}
