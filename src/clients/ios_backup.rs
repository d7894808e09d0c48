//! Backups of iPhones and iPads on a PC or Mac: where they lie, which device they are of, and what is in them.
//!
//! The layout from iOS 10 on: Manifest.db (SQLite) lists the files with their domains; the content of each lies in
//! `<first two digits>/<fileID>`, where `fileID` is SHA-1 of `domain-relativePath` (MVT, docs/ios/backup; recomputed on
//! the manifest of an iOS 14.3 backup). An encrypted backup encrypts both.

use crate::formats::plist::{Tree, parse};
use crate::model::{InUse, IssueKind, Text};
use crate::source::database::{Cell, Database};
use crate::source::recognise::FileKind;
use crate::source::rules::UNLISTED;
use crate::source::{Problem, User};

/// Where iTunes, the Apple Devices app and the Finder keep backups (MVT, docs/ios/backup/itunes.md), each in a folder
/// named with the device's identifier.
pub const FOLDERS: [&str; 3] = [
    r"%APPDATA%\Apple Computer\MobileSync\Backup",
    r"%USERPROFILE%\Apple\MobileSync\Backup",
    "~/Library/Application Support/MobileSync/Backup",
];
/// Files at the top of a backup; any of them makes a folder one.
const MARKS: [&str; 5] = ["Manifest.db", "Manifest.mbdb", "Manifest.plist", "Info.plist", "Status.plist"];
/// The files of the manifest that are of this kind; others are folders (2) and links (4).
const IS_FILE: i64 = 1;

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
    let given = user.given.iter().filter(|given| given.kind == FileKind::IosBackup);
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
        let mut list = |name: &str| {
            let tree = if has(name) { read_plist(&join(&path, name), user) } else { Ok(None) };
            tree.unwrap_or_else(|problem| {
                problems.push(problem);
                None
            })
        };
        let (info, manifest, status) = (list("Info.plist"), list("Manifest.plist"), list("Status.plist"));
        let state = text(status.as_ref(), "SnapshotState").filter(|state| state != "finished");
        // Without a list of files, opening it says so.
        if let Some(state) = state.filter(|_| has("Manifest.db")) {
            problems.push(unfinished(user.place(&path), &state));
        }
        let lockdown = manifest.as_ref().and_then(|manifest| manifest.get("Lockdown"));
        let either = |one, two| text(info.as_ref(), one).or_else(|| text(lockdown, two));
        let folder = if path == "%GIVEN%" { user.given_folder() } else { path.clone() };
        let folder = folder.rsplit(['\\', '/']).next().unwrap_or_default().to_lowercase();
        let plain = without_date(&folder);
        let udid = text(info.as_ref(), "Target Identifier")
            .or_else(|| either("Unique Identifier", "UniqueDeviceID"))
            .unwrap_or_else(|| plain.unwrap_or(&folder).to_owned());
        let is_encrypted =
            manifest.as_ref().and_then(|tree| tree.get("IsEncrypted")).and_then(Tree::apple_bool);
        Some(Self {
            device: Device {
                name: either("Device Name", "DeviceName").or_else(|| text(info.as_ref(), "Display Name")),
                model: either("Product Type", "ProductType"),
                version: either("Product Version", "ProductVersion"),
            },
            date: text(info.as_ref(), "Last Backup Date").or_else(|| text(manifest.as_ref(), "Date")),
            in_use: InUse::Unknown,
            store: String::new(),
            udid: udid.to_lowercase(),
            is_archived: plain.is_some(),
            list: match is_encrypted {
                _ if !has("Manifest.db") && has("Manifest.mbdb") => List::Old,
                Some(true) => List::Encrypted,
                _ if has("Manifest.db") => List::Database,
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
            List::Missing => Err(unfinished(place, "Manifest.db")),
            List::Database => {
                let manifest = join(&self.path, "Manifest.db");
                let opened = user.database(&manifest, &UNLISTED).map_err(|problem| match problem.kind {
                    IssueKind::Encrypted => encrypted(place.clone(), &self.device),
                    _ => problem,
                })?;
                let database = opened.ok_or_else(|| unfinished(place, "Manifest.db"))?;
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
    /// The files of a domain whose paths begin so.
    pub fn files(&self, domain: &str, start: &str) -> Result<Vec<Payload>, Problem> {
        let columns = ["fileID", "relativePath", "flags"];
        let problem = |error| Problem::database(&self.place, error);
        if self.database.columns("Files").map_err(problem)?.is_none() {
            return Err(Problem::malformed(
                &self.place,
                &Text::fixed("ファイルの一覧がありません", "it holds no list of files"),
            ));
        }
        let rows = self.database.rows_where("Files", &columns, ("domain", domain), ("relativePath", start));
        let rows = rows.map_err(problem)?;
        let files = rows.iter().filter_map(|row| {
            let is_file = row.get(2).and_then(Cell::integer).is_none_or(|flags| flags == IS_FILE);
            let path = payload(&self.folder, row.first()?.text().filter(|_| is_file)?)?;
            Some(Payload { relative: row.get(1)?.text()?.to_owned(), path })
        });
        Ok(files.collect())
    }
}

/// An id is nothing but hexadecimal digits: it becomes a path.
fn payload(folder: &str, id: &str) -> Option<String> {
    let is_id = id.len() == 40 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    let start = id.get(..2).filter(|_| is_id)?;
    Some(join(&join(folder, start), id))
}

fn join(folder: &str, name: &str) -> String {
    format!("{folder}{}{name}", if folder.starts_with('~') { '/' } else { '\\' })
}

fn read_plist(path: &str, user: &User) -> Result<Option<Tree>, Problem> {
    let Some(bytes) = user.read(path, &UNLISTED)? else { return Ok(None) };
    parse(&bytes).map(Some).map_err(|error| {
        let detail = Text::new("プロパティリストが壊れています", error.to_string());
        Problem::malformed(user.place(path), &detail)
    })
}

fn text(tree: Option<&Tree>, name: &str) -> Option<String> {
    match tree?.get(name)? {
        Tree::Text(text) | Tree::Date(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    }
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
