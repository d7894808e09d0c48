//! Text from settings on its way to a terminal: nothing that controls it, nothing that turns it around.

use std::fmt::Write;
use std::io;

/// True for characters that a terminal obeys, that change the direction of text, or that nobody sees: C0, DEL, C1, line and
/// paragraph separators, annotation marks, everything with the property `Default_Ignorable_Code_Point` (Unicode 15,
/// DerivedCoreProperties.txt; the bidirectional controls of UAX #9 and "Trojan Source" are among it), and the blank of
/// Braille. Variation selectors stay: they choose the form of a character in Japanese names (UTS #37).
fn is_control(character: char) -> bool {
    // Kana, Chinese characters and Hangul but for its filler: most of what is not ASCII in our own texts.
    if matches!(character, '\u{3000}'..='\u{3163}' | '\u{3165}'..='\u{D7FF}') {
        return false;
    }
    character.is_control()
        || matches!(
            character,
            '\u{00AD}'
                | '\u{034F}'
                | '\u{061C}'
                | '\u{115F}'..='\u{1160}'
                | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFFB}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E00FF}'
                | '\u{E01F0}'..='\u{E0FFF}'
        )
}

/// The text with every control character written out (`\u{1b}`).
pub fn clean(text: &str) -> String {
    if !text.contains(is_control) {
        return text.to_owned();
    }
    let mut clean = String::with_capacity(text.len());
    for character in text.chars() {
        if is_control(character) {
            let _ = write!(clean, "\\u{{{:x}}}", u32::from(character));
        } else {
            clean.push(character);
        }
    }
    clean
}

/// JSON as written by a library, with the controls escaped that JSON itself would let through. They can only stand
/// inside strings.
pub fn clean_json(json: String) -> String {
    // Nearly all is plain and need not be copied.
    if find_beyond_ascii(&json, is_escaped).is_none() { json } else { escape_json(&json, is_escaped) }
}

/// Takes JSON piece by piece, as a library writes it, and hands it on as [`clean_json`] leaves it: what a scan of many users
/// says at its end is long.
pub struct CleanJson<W>(pub W);

impl<W: io::Write> io::Write for CleanJson<W> {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        // A piece ends where an escape begins or a text ends, never within a character.
        let text =
            std::str::from_utf8(piece).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        if find_beyond_ascii(text, is_escaped).is_none() {
            self.0.write_all(piece)?;
        } else {
            self.0.write_all(escape_json(text, is_escaped).as_bytes())?;
        }
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn is_escaped(character: char) -> bool {
    is_control(character) && character != '\n'
}

/// JSON with everything beyond ASCII escaped: right whatever code page its reader decodes with.
pub fn ascii_json(json: &str) -> String {
    escape_json(json, |character| !character.is_ascii())
}

/// Beyond the first 65,536 characters an escape has two halves (RFC 8259, 7).
fn escape_json(json: &str, is_escaped: impl Fn(char) -> bool) -> String {
    let mut escaped = String::with_capacity(json.len());
    let mut units = [0; 2];
    let mut rest = json;
    // Nearly all is plain: copied as a whole, and what is printable ASCII is not even looked at as a character.
    while let Some(plain) = find_beyond_ascii(rest, &is_escaped) {
        let (before, behind) = rest.split_at_checked(plain).unwrap_or((rest, ""));
        escaped.push_str(before);
        let mut characters = behind.chars();
        if let Some(character) = characters.next() {
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(escaped, "\\u{unit:04x}");
            }
        }
        rest = characters.as_str();
    }
    escaped.push_str(rest);
    escaped
}

/// Where the first character is that is escaped. Printable ASCII never is.
fn find_beyond_ascii(text: &str, is_escaped: impl Fn(char) -> bool) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = from + rest.bytes().position(|byte| !matches!(byte, b' '..=b'~'))?;
        let character = text.get(at..)?.chars().next()?;
        if is_escaped(character) {
            return Some(at);
        }
        from = at + character.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_written_out() {
        assert_eq!(clean("a\u{1b}[31mb\r\n\u{9b}1m\u{202e}"), "a\\u{1b}[31mb\\u{d}\\u{a}\\u{9b}1m\\u{202e}");
        assert_eq!(clean("メール 太郎 <taro@example.jp>"), "メール 太郎 <taro@example.jp>");
    }

    #[test]
    fn what_nobody_sees_is_written_out() {
        for character in
            "\u{ad}\u{34f}\u{115f}\u{1160}\u{17b4}\u{180e}\u{180f}\u{2800}\u{3164}\u{ffa0}\u{e0041}\u{e0fff}"
                .chars()
        {
            assert_eq!(clean(&format!("a{character}b")), format!("a\\u{{{:x}}}b", u32::from(character)));
            let json = serde_json::to_string(&character).unwrap();
            let json = clean_json(json);
            assert!(json.is_ascii());
            assert_eq!(serde_json::from_str::<char>(&json).unwrap(), character);
        }
        for name in ["葛\u{e0100}城", "辻\u{e01ef}", "神\u{fe00}", "한글", "☎\u{fe0f}"] {
            assert_eq!(clean(name), name);
        }
    }

    #[test]
    fn json_keeps_its_meaning() {
        let json = serde_json::to_string("\u{7f}\u{9b}\u{202e}\u{1b}\n").unwrap();
        let escaped = clean_json(json.clone());
        assert!(escaped.is_ascii());
        let mut written = CleanJson(Vec::new());
        serde_json::to_writer(&mut written, "\u{7f}メール\u{9b}\u{202e}\u{1b}\n").unwrap();
        assert_eq!(String::from_utf8(written.0).unwrap(), r#""\u007fメール\u009b\u202e\u001b\n""#);
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), "\u{7f}\u{9b}\u{202e}\u{1b}\n");
        let text = "メール 𠮷 \"x\"";
        let ascii = ascii_json(&serde_json::to_string(text).unwrap());
        assert!(ascii.is_ascii());
        assert_eq!(serde_json::from_str::<String>(&ascii).unwrap(), text);
    }
}
