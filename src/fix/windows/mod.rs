//! What `fix` does by itself on Windows: files, the registry, locks, processes.

pub(super) mod drawer;
mod folders;
pub(super) mod lock;
pub mod processes;
pub(super) mod registry;
pub(super) mod site;
pub mod user;
