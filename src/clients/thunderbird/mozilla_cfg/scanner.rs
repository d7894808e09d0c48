//! JavaScript → words and the literal arguments of a call.

use super::super::pref::Raw;
use std::borrow::Cow;

/// A place in a script. Copies are cheap: to try something is to clone first.
#[derive(Clone)]
pub(super) struct Scanner<'a> {
    rest: &'a str,
    /// A backtick without an end was met: there is no template after it.
    no_template: bool,
    /// Braces that are open.
    depth: usize,
    /// A sign was met after which something may not be done: `?`, `&&`, `||`, `=>`.
    has_branched: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(script: &'a str) -> Self {
        Self { rest: script, no_template: false, depth: 0, has_branched: false }
    }

    /// The next word that is not in a comment or string and is no member of something (`a.word`).
    pub(super) fn next_word(&mut self) -> Option<&'a str> {
        let mut is_member = false;
        loop {
            self.skip_blanks();
            let first = self.rest.chars().next()?;
            if is_word(first) {
                let length = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
                let (word, rest) = self.rest.split_at_checked(length)?;
                self.rest = rest;
                if !is_member {
                    return Some(word);
                }
            } else {
                self.skip_sign_or_string(first);
            }
            is_member = first == '.';
        }
    }

    /// A quote without an end (in a regular expression, say) costs the rest of its line; a backtick is passed over, and
    /// so are all that follow, as none of them can end either. Nothing is read twice.
    fn skip_sign_or_string(&mut self, first: char) {
        match first {
            '"' | '\'' => drop(self.read_text(first)),
            '`' if !self.no_template => {
                let before = self.clone();
                if self.read_text(first).is_none() {
                    *self = Self { no_template: true, ..before };
                    self.bump();
                }
            }
            _ => {
                match first {
                    '{' => self.depth += 1,
                    '}' => self.depth = self.depth.saturating_sub(1),
                    '?' | '&' | '|' | '>' => self.has_branched = true,
                    _ => {}
                }
                self.bump();
            }
        }
    }

    /// True within braces, and behind a sign of a condition or of a function.
    pub(super) fn is_below_condition(&self) -> bool {
        self.depth > 0 || self.has_branched
    }

    /// `("name", literal)`, or `("name")`.
    pub(super) fn read_arguments(&mut self, has_value: bool) -> Option<(String, Option<Raw<'static>>)> {
        self.expect('(')?;
        let name = self.read_string()?;
        let mut value = None;
        if has_value {
            self.expect(',')?;
            value = Some(self.read_literal()?);
        }
        self.expect(')')?;
        Some((name, value))
    }

    fn read_literal(&mut self) -> Option<Raw<'static>> {
        self.skip_blanks();
        if self.rest.starts_with(['"', '\'']) {
            return self.read_string().map(|text| Raw::Text(Cow::Owned(text)));
        }
        let negative = self.take('-');
        if !negative {
            self.take('+');
        }
        let length = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        match word {
            "true" => Some(Raw::Bool(true)),
            "false" => Some(Raw::Bool(false)),
            _ => {
                let hex = word.strip_prefix("0x").or_else(|| word.strip_prefix("0X"));
                let number = match hex {
                    Some(digits) => i64::from(u32::from_str_radix(digits, 16).ok()?),
                    None => i64::from(word.parse::<u32>().ok()?),
                };
                i32::try_from(if negative { -number } else { number }).ok().map(Raw::Number)
            }
        }
    }

    fn read_string(&mut self) -> Option<String> {
        self.skip_blanks();
        match self.rest.chars().next()? {
            quote @ ('"' | '\'') => self.read_text(quote),
            _ => None,
        }
    }

    /// From a quote to its end. Only a template may run over lines.
    fn read_text(&mut self, quote: char) -> Option<String> {
        self.bump()?;
        let mut units: Vec<u16> = Vec::new();
        loop {
            match self.bump()? {
                c if c == quote => return Some(String::from_utf16_lossy(&units)),
                '\n' | '\r' if quote != '`' => return None,
                '\\' => self.read_escape(&mut units)?,
                c => push(&mut units, c),
            }
        }
    }

    fn read_escape(&mut self, units: &mut Vec<u16>) -> Option<()> {
        let c = match self.bump()? {
            'x' => return self.read_hex(2).map(|unit| units.push(unit)),
            'u' if self.take('{') => {
                let (digits, rest) = self.rest.split_once('}').filter(|(digits, _)| digits.len() <= 6)?;
                self.rest = rest;
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)?
            }
            'u' => return self.read_hex(4).map(|unit| units.push(unit)),
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\x08',
            'v' => '\x0B',
            'f' => '\x0C',
            '0' => '\0',
            // A line end after a backslash is not part of the string.
            '\r' => {
                self.take('\n');
                return Some(());
            }
            '\n' => return Some(()),
            other => other,
        };
        push(units, c);
        Some(())
    }

    fn read_hex(&mut self, digits: usize) -> Option<u16> {
        let (number, rest) = self.rest.split_at_checked(digits)?;
        self.rest = rest;
        u16::from_str_radix(number, 16).ok()
    }

    /// Blanks, line ends and comments.
    fn skip_blanks(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.starts_with("//") {
                self.rest = self.rest.find(['\n', '\r']).and_then(|end| self.rest.get(end..)).unwrap_or("");
            } else if let Some(comment) = self.rest.strip_prefix("/*") {
                self.rest = comment.split_once("*/").map_or("", |(_, rest)| rest);
            } else {
                return;
            }
        }
    }

    fn expect(&mut self, wanted: char) -> Option<()> {
        self.skip_blanks();
        self.take(wanted).then_some(())
    }

    fn take(&mut self, wanted: char) -> bool {
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn bump(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let first = chars.next();
        self.rest = chars.as_str();
        first
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '$'
}

fn push(units: &mut Vec<u16>, c: char) {
    units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
}
