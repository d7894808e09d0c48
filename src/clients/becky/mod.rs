//! Becky! Internet Mail Ver.2: one `Mailbox.ini` per mailbox, in a data folder that the registry names.

mod account;
pub(super) mod dialogue;
mod folders;
mod settings;
mod steps;
mod words;

use super::changing::Changing;
use super::sections::sections;
use super::{Asks, Client, Edition, Found, Reading};
use crate::formats::ini::unquote;
use crate::model::{Account, Confidence, InUse, Place, Text};
use crate::source::rules::OwnFolder;
use crate::source::{Problem, User};
use account::{is_account, read_account};
use folders::{DataFolder, data_folders};
use settings::{FOLDER_LST, MAILBOX_INI, REGISTRY, first_line};
use std::collections::HashSet;

/// Becky!'s row in the table of clients.
pub const CLIENT: Client = Client {
    id: "becky",
    name: "Becky!",
    name_ja: None,
    typed: &["Becky", "Becky2", "Becky Ver.2", "B2", "ベッキー", "Becky Internet Mail"],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[Edition {
        id: "becky",
        name: Text::fixed("Becky! Internet Mail Ver.2", "Becky! Internet Mail Ver.2"),
        typed: &[],
        steps: &[steps::STEPS],
        keeps_tls: true,
        header: steps::HEADER,
        receiving: Some(&words::RECEIVING),
    }],
    places: &[
        r"HKCU\Software\RimArts\B2\Settings (DataDir)",
        r"C:\Becky!\%USERNAME%\*.mb\Mailbox.ini",
        r"%USERPROFILE%\Documents\Becky\*.mb\Mailbox.ini",
        r"C:\Program Files\RimArts\B2\Users\%USERNAME%\*.mb\Mailbox.ini",
    ],
    sureness: Text::fixed(
        "Thunderbird の取り込み機能のソースによる。POP before SMTP の項目名は推定で、名前から判断します",
        "from the source of Thunderbird's importer; the name of the POP-before-SMTP setting is inferred from what it looks like",
    ),
    files: &[&MAILBOX_INI, &FOLDER_LST],
    folders: &[OwnFolder { signs: &[&["*.mb"]], place: r"%DOCUMENTS%\Becky" }],
    keys: &[&REGISTRY],
    // The dialog has a password of its own for it (see steps.rs).
    asks: Asks::Own,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

/// Where one file lies, for the finding's id.
struct Placed {
    store: String,
    mailbox: String,
}

fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    for given in user.given_of(&MAILBOX_INI) {
        let parts: Vec<&str> = given.path.split(['\\', '/']).skip(1).collect();
        let place = Placed { store: String::new(), mailbox: parts.join("\\").to_lowercase() };
        let part = read_mailbox(user, &given.path, &place, found, |account| account);
        found.isolate(part);
    }
    let (folders, outcome) = data_folders(user, &mut found.problems);
    for folder in folders {
        read_folder(user, &folder, found);
    }
    outcome
}

fn read_folder(user: &User, folder: &DataFolder, found: &mut Found) {
    let first = first_mailbox(user, folder).unwrap_or_else(|problem| {
        found.problems.push(problem);
        None
    });
    for mailbox in &folder.mailboxes {
        let path = format!(r"{}\{mailbox}\{}", folder.path, MAILBOX_INI.id);
        let place = Placed { store: folder.store.clone(), mailbox: mailbox.to_lowercase() };
        // The default of another data folder is not the client's.
        let is_first = first.as_ref().filter(|_| folder.is_named).map(|first| *first == place.mailbox);
        let part = read_mailbox(user, &path, &place, found, |account| Account {
            in_use: if folder.is_named { InUse::Yes } else { InUse::Unknown },
            default_account: is_first,
            ..account
        });
        found.isolate(part);
    }
}

fn first_mailbox(user: &User, folder: &DataFolder) -> Result<Option<String>, Problem> {
    let list = user.read(&format!(r"{}\{}", folder.path, FOLDER_LST.id), &FOLDER_LST)?;
    Ok(list.and_then(|content| first_line(&content)).map(|line| line.to_lowercase()))
}

/// Every section with a server is an account: whether one mailbox can hold several is not known.
fn read_mailbox(
    user: &User,
    path: &str,
    place: &Placed,
    found: &mut Found,
    complete: impl Fn(Account) -> Account,
) -> Result<(), Problem> {
    let Some(content) = user.read(path, &MAILBOX_INI)? else { return Ok(()) };
    let file = Place::from(user.place(path));
    let sections = sections(&content, &file, unquote);
    if sections.iter().all(|(name, _)| name.is_empty()) {
        return Err(Problem::malformed(
            file,
            &Text::fixed("[Account] セクションがありません", "there is no section [Account]"),
        ));
    }
    let mut known = HashSet::new();
    for (section, settings) in &sections {
        // Of two sections of one name Windows reads the first (GetPrivateProfileString).
        if !known.insert(section.to_lowercase()) || !is_account(section, settings) {
            continue;
        }
        let (account, look) = read_account(settings);
        let name = if account.name.is_empty() { place.mailbox.clone() } else { account.name };
        let key = format!(r"{}\{}", place.mailbox, section.to_lowercase());
        found.account(complete(Account { store: place.store.clone(), key, name, ..account }), look);
    }
    Ok(())
}
