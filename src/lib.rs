//! The map of the code, in the order in which data flows. A module uses only those above it (held by `tests/layout`).

pub mod model;
pub mod formats;
pub mod policy;
pub mod classify;
pub mod report;
pub mod source;
pub mod clients;
pub mod scan;
pub mod notice;
pub mod ask;
pub mod explain;
pub mod redact;
pub mod fleet;
pub mod letters;
pub mod collect;
#[cfg(feature = "probe")]
pub mod probe;
#[cfg(feature = "fix")]
pub mod fix;
pub mod cli;
