//! Which users there are: me, all of this computer, or those that a PATH holds.

use super::computer::{Computer, MAX_HIVE, alone, common_name, file_name};
use super::disk;
use super::exports::{collected, has_exports, of_export, of_exports};
use super::files::Files;
use super::homes::{is_home, members, unread_home};
use super::problem::Problem;
use super::recognise::{
    HEAD, Recognised, is_export_name, is_hive_name, read_unknown, recognise, recognise_at, recognise_folder,
};
use super::rules::Rules;
use super::search::search;
use super::store::Store;
use super::system::{Entry, is_link, list_folder, look, real};
use super::user::{Given, User};
use crate::model::{IssueKind, Text};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The paths without those that lead to the same place as one before.
pub fn distinct(paths: &[PathBuf]) -> Vec<&Path> {
    let mut seen = HashSet::new();
    let is_new = |path: &&Path| seen.insert(real(path).unwrap_or_else(|_| path.to_path_buf()));
    paths.iter().map(PathBuf::as_path).filter(is_new).collect()
}

/// The users that a path holds, by its content.
pub fn of_path(path: &Path, rules: Rules) -> Computer {
    let computer = match look(path) {
        Ok(Some(metadata)) if metadata.is_dir() => of_folder(path, rules),
        Ok(Some(metadata)) if metadata.is_file() => of_file(path, rules),
        Ok(_) => alone(Problem::outside(
            path.display().to_string(),
            &Text::fixed(
                "通常のファイルでもフォルダーでもありません。",
                "it is neither a regular file nor a folder",
            ),
        )),
        Err(problem) => alone(problem),
    };
    if computer.users.is_empty() && computer.problems.is_empty() {
        return Computer { problems: vec![nothing_here(path)], ..computer };
    }
    computer
}

fn of_folder(folder: &Path, rules: Rules) -> Computer {
    let entries = match list_folder(folder) {
        Ok(entries) => entries,
        Err(problem) => return alone(problem),
    };
    if let Some(rule) = recognise_folder(folder, rules) {
        let given = vec![Given { rule, path: "%GIVEN%".to_owned() }];
        let user = User { given, files: given_files(folder), ..User::default() };
        return Computer { users: vec![user], ..Computer::default() };
    }
    if disk::is_root(folder, &entries) {
        return disk::of_root(folder);
    }
    if is_home(folder) {
        return collected(folder);
    }
    let is_collected = has_exports(folder);
    let mut children = entries.iter().filter(|entry| entry.is_folder).map(|entry| folder.join(&entry.name));
    // A collected home may hold folders with exports: somebody's backups of something.
    if children.any(|child| !is_link(&child) && (is_home(&child) || (!is_collected && has_exports(&child)))) {
        return of_homes(folder, &entries);
    }
    if is_collected {
        return collected(folder);
    }
    let (found, problems) = search(folder, rules);
    let mut computer = beside(folder, &entries);
    computer.problems.extend(problems);
    if !found.is_empty() {
        let given = found
            .into_iter()
            .map(|(rule, relative)| Given { rule, path: format!("%GIVEN%\\{}", relative.display()) });
        computer.users.push(User { given: given.collect(), files: given_files(folder), ..User::default() });
    }
    computer
}

/// A folder of homes: where one is, every other folder is one too, and registry files beside them are users of their own.
fn of_homes(folder: &Path, entries: &[Entry]) -> Computer {
    let mut computer = beside(folder, entries);
    let members = match members(folder, folder, &mut HashSet::new()) {
        Ok(members) => members,
        Err(problem) => return alone(problem),
    };
    let mut names = Vec::new();
    if !computer.users.is_empty() {
        names.push(computer.name.take());
    }
    for member in members {
        let user = match member.problem {
            None => collected(&member.home),
            Some(problem) => {
                Computer { users: vec![unread_home(&member.home, problem)], ..Computer::default() }
            }
        };
        names.push(user.name.clone());
        computer.add(user);
    }
    Computer { name: common_name(&names), ..computer }
}

/// The users of the registry files at the top of a folder.
fn beside(folder: &Path, entries: &[Entry]) -> Computer {
    let files = given_files(folder);
    let (mut exports, mut hives, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for entry in entries.iter().filter(|entry| !entry.is_folder) {
        let name = entry.name.to_lowercase();
        if !is_export_name(&name) && !is_hive_name(&name) {
            continue;
        }
        let path = format!("%GIVEN%\\{}", entry.name);
        match files.read_start(&path, HEAD).map(|head| head.as_deref().and_then(|head| recognise(head, &[])))
        {
            Ok(Some(Recognised::Hive)) => hives.push(path),
            Ok(Some(Recognised::Export)) => exports.push(path),
            Ok(_) if is_export_name(&name) => exports.push(path),
            Ok(_) => {}
            Err(problem) => problems.push(problem),
        }
    }
    let mut computer = of_exports(&files, &exports);
    computer.problems.extend(problems);
    for path in hives {
        match files.read(&path, MAX_HIVE) {
            Ok(Some(bytes)) => {
                let name = Path::new(path.trim_start_matches("%GIVEN%\\")).file_stem();
                let name = name.map(|name| name.to_string_lossy().into_owned());
                let mut hive = of_hive(&files, &path, bytes);
                hive.users.iter_mut().for_each(|user| user.name.clone_from(&name));
                computer.add(hive);
            }
            Ok(None) => {}
            Err(problem) => computer.problems.push(problem),
        }
    }
    computer
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

fn of_file(path: &Path, rules: Rules) -> Computer {
    let place = path.display().to_string();
    let bytes = match read_unknown(path, MAX_HIVE, rules) {
        Ok(bytes) => bytes,
        Err(problem) => return alone(problem),
    };
    match recognise_at(path, &bytes, rules) {
        Some(Recognised::Hive) => {
            let (files, path) = lone_file(path);
            of_hive(&files, &path, bytes)
        }
        Some(Recognised::Export) => of_export(path, &bytes),
        Some(Recognised::File(rule)) => {
            let (files, path) = lone_file(path);
            Computer {
                users: vec![User { given: vec![Given { rule, path }], files, ..User::default() }],
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
    let path = if is_link(typed) { real(typed).ok() } else { None }.unwrap_or_else(|| typed.to_path_buf());
    let given = path.parent().map(Path::to_path_buf);
    let name = file_name(&path).unwrap_or_default();
    let files = Files { given, named: Some((path, typed.to_path_buf())), ..Files::default() };
    (files, format!("%GIVEN%\\{name}"))
}

fn of_hive(files: &Files, path: &str, bytes: Vec<u8>) -> Computer {
    let mut side = Vec::new();
    match Store::open_hive(files, path, bytes, &mut side) {
        Ok(store) => {
            let place = files.show(path);
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
