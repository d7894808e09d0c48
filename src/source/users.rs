//! Which users there are: me, all of this computer, or those that a PATH holds.

use super::disk;
use super::exports::{collected, has_exports, of_export};
use super::files::Files;
use super::homes::{is_home, is_nobody, unread_home};
use super::problem::Problem;
use super::recognise::{FileKind, recognise, search};
use super::store::Store;
use super::system::{list_folder, look, read_file, real};
use super::{Given, User};
use crate::model::{IssueKind, Text};
use std::path::{Path, PathBuf};

/// Registry hives larger than this are not read, in bytes.
pub const MAX_HIVE: u64 = 512 << 20;

/// A computer, or the part of one that was given.
#[derive(Debug, Default)]
pub struct Computer {
    /// Its name, where the data tells it.
    pub name: Option<String>,
    /// Its users.
    pub users: Vec<User>,
    /// What could not be looked at and belongs to no user.
    pub problems: Vec<Problem>,
    /// What people should know about the choice of users.
    pub said: Vec<Text>,
}

/// The users that a path holds, by its content.
pub fn of_path(path: &Path) -> Computer {
    match look(path) {
        Ok(Some(metadata)) if metadata.is_dir() => of_folder(path),
        Ok(Some(metadata)) if metadata.is_file() => of_file(path),
        Ok(_) => alone(Problem::outside(
            path.display().to_string(),
            &Text::fixed(
                "通常のファイルでもフォルダーでもありません。",
                "it is neither a regular file nor a folder",
            ),
        )),
        Err(problem) => alone(problem),
    }
}

pub(super) fn alone(problem: Problem) -> Computer {
    Computer { problems: vec![problem], ..Computer::default() }
}

fn of_folder(folder: &Path) -> Computer {
    let entries = match list_folder(folder) {
        Ok(entries) => entries,
        Err(problem) => return alone(problem),
    };
    let names: Vec<String> = entries.iter().filter(|e| e.is_folder).map(|e| e.name.to_lowercase()).collect();
    let has = |name: &str| names.iter().any(|known| known == name);
    if has("users") || has("documents and settings") {
        return disk::of_root(folder);
    }
    if is_home(folder) || has_exports(folder) {
        return collected(folder);
    }
    let homes: Vec<PathBuf> = entries
        .iter()
        .filter(|entry| entry.is_folder && !is_nobody(&entry.name))
        .map(|entry| folder.join(&entry.name))
        .collect();
    if homes.iter().any(|home| is_home(home) || has_exports(home)) {
        let mut computer = Computer::default();
        for member in homes.iter().filter_map(|home| collected_member(home)) {
            computer.users.extend(member.users);
            computer.problems.extend(member.problems);
        }
        return computer;
    }
    let (found, problems) = search(folder);
    if found.is_empty() {
        return Computer {
            problems: if problems.is_empty() { vec![nothing_here(folder)] } else { problems },
            ..Computer::default()
        };
    }
    let mut computer = Computer { problems, ..Computer::default() };
    let mut user = User { files: given_files(folder), ..User::default() };
    for (kind, relative) in found {
        match kind {
            FileKind::Hive | FileKind::RegistryExport => {
                let registry = of_file(&folder.join(relative));
                computer.users.extend(registry.users);
                computer.problems.extend(registry.problems);
            }
            _ => user.given.push(Given { kind, path: format!("%GIVEN%\\{}", relative.display()) }),
        }
    }
    computer.users.push(user);
    computer
}

/// A home among others: one that can't be looked into is a user who was not read.
fn collected_member(home: &Path) -> Option<Computer> {
    match list_folder(home) {
        Err(problem) => Some(Computer { users: vec![unread_home(home, problem)], ..Computer::default() }),
        Ok(_) if is_home(home) || has_exports(home) => Some(collected(home)),
        Ok(_) => None,
    }
}

fn nothing_here(folder: &Path) -> Problem {
    Problem::new(
        IssueKind::Malformed,
        folder.display().to_string(),
        Text::fixed(
            "ユーザーのフォルダー、ディスク、メールソフトの設定ファイルのどれも見つかりません。調べるフォルダーを確認してください。",
            "neither a home folder, nor a disk, nor a settings file of a mail client: check that this is the right folder",
        ),
    )
}

fn given_files(base: &Path) -> Files {
    Files { given: Some(base.to_path_buf()), ..Files::default() }
}

fn of_file(path: &Path) -> Computer {
    let place = path.display().to_string();
    let bytes = match read_file(path, MAX_HIVE) {
        Ok(bytes) => bytes,
        Err(problem) => return alone(problem),
    };
    match recognise(&bytes) {
        Some(FileKind::Hive) => of_hive(path, bytes),
        Some(FileKind::RegistryExport) => of_export(path, &bytes),
        Some(kind) => {
            let (files, path) = lone_file(path);
            Computer {
                users: vec![User { given: vec![Given { kind, path }], files, ..User::default() }],
                ..Computer::default()
            }
        }
        None if bytes.is_empty() => {
            alone(Problem::malformed(place, &Text::fixed("ファイルが空です", "the file is empty")))
        }
        None => alone(Problem::malformed(
            place,
            &Text::fixed(
                "このプログラムが読めるファイルではありません",
                "not a kind of file that this program reads",
            ),
        )),
    }
}

/// The folder of a lone file, and the file's path for `Files::read`. The link that it may be was named by the user and
/// is followed: what belongs to the file lies beside it, not beside the link.
fn lone_file(typed: &Path) -> (Files, String) {
    let path =
        if typed.is_symlink() { real(typed).ok() } else { None }.unwrap_or_else(|| typed.to_path_buf());
    let given = path.parent().map(Path::to_path_buf);
    let name = file_name(&path).unwrap_or_default();
    let files = Files { given, named: Some((path, typed.to_path_buf())), ..Files::default() };
    (files, format!("%GIVEN%\\{name}"))
}

fn of_hive(path: &Path, bytes: Vec<u8>) -> Computer {
    let (files, path) = lone_file(path);
    let mut side = Vec::new();
    match Store::open_hive(&files, &path, bytes, &mut side) {
        Ok(store) => {
            let place = files.show(&path);
            if matches!(store.top("Software", &place, &mut Vec::new()), Ok(None)) {
                return alone(Problem::no_settings(place));
            }
            let user = User { registry: Some(store), ..User::default() };
            user.mention_all(side);
            Computer { users: vec![user], ..Computer::default() }
        }
        Err(problem) => {
            Computer { problems: side.into_iter().chain([problem]).collect(), ..Computer::default() }
        }
    }
}

pub(super) fn file_name(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}
