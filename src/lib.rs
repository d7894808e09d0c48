//! The map of the code, in the order in which data flows. A module uses only those above it (held by `tests/layout.rs`).

pub mod formats;
pub mod source;
