//! Which users there are in what PATHs name.

use super::computer::Computer;
use super::files::Shared;
use super::hash::hash;
use super::names::file_name;
use super::names::to_text;
use super::pending::{Pending, Shape, not_understood};
use super::problem::Problem;
use super::recognise::{Recognised, read_unknown, recognise_at};
use super::rules::Known;
use super::system::{MAX_HIVE, is_link, look, real};
use super::user::Given;
use super::walk::{Held, Walk};
use crate::model::{IssueKind, Text};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The paths without those that lead to the same place as one before.
pub fn distinct(paths: &[PathBuf]) -> Vec<&Path> {
    let mut seen = HashSet::new();
    let is_new = |path: &&Path| seen.insert(real(path).unwrap_or_else(|_| path.to_path_buf()));
    paths.iter().map(PathBuf::as_path).filter(is_new).collect()
}

/// What a path holds, by its content. `met`: hashes of the real paths of the folders that were met
/// before.
pub(super) fn of_path(path: &Path, known: &Known, shared: &Arc<Shared>, met: &mut HashSet<u64>) -> Held {
    match look(path) {
        Ok(Some(metadata)) if metadata.is_dir() => {
            let is_met = real(path).is_ok_and(|real| met.contains(&hash(&real)));
            let mut held = Walk::new(path, known, shared, met).run();
            let is_empty = |computer: &Computer| computer.pending.is_empty() && computer.problems.is_empty();
            if !is_met && held.computers.iter().all(is_empty) {
                held.computers.push(failed(nothing_here(path)));
            }
            held
        }
        Ok(Some(metadata)) if metadata.is_file() => Held::of(of_file(path, known)),
        Ok(_) => Held::of(failed(Problem::outside(
            path.display().to_string(),
            &Text::fixed(
                "通常のファイルでもフォルダーでもありません。",
                "it is neither a regular file nor a folder",
            ),
        ))),
        Err(problem) => Held::of(failed(problem)),
    }
}

fn failed(problem: Problem) -> Computer {
    Computer { problems: vec![problem], ..Computer::default() }
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

fn of_file(path: &Path, known: &Known) -> Computer {
    let place = path.display().to_string();
    let bytes = match read_unknown(path, MAX_HIVE, &known.files) {
        Ok(bytes) => bytes,
        Err(problem) => return failed(problem),
    };
    let (real, given) = lone_file(path);
    let base = real.parent().map(Path::to_path_buf).unwrap_or_default();
    let shape = match recognise_at(path, &bytes, &known.files) {
        Some(Recognised::Hive) => Shape::Hive { base, path: given, owner: None, is_path: true },
        Some(Recognised::Export) => Shape::Exports { base, paths: vec![given], owner: None, is_path: true },
        Some(Recognised::File(rule)) => {
            Shape::File { path: real, typed: path.to_path_buf(), given: Given { rule, path: given } }
        }
        None if bytes.is_empty() => {
            let detail = Text::fixed("ファイルが空です", "the file is empty");
            return failed(Problem::malformed(place, &detail));
        }
        None => return failed(not_understood(place, &bytes, known.others)),
    };
    let root = file_name(path).unwrap_or_default();
    Computer { pending: vec![Pending { shape, root }], ..Computer::default() }
}

/// Where a lone file lies, and its path for `Files::read`. The link that it may be was named by the user and
/// is followed: what belongs to the file lies beside it, not beside the link.
fn lone_file(typed: &Path) -> (PathBuf, String) {
    let path = if is_link(typed) { real(typed).ok() } else { None }.unwrap_or_else(|| typed.to_path_buf());
    let name = to_text(path.file_name().unwrap_or_default());
    (path, format!("%GIVEN%\\{name}"))
}
