//! Users of a Mac or a Linux computer.

use crate::source::User;
use crate::source::disk;
use crate::source::files::Files;
use crate::source::homes::home_of;
use crate::source::system::look;
use crate::source::users::Computer;
use std::path::{Path, PathBuf};

pub(super) fn me() -> Computer {
    #[expect(clippy::disallowed_methods, reason = "whose data it is, not where the data lies")]
    let home = std::env::home_dir();
    let users = home.map(|home| {
        let files = Files { root: Some(PathBuf::from("/")), own: true, ..Files::of_home(&home) };
        User { name: files.home_name.clone(), files, ..User::default() }
    });
    Computer { users: users.into_iter().collect(), ..Computer::default() }
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
