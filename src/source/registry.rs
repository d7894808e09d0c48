//! A part of a Windows registry as plain data, whatever it was read from. Secrets are dropped on the way in.

use crate::formats::secrets::{is_secret_name, is_secret_place, is_uncharted};
use std::collections::HashMap;

/// The type numbers of registry values (winnt.h).
pub mod kind {
    /// Text, UTF-16LE with a final NUL.
    pub const SZ: u32 = 1;
    /// Text with `%VARIABLES%`.
    pub const EXPAND_SZ: u32 = 2;
    /// Bytes.
    pub const BINARY: u32 = 3;
    /// 32 bits, little endian.
    pub const DWORD: u32 = 4;
    /// 32 bits, big endian.
    pub const DWORD_BIG_ENDIAN: u32 = 5;
    /// Several texts.
    pub const MULTI_SZ: u32 = 7;
    /// 64 bits, little endian.
    pub const QWORD: u32 = 11;
}

/// One registry value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// REG_SZ and REG_EXPAND_SZ, cut at the first NUL.
    Text(String),
    /// REG_MULTI_SZ without the empty strings.
    Texts(Vec<String>),
    /// REG_DWORD (either byte order) and REG_QWORD.
    Number(u64),
    /// REG_BINARY.
    Binary(Vec<u8>),
    /// A secret, of which only the presence is kept.
    Secret,
    /// Any other type, a length that does not fit the type, or a value that nobody knows. The data is not kept.
    Other {
        /// The type number as stored.
        kind: u32,
        /// Length of the data in bytes.
        length: usize,
    },
}

/// A registry key with its values and everything below it, up to the limits of the reader.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Key {
    /// The path as a person would type it, with the root: `HKCU\Software\…`. Names are spelled as stored.
    pub path: String,
    /// Values in the order of the store; the default value has the empty name.
    pub values: Vec<(String, Value)>,
    /// Keys directly below, in the order of the store.
    pub subkeys: Vec<Key>,
}

impl Value {
    /// A value from its stored bytes. `path` is the key that holds it: secrets are recognised by name and by place.
    pub fn from_bytes(path: &str, name: &str, kind: u32, data: &[u8]) -> Self {
        if is_secret_name(name) || is_secret_place(path) {
            return Self::Secret;
        }
        let other = Self::Other { kind, length: data.len() };
        if is_uncharted(path, name) {
            return other;
        }
        match kind {
            kind::SZ | kind::EXPAND_SZ => Self::Text(until_nul(&utf16(data))),
            kind::MULTI_SZ => Self::Texts(
                utf16(data).split('\0').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
            ),
            kind::BINARY => Self::Binary(data.to_vec()),
            kind::DWORD => {
                <[u8; 4]>::try_from(data).map_or(other, |b| Self::Number(u32::from_le_bytes(b).into()))
            }
            kind::DWORD_BIG_ENDIAN => {
                <[u8; 4]>::try_from(data).map_or(other, |b| Self::Number(u32::from_be_bytes(b).into()))
            }
            kind::QWORD => <[u8; 8]>::try_from(data).map_or(other, |b| Self::Number(u64::from_le_bytes(b))),
            _ => other,
        }
    }

    /// A text value that was not stored as bytes. `path` is the key that holds it, as for [`Value::from_bytes`].
    pub fn from_text(path: &str, name: &str, text: &str) -> Self {
        if is_secret_name(name) || is_secret_place(path) {
            Self::Secret
        } else if is_uncharted(path, name) {
            // with the NUL at its end
            Self::Other { kind: kind::SZ, length: 2 * (text.encode_utf16().count() + 1) }
        } else {
            Self::Text(until_nul(text))
        }
    }
}

impl Key {
    /// The last part of the path, as stored.
    pub fn name(&self) -> &str {
        self.path.rsplit('\\').next().unwrap_or_default()
    }

    /// The key directly below with this name; Windows compares names without regard to case.
    pub fn subkey(&self, name: &str) -> Option<&Self> {
        self.subkeys.iter().find(|key| same_name(key.name(), name))
    }

    /// The value of this name, without regard to case.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(known, _)| same_name(known, name)).map(|(_, value)| value)
    }

    /// The text of a value of type REG_SZ or REG_EXPAND_SZ.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.value(name) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The number of a value of type REG_DWORD or REG_QWORD.
    pub fn number(&self, name: &str) -> Option<u64> {
        match self.value(name) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }
}

/// True unless two of the trees have other data for the same value of the same key: several exports of one person's
/// registry never do.
pub fn agree(keys: &[&Key]) -> bool {
    let mut values: HashMap<String, &Value> = HashMap::new();
    for (name, value) in keys.iter().flat_map(|key| &key.values) {
        if *values.entry(name.to_uppercase()).or_insert(value) != value {
            return false;
        }
    }
    let mut subkeys: HashMap<String, Vec<&Key>> = HashMap::new();
    for key in keys.iter().flat_map(|key| &key.subkeys) {
        subkeys.entry(key.name().to_uppercase()).or_default().push(key);
    }
    subkeys.values().filter(|keys| keys.len() > 1).all(|keys| agree(keys))
}

/// True if both trees hold the same keys and values, whatever their order and the root's name.
pub fn is_same(one: &Key, other: &Key) -> bool {
    if one.values.len() != other.values.len() || one.subkeys.len() != other.subkeys.len() {
        return false;
    }
    let values: HashMap<String, &Value> =
        other.values.iter().map(|(name, value)| (name.to_uppercase(), value)).collect();
    let subkeys: HashMap<String, &Key> =
        other.subkeys.iter().map(|key| (key.name().to_uppercase(), key)).collect();
    one.values.iter().all(|(name, value)| values.get(&name.to_uppercase()) == Some(&value))
        && one
            .subkeys
            .iter()
            .all(|key| subkeys.get(&key.name().to_uppercase()).is_some_and(|other| is_same(key, other)))
}

/// A key of which only the name is known.
pub fn hollow(parent: &str, name: &str) -> Key {
    Key { path: format!("{parent}\\{name}"), ..Key::default() }
}

/// Registry names are equal without regard to case.
pub fn same_name(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || (!a.is_ascii() && a.to_uppercase() == b.to_uppercase())
}

/// UTF-16LE bytes as text; a last odd byte is dropped, unpaired surrogates become U+FFFD.
pub fn utf16(data: &[u8]) -> String {
    let units: Vec<u16> = data.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).collect();
    String::from_utf16_lossy(&units)
}

/// The text before the first NUL: Windows and programs often store more than that.
pub fn until_nul(text: &str) -> String {
    text.split('\0').next().unwrap_or_default().to_owned()
}
