//! Bytes of a preferences file → tokens.

use super::Broken;

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// One of `( ) + , - ;`.
    Char(u8),
    /// Letters and underscores.
    Word(&'a [u8]),
    /// A string without its quotes, escapes resolved.
    Text(Vec<u8>),
    /// Digits; the sign is a token of its own.
    Number(u32),
    /// Something that is no token. A string is read to its end all the same and knows the line of its error.
    Broken { line: Option<usize> },
    /// The end of the file.
    End,
}

pub(super) struct Lexer<'a> {
    rest: &'a [u8],
    line: usize,
}

impl<'a> Lexer<'a> {
    /// A NUL ends the file (libpref).
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes.split(|byte| *byte == 0).next().unwrap_or_default(), line: 1 }
    }

    /// The error for a token that does not belong here.
    pub(super) fn reject(&self, token: &Token) -> Broken {
        let line = match token {
            Token::Broken { line: Some(line) } => *line,
            _ => self.line,
        };
        Broken { line, at_end: matches!(token, Token::Char(b';') | Token::End) }
    }

    pub(super) fn next_token(&mut self) -> Token<'a> {
        loop {
            let Some(first) = self.rest.first().copied() else { return Token::End };
            match first {
                b'0'..=b'9' => return self.read_number(),
                b'A'..=b'Z' | b'a'..=b'z' | b'_' => return self.read_word(),
                _ => self.bump(),
            };
            match first {
                b'(' | b')' | b'+' | b',' | b'-' | b';' => return Token::Char(first),
                b' ' | b'\t' | b'\x0B' | b'\x0C' | b'\n' | b'\r' => {}
                b'#' => self.skip_line(),
                b'/' => match self.rest.first() {
                    Some(b'/') => self.skip_line(),
                    Some(b'*') => {
                        self.bump();
                        if !self.skip_comment() {
                            return Token::Broken { line: None };
                        }
                    }
                    Some(b'\n' | b'\r') | None => return Token::Broken { line: None },
                    Some(_) => {
                        // libpref takes this byte for a part of the broken comment, even if it is a quote.
                        self.bump();
                        return Token::Broken { line: None };
                    }
                },
                b'"' | b'\'' => return self.read_text(first),
                _ => return Token::Broken { line: None },
            }
        }
    }

    fn bump(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        if *first == b'\n' || (*first == b'\r' && rest.first() != Some(&b'\n')) {
            self.line += 1;
        }
        Some(*first)
    }

    fn take(&mut self, wanted: u8) -> bool {
        let found = self.rest.first() == Some(&wanted);
        if found {
            self.bump();
        }
        found
    }

    fn skip_line(&mut self) {
        while self.bump().is_some_and(|byte| byte != b'\n' && byte != b'\r') {}
    }

    /// False if the comment does not end.
    fn skip_comment(&mut self) -> bool {
        while let Some(byte) = self.bump() {
            if byte == b'*' && self.take(b'/') {
                return true;
            }
        }
        false
    }

    fn read_word(&mut self) -> Token<'a> {
        let is_part = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_';
        Token::Word(self.take_while(is_part))
    }

    /// Digits only: the number may not run into letters, and what does not fit 32 bits is broken.
    fn read_number(&mut self) -> Token<'a> {
        let digits = self.take_while(u8::is_ascii_digit);
        if self.rest.first().is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'_') {
            return Token::Broken { line: None };
        }
        let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
        number.map_or(Token::Broken { line: None }, Token::Number)
    }

    fn take_while(&mut self, is_part: impl Fn(&u8) -> bool) -> &'a [u8] {
        let length = self.rest.iter().position(|byte| !is_part(byte)).unwrap_or(self.rest.len());
        let (found, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, &[]));
        self.rest = rest;
        found
    }

    /// A string up to its quote; line ends in it are part of it. An error is kept until the string has ended.
    fn read_text(&mut self, quote: u8) -> Token<'a> {
        let mut text = Vec::new();
        let mut error = None;
        loop {
            let line = self.line;
            let fine = match self.bump() {
                None => {
                    error.get_or_insert(line);
                    break;
                }
                Some(byte) if byte == quote => break,
                Some(b'\\') => self.read_escape(&mut text).is_some(),
                Some(byte) => {
                    text.push(byte);
                    true
                }
            };
            if !fine {
                error.get_or_insert(line);
            }
        }
        if error.is_some() { Token::Broken { line: error } } else { Token::Text(text) }
    }

    /// `\" \' \\ \n \r \xNN \uNNNN` and no other; `None` for an error.
    fn read_escape(&mut self, text: &mut Vec<u8>) -> Option<()> {
        if matches!(self.rest.first(), Some(b'\n' | b'\r')) {
            return None;
        }
        match self.bump()? {
            byte @ (b'"' | b'\'' | b'\\') => text.push(byte),
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b'x' => text.push(u8::try_from(self.read_hex(2)?).ok().filter(|byte| *byte != 0)?),
            b'u' => {
                let first = self.read_hex(4).filter(|unit| *unit != 0)?;
                // A surrogate pair is two escapes; half a pair is an error.
                let high = (0xD800..0xDC00).contains(&first);
                let units = if high && self.take(b'\\') && self.take(b'u') {
                    vec![first, self.read_hex(4)?]
                } else {
                    vec![first]
                };
                text.extend(String::from_utf16(&units).ok()?.bytes());
            }
            _ => return None,
        }
        Some(())
    }

    fn read_hex(&mut self, digits: usize) -> Option<u16> {
        let mut value = 0;
        for _ in 0..digits {
            let digit = char::from(*self.rest.first()?).to_digit(16)?;
            self.bump();
            value = value * 16 + u16::try_from(digit).ok()?;
        }
        Some(value)
    }
}
