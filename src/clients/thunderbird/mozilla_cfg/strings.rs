//! JavaScript's strings: what is between the quotes → the text.

use std::str::Chars;

/// The text of a string; `None` if an escape in it is none.
pub(super) fn unescape(raw: &str) -> Option<String> {
    let mut units: Vec<u16> = Vec::new();
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => read_escape(&mut chars, &mut units)?,
            c => push(&mut units, c),
        }
    }
    Some(String::from_utf16_lossy(&units))
}

fn read_escape(chars: &mut Chars, units: &mut Vec<u16>) -> Option<()> {
    let c = match chars.next()? {
        'x' => return read_hex(chars, 2).map(|unit| units.push(unit)),
        'u' if chars.as_str().starts_with('{') => {
            let (digits, rest) = chars.as_str().strip_prefix('{')?.split_once('}')?;
            *chars = rest.chars();
            char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
        }
        'u' => return read_hex(chars, 4).map(|unit| units.push(unit)),
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\x08',
        'v' => '\x0B',
        'f' => '\x0C',
        '0' => '\0',
        // A line end after a backslash is not part of the string.
        '\r' => {
            if let Some(rest) = chars.as_str().strip_prefix('\n') {
                *chars = rest.chars();
            }
            return Some(());
        }
        '\n' => return Some(()),
        other => other,
    };
    push(units, c);
    Some(())
}

fn read_hex(chars: &mut Chars, digits: usize) -> Option<u16> {
    let (number, rest) = chars.as_str().split_at_checked(digits)?;
    *chars = rest.chars();
    u16::from_str_radix(number, 16).ok()
}

fn push(units: &mut Vec<u16>, c: char) {
    units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
}
