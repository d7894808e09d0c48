//! A disk: the computer's name and registry, and where its homes lie. Windows by its ProfileList and folders, macOS and
//! others by their folders.

use super::files::{Files, leads_out};
use super::folder::{Marks, PARENTS};
use super::homes::{is_nobody, is_person};
use super::machine::{Machine, control_set};
use super::problem::Problem;
use super::registry::Key;
use super::rules::Known;
use super::store::Store;
use super::system::{MAX_FILE, is_folder, is_link, is_there, list_folder, look, read_file, real};
use crate::formats::kinds;
use crate::formats::plist;
use crate::model::{IssueKind, Text};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The longest file with a computer's name that is read, in bytes.
const LONGEST_NAME: u64 = 4096;

/// A user as the computer's ProfileList knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Profile {
    pub(super) sid: String,
    /// `C:\Users\taro`
    pub(super) path: String,
}

/// A home, with what the ProfileList says of it, or why it can't be looked into.
#[derive(Debug)]
pub(super) struct Home {
    pub(super) path: PathBuf,
    pub(super) profile: Option<Profile>,
    pub(super) problem: Option<Problem>,
}

/// What a disk says of its computer.
#[derive(Debug, Default)]
pub(super) struct Disk {
    /// The computer's name.
    pub(super) name: Option<String>,
    /// The computer's own registry.
    pub(super) machine: Option<Rc<Machine>>,
    /// The homes, each once.
    pub(super) homes: Vec<Home>,
    /// Those whose homes are not on the disk, and why.
    pub(super) missing: Vec<(Profile, Problem)>,
    /// What could not be looked at.
    pub(super) problems: Vec<Problem>,
}

/// Looks at the disk whose top is `root`.
pub(super) fn survey(root: &Path, known: &Known) -> Disk {
    let mut disk = homes_of(root, &PARENTS, known, &|_| None);
    let own = root.join("root");
    if is_folder(&own) && !is_link(&own) && is_folder(&root.join("etc")) {
        disk.homes.push(home(own));
    }
    let software = machine_hive(root, "SOFTWARE", &mut disk.problems);
    let system = machine_hive(root, "SYSTEM", &mut disk.problems);
    disk.name =
        system.as_ref().and_then(computer_name).or_else(|| mac_name(root)).or_else(|| linux_name(root));
    if let Some(software) = software {
        for profile in profiles(&software, &mut disk.problems) {
            attach(&mut disk, root, profile);
        }
        disk.machine = Some(Rc::new(Machine::of(software, system)));
    }
    disk
}

fn home(path: PathBuf) -> Home {
    Home { problem: list_folder(&path).err(), path, profile: None }
}

/// The homes in some folders of a disk: every folder that is not known to be nobody's, and links to others on the disk.
/// `refused`: why a folder must not be looked into, if it must not.
pub(super) fn homes_of(
    root: &Path,
    parents: &[&[&str]],
    known: &Known,
    refused: &dyn Fn(&Path) -> Option<Problem>,
) -> Disk {
    let mut disk = Disk::default();
    let mut found = Vec::new();
    for parts in parents {
        match find_link(root, parts) {
            Ok(parent) => found.extend(parent),
            Err(problem) => disk.problems.push(problem),
        }
    }
    // A link (such as Vista's `Documents and Settings`) usually leads to the other one.
    found.sort_by_key(|parent| is_link(parent));
    let mut seen = HashSet::new();
    for parent in found {
        if let Some(problem) = refused(&parent) {
            disk.problems.push(problem);
            continue;
        }
        if is_link(&parent) && target_within(&parent, root).is_none() {
            // A link of Windows that leads nowhere on another system, beside what it led to.
            if !seen.is_empty() && !is_there(&parent) {
                continue;
            }
            disk.problems.push(leads_out(&parent));
        } else if is_folder(&parent) {
            match homes_in(&parent, root, known, refused, &mut seen) {
                Ok(homes) => disk.homes.extend(homes),
                Err(problem) => disk.problems.push(problem),
            }
        }
    }
    disk
}

fn homes_in(
    parent: &Path,
    root: &Path,
    known: &Known,
    refused: &dyn Fn(&Path) -> Option<Problem>,
    seen: &mut HashSet<PathBuf>,
) -> Result<Vec<Home>, Problem> {
    let entries = list_folder(parent)?;
    let (links, others): (Vec<_>, Vec<_>) =
        entries.into_iter().filter(|entry| !is_nobody(&entry.name)).partition(|entry| entry.is_link);
    let mut homes = Vec::new();
    for entry in others.into_iter().filter(|entry| entry.is_folder) {
        let path = entry.path_in(parent);
        if let Some(problem) = refused(&path) {
            homes.push(Home { path, profile: None, problem: Some(problem) });
            continue;
        }
        if seen.insert(real(&path).unwrap_or_else(|_| path.clone())) {
            homes.push(home(path));
        }
    }
    for entry in links {
        let path = entry.path_in(parent);
        if look(&path).is_ok_and(|found| found.is_some_and(|found| !found.is_dir())) {
            continue;
        }
        match target_within(&path, root) {
            Some(target) if is_home(&target, known) && seen.insert(target.clone()) => homes.push(home(path)),
            Some(_) => {}
            None => {
                let problem = Some(leads_out(&path));
                homes.push(Home { path, profile: None, problem });
            }
        }
    }
    Ok(homes)
}

/// A folder is somebody's home if anything marks it as one.
fn is_home(folder: &Path, known: &Known) -> bool {
    list_folder(folder).is_ok_and(|entries| Marks::of(&entries, known).any())
}

/// Where a link really leads; `None` if out of `bounds`, or nowhere.
pub(super) fn target_within(link: &Path, bounds: &Path) -> Option<PathBuf> {
    let target = real(link).ok()?;
    target.starts_with(real(bounds).ok()?).then_some(target)
}

/// The same as [`find`], except that the last part may be a link.
fn find_link(root: &Path, parts: &[&str]) -> Result<Option<PathBuf>, Problem> {
    let Some((last, above)) = parts.split_last() else { return Ok(None) };
    let Some(folder) = find(root, above)? else { return Ok(None) };
    let found = list_folder(&folder)?.into_iter().find(|entry| entry.name.eq_ignore_ascii_case(last));
    Ok(found.map(|entry| entry.path_in(&folder)))
}

/// A hive of the computer; its absence is no problem.
fn machine_hive(root: &Path, name: &str, problems: &mut Vec<Problem>) -> Option<Store> {
    let opened = read_machine_hive(root, name, problems);
    opened.unwrap_or_else(|problem| {
        problems.push(problem);
        None
    })
}

/// The registry of the computer whose disk this is.
pub(super) fn machine(root: &Path) -> Option<Rc<Machine>> {
    let hive = |name| machine_hive(root, name, &mut Vec::new());
    Some(Rc::new(Machine::of(hive("SOFTWARE")?, hive("SYSTEM"))))
}

fn read_machine_hive(root: &Path, name: &str, side: &mut Vec<Problem>) -> Result<Option<Store>, Problem> {
    for system in ["Windows", "WINNT"] {
        let given = find(root, &[system, "System32", "config"])?;
        let files = Files { given, ..Files::default() };
        let path = format!("%GIVEN%\\{name}");
        if let Some(store) = Store::open_hive(&files, &path, side)? {
            return Ok(Some(store));
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
        let found = list_folder(&path)?.into_iter().find(|entry| entry.name.eq_ignore_ascii_case(part));
        let Some(entry) = found.filter(|entry| !entry.is_link) else { return Ok(None) };
        path = entry.path_in(&path);
    }
    Ok(Some(path))
}

/// The name stands below the control set that `Select` calls current.
fn computer_name(system: &Store) -> Option<String> {
    let path = format!(r"{}\Control\ComputerName\ComputerName", control_set(system)?);
    let key = system.key(&path, &path, &mut Vec::new()).ok().flatten()?;
    key.text("ComputerName").map(kinds::name)
}

/// The name of a Mac as its owner gave it (file and key: log2timeline/plaso, plaso/preprocessors/macos.py). A disk
/// without the file, or a Mac without a name, is no problem.
fn mac_name(root: &Path) -> Option<String> {
    let file = find(root, &["Library", "Preferences", "SystemConfiguration", "preferences.plist"]).ok()??;
    let tree = plist::parse(&read_file(&file, MAX_FILE).ok()?).ok()?;
    let name = tree.get("System")?.get("System")?.get("ComputerName")?.text()?.trim().to_owned();
    (!name.is_empty()).then(|| kinds::name(&name))
}

/// The name of a Linux computer: the first line of the file that is no comment (man page hostname(5)).
fn linux_name(root: &Path) -> Option<String> {
    let file = find(root, &["etc", "hostname"]).ok()??;
    let text = String::from_utf8_lossy(&read_file(&file, LONGEST_NAME).ok()?).into_owned();
    let name = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'))?;
    Some(kinds::name(name))
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

/// Gives the home its SID, finds one that lies elsewhere on the disk, or tells that the profile has no home on it.
fn attach(disk: &mut Disk, root: &Path, profile: Profile) {
    let path = profile.path.trim_end_matches('\\').replace('/', "\\");
    let relative = path.split_once('\\').map_or("", |(_, rest)| rest).to_owned();
    // Windows 2000 and XP write `%SystemDrive%\Documents and Settings\…`.
    let profile = Profile {
        path: if path.starts_with('%') { format!("C:\\{relative}") } else { path.clone() },
        ..profile
    };
    let is_here = |home: &Home| {
        let below = home.path.strip_prefix(root).ok();
        below.is_some_and(|below| {
            below.display().to_string().replace('/', "\\").to_lowercase() == relative.to_lowercase()
        })
    };
    if let Some(home) = disk.homes.iter_mut().find(|home| is_here(home)) {
        home.profile = Some(profile);
        return;
    }
    let parts: Vec<&str> = relative.split('\\').collect();
    match find(root, &parts) {
        Ok(Some(path)) if !relative.is_empty() && is_folder(&path) => {
            disk.homes.push(Home { profile: Some(profile), ..home(path) });
        }
        Ok(_) => {
            let problem = Problem::new(
                IssueKind::Io,
                path,
                Text::fixed(
                    "ProfileList にあるユーザーのフォルダーが、このディスクにありません。",
                    "the folder of this user of the ProfileList is not on this disk",
                ),
            );
            disk.missing.push((profile, problem));
        }
        Err(problem) => disk.missing.push((profile, problem)),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own disk")]
    use super::*;
    use std::fs;

    fn disk(preferences: &str) -> (tempfile::TempDir, Disk) {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("Library/Preferences/SystemConfiguration");
        fs::create_dir_all(&folder).unwrap();
        fs::create_dir_all(root.path().join("Users/hanako/Library")).unwrap();
        fs::write(folder.join("preferences.plist"), preferences).unwrap();
        let computer = survey(root.path(), &Known::default());
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
        assert_eq!(computer.homes.len(), 1);
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
