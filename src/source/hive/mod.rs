//! NTUSER.DAT and other registry hives, read from their bytes: look-up by path, then only what was asked for.

mod base_block;
mod cells;
mod damage;
mod log;
#[cfg(test)]
mod made;
mod marvin;
mod numbers;
mod read;
mod records;
#[cfg(test)]
mod tests;

use std::fmt;

use crate::source::registry::Key;
use base_block::{BaseBlock, MAX_LENGTH};
use cells::Cells;
pub use damage::{Damage, HiveError, Reading};
use records::{Listed, Node};

/// A registry hive.
pub struct Hive {
    bytes: Vec<u8>,
    state: State,
    minor: u32,
    root: u32,
}

/// Whether the file holds everything that Windows had written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Written to the end.
    Clean,
    /// Not written to the end; its logs had the rest.
    Replayed,
    /// Not written to the end, and no log that fits: read as it is, the latest changes may be missing.
    Dirty,
}

/// Without the bytes: they hold everything that must not be printed.
impl fmt::Debug for Hive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hive").field("state", &self.state).finish_non_exhaustive()
    }
}

impl Hive {
    /// True if these bytes begin like a hive.
    pub fn looks_like(bytes: &[u8]) -> bool {
        bytes.starts_with(b"regf")
    }

    /// True if the file may lack what its logs hold: a clean one is complete without them.
    pub fn needs_logs(bytes: &[u8]) -> bool {
        BaseBlock::parse(bytes).is_some_and(|base| base.is_dirty())
    }

    /// Takes a hive and the logs that lie beside it, in the order `.LOG1`, `.LOG2`, or the one old `.LOG`.
    pub fn open(bytes: Vec<u8>, logs: &[Vec<u8>]) -> Result<Self, HiveError> {
        if !Self::looks_like(&bytes) {
            return Err(HiveError::NotAHive);
        }
        if bytes.len() > MAX_LENGTH {
            return Err(HiveError::TooLarge { limit: MAX_LENGTH });
        }
        let base = BaseBlock::parse(&bytes).ok_or(HiveError::Malformed {
            offset: bytes.len(),
            what: "the file ends within its first block",
        })?;
        if base.checksum_right && base.file_type != base_block::HIVE {
            return Err(HiveError::NotAHive);
        }
        if !base.is_dirty() {
            return Self::found(bytes, State::Clean);
        }
        // A log that fits by its numbers and yet leaves no root key does not fit.
        log::replay(&bytes, &base, logs)
            .and_then(|replayed| Self::found(replayed, State::Replayed).ok())
            .map_or_else(|| Self::found(bytes, State::Dirty), Ok)
    }

    /// A hive whose root key can be read.
    fn found(bytes: Vec<u8>, state: State) -> Result<Self, HiveError> {
        let base = BaseBlock::parse(&bytes).ok_or(HiveError::NotAHive)?;
        // 1.3 is NT 4, 1.5 what is used since XP; 1.2 and older differ in the layout of records.
        if base.major != 1 || !(3..=6).contains(&base.minor) {
            return Err(HiveError::Version { major: base.major, minor: base.minor });
        }
        Cells::of(&bytes, base.minor).node(base.root)?;
        Ok(Self { minor: base.minor, root: base.root, bytes, state })
    }

    /// Whether the file holds everything that Windows had written.
    pub fn state(&self) -> State {
        self.state
    }

    /// The names of the keys below `path`; its parts are separated by `\`, nothing means the root.
    pub fn subkeys(&self, path: &str) -> Result<Option<Reading<Vec<String>>>, HiveError> {
        let cells = self.cells();
        Ok(self.look_up(&cells, path)?.map(|node| read::names(&cells, &node, path)))
    }

    /// A key with everything below it. `shown` becomes its path, and the beginning of the paths below.
    pub fn key(&self, path: &str, shown: &str) -> Result<Option<Reading<Key>>, HiveError> {
        let cells = self.cells();
        Ok(self.look_up(&cells, path)?.map(|node| read::tree(&cells, &node, shown)))
    }

    /// The values of one key, without its sub-keys. `shown` becomes its path.
    pub fn values(&self, path: &str, shown: &str) -> Result<Option<Reading<Key>>, HiveError> {
        let cells = self.cells();
        Ok(self.look_up(&cells, path)?.map(|node| read::values(&cells, &node, shown)))
    }

    fn cells(&self) -> Cells<'_> {
        Cells::of(&self.bytes, self.minor)
    }

    /// Walks from the root by name. Damage on the way is an error only if the name isn't found beside it. Links to
    /// other keys are not followed: they lead to other hives.
    fn look_up<'h>(&self, cells: &Cells<'h>, path: &str) -> Result<Option<Node<'h>>, HiveError> {
        let mut node = cells.node(self.root)?;
        for part in path.split('\\').filter(|part| !part.is_empty()) {
            let Listed { offsets, damage } = cells.children(&node);
            let mut damage = damage.into_iter().next();
            let mut found = None;
            for at in offsets {
                match cells.node(at) {
                    Ok(child) if child.is_named(part) => {
                        found = Some(child);
                        break;
                    }
                    Ok(_) => {}
                    Err(error) => damage = damage.or(Some(error)),
                }
            }
            match (found, damage) {
                (Some(found), _) => node = found,
                (None, Some(error)) => return Err(error),
                (None, None) => return Ok(None),
            }
        }
        Ok(Some(node))
    }
}
