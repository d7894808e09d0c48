//! msmtp, which other programs call in the place of sendmail: accounts of the user's file and of the computer's.
//!
//! Source: marlam/msmtp at 933d35b, doc/msmtp.1 and src/msmtp.c (`msmtp_get_conffile_accounts`), src/tools.c
//! (`get_userconfig`).

mod account;
pub mod file;
pub mod lexer;
mod settings;
mod steps;
mod words;

use super::changing::Changing;
use super::{Asks, Client, Edition, Found, Reading};
use crate::model::{Account, Confidence, InUse, IssueKind, Place, Text};
use crate::source::{Problem, User};
use account::read_account;
use file::{MOST_ACCOUNTS, Msmtprc};
use settings::MSMTPRC;
use std::cmp::Reverse;

/// msmtp's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "msmtp",
    name: "msmtp",
    name_ja: None,
    typed: &["msmtprc"],
    certainty: Confidence::Documented,
    variants: &[],
    fourfold: &[],
    editions: &[Edition {
        id: "msmtp",
        name: Text::fixed("msmtp", "msmtp"),
        typed: &[],
        steps: &[steps::STEPS],
        keeps_tls: false,
        header: steps::HEADER,
        receiving: None,
    }],
    places: &[
        OWN[0],
        OWN[1],
        OF_WINDOWS[0],
        OF_WINDOWS[1],
        OF_WINDOWS[2],
        SYSTEM[0],
        SYSTEM[1],
        SYSTEM[2],
        SYSTEM[3],
        SYSTEM[4],
        SYSTEM[5],
        SYSTEM[6],
        "/opt/homebrew/Cellar/msmtp/*/etc/msmtprc",
        "/usr/local/Cellar/msmtp/*/etc/msmtprc",
    ],
    sureness: Text::fixed(
        "msmtp のソースと man ページによる。受信の設定はありません (cron や mutt などが送信に使うプログラム)",
        "from msmtp's source and manual page; it has no incoming side: cron, mutt and others send through it",
    ),
    files: &[&MSMTPRC],
    folders: &[],
    keys: &[],
    // It may stand in the file, come from a command, a keyring or .netrc.
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

/// Refused lines that are told one by one.
const MOST_LINES: usize = 20;

/// The first of these that is there is read.
const OWN: [&str; 2] = ["~/.msmtprc", "~/.config/msmtp/config"];
/// One of these is read (src/tools.c, `get_homedir`): in `%HOME%` where that is set, mostly to the profile, else in AppData.
/// Under this name up to 1.8.30; later, and built with MinGW, it is `.msmtprc` (b4438a7).
const OF_WINDOWS: [&str; 3] = [r"%APPDATA%\msmtprc.txt", r"%USERPROFILE%\msmtprc.txt", r"%APPDATA%\.msmtprc"];
/// The system's folder for settings, by how msmtp was built (src/tools.c, `get_sysconfdir`): Linux, BSD and MacPorts with
/// their prefix; the `Common AppData` of Windows; `etc` beside the program of MSYS2.
const SYSTEM: [&str; 7] = [
    "/etc/msmtprc",
    "/usr/local/etc/msmtprc",
    "/opt/local/etc/msmtprc",
    "/opt/homebrew/etc/msmtprc",
    r"%PROGRAMDATA%\msmtprc.txt",
    r"%SYSTEMDRIVE%\msys64\ucrt64\etc\msmtprc",
    r"%SYSTEMDRIVE%\msys64\mingw64\etc\msmtprc",
];
/// Homebrew's formula names no folder for settings, so that it is the version's own (a script in the field looks for it there).
const CELLARS: [&str; 2] = ["/opt/homebrew/Cellar/msmtp", "/usr/local/Cellar/msmtp"];

/// A file, and what its findings are to say of it.
struct Placed {
    file: Msmtprc,
    place: Place,
    store: String,
    in_use: InUse,
}

fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    for given in user.given_of(&MSMTPRC) {
        let parts: Vec<&str> = given.path.split(['\\', '/']).skip(1).collect();
        match open(user, &given.path, &parts.join("/"), InUse::Unknown, found) {
            Ok(placed) => placed.iter().for_each(|placed| take(placed, None, found)),
            Err(problem) => found.problems.push(problem),
        }
    }
    let mut own: Option<Placed> = None;
    for path in OWN {
        let in_use = if own.is_some() { InUse::No } else { InUse::Yes };
        match open(user, path, path, in_use, found) {
            Ok(None) => {}
            Ok(Some(placed)) => {
                take(&placed, None, found);
                own = own.or(Some(placed));
            }
            Err(problem) => found.problems.push(problem),
        }
    }
    let mut of_windows = Vec::new();
    for path in OF_WINDOWS {
        match open(user, path, path, InUse::Yes, found) {
            Ok(placed) => of_windows.extend(placed),
            Err(problem) => found.problems.push(problem),
        }
    }
    // Which of several is read depends on the environment, and on how the program was built.
    let is_open = of_windows.len() > 1 || own.is_some();
    for placed in of_windows {
        let placed = Placed { in_use: if is_open { InUse::Unknown } else { InUse::Yes }, ..placed };
        take(&placed, None, found);
        own = own.or(Some(placed));
    }
    for path in SYSTEM {
        if let Some(placed) = open(user, path, path, InUse::Yes, found)? {
            take(&placed, own.as_ref(), found);
        }
    }
    for cellar in CELLARS {
        for (number, version) in versions(user, cellar).iter().enumerate() {
            let path = format!("{cellar}/{version}/etc/{}", MSMTPRC.id);
            let in_use = if number == 0 { InUse::Yes } else { InUse::No };
            if let Some(placed) = open(user, &path, &path, in_use, found)? {
                take(&placed, own.as_ref(), found);
            }
        }
    }
    Ok(())
}

/// The versions that Homebrew keeps, the newest first. Without the disk there are none.
fn versions(user: &User, cellar: &str) -> Vec<String> {
    let entries = user.list(cellar).ok().flatten().unwrap_or_default();
    let mut names: Vec<String> =
        entries.into_iter().filter(|entry| entry.is_folder).map(|entry| entry.name).collect();
    let numbers = |name: &String| -> Vec<u32> {
        name.split(['.', '_']).map(|number| number.parse().unwrap_or_default()).collect()
    };
    names.sort_by_key(|name| Reverse(numbers(name)));
    names
}

/// True for a file of the computer, not of the user.
fn is_of_all(path: &str) -> bool {
    ["/", "%PROGRAMDATA%", "%SYSTEMDRIVE%"].iter().any(|start| path.starts_with(start))
}

fn open(
    user: &User,
    path: &str,
    store: &str,
    in_use: InUse,
    found: &mut Found,
) -> Result<Option<Placed>, Problem> {
    let content = match user.read(path, &MSMTPRC) {
        // The computer's own file, where only a home is at hand.
        Err(problem) if problem.kind == IssueKind::Outside && is_of_all(path) => None,
        content => content?,
    };
    let Some(content) = content else { return Ok(None) };
    let file = file::parse(&content.text());
    let place = Place::from(user.place(path));
    if !file.refused.is_empty() {
        let lines: Vec<String> = file.refused.iter().take(MOST_LINES).map(ToString::to_string).collect();
        let rest = file.refused.len() - lines.len();
        let rest = if rest == 0 { String::new() } else { format!(" (+ {rest})") };
        let lines = lines.join(", ") + &rest;
        let detail = Text::new(
            format!("{lines} 行目は msmtp が受け付けません。残りは読み取りました"),
            format!("msmtp refuses line {lines}; the rest was read"),
        );
        found.problems.push(Problem::malformed(&place, &detail));
    }
    if file.is_cut {
        let message = Text::new(
            format!("アカウントが多すぎるため、最初の {MOST_ACCOUNTS} 件だけを読み取りました。"),
            format!("too many accounts: only the first {MOST_ACCOUNTS} were read"),
        );
        found.problems.push(Problem::new(IssueKind::TooLarge, &place, message));
    }
    Ok(Some(Placed { file, place, store: store.to_owned(), in_use }))
}

/// Accounts of the user's file stand before those of the same name of the computer's.
fn take(placed: &Placed, before: Option<&Placed>, found: &mut Found) {
    let is_hidden = |name: &str| before.is_some_and(|own| own.file.account(name).is_some());
    let default = placed.file.account("default").filter(|default| !is_hidden(&default.name));
    let default = default.map(|default| default.alias_of.as_ref().unwrap_or(&default.name));
    for account in placed.file.accounts.iter().filter(|account| !is_hidden(&account.name)) {
        // The account that it repeats may be hidden itself.
        if account.alias_of.as_ref().is_some_and(|base| !is_hidden(base)) {
            continue;
        }
        let (read, look) = read_account(&placed.place, account);
        let read = Account {
            store: placed.store.clone(),
            in_use: placed.in_use,
            default_account: Some(default == Some(&account.name)),
            ..read
        };
        found.account(read, look);
    }
}
