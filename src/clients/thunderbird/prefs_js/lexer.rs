//! Bytes of a preferences file → its statements as ranges, which hold no text themselves. Reading, keeping (`collect`) and
//! setting use the same ranges.
//!
//! The grammar and the recovery from errors are those of libpref's parser, in use since version 60 (mozilla-central
//! modules/libpref/parser/src/lib.rs, checked with Thunderbird 153).

use super::super::pref::Raw;
use memchr::{memchr, memchr2};
use std::borrow::Cow;
use std::ops::Range;

/// The function that sets a user's value.
pub const USER_PREF: &[u8] = b"user_pref";

/// A statement that sets something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// A user's value, not a default.
    pub is_user: bool,
    /// The name as it is written, without its quotes.
    pub name: Range<usize>,
    /// The value as it is written, a string with its quotes.
    pub value: Range<usize>,
}

/// Where a statement went wrong: it is dropped up to the next `;`, as the program itself would.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Broken {
    /// The place in the file.
    pub at: usize,
    /// The token that was not expected is itself the end of the statement or of the file.
    is_end: bool,
}

/// The statements of a file, one after the other.
pub struct Entries<'a> {
    lexer: Lexer<'a>,
}

/// The statements of a file. A NUL ends it (libpref).
pub fn lex(bytes: &[u8]) -> Entries<'_> {
    let end = memchr(0, bytes).unwrap_or(bytes.len());
    let at = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    Entries { lexer: Lexer { bytes: bytes.get(..end).unwrap_or(bytes), at } }
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        let entry = self.lexer.read_statement().transpose()?;
        if entry.as_ref().is_err_and(|broken| !broken.is_end) {
            // Everything up to the next `;` is lost, also whole statements; one within a string or comment does not count.
            while !matches!(self.lexer.next_token(), Token::Char(b';') | Token::End) {}
        }
        Some(entry)
    }
}

/// A string of the file, without its quotes.
pub(super) fn text<'a>(bytes: &'a [u8], range: &Range<usize>) -> Cow<'a, str> {
    let raw = bytes.get(range.clone()).unwrap_or_default();
    if !raw.contains(&b'\\') {
        return String::from_utf8_lossy(raw);
    }
    let mut lexer = Lexer { bytes: raw, at: 0 };
    let mut text = Vec::with_capacity(raw.len());
    while let Some(byte) = lexer.bump() {
        match if byte == b'\\' { lexer.read_escape() } else { Some(Escape::Byte(byte)) } {
            Some(Escape::Byte(byte)) => text.push(byte),
            Some(Escape::Char(char)) => text.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
            // No string of an entry has one.
            None => {}
        }
    }
    Cow::Owned(String::from_utf8_lossy(&text).into_owned())
}

/// The value of an entry.
pub(super) fn value<'a>(bytes: &'a [u8], entry: &Entry) -> Option<Raw<'a>> {
    let end = entry.value.end;
    let mut lexer = Lexer { bytes: bytes.get(..end)?, at: entry.value.start };
    Some(match lexer.next_token() {
        Token::Text(range) => Raw::Text(text(bytes, &range)),
        Token::Word(word) => Raw::Bool(word == b"true"),
        Token::Number(number) => Raw::Number(i32::try_from(number).ok()?),
        Token::Char(sign) => {
            let Token::Number(number) = lexer.next_token() else { return None };
            let number = i64::from(number);
            Raw::Number(i32::try_from(if sign == b'-' { -number } else { number }).ok()?)
        }
        Token::Broken { .. } | Token::End => return None,
    })
}

enum Token<'a> {
    /// One of `( ) + , - ;`.
    Char(u8),
    /// Letters and underscores.
    Word(&'a [u8]),
    /// A string, where it stands between its quotes.
    Text(Range<usize>),
    /// Digits; the sign is a token of its own.
    Number(u32),
    /// Something that is no token. A string is read to its end all the same and knows the place of its error.
    Broken { at: Option<usize> },
    /// The end of the file.
    End,
}

enum Escape {
    Byte(u8),
    Char(char),
}

struct Lexer<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    /// One statement; `None` at the end of the file.
    fn read_statement(&mut self) -> Result<Option<Entry>, Broken> {
        let is_user = match self.next_token() {
            Token::End => return Ok(None),
            Token::Word(USER_PREF) => true,
            Token::Word(b"pref" | b"sticky_pref") => false,
            other => return Err(self.reject(&other)),
        };
        self.expect(b'(')?;
        let name = match self.next_token() {
            Token::Text(name) => name,
            other => return Err(self.reject(&other)),
        };
        self.expect(b',')?;
        let value = self.read_value()?;
        match self.next_token() {
            Token::Char(b')') => {}
            Token::Char(b',') if !is_user => self.read_attributes()?,
            other => return Err(self.reject(&other)),
        }
        self.expect(b';')?;
        Ok(Some(Entry { is_user, name, value }))
    }

    fn read_value(&mut self) -> Result<Range<usize>, Broken> {
        self.skip_blanks();
        let start = self.at;
        let most = match self.next_token() {
            Token::Word(b"true" | b"false") | Token::Text(_) => return Ok(start..self.at),
            Token::Number(number) => return self.in_range(number, i32::MAX.unsigned_abs(), start),
            Token::Char(b'+') => i32::MAX.unsigned_abs(),
            Token::Char(b'-') => i32::MIN.unsigned_abs(),
            other => return Err(self.reject(&other)),
        };
        match self.next_token() {
            Token::Number(number) => self.in_range(number, most, start),
            other => Err(self.reject(&other)),
        }
    }

    fn in_range(&self, number: u32, most: u32, start: usize) -> Result<Range<usize>, Broken> {
        if number <= most { Ok(start..self.at) } else { Err(self.reject(&Token::Broken { at: None })) }
    }

    /// `sticky` and `locked` after a default, up to the closing bracket; they change nothing here.
    fn read_attributes(&mut self) -> Result<(), Broken> {
        loop {
            match self.next_token() {
                Token::Word(b"sticky" | b"locked") => {}
                other => return Err(self.reject(&other)),
            }
            match self.next_token() {
                Token::Char(b',') => {}
                Token::Char(b')') => return Ok(()),
                other => return Err(self.reject(&other)),
            }
        }
    }

    fn expect(&mut self, wanted: u8) -> Result<(), Broken> {
        match self.next_token() {
            Token::Char(found) if found == wanted => Ok(()),
            other => Err(self.reject(&other)),
        }
    }

    /// The error for a token that does not belong here.
    fn reject(&self, token: &Token) -> Broken {
        let at = if let Token::Broken { at: Some(at) } = token { *at } else { self.at };
        Broken { at, is_end: matches!(token, Token::Char(b';') | Token::End) }
    }

    fn next_token(&mut self) -> Token<'a> {
        loop {
            self.skip_blanks();
            let start = self.at;
            let Some(first) = self.peek() else { return Token::End };
            match first {
                b'0'..=b'9' => return self.read_number(),
                b'A'..=b'Z' | b'a'..=b'z' | b'_' => return Token::Word(self.take_while(is_word)),
                _ => self.at += 1,
            }
            match first {
                b'(' | b')' | b'+' | b',' | b'-' | b';' => return Token::Char(first),
                b'#' => self.skip_line(),
                b'/' if self.skip_comment() => {}
                b'"' | b'\'' => return self.read_text(first, start + 1),
                _ => return Token::Broken { at: None },
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn bump(&mut self) -> Option<u8> {
        let first = self.peek()?;
        self.at += 1;
        Some(first)
    }

    fn take(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn take_while(&mut self, is_part: impl Fn(u8) -> bool) -> &'a [u8] {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !is_part(*byte)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        self.take_while(|byte| matches!(byte, b' ' | b'\t' | b'\x0B' | b'\x0C' | b'\n' | b'\r'));
    }

    fn skip_line(&mut self) {
        self.take_while(|byte| byte != b'\n' && byte != b'\r');
    }

    /// False if this is no comment, or one that does not end.
    fn skip_comment(&mut self) -> bool {
        match self.peek() {
            Some(b'/') => {
                self.skip_line();
                true
            }
            Some(b'*') => {
                let rest = self.bytes.get(self.at + 1..).unwrap_or_default();
                let end = rest.windows(2).position(|pair| pair == b"*/");
                self.at = end.map_or(self.bytes.len(), |end| self.at + 1 + end + 2);
                end.is_some()
            }
            Some(b'\n' | b'\r') | None => false,
            Some(_) => {
                // libpref takes this byte for a part of the broken comment, even if it is a quote.
                self.at += 1;
                false
            }
        }
    }

    /// Digits only: the number may not run into letters, and what does not fit 32 bits is broken.
    fn read_number(&mut self) -> Token<'a> {
        let digits = self.take_while(|byte| byte.is_ascii_digit());
        if self.peek().is_some_and(is_word) {
            return Token::Broken { at: None };
        }
        let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
        number.map_or(Token::Broken { at: None }, Token::Number)
    }

    /// A string up to its quote; line ends in it are part of it. An error is kept until the string has ended.
    fn read_text(&mut self, quote: u8, start: usize) -> Token<'a> {
        let mut error = None;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or_default();
            self.at += memchr2(quote, b'\\', rest).unwrap_or(rest.len());
            let at = self.at;
            match self.bump() {
                Some(byte) if byte == quote => break,
                Some(_) if self.read_escape().is_some() => {}
                Some(_) => drop(error.get_or_insert(at)),
                None => {
                    error.get_or_insert(at);
                    break;
                }
            }
        }
        if error.is_some() { Token::Broken { at: error } } else { Token::Text(start..self.at - 1) }
    }

    /// `\" \' \\ \n \r \xNN \uNNNN` and no other; `None` for an error.
    fn read_escape(&mut self) -> Option<Escape> {
        if matches!(self.peek(), Some(b'\n' | b'\r')) {
            return None;
        }
        Some(match self.bump()? {
            byte @ (b'"' | b'\'' | b'\\') => Escape::Byte(byte),
            b'n' => Escape::Byte(b'\n'),
            b'r' => Escape::Byte(b'\r'),
            b'x' => Escape::Byte(u8::try_from(self.read_hex(2)?).ok().filter(|byte| *byte != 0)?),
            b'u' => {
                let first = self.read_hex(4).filter(|unit| *unit != 0)?;
                // A surrogate pair is two escapes; half a pair is an error.
                let is_high = (0xD800..0xDC00).contains(&first);
                let second = if is_high && self.take(b'\\') && self.take(b'u') {
                    Some(self.read_hex(4)?)
                } else {
                    None
                };
                let mut found = char::decode_utf16([first].into_iter().chain(second));
                let char = found.next()?.ok()?;
                return found.next().is_none().then_some(Escape::Char(char));
            }
            _ => return None,
        })
    }

    fn read_hex(&mut self, digits: usize) -> Option<u16> {
        let mut value = 0;
        for _ in 0..digits {
            let digit = char::from(self.peek()?).to_digit(16)?;
            self.at += 1;
            value = value * 16 + u16::try_from(digit).ok()?;
        }
        Some(value)
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_'
}
