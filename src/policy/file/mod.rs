//! A policy in TOML, as a provider's support lead writes it: text → policy, or everything that is wrong with it.

mod doubts;
mod entries;
mod expected;
mod fields;
mod syntax;

use super::claim::Side;
use super::mistake::{Mistake, Note, placed};
use super::setting::{Origin, Policy};
use crate::formats::shapes::hexadecimal;
use crate::model::Text;
pub use doubts::{at, on_day};
use fields::Fields;
pub(in crate::policy) use fields::plain;
use sha2::{Digest, Sha256};
use toml::de::DeTable;

/// A policy that was read, and what its author should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The policy. Its claims may name a file, whose lines are not in it yet.
    pub policy: Policy,
    /// What is no mistake, but hardly meant.
    pub warnings: Vec<Mistake>,
}

/// The keys of a file.
const KEYS: [&str; 11] = [
    "schema",
    "id",
    "name",
    "notice",
    "source",
    "checked",
    "claims",
    "sending",
    "receiving",
    "from",
    "instead",
];
/// An id may be this long: it becomes part of file names.
const LONGEST_ID: usize = 60;
/// Links may be this long, in bytes.
const LONGEST_LINK: usize = 1000;

/// Reads a policy; `clients` are the ids that `instead` may name.
pub fn read(text: &str, origin: Origin, clients: &[&str]) -> Result<Reading, Vec<Mistake>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        // What the fields say then follows from what is broken.
        return Err(syntax::mistakes(text, &errors));
    }
    let mut file = Fields::of_file(table.get_ref());
    let policy = policy(&mut file, origin, clients);
    match policy {
        Some(policy) if file.mistakes.is_empty() => {
            let warnings = placed(text, doubts::of_file(&mut file, &policy));
            Ok(Reading { policy: Policy { sha256: hash(text), ..policy }, warnings })
        }
        _ => Err(placed(text, file.mistakes)),
    }
}

/// The text of a file: TOML is UTF-8 and nothing else, and what an editor saved in another encoding would be read as other
/// words, and printed so.
pub fn text(bytes: &[u8]) -> Result<&str, Vec<Mistake>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let before = bytes.get(..at).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        placed(before, vec![Note { at, field: String::new(), message: expected::UTF_8 }])
    })
}

fn policy(file: &mut Fields, origin: Origin, clients: &[&str]) -> Option<Policy> {
    let setting =
        Text::fixed("sending または receiving の { } の中", "inside the { } of sending or receiving");
    let claim = Text::fixed("claims の { } の中", "inside the { } of claims");
    file.only(&KEYS, &[(&entries::SETTING_KEYS, setting), (&entries::CLAIM_KEYS, claim)]);
    for (key, what) in [
        ("schema", &expected::SCHEMA),
        ("id", &expected::ID),
        ("name", &expected::BOTH),
        ("claims", &expected::LIST),
    ] {
        file.need(key, what);
    }
    if origin == Origin::BuiltIn {
        for (key, what) in
            [("source", &expected::TEXT), ("checked", &expected::DAY), ("notice", &expected::LINK)]
        {
            file.need(key, what);
        }
    }
    if !file.has("sending") && !file.has("receiving") {
        file.wrong("sending", expected::missing(&expected::SIDES));
    }
    let schema = file.number("schema", &expected::SCHEMA, |number| number == 1);
    let id = file.word("id", &expected::ID, id);
    let name = file.both("name");
    let notice = file.word("notice", &expected::LINK, link);
    let source = file.text("source");
    let checked = file.day("checked");
    let claims = entries::claims(file);
    let [sending, receiving] = [Side::Sending, Side::Receiving].map(|side| entries::settings(file, side));
    let from = file.day("from");
    let instead = entries::instead(file, clients);
    schema?;
    Some(Policy {
        id: id?,
        name: name?,
        notice,
        source,
        checked,
        claims,
        sending,
        receiving,
        from,
        instead,
        origin,
        sha256: String::new(),
    })
}

/// A name for programs, and for files.
fn id(text: &str) -> Option<String> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_id = (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(fits) && text != "default";
    is_id.then(|| text.to_owned())
}

/// What may become a link: to a page, by its address alone.
pub(in crate::policy) fn link(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '\'' | '`' | '\\');
    let fits = text.len() <= LONGEST_LINK
        && !host.is_empty()
        && host.chars().all(is_host)
        && text.chars().all(is_plain);
    fits.then(|| text.to_owned())
}

/// SHA-256 in hex digits.
pub(in crate::policy) fn hash(text: &str) -> String {
    hexadecimal(&Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests;
