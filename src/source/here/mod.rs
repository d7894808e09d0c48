//! The computer that the program runs on: the user who runs it, or all of its users.

#[cfg(not(windows))]
mod mounts;
#[cfg(not(windows))]
mod passwd;
#[cfg(not(windows))]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(not(windows))]
use unix as system;
#[cfg(windows)]
use windows as system;

use super::computer::Computer;
use super::files::Shared;
use super::rules::Known;
use super::system::is_there;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use time::{Date, OffsetDateTime, UtcOffset};

/// The user who runs the program; on Windows also the user at the screen, if the program was started as another account.
pub fn me() -> Computer {
    Computer { name: host_name(), ..system::me() }
}

/// All users of this computer.
pub fn all(known: &Known, shared: &Arc<Shared>) -> Computer {
    Computer { name: host_name(), ..system::all(known, shared) }
}

/// True if the program runs as the account that has no mail of its own: root, SYSTEM.
pub fn runs_as_system() -> bool {
    system::runs_as_system()
}

/// No copy of the memory is written when the program aborts: passwords lie beside the settings that it reads.
pub fn leave_no_core() {
    #[cfg(unix)]
    unix::leave_no_core();
}

/// The program itself, as it can be started again.
pub fn own_program() -> Option<PathBuf> {
    // Also where the file was replaced or removed meanwhile.
    let own = PathBuf::from("/proc/self/exe");
    if cfg!(target_os = "linux") && is_there(&own) {
        return Some(own);
    }
    #[expect(clippy::disallowed_methods, reason = "the program itself, not where anybody's data lie")]
    std::env::current_exe().ok()
}

/// A worker that takes more memory than this ends: no home needs a tenth of it.
const MOST_MEMORY: u64 = 512 << 20;
/// Of its processor time, for one errand, in seconds.
const MOST_SECONDS: u64 = 8;

/// From now on this process ends if it takes more than a worker may.
pub fn limit_memory() {
    system::limit_memory(MOST_MEMORY);
}

/// From now on this process ends if it takes longer than a worker may.
pub fn limit_time() {
    system::limit_time(MOST_SECONDS);
}

/// Of a process that is started no window is shown.
pub fn without_window(command: &mut Command) {
    system::without_window(command);
}

/// The name of the computer that the program runs on: on Windows the one that its disk tells, too.
pub fn host_name() -> Option<String> {
    let name =
        system::computer_name().unwrap_or_else(|| gethostname::gethostname().to_string_lossy().into_owned());
    (!name.is_empty()).then_some(name)
}

/// The day here; that of UTC where the system does not tell.
pub fn today() -> Date {
    OffsetDateTime::now_local().unwrap_or_else(|_| OffsetDateTime::now_utc()).date()
}

/// How far the clock of this computer is from UTC; asked for before there are threads, which some systems need.
pub fn offset() -> UtcOffset {
    UtcOffset::current_local_offset().unwrap_or(UtcOffset::UTC)
}
