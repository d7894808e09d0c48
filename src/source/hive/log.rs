//! Transaction logs: what Windows had written there, but not yet to the hive, laid over the hive's blocks.
//!
//! Source of every number here: github.com/msuhanov/regf, "Windows registry file format specification", Format of
//! transaction log files.

use super::base_block::{self, BaseBlock, FILE_TYPE_AT, MAX_LENGTH, SECTOR};
use super::blocks::Blocks;
use super::marvin;
use super::numbers::{u32_at, u64_at};

/// Bins are multiples of this.
const BIN: u32 = 4096;

/// The head of a log entry.
const ENTRY_HEAD: usize = 40;

/// Bytes of a log that belong at an offset of the bins.
struct Page<'l> {
    at: usize,
    bytes: &'l [u8],
}

/// One write of the new format.
struct Entry<'l> {
    sequence: u32,
    pages: Vec<Page<'l>>,
}

/// A log of the new format (Windows 8.1 and later).
struct Log<'l> {
    bytes: &'l [u8],
    first: u32,
    /// Numbered from `first` without a gap.
    entries: Vec<Entry<'l>>,
}

/// Makes the hive what it was meant to be. `None` if no log has anything for it: what lies over it then is of no use.
pub(super) fn replay(hive: &mut Blocks, base: &BaseBlock, logs: &[Vec<u8>]) -> Option<()> {
    // Bins that were added to the hive have all their pages in the logs: more than this it can't have grown.
    let most = logs.iter().fold(hive.length(), |sum, log| sum.saturating_add(log.len())).min(MAX_LENGTH);
    let new: Vec<Log<'_>> = logs.iter().filter_map(|log| Log::parse(log)).collect();
    if new.is_empty() {
        return logs.iter().find_map(|log| replay_old(hive, base, log, most));
    }
    if base.checksum_right { replay_all(hive, base, new, most) } else { replay_latest(hive, &new, most) }
}

/// New format, hive with a sound base block: the older log first, then the other where it continues.
fn replay_all(hive: &mut Blocks, base: &BaseBlock, mut logs: Vec<Log<'_>>, most: usize) -> Option<()> {
    logs.sort_by_key(|log| log.first);
    let mut next = None;
    // What is older than the hive's own number has reached the hive already.
    for entry in logs.iter().flat_map(|log| &log.entries).filter(|entry| entry.sequence >= base.secondary) {
        if next.is_some_and(|next| next != entry.sequence) {
            break;
        }
        if lay_over(hive, &entry.pages, most).is_none() {
            break;
        }
        next = Some(entry.sequence.wrapping_add(1));
    }
    next.map(drop)
}

/// New format, base block lost: it comes from the log with the latest entries, and only that log counts.
fn replay_latest(hive: &mut Blocks, logs: &[Log<'_>], most: usize) -> Option<()> {
    let log = logs.iter().max_by_key(|log| log.entries.last().map(|entry| entry.sequence))?;
    lay_base_block(hive, log.bytes)?;
    log.entries.iter().try_for_each(|entry| lay_over(hive, &entry.pages, most))
}

/// Old format: one set of pages of 512 bytes, said to be there by a bitmap.
fn replay_old(hive: &mut Blocks, base: &BaseBlock, log: &[u8], most: usize) -> Option<()> {
    let head = BaseBlock::parse(log).filter(|head| head.checksum_right && head.primary == head.secondary)?;
    // The time of the last write pairs hive and log; the first bin keeps a copy of it.
    let written = if base.checksum_right { base.written } else { first_bin_written(hive)? };
    if !matches!(head.file_type, 1 | 2) || head.written != written {
        return None;
    }
    // A disk's sector holds one or more of 512 bytes; the parts of the log begin at sectors.
    let sector = usize::try_from(head.clustering.clamp(1, 8)).ok()?.checked_mul(SECTOR)?;
    let vector = log.get(sector..)?.strip_prefix(b"DIRT")?;
    let length = usize::try_from(head.bins_size).ok()?.div_ceil(8 * SECTOR);
    let bitmap = vector.get(..length)?;
    let start = length.checked_add(4)?.checked_next_multiple_of(sector)?.checked_add(sector)?;
    let mut sources = log.get(start..)?.chunks_exact(SECTOR);
    let mut pages = Vec::new();
    for (index, byte) in bitmap.iter().enumerate() {
        for bit in (0..8).filter(|bit| byte >> bit & 1 == 1) {
            // A log that was cut off is not applied in part: its hive would be neither old nor new.
            let page = Page {
                at: index.checked_mul(8)?.checked_add(bit)?.checked_mul(SECTOR)?,
                bytes: sources.next()?,
            };
            page.keeps_bin(hive).then_some(())?;
            pages.push(page);
        }
    }
    if !base.checksum_right {
        lay_base_block(hive, log)?;
    }
    lay_over(hive, &pages, most)?;
    (!pages.is_empty()).then_some(())
}

fn first_bin_written(hive: &Blocks) -> Option<u64> {
    hive.array(base_block::LENGTH + 20).ok()?.map(u64::from_le_bytes)
}

impl Page<'_> {
    /// False if the head of a bin would be replaced by something else: such a page stems from another time.
    fn keeps_bin(&self, hive: &Blocks) -> bool {
        let Ok(old) = hive.bytes(self.at.saturating_add(base_block::LENGTH), 8) else { return false };
        !old.starts_with(b"hbin")
            || (self.bytes.starts_with(b"hbin")
                && u32_at(self.bytes, 4) == u32_at(&old, 4)
                && u32_at(self.bytes, 8).is_some_and(|size| size >= BIN))
    }
}

impl<'l> Log<'l> {
    /// None if it isn't of the new format or has no sound entry.
    fn parse(bytes: &'l [u8]) -> Option<Self> {
        let head = BaseBlock::parse(bytes).filter(|head| head.checksum_right)?;
        let mut rest = bytes.get(SECTOR..)?;
        let mut entries = Vec::new();
        let mut sequence = head.primary;
        // What follows the last entry is left from earlier rounds: damaged or with other numbers.
        while let Some((entry, behind)) = Entry::parse(rest).filter(|(entry, _)| entry.sequence == sequence) {
            entries.push(entry);
            sequence = sequence.wrapping_add(1);
            rest = behind;
        }
        (!entries.is_empty()).then_some(Self { bytes, first: head.primary, entries })
    }
}

impl<'l> Entry<'l> {
    /// The entry at the beginning of these bytes, and what follows it.
    fn parse(bytes: &'l [u8]) -> Option<(Self, &'l [u8])> {
        bytes.starts_with(b"HvLE").then_some(())?;
        let size = usize::try_from(u32_at(bytes, 4)?).ok().filter(|size| size % SECTOR == 0)?;
        let (entry, behind) = bytes.split_at_checked(size)?;
        let (head, body) = entry.split_at_checked(ENTRY_HEAD)?;
        if u64_at(head, 24)? != marvin::hash(body) || u64_at(head, 32)? != marvin::hash(head.get(..32)?) {
            return None;
        }
        let bins = u32_at(head, 16).filter(|bins| bins % BIN == 0)?;
        let count = usize::try_from(u32_at(head, 20)?).ok()?;
        let (references, mut data) = body.split_at_checked(count.checked_mul(8)?)?;
        let mut pages = Vec::with_capacity(count);
        for reference in references.chunks_exact(8) {
            let (at, size) = (u32_at(reference, 0)?, u32_at(reference, 4)?);
            at.checked_add(size).filter(|end| *end <= bins)?;
            let (page, following) = data.split_at_checked(usize::try_from(size).ok()?)?;
            pages.push(Page { at: usize::try_from(at).ok()?, bytes: page });
            data = following;
        }
        Some((Self { sequence: u32_at(head, 12)?, pages }, behind))
    }
}

/// Gives the hive the base block of a log instead of its own.
fn lay_base_block(hive: &mut Blocks, log: &[u8]) -> Option<()> {
    let mut sector = *log.first_chunk::<SECTOR>()?;
    sector.get_mut(FILE_TYPE_AT..FILE_TYPE_AT + 4)?.copy_from_slice(&base_block::HIVE.to_le_bytes());
    hive.lay_over(0, &sector).ok()
}

/// Lays pages over the hive, which may grow to `most` bytes: all of them or none.
fn lay_over(hive: &mut Blocks, pages: &[Page<'_>], most: usize) -> Option<()> {
    let start = |page: &Page<'_>| page.at.checked_add(base_block::LENGTH);
    let end = |page: &Page<'_>| start(page)?.checked_add(page.bytes.len());
    pages.iter().all(|page| end(page).is_some_and(|end| end <= most)).then_some(())?;
    pages.iter().try_for_each(|page| hive.lay_over(start(page)?, page.bytes).ok())
}
