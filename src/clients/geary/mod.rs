//! Geary: one `geary.ini` in a folder for each account.
//!
//! Places, names and defaults: GNOME/geary at 3e8d4f1a (2026-05-13), src/client/accounts/accounts-manager.vala and
//! src/engine/api/geary-service-information.vala; Geary 0.12.4, src/engine/api/geary-account-information.vala.

mod account;
mod outgoing;
mod settings;
mod steps;
mod words;

use super::changing::Changing;
use super::{Asks, Client, Edition, Found, Reading};
use crate::model::limits;
use crate::model::{Confidence, InUse, Text};
use crate::source::{Problem, User};
use account::read_account;
use settings::GEARY_INI;

/// Geary's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "geary",
    name: "Geary",
    name_ja: None,
    typed: &[],
    certainty: Confidence::Documented,
    variants: &[],
    fourfold: &[],
    editions: &[Edition {
        id: "geary",
        name: Text::fixed("Geary", "Geary"),
        typed: &[],
        steps: &[steps::STEPS],
        keeps_tls: false,
        header: steps::HEADER,
        receiving: Some(&words::RECEIVING),
    }],
    places: &["~/.config/geary/*/geary.ini", "~/.var/app/org.gnome.Geary/config/geary/*/geary.ini"],
    sureness: Text::fixed(
        "Geary のソースによる。Gmail と Outlook.com、GNOME のオンラインアカウントはサービス側で管理",
        "from Geary's source; Gmail, Outlook.com and GNOME's online accounts are managed by the service",
    ),
    files: &[&GEARY_INI],
    folders: &[],
    keys: &[],
    // [Use same login as receiving] (`use-incoming`).
    asks: Asks::AsIncoming,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

/// Folders of accounts (`GLib.Environment.get_user_config_dir()`, application-client.vala; Flatpak gives each program one of
/// its own), with their names in the findings' ids: those that 0.1.0 gave where it only told that there are accounts.
const FOLDERS: [(&str, &str); 2] = [
    ("~/.config/geary", "~/.config/geary/account_*/geary.ini"),
    (
        "~/.var/app/org.gnome.Geary/config/geary",
        "~/.var/app/org.gnome.Geary/config/geary/account_*/geary.ini",
    ),
];

/// More accounts than this are nobody's.
const MOST_ACCOUNTS: usize = limits::ACCOUNTS.count();

/// Where one file lies, and what its account is to say of it.
struct Placed {
    /// As a person types it.
    path: String,
    /// The folder's name, which is the account's key.
    id: String,
    store: String,
    in_use: InUse,
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of every detector")]
fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    for given in user.given_of(&GEARY_INI) {
        let folders = given.path.rsplit_once(['\\', '/']).map_or("", |(folders, _)| folders);
        let (store, id) = folders.rsplit_once(['\\', '/']).unwrap_or_default();
        let store = store.replace('\\', "/").to_lowercase();
        let placed = Placed { path: given.path.clone(), id: id.to_owned(), store, in_use: InUse::Unknown };
        let part = read_file(user, &placed, found);
        found.isolate(part);
    }
    for (folder, store) in FOLDERS {
        let entries = match user.list(folder) {
            Ok(entries) => entries.unwrap_or_default(),
            Err(problem) => {
                found.problems.push(problem);
                continue;
            }
        };
        // Any folder is an account, whatever its name: up to 0.12 it was the address (util-migrate.vala).
        let folders = entries.into_iter().filter(|entry| entry.is_folder);
        for (number, entry) in folders.enumerate() {
            if number == MOST_ACCOUNTS {
                found.problems.push(Problem::cut_short(user.place(folder), MOST_ACCOUNTS, 1));
                break;
            }
            let placed = Placed {
                path: format!("{folder}/{}/{}", entry.name, GEARY_INI.id),
                id: entry.name,
                store: store.to_owned(),
                in_use: InUse::Yes,
            };
            let part = read_file(user, &placed, found);
            found.isolate(part);
        }
    }
    Ok(())
}

fn read_file(user: &User, placed: &Placed, found: &mut Found) -> Result<(), Problem> {
    let Some(content) = user.read(&placed.path, &GEARY_INI)? else { return Ok(()) };
    let (account, look) =
        read_account(&content.text(), user.place(&placed.path), placed, &mut found.problems);
    found.account(account, look);
    Ok(())
}
