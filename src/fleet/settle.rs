//! What can be said of a fleet only when all reports are there: which users are the same, what is known of each, which
//! answers count.

use super::good::remember;
use super::names::Name;
use super::state::{Answer, Fleet, Owner, Record, Sample, Spelling, Whose};
use crate::model::Verdict;
use std::collections::{HashMap, HashSet};

impl Fleet {
    /// Joins what is one user's, and lets the answers take the place of what could not be read.
    pub(super) fn settle(&mut self) {
        for owner in self.owners.values_mut() {
            owner.sort_samples();
        }
        self.join_owners();
        for owner in self.owners.values_mut() {
            owner.settle();
        }
        self.apply_answers();
    }

    /// A home folder alone does not tell its owner's SID: what was read from it is the same user's as what a report with
    /// the SID tells, unless two users of the computer have that name.
    fn join_owners(&mut self) {
        let none = self.intern("");
        let mut of_name: HashMap<(Name, Name), Vec<Whose>> = HashMap::new();
        for whose in self.owners.keys().filter(|whose| whose.user != none) {
            of_name.entry((whose.computer, whose.user)).or_default().push(*whose);
        }
        let mut same: HashMap<Whose, Whose> = HashMap::new();
        for all in of_name.values() {
            let mut with_sid = all.iter().filter(|whose| whose.sid != none);
            if let (Some(one), None) = (with_sid.next(), with_sid.next()) {
                same.extend(all.iter().filter(|whose| whose.sid == none).map(|lone| (*lone, *one)));
            }
        }
        for (lone, one) in &same {
            if let Some(owner) = self.owners.swap_remove(lone) {
                self.owner(*one, owner.name).join(owner);
            }
        }
        for answer in &mut self.answers {
            let whose = &mut answer.whose;
            *whose = same.get(whose).copied().unwrap_or(*whose);
            // An answer may know the SID where no scan does.
            if let Some([one]) = of_name.get(&(whose.computer, whose.user)).map(Vec::as_slice) {
                *whose = same.get(one).copied().unwrap_or(*one);
            }
        }
    }

    fn apply_answers(&mut self) {
        let mut answers = std::mem::take(&mut self.answers);
        // The oldest first; of two of the same time always the same one last.
        let key = |answer: &Answer| {
            let Record { time, id, action, verdict, port, .. } = answer.record;
            (time, id, action, verdict, port, self.text(answer.name).to_owned())
        };
        answers.sort_by_cached_key(key);
        let asked: HashSet<(Name, u64)> =
            answers.iter().map(|answer| (answer.whose.computer, answer.record.id)).collect();
        let mut found: HashMap<(Name, u64), Vec<Whose>> = HashMap::new();
        for (whose, owner) in &self.owners {
            for record in &owner.records {
                let id = (whose.computer, record.id);
                if asked.contains(&id) {
                    found.entry(id).or_default().push(*whose);
                }
            }
        }
        for Answer { whose, name, record } in answers {
            // The id tells whose account it is, even where the answer doesn't.
            let owners = found.get(&(whose.computer, record.id)).map(Vec::as_slice).unwrap_or_default();
            let text = |whose: &&Whose| (self.text(whose.user), self.text(whose.sid));
            let known =
                owners.iter().find(|known| **known == whose).or_else(|| owners.iter().min_by_key(text));
            let whose = *known.unwrap_or(&whose);
            self.owner(whose, Spelling { time: record.time, name }).answer(record);
        }
    }
}

impl Owner {
    fn sort_samples(&mut self) {
        self.samples.sort_unstable();
        // The same report twice tells the same.
        self.samples.dedup();
    }

    /// Takes what is known of the same user under another key. What is of the same time is of the same report: both hold.
    fn join(&mut self, other: Self) {
        self.last = self.last.max(other.last);
        other.good.into_iter().for_each(|good| remember(&mut self.good, good));
        match (&mut self.whole, other.whole) {
            (Some(known), Some(whole)) if known.time == whole.time => known.and(whole),
            (_, Some(whole)) => self.take_whole(whole),
            (_, None) => {}
        }
        for (filters, state) in other.parts {
            match self.parts.iter_mut().find(|(known, _)| *known == filters) {
                Some((_, known)) if known.time == state.time => known.and(state),
                _ => self.take_part(filters, state),
            }
        }
        for mut sample in other.samples {
            let key = |sample: &Sample| (sample.time, sample.filters);
            match self.samples.iter_mut().find(|known| key(known) == key(&sample)) {
                Some(known) => {
                    known.change += sample.change;
                    known.check += sample.check;
                    known.ids.append(&mut sample.ids);
                    known.ids.sort_unstable();
                    known.unreadable.append(&mut sample.unreadable);
                    known.unreadable.sort_unstable();
                    known.undecided.append(&mut sample.undecided);
                    known.undecided.sort_unstable();
                }
                None => self.samples.push(sample),
            }
        }
        self.samples.sort_unstable();
    }

    /// What is known of the user without answers: a report that has read all, however old it is; without one the parts.
    fn settle(&mut self) {
        if let Some(whole) = &self.whole {
            self.records.clone_from(&whole.records);
            return;
        }
        self.parts.sort_by_cached_key(|(_, part)| std::cmp::Reverse(part.rank()));
        let mut known = HashSet::new();
        for (_, part) in &self.parts {
            self.records.extend(part.records.iter().filter(|record| !known.contains(&record.id)));
            known.extend(part.records.iter().map(|record| record.id));
        }
    }

    /// Takes an answer. A scan that could read the account knows better; a later one that read all of the user and has
    /// no such account knows that it is gone.
    fn answer(&mut self, mut answer: Record) {
        let is_gone = self.whole.as_ref().is_some_and(|whole| whole.time > answer.time);
        let known = self.records.iter_mut().find(|known| known.id == answer.id);
        // Whose account it is, its report tells better.
        answer.judged.is_hidden =
            known.as_ref().map_or(answer.judged.is_hidden, |known| known.judged.is_hidden);
        match known {
            Some(known) if known.verdict == Some(Verdict::Unreadable) || known.answered => *known = answer,
            Some(_) => {}
            None if is_gone => {}
            None => self.records.push(answer),
        }
        self.answers.push(answer);
    }
}
