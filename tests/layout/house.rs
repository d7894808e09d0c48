//! The files of a crate and what each uses of the others: paths are followed through imports and re-exports to the file
//! that defines what they name.

use crate::uses::{Code, Named, read};
use std::collections::{BTreeMap, BTreeSet};

/// `["source", "hive", "cells"]`; empty is the root.
pub(crate) type Module = Vec<String>;

/// All files.
pub(crate) struct House {
    pub(crate) files: BTreeMap<Module, Code>,
}

/// One file uses another.
#[derive(Debug)]
pub(crate) struct Use {
    pub(crate) from: Module,
    pub(crate) line: usize,
    /// The modules that the path leads through; the last one is the file that defines what it names.
    pub(crate) way: Vec<Module>,
}

impl Use {
    /// The file that is used.
    pub(crate) fn to(&self) -> &Module {
        self.way.last().unwrap_or(&self.from)
    }
}

/// Longer ways are circles of imports.
const DEEPEST: usize = 16;

impl House {
    /// From paths below `src` and the texts there.
    pub(crate) fn of<'t>(files: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        Self { files: files.into_iter().map(|(path, text)| (module(path), read(text))).collect() }
    }

    /// What the files use of each other.
    pub(crate) fn uses(&self) -> Vec<Use> {
        let mut found = Vec::new();
        for (from, code) in &self.files {
            for named in &code.named {
                let (way, _) = self.follow(from, named, 0);
                if way.iter().any(|module| module != from) {
                    found.push(Use { from: from.clone(), line: named.line, way });
                }
            }
        }
        found
    }

    /// Where a path leads, and whether it names a module and not what is defined there.
    fn follow(&self, from: &Module, named: &Named, depth: usize) -> (Vec<Module>, bool) {
        let mut rest = named.path.iter().map(String::as_str).peekable();
        let mut way = match rest.peek() {
            _ if depth > DEEPEST => return (Vec::new(), false),
            Some(&"crate" | &"smtp_auth_audit") => {
                rest.next();
                vec![Module::new()]
            }
            Some(&"self" | &"super") => {
                rest.next_if_eq(&"self");
                let mut levels = 0_usize;
                while rest.next_if_eq(&"super").is_some() {
                    levels += 1;
                }
                let up = levels.saturating_sub(named.within);
                vec![from[..from.len().saturating_sub(up)].to_vec()]
            }
            _ => Vec::new(),
        };
        let is_rooted = !way.is_empty();
        let mut is_module = true;
        while let Some(part) = rest.next().filter(|_| is_module) {
            let here = way.last().unwrap_or(from).clone();
            let (more, leads_on) = self.step(&here, part, depth);
            if more.is_empty() && !is_rooted && way.is_empty() {
                // Another crate, or something that the file itself defines.
                return (Vec::new(), false);
            }
            is_module = leads_on;
            way.extend(more);
        }
        (way, is_module)
    }

    /// What a name means in a module.
    fn step(&self, here: &Module, name: &str, depth: usize) -> (Vec<Module>, bool) {
        let below: Module = here.iter().cloned().chain([name.to_owned()]).collect();
        if self.files.contains_key(&below) {
            return (vec![below], true);
        }
        let Some(code) = self.files.get(here) else { return (Vec::new(), false) };
        for named in code.binding(name) {
            let found = self.follow(here, named, depth + 1);
            if !found.0.is_empty() {
                return found;
            }
        }
        if code.items.contains(name) {
            return (Vec::new(), false);
        }
        for named in code.binding("*") {
            let (way, is_module) = self.follow(here, named, depth + 1);
            let Some(last) = way.last().filter(|last| is_module && *last != here) else { continue };
            let is_there = self.files.get(last).is_some_and(|code| code.items.contains(name));
            let (more, leads_on) = self.step(last, name, depth + 1);
            if is_there || !more.is_empty() {
                return ([way.as_slice(), &more].concat(), leads_on);
            }
        }
        (Vec::new(), false)
    }
}

/// Groups of files of which each uses the others, by itself or by way of them.
pub(crate) fn circles<'h>(
    uses: impl IntoIterator<Item = (&'h Module, &'h Module)>,
) -> BTreeSet<BTreeSet<&'h Module>> {
    let mut numbers = BTreeMap::new();
    let mut files = Vec::new();
    let mut others: Vec<BTreeSet<usize>> = Vec::new();
    for (from, to) in uses {
        let [from, to] = [from, to].map(|module| {
            *numbers.entry(module).or_insert_with(|| {
                files.push(module);
                others.push(BTreeSet::new());
                files.len() - 1
            })
        });
        others[from].insert(to);
    }
    let reached: Vec<BTreeSet<usize>> = (0..files.len()).map(|from| reached(&others, from)).collect();
    let circle_of = |from: usize| {
        let back = reached[from].iter().filter(|other| reached[**other].contains(&from));
        back.map(|other| files[*other]).collect()
    };
    (0..files.len()).map(circle_of).filter(|circle: &BTreeSet<&Module>| circle.len() > 1).collect()
}

fn reached(others: &[BTreeSet<usize>], from: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![from];
    while let Some(next) = open.pop() {
        open.extend(others[next].iter().filter(|other| found.insert(**other)));
    }
    found
}

/// `hive/cells.rs` and `hive/cells/mod.rs` are `hive::cells`; `lib.rs` is the root.
fn module(path: &str) -> Module {
    let path = path.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    if path == "lib" { Module::new() } else { path.split('/').map(str::to_owned).collect() }
}
