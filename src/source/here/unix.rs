//! Users of a Mac or a Linux computer.

use super::mounts::Mounts;
use super::passwd::{Entry, people};
use crate::model::{IssueKind, Text};
use crate::source::computer::Computer;
use crate::source::disk::{self, Home};
use crate::source::files::{Files, Shared};
use crate::source::homes::{absent, unread_home};
use crate::source::pending::{Pending, Shape};
use crate::source::problem::Problem;
use crate::source::rules::Known;
use crate::source::system::{MAX_FILE, is_folder, is_owned_folder, look, read_file, real};
use crate::source::user::User;
use std::collections::HashSet;
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
    let mounts = Mounts::of(&text_of("/proc/self/mountinfo"));
    let refused = |folder: &Path| mounts.is_far(folder).then(|| far(folder));
    let mut disk = disk::homes_of(root, parents, known, &refused);
    if cfg!(target_os = "linux") {
        let own = Path::new("/root");
        if look(own).is_ok_and(|found| found.is_some()) {
            disk.homes.push(Home { path: own.to_path_buf(), profile: None, problem: None });
        }
        let mut met: HashSet<PathBuf> = disk.homes.iter().filter_map(|home| real(&home.path).ok()).collect();
        for Entry { uid, home } in people(&text_of("/etc/passwd")) {
            // What lies where homes lie was met, or is refused there.
            if parents.iter().any(|parts| home.starts_with(root.join(parts.concat()))) {
                continue;
            }
            if let Some(problem) = refused(&home) {
                disk.homes.push(Home { path: home, profile: None, problem: Some(problem) });
            } else if is_owned_folder(&home, uid) && met.insert(real(&home).unwrap_or(home.clone())) {
                disk.homes.push(Home { path: home, profile: None, problem: None });
            }
        }
    }
    disk.homes.iter().filter(|home| home.problem.is_none()).for_each(|home| shared.add_home(&home.path));
    let pending = |home: Home| match home.problem {
        None => {
            let disk = Some(root.to_path_buf());
            let shape = Shape::Home { home: home.path, disk, profile: None, named: None };
            Pending { shape, root: String::new() }
        }
        Some(problem) => Pending::user(unread_home(&home.path, problem)),
    };
    Computer {
        problems: disk.problems,
        pending: disk.homes.into_iter().map(pending).collect(),
        ..Computer::default()
    }
}

/// A short text of the system's own; nothing if it can't be read.
fn text_of(path: &str) -> String {
    let bytes = read_file(Path::new(path), MAX_FILE).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A home on the network is its server's business, and looking at one may mount it.
fn far(home: &Path) -> Problem {
    Problem::new(
        IssueKind::Outside,
        home.display().to_string(),
        Text::fixed(
            "ネットワーク上、または開くと接続される場所にあるため調べていません。調べるには、このフォルダーを指定してください。",
            "on the network, or mounted when it is opened, so not looked at: name this folder to have it scanned",
        ),
    )
}

pub(super) fn is_far(path: &Path) -> bool {
    Mounts::of(&text_of("/proc/self/mountinfo")).is_far(path)
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

/// The address space counts, because a failed allocation ends the process at once (man page setrlimit(2)).
pub(super) fn limit_memory(bytes: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let _ = setrlimit(Resource::As, Rlimit { current: Some(bytes), maximum: Some(bytes) });
}

/// The processor time counts from the start of the process, in whole seconds; past it the system sends SIGXCPU.
pub(super) fn limit_time(seconds: u64) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec;
    let current = u64::try_from(used).unwrap_or_default() + seconds + 1;
    let maximum = getrlimit(Resource::Cpu).maximum;
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(current), maximum });
}

/// Unix has none.
pub(super) fn without_window(_: &mut std::process::Command) {}
