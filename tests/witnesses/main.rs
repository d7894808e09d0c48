//! Others read what nobody wrote: hives that were damaged, beside libhivex, and preferences files made at random, beside a
//! JavaScript engine. Each way in which they disagree is listed with its reason; one that is not listed fails, and so does one
//! that no longer happens. `.ci/full fuzz` runs them; figures are printed.
#![expect(clippy::print_stdout, reason = "figures are for reading")]
#![expect(clippy::disallowed_methods, reason = "tests read their files themselves")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "that is how a test fails"
)]

#[path = "../common/hivex.rs"]
mod hivex;
mod hives;
mod prefs;

use std::collections::BTreeMap;

/// Numbers that are the same each time (Marsaglia, "Xorshift RNGs", 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    fn word(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len())]
    }

    fn one_of<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// How often each outcome came.
type Counts = BTreeMap<&'static str, usize>;

fn count(counts: &mut Counts, what: &'static str) {
    *counts.entry(what).or_default() += 1;
}

fn print(of: &str, counts: &Counts) {
    println!("{of}: {} in all", counts.values().sum::<usize>());
    for (what, number) in counts {
        println!("{number:>8}  {what}");
    }
}

/// So many are tried: `WITNESS_CASES`, else enough for a minute or two.
fn cases(usual: usize) -> usize {
    std::env::var("WITNESS_CASES").ok().and_then(|set| set.parse().ok()).unwrap_or(usual)
}
