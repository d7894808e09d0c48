//! Byte-preserving edits of text files: of a setting's line only the value changes, whole lines are put in or taken out, and
//! all else stays as it is: encoding, line ends, order, comments.

use super::encodings::exactly;
use std::ops::Range;

/// A setting's new value, where its old one is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edit<'a> {
    /// The section or group; empty where the format has none.
    pub section: &'a str,
    /// The setting, spelled as the program spells it.
    pub name: &'a str,
    /// What has to stand there; `None`: nothing.
    pub old: Option<&'a str>,
    /// What is to stand there; `None`: nothing.
    pub new: Option<&'a str>,
}

/// Where a setting stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// Its value as it is written, and its line with the line's end, where the line holds nothing else.
    At {
        /// The value.
        value: Range<usize>,
        /// The line.
        line: Option<Range<usize>>,
    },
    /// It is not there; its line belongs before this place, which is the beginning of a line.
    Missing(usize),
}

/// Why a file can't be changed safely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It does not hold what was read of it.
    NotAsRead,
    /// The setting stands there more than once.
    Twice,
    /// The section or record is not there.
    NoSection,
    /// The program itself would lose something of it.
    Damaged,
    /// It is written in a way that no program writes.
    Unusual,
}

/// What the bytes of a file are to its format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// What they are, whatever the encoding: places are those in the file.
    Bytes,
    /// UTF-16 or UTF-8, with or without a byte order mark: places are those in its text as UTF-8 without the mark.
    Unicode,
}

/// A text format.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// What `find` is given.
    pub coding: Coding,
    /// Where a setting of a section stands.
    pub find: fn(&[u8], &str, &str) -> Result<Spot, Unfit>,
    /// The line of a setting with this value, without its end.
    pub line: fn(&str, &str) -> String,
}

/// The file with these values.
pub fn edited(bytes: &[u8], format: &Format, edits: &[Edit<'_>]) -> Result<Vec<u8>, Unfit> {
    match format.coding {
        Coding::Bytes => edited_bytes(bytes.to_vec(), format, edits),
        Coding::Unicode => {
            let (text, form) = exactly(bytes).ok_or(Unfit::Unusual)?;
            let file = edited_bytes(text.into_bytes(), format, edits)?;
            String::from_utf8(file).map(|text| form.bytes(&text)).map_err(|_| Unfit::Unusual)
        }
    }
}

fn edited_bytes(mut file: Vec<u8>, format: &Format, edits: &[Edit<'_>]) -> Result<Vec<u8>, Unfit> {
    for edit in edits {
        // Anew each time: what is put in moves the rest.
        let spot = (format.find)(&file, edit.section, edit.name)?;
        let (range, text) = match (spot, edit.old, edit.new) {
            (Spot::At { value, .. }, Some(old), Some(new))
                if file.get(value.clone()) == Some(old.as_bytes()) =>
            {
                (value, new.as_bytes().to_vec())
            }
            (Spot::At { value, line }, Some(old), None)
                if file.get(value.clone()) == Some(old.as_bytes()) =>
            {
                (line.ok_or(Unfit::Unusual)?, Vec::new())
            }
            (Spot::Missing(at), None, Some(new)) => {
                let mut line = (format.line)(edit.name, new).into_bytes();
                line.extend_from_slice(line_end(&file, at));
                (at..at, line)
            }
            (Spot::Missing(_), None, None) => continue,
            _ => return Err(Unfit::NotAsRead),
        };
        file.splice(range, text);
        // A name or a value with a line's end in it would have become other lines.
        match ((format.find)(&file, edit.section, edit.name)?, edit.new) {
            (Spot::At { value, .. }, Some(new)) if file.get(value.clone()) == Some(new.as_bytes()) => {}
            (Spot::Missing(_), None) => {}
            _ => return Err(Unfit::Unusual),
        }
    }
    Ok(file)
}

/// The line that begins before this place, up to this place's line end, with that; `None` where the place is not within.
pub fn line_around(bytes: &[u8], range: &Range<usize>) -> Range<usize> {
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let before = bytes.get(..range.start).unwrap_or_default();
    let start = before.iter().rposition(is_end).map_or(0, |at| at + 1);
    let behind = bytes.get(range.end..).unwrap_or_default();
    let end = behind.iter().position(is_end).map_or(bytes.len(), |at| range.end + at);
    start..end + end_at(bytes, end).len()
}

/// The line end at this place; empty at the end of the file.
fn end_at(bytes: &[u8], at: usize) -> &[u8] {
    match bytes.get(at..).unwrap_or_default() {
        [b'\r', b'\n', ..] => b"\r\n",
        [b'\n', ..] => b"\n",
        [b'\r', ..] => b"\r",
        _ => b"",
    }
}

/// How the line at this place ends; in a file's last line, as the file's first one does.
fn line_end(bytes: &[u8], at: usize) -> &[u8] {
    let of_line_from = |at: usize| {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'))?;
        Some(end_at(bytes, at + length))
    };
    of_line_from(at).or_else(|| of_line_from(0)).unwrap_or(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_become_other_lines_is_not_written() {
        for value in ["2\na=3", "2\r"] {
            assert_eq!(change("a=1\n", "c", None, Some(value)), Err(Unfit::Unusual), "{value:?}");
        }
    }

    /// Lines `name=value` of one section.
    const PLAIN: Format =
        Format { coding: Coding::Bytes, find, line: |name, value| format!("{name}={value}") };

    fn find(bytes: &[u8], _: &str, name: &str) -> Result<Spot, Unfit> {
        let text = std::str::from_utf8(bytes).map_err(|_| Unfit::Unusual)?;
        let Some(at) = text.find(&format!("{name}=")) else { return Ok(Spot::Missing(0)) };
        let start = at + name.len() + 1;
        let end = text[start..].find(['\r', '\n']).map_or(text.len(), |length| start + length);
        Ok(Spot::At { value: start..end, line: Some(line_around(bytes, &(start..end))) })
    }

    fn change(file: &str, name: &str, old: Option<&str>, new: Option<&str>) -> Result<String, Unfit> {
        let edit = Edit { section: "", name, old, new };
        Ok(String::from_utf8(edited(file.as_bytes(), &PLAIN, &[edit])?).unwrap())
    }

    #[test]
    fn only_the_value_changes_and_back_it_is_as_before() {
        for (file, name, old, new, expected) in [
            ("a=1\r\nb=2\r\n", "b", Some("2"), Some("587"), "a=1\r\nb=587\r\n"),
            ("a=1\r\nb=2\r\n", "c", None, Some("3"), "c=3\r\na=1\r\nb=2\r\n"),
            ("a=1\nb=2", "b", Some("2"), Some(""), "a=1\nb="),
            ("a=1", "c", None, Some("3"), "c=3\na=1"),
            ("a=1\rb=2\r", "c", None, Some("3"), "c=3\ra=1\rb=2\r"),
        ] {
            assert_eq!(change(file, name, old, new).as_deref(), Ok(expected), "{file:?}");
            assert_eq!(change(expected, name, new, old).as_deref(), Ok(file), "{file:?}, taken back");
        }
    }

    #[test]
    fn the_encoding_stays() {
        let format = Format { coding: Coding::Unicode, ..PLAIN };
        let edit = Edit { section: "", name: "b", old: Some("2"), new: Some("587") };
        let (before, after) = ("a=会社\r\nb=2\r\n", "a=会社\r\nb=587\r\n");
        let forms: [fn(&str) -> Vec<u8>; 6] = [
            |text| text.as_bytes().to_vec(),
            |text| format!("\u{FEFF}{text}").into_bytes(),
            |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            |text| format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect(),
            |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            |text| format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ];
        for form in forms {
            assert_eq!(edited(&form(before), &format, &[edit]), Ok(form(after)));
        }
        // What is no text of these would not come back as it was.
        for odd in [&b"b=2\r\na=\x89\xEF"[..], b"\xFF\xFEb\0=\x002\0\0\xD8", b"\xFF\xFEb\0=\x002"] {
            assert_eq!(edited(odd, &format, &[edit]), Err(Unfit::Unusual), "{odd:?}");
        }
    }

    #[test]
    fn what_does_not_stand_there_is_not_changed() {
        for (old, new) in [(Some("2"), Some("3")), (None, Some("3")), (Some(""), None), (None, None)] {
            assert_eq!(change("a=1\n", "a", old, new), Err(Unfit::NotAsRead), "{old:?}");
        }
        assert_eq!(change("a=1\n", "b", Some("1"), Some("2")), Err(Unfit::NotAsRead));
        assert_eq!(change("a=1\n", "b", None, None).as_deref(), Ok("a=1\n"));
    }
}
