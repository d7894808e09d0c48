//! JavaScript → tokens, and the literal arguments of a call.

use super::super::pref::Raw;
use super::script::FUNCTIONS;
use super::strings::unescape;
use crate::model::limits;
use std::borrow::Cow;

/// What a script consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name, a key word or a number.
    Word(&'a str),
    /// A string, a template or a regular expression.
    Literal,
    /// `=>`.
    Arrow,
    /// Anything else, by the character.
    Sign(char),
}

/// Words after which an operand comes: a slash begins a regular expression.
const PREFIXES: [&str; 14] = [
    "return",
    "typeof",
    "case",
    "in",
    "of",
    "do",
    "else",
    "void",
    "delete",
    "throw",
    "new",
    "instanceof",
    "yield",
    "await",
];

/// A place in a script. Copies are cheap: to try something is to clone first.
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own")]
#[derive(Clone)]
pub(super) struct Scanner<'a> {
    pub(super) rest: &'a str,
    /// The last token may end an operand: a slash behind it divides.
    pub(super) ends_operand: bool,
    /// A line ends before the last token.
    pub(super) is_on_new_line: bool,
    /// Something is no JavaScript: the program would not run the script at all.
    pub(super) is_broken: bool,
    /// A call stands within a template.
    pub(super) hides_call: bool,
    /// A backtick without an end was met: there is no template after it.
    no_template: bool,
    /// Templates around this place.
    templates: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(script: &'a str) -> Self {
        Self {
            rest: script,
            ends_operand: false,
            is_on_new_line: false,
            is_broken: false,
            hides_call: false,
            no_template: false,
            templates: 0,
        }
    }

    /// The next token that is not in a comment.
    pub(super) fn next_token(&mut self) -> Option<Token<'a>> {
        self.is_on_new_line = self.skip_blanks();
        let first = self.rest.chars().next()?;
        if is_word(first) {
            let word = self.take_word();
            self.ends_operand = !PREFIXES.contains(&word);
            return Some(Token::Word(word));
        }
        let is_literal = match first {
            '"' | '\'' => self.skip_string(first),
            '`' if !self.no_template => self.skip_template(),
            '/' if !self.ends_operand => self.skip_regex(),
            _ => return Some(self.take_sign(first)),
        };
        self.is_broken |= !is_literal;
        self.ends_operand = true;
        Some(Token::Literal)
    }

    fn take_sign(&mut self, first: char) -> Token<'a> {
        if let Some(rest) = self.rest.strip_prefix("=>") {
            self.rest = rest;
            self.ends_operand = false;
            return Token::Arrow;
        }
        // What is counted up or down stays an operand.
        let rest = self.rest.strip_prefix("++").or_else(|| self.rest.strip_prefix("--"));
        if let Some(rest) = rest {
            self.rest = rest;
        } else {
            self.bump();
            self.ends_operand = matches!(first, ')' | ']' | '}');
        }
        Token::Sign(first)
    }

    /// A quote without an end costs the rest of its line. False without an end, and for what is no character.
    fn skip_string(&mut self, quote: char) -> bool {
        self.read_raw(quote).is_some_and(|raw| !raw.contains('\\') || unescape(raw).is_some())
    }

    /// A string as it is written, from its quote to its end. Nothing is read twice.
    fn read_raw(&mut self, quote: char) -> Option<&'a str> {
        self.bump()?;
        let text = self.rest;
        let mut chars = text.char_indices();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => {
                    // A line end of two characters is one.
                    let is_return = chars.next().is_some_and(|(_, c)| c == '\r');
                    if is_return && chars.as_str().starts_with('\n') {
                        chars.next();
                    }
                }
                '\n' | '\r' => {
                    self.rest = text.get(at..)?;
                    return None;
                }
                c if c == quote => {
                    self.rest = chars.as_str();
                    return text.get(..at);
                }
                _ => {}
            }
        }
        self.rest = "";
        None
    }

    /// A backtick without an end is passed over, and so are all that follow, as none of them can end either.
    fn skip_template(&mut self) -> bool {
        let before = self.clone();
        self.bump();
        let is_whole = self.read_template().is_some();
        if !is_whole {
            *self = Self { no_template: true, ..before };
            self.bump();
        }
        is_whole
    }

    fn read_template(&mut self) -> Option<()> {
        loop {
            match self.bump()? {
                '`' => return Some(()),
                '\\' => drop(self.bump()?),
                '$' if self.take('{') => self.skip_substitution()?,
                _ => {}
            }
        }
    }

    fn skip_substitution(&mut self) -> Option<()> {
        self.templates += 1;
        if self.templates > limits::NESTED.count() {
            return None;
        }
        self.ends_operand = false;
        let mut depth = 1_usize;
        while depth > 0 {
            let token = self.next_token()?;
            // One without an end within this one: then this has none, either.
            if self.no_template {
                return None;
            }
            match token {
                Token::Word(word) => self.hides_call |= FUNCTIONS.iter().any(|(name, _)| *name == word),
                Token::Sign('{') => depth += 1,
                Token::Sign('}') => depth -= 1,
                _ => {}
            }
        }
        self.templates -= 1;
        Some(())
    }

    /// A regular expression: quotes in it are none, and a slash in brackets doesn't end it.
    fn skip_regex(&mut self) -> bool {
        self.bump();
        let mut is_class = false;
        while let Some(c) = self.rest.chars().next().filter(|c| !matches!(c, '\n' | '\r')) {
            self.bump();
            match c {
                '\\' if !self.rest.starts_with(['\n', '\r']) => drop(self.bump()),
                '[' => is_class = true,
                ']' => is_class = false,
                '/' if !is_class => {
                    self.take_word();
                    return true;
                }
                _ => {}
            }
        }
        false
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

    /// `("name",`
    pub(super) fn read_name(&mut self) -> Option<String> {
        self.expect('(')?;
        let name = self.read_string()?;
        self.expect(',')?;
        Some(name)
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
        match self.take_word() {
            "true" => Some(Raw::Bool(true)),
            "false" => Some(Raw::Bool(false)),
            word => {
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
            quote @ ('"' | '\'') => unescape(self.read_raw(quote)?),
            _ => None,
        }
    }

    /// Blanks, line ends and comments; true if a line ends in them.
    fn skip_blanks(&mut self) -> bool {
        let before = self.rest;
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.starts_with("//") {
                self.rest = self.rest.find(['\n', '\r']).and_then(|end| self.rest.get(end..)).unwrap_or("");
            } else if let Some(comment) = self.rest.strip_prefix("/*") {
                let end = comment.split_once("*/");
                self.is_broken |= end.is_none();
                self.rest = end.map_or("", |(_, rest)| rest);
            } else {
                let length = before.len() - self.rest.len();
                return before.get(..length).is_some_and(|blanks| blanks.contains(['\n', '\r']));
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

    fn take_word(&mut self) -> &'a str {
        let length = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at_checked(length).unwrap_or_default();
        self.rest = rest;
        word
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
