//! Homes: the user whose one is, and names that are nobody's.

use super::files::{Files, Shared};
use super::known_folders::learn_folders;
use super::names::file_name;
use super::problem::Problem;
use super::store::Store;
use super::user::User;
use crate::model::{IssueKind, Text};
use std::path::Path;
use std::sync::Arc;

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
    "system volume information",
];

/// SIDs of people: local and domain accounts, and those of Entra ID. Not Guest (501), DefaultAccount (503) and
/// WDAGUtilityAccount (504), as learn.microsoft.com, "Security identifiers", numbers them.
pub(super) fn is_person(sid: &str) -> bool {
    let sid = sid.to_ascii_uppercase();
    let is_built_in = ["-501", "-503", "-504"].iter().any(|rid| sid.ends_with(rid));
    (sid.starts_with("S-1-12-1-") || (sid.starts_with("S-1-5-21-") && !is_built_in))
        && sid.bytes().all(|b| b.is_ascii_digit() || b == b'-' || b == b'S')
}

/// Also what systems and network drives keep beside homes, `$RECYCLE.BIN` and `.snapshots` for example.
pub(super) fn is_nobody(name: &str) -> bool {
    NOBODY.contains(&name.to_lowercase().as_str()) || name.starts_with(['.', '$'])
}

/// A home on this computer or on a disk (`root`), with its registry hive if it has one.
pub(super) fn home_of(home: &Path, root: Option<&Path>, shared: &Arc<Shared>) -> User {
    let files =
        Files { root: root.map(Path::to_path_buf), shared: Some(Arc::clone(shared)), ..Files::of_home(home) };
    let mut user = User { name: files.home_name.clone(), files, ..User::default() };
    let hive = r"%USERPROFILE%\NTUSER.DAT";
    let mut side = Vec::new();
    let opened = Store::open_hive(&user.files, hive, &mut side);
    user.mention_all(side);
    match opened {
        Ok(store) => user.registry = store,
        Err(problem) => user.mention(problem),
    }
    learn_folders(&mut user);
    user
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

/// A home that somebody is known to have, and that is not there.
pub(super) fn absent(home: &Path) -> Problem {
    Problem::new(
        IssueKind::Io,
        home.display().to_string(),
        Text::fixed(
            "ユーザーのフォルダーがありません(移動プロファイルや FSLogix のディスクが接続されていない可能性があります)。",
            "the user's folder is not there (a roaming profile or an FSLogix disk may not be attached)",
        ),
    )
}
