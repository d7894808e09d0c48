//! What a file is, by its content and by what the clients' rows say of their files: names lie, and technicians rename.

use super::hive::Hive;
use super::problem::Problem;
use super::regfile;
use super::rules::{FileRule, Looks, Rules, Sample, fits};
use super::strange::strange;
use super::system::{MAX_FILE, open_file, read_file, read_start};
use crate::formats::encodings::decode;
use std::path::Path;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognised {
    /// A registry hive.
    Hive,
    /// A `.reg` export.
    Export,
    /// A client's own file.
    File(&'static FileRule),
}

/// The first bytes of a database (sqlite.org/fileformat2.html, 1.3).
const SQLITE: &[u8] = b"SQLite format 3\0";
/// How much of a file is looked at to recognise it, in bytes.
pub(super) const HEAD: u64 = 64 << 10;

/// What a file is; `None` if it is nothing that this program reads.
pub fn recognise(bytes: &[u8], rules: Rules) -> Option<Recognised> {
    let head = usize::try_from(HEAD).ok().and_then(|length| bytes.get(..length)).unwrap_or(bytes);
    if Hive::looks_like(head) {
        return Some(Recognised::Hive);
    }
    if regfile::looks_like(head) {
        return Some(Recognised::Export);
    }
    // One line of settings in a mail or an archive makes no settings file of it.
    if strange(head).is_some() {
        return None;
    }
    let text = text_of(head);
    let sample = Sample { bytes, head, text: &text, is_database: head.starts_with(SQLITE) };
    among(&sample, rules).map(Recognised::File)
}

fn among(sample: &Sample, rules: Rules) -> Option<&'static FileRule> {
    rules.iter().copied().find(|rule| match rule.looks {
        Looks::Content(looks) | Looks::Stream(looks) => looks(sample),
        Looks::Folder(_) | Looks::Unlike => false,
    })
}

/// The text of a file's beginning without the NULs at its end, which a PC that lost its power leaves; empty where it is
/// none.
fn text_of(head: &[u8]) -> String {
    let has_mark = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]);
    if has_mark || is_utf16(head) {
        return decode(head);
    }
    let length = head.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let text = head.get(..length).unwrap_or(head);
    if text.contains(&0) { String::new() } else { decode(text) }
}

/// UTF-16LE without a byte order mark begins with an ASCII character and a NUL.
fn is_utf16(head: &[u8]) -> bool {
    matches!(head, [first, 0, ..] if first.is_ascii_graphic())
}

/// The content of a file that may be anything. Of one that is read as a stream, or by its blocks, and may be larger than
/// what is read at once, only the beginning.
pub(super) fn read_unknown(path: &Path, limit: u64, rules: Rules) -> Result<Vec<u8>, Problem> {
    let head = read_start(open_file(path)?, path.display().to_string(), HEAD)?;
    let is_read_by_parts = matches!(
        recognise(&head, rules),
        Some(Recognised::Hive | Recognised::File(FileRule { looks: Looks::Stream(_), .. }))
    );
    if is_read_by_parts { Ok(head) } else { read_file(path, limit) }
}

/// What a file on this computer is. All of a new database may still stand in its write-ahead log.
pub(super) fn recognise_at(path: &Path, bytes: &[u8], rules: Rules) -> Option<Recognised> {
    recognise(bytes, rules).or_else(|| {
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let wal = bytes.starts_with(SQLITE).then(|| read_file(Path::new(&log), MAX_FILE).ok())??;
        let sample = Sample { bytes: &wal, head: &[], text: "", is_database: true };
        among(&sample, rules).map(Recognised::File)
    })
}

/// True if a file of this name may be one that is read wherever it lies.
pub(super) fn has_telling_name(name: &str, rules: Rules) -> bool {
    let mut patterns = rules.iter().filter(|rule| rule.is_told_by_content()).flat_map(|rule| rule.names);
    patterns.any(|pattern| fits(name, pattern))
}

/// `.reg`, in lower case.
pub fn is_export_name(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "reg")
}

/// NTUSER.DAT and files named `.hive` or `.dat`, in lower case.
pub fn is_hive_name(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "dat" || extension == "hive")
}
