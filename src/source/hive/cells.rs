//! Cells of a hive: every offset checked, every visit counted.
//!
//! Source of every number here: github.com/msuhanov/regf, "Windows registry file format specification", Cell.

use std::cell::Cell;

use super::base_block;
use super::damage::HiveError;

/// The bins of one hive during one look-up.
pub(super) struct Cells<'h> {
    bins: &'h [u8],
    /// The version, without its 1.
    pub(super) minor: u32,
    /// How many more cells and list elements may be visited. In a sound hive each is reached once and takes at
    /// least four bytes; only lists that overlap or run in circles need more.
    pub(super) visits: Cell<usize>,
    /// How many more bytes of names and data may be handed out; the same reasoning.
    pub(super) bytes: Cell<usize>,
}

impl<'h> Cells<'h> {
    /// `file` is the whole file.
    pub(super) fn of(file: &'h [u8], minor: u32) -> Self {
        let bins = file.get(base_block::LENGTH..).unwrap_or_default();
        Self { bins, minor, visits: Cell::new(bins.len() / 4 + 64), bytes: Cell::new(bins.len()) }
    }

    /// The content of the cell in use at this offset.
    pub(super) fn cell(&self, at: u32) -> Result<&'h [u8], HiveError> {
        take(&self.visits, 1)?;
        let start = usize::try_from(at).unwrap_or(usize::MAX);
        let rest =
            self.bins.get(start..).ok_or_else(|| malformed(at, "a reference leads out of the file"))?;
        let size = rest.first_chunk().map(|size| i32::from_le_bytes(*size));
        let size = size.ok_or_else(|| malformed(at, "a reference leads out of the file"))?;
        // Cells in use have a negative size.
        if size >= 0 {
            return Err(malformed(at, "a reference leads to a free cell"));
        }
        let size = usize::try_from(size.unsigned_abs()).unwrap_or(usize::MAX);
        rest.get(4..size).ok_or_else(|| malformed(at, "a cell has an impossible size"))
    }
}

/// Pays for something out of a budget. What can't be paid for empties it, so that nothing follows.
pub(super) fn take(budget: &Cell<usize>, price: usize) -> Result<(), HiveError> {
    let left = budget.get().checked_sub(price);
    budget.set(left.unwrap_or_default());
    left.map(drop).ok_or(HiveError::Overlapping)
}

/// The error with the offset as a person with a hex editor would look for it.
pub(super) fn malformed(at: u32, what: &'static str) -> HiveError {
    let offset = usize::try_from(at).unwrap_or(usize::MAX).saturating_add(base_block::LENGTH);
    HiveError::Malformed { offset, what }
}
