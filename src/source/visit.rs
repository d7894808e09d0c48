//! All users that PATHs or this computer hold: what there is to do, or all of it done, one after the other.

use super::budget::Budget;
use super::computer::Computer;
use super::errand::{Around, Errand, Machines};
use super::files::Shared;
use super::hash::hash;
use super::here;
use super::pending::Pending;
use super::problem::Problem;
use super::rules::Known;
use super::user::User;
use super::users;
use super::walk::Held;
use crate::model::{Passages, Text};
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

/// What was found and is not opened yet.
#[derive(Debug)]
pub struct Everybody {
    /// With the PATH that holds it.
    held: Vec<(PathBuf, Held)>,
    shared: Arc<Shared>,
}

/// What there is to do, in this order.
#[derive(Debug)]
pub enum Step {
    /// Something to say, of a computer.
    Say(Option<String>, Met),
    /// Somebody's data to be read.
    Read(Box<Errand>),
}

/// All steps.
#[derive(Debug)]
pub struct Plan {
    /// The homes with what lies in them, and what was met on the way to them.
    pub steps: Vec<Step>,
    /// What lies outside of homes, or where more than one could have read it: it comes last, one after the other, because it
    /// gives only what was not read before.
    pub loose: Vec<Errand>,
    /// What is known of all of it.
    pub shared: Arc<Shared>,
}

/// Who was met so far.
#[derive(Debug, Default)]
pub struct Company {
    /// The users, by hashes of their computers and ids: there may be tens of thousands.
    users: HashSet<u64>,
    /// The computers of the homes.
    homes: HashMap<PathBuf, Option<String>>,
    /// What the homes may still take, and all that lies in them.
    budgets: HashMap<PathBuf, Rc<Budget>>,
}

impl Company {
    /// The computer of what was opened. What lies in a home is of its computer, which a collected home tells when it is opened.
    pub fn computer(&self, told: Option<String>, errand: &Asked) -> Option<String> {
        let of_home = || errand.base.as_ref().and_then(|base| self.homes.get(base)).cloned().flatten();
        told.or_else(|| errand.computer.clone()).or_else(of_home)
    }

    /// True for the second user of one computer and id: it is told apart by its place.
    pub fn has_met(&mut self, computer: Option<&str>, id_part: &str) -> bool {
        !self.users.insert(hash((computer, id_part)))
    }

    /// Remembers a home for what lies in it.
    pub fn remember(&mut self, home: &Path, computer: Option<&str>) {
        self.homes.insert(home.to_path_buf(), computer.map(str::to_owned));
    }

    /// The same for what lies in a home and is no user's; `None` outside of homes.
    pub fn budget_of_home(&self, asked: &Asked) -> Option<Rc<Budget>> {
        self.known_budget(asked.base.as_deref()?, asked)
    }

    fn known_budget(&self, place: &Path, asked: &Asked) -> Option<Rc<Budget>> {
        let mut around = place.ancestors().filter(|above| *above == place || *above != asked.path);
        around.find_map(|above| self.budgets.get(above)).map(Rc::clone)
    }

    /// What was left out and was not told yet, of all homes.
    pub fn left_out(&self) -> Vec<Problem> {
        let mut homes: Vec<&PathBuf> = self.budgets.keys().collect();
        homes.sort();
        homes
            .into_iter()
            .filter_map(|home| self.budgets.get(home))
            .flat_map(|budget| budget.left_out())
            .collect()
    }

    /// What is left to a home and to all that lies in it, another one too. PATH itself is no such home: whoever named it asked
    /// for all that it holds.
    pub fn budget(&mut self, home: Option<&Path>, asked: &Asked) -> Rc<Budget> {
        let Some(place) = home.or(asked.base.as_deref()) else { return Rc::default() };
        if let Some(budget) = self.known_budget(place, asked) {
            return budget;
        }
        let budget = Rc::default();
        if home.is_some() {
            self.budgets.insert(place.to_path_buf(), Rc::clone(&budget));
        }
        budget
    }
}

/// What of an errand is needed when it is done.
#[derive(Debug)]
pub struct Asked {
    computer: Option<String>,
    base: Option<PathBuf>,
    path: PathBuf,
}

impl Asked {
    /// Of this one.
    pub fn of(errand: &Errand) -> Self {
        let base = errand.pending.base().map(Path::to_path_buf);
        Self { computer: errand.around.name.clone(), base, path: errand.around.path.clone() }
    }
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
        let mut met = HashSet::new();
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

    /// What was met on the way, and what was left out; it is told once.
    pub fn take_passages(&mut self) -> Passages {
        let mut passages = Passages::default();
        for (_, held) in &mut self.held {
            passages.extend(std::mem::take(&mut held.passages));
        }
        passages
    }

    /// What there is to do.
    pub fn plan(self) -> Plan {
        let (mut steps, mut loose) = (Vec::new(), Vec::new());
        // Of several paths one may lie in another, however they are typed.
        let is_one = self.held.len() == 1;
        let computers = self.held.into_iter().flat_map(|(path, held)| {
            held.computers.into_iter().map(move |computer| (path.clone(), computer))
        });
        for (path, computer) in computers {
            let Computer { name, machine, machine_at, is_former, pending, problems, said } = computer;
            let problems = problems.into_iter().map(Met::Problem);
            steps.extend(
                problems.chain(said.into_iter().map(Met::Said)).map(|met| Step::Say(name.clone(), met)),
            );
            let around = Around { path, name, machine_at, machine, is_former };
            let (later, mut now): (Vec<_>, Vec<_>) = pending.into_iter().partition(Pending::is_loose);
            // The home that the computer itself names keeps its ids.
            now.sort_by_key(|pending| !pending.is_listed());
            let errand = |pending| Errand::new(pending, around.clone());
            loose.extend(later.into_iter().map(errand));
            steps.extend(now.into_iter().map(|pending| Step::Read(Box::new(errand(pending)))));
        }
        loose.sort_by_key(|errand| errand.pending.is_files());
        if is_one {
            loose = settle(&mut steps, loose);
        }
        Plan { steps, loose, shared: self.shared }
    }

    /// Opens everything in this process and hands it over, with the name of its computer.
    pub fn visit(self, mut take: impl FnMut(Option<&str>, Met)) {
        let Plan { steps, loose, shared } = self.plan();
        let (mut company, mut machines) = (Company::default(), Machines::default());
        let loose = loose.into_iter().map(|errand| Step::Read(Box::new(errand)));
        for step in steps.into_iter().chain(loose) {
            let mut errand = match step {
                Step::Say(computer, met) => {
                    take(computer.as_deref(), met);
                    continue;
                }
                Step::Read(errand) => errand,
            };
            let then = errand.take_then();
            for errand in [*errand].into_iter().chain(then) {
                let asked = Asked::of(&errand);
                let opened = errand.open(&shared, &mut machines);
                let computer = company.computer(opened.computer, &asked);
                for problem in opened.problems {
                    take(computer.as_deref(), Met::Problem(problem));
                }
                for mut user in opened.users {
                    let is_somebody = !user.is_nobody();
                    user.is_apart |= is_somebody && company.has_met(computer.as_deref(), &user.id_part());
                    user.share(company.budget(user.home(), &asked));
                    if let Some(home) = user.home() {
                        company.remember(home, computer.as_deref());
                    }
                    take(computer.as_deref(), Met::User(Box::new(user)));
                }
            }
        }
    }
}

/// Gives what lies in a home to the errand that reads the home, if no other home lies in it or around it. What is left comes
/// when all homes are read.
fn settle(steps: &mut [Step], loose: Vec<Errand>) -> Vec<Errand> {
    let mut homes = HashMap::<PathBuf, usize>::new();
    let (mut shared, mut left) = (HashSet::new(), Vec::new());
    let home_of = |step: &Step| match step {
        Step::Read(errand) => errand.home().map(Path::to_path_buf),
        Step::Say(..) => None,
    };
    for (number, step) in steps.iter().enumerate() {
        if let Some(home) = home_of(step) {
            shared.extend(homes.insert(home.clone(), number).map(|_| home));
        }
    }
    for home in homes.keys() {
        let around = home.ancestors().skip(1).filter(|above| homes.contains_key(*above));
        shared.extend(around.flat_map(|above| [above.to_path_buf(), home.clone()]));
    }
    homes.retain(|home, _| !shared.contains(home));
    for number in homes.values() {
        if let Some(Step::Read(errand)) = steps.get_mut(*number) {
            errand.is_alone = true;
        }
    }
    for errand in loose {
        let home = errand.base().and_then(|base| homes.get(base));
        match home.and_then(|number| steps.get_mut(*number)) {
            Some(Step::Read(read)) => read.then.push(errand),
            _ => left.push(errand),
        }
    }
    left
}

fn guarded(place: &str, find: impl FnOnce() -> Held) -> Held {
    catch_unwind(AssertUnwindSafe(find)).unwrap_or_else(|_| {
        Held::of(Computer { problems: vec![Problem::internal(place)], ..Computer::default() })
    })
}
