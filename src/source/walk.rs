//! The walk through all that a PATH holds: each folder is recognised, what is recognised is somebody's data, the rest is
//! walked on.

use super::asked::{EXPORT_NAME, ORIGIN, name_of_drives};
use super::below::{asked_as, is_of_former_system, is_roaming, relative};
use super::computer::{Computer, file_name};
use super::disk::{Disk, Home, survey, target_within};
use super::files::{Shared, leads_out};
use super::folder::{CLIENTS_OWN, DOCUMENTS, Folder, Marks, NAMED, has_exports, is_one_of, recognise};
use super::homes::{is_nobody, unread_home};
use super::names::to_text;
use super::pending::{Owner, Pending, Shape, out_of_reach};
use super::problem::Problem;
use super::prunings;
use super::recognise::is_export_name;
use super::rules::Known;
use super::system::{Entry, device, list_folder, read_file, real};
use super::user::{Given, User};
use crate::formats::kinds;
use crate::model::{Passage, Text};
use std::collections::{HashMap, HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The longest name of a computer that is read, in bytes.
const LONGEST_NAME: u64 = 256;
/// Limits of one PATH: entries seen, and levels of folders.
const MAX_SEEN: usize = 500_000;
const MAX_DEPTH: usize = 32;

/// Names of folders that are nobody's, though exports lie in them.
const NO_NAMES: [&str; 24] = [
    "backup",
    "backups",
    "data",
    "desktop",
    "documents",
    "downloads",
    "export",
    "exports",
    "files",
    "mail",
    "misc",
    "new folder",
    "old",
    "phone",
    "reg",
    "registry",
    "temp",
    "tmp",
    "transfer",
    "usb",
    "データ",
    "デスクトップ",
    "バックアップ",
    "新しいフォルダー",
];

/// Where the walk stands.
#[derive(Debug, Clone)]
pub(super) struct At {
    pub(super) folder: PathBuf,
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
    pub passages: Vec<Passage>,
}

impl Held {
    /// One computer.
    pub(super) fn of(computer: Computer) -> Self {
        Self { computers: vec![computer], passages: Vec::new() }
    }
}

/// The walk through one PATH.
pub(super) struct Walk<'a> {
    pub(super) known: &'a Known,
    shared: &'a Arc<Shared>,
    pub(super) top: PathBuf,
    real_top: PathBuf,
    device: Option<u64>,
    seen: usize,
    waiting: VecDeque<At>,
    /// Homes of computers by their real paths.
    homes: HashSet<PathBuf>,
    owners: HashMap<PathBuf, Owner>,
    /// Folders that were met, here or on the way through an earlier PATH.
    met: &'a mut HashSet<PathBuf>,
    pub(super) held: Held,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        top: &Path,
        known: &'a Known,
        shared: &'a Arc<Shared>,
        met: &'a mut HashSet<PathBuf>,
    ) -> Self {
        let at = At {
            folder: top.to_path_buf(),
            base: top.to_path_buf(),
            depth: 0,
            computer: 0,
            owner: None,
            levels: None,
            is_at_top_of_disk: false,
            is_in_store: false,
        };
        Self {
            known,
            shared,
            top: top.to_path_buf(),
            real_top: real(top).unwrap_or_else(|_| top.to_path_buf()),
            device: device(top),
            seen: 0,
            waiting: VecDeque::from([at]),
            homes: HashSet::new(),
            owners: HashMap::new(),
            met,
            held: Held { computers: vec![Computer::default()], passages: Vec::new() },
        }
    }

    /// Level by level: where the limit cuts, what lies near the top was looked at.
    pub(super) fn run(mut self) -> Held {
        while let Some(at) = self.waiting.pop_front() {
            let real = real(&at.folder).unwrap_or_else(|_| at.folder.clone());
            if !self.met.insert(real.clone()) {
                continue;
            }
            let entries = match list_folder(&at.folder) {
                Ok(entries) => entries,
                // A home that can't be looked into is told with its user.
                Err(_) if self.homes.contains(&real) => continue,
                Err(problem) => {
                    self.out_of_reach(&at, problem);
                    continue;
                }
            };
            self.seen += entries.len();
            if self.seen > MAX_SEEN || at.depth > MAX_DEPTH {
                self.problem(&at, Problem::cut_short(at.folder.display().to_string(), MAX_SEEN, MAX_DEPTH));
                if self.seen > MAX_SEEN {
                    break;
                }
                continue;
            }
            self.visit(at, &real, &entries);
        }
        self.held
    }

    /// Beside homes it is one.
    fn out_of_reach(&mut self, at: &At, problem: Problem) {
        let beside = at.folder.parent().filter(|_| at.depth > 0 && at.owner.is_none());
        let is_home = beside.is_some_and(|folder| {
            list_folder(folder).is_ok_and(|entries| self.holds_homes(folder, &entries))
        });
        if is_home {
            self.user(at, unread_home(&at.folder, problem));
        } else {
            self.problem(at, problem);
        }
    }

    fn visit(&mut self, at: At, real: &Path, entries: &[Entry]) {
        if self.homes.contains(real) {
            let owner = self.owners.get(real).cloned();
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

    fn recognised(&mut self, at: At, entries: &[Entry]) {
        let is_nobodys = at.depth > 0 && is_nobody(&to_text(at.folder.file_name().unwrap_or_default()));
        match recognise(entries, self.known) {
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
                self.plain(&at, entries);
            }
            Folder::Plain => self.plain(&at, entries),
        }
    }

    /// Files that were collected, whose places are told from here, and the computer's name if it is known.
    fn origin(&mut self, at: At, entries: &[Entry]) {
        let name = read_file(&at.folder.join(ORIGIN), LONGEST_NAME).ok();
        let name = name.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned());
        let number = self.held.computers.len();
        self.held.computers.push(Computer {
            name: name.filter(|name| !name.is_empty()).map(|name| kinds::name(&name)),
            ..Computer::default()
        });
        let others: Vec<Entry> = entries.iter().filter(|entry| entry.name != ORIGIN).cloned().collect();
        // It takes the place of the PATH that was collected.
        self.recognised(At { base: at.folder.clone(), computer: number, depth: 0, ..at }, &others);
    }

    /// A disk: its homes, and what else lies on it.
    fn computer(&mut self, at: At, entries: &[Entry]) {
        let Disk { name, machine, homes, missing, problems } = survey(&at.folder, self.known);
        self.pass(&at, Text::fixed("コンピューターのディスク", "a computer's disk"), false);
        let is_inside = at.depth > 0 && is_of_former_system(&relative(&at.folder, &self.top));
        let number = self.held.computers.len();
        self.held.computers.push(Computer {
            name,
            machine,
            is_former: is_inside,
            problems,
            ..Computer::default()
        });
        let at = At { computer: number, owner: None, levels: None, is_at_top_of_disk: false, ..at };
        for Home { path, profile, problem } in homes {
            let real = real(&path).unwrap_or_else(|_| path.clone());
            if let Some(problem) = problem {
                let sid = profile.map(|profile| profile.sid);
                self.user(&at, User { sid, ..unread_home(&path, problem) });
                self.homes.insert(real);
                continue;
            }
            let children = list_folder(&path).unwrap_or_default();
            // A folder without any mark may hold homes itself (/home/office/taro).
            if profile.is_none()
                && !Marks::of(&children, self.known).any()
                && self.holds_homes(&path, &children)
            {
                continue;
            }
            let owner =
                Owner { name: file_name(&real), sid: profile.as_ref().map(|profile| profile.sid.clone()) };
            self.shared.add_home(&path);
            self.homes.insert(real.clone());
            self.owners.insert(real, owner);
            let root = relative(&path, &self.top);
            let disk = Some(at.folder.clone());
            let shape = if has_exports(&children) {
                Shape::Collected { home: path.clone(), disk, profile, is_home: true }
            } else {
                Shape::Home { home: path.clone(), disk, profile }
            };
            self.push_at(&at, root, shape);
            self.waiting.push_back(At { folder: path, depth: at.depth + 2, ..at.clone() });
        }
        for (profile, problem) in missing {
            let name = profile.path.rsplit('\\').next().map(str::to_owned);
            let pending = out_of_reach(name, Some(profile.sid), problem);
            if let Some(computer) = self.held.computers.get_mut(number) {
                computer.pending.push(pending);
            }
        }
        self.files(&at, entries);
        self.folders(&At { is_at_top_of_disk: true, ..at }, entries);
    }

    /// How far a folder in a home is looked into: a client's own to its end.
    fn levels(&self, name: &str, levels: usize) -> Option<usize> {
        (!self.is_store(name)).then_some(levels)
    }

    fn is_store(&self, name: &str) -> bool {
        !name.starts_with('.') && self.known.stores.contains(&name.to_lowercase())
    }

    fn holds_homes(&self, folder: &Path, entries: &[Entry]) -> bool {
        let mut folders = entries.iter().filter(|entry| entry.is_folder && !entry.is_link);
        folders.any(|entry| {
            let children = list_folder(&entry.path_in(folder)).unwrap_or_default();
            Marks::of(&children, self.known).any() || has_exports(&children)
        })
    }

    /// A home by itself. Inside another one it is that one's, unless its name says another.
    fn home(&mut self, at: At, entries: &[Entry], is_collected: bool) {
        let name = file_name(&real(&at.folder).unwrap_or_else(|_| at.folder.clone()));
        let is_copy = |name: &String| is_roaming(name) || is_one_of(name, &NO_NAMES);
        let owner = match &at.owner {
            Some(owner)
                if name.as_ref().is_none_or(|name| is_copy(name) || owner.name.as_ref() == Some(name)) =>
            {
                owner.clone()
            }
            _ => Owner { name, sid: None },
        };
        // What only a client's file marks is somebody's, if it has a name for one.
        let is_weak = Marks { file: false, ..Marks::of(entries, self.known) } == Marks::default();
        if is_weak && !is_collected && (at.owner.is_some() || owner.name.as_ref().is_some_and(is_copy)) {
            return self.plain(&at, entries);
        }
        self.pass(&at, Text::fixed("ユーザーのフォルダー", "a home"), false);
        self.shared.add_home(&at.folder);
        let shape = if is_collected {
            Shape::Collected { home: at.folder.clone(), disk: None, profile: None, is_home: true }
        } else {
            Shape::Home { home: at.folder.clone(), disk: None, profile: None }
        };
        self.push(&at, shape);
        self.inside_home(At { owner: Some(owner), ..at }, entries);
    }

    /// In a home: what lies in it, on the desktop and among documents, and one level below.
    fn inside_home(&mut self, at: At, entries: &[Entry]) {
        let at = At { base: at.folder.clone(), ..at };
        self.files(&At { levels: Some(1), ..at.clone() }, entries);
        for entry in entries.iter().filter(|entry| entry.is_folder && !entry.is_link) {
            if !is_one_of(&entry.name, &CLIENTS_OWN) {
                let levels = self.levels(&entry.name, usize::from(is_one_of(&entry.name, &NAMED)));
                self.folder(&At { levels, ..at.clone() }, entry);
            }
        }
        for entry in entries.iter().filter(|entry| entry.is_link && is_one_of(&entry.name, &NAMED)) {
            let path = entry.path_in(&at.folder);
            if target_within(&path, &self.top).is_none() && !is_one_of(&entry.name, &["My Documents"]) {
                self.problem(&at, leads_out(path.display().to_string()));
            }
        }
    }

    /// Exports of the registry at the top of a folder: its name is that of a person, unless it is a folder's.
    fn collected(&mut self, at: At, entries: &[Entry]) {
        if Marks::of(entries, self.known).any() {
            return self.home(at, entries, true);
        }
        let name = file_name(&real(&at.folder).unwrap_or_else(|_| at.folder.clone()));
        let is_named = name.as_ref().is_some_and(|name| !is_one_of(name, &NO_NAMES));
        // Beside folders of another kind than a home has, they are nobody's.
        let mut folders = entries.iter().filter(|entry| entry.is_folder && !entry.is_link);
        let is_store = |entry: &Entry| self.known.stores.contains(&entry.name.to_lowercase());
        let is_own = |entry: &Entry| {
            entry.name.starts_with('.') || is_one_of(&entry.name, &DOCUMENTS) || is_store(entry)
        };
        let holds_others = !folders.all(is_own);
        let is_ours = entries.iter().any(|entry| entry.name == EXPORT_NAME);
        if !is_named || (!is_ours && (at.owner.is_some() || holds_others)) {
            return self.plain(&at, entries);
        }
        self.pass(&at, Text::fixed("集めた値のフォルダー", "a collected folder"), false);
        self.push(
            &at,
            Shape::Collected { home: at.folder.clone(), disk: None, profile: None, is_home: false },
        );
        let owner = Some(Owner { name, sid: None });
        let at = At { owner, base: at.folder.clone(), ..at };
        let others: Vec<Entry> =
            entries.iter().filter(|entry| !is_export_name(&entry.name.to_lowercase())).cloned().collect();
        self.plain(&at, &others);
    }

    fn plain(&mut self, at: &At, entries: &[Entry]) {
        self.files(at, entries);
        self.folders(at, entries);
    }

    fn folders(&mut self, at: &At, entries: &[Entry]) {
        if at.levels == Some(0) {
            return;
        }
        // What was collected from a home's disks is read with the home.
        let drives: HashSet<String> = entries.iter().map(|entry| name_of_drives(&entry.name)).collect();
        for entry in entries.iter().filter(|entry| entry.is_folder && !drives.contains(&entry.name)) {
            if !entry.is_link {
                let levels = at.levels.and_then(|levels| self.levels(&entry.name, levels - 1));
                self.folder(&At { levels, ..at.clone() }, entry);
            }
        }
        self.links_to_homes(at, entries);
    }

    /// A folder below the one where the walk stands.
    fn folder(&mut self, at: &At, entry: &Entry) {
        let next = At {
            folder: entry.path_in(&at.folder),
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
        if device(&next.folder) != self.device && !holds_known_homes() {
            let problem = Problem::outside(
                next.folder.display().to_string(),
                &Text::fixed(
                    "別のディスクです。そのフォルダーを指定して調べてください。",
                    "it is another disk: scan it by itself",
                ),
            );
            return self.problem(&next, problem);
        }
        self.waiting.push_back(next);
    }

    /// Beside homes, a link that leads out is a home that can't be read.
    fn links_to_homes(&mut self, at: &At, entries: &[Entry]) {
        let links: Vec<&Entry> = entries.iter().filter(|entry| entry.is_link).collect();
        if links.is_empty() || at.owner.is_some() || !self.holds_homes(&at.folder, entries) {
            return;
        }
        for entry in links {
            let path = entry.path_in(&at.folder);
            let is_file = !entry.is_folder && real(&path).is_ok();
            // What PATH itself lies in is nobody's home.
            let is_above = real(&path).is_ok_and(|target| self.real_top.starts_with(target));
            if !is_file
                && !is_above
                && target_within(&path, &self.top).is_none()
                && !self.homes.contains(&path)
            {
                let problem = leads_out(path.display().to_string());
                self.user(at, unread_home(&path, problem));
            }
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

    fn user(&mut self, at: &At, user: User) {
        if let Some(computer) = self.held.computers.get_mut(at.computer) {
            computer.pending.push(Pending::user(user));
        }
    }

    pub(super) fn problem(&mut self, at: &At, problem: Problem) {
        if let Some(computer) = self.held.computers.get_mut(at.computer) {
            computer.problems.push(problem);
        }
    }

    pub(super) fn pass(&mut self, at: &At, what: Text, is_left_out: bool) {
        self.held.passages.push(Passage { place: at.folder.display().to_string(), what, is_left_out });
    }
}
