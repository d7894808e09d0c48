//! Keys of a hive as plain data: what can be read, and what can't beside it.

use std::cell::Cell;
use std::collections::HashSet;
use std::vec::IntoIter;

use super::cells::{Cells, malformed, take};
use super::damage::{Damage, HiveError, Reading};
use super::records::Node;
use crate::source::registry::{Key, Value};

/// How deep keys may lie: the limit of Windows (learn.microsoft.com, "Registry element size limits").
const MAX_DEPTH: usize = 512;

/// How much damage is told in full; a file with more is broken everywhere.
const MAX_DAMAGE: usize = 200;

/// How many bytes the paths of one reading may take: deep keys repeat the names of all above them.
const MAX_PATHS: usize = 256 << 20;

/// A key whose sub-keys are being read.
struct Open {
    key: Key,
    children: IntoIter<u32>,
}

/// The names of the keys below a key.
pub(super) fn names(cells: &Cells<'_>, node: &Node, path: &str) -> Reading<Vec<String>> {
    let mut listed = cells.children(node);
    let mut reading = Reading { found: Vec::new(), damage: Vec::new() };
    note(&mut reading.damage, path, std::mem::take(&mut listed.damage));
    for at in listed.offsets() {
        match cells.node(at) {
            Ok(child) => reading.found.push(child.name()),
            Err(error) => note(&mut reading.damage, path, [error]),
        }
    }
    reading
}

/// A key with its values alone.
pub(super) fn values(cells: &Cells<'_>, node: &Node, shown: &str) -> Reading<Key> {
    let mut damage = Vec::new();
    let found = one(cells, node, shown.to_owned(), &mut damage);
    Reading { found, damage }
}

/// A key and everything below. No recursion: the depth is the file's choice, the stack is ours.
pub(super) fn tree(cells: &Cells<'_>, top: &Node, shown: &str) -> Reading<Key> {
    let mut damage = Vec::new();
    let mut seen = HashSet::from([top.at()]);
    let paths = Cell::new(MAX_PATHS);
    let mut above: Vec<Open> = Vec::new();
    let mut open = begin(cells, top, shown.to_owned(), &mut damage);
    loop {
        let Some(at) = open.children.next() else {
            let Some(mut parent) = above.pop() else { break };
            parent.key.subkeys.push(open.key);
            open = parent;
            continue;
        };
        let child = if above.len() >= MAX_DEPTH {
            Err(malformed(at, "keys lie too deep"))
        } else if seen.insert(at) {
            cells.node(at)
        } else {
            Err(malformed(at, "a key occurs twice"))
        };
        let child = child.and_then(|child| {
            let path = format!("{}\\{}", open.key.path, child.name());
            take(&paths, path.len()).map(|()| (child, path))
        });
        match child {
            Ok((child, path)) => {
                let next = begin(cells, &child, path, &mut damage);
                above.push(std::mem::replace(&mut open, next));
            }
            Err(error) => {
                // The end of patience ends the reading; what was read stays.
                if error == HiveError::Overlapping {
                    open.children = IntoIter::default();
                    for parent in &mut above {
                        parent.children = IntoIter::default();
                    }
                }
                note(&mut damage, &open.key.path, [error]);
            }
        }
    }
    Reading { found: open.key, damage }
}

/// A key with its values, and where its sub-keys are.
fn begin(cells: &Cells<'_>, node: &Node, path: String, damage: &mut Vec<Damage>) -> Open {
    let key = one(cells, node, path, damage);
    let listed = cells.children(node);
    let children = listed.offsets().collect::<Vec<_>>().into_iter();
    note(damage, &key.path, listed.damage);
    Open { key, children }
}

/// A key with its values.
fn one(cells: &Cells<'_>, node: &Node, path: String, damage: &mut Vec<Damage>) -> Key {
    let listed = cells.records(node);
    note(damage, &path, listed.damage);
    let mut values = Vec::with_capacity(listed.found.len());
    for at in listed.found {
        match value(cells, at, &path) {
            Ok(value) => values.push(value),
            Err(error) => note(damage, &path, [error]),
        }
    }
    Key { path, values, subkeys: Vec::new() }
}

/// One value with its name. The data of a secret is not even looked up.
fn value(cells: &Cells<'_>, at: u32, path: &str) -> Result<(String, Value), HiveError> {
    let record = cells.record(at)?;
    let name = record.name();
    let mut value = Value::from_bytes(path, &name, record.kind, &[]);
    if value != Value::Secret {
        value = Value::from_bytes(path, &name, record.kind, &cells.data(&record)?);
    }
    Ok((name, value))
}

/// Adds damage as far as it is worth telling.
fn note(damage: &mut Vec<Damage>, path: &str, errors: impl IntoIterator<Item = HiveError>) {
    for error in errors {
        let known = error == HiveError::Overlapping && damage.iter().any(|known| known.error == error);
        if damage.len() < MAX_DAMAGE && !known {
            damage.push(Damage { path: path.to_owned(), error });
        }
    }
}
