//! Users from `.reg` exports: an export that PATH names, and homes that were collected with exports at their top.

use super::User;
use super::homes::{home_of, is_person, learn_folders};
use super::problem::Problem;
use super::recognise::is_export_name;
use super::regfile::{self, RegFile};
use super::store::Store;
use super::system::{list_folder, read_file};
use super::users::{Computer, alone};
use crate::model::Text;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Exports larger than this are not read, in bytes: text takes several times as much memory.
const MAX_EXPORT: u64 = 256 << 20;

pub(super) fn registry_alone(store: Store) -> User {
    User { registry: Some(store), ..User::default() }
}

/// An export may hold the keys of the user who made it and of several users by their SIDs.
pub(super) fn of_export(path: &Path, bytes: &[u8]) -> Computer {
    let file = match regfile::parse(bytes) {
        Ok(file) => Rc::new(file),
        Err(_) => return alone(not_an_export(path.display().to_string())),
    };
    let files = vec![(path.display().to_string(), Rc::clone(&file))];
    let mut users = users_of_exports(&files);
    if users.is_empty() {
        users.push(registry_alone(Store::Exports { files: files.clone(), root: "HKCU".to_owned() }));
    }
    let machine = machine_of_exports(&files);
    for user in &mut users {
        user.machine.clone_from(&machine);
    }
    let problems = damage_of_exports(&files);
    Computer { name: computer_of_exports(&files), users, problems, ..Computer::default() }
}

fn not_an_export(place: String) -> Problem {
    Problem::malformed(place, &Text::fixed(".reg ファイルではありません", "not a .reg file"))
}

fn damage_of_exports(files: &[(String, Rc<RegFile>)]) -> Vec<Problem> {
    let damaged = files.iter().filter(|(_, file)| !file.damage.is_empty());
    damaged.map(|(place, file)| Problem::export(place, &file.damage)).collect()
}

fn users_of_exports(files: &[(String, Rc<RegFile>)]) -> Vec<User> {
    let mut sids: Vec<String> = Vec::new();
    for (_, file) in files {
        for key in file.key("HKU").into_iter().flat_map(|users| &users.subkeys) {
            if is_person(key.name()) && !sids.iter().any(|sid| sid == key.name()) {
                sids.push(key.name().to_owned());
            }
        }
    }
    let mut users = Vec::new();
    if files.iter().any(|(_, file)| file.key("HKCU").is_some()) {
        users.push(registry_alone(Store::Exports { files: files.to_vec(), root: "HKCU".to_owned() }));
    }
    users.extend(sids.into_iter().map(|sid| User {
        registry: Some(Store::Exports { files: files.to_vec(), root: format!("HKU\\{sid}") }),
        sid: Some(sid),
        ..User::default()
    }));
    users
}

fn machine_of_exports(files: &[(String, Rc<RegFile>)]) -> Option<Rc<Store>> {
    let root = "HKLM\\SOFTWARE".to_owned();
    files
        .iter()
        .any(|(_, file)| file.key(&root).is_some())
        .then(|| Rc::new(Store::Exports { files: files.to_vec(), root }))
}

fn computer_of_exports(files: &[(String, Rc<RegFile>)]) -> Option<String> {
    let key = r"HKLM\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName";
    files.iter().find_map(|(_, file)| file.key(key)?.text("ComputerName").map(str::to_owned))
}

/// True if exports at the top of a folder make it a collected home: not where a real home shows itself.
pub(super) fn has_exports(folder: &Path) -> bool {
    !exports_of(folder).is_empty()
}

fn exports_of(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = list_folder(folder) else { return Vec::new() };
    let live = ["ntuser.dat", ".bashrc", ".profile", ".zshrc"];
    if entries.iter().any(|entry| live.contains(&entry.name.to_lowercase().as_str())) {
        return Vec::new();
    }
    let exports =
        entries.iter().filter(|entry| !entry.is_folder && is_export_name(&entry.name.to_lowercase()));
    exports.map(|entry| folder.join(&entry.name)).collect()
}

/// A home that PATH names or holds: exports at its top stand for its registry.
pub(super) fn collected_home(home: &Path) -> User {
    let mut user = home_of(home, None);
    let mut files = Vec::new();
    for path in exports_of(home) {
        let place = path.display().to_string();
        match read_file(&path, MAX_EXPORT).map(|bytes| regfile::parse(&bytes)) {
            Ok(Ok(file)) => files.push((place, Rc::new(file))),
            Ok(Err(_)) => user.mention(not_an_export(place)),
            Err(problem) => user.mention(problem),
        }
    }
    for problem in damage_of_exports(&files) {
        user.mention(problem);
    }
    if !files.is_empty() {
        let mut owners = users_of_exports(&files);
        if !owners.is_empty() {
            let owner = owners.remove(0);
            user.sid = owner.sid;
            user.registry = owner.registry;
        }
        user.machine = machine_of_exports(&files);
        learn_folders(&mut user);
    }
    user
}
