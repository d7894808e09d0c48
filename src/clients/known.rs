//! What all clients say of files and folders.

use super::{CLIENTS, others};
use crate::source::FileRule;
use crate::source::rules::Known;

/// The files of all clients.
pub fn files() -> Vec<&'static FileRule> {
    CLIENTS.iter().flat_map(|client| client.files).copied().collect()
}

/// What all clients say of files and folders.
pub fn known() -> Known {
    let places = || CLIENTS.iter().flat_map(|client| client.places);
    let tops = places().filter_map(|place| place.strip_prefix("~/")?.split('/').next());
    let files_of_profiles = places()
        .filter_map(|place| place.strip_prefix(r"%USERPROFILE%\").filter(|rest| !rest.contains('\\')));
    Known {
        files: files(),
        folders: CLIENTS.iter().flat_map(|client| client.folders).collect(),
        marks: tops.filter(|top| top.starts_with('.')).chain(files_of_profiles).collect(),
        stores: places().flat_map(|place| stores_of(place)).collect(),
        others: others::OTHERS,
    }
}

/// The folders of a place that are a client's: not those that hold all programs' settings.
fn stores_of(place: &str) -> Vec<String> {
    const SHARED: [&str; 29] = [
        "microsoft",
        "documents",
        "library",
        "preferences",
        "application support",
        "config",
        ".config",
        ".local",
        ".var",
        "app",
        "share",
        "local",
        "appdata",
        "roaming",
        "users",
        "containers",
        "data",
        "packages",
        "accounts",
        "etc",
        "program files",
        "kde",
        "usr",
        "opt",
        "homebrew",
        "cellar",
        "msys64",
        "ucrt64",
        "mingw64",
    ];
    if place.starts_with("HK") {
        return Vec::new();
    }
    let parts: Vec<&str> = place.split(['\\', '/']).skip(1).collect();
    let folders = parts.split_last().map_or(&[][..], |(_, folders)| folders);
    let names = folders.iter().map(|name| name.to_lowercase());
    names.filter(|name| !name.contains(['*', '%', '<']) && !SHARED.contains(&name.as_str())).collect()
}
