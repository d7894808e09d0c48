//! The change that the notice asks for: shown first, written by whoever's settings they are, looked at again, and taken back on
//! request. Whatever isn't certain is refused with its reason.

pub mod ansible;
#[cfg(unix)]
pub mod apply;
#[cfg(unix)]
pub mod journal;
#[cfg(unix)]
mod lock;
mod obstacles;
mod plan;
#[cfg(unix)]
pub mod processes;
#[cfg(unix)]
mod site;
#[cfg(unix)]
pub mod undo;

pub use plan::{Wish, plan};
