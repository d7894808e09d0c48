//! The records in the cells of a hive: keys, values, lists, data.
//!
//! Source of every number here: github.com/msuhanov/regf, "Windows registry file format specification", Cell.

use super::cells::{Cells, Room, malformed, take};
use super::damage::HiveError;
use super::hints::Hints;
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

/// The part of a key record before its name.
const KEY_HEAD: usize = 76;

/// The part of a value record before its name.
const VALUE_HEAD: usize = 20;

/// A key ("nk" record).
pub(super) struct Node {
    at: u32,
    head: [u8; KEY_HEAD],
    name: Name,
}

/// A value ("vk" record) without its data.
pub(super) struct Record {
    at: u32,
    name: Name,
    length: u32,
    place: [u8; 4],
    pub(super) kind: u32,
}

/// What a list leads to, and what of the list could not be read.
pub(super) struct Listed<T> {
    pub(super) found: Vec<T>,
    pub(super) damage: Vec<HiveError>,
}

/// The keys of one list, each with the hint beside it.
pub(super) struct Leaf {
    pub(super) hints: Hints,
    pub(super) keys: Vec<(u32, [u8; 4])>,
}

/// A name as stored.
enum Name {
    /// The low bytes of UTF-16 units below 256.
    Compressed(Vec<u8>),
    Utf16(Vec<u8>),
}

impl Cells<'_> {
    /// The key at this offset.
    pub(super) fn node(&self, at: u32) -> Result<Node, HiveError> {
        let room = self.cell(at)?;
        if self.head(room)? != Some(*b"nk") {
            return Err(malformed(at, "this should be a key"));
        }
        let short = || malformed(at, "a key is cut off");
        let head: [u8; KEY_HEAD] = self.head(room)?.ok_or_else(short)?;
        let flags = u16_at(&head, 2).ok_or_else(short)?;
        let length = usize::from(u16_at(&head, 72).ok_or_else(short)?);
        let name = self.part(room, KEY_HEAD, length)?.ok_or_else(short)?;
        if length > MAX_KEY_NAME {
            return Err(malformed(at, "the name of a key is too long"));
        }
        take(&self.bytes, length)?;
        Ok(Node { at, head, name: Name::new(name, flags & KEY_COMPRESSED_NAME != 0) })
    }

    /// The keys below a key, in stored order.
    pub(super) fn children(&self, node: &Node) -> Listed<Leaf> {
        let mut listed = Listed::default();
        // Without sub-keys the list's offset has no meaning.
        if let (Some(count @ 1..), Some(list)) = (u32_at(&node.head, 20), u32_at(&node.head, 28)) {
            if let Err(error) = self.list(list, 0, &mut listed) {
                listed.damage.push(error);
            }
            if listed.damage.is_empty()
                && listed.offsets().count() != usize::try_from(count).unwrap_or(usize::MAX)
            {
                listed.damage.push(malformed(node.at, "the number of sub-keys is not that of their list"));
            }
        }
        listed
    }

    /// Adds the keys of one list.
    fn list(&self, at: u32, depth: usize, listed: &mut Listed<Leaf>) -> Result<(), HiveError> {
        let room = self.cell(at)?;
        let (step, hints) = match self.head(room)? {
            Some([b'l', b'f']) => (8, Some(Hints::Start)),
            Some([b'l', b'h']) => (8, Some(Hints::Hash)),
            Some([b'l', b'i']) => (4, Some(Hints::None)),
            Some([b'r', b'i']) if depth < MAX_LIST_DEPTH => (4, None),
            _ => return Err(malformed(at, "this should be a list of sub-keys")),
        };
        let head = self.head::<4>(room)?.unwrap_or_default();
        let count = usize::from(u16_at(&head, 2).unwrap_or_default());
        let there = count.min(room.length.saturating_sub(4) / step);
        if there < count {
            listed.damage.push(malformed(at, "a list of sub-keys is cut off"));
        }
        take(&self.visits, there)?;
        let elements = self.part(room, 4, there.saturating_mul(step))?.unwrap_or_default();
        let elements = elements.chunks_exact(step).filter_map(|element| {
            Some((u32_at(element, 0)?, element.get(4..)?.first_chunk().copied().unwrap_or_default()))
        });
        if let Some(hints) = hints {
            listed.found.push(Leaf { hints, keys: elements.collect() });
            return Ok(());
        }
        for (at, _) in elements {
            if let Err(error) = self.list(at, depth + 1, listed) {
                listed.damage.push(error);
            }
        }
        Ok(())
    }

    /// The values of a key, in stored order.
    pub(super) fn records(&self, node: &Node) -> Listed<u32> {
        let mut listed = Listed::default();
        let count = usize::try_from(u32_at(&node.head, 36).unwrap_or_default()).unwrap_or(usize::MAX);
        let flags = u16_at(&node.head, 2).unwrap_or_default();
        // A predefined handle stands where the number of values would be.
        if count > 0 && flags & KEY_PREDEFINED_HANDLE == 0 {
            let at = u32_at(&node.head, 40).unwrap_or(u32::MAX);
            if let Err(error) = self.value_list(at, count, &mut listed) {
                listed.damage.push(error);
            }
        }
        listed
    }

    /// Adds the values of the list at this offset.
    fn value_list(&self, at: u32, count: usize, listed: &mut Listed<u32>) -> Result<(), HiveError> {
        let room = self.cell(at)?;
        let there = count.min(room.length / 4);
        if there < count {
            listed.damage.push(malformed(at, "a list of values is cut off"));
        }
        take(&self.visits, there)?;
        let elements = self.part(room, 0, there.saturating_mul(4))?.unwrap_or_default();
        listed.found.extend(elements.as_chunks::<4>().0.iter().map(|at| u32::from_le_bytes(*at)));
        Ok(())
    }

    /// The value at this offset.
    pub(super) fn record(&self, at: u32) -> Result<Record, HiveError> {
        let room = self.cell(at)?;
        if self.head(room)? != Some(*b"vk") {
            return Err(malformed(at, "this should be a value"));
        }
        let cut = || malformed(at, "a value is cut off");
        let head: [u8; VALUE_HEAD] = self.head(room)?.ok_or_else(cut)?;
        let number = |at| u32_at(&head, at).ok_or_else(cut);
        let name_length = usize::from(u16_at(&head, 2).ok_or_else(cut)?);
        if room.length.saturating_sub(VALUE_HEAD) < name_length {
            return Err(cut());
        }
        take(&self.bytes, name_length)?;
        let name = self.part(room, VALUE_HEAD, name_length)?.ok_or_else(cut)?;
        let is_compressed = u16_at(&head, 16).ok_or_else(cut)? & VALUE_COMPRESSED_NAME != 0;
        Ok(Record {
            at,
            name: Name::new(name, is_compressed),
            length: number(4)?,
            place: number(8)?.to_le_bytes(),
            kind: number(12)?,
        })
    }

    /// The data of a value.
    pub(super) fn data(&self, record: &Record) -> Result<Vec<u8>, HiveError> {
        // The highest bit of the length: up to four bytes stand where the offset of the data would.
        if record.length >> 31 != 0 {
            let length = usize::try_from(record.length & 0x7fff_ffff).unwrap_or(usize::MAX);
            let inline = record.place.get(..length).map(<[u8]>::to_vec);
            return inline.ok_or_else(|| malformed(record.at, "a value has an impossible length"));
        }
        let length = usize::try_from(record.length).unwrap_or(usize::MAX);
        if length == 0 {
            return Ok(Vec::new());
        }
        let at = u32::from_le_bytes(record.place);
        let room = self.cell(at)?;
        // libhivex stores long data in one piece where Windows would cut it up, so the room decides, not the length.
        if length <= room.length {
            take(&self.bytes, length)?;
        } else if self.minor > 3 && self.head(room)? == Some(*b"db") {
            return self.join(at, room, length);
        }
        self.part(room, 0, length)?.ok_or_else(|| malformed(at, "the data of a value is cut off"))
    }

    /// Big data: the pieces of one long value.
    fn join(&self, at: u32, room: Room, length: usize) -> Result<Vec<u8>, HiveError> {
        let cut = || malformed(at, "the data of a long value is cut off");
        let head: [u8; 8] = self.head(room)?.ok_or_else(cut)?;
        let count = usize::from(u16_at(&head, 2).ok_or_else(cut)?);
        let list = self.cell(u32_at(&head, 4).ok_or_else(cut)?)?;
        if count != length.div_ceil(SEGMENT) {
            return Err(malformed(at, "a long value has an impossible length"));
        }
        // Grows with what is there: the length alone is only a claim.
        let mut data = Vec::new();
        let there = count.min(list.length / 4);
        let offsets = self.part(list, 0, there.saturating_mul(4))?.ok_or_else(cut)?;
        for offset in offsets.as_chunks::<4>().0 {
            let piece = self.cell(u32::from_le_bytes(*offset))?;
            let wanted = length.saturating_sub(data.len()).min(SEGMENT);
            if piece.length < wanted {
                return Err(cut());
            }
            take(&self.bytes, wanted)?;
            data.extend(self.part(piece, 0, wanted)?.ok_or_else(cut)?);
        }
        if data.len() == length { Ok(data) } else { Err(cut()) }
    }
}

impl Node {
    pub(super) fn name(&self) -> String {
        self.name.decode()
    }

    /// Compares without decoding where it can: a look-up compares with every sibling.
    pub(super) fn is_named(&self, name: &str) -> bool {
        match &self.name {
            Name::Compressed(bytes) if bytes.is_ascii() => bytes.eq_ignore_ascii_case(name.as_bytes()),
            stored => same_name(&stored.decode(), name),
        }
    }

    pub(super) fn at(&self) -> u32 {
        self.at
    }
}

impl Record {
    pub(super) fn name(&self) -> String {
        self.name.decode()
    }
}

impl Name {
    fn new(bytes: Vec<u8>, compressed: bool) -> Self {
        if compressed { Self::Compressed(bytes) } else { Self::Utf16(bytes) }
    }

    fn decode(&self) -> String {
        match self {
            Self::Compressed(bytes) => bytes.iter().copied().map(char::from).collect(),
            Self::Utf16(bytes) => utf16(bytes),
        }
    }
}

impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { found: Vec::new(), damage: Vec::new() }
    }
}

impl Listed<Leaf> {
    /// Where the keys are, whichever list they are in.
    pub(super) fn offsets(&self) -> impl Iterator<Item = u32> {
        self.found.iter().flat_map(|leaf| &leaf.keys).map(|(at, _)| *at)
    }
}
