//! The bytes of a hive. Of a file only the blocks that are asked for, each read once and by its position: a look-up
//! touches a few of the thousands that a hive has. Over them lies what its logs hold.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::File;

use super::damage::HiveError;
use super::stamp::{Stamp, read_at};

/// How much is read at once, in bytes. Windows keeps bins, and the pages of its logs, in multiples of this.
pub(super) const BLOCK: usize = 4096;

/// How much of one hive is read, in bytes. A home's look-ups take less than one MiB of a sound hive; one that wants more
/// was made to cost memory.
pub(super) const MAX_TOUCHED: usize = 64 << 20;

/// A hive by its blocks.
pub(super) struct Blocks {
    /// In bytes, with what logs add at the end.
    length: usize,
    /// The blocks that logs change, as they make them.
    laid: HashMap<usize, Box<[u8]>>,
    origin: Origin,
    /// How much is kept in memory at most, in bytes.
    most: usize,
    /// Why a block could not be read. What was answered since then is worth nothing, not even that something is absent.
    failure: RefCell<Option<HiveError>>,
}

/// Where blocks come from.
enum Origin {
    Memory(Vec<u8>),
    File(RefCell<Loaded>),
}

/// What was read of a file.
struct Loaded {
    /// Open only while something is read: a hive that is held when its owner signs in gives them a temporary profile.
    file: Option<File>,
    stamp: Stamp,
    blocks: HashMap<usize, Box<[u8]>>,
    /// Those that were read since the file was opened: they count when it is still the same at the end.
    fresh: Vec<usize>,
}

impl Blocks {
    /// A hive that is in memory already.
    pub(super) fn of_memory(bytes: Vec<u8>) -> Self {
        Self::new(bytes.len(), usize::MAX, Origin::Memory(bytes))
    }

    /// A hive in an open file, of which at most `most` bytes are read.
    pub(super) fn of_file(file: File, most: usize) -> Result<Self, HiveError> {
        let stamp = Stamp::of(&file)?;
        let length = stamp.length();
        let loaded = Loaded { file: Some(file), stamp, blocks: HashMap::new(), fresh: Vec::new() };
        Ok(Self::new(length, most, Origin::File(RefCell::new(loaded))))
    }

    fn new(length: usize, most: usize, origin: Origin) -> Self {
        Self { length, laid: HashMap::new(), origin, most, failure: RefCell::new(None) }
    }

    /// In bytes, with what logs add at the end.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// How much is kept in memory at most, in bytes.
    pub(super) fn most(&self) -> usize {
        self.most
    }

    /// The bytes of the hive proper, without its logs.
    fn own_length(&self) -> usize {
        match &self.origin {
            Origin::Memory(bytes) => bytes.len(),
            Origin::File(loaded) => loaded.borrow().stamp.length(),
        }
    }

    /// Opens the file again while something is asked. Err if it is not the one that it was.
    pub(super) fn with_file<T>(&self, file: File, ask: impl FnOnce() -> T) -> Result<T, HiveError> {
        if let Origin::File(loaded) = &self.origin {
            loaded.borrow_mut().file = Some(file);
        }
        let answer = ask();
        self.close().map(|()| answer)
    }

    /// Closes the file. Err if it is not the one that it was.
    pub(super) fn close(&self) -> Result<(), HiveError> {
        match &self.origin {
            Origin::Memory(_) => Ok(()),
            Origin::File(loaded) => loaded.borrow_mut().close(),
        }
    }

    /// An answer, unless a block that it needed could not be read.
    pub(super) fn unless_failed<T>(&self, answer: Result<T, HiveError>) -> Result<T, HiveError> {
        self.failure.take().map_or(answer, Err)
    }

    /// N bytes; `None` if the hive ends before.
    pub(super) fn array<const N: usize>(&self, at: usize) -> Result<Option<[u8; N]>, HiveError> {
        let mut bytes = [0; N];
        Ok((self.fill(at, &mut bytes)? == N).then_some(bytes))
    }

    /// Bytes from a place on, fewer at the end of the hive. They grow with what is there: the length is only a claim.
    pub(super) fn bytes(&self, at: usize, length: usize) -> Result<Vec<u8>, HiveError> {
        let wanted = length.min(self.length.saturating_sub(at));
        let mut bytes = Vec::new();
        while bytes.len() < wanted {
            let start = bytes.len();
            bytes.resize(wanted.min(start.saturating_add(BLOCK)), 0);
            self.fill(at.saturating_add(start), bytes.get_mut(start..).unwrap_or_default())?;
        }
        Ok(bytes)
    }

    /// Fills with the bytes from a place on; how many there are.
    fn fill(&self, at: usize, into: &mut [u8]) -> Result<usize, HiveError> {
        let wanted = into.len().min(self.length.saturating_sub(at));
        let mut filled = 0;
        while let Some(rest) = into.get_mut(filled..wanted).filter(|rest| !rest.is_empty()) {
            let place = at.saturating_add(filled);
            filled += self.copy(place / BLOCK, place % BLOCK, rest)?;
        }
        Ok(filled)
    }

    /// Copies what one block has from `start` on; how much that is. After a failure there are no more.
    fn copy(&self, number: usize, start: usize, into: &mut [u8]) -> Result<usize, HiveError> {
        if let Some(failure) = &*self.failure.borrow() {
            return Err(failure.clone());
        }
        if let Some(block) = self.laid.get(&number) {
            return Ok(copy_from(block, start, into));
        }
        let copied = match &self.origin {
            Origin::Memory(bytes) => {
                let block = bytes.get(number.saturating_mul(BLOCK)..).unwrap_or_default();
                Ok(copy_from(block, start, into))
            }
            Origin::File(loaded) => {
                let mut loaded = loaded.borrow_mut();
                loaded.load(number, self.laid.len(), self.most).map(|block| copy_from(block, start, into))
            }
        };
        copied.inspect_err(|error| self.fail(error))
    }

    fn fail(&self, error: &HiveError) {
        self.failure.borrow_mut().get_or_insert_with(|| error.clone());
    }

    /// Lays bytes over the hive, which grows with them.
    pub(super) fn lay_over(&mut self, at: usize, bytes: &[u8]) -> Result<(), HiveError> {
        self.length = self.length.max(at.saturating_add(bytes.len()));
        let mut laid = 0;
        while let Some(rest) = bytes.get(laid..).filter(|rest| !rest.is_empty()) {
            let place = at.saturating_add(laid);
            let (number, start) = (place / BLOCK, place % BLOCK);
            let mut block = vec![0; BLOCK].into_boxed_slice();
            let piece = rest.len().min(BLOCK - start);
            if piece < BLOCK {
                self.copy(number, 0, &mut block)?;
            }
            if let (Some(to), Some(from)) = (block.get_mut(start..start + piece), rest.get(..piece)) {
                to.copy_from_slice(from);
            }
            self.laid.insert(number, block);
            if self.laid.len().saturating_mul(BLOCK) > self.most {
                let error = HiveError::TooMuch { limit: self.most };
                self.fail(&error);
                return Err(error);
            }
            laid += piece;
        }
        Ok(())
    }

    /// Takes everything off again that lies over the hive.
    pub(super) fn lay_off(&mut self) {
        self.laid.clear();
        self.length = self.own_length();
    }

    /// How many blocks were read.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        match &self.origin {
            Origin::Memory(_) => 0,
            Origin::File(loaded) => loaded.borrow().blocks.len(),
        }
    }
}

/// Behind the end of a file that logs make longer are zeros.
fn copy_from(block: &[u8], start: usize, into: &mut [u8]) -> usize {
    let count = into.len().min(BLOCK.saturating_sub(start));
    let there = block.get(start..).unwrap_or_default();
    let (there, _) = there.split_at(there.len().min(count));
    let (copied, behind) = into.split_at_mut(there.len());
    copied.copy_from_slice(there);
    behind.get_mut(..count - there.len()).unwrap_or_default().fill(0);
    count
}

impl Loaded {
    /// One block, shorter at the end of the file, unless more than `most` bytes are kept with those that are laid over it.
    fn load(&mut self, number: usize, laid: usize, most: usize) -> Result<&[u8], HiveError> {
        let start = number.saturating_mul(BLOCK);
        let length = BLOCK.min(self.stamp.length().saturating_sub(start));
        if length > 0 && !self.blocks.contains_key(&number) {
            let Some(file) = &self.file else { return Err(HiveError::Away) };
            if self.blocks.len().saturating_add(laid + 1).saturating_mul(BLOCK) > most {
                return Err(HiveError::TooMuch { limit: most });
            }
            let mut block = vec![0; length].into_boxed_slice();
            read_at(file, start, &mut block)?;
            self.blocks.insert(number, block);
            self.fresh.push(number);
        }
        Ok(self.blocks.get(&number).map(|block| &**block).unwrap_or_default())
    }

    /// Err if it is not the file that was opened first, as it was then: nothing that was read of another one is kept.
    fn close(&mut self) -> Result<(), HiveError> {
        let fresh = std::mem::take(&mut self.fresh);
        let Some(file) = self.file.take() else { return Ok(()) };
        if Stamp::of(&file).is_ok_and(|stamp| stamp == self.stamp) {
            return Ok(());
        }
        for number in fresh {
            self.blocks.remove(&number);
        }
        Err(HiveError::Changed)
    }
}
