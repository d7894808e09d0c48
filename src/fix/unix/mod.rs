//! What `fix` does by itself on Unix: files, locks, processes.

pub(super) mod drawer;
pub(super) mod lock;
pub mod processes;
pub(super) mod registry;
pub(super) mod site;
pub mod user;
