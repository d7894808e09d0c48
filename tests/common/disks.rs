//! Two computers for one scan, and what a report says of whose its parts are.

use super::files_below;
use super::reports::{Answer, run_in};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const DEMO: &str = "fixtures/demo/office-pc";
pub const NAMES: [&str; 2] = ["PC-0421", "PC-0422"];

/// The demo's disk, and the same as that of another computer: all ids are the same. And a folder of which nothing can be read.
pub fn two_disks() -> TempDir {
    let folder = TempDir::new().unwrap();
    let mut files = BTreeMap::new();
    files_below(Path::new(DEMO), &mut files);
    for (disk, name) in ["one", "two"].into_iter().zip(NAMES) {
        for (path, content) in &files {
            let path = folder.path().join(disk).join(path.strip_prefix(DEMO).unwrap());
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, renamed(content, name)).unwrap();
        }
    }
    fs::create_dir(folder.path().join("empty")).unwrap();
    folder
}

/// A hive keeps the name as UTF-16; one of the same length leaves all else in its place.
pub fn renamed(content: &[u8], name: &str) -> Vec<u8> {
    let [old, new] =
        [NAMES[0], name].map(|name| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    let mut content = content.to_vec();
    while let Some(at) = memchr::memmem::find(&content, &old).filter(|_| old != new) {
        content[at..at + old.len()].copy_from_slice(&new);
    }
    content
}

pub fn scan(folder: &TempDir, arguments: &[&str]) -> Answer {
    run_in(folder.path(), &[&["scan"], arguments].concat())
}

pub fn json_of(folder: &TempDir, arguments: &[&str]) -> Value {
    scan(folder, &[arguments, &["--format", "json"]].concat()).json()
}

pub fn list<'a>(report: &'a Value, place: &str) -> &'a [Value] {
    report.pointer(place).and_then(Value::as_array).unwrap()
}

/// The computers that this list of a report names; null as `-`.
pub fn named(report: &Value, place: &str) -> BTreeSet<String> {
    let name = |part: &Value| part["computer"].as_str().unwrap_or("-").to_owned();
    list(report, place).iter().map(name).collect()
}

/// The names in one line: of all, of the users, the findings and the issues.
pub fn all_names(report: &Value) -> String {
    let of = |place| named(report, place).into_iter().collect::<Vec<_>>().join(",");
    let common = report["computer"].as_str().unwrap_or("-");
    format!("{common} users {} findings {} issues {}", of("/scan/users"), of("/findings"), of("/issues"))
}
