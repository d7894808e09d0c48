//! What tells that a hive file is still the one that it was.

use std::fs::{File, Metadata};
use std::io::ErrorKind;
use std::time::SystemTime;

use super::base_block::SECTOR;
use super::damage::HiveError;

/// Size, time, place on the disk, and the start of the base block with its two numbers. Who writes a hive raises the first
/// number before and the second one after (github.com/msuhanov/regf, Base block), so that equal stamps have nothing
/// written between them even where the time is coarse.
#[derive(PartialEq, Eq)]
pub(super) struct Stamp {
    length: usize,
    modified: Option<SystemTime>,
    identity: Identity,
    base: Vec<u8>,
}

impl Stamp {
    pub(super) fn of(file: &File) -> Result<Self, HiveError> {
        let metadata = file.metadata().map_err(|error| failed(&error))?;
        let length = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
        let mut base = vec![0; length.min(SECTOR)];
        read_at(file, 0, &mut base)?;
        Ok(Self { length, modified: metadata.modified().ok(), identity: identity(&metadata), base })
    }

    pub(super) fn length(&self) -> usize {
        self.length
    }
}

/// Device and inode: another file that was put in the place of the first.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

/// The time of creation, as far as the file system keeps it.
#[cfg(not(unix))]
type Identity = Option<SystemTime>;

#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> Identity {
    metadata.created().ok()
}

/// Reads exactly these bytes. A file that ends before has become shorter than it was.
pub(super) fn read_at(file: &File, start: usize, into: &mut [u8]) -> Result<(), HiveError> {
    #[cfg(unix)]
    use std::os::unix::fs::FileExt;
    #[cfg(windows)]
    use std::os::windows::fs::FileExt;
    let mut filled = 0;
    while let Some(rest) = into.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        let place = u64::try_from(start.saturating_add(filled)).unwrap_or(u64::MAX);
        #[cfg(unix)]
        let read = file.read_at(rest, place);
        #[cfg(windows)]
        let read = file.seek_read(rest, place);
        match read {
            Ok(0) => return Err(HiveError::Changed),
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // ERROR_HANDLE_EOF of winerror.h: the same as no bytes
            Err(error) if cfg!(windows) && error.raw_os_error() == Some(38) => {
                return Err(HiveError::Changed);
            }
            Err(error) => return Err(failed(&error)),
        }
    }
    Ok(())
}

fn failed(error: &std::io::Error) -> HiveError {
    HiveError::Io { code: error.raw_os_error().unwrap_or_default() }
}
