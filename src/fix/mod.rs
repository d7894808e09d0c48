//! The change that the notice asks for: shown first, written by whoever's settings they are, looked at again, and taken back on
//! request. Whatever isn't certain is refused with its reason.

pub mod ansible;
pub mod apply;
pub mod journal;
mod obstacles;
mod plan;
mod put;
pub mod refusal;
pub mod undo;
#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

pub use plan::{Wish, plan};
pub use system::{processes, user};
#[cfg(unix)]
use unix as system;
#[cfg(windows)]
use windows as system;
