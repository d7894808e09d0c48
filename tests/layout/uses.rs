//! What a source file names: its use trees and the paths in its code, the modules below it, the items that it defines.

use crate::words::{Word, words};
use std::collections::{BTreeMap, BTreeSet};

/// A path as it is written.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) line: usize,
    pub(crate) path: Vec<String>,
    /// The name that a use tree gives it, `*` for all that is in it; `None` for a path in code.
    pub(crate) bound: Option<String>,
    /// How many modules of the file itself stand around it: `super` leaves them first.
    pub(crate) within: usize,
}

/// A source file.
#[derive(Debug, Default)]
pub(crate) struct Code {
    pub(crate) named: Vec<Named>,
    pub(crate) items: BTreeSet<String>,
    /// Where in `named` the use trees stand that give a name.
    pub(crate) bound: BTreeMap<String, Vec<usize>>,
}

const DEFINE: [&str; 9] =
    ["fn", "struct", "enum", "union", "const", "static", "type", "trait", "macro_rules"];

/// Reads a source file.
pub(crate) fn read(text: &str) -> Code {
    let words = words(text);
    let text_at = |at: usize| words.get(at).map_or("", |word| word.text);
    let mut code = Code::default();
    // Whether each open brace is that of a module.
    let mut braces = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let within = braces.iter().filter(|is_module| **is_module).count();
        let before = if at == 0 { "" } else { text_at(at - 1) };
        match word.text {
            "{" => braces.push(at > 1 && text_at(at - 2) == "mod"),
            "}" => drop(braces.pop()),
            // `impl Trait + use<'a>` is no import.
            "use" if text_at(at + 1) != "<" => {
                at += 1;
                let mut found = Vec::new();
                tree(&words, &mut at, &[], &mut found);
                code.named.extend(found.into_iter().map(|named| Named { within, ..named }));
                continue;
            }
            define if DEFINE.contains(&define) => {
                let name = if text_at(at + 1) == "!" { text_at(at + 2) } else { text_at(at + 1) };
                code.items.insert(name.to_owned());
            }
            first if is_name(first) && text_at(at + 1) == "::" && before != "::" => {
                let start = at;
                let mut path = vec![first.to_owned()];
                while text_at(at + 1) == "::" && is_name(text_at(at + 2)) {
                    path.push(text_at(at + 2).to_owned());
                    at += 2;
                }
                // `pub(in crate::source)` says who may use it.
                if start < 2 || before != "in" || text_at(start - 2) != "(" {
                    code.named.push(Named { line: word.line, path, bound: None, within });
                }
            }
            _ => {}
        }
        at += 1;
    }
    for (index, named) in code.named.iter().enumerate() {
        if let Some(name) = &named.bound {
            code.bound.entry(name.clone()).or_default().push(index);
        }
    }
    code
}

impl Code {
    /// The use trees that give a name.
    pub(crate) fn binding(&self, name: &str) -> impl Iterator<Item = &Named> {
        self.bound.get(name).into_iter().flatten().map(|index| &self.named[*index])
    }
}

/// One use tree, from the word at `at` to the one behind it.
fn tree(words: &[Word], at: &mut usize, above: &[String], found: &mut Vec<Named>) {
    let text_at = |at: usize| words.get(at).map_or("", |word| word.text);
    let mut path = above.to_vec();
    if text_at(*at) == "::" {
        // From the root of all crates: never ours.
        path.push(String::new());
        *at += 1;
    }
    while let Some(word) = words.get(*at) {
        *at += 1;
        match word.text {
            "{" => {
                while !["}", ""].contains(&text_at(*at)) {
                    tree(words, at, &path, found);
                    *at += usize::from(text_at(*at) == ",");
                }
                *at += 1;
                return;
            }
            "*" => {
                found.push(Named { line: word.line, path, bound: Some("*".to_owned()), within: 0 });
                return;
            }
            name if text_at(*at) == "::" => {
                path.push(name.to_owned());
                *at += 1;
            }
            name => {
                // `a::{self}` is `a`, but `self` alone is the module.
                if name != "self" || path.is_empty() {
                    path.push(name.to_owned());
                }
                let mut bound = path.last().cloned();
                if text_at(*at) == "as" {
                    bound = Some(text_at(*at + 1).to_owned());
                    *at += 2;
                }
                found.push(Named { line: word.line, path, bound, within: 0 });
                return;
            }
        }
    }
}

fn is_name(word: &str) -> bool {
    word.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}
