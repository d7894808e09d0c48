//! What several tests share: the canary password in all the forms in which it could leak, and files below a folder.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    dead_code,
    unreachable_pub,
    reason = "not every test uses all of it"
)]

pub mod bplist;
pub mod disks;
pub mod policies;
pub mod reports;

use smtp_auth_audit::clients;
use smtp_auth_audit::model::limits;
use smtp_auth_audit::source::rules::{Copy, FileRule, Looks};
use smtp_auth_audit::source::visit::{Everybody, Met};
use smtp_auth_audit::source::{Problem, User};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A file of no client.
pub static ANY: FileRule = FileRule {
    id: "any",
    names: &[],
    looks: Looks::Unlike,
    limit: &limits::ANY,
    groups: &[],
    copy: Copy::Text(|_, _| None),
};

/// What a path holds, as a scan sees it.
#[derive(Debug, Default)]
pub struct Computer {
    pub name: Option<String>,
    pub users: Vec<User>,
    pub problems: Vec<Problem>,
}

/// Opens all that a path holds.
pub fn of_path(path: &Path) -> Computer {
    let mut computer = Computer::default();
    Everybody::paths(&[path], &clients::known()).visit(|name, met| match met {
        Met::User(user) => {
            computer.name = name.map(str::to_owned);
            computer.users.push(*user);
        }
        Met::Problem(problem) => computer.problems.push(problem),
        Met::Said(_) => {}
    });
    computer
}

/// The one password that all fixtures hold, as text, in UTF-16 or inside binary values.
pub const CANARY: &str = "KANARIA-9d41-secret";

/// The forms in which a leaked password could stand in an output.
pub fn forms_of_canary() -> Vec<Vec<u8>> {
    forms_of(CANARY)
}

/// The same for another text.
pub fn forms_of(text: &str) -> Vec<Vec<u8>> {
    let hex = |bytes: &[u8], between: &str| -> Vec<u8> {
        bytes.iter().map(|b| format!("{b:02x}")).collect::<Vec<_>>().join(between).into_bytes()
    };
    let decimal = |bytes: &[u8]| bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(", ").into_bytes();
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let plain = text.as_bytes();
    vec![
        plain.to_vec(),
        wide.clone(),
        hex(plain, ""),
        hex(plain, ","),
        hex(&wide, ""),
        hex(&wide, ","),
        decimal(plain),
        decimal(&wide),
        plain.iter().rev().copied().collect(),
    ]
    .into_iter()
    .chain((0..3).map(|offset| base64_at(text, offset)))
    .collect()
}

/// What stands in every base64 text that holds the text `offset` bytes after a group of three begins.
fn base64_at(text: &str, offset: usize) -> Vec<u8> {
    let alphabet: Vec<u8> = (b'A'..=b'Z').chain(b'a'..=b'z').chain(b'0'..=b'9').chain(*b"+/").collect();
    let bytes: Vec<u8> = std::iter::repeat_n(0, offset).chain(text.bytes()).collect();
    let groups = bytes.chunks_exact(3).skip(1);
    groups
        .flat_map(|group| {
            let bits = u32::from(group[0]) << 16 | u32::from(group[1]) << 8 | u32::from(group[2]);
            [18, 12, 6, 0].map(|shift| alphabet[(bits >> shift & 63) as usize])
        })
        .collect()
}

/// True if the bytes hold the needle, in either case.
pub fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    memchr::memmem::find(&haystack.to_ascii_lowercase(), &needle.to_ascii_lowercase()).is_some()
}

/// The first of the forms that the bytes hold, in either case.
pub fn first_held<'a>(haystack: &[u8], forms: &'a [Vec<u8>]) -> Option<&'a [u8]> {
    let lower = haystack.to_ascii_lowercase();
    let is_held = |form: &&Vec<u8>| memchr::memmem::find(&lower, &form.to_ascii_lowercase()).is_some();
    forms.iter().find(is_held).map(Vec::as_slice)
}

/// Every file below a folder with its content.
pub fn files_below(folder: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files_below(&path, found);
        } else {
            let content = fs::read(&path).unwrap_or_default();
            found.insert(path, content);
        }
    }
}

/// A case under `fixtures/`: its folder, the paths in it that are scanned, and with which further arguments.
pub struct Case {
    pub folder: PathBuf,
    pub paths: Vec<String>,
    pub arguments: Vec<String>,
}

/// Every case that has a `case.toml`.
pub fn cases() -> Vec<Case> {
    let folders = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|p| p.is_dir()).collect()
    };
    let mut cases = Vec::new();
    for folder in
        folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")).iter().flat_map(|f| folders(f))
    {
        let Ok(text) = fs::read_to_string(folder.join("case.toml")) else { continue };
        let expected: toml::Table = text.parse().unwrap();
        let words =
            |list: &[toml::Value]| list.iter().map(|word| word.as_str().unwrap().to_owned()).collect();
        let paths = match expected.get("path") {
            Some(toml::Value::Array(list)) => words(list),
            Some(path) => vec![path.as_str().unwrap().to_owned()],
            None => vec!["home".to_owned()],
        };
        let arguments = expected.get("arguments").and_then(toml::Value::as_array);
        let arguments = arguments.map(|list| words(list)).unwrap_or_default();
        cases.push(Case { folder, paths, arguments });
    }
    cases.sort_by(|a, b| a.folder.cmp(&b.folder));
    cases
}
