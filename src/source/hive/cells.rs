//! Cells of a hive: every offset checked, every visit counted.
//!
//! Source of every number here: github.com/msuhanov/regf, "Windows registry file format specification", Cell.

use std::cell::Cell;

use super::base_block;
use super::blocks::Blocks;
use super::damage::HiveError;

/// The head of a bin, in bytes.
const BIN_HEAD: u32 = 32;

/// The bins of one hive during one look-up.
pub(super) struct Cells<'h> {
    blocks: &'h Blocks,
    /// The version, without its 1.
    pub(super) minor: u32,
    /// How many more cells and list elements may be visited. In a sound hive each is reached once and takes at
    /// least four bytes; only lists that overlap or run in circles need more.
    pub(super) visits: Cell<usize>,
    /// How many more bytes of names and data may be handed out; the same reasoning.
    pub(super) bytes: Cell<usize>,
}

/// Where the content of a cell lies in the file. Only what is asked for of it is read: its size is the file's choice.
#[derive(Clone, Copy)]
pub(super) struct Room {
    start: usize,
    pub(super) length: usize,
}

impl<'h> Cells<'h> {
    pub(super) fn of(blocks: &'h Blocks, minor: u32) -> Self {
        // Of a large hive no more can be reached than is read.
        let bins = blocks.length().saturating_sub(base_block::LENGTH).min(blocks.most());
        Self { blocks, minor, visits: Cell::new(bins / 4 + 64), bytes: Cell::new(bins) }
    }

    /// The content of the cell in use at this offset.
    pub(super) fn cell(&self, at: u32) -> Result<Room, HiveError> {
        take(&self.visits, 1)?;
        let start = place(at);
        let size = self.blocks.array(start)?.map(i32::from_le_bytes);
        let size = size.ok_or_else(|| malformed(at, "a reference leads out of the file"))?;
        // Cells in use have a negative size.
        if size >= 0 {
            return Err(malformed(at, "a reference leads to a free cell"));
        }
        let size = usize::try_from(size.unsigned_abs()).unwrap_or(usize::MAX);
        let is_inside = start.checked_add(size).is_some_and(|end| end <= self.blocks.length());
        let length = size.checked_sub(4).filter(|_| is_inside);
        let length = length.ok_or_else(|| malformed(at, "a cell has an impossible size"))?;
        Ok(Room { start: start.saturating_add(4), length })
    }

    /// False if no cell begins at this offset: they are multiples of 8 bytes long, and stand behind the head of their bin.
    pub(super) fn can_be(&self, at: u32) -> bool {
        at >= BIN_HEAD && at.is_multiple_of(8) && place(at) < self.blocks.length()
    }

    /// The first bytes of a cell; `None` if it has fewer.
    pub(super) fn head<const N: usize>(&self, room: Room) -> Result<Option<[u8; N]>, HiveError> {
        if room.length < N { Ok(None) } else { self.blocks.array(room.start) }
    }

    /// Bytes of a cell; `None` if it ends before they do.
    pub(super) fn part(&self, room: Room, at: usize, length: usize) -> Result<Option<Vec<u8>>, HiveError> {
        if at.checked_add(length).is_none_or(|end| end > room.length) {
            return Ok(None);
        }
        self.blocks.bytes(room.start.saturating_add(at), length).map(Some)
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
    HiveError::Malformed { offset: place(at), what }
}

/// Where an offset of the bins lies in the file.
fn place(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX).saturating_add(base_block::LENGTH)
}
