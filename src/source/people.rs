//! Whose keys the keys of some `.reg` exports are: files of one person belong together, those of several do not.

use super::homes::is_person;
use super::machine::Machine;
use super::problem::Problem;
use super::regfile::RegFile;
use super::registry::{Key, agree, is_same};
use super::store::{Part, Store};
use super::user::User;
use crate::formats::kinds;
use std::path::Path;
use std::rc::Rc;

/// Keys directly below HKLM that are the computer's own; what lies beside them was loaded by somebody (`reg load`).
const OF_MACHINE: [&str; 5] = ["SOFTWARE", "SYSTEM", "SAM", "SECURITY", "HARDWARE"];

/// An export that was read.
pub(super) struct Export {
    /// Where it lies, as it is shown to people.
    pub(super) place: String,
    /// Its content.
    pub(super) file: Rc<RegFile>,
}

/// What some exports hold together.
pub(super) struct Held {
    /// The people, with their registry. A name is given only where a file or a loaded hive has one for this person alone.
    pub(super) users: Vec<User>,
    /// The computer's own registry.
    pub(super) machine: Option<Rc<Machine>>,
    /// The computer's name.
    pub(super) computer: Option<String>,
    /// What is wrong with files that are nobody's.
    pub(super) problems: Vec<Problem>,
}

/// One user's keys in one export.
struct Tree {
    /// Which of the exports.
    export: usize,
    /// `HKCU`, `HKU\S-1-5-21-…`, `HKLM\TempHive`, or nothing.
    root: String,
    sid: Option<String>,
}

/// What exports hold, person by person.
pub(super) fn held(exports: &[Export]) -> Held {
    let people = people_of(exports);
    let holders = |at: usize| people.iter().filter(|person| holds(person, at)).count();
    let mut problems = Vec::new();
    for (_, export) in exports.iter().enumerate().filter(|(at, _)| holders(*at) == 0) {
        if !export.file.damage.is_empty() {
            problems.push(Problem::export(&export.place, &export.file.damage));
        } else if ["HKLM\\SOFTWARE", "HKLM\\SYSTEM"].iter().all(|key| export.file.key(key).is_none()) {
            problems.push(Problem::no_settings(export.place.clone()));
        }
    }
    let mut users = Vec::new();
    for person in &people {
        // Of several people each may come from another computer.
        let of_person = exports
            .iter()
            .enumerate()
            .filter(|(at, _)| people.len() == 1 || holds(person, *at) || holders(*at) == 0);
        let user = User {
            name: name_of(person, exports, |at| holders(at) == 1),
            sid: person.iter().find_map(|tree| tree.sid.clone()),
            machine: machine_of(of_person.map(|(_, export)| export)),
            registry: Some(Store::Exports(person.iter().filter_map(|tree| part(tree, exports)).collect())),
            ..User::default()
        };
        for (_, export) in exports.iter().enumerate().filter(|(at, _)| holds(person, *at)) {
            if !export.file.damage.is_empty() {
                user.mention(Problem::export(&export.place, &export.file.damage));
            }
        }
        users.push(user);
    }
    Held { users, machine: machine_of(exports.iter()), computer: computer_of(exports), problems }
}

fn holds(person: &[Tree], export: usize) -> bool {
    person.iter().any(|tree| tree.export == export)
}

fn part(tree: &Tree, exports: &[Export]) -> Option<Part> {
    Some(Part { file: Rc::clone(&exports.get(tree.export)?.file), root: tree.root.clone() })
}

/// The people: trees of one SID belong together, and all trees of a folder do if nothing speaks against it.
fn people_of(exports: &[Export]) -> Vec<Vec<Tree>> {
    let mut people: Vec<Vec<Tree>> = Vec::new();
    for (at, export) in exports.iter().enumerate() {
        for tree in trees_of(at, &export.file) {
            let known = people.iter_mut().find(|person| {
                let trees = person.iter().chain([&tree]);
                person.iter().any(|other| other.sid.is_some() && other.sid == tree.sid)
                    && agree(&keys(trees, exports))
            });
            match known {
                Some(person) => person.push(tree),
                None => people.push(vec![tree]),
            }
        }
    }
    if are_one(&people, exports) {
        people = vec![people.into_iter().flatten().collect()];
    }
    people
}

/// One file never holds one person twice, one person has one SID, and one key has one value.
fn are_one(people: &[Vec<Tree>], exports: &[Export]) -> bool {
    let mut sids: Vec<&String> = people.iter().flatten().filter_map(|tree| tree.sid.as_ref()).collect();
    sids.sort_unstable();
    sids.dedup();
    let in_one_file = |at: usize| people.iter().filter(|person| holds(person, at)).count() > 1;
    !people.is_empty()
        && sids.len() < 2
        && !(0..exports.len()).any(in_one_file)
        && agree(&keys(people.iter().flatten(), exports))
}

fn keys<'a>(trees: impl Iterator<Item = &'a Tree>, exports: &'a [Export]) -> Vec<&'a Key> {
    trees.filter_map(|tree| root(&exports.get(tree.export)?.file, &tree.root)).collect()
}

fn root<'a>(file: &'a RegFile, root: &str) -> Option<&'a Key> {
    if root.is_empty() { file.roots.iter().find(|key| key.path.is_empty()) } else { file.key(root) }
}

/// The users' trees of one file.
fn trees_of(export: usize, file: &RegFile) -> Vec<Tree> {
    let below = |root: &str| file.key(root).into_iter().flat_map(|root| &root.subkeys);
    let tree = |root: &str, sid: Option<String>| Tree { export, root: root.to_owned(), sid };
    let mut trees = Vec::new();
    for key in below("HKU") {
        if is_person(key.name()) || is_loaded(key) {
            trees.push(tree(&key.path, sid_of(key)));
        }
    }
    for key in below("HKLM") {
        if (is_person(key.name()) || is_loaded(key))
            && !OF_MACHINE.iter().any(|name| key.name().eq_ignore_ascii_case(name))
        {
            trees.push(tree(&key.path, sid_of(key)));
        }
    }
    // hivexregedit was not told the prefix
    if root(file, "").is_some_and(is_of_user) {
        trees.push(tree("", None));
    }
    if file.key("HKCU").is_some() {
        // An export of the whole registry holds the user who made it twice.
        let software = |root: &str| file.key(&format!("{root}\\Software"));
        let twin = trees.iter().position(|tree| {
            let both = software("HKCU").zip(software(&tree.root));
            tree.sid.is_some() && both.is_some_and(|(own, other)| is_same(own, other))
        });
        let sid = twin.and_then(|at| trees.remove(at).sid);
        trees.insert(0, tree("HKCU", sid));
    }
    trees
}

/// True for a user's hive that was loaded under a name of somebody's choice: not the accounts of services, not `_Classes`.
fn is_loaded(key: &Key) -> bool {
    let name = key.name().to_ascii_uppercase();
    let is_of_system = name == ".DEFAULT" || name.starts_with("S-1-");
    !is_of_system && is_of_user(key)
}

/// True for the top of a user's hive; Outlook Express keeps accounts below `Identities`.
fn is_of_user(key: &Key) -> bool {
    key.subkey("Software").is_some() || key.subkey("Identities").is_some()
}

fn sid_of(key: &Key) -> Option<String> {
    let name = key.name().to_ascii_uppercase();
    is_person(&name).then_some(name)
}

/// The name of a file that is this person's alone, else that of the loaded hive.
fn name_of(person: &[Tree], exports: &[Export], is_only_holder: impl Fn(usize) -> bool) -> Option<String> {
    let first = person.first()?;
    if person.iter().all(|tree| is_only_holder(tree.export)) {
        let stem = Path::new(&exports.get(first.export)?.place).file_stem()?;
        return Some(stem.to_string_lossy().into_owned());
    }
    let hive = first.root.split_once('\\').map(|(_, name)| name.to_owned());
    hive.filter(|_| first.sid.is_none())
}

fn machine_of<'a>(exports: impl Iterator<Item = &'a Export>) -> Option<Rc<Machine>> {
    let exports: Vec<&Export> = exports.collect();
    let of = |root: &str| {
        let having = exports.iter().filter(|export| export.file.key(root).is_some());
        let parts: Vec<Part> =
            having.map(|export| Part { file: Rc::clone(&export.file), root: root.to_owned() }).collect();
        (!parts.is_empty()).then_some(Store::Exports(parts))
    };
    Some(Rc::new(Machine::of(of("HKLM\\SOFTWARE")?, of("HKLM\\SYSTEM"))))
}

/// The name that all exports agree on which tell one.
fn computer_of(exports: &[Export]) -> Option<String> {
    let key = r"HKLM\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName";
    let mut names = exports.iter().filter_map(|export| export.file.key(key)?.text("ComputerName"));
    let first = names.next()?;
    names.all(|name| name == first).then(|| kinds::name(first))
}
