//! What a fleet's reports come to: per computer and user the newest state, one small record per finding, and one sample
//! per report for the history.

use crate::model::{Action, Security, Verdict};
use foldhash::fast::RandomState;
use indexmap::{IndexMap, IndexSet};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Number of a text in `Fleet::texts`.
pub(super) type Name = u32;

/// One finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) id: u64,
    pub(super) client: Name,
    pub(super) client_name: Name,
    pub(super) edition: Name,
    pub(super) account: Name,
    pub(super) server: Name,
    pub(super) port: Option<u16>,
    pub(super) security: Option<Security>,
    /// `None`: a word that this version does not know.
    pub(super) verdict: Option<Verdict>,
    pub(super) action: Option<Action>,
    pub(super) authenticates: bool,
    /// `None`: not known.
    pub(super) logs_on_first: Option<bool>,
    pub(super) answered: bool,
}

impl Record {
    /// True if somebody has something to do; an unknown word is no reason to forget an account.
    pub(super) fn is_left(&self) -> bool {
        self.action != Some(Action::None)
    }
}

/// Whose findings they are, in lower case: the registry, a disk and a person spell the same names differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Whose {
    pub(super) computer: Name,
    /// Empty for a lone file, which is nobody's.
    pub(super) user: Name,
    /// Empty where it is not known. For a lone file: where it lay, which is all that tells one from another.
    pub(super) sid: Name,
}

/// How much a report knows of a user; what knows more counts before what knows less, however old it is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Knows {
    /// An answer alone, or nothing.
    #[default]
    Nothing,
    /// Something could not be read.
    Part,
    /// All that a filter of the scan let through.
    Filtered,
    /// All.
    All,
}

/// How many accounts were to change and to check when a user was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sample {
    /// Milliseconds since 1970.
    pub(super) time: i64,
    pub(super) knows: Knows,
    pub(super) change: u32,
    pub(super) check: u32,
    /// Ids of what is to check because it could not be read: an answer takes their place.
    pub(super) unreadable: Vec<u64>,
}

impl Sample {
    fn of(records: impl Iterator<Item = Record>, time: i64, knows: Knows) -> Self {
        let mut sample = Self { time, knows, change: 0, check: 0, unreadable: Vec::new() };
        for record in records {
            sample.change += u32::from(record.action == Some(Action::Change));
            sample.check += u32::from(record.action == Some(Action::CheckByHand));
            if (record.verdict, record.action) == (Some(Verdict::Unreadable), Some(Action::CheckByHand)) {
                sample.unreadable.push(record.id);
            }
        }
        sample
    }
}

/// An answer that counts, for the history.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answered {
    pub(super) id: u64,
    pub(super) time: i64,
    pub(super) action: Option<Action>,
    /// It takes the place of nothing that a scan found.
    pub(super) is_alone: bool,
}

/// The newest try to read a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Try {
    pub(super) time: i64,
    pub(super) is_unread: bool,
    pub(super) issues: u32,
}

/// The newest state of one user.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    /// As the newest report spells it.
    pub(super) name: Name,
    pub(super) last: Try,
    pub(super) knows: Knows,
    /// Milliseconds since 1970, of the report that the records are from.
    pub(super) time: i64,
    pub(super) records: Vec<Record>,
    pub(super) samples: Vec<Sample>,
    pub(super) answers: Vec<Answered>,
}

impl Owner {
    pub(super) fn new(name: Name) -> Self {
        Self {
            name,
            last: Try { time: i64::MIN, is_unread: false, issues: 0 },
            knows: Knows::Nothing,
            time: i64::MIN,
            records: Vec::new(),
            samples: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// A try at which nothing of the user could be read.
    pub(super) fn tried(&mut self, name: Name, last: Try) {
        if last >= self.last {
            (self.last, self.name) = (last, name);
        }
    }

    pub(super) fn take(&mut self, knows: Knows, time: i64, records: impl Iterator<Item = Record> + Clone) {
        if knows >= Knows::Filtered {
            self.samples.push(Sample::of(records.clone(), time, knows));
        }
        if self.is_older(knows, time, || order(records.clone())) {
            (self.knows, self.time) = (knows, time);
            self.records.clear();
            self.records.extend(records);
        }
    }

    /// Of two reports of the same time always the same one counts, whichever is read first.
    fn is_older(&self, knows: Knows, time: i64, records: impl Fn() -> Order) -> bool {
        match (knows, time).cmp(&(self.knows, self.time)) {
            std::cmp::Ordering::Equal => records() > order(self.records.iter().copied()),
            order => order.is_gt(),
        }
    }

    pub(super) fn absorb(&mut self, mut other: Self) {
        self.tried(other.name, other.last);
        self.samples.append(&mut other.samples);
        if self.is_older(other.knows, other.time, || order(other.records.iter().copied())) {
            (self.knows, self.time, self.records) = (other.knows, other.time, other.records);
        }
    }
}

/// What records of the same time are told apart by: the more there is to do, the later; then whatever does not hang on the
/// order of reading, as the numbers of texts do.
type Order = (u32, u32, Vec<(u64, Option<Action>, Option<Verdict>, Option<u16>)>);

fn order(records: impl Iterator<Item = Record> + Clone) -> Order {
    let Sample { change, check, .. } = Sample::of(records.clone(), 0, Knows::All);
    let mut order: Vec<_> =
        records.map(|record| (record.id, record.action, record.verdict, record.port)).collect();
    order.sort_unstable();
    (change, check, order)
}

/// What the newest scan of one scope tells of a computer as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Told {
    pub(super) time: i64,
    /// Issues that are no user's.
    pub(super) issues: u32,
    /// Findings that a filter of the scan kept back.
    pub(super) not_shown: u64,
    pub(super) is_filtered: bool,
}

impl Default for Told {
    fn default() -> Self {
        Self { time: i64::MIN, issues: 0, not_shown: 0, is_filtered: false }
    }
}

/// A computer.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Computer {
    /// As the newest report spells it.
    pub(super) name: Name,
    /// The newest scan of one user, of paths and of all users.
    told: [Told; 3],
}

impl Computer {
    /// `scope`: as in the report; an unknown one is taken for one of paths.
    pub(super) fn take(&mut self, name: Name, scope: &str, told: Told) {
        self.spell(name, told.time);
        let place = ["user", scope, "all-users"].iter().rposition(|known| *known == scope).unwrap_or(1);
        if let Some(known) = self.told.get_mut(place) {
            *known = told.max(*known);
        }
    }

    fn time(&self) -> i64 {
        self.told.iter().map(|told| told.time).max().unwrap_or(i64::MIN)
    }

    /// Takes the spelling of a report of this time.
    pub(super) fn spell(&mut self, name: Name, time: i64) {
        if time >= self.time() {
            self.name = name;
        }
    }

    fn absorb(&mut self, other: Self) {
        self.spell(other.name, other.time());
        for (known, told) in self.told.iter_mut().zip(other.told) {
            *known = told.max(*known);
        }
    }

    /// What holds: a scan of all users makes older ones of fewer users void.
    pub(super) fn told(&self) -> impl Iterator<Item = Told> + '_ {
        let [.., all] = self.told;
        self.told.into_iter().filter(move |told| told.time > i64::MIN && told.time >= all.time)
    }
}

/// A user's answer to questions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub(super) time: i64,
    pub(super) whose: Whose,
    /// The user's name as it was spelled.
    pub(super) name: Name,
    pub(super) record: Record,
}

impl Answer {
    /// The newer one; of two of the same time always the same.
    pub(super) fn or(self, other: Self) -> Self {
        let key = |answer: &Self| (answer.time, order(std::iter::once(answer.record)));
        if key(&other) > key(&self) { other } else { self }
    }
}

/// All reports together.
#[derive(Debug, Default)]
pub(super) struct Fleet {
    pub(super) texts: IndexSet<Box<str>, RandomState>,
    pub(super) owners: IndexMap<Whose, Owner, RandomState>,
    pub(super) computers: IndexMap<Name, Computer, RandomState>,
    /// By computer and id.
    pub(super) answers: HashMap<(Name, u64), Answer, RandomState>,
    pub(super) reports: u64,
    /// Those that do not name their computer.
    pub(super) nameless: u64,
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
            server: new(record.server),
            ..record
        };
        for (whose, mut owner) in other.owners {
            owner.name = new(owner.name);
            owner.records.iter_mut().for_each(|record| *record = renamed(*record));
            let known = self.owners.entry(of(whose)).or_insert_with(|| Owner::new(owner.name));
            known.absorb(owner);
        }
        for (computer, state) in other.computers {
            let name = new(state.name);
            self.computers.entry(new(computer)).or_default().absorb(Computer { name, ..state });
        }
        for ((computer, id), answer) in other.answers {
            let (whose, record) = (of(answer.whose), renamed(answer.record));
            self.answer(new(computer), id, Answer { whose, record, name: new(answer.name), ..answer });
        }
        self.reports += other.reports;
        self.nameless += other.nameless;
    }

    pub(super) fn answer(&mut self, computer: Name, id: u64, answer: Answer) {
        self.answers.entry((computer, id)).and_modify(|known| *known = known.or(answer)).or_insert(answer);
    }

    /// The text of a number.
    pub(super) fn text(&self, name: Name) -> &str {
        self.texts.get_index(name as usize).map_or("", |text| text)
    }

    /// The computer's name as the newest report spells it.
    pub(super) fn computer_name(&self, computer: Name) -> &str {
        self.computers.get(&computer).map_or("", |computer| self.text(computer.name))
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

/// The name in the form in which names are compared.
pub(super) fn folded(name: &str) -> Cow<'_, str> {
    let is_folded = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}

/// What stands for the name of a computer that the data does not tell: where the data lay.
pub(super) fn nameless(sources: &[impl std::borrow::Borrow<str>]) -> String {
    format!("({})", sources.join(", "))
}

/// A finding's id as the reports write it.
pub(super) fn hex(id: u64) -> String {
    format!("{id:016x}")
}

/// The id as a number: 16 hex digits; anything else is taken by its hash.
pub(super) fn number(text: &str) -> u64 {
    u64::from_str_radix(text, 16).ok().filter(|_| text.len() == 16).unwrap_or_else(|| {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        hasher.finish()
    })
}
