//! The figures of a fleet: who is left, by what, and what is not known.

use super::baseline::{Baseline, Known, Resolved, Seen};
use super::history::{Day, history};
use super::state::{Computer, Fleet, Name, Owner, Record, Whose};
use crate::model::{Action, Compared, Security, Text, Verdict};
use crate::report::words;
use crate::source::Problem;
use std::collections::{BTreeMap, HashMap};
use time::{Date, OffsetDateTime};

/// One account for which somebody has something to do.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    /// Whose it is.
    pub computer: &'a str,
    /// The user's name; empty for a lone file.
    pub user: &'a str,
    /// The department of the computer; empty if it is not known.
    pub department: &'a str,
    /// 16 hex digits of the finding's id, as a number.
    pub id: u64,
    /// Id of the client.
    pub client: &'a str,
    /// Its name for people.
    pub client_name: &'a str,
    /// Which dialogs it has; empty if the report does not tell.
    pub edition: &'a str,
    /// The account's name.
    pub account: &'a str,
    /// The outgoing server; empty if none is known.
    pub server: &'a str,
    /// Its port.
    pub port: Option<u16>,
    /// Its encryption, where it is known.
    pub security: Option<Security>,
    /// `None`: a word that this version does not know.
    pub verdict: Option<Verdict>,
    /// `None`: a word that this version does not know.
    pub action: Option<Action>,
    /// True if it authenticates.
    pub authenticates: bool,
    /// True if it logs on to the incoming server first; `None`: not known.
    pub logs_on_first: Option<bool>,
    /// The day (UTC) of the report or answer that it stands on.
    pub as_of: Option<Date>,
    /// Against the baseline, where there is one.
    pub compared: Option<Compared>,
}

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
    /// How many.
    pub number: usize,
}

impl Sort {
    /// The verdict for people. An account that is not used any more needs no change whatever its verdict.
    pub fn text(&self) -> Text {
        match (self.verdict, self.action) {
            (Some(verdict), Some(action)) => words::verdict(verdict, action),
            (Some(verdict), None) => verdict.text(),
            (None, _) => Text::fixed("この版では分からない判定", "verdict unknown to this version"),
        }
    }
}

/// A computer of which something is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incomplete<'a> {
    /// Its name.
    pub computer: &'a str,
    /// Users that could not be read, or only in part.
    pub users: u32,
    /// What could not be read.
    pub issues: u32,
    /// Accounts that a filter of the scan kept back.
    pub not_shown: u64,
    /// True if the scan had a filter: what it kept back may not even be counted.
    pub filtered: bool,
}

impl Incomplete<'_> {
    /// What is not known, for people.
    pub fn text(&self) -> Text {
        let Self { computer, users, issues, not_shown, filtered } = *self;
        let facts = [
            (users > 0, format!("読めないユーザー {users}"), format!("users not read {users}")),
            (issues > 0, format!("読み取り不可 {issues}"), format!("not read {issues}")),
            (not_shown > 0, format!("非表示 {not_shown}"), format!("not shown {not_shown}")),
            (filtered, "絞り込んだ調査".to_owned(), "scanned with a filter".to_owned()),
        ];
        let (ja, en): (Vec<_>, Vec<_>) =
            facts.into_iter().filter(|(is_so, ..)| *is_so).map(|(_, ja, en)| (ja, en)).unzip();
        Text::new(format!("{computer}: {}", ja.join("、")), format!("{computer}: {}", en.join(", ")))
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
    /// By client, the most to do first.
    pub clients: Vec<Group<'a>>,
    /// By outgoing server.
    pub servers: Vec<Group<'a>>,
    /// By department; empty without a mapping.
    pub departments: Vec<Group<'a>>,
    /// Day by day.
    pub history: Vec<Day>,
    /// Who is left, by department, computer and user.
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
}

impl Overview<'_> {
    /// What to know of reports that do not name their computer, where there are such.
    pub fn without_name(&self) -> Option<Text> {
        let number = self.nameless;
        (number > 0).then(|| {
            Text::new(
                format!("コンピューターの名前がない報告: {number}(データのあった場所で区別しています。scan --computer 名前 で付けられます)"),
                format!("reports without a computer's name: {number} (told apart by where the data lay; scan --computer NAME gives one)"),
            )
        })
    }
}

impl Overview<'_> {
    /// What can't be told of a comparison: what is not done for sure, and what is not new for sure.
    pub fn doubts(&self) -> Vec<Text> {
        let (gone, new) = (self.not_seen, self.not_seen_before);
        let gone = (gone > 0).then(|| {
            Text::new(
                format!("前回のアカウントのうち、今回の報告からは分からないもの: {gone}"),
                format!("accounts of the baseline of which these reports tell nothing: {gone}"),
            )
        });
        let new = (new > 0).then(|| {
            Text::new(
                format!("新規のアカウントのうち、前回はそのユーザーのすべてが調べられていないもの(以前からあったのかもしれません): {new}"),
                format!("new accounts of users whom the baseline has not read, or not completely, so that they may be old: {new}"),
            )
        });
        gone.into_iter().chain(new).collect()
    }
}

/// Computes the figures. `departments` maps computers, in lower case, to departments.
pub(super) fn overview<'a>(
    fleet: &'a Fleet,
    departments: &'a HashMap<String, String>,
    baseline: Option<&Baseline>,
    problems: &'a [Problem],
) -> Overview<'a> {
    let mut numbers = Numbers::default();
    // Known actions first, in their order.
    let mut sorts: BTreeMap<(bool, Option<Action>, Option<Verdict>), usize> = BTreeMap::new();
    let mut clients: HashMap<&str, Numbers> = HashMap::new();
    let mut servers: HashMap<&str, Numbers> = HashMap::new();
    let mut of_departments: HashMap<&str, Numbers> = HashMap::new();
    let (mut left, mut not_seen_before) = (Vec::new(), 0);
    let mut comparison = baseline.map(Baseline::compare);
    for (whose, owner) in in_order(fleet, baseline.is_some()) {
        let computer = fleet.text(whose.computer);
        let department = departments.get(computer).map_or("", String::as_str);
        for record in &owner.records {
            numbers.count(record.action);
            *sorts.entry((record.action.is_none(), record.action, record.verdict)).or_default() += 1;
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
            .map(|((_, action, verdict), number)| Sort { verdict, action, number })
            .collect(),
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

fn incomplete(fleet: &Fleet) -> Vec<Incomplete<'_>> {
    let mut all: HashMap<Name, Incomplete<'_>> = HashMap::new();
    for (computer, state) in &fleet.computers {
        let issues = state.told().map(|told| told.issues).sum();
        let computer_name = fleet.computer_name(*computer);
        let one = Incomplete { computer: computer_name, users: 0, issues, not_shown: 0, filtered: false };
        all.insert(*computer, one);
    }
    for (whose, owner) in &fleet.owners {
        let Some(one) = all.get_mut(&whose.computer) else { continue };
        one.users += u32::from(owner.last.is_some_and(|last| last.is_unread));
        one.issues += owner.last.map_or(0, |last| last.issues);
        one.filtered |= owner.whole.is_none() && owner.last.is_some_and(|last| !last.is_unfiltered);
    }
    // What a filter kept back of users of whom all is known otherwise, is known.
    for (computer, one) in all.iter_mut().filter(|(_, one)| one.filtered) {
        let told = fleet.computers.get(computer).into_iter().flat_map(Computer::told);
        one.not_shown = told.map(|told| told.not_shown).sum();
    }
    let is_incomplete = |one: &Incomplete<'_>| one.users > 0 || one.issues > 0 || one.filtered;
    let mut incomplete: Vec<Incomplete<'_>> = all.into_values().filter(is_incomplete).collect();
    incomplete.sort_by_key(|incomplete| incomplete.computer);
    incomplete
}

fn day(milliseconds: i64) -> Option<Date> {
    let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000);
    time.ok().map(OffsetDateTime::date)
}

fn one_left<'a>(
    fleet: &'a Fleet,
    (whose, owner): (Whose, &Owner),
    record: &Record,
    department: &'a str,
    compared: Option<Compared>,
) -> Left<'a> {
    Left {
        computer: fleet.computer_name(whose.computer),
        user: fleet.text(owner.name.name),
        department,
        id: record.id,
        client: fleet.text(record.client),
        client_name: fleet.text(record.client_name),
        edition: fleet.text(record.edition),
        account: fleet.text(record.account),
        server: fleet.text(record.server),
        port: record.port,
        security: record.security,
        verdict: record.verdict,
        action: record.action,
        authenticates: record.authenticates,
        logs_on_first: record.logs_on_first,
        as_of: day(record.time),
        compared,
    }
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
