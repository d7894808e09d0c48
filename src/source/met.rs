//! Computers, homes and collected folders, where the walk meets them.

use super::asked::{EXPORT_NAME, ORIGIN, OWN};
use super::below::{is_of_former_system, is_roaming, relative};
use super::computer::{Computer, MachineAt};
use super::disk::{Disk, Home, survey, target_within};
use super::files::leads_out;
use super::folder::{CLIENTS_OWN, DOCUMENTS, Folder, Marks, NAMED, has_exports, is_one_of, recognise};
use super::homes::{is_nobody, unread_home};
use super::names::file_name;
use super::opened::Owner;
use super::pending::{Shape, out_of_reach};
use super::problem::Problem;
use super::recognise::{has_telling_name, is_export_name};
use super::rules::Known;
use super::spots::identity;
use super::system::{Entry, list_folder, read_file, real};
use super::user::User;
use super::walk::{At, Walk};
use crate::formats::kinds;
use crate::model::Text;
use std::path::Path;

/// The longest name of a computer that is read, in bytes.
const LONGEST_NAME: u64 = 256;
/// Names of folders that are nobody's, though exports lie in them.
const NO_NAMES: [&str; 26] = [
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
    "profile",
    "profiles",
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

/// True for a name that is a folder's or a computer's, not a person's: one of [`NO_NAMES`], of those that homes and disks
/// have themselves, a client's with something behind it, a drive's letter, a date, `PC-7`.
fn is_no_name(name: &str, known: &Known) -> bool {
    let lower = name.to_lowercase();
    let is_numbered = |start: &str| {
        let number = lower.strip_prefix(start).unwrap_or_default().trim_start_matches(['-', '_', ' ']);
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    // 2026-11-29 or 20261129: other numbers are those of employees.
    let parts: Vec<&str> = lower.split(['-', '_', '.']).collect();
    let has_digits =
        parts.iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_date = has_digits && (parts.len() == 3 || (lower.len() == 8 && lower.starts_with("20")));
    let is_clients = |store: &String| {
        let rest = lower.strip_prefix(store.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '_', ' ', '!']))
    };
    let of_system = ["users", "home", "documents and settings", "programdata", "windows", "library"];
    is_one_of(name, &NO_NAMES)
        || is_one_of(name, &NAMED)
        || is_one_of(name, &of_system)
        || lower.starts_with("onedrive")
        || known.stores.iter().any(is_clients)
        || name.chars().count() == 1
        || is_date
        || is_numbered("pc")
}

impl Walk<'_> {
    /// Beside homes it is one.
    pub(super) fn out_of_reach(&mut self, at: &At, problem: Problem) {
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

    /// Files that were collected, whose places are told from here, and the computer's name if it is known.
    pub(super) fn origin(&mut self, at: At, entries: &[Entry]) {
        let bytes = read_file(&at.folder.join(ORIGIN), LONGEST_NAME).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.lines().map(str::trim);
        let name = lines.next().filter(|name| !name.is_empty()).map(kinds::name);
        let is_own = lines.next() == Some(OWN);
        let number = self.held.computers.len();
        self.held.computers.push(Computer { name, ..Computer::default() });
        let others: Vec<Entry> = entries.iter().filter(|entry| entry.name != ORIGIN).cloned().collect();
        // It takes the place of the PATH that was collected.
        let at = At { base: at.folder.clone(), computer: number, depth: 0, is_in_store: true, ..at };
        match recognise(&others, self.known) {
            Folder::Own(_) if !is_own => self.plain(&at, &others),
            _ => self.recognised(at, &others),
        }
    }

    /// A disk: its homes, and what else lies on it.
    pub(super) fn computer(&mut self, at: At, entries: &[Entry]) {
        let Disk { name, machine, homes, missing, problems } = survey(&at.folder, self.known);
        self.pass(&at, Text::fixed("コンピューターのディスク", "a computer's disk"), false);
        let is_former = at.depth > 0 && is_of_former_system(&relative(&at.folder, &self.top));
        // The former system of a computer was that computer's.
        let around = self.held.computers.get(at.computer).and_then(|computer| computer.name.clone());
        let name = name.or(around.filter(|_| is_former));
        let number = self.held.computers.len();
        let machine_at = machine.as_ref().map(|_| MachineAt::Disk(at.folder.clone()));
        let computer = Computer { name, machine, machine_at, is_former, problems, ..Computer::default() };
        self.held.computers.push(computer);
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
            // A folder without any mark may hold homes itself (/home/office/taro), or be something else.
            let is_marked = profile.is_some() || Marks::of(&children, self.known).any();
            if !is_marked && (self.holds_homes(&path, &children) || !self.is_empty_home(&children)) {
                continue;
            }
            let owner =
                Owner { name: file_name(&real), sid: profile.as_ref().map(|profile| profile.sid.clone()) };
            self.shared.add_real_home(real.clone());
            self.homes.insert(real.clone());
            self.owners.insert(real.clone(), owner);
            let root = relative(&path, &self.top);
            let disk = Some(at.folder.clone());
            let shape = if has_exports(&children) {
                Shape::Collected { home: path.clone(), disk, profile, is_home: true, named: None }
            } else {
                Shape::Home { home: path.clone(), disk, profile, named: None }
            };
            self.push_at(&at, root, shape);
            self.waiting.push_back(At { folder: path, real, depth: at.depth + 2, ..at.clone() });
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

    /// True for a folder that nothing was found in: somebody's who never logged on.
    fn is_empty_home(&self, entries: &[Entry]) -> bool {
        let is_telling = |entry: &Entry| !entry.is_folder && has_telling_name(&entry.name, &self.known.files);
        matches!(recognise(entries, self.known), Folder::Plain | Folder::Collected)
            && !entries.iter().any(is_telling)
    }

    /// How far a folder in a home is looked into: a client's own to its end.
    pub(super) fn levels(&self, name: &str, levels: usize) -> Option<usize> {
        // Windows moves the desktop and the documents to OneDrive if it is told to.
        let is_named = is_one_of(name, &NAMED) || name.to_lowercase().starts_with("onedrive");
        (!self.is_store(name)).then_some(if is_named { levels.max(1) } else { levels })
    }

    pub(super) fn is_store(&self, name: &str) -> bool {
        !name.starts_with('.') && self.known.stores.contains(&name.to_lowercase())
    }

    pub(super) fn holds_homes(&self, folder: &Path, entries: &[Entry]) -> bool {
        let mut folders = entries.iter().filter(|entry| entry.is_folder && !entry.is_link);
        folders.any(|entry| {
            let children = list_folder(&entry.path_in(folder)).unwrap_or_default();
            Marks::of(&children, self.known).any() || has_exports(&children)
        })
    }

    /// A home by itself. Inside another one it is that one's, unless its name says another.
    pub(super) fn home(&mut self, at: At, entries: &[Entry], is_collected: bool) {
        let folder = file_name(&at.real);
        let name = identity(&at.folder)
            .map(|identity| identity.name)
            .or_else(|| self.person(&at, folder.as_deref()));
        let owner = match &at.owner {
            Some(owner) if name.is_none() || owner.name == name => owner.clone(),
            _ => Owner { name, sid: None },
        };
        // What only a file marks is somebody's, if the folder has a name for one.
        let is_weak = Marks { file: false, ..Marks::of(entries, self.known) } == Marks::default();
        if is_weak && !is_collected && (at.owner.is_some() || owner.name.is_none()) {
            return self.plain(&at, entries);
        }
        self.pass(&at, Text::fixed("ユーザーのフォルダー", "a home"), false);
        self.shared.add_real_home(at.real.clone());
        let named = (owner.name != folder || at.owner.is_some()).then(|| owner.clone());
        let home = at.folder.clone();
        let shape = if is_collected {
            Shape::Collected { home, disk: None, profile: None, is_home: true, named }
        } else {
            Shape::Home { home, disk: None, profile: None, named }
        };
        self.push(&at, shape);
        self.inside_home(At { owner: Some(owner), ..at }, entries);
    }

    /// Whose a home is, by its folder's name: `taro.V6` is what a server keeps of taro's, and some names are nobody's.
    fn person(&self, at: &At, folder: Option<&str>) -> Option<String> {
        let name = folder?;
        let name = if is_roaming(name) { name.rsplit_once('.').map_or(name, |(name, _)| name) } else { name };
        let above =
            at.folder.parent().filter(|above| name.eq_ignore_ascii_case("profile") && *above != self.top);
        let name = above.and_then(file_name).unwrap_or_else(|| name.to_owned());
        (!is_no_name(&name, self.known)).then_some(name)
    }

    /// In a home: what lies in it, on the desktop and among documents, and one level below.
    pub(super) fn inside_home(&mut self, at: At, entries: &[Entry]) {
        let at = At { base: at.folder.clone(), ..at };
        self.files(&At { levels: Some(1), ..at.clone() }, entries);
        for entry in entries.iter().filter(|entry| entry.is_folder && !entry.is_link) {
            if !is_one_of(&entry.name, &CLIENTS_OWN) {
                let levels = self.levels(&entry.name, 0);
                self.folder(&At { levels, ..at.clone() }, entry);
            }
        }
        for entry in entries.iter().filter(|entry| entry.is_link && is_one_of(&entry.name, &NAMED)) {
            let path = entry.path_in(&at.folder);
            if target_within(&path, &self.top).is_none() && !is_one_of(&entry.name, &["My Documents"]) {
                self.problem(&at, leads_out(&path));
            }
        }
    }

    /// Exports of the registry at the top of a folder: its name is that of a person, unless it is a folder's.
    pub(super) fn collected(&mut self, at: At, entries: &[Entry]) {
        if Marks::of(entries, self.known).any() {
            return self.home(at, entries, true);
        }
        let name = file_name(&at.real);
        let is_named = name.as_ref().is_some_and(|name| !is_no_name(name, self.known));
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
            Shape::Collected {
                home: at.folder.clone(),
                disk: None,
                profile: None,
                is_home: false,
                named: None,
            },
        );
        let name = identity(&at.folder).map_or(name, |identity| Some(identity.name));
        let owner = Some(Owner { name, sid: None });
        let at = At { owner, base: at.folder.clone(), ..at };
        let others: Vec<Entry> =
            entries.iter().filter(|entry| !is_export_name(&entry.name.to_lowercase())).cloned().collect();
        self.plain(&at, &others);
    }

    /// Beside homes, a link that leads out is a home that can't be read, if its name may be a person's.
    pub(super) fn links_to_homes(&mut self, at: &At, entries: &[Entry]) {
        let links: Vec<&Entry> = entries.iter().filter(|entry| entry.is_link).collect();
        if links.is_empty() || at.owner.is_some() {
            return;
        }
        if !self.holds_homes(&at.folder, entries) {
            return self.links_out(at, entries);
        }
        for entry in links {
            let path = entry.path_in(&at.folder);
            let is_file = (!entry.is_folder && real(&path).is_ok()) || entry.name.contains('.');
            // What PATH itself lies in is nobody's home.
            let is_above = real(&path).is_ok_and(|target| self.real_top.starts_with(target));
            let is_known = self.homes.contains(&path) || target_within(&path, &self.top).is_some();
            if is_file || is_above || is_known || is_nobody(&entry.name) {
                continue;
            }
            if is_no_name(&entry.name, self.known) {
                self.problem(at, leads_out(&path));
            } else {
                self.user(at, unread_home(&path, leads_out(&path)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_told_from_those_of_folders() {
        let known = Known { stores: vec!["becky".to_owned(), "apple".to_owned()], ..Known::default() };
        for name in ["taro", "012345", "applebaum", "山田 太郎", "ken.CORP", "pcarter", "k.2"] {
            assert!(!is_no_name(name, &known), "{name}");
        }
        for name in [
            "phone",
            "Data",
            "Desktop",
            "becky-hanako",
            "PC-7",
            "pc12",
            "2026-11-29",
            "20261129",
            "E",
            "OneDrive - Example",
        ] {
            assert!(is_no_name(name, &known), "{name}");
        }
    }
}
