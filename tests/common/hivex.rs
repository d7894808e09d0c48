//! Registry hives as libhivex reads them: an independent reader, as a witness.

use smtp_auth_audit::source::registry::{Key, Value};
use std::path::Path;
use std::process::Command;

/// A key as both readers tell it: its path, and its values by name.
pub(crate) type Plain = (String, Vec<(String, Value)>);

/// What libhivex makes of a file.
pub(crate) enum Exported {
    /// Its keys, sorted.
    Keys(Vec<Plain>),
    /// It refuses the file, for the first reason that it names.
    Refused(String),
    /// It prints what can't be read again: this line.
    Odd(String),
}

/// What libhivex reads.
pub(crate) fn export(file: &Path) -> Exported {
    // -C: write UTF-8 whatever the name. Otherwise names below U+0100 alone would come out as Latin-1.
    // Of a damaged hive it may print without end: 4 GB and 20 seconds are enough for any.
    let out = Command::new("prlimit")
        .args([
            "--as=4000000000",
            "--cpu=20",
            "perl",
            "-CSD",
            "-S",
            "hivexregedit",
            "--export",
            "--prefix",
            "HKCU",
        ])
        .args([file.as_os_str(), "".as_ref()])
        // So that it says why.
        .env("HIVEX_DEBUG", "1")
        .output()
        .unwrap();
    if !out.status.success() {
        let said = String::from_utf8_lossy(&out.stderr);
        let lines = || said.lines().filter(|line| !line.trim().is_empty());
        let why = lines().find(|line| line.contains(" returning "));
        let why = why.or_else(|| lines().rfind(|line| !line.starts_with("hivex: ")));
        return Exported::Refused(why.unwrap_or_default().to_owned());
    }
    keys(out.stdout).map_or_else(Exported::Odd, Exported::Keys)
}

fn keys(printed: Vec<u8>) -> Result<Vec<Plain>, String> {
    let mut keys: Vec<Plain> = Vec::new();
    let text = String::from_utf8(printed).map_err(|error| error.to_string())?;
    for line in text.lines().skip(1).filter(|line| !line.is_empty()) {
        if let Some(path) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            // The root is shown with a final separator.
            let path = if path == "HKCU\\" { "HKCU" } else { path };
            keys.push((path.to_owned(), Vec::new()));
        } else {
            let (path, values) = keys.last_mut().ok_or(line)?;
            let (name, data) = name_and_data(line).ok_or(line)?;
            let (kind, data) = typed(data).ok_or(line)?;
            values.push((name.clone(), Value::from_bytes(path, &name, kind, &data)));
        }
    }
    for (_, values) in &mut keys {
        values.sort_by(|a, b| a.0.cmp(&b.0));
    }
    keys.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(keys)
}

/// `"name"=data` or `@=data`.
fn name_and_data(line: &str) -> Option<(String, &str)> {
    if let Some(data) = line.strip_prefix("@=") {
        return Some((String::new(), data));
    }
    let mut name = String::new();
    let mut chars = line.strip_prefix('"')?.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return Some((name, line[1 + at..].strip_prefix("\"=")?)),
            '\\' => name.push(chars.next()?.1),
            c => name.push(c),
        }
    }
    None
}

/// `dword:number` or `hex(kind):data`.
fn typed(data: &str) -> Option<(u32, Vec<u8>)> {
    if let Some(number) = data.strip_prefix("dword:") {
        return Some((4, u32::from_str_radix(number, 16).ok()?.to_le_bytes().to_vec()));
    }
    let (kind, bytes) = data.strip_prefix("hex(")?.split_once("):")?;
    let bytes = bytes.split(',').filter(|byte| !byte.is_empty());
    let bytes: Option<_> = bytes.map(|byte| u8::from_str_radix(byte, 16).ok()).collect();
    Some((u32::from_str_radix(kind, 16).ok()?, bytes?))
}

/// A key and all below it.
pub(crate) fn flatten(key: Key, into: &mut Vec<Plain>) {
    let Key { path, mut values, subkeys } = key;
    values.sort_by(|a, b| a.0.cmp(&b.0));
    into.push((path, values));
    for key in subkeys {
        flatten(key, into);
    }
}
