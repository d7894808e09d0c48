//! Names of files as text and back: also those that the system keeps in another encoding than its own.

use std::ffi::{OsStr, OsString};
use std::path::Path;

/// What is no text in a name stands here, one character for each byte or half of a pair: in the last plane for private
/// use, in which no file is named.
#[cfg(unix)]
const BYTES: u32 = 0x10_FF00;
#[cfg(windows)]
const HALVES: u32 = 0x10_0000;

/// The last part of a path, for people.
pub(super) fn file_name(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// The name as text; [`to_os`] gives the same name again.
pub(super) fn to_text(name: &OsStr) -> String {
    // On Unix a backslash is a part of the name: the second byte of some characters in Shift_JIS. Paths that are asked for
    // have it between their parts.
    if let Some(text) = name.to_str().filter(|text| cfg!(windows) || !text.contains('\\')) {
        return text.to_owned();
    }
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        let stand_in = |byte: &u8| char::from_u32(BYTES + u32::from(*byte)).unwrap_or_default();
        name.as_bytes().utf8_chunks().fold(String::new(), |mut text, chunk| {
            text.extend(chunk.valid().chars().map(|c| if c == '\\' { stand_in(&b'\\') } else { c }));
            text.extend(chunk.invalid().iter().map(stand_in));
            text
        })
    }
    #[cfg(windows)]
    {
        use std::os::windows::ffi::OsStrExt;
        let read = char::decode_utf16(name.encode_wide());
        read.map(|unit| {
            unit.unwrap_or_else(|half| {
                char::from_u32(HALVES + u32::from(half.unpaired_surrogate())).unwrap_or_default()
            })
        })
        .collect()
    }
    #[cfg(not(any(unix, windows)))]
    name.to_string_lossy().into_owned()
}

/// The name that a text of [`to_text`] stands for.
pub(super) fn to_os(text: &str) -> OsString {
    #[cfg(unix)]
    if text.chars().any(|c| byte_of(c).is_some()) {
        use std::os::unix::ffi::OsStringExt;
        let mut bytes = Vec::new();
        for c in text.chars() {
            match byte_of(c) {
                Some(byte) => bytes.push(byte),
                None => bytes.extend(c.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        return OsString::from_vec(bytes);
    }
    #[cfg(windows)]
    if text.chars().any(|c| half_of(c).is_some()) {
        use std::os::windows::ffi::OsStringExt;
        let mut units = Vec::new();
        for c in text.chars() {
            match half_of(c) {
                Some(half) => units.push(half),
                None => units.extend_from_slice(c.encode_utf16(&mut [0; 2])),
            }
        }
        return OsString::from_wide(&units);
    }
    OsString::from(text)
}

/// Paths on their way to another process of the program, also those whose names are no text.
pub(crate) mod as_text {
    use super::{to_os, to_text};
    use serde::{Deserialize, Deserializer, Serializer};
    use std::path::{Path, PathBuf};

    pub(crate) fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&to_text(path.as_os_str()))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
        String::deserialize(deserializer).map(|text| PathBuf::from(to_os(&text)))
    }

    /// The same where there may be none.
    pub(crate) mod option {
        use super::{to_os, to_text};
        use serde::{Deserialize, Deserializer, Serialize, Serializer};
        use std::path::PathBuf;

        #[expect(clippy::ref_option, reason = "as serde calls it")]
        pub(crate) fn serialize<S: Serializer>(
            path: &Option<PathBuf>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            path.as_ref().map(|path| to_text(path.as_os_str())).serialize(serializer)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<PathBuf>, D::Error> {
            let text = Option::<String>::deserialize(deserializer)?;
            Ok(text.map(|text| PathBuf::from(to_os(&text))))
        }
    }
}

/// True for a name that Windows keeps for devices or streams, or would change (learn.microsoft.com, "Naming Files, Paths,
/// and Namespaces").
pub(crate) fn is_reserved(name: &str) -> bool {
    const DEVICES: [&str; 6] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let port = stem.strip_prefix("COM").or_else(|| stem.strip_prefix("LPT")).unwrap_or_default();
    let is_port = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"].contains(&port);
    name.contains(':') || name.ends_with(['.', ' ']) || DEVICES.contains(&stem.as_str()) || is_port
}

#[cfg(unix)]
fn byte_of(c: char) -> Option<u8> {
    let byte = u32::from(c).checked_sub(BYTES).and_then(|byte| u8::try_from(byte).ok());
    byte.filter(|byte| !byte.is_ascii() || *byte == b'\\')
}

#[cfg(windows)]
fn half_of(c: char) -> Option<u16> {
    let half = u32::from(c).checked_sub(HALVES).and_then(|half| u16::try_from(half).ok());
    half.filter(|half| (0xD800..0xE000).contains(half))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStringExt;

    #[test]
    fn a_name_in_another_encoding_comes_back() {
        // 設定.k9s in Shift_JIS, in NFD, in UTF-8 with a byte cut off
        for bytes in [
            &b"\x90\xDD\x92\xE8.k9s"[..],
            "がぎ.js".as_bytes(),
            b"\xE8\xA8.ini",
            b"plain",
            b"a\\b",
            b"\x97\x5C.js",
        ] {
            let name = OsString::from_vec(bytes.to_vec());
            assert_eq!(to_os(&to_text(&name)), name, "{name:?}");
        }
        assert_eq!(to_text(OsStr::new("太郎")), "太郎");
    }

    #[test]
    fn names_that_windows_keeps() {
        for name in ["CON", "nul.txt", "com1", "LPT9.x.y", "COM²", "aux .txt", "a:b", "a.", "a ", "conin$"] {
            assert!(is_reserved(name), "{name}");
        }
        for name in ["console", "com0", "com10", "lpt", "a.b", ".con", " a", "コン"] {
            assert!(!is_reserved(name), "{name}");
        }
    }
}
