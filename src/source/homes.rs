//! Homes: what makes a folder one, and the user whose it is.

use super::asked::name_of_drives;
use super::computer::{MAX_HIVE, file_name};
use super::files::{Files, leads_out};
use super::known_folders::learn_folders;
use super::problem::Problem;
use super::store::Store;
use super::system::{is_link, list_folder, look, real};
use super::user::User;
use crate::model::{IssueKind, Text};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

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

/// What the system or a mail client puts into homes. A folder that is a link doesn't count: Windows leaves some
/// (`Application Data`) in folders that are none.
#[derive(Default, Clone, Copy)]
pub(super) struct Marks {
    /// Those of Windows.
    pub(super) windows: bool,
    /// Those of Unix in general.
    pub(super) unix: bool,
    /// `Library` of macOS, which its disks have at their top too.
    pub(super) library: bool,
}

impl Marks {
    pub(super) fn of(folder: &Path) -> Self {
        let mut marks = Self::default();
        for entry in list_folder(folder).unwrap_or_default() {
            let is_link = || is_link(&folder.join(&entry.name));
            match (entry.name.to_lowercase().as_str(), entry.is_folder) {
                ("appdata" | "application data" | "local settings", true) => marks.windows |= !is_link(),
                ("ntuser.dat", false) => marks.windows = true,
                ("library", true) => marks.library |= !is_link(),
                (
                    ".thunderbird"
                    | ".mozilla-thunderbird"
                    | ".icedove"
                    | ".mozilla"
                    | ".config"
                    | ".var"
                    | ".sylpheed-2.0"
                    | ".sylpheed"
                    | ".claws-mail"
                    | ".sylpheed-claws"
                    | ".sylpheed-gtk2"
                    | ".balsa"
                    | ".opera"
                    | ".kde"
                    | ".kde4",
                    true,
                ) => marks.unix |= !is_link(),
                (".bashrc" | ".profile" | ".zshrc" | ".msmtprc", false) => marks.unix = true,
                _ => {}
            }
        }
        marks
    }

    pub(super) fn any(self) -> bool {
        self.windows || self.unix || self.library
    }
}

/// A folder is somebody's home if anything marks it as one.
pub(super) fn is_home(folder: &Path) -> bool {
    Marks::of(folder).any()
}

/// A home among others, and why it can't be looked into.
pub(super) struct Member {
    pub(super) home: PathBuf,
    pub(super) problem: Option<Problem>,
}

/// The homes in a folder, each once: every folder that is not known to be nobody's, and links to other homes within
/// `bounds`. `seen` holds the real paths of those that were met before.
pub(super) fn members(
    parent: &Path,
    bounds: &Path,
    seen: &mut HashSet<PathBuf>,
) -> Result<Vec<Member>, Problem> {
    let entries = list_folder(parent)?;
    // What was collected from a home's disks lies beside it.
    let drives: HashSet<String> = entries.iter().map(|entry| name_of_drives(&entry.name)).collect();
    let entries =
        entries.into_iter().filter(|entry| !is_nobody(&entry.name) && !drives.contains(&entry.name));
    let (links, others): (Vec<_>, Vec<_>) =
        entries.map(|entry| (parent.join(&entry.name), entry.is_folder)).partition(|(path, _)| is_link(path));
    let mut found = Vec::new();
    for (home, _) in others.into_iter().filter(|(_, is_folder)| *is_folder) {
        if seen.insert(real(&home).unwrap_or_else(|_| home.clone())) {
            found.push(Member { problem: list_folder(&home).err(), home });
        }
    }
    for (home, _) in links {
        if look(&home).is_ok_and(|found| found.is_some_and(|found| !found.is_dir())) {
            continue;
        }
        match target_within(&home, bounds) {
            Some(target) if is_home(&target) && seen.insert(target.clone()) => {
                found.push(Member { home, problem: None });
            }
            Some(_) => {}
            None => found.push(Member { problem: Some(leads_out(home.display().to_string())), home }),
        }
    }
    Ok(found)
}

/// Where a link really leads; `None` if out of `bounds`, or nowhere.
pub(super) fn target_within(link: &Path, bounds: &Path) -> Option<PathBuf> {
    let target = real(link).ok()?;
    target.starts_with(real(bounds).ok()?).then_some(target)
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
