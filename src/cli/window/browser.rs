//! The page for the browser: in a fresh folder that nobody but the user may read.
//!
//! It stays when the program ends. A browser that is still starting, that has put the page aside or that is told to load it
//! again would find nothing; and a window that is closed by its cross ends the program without asking. So what lies there
//! for a day is removed when the next page is opened.

#![expect(clippy::disallowed_methods, reason = "a folder that the program itself has made")]

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

const PREFIX: &str = "smtp-auth-audit-page-";
/// Hex digits behind it.
const DIGITS: usize = 16;
const PAGE: &str = "smtp-auth-audit.html";
/// Longer than anybody looks at it.
const KEPT: Duration = Duration::from_secs(24 * 60 * 60);

/// Writes the page into a folder of its own below this one.
pub(super) fn write(page: &str, around: &Path) -> io::Result<PathBuf> {
    let mut number = [0_u8; DIGITS / 2];
    getrandom::fill(&mut number).map_err(|error| io::Error::other(error.to_string()))?;
    let folder = around.join(format!("{PREFIX}{:016x}", u64::from_ne_bytes(number)));
    // Fails where something of that name is there.
    make_private_folder(&folder)?;
    let path = folder.join(PAGE);
    OpenOptions::new().write(true).create_new(true).open(&path)?.write_all(page.as_bytes())?;
    Ok(path)
}

/// Removes the folders that an earlier run left. What can't be removed stays for the next time.
pub(super) fn remove_old(around: &Path, now: SystemTime) {
    let Ok(entries) = fs::read_dir(around) else { return };
    for folder in entries.flatten().filter(|entry| is_own(&entry.file_name().to_string_lossy())) {
        let age = folder.metadata().and_then(|found| found.modified()).map(|made| now.duration_since(made));
        if matches!(age, Ok(Ok(age)) if age > KEPT) {
            // Only what was written: a folder that holds anything else is not empty then, and a link is no folder.
            let _ = fs::remove_file(folder.path().join(PAGE));
            let _ = fs::remove_dir(folder.path());
        }
    }
}

fn is_own(name: &str) -> bool {
    let digits = name.strip_prefix(PREFIX).unwrap_or_default();
    digits.len() == DIGITS && digits.chars().all(|digit| digit.is_ascii_hexdigit())
}

#[cfg(windows)]
fn make_private_folder(path: &Path) -> io::Result<()> {
    crate::source::win::shell::make_private_folder(path)
}

#[cfg(not(windows))]
fn make_private_folder(path: &Path) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
