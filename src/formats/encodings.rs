//! Bytes of a text file → text, whatever Windows, an editor or a backup made of them.
//!
//! NULs are kept where they are: what a NUL means (end of the file in prefs.js, separator in REG_MULTI_SZ) is for the
//! reader of the format to say. Byte order marks are taken off.

use encoding_rs::{Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file is looked at to recognise UTF-16 without a byte order mark.
const SAMPLE: usize = 4096;

/// The text of a file: by its byte order mark, else UTF-16 if it looks so, else as [`decode_ansi`].
/// Always gives a text; what does not fit the encoding becomes U+FFFD.
pub fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return text_in(encoding, bytes.get(length..).unwrap_or_default());
    }
    match guess_utf16(bytes) {
        Some(encoding) => text_in(encoding, bytes),
        None => decode_ansi(bytes),
    }
}

/// The text of bytes in the "ANSI" code page of an unknown Windows: valid UTF-8, else CP932 if nothing in it is wrong,
/// else windows-1252, which takes every byte.
///
/// The encoding_rs name for CP932 is SHIFT_JIS: WHATWG's index has Microsoft's mapping (0x8160 is U+FF5E) with the
/// NEC and IBM extensions (encoding.spec.whatwg.org, "index jis0208").
pub fn decode_ansi(bytes: &[u8]) -> String {
    [UTF_8, SHIFT_JIS]
        .into_iter()
        .find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes))
        .map_or_else(|| text_in(WINDOWS_1252, bytes), std::borrow::Cow::into_owned)
}

/// How a text stands in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoded {
    encoding: &'static Encoding,
    has_mark: bool,
}

impl Encoded {
    /// The bytes of a text in the same form.
    pub fn bytes(self, text: &str) -> Vec<u8> {
        let mark = if self.has_mark { "\u{FEFF}" } else { "" };
        let units = mark.encode_utf16().chain(text.encode_utf16());
        if self.encoding == UTF_16LE {
            units.flat_map(u16::to_le_bytes).collect()
        } else if self.encoding == UTF_16BE {
            units.flat_map(u16::to_be_bytes).collect()
        } else {
            mark.bytes().chain(text.bytes()).collect()
        }
    }
}

/// The text of a file of Unicode and how it stands there; `None` where that form of the text is not the file to the byte.
pub fn exactly(bytes: &[u8]) -> Option<(String, Encoded)> {
    let marked = Encoding::for_bom(bytes);
    let encoding = marked.map(|(encoding, _)| encoding).or_else(|| guess_utf16(bytes)).unwrap_or(UTF_8);
    let form = Encoded { encoding, has_mark: marked.is_some() };
    let text = text_in(encoding, bytes.get(marked.map_or(0, |(_, length)| length)..)?);
    (form.bytes(&text) == bytes).then_some((text, form))
}

fn text_in(encoding: &'static Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// UTF-16 without a mark: ASCII letters, line ends and punctuation put a NUL into every second byte, and text has no
/// NULs otherwise. A third of all characters is enough, as settings are ASCII for the most part, Japanese ones too.
fn guess_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 2 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let pairs = bytes.as_chunks::<2>().0;
    match pairs.first() {
        Some([b'<', 0]) => return Some(UTF_16LE),
        Some([0, b'<']) => return Some(UTF_16BE),
        _ => {}
    }
    let sample: Vec<&[u8; 2]> = pairs.iter().take(SAMPLE / 2).collect();
    let little = sample.iter().filter(|[low, high]| *high == 0 && *low != 0).count();
    let big = sample.iter().filter(|[high, low]| *high == 0 && *low != 0).count();
    if little * 3 >= sample.len() && big * 8 < little {
        Some(UTF_16LE)
    } else if big * 3 >= sample.len() && little * 8 < big {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn a_byte_order_mark_decides_and_is_taken_off() {
        let text = "[Account]\r\nName=会社 \u{1F4E7}\r\n";
        assert_eq!(decode(format!("\u{FEFF}{text}").as_bytes()), text);
        assert_eq!(decode(&utf16(&format!("\u{FEFF}{text}"), u16::to_le_bytes)), text);
        assert_eq!(decode(&utf16(&format!("\u{FEFF}{text}"), u16::to_be_bytes)), text);
        assert_eq!(decode(b"\xEF\xBB\xBF"), "");
        assert_eq!(decode(b"\xFF\xFE"), "");
    }

    #[test]
    fn utf16_is_recognised_without_a_mark() {
        for text in ["<a>会社</a>", "REGEDIT4\r\n", "[Account]\r\nYourName=株式会社の山田太郎\r\n", "ab"]
        {
            assert_eq!(decode(&utf16(text, u16::to_le_bytes)), text);
            assert_eq!(decode(&utf16(text, u16::to_be_bytes)), text);
        }
        // '<' alone is enough, whatever follows.
        assert_eq!(
            decode(&utf16("<山田太郎様山田太郎様山田太郎様", u16::to_le_bytes)),
            "<山田太郎様山田太郎様山田太郎様"
        );
    }

    #[test]
    fn nuls_are_kept_and_do_not_make_utf16_of_ascii() {
        assert_eq!(decode(b"user_pref(\"a\", 1);\0rest"), "user_pref(\"a\", 1);\0rest");
        assert_eq!(decode(b"a\0\0\0\0\0\0\0"), "a\0\0\0\0\0\0\0");
        assert_eq!(decode(&[0; 16]), "\0".repeat(16));
        assert_eq!(decode_ansi(b"A\0B\0\0"), "A\0B\0\0");
    }

    #[test]
    fn utf8_wins_over_cp932_and_broken_utf16_does_not_fail() {
        assert_eq!(decode("名前=山田".as_bytes()), "名前=山田");
        assert_eq!(decode(b"\xFF\xFE<\0\x00\xD8"), "<\u{FFFD}");
        assert_eq!(decode(b"\xFF\xFEa\0b"), "a\u{FFFD}");
        assert_eq!(decode(b""), "");
    }

    #[test]
    fn cp932_is_microsofts_shift_jis() {
        assert_eq!(decode(b"\x96\xBC\x91\x4F=\x8E\x52\x93\x63"), "名前=山田");
        assert_eq!(decode(b"\xB1\xB2\xB3\xDE"), "ｱｲｳﾞ", "half-width katakana");
        assert_eq!(decode(b"10\x81\x6020"), "10\u{FF5E}20", "the wave dash is U+FF5E on Windows, not U+301C");
        assert_eq!(decode(b"\x87\x40\x87\x82\x87\x8A"), "①№㈱", "NEC special characters");
        assert_eq!(decode(b"\xFB\xFC\xED\x40"), "髙纊", "IBM extensions and their NEC copy");
        assert_eq!(decode(b"C:\\\x95\x5C\\~"), "C:\\表\\~", "0x5C as a second byte is no backslash");
        assert_eq!(decode(b"\xF0\x40"), "\u{E000}", "user-defined characters");
    }

    #[test]
    fn what_is_not_cp932_is_western() {
        assert_eq!(decode(b"Andr\xE9"), "André");
        assert_eq!(decode(b"Jos\xE9 \x80 5"), "José € 5");
        assert_eq!(decode_ansi(b"M\xFCller"), "Müller");
        assert_eq!(decode(b"\xA0\xFD"), "\u{A0}ý");
    }
}
