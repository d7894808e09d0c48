//! The only door to the outside.

pub mod registry;
