//! The known folders of Windows that settings lie in, and where a user has moved them.

use super::registry::Value;
use super::rules::KeyRule;
use super::user::User;
use crate::formats::facts::fact;
use crate::formats::kinds::Kind;

/// Where Explorer keeps the places of the known folders, below HKCU.
pub(super) const SHELL_FOLDERS: &str =
    r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";
/// The known folders that settings lie in; SHGetKnownFolderPath (learn.microsoft.com, KNOWNFOLDERID).
pub(super) static SHELL_FOLDERS_KEY: KeyRule = KeyRule {
    id: "User Shell Folders",
    facts: &[
        fact("AppData", Kind::Path, "below the home", ""),
        fact("Local AppData", Kind::Path, "below the home", ""),
        fact("Personal", Kind::Path, "below the home", ""),
    ],
    is_entry: |_| false,
    copy: None,
};
/// Known folders that were moved are written in the user's registry.
pub(super) fn learn_folders(user: &mut User) {
    let Ok(Some(key)) = user.key(&format!("HKCU\\{SHELL_FOLDERS}"), &SHELL_FOLDERS_KEY) else { return };
    user.files.shell_folders = key
        .values
        .into_iter()
        .filter_map(|(name, value)| match value {
            Value::Text(text) => Some((name, text)),
            _ => None,
        })
        .collect();
}
