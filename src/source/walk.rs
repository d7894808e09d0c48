//! The walk through all that a PATH holds: each folder is recognised, what is recognised is somebody's data, the rest is
//! walked on.

use super::asked::{ORIGIN, name_of_drives};
use super::below::{asked_as, relative};
use super::budget::{Budget, What};
use super::computer::Computer;
use super::files::Shared;
use super::folder::{CLIENTS_OWN, Folder, is_one_of, recognise};
use super::hash::hash;
use super::homes::is_nobody;
use super::names::to_text;
use super::opened::Owner;
use super::pending::{Pending, Shape};
use super::problem::Problem;
use super::prunings;
use super::rules::Known;
use super::system::{Entry, device, list_folder, real};
use super::user::{Given, User};
use crate::model::{Passages, Text};
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Limits of one PATH: entries seen, and levels of folders.
const MAX_SEEN: usize = 500_000;
const MAX_DEPTH: usize = 32;

/// Where the walk stands.
#[derive(Debug, Clone)]
pub(super) struct At {
    pub(super) folder: PathBuf,
    /// Where it really lies.
    pub(super) real: PathBuf,
    /// What places are told from: PATH, or the home that it lies in.
    pub(super) base: PathBuf,
    pub(super) depth: usize,
    /// Which of the computers.
    pub(super) computer: usize,
    /// Whose home it lies in.
    pub(super) owner: Option<Owner>,
    /// Inside a home: how many more levels are looked at.
    pub(super) levels: Option<usize>,
    /// It lies at the top of a computer's disk.
    pub(super) is_at_top_of_disk: bool,
    /// Inside a home, one level further than files are looked at: only what is recognised is read.
    pub(super) is_beyond: bool,
    /// It lies in a client's own folder: no homes are in there.
    pub(super) is_in_store: bool,
}

impl At {
    /// True at the top of a home.
    pub(super) fn is_at_home(&self) -> bool {
        self.owner.is_some() && self.levels == Some(1) && self.folder == self.base
    }
}

/// What PATHs hold.
#[derive(Debug, Default)]
pub struct Held {
    /// The computers; the first is the one that nothing is known of.
    pub computers: Vec<Computer>,
    /// What was met on the way.
    pub passages: Passages,
}

impl Held {
    /// One computer.
    pub(super) fn of(computer: Computer) -> Self {
        Self { computers: vec![computer], passages: Passages::default() }
    }
}

/// The walk through one PATH.
pub(super) struct Walk<'a> {
    pub(super) known: &'a Known,
    pub(super) shared: &'a Arc<Shared>,
    pub(super) top: PathBuf,
    pub(super) real_top: PathBuf,
    device: Option<u64>,
    /// How many more entries are looked at.
    left: usize,
    pub(super) waiting: VecDeque<At>,
    /// The folders of the home where the walk is: each home is walked through by itself, so that not all wait together.
    inside: VecDeque<At>,
    /// What is left to homes, by their places, and whose they are.
    budgets: BTreeMap<PathBuf, (At, Rc<Budget>)>,
    /// Homes of computers by their real paths.
    pub(super) homes: HashSet<PathBuf>,
    pub(super) owners: HashMap<PathBuf, Owner>,
    /// Folders that were met, here or on the way through an earlier PATH, by hashes of their real paths.
    met: &'a mut HashSet<u64>,
    /// Where the loose files of each computer's folders are among what is pending.
    pub(super) loose: HashMap<(usize, PathBuf), usize>,
    pub(super) held: Held,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        top: &Path,
        known: &'a Known,
        shared: &'a Arc<Shared>,
        met: &'a mut HashSet<u64>,
    ) -> Self {
        let real_top = real(top).unwrap_or_else(|_| top.to_path_buf());
        let at = At {
            folder: top.to_path_buf(),
            real: real_top.clone(),
            base: top.to_path_buf(),
            depth: 0,
            computer: 0,
            owner: None,
            levels: None,
            is_at_top_of_disk: false,
            is_beyond: false,
            is_in_store: false,
        };
        Self {
            known,
            shared,
            top: top.to_path_buf(),
            real_top,
            device: device(top),
            left: MAX_SEEN,
            waiting: VecDeque::from([at]),
            inside: VecDeque::new(),
            budgets: BTreeMap::new(),
            homes: HashSet::new(),
            owners: HashMap::new(),
            met,
            held: Held::of(Computer::default()),
            loose: HashMap::new(),
        }
    }

    /// Level by level: where the limit cuts, what lies near the top was looked at.
    pub(super) fn run(mut self) -> Held {
        while let Some(at) = self.inside.pop_front().or_else(|| self.waiting.pop_front()) {
            let budget = self.budget(&at);
            let place = at.folder.display().to_string();
            if let Some(budget) = budget.as_ref().filter(|budget| budget.is_spent(What::Entries)) {
                budget.leave_out(What::Entries, 1, &place);
                continue;
            }
            if !self.met.insert(hash(&at.real)) {
                continue;
            }
            let entries = match list_folder(&at.folder) {
                Ok(entries) => entries,
                // A home that can't be looked into is told with its user.
                Err(_) if self.homes.contains(&at.real) => continue,
                Err(problem) => {
                    self.out_of_reach(&at, problem);
                    continue;
                }
            };
            let count = entries.len();
            if let Some(budget) = budget.as_ref().filter(|budget| !budget.take(What::Entries, count as u64)) {
                budget.leave_out(What::Entries, 1, &place);
                continue;
            }
            let left = if budget.is_some() { Some(self.left) } else { self.left.checked_sub(count) };
            if left.is_none() || at.depth > MAX_DEPTH {
                self.problem(&at, Problem::cut_short(place, MAX_SEEN, MAX_DEPTH));
                if left.is_none() {
                    break;
                }
                continue;
            }
            self.left = left.unwrap_or_default();
            self.visit(at, &entries);
        }
        for (at, budget) in std::mem::take(&mut self.budgets).into_values() {
            for problem in budget.left_out() {
                self.problem(&at, problem);
            }
        }
        self.held
    }

    /// What is left to the home that a folder lies in. Homes in another one share its, unless that one is PATH itself.
    pub(super) fn budget(&mut self, at: &At) -> Option<Rc<Budget>> {
        at.owner.as_ref()?;
        let around = at.base.ancestors().filter(|above| *above == at.base || *above != self.top);
        let known = around.into_iter().find_map(|above| self.budgets.get(above));
        let (_, budget) = match known {
            Some(known) => known,
            None => self.budgets.entry(at.base.clone()).or_insert_with(|| (at.clone(), Rc::default())),
        };
        Some(Rc::clone(budget))
    }

    pub(super) fn visit(&mut self, at: At, entries: &[Entry]) {
        if self.homes.contains(&at.real) {
            let owner = self.owners.get(&at.real).cloned();
            self.pass(&at, Text::fixed("ユーザーのフォルダー", "a home"), false);
            return self.inside_home(At { owner, ..at }, entries);
        }
        let name = to_text(at.folder.file_name().unwrap_or_default());
        let above: Vec<String> = relative(&at.folder, &self.top).split('/').map(str::to_owned).collect();
        if at.depth > 0
            && let Some(reason) = prunings::by_content(entries, &name, &above)
        {
            return self.pass(&at, reason.clone(), true);
        }
        if entries.iter().any(|entry| !entry.is_folder && entry.name == ORIGIN) {
            return self.origin(at, entries);
        }
        self.recognised(at, entries);
    }

    pub(super) fn recognised(&mut self, at: At, entries: &[Entry]) {
        let is_nobodys = at.depth > 0 && is_nobody(&to_text(at.folder.file_name().unwrap_or_default()));
        // A client's folder among homes makes no home of what they lie in.
        let holds_homes = self.homes.iter().any(|home| home.parent() == Some(&at.folder));
        match recognise(entries, self.known) {
            Folder::Home if holds_homes => self.plain(&at, entries),
            Folder::Backup(rule) => {
                self.pass(&at, Text::fixed("スマートフォンのバックアップ", "a phone's backup"), false);
                let path = asked_as(&at.folder, &at.base);
                let given = Given { rule, path: path.clone() };
                self.loose(&at, vec![(path, Some(given))]);
            }
            Folder::Computer | Folder::Home | Folder::Collected if at.is_in_store => self.plain(&at, entries),
            Folder::Home if is_nobodys => self.plain(&at, entries),
            Folder::Computer => self.computer(at, entries),
            Folder::Home => self.home(at, entries, false),
            Folder::Collected => self.collected(at, entries),
            Folder::Own(rule) => {
                self.pass(&at, Text::fixed("メールソフトのフォルダー", "a client's own folder"), false);
                self.push(
                    &at,
                    Shape::Own {
                        base: at.base.clone(),
                        folder: at.folder.clone(),
                        rule,
                        owner: at.owner.clone(),
                    },
                );
                let name = rule.place.rsplit(['/', '\\']).next().unwrap_or_default();
                let is_in_store = at.is_in_store || is_one_of(name, &CLIENTS_OWN);
                self.plain(&At { is_beyond: false, levels: None, is_in_store, ..at }, entries);
            }
            Folder::Plain => self.plain(&at, entries),
        }
    }

    pub(super) fn plain(&mut self, at: &At, entries: &[Entry]) {
        if at.is_beyond {
            return;
        }
        self.files(at, entries);
        self.folders(at, entries);
    }

    pub(super) fn folders(&mut self, at: &At, entries: &[Entry]) {
        if at.is_beyond {
            return;
        }
        // What was collected from a home's disks is read with the home.
        let drives: HashSet<String> = entries.iter().map(|entry| name_of_drives(&entry.name)).collect();
        for entry in entries.iter().filter(|entry| entry.is_folder && !drives.contains(&entry.name)) {
            if !entry.is_link {
                let levels = at.levels.and_then(|levels| self.levels(&entry.name, levels.saturating_sub(1)));
                let is_beyond = at.levels == Some(0) && levels.is_some();
                self.folder(&At { levels, is_beyond, ..at.clone() }, entry);
            }
        }
        self.links_to_homes(at, entries);
    }

    /// A folder below the one where the walk stands.
    pub(super) fn folder(&mut self, at: &At, entry: &Entry) {
        let next = At {
            folder: entry.path_in(&at.folder),
            real: entry.path_in(&at.real),
            depth: at.depth + 1,
            is_at_top_of_disk: false,
            is_in_store: at.is_in_store || (at.owner.is_some() && self.is_store(&entry.name)),
            ..at.clone()
        };
        if let Some(reason) = prunings::by_name(&entry.name, at.is_at_top_of_disk) {
            return self.pass(&next, reason.clone(), true);
        }
        // A disk's homes are often on another one, and are read already.
        let holds_known_homes = || self.homes.iter().any(|home| home.starts_with(&next.folder));
        let is_another = device(&next.folder).is_some_and(|device| Some(device) != self.device);
        if is_another && !holds_known_homes() {
            let problem = Problem::outside(
                next.folder.display().to_string(),
                &Text::fixed(
                    "別のディスクです。そのフォルダーを指定して調べてください。",
                    "it is another disk: scan it by itself",
                ),
            );
            return self.problem(&next, problem);
        }
        if next.owner.is_some() {
            self.inside.push_back(next);
        } else {
            self.waiting.push_back(next);
        }
    }

    pub(super) fn push(&mut self, at: &At, shape: Shape) {
        self.push_at(at, relative(&at.folder, &at.base), shape);
    }

    pub(super) fn push_at(&mut self, at: &At, root: String, shape: Shape) {
        if let Some(computer) = self.held.computers.get_mut(at.computer) {
            computer.pending.push(Pending { shape, root });
        }
    }

    pub(super) fn user(&mut self, at: &At, user: User) {
        if let Some(computer) = self.held.computers.get_mut(at.computer) {
            computer.pending.push(Pending::user(user));
        }
    }

    pub(super) fn problem(&mut self, at: &At, problem: Problem) {
        if let Some(owner) = &at.owner {
            let (base, owner) = (at.base.clone(), owner.clone());
            self.push_at(at, String::new(), Shape::Trouble { base, owner, problem });
        } else if let Some(computer) = self.held.computers.get_mut(at.computer)
            && !computer.problems.contains(&problem)
        {
            computer.problems.push(problem);
        }
    }

    pub(super) fn pass(&mut self, at: &At, what: Text, is_left_out: bool) {
        let Passages { taken, left_out } = &mut self.held.passages;
        let passages = if is_left_out { left_out } else { taken };
        passages.add(|| at.folder.display().to_string(), what);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own folders")]
    use super::*;
    use std::fs;

    #[test]
    fn a_path_has_its_number_of_entries() {
        assert_eq!(MAX_SEEN, 500_000);
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "b/c"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        for (left, problems) in [(3, 0), (2, 1)] {
            let (known, shared, mut met) = (Known::default(), Arc::default(), HashSet::new());
            let walk = Walk { left, ..Walk::new(folder.path(), &known, &shared, &mut met) };
            let held = walk.run();
            let found: usize = held.computers.iter().map(|computer| computer.problems.len()).sum();
            assert_eq!(found, problems, "{left}");
        }
    }
}
