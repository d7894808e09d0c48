//! What can be said of a fleet only when all reports are there: which users are the same, which answers count.

use super::state::{Answer, Answered, Fleet, Knows, Name, Owner, Whose};
use crate::model::Verdict;
use std::collections::{HashMap, HashSet};

impl Fleet {
    /// Joins what is one user's, and lets the answers take the place of what could not be read.
    pub(super) fn settle(&mut self) {
        self.join_owners();
        self.apply_answers();
        // The same report twice tells the same.
        for owner in self.owners.values_mut() {
            owner.samples.sort_unstable();
            owner.samples.dedup();
        }
    }

    /// A home folder alone does not tell its owner's SID: what was read from it is the same user's as what a report with
    /// the SID tells, unless two users of the computer have that name.
    fn join_owners(&mut self) {
        let none = self.intern("");
        let mut with_sid: HashMap<(Name, Name), Vec<Whose>> = HashMap::new();
        for whose in self.owners.keys().filter(|whose| whose.sid != none && whose.user != none) {
            with_sid.entry((whose.computer, whose.user)).or_default().push(*whose);
        }
        let same = |whose: Whose| match with_sid.get(&(whose.computer, whose.user)).map(Vec::as_slice) {
            Some([same]) if whose.sid == none => Some(*same),
            _ => None,
        };
        let lone: Vec<(Whose, Whose)> =
            self.owners.keys().filter_map(|whose| Some((*whose, same(*whose)?))).collect();
        for (whose, same) in lone {
            if let Some(owner) = self.owners.swap_remove(&whose) {
                self.owners.entry(same).or_insert_with(|| Owner::new(owner.name)).absorb(owner);
            }
        }
        for answer in self.answers.values_mut() {
            answer.whose = same(answer.whose).unwrap_or(answer.whose);
        }
    }

    fn apply_answers(&mut self) {
        let mut answers: Vec<Answer> = std::mem::take(&mut self.answers).into_values().collect();
        answers.sort_by_key(|answer| (answer.time, answer.record.id));
        let asked: HashSet<(Name, u64)> =
            answers.iter().map(|answer| (answer.whose.computer, answer.record.id)).collect();
        let mut found: HashMap<(Name, u64), Whose> = HashMap::new();
        for (whose, owner) in &self.owners {
            let ids = owner.records.iter().map(|record| (whose.computer, record.id));
            found.extend(ids.filter(|id| asked.contains(id)).map(|id| (id, *whose)));
        }
        for answer in answers {
            // The id tells whose account it is, even where the answer doesn't.
            let whose = found.get(&(answer.whose.computer, answer.record.id)).unwrap_or(&answer.whose);
            self.owners.entry(*whose).or_insert_with(|| Owner::new(answer.name)).answer(answer);
        }
    }
}

impl Owner {
    /// Takes an answer. A scan that could read the account knows better; a later one that read all of the user and has
    /// no such account knows that it is gone.
    fn answer(&mut self, answer: Answer) {
        let Answer { time, record, .. } = answer;
        let is_gone = self.knows == Knows::All && self.time > time;
        let known = self.records.iter_mut().find(|known| known.id == record.id);
        let is_alone = known.is_none();
        match known {
            Some(known) if known.verdict == Some(Verdict::Unreadable) => *known = record,
            Some(_) => {}
            None if is_gone => {}
            None => self.records.push(record),
        }
        if self.knows == Knows::Nothing {
            self.time = time;
        }
        // What does not count any more counts for the days before.
        let is_alone = is_alone && !is_gone;
        self.answers.push(Answered { id: record.id, time, action: record.action, is_alone });
    }
}
