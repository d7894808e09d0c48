//! The users of a disk: Windows by its ProfileList and folders, macOS and others by their folders.

use super::computer::{Computer, MAX_HIVE, alone};
use super::files::{Files, leads_out};
use super::homes::{
    Marks, Member, home_of, is_home, is_nobody, is_person, members, target_within, unread, unread_home,
};
use super::problem::Problem;
use super::registry::Key;
use super::store::Store;
use super::system::{Entry, MAX_FILE, is_folder, is_link, is_there, list_folder, look, read_file};
use super::user::User;
use crate::formats::kinds;
use crate::formats::plist;
use crate::model::{IssueKind, Text};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// A user as the computer's ProfileList knows it.
pub(super) struct Profile {
    pub(super) sid: String,
    /// `C:\Users\taro`
    pub(super) path: String,
}

/// Where the homes lie, on Windows and macOS.
const PARENTS: [&str; 2] = ["Users", "Documents and Settings"];

/// True if the folder is the root of a disk. A home may have a folder of such a name too; what marks homes then tells
/// them apart, except for `Library`, which is at the top of a Mac's disk as well.
pub(super) fn is_root(folder: &Path, entries: &[Entry]) -> bool {
    let is_folder = |entry: &Entry| entry.is_folder || is_link(&folder.join(&entry.name));
    let has = |names: &[&str]| entries.iter().any(|e| is_one_of(&e.name, names) && is_folder(e));
    let marks = Marks::of(folder);
    !marks.windows
        && ((has(&PARENTS) && (!marks.unix || has(&["Windows", "WINNT", "System"]))) || is_linux(has))
}

fn is_linux(has: impl Fn(&[&str]) -> bool) -> bool {
    has(&["home"]) && has(&["etc"]) && has(&["usr"])
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The users of the disk whose root is `root`.
pub(super) fn of_root(root: &Path) -> Computer {
    let mut computer = homes_of(root, &PARENTS);
    if computer.users.is_empty() {
        computer.add(homes_of(root, &["home"]));
        let own = root.join("root");
        computer.users.extend(is_home(&own).then(|| home_of(&own, Some(root))));
    }
    let software = machine_hive(root, "SOFTWARE", &mut computer.problems);
    let system = machine_hive(root, "SYSTEM", &mut computer.problems);
    computer.name = system.as_ref().and_then(computer_name).or_else(|| mac_name(root));
    if let Some(software) = software {
        let software = Rc::new(software);
        for profile in profiles(&software, &mut computer.problems) {
            attach(&mut computer, root, profile);
        }
        for user in &mut computer.users {
            user.machine = Some(Rc::clone(&software));
        }
    }
    computer
}

/// The homes in some folders of a disk.
pub(super) fn homes_of(root: &Path, folders: &[&str]) -> Computer {
    let entries = match list_folder(root) {
        Ok(entries) => entries,
        Err(problem) => return alone(problem),
    };
    let mut parents: Vec<PathBuf> =
        entries.iter().filter(|e| is_one_of(&e.name, folders)).map(|e| root.join(&e.name)).collect();
    // A link (such as Vista's `Documents and Settings`) usually leads to the other one.
    parents.sort_by_key(|parent| is_link(parent));
    let mut computer = Computer::default();
    let mut seen = HashSet::new();
    for parent in parents {
        if is_link(&parent) && target_within(&parent, root).is_none() {
            // A link of Windows that leads nowhere on another system, beside what it led to.
            if !seen.is_empty() && !is_there(&parent) {
                continue;
            }
            computer.problems.push(leads_out(parent.display().to_string()));
        } else if is_folder(&parent) {
            match members(&parent, root, &mut seen) {
                Ok(homes) => computer.users.extend(homes.into_iter().map(|member| user_of(member, root))),
                Err(problem) => computer.problems.push(problem),
            }
        }
    }
    computer
}

fn user_of(member: Member, root: &Path) -> User {
    match member.problem {
        None => home_of(&member.home, Some(root)),
        Some(problem) => unread_home(&member.home, problem),
    }
}

/// A hive of the computer; its absence is no problem.
fn machine_hive(root: &Path, name: &str, problems: &mut Vec<Problem>) -> Option<Store> {
    let opened = read_machine_hive(root, name, problems);
    opened.unwrap_or_else(|problem| {
        problems.push(problem);
        None
    })
}

fn read_machine_hive(root: &Path, name: &str, side: &mut Vec<Problem>) -> Result<Option<Store>, Problem> {
    for system in ["Windows", "WINNT"] {
        let given = find(root, &[system, "System32", "config"])?;
        let files = Files { given, ..Files::default() };
        let path = format!("%GIVEN%\\{name}");
        if let Some(bytes) = files.read(&path, MAX_HIVE)? {
            return Store::open_hive(&files, &path, bytes, side).map(Some);
        }
    }
    Ok(None)
}

/// Walks down without regard to case and without following links.
fn find(root: &Path, parts: &[&str]) -> Result<Option<PathBuf>, Problem> {
    let mut path = root.to_path_buf();
    for part in parts {
        if !look(&path)?.is_some_and(|metadata| metadata.is_dir()) {
            return Ok(None);
        }
        let Some(entry) = list_folder(&path)?.into_iter().find(|entry| entry.name.eq_ignore_ascii_case(part))
        else {
            return Ok(None);
        };
        path.push(entry.name);
        if is_link(&path) {
            return Ok(None);
        }
    }
    Ok(Some(path))
}

/// The name stands below the control set that `Select` calls current.
fn computer_name(system: &Store) -> Option<String> {
    let key = |path: &str| system.key(path, path, &mut Vec::new()).ok().flatten();
    let current = key("Select")?.number("Current").unwrap_or(1);
    let path = format!(r"ControlSet{current:03}\Control\ComputerName\ComputerName");
    key(&path)?.text("ComputerName").map(kinds::name)
}

/// The name of a Mac as its owner gave it (file and key: log2timeline/plaso, plaso/preprocessors/macos.py). A disk
/// without the file, or a Mac without a name, is no problem.
fn mac_name(root: &Path) -> Option<String> {
    let file = find(root, &["Library", "Preferences", "SystemConfiguration", "preferences.plist"]).ok()??;
    let tree = plist::parse(&read_file(&file, MAX_FILE).ok()?).ok()?;
    let name = tree.get("System")?.get("System")?.get("ComputerName")?.text()?.trim().to_owned();
    (!name.is_empty()).then(|| kinds::name(&name))
}

/// Every person's profile; `….bak` is what Windows leaves when a profile could not be loaded.
pub(super) fn profiles(software: &Store, problems: &mut Vec<Problem>) -> Vec<Profile> {
    let path = r"Microsoft\Windows NT\CurrentVersion\ProfileList";
    let shown = format!(r"HKLM\SOFTWARE\{path}");
    match software.key(path, &shown, problems) {
        Ok(list) => list.iter().flat_map(|key: &Key| &key.subkeys).filter_map(profile).collect(),
        Err(problem) => {
            problems.push(problem);
            Vec::new()
        }
    }
}

fn profile(key: &Key) -> Option<Profile> {
    let path = key.text("ProfileImagePath")?;
    let folder = path.trim_end_matches('\\').rsplit('\\').next().unwrap_or_default();
    (is_person(key.name()) && !is_nobody(folder))
        .then(|| Profile { sid: key.name().to_owned(), path: path.to_owned() })
}

/// Gives the home its SID, or tells that the profile has no home on this disk.
fn attach(computer: &mut Computer, root: &Path, profile: Profile) {
    let path = profile.path.trim_end_matches('\\').replace('/', "\\");
    let relative = path.split_once('\\').map_or("", |(_, rest)| rest).to_lowercase();
    let home = computer.users.iter_mut().find(|user| {
        let home = user.files.home.as_deref().and_then(|home| home.strip_prefix(root).ok());
        home.is_some_and(|home| home.display().to_string().replace('/', "\\").to_lowercase() == relative)
    });
    match home {
        Some(user) => {
            user.sid = Some(profile.sid);
            user.files.profile_path = Some(if path.starts_with('%') {
                format!("C:\\{}", path.split_once('\\').map_or("", |p| p.1))
            } else {
                path
            });
        }
        None => computer.users.push(unread(
            path.rsplit('\\').next().map(str::to_owned),
            Some(profile.sid),
            Problem::new(
                IssueKind::Io,
                path,
                Text::fixed(
                    "ProfileList にあるユーザーのフォルダーが、このディスクにありません。",
                    "the folder of this user of the ProfileList is not on this disk",
                ),
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own disk")]
    use super::*;
    use std::fs;

    fn disk(preferences: &str) -> (tempfile::TempDir, Computer) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("Library/Preferences/SystemConfiguration");
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(root.path().join("Users/hanako/Library")).unwrap();
        fs::write(folder.join("preferences.plist"), preferences).unwrap();
        let computer = of_root(root.path());
        (root, computer)
    }

    #[test]
    fn the_name_of_a_mac_stands_in_its_preferences() {
        let (_root, computer) = disk(
            "<plist><dict><key>System</key><dict><key>System</key><dict>\
             <key>ComputerName</key><string>花子のMac</string><key>HostName</key><string>x</string>\
             </dict></dict></dict></plist>",
        );
        assert_eq!(computer.name.as_deref(), Some("花子のMac"));
        assert_eq!(computer.users.len(), 1);
    }

    #[test]
    fn a_mac_without_a_readable_name_has_none() {
        for preferences in ["", "<plist><dict><key>System</key>", "<plist><dict/></plist>"] {
            let (_root, computer) = disk(preferences);
            assert_eq!(computer.name, None, "{preferences}");
            assert_eq!(computer.problems, Vec::new(), "{preferences}");
        }
    }
}
