//! Users of a Mac or a Linux computer.

use crate::source::computer::Computer;
use crate::source::disk;
use crate::source::files::Files;
use crate::source::homes::{absent, home_of, unread_home};
use crate::source::system::{is_folder, look};
use crate::source::user::User;
use std::path::{Path, PathBuf};

/// No other than its host name.
pub(super) fn computer_name() -> Option<String> {
    None
}

pub(super) fn me() -> Computer {
    #[expect(clippy::disallowed_methods, reason = "whose data it is, not where the data lies")]
    let home = std::env::home_dir();
    let home = home.unwrap_or_default();
    if !is_folder(&home) {
        return Computer { users: vec![unread_home(&home, absent(&home))], ..Computer::default() };
    }
    let files = Files { root: Some(PathBuf::from("/")), own: true, ..Files::of_home(&home) };
    let user = User { name: files.home_name.clone(), files, ..User::default() };
    Computer { users: vec![user], ..Computer::default() }
}

pub(super) fn all() -> Computer {
    let root = Path::new("/");
    let mut computer = disk::homes_of(root, if cfg!(target_os = "macos") { &["Users"] } else { &["home"] });
    if cfg!(target_os = "linux") && look(Path::new("/root")).is_ok_and(|found| found.is_some()) {
        computer.users.push(home_of(Path::new("/root"), Some(root)));
    }
    computer
}

pub(super) fn runs_as_system() -> bool {
    rustix::process::geteuid().is_root()
}
