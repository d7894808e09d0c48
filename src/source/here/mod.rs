//! The computer that the program runs on: the user who runs it, or all of its users.

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
use std::sync::Arc;

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

/// The name of the computer that the program runs on: on Windows the one that its disk tells, too.
pub fn host_name() -> Option<String> {
    let name =
        system::computer_name().unwrap_or_else(|| gethostname::gethostname().to_string_lossy().into_owned());
    (!name.is_empty()).then_some(name)
}
