//! Paths in the order of a file → a tree of keys, in linear time.

use super::damage::Flaw;
use crate::source::registry::{Key, Value};
use std::collections::HashMap;

/// Windows allows 512 levels; below 64 nobody has settings, and every level repeats the path.
const MOST_LEVELS: usize = 64;

/// The longest name of a key (learn.microsoft.com, "Registry element size limits").
const LONGEST_NAME: usize = 255;

/// An export of a whole computer has some hundred thousand keys.
const MOST_KEYS: usize = 2_000_000;

/// All paths together, in bytes: long names on many levels would cost far more memory than the file has bytes.
const MOST_PATH_BYTES: usize = 256 << 20;

/// Keys by number. A deleted key stays where it is and is only no longer found.
#[derive(Default)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    /// Number of a key by its parent's number (none: a root) and its name in upper case.
    numbers: HashMap<(Option<usize>, String), usize>,
    /// Position of a value by its key's number and its name in upper case.
    positions: HashMap<(usize, String), usize>,
    path_bytes: usize,
}

struct Node {
    parent: Option<usize>,
    path: String,
    values: Vec<Option<(String, Value)>>,
    is_deleted: bool,
}

impl Tree {
    /// The number of a key, made with everything above it if it was not there.
    pub(super) fn add(&mut self, root: &str, names: &[&str]) -> Result<usize, Flaw> {
        if names.len() > MOST_LEVELS {
            return Err(Flaw::TooDeep);
        }
        if names.iter().any(|name| name.len() > LONGEST_NAME && name.chars().count() > LONGEST_NAME) {
            return Err(Flaw::Key);
        }
        let mut number = self.add_one(None, root)?;
        for name in names {
            number = self.add_one(Some(number), name)?;
        }
        Ok(number)
    }

    fn add_one(&mut self, parent: Option<usize>, name: &str) -> Result<usize, Flaw> {
        let place = (parent, name.to_uppercase());
        if let Some(number) = self.numbers.get(&place) {
            return Ok(*number);
        }
        let path = match parent.map(|parent| self.path(parent)) {
            None | Some("") => name.to_owned(),
            Some(above) => format!("{above}\\{name}"),
        };
        self.path_bytes += path.len();
        if self.nodes.len() >= MOST_KEYS || self.path_bytes > MOST_PATH_BYTES {
            return Err(Flaw::TooMany);
        }
        let number = self.nodes.len();
        self.nodes.push(Node { parent, path, values: Vec::new(), is_deleted: false });
        self.numbers.insert(place, number);
        Ok(number)
    }

    /// Takes a key away with everything below, which can't be found without it.
    pub(super) fn remove(&mut self, root: &str, names: &[&str]) {
        let mut place = (None, root.to_uppercase());
        for name in names {
            let Some(number) = self.numbers.get(&place) else { return };
            place = (Some(*number), name.to_uppercase());
        }
        let node = self.numbers.remove(&place).and_then(|number| self.nodes.get_mut(number));
        if let Some(node) = node {
            node.is_deleted = true;
        }
    }

    pub(super) fn path(&self, number: usize) -> &str {
        self.nodes.get(number).map_or("", |node| &node.path)
    }

    pub(super) fn set(&mut self, number: usize, name: String, value: Value) {
        let Some(node) = self.nodes.get_mut(number) else { return };
        let position = *self.positions.entry((number, name.to_uppercase())).or_insert(node.values.len());
        match node.values.get_mut(position) {
            Some(slot) => *slot = Some((name, value)),
            None => node.values.push(Some((name, value))),
        }
    }

    pub(super) fn unset(&mut self, number: usize, name: &str) {
        let position = self.positions.remove(&(number, name.to_uppercase()));
        let node = self.nodes.get_mut(number);
        if let Some(slot) = node.zip(position).and_then(|(node, position)| node.values.get_mut(position)) {
            *slot = None;
        }
    }

    /// The roots with all that is below them. Keys have greater numbers than the key above, so going back from the
    /// last one finds each key complete.
    pub(super) fn into_roots(self) -> Vec<Key> {
        let (mut keys, mut links): (Vec<Key>, Vec<_>) = self
            .nodes
            .into_iter()
            .map(|node| {
                let values = node.values.into_iter().flatten().collect();
                (Key { path: node.path, values, subkeys: Vec::new() }, (node.parent, node.is_deleted))
            })
            .unzip();
        let mut roots = Vec::new();
        while let Some((mut key, (parent, is_deleted))) = keys.pop().zip(links.pop()) {
            key.subkeys.reverse();
            let siblings = match parent {
                None => Some(&mut roots),
                Some(parent) => keys.get_mut(parent).map(|parent| &mut parent.subkeys),
            };
            if let Some(siblings) = siblings.filter(|_| !is_deleted) {
                siblings.push(key);
            }
        }
        roots.reverse();
        roots
    }
}
