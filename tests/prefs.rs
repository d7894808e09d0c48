//! Preferences files that nobody on this project wrote.

use smtp_auth_audit::clients::thunderbird::pref::Pref;
use smtp_auth_audit::clients::thunderbird::prefs_js::{lex, parse};
use std::path::{Path, PathBuf};

/// A file of the collection of real files, which lies beside the project; `None` where it is absent.
fn read_real(name: &str) -> Option<Vec<u8>> {
    let path: PathBuf =
        [env!("CARGO_MANIFEST_DIR"), "../shared/real/nix-community__home-manager", name].iter().collect();
    read(&path)
}

#[expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a test reads its own data and says what it skips"
)]
fn read(path: &Path) -> Option<Vec<u8>> {
    let bytes = std::fs::read(path).ok();
    if bytes.is_none() {
        eprintln!("skipped: {} is absent", path.display());
    }
    bytes
}

/// All lines set one thing each; `null` and objects are no values of the grammar and are dropped.
fn check_counts(file: &[u8], lines: usize, no_values: usize) {
    let text = String::from_utf8_lossy(file);
    assert_eq!(text.lines().filter(|line| line.starts_with("user_pref(")).count(), lines);
    assert_eq!(
        text.lines().filter(|line| line.ends_with(", null);") || line.ends_with("});")).count(),
        no_values
    );
    let entries: Vec<_> = lex(file).collect();
    assert_eq!(entries.iter().filter(|entry| entry.is_ok()).count(), lines - no_values);
    let prefs = parse(file);
    assert_eq!(prefs.dropped, no_values);
    assert!(!prefs.values.is_empty());
    assert!(!prefs.values.values().any(|value| *value == Pref::Secret));
}

#[test]
fn first_real_file() {
    let Some(file) = read_real("thunderbird-expected-first-linux.js") else { return };
    check_counts(&file, 122, 1);
}

#[test]
fn second_real_file() {
    let Some(file) = read_real("thunderbird-expected-second-linux.js") else { return };
    check_counts(&file, 48, 2);
    let broken = lex(&file).find_map(Result::err).unwrap();
    assert_eq!(String::from_utf8_lossy(&file[..broken.at]).matches('\n').count() + 1, 15);
}
