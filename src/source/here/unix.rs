//! Users of a Mac or a Linux computer.

use crate::source::computer::Computer;
use crate::source::disk::{self, Home};
use crate::source::files::{Files, Shared};
use crate::source::homes::{absent, home_of, unread_home};
use crate::source::rules::Known;
use crate::source::system::{is_folder, look};
use crate::source::user::User;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// No other than its host name.
pub(super) fn computer_name() -> Option<String> {
    None
}

pub(super) fn me() -> Computer {
    #[expect(clippy::disallowed_methods, reason = "whose data it is, not where the data lies")]
    let home = std::env::home_dir();
    let home = home.unwrap_or_default();
    if !is_folder(&home) {
        return Computer::of_users(vec![unread_home(&home, absent(&home))]);
    }
    let files = Files { root: Some(PathBuf::from("/")), own: true, ..Files::of_home(&home) };
    Computer::of_users(vec![User { name: files.home_name.clone(), files, ..User::default() }])
}

pub(super) fn all(known: &Known, shared: &Arc<Shared>) -> Computer {
    let root = Path::new("/");
    let parents: &[&[&str]] = if cfg!(target_os = "macos") { &[&["Users"]] } else { &[&["home"]] };
    let mut disk = disk::homes_of(root, parents, known);
    let own = Path::new("/root");
    if cfg!(target_os = "linux") && look(own).is_ok_and(|found| found.is_some()) {
        disk.homes.push(Home { path: own.to_path_buf(), profile: None, problem: None });
    }
    disk.homes.iter().for_each(|home| shared.add_home(&home.path));
    let user = |home: Home| match home.problem {
        None => home_of(&home.path, Some(root), shared),
        Some(problem) => unread_home(&home.path, problem),
    };
    Computer { problems: disk.problems, ..Computer::of_users(disk.homes.into_iter().map(user).collect()) }
}

pub(super) fn runs_as_system() -> bool {
    rustix::process::geteuid().is_root()
}

/// A limit of nothing, and on Linux also what keeps `gcore` and others of the same user away (man pages core(5),
/// PR_SET_DUMPABLE(2const)). Where the system refuses, the program goes on.
pub(super) fn leave_no_core() {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
