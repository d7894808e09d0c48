//! Files that hold accounts by themselves, wherever the walk meets them.

use super::below::{asked_as, place_of_registry};
use super::budget::What;
use super::disk::target_within;
use super::files::leads_out;
use super::folder::{Marks, exports, is_one_of};
use super::pending::{Pending, Shape};
use super::problem::Problem;
use super::recognise::{
    HEAD, Recognised, has_telling_name, is_export_name, is_hive_name, read_unknown, recognise, recognise_at,
};
use super::rules::Rules;
use super::system::{Entry, MAX_FILE, open_file, read_start, real};
use super::user::Given;
use super::walk::{At, Walk};
use crate::model::Text;
use std::path::Path;

/// How many files of other names are looked at, at the top of PATH.
const MAX_UNNAMED: usize = 100;

/// What is found in one folder.
#[derive(Default)]
struct Files {
    /// Settings files, with what they are; nothing for what no rule fits.
    settings: Vec<(String, Option<Given>)>,
    /// Exports of the registry, which may be one person's together.
    exports: Vec<String>,
}

impl Walk<'_> {
    /// The files of a folder.
    pub(super) fn files(&mut self, at: &At, entries: &[Entry]) {
        let mut found = Files::default();
        let is_at_home = at.is_at_home();
        // One that is damaged is no registry that anything could be older than; in a folder that only it marks as a home,
        // nobody knows whose the exports are.
        let is_marked = Marks { file: false, ..Marks::of(entries, self.known) } != Marks::default();
        let has_hive = is_marked
            && entries.iter().any(|entry| {
                let path = entry.path_in(&at.folder);
                is_one_of(&entry.name, &["ntuser.dat"])
                    && head_of(&path, &[]).ok().flatten() == Some(Recognised::Hive)
            });
        let is_own = |entry: &Entry| is_at_home && exports(entries).any(|own| own.name == entry.name);
        let budget = self.budget(at);
        let mut unnamed = 0;
        for entry in entries.iter().filter(|entry| !entry.is_folder) {
            let lower = entry.name.to_lowercase();
            let path = entry.path_in(&at.folder);
            if entry.is_link {
                self.link(at, entry, &path);
            } else if is_export_name(&lower) {
                if is_at_home && has_hive {
                    let why = Text::fixed("NTUSER.DAT があるので使わない", "NTUSER.DAT beside it is used");
                    self.pass(&At { folder: path, ..at.clone() }, why, true);
                } else if !is_own(entry) {
                    self.export(at, &path, &mut found);
                }
            } else if is_hive_name(&lower) {
                match head_of(&path, &[]) {
                    _ if is_at_home && lower == "ntuser.dat" => {}
                    Ok(Some(Recognised::Hive)) => self.hive(at, &path),
                    // What it is can't be seen, or its name says what it should be.
                    Err(problem) => self.problem(at, problem),
                    Ok(_) if lower == "ntuser.dat" => self.hive(at, &path),
                    Ok(_) => {}
                }
            } else if has_telling_name(&entry.name, &self.known.files) {
                if let Some(budget) = budget.as_ref().filter(|budget| !budget.take(What::Opens, 1)) {
                    budget.leave_out(What::Opens, 1, &path.display().to_string());
                    continue;
                }
                // What a file is may be told by all of it.
                if let Some(budget) = budget.as_ref().filter(|budget| budget.is_spent(What::Bytes)) {
                    budget.leave_out(What::Bytes, 1, &path.display().to_string());
                    continue;
                }
                match self.given(&path, &at.base) {
                    Ok((given, length)) => {
                        if let Some(budget) = &budget {
                            let _ = budget.take(What::Bytes, length);
                        }
                        self.setting(at, &path, given, &mut found);
                    }
                    Err(problem) => self.problem(at, problem),
                }
            } else if at.depth == 0 && !is_at_home && !is_backup_copy(&entry.name, entries) {
                unnamed += 1;
                if unnamed <= MAX_UNNAMED {
                    self.unnamed(at, &path, &mut found);
                }
            }
        }
        if unnamed > MAX_UNNAMED {
            self.problem(at, Problem::cut_short(at.folder.display().to_string(), MAX_UNNAMED, 1));
        }
        if !found.exports.is_empty() {
            let (base, owner) = (at.base.clone(), at.owner.clone());
            self.push(at, Shape::Exports { base, paths: found.exports, owner, is_path: false });
        }
        if !found.settings.is_empty() {
            self.loose(at, found.settings);
        }
    }

    /// A link to a folder out of PATH may lead to anything; inside a home its clients look themselves.
    pub(super) fn links_out(&mut self, at: &At, entries: &[Entry]) {
        for entry in entries.iter().filter(|entry| entry.is_link && entry.is_folder && at.owner.is_none()) {
            let path = entry.path_in(&at.folder);
            let is_above = real(&path).is_ok_and(|target| self.real_top.starts_with(target));
            if !is_above && target_within(&path, &self.top).is_none() {
                self.problem(at, leads_out(&path));
            }
        }
    }

    /// A link is read where it leads to, if that is below PATH. Beside a home's own files its clients look themselves.
    fn link(&mut self, at: &At, entry: &Entry, path: &Path) {
        let is_clients_own = at.is_at_home() && entry.name.starts_with('.');
        let is_telling = has_telling_name(&entry.name, &self.known.files);
        if is_telling && !is_clients_own && target_within(path, &self.top).is_none() {
            self.problem(at, leads_out(path));
        }
    }

    /// A file of any name: a copy that somebody named, or what was collected of one. Most are nothing, as their beginning
    /// shows; some may be large.
    fn unnamed(&mut self, at: &At, path: &Path, found: &mut Files) {
        match head_of(path, &self.known.files).ok().flatten() {
            Some(Recognised::File(_)) => match self.given(path, &at.base) {
                Ok((Some(given), _)) => self.setting(at, path, Some(given), found),
                Ok((None, _)) => {}
                Err(problem) => self.problem(at, problem),
            },
            Some(Recognised::Hive) => self.hive(at, path),
            Some(Recognised::Export) => self.export(at, path, found),
            None => {}
        }
    }

    /// A settings file; what no rule fits is told when it is opened.
    fn setting(&mut self, at: &At, path: &Path, given: Option<Given>, found: &mut Files) {
        if let Some(Given { rule, .. }) = &given {
            let what =
                Text::new(format!("設定ファイル ({})", rule.id), format!("a settings file ({})", rule.id));
            self.pass(&At { folder: path.to_path_buf(), ..at.clone() }, what, false);
        }
        found.settings.push((asked_as(path, &at.base), given));
    }

    fn export(&mut self, at: &At, path: &Path, found: &mut Files) {
        let what = Text::fixed("レジストリのエクスポート", "an export of the registry");
        self.pass(&At { folder: path.to_path_buf(), ..at.clone() }, what, false);
        found.exports.push(asked_as(path, &at.base));
    }

    fn hive(&mut self, at: &At, path: &Path) {
        let what = Text::fixed("レジストリハイブ", "a registry hive");
        self.pass(&At { folder: path.to_path_buf(), ..at.clone() }, what, false);
        let (base, owner) = (at.base.clone(), at.owner.clone());
        let shape = Shape::Hive { path: asked_as(path, &base), base, owner, is_path: false };
        self.push_at(at, place_of_registry(path, &at.base), shape);
    }

    /// What a file is, and how many bytes were read to tell it.
    fn given(&self, path: &Path, base: &Path) -> Result<(Option<Given>, u64), Problem> {
        let bytes = read_unknown(path, MAX_FILE, &self.known.files)?;
        let given = match recognise_at(path, &bytes, &self.known.files) {
            Some(Recognised::File(rule)) => Some(Given { rule, path: asked_as(path, base) }),
            _ => None,
        };
        Ok((given, bytes.len() as u64))
    }

    /// Files of one owner are looked at together: of several backups of a phone, or copies of an account in a store, the
    /// newest counts.
    pub(super) fn loose(&mut self, at: &At, found: Vec<(String, Option<Given>)>) {
        let Some(computer) = self.held.computers.get_mut(at.computer) else { return };
        let place = self.loose.entry((at.computer, at.base.clone())).or_insert(computer.pending.len());
        if let Some(Pending { shape: Shape::Loose { files, .. }, .. }) = computer.pending.get_mut(*place) {
            files.extend(found);
        } else {
            let shape = Shape::Loose { base: at.base.clone(), files: found, owner: at.owner.clone() };
            self.push_at(at, String::new(), shape);
        }
    }
}

fn head_of(path: &Path, rules: Rules) -> Result<Option<Recognised>, Problem> {
    let head = read_start(open_file(path)?, path.display().to_string(), HEAD)?;
    Ok(recognise(&head, rules))
}

/// A file that a program keeps of its own beside the one in use: `prefs-1.js`, `accountrc.bak`.
fn is_backup_copy(name: &str, entries: &[Entry]) -> bool {
    let lower = name.to_lowercase();
    let stem = [".bak", ".old", ".orig", "~", ".tmp"]
        .iter()
        .find_map(|end| lower.strip_suffix(end).map(str::to_owned));
    let numbered = lower.rsplit_once('.').and_then(|(stem, end)| {
        let (stem, number) = stem.rsplit_once('-')?;
        number.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("{stem}.{end}"))
    });
    let originals: Vec<String> = stem.into_iter().chain(numbered).collect();
    entries.iter().any(|entry| originals.contains(&entry.name.to_lowercase()))
}
