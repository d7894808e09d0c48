//! Registry keys as settings: what Windows programs store as text, as numbers, or as the bytes of either.

use super::settings::Stored;
use super::settings::{Setting, Settings};
use crate::formats::facts::{Fact, Spelling, find};
use crate::formats::kinds::{self, Kind};
use crate::model::Place;
use crate::source::registry::{Key, Value, until_nul, utf16};

/// A key as it may be shown: people give some of the names in its path.
pub fn place(key: &Key) -> Place {
    shown(&key.path).into()
}

/// A key's path as it may be shown and collected.
pub fn shown(path: &str) -> String {
    path.split('\\').map(kinds::part).collect::<Vec<_>>().join("\\")
}

/// The values of a key. Texts are REG_SZ, or UTF-16LE in REG_BINARY; numbers are REG_DWORD, or four bytes; programs mix the
/// forms, so each value is taken as it comes.
pub fn settings_of(key: &Key, facts: &'static [Fact]) -> Settings {
    let mut settings = Settings::new(place(key), facts, Spelling::AsIs);
    settings.entries =
        key.values.iter().map(|(name, value)| setting(name, value, find(facts, name))).collect();
    settings
}

/// One value of a key.
pub fn setting(name: &str, value: &Value, fact: Option<&Fact>) -> Setting {
    let is_number = fact.is_some_and(|fact| fact.kind.is_number());
    let bytes = |length| format!("REG_BINARY, {length} bytes");
    match value {
        Value::Secret => Setting::kept(name, fact, Stored::Secret),
        Value::Text(text) => Setting::kept(name, fact, Stored::Text(text)),
        Value::Number(number) => {
            Setting::kept(name, fact, Stored::Number(i64::try_from(*number).unwrap_or(i64::MAX)))
        }
        Value::Binary(data) if is_number => match <[u8; 4]>::try_from(data.as_slice()) {
            Ok(data) => Setting::kept(name, fact, Stored::Number(u32::from_le_bytes(data).into())),
            Err(_) => Setting::kept(name, fact, Stored::Odd(&bytes(data.len()))),
        },
        Value::Binary(data) if fact.is_some_and(|fact| fact.kind == Kind::Ids) => match data.as_chunks::<4>()
        {
            (ids, []) => {
                let ids: Vec<String> =
                    ids.iter().map(|id| format!("{:08x}", u32::from_le_bytes(*id))).collect();
                Setting::kept(name, fact, Stored::Text(&ids.join(",")))
            }
            _ => Setting::kept(name, fact, Stored::Odd(&bytes(data.len()))),
        },
        Value::Binary(data) => {
            let (all, text) = (utf16(data), until_nul(&utf16(data)));
            // A NUL says that the text was all there; of nothing but zeros nobody knows what they were.
            if data.len() % 2 == 1 && (text.is_empty() || text == all) {
                Setting::kept(name, fact, Stored::Cut(&text, &bytes(data.len())))
            } else {
                Setting::kept(name, fact, Stored::Text(&text))
            }
        }
        Value::Texts(_) | Value::Other { .. } => Setting::kept(name, fact, Stored::Odd("(unexpected type)")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::settings::Raw;
    use crate::formats::facts::fact;
    use crate::formats::kinds::PORT;

    #[test]
    fn texts_of_odd_length_are_read_up_to_their_last_whole_character() {
        const HOST: Fact = fact("SMTP Server", Kind::Host, "", "");
        const PATH: Fact = fact("DataDir", Kind::Path, "", "");
        const NUMBER: Fact = fact("SMTP Port", PORT, "", "");
        let cut = |text: &str| Raw::Cut(text.to_owned());
        let text = |text: &str| Raw::Text(text.to_owned());
        for (fact, bytes, raw, shown) in [
            (HOST, &b"a\0b\0"[..], text("ab"), "ab"),
            (HOST, b"a\0b\0\0\0x", text("ab"), "ab"),
            (HOST, b"a\0b\0c", cut("ab"), "ab (REG_BINARY, 5 bytes)"),
            (HOST, b"a\0b\0\0", cut("ab"), "ab (REG_BINARY, 5 bytes)"),
            (HOST, b"\0\0\0", Raw::Strange, "REG_BINARY, 3 bytes"),
            (HOST, b"a\0 \0b\0c", Raw::Strange, "REG_BINARY, 7 bytes"),
            // Half a path leads somewhere else.
            (PATH, b"C\0:\0c", Raw::Strange, "REG_BINARY, 5 bytes"),
            (NUMBER, b"\x19\0\0", Raw::Strange, "REG_BINARY, 3 bytes"),
        ] {
            let found = setting(fact.name, &Value::Binary(bytes.to_vec()), Some(&fact));
            assert_eq!((&found.raw, found.shown.as_str()), (&raw, shown), "{bytes:?}");
        }
    }
}
