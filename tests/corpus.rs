//! What fuzzing found and kept, once more, and for a moment what lies near it: the targets of `fuzz` without a fuzzer.
#![cfg(all(feature = "probe", feature = "fix"))]
#![expect(clippy::disallowed_methods, reason = "tests read their files themselves")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "that is how a target says that something is wrong"
)]

#[path = "../fuzz/targets.rs"]
mod targets;

use std::path::Path;
use std::time::{Duration, Instant};
use targets::{ALL, mend_hive, prefs_file};

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus");
/// So long each target takes changed files, once each file was taken as it is.
const MOMENT: Duration = Duration::from_secs(1);

/// The files of a target, in the order of their names.
fn kept(target: &str) -> Vec<Vec<u8>> {
    let mut paths: Vec<_> = std::fs::read_dir(Path::new(CORPUS).join(target))
        .unwrap_or_else(|error| panic!("{target}: {error}"))
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Numbers that are the same each time (Marsaglia, "Xorshift RNGs", 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// A file with some bytes changed, cut out, or put in from another.
    fn change(&mut self, file: &[u8], other: &[u8]) -> Vec<u8> {
        let mut file = file.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(file.len());
            match self.below(4) {
                0 if !file.is_empty() => file[at] ^= 1 << self.below(8),
                1 if !file.is_empty() => file[at] = [0, 1, 0x7F, 0x80, 0xFF][self.below(5)],
                2 => drop(file.drain(at..(at + self.below(16)).min(file.len()))),
                _ => {
                    let from = self.below(other.len());
                    let piece = other[from..(from + self.below(32)).min(other.len())].to_vec();
                    file.splice(at..at, piece);
                }
            }
        }
        file
    }
}

#[test]
fn what_is_kept_and_what_lies_near_it_is_taken() {
    let targets = ALL.map(|(name, target)| {
        std::thread::spawn(move || {
            let files = kept(name);
            assert!(files.len() >= 5, "{name}: {} files", files.len());
            for file in &files {
                target(file);
            }
            let (mut numbers, mut tried, start) = (Numbers(0x9E37_79B9_7F4A_7C15), 0, Instant::now());
            while start.elapsed() < MOMENT {
                let [one, other] = [(), ()].map(|()| &files[numbers.below(files.len())]);
                let mut changed = numbers.change(one, other);
                if name == "hive" && tried % 2 == 0 {
                    mend_hive(&mut changed);
                }
                target(&changed);
                tried += 1;
            }
            assert!(tried > 10, "{name}: {tried} files in a second");
        })
    });
    for target in targets {
        target.join().unwrap();
    }
}

/// A kept file that is refused at its first bytes would hold nothing: of each target some are read.
#[test]
fn what_is_kept_is_read() {
    use smtp_auth_audit::clients::thunderbird::prefs_js;
    use smtp_auth_audit::source::hive::Hive;
    let hives = kept("hive");
    assert!(hives.iter().any(|file| file.len() > 1 && Hive::open(file[1..].to_vec(), &[]).is_ok()));
    let prefs = kept("prefs");
    assert!(prefs.iter().any(|program| prefs_js::lex(&prefs_file(program)).flatten().count() > 1));
}
