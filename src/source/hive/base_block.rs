//! The start of a hive file: whether it is one, whether it was written to the end, where its root key is.
//!
//! Source of every number here: github.com/msuhanov/regf, "Windows registry file format specification", Base block.

use super::numbers::{u32_at, u64_at};

/// Larger files are no hives: Windows itself keeps the registry of a user in a fraction of this.
pub(super) const MAX_LENGTH: usize = 512 << 20;

/// Hive bins, and with them every offset in the file, begin after this many bytes.
pub(super) const LENGTH: usize = 4096;

/// The part with a meaning; transaction logs keep a copy of this much.
pub(super) const SECTOR: usize = 512;

/// "File type" of a hive proper; its logs have 1, 2 or 6.
pub(super) const HIVE: u32 = 0;

/// Where the file type stands.
pub(super) const FILE_TYPE_AT: usize = 28;

/// The fields that a reader needs.
pub(super) struct BaseBlock {
    /// Raised before the file is written.
    pub(super) primary: u32,
    /// Raised after the file was written: equal to `primary` unless something went wrong in between.
    pub(super) secondary: u32,
    /// FILETIME of the last write, which pairs an old log with its hive.
    pub(super) written: u64,
    pub(super) major: u32,
    pub(super) minor: u32,
    pub(super) file_type: u32,
    /// Offset of the root key from the first hive bin.
    pub(super) root: u32,
    pub(super) bins_size: u32,
    /// Sector size of the disk in units of 512 bytes.
    pub(super) clustering: u32,
    pub(super) checksum_right: bool,
}

impl BaseBlock {
    /// None if the signature is missing or the file ends too early.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let sector = bytes.first_chunk::<SECTOR>()?;
        sector.starts_with(b"regf").then_some(())?;
        Some(Self {
            primary: u32_at(sector, 4)?,
            secondary: u32_at(sector, 8)?,
            written: u64_at(sector, 12)?,
            major: u32_at(sector, 20)?,
            minor: u32_at(sector, 24)?,
            file_type: u32_at(sector, FILE_TYPE_AT)?,
            root: u32_at(sector, 36)?,
            bins_size: u32_at(sector, 40)?,
            clustering: u32_at(sector, 44)?,
            checksum_right: u32_at(sector, 508)? == sum(sector),
        })
    }

    /// True if the file may miss what its logs hold.
    pub(super) fn is_dirty(&self) -> bool {
        !self.checksum_right || self.primary != self.secondary
    }
}

/// XOR of the first 508 bytes as 32-bit numbers; the two results that could pass for "no sum" are moved by one.
fn sum(sector: &[u8; SECTOR]) -> u32 {
    let (numbers, _) = sector.as_chunks::<4>();
    let all = numbers.iter().take(127).fold(0, |sum, number| sum ^ u32::from_le_bytes(*number));
    match all {
        u32::MAX => u32::MAX - 1,
        0 => 1,
        sum => sum,
    }
}
