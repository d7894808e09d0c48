//! The policies in force: those that are named, then those in the folder beside the program, then those that are part of it.

use super::fault::{Fault, LINK, OTHERS_MAY_WRITE, client_ids, problem, refuses};
use super::read::{read, text_of};
use crate::cli::judging_arguments::ChosenPolicies;
use crate::cli::output::say;
use crate::cli::stop::Stop;
use crate::model::{IssueKind, Lang, Text};
use crate::policy::exceptions::{self, Exception};
use crate::policy::{BUILT_IN, Mistake, Origin, Policies, Policy, file};
use crate::source::Problem;
use crate::source::here::{own_program, runs_as_system};
use crate::source::system::{is_folder, list_folder};
use crate::source::trust::{others_may_change, real};
use std::path::{Path, PathBuf};

/// Policies in one folder; Thunderbird's database of providers has 163.
const MOST_FILES: usize = 1000;
/// The folder beside the program.
const BESIDE: &str = "policies";

/// Where policies come from.
#[derive(Debug, Clone)]
pub(in crate::cli) struct Sources<'a> {
    /// As they were named.
    pub(in crate::cli) named: &'a [PathBuf],
    /// The folder beside the program.
    pub(in crate::cli) beside: Option<PathBuf>,
    /// With those that are part of the program.
    pub(in crate::cli) with_built_in: bool,
    /// The program judges for all users: what others can write does not count.
    pub(in crate::cli) for_all: bool,
}

impl<'a> Sources<'a> {
    /// Those of this program.
    pub(in crate::cli) fn of_program(named: &'a [PathBuf], with_built_in: bool) -> Self {
        let folder = own_program().and_then(|program| Some(own_path(&program).parent()?.join(BESIDE)));
        Self {
            named,
            beside: folder.filter(|folder| is_folder(folder)),
            with_built_in,
            for_all: runs_as_system(),
        }
    }
}

/// `/proc/self/exe` is a link to where the program lies.
fn own_path(program: &Path) -> PathBuf {
    real(program).unwrap_or_else(|| program.to_path_buf())
}

/// The policies, and what was left out.
#[derive(Debug)]
pub(in crate::cli) struct Loaded {
    /// In their order.
    pub(in crate::cli) policies: Policies,
    /// What is wrong in the folder beside the program: it is left out.
    pub(in crate::cli) left_out: Vec<Problem>,
    /// Where each of `policies.list` and then of `policies.targets` comes from; `None`: from the program itself.
    pub(in crate::cli) files: Vec<Option<PathBuf>>,
}

/// The policies that the arguments ask for. What is wrong with those that were named is said.
pub(in crate::cli) fn chosen(chosen: &ChosenPolicies, lang: Lang) -> Result<Loaded, Stop> {
    load(&Sources::of_program(&chosen.policy, !chosen.no_builtin_policies)).map_err(|faults| {
        say_all(&faults, lang);
        Stop::Policy
    })
}

/// The policies that were named, and no others. What is wrong with them is said.
pub(in crate::cli) fn named(paths: &[PathBuf], lang: Lang) -> Result<Vec<Policy>, Stop> {
    let sources = Sources { beside: None, ..Sources::of_program(paths, false) };
    let loaded = load(&sources).map_err(|faults| {
        say_all(&faults, lang);
        Stop::Policy
    })?;
    Ok([loaded.policies.list, loaded.policies.targets].concat())
}

fn say_all(faults: &[Fault], lang: Lang) {
    for fault in faults {
        say(&fault.shown(lang));
    }
}

/// The accounts that may stay as they are, from a file that was named. What is wrong with it is said.
pub(in crate::cli) fn excepted(path: &Path, lang: Lang) -> Result<Vec<Exception>, Stop> {
    let at_path = |mistake| Fault::Mistake(path.to_path_buf(), mistake);
    let read = || {
        let mut faults = Vec::new();
        if refuses(path, runs_as_system(), &mut faults) {
            return Err(faults);
        }
        exceptions::read(&text_of(path)?, &client_ids())
            .map_err(|wrong| wrong.into_iter().map(at_path).collect())
    };
    read().map_err(|faults: Vec<Fault>| {
        say_all(&faults, lang);
        Stop::Policy
    })
}

/// All policies, or everything that is wrong with those that were named.
pub(in crate::cli) fn load(sources: &Sources) -> Result<Loaded, Vec<Fault>> {
    let (mut faults, mut left_out) = (Vec::new(), Vec::new());
    let (mut list, mut targets): (Vec<(Policy, Option<PathBuf>)>, Vec<_>) = (Vec::new(), Vec::new());
    for path in sources.named {
        for file in files_of(path, sources.for_all, &mut faults) {
            match read(&file.path, Origin::Given, sources.for_all) {
                Ok(reading) if file.is_target => targets.push((reading.policy, Some(file.path))),
                Ok(reading) => list.push((reading.policy, Some(file.path))),
                Err(wrong) => faults.extend(wrong),
            }
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if let Some(folder) = &sources.beside {
        let mut wrong = Vec::new();
        for file in files_of(folder, sources.for_all, &mut wrong) {
            match read(&file.path, Origin::Beside, sources.for_all) {
                Ok(reading) if file.is_target => targets.push((reading.policy, Some(file.path))),
                Ok(reading) => list.push((reading.policy, Some(file.path))),
                // One issue for each file.
                Err(mistakes) => wrong.extend(in_one(mistakes)),
            }
        }
        left_out.extend(wrong.into_iter().map(Fault::into_problem));
    }
    if sources.with_built_in {
        for (name, text) in BUILT_IN {
            match file::read(text, Origin::BuiltIn, &client_ids()) {
                Ok(reading) => list.push((reading.policy, None)),
                Err(_) => left_out.push(Problem::internal(name)),
            }
        }
    }
    let files = list.iter().chain(&targets).map(|(_, path)| path.clone()).collect();
    let only = |found: Vec<(Policy, Option<PathBuf>)>| found.into_iter().map(|(policy, _)| policy).collect();
    let policies = Policies { list: only(list), targets: only(targets), ..Policies::standard() };
    Ok(Loaded { policies, left_out, files })
}

/// The first of the mistakes of a file, with how many more there are.
fn in_one(faults: Vec<Fault>) -> Option<Fault> {
    let more = faults.len().saturating_sub(1);
    let told = |message: &Text| {
        Text::new(
            format!("{}(ほかに {more} 件。policies check で確認できます)", message.ja),
            format!("{} (and {more} more: see `policies check`)", message.en),
        )
    };
    let first = faults.into_iter().next()?;
    Some(match first {
        _ if more == 0 => first,
        Fault::Mistake(path, mistake) => {
            Fault::Mistake(path, Mistake { message: told(&mistake.message), ..mistake })
        }
        Fault::Problem(problem) => Fault::Problem(Problem { message: told(&problem.message), ..problem }),
    })
}

/// A file to be read as a policy.
pub(super) struct Wanted {
    pub(super) path: PathBuf,
    /// It says what to change to, and claims nothing: one of a folder of Autoconfig files.
    pub(super) is_target: bool,
}

/// The files that a path stands for: itself, or of a folder the policies by name and then the Autoconfig files.
pub(super) fn files_of(path: &Path, for_all: bool, faults: &mut Vec<Fault>) -> Vec<Wanted> {
    if refuses(path, for_all, faults) {
        return Vec::new();
    }
    if !is_folder(path) {
        return vec![Wanted { path: path.to_path_buf(), is_target: false }];
    }
    let entries = match list_folder(path) {
        Ok(entries) => entries,
        Err(problem) => {
            faults.push(Fault::Problem(problem));
            return Vec::new();
        }
    };
    let before = faults.len();
    let mut found = Vec::new();
    for (ending, is_target) in [(".toml", false), (".xml", true)] {
        for entry in &entries {
            let is_wanted = entry.name.to_lowercase().ends_with(ending) && !entry.name.starts_with('.');
            // A link may lead anywhere, and to a folder: it is told whatever it leads to.
            if !is_wanted || (entry.is_folder && !entry.is_link) {
                continue;
            }
            let path = path.join(&entry.name);
            if entry.is_link {
                faults.push(problem(&path, IssueKind::Outside, &LINK));
            } else if for_all && others_may_change(&path) {
                faults.push(problem(&path, IssueKind::Denied, &OTHERS_MAY_WRITE));
            } else {
                found.push(Wanted { path, is_target });
            }
        }
    }
    if found.len() > MOST_FILES {
        faults.push(problem(path, IssueKind::TooLarge, &TOO_MANY));
        found.clear();
    } else if found.is_empty() && faults.len() == before {
        faults.push(problem(path, IssueKind::Malformed, &NOTHING));
    }
    found
}

/// The policies that are part of the program.
pub(super) fn built_in() -> impl Iterator<Item = Policy> {
    let read = |(_, text): (&str, &str)| file::read(text, Origin::BuiltIn, &client_ids()).ok();
    BUILT_IN.into_iter().filter_map(read).map(|reading| reading.policy)
}

const TOO_MANY: Text =
    Text::fixed("ファイルが 1000 個を超えています。", "more than 1,000 files in the folder");
const NOTHING: Text = Text::fixed(
    "フォルダーに .toml ファイルも .xml ファイルもありません。",
    "neither a .toml nor an .xml file in the folder",
);

#[cfg(test)]
#[path = "load_tests.rs"]
mod tests;
