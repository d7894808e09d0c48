//! Profiles that an iPhone or iPad has installed, as its backup holds them.
//!
//! Installing a profile makes accounts, and the device's list of accounts is the truth about them: it is read by the
//! detector of iOS. A profile tells something of its own only where that list can't be read, or where it does not have
//! the account any more.

use super::file::parse;
use super::payload::Kind;
use super::settings::{IDENTIFIER, MOBILECONFIG, NAME, OF_PAYLOAD, STUB_ACCOUNT, UUID, kept};
use super::{Sheet, problem, read_payloads};
use crate::clients::apple_accounts::copy::STORE;
use crate::clients::apple_accounts::{rows, settings::PROFILE, values};
use crate::clients::ios_backup::{self, ACCOUNTS, Backup, Manifest, PROFILES, Payload};
use crate::clients::{Found, settings::Settings};
use crate::model::{InUse, IssueKind, Locator, Note, Place, Text};
use crate::source::{Problem, User};
use std::collections::BTreeSet;

const NO_LIST: Note = Note::Other(
    "installed-profile",
    Text::fixed(
        "端末のアカウントの一覧 (Accounts3.sqlite) を読めないため、インストール済みのプロファイルから判断しました。",
        "The device's list of accounts (Accounts3.sqlite) can't be read: judged by the profile that it has installed.",
    ),
);
const NOT_IN_LIST: Note = Note::Other(
    "installed-profile",
    Text::fixed(
        "プロファイルは端末にインストールされていますが、端末のアカウントの一覧にこのアカウントはありません。",
        "The device has the profile installed, but its list of accounts does not have this account.",
    ),
);

/// What a device's list of accounts tells of profiles.
struct Known {
    /// `ZIDENTIFIER` of every account.
    accounts: BTreeSet<String>,
    /// The profiles that made them.
    profiles: BTreeSet<String>,
}

/// What keeps a backup from being read is told by the detector of iOS.
pub(super) fn read(user: &User, found: &mut Found) {
    for backup in ios_backup::find(user, &mut Vec::new()) {
        let Ok(manifest) = backup.open(user) else { continue };
        let files = manifest.files(&PROFILES).unwrap_or_default();
        if files.is_empty() {
            continue;
        }
        let known = known(&manifest, user);
        for file in files {
            let part = read_file(user, &backup, &file, known.as_ref(), found);
            found.isolate(part);
        }
    }
}

fn read_file(
    user: &User,
    backup: &Backup,
    file: &Payload,
    known: Option<&Known>,
    found: &mut Found,
) -> Result<(), Problem> {
    let place = user.place(&file.path);
    let Some(content) = user.read(&file.path, &MOBILECONFIG)? else {
        let folder = Place::from(user.place(&backup.path));
        return Err(missing(folder.at(Locator::Named(file.relative.clone()))));
    };
    let tree = kept(&parse(&content).map_err(|error| problem(&place, error))?.tree);
    let top = values::settings(&place, &tree, OF_PAYLOAD);
    let identifier = top.peek_text(IDENTIFIER).unwrap_or(&file.relative);
    let name = top.peek_text(NAME).unwrap_or(identifier);
    let sheet = Sheet {
        place,
        store: format!("{}/{identifier}", backup.store),
        name: backup.device.name.as_ref().map_or(name.to_owned(), |device| format!("{name} ({device})")),
        notes: vec![if known.is_some() { NOT_IN_LIST } else { NO_LIST }],
    };
    let uuid = top.peek_text(UUID);
    let standing = |kind, payload: &Settings| match known {
        None if backup.in_use == InUse::No => Some(InUse::No),
        None => Some(InUse::Unknown),
        // How the accounts of services are called in the list is not known.
        Some(known) => (kind == Kind::Mail && !known.holds(payload, uuid)).then_some(InUse::No),
    };
    read_payloads(&tree, &sheet, &standing, found)
}

impl Known {
    /// Whether there is the account of a payload. The copy that the device keeps of a profile names it (`stubDictionary`
    /// of MCEmailAccountPayload, iOS); else the profile's own number has to do.
    fn holds(&self, payload: &Settings, profile: Option<&str>) -> bool {
        match payload.peek_text(STUB_ACCOUNT) {
            Some(account) => self.accounts.contains(account),
            None => profile.is_some_and(|profile| self.profiles.contains(profile)),
        }
    }
}

/// The newest list of accounts that can be read; of its older copy only where it is missing.
fn known(manifest: &Manifest, user: &User) -> Option<Known> {
    let files = manifest.files(&ACCOUNTS).ok()?;
    let mut stores: Vec<&Payload> = files.iter().filter(|file| file.relative.ends_with(".sqlite")).collect();
    stores.sort_by_key(|file| file.relative.contains("/VerifiedBackup/"));
    stores.into_iter().find_map(|store| {
        let log = format!("{}-wal", store.relative);
        let log = files.iter().find(|file| file.relative == log);
        let log = log.map_or_else(|| format!("{}-wal", store.path), |log| log.path.clone());
        let database = user.database_with_log(&store.path, &log, &STORE).ok()??;
        let rows = rows::read(&database, "", &mut Vec::new()).ok()?;
        let maker = |settings: &Settings| settings.peek_text(PROFILE).map(str::to_owned);
        Some(Known {
            profiles: rows.iter().filter_map(|row| maker(&row.settings)).collect(),
            accounts: rows.into_iter().filter_map(|row| row.identifier).collect(),
        })
    })
}

fn missing(place: Place) -> Problem {
    Problem::new(
        IssueKind::Io,
        place,
        Text::fixed(
            "バックアップの一覧にある構成プロファイルのファイルがありません。フォルダー全体をコピーしたか確認してください。",
            "a configuration profile is in the backup's list, but not in the backup: check that its whole folder was copied",
        ),
    )
}
