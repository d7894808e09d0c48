//! Homes: what makes a folder one, and the user whose it is.

use super::User;
use super::files::Files;
use super::problem::Problem;
use super::registry::Value;
use super::store::Store;
use super::system::list_folder;
use super::users::{MAX_HIVE, file_name};
use std::path::Path;

/// Where Explorer keeps the places of the known folders, below HKCU.
const SHELL_FOLDERS: &str = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";
/// Folders beside the homes that belong to nobody who sends mail, in lower case.
const NOBODY: [&str; 13] = [
    "public",
    "default",
    "default user",
    "defaultuser0",
    "all users",
    "shared",
    "guest",
    "localservice",
    "networkservice",
    "systemprofile",
    "lost+found",
    "deleted users",
    ".localized",
];

/// SIDs of people: local and domain accounts, and those of Entra ID.
pub(super) fn is_person(sid: &str) -> bool {
    let sid = sid.to_ascii_uppercase();
    (sid.starts_with("S-1-5-21-") || sid.starts_with("S-1-12-1-"))
        && sid.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'S')
}

pub(super) fn is_nobody(name: &str) -> bool {
    NOBODY.contains(&name.to_lowercase().as_str())
}

/// A folder is somebody's home if it holds what the system or a mail client puts into homes.
pub(super) fn is_home(folder: &Path) -> bool {
    let Ok(entries) = list_folder(folder) else { return false };
    let folders = [
        "appdata",
        "application data",
        "local settings",
        "library",
        ".thunderbird",
        ".mozilla-thunderbird",
        ".icedove",
        ".mozilla",
        ".config",
        ".var",
    ];
    let files = ["ntuser.dat", ".bashrc", ".profile", ".zshrc"];
    entries.iter().any(|entry| {
        let name = entry.name.to_lowercase();
        if entry.is_folder { folders.contains(&name.as_str()) } else { files.contains(&name.as_str()) }
    })
}

/// A home on this computer or on a disk (`root`), with its registry hive if it has one.
pub(super) fn home_of(home: &Path, root: Option<&Path>) -> User {
    let files = Files { root: root.map(Path::to_path_buf), ..Files::of_home(home) };
    let mut user = User { name: files.home_name.clone(), files, ..User::default() };
    let hive = r"%USERPROFILE%\NTUSER.DAT";
    let mut side = Vec::new();
    let opened = match user.files.read(hive, MAX_HIVE) {
        Ok(Some(bytes)) => Store::open_hive(&user.files, hive, bytes, &mut side).map(Some),
        Ok(None) => Ok(None),
        Err(problem) => Err(problem),
    };
    user.mention_all(side);
    match opened {
        Ok(store) => user.registry = store,
        Err(problem) => user.mention(problem),
    }
    learn_folders(&mut user);
    user
}

/// Known folders that were moved are written in the user's registry.
pub(super) fn learn_folders(user: &mut User) {
    let Ok(Some(key)) = user.key(&format!("HKCU\\{SHELL_FOLDERS}")) else { return };
    user.files.shell_folders = key
        .values
        .into_iter()
        .filter_map(|(name, value)| match value {
            Value::Text(text) => Some((name, text)),
            _ => None,
        })
        .collect();
}

/// A user whose data could not be reached.
pub(super) fn unread(name: Option<String>, sid: Option<String>, problem: Problem) -> User {
    let user = User { name, sid, unread: true, ..User::default() };
    user.mention(problem);
    user
}

/// The user of a home that can't be looked into.
pub(super) fn unread_home(home: &Path, problem: Problem) -> User {
    let name = file_name(home);
    let files = Files { home: Some(home.to_path_buf()), home_name: name.clone(), ..Files::default() };
    User { files, ..unread(name, None, problem) }
}
