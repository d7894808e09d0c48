//! What a fleet's reports come to: per computer and user the newest state, one small record per finding, and one sample
//! per report for the history.

use super::computer::newer;
pub(super) use super::computer::{Computer, Spelling, Told};
use super::faces::{Face, meet};
use super::good::{Good, remember};
use super::judging::Policies;
use super::names::Name;
use super::plan::Plan;
pub(super) use super::record::Record;
use crate::model::{Action, Verdict};
use foldhash::fast::RandomState;
use indexmap::{IndexMap, IndexSet};

/// Whose findings they are, in lower case: the registry, a disk and a person spell the same names differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Whose {
    pub(super) computer: Name,
    /// Empty for a lone file, which is nobody's.
    pub(super) user: Name,
    /// Empty where it is not known. For a lone file: where it lay, which is all that tells one from another.
    pub(super) sid: Name,
}

/// What a report knows of a user: records in the order of their ids.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) time: i64,
    pub(super) records: Vec<Record>,
}

impl State {
    /// The newer one; of two of the same time always the same one, whichever is read first.
    fn or(&mut self, other: Self) {
        if other.time > self.time || (other.time == self.time && other.rank() > self.rank()) {
            *self = other;
        }
    }

    /// Which of two counts: the newer; of two of the same time always the same.
    pub(super) fn rank(&self) -> impl Ord + use<> {
        (self.time, order(&self.records))
    }

    /// Takes what another key has of the same user in the same report.
    pub(super) fn and(&mut self, other: Self) {
        self.records.extend(other.records);
        self.records.sort_by_key(|record| record.id);
    }
}

/// What records of the same time are told apart by: the more there is to do, the later; then whatever does not hang on the
/// order of reading, as the numbers of texts do.
type Order = (u32, u32, Vec<(u64, Option<Action>, Option<Verdict>, Option<u16>)>);

fn order(records: &[Record]) -> Order {
    let Sample { change, check, .. } = Sample::of(records, 0, true, 0);
    let order = records.iter().map(|record| (record.id, record.action, record.verdict, record.port));
    (change, check, order.collect())
}

/// How many accounts were to change and to check when a user was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sample {
    /// Milliseconds since 1970.
    pub(super) time: i64,
    /// All of the user was read; else only what a filter let through.
    pub(super) is_whole: bool,
    pub(super) change: u32,
    pub(super) check: u32,
    /// Ids of all accounts, in order.
    pub(super) ids: Vec<u64>,
    /// Ids of what is to check because it could not be read, in order: an answer takes their place.
    pub(super) unreadable: Vec<u64>,
    /// Ids of those of them that may be one thing or another, in order.
    pub(super) undecided: Vec<u64>,
    pub(super) filters: Name,
}

impl Sample {
    pub(super) fn of(records: &[Record], time: i64, is_whole: bool, filters: Name) -> Self {
        let ids = records.iter().map(|record| record.id).collect();
        let (unreadable, undecided) = (Vec::new(), Vec::new());
        let mut sample = Self { time, is_whole, change: 0, check: 0, ids, unreadable, undecided, filters };
        for record in records.iter().filter(|record| !record.judged.is_hidden) {
            sample.change += u32::from(record.action == Some(Action::Change));
            sample.check += u32::from(record.action == Some(Action::CheckByHand));
            if (record.verdict, record.action) == (Some(Verdict::Unreadable), Some(Action::CheckByHand)) {
                sample.unreadable.push(record.id);
                if record.judged.is_undecided {
                    sample.undecided.push(record.id);
                }
            }
        }
        sample
    }
}

/// The newest try to read a user; one with a filter says least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Try {
    pub(super) is_unfiltered: bool,
    pub(super) time: i64,
    pub(super) status: Readable,
    pub(super) issues: u32,
}

/// How much of a user could be read; of two reports of the same time the one that could read less counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Readable {
    All,
    Partly,
    Not,
}

/// One user.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    pub(super) name: Spelling,
    /// `None`: only answers tell of the user.
    pub(super) last: Option<Try>,
    /// The newest report that read all of the user.
    pub(super) whole: Option<State>,
    /// The newest report that read a part, by the filters of its scan: what one leaves out another may have.
    pub(super) parts: Vec<(Name, State)>,
    pub(super) samples: Vec<Sample>,
    /// What was as it has to be.
    pub(super) good: Vec<Good>,
    /// What counts, with the answers: known when the fleet is settled.
    pub(super) records: Vec<Record>,
    /// All answers about the user's accounts, the oldest first.
    pub(super) answers: Vec<Record>,
}

impl Owner {
    pub(super) fn new(name: Spelling) -> Self {
        Self {
            name,
            last: None,
            whole: None,
            parts: Vec::new(),
            samples: Vec::new(),
            good: Vec::new(),
            records: Vec::new(),
            answers: Vec::new(),
        }
    }

    pub(super) fn take_whole(&mut self, state: State) {
        match &mut self.whole {
            Some(known) => known.or(state),
            None => self.whole = Some(state),
        }
    }

    pub(super) fn take_part(&mut self, filters: Name, state: State) {
        match self.parts.iter_mut().find(|(known, _)| *known == filters) {
            Some((_, known)) => known.or(state),
            None => self.parts.push((filters, state)),
        }
    }

    pub(super) fn absorb(&mut self, mut other: Self) {
        self.last = self.last.max(other.last);
        self.samples.append(&mut other.samples);
        other.good.drain(..).for_each(|good| remember(&mut self.good, good));
        if let Some(whole) = other.whole {
            self.take_whole(whole);
        }
        for (filters, state) in other.parts {
            self.take_part(filters, state);
        }
    }
}

/// A user's answer to questions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub(super) whose: Whose,
    /// The user's name as it was spelled.
    pub(super) name: Name,
    pub(super) record: Record,
}

/// All reports together.
#[derive(Debug, Default)]
pub(super) struct Fleet {
    pub(super) texts: IndexSet<Box<str>, RandomState>,
    pub(super) owners: IndexMap<Whose, Owner, RandomState>,
    pub(super) computers: IndexMap<Name, Computer, RandomState>,
    pub(super) answers: Vec<Answer>,
    pub(super) reports: u64,
    /// By computer: what live scans of all users tell of it.
    pub(super) faces: IndexMap<Name, Vec<Face>, RandomState>,
    /// Those left out because they are too old.
    pub(super) too_old: u64,
    /// The computers of these.
    pub(super) aged: IndexMap<Name, Spelling, RandomState>,
    /// Those that do not name their computer.
    pub(super) nameless: u64,
    /// What there is to do, each once.
    pub(super) plans: IndexSet<Plan, RandomState>,
    pub(super) policies: Policies,
}

impl Fleet {
    /// Takes what another part of the same fleet came to.
    pub(super) fn absorb(&mut self, other: Self) {
        if self.texts.is_empty() {
            *self = other;
            return;
        }
        let names: Vec<Name> = other.texts.iter().map(|text| self.intern(text)).collect();
        let new = |name: Name| names.get(name as usize).copied().unwrap_or_default();
        let plans: Vec<u32> = other.plans.into_iter().map(|plan| self.plan(plan)).collect();
        let of = |whose: Whose| Whose {
            computer: new(whose.computer),
            user: new(whose.user),
            sid: new(whose.sid),
        };
        let renamed = |record: Record| Record {
            client: new(record.client),
            client_name: new(record.client_name),
            edition: new(record.edition),
            account: new(record.account),
            addresses: new(record.addresses),
            deviations: new(record.deviations),
            server: new(record.server),
            provider: new(record.provider),
            text: record.text.map(new),
            plan: record.plan.and_then(|plan| plans.get(plan as usize).copied()),
            ..record
        };
        for (whose, mut owner) in other.owners {
            let name = Spelling { name: new(owner.name.name), ..owner.name };
            owner.parts.iter_mut().for_each(|(filters, _)| *filters = new(*filters));
            owner.samples.iter_mut().for_each(|sample| sample.filters = new(sample.filters));
            owner.good.iter_mut().for_each(|good| good.server = new(good.server));
            let states = owner.whole.iter_mut().chain(owner.parts.iter_mut().map(|(_, state)| state));
            states.flat_map(|state| &mut state.records).for_each(|record| *record = renamed(*record));
            self.owner(of(whose), name).absorb(owner);
        }
        for (computer, state) in other.computers {
            let name = Spelling { name: new(state.name.name), ..state.name };
            self.known_computer(new(computer), name).absorb(state);
        }
        for Answer { whose, name, record } in other.answers {
            self.answers.push(Answer { whose: of(whose), name: new(name), record: renamed(record) });
        }
        for (computer, faces) in other.faces {
            let known = self.faces.entry(new(computer)).or_default();
            for Face { os, users } in faces {
                meet(known, Face { os: new(os), users: users.into_iter().map(new).collect() });
            }
        }
        for (computer, name) in other.aged {
            let spelling = Spelling { name: new(name.name), ..name };
            let known = self.aged.entry(new(computer)).or_insert(spelling);
            *known = newer(&self.texts, *known, spelling);
        }
        self.too_old += other.too_old;
        self.reports += other.reports;
        self.nameless += other.nameless;
        self.policies.absorb(other.policies);
    }

    /// The user, who gets this spelling if it is newer.
    pub(super) fn owner(&mut self, whose: Whose, name: Spelling) -> &mut Owner {
        let owner = self.owners.entry(whose).or_insert_with(|| Owner::new(name));
        owner.name = newer(&self.texts, owner.name, name);
        owner
    }

    /// The computer, which gets this spelling if it is newer.
    pub(super) fn known_computer(&mut self, computer: Name, name: Spelling) -> &mut Computer {
        let known = self.computers.entry(computer).or_insert_with(|| Computer::new(name));
        known.name = newer(&self.texts, known.name, name);
        known
    }

    /// The text of a number.
    pub(super) fn text(&self, name: Name) -> &str {
        self.texts.get_index(name as usize).map_or("", |text| text)
    }

    /// The computer's name as the newest report spells it.
    pub(super) fn computer_name(&self, computer: Name) -> &str {
        self.computers.get(&computer).map_or("", |computer| self.text(computer.name.name))
    }

    /// The number of a plan.
    pub(super) fn plan(&mut self, plan: Plan) -> u32 {
        u32::try_from(self.plans.insert_full(plan).0).unwrap_or(u32::MAX)
    }

    /// The number of a text.
    pub(super) fn intern(&mut self, text: &str) -> Name {
        let index = match self.texts.get_index_of(text) {
            Some(index) => index,
            None => self.texts.insert_full(text.into()).0,
        };
        u32::try_from(index).unwrap_or(u32::MAX)
    }
}
