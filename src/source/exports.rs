//! Users from `.reg` exports: an export that PATH names, and homes that were collected with exports at their top.

use super::computer::{Computer, alone};
use super::files::Files;
use super::homes::{home_of, is_home};
use super::known_folders::learn_folders;
use super::people::{Export, Held, held};
use super::problem::Problem;
use super::recognise::is_export_name;
use super::regfile;
use super::spots;
use super::system::list_folder;
use super::user::User;
use crate::model::Text;
use std::path::Path;
use std::rc::Rc;

/// Exports larger than this are not read, in bytes: text takes several times as much memory.
const MAX_EXPORT: u64 = 256 << 20;

/// A lone export may hold the keys of the user who made it, of several users by their SIDs, and of loaded hives.
pub(super) fn of_export(path: &Path, bytes: &[u8]) -> Computer {
    let place = path.display().to_string();
    let size = bytes.len() as u64;
    if size > MAX_EXPORT {
        return alone(Problem::too_large(place, size, MAX_EXPORT));
    }
    let export = match parse(place.clone(), bytes) {
        Ok(export) => export,
        Err(problem) => return alone(problem),
    };
    let Held { mut users, computer, mut problems, .. } = held(&[export]);
    if let [user] = users.as_mut_slice() {
        user.name = None;
    }
    if users.is_empty() && problems.is_empty() {
        problems.push(Problem::no_settings(place));
    }
    Computer { name: computer, users, problems, ..Computer::default() }
}

fn parse(place: String, bytes: &[u8]) -> Result<Export, Problem> {
    match regfile::parse(bytes) {
        Ok(file) => Ok(Export { place, file: Rc::new(file) }),
        Err(_) => {
            Err(Problem::malformed(place, &Text::fixed(".reg ファイルではありません", "not a .reg file")))
        }
    }
}

/// True if exports at the top of a folder make it a collected home: not where a real home shows itself.
pub(super) fn has_exports(folder: &Path) -> bool {
    !exports_of(folder).is_empty()
}

/// The names of the exports at the top of a folder.
fn exports_of(folder: &Path) -> Vec<String> {
    let Ok(entries) = list_folder(folder) else { return Vec::new() };
    let live = ["ntuser.dat", ".bashrc", ".profile", ".zshrc"];
    if entries.iter().any(|entry| live.contains(&entry.name.to_lowercase().as_str())) {
        return Vec::new();
    }
    let names = entries.into_iter().filter(|entry| !entry.is_folder).map(|entry| entry.name);
    names.filter(|name| is_export_name(&name.to_lowercase())).collect()
}

/// The people of exports that lie together, without a home.
pub(super) fn of_exports(files: &Files, paths: &[String]) -> Computer {
    let (exports, mut problems) = read_exports(files, paths);
    let held = held(&exports);
    problems.extend(held.problems);
    Computer { name: held.computer, users: held.users, problems, ..Computer::default() }
}

/// The exports with these paths, and what could not be read of them.
fn read_exports(files: &Files, paths: &[String]) -> (Vec<Export>, Vec<Problem>) {
    let mut exports = Vec::new();
    let mut problems = Vec::new();
    for path in paths {
        let read = files.read(path, MAX_EXPORT);
        match read.and_then(|bytes| bytes.map(|bytes| parse(files.show(path), &bytes)).transpose()) {
            Ok(export) => exports.extend(export),
            Err(problem) => problems.push(problem),
        }
    }
    (exports, problems)
}

/// A home that PATH names or holds: exports at its top stand for its registry, if they are one person's.
pub(super) fn collected(home: &Path) -> Computer {
    let mut user = home_of(home, None);
    let paths: Vec<String> = exports_of(home).iter().map(|name| format!(r"%USERPROFILE%\{name}")).collect();
    let (exports, mut problems) = read_exports(&user.files, &paths);
    if !exports.is_empty() {
        spots::find_drives(home, &mut user.files);
    }
    let mut held = held(&exports);
    problems.append(&mut held.problems);
    if held.users.len() < 2 {
        if held.users.is_empty() && !exports.is_empty() && problems.is_empty() && !is_home(home) {
            problems.push(Problem::no_settings(home.display().to_string()));
        }
        user.mention_all(problems);
        return Computer {
            name: held.computer.take(),
            users: vec![owner(user, held)],
            ..Computer::default()
        };
    }
    // Nobody can tell whose the files beside the exports are.
    let home = is_home(home).then_some(User { machine: held.machine, ..user });
    Computer {
        name: held.computer,
        users: home.into_iter().chain(held.users).collect(),
        problems,
        ..Computer::default()
    }
}

/// The user of a home with what the exports hold.
fn owner(mut user: User, held: Held) -> User {
    if let Some(person) = held.users.into_iter().next() {
        user.mention_all(person.take_mentioned());
        user.sid = person.sid;
        user.registry = person.registry;
        learn_folders(&mut user);
    }
    user.machine = held.machine;
    user
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::IssueKind;

    /// Text without the first line of an export is looked at no further.
    #[test]
    fn an_export_has_two_hundred_and_fifty_six_mebibytes() {
        for (length, kind) in [(256 << 20, IssueKind::Malformed), ((256 << 20) + 1, IssueKind::TooLarge)] {
            let problems = of_export(Path::new("a.reg"), &vec![0; length]).problems;
            assert_eq!(problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [kind], "{length}");
        }
    }
}
