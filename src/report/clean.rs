//! Text from settings on its way to a terminal: nothing that controls it, nothing that turns it around.

use std::fmt::Write;

/// True for characters that a terminal obeys or that change the direction of text: C0, DEL, C1, bidirectional controls,
/// line and paragraph separators, zero-width characters (Unicode 15, UAX #9, and "Trojan Source").
fn is_control(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
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
pub fn clean_json(json: &str) -> String {
    let mut clean = String::with_capacity(json.len());
    for character in json.chars() {
        if is_control(character) && character != '\n' {
            let _ = write!(clean, "\\u{:04x}", u32::from(character));
        } else {
            clean.push(character);
        }
    }
    clean
}

/// JSON with everything beyond ASCII escaped: right whatever code page its reader decodes with.
pub fn ascii_json(json: &str) -> String {
    let mut ascii = String::with_capacity(json.len());
    let mut units = [0; 2];
    for character in json.chars() {
        if character.is_ascii() {
            ascii.push(character);
        } else {
            for unit in character.encode_utf16(&mut units) {
                let _ = write!(ascii, "\\u{unit:04x}");
            }
        }
    }
    ascii
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
    fn json_keeps_its_meaning() {
        let json = serde_json::to_string("\u{7f}\u{9b}\u{202e}\u{1b}\n").unwrap();
        let escaped = clean_json(&json);
        assert!(escaped.is_ascii());
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), "\u{7f}\u{9b}\u{202e}\u{1b}\n");
        let text = "メール 𠮷 \"x\"";
        let ascii = ascii_json(&serde_json::to_string(text).unwrap());
        assert!(ascii.is_ascii());
        assert_eq!(serde_json::from_str::<String>(&ascii).unwrap(), text);
    }
}
