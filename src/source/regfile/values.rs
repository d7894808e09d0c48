//! A line `"name"=data` of a `.reg` file → a registry value.

use crate::formats::encodings::decode_ansi;
use crate::source::registry::{Value, kind};

/// Data before it is known whose they are: what is a secret is told by the key and the name.
pub(super) enum Raw {
    Text(String),
    Bytes(u32, Vec<u8>),
}

impl Raw {
    pub(super) fn into_value(self, path: &str, name: &str) -> Value {
        match self {
            Self::Text(text) => Value::from_text(path, name, &text),
            Self::Bytes(kind, bytes) => Value::from_bytes(path, name, kind, &bytes),
        }
    }
}

/// What stands after the `=`.
pub(super) enum Data {
    Value(Raw),
    /// `-`: the value is to be deleted.
    Deletion,
    Broken,
}

/// Data and where they end.
pub(super) struct Read<'a> {
    pub(super) data: Data,
    /// The text from somewhere in the last line of the data.
    pub(super) rest: &'a str,
    /// The text behind the data.
    pub(super) end: &'a str,
}

/// `"name"=` or `@=`, which is the default value with the empty name; and what follows.
pub(super) fn read_name(text: &str) -> Option<(String, &str)> {
    let (name, rest) = match text.strip_prefix('@') {
        Some(rest) => (String::new(), rest),
        None => read_quoted(text.split('\n').next()?).and_then(|(name, rest_of_line)| {
            let used = text.split('\n').next()?.len() - rest_of_line.len();
            Some((name, text.get(used..)?))
        })?,
    };
    Some((name, skip_blanks(skip_blanks(rest).strip_prefix('=')?)))
}

/// The data of a value. Broken ones end with their first line, so that what they hide is looked at again.
pub(super) fn read_value(text: &str, ansi: bool) -> Read<'_> {
    let broken = Read { data: Data::Broken, rest: text, end: text };
    if text.starts_with('"') {
        return match read_quoted(text) {
            Some((value, rest)) if ends_here(rest) => {
                Read { data: Data::Value(Raw::Text(value)), rest, end: rest }
            }
            _ => broken,
        };
    }
    if let Some(rest) = text.strip_prefix('-') {
        return if ends_here(rest) { Read { data: Data::Deletion, rest, end: rest } } else { broken };
    }
    let line = text.split('\n').next().unwrap_or_default();
    let Some((tag, _)) = line.split_once(':') else { return broken };
    let Some(rest) = text.get(tag.len() + 1..) else { return broken };
    if tag.eq_ignore_ascii_case("dword") {
        return match read_dword(rest) {
            Some((number, rest)) if ends_here(rest) => {
                let raw = Raw::Bytes(kind::DWORD, number.to_le_bytes().to_vec());
                Read { data: Data::Value(raw), rest, end: rest }
            }
            _ => broken,
        };
    }
    let Some(kind) = read_kind(tag) else { return broken };
    let (bytes, rest) = read_bytes(rest);
    let Some(bytes) = bytes else { return Read { data: Data::Broken, rest, end: rest } };
    // REGEDIT4 has the texts of these types in the ANSI code page (Wine programs/regedit/import.c).
    let is_text = matches!(kind, kind::SZ | kind::EXPAND_SZ | kind::MULTI_SZ);
    let bytes = if ansi && is_text { widen(&bytes) } else { bytes };
    // The last line of the bytes, without a comment behind them.
    let last = rest.split(['\n', ';']).next().unwrap_or_default().trim_end();
    let end = rest.get(last.len()..).unwrap_or_default();
    Read { data: Data::Value(Raw::Bytes(kind, bytes)), rest, end }
}

/// A text in quotes, over line ends if need be. Regedit writes no escapes but `\\` and `\"`; Wine's adds three more and
/// takes any other character after a backslash as it is.
fn read_quoted(text: &str) -> Option<(String, &str)> {
    let mut chars = text.strip_prefix('"')?.chars();
    let mut value = String::new();
    loop {
        match chars.next()? {
            '"' => return Some((value, chars.as_str())),
            '\\' => value.push(match chars.next()? {
                'n' => '\n',
                'r' => '\r',
                '0' => '\0',
                other => other,
            }),
            other => value.push(other),
        }
    }
}

/// One to eight hexadecimal digits.
fn read_dword(text: &str) -> Option<(u32, &str)> {
    let text = skip_blanks(text);
    let length = text.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(length).filter(|(digits, _)| digits.len() <= 8)?;
    Some((u32::from_str_radix(digits, 16).ok()?, rest))
}

/// The type in `hex` (binary) or `hex(7)`, whose number is hexadecimal itself.
fn read_kind(tag: &str) -> Option<u32> {
    let (hex, number) = tag.split_at_checked(3)?;
    if !hex.eq_ignore_ascii_case("hex") {
        return None;
    }
    if number.is_empty() {
        return Some(kind::BINARY);
    }
    let digits = number.strip_prefix('(')?.strip_suffix(')')?;
    let is_number = (1..=8).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_number { u32::from_str_radix(digits, 16).ok() } else { None }
}

/// Bytes in hexadecimal with commas between; a backslash at the end of a line says that the next one goes on.
/// A next line that can't be a part of it is left alone: it is a key or value of its own.
fn read_bytes(text: &str) -> (Option<Vec<u8>>, &str) {
    let mut bytes = Vec::new();
    let mut is_fine = true;
    let mut wants_more = false;
    let mut rest = text;
    loop {
        let line = rest.split('\n').next().unwrap_or_default();
        let part = line.split(';').next().unwrap_or_default().trim();
        let (part, goes_on) = part.strip_suffix('\\').map_or((part, false), |part| (part.trim_end(), true));
        if !part.is_empty() {
            let (part, comma) = part.strip_suffix(',').map_or((part, false), |part| (part, true));
            for digits in part.split(',').map(str::trim) {
                let byte = u8::from_str_radix(digits, 16).ok();
                let byte = byte.filter(|_| digits.len() <= 2 && !digits.starts_with('+'));
                is_fine &= byte.is_some();
                bytes.extend(byte);
            }
            wants_more = comma;
        }
        let next = rest.get(line.len() + 1..).unwrap_or_default();
        if !goes_on || !is_continuation(next) {
            // What was announced but does not come makes the data incomplete.
            let is_whole = is_fine && !wants_more && !goes_on;
            return (is_whole.then_some(bytes), rest);
        }
        rest = next;
    }
}

fn is_continuation(text: &str) -> bool {
    let line = text.split('\n').next().unwrap_or_default().split(';').next().unwrap_or_default();
    !text.is_empty()
        && line.chars().all(|c| c.is_ascii_hexdigit() || matches!(c, ',' | '\\' | ' ' | '\t' | '\r'))
}

/// True if nothing but a comment follows in this line.
fn ends_here(rest: &str) -> bool {
    let line = rest.split('\n').next().unwrap_or_default().trim();
    line.is_empty() || line.starts_with(';')
}

fn skip_blanks(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}

fn widen(bytes: &[u8]) -> Vec<u8> {
    decode_ansi(bytes).encode_utf16().flat_map(u16::to_le_bytes).collect()
}
