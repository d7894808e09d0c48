//! Who runs the program, and what an administrator lets him do.

use crate::fix::refusal::Refusal;
use crate::source::here::runs_as_system;
use std::path::PathBuf;

/// Why whoever runs the program writes nothing.
pub fn refusal() -> Option<Refusal> {
    runs_as_system().then_some(Refusal::System)
}

/// His home.
#[expect(clippy::disallowed_methods, reason = "whose settings they are")]
pub fn home() -> PathBuf {
    std::env::home_dir().unwrap_or_default()
}

/// What an administrator leaves to allow changes while nobody is there: a file of root's that nobody else can write.
#[expect(clippy::disallowed_methods, reason = "the administrator's word, not anybody's data")]
pub fn is_allowed() -> bool {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::symlink_metadata("/etc/smtp-auth-audit/allow-fix");
    found.is_ok_and(|found| found.is_file() && found.uid() == 0 && found.mode() & 0o022 == 0)
}
