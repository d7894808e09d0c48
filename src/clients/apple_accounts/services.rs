//! The rows of an Accounts store by their keys, and the service that each belongs to.

use super::outgoing::Dialect;
use super::rows::Row;
use super::select::{KINDS, MAX_LEVELS, SERVICES};
use std::collections::BTreeMap;

/// All rows of a store.
pub(super) struct Rows<'a> {
    pub(super) by_id: BTreeMap<i64, &'a Row>,
    pub(super) by_identifier: BTreeMap<String, &'a Row>,
    /// How the settings of this system are understood.
    pub(super) dialect: &'a Dialect,
}

impl<'a> Rows<'a> {
    pub(super) fn of(rows: &'a [Row], dialect: &'a Dialect) -> Self {
        let by_identifier =
            rows.iter().filter_map(|row| Some((row.identifier.as_ref()?.to_lowercase(), row)));
        Self {
            by_id: rows.iter().map(|row| (row.id, row)).collect(),
            by_identifier: by_identifier.collect(),
            dialect,
        }
    }

    /// The service that a row is or belongs to.
    pub(super) fn service(&self, row: &'a Row) -> Option<&'a Row> {
        let mut at = Some(row);
        for _ in 0..MAX_LEVELS {
            match at {
                Some(found) if SERVICES.contains(&found.kind.as_str()) => return at,
                Some(found) => at = self.parent(found),
                None => break,
            }
        }
        // A service that is not in the list shows itself by what its children have from it.
        let is_icloud = row.kind == "imapmail";
        let above = self.parent(row).filter(|above| !KINDS.contains(&above.kind.as_str()));
        above.filter(|_| row.inherits || is_icloud).or(is_icloud.then_some(row))
    }

    /// The row above.
    pub(super) fn parent(&self, row: &Row) -> Option<&'a Row> {
        self.by_id.get(&row.parent?).copied()
    }
}
