//! What helpdesks are told on the phone: an error text → what it means here, and what to run or do next.

mod encryption;
mod replies;
mod relay;
mod password;
mod receiving;
mod signs;

use crate::clients::errors;
use crate::model::{Refusal, Sign};
use signs::{Heard, weight};
use std::cmp::Reverse;

/// Longer texts are read up to here, in bytes: an error text has a few hundred, a whole protocol some thousands.
pub const MOST_TEXT: usize = 64 << 10;
/// More answers than these are no answer.
pub const MOST_ANSWERS: usize = 3;

/// All that is known, what is closer to this program's matter first.
pub fn known() -> impl Iterator<Item = &'static Refusal> {
    let servers =
        [relay::RELAY, password::PASSWORD, encryption::ENCRYPTION, replies::REPLIES, receiving::RECEIVING];
    servers.into_iter().chain(errors::ERRORS.iter().copied()).flatten()
}

/// What a text means: the most specific first, at most three, none if it isn't known. Nothing of the text is in it.
pub fn explain(text: &str) -> Vec<&'static Refusal> {
    let heard = Heard::of(text);
    let mut found: Vec<(u32, &[Sign], &Refusal)> = Vec::new();
    for refusal in known() {
        let matching = refusal.signs.iter().filter(|signs| signs.iter().all(|sign| heard.has(sign)));
        let Some(best) = matching.max_by_key(|signs| total(signs.iter())) else { continue };
        let also = refusal.with.iter().filter(|sign| heard.has(sign) && !best.contains(sign));
        found.push((total(best.iter().chain(also)), best, refusal));
    }
    let is_vague = |signs: &[Sign]| signs.iter().all(|sign| matches!(sign, Sign::Vague(_)));
    if found.iter().any(|(_, signs, _)| !is_vague(signs)) {
        found.retain(|(_, signs, _)| !is_vague(signs));
    }
    // The sort is stable: of equals the first in the table stays the first.
    found.sort_by_key(|(weight, ..)| Reverse(*weight));
    let mut answers: Vec<&Refusal> = Vec::new();
    let mut used: Vec<&Sign> = Vec::new();
    for (_, signs, refusal) in found {
        // What a more specific answer has used up says nothing more.
        if signs.iter().any(|sign| !used.contains(&sign)) {
            answers.push(refusal);
            used.extend(signs.iter().chain(refusal.with));
        }
    }
    answers.truncate(MOST_ANSWERS);
    answers
}

fn total<'s>(signs: impl Iterator<Item = &'s Sign>) -> u32 {
    signs.map(weight).sum()
}

#[cfg(test)]
mod tests;
