//! One file per format over the same report.

pub mod blocks;
pub mod clean;
pub mod csv;
pub mod earlier;
pub mod facts;
pub mod html;
pub mod json;
pub mod markdown;
pub mod monitoring;
pub mod table;
pub mod words;
