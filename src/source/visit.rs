//! All users that PATHs or this computer hold, one after the other: each is opened, handed over and forgotten.

use super::budget::Budget;
use super::computer::Computer;
use super::files::Shared;
use super::here;
use super::pending::Pending;
use super::problem::Problem;
use super::rules::Known;
use super::store::Store;
use super::user::User;
use super::users;
use super::walk::Held;
use crate::model::{Passage, Text};
use std::collections::{HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// What is met.
#[derive(Debug)]
pub enum Met {
    /// Somebody's data.
    User(Box<User>),
    /// What could not be looked at and belongs to no user.
    Problem(Problem),
    /// What people should know about the choice of users.
    Said(Text),
}

/// What is known of a computer when its users are opened.
#[derive(Clone)]
struct Owner {
    path: PathBuf,
    name: Option<String>,
    machine: Option<Rc<Store>>,
    is_former: bool,
}

/// What was found and is not opened yet.
#[derive(Debug)]
pub struct Everybody {
    /// With the PATH that holds it.
    held: Vec<(PathBuf, Held)>,
    shared: Arc<Shared>,
}

/// What was handed over.
#[derive(Debug, Default)]
struct Taken {
    /// The users by their computers and ids.
    users: HashSet<(Option<String>, String)>,
    /// The computers of the homes.
    homes: HashMap<PathBuf, Option<String>>,
    /// What the homes may still take, and all that lies in them.
    budgets: HashMap<PathBuf, Rc<Budget>>,
}

impl Everybody {
    /// This computer's user, or all of its users.
    pub fn here(all_users: bool, known: &Known) -> Self {
        let shared = Arc::default();
        let here = || if all_users { here::all(known, &shared) } else { here::me() };
        let held = guarded("this computer", || Held::of(here()));
        Self { held: vec![(PathBuf::new(), held)], shared }
    }

    /// What the paths hold, whatever their order: what lies above others comes first.
    pub fn paths(paths: &[&Path], known: &Known) -> Self {
        let shared = Arc::default();
        let mut met = HashSet::<PathBuf>::new();
        let mut sorted = paths.to_vec();
        sorted.sort_by_key(|path| (path.components().count(), path.to_path_buf()));
        let held = sorted.into_iter().map(|path| {
            let hold = || users::of_path(path, known, &shared, &mut met);
            (path.to_path_buf(), guarded(&path.display().to_string(), hold))
        });
        Self { held: held.collect(), shared }
    }

    /// What could not be looked at on the way.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        let computers = self.held.iter().flat_map(|(_, held)| &held.computers);
        computers.flat_map(|computer| {
            computer.problems.iter().chain(computer.pending.iter().filter_map(Pending::trouble))
        })
    }

    /// What was met on the way, and what was left out.
    pub fn passages(&self) -> impl Iterator<Item = &Passage> {
        self.held.iter().flat_map(|(_, held)| &held.passages)
    }

    /// Hands everything over, with the name of its computer; what lies outside of homes last, because it gives only what was
    /// not read in one.
    pub fn visit(self, mut take: impl FnMut(Option<&str>, Met)) {
        let mut taken = Taken::default();
        let mut loose = Vec::new();
        let computers = self.held.into_iter().flat_map(|(path, held)| {
            held.computers.into_iter().map(move |computer| (path.clone(), computer))
        });
        for (path, computer) in computers {
            let Computer { name, machine, is_former, pending, problems, said } = computer;
            for problem in problems {
                take(name.as_deref(), Met::Problem(problem));
            }
            for text in said {
                take(name.as_deref(), Met::Said(text));
            }
            let owner = Owner { path, name, machine, is_former };
            let (later, mut now): (Vec<_>, Vec<_>) = pending.into_iter().partition(Pending::is_loose);
            // The home that the computer itself names keeps its ids.
            now.sort_by_key(|pending| !pending.is_listed());
            loose.extend(later.into_iter().map(|pending| (pending, owner.clone())));
            for pending in now {
                open(pending, &owner, &self.shared, &mut taken, &mut take);
            }
        }
        loose.sort_by_key(|(pending, _)| pending.is_files());
        for (pending, owner) in loose {
            open(pending, &owner, &self.shared, &mut taken, &mut take);
        }
    }
}

impl Taken {
    /// What lies in a home, another one too, has no more than that home has left. PATH itself is no such home: whoever
    /// named it asked for all that it holds.
    fn share(&mut self, user: &mut User, base: Option<&Path>) {
        let Some(place) = user.home().or(base) else { return };
        let around = place.ancestors().filter(|above| *above == place || *above != user.path);
        if let Some(budget) = around.into_iter().find_map(|above| self.budgets.get(above)) {
            user.budget = Rc::clone(budget);
        } else if let Some(home) = user.home() {
            self.budgets.insert(home.to_path_buf(), Rc::clone(&user.budget));
        }
    }
}

/// Opens somebody's data. Of two users of one computer and id the second is told apart by its place.
fn open(
    pending: Pending,
    owner: &Owner,
    shared: &Arc<Shared>,
    taken: &mut Taken,
    take: &mut impl FnMut(Option<&str>, Met),
) {
    let place = pending.root.clone();
    // What lies in a home is of its computer, which a collected home tells when it is opened.
    let base = pending.base().map(Path::to_path_buf);
    let of_home = pending.base().and_then(|base| taken.homes.get(base)).cloned().flatten();
    let opened = catch_unwind(AssertUnwindSafe(|| pending.open(owner.machine.as_ref(), shared)));
    let Ok(opened) = opened else {
        return take(owner.name.as_deref(), Met::Problem(Problem::internal(place)));
    };
    let computer = opened.computer.or_else(|| owner.name.clone()).or(of_home);
    for problem in opened.problems {
        take(computer.as_deref(), Met::Problem(problem));
    }
    for mut user in opened.users {
        user.is_former |= owner.is_former;
        user.path.clone_from(&owner.path);
        if !user.is_nobody() {
            user.is_apart |= !taken.users.insert((computer.clone(), user.id_part()));
        }
        taken.share(&mut user, base.as_deref());
        if let Some(home) = user.home() {
            taken.homes.insert(home.to_path_buf(), computer.clone());
        }
        take(computer.as_deref(), Met::User(Box::new(user)));
    }
}

fn guarded(place: &str, find: impl FnOnce() -> Held) -> Held {
    catch_unwind(AssertUnwindSafe(find)).unwrap_or_else(|_| {
        Held::of(Computer { problems: vec![Problem::internal(place)], ..Computer::default() })
    })
}
