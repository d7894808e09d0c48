//! Windows Mail (Vista) and Windows Live Mail: one `.oeaccount` file per account, anywhere below the store.

pub mod account_file;
mod changing;
mod settings;
mod store;

use super::changing::Changing;
use super::internet_mail::Program;
use super::internet_mail::settings::{ACCOUNT, DEFAULT_ACCOUNT};
use super::internet_mail::steps;
use super::look::Look;
use super::system::WINDOWS;
use super::{Asks, Client, Edition, Found, Reading, keys};
use crate::formats::kinds;
use crate::model::{Account, Confidence, EndOfSupport, InUse, Text};
use crate::source::registry::same_name;
use crate::source::{KeyRule, Problem, User};
use settings::OEACCOUNT;
use std::collections::BTreeMap;
use store::{AccountFile, Store, mark_copies, stores};

/// Windows Mail's row in the table of clients.
pub const WINDOWS_MAIL: Client = Client {
    id: "windows-mail",
    name: "Windows Mail",
    name_ja: Some("Windows メール"),
    typed: &["wm", "Vista mail", "Vista メール", "Windowsメール"],
    certainty: Confidence::Verified,
    variants: &[],
    fourfold: &[],
    editions: &[Edition {
        id: "windows-mail",
        name: Text::fixed("Windows メール (Vista)", "Windows Mail (Vista)"),
        typed: &[],
        steps: steps::WINDOWS_MAIL,
        keeps_tls: false,
        header: steps::HEADER,
        receiving: Some(&super::internet_mail::words::RECEIVING),
    }],
    places: &[
        r"HKCU\Software\Microsoft\Windows Mail (Store Root)",
        r"%LOCALAPPDATA%\Microsoft\Windows Mail\**\*.oeaccount",
    ],
    sureness: SURENESS,
    files: &[&OEACCOUNT],
    folders: &[],
    keys: &[&settings::WINDOWS_MAIL, &WINDOWS],
    // As in Outlook Express.
    asks: Asks::AsIncoming,
    changing: Changing::Written(&changing::WINDOWS_MAIL),
    reading: Reading::Settings(|user, found| read(&VISTA, &settings::WINDOWS_MAIL, user, found)),
};

/// Windows Live Mail's row in the table of clients.
pub const WINDOWS_LIVE_MAIL: Client = Client {
    id: "windows-live-mail",
    name: "Windows Live Mail",
    name_ja: Some("Windows Live メール"),
    typed: &["wlm", "Live Mail", "Live メール", "ライブメール", "Windows Liveメール", "Windows Essentials"],
    certainty: Confidence::Verified,
    variants: &[],
    fourfold: &[],
    editions: &[Edition {
        id: "windows-live-mail",
        name: Text::fixed("Windows Live メール 2009～2012", "Windows Live Mail 2009-2012"),
        typed: &[],
        steps: steps::WINDOWS_LIVE_MAIL,
        keeps_tls: false,
        header: steps::HEADER,
        receiving: Some(&super::internet_mail::words::RECEIVING),
    }],
    places: &[
        r"HKCU\Software\Microsoft\Windows Live Mail (Store Root)",
        r"%LOCALAPPDATA%\Microsoft\Windows Live Mail\**\*.oeaccount",
    ],
    sureness: SURENESS,
    files: &[&OEACCOUNT],
    folders: &[],
    keys: &[&settings::WINDOWS_LIVE_MAIL, &WINDOWS],
    // As in Outlook Express.
    asks: Asks::AsIncoming,
    changing: Changing::Written(&changing::WINDOWS_LIVE_MAIL),
    reading: Reading::Settings(|user, found| read(&LIVE, &settings::WINDOWS_LIVE_MAIL, user, found)),
};

const SURENESS: Text = Text::fixed(
    "実物のファイルと Microsoft の文書で確認済み。SSL の箱が STARTTLS を意味するかどうかは推定",
    "verified with real files and Microsoft's documentation; that the SSL box means STARTTLS is inferred",
);

static VISTA: Program = Program {
    client: "windows-mail",
    edition: "windows-mail",
    name: "Windows Mail",
    came_with: Some([(6, 0), (6, 0)]),
    end_of_support: VISTA_ENDED,
    starttls: Confidence::Inferred,
};

static LIVE: Program = Program {
    client: "windows-live-mail",
    edition: "windows-live-mail",
    name: "Windows Live Mail",
    came_with: None,
    end_of_support: LIVE_ENDED,
    starttls: Confidence::Inferred,
};

/// learn.microsoft.com/lifecycle/products/windows-vista: it was a part of Windows Vista.
pub(super) const VISTA_ENDED: EndOfSupport = EndOfSupport {
    product: Text::fixed("Windows メール (Windows Vista)", "Windows Mail (Windows Vista)"),
    date: "2017-04-11",
};

/// learn.microsoft.com/lifecycle/products/windows-live-essentials-2012.
pub(super) const LIVE_ENDED: EndOfSupport =
    EndOfSupport { product: Text::fixed("Windows Live メール", "Windows Live Mail"), date: "2017-01-10" };

/// The program's name is that of its usual folder too.
fn read(program: &Program, key: &'static KeyRule, user: &User, found: &mut Found) -> Result<(), Problem> {
    read_given(program, user, found);
    let installed = program.is_installed(user).unwrap_or_else(|problem| {
        found.problems.push(problem);
        None
    });
    // Without the registry the usual folder is left.
    let (registry, outcome) = match user.top(key.id, key) {
        Ok(found) => (found.map(|found| keys::settings_of(&found, key.facts)), Ok(())),
        Err(problem) => (None, Err(problem)),
    };
    let default = registry.as_ref().and_then(|key| key.peek_text(DEFAULT_ACCOUNT));
    for Store { in_use, id, files, .. } in stores(program.name, registry.as_ref(), user, &mut found.problems)
    {
        for AccountFile { path, parent, name, in_use: of_file } in files {
            let place = Placed { store: format!("{id}{}", parent.to_lowercase()), key: name.to_lowercase() };
            let account = read_file(program, user, &path, place);
            let in_use = match (in_use, of_file) {
                (InUse::Yes, of_file) => of_file,
                (_, InUse::No) => InUse::No,
                (in_use, _) => in_use,
            };
            let is_default = |default| in_use != InUse::No && same_name(default, &kinds::name(&name));
            take(account, found, |account| Account {
                client_installed: installed,
                in_use,
                default_account: default.map(is_default),
                ..account
            });
        }
    }
    outcome
}

/// Files that PATH names. Nothing in them says which of the two programs they belong to; a folder's name may. Windows
/// Live Mail outlived the other one by a decade.
fn read_given(program: &Program, user: &User, found: &mut Found) {
    let folder = user.given_folder();
    let mut stores: BTreeMap<String, Vec<AccountFile>> = BTreeMap::new();
    for given in user.given_of(&OEACCOUNT) {
        let path = given.path.replace("%GIVEN%", &folder).replace('/', "\\");
        let parts: Vec<&str> = path.split('\\').collect();
        let Some((name, parents)) = parts.split_last() else { continue };
        let of_program = parents.iter().enumerate().rev().find_map(|(at, part)| {
            [VISTA.name, LIVE.name].iter().find(|n| part.eq_ignore_ascii_case(n)).map(|n| (at, *n))
        });
        if of_program.map_or(LIVE.name, |(_, name)| name) != program.name {
            continue;
        }
        let (store, parent) = parents.split_at(of_program.map_or(0, |(at, _)| at + 1));
        stores.entry(store.join("\\")).or_default().push(AccountFile {
            path: given.path.clone(),
            parent: parent.join("\\"),
            name: (*name).to_owned(),
            in_use: InUse::Unknown,
        });
    }
    for mut files in stores.into_values() {
        mark_copies(&mut files);
        for AccountFile { path, name, in_use, .. } in files {
            let below = path.trim_start_matches("%GIVEN%\\").replace('/', "\\").to_lowercase();
            let store = below.rsplit_once('\\').map_or(String::new(), |(parents, _)| parents.to_owned());
            let account = read_file(program, user, &path, Placed { store, key: name.to_lowercase() });
            take(account, found, |account| Account { in_use, ..account });
        }
    }
}

/// The parts of the finding's id.
struct Placed {
    store: String,
    key: String,
}

fn take(
    read: Result<Option<(Account, Look)>, Problem>,
    found: &mut Found,
    complete: impl FnOnce(Account) -> Account,
) {
    match read {
        Ok(Some((account, look))) => found.account(complete(account), look),
        Ok(None) => {}
        Err(problem) => found.problems.push(problem),
    }
}

fn read_file(
    program: &Program,
    user: &User,
    path: &str,
    place: Placed,
) -> Result<Option<(Account, Look)>, Problem> {
    let Some(content) = user.read(path, &OEACCOUNT)? else { return Ok(None) };
    let shown = user.place(path);
    let settings = account_file::settings((&shown).into(), &content.text(), ACCOUNT)
        .map_err(|error| Problem::xml(&shown, error))?;
    let mut look = Look::default();
    Ok(program.account(&settings, &mut look).map(|account| {
        let name = if account.name.is_empty() { place.key.clone() } else { account.name };
        (Account { store: place.store, key: place.key, name, ..account }, look)
    }))
}
