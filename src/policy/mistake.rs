//! What is wrong in a file that people write: where, in which field, and what belongs there. Never what stands there: a
//! wrong file may hold secrets.

use crate::model::Text;

/// A mistake, or what is only worth a warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Which field: `sending[2].port`, entries counted from 1; empty where it is none.
    pub field: String,
    /// What was expected.
    pub message: Text,
}

/// More mistakes than these are not told of one file: it is another file then.
pub const MOST_MISTAKES: usize = 100;

/// A mistake at a byte of a text; line and column are counted only for those that are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Note {
    /// The byte.
    pub(super) at: usize,
    /// As in [`Mistake`].
    pub(super) field: String,
    /// As in [`Mistake`].
    pub(super) message: Text,
}

/// In the order of the text, each once, and not without end.
pub(super) fn placed(text: &str, mut notes: Vec<Note>) -> Vec<Mistake> {
    notes.sort_by(|one, other| (one.at, &one.field).cmp(&(other.at, &other.field)));
    notes.dedup();
    notes.truncate(MOST_MISTAKES);
    let mistake = |Note { at, field, message }| {
        let (line, column) = place(text, at);
        Mistake { line, column, field, message }
    };
    notes.into_iter().map(mistake).collect()
}

/// Line and column of a byte, both from 1.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = text.get(..byte).unwrap_or_default();
    let line = before.rsplit_once('\n').map_or(before, |(_, line)| line);
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

/// The same for rows, whose lines are known.
pub(super) fn sorted(mut mistakes: Vec<Mistake>) -> Vec<Mistake> {
    mistakes.sort_by(|one, other| {
        (one.line, one.column, &one.field).cmp(&(other.line, other.column, &other.field))
    });
    mistakes.dedup();
    mistakes.truncate(MOST_MISTAKES);
    mistakes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters() {
        let text = "a\r\n送信 x\n";
        for (byte, expected) in
            [(0, (1, 1)), (3, (2, 1)), (10, (2, 4)), (12, (3, 1)), (99, (3, 1)), (4, (2, 1))]
        {
            assert_eq!(place(text, byte), expected, "{byte}");
        }
    }
}
