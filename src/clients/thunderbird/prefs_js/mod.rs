//! Bytes of prefs.js, user.js and files of defaults → the settings that a row knows, each as its kind leaves it.

mod lexer;

use super::pref::{Pref, known};
pub use lexer::{Broken, Entries, Entry, USER_PREF, lex};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The settings of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prefs {
    /// What `user_pref(…)` sets. Name → value; of duplicates the last one, whatever its type.
    pub values: BTreeMap<String, Pref>,
    /// What `pref(…)` and `sticky_pref(…)` set: defaults, which the user's value from any file overrides (tried with
    /// Thunderbird 153).
    pub defaults: BTreeMap<String, Pref>,
    /// How many times something was dropped up to the next `;`, as the program itself would.
    pub dropped: usize,
}

/// Reads a whole file. Thunderbird writes nothing but `user_pref(…)` into prefs.js; files below `defaults/pref` consist
/// of `pref(…)`. Of what no row knows nothing is copied.
pub fn parse(bytes: &[u8]) -> Prefs {
    let mut prefs = Prefs::default();
    for entry in lex(bytes) {
        let Ok(entry) = entry else {
            prefs.dropped += 1;
            continue;
        };
        let Some((fact, name)) = known(&name(bytes, &entry)) else { continue };
        let Some(raw) = lexer::value(bytes, &entry) else { continue };
        let value = Pref::kept(fact, &name, &raw);
        let map = if entry.is_user { &mut prefs.values } else { &mut prefs.defaults };
        map.insert(name, value);
    }
    prefs
}

/// The name that a statement sets, as it is stored.
pub(super) fn name<'a>(bytes: &'a [u8], entry: &Entry) -> Cow<'a, str> {
    lexer::text(bytes, &entry.name)
}

#[cfg(test)]
mod tests;
