//! Apple Mail of macOS, 10.4 to today: which stores there are, and which of them Mail still uses.

pub(super) mod dialogue;
mod plists;
mod settings;
mod steps;
mod words;

use super::apple_accounts::candidate::{Candidate, Origin, worse};
use super::apple_accounts::copy::STORE;
use super::apple_accounts::links::System;
use super::apple_accounts::outgoing::Dialect;
use super::apple_accounts::rows;
use super::apple_accounts::settings::{PARENT_USER, USER};
use super::apple_accounts::store;
use super::apple_accounts::values;
use super::changing::Changing;
use super::{Asks, Client, Found, Reading};
use crate::formats::plist;
use crate::model::{Confidence, InUse, IssueKind, Text};
use crate::source::rules::OwnFolder;
use crate::source::{Given, Problem, User};
use settings::{ACCOUNTS_PLIST, MAIL_APP, MAIL_FOLDER, VERSION, is_account};
use steps::{EDITIONS, EITHER, NEW, OLD};

/// Apple Mail's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "apple-mail",
    name: "Apple Mail",
    name_ja: Some("メール (Mac)"),
    typed: &[
        "Mac Mail",
        "mac",
        "マック",
        "macOS",
        "MacBook",
        "iMac",
        "macOS Mail",
        "Macのメール",
        "Mac メール",
        "アップルメール",
    ],
    certainty: Confidence::Documented,
    variants: &[],
    fourfold: &[],
    editions: EDITIONS,
    places: &[
        "~/Library/Accounts/Accounts4.sqlite",
        "~/Library/Accounts/Accounts3.sqlite",
        "~/Library/Mail/V*/MailData/Accounts.plist",
        "~/Library/Containers/com.apple.mail/Data/Library/Mail/V*/MailData/Accounts.plist",
        "~/Library/Containers/com.apple.mail/Data/Library/Preferences/com.apple.mail.plist",
        "~/Library/Preferences/com.apple.mail.plist",
    ],
    sureness: Text::fixed(
        "10.10 までは公開された実例と Apple のプログラムの動作による。10.11 以降で認証の値が保存されていない場合は「要確認」とする",
        "up to 10.10 from published examples and the behaviour of Apple's programs; from 10.11 on, an account whose authentication switch is not stored is left to a check by hand",
    ),
    files: &[&STORE, &ACCOUNTS_PLIST, &MAIL_APP, &MAIL_FOLDER],
    folders: &[
        OwnFolder {
            signs: &[
                &["Accounts", "Mail", "Containers"],
                &["Preferences", "Application Support", "Keychains", "Caches", "Safari"],
            ],
            place: "~/Library",
        },
        // Mail's parts of it alone; the container's are a sandbox's view of the same.
        OwnFolder { signs: &[&["Accounts", "Mail"], &["Containers"]], place: "~/Library" },
        OwnFolder { signs: &[&["Accounts"], &["Mail"]], place: "~/Library" },
        OwnFolder {
            signs: &[&["V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "V11"]],
            place: "~/Library/Mail",
        },
    ],
    keys: &[],
    // The list of outgoing servers has a user name and password for each (see steps.rs).
    asks: Asks::Own,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

/// No file with a manual SMTP account of macOS 10.11 or later was available: what an absent switch means is open.
const MACOS: Dialect = Dialect { users: &[USER, PARENT_USER], absent_is_off: None };
const MAIL_FOLDERS: [&str; 2] = ["~/Library/Mail", "~/Library/Containers/com.apple.mail/Data/Library/Mail"];

/// The stores of one generation of macOS. A later one takes over the accounts of the earlier ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Generation {
    /// Accounts4.sqlite of 10.13 and later: there is no other list.
    Accounts4,
    /// Accounts3.sqlite of 10.9 to 10.12: up to 10.10 services only, and Mail's own accounts beside it.
    Accounts3,
    /// Accounts.plist of 10.7 to 10.10.
    MailFolder,
    /// The preferences of 10.4 to 10.6.
    Preferences,
}

#[expect(clippy::unnecessary_wraps, reason = "the type that the table of clients asks for")]
fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    let mut candidates = Vec::new();
    let given = user.given.iter().filter_map(|given| Some((Generation::of_given(given)?, given)));
    let all = given.clone();
    for (generation, given) in given {
        if generation == Generation::Accounts3 && is_of_a_phone(user, &given.path) {
            continue;
        }
        let (_, mut accounts) = generation.read(user, given.path.clone(), found);
        for candidate in &mut accounts {
            // Beside a newer store this is what an upgrade left; alone, a plist may be, which can't be seen from here.
            let is_beside = |other: &Given| library_of(&other.path) == library_of(&given.path);
            let others = all.clone().filter(|(_, other)| is_beside(other));
            let newest = others.map(|(generation, _)| generation.rank()).min();
            if newest.is_some_and(|newest| newest < generation.rank()) {
                candidate.outdate(InUse::No);
            } else if *given.rule == ACCOUNTS_PLIST {
                candidate.outdate(InUse::Unknown);
            }
        }
        candidates.append(&mut accounts);
    }
    candidates.append(&mut read_home(user, found));
    let version = if candidates.is_empty() { None } else { version_of_mail(user) };
    // Mail 10 came with macOS 10.12.
    let main = version.as_deref().and_then(|version| version.split('.').next()?.parse::<u32>().ok());
    for Candidate { mut account, look, .. } in candidates {
        account.edition = main.map_or(account.edition, |main| if main >= 10 { NEW } else { OLD });
        account.client_installed = version.is_some().then_some(true);
        account.client_version.clone_from(&version);
        found.account(account, look);
    }
    Ok(())
}

/// iOS keeps the same kind of store under the same name.
fn is_of_a_phone(user: &User, path: &str) -> bool {
    let database = user.database(path, &STORE).ok().flatten();
    let rows = database.and_then(|database| rows::read(&database, path, &mut Vec::new()).ok());
    rows.is_some_and(|rows| rows::is_of_ios(&rows))
}

/// The stores from the newest to the oldest; what is older than the list that Mail uses is a copy that an upgrade left.
fn read_home(user: &User, found: &mut Found) -> Vec<Candidate> {
    use Generation::{Accounts3, Accounts4, MailFolder, Preferences};
    let container = "~/Library/Containers/com.apple.mail/Data/Library/Preferences/com.apple.mail.plist";
    let folders = mail_folders(user, found);
    let lists = folders.iter().map(|folder| format!("{folder}/MailData/Accounts.plist")).collect();
    let generations = [
        (Accounts4, vec!["~/Library/Accounts/Accounts4.sqlite".to_owned()]),
        (Accounts3, vec!["~/Library/Accounts/Accounts3.sqlite".to_owned()]),
        (MailFolder, lists),
        (Preferences, vec![container.to_owned(), "~/Library/Preferences/com.apple.mail.plist".to_owned()]),
    ];
    let mut all: Vec<Candidate> = Vec::new();
    let mut standing = InUse::Yes;
    let mut is_lost = true;
    for (generation, paths) in generations {
        let mut next = standing;
        for path in paths {
            let (state, mut accounts) = generation.read(user, path, found);
            is_lost &= match generation {
                Accounts4 | Accounts3 => state == State::Absent,
                MailFolder | Preferences => state != State::Unreadable && accounts.is_empty(),
            };
            next = worse(next, generation.replaces(state, &accounts));
            for candidate in &mut accounts {
                candidate.outdate(standing);
            }
            // 10.9 and 10.10 list a service's account in both places; a container links to the folder outside.
            accounts.retain(|candidate| !all.iter().any(|known| known.is_same(candidate)));
            all.append(&mut accounts);
        }
        standing = next;
    }
    if is_lost {
        mention_lost_list(user, &folders, found);
    }
    all
}

/// The folder whose stores belong together: the one above `Library`, or that of the file.
fn library_of(path: &str) -> String {
    let parts: Vec<&str> = path.split(['\\', '/']).collect();
    let above = parts.iter().position(|part| *part == "Library").unwrap_or(parts.len().saturating_sub(1));
    parts.iter().take(above).copied().collect::<Vec<_>>().join("/")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Absent,
    Unreadable,
    Read,
}

impl Generation {
    /// What a file that PATH names is; a database under another name may be of either generation.
    fn of_given(given: &Given) -> Option<Self> {
        if *given.rule == ACCOUNTS_PLIST {
            Some(Self::Preferences)
        } else if *given.rule == STORE {
            let is_newer = given.path.to_lowercase().ends_with("accounts4.sqlite");
            Some(if is_newer { Self::Accounts4 } else { Self::Accounts3 })
        } else {
            None
        }
    }

    /// The newest is 0.
    fn rank(self) -> u8 {
        match self {
            Self::Accounts4 => 0,
            Self::Accounts3 => 1,
            Self::MailFolder | Self::Preferences => 2,
        }
    }

    /// The accounts of one file.
    fn read(self, user: &User, path: String, found: &mut Found) -> (State, Vec<Candidate>) {
        let origin = Origin {
            client: CLIENT.id,
            client_name: CLIENT.name.to_owned(),
            shown: user.place(&path),
            store: ["%GIVEN%\\", "~/"]
                .iter()
                .find_map(|top| path.strip_prefix(top))
                .unwrap_or(&path)
                .to_owned(),
            edition: match self {
                Self::Accounts4 => NEW,
                Self::Accounts3 => EITHER,
                Self::MailFolder | Self::Preferences => OLD,
            },
            path,
        };
        let read = match self {
            Self::Accounts4 | Self::Accounts3 => read_database(user, &origin, &mut found.problems),
            Self::MailFolder | Self::Preferences => read_plist(user, &origin, &mut found.problems),
        };
        match read {
            Ok(Some(accounts)) => (State::Read, accounts),
            Ok(None) => (State::Absent, Vec::new()),
            Err(problem) => {
                found.problems.push(problem);
                (State::Unreadable, Vec::new())
            }
        }
    }

    /// What a store means for the accounts in older ones.
    fn replaces(self, state: State, accounts: &[Candidate]) -> InUse {
        match (state, self) {
            (State::Unreadable, _) => InUse::Unknown,
            (State::Read, Self::Accounts4) => InUse::No,
            (State::Read, Self::Accounts3) if store::holds_mail(accounts) => InUse::No,
            (State::Read, Self::MailFolder) if !accounts.is_empty() => InUse::No,
            (State::Read | State::Absent, _) => InUse::Yes,
        }
    }
}

fn read_database(
    user: &User,
    origin: &Origin,
    problems: &mut Vec<Problem>,
) -> Result<Option<Vec<Candidate>>, Problem> {
    let Some(database) = user.database(&origin.path, &STORE)? else { return Ok(None) };
    let rows = rows::read(&database, &origin.shown, problems)
        .map_err(|error| Problem::database(&origin.shown, error))?;
    Ok(Some(store::read(&rows, origin, System::MacOs, &MACOS)))
}

fn read_plist(
    user: &User,
    origin: &Origin,
    problems: &mut Vec<Problem>,
) -> Result<Option<Vec<Candidate>>, Problem> {
    let Some(content) = user.read(&origin.path, &ACCOUNTS_PLIST)? else { return Ok(None) };
    plists::read(&content, origin, problems).map(Some)
}

/// `V2`, `V3` … below Mail's folder, the highest first; the number tells nothing else.
fn mail_folders(user: &User, found: &mut Found) -> Vec<String> {
    let mut folders = Vec::new();
    for parent in MAIL_FOLDERS {
        match user.list(parent) {
            Ok(entries) => {
                let names = entries.into_iter().flatten().filter(|entry| entry.is_folder);
                let mut versions: Vec<u32> =
                    names.filter_map(|entry| entry.name.strip_prefix('V')?.parse().ok()).collect();
                versions.sort_unstable_by(|a, b| b.cmp(a));
                folders.extend(versions.iter().map(|version| format!("{parent}/V{version}")));
            }
            Err(problem) => found.problems.push(problem),
        }
    }
    folders
}

/// With none of the lists at hand, folders of accounts are mail whose accounts were not collected, which is not the same as
/// a Mac without accounts.
fn mention_lost_list(user: &User, folders: &[String], found: &mut Found) {
    for folder in folders {
        let entries = user.entries(folder, &MAIL_FOLDER).ok().flatten().unwrap_or_default();
        if entries.iter().any(|entry| entry.is_folder && is_account(&entry.name)) {
            found.problems.push(Problem::new(
                IssueKind::Io,
                user.place(folder),
                Text::fixed(
                    "メールのフォルダーはありますが、アカウントの一覧がありません。~/Library/Accounts フォルダーも一緒に集めてください。",
                    "there are mail folders of accounts, but no list of the accounts: collect the folder ~/Library/Accounts too",
                ),
            ));
            return;
        }
    }
}

/// The version of Mail itself, where the disk is at hand.
fn version_of_mail(user: &User) -> Option<String> {
    ["/System/Applications", "/Applications"].into_iter().find_map(|folder| {
        let path = format!("{folder}/{}", MAIL_APP.id);
        let content = user.read(&path, &MAIL_APP).ok()??;
        let kept = values::kept_dict(&plist::parse(&content).ok()?, &[VERSION]);
        kept.get(VERSION.name)?.text().map(str::to_owned)
    })
}
