//! Folders and files by the handle of the folder that they lie in: nothing that is put into their place meanwhile, and no
//! link on the way, leads elsewhere.

mod kind;
#[cfg(unix)]
mod unix;
#[cfg(any(windows, test))]
mod reparse;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;

pub(super) use kind::{Kind, OpenFile};
pub(super) use system::{
    Handle, Identity, is_found_unlisted, kind_of, open_file, open_folder, open_top, target,
};

/// Which folder lies at a path; `None` if none can be opened there.
pub(super) fn identity_of(path: &std::path::Path) -> Option<Identity> {
    open_top(path).ok()?.identity().ok()
}
