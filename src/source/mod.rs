//! The only door to the outside.

pub mod hive;
pub mod regfile;
pub mod database;
pub mod registry;
