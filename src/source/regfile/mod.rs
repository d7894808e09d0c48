//! Text of a `.reg` file → registry keys.
//!
//! Version 5 is UTF-16LE with a byte order mark (hivexregedit of libhivex writes the same in UTF-8 without one), and
//! REGEDIT4 is in the ANSI code page (learn.microsoft.com, "How to add, modify, or delete registry subkeys and values
//! by using a .reg file"; Wine programs/regedit/import.c). Regedit writes line ends within a text as they are.

mod damage;
mod tree;
mod values;

use crate::formats::encodings::decode;
use crate::source::registry::{Key, same_name};
pub use damage::{Damage, Flaw, RegError};
use std::ops::Range;
use tree::Tree;
use values::{Data, read_name, read_value};

/// The first line of a file, and whether its data are ANSI.
const HEADERS: [(&str, bool); 2] = [("Windows Registry Editor Version 5.00", false), ("REGEDIT4", true)];

/// Names of the roots: as in files, as shown.
const ROOTS: [(&str, &str); 5] = [
    ("HKEY_CURRENT_USER", "HKCU"),
    ("HKEY_LOCAL_MACHINE", "HKLM"),
    ("HKEY_USERS", "HKU"),
    ("HKEY_CLASSES_ROOT", "HKCR"),
    ("HKEY_CURRENT_CONFIG", "HKCC"),
];

/// More damage than this is not listed line by line.
const MOST_DAMAGE: usize = 1000;

/// The keys of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RegFile {
    /// One tree per root, in the order of the file: `HKCU`, `HKLM`, `HKU`, `HKCR`, `HKCC`. A root with the empty name
    /// holds keys that begin with `\`: hivexregedit writes them so if it is not told the prefix of the hive.
    pub roots: Vec<Key>,
    /// What could not be read; the rest of the file was. At most the first thousand.
    pub damage: Vec<Damage>,
}

/// True if the file begins as a `.reg` file does.
pub fn looks_like(bytes: &[u8]) -> bool {
    let head = bytes.get(..512).unwrap_or(bytes);
    take_header(&mut Lines::new(&decode(head))).is_some()
}

/// Reads a whole file. Keys that occur twice are one, of values that occur twice the later one counts, names have no
/// case; `[-KEY]` and `"name"=-` take away what was there before.
pub fn parse(bytes: &[u8]) -> Result<RegFile, RegError> {
    let text = decode(bytes);
    let mut tree = Tree::default();
    let mut damage = Vec::new();
    let mut place = Place::Nowhere;
    read(&text, |line, piece| {
        let result = match piece {
            Piece::Key(path) => {
                place = Place::Skipped;
                enter_key(&mut tree, path).map(|found| place = found)
            }
            Piece::Value { name, data, .. } => match place {
                Place::Nowhere => Err(Flaw::NoKey),
                Place::Skipped => Ok(()),
                Place::Key(key) => set_value(&mut tree, key, name, data),
            },
            Piece::Odd(flaw) => {
                let is_value = matches!(flaw, Flaw::Value);
                let result = match place {
                    Place::Nowhere if is_value => Err(Flaw::NoKey),
                    Place::Skipped if is_value => Ok(()),
                    _ => Err(flaw),
                };
                // What follows a key that can't be read is not the key's before it.
                if matches!(result, Err(Flaw::Key)) {
                    place = Place::Skipped;
                }
                result
            }
        };
        if let Err(what) = result
            && damage.len() < MOST_DAMAGE
        {
            damage.push(Damage { line, what });
        }
    })?;
    Ok(RegFile { roots: tree.into_roots(), damage })
}

/// An entry of a file, as ranges of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key, without the brackets and the `-` that deletes it.
    pub key: Range<usize>,
    /// The value's name with its quotation marks, or `@`; empty for the key itself.
    pub name: Range<usize>,
    /// The data behind the `=`, over several lines if need be.
    pub value: Range<usize>,
}

/// The keys and values of a file, in its order. What can't be read is left out.
pub fn lex(text: &str) -> Result<Vec<Entry>, RegError> {
    let start = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let range = |part: &str| start(part)..start(part) + part.len();
    let mut entries = Vec::new();
    let mut key = 0..0;
    read(text, |_, piece| match piece {
        Piece::Key(path) => {
            key = range(path.strip_prefix('-').unwrap_or(path));
            entries.push(Entry { key: key.clone(), name: key.end..key.end, value: key.end..key.end });
        }
        Piece::Value { spelled, value, data: Data::Value(_) | Data::Deletion, .. } => {
            entries.push(Entry { key: key.clone(), name: range(spelled), value: range(value) });
        }
        Piece::Value { .. } | Piece::Odd(_) => {}
    })?;
    Ok(entries)
}

/// What stands in a file, with its text.
enum Piece<'a> {
    /// What stands in the brackets.
    Key(&'a str),
    /// A value: its name as it is spelled and as it is meant, the text of its data and what they are.
    Value { spelled: &'a str, name: String, value: &'a str, data: Data },
    /// What is neither.
    Odd(Flaw),
}

/// Hands over the pieces of a file, each with the number of its first line.
fn read<'a>(text: &'a str, mut take: impl FnMut(usize, Piece<'a>)) -> Result<(), RegError> {
    let mut lines = Lines::new(text);
    let ansi = take_header(&mut lines).ok_or(RegError::Header)?;
    loop {
        let before = lines;
        let Some(line) = lines.next_line() else { return Ok(()) };
        let line = line.trim();
        let piece = match line.chars().next() {
            None | Some(';' | '#') => continue,
            // Names may hold a `]`: the last one of the line ends the key.
            Some('[') => match line.strip_prefix('[').and_then(|rest| rest.rsplit_once(']')) {
                Some((path, _)) => Piece::Key(path),
                None => Piece::Odd(Flaw::Key),
            },
            Some('"' | '@') => value(&mut lines, before, ansi),
            Some(_) => Piece::Odd(Flaw::Line),
        };
        take(before.number + 1, piece);
    }
}

/// A value, which may run over lines.
fn value<'a>(lines: &mut Lines<'a>, before: Lines<'a>, ansi: bool) -> Piece<'a> {
    let start = before.rest.trim_start();
    let Some((name, rest)) = read_name(start) else { return Piece::Odd(Flaw::Value) };
    let result = read_value(rest, ansi);
    *lines = before;
    lines.go_behind(result.rest);
    let spelled = start.get(..start.len() - rest.len()).unwrap_or_default();
    let spelled = spelled.trim_end_matches([' ', '\t']).trim_end_matches('=').trim_end_matches([' ', '\t']);
    let value = rest.get(..rest.len() - result.end.len()).unwrap_or_default();
    Piece::Value { spelled, name, value, data: result.data }
}

impl RegFile {
    /// The key of this path, without regard to case; long and short names of the root are the same.
    pub fn key(&self, path: &str) -> Option<&Key> {
        let (root, names) = split_path(path)?;
        let root = self.roots.iter().find(|key| key.path == root)?;
        names.into_iter().try_fold(root, |key, name| key.subkey(name))
    }
}

/// Where the values of the lines to come belong.
#[derive(Clone, Copy)]
enum Place {
    /// No key has been seen.
    Nowhere,
    /// The key was deleted or can't be read: its values go with it.
    Skipped,
    Key(usize),
}

/// The lines of a text; a copy remembers a place.
#[derive(Clone, Copy)]
struct Lines<'a> {
    rest: &'a str,
    /// How many lines were taken.
    number: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text, number: 0 }
    }

    fn next_line(&mut self) -> Option<&'a str> {
        if self.rest.is_empty() {
            return None;
        }
        let (line, rest) = self.rest.split_once('\n').unwrap_or((self.rest, ""));
        self.rest = rest;
        self.number += 1;
        Some(line)
    }

    /// Goes to the line after the one in which `rest`, an end of the text, begins.
    fn go_behind(&mut self, rest: &'a str) {
        let passed = self.rest.len().saturating_sub(rest.len());
        self.number += self.rest.get(..passed).unwrap_or_default().matches('\n').count();
        self.rest = rest;
        self.next_line();
    }
}

/// Takes the header off and says whether data are ANSI.
fn take_header(lines: &mut Lines) -> Option<bool> {
    let line = std::iter::from_fn(|| lines.next_line()).map(str::trim).find(|line| !line.is_empty())?;
    HEADERS.iter().find(|(header, _)| header.eq_ignore_ascii_case(line)).map(|(_, ansi)| *ansi)
}

/// `KEY` or `-KEY`.
fn enter_key(tree: &mut Tree, path: &str) -> Result<Place, Flaw> {
    if let Some(path) = path.strip_prefix('-') {
        let (root, names) = split_path(path).ok_or(Flaw::Root)?;
        tree.remove(root, &names);
        return Ok(Place::Skipped);
    }
    let (root, names) = split_path(path).ok_or(Flaw::Root)?;
    tree.add(root, &names).map(Place::Key)
}

/// The root as shown, and the names below it.
fn split_path(path: &str) -> Option<(&'static str, Vec<&str>)> {
    let mut parts = path.split('\\');
    let first = parts.next()?;
    let root = if first.is_empty() {
        ""
    } else {
        let (_, short) =
            ROOTS.iter().find(|(long, short)| same_name(first, long) || same_name(first, short))?;
        short
    };
    // `[\]` is the root of a hive that was exported without a prefix, `[]` is nothing.
    (!path.is_empty()).then(|| (root, parts.filter(|name| !name.is_empty()).collect()))
}

fn set_value(tree: &mut Tree, key: usize, name: String, data: Data) -> Result<(), Flaw> {
    match data {
        Data::Value(raw) => {
            let value = raw.into_value(tree.path(key), &name);
            tree.set(key, name, value);
        }
        Data::Deletion => tree.unset(key, &name),
        Data::Broken => return Err(Flaw::Value),
    }
    Ok(())
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod range_tests;
