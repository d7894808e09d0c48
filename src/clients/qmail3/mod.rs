//! QMAIL3 (Q3): one folder per account in a mail folder that the registry names, with an `account.xml` in it.
//!
//! Source: snakamura/q3 at 6ab405b6, `q3/qm/src/main/main.cpp` (the mail folder) and `q3/qm/src/model/account.cpp` (the
//! files of an account).

pub(super) mod dialogue;
mod account;
pub mod profile;
mod settings;
mod steps;
mod words;

use super::changing::Changing;
use super::keys;
use super::settings::Settings;
use super::{Asks, Client, Edition, Found, Reading};
use crate::formats::kinds;
use crate::model::{Account, Confidence, InUse, Place, Text};
use crate::source::{Problem, User};
use account::{has_servers, is_mail, read_account};
use settings::{ACCOUNT_XML, MAIL_FOLDER, REGISTRY};

/// QMAIL3's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "qmail3",
    name: "QMAIL3",
    name_ja: None,
    typed: &["qmail", "Qメール"],
    certainty: Confidence::Documented,
    variants: &[],
    fourfold: &[],
    editions: &[
        Edition {
            id: "qmail3",
            name: Text::fixed("QMAIL3", "QMAIL3"),
            typed: &[],
            steps: steps::SMTP,
            keeps_tls: false,
            header: steps::HEADER,
            receiving: Some(&words::RECEIVING),
        },
        Edition {
            id: XTND,
            name: Text::fixed(
                "QMAIL3 (POP3 (XTND XMIT) で送信するアカウント)",
                "QMAIL3, an account that sends by POP3 (XTND XMIT)",
            ),
            typed: &[],
            steps: steps::XTND,
            keeps_tls: false,
            header: steps::HEADER,
            receiving: Some(&words::RECEIVING),
        },
    ],
    places: &[
        r"HKCU\Software\sn\q3\Setting (MailFolder)",
        r"%APPDATA%\QMAIL3\accounts\*\account.xml",
        r"%APPDATA%\QMAIL3\accounts\*\account_*.xml",
    ],
    sureness: Text::fixed(
        "QMAIL3 のソースと文書による。プログラムのフォルダーにデータを置いている場合は、そのフォルダーを指定してください",
        "from QMAIL3's source and documentation; where the data lie beside the program, name that folder",
    ),
    files: &[&ACCOUNT_XML],
    folders: &[],
    keys: &[&REGISTRY],
    // Passwords are kept for each account and host (q3/qm/src/model/password.cpp, AccountPasswordCondition).
    asks: Asks::Own,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

/// The edition of accounts that send without SMTP.
const XTND: &str = "qmail3-xtnd";
/// What the program proposes at its first start.
const USUAL: &str = r"%APPDATA%\QMAIL3";

/// A file of an account, and what its finding is to say of it.
struct Placed<'a> {
    /// As a person types it.
    path: &'a str,
    store: &'a str,
    key: String,
    /// The account's name, where its folder tells it.
    account: Option<&'a str>,
    in_use: InUse,
}

fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    for given in user.given_of(&ACCOUNT_XML) {
        let parts: Vec<&str> = given.path.split(['\\', '/']).skip(1).collect();
        let account = parts.iter().rev().nth(1).copied();
        let key = parts.join("\\").to_lowercase();
        let placed = Placed { path: &given.path, store: "", key, account, in_use: InUse::Unknown };
        let part = read_given(user, &placed, found);
        found.isolate(part);
    }
    let (named, outcome) = match user.top(REGISTRY.id, &REGISTRY) {
        Ok(key) => {
            let settings = key.map(|key| keys::settings_of(&key, REGISTRY.facts));
            (settings.and_then(|settings| settings.peek_text(MAIL_FOLDER).map(mail_folder)), Ok(()))
        }
        Err(problem) => (None, Err(problem)),
    };
    if let Some(folder) = named.as_deref().filter(|folder| !folder.is_empty()) {
        let part = read_folder(user, folder, InUse::Yes, found);
        found.isolate(part);
    }
    let is_known = named.is_some_and(|named| user.place(&named).eq_ignore_ascii_case(&user.place(USUAL)));
    if !is_known {
        let part = read_folder(user, USUAL, InUse::Unknown, found);
        found.isolate(part);
    }
    outcome
}

fn mail_folder(path: &str) -> String {
    path.trim().trim_end_matches('\\').to_owned()
}

fn read_folder(user: &User, folder: &str, in_use: InUse, found: &mut Found) -> Result<(), Problem> {
    let accounts = format!(r"{folder}\accounts");
    let store = below_home(user, folder).unwrap_or_else(|| folder.to_lowercase());
    for entry in user.list(&accounts)?.unwrap_or_default().into_iter().filter(|entry| entry.is_folder) {
        let part = read_account_folder(user, &accounts, &entry.name, &store, in_use, found);
        found.isolate(part);
    }
    Ok(())
}

/// The files of one account: its own, and one for each sub-account with servers and users of its own.
fn read_account_folder(
    user: &User,
    accounts: &str,
    name: &str,
    store: &str,
    in_use: InUse,
    found: &mut Found,
) -> Result<(), Problem> {
    let folder = format!(r"{accounts}\{name}");
    let entries = user.list(&folder)?.unwrap_or_default();
    let files = entries.into_iter().filter(|entry| entry.is_file).map(|entry| entry.name);
    let subs: Vec<String> = files.filter(|file| name_of_sub(file).is_some()).collect();
    let main = settings_of(user, &format!(r"{folder}\{}", ACCOUNT_XML.id)).unwrap_or_else(|problem| {
        found.problems.push(problem);
        None
    });
    if main.as_ref().is_some_and(|main| !is_mail(main)) {
        return Ok(());
    }
    let mut take = |file: &str, own: &Settings| {
        let key = format!(r"{name}\{file}").to_lowercase();
        let path = format!(r"{folder}\{file}");
        let placed = Placed { path: &path, store, key, account: Some(name), in_use };
        take_account(user, &placed, main.as_ref(), own, found);
    };
    // With sub-accounts, an account may be nothing but what holds them together (docs/MultiAccount.rd).
    if let Some(own) = main.as_ref().filter(|own| subs.is_empty() || has_servers(own)) {
        take(ACCOUNT_XML.id, own);
    }
    let mut problems = Vec::new();
    for file in &subs {
        match settings_of(user, &format!(r"{folder}\{file}")) {
            Ok(own) => own.iter().for_each(|own| take(file, own)),
            Err(problem) => problems.push(problem),
        }
    }
    found.problems.extend(problems);
    Ok(())
}

/// A file that PATH names; what the account's own file says of a sub-account is asked where that one is at hand.
fn read_given(user: &User, placed: &Placed, found: &mut Found) -> Result<(), Problem> {
    let Some(own) = settings_of(user, placed.path)? else { return Ok(()) };
    let (folder, file) = placed.path.rsplit_once(['\\', '/']).unwrap_or_default();
    let main = match name_of_sub(file) {
        Some(_) => settings_of(user, &format!(r"{folder}\{}", ACCOUNT_XML.id)).ok().flatten(),
        None => None,
    };
    let holds_together = || {
        let entries = user.list(folder).ok().flatten().unwrap_or_default();
        !has_servers(&own) && entries.iter().any(|entry| name_of_sub(&entry.name).is_some())
    };
    if is_mail(main.as_ref().unwrap_or(&own)) && (name_of_sub(file).is_some() || !holds_together()) {
        take_account(user, placed, main.as_ref(), &own, found);
    }
    Ok(())
}

fn take_account(user: &User, placed: &Placed, main: Option<&Settings>, own: &Settings, found: &mut Found) {
    let (account, look) = read_account(main.unwrap_or(own), own);
    let (_, file) = placed.path.rsplit_once(['\\', '/']).unwrap_or_default();
    let first = placed.account.map(kinds::name).unwrap_or(account.name);
    let name = match name_of_sub(file) {
        Some(sub) => format!("{first}/{}", kinds::name(sub)),
        None => first,
    };
    let account = Account {
        source: user.place(placed.path),
        store: placed.store.to_owned(),
        key: placed.key.clone(),
        name,
        in_use: placed.in_use,
        ..account
    };
    found.account(account, look);
}

/// `account_NAME.xml` of a sub-account.
fn name_of_sub(file: &str) -> Option<&str> {
    let has = |part: Option<&str>, wanted: &str| part.is_some_and(|part| part.eq_ignore_ascii_case(wanted));
    let end = file.len().checked_sub(4)?;
    (has(file.get(..8), "account_") && has(file.get(end..), ".xml")).then(|| file.get(8..end)).flatten()
}

fn settings_of(user: &User, path: &str) -> Result<Option<Settings>, Problem> {
    let Some(content) = user.read(path, &ACCOUNT_XML)? else { return Ok(None) };
    let place = Place::from(user.place(path));
    settings::settings_of(&content, place.clone()).map(Some).map_err(|error| Problem::xml(place, error))
}

/// The path relative to the home, in lower case; `None` if it lies elsewhere.
fn below_home(user: &User, path: &str) -> Option<String> {
    let typed = |path: &str| user.place(path).replace('/', "\\").to_lowercase();
    let home = typed(r"%USERPROFILE%\");
    let rest = typed(path).strip_prefix(home.trim_end_matches('\\'))?.strip_prefix('\\')?.to_owned();
    (!rest.is_empty()).then_some(rest)
}
