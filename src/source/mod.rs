//! The only door to the outside.

pub mod hive;
pub mod registry;
