//! Those who do what there is to do: workers, or this process; in the order of the plan, whoever is ready first.

use super::crew::Crew;
use super::read::{At, read};
use super::request::Request;
use super::take::{Readings, Takes};
use super::worker::{Common, Tells};
use crate::model::Finding;
use crate::source::errand::{Errand, Machines};
use crate::source::files::Shared;
use crate::source::visit::{Asked, Plan, Step};
use std::collections::{HashSet, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Takes a finding with the time at which the scan began.
pub type OnFinding<'a> = dyn FnMut(&str, &Finding) + 'a;
/// Takes how many of how many users are done, and the folder of the one who is waited for.
pub type OnProgress<'a> = dyn FnMut(usize, usize, &Path) + 'a;

/// What is told while a scan goes on.
#[derive(Default)]
pub struct Meanwhile<'a> {
    /// Takes the findings of each user as soon as they are known, in the order of the users, with the time at which the scan
    /// began. They are not in the report then. Not with several PATHs or a name that is typed for the computer: only the end of
    /// all tells whether the findings can be told apart, and how the name is spelled.
    pub findings: Option<&'a mut OnFinding<'a>>,
    /// Takes how many of how many users are done, and the folder of the one who is waited for; called now and then, also while
    /// one takes long.
    pub progress: Option<&'a mut OnProgress<'a>>,
}

/// Does all of a plan, in its order: in other processes where there are several homes.
pub(super) fn all(plan: Plan, request: &Request, takes: &mut Takes<'_>, meanwhile: &mut Meanwhile<'_>) {
    let Plan { steps, loose, shared } = plan;
    let errands =
        steps.iter().filter(|step| matches!(step, Step::Read(errand) if errand.is_to_open())).count();
    let mut hands = Hands {
        crew: crew_of(request, errands, &shared),
        machines: Machines::default(),
        shared,
        is_last: loose.is_empty(),
        broken: HashSet::new(),
        done: 0,
        // What lies outside of homes is mostly what was read in one: there is nothing to wait for.
        all: if errands > 0 { errands } else { loose.len() },
        meanwhile,
    };
    let mut steps = steps.into_iter();
    let mut under_way = VecDeque::new();
    loop {
        while under_way.len() < hands.room() {
            let Some(step) = steps.next() else { break };
            under_way.push_back(match step {
                Step::Say(computer, met) => Ok((computer, met)),
                Step::Read(errand) => Err(hands.begin(*errand)),
            });
        }
        match under_way.pop_front() {
            Some(Ok((computer, met))) => takes.met(computer.as_deref(), met),
            Some(Err(begun)) => hands.end(begun, takes),
            None => break,
        }
    }
    for mut errand in loose {
        // What ended a worker lies in its home: it would end the next one, too.
        let is_broken = errand.base().is_some_and(|home| hands.broken.contains(home));
        if !is_broken && !errand.is_read(&hands.shared) {
            let begun = hands.begin(errand);
            hands.end(begun, takes);
        }
    }
}

/// Workers, where there is more than one home that could suffer from another's end.
fn crew_of(request: &Request, errands: usize, shared: &Shared) -> Option<Crew> {
    let program = request.program.as_deref().filter(|_| errands > 1)?;
    let common = Common { homes: shared.homes() };
    Crew::start(program, &common, errands)
}

/// Those who read: workers, or this process.
struct Hands<'a, 'm> {
    crew: Option<Crew>,
    machines: Machines,
    shared: Arc<Shared>,
    /// Nothing is read when all homes are.
    is_last: bool,
    /// The homes in which something ended a worker.
    broken: HashSet<PathBuf>,
    done: usize,
    all: usize,
    meanwhile: &'a mut Meanwhile<'m>,
}

/// An errand that is read by somebody, or will be.
struct Begun {
    /// The home, and what lies in it.
    asked: Vec<Asked>,
    path: PathBuf,
    home: Option<PathBuf>,
    by: By,
}

enum By {
    Worker(usize),
    This(Box<Errand>),
}

impl Hands<'_, '_> {
    fn room(&self) -> usize {
        self.crew.as_ref().map_or(1, Crew::room)
    }

    fn begin(&mut self, errand: Errand) -> Begun {
        let asked = errand.parts().map(Asked::of).collect();
        let opened = match errand.is_alone() {
            _ if self.is_last => Tells::Nothing,
            true => Tells::OutsideOfHomes,
            false => Tells::Everything,
        };
        let (path, home) = (errand.path().to_path_buf(), errand.home().map(Path::to_path_buf));
        let told = serde_json::to_string(&errand).ok().filter(|_| errand.is_to_open());
        let by = match (&mut self.crew, told) {
            (Some(crew), Some(line)) => By::Worker(crew.give(line, errand.place(), opened)),
            _ => By::This(Box::new(errand)),
        };
        Begun { asked, path, home, by }
    }

    fn end(&mut self, begun: Begun, takes: &mut Takes<'_>) {
        let Begun { asked, path, home, by } = begun;
        let (done, all) = (self.done.min(self.all), self.all);
        let progress = &mut self.meanwhile.progress;
        let current = home.as_deref().unwrap_or(&path).to_path_buf();
        let mut tell = || progress.iter_mut().for_each(|progress| progress(done, all, &current));
        tell();
        let readings = match (by, &mut self.crew) {
            (By::Worker(number), Some(crew)) => match crew.wait(number, &mut tell) {
                Ok((readings, opened)) => {
                    self.shared.note_opened(&opened);
                    readings
                }
                Err(problem) => Readings::failed(home.clone(), problem),
            },
            (By::This(errand), _) => {
                let mut readings = Readings::default();
                let mut hear = |said| readings.hear(said);
                read(*errand, &self.shared, &mut self.machines, At::default(), &mut |_| {}, &mut hear);
                readings
            }
            (By::Worker(_), None) => Readings::default(),
        };
        self.broken.extend(home.filter(|_| readings.is_broken));
        for (asked, reading) in asked.iter().zip(readings.of) {
            takes.read(asked, &path, reading);
        }
        if let Some(findings) = &mut self.meanwhile.findings {
            takes.hand_on(*findings);
        }
        self.done += 1;
    }
}
