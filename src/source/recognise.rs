//! What a file is, by its content: names lie, and technicians rename.

use super::hive::Hive;
use super::problem::Problem;
use super::regfile;
use super::system::{MAX_FILE, list_folder, look, read_file};
use crate::formats::encodings::decode;
use crate::formats::ini;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};

/// The kinds of file that hold accounts by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A registry hive.
    Hive,
    /// A `.reg` export.
    RegistryExport,
    /// prefs.js of Thunderbird and its relatives.
    PrefsJs,
    /// Mailbox.ini of Becky!.
    MailboxIni,
    /// `.oeaccount` of Windows Mail and Windows Live Mail.
    OeAccount,
    /// A property list of Apple Mail.
    ApplePlist,
    /// Accounts3.sqlite or Accounts4.sqlite of macOS.
    AppleAccounts,
}

/// The first bytes of a database (sqlite.org/fileformat2.html, 1.3).
const SQLITE: &[u8] = b"SQLite format 3\0";
/// How much of a file is looked at to recognise it, in bytes.
pub(super) const HEAD: u64 = 64 << 10;
/// Limits of the search through a folder that is no home: entries seen, and levels.
const MAX_SEEN: usize = 20_000;
const MAX_DEPTH: usize = 16;

/// What a file is; `None` if it is nothing that this program reads.
pub fn recognise(bytes: &[u8]) -> Option<FileKind> {
    let head = usize::try_from(HEAD).ok().and_then(|length| bytes.get(..length)).unwrap_or(bytes);
    if Hive::looks_like(head) {
        return Some(FileKind::Hive);
    }
    if head.starts_with(SQLITE) {
        // "ZACCOUNT" stands in the schema, which may lie behind the first pages
        return contains(bytes, b"ZACCOUNT").then_some(FileKind::AppleAccounts);
    }
    if head.starts_with(b"bplist") {
        return apple_mail_keys(bytes).then_some(FileKind::ApplePlist);
    }
    if regfile::looks_like(head) {
        return Some(FileKind::RegistryExport);
    }
    // A PC that lost its power leaves NULs at the end, where Thunderbird stops reading.
    if head.split(|b| *b == b'\n').any(|line| line.trim_ascii_start().starts_with(b"user_pref")) {
        return Some(FileKind::PrefsJs);
    }
    if head.contains(&0)
        && !head.starts_with(&[0xFF, 0xFE])
        && !head.starts_with(&[0xFE, 0xFF])
        && !utf16(head)
    {
        return None;
    }
    recognise_text(&decode(head), bytes)
}

fn recognise_text(text: &str, bytes: &[u8]) -> Option<FileKind> {
    if text.contains("<MessageAccount") {
        return Some(FileKind::OeAccount);
    }
    if text.contains("<plist") {
        return apple_mail_keys(bytes).then_some(FileKind::ApplePlist);
    }
    if text.lines().any(|line| line.trim_start().starts_with("user_pref")) {
        return Some(FileKind::PrefsJs);
    }
    // Other programs have an `SMTPServer`, too; Becky!'s other names beside it are its own.
    let ini = ini::parse(text);
    let is_becky = ini.sections().any(|section| {
        let has = |name: &str| section.entry(name).is_some();
        (has("SMTPServer") || has("MailServer")) && (has("MailAddress") || has("MailServer") || has("UserID"))
    });
    is_becky.then_some(FileKind::MailboxIni)
}

/// What a file on this computer is. All of a new database may still stand in its write-ahead log.
pub(super) fn recognise_at(path: &Path, bytes: &[u8]) -> Option<FileKind> {
    recognise(bytes).or_else(|| {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let is_new = bytes.starts_with(SQLITE)
            && read_file(Path::new(&log), MAX_FILE).is_ok_and(|wal| contains(&wal, b"ZACCOUNT"));
        is_new.then_some(FileKind::AppleAccounts)
    })
}

fn apple_mail_keys(bytes: &[u8]) -> bool {
    contains(bytes, b"MailAccounts") || contains(bytes, b"DeliveryAccounts")
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

/// UTF-16LE without a byte order mark begins with an ASCII character and a NUL.
fn utf16(head: &[u8]) -> bool {
    matches!(head, [first, 0, ..] if first.is_ascii_graphic())
}

/// The files below a folder that hold accounts by themselves, with their paths relative to it. Not registry files: below
/// the top they are somebody's backup of something.
pub fn search(folder: &Path) -> (Vec<(FileKind, PathBuf)>, Vec<Problem>) {
    let mut found = Vec::new();
    let mut problems = Vec::new();
    let mut seen = 0;
    let mut is_cut = false;
    // Level by level: where the limit cuts, what lies near the top was looked at.
    let mut waiting = VecDeque::from([(PathBuf::new(), 0)]);
    while let Some((relative, depth)) = waiting.pop_front() {
        let entries = match list_folder(&folder.join(&relative)) {
            Ok(entries) => entries,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        for entry in entries {
            let relative = relative.join(&entry.name);
            let path = folder.join(&relative);
            if path.is_symlink() {
                continue;
            }
            seen += 1;
            if seen > MAX_SEEN || (entry.is_folder && depth == MAX_DEPTH) {
                is_cut = true;
            } else if entry.is_folder {
                waiting.push_back((relative, depth + 1));
            } else if has_telling_name(&entry.name) {
                match recognise_file(&path) {
                    Ok(Some(kind)) => found.push((kind, relative)),
                    Ok(None) => {}
                    Err(problem) => problems.push(problem),
                }
            }
        }
        if seen > MAX_SEEN {
            break;
        }
    }
    if is_cut {
        problems.push(Problem::cut_short(folder.display().to_string(), MAX_SEEN, MAX_DEPTH));
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    (found, problems)
}

fn recognise_file(path: &Path) -> Result<Option<FileKind>, Problem> {
    if !look(path)?.is_some_and(|metadata| metadata.is_file()) {
        return Ok(None);
    }
    let kind = recognise_at(path, &read_file(path, MAX_FILE)?);
    Ok(kind.filter(|kind| !matches!(kind, FileKind::Hive | FileKind::RegistryExport)))
}

/// Only files that may be settings are opened in a search.
fn has_telling_name(name: &str) -> bool {
    let name = name.to_lowercase();
    let settings = [
        "prefs.js",
        "mailbox.ini",
        "accounts3.sqlite",
        "accounts4.sqlite",
        "com.apple.mail.plist",
        "accounts.plist",
    ];
    settings.contains(&name.as_str()) || name.ends_with(".oeaccount")
}

/// `.reg`, in lower case.
pub fn is_export_name(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "reg")
}

/// NTUSER.DAT and files named `.hive` or `.dat`, in lower case.
pub fn is_hive_name(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "dat" || extension == "hive")
}
