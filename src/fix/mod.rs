//! The change that the notice asks for: shown first, written by whoever's settings they are, looked at again, and taken back on
//! request. Whatever isn't certain is refused with its reason.

#[cfg(unix)]
pub mod apply;
#[cfg(unix)]
pub mod journal;
#[cfg(unix)]
mod lock;
mod obstacles;
mod plan;
#[cfg(unix)]
mod processes;
#[cfg(unix)]
mod site;
#[cfg(unix)]
pub mod undo;

pub use plan::{Wish, plan};

/// Bytes as hexadecimal digits.
#[cfg(unix)]
fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // A text takes everything.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
