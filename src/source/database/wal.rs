//! A SQLite write-ahead log → the pages of its last commit, laid over the database file.
//!
//! Layout and rules: <https://sqlite.org/fileformat2.html#the_write_ahead_log>, <https://sqlite.org/walformat.html>.

use std::collections::BTreeMap;

use super::error::DatabaseError;

/// Bytes of a database file or a log that are still read. Stores with settings are below 100 MiB.
pub(in crate::source) const MAX_BYTES: usize = 256 << 20;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The last bit says which byte order the checksums use.
const MAGIC: u32 = 0x377f_0682;
const VERSION: u32 = 3_007_000;

/// The two running sums over header and frames.
type Sums = (u32, u32);

/// The number of pages of a database after a commit, and the newest content of each page in the log.
struct Commit<'a> {
    pages: u32,
    frames: BTreeMap<u32, &'a [u8]>,
}

/// Lays the committed frames of `wal` over `image`. A log that SQLite itself would ignore changes nothing: a torn
/// header, or frames that an older run of the log left behind.
pub(super) fn lay(image: &mut Vec<u8>, page_size: usize, wal: &[u8]) -> Result<(), DatabaseError> {
    let Some(Commit { pages, frames }) = committed(page_size, wal)? else { return Ok(()) };
    let size = usize::try_from(pages).ok().and_then(|pages| pages.checked_mul(page_size));
    let size = size.filter(|size| *size <= MAX_BYTES).ok_or(DatabaseError::TooLarge)?;
    // Pages that were added and freed again need not be in the log, but most are: a size beyond that is made up.
    let known = image.len().saturating_add(wal.len());
    if size > known.saturating_mul(2) {
        return Err(DatabaseError::Malformed);
    }
    image.resize(size, 0);
    for (page, content) in frames {
        let from = usize::try_from(page).ok().and_then(|page| page.checked_sub(1)?.checked_mul(page_size));
        // A page beyond the end was cut off by a later commit.
        if let Some(place) = from.and_then(|from| image.get_mut(from..from.checked_add(page_size)?)) {
            place.copy_from_slice(content);
        }
    }
    Ok(())
}

/// The last commit, if there is one.
fn committed(page_size: usize, wal: &[u8]) -> Result<Option<Commit<'_>>, DatabaseError> {
    let Some((header, mut rest)) = wal.split_at_checked(HEADER) else { return Ok(None) };
    let [magic, version, size, _, salt_a, salt_b, stored_a, stored_b] = numbers(header);
    let big = match magic ^ MAGIC {
        0 => false,
        1 => true,
        _ => return Ok(None),
    };
    let mut sums = header.get(..24).map_or((0, 0), |part| add((0, 0), part, big));
    if sums != (stored_a, stored_b) {
        return Ok(None);
    }
    if version != VERSION || usize::try_from(size).ok() != Some(page_size) {
        return Err(DatabaseError::Malformed);
    }
    let mut last = None;
    let mut frames = BTreeMap::new();
    let mut pending = Vec::new();
    while let Some((frame, content, after)) = split_frame(rest, page_size) {
        rest = after;
        let [page, pages, own_salt_a, own_salt_b, stored_a, stored_b, ..] = numbers(frame);
        sums = add(frame.get(..8).map_or(sums, |part| add(sums, part, big)), content, big);
        if (own_salt_a, own_salt_b) != (salt_a, salt_b) || page == 0 || sums != (stored_a, stored_b) {
            break;
        }
        pending.push((page, content));
        // Only the last frame of a transaction names the size of the database.
        if pages != 0 {
            frames.extend(pending.drain(..));
            last = Some(pages);
        }
    }
    Ok(last.map(|pages| Commit { pages, frames }))
}

fn split_frame(rest: &[u8], page_size: usize) -> Option<(&[u8], &[u8], &[u8])> {
    let (frame, rest) = rest.split_at_checked(FRAME_HEADER)?;
    let (content, rest) = rest.split_at_checked(page_size)?;
    Some((frame, content, rest))
}

/// The first eight big-endian numbers; what is missing is 0.
fn numbers(bytes: &[u8]) -> [u32; 8] {
    let mut numbers = [0; 8];
    for (number, part) in numbers.iter_mut().zip(bytes.as_chunks::<4>().0) {
        *number = u32::from_be_bytes(*part);
    }
    numbers
}

fn add((mut first, mut second): Sums, bytes: &[u8], big: bool) -> Sums {
    let number = |part: [u8; 4]| if big { u32::from_be_bytes(part) } else { u32::from_le_bytes(part) };
    for [a, b, c, d, e, f, g, h] in bytes.as_chunks::<8>().0 {
        first = first.wrapping_add(number([*a, *b, *c, *d])).wrapping_add(second);
        second = second.wrapping_add(number([*e, *f, *g, *h])).wrapping_add(first);
    }
    (first, second)
}
