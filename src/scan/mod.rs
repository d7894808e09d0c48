//! The scan: users → detectors → verdicts → report. Trouble of one user or client does not end the others.

mod crew;
mod judge;
mod read;
mod request;
mod take;
mod worker;

use crate::clients;
use crate::model::{Finding, InUse, Passage, Report, ScanFacts, Scope};
use crate::source::computer::common_name;
use crate::source::errand::{Errand, Machines};
use crate::source::files::Shared;
use crate::source::here;
use crate::source::system::is_missing;
use crate::source::users;
use crate::source::visit::{Asked, Everybody, Plan, Step};
use crew::Crew;
pub(crate) use judge::{id, judge, steps_for};
use read::read;
pub use request::Request;
use request::filters;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use take::Reading;
use take::Takes;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use worker::Common;
pub use worker::{WORKER, work};

/// Scans and reports.
pub fn scan(request: &Request) -> Report {
    let paths = users::distinct(&request.paths);
    let mut report = Report {
        computer: None,
        scan: ScanFacts {
            started_at: now(),
            host: here::host_name(),
            os: std::env::consts::OS,
            scope: match (request.paths.is_empty(), request.all_users) {
                (false, _) => Scope::Paths,
                (true, true) => Scope::AllUsers,
                (true, false) => Scope::User,
            },
            sources: paths.iter().map(|path| path.display().to_string()).collect(),
            policies: vec![request.policy.name.clone()],
            filters: filters(request),
            users: Vec::new(),
            remarks: Vec::new(),
            twins: None,
            passages: Vec::new(),
        },
        findings: Vec::new(),
        not_shown: 0,
        resolved: Vec::new(),
        issues: Vec::new(),
    };
    let known = clients::known();
    let found = if request.paths.is_empty() {
        report.scan.sources.push("this computer".to_owned());
        Everybody::here(request.all_users, &known)
    } else {
        Everybody::paths(&paths, &known)
    };
    report.scan.passages = found.passages().cloned().collect();
    let mut takes = Takes::new(request, &mut report);
    all(found.plan(), request, &mut takes);
    let names = takes.names();
    report.computer = common_name(&names);
    report.findings.sort_by(|a, b| order(a).cmp(&order(b)));
    report
}

/// Does all of a plan, in its order: in other processes where there are several homes.
fn all(plan: Plan, request: &Request, takes: &mut Takes<'_>) {
    let Plan { steps, loose, shared } = plan;
    let errands =
        steps.iter().filter(|step| matches!(step, Step::Read(errand) if errand.is_to_open())).count();
    let mut hands = Hands {
        crew: crew_of(request, errands + loose.len(), &shared),
        machines: Machines::default(),
        clients: &request.clients,
        shared,
        tells_opened: !loose.is_empty(),
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
        if !errand.is_read(&hands.shared) {
            let begun = hands.begin(errand);
            hands.end(begun, takes);
        }
    }
}

/// Workers, where more than one errand could suffer from another's end.
fn crew_of(request: &Request, errands: usize, shared: &Shared) -> Option<Crew> {
    let program = request.program.as_deref().filter(|_| errands > 1)?;
    let common = Common { clients: request.clients.clone(), homes: shared.homes() };
    Crew::start(program, &common, errands)
}

/// Those who read: workers, or this process.
struct Hands<'a> {
    crew: Option<Crew>,
    machines: Machines,
    clients: &'a [String],
    shared: Arc<Shared>,
    tells_opened: bool,
}

/// An errand that is read by somebody, or will be.
struct Begun {
    asked: Asked,
    path: PathBuf,
    home: Option<PathBuf>,
    by: By,
}

enum By {
    Worker(usize),
    This(Box<Errand>),
}

impl Hands<'_> {
    fn room(&self) -> usize {
        self.crew.as_ref().map_or(1, Crew::room)
    }

    fn begin(&mut self, errand: Errand) -> Begun {
        let asked = Asked::of(&errand);
        let (path, home) = (errand.path().to_path_buf(), errand.home().map(Path::to_path_buf));
        let told = serde_json::to_string(&errand).ok().filter(|_| errand.is_to_open());
        let by = match (&mut self.crew, told) {
            (Some(crew), Some(line)) => By::Worker(crew.give(line, errand.place(), self.tells_opened)),
            _ => By::This(Box::new(errand)),
        };
        Begun { asked, path, home, by }
    }

    fn end(&mut self, begun: Begun, takes: &mut Takes<'_>) {
        let Begun { asked, path, home, by } = begun;
        let reading = match (by, &mut self.crew) {
            (By::Worker(number), Some(crew)) => match crew.wait(number, &mut || {}) {
                Ok((reading, opened)) => {
                    self.shared.note_opened(&opened);
                    reading
                }
                Err(problem) => Reading::failed(home, problem),
            },
            (By::This(errand), _) => {
                let mut reading = Reading::default();
                let from = ((0, 0), self.clients);
                read(*errand, &self.shared, &mut self.machines, from, &mut |said| reading.hear(said));
                reading
            }
            (By::Worker(_), None) => Reading::default(),
        };
        takes.read(&asked, &path, reading);
    }
}

/// What a scan of these paths would look at, without opening anybody's data, and what can't be looked at.
pub fn survey(paths: &[PathBuf]) -> (Vec<Passage>, Vec<Passage>) {
    let found = Everybody::paths(&users::distinct(paths), &clients::known());
    let problems = found.problems().map(|problem| Passage {
        place: problem.place.to_string(),
        what: problem.message.clone(),
        is_left_out: true,
    });
    (found.passages().cloned().collect(), problems.collect())
}

/// The time as reports give it.
pub(crate) fn now() -> String {
    let now = OffsetDateTime::now_utc().replace_nanosecond(0).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    now.format(&Rfc3339).unwrap_or_default()
}

/// The order of the contract: user, client, profile, account key, of several computers one after the other. Users without a
/// name are told apart by their SIDs. Where a copy has the same key, the account in use stands first.
fn order(finding: &Finding) -> impl Ord + '_ {
    let account = &finding.account;
    let is_copy = account.in_use == InUse::No;
    (
        (&finding.computer, &finding.user, &finding.user_sid),
        account.client,
        &account.profile,
        (&account.key, &account.outgoing_key),
        is_copy,
        &finding.id,
    )
}

/// The first path that does not exist: also one below a file, with a name that can't be, or a link to nothing.
pub fn first_missing(paths: &[PathBuf]) -> Option<&Path> {
    paths.iter().map(PathBuf::as_path).find(|path| is_missing(path))
}
