//! Bytes of prefs.js and user.js → settings.
//!
//! The grammar and the recovery from errors are those of libpref's parser, in use since version 60 (mozilla-central
//! modules/libpref/parser/src/lib.rs, checked with Thunderbird 153).

mod lexer;

use crate::formats::secrets::is_secret_name;
use lexer::{Lexer, Token};
use std::collections::BTreeMap;

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pref {
    /// A string; bytes that are not UTF-8 are U+FFFD, as Thunderbird shows them.
    Text(String),
    /// An integer.
    Number(i32),
    /// `true` or `false`.
    Bool(bool),
    /// A secret, of which only the presence is kept.
    Secret,
}

/// The settings of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Prefs {
    /// What `user_pref(…)` sets. Name → value; of duplicates the last one, whatever its type.
    pub values: BTreeMap<String, Pref>,
    /// What `pref(…)` and `sticky_pref(…)` set: defaults, which the user's value from any file overrides (tried with
    /// Thunderbird 153).
    pub defaults: BTreeMap<String, Pref>,
    /// How many times something was dropped up to the next `;`, as the program itself would.
    pub dropped: usize,
    /// The line, from 1, at which the first of these errors was noticed.
    pub first_dropped_line: Option<usize>,
}

/// Reads a whole file. Thunderbird writes nothing but `user_pref(…)` into prefs.js; files below `defaults/pref` consist
/// of `pref(…)`.
pub fn parse(bytes: &[u8]) -> Prefs {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut lexer = Lexer::new(bytes);
    let mut prefs = Prefs::default();
    loop {
        match read_statement(&mut lexer) {
            Ok(None) => break,
            Ok(Some((true, name, value))) => drop(prefs.values.insert(name, value)),
            Ok(Some((false, name, value))) => drop(prefs.defaults.insert(name, value)),
            Err(broken) => {
                prefs.dropped += 1;
                prefs.first_dropped_line.get_or_insert(broken.line);
                if !broken.at_end {
                    skip_statement(&mut lexer);
                }
            }
        }
    }
    prefs
}

impl Prefs {
    /// The user's value of a setting of any type.
    pub fn get(&self, name: &str) -> Option<&Pref> {
        self.values.get(name)
    }

    /// The value of a string setting.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Pref::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The value of an integer setting.
    pub fn number(&self, name: &str) -> Option<i32> {
        match self.get(name) {
            Some(Pref::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The value of a boolean setting.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name) {
            Some(Pref::Bool(flag)) => Some(*flag),
            _ => None,
        }
    }
}

impl Pref {
    /// The value, or only its presence if a setting of this name is a secret.
    pub(crate) fn unless_secret(self, name: &str) -> Self {
        // Short marks such as "pass" count as a whole name only: `mail.server.x.pass` ends in one.
        let last = name.rsplit('.').next().unwrap_or_default();
        if is_secret_name(name) || is_secret_name(last) { Self::Secret } else { self }
    }
}

/// Where a statement went wrong.
struct Broken {
    line: usize,
    /// The token that was not expected is itself the end of the statement or of the file.
    at_end: bool,
}

/// One statement: whether it is a user_pref, its name and value. `None` at the end of the file.
fn read_statement(lexer: &mut Lexer) -> Result<Option<(bool, String, Pref)>, Broken> {
    let user = match lexer.next_token() {
        Token::End => return Ok(None),
        Token::Word(b"user_pref") => true,
        Token::Word(b"pref" | b"sticky_pref") => false,
        other => return Err(lexer.reject(&other)),
    };
    expect(lexer, b'(')?;
    let name = match lexer.next_token() {
        Token::Text(name) => decode(&name),
        other => return Err(lexer.reject(&other)),
    };
    expect(lexer, b',')?;
    let value = read_value(lexer)?.unless_secret(&name);
    match lexer.next_token() {
        Token::Char(b')') => {}
        Token::Char(b',') if !user => read_attributes(lexer)?,
        other => return Err(lexer.reject(&other)),
    }
    expect(lexer, b';')?;
    Ok(Some((user, name, value)))
}

fn read_value(lexer: &mut Lexer) -> Result<Pref, Broken> {
    let sign = match lexer.next_token() {
        Token::Word(b"true") => return Ok(Pref::Bool(true)),
        Token::Word(b"false") => return Ok(Pref::Bool(false)),
        Token::Text(text) => return Ok(Pref::Text(decode(&text))),
        Token::Number(number) => return in_range(lexer, i64::from(number)),
        Token::Char(b'+') => 1,
        Token::Char(b'-') => -1,
        other => return Err(lexer.reject(&other)),
    };
    match lexer.next_token() {
        Token::Number(number) => in_range(lexer, sign * i64::from(number)),
        other => Err(lexer.reject(&other)),
    }
}

fn in_range(lexer: &Lexer, number: i64) -> Result<Pref, Broken> {
    i32::try_from(number).map(Pref::Number).map_err(|_| lexer.reject(&Token::Broken { line: None }))
}

/// `sticky` and `locked` after a default, up to the closing bracket; they change nothing here.
fn read_attributes(lexer: &mut Lexer) -> Result<(), Broken> {
    loop {
        match lexer.next_token() {
            Token::Word(b"sticky" | b"locked") => {}
            other => return Err(lexer.reject(&other)),
        }
        match lexer.next_token() {
            Token::Char(b',') => {}
            Token::Char(b')') => return Ok(()),
            other => return Err(lexer.reject(&other)),
        }
    }
}

fn expect(lexer: &mut Lexer, wanted: u8) -> Result<(), Broken> {
    match lexer.next_token() {
        Token::Char(found) if found == wanted => Ok(()),
        other => Err(lexer.reject(&other)),
    }
}

/// Everything up to the next `;` is lost, also whole statements; a `;` within a string or comment does not count.
fn skip_statement(lexer: &mut Lexer) {
    while !matches!(lexer.next_token(), Token::Char(b';') | Token::End) {}
}

fn decode(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests;
