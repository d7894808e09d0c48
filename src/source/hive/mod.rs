//! NTUSER.DAT and other registry hives: look-up by path, of which only the touched blocks are read, then only what was
//! asked for.

mod base_block;
mod blocks;
mod cells;
mod damage;
#[cfg(test)]
mod file_tests;
mod hints;
mod log;
mod look_up;
#[cfg(test)]
pub(super) mod made;
mod marvin;
mod numbers;
mod read;
mod records;
mod stamp;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::fs::File;

use crate::source::registry::Key;
use base_block::{BaseBlock, MAX_LENGTH, SECTOR};
use blocks::{Blocks, MAX_TOUCHED};
use cells::Cells;
pub use damage::{Damage, HiveError, Reading};
use records::Node;

/// A registry hive.
pub struct Hive {
    blocks: Blocks,
    root: Root,
    /// Where keys that were looked up are, by their paths in upper case: those beside and below them begin there.
    known: RefCell<HashMap<String, u32>>,
}

/// Where reading begins.
struct Root {
    at: u32,
    /// The version, without its 1.
    minor: u32,
    state: State,
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
        f.debug_struct("Hive").field("state", &self.state()).finish_non_exhaustive()
    }
}

impl Hive {
    /// True if these bytes begin like a hive.
    pub fn looks_like(bytes: &[u8]) -> bool {
        bytes.starts_with(b"regf")
    }

    /// Takes a hive that is in memory and the logs that lie beside it, in the order `.LOG1`, `.LOG2`, or the one old
    /// `.LOG`.
    pub fn open(bytes: Vec<u8>, logs: &[Vec<u8>]) -> Result<Self, HiveError> {
        Self::of(Blocks::of_memory(bytes), || logs.to_vec())
    }

    /// Opens a hive file. `logs` gives what lies beside it; it is asked only if the file was not written to the end: a
    /// clean one is complete without them. The file is closed at the end.
    pub fn open_file(file: File, logs: impl FnOnce() -> Vec<Vec<u8>>) -> Result<Self, HiveError> {
        Self::of(Blocks::of_file(file, MAX_TOUCHED)?, logs)
    }

    fn of(mut blocks: Blocks, logs: impl FnOnce() -> Vec<Vec<u8>>) -> Result<Self, HiveError> {
        let root = begin(&mut blocks, logs);
        let root = blocks.unless_failed(root);
        blocks.close()?;
        Ok(Self { blocks, root: root?, known: RefCell::default() })
    }

    /// Asks something that takes more of the file than was read ([`HiveError::Away`]). Err if it is not the same as before.
    pub fn with_file<T>(
        &self,
        file: File,
        ask: impl FnOnce(&Self) -> Result<T, HiveError>,
    ) -> Result<T, HiveError> {
        let answer = self.blocks.with_file(file, || ask(self));
        if answer.is_err() {
            self.known.borrow_mut().clear();
        }
        answer?
    }

    /// Whether the file holds everything that Windows had written.
    pub fn state(&self) -> State {
        self.root.state
    }

    /// The names of the keys below `path`; its parts are separated by `\`, nothing means the root.
    pub fn subkeys(&self, path: &str) -> Result<Option<Reading<Vec<String>>>, HiveError> {
        self.ask(path, |cells, node| read::names(cells, node, path))
    }

    /// A key with everything below it. `shown` becomes its path, and the beginning of the paths below.
    pub fn key(&self, path: &str, shown: &str) -> Result<Option<Reading<Key>>, HiveError> {
        self.ask(path, |cells, node| read::tree(cells, node, shown))
    }

    /// The values of one key, without its sub-keys. `shown` becomes its path.
    pub fn values(&self, path: &str, shown: &str) -> Result<Option<Reading<Key>>, HiveError> {
        self.ask(path, |cells, node| read::values(cells, node, shown))
    }

    fn ask<T>(&self, path: &str, read: impl FnOnce(&Cells<'_>, &Node) -> T) -> Result<Option<T>, HiveError> {
        let cells = Cells::of(&self.blocks, self.root.minor);
        let answer = self.look_up(&cells, path).map(|node| node.map(|node| read(&cells, &node)));
        self.blocks.unless_failed(answer)
    }

    /// Walks by name, from the nearest key above that is known.
    fn look_up(&self, cells: &Cells<'_>, path: &str) -> Result<Option<Node>, HiveError> {
        let parts: Vec<&str> = path.split('\\').filter(|part| !part.is_empty()).collect();
        let path_to =
            |depth: usize| parts.iter().take(depth).map(|part| part.to_uppercase() + "\\").collect();
        let nearest = |depth| {
            let path: String = path_to(depth);
            self.known.borrow().get(&path).map(|at| (depth, *at))
        };
        let (depth, at) = (1..=parts.len()).rev().find_map(nearest).unwrap_or((0, self.root.at));
        let mut node = cells.node(at)?;
        for (name, depth) in parts.iter().skip(depth).zip(depth + 1..) {
            let Some(child) = look_up::child(cells, &node, name)? else { return Ok(None) };
            self.known.borrow_mut().insert(path_to(depth), child.at());
            node = child;
        }
        Ok(Some(node))
    }
}

/// Where the root key is, with the logs laid over the hive if it needs them and they fit.
fn begin(blocks: &mut Blocks, logs: impl FnOnce() -> Vec<Vec<u8>>) -> Result<Root, HiveError> {
    let head = blocks.bytes(0, SECTOR)?;
    let size = blocks.length();
    if !Hive::looks_like(&head) {
        return Err(HiveError::NotAHive);
    }
    if size > MAX_LENGTH {
        return Err(HiveError::TooLarge { size, limit: MAX_LENGTH });
    }
    let base = BaseBlock::parse(&head)
        .ok_or(HiveError::Malformed { offset: size, what: "the file ends within its first block" })?;
    if base.checksum_right && base.file_type != base_block::HIVE {
        return Err(HiveError::NotAHive);
    }
    if !base.is_dirty() {
        return root(blocks, State::Clean);
    }
    // A log that fits by its numbers and yet leaves no root key does not fit.
    if log::replay(blocks, &base, &logs()).is_some()
        && let Ok(root) = root(blocks, State::Replayed)
    {
        return Ok(root);
    }
    blocks.lay_off();
    root(blocks, State::Dirty)
}

/// The root key, if it can be read.
fn root(blocks: &Blocks, state: State) -> Result<Root, HiveError> {
    let base = BaseBlock::parse(&blocks.bytes(0, SECTOR)?).ok_or(HiveError::NotAHive)?;
    // 1.3 is NT 4, 1.5 what is used since XP; 1.2 and older differ in the layout of records.
    if base.major != 1 || !(3..=6).contains(&base.minor) {
        return Err(HiveError::Version { major: base.major, minor: base.minor });
    }
    Cells::of(blocks, base.minor).node(base.root)?;
    Ok(Root { at: base.root, minor: base.minor, state })
}
