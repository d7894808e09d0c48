//! What a fleet's reports come to: per computer and user the newest state, one small record per finding, and one per
//! report for the history.

use super::parse::{FindingIn, ReportIn, Str};
use crate::model::{Action, Confidence, Security, Verdict};
use foldhash::fast::RandomState;
use indexmap::{IndexMap, IndexSet};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

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

/// Whose findings they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Whose {
    pub(super) computer: Name,
    pub(super) user: Name,
    pub(super) sid: Name,
}

/// How many accounts were to change and to check when a user was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sample {
    /// Seconds since 1970.
    pub(super) time: i64,
    pub(super) change: u32,
    pub(super) check: u32,
}

impl Sample {
    fn of(records: impl Iterator<Item = Record>, time: i64) -> Self {
        let mut sample = Self { time, change: 0, check: 0 };
        for record in records {
            sample.change += u32::from(record.action == Some(Action::Change));
            sample.check += u32::from(record.action == Some(Action::CheckByHand));
        }
        sample
    }
}

/// The newest state of one user. What read the user completely counts before what did not, however old it is.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    pub(super) is_complete: bool,
    time: i64,
    pub(super) records: Vec<Record>,
    pub(super) samples: Vec<Sample>,
}

impl Default for Owner {
    fn default() -> Self {
        Self { is_complete: false, time: i64::MIN, records: Vec::new(), samples: Vec::new() }
    }
}

impl Owner {
    fn take(&mut self, is_complete: bool, time: i64, records: impl Iterator<Item = Record> + Clone) {
        if is_complete {
            self.samples.push(Sample::of(records.clone(), time));
        }
        if (is_complete, time) > (self.is_complete, self.time) {
            (self.is_complete, self.time) = (is_complete, time);
            self.records.clear();
            self.records.extend(records);
        }
    }

    /// Takes an answer; a later scan that could read the account knows better.
    fn answer(&mut self, id: u64, time: i64, answer: Record) {
        match self.records.iter_mut().find(|record| record.id == id) {
            Some(record) if record.verdict == Some(Verdict::Unreadable) => *record = answer,
            Some(_) => return,
            None => self.records.push(answer),
        }
        if self.is_complete {
            // Scans before and behind the answer say the same of this account: from the later of both on it is known.
            let time = time.max(self.time);
            self.samples.retain(|sample| sample.time != time);
            self.samples.push(Sample::of(self.records.iter().copied(), time));
        }
    }

    fn absorb(&mut self, mut other: Self) {
        self.samples.append(&mut other.samples);
        if (other.is_complete, other.time) > (self.is_complete, self.time) {
            *self = Self { samples: std::mem::take(&mut self.samples), ..other };
        }
    }
}

/// The newest report of one computer.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Computer {
    pub(super) time: i64,
    /// Users that could not be read, or only in part.
    pub(super) unread: u32,
    pub(super) issues: u32,
    /// Findings that a filter of the scan kept back.
    pub(super) not_shown: u64,
}

impl Computer {
    pub(super) fn is_incomplete(self) -> bool {
        self.unread > 0 || self.issues > 0 || self.not_shown > 0
    }
}

/// All reports together.
#[derive(Debug, Default)]
pub(super) struct Fleet {
    pub(super) texts: IndexSet<Box<str>, RandomState>,
    pub(super) owners: IndexMap<Whose, Owner, RandomState>,
    pub(super) computers: IndexMap<Name, Computer, RandomState>,
    /// Answers of users to questions, by computer and id.
    answers: HashMap<(Name, u64), (i64, Whose, Record)>,
    pub(super) reports: u64,
}

impl Fleet {
    /// Takes one report; the error is the text that should be its time.
    pub(super) fn take(&mut self, report: &ReportIn<'_>) -> Result<(), String> {
        let started_at = &*report.scan.started_at.0;
        let time =
            OffsetDateTime::parse(started_at, &Rfc3339).map_err(|_| started_at.to_owned())?.unix_timestamp();
        self.reports += 1;
        let computer = self.computer(report);
        let mut of_users: Vec<((Name, Name), Record)> = Vec::with_capacity(report.findings.len());
        for finding in &report.findings {
            let (user, sid) = (self.name(finding.user.as_ref()), self.name(finding.user_sid.as_ref()));
            let record = self.record(finding);
            let whose = Whose { computer, user, sid };
            if record.answered {
                let known = self.answers.entry((computer, record.id)).or_insert((i64::MIN, whose, record));
                if time > known.0 {
                    *known = (time, whose, record);
                }
            } else {
                of_users.push(((user, sid), record));
            }
        }
        let is_answer = of_users.is_empty()
            && report.findings.iter().any(|f| &*f.confidence.0 == Confidence::Answered.code());
        if is_answer {
            return Ok(());
        }
        let mut state = Computer {
            time,
            unread: 0,
            issues: u32::try_from(report.issues).unwrap_or(u32::MAX),
            not_shown: report.not_shown,
        };
        of_users.sort_by_key(|(user, _)| *user);
        let mut listed = Vec::with_capacity(report.scan.users.len());
        for user in &report.scan.users {
            let key = (self.name(user.name.as_ref()), self.name(user.sid.as_ref()));
            listed.push(key);
            let status = &*user.status.0;
            state.unread += u32::from(status != "read");
            if status != "not-read" {
                let from = of_users.partition_point(|(user, _)| *user < key);
                let records = of_users.iter().skip(from).take_while(|(user, _)| *user == key);
                self.owner(computer, key).take(status == "read", time, records.map(|(_, record)| *record));
            }
        }
        listed.sort_unstable();
        for records in of_users.chunk_by(|(user, _), (next, _)| user == next) {
            // Findings of nobody whom the report lists.
            if let Some((key, _)) = records.first().filter(|(key, _)| listed.binary_search(key).is_err()) {
                self.owner(computer, *key).take(false, time, records.iter().map(|(_, record)| *record));
            }
        }
        let known = self.computers.entry(computer).or_default();
        if state.time >= known.time {
            *known = state;
        }
        Ok(())
    }

    fn owner(&mut self, computer: Name, (user, sid): (Name, Name)) -> &mut Owner {
        self.owners.entry(Whose { computer, user, sid }).or_default()
    }

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
            owner.records.iter_mut().for_each(|record| *record = renamed(*record));
            self.owners.entry(of(whose)).or_default().absorb(owner);
        }
        for (computer, state) in other.computers {
            let known = self.computers.entry(new(computer)).or_default();
            if state.time >= known.time {
                *known = state;
            }
        }
        for ((computer, id), (time, whose, record)) in other.answers {
            let answer = (time, of(whose), renamed(record));
            let known = self.answers.entry((new(computer), id)).or_insert(answer);
            if time > known.0 {
                *known = answer;
            }
        }
        self.reports += other.reports;
    }

    /// What can be said only when all reports are there.
    pub(super) fn settle(&mut self) {
        self.join_owners();
        self.apply_answers();
    }

    /// A home folder alone does not tell its owner's SID: what was read from it is the same user's as what a report with
    /// the SID tells, unless two users of the computer have that name.
    fn join_owners(&mut self) {
        let none = self.intern("");
        let mut with_sid: HashMap<(Name, Name), Vec<Whose>> = HashMap::new();
        for whose in self.owners.keys().filter(|whose| whose.sid != none) {
            with_sid.entry((whose.computer, whose.user)).or_default().push(*whose);
        }
        let same = |whose: Whose| match with_sid.get(&(whose.computer, whose.user)).map(Vec::as_slice) {
            Some([same]) if whose.sid == none && whose.user != none => Some(*same),
            _ => None,
        };
        let lone: Vec<Whose> = self.owners.keys().copied().filter(|whose| same(*whose).is_some()).collect();
        for (whose, same) in lone.iter().filter_map(|whose| Some((whose, same(*whose)?))) {
            if let Some(owner) = self.owners.swap_remove(whose) {
                self.owners.entry(same).or_default().absorb(owner);
            }
        }
        for (_, whose, _) in self.answers.values_mut() {
            *whose = same(*whose).unwrap_or(*whose);
        }
    }

    /// Lets the answers take the place of what could not be read; an answer about something that no report has stands
    /// for itself.
    fn apply_answers(&mut self) {
        let mut answers: Vec<_> = std::mem::take(&mut self.answers).into_iter().collect();
        answers.sort_by_key(|((computer, id), (time, ..))| (*time, *computer, *id));
        for ((_, id), (time, whose, answer)) in answers {
            self.owners.entry(whose).or_default().answer(id, time, answer);
        }
    }

    /// The text of a number.
    pub(super) fn text(&self, name: Name) -> &str {
        self.texts.get_index(name as usize).map_or("", |text| text)
    }

    fn intern(&mut self, text: &str) -> Name {
        let index = match self.texts.get_index_of(text) {
            Some(index) => index,
            None => self.texts.insert_full(text.into()).0,
        };
        u32::try_from(index).unwrap_or(u32::MAX)
    }

    fn name(&mut self, text: Option<&Str<'_>>) -> Name {
        self.intern(text.map_or("", |text| &text.0))
    }

    /// The computer's name; data of a computer that does not tell its name is known by where it lay.
    fn computer(&mut self, report: &ReportIn<'_>) -> Name {
        if let Some(name) = &report.computer {
            return self.intern(&name.0);
        }
        let sources: Vec<&str> = report.scan.sources.iter().map(|source| &*source.0).collect();
        self.intern(&nameless(&sources))
    }

    fn record(&mut self, finding: &FindingIn<'_>) -> Record {
        let verdict = Verdict::ALL.into_iter().find(|verdict| verdict.code() == finding.verdict.0);
        let action = Action::ALL.into_iter().find(|action| action.code() == finding.action.0);
        let out = finding.outgoing.as_ref();
        let host = out.and_then(|out| out.host.as_ref()).map_or("", |host| &host.0);
        let is_lower = host.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
        let server = if is_lower { Cow::Borrowed(host) } else { Cow::Owned(host.to_lowercase()) };
        let auth = out.and_then(|out| out.auth.as_ref()).map_or("", |auth| &auth.0);
        let port = out.and_then(|out| out.port);
        let word = out.and_then(|out| out.security.as_ref()).map_or("", |security| &security.0);
        let securities = [Security::Plain, Security::StartTls, Security::Tls, Security::Auto];
        Record {
            id: number(&finding.id.0),
            client: self.intern(&finding.client.0),
            client_name: self.intern(&finding.client_name.0),
            edition: self.name(finding.edition.as_ref()),
            account: self.intern(&finding.account.0),
            server: self.intern(&server),
            port,
            security: securities.into_iter().find(|known| known.code() == word),
            verdict,
            action,
            authenticates: !matches!(auth, "" | "none" | "unknown"),
            logs_on_first: out.and_then(|out| out.pop_before_smtp),
            answered: finding.confidence.0 == Confidence::Answered.code(),
        }
    }
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
