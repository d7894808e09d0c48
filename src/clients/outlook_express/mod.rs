//! Outlook Express: accounts in the registry, of the main identity and of every further one.

mod settings;

use super::changing::Changing;
use super::internet_mail::settings::{DEFAULT_ACCOUNT, IMAP_USER, POP3_USER};
use super::internet_mail::steps::{HEADER, OUTLOOK_EXPRESS};
use super::internet_mail::{Program, settings_of};
use super::look::Look;
use super::settings::Settings;
use super::system::WINDOWS;
use super::{Asks, Client, Edition, Found, Reading, keys};
use crate::formats::kinds;
use crate::model::limits;
use crate::model::{Account, Confidence, EndOfSupport, InUse, Outgoing, Text};
use crate::source::registry::same_name;
use crate::source::{Problem, User};
use settings::{ACCOUNTS, DEFAULT_IDENTITY, IDENTITIES, IDENTITY_NAME, MANAGER};
use std::collections::HashMap;

/// Outlook Express's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "outlook-express",
    name: "Outlook Express",
    name_ja: None,
    typed: &["oe", "oe5", "oe6", "アウトルックエクスプレス", "OutlookExpress 5", "Outlook Express 4"],
    certainty: Confidence::Documented,
    variants: &[],
    fourfold: &[],
    editions: &[Edition {
        id: "outlook-express",
        name: Text::fixed("Outlook Express 6", "Outlook Express 6"),
        typed: &[],
        steps: OUTLOOK_EXPRESS,
        keeps_tls: false,
        header: HEADER,
        receiving: Some(&super::internet_mail::words::RECEIVING),
    }],
    places: &[
        r"HKCU\Software\Microsoft\Internet Account Manager\Accounts",
        r"HKCU\Identities\{GUID}\Software\Microsoft\Internet Account Manager\Accounts",
    ],
    sureness: Text::fixed(
        "Microsoft の文書と、Thunderbird の取り込み機能のソースによる",
        "Microsoft's documentation and the source of Thunderbird's importer",
    ),
    files: &[],
    folders: &[],
    keys: &[&IDENTITIES, &MANAGER, &ACCOUNTS, &WINDOWS],
    // [Use same settings as my incoming mail server] (SMTP_AUTH_USE_POP3ORIMAP_SETTINGS).
    asks: Asks::AsIncoming,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

static PROGRAM: Program = Program {
    client: "outlook-express",
    edition: "outlook-express",
    // 5 and 6 keep their accounts alike and leave nothing that tells them apart
    name: "Outlook Express",
    came_with: Some([(4, 0), (5, 2)]),
    end_of_support: ENDED,
    starttls: Confidence::Documented,
};

/// learn.microsoft.com/lifecycle/products/windows-xp: it was a part of Windows XP.
pub(super) const ENDED: EndOfSupport = EndOfSupport {
    product: Text::fixed("Outlook Express 6 (Windows XP)", "Outlook Express 6 (Windows XP)"),
    date: "2014-04-08",
};

/// Where it keeps accounts and their defaults, below HKCU for the main identity, below an identity's key for the others.
const BELOW: &str = r"Software\Microsoft\Internet Account Manager";

/// Where one identity keeps its accounts.
struct Root {
    manager: String,
    /// Part of the finding's id.
    store: String,
    profile: Option<String>,
}

/// What makes an account the same as another one: incoming server, user, address.
type Sameness = [String; 3];

fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    let installed = PROGRAM.is_installed(user).unwrap_or_else(|problem| {
        found.problems.push(problem);
        None
    });
    let mut seen = HashMap::new();
    for root in roots(user, &mut found.problems)? {
        let part = read_root(user, &root, installed, &mut seen, found);
        found.isolate(part);
    }
    Ok(())
}

/// The default identity, the others, and the main key last: which of them an identity uses depends on the history of the
/// profile, and an account that is in both lives in the identity's (Thunderbird's importer looks there first).
fn roots(user: &User, problems: &mut Vec<Problem>) -> Result<Vec<Root>, Problem> {
    let identities = user.top(IDENTITIES.id, &IDENTITIES)?;
    let of_key = identities.as_ref().map(|key| keys::settings_of(key, IDENTITIES.facts)).unwrap_or_default();
    let default = of_key.peek_text(DEFAULT_IDENTITY).unwrap_or_default();
    let mut roots = Vec::new();
    let all = identities.as_ref().map_or(&[][..], |key| key.subkeys.as_slice());
    let most = limits::PROFILES.count();
    if all.len() > most {
        problems.push(Problem::too_many(IDENTITIES.id, &limits::PROFILES, all.len() - most));
    }
    for key in all.iter().take(most) {
        let path = format!(r"{}\{}", IDENTITIES.id, key.name());
        let identity = user.top(&path, &IDENTITIES)?.map(|key| keys::settings_of(&key, IDENTITIES.facts));
        let profile = identity.and_then(|key| key.peek_text(IDENTITY_NAME).map(str::to_owned));
        let store = kinds::part(key.name()).to_lowercase();
        let root = Root { manager: format!(r"{path}\{BELOW}"), store, profile };
        let at = if same_name(&kinds::name(key.name()), default) { 0 } else { roots.len() };
        roots.insert(at, root);
    }
    // With several identities, the main key's may be any of them.
    let profile = if let [only] = roots.as_slice() { only.profile.clone() } else { None };
    roots.push(Root { manager: format!(r"HKCU\{BELOW}"), store: "main".to_owned(), profile });
    Ok(roots)
}

fn read_root(
    user: &User,
    root: &Root,
    installed: Option<bool>,
    seen: &mut HashMap<Sameness, Vec<Outgoing>>,
    found: &mut Found,
) -> Result<(), Problem> {
    let Some(accounts) = user.key(&format!(r"{}\Accounts", root.manager), &ACCOUNTS)? else {
        return Ok(());
    };
    let manager = user.top(&root.manager, &MANAGER)?.map(|key| keys::settings_of(&key, MANAGER.facts));
    let default = manager.as_ref().and_then(|key| key.peek_text(DEFAULT_ACCOUNT));
    for (number, key) in accounts.subkeys.iter().enumerate() {
        if found.is_full() {
            found.left_out.accounts += (accounts.subkeys.len() - number) as u64;
            break;
        }
        let settings = settings_of(key);
        let shown = kinds::name(key.name());
        let mut look = Look::default();
        let Some(account) = PROGRAM.account(&settings, &mut look) else { continue };
        // The same account with other settings is worth a line of its own: one of the two may be in use.
        let same = seen.entry(sameness(&settings, &account)).or_default();
        if same.contains(&account.outgoing) {
            continue;
        }
        same.push(account.outgoing.clone());
        let account = Account {
            client_installed: installed,
            in_use: InUse::Yes,
            profile: root.profile.clone(),
            store: root.store.clone(),
            key: kinds::part(key.name()).to_lowercase(),
            default_account: default.map(|default| same_name(default, &shown)),
            name: if account.name.is_empty() { shown } else { account.name },
            ..account
        };
        found.account(account, look);
    }
    Ok(())
}

fn sameness(settings: &Settings, account: &Account) -> Sameness {
    let user = settings.peek_text(POP3_USER).or_else(|| settings.peek_text(IMAP_USER));
    let host = account.incoming.as_ref().and_then(|incoming| incoming.host.as_deref());
    [host, user, account.addresses.first().map(String::as_str)]
        .map(|part| part.unwrap_or_default().to_lowercase())
}
