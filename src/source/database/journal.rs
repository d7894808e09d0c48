//! A rollback journal that was copied with its database: what was begun and never finished is taken back.
//!
//! sqlite.org/fileformat2.html, part 3 ("The Rollback Journal"), and pager.c (`pager_playback`): the pages in the journal
//! are those before the transaction. Finished transactions delete it, empty it, or fill its header with zeros.

/// The first bytes of a journal that is in force.
const MAGIC: [u8; 8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7];
/// The checksum adds up the bytes of a page at this distance from each other, from its end.
const CHECKED: usize = 200;

/// The database as it was before an unfinished transaction; as it is if there is none.
pub fn rolled_back(mut image: Vec<u8>, journal: &[u8]) -> Vec<u8> {
    let Some(first) = Header::read(journal, 0) else { return image };
    let whole = first.pages.saturating_mul(first.page_size);
    // Pages that the transaction took away are all in the journal; more than those can't be missing.
    if whole > image.len() && whole - image.len() <= journal.len() {
        image.resize(whole, 0);
    }
    let mut at = 0;
    while let Some(header) = Header::read(journal, at) {
        // All segments are of one journal.
        if header.page_size != first.page_size || header.sector != first.sector {
            break;
        }
        at += header.sector;
        let length = header.page_size + 8;
        // -1: as many as there are; SQLite did not wait for the disk.
        let records = header.records.unwrap_or_else(|| journal.len().saturating_sub(at) / length);
        for _ in 0..records {
            let Some(record) = journal.get(at..at + length) else { return cut(image, whole) };
            if lay(&mut image, record, &header).is_none() {
                return cut(image, whole);
            }
            at += length;
        }
        at = at.next_multiple_of(header.sector);
    }
    cut(image, whole)
}

/// The pages that the transaction added are not part of it.
fn cut(mut image: Vec<u8>, whole: usize) -> Vec<u8> {
    if whole > 0 {
        image.truncate(whole);
    }
    image
}

/// Puts one page back. `None`: the record is not one that was written to its end.
fn lay(image: &mut [u8], record: &[u8], header: &Header) -> Option<()> {
    let number = usize::try_from(number(record, 0)?).ok()?.checked_sub(1)?;
    let page = record.get(4..4 + header.page_size)?;
    let mut sum = header.nonce;
    let mut at = header.page_size.checked_sub(CHECKED)?;
    while at > 0 {
        sum = sum.wrapping_add(u32::from(*page.get(at)?));
        at = at.saturating_sub(CHECKED);
    }
    if sum != self::number(record, 4 + header.page_size)? {
        return None;
    }
    let start = number.checked_mul(header.page_size)?;
    image.get_mut(start..start + header.page_size)?.copy_from_slice(page);
    Some(())
}

/// The beginning of a segment.
struct Header {
    records: Option<usize>,
    nonce: u32,
    pages: usize,
    sector: usize,
    page_size: usize,
}

impl Header {
    fn read(journal: &[u8], at: usize) -> Option<Self> {
        let bytes = journal.get(at..at.checked_add(28)?)?;
        let size = |at: usize| usize::try_from(number(bytes, at)?).ok();
        let header = Self {
            records: size(8).filter(|count| *count != u32::MAX as usize),
            nonce: number(bytes, 12)?,
            pages: size(16)?,
            sector: size(20)?,
            page_size: size(24)?,
        };
        let fits = |size: usize| (32..=65536).contains(&size) && size.is_power_of_two();
        let is_valid = bytes.starts_with(&MAGIC) && fits(header.sector) && fits(header.page_size);
        (is_valid && header.page_size >= 512).then_some(header)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_a_journal_in_force_nothing_changes() {
        let image = vec![7; 2048];
        for journal in [&[][..], &[0; 4096], b"something else", &MAGIC] {
            assert_eq!(rolled_back(image.clone(), journal), image);
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(
            journal in prop::collection::vec(any::<u8>(), 0..3000),
            head in prop::array::uniform5(prop_oneof![Just(0_u32), Just(1), Just(512), Just(u32::MAX), any::<u32>()]),
        ) {
            let mut bytes = MAGIC.to_vec();
            for number in head {
                bytes.extend(number.to_be_bytes());
            }
            bytes.extend(&journal);
            let _ = rolled_back(vec![0; 2048], &bytes);
            let _ = rolled_back(journal, &bytes);
        }
    }
}
