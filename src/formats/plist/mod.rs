//! Property lists and keyed archives as a plain tree, without the data of secrets.

mod archive;
mod binary;
mod write;
mod xml;

use crate::formats::secrets::is_secret_name;
use crate::model::limits;
pub use write::to_xml;

/// Nesting that is still read. Mail settings need fewer than ten levels; the tree is walked and dropped recursively.
const MAX_DEPTH: usize = 64;
/// Values decoded of one database: a store of a thousand accounts stays below.
const MAX_DECODED: usize = limits::DECODED.count();
/// Values in one tree: a binary list may name one object any number of times, so a small file can stand for a huge tree.
const MAX_ITEMS: usize = 200_000;
/// Bytes of text and data that are read for one tree, for the same reason.
const MAX_BYTES: usize = 64 << 20;

/// A value of a property list or of a keyed archive.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// A string.
    Text(String),
    /// `true` or `false`.
    Bool(bool),
    /// An integer that fits; a larger one is a `Real`.
    Integer(i64),
    /// A floating-point number.
    Real(f64),
    /// A date, as an XML list writes it (`2024-05-01T09:00:00Z`); empty in a keyed archive, where no setting needs it.
    Date(String),
    /// Bytes, of which only the number is kept.
    Data(usize),
    /// An array, or a set in an archive.
    List(Vec<Tree>),
    /// A dictionary in the order of the file.
    Dict(Vec<(String, Tree)>),
    /// A reference between the objects of a keyed archive; it is left only outside of one, where it means nothing.
    Uid(u64),
    /// The `$null` of a keyed archive.
    None,
    /// An archived object of a class that no setting uses.
    Other,
    /// A secret, of which only the presence is kept.
    Secret,
}

/// Why there is no tree. It never carries any content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlistError {
    /// Zero bytes; on a Mac this may mean that the permission to read is missing.
    #[error("the file is empty")]
    Empty,
    /// Neither a binary nor an XML property list.
    #[error("not a property list")]
    NotPlist,
    /// A property list that breaks the rules of its format.
    #[error("the property list is damaged")]
    Malformed,
    /// Nested more deeply than any settings are, or an archive that contains itself.
    #[error("the property list is nested too deeply")]
    TooDeep,
    /// More values or more text than any settings have.
    #[error("the property list is too large")]
    TooLarge,
}

/// Reads a property list, binary or XML, with or without the XML prologue and the `plist` element.
/// Secrets lose their data here. A keyed archive comes back resolved, because in its flat list of objects a secret can
/// not be told from a setting.
pub fn parse(bytes: &[u8]) -> Result<Tree, PlistError> {
    if bytes.is_empty() {
        return Err(PlistError::Empty);
    }
    let budget = || Budget { items: MAX_ITEMS, bytes: MAX_BYTES };
    parse_within(bytes, &mut budget(), &mut budget())
}

/// The same with what the reading, and the resolving of an archive, may still take.
fn parse_within(bytes: &[u8], reading: &mut Budget, resolving: &mut Budget) -> Result<Tree, PlistError> {
    let is_binary = bytes.starts_with(b"bplist");
    let tree = if is_binary { binary::read(bytes, reading)? } else { xml::read(bytes, reading)? };
    archive::resolve(tree, resolving)
}

/// Reads a value that Apple's frameworks archived with NSKeyedArchiver. A bare property list is returned as it is, and
/// what is neither as text: other readers of `ZACCOUNTPROPERTY` met both.
pub fn unarchive(bytes: &[u8]) -> Result<Tree, PlistError> {
    unarchive_within(bytes, &mut Budget::of_database())
}

/// The same for one value of a database, with what all of its values may still take.
pub fn unarchive_within(bytes: &[u8], budget: &mut Budget) -> Result<Tree, PlistError> {
    if bytes.is_empty() {
        return Err(PlistError::Empty);
    }
    let mut resolving = Budget { ..*budget };
    let parsed = parse_within(bytes, budget, &mut resolving);
    // A few bytes of an archive may refer to the same objects again and again.
    budget.items = budget.items.min(resolving.items);
    budget.bytes = budget.bytes.min(resolving.bytes);
    match parsed {
        Err(PlistError::NotPlist) => std::str::from_utf8(bytes)
            .ok()
            .filter(|text| !text.chars().any(|c| c.is_control() && !c.is_whitespace()))
            .map(|text| Tree::Text(text.to_owned()))
            .ok_or(PlistError::NotPlist),
        result => result,
    }
}

impl Tree {
    /// The value of this key, if this is a dictionary that has it. Of two equal keys the later one holds.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Dict(entries) => entries.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The text of a string.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The values of a list; none if this is anything else.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// An integer, or a string that holds one: Mail stores `PortNumber` either way.
    pub fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// The truth as Apple's code sees it (`boolValue`): a number other than 0, or a string that starts, after white
    /// space, a sign and zeros, with one of Y y T t 1–9. None if this is neither number nor string.
    /// <https://developer.apple.com/documentation/foundation/nsstring/boolvalue>
    pub fn apple_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            Self::Integer(number) => Some(*number != 0),
            Self::Real(number) => Some(*number != 0.0),
            Self::Text(text) => {
                let text = text.trim_start();
                let text = text.strip_prefix(['+', '-']).unwrap_or(text).trim_start_matches('0');
                Some(text.starts_with(['Y', 'y', 'T', 't', '1', '2', '3', '4', '5', '6', '7', '8', '9']))
            }
            _ => None,
        }
    }
}

/// An entry of a dictionary; here a secret loses its data. A yes or no is kept: it holds no secret, and
/// `OutgoingPasswordSameAsIncomingPassword` of a configuration profile says which credentials are used.
fn entry(key: String, value: Tree) -> (String, Tree) {
    let keep = matches!(value, Tree::Bool(_)) || !is_secret_name(&key);
    (key, if keep { value } else { Tree::Secret })
}

/// What one tree, or all of a database, may still take.
#[derive(Debug)]
pub struct Budget {
    items: usize,
    bytes: usize,
}

impl Budget {
    /// For all values of a database.
    pub fn of_database() -> Self {
        Self { items: MAX_DECODED, bytes: MAX_BYTES }
    }

    /// True if nothing more can be decoded.
    pub fn is_spent(&self) -> bool {
        self.items == 0 || self.bytes == 0
    }

    /// Pays for one value with this many bytes of text or data.
    fn spend(&mut self, bytes: usize) -> Result<(), PlistError> {
        let left = self.items.checked_sub(1).zip(self.bytes.checked_sub(bytes));
        (self.items, self.bytes) = left.unwrap_or_default();
        left.map(|_| ()).ok_or(PlistError::TooLarge)
    }
}
