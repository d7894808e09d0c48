//! Users from `.reg` exports: of a person, or of nobody who is known, and of homes that were collected with exports at
//! their top.

use super::asked::EXPORT_NAME;
use super::files::{Files, Shared};
use super::folder;
use super::homes::{absent, home_of};
use super::known_folders::learn_folders;
use super::opened::{Opened, Owner};
use super::people::{Export, Held, held};
use super::problem::Problem;
use super::regfile;
use super::spots;
use super::user::User;
use crate::model::Text;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

/// Exports larger than this are not read, in bytes: text takes several times as much memory.
const MAX_EXPORT: u64 = crate::model::limits::EXPORT.most;

fn parse(place: String, bytes: &[u8]) -> Result<Export, Problem> {
    match regfile::parse(bytes) {
        Ok(file) => Ok(Export { place, file: Rc::new(file) }),
        Err(_) => {
            Err(Problem::malformed(place, &Text::fixed(".reg ファイルではありません", "not a .reg file")))
        }
    }
}

/// The people of exports that lie together outside of their home. Whose they are nobody can tell: a file's name is
/// nobody's, but it tells several people apart. `is_path`: it is what PATH names.
pub(super) fn of_exports(files: &Files, paths: &[String], owner: Option<Owner>, is_path: bool) -> Opened {
    let (exports, mut problems) = read_exports(files, paths);
    let Held { mut users, computer, problems: more, .. } = held(&exports);
    problems.extend(more);
    if users.is_empty() && problems.is_empty() {
        problems.extend(exports.iter().map(|export| Problem::no_settings(export.place.clone())));
    }
    if is_path {
        if let [user] = users.as_mut_slice() {
            user.name = None;
        }
        return Opened { users, computer, problems };
    }
    let owner = owner.filter(|_| users.len() == 1).unwrap_or_default();
    for user in &mut users {
        forget_name(user);
        user.name.clone_from(&owner.name);
        user.sid = user.sid.take().or_else(|| owner.sid.clone());
    }
    Opened { users, computer, problems }
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

/// A folder with exports at its top: they stand for its owner's registry, if they are one person's. `is_home`: it is a home
/// also without them.
pub(super) fn collected(home: &Path, disk: Option<&Path>, is_home: bool, shared: &Arc<Shared>) -> Opened {
    let mut user = home_of(home, disk, shared);
    let entries = match user.files.list("%USERPROFILE%") {
        Ok(Some(entries)) => entries,
        Ok(None) => return Opened { problems: vec![absent(home)], ..Opened::default() },
        Err(problem) => return Opened { problems: vec![problem], ..Opened::default() },
    };
    let paths: Vec<String> =
        folder::exports(&entries).map(|entry| format!(r"%USERPROFILE%\{}", entry.name)).collect();
    let (exports, mut problems) = read_exports(&user.files, &paths);
    if !exports.is_empty() && disk.is_none() {
        spots::find_drives(home, &mut user.files);
    }
    if let Some(identity) = spots::identity(home) {
        user.name = Some(identity.name.clone());
        user.files.home_name = Some(identity.name);
        (user.root, user.is_placed, user.is_apart) = (identity.root, true, identity.is_apart);
        user.is_former = identity.is_former;
    }
    let mut held = held(&exports);
    problems.append(&mut held.problems);
    if held.users.len() < 2 {
        if held.users.is_empty() && !exports.is_empty() && problems.is_empty() && !is_home {
            problems.push(Problem::no_settings(home.display().to_string()));
        }
        user.mention_all(problems);
        return Opened { computer: held.computer.take(), ..Opened::one(owner(user, held)) };
    }
    // Nobody can tell whose the files beside the exports are, nor who the people are.
    let home = is_home.then_some(User { machine: held.machine, ..user });
    held.users.iter_mut().for_each(forget_name);
    Opened { computer: held.computer, users: home.into_iter().chain(held.users).collect(), problems }
}

/// A file's name is nobody's, but it tells several people apart.
fn forget_name(user: &mut User) {
    user.is_apart = true;
    let own = EXPORT_NAME.trim_end_matches(".reg");
    user.root = user.name.take().filter(|name| name != own).unwrap_or_default();
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
    #![expect(clippy::disallowed_methods, reason = "a test makes its own file")]
    use super::*;
    use crate::model::IssueKind;
    use std::fs::File;

    /// Text without the first line of an export is looked at no further.
    #[test]
    fn an_export_has_two_hundred_and_fifty_six_mebibytes() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files { given: Some(folder.path().to_path_buf()), ..Files::default() };
        for (length, kind) in [(256 << 20, IssueKind::Malformed), ((256 << 20) + 1, IssueKind::TooLarge)] {
            File::create(folder.path().join("a.reg")).unwrap().set_len(length).unwrap();
            let problems = of_exports(&files, &[r"%GIVEN%\a.reg".to_owned()], None, true).problems;
            assert_eq!(problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [kind], "{length}");
        }
    }
}
