//! Mail on the iPhone and iPad: in backups on a PC or Mac, or a lone Accounts3.sqlite.

pub(super) mod dialogue;
mod steps;
mod words;

use super::apple_accounts::MAX_ACCOUNTS;
use super::apple_accounts::candidate::{Candidate, Origin};
use super::apple_accounts::copy::STORE;
use super::apple_accounts::links::System;
use super::apple_accounts::outgoing::Dialect;
use super::apple_accounts::rows::{self, Row, is_of_ios};
use super::apple_accounts::settings::{PARENT_USER, USER};
use super::apple_accounts::store;
use super::changing::Changing;
use super::ios_backup::{
    self, ACCOUNTS, BACKUP, Backup, Device, INFO_PLIST, MANIFEST_DB, MANIFEST_PLIST, Payload, STATUS_PLIST,
};
use super::{Asks, Client, Found, Reading};
use crate::model::{Confidence, InUse, IssueKind, Note, Text};
use crate::source::database::{Database, DatabaseError};
use crate::source::{Problem, User};
use steps::{EDITIONS, PROFILE, edition_of};

/// Mail of iOS and iPadOS in the table of clients.
pub const CLIENT: Client = Client {
    id: "ios-mail",
    name: "Mail (iPhone, iPad)",
    name_ja: Some("メール (iPhone、iPad)"),
    typed: &[
        "iphone",
        "ipad",
        "ios",
        "iPadOS",
        "アイフォン",
        "アイフォーン",
        "アイパッド",
        "iOS メール",
        "iPhone メール",
        "iPhone Mail",
        "iPad Mail",
    ],
    certainty: Confidence::Documented,
    variants: &[],
    fourfold: &[],
    editions: EDITIONS,
    places: &[
        r"%APPDATA%\Apple Computer\MobileSync\Backup\*\Manifest.db",
        r"%USERPROFILE%\Apple\MobileSync\Backup\*\Manifest.db",
        "~/Library/Application Support/MobileSync/Backup/*/Manifest.db",
    ],
    sureness: Text::fixed(
        "暗号化されていない iOS 10 以降のバックアップを、iOS 18 のプログラムの動作と iOS 14～17 の実例に基づいて読む。暗号化されたバックアップと iOS 9 以前は ask で確認する",
        "unencrypted backups of iOS 10 and later, by the behaviour of Mail of iOS 18 and files of iOS 14 to 17; encrypted ones and those of iOS 9 and earlier are left to ask",
    ),
    files: &[&STORE, &BACKUP, &MANIFEST_DB, &MANIFEST_PLIST, &INFO_PLIST, &STATUS_PLIST],
    folders: &[],
    keys: &[],
    // Each outgoing server has a user name and password (see steps.rs).
    asks: Asks::Own,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

/// An absent switch is off (DeliveryAccount, `shouldUseAuthentication`).
const IOS: Dialect = Dialect { users: &[USER, PARENT_USER], absent_is_off: Some(Confidence::Documented) };
const FOLDER: &str = ACCOUNTS.start;
/// The folder in it for an older copy of the store.
const COPIES: &str = "VerifiedBackup/";
/// The store, and the older copy that iOS keeps of it, with the names that they have in every backup (SHA-1 of domain
/// and path): a way to them where the list of files can't be read.
const STORES: [(&str, &str); 2] = [
    ("Library/Accounts/Accounts3.sqlite", "943624fd13e27b800cc6d9ce1100c22356ee365c"),
    ("Library/Accounts/VerifiedBackup/Accounts3.sqlite", "5852108669e3d13ab0f42ccbea424b6a55aee97b"),
];

#[expect(clippy::unnecessary_wraps, reason = "the type that the table of clients asks for")]
fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    // The newest of a device that can be read says how it is set up.
    let mut known: Option<String> = None;
    for mut backup in ios_backup::find(user, &mut found.problems) {
        let is_known = known.as_ref() == Some(&backup.udid);
        if backup.in_use == InUse::No && !is_known {
            backup.in_use = InUse::Unknown;
            // The account keeps its id when a newer backup can be read.
            backup.store.clone_from(&backup.udid);
        }
        match read_backup(&backup, user, found) {
            Ok(()) => known = Some(backup.udid),
            // An older one that can't be read is no loss.
            Err(problem) if !is_known => found.problems.push(problem),
            Err(_) => {}
        }
    }
    for given in user.given_of(&STORE) {
        // What is no store of iOS, or can't be read, is Apple Mail's.
        let Ok(Some(database)) = user.database(&given.path, &STORE) else { continue };
        let place = user.place(&given.path);
        let mut problems = Vec::new();
        let Ok(rows) = rows::read(&database, &place, &mut problems) else { continue };
        if !is_lone_store(&given.path, &rows) {
            continue;
        }
        found.problems.append(&mut problems);
        let store = given.path.trim_start_matches("%GIVEN%\\");
        take(&rows, &origin_of(&Device::default(), &given.path, place, store), None, found);
    }
    Ok(())
}

/// Told by content, except for the name that only macOS uses.
fn is_lone_store(path: &str, rows: &[Row]) -> bool {
    !path.to_lowercase().ends_with("accounts4.sqlite") && is_of_ios(rows)
}

fn read_backup(backup: &Backup, user: &User, found: &mut Found) -> Result<(), Problem> {
    let (database, file) = store_of(backup, user, found)?;
    let (path, is_copy) = (file.path, is_copy(&file.relative));
    let shown = user.place(&path);
    let rows = rows::read(&database, &shown, &mut found.problems)
        .map_err(|error| Problem::database(&shown, error))?;
    take(&rows, &origin_of(&backup.device, &path, shown, &backup.store), Some((backup, is_copy)), found);
    Ok(())
}

/// The Accounts store of a backup. Of its two copies the second counts only where the first is missing.
fn store_of(backup: &Backup, user: &User, found: &mut Found) -> Result<(Database, Payload), Problem> {
    let listed = backup.open(user).and_then(|manifest| manifest.files(&ACCOUNTS));
    let mut missing = None;
    let files = match listed {
        Ok(files) => files,
        // A list that is too large is no loss where the store has its usual name.
        Err(problem) if problem.kind == IssueKind::TooLarge => {
            missing = Some(problem);
            in_usual_places(backup)
        }
        Err(problem) if problem.kind == IssueKind::Malformed => {
            found.problems.push(problem);
            in_usual_places(backup)
        }
        Err(problem) => return Err(problem),
    };
    for file in stores(&files) {
        let log = format!("{}-wal", file.relative);
        let log = files.iter().find(|file| file.relative == log);
        let log = log.map_or_else(|| format!("{}-wal", file.path), |log| log.path.clone());
        if let Some(database) = user.database_with_log(&file.path, &log, &STORE)? {
            return Ok((database, file.clone()));
        }
    }
    Err(missing.unwrap_or_else(|| no_store(user.place(&backup.path), !files.is_empty())))
}

fn in_usual_places(backup: &Backup) -> Vec<Payload> {
    let payload = |(relative, id): &(&str, &str)| {
        Some(Payload { relative: (*relative).to_owned(), path: backup.payload(id)? })
    };
    STORES.iter().filter_map(payload).collect()
}

/// iOS keeps the name Accounts3 to this day; the number may change as it did on the Mac.
fn stores(files: &[Payload]) -> Vec<&Payload> {
    let is_store = |name: &str| {
        let number = name.strip_prefix("Accounts").and_then(|rest| rest.strip_suffix(".sqlite"));
        number.is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let rank = |file: &Payload| {
        let name = file.relative.strip_prefix(FOLDER)?;
        match name.strip_prefix(COPIES) {
            None => is_store(name).then_some(0),
            Some(name) => is_store(name).then_some(1),
        }
    };
    let mut found: Vec<(i32, &Payload)> = files.iter().filter_map(|file| Some((rank(file)?, file))).collect();
    // The newest generation first.
    found.sort_by(|(a, one), (b, two)| (a, &two.relative).cmp(&(b, &one.relative)));
    found.into_iter().map(|(_, file)| file).collect()
}

fn is_copy(relative: &str) -> bool {
    relative.strip_prefix(FOLDER).is_some_and(|name| name.starts_with(COPIES))
}

fn no_store(place: String, is_listed: bool) -> Problem {
    let text = if is_listed {
        Text::fixed(
            "バックアップの一覧にあるアカウントのファイルがありません。フォルダー全体をコピーしたか確認し、なければもう一度バックアップしてください。",
            "the file with the accounts is in the backup's list, but not in the backup: check that its whole folder was copied, or make it again",
        )
    } else {
        Text::fixed(
            "バックアップにアカウントのファイル (Accounts3.sqlite) が入っていません。もう一度バックアップするか、smtp-auth-audit ask ios-mail で確認してください。",
            "the backup holds no file with accounts (Accounts3.sqlite): make it again, or check with smtp-auth-audit ask ios-mail",
        )
    };
    Problem::new(IssueKind::Io, place, text)
}

fn origin_of(device: &Device, path: &str, shown: String, store: &str) -> Origin {
    Origin {
        client: CLIENT.id,
        client_name: name_of(device),
        path: path.to_owned(),
        shown,
        store: store.to_owned(),
        edition: edition_of(major(device)),
    }
}

fn take(rows: &[Row], origin: &Origin, backup: Option<(&Backup, bool)>, found: &mut Found) {
    let candidates = store::read(rows, origin, System::Ios, &IOS);
    if candidates.len() > MAX_ACCOUNTS {
        found.problems.push(Problem::database(&origin.shown, DatabaseError::TooLarge));
    }
    for candidate in candidates.into_iter().take(MAX_ACCOUNTS) {
        let Candidate { mut account, look, is_from_profile, .. } = candidate;
        // One that can't be changed on the device at all.
        if is_from_profile {
            account.edition = PROFILE;
            account.notes.push(from_profile());
        }
        if let Some((backup, is_copy)) = backup {
            account.profile.clone_from(&backup.device.name);
            account.client_version.clone_from(&backup.device.version);
            account.notes.extend(backup.date.as_deref().map(from_backup));
            account.notes.extend(is_copy.then(from_copy));
            account.in_use = match (account.in_use, backup.in_use) {
                (InUse::No, _) | (_, InUse::No) => InUse::No,
                (InUse::Yes, InUse::Yes) => InUse::Yes,
                _ => InUse::Unknown,
            };
        }
        found.account(account, look);
    }
}

fn from_profile() -> Note {
    Note::Other(
        "from-configuration-profile",
        Text::fixed(
            "構成プロファイルで追加されたアカウントです。端末の画面ではサーバの設定を変更できません。",
            "A configuration profile added this account: its servers can't be changed on the device.",
        ),
    )
}

fn from_backup(date: &str) -> Note {
    let day = date.split('T').next().unwrap_or(date);
    Note::Other(
        "from-backup",
        Text::new(
            format!("{day} のバックアップの内容です。その後の変更は含まれません。"),
            format!("As of the backup of {day}; later changes are not in it."),
        ),
    )
}

fn from_copy() -> Note {
    Note::Other(
        "older-copy",
        Text::fixed(
            "アカウントのファイルがないため、端末が作った古い写し (VerifiedBackup) を読みました。",
            "The file with the accounts is missing; read from the older copy that the device makes (VerifiedBackup).",
        ),
    )
}

/// `Mail (iPhone, iOS 17.2)`. The iPad's system is called iPadOS from 13 on.
fn name_of(device: &Device) -> String {
    let model = device.model.as_deref().unwrap_or_default();
    let kind = ["iPhone", "iPad", "iPod"].into_iter().find(|kind| model.starts_with(kind));
    let is_ipados = kind == Some("iPad") && major(device).is_some_and(|major| major >= 13);
    let system = if is_ipados { "iPadOS" } else { "iOS" };
    match (kind, &device.version) {
        (Some(kind), Some(version)) => format!("Mail ({kind}, {system} {version})"),
        (Some(kind), None) => format!("Mail ({kind})"),
        (None, Some(version)) => format!("Mail ({system} {version})"),
        (None, None) => CLIENT.name.to_owned(),
    }
}

fn major(device: &Device) -> Option<u32> {
    device.version.as_deref()?.split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_named_as_their_owners_know_them() {
        for (model, version, name) in [
            (Some("iPhone12,1"), Some("17.2"), "Mail (iPhone, iOS 17.2)"),
            (Some("iPad7,3"), Some("17.2"), "Mail (iPad, iPadOS 17.2)"),
            (Some("iPad7,3"), Some("12.5.7"), "Mail (iPad, iOS 12.5.7)"),
            (Some("iPod9,1"), None, "Mail (iPod)"),
            (None, Some("10.3"), "Mail (iOS 10.3)"),
            (Some("Watch1,1"), None, "Mail (iPhone, iPad)"),
        ] {
            let device =
                Device { name: None, model: model.map(str::to_owned), version: version.map(str::to_owned) };
            assert_eq!(name_of(&device), name);
        }
    }

    #[test]
    fn the_older_copy_comes_last() {
        let file = |relative: &str| Payload { relative: format!("{FOLDER}{relative}"), path: String::new() };
        let files = [
            file("VerifiedBackup/Accounts3.sqlite"),
            file("Accounts3.sqlite"),
            file("Accounts3.sqlite-wal"),
            file("Accounts4.sqlite"),
            file("DataclassOwnersBackup/Accounts3.sqlite"),
        ];
        let order: Vec<&Payload> = stores(&files).into_iter().collect();
        assert_eq!(order, [&files[3], &files[1], &files[0]]);
    }
}
