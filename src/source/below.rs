//! Places below a folder, and what the names on the way there say.

use super::asked::EXPORT_NAME;
use super::names::to_text;
use std::path::Path;

/// The place below a folder, with `/`.
pub(super) fn relative(path: &Path, base: &Path) -> String {
    let below = path.strip_prefix(base).unwrap_or(path);
    below.components().map(|part| to_text(part.as_os_str())).collect::<Vec<_>>().join("/")
}

/// The place of registry files: what they are called without the ending that tells their kind, and nothing for the name that
/// is given to those that are collected.
pub(super) fn place_of_registry(path: &Path, base: &Path) -> String {
    let place = relative(&path.with_extension(""), base);
    let own = EXPORT_NAME.trim_end_matches(".reg");
    match place.strip_suffix(own) {
        Some(above) if above.is_empty() || above.ends_with('/') => above.trim_end_matches('/').to_owned(),
        _ => place,
    }
}

/// The path for `User::read`.
pub(super) fn asked_as(path: &Path, base: &Path) -> String {
    match relative(path, base).as_str() {
        "" => "%GIVEN%".to_owned(),
        below => format!("%GIVEN%\\{}", below.replace('/', "\\")),
    }
}

/// `taro.V6`, `profile.V2`: what a server keeps of a roaming profile.
pub(super) fn is_roaming(name: &str) -> bool {
    let version = name.rsplit_once(['.']).map(|(_, version)| version.to_ascii_lowercase());
    version.is_some_and(|version| {
        version
            .strip_prefix('v')
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// What Setup and file systems keep of an earlier state.
pub(super) fn is_of_former_system(relative: &str) -> bool {
    relative.split('/').any(|part| {
        let part = part.to_lowercase();
        part.starts_with("windows.old")
            || part.starts_with("@gmt-")
            || [".snapshots", ".snapshot", "backups.backupdb"].contains(&part.as_str())
    })
}
