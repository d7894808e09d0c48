//! The places of a text file in which something can stand, found without the program's own lexers.

use std::ops::Range;
use std::path::Path;

/// A name with its value, or the name of a section by itself.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// The setting's name, as rows spell it.
    pub(crate) name: String,
    /// Where it stands; empty if it can't be changed by itself.
    pub(crate) name_at: Range<usize>,
    /// Where the value stands.
    pub(crate) value_at: Range<usize>,
    /// What is doubled to have the name twice; empty if it can't be.
    pub(crate) whole: Range<usize>,
    pub(crate) form: Form,
}

/// How texts are written there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As they are.
    Bare,
    /// Between quotes, with backslashes.
    Quoted,
    /// A number or word where a text would stand in quotes.
    Unquoted,
    /// In an element of XML.
    Element,
    /// In an attribute of XML.
    Attribute,
    /// The name of a section.
    Section,
}

impl Form {
    /// A text as it is written there.
    pub(crate) fn written(self, text: &str) -> String {
        let quoted = || text.replace('\\', r"\\").replace('"', "\\\"");
        match self {
            Self::Bare | Self::Section => text.to_owned(),
            Self::Quoted => quoted(),
            Self::Unquoted => format!("\"{}\"", quoted()),
            Self::Element | Self::Attribute => {
                text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
            }
        }
    }

    /// A name as it is written there.
    pub(crate) fn name(self, text: &str) -> String {
        match self {
            // A tag can hold neither blanks nor most signs.
            Self::Element => text.replace([' ', '!'], ""),
            other => other.written(text),
        }
    }
}

/// The text of a file, and whether it is one in UTF-16; `None` for what is no text.
pub(crate) fn decode(bytes: &[u8]) -> Option<(String, bool)> {
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        let units: Vec<u16> =
            rest.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        return String::from_utf16(&units).ok().map(|text| (text, true));
    }
    let text = String::from_utf8(bytes.to_vec()).ok()?;
    (!text.contains('\0')).then_some((text, false))
}

pub(crate) fn encode(text: &str, is_wide: bool) -> Vec<u8> {
    if is_wide {
        return [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    }
    text.as_bytes().to_vec()
}

/// The places of a file of this name.
pub(crate) fn places(path: &Path, text: &str) -> Vec<Place> {
    let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
    let ending = name.rsplit('.').next().unwrap_or_default();
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    match ending {
        _ if start.starts_with('<') => xml(text),
        "json" => json(text),
        "js" | "cfg" | "jsc" => lines(text, call),
        "reg" => lines(text, registry),
        "txt" | "md" | "css" | "jsonl" | "keep" | "bashrc" | "keyring" => Vec::new(),
        _ if name.ends_with("msmtprc") || path.ends_with("msmtp/config") || name == "config" => {
            lines(text, command)
        }
        _ => lines(text, setting),
    }
}

fn lines(text: &str, read: fn(&str, Range<usize>) -> Option<Place>) -> Vec<Place> {
    let mut at = 0;
    let mut found = Vec::new();
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end_matches(['\r', '\n']).len();
        at += line.len();
        found.extend(read(text, range));
    }
    found
}

/// `name=value` or `[section]`.
fn setting(text: &str, line: Range<usize>) -> Option<Place> {
    let content = &text[line.clone()];
    if let Some(rest) = content.strip_prefix('[') {
        let length = rest.rfind(']')?;
        let value_at = line.start + 1..line.start + 1 + length;
        return Some(Place {
            name: "[section]".into(),
            name_at: 0..0,
            value_at,
            whole: 0..0,
            form: Form::Section,
        });
    }
    let equals = content.find('=').filter(|_| !content.starts_with(['#', ';']))?;
    Some(Place {
        name: content[..equals].trim().to_owned(),
        name_at: line.start..line.start + equals,
        value_at: line.start + equals + 1..line.end,
        whole: line,
        form: Form::Bare,
    })
}

/// `command argument`
fn command(text: &str, line: Range<usize>) -> Option<Place> {
    let content = &text[line.clone()];
    let start = content.len() - content.trim_start().len();
    let length = content[start..].find([' ', '\t']).filter(|_| !content[start..].starts_with('#'))?;
    let name_at = line.start + start..line.start + start + length;
    let name = text[name_at.clone()].to_owned();
    // What stands behind it is a name.
    let form = if name == "account" { Form::Section } else { Form::Bare };
    Some(Place { name, value_at: name_at.end + 1..line.end, name_at, whole: line, form })
}

/// `user_pref("name", value);`
fn call(text: &str, line: Range<usize>) -> Option<Place> {
    let content = &text[line.clone()];
    let open = content.find("ref(\"")? + 5;
    let close = open + content[open..].find('"')?;
    let comma = close + content[close..].find(',')?;
    let end = content.rfind(')').filter(|end| *end > comma)?;
    let value = content[comma + 1..end].trim();
    let start = comma + 1 + content[comma + 1..end].find(value)?;
    let (value_at, form) = unquoted(line.start + start..line.start + start + value.len(), value);
    let name_at = line.start + open..line.start + close;
    Some(Place { name: content[open..close].to_owned(), name_at, value_at, whole: line, form })
}

fn unquoted(range: Range<usize>, value: &str) -> (Range<usize>, Form) {
    if value.len() >= 2 && value.starts_with('"') && value.ends_with('"') {
        return (range.start + 1..range.end - 1, Form::Quoted);
    }
    (range, Form::Unquoted)
}

/// `"name"="value"`, `"name"=dword:…`
fn registry(text: &str, line: Range<usize>) -> Option<Place> {
    let content = &text[line.clone()];
    let close = content.strip_prefix('"')?.find("\"=")? + 1;
    let value = &content[close + 2..];
    // What goes on in the next line is binary.
    if value.ends_with('\\') {
        return None;
    }
    let (value_at, form) = unquoted(line.start + close + 2..line.end, value);
    let name_at = line.start + 1..line.start + close;
    Some(Place { name: content[1..close].to_owned(), name_at, value_at, whole: line, form })
}

/// `"name": value`, with strings, numbers and words.
fn json(text: &str) -> Vec<Place> {
    let mut found = Vec::new();
    let mut name: Option<Range<usize>> = None;
    let mut at = 0;
    while let Some(open) = text[at..].find('"').map(|found| at + found) {
        let mut close = open + 1;
        while let Some(step) = text[close..].find(['"', '\\']) {
            close += step;
            if text[close..].starts_with('"') {
                break;
            }
            close += 2;
        }
        at = close + 1;
        let inside = open + 1..close.min(text.len());
        let behind = text[at.min(text.len())..].trim_start();
        let Some(rest) = behind.strip_prefix(':') else {
            let name_at = name.take().unwrap_or(0..0);
            let of = text[name_at.clone()].to_owned();
            found.push(Place { name: of, name_at, value_at: inside, whole: 0..0, form: Form::Quoted });
            continue;
        };
        let rest = rest.trim_start();
        let start = text.len() - rest.len();
        let length = rest.find([',', '}', ']', '\n']).unwrap_or(rest.len());
        if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-') {
            let of = text[inside.clone()].to_owned();
            let value_at = start..start + rest[..length].trim_end().len();
            found.push(Place { name: of, name_at: inside, value_at, whole: 0..0, form: Form::Unquoted });
        } else {
            name = Some(inside);
        }
    }
    found
}

/// Elements with nothing but a text, and attributes. In a property list the name of a value is the key before it, in an
/// element `key` with a name it is that.
fn xml(text: &str) -> Vec<Place> {
    let mut found = Vec::new();
    let mut key = String::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('<').map(|found| at + found) {
        let Some(close) = text[open..].find('>').map(|found| open + found) else { break };
        at = close + 1;
        let tag = &text[open + 1..close];
        if tag.starts_with(['/', '!', '?']) {
            continue;
        }
        let length = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
        let of = tag[..length].to_owned();
        let mut named = None;
        for (equals, _) in tag.match_indices("=\"") {
            let name = tag[..equals].rsplit(char::is_whitespace).next().unwrap_or_default();
            let start = open + 1 + equals + 2;
            let Some(length) = text[start..close].find('"') else { continue };
            let value_at = start..start + length;
            if name == "name" {
                named = Some(text[value_at.clone()].to_owned());
            }
            if name != "encoding" {
                found.push(Place {
                    name: name.to_owned(),
                    name_at: 0..0,
                    value_at,
                    whole: 0..0,
                    form: Form::Attribute,
                });
            }
        }
        let Some(end) = text[at..].find('<').map(|found| at + found) else { break };
        let ending = format!("</{of}>");
        if !text[end..].starts_with(&ending) || tag.ends_with('/') {
            continue;
        }
        let is_value = ["string", "integer", "real", "data", "date"].contains(&of.as_str());
        let name = named.unwrap_or_else(|| if is_value { key.clone() } else { of.clone() });
        if of == "key" {
            text[at..end].clone_into(&mut key);
        }
        found.push(Place {
            name,
            // The closing tag would have to change with it.
            name_at: 0..0,
            value_at: at..end,
            whole: open..end + ending.len(),
            form: Form::Element,
        });
    }
    found
}
