//! Outlook 2002 to 365 (classic): profiles in the registry, in all three roots. 98 and 2000: a list of accounts.

pub(super) mod dialogue;
mod account;
mod changing;
mod omi;
mod settings;
mod steps;
mod versions;
mod words;

use super::changing::Changing;
use super::look::Look;
use super::settings::Raw;
use super::which_outlook::{PREFERENCES, is_switched_to_new};
use super::{Asks, Client, Found, Reading, keys};
use crate::classify::OAuth2;
use crate::formats::encodings::decode_ansi;
use crate::formats::kinds;
use crate::model::limits;
use crate::model::{Account, Confidence, InUse, Locator, Note, Outgoing, Protocol, Text};
use crate::source::registry::{Key, same_name};
use crate::source::{Problem, User};
use account::{confidence, has_password, maybe_oauth, read_account, without_oauth};
use settings::{
    ACCOUNT, ACCOUNT_NAME, ACCOUNTS, CLICK_TO_RUN, DEFAULT_PROFILE, EMAIL, INSTALL_ROOT, LIST, MACHINE,
    OFFICE, OMI, OMI_ACCOUNTS, PROFILES, WHOLE,
};
use steps::{EDITIONS, UNKNOWN_KIND};
use versions::{Versions, generation_of, main_version};

/// Outlook's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "outlook",
    name: "Outlook",
    name_ja: None,
    typed: &[
        "Outlook classic",
        "classic Outlook",
        "アウトルック",
        "Microsoft Outlook",
        "MS Outlook",
        "Office Outlook",
        "Office",
    ],
    certainty: Confidence::Verified,
    variants: &[
        "Outlook 98",
        "Outlook 2000",
        "Outlook 2002",
        "Outlook 2002-2010",
        "Outlook 2003",
        "Outlook 2007",
        "Outlook 2010",
        "Outlook 2013",
        "Outlook 2016",
        "Outlook 2016-365",
        "Outlook 2019",
        "Outlook 2021",
        "Outlook 2024",
        "Outlook 365",
    ],
    fourfold: &[],
    editions: EDITIONS,
    places: &[
        r"HKCU\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles",
        r"HKCU\Software\Microsoft\Office\15.0\Outlook\Profiles",
        r"HKCU\Software\Microsoft\Office\16.0\Outlook\Profiles",
        r"HKCU\Software\Microsoft\Office\Outlook\OMI Account Manager\Accounts",
        r"HKCU\Software\Microsoft\Office\8.0\Outlook\OMI Account Manager\Accounts",
    ],
    sureness: Text::fixed(
        "実物のレジストリで確認済み。3番目のラジオボタンの値は Microsoft の文書による",
        "verified with real registries; the value of the third radio button is from Microsoft's documentation",
    ),
    files: &[],
    folders: &[],
    keys: &[
        &PROFILES,
        &ACCOUNTS,
        &ACCOUNT,
        &OMI,
        &OMI_ACCOUNTS,
        &OFFICE,
        &MACHINE,
        &INSTALL_ROOT,
        &CLICK_TO_RUN,
        &WHOLE,
        &PREFERENCES,
    ],
    // [Use same settings as my incoming mail server] (SMTP_AUTH_SAME_AS_POP).
    asks: Asks::AsIncoming,
    changing: Changing::Written(&changing::WRITTEN),
    reading: Reading::Settings(read),
};

/// The section of a profile that holds the accounts; so spelled in every registry seen.
const SECTION: &str = "9375CFF0413111d3B88A00104B2A6676";
/// Where a generation of Outlook keeps its profiles.
struct Root {
    /// Key that holds the profiles.
    profiles: String,
    /// Key that holds `DefaultProfile`.
    settings: String,
    /// Short name: part of the finding's id.
    store: String,
    /// Generation: 14 stands for 2002 to 2010, which share a root.
    generation: u32,
}

fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    let versions = Versions::of(user)?;
    let mut accounts = omi::read(user, &versions, &mut found.problems);
    // Of all roots together: each profile is looked up among all.
    let mut room = limits::PROFILES.count();
    for root in within(roots(user)?, &mut { room }, OFFICE.id, found) {
        let top = match user.top(&root.profiles, &PROFILES) {
            Ok(Some(top)) => top,
            Ok(None) => continue,
            Err(problem) => {
                found.problems.push(problem);
                continue;
            }
        };
        let default = user.top(&root.settings, &PROFILES).unwrap_or_else(|problem| {
            found.problems.push(problem);
            None
        });
        let default = default.map(|key| keys::settings_of(&key, PROFILES.facts)).unwrap_or_default();
        let default = default.peek_text(DEFAULT_PROFILE);
        for key in within(top.subkeys.iter().collect(), &mut room, &top.path, found) {
            let path = format!("{}\\{}\\{SECTION}", root.profiles, key.name());
            match user.top(&path, &ACCOUNTS) {
                Ok(Some(section)) => {
                    let name = kinds::name(&readable(key.name()));
                    let is_default =
                        default.map_or(top.subkeys.len() == 1, |default| same_name(default, &name));
                    let listed = listed_accounts(&section).unwrap_or_else(|problem| {
                        found.problems.push(problem);
                        None
                    });
                    let profile =
                        Profile { root: &root, key: kinds::part(key.name()), name, is_default, listed };
                    profile.read(user, &section, &versions, &mut accounts, found);
                }
                Ok(None) => {}
                Err(problem) => found.problems.push(problem),
            }
        }
    }
    mark_older_roots(&mut accounts, &versions);
    if is_switched_to_new(user)? == Some(true) {
        mark_switched(&mut accounts);
    }
    for (_, account, look) in accounts {
        found.account(account, look);
    }
    Ok(())
}

/// As many as there is room for; what is more is told.
fn within<T>(mut list: Vec<T>, room: &mut usize, place: &str, found: &mut Found) -> Vec<T> {
    let left_out = list.len().saturating_sub(*room);
    if left_out > 0 {
        found.problems.push(Problem::too_many(keys::shown(place), &limits::PROFILES, left_out));
    }
    list.truncate(*room);
    *room -= list.len();
    list
}

/// The roots of all generations: any `Office\NN.0` from 15.0 on, so that a later one is found too.
fn roots(user: &User) -> Result<Vec<Root>, Problem> {
    // Windows 9x keeps the first one without "Windows NT\CurrentVersion".
    let mut roots: Vec<Root> = [
        (r"HKCU\Software\Microsoft\Windows NT\CurrentVersion", "wms"),
        (r"HKCU\Software\Microsoft", "wms-9x"),
    ]
    .into_iter()
    .map(|(parent, store)| {
        let profiles = format!(r"{parent}\Windows Messaging Subsystem\Profiles");
        Root { settings: profiles.clone(), profiles, store: store.to_owned(), generation: 14 }
    })
    .collect();
    let office = user.top(OFFICE.id, &OFFICE)?;
    for key in office.iter().flat_map(|office| &office.subkeys) {
        if let Some(version) = main_version(key.name()).filter(|version| *version >= 15) {
            let settings = format!(r"{}\{}\Outlook", OFFICE.id, key.name());
            let store = key.name().to_owned();
            roots.push(Root {
                profiles: format!(r"{settings}\Profiles"),
                settings,
                store,
                generation: version,
            });
        }
    }
    roots.sort_by_key(|root| root.generation);
    Ok(roots)
}

/// The user has switched from classic Outlook 16.0 to the new one, which leaves the classic profile as it was.
fn mark_switched(accounts: &mut [(u32, Account, Look)]) {
    for (_, account, _) in accounts.iter_mut().filter(|(generation, ..)| *generation >= 16) {
        account.in_use = InUse::No;
        account.notes.push(NEW_OUTLOOK);
    }
}

const NEW_OUTLOOK: Note = Note::Other(
    "new-outlook-in-use",
    Text::fixed(
        "この利用者は新しい Outlook に切り替えています(UseNewOutlook = 1)。クラシック版の設定は使われていません。",
        "This user has switched to the new Outlook (UseNewOutlook = 1); the settings of the classic one are not used.",
    ),
);

/// One profile of a root.
struct Profile<'a> {
    root: &'a Root,
    /// The name of its key, as it may be shown.
    key: String,
    /// The same as people read it.
    name: String,
    is_default: bool,
    /// Outlook's own list of mail accounts.
    listed: Option<Vec<u32>>,
}

/// An older root than the installed Outlook's (or than the newest with accounts) is what an upgrade left behind.
fn mark_older_roots(accounts: &mut [(u32, Account, Look)], versions: &Versions) {
    let installed = versions.installed.as_deref().and_then(|list| list.iter().copied().max());
    let current = installed.map(generation_of).or_else(|| accounts.iter().map(|a| a.0).max());
    for (generation, account, _) in accounts {
        if current.is_some_and(|current| *generation < current) {
            account.in_use = InUse::No;
        }
    }
}

/// The ids in Outlook's own list of mail accounts, in its order. `None`: there is no list.
fn listed_accounts(section: &Key) -> Result<Option<Vec<u32>>, Problem> {
    let settings = keys::settings_of(section, ACCOUNTS.facts);
    let Some(list) = settings.get(LIST) else { return Ok(None) };
    let id = |id: &str| u32::from_str_radix(id, 16).ok();
    let ids = match &list.raw {
        Raw::Text(text) if text.is_empty() => Some(Vec::new()),
        Raw::Text(text) => text.split(',').map(id).collect(),
        _ => None,
    };
    let malformed = || {
        let place = settings.place.at(Locator::Value(LIST.name));
        Problem::malformed(place, &Text::fixed("メールアカウントの一覧", "the list of mail accounts"))
    };
    ids.ok_or_else(malformed).map(Some)
}

impl Profile<'_> {
    fn read(
        &self,
        user: &User,
        section: &Key,
        versions: &Versions,
        accounts: &mut Vec<(u32, Account, Look)>,
        found: &mut Found,
    ) {
        for key in &section.subkeys {
            let Some(id) = account_id(key.name()) else { continue };
            if accounts.len() >= limits::ACCOUNTS.count() {
                found.left_out.accounts += 1;
                continue;
            }
            match user.top(&key.path, &ACCOUNT) {
                Ok(key) => accounts.extend(key.and_then(|key| self.account(id, &key, versions))),
                Err(problem) => found.problems.push(problem),
            }
        }
    }

    fn account(&self, id: u32, key: &Key, versions: &Versions) -> Option<(u32, Account, Look)> {
        let Self { root, listed, .. } = self;
        let in_list = listed.as_ref().map(|ids| ids.contains(&id));
        let mut look = Look::default();
        let settings = keys::settings_of(key, ACCOUNT.facts);
        let (incoming, outgoing) = read_account(key.name(), &settings, in_list, &mut look)?;
        let outlook = versions.describe(root.generation);
        let is_known = incoming.protocol != Protocol::Other || matches!(outgoing, Outgoing::Managed(_));
        let edition = if is_known { outlook.edition } else { UNKNOWN_KIND };
        let notes = outlook.end.map(Note::EndOfSupport).into_iter().collect();
        let (address, name) =
            look.aside(|look| (look.text(&settings, EMAIL), look.text(&settings, ACCOUNT_NAME)));
        let name = name.or_else(|| address.clone());
        let mut account = Account {
            client_version: outlook.version,
            client_installed: versions.is_installed(root.generation),
            in_use: match in_list {
                Some(true) => InUse::Yes,
                Some(false) => InUse::No,
                None => InUse::Unknown,
            },
            profile: Some(self.name.clone()),
            source: settings.place.to_string(),
            store: format!("{}\\{}", root.store, self.key.to_lowercase()),
            key: format!("{id:08x}"),
            name: name.unwrap_or_else(|| key.name().to_owned()),
            addresses: address.into_iter().collect(),
            default_account: listed.as_ref().map(|ids| self.is_default && ids.first() == Some(&id)),
            confidence: confidence(&settings, &outgoing),
            has_incoming_password: has_password(&settings, &incoming),
            incoming: Some(incoming),
            notes,
            ..Account::new(CLIENT.id, &outlook.name, edition, outgoing)
        };
        let services = CLIENT.can(&account).oauth2;
        account.notes.extend(maybe_oauth(&account.outgoing, services));
        if services == OAuth2::Never {
            account.incoming.iter_mut().for_each(without_oauth);
        }
        Some((root.generation, account, look))
    }
}

/// Subkeys of accounts are ids of 8 hex digits (`%08X`); everything else belongs to MAPI.
fn account_id(name: &str) -> Option<u32> {
    (name.len() == 8).then(|| u32::from_str_radix(name, 16).ok()).flatten()
}

/// Characters from 0x80 to 0xFF are escaped in profiles' key names as `[`, 0x70 + low half, 0x70 + high half
/// (kopano-ol-extension, OutlookRegistryUtils.cs: found by experiment). Only for display; Japanese is unconfirmed.
fn readable(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if let (b'[', [low @ 0x70..=0x7F, high @ 0x70..=0x7F, after @ ..]) = (first, after) {
            bytes.push(((high - 0x70) << 4) | (low - 0x70));
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    if bytes == name.as_bytes() { name.to_owned() } else { decode_ansi(&bytes) }
}
