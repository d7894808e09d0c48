//! One file per format over the same report.

pub mod answer;
pub mod beside;
pub mod blocks;
pub mod brief;
pub mod changes;
pub mod checks;
pub mod clean;
pub mod csv;
pub mod ends;
pub mod facts;
pub mod fixes;
pub mod grid;
pub mod html;
pub mod markdown;
pub mod monitoring;
pub mod notice;
pub mod passages;
pub mod probes;
pub mod reasons;
pub mod table;
pub mod v1;
pub mod words;
