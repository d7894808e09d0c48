//! What is the same for several accounts and is said once: the step before all others, and the check when all is done.

use crate::model::{Text, split_check};

/// One step of the check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check<'a> {
    /// Its number, from 1; steps of one number are for different accounts.
    pub number: usize,
    /// The numbers of the accounts that it is for; empty: for all.
    pub whose: Vec<usize>,
    /// What it says.
    pub step: &'a Text,
}

/// The step that stands before those of several accounts, so that it is said once; none if there is no such step.
pub fn shared<'a>(accounts: &[(usize, &'a [Text])]) -> &'a [Text] {
    let firsts = || accounts.iter().filter_map(|(_, steps)| steps.first());
    let mut steps = firsts();
    let is_twice = |step: &Text| firsts().filter(|other| *other == step).count() > 1;
    let found = steps.find(|step| !step.is_heading() && is_twice(step));
    found.map(std::slice::from_ref).unwrap_or_default()
}

/// What of an account's steps is its own: neither what is shared nor the check.
pub fn own<'a>(steps: &'a [Text], shared: &[Text]) -> &'a [Text] {
    let (own, _) = split_check(steps);
    own.strip_prefix(shared).unwrap_or(own)
}

/// The checks afterwards of numbered accounts, those of all as one.
pub fn checks<'a>(accounts: &[(usize, &'a [Text])]) -> Vec<Check<'a>> {
    let lists = accounts.iter().map(|(number, steps)| (*number, split_check(steps).1));
    let lists: Vec<(usize, &[Text])> = lists.filter(|(_, check)| !check.is_empty()).collect();
    let longest = lists.iter().map(|(_, check)| check.len()).max().unwrap_or_default();
    let mut all = Vec::new();
    // What stands first is the heading.
    for at in 1..longest {
        let mut kinds: Vec<Check<'a>> = Vec::new();
        for (number, step) in lists.iter().filter_map(|(number, check)| Some((*number, check.get(at)?))) {
            match kinds.iter_mut().find(|known| known.step == step) {
                Some(known) => known.whose.push(number),
                None => kinds.push(Check { number: at, whose: vec![number], step }),
            }
        }
        for kind in kinds.iter_mut().filter(|kind| kind.whose.len() == lists.len()) {
            kind.whose.clear();
        }
        all.extend(kinds);
    }
    all
}
