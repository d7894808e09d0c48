//! Everything that a PATH holds: trees of things that technicians hold are made at random, and what the scan says of them is
//! held against plain recursion. A seed is printed for a tree that fails; TREES_SEEDS=17 makes it again, TREES_SEEDS=1..1000
//! these, and TREES_KEEP=DIR keeps what failed.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, makes files by itself and prints figures"
)]

mod collected;
mod field;
mod forest;
mod large;
mod oracle;
mod people;
mod pieces;
mod property;
mod random;
mod unrelated;

use forest::{Forest, forest};
use property::{Failure, Figures, failures, shown};
use smtp_auth_audit::model::Report;
use smtp_auth_audit::scan::{Request, scan};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Seeds in each run of the tests.
const FEW: RangeInclusive<u64> = 1..=30;
/// Seeds in `.ci/full trees`.
const MANY: RangeInclusive<u64> = 1..=1000;

fn fixture(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)
}

fn report_of(paths: &[PathBuf]) -> Report {
    scan(&Request::of_paths(paths.to_vec()))
}

/// The files of a tree, and where its links lead.
fn listing(forest: &Forest) -> String {
    let mut text = String::new();
    let mut waiting: Vec<PathBuf> = forest.paths.iter().rev().cloned().collect();
    while let Some(path) = waiting.pop() {
        let kind = fs::symlink_metadata(&path).unwrap().file_type();
        if kind.is_symlink() {
            writeln!(text, "  {} -> {}", shown(forest, &path), fs::read_link(&path).unwrap().display())
                .unwrap();
        } else if kind.is_dir() {
            let entries = fs::read_dir(&path).into_iter().flatten().map(|entry| entry.unwrap().path());
            let before = waiting.len();
            waiting.extend(entries);
            waiting[before..].sort_by(|a, b| b.cmp(a));
        } else {
            writeln!(text, "  {}", shown(forest, &path)).unwrap();
        }
    }
    text
}

/// The seeds that were asked for.
fn seeds(usual: RangeInclusive<u64>) -> RangeInclusive<u64> {
    let Ok(asked) = std::env::var("TREES_SEEDS") else { return usual };
    let number =
        |text: &str| text.parse().unwrap_or_else(|_| panic!("TREES_SEEDS={asked}: FROM..TO, or one seed"));
    let (from, to) = asked.split_once("..").unwrap_or((&asked, &asked));
    number(from)..=number(to)
}

/// What came of some trees: the figures, and of each kind of failure the smallest tree.
#[derive(Default)]
struct Outcome {
    figures: Figures,
    smallest: BTreeMap<String, (usize, String)>,
    failed: Vec<u64>,
}

impl Outcome {
    fn take(&mut self, seed: u64, forest: Forest, failures: &[Failure]) {
        if failures.is_empty() {
            return;
        }
        self.failed.push(seed);
        let listing = listing(&forest);
        for Failure { kind, what } in failures {
            let size = listing.lines().count();
            if self.smallest.get(kind).is_none_or(|(smallest, _)| size < *smallest) {
                self.smallest.insert(kind.clone(), (size, format!("seed {seed}: {kind}: {what}\n{listing}")));
            }
        }
        if let Some(folder) = std::env::var_os("TREES_KEEP") {
            let kept = Path::new(&folder).join(seed.to_string());
            let made = forest.folder.keep();
            let moved = std::process::Command::new("cp").arg("-a").arg(&made).arg(&kept).status().unwrap();
            assert!(moved.success(), "{} is still there", made.display());
            fs::remove_dir_all(made).unwrap();
        }
    }

    /// Prints the figures; fails if a tree did.
    fn judge(mut self) {
        let Figures { trees, whole, candidates, read, superseded, covered, failures } = self.figures;
        println!(
            "{trees} trees, {whole} whole; {candidates} candidates: {read} read, {superseded} superseded, {covered} covered"
        );
        for (kind, (times, trees)) in failures {
            println!("  {kind}: {times} times in {trees} trees");
        }
        self.failed.sort_unstable();
        let examples: String = self.smallest.into_values().map(|(_, text)| text + "\n").collect();
        assert!(
            self.failed.is_empty(),
            "{} trees failed. The smallest of each kind:\n\n{examples}",
            self.failed.len()
        );
    }
}

/// Makes and judges a tree of each seed.
fn try_all(seeds: RangeInclusive<u64>) -> Outcome {
    let (next, last) = (AtomicU64::new(*seeds.start()), *seeds.end());
    let outcome = Mutex::new(Outcome::default());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > last {
                        return;
                    }
                    let forest = forest(seed);
                    let mut figures = Figures::default();
                    let failures = failures(&forest, &mut figures);
                    forest.allow();
                    let mut outcome = outcome.lock().unwrap();
                    outcome.figures.add(figures);
                    outcome.take(seed, forest, &failures);
                }
            });
        }
    });
    outcome.into_inner().unwrap()
}

#[test]
fn nothing_is_lost_in_some_trees() {
    try_all(seeds(FEW)).judge();
}

#[test]
#[ignore = "takes minutes: .ci/full trees"]
fn nothing_is_lost_in_many_trees() {
    try_all(seeds(MANY)).judge();
}

/// What the tests rest on: each piece by itself is an account that its number tells.
#[test]
fn each_piece_is_found_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    for (at, (name, fixture)) in pieces::LONE.iter().chain(pieces::HIVES).enumerate() {
        let path = folder.path().join(format!("{at}/{name}"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, pieces::numbered(fixture, at)).unwrap();
        let accounts: Vec<_> = report_of(&[path]).findings.iter().map(oracle::account).collect();
        let is_marked = |account: &oracle::Account| account.marks == BTreeSet::from([pieces::mark(at)]);
        assert!(!accounts.is_empty() && accounts.iter().all(is_marked), "{name}: {accounts:?}");
    }
}

/// The same seed makes the same tree.
#[test]
fn a_seed_is_a_tree() {
    assert_eq!(listing(&forest(7)), listing(&forest(7)));
    assert_ne!(listing(&forest(7)), listing(&forest(8)));
}
