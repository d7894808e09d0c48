//! Administrators' scripts (`mozilla.cfg` or any name) → the settings that they force.
//!
//! They are JavaScript. Only calls with literal arguments are read, wherever they stand. Conditions are not worked out: a call
//! that may not be made says on which choices it hangs.

mod expressions;
mod scanner;
mod script;
mod strings;
mod structure;

use crate::formats::encodings::decode;
pub use script::{Call, CallKind, FUNCTIONS, Script, When};
use structure::Reader;

/// Takes the obscuring off: every byte was raised by a number (`general.config.obscure_value`, mozilla-central
/// extensions/pref/autoconfig/src/nsReadConfig.cpp; 0 and less: plain).
pub fn plain(bytes: &[u8], raised_by: i32) -> Vec<u8> {
    let by = u8::try_from(raised_by.max(0) % 256).unwrap_or_default();
    bytes.iter().map(|byte| byte.wrapping_sub(by)).collect()
}

/// Reads the file of an installation. The first line is ignored as the program ignores it.
pub fn parse(bytes: &[u8]) -> Script {
    Reader::read(decode(bytes).split_once(['\n', '\r']).map_or("", |(_, rest)| rest))
}

/// Reads a file that the program fetched from a server, which is plain and counts from its first line
/// (mozilla-central extensions/pref/autoconfig/src/nsAutoConfig.cpp).
pub fn parse_download(bytes: &[u8]) -> Script {
    Reader::read(&decode(bytes))
}

#[cfg(test)]
mod tests;
