//! The figures of a fleet: who is left, by what, and what is not known.

use super::baseline::{Baseline, Resolved};
use super::compare::{Comparison, Seen};
use super::counts::groups;
pub use super::counts::{Further, Group, Numbers, Sort};
use super::departments::Departments;
use super::history::{Day, history};
pub use super::incomplete::Incomplete;
use super::incomplete::incomplete;
use super::judging::Judging;
pub use super::left::Left;
use super::left::one_left;
use super::names::day_of;
use super::reach::{Reach, reach};
pub use super::record::Why;
use super::shared::Shared;
use super::state::{Fleet, Owner, Whose};
use crate::model::{Action, Compared, Verdict};
use crate::scan::Rules;
use crate::source::Problem;
use std::collections::{BTreeMap, HashMap, HashSet};
use time::Date;

/// A baseline in numbers.
#[derive(Debug, Clone, Copy)]
pub struct Earlier {
    /// The day (UTC) of its newest report.
    pub day: Option<Date>,
    /// Its accounts.
    pub numbers: Numbers,
}

/// Everything that the outputs tell.
#[derive(Debug)]
pub struct Overview<'a> {
    /// Reports read.
    pub reports: u64,
    /// Those of them that do not name their computer, which is then known by where the data lay.
    pub nameless: u64,
    /// Which computers they are of, and which are silent.
    pub reach: Reach<'a>,
    /// Computers seen.
    pub computers: usize,
    /// Users whose findings count.
    pub users: usize,
    /// All accounts.
    pub numbers: Numbers,
    /// Number per verdict and action, what has to be done first.
    pub verdicts: Vec<Sort>,
    /// What else is counted.
    pub further: Further,
    /// By which policies.
    pub judging: Judging,
    /// By client, the most to do first.
    pub clients: Vec<Group<'a>>,
    /// By outgoing server.
    pub servers: Vec<Group<'a>>,
    /// By department; empty without a mapping.
    pub departments: Vec<Group<'a>>,
    /// Day by day.
    pub history: Vec<Day>,
    /// Who is left: the most urgent first where there are days, and then by department, computer and user.
    pub left: Vec<Left<'a>>,
    /// What the baseline had and is done; `None` without a baseline.
    pub resolved: Option<Vec<Resolved>>,
    /// Accounts of the baseline whose users no report of now has read.
    pub not_seen: usize,
    /// Accounts that count as new whose users the baseline had not read, or not all of them.
    pub not_seen_before: usize,
    /// Accounts that were as they have to be, by the baseline or else by an earlier report, and are to be changed.
    pub regressed: usize,
    /// The baseline, where there is one.
    pub earlier: Option<Earlier>,
    /// Names under which reports of several computers seem to have come.
    pub shared: Vec<Shared<'a>>,
    /// Computers that were incomplete.
    pub incomplete: Vec<Incomplete<'a>>,
    /// Reports that could not be read.
    pub problems: &'a [Problem],
    /// What all of it was counted of.
    pub(super) fleet: &'a Fleet,
}

impl<'a> Overview<'a> {
    /// What accounts are called and their addresses, with their owners (computer, user, SID or where a lone file lay): of all
    /// accounts, also of those that need nothing or are only counted.
    pub fn claims(&self) -> impl Iterator<Item = (&'a str, [&'a str; 3])> {
        let fleet = self.fleet;
        fleet.owners.iter().flat_map(move |(whose, owner)| {
            let owners = [whose.computer, whose.user, whose.sid].map(|name| fleet.text(name));
            owner.records.iter().flat_map(move |record| {
                let addresses = fleet.text(record.addresses).lines();
                addresses.chain([fleet.text(record.account)]).map(move |address| (address, owners))
            })
        })
    }
}

/// Computes the figures, as of this day.
pub(super) fn overview<'a>(
    fleet: &'a Fleet,
    departments: &'a Departments,
    (baseline, rules): (Option<&Baseline>, Option<&Rules>),
    problems: &'a [Problem],
    on: Date,
) -> Overview<'a> {
    let mut numbers = Numbers::default();
    // Known actions first, in their order.
    let mut sorts: BTreeMap<(bool, Option<Action>, Option<Verdict>, Why), usize> = BTreeMap::new();
    let mut clients: HashMap<&str, Numbers> = HashMap::new();
    let mut servers: HashMap<&str, Numbers> = HashMap::new();
    let mut of_departments: HashMap<&str, Numbers> = HashMap::new();
    let mut further = Further::default();
    let (mut left, mut not_seen_before, mut regressed) = (Vec::new(), 0, 0);
    let mut comparison = baseline.map(|baseline| Comparison::new(&baseline.olds, ids(fleet)));
    for (whose, owner) in in_order(fleet, baseline.is_some()) {
        let computer = fleet.text(whose.computer);
        let department = departments.by_computer.get(computer).map_or("", String::as_str);
        for record in &owner.records {
            if record.judged.is_hidden {
                further.hidden += 1;
                continue;
            }
            if record.judged.is_other {
                further.others += 1;
                continue;
            }
            numbers.count(record);
            further.count(&record.judged, on);
            let sort = (record.action.is_none(), record.action, record.verdict, record.judged.why);
            *sorts.entry(sort).or_default() += 1;
            clients.entry(fleet.text(record.client_name)).or_default().count(record);
            servers.entry(fleet.text(record.server)).or_default().count(record);
            if !departments.by_computer.is_empty() {
                of_departments.entry(department).or_default().count(record);
            }
            let known = fleet.known(record);
            let compared = match comparison.as_mut() {
                Some(comparison) => {
                    Some(comparison.meet(computer, whose_text(fleet, *whose), record.id, &known))
                }
                // Without a baseline the earlier reports of the same fleet tell of it.
                None => fleet.has_regressed(owner, record).then_some(Compared::Regressed),
            };
            regressed += usize::from(compared == Some(Compared::Regressed));
            let is_known = |baseline: &Baseline| baseline.knows(computer, whose_text(fleet, *whose));
            not_seen_before +=
                usize::from(compared == Some(Compared::New) && !baseline.is_some_and(is_known));
            if record.is_left() {
                left.push(one_left(fleet, (*whose, owner), record, department, compared));
            }
        }
    }
    left.sort_by(|a, b| {
        let key =
            |l: &Left<'a>| (l.department, l.computer, l.user, l.action, l.account, l.id, l.server, l.port);
        key(a).cmp(&key(b))
    });
    // Without days the list goes by department and computer, as people go from one to the next.
    if left.iter().any(|left| left.last != [None, None]) {
        left.sort_by_cached_key(Left::urgency);
    }
    let (resolved, not_seen) = comparison.map_or((None, 0), |comparison| {
        let (resolved, not_seen) = comparison.finish(&seen(fleet));
        (Some(resolved), not_seen)
    });
    Overview {
        reports: fleet.reports,
        nameless: fleet.nameless,
        reach: reach(fleet, departments, on),
        computers: fleet.computers.len(),
        users: fleet
            .owners
            .values()
            .filter(|owner| !owner.records.is_empty() || owner.whole.is_some() || !owner.parts.is_empty())
            .count(),
        numbers,
        verdicts: sorts
            .into_iter()
            .map(|((_, action, verdict, why), number)| Sort { verdict, action, why, number })
            .collect(),
        judging: Judging::of(&fleet.policies, rules, further.kept, further.others),
        further,
        clients: groups(clients),
        servers: groups(servers),
        departments: groups(of_departments),
        history: history(fleet),
        left,
        resolved,
        not_seen,
        not_seen_before,
        regressed,
        earlier: baseline
            .map(|baseline| Earlier { day: baseline.newest.and_then(day_of), numbers: baseline.numbers }),
        shared: fleet.shared(),
        incomplete: incomplete(fleet),
        problems,
        fleet,
    }
}

/// The users; for a comparison, in which the first of two that fit takes an earlier finding, always in the same order.
fn in_order(fleet: &Fleet, is_compared: bool) -> Vec<(&Whose, &Owner)> {
    let mut owners: Vec<(&Whose, &Owner)> = fleet.owners.iter().collect();
    if is_compared {
        owners.sort_by_key(|(whose, _)| (fleet.text(whose.computer), whose_text(fleet, **whose)));
    }
    owners
}

/// Of all accounts that are shown.
fn ids(fleet: &Fleet) -> HashSet<(&str, u64)> {
    let all = fleet.owners.iter().flat_map(|(whose, owner)| {
        let shown = owner.records.iter().filter(|record| !record.judged.is_hidden && !record.judged.is_other);
        shown.map(|record| (fleet.text(whose.computer), record.id))
    });
    all.collect()
}

/// Name and SID in the form in which they are compared.
fn whose_text(fleet: &Fleet, whose: Whose) -> (&str, &str) {
    (fleet.text(whose.user), fleet.text(whose.sid))
}

/// Which users were read, for the baseline.
fn seen(fleet: &Fleet) -> Seen {
    let mut seen = Seen::default();
    for (whose, owner) in &fleet.owners {
        let text = |name| fleet.text(name).to_owned();
        seen.add(text(whose.computer), text(whose.user), text(whose.sid), owner.whole.is_some());
    }
    seen
}
