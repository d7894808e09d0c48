//! The figures of a fleet: who is left, by what, and what is not known.

use super::baseline::{Baseline, Known, Resolved, Seen};
use super::history::{Day, history};
pub use super::incomplete::Incomplete;
use super::incomplete::incomplete;
use super::judging::Judging;
pub use super::left::Left;
use super::left::one_left;
use super::record::Judged;
pub use super::record::Why;
use super::state::{Fleet, Owner, Whose};
use crate::model::{Action, Compared, Lang, PasswordNeeded, StopDay, Stopping, Tally, Text, Verdict};
use crate::report::{beside, reasons, words};
use crate::scan::Rules;
use crate::source::Problem;
use std::collections::{BTreeMap, HashMap};
use time::Date;

/// Numbers by action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    /// To change.
    pub change: usize,
    /// To check by hand.
    pub check: usize,
    /// Nothing to do.
    pub none: usize,
    /// A word that this version does not know.
    pub unknown: usize,
}

impl Numbers {
    fn count(&mut self, action: Option<Action>) {
        match action {
            Some(Action::Change) => self.change += 1,
            Some(Action::CheckByHand) => self.check += 1,
            Some(Action::None) => self.none += 1,
            None => self.unknown += 1,
        }
    }

    /// All together.
    pub fn total(&self) -> usize {
        self.change + self.check + self.none + self.unknown
    }
}

/// Numbers under a name: a client, a server or a department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group<'a> {
    /// The name; empty = not known.
    pub name: &'a str,
    /// The numbers.
    pub numbers: Numbers,
}

/// How many accounts have the same verdict and action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sort {
    /// `None`: a word that this version does not know.
    pub verdict: Option<Verdict>,
    /// `None`: a word that this version does not know.
    pub action: Option<Action>,
    /// Why, where that is not how it sends.
    pub why: Why,
    /// How many.
    pub number: usize,
}

impl Sort {
    /// The verdict for people. An account that is not used any more needs no change whatever its verdict.
    pub fn text(&self) -> Text {
        if let (Some(verdict), Some(why)) = (self.verdict, self.because()) {
            return verdict.because(&why);
        }
        match (self.verdict, self.action) {
            (Some(verdict), Some(action)) => words::verdict(verdict, action),
            (Some(verdict), None) => verdict.text(),
            (None, _) => Text::fixed("この版では分からない判定", "verdict unknown to this version"),
        }
    }
    fn because(&self) -> Option<Text> {
        match (self.why, self.action) {
            (Why::Sending, _) => None,
            (Why::Receiving, Some(Action::Change)) => Some(reasons::RECEIVING),
            (Why::Receiving, _) => Some(reasons::CHECK_RECEIVING),
            (Why::Accepted, _) => Some(reasons::ACCEPTED),
            (Why::Waits, _) => {
                Some(Text::fixed("案内の日までは変更しません", "not to change before the day of the notice"))
            }
            (Why::Excepted, _) => Some(reasons::EXCEPTED),
        }
    }
}

/// What is counted beside verdicts and actions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Further {
    /// That may be one thing or another.
    pub undecided: usize,
    /// Whose receiving side has to be changed.
    pub receiving: usize,
    /// That are exceptions.
    pub exceptions: usize,
    /// Who is asked for a password after the change, in the order of `PasswordNeeded::ALL`.
    pub password_needed: [usize; PasswordNeeded::ALL.len()],
    /// How many stop when, those in use.
    pub stops: BTreeMap<StopDay, Stopping>,
    kept: usize,
    others: usize,
}

impl Further {
    /// What there is of it, for people; the days are told by themselves.
    pub fn texts(&self) -> Vec<Text> {
        let Self { undecided, receiving, exceptions, .. } = *self;
        let counted = beside::further(&Tally { undecided, receiving, exceptions, ..Tally::default() });
        counted.into_iter().chain(self.passwords()).collect()
    }

    /// Who has to type a password, which is half of what people will ask.
    fn passwords(&self) -> Option<Text> {
        let numbers =
            || PasswordNeeded::ALL.into_iter().zip(self.password_needed).filter(|(_, number)| *number > 0);
        let list = |lang: Lang| -> Vec<String> {
            numbers()
                .map(|(needed, number)| format!("{} {number}", words::password_needed(needed).get(lang)))
                .collect()
        };
        numbers().next().map(|_| {
            Text::new(
                format!("変更後のパスワードの入力: {}", list(Lang::Ja).join("、")),
                format!("password after the change: {}", list(Lang::En).join(", ")),
            )
        })
    }

    /// As the summary of a report counts.
    fn count(&mut self, judged: &Judged, on: Date) {
        let Judged { last: [sending, receiving], checked: [of_sending, of_receiving], why, .. } = *judged;
        self.undecided += usize::from(judged.is_undecided);
        self.receiving += usize::from(judged.receives_off_policy);
        self.exceptions += usize::from(why == Why::Excepted);
        self.kept += usize::from(judged.is_kept);
        for (number, needed) in self.password_needed.iter_mut().zip(PasswordNeeded::ALL) {
            *number += usize::from(judged.password_needed == Some(needed));
        }
        if judged.is_unused || why == Why::Excepted {
            return;
        }
        if let Some(until) = sending {
            let stopping = self.stops.entry(StopDay(until)).or_default();
            let numbers = if judged.is_undecided { &mut stopping.undecided } else { &mut stopping.sending };
            numbers.count(until.tense(on, of_sending));
        }
        if let Some(until) = receiving {
            self.stops.entry(StopDay(until)).or_default().receiving.count(until.tense(on, of_receiving));
        }
    }
}

/// Everything that the outputs tell.
#[derive(Debug)]
pub struct Overview<'a> {
    /// Reports read.
    pub reports: u64,
    /// Those of them that do not name their computer, which is then known by where the data lay.
    pub nameless: u64,
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
    /// Computers that were incomplete.
    pub incomplete: Vec<Incomplete<'a>>,
    /// Reports that could not be read.
    pub problems: &'a [Problem],
    /// What all of it was counted of.
    pub(super) fleet: &'a Fleet,
}

impl<'a> Overview<'a> {
    /// What accounts are called, mostly by their addresses, with their owners, computer and user: of all accounts, also of those
    /// that need nothing. A lone file is nobody's, and is known by where it lay.
    pub fn names(&self) -> impl Iterator<Item = [&'a str; 3]> {
        let fleet = self.fleet;
        fleet.owners.iter().flat_map(move |(whose, owner)| {
            let name = fleet.text(owner.name.name);
            let user = if name.is_empty() { fleet.text(whose.sid) } else { name };
            let computer = fleet.computer_name(whose.computer);
            owner.records.iter().map(move |record| [fleet.text(record.account), computer, user])
        })
    }
}

/// Computes the figures, as of this day. `departments` maps computers, in lower case, to departments.
pub(super) fn overview<'a>(
    fleet: &'a Fleet,
    departments: &'a HashMap<String, String>,
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
    let (mut left, mut not_seen_before) = (Vec::new(), 0);
    let mut comparison = baseline.map(Baseline::compare);
    for (whose, owner) in in_order(fleet, baseline.is_some()) {
        let computer = fleet.text(whose.computer);
        let department = departments.get(computer).map_or("", String::as_str);
        for record in &owner.records {
            if record.judged.is_other {
                further.others += 1;
                continue;
            }
            numbers.count(record.action);
            further.count(&record.judged, on);
            let sort = (record.action.is_none(), record.action, record.verdict, record.judged.why);
            *sorts.entry(sort).or_default() += 1;
            clients.entry(fleet.text(record.client_name)).or_default().count(record.action);
            servers.entry(fleet.text(record.server)).or_default().count(record.action);
            if !departments.is_empty() {
                of_departments.entry(department).or_default().count(record.action);
            }
            let known = Known {
                verdict: record.verdict,
                action: record.action,
                server: fleet.text(record.server),
                port: record.port,
            };
            let compared = comparison
                .as_mut()
                .map(|comparison| comparison.meet(computer, whose_text(fleet, *whose), record.id, &known));
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

/// The most to do first, then by name.
fn groups(numbers: HashMap<&str, Numbers>) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> =
        numbers.into_iter().map(|(name, numbers)| Group { name, numbers }).collect();
    groups.sort_by(|a, b| {
        let key = |g: &Group<'_>| {
            (std::cmp::Reverse((g.numbers.change, g.numbers.check, g.numbers.total())), g.name.to_owned())
        };
        key(a).cmp(&key(b))
    });
    groups
}
