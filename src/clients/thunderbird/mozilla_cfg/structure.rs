//! Which of a script's calls may not be made: those under a condition, in a function, behind what may end the script.
//!
//! The statements are followed, not worked out. Every case that can come about is among the combinations of the choices;
//! some of these can't come about, which makes nothing certain that is not.

use super::scanner::{Scanner, Token};
use super::script::{Call, Script, When};
use crate::model::limits;
use std::mem;

/// Ways to leave what comes next undone.
pub(super) const THROW: u8 = 1;
const RETURN: u8 = 2;
const BREAK: u8 = 4;

/// How calls of an expression are made.
#[derive(Clone, Copy, Default)]
pub(super) struct Manner {
    /// Behind a sign of a condition.
    pub(super) is_optional: bool,
    /// In a function of one expression: some time later.
    pub(super) is_late: bool,
}

/// What was in force when something began.
struct Mark {
    stops: usize,
    ends: u8,
    may_have_ended: bool,
}

/// Reads a script.
pub(super) struct Reader<'a> {
    pub(super) scanner: Scanner<'a>,
    pub(super) found: Script,
    /// Calls of functions: they count as made last, where they are made at all.
    pub(super) late: Vec<Call>,
    /// The branches around this place.
    pub(super) around: Vec<When>,
    /// The places before it behind which the script, or the function, may have ended.
    pub(super) stops: Vec<When>,
    /// The same since the last call.
    pub(super) may_have_ended: bool,
    /// In which ways what is read may end.
    pub(super) ends: u8,
    pub(super) is_in_function: bool,
    pub(super) is_in_try: bool,
    pub(super) depth: usize,
    pub(super) undecided: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn read(script: &'a str) -> Script {
        let mut reader = Self {
            scanner: Scanner::new(script),
            found: Script::default(),
            late: Vec::new(),
            around: Vec::new(),
            stops: Vec::new(),
            may_have_ended: false,
            ends: 0,
            is_in_function: false,
            is_in_try: false,
            depth: 0,
            undecided: 0,
        };
        reader.statements(false);
        let late = mem::take(&mut reader.late);
        reader.found.calls.extend(late);
        reader.found.unread += usize::from(reader.scanner.hides_call);
        // What is no JavaScript is not run at all; what was taken for an error may be none.
        if reader.scanner.is_broken && reader.found.calls.is_empty() {
            reader.found.unread += 1;
        } else if reader.scanner.is_broken {
            let run = reader.branch();
            reader.found.calls.iter_mut().for_each(|call| call.when.insert(0, run));
            reader.found.is_too_open |= reader.found.calls.len() > limits::CONDITIONAL.count();
        }
        if reader.found.is_too_open {
            reader.found.calls.retain(|call| call.when.is_empty());
        }
        reader.found
    }

    /// A new choice, of which this branch is one of two.
    pub(super) fn branch(&mut self) -> When {
        When { choice: self.choice(2), option: 0 }
    }

    fn choice(&mut self, options: usize) -> usize {
        self.found.choices.push(options);
        self.found.choices.len() - 1
    }

    /// True if nothing more is read.
    pub(super) fn is_over(&self) -> bool {
        self.found.is_too_open
    }

    /// The statements up to the end of the script, or of a block.
    pub(super) fn statements(&mut self, is_block: bool) {
        while !self.is_over() {
            let before = self.scanner.clone();
            match self.scanner.next_token() {
                None => {
                    self.scanner.is_broken |= is_block;
                    return;
                }
                Some(Token::Sign('}')) if is_block => return,
                Some(Token::Sign('}' | ')' | ']')) => self.scanner.is_broken = true,
                Some(_) => {
                    self.scanner = before;
                    self.statement();
                }
            }
        }
    }

    fn statement(&mut self) {
        self.depth += 1;
        if self.depth > limits::NESTED.count() {
            self.found.is_too_open = true;
        }
        if self.is_over() {
            return;
        }
        let before = self.scanner.clone();
        match self.scanner.next_token() {
            Some(Token::Sign('{')) => self.statements(true),
            Some(Token::Word("if")) => self.branches(),
            Some(Token::Word("for" | "while" | "with")) => {
                self.take_word("await");
                self.repeated(|reader| {
                    reader.header();
                    reader.statement();
                });
            }
            Some(Token::Word("do")) => self.repeated(Self::statement),
            Some(Token::Word("switch")) => self.switch(),
            Some(Token::Word("try")) => self.attempt(),
            Some(Token::Word("throw")) => self.leave(THROW),
            Some(Token::Word("return")) => self.leave(RETURN),
            Some(Token::Word("break" | "continue")) => self.leave(BREAK),
            Some(Token::Sign(';')) | None => {}
            // Nobody's: that of a block around ends it.
            Some(Token::Sign('}')) => self.scanner = before,
            Some(Token::Sign(')' | ']')) => self.scanner.is_broken = true,
            Some(_) => {
                self.scanner = before;
                self.expression(false, Manner::default());
                self.take_sign(';');
            }
        }
        self.scanner.ends_operand = false;
        self.depth -= 1;
    }

    /// `throw x`, `return x`, `break x`; a name behind a `break` is that of something further out.
    fn leave(&mut self, how: u8) {
        let mut ahead = self.scanner.clone();
        let is_named = matches!(ahead.next_token(), Some(Token::Word(_))) && !ahead.is_on_new_line;
        self.expression(false, Manner::default());
        self.take_sign(';');
        self.end(if how == BREAK && is_named { RETURN } else { how });
    }

    pub(super) fn end(&mut self, how: u8) {
        self.ends |= how;
        self.may_have_ended = true;
    }

    /// `if`, with all its `else if` and `else`: one of them, or none.
    fn branches(&mut self) {
        let choice = self.choice(0);
        let mut option = 0;
        loop {
            self.header();
            self.under(When { choice, option }, Self::statement);
            option += 1;
            let has_else = self.take_word("else");
            if has_else && self.take_word("if") {
                continue;
            }
            if has_else {
                self.under(When { choice, option }, Self::statement);
            }
            break;
        }
        if let Some(options) = self.found.choices.get_mut(choice) {
            *options = option + 1;
        }
    }

    fn under(&mut self, branch: When, read: impl FnOnce(&mut Self)) {
        self.around.push(branch);
        read(self);
        self.around.pop();
    }

    fn repeated(&mut self, read: impl FnOnce(&mut Self)) {
        let (branch, mark) = (self.branch(), self.mark());
        self.under(branch, read);
        self.release(&mark, BREAK);
    }

    /// Each `case` may be done or not, as one may go on into the next.
    fn switch(&mut self) {
        self.header();
        if !self.take_sign('{') {
            self.scanner.is_broken = true;
            return;
        }
        let mark = self.mark();
        let mut branch = self.branch();
        while !self.is_over() {
            let before = self.scanner.clone();
            match self.scanner.next_token() {
                Some(Token::Sign('}')) => break,
                Some(Token::Word("case" | "default")) => {
                    self.skip_to_colon();
                    branch = self.branch();
                    self.may_have_ended = mark.may_have_ended;
                }
                Some(_) => {
                    self.scanner = before;
                    self.under(branch, Self::progress);
                }
                None => {
                    self.scanner.is_broken = true;
                    break;
                }
            }
        }
        self.release(&mark, BREAK);
    }

    fn skip_to_colon(&mut self) {
        while !self.is_over() {
            match self.scanner.next_token() {
                Some(Token::Sign(':')) | None => return,
                Some(Token::Sign('(')) => self.group(')', Manner::default()),
                Some(Token::Sign('[')) => self.group(']', Manner::default()),
                Some(_) => {}
            }
        }
    }

    /// `try`: whatever else is called in it may fail, and then the rest of it is not done.
    fn attempt(&mut self) {
        let mark = self.mark();
        let before = mem::replace(&mut self.is_in_try, true);
        self.statement();
        self.is_in_try = before;
        if self.take_word("catch") {
            self.release(&mark, THROW);
            if self.take_sign('(') {
                self.group(')', Manner::default());
            }
            let branch = self.branch();
            self.under(branch, Self::statement);
        } else {
            self.ends |= mark.ends;
        }
        if self.take_word("finally") {
            self.statement();
        }
    }

    fn mark(&mut self) -> Mark {
        Mark { stops: self.stops.len(), ends: mem::take(&mut self.ends), may_have_ended: self.may_have_ended }
    }

    /// What was read since leaves no more than itself in these ways.
    fn release(&mut self, mark: &Mark, ways: u8) {
        self.stops.truncate(mark.stops);
        let left = self.ends & !ways;
        self.ends = mark.ends | left;
        self.may_have_ended = mark.may_have_ended || left != 0;
    }

    /// The brackets behind `if` and the like.
    fn header(&mut self) {
        if self.take_sign('(') {
            self.group(')', Manner::default());
        } else {
            self.scanner.is_broken = true;
        }
        self.scanner.ends_operand = false;
    }

    /// A statement of at least one token.
    pub(super) fn progress(&mut self) {
        let before = self.scanner.rest.len();
        self.statement();
        if self.scanner.rest.len() == before {
            self.scanner.is_broken = true;
            self.scanner.next_token();
        }
    }

    pub(super) fn take_word(&mut self, wanted: &str) -> bool {
        self.take_token(Token::Word(wanted))
    }

    pub(super) fn take_sign(&mut self, wanted: char) -> bool {
        self.take_token(Token::Sign(wanted))
    }

    fn take_token(&mut self, wanted: Token<'_>) -> bool {
        let mut ahead = self.scanner.clone();
        let is_wanted = ahead.next_token() == Some(wanted);
        if is_wanted {
            self.scanner = ahead;
        }
        is_wanted
    }
}
