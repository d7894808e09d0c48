//! A link that takes a file's place between the look at it and its opening, as the owner of a home can make it.

use crate::common::{ANY, of_path};
use smtp_auth_audit::source::User;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Puts the user's own file, then a link to another's, in the place, until it is told to stop.
fn swap(folder: &Path, stop: &AtomicBool) {
    let (place, waiting) = (folder.join("home/.bashrc"), folder.join("home/waiting"));
    while !stop.load(Ordering::Relaxed) {
        symlink(folder.join("secret"), &waiting).unwrap();
        fs::rename(&waiting, &place).unwrap();
        fs::write(&waiting, "own").unwrap();
        fs::rename(&waiting, &place).unwrap();
    }
}

/// What the reading gave: the own file, nothing but a problem, and what must never be.
fn read(user: &User, until: impl Fn(usize, usize) -> bool) -> (usize, usize, usize) {
    let (mut own, mut refused, mut secret) = (0, 0, 0);
    while !until(own, refused) {
        match user.read("~/.bashrc", &ANY) {
            Ok(Some(content)) if *content == *b"secret" => secret += 1,
            Ok(_) => own += 1,
            Err(_) => refused += 1,
        }
    }
    (own, refused, secret)
}

/// The file was the user's own when its folder was listed; only how it is opened is left. If that followed links, some of a
/// thousand readings would give the secret.
#[test]
fn a_link_that_takes_the_place_of_a_file_gives_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("home")).unwrap();
    fs::write(folder.path().join("secret"), "secret").unwrap();
    fs::write(folder.path().join("home/.bashrc"), "own").unwrap();
    let user = of_path(&folder.path().join("home")).users.remove(0);
    let stop = AtomicBool::new(false);
    let started = Instant::now();
    let (own, refused, secret) = std::thread::scope(|scope| {
        scope.spawn(|| swap(folder.path(), &stop));
        let found =
            read(&user, |own, refused| own + refused > 60_000 || started.elapsed() > Duration::from_secs(20));
        stop.store(true, Ordering::Relaxed);
        found
    });
    assert!(own > 100 && refused > 100, "both were there: {own} {refused}");
    assert_eq!(secret, 0, "of {own} and {refused}");
}
