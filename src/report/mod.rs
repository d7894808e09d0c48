//! One file per format over the same report.

pub mod blocks;
pub mod clean;
pub mod json;
pub mod table;
pub mod words;
