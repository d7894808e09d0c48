//! Expressions of a script: the calls in them, functions, and what may keep a part of an expression from being done.

use super::super::pref::{Pref, Raw, known};
use super::super::settings::OF_MAIL;
use super::scanner::Token;
use super::script::{Call, CallKind, FUNCTIONS};
use super::structure::{Manner, Reader, THROW};
use crate::formats::kinds::COMPUTED;
use crate::model::limits;
use std::borrow::Cow;
use std::mem;

/// Words that begin a statement wherever they stand.
const STATEMENTS: [&str; 11] =
    ["if", "for", "while", "with", "do", "switch", "try", "throw", "return", "break", "continue"];
/// Words that go on with an expression on a new line.
const OPERATORS: [&str; 3] = ["in", "of", "instanceof"];
/// Places behind which the script may have ended, each counting for all that follows; behind more, each call counts by
/// itself.
const MAX_STOPS: usize = 8;

impl Reader<'_> {
    /// An expression up to what can't be part of it, which is left.
    pub(super) fn expression(&mut self, is_in_brackets: bool, inherited: Manner) {
        let mut manner = inherited;
        let mut previous = None;
        while !self.is_over() {
            let before = self.scanner.clone();
            let Some(token) = self.scanner.next_token() else { return };
            let is_member = previous == Some(Token::Sign('.'));
            let begins = match token {
                Token::Word(word) => !is_member && !OPERATORS.contains(&word),
                Token::Literal => true,
                _ => false,
            };
            let is_next = begins && before.ends_operand && self.scanner.is_on_new_line && previous.is_some();
            let is_end = match token {
                Token::Sign(';' | '}' | ')' | ']') => true,
                Token::Word(word) => !is_member && STATEMENTS.contains(&word),
                _ => false,
            };
            if is_end || (is_next && !is_in_brackets) {
                self.scanner = before;
                return;
            }
            match token {
                Token::Sign('(') => {
                    self.group(')', manner);
                    let is_call = before.ends_operand
                        && !matches!(previous, Some(Token::Word(word)) if is_function(word));
                    if is_call && self.is_in_try {
                        self.end(THROW);
                    }
                }
                Token::Sign('[') => self.group(']', manner),
                Token::Sign('{') => self.body(),
                Token::Sign(',') => manner = inherited,
                Token::Sign('?' | '&' | '|') => manner.is_optional = true,
                Token::Arrow if self.take_sign('{') => self.body(),
                Token::Arrow => manner = Manner { is_optional: true, is_late: true },
                Token::Word("function") if !is_member => self.function(),
                Token::Word(word) if !is_member => self.word(word, manner),
                _ => {}
            }
            previous = Some(token);
        }
    }

    /// `function name(…) {…}` behind its first word.
    fn function(&mut self) {
        self.take_sign('*');
        if !self.take_sign('(') {
            self.scanner.next_token();
            if !self.take_sign('(') {
                self.scanner.is_broken = true;
                return;
            }
        }
        self.group(')', Manner { is_optional: true, is_late: true });
        if self.take_sign('{') {
            self.body();
        } else {
            self.scanner.is_broken = true;
        }
    }

    /// The body of a function, of a class or of an object, which may have functions. Whether it is run does not hang on
    /// where it stands.
    fn body(&mut self) {
        let branch = self.branch();
        let around = mem::replace(&mut self.around, vec![branch]);
        let stops = mem::take(&mut self.stops);
        let (ends, may_have_ended) = (self.ends, mem::take(&mut self.may_have_ended));
        let is_in_function = mem::replace(&mut self.is_in_function, true);
        let is_in_try = mem::take(&mut self.is_in_try);
        self.depth += 1;
        if self.depth > limits::NESTED.count() {
            self.found.is_too_open = true;
        }
        self.statements(true);
        self.depth -= 1;
        (self.around, self.stops, self.ends) = (around, stops, ends);
        (self.may_have_ended, self.is_in_function, self.is_in_try) =
            (may_have_ended, is_in_function, is_in_try);
    }

    fn word(&mut self, word: &str, manner: Manner) {
        if let Some((_, kind)) = FUNCTIONS.iter().find(|(function, _)| *function == word) {
            self.call(*kind, manner);
        } else if word == "eval" {
            self.found.unread += 1;
        }
    }

    fn call(&mut self, kind: CallKind, manner: Manner) {
        let has_value = !matches!(kind, CallKind::Unlock | CallKind::Clear);
        let arguments = self.scanner.clone().read_arguments(has_value).or_else(|| {
            self.found.unread += 1;
            // What it is set to is not known, but that it is set, which may decide everything.
            let name = self.scanner.clone().read_name().filter(|_| has_value)?;
            Some((name, Some(Raw::Text(Cow::Borrowed(COMPUTED)))))
        });
        let Some((name, value)) = arguments else { return };
        let is_straight = self.around.is_empty() && self.stops.is_empty();
        let is_certain = is_straight && !self.may_have_ended && !manner.is_optional;
        let Some((fact, name)) = known(&name) else {
            let is_unread = !is_certain && name.starts_with(OF_MAIL);
            *(if is_unread { &mut self.found.unread } else { &mut self.found.others }) += 1;
            return;
        };
        self.undecided += usize::from(!is_certain);
        if self.undecided > limits::CONDITIONAL.count() {
            self.found.is_too_open = true;
            return;
        }
        if self.may_have_ended && self.stops.len() < MAX_STOPS {
            let branch = self.branch();
            self.stops.push(branch);
            self.may_have_ended = false;
        }
        let own = (manner.is_optional || self.may_have_ended).then(|| self.branch());
        let when = self.around.iter().chain(&self.stops).copied().chain(own).collect();
        let value = value.map(|value| Pref::kept(fact, &name, &value));
        let is_late = manner.is_late || self.is_in_function;
        let calls = if is_late { &mut self.late } else { &mut self.found.calls };
        calls.push(Call { kind, name, value, when });
    }

    /// What is between brackets, up to the closing one.
    pub(super) fn group(&mut self, closing: char, manner: Manner) {
        self.depth += 1;
        if self.depth > limits::NESTED.count() {
            self.found.is_too_open = true;
        }
        while !self.is_over() {
            self.expression(true, manner);
            let before = self.scanner.clone();
            match self.scanner.next_token() {
                Some(Token::Sign(sign)) if sign == closing => break,
                Some(Token::Sign(';')) => {}
                Some(Token::Word(_)) => {
                    self.scanner = before;
                    self.progress();
                }
                _ => {
                    self.scanner = before;
                    self.scanner.is_broken = true;
                    break;
                }
            }
        }
        self.depth -= 1;
    }
}

fn is_function(word: &str) -> bool {
    FUNCTIONS.iter().any(|(function, _)| *function == word)
}
