//! Names under which reports of several computers seem to have come.

use super::state::Fleet;

/// A name under which there seem to be several computers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared<'a> {
    /// The name.
    pub computer: &'a str,
    /// How many.
    pub computers: usize,
}

impl Fleet {
    /// The names under which there seem to be several computers, in the order of the alphabet.
    pub(super) fn shared(&self) -> Vec<Shared<'_>> {
        let several = self.faces.iter().filter(|(_, faces)| faces.len() > 1);
        let shared = several.map(|(computer, faces)| Shared {
            computer: self.computer_name(*computer),
            computers: faces.len(),
        });
        let mut shared: Vec<Shared<'_>> = shared.collect();
        shared.sort_by_key(|shared| shared.computer);
        shared
    }
}
