//! Whose addresses are whose: what two people have in their settings is nobody's to send to.

use crate::formats::kinds::{Kind, keep};
use std::collections::{BTreeMap, BTreeSet};

/// Whose addresses are whose, in lower case: each with its owners, computer and user.
#[derive(Debug, Default)]
pub(super) struct Addresses(BTreeMap<String, BTreeSet<(String, String)>>);

impl Addresses {
    /// An account of this owner has this address, whether it needs something or not.
    pub(super) fn claim(&mut self, address: &str, computer: &str, user: &str) {
        if is_address(address) {
            let owners = self.0.entry(address.to_lowercase()).or_default();
            owners.insert((computer.to_lowercase(), user.to_lowercase()));
        }
    }

    /// True if it is more than one person's.
    pub(super) fn is_shared(&self, address: &str) -> bool {
        self.0.get(&address.to_lowercase()).is_some_and(|owners| owners.len() > 1)
    }
}

/// One address, and nothing that a spreadsheet would take for a formula: the sign that keeps it from that is no part of it.
pub(super) fn is_address(text: &str) -> bool {
    keep(Kind::Address, text).fits && !text.starts_with(['=', '+', '-', '@'])
}
