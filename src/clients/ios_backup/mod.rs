//! Backups of iPhones and iPads on a PC or Mac: where they lie, which device they are of, and what is in them.
//!
//! The layout from iOS 10 on: Manifest.db (SQLite) lists the files with their domains; the content of each lies in
//! `<first two digits>/<fileID>`, where `fileID` is SHA-1 of `domain-relativePath` (MVT, docs/ios/backup; recomputed on
//! the manifest of an iOS 14.3 backup). An encrypted backup encrypts both.

mod files;
mod settings;

pub use files::{ACCOUNTS, MANIFEST_DB, PROFILES, Wanted};
pub use settings::{BACKUP, INFO_PLIST, MANIFEST_PLIST, STATUS_PLIST};

use super::settings::Settings;
use crate::formats::facts::Fact;
use crate::model::{InUse, IssueKind, Text};
use crate::source::database::Database;
use crate::source::{FileRule, Problem, User};
use files::{Listed, is_id, select};
use settings::{
    DATE, DEVICE_NAME, DISPLAY_NAME, IS_ENCRYPTED, LAST_DATE, LOCKDOWN_NAME, LOCKDOWN_TYPE, LOCKDOWN_UNIQUE,
    LOCKDOWN_VERSION, OLD_MANIFEST, PRODUCT_TYPE, PRODUCT_VERSION, STATE, TARGET, UNIQUE, read_list,
};

/// Where iTunes, the Apple Devices app and the Finder keep backups (MVT, docs/ios/backup/itunes.md), each in a folder
/// named with the device's identifier.
pub const FOLDERS: [&str; 3] = [
    r"%APPDATA%\Apple Computer\MobileSync\Backup",
    r"%USERPROFILE%\Apple\MobileSync\Backup",
    "~/Library/Application Support/MobileSync/Backup",
];
/// Files at the top of a backup; any of them makes a folder one.
const MARKS: [&str; 5] = [MANIFEST_DB.id, OLD_MANIFEST, MANIFEST_PLIST.id, INFO_PLIST.id, STATUS_PLIST.id];

/// What a backup was made of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Device {
    /// The name that its owner gave it.
    pub name: Option<String>,
    /// `iPhone12,1`, `iPad7,3` …
    pub model: Option<String>,
    /// The version of iOS or iPadOS.
    pub version: Option<String>,
}

/// A backup, not opened yet.
#[derive(Debug)]
pub struct Backup {
    /// Its folder, for `User::read`.
    pub path: String,
    /// What it was made of.
    pub device: Device,
    /// When, as `2024-05-01T09:00:00Z`.
    pub date: Option<String>,
    /// Yes for the newest of a device, no for its older ones, unknown for one that was put into the archive.
    pub in_use: InUse,
    /// The device's identifier, with the date for all but its newest backup: part of a finding's id.
    pub store: String,
    /// The device's identifier.
    pub udid: String,
    is_archived: bool,
    list: List,
}

/// What kind of list of files there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    /// Manifest.db of iOS 10 and later.
    Database,
    /// Manifest.mbdb of iOS 5 to 9.
    Old,
    /// None: the backup was not finished.
    Missing,
    /// Whatever there is, it is encrypted.
    Encrypted,
}

/// An open backup: the list of its files.
pub struct Manifest {
    folder: String,
    place: String,
    database: Database,
}

/// A file in a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// Its path on the device, relative to the domain.
    pub relative: String,
    /// Where its content lies, for `User::read`.
    pub path: String,
}

/// All backups of a user, in the usual places and by PATH, the newest of each device first. What can't be looked at
/// goes to `problems`.
pub fn find(user: &User, problems: &mut Vec<Problem>) -> Vec<Backup> {
    let given = user.given_of(&BACKUP);
    let mut folders: Vec<String> = given.map(|given| given.path.clone()).collect();
    for place in FOLDERS {
        match user.list(place) {
            Ok(entries) => {
                let separator = if place.starts_with('~') { '/' } else { '\\' };
                let names = entries.into_iter().flatten().filter(|entry| entry.is_folder);
                folders.extend(names.map(|entry| format!("{place}{separator}{}", entry.name)));
            }
            Err(problem) => problems.push(problem),
        }
    }
    let mut backups: Vec<Backup> =
        folders.into_iter().filter_map(|folder| Backup::at(folder, user, problems)).collect();
    rank(&mut backups);
    backups
}

/// Of several backups of a device only the newest says how it is set up today.
fn rank(backups: &mut [Backup]) {
    backups.sort_by(|a, b| {
        let age = |backup: &Backup| (backup.date.clone(), !backup.is_archived);
        (&a.udid, age(b)).cmp(&(&b.udid, age(a)))
    });
    let mut last: Option<String> = None;
    for backup in backups {
        backup.in_use = match (last.as_ref() == Some(&backup.udid), backup.is_archived) {
            (true, _) => InUse::No,
            (false, true) => InUse::Unknown,
            (false, false) => InUse::Yes,
        };
        backup.store.clone_from(&backup.udid);
        if backup.in_use == InUse::No {
            let date = backup.date.as_ref().unwrap_or(&backup.path);
            backup.store = format!("{}@{date}", backup.udid);
        }
        last = Some(backup.udid.clone());
    }
}

impl Backup {
    /// The backup in a folder, if there is one.
    fn at(path: String, user: &User, problems: &mut Vec<Problem>) -> Option<Self> {
        let names: Vec<String> = match user.list(&path) {
            Ok(entries) => entries?.into_iter().map(|entry| entry.name).collect(),
            Err(problem) => {
                problems.push(problem);
                return None;
            }
        };
        let has = |name: &str| names.iter().any(|known| known == name);
        if !MARKS.iter().any(|name| has(name)) {
            return None;
        }
        let mut list = |rule: &'static FileRule| {
            let read = if has(rule.id) { read_plist(&path, rule, user) } else { Ok(None) };
            let read = read.unwrap_or_else(|problem| {
                problems.push(problem);
                None
            });
            read.unwrap_or_default()
        };
        let ((info, _), (manifest, lockdown), (status, _)) =
            (list(&INFO_PLIST), list(&MANIFEST_PLIST), list(&STATUS_PLIST));
        let state = text(&status, STATE).filter(|state| state != "finished");
        // Without a list of files, opening it says so.
        if let Some(state) = state.filter(|_| has(MANIFEST_DB.id)) {
            problems.push(unfinished(user.place(&path), &state));
        }
        let either = |one, two| text(&info, one).or_else(|| text(&lockdown, two));
        let folder = if path == "%GIVEN%" { user.given_folder() } else { path.clone() };
        let folder = folder.rsplit(['\\', '/']).next().unwrap_or_default().to_lowercase();
        let plain = without_date(&folder);
        let udid = text(&info, TARGET)
            .or_else(|| either(UNIQUE, LOCKDOWN_UNIQUE))
            .unwrap_or_else(|| plain.unwrap_or(&folder).to_owned());
        let is_encrypted = manifest.peek_number(IS_ENCRYPTED).map(|switch| switch != 0);
        Some(Self {
            device: Device {
                name: either(DEVICE_NAME, LOCKDOWN_NAME).or_else(|| text(&info, DISPLAY_NAME)),
                model: either(PRODUCT_TYPE, LOCKDOWN_TYPE),
                version: either(PRODUCT_VERSION, LOCKDOWN_VERSION),
            },
            date: text(&info, LAST_DATE).or_else(|| text(&manifest, DATE)),
            in_use: InUse::Unknown,
            store: String::new(),
            udid: udid.to_lowercase(),
            is_archived: plain.is_some(),
            list: match is_encrypted {
                _ if !has(MANIFEST_DB.id) && has(OLD_MANIFEST) => List::Old,
                Some(true) => List::Encrypted,
                _ if has(MANIFEST_DB.id) => List::Database,
                _ => List::Missing,
            },
            path,
        })
    }

    /// The list of its files, or why it can't be read and how to go on.
    pub fn open(&self, user: &User) -> Result<Manifest, Problem> {
        let place = user.place(&self.path);
        match self.list {
            List::Encrypted => Err(encrypted(place, &self.device)),
            List::Old => Err(old(place)),
            List::Missing => Err(unfinished(place, MANIFEST_DB.id)),
            List::Database => {
                let manifest = join(&self.path, MANIFEST_DB.id);
                let opened =
                    user.database(&manifest, &MANIFEST_DB).map_err(|problem| match problem.kind {
                        IssueKind::Encrypted => encrypted(place.clone(), &self.device),
                        _ => problem,
                    })?;
                let database = opened.ok_or_else(|| unfinished(place, MANIFEST_DB.id))?;
                Ok(Manifest { folder: self.path.clone(), place: user.place(&manifest), database })
            }
        }
    }

    /// Where the content of a file lies whose `fileID` is known.
    pub fn payload(&self, id: &str) -> Option<String> {
        payload(&self.path, id)
    }
}

impl Manifest {
    /// The files that are looked for.
    pub fn files(&self, wanted: &Wanted) -> Result<Vec<Payload>, Problem> {
        let listed = select(&self.database, wanted).map_err(|error| Problem::database(&self.place, error))?;
        let Some(listed) = listed else {
            return Err(Problem::malformed(
                &self.place,
                &Text::fixed("ファイルの一覧がありません", "it holds no list of files"),
            ));
        };
        let payload = |file: Listed| {
            let path = payload(&self.folder, &file.id).filter(|_| file.is_file())?;
            Some(Payload { path, relative: file.relative })
        };
        Ok(listed.into_iter().filter_map(payload).collect())
    }
}

fn payload(folder: &str, id: &str) -> Option<String> {
    let start = id.get(..2).filter(|_| is_id(id))?;
    Some(join(&join(folder, start), id))
}

fn join(folder: &str, name: &str) -> String {
    format!("{folder}{}{name}", if folder.starts_with('~') { '/' } else { '\\' })
}

fn read_plist(
    folder: &str,
    rule: &'static FileRule,
    user: &User,
) -> Result<Option<(Settings, Settings)>, Problem> {
    let path = join(folder, rule.id);
    let Some(content) = user.read(&path, rule)? else { return Ok(None) };
    let place = user.place(&path);
    read_list(&content, &place).map(Some).map_err(|error| {
        let detail = Text::new("プロパティリストが壊れています", error.to_string());
        Problem::malformed(place, &detail)
    })
}

fn text(settings: &Settings, fact: Fact) -> Option<String> {
    settings.peek_text(fact).map(str::to_owned)
}

/// The name without the `-yyyymmdd-hhmmss` of a backup that was put into the archive (theiphonewiki, ITunes Backup).
fn without_date(name: &str) -> Option<&str> {
    let (rest, time) = name.rsplit_once('-')?;
    let (rest, day) = rest.rsplit_once('-')?;
    let digits = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    (digits(day, 8) && digits(time, 6)).then_some(rest)
}

fn encrypted(place: String, device: &Device) -> Problem {
    let name = device.name.as_deref().unwrap_or("iPhone / iPad");
    Problem::new(
        IssueKind::Encrypted,
        place,
        Text::new(
            format!(
                "「{name}」のバックアップは暗号化されているため、読み取れません。iTunes、Apple デバイス、または Finder で [ローカルのバックアップを暗号化] を外してもう一度バックアップするか、smtp-auth-audit ask ios-mail で確認してください。"
            ),
            format!(
                "the backup of \"{name}\" is encrypted: make another one without [Encrypt local backup] (iTunes, Apple Devices or Finder), or check with smtp-auth-audit ask ios-mail"
            ),
        ),
    )
}

fn old(place: String) -> Problem {
    Problem::new(
        IssueKind::Io,
        place,
        Text::fixed(
            "iOS 9 以前のバックアップ (Manifest.mbdb) には対応していません。smtp-auth-audit ask ios-mail で確認してください。",
            "backups of iOS 9 and earlier (Manifest.mbdb) are not supported: check with smtp-auth-audit ask ios-mail",
        ),
    )
}

/// `finished` is what a completed one says (libimobiledevice, tools/idevicebackup2.c).
fn unfinished(place: String, what: &str) -> Problem {
    Problem::new(
        IssueKind::Io,
        place,
        Text::new(
            format!("バックアップが完了していません({what})。もう一度バックアップしてください。"),
            format!("the backup was not finished ({what}): make it again"),
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_archived_backup_has_a_date_in_its_name() {
        for (name, plain) in [
            ("00008101-001a2b3c4d5e6f70-20240501-093000", Some("00008101-001a2b3c4d5e6f70")),
            ("00008101-001a2b3c4d5e6f70", None),
            ("943624fd13e27b800cc6d9ce1100c22356ee365c", None),
            ("x-2024050-093000", None),
        ] {
            assert_eq!(without_date(name), plain, "{name}");
        }
    }

    #[test]
    fn an_id_that_is_none_leads_nowhere() {
        assert_eq!(payload("%GIVEN%", "../../etc/passwd"), None);
        assert_eq!(payload("%GIVEN%", &"あ".repeat(20)), None);
        let id = "943624fd13e27b800cc6d9ce1100c22356ee365c";
        assert_eq!(payload("~/b", id), Some(format!("~/b/94/{id}")));
    }
}
