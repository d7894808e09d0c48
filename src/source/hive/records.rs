//! The records in the cells of a hive: keys, values, lists, data.
//!
//! Source of every number here: github.com/msuhanov/regf, "Windows registry file format specification", Cell.

use std::borrow::Cow;

use super::cells::{Cells, malformed, take};
use super::damage::HiveError;
use super::numbers::{u16_at, u32_at};
use crate::source::registry::{same_name, utf16};

/// An index of indexes is one level deep where Windows wrote it; other writers get some patience.
const MAX_LIST_DEPTH: usize = 4;

/// Windows allows 255 characters (learn.microsoft.com "Registry element size limits"); twice that is still no attack.
const MAX_KEY_NAME: usize = 1024;

/// Longer values are cut into pieces of this size.
const SEGMENT: usize = 16344;

/// Key flags.
const KEY_COMPRESSED_NAME: u16 = 0x20;
const KEY_PREDEFINED_HANDLE: u16 = 0x40;

/// Value flag.
const VALUE_COMPRESSED_NAME: u16 = 1;

/// A key ("nk" record).
#[derive(Clone, Copy)]
pub(super) struct Node<'h> {
    at: u32,
    data: &'h [u8],
    flags: u16,
    name: Name<'h>,
}

/// A value ("vk" record) without its data.
#[derive(Clone, Copy)]
pub(super) struct Record<'h> {
    at: u32,
    name: Name<'h>,
    length: u32,
    place: [u8; 4],
    pub(super) kind: u32,
}

/// What a list leads to, and what of the list could not be read.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) offsets: Vec<u32>,
    pub(super) damage: Vec<HiveError>,
}

/// A name as stored.
#[derive(Clone, Copy)]
enum Name<'h> {
    /// The low bytes of UTF-16 units below 256.
    Compressed(&'h [u8]),
    Utf16(&'h [u8]),
}

impl<'h> Cells<'h> {
    /// The key at this offset.
    pub(super) fn node(&self, at: u32) -> Result<Node<'h>, HiveError> {
        let data = self.cell(at)?;
        if !data.starts_with(b"nk") {
            return Err(malformed(at, "this should be a key"));
        }
        let short = || malformed(at, "a key is cut off");
        let flags = u16_at(data, 2).ok_or_else(short)?;
        let length = u16_at(data, 72).ok_or_else(short)?;
        let name = data.get(76..).and_then(|rest| rest.get(..length.into())).ok_or_else(short)?;
        if name.len() > MAX_KEY_NAME {
            return Err(malformed(at, "the name of a key is too long"));
        }
        take(&self.bytes, name.len())?;
        Ok(Node { at, data, flags, name: Name::new(name, flags & KEY_COMPRESSED_NAME != 0) })
    }

    /// The keys below a key, in stored order.
    pub(super) fn children(&self, node: &Node<'h>) -> Listed {
        let mut listed = Listed::default();
        // Without sub-keys the list's offset has no meaning.
        if let (Some(count @ 1..), Some(list)) = (u32_at(node.data, 20), u32_at(node.data, 28)) {
            self.list(list, 0, &mut listed);
            if listed.damage.is_empty()
                && listed.offsets.len() != usize::try_from(count).unwrap_or(usize::MAX)
            {
                listed.damage.push(malformed(node.at, "the number of sub-keys is not that of their list"));
            }
        }
        listed
    }

    /// Adds the keys of one list.
    fn list(&self, at: u32, depth: usize, listed: &mut Listed) {
        let data = match self.cell(at) {
            Ok(data) => data,
            Err(error) => return listed.damage.push(error),
        };
        // Fast leaf and hash leaf: a hint follows each offset. It is not needed: comparing names is fast enough.
        let (step, of_lists) = match data.get(..2) {
            Some(b"lf" | b"lh") => (8, false),
            Some(b"li") => (4, false),
            Some(b"ri") if depth < MAX_LIST_DEPTH => (4, true),
            _ => return listed.damage.push(malformed(at, "this should be a list of sub-keys")),
        };
        let count = usize::from(u16_at(data, 2).unwrap_or_default());
        let elements = data.get(4..).unwrap_or_default().chunks_exact(step);
        if elements.len() < count {
            listed.damage.push(malformed(at, "a list of sub-keys is cut off"));
        }
        if let Err(error) = take(&self.visits, elements.len().min(count)) {
            return listed.damage.push(error);
        }
        for offset in elements.take(count).filter_map(|element| u32_at(element, 0)) {
            if of_lists {
                self.list(offset, depth + 1, listed);
            } else {
                listed.offsets.push(offset);
            }
        }
    }

    /// The values of a key, in stored order.
    pub(super) fn records(&self, node: &Node<'h>) -> Listed {
        let mut listed = Listed::default();
        let count = usize::try_from(u32_at(node.data, 36).unwrap_or_default()).unwrap_or(usize::MAX);
        // A predefined handle stands where the number of values would be.
        if count == 0 || node.flags & KEY_PREDEFINED_HANDLE != 0 {
            return listed;
        }
        let at = u32_at(node.data, 40).unwrap_or(u32::MAX);
        let elements = match self.cell(at) {
            Ok(data) => data.as_chunks::<4>().0,
            Err(error) => {
                listed.damage.push(error);
                return listed;
            }
        };
        if elements.len() < count {
            listed.damage.push(malformed(at, "a list of values is cut off"));
        }
        match take(&self.visits, elements.len().min(count)) {
            Ok(()) => listed.offsets.extend(elements.iter().take(count).map(|at| u32::from_le_bytes(*at))),
            Err(error) => listed.damage.push(error),
        }
        listed
    }

    /// The value at this offset.
    pub(super) fn record(&self, at: u32) -> Result<Record<'h>, HiveError> {
        let data = self.cell(at)?;
        if !data.starts_with(b"vk") {
            return Err(malformed(at, "this should be a value"));
        }
        let read = || {
            let name = data.get(20..)?.get(..u16_at(data, 2)?.into())?;
            Some((
                name.len(),
                Record {
                    at,
                    name: Name::new(name, u16_at(data, 16)? & VALUE_COMPRESSED_NAME != 0),
                    length: u32_at(data, 4)?,
                    place: *data.get(8..)?.first_chunk()?,
                    kind: u32_at(data, 12)?,
                },
            ))
        };
        let (name_length, record) = read().ok_or_else(|| malformed(at, "a value is cut off"))?;
        take(&self.bytes, name_length)?;
        Ok(record)
    }

    /// The data of a value.
    pub(super) fn data<'r>(&self, record: &'r Record<'h>) -> Result<Cow<'r, [u8]>, HiveError> {
        // The highest bit of the length: up to four bytes stand where the offset of the data would.
        if record.length >> 31 != 0 {
            let length = usize::try_from(record.length & 0x7fff_ffff).unwrap_or(usize::MAX);
            let inline = record.place.get(..length).map(Cow::Borrowed);
            return inline.ok_or_else(|| malformed(record.at, "a value has an impossible length"));
        }
        let length = usize::try_from(record.length).unwrap_or(usize::MAX);
        if length == 0 {
            return Ok(Cow::Borrowed(&[]));
        }
        let at = u32::from_le_bytes(record.place);
        let cell = self.cell(at)?;
        // libhivex stores long data in one piece where Windows would cut it up, so the room decides, not the length.
        match cell.get(..length) {
            Some(data) => take(&self.bytes, length).map(|()| Cow::Borrowed(data)),
            None if self.minor > 3 && cell.starts_with(b"db") => self.join(at, cell, length).map(Cow::Owned),
            None => Err(malformed(at, "the data of a value is cut off")),
        }
    }

    /// Big data: the pieces of one long value.
    fn join(&self, at: u32, cell: &[u8], length: usize) -> Result<Vec<u8>, HiveError> {
        let cut = || malformed(at, "the data of a long value is cut off");
        let count = usize::from(u16_at(cell, 2).ok_or_else(cut)?);
        let list = self.cell(u32_at(cell, 4).ok_or_else(cut)?)?;
        if count != length.div_ceil(SEGMENT) {
            return Err(malformed(at, "a long value has an impossible length"));
        }
        // Grows with what is there: the length alone is only a claim.
        let mut data = Vec::new();
        for offset in list.as_chunks::<4>().0.iter().take(count) {
            let piece = self.cell(u32::from_le_bytes(*offset))?;
            let wanted = length.saturating_sub(data.len()).min(SEGMENT);
            let piece = piece.get(..wanted).ok_or_else(cut)?;
            take(&self.bytes, wanted)?;
            data.extend_from_slice(piece);
        }
        if data.len() == length { Ok(data) } else { Err(cut()) }
    }
}

impl Node<'_> {
    pub(super) fn name(&self) -> String {
        self.name.decode()
    }

    /// Compares without decoding where it can: a look-up compares with every sibling.
    pub(super) fn is_named(&self, name: &str) -> bool {
        match self.name {
            Name::Compressed(bytes) if bytes.is_ascii() => bytes.eq_ignore_ascii_case(name.as_bytes()),
            stored => same_name(&stored.decode(), name),
        }
    }

    pub(super) fn at(&self) -> u32 {
        self.at
    }
}

impl Record<'_> {
    pub(super) fn name(&self) -> String {
        self.name.decode()
    }
}

impl<'h> Name<'h> {
    fn new(bytes: &'h [u8], compressed: bool) -> Self {
        if compressed { Self::Compressed(bytes) } else { Self::Utf16(bytes) }
    }

    fn decode(self) -> String {
        match self {
            Self::Compressed(bytes) => bytes.iter().copied().map(char::from).collect(),
            Self::Utf16(bytes) => utf16(bytes),
        }
    }
}
