//! Report v1, the JSON contract: the one room that writes and reads it. No other file names a key or a word of it.

pub mod earlier;
mod fixes;
pub(crate) mod lean;
mod probes;
pub(crate) mod row;
mod shapes;
mod stored;
mod texts;
mod words;
mod write;

pub use fixes::{ChangeIn, EditIn, is_of_fix, read_fixes, render_fix_lines, render_fixes};
pub use probes::render_probes;
pub use write::{render, render_line, render_lines, write_lines};

/// The name of this version.
const SCHEMA: &str = "smtp-auth-audit/report/v1";
/// It as JSON Schema (draft 2020-12), with JSON Lines and the fleet's JSON among its definitions.
pub const JSON_SCHEMA: &str = include_str!("schema.json");

/// What a line of JSON Lines is.
const FINDING: &str = "finding";
/// Likewise, of the last one.
const SUMMARY: &str = "summary";

/// True if a report with this schema can be read: later minor forms of version 1 can, too.
fn is_readable(schema: &str) -> bool {
    schema.strip_prefix(SCHEMA).is_some_and(|minor| minor.is_empty() || minor.starts_with('.'))
}

#[cfg(test)]
pub(super) mod tests;
