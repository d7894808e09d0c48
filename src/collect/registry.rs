//! Registry keys → a `.reg` file of version 5 with the allowed values.

use crate::clients::keys;
use crate::clients::settings::Raw;
use crate::formats::facts::find;
use crate::formats::kinds::{self, Kind};
use crate::source::registry::{Key, Value, kind};
use crate::source::rules::KeyRule;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Of a value of another type or length than its reader wants, more than this is not needed to show that.
const MOST_ODD: usize = 64;

/// The keys of one file, by their paths as a person types them; each with its lines.
#[derive(Debug, Default)]
pub(super) struct Export {
    keys: BTreeMap<String, Vec<String>>,
}

impl Export {
    /// Takes a key and its allowed values.
    pub(super) fn top(&mut self, key: &Key, rule: &KeyRule) {
        let lines: Vec<String> = if let Some(copy) = rule.copy {
            copy(key).values.iter().filter_map(encoded).collect()
        } else {
            key.values.iter().filter_map(|(name, value)| by_rule(rule, name, value)).collect()
        };
        // The same key may have been a mere name before, or be asked for by several rules.
        let known = self.keys.entry(keys::shown(&key.path)).or_default();
        for line in lines {
            if !known.contains(&line) {
                known.push(line);
            }
        }
    }

    /// Takes a key, and below it what holds allowed values or is an entry of a list by itself.
    pub(super) fn tree(&mut self, key: &Key, rule: &KeyRule) {
        if let Some(copy) = rule.copy {
            return self.all(&copy(key));
        }
        self.top(key, rule);
        for sub in &key.subkeys {
            if rule.wants(sub) {
                self.tree(sub, rule);
            }
        }
    }

    /// Takes a key and all below it.
    fn all(&mut self, key: &Key) {
        self.keys.insert(key.path.clone(), key.values.iter().filter_map(encoded).collect());
        key.subkeys.iter().for_each(|key| self.all(key));
    }

    /// Takes the computer's name.
    pub(super) fn computer(&mut self, name: &str) {
        let path = r"HKLM\SYSTEM\CurrentControlSet\Control\ComputerName\ComputerName";
        let text = format!("\"ComputerName\"={}", text(name));
        self.keys.insert(path.to_owned(), vec![text]);
    }

    /// Takes a key that was found by a rule as a mere name.
    pub(super) fn asked(&mut self, path: &str) {
        self.name(&keys::shown(path));
    }

    /// Takes a key as a mere name.
    pub(super) fn name(&mut self, path: &str) {
        self.keys.entry(path.to_owned()).or_default();
    }

    /// True if a value of one of the taken keys is this text: a folder that the registry names.
    pub(super) fn names(&self, value: &str) -> bool {
        let value = format!("={}", text(value));
        self.keys.values().flatten().any(|line| {
            line.trim_end_matches('"').trim_end_matches('\\').ends_with(value.trim_end_matches('"'))
        })
    }

    /// The file's bytes: UTF-16LE with a byte order mark.
    pub(super) fn into_bytes(self, sid: Option<&str>) -> Vec<u8> {
        let user = sid.map_or("HKEY_CURRENT_USER".to_owned(), |sid| format!(r"HKEY_USERS\{sid}"));
        let mut file = String::from("\u{FEFF}Windows Registry Editor Version 5.00\r\n");
        // What makes it a user's registry, also if nothing of a mail client is in it.
        let _ = write!(file, "\r\n[{user}\\Software]\r\n");
        for (path, lines) in self.keys {
            let path = match path.split_once('\\') {
                Some(("HKCU", rest)) => format!(r"{user}\{rest}"),
                Some((_, rest)) => format!(r"HKEY_LOCAL_MACHINE\{rest}"),
                None => continue,
            };
            // A line end in a name would begin another key.
            if path.contains(char::is_control) {
                continue;
            }
            let _ = write!(file, "\r\n[{path}]\r\n");
            file.extend(lines.iter().flat_map(|line| [line.as_str(), "\r\n"]));
        }
        file.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }
}

/// One line with what the value's kind leaves of it, in the form that it was stored in.
fn by_rule(rule: &KeyRule, name: &str, value: &Value) -> Option<String> {
    let fact = find(rule.facts, name)?;
    if fact.kind == Kind::Dropped {
        // Of what is only recognised by its look the name is not needed either.
        return Some(format!("{}=\"\"", text(if fact.like.is_some() { fact.name } else { name })));
    }
    if fact.kind == Kind::Uncharted {
        // A name that can't stand in a line is left out.
        return (!name.contains(char::is_control))
            .then_some(())
            .and(nothing_of(value))
            .map(|value| format!("{}={value}", text(&kinds::unlisted(name))));
    }
    let odd = |kind: u32, length: usize| hex(kind, &vec![0; length.clamp(1, MOST_ODD)]);
    let kept = keys::setting(name, value, Some(fact));
    let data = match (&kept.raw, value) {
        (Raw::Secret, _) if fact.kind == Kind::Secret => text(&kept.shown),
        (Raw::Secret, _) => return None,
        (_, Value::Texts(_)) => odd(kind::MULTI_SZ, 4),
        (_, Value::Other { kind, length }) => odd(*kind, *length),
        (Raw::Strange, Value::Binary(bytes)) => odd(kind::BINARY, bytes.len()),
        (Raw::Number(number), Value::Binary(_)) => {
            hex(kind::BINARY, &u32::try_from(*number).ok()?.to_le_bytes())
        }
        (Raw::Text(ids), Value::Binary(_)) if fact.kind == Kind::Ids => {
            let ids = ids.split(',').filter_map(|id| u32::from_str_radix(id, 16).ok());
            hex(kind::BINARY, &ids.flat_map(u32::to_le_bytes).collect::<Vec<u8>>())
        }
        // As damaged as it was.
        (Raw::Cut(found), _) => {
            let bytes = found.encode_utf16().flat_map(u16::to_le_bytes).chain([0]);
            hex(kind::BINARY, &bytes.collect::<Vec<u8>>())
        }
        (Raw::Text(found), Value::Binary(_)) => {
            hex(kind::BINARY, &found.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
        }
        (Raw::Number(number), _) => match u32::try_from(*number) {
            Ok(number) => format!("dword:{number:08x}"),
            Err(_) => hex(kind::QWORD, &number.to_le_bytes()),
        },
        (Raw::Text(found), _) => text(found),
        (Raw::Strange, _) => text(&kept.shown),
    };
    Some(format!("{}={data}", text(name)))
}

/// A value of the same type that holds nothing.
fn nothing_of(value: &Value) -> Option<String> {
    Some(match value {
        Value::Secret => return None,
        Value::Text(_) => text(""),
        Value::Texts(_) => hex(kind::MULTI_SZ, &[]),
        Value::Number(_) => "dword:00000000".to_owned(),
        Value::Binary(_) => hex(kind::BINARY, &[]),
        Value::Other { kind, .. } => hex(*kind, &[]),
    })
}

/// One line with a value that a rule's own copy leaves.
fn encoded((name, value): &(String, Value)) -> Option<String> {
    let data = match value {
        Value::Text(found) => text(found),
        Value::Number(found) => number(*found),
        _ => return None,
    };
    Some(format!("{}={data}", text(name)))
}

fn number(number: u64) -> String {
    match u32::try_from(number) {
        Ok(number) => format!("dword:{number:08x}"),
        Err(_) => hex(kind::QWORD, &number.to_le_bytes()),
    }
}

fn text(text: &str) -> String {
    if text.contains(char::is_control) {
        let bytes: Vec<u8> = text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        return hex(kind::SZ, &bytes);
    }
    format!("\"{}\"", text.replace('\\', r"\\").replace('"', "\\\""))
}

fn hex(kind: u32, bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let kind = if kind == kind::BINARY { String::new() } else { format!("({kind:x})") };
    format!("hex{kind}:{}", bytes.join(","))
}
