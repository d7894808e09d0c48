//! Becky! Internet Mail Ver.2: one `Mailbox.ini` per mailbox, in a data folder that the registry names.

mod account;
mod folders;
mod steps;

use super::{Client, Edition, Found, Reading};
use crate::formats::encodings::decode;
use crate::formats::ini;
use crate::model::{Account, InUse, Text};
use crate::source::recognise::FileKind;
use crate::source::{Problem, User};
use account::{is_account, read_account};
pub(crate) use account::{is_pop_before_smtp, switch};
use folders::{DataFolder, data_folders};
use steps::steps;

/// Becky!'s row in the table of clients.
pub const CLIENT: Client = Client {
    id: "becky",
    name: "Becky!",
    editions: &[Edition {
        id: "becky",
        name: Text::fixed("Becky! Internet Mail Ver.2", "Becky! Internet Mail Ver.2"),
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
    reading: Reading::Settings(read),
    steps,
};

/// Where one file lies, for the finding's id.
struct Placed {
    store: String,
    mailbox: String,
}

fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    for given in user.given.iter().filter(|given| given.kind == FileKind::MailboxIni) {
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
        let path = format!(r"{}\{mailbox}\Mailbox.ini", folder.path);
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

/// The first line of `Folder.lst` is the default mailbox (Thunderbird's importer, nsBeckyUtils GetDefaultFolderName).
fn first_mailbox(user: &User, folder: &DataFolder) -> Result<Option<String>, Problem> {
    let Some(bytes) = user.read(&format!(r"{}\Folder.lst", folder.path))? else { return Ok(None) };
    let text = decode(&bytes);
    let first = text.lines().map(str::trim).find(|line| !line.is_empty());
    Ok(first.map(|line| line.trim_end_matches('\\').to_lowercase()))
}

/// Every section with a server is an account: whether one mailbox can hold several is not known.
fn read_mailbox(
    user: &User,
    path: &str,
    place: &Placed,
    found: &mut Found,
    complete: impl Fn(Account) -> Account,
) -> Result<(), Problem> {
    let Some(bytes) = user.read(path)? else { return Ok(()) };
    let file = user.place(path);
    let ini = ini::parse(&decode(&bytes));
    if ini.sections().all(|section| section.name.is_empty()) {
        return Err(Problem::malformed(
            file,
            &Text::fixed("[Account] セクションがありません", "there is no section [Account]"),
        ));
    }
    for section in ini.sections().filter(|section| is_account(section)) {
        // Of two sections of one name Windows reads the first (GetPrivateProfileString).
        if !ini.section(&section.name).is_some_and(|first| std::ptr::eq(first, section)) {
            continue;
        }
        let (account, look) = read_account(&file, section);
        let name = if account.name.is_empty() { place.mailbox.clone() } else { account.name };
        let key = format!(r"{}\{}", place.mailbox, section.name.to_lowercase());
        found.account(complete(Account { store: place.store.clone(), key, name, ..account }), look);
    }
    Ok(())
}
