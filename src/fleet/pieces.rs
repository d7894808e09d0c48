//! A source of any length, cut into pieces that hold whole reports.

use super::plain::plain;
use crate::model::limits;
use crate::model::{IssueKind, Text};
use crate::report::v1::row::{end_of_last, ends_report, is_blank, newlines};
use crate::source::Problem;
use memchr::memrchr;
use std::io::{self, BufReader, ErrorKind, Read};

/// A piece is cut at the first end of a report behind this many bytes.
pub(super) const PIECE: usize = 1 << 20;
/// No report is larger; what is, is damaged. In bytes.
const MAX_REPORT: usize = 64 << 20;

/// In bytes: most reports of one computer.
const BUFFER: usize = 16 << 10;

/// A source that is being cut.
pub(super) struct Pieces<'a> {
    pub(super) place: String,
    source: Box<dyn Read + Send + 'a>,
    /// The beginning of the next piece.
    rest: Vec<u8>,
    /// Line on which it begins, from 0.
    line: usize,
    is_empty: bool,
    is_done: bool,
    failure: Option<Problem>,
}

impl<'a> Pieces<'a> {
    pub(super) fn new(source: impl Read + Send + 'a, place: String) -> Result<Self, Problem> {
        // A small file is read at once; reads that are larger than the buffer go past it.
        let source =
            plain(BufReader::with_capacity(BUFFER, source)).map_err(|error| Problem::io(&place, &error))?;
        Ok(Self { place, source, rest: Vec::new(), line: 0, is_empty: true, is_done: false, failure: None })
    }

    /// Puts the next piece into the buffer and tells on which line it begins, from 0. What came before a failure is
    /// handed on before the failure is told.
    pub(super) fn next(&mut self, piece: &mut Vec<u8>) -> Result<Option<usize>, Problem> {
        piece.clear();
        while !self.is_done {
            piece.append(&mut self.rest);
            let before = piece.len();
            // As much again as there is: however far the end, it is not looked for too often.
            let most = before.max(PIECE);
            let read = self.source.by_ref().take(most as u64).read_to_end(piece);
            let is_end = read.as_ref().is_ok_and(|read| *read < most);
            self.is_done = is_end || read.is_err();
            self.failure = read.err().map(|error| failure(&self.place, &error));
            let end = if is_end { Some(piece.len()) } else { last_end(piece, before) };
            // What has no end for so long goes on as it is, and is found damaged.
            let Some(end) = end.or((piece.len() > MAX_REPORT).then_some(piece.len())) else { continue };
            self.rest.extend_from_slice(piece.get(end..).unwrap_or_default());
            piece.truncate(end);
            let line = self.line;
            self.line += newlines(piece);
            if !is_blank(piece) {
                self.is_empty = false;
                return Ok(Some(line));
            }
            piece.clear();
        }
        match self.failure.take() {
            Some(problem) => Err(problem),
            None if self.is_empty => Err(empty(self.place.clone())),
            None => Ok(None),
        }
    }
}

fn failure(place: &str, error: &io::Error) -> Problem {
    if error.kind() != ErrorKind::FileTooLarge {
        return Problem::io(place, error);
    }
    let (most, growth) = (limits::UNPACKED.shown(), limits::GROWTH.most);
    Problem::new(
        IssueKind::TooLarge,
        place,
        Text::new(
            format!(
                "展開すると {most} を超え、元の {growth} 倍より大きくなるため、途中までしか読み取っていません。報告ではない可能性があります。"
            ),
            format!(
                "it grows to more than {most} and {growth} times its size, so it was not read to its end: it may be no report"
            ),
        ),
    )
}

/// Behind the last report that ends in the bytes; before `from` it was looked for already. Lines from the last to the
/// first: a report on a line of its own, or the brace at the end of an indented one. Where there is neither for long,
/// the reports may follow each other on one line.
fn last_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut line_end = memrchr(b'\n', bytes).unwrap_or_default();
    while line_end > 0 && line_end >= from.saturating_sub(1) {
        let start = line_start(bytes, line_end);
        let line = bytes.get(start..line_end)?.trim_ascii_end();
        let is_end = if line == b"}" {
            object_start(bytes, start)
                .is_some_and(|start| bytes.get(start..line_end).is_some_and(ends_report))
        } else {
            line.ends_with(b"}") && ends_report(line)
        };
        if is_end {
            return Some(line_end + 1);
        }
        line_end = start.saturating_sub(1);
    }
    if bytes.len() > 4 * PIECE { end_of_last(bytes) } else { None }
}

/// Where the line begins that ends here.
fn line_start(bytes: &[u8], line_end: usize) -> usize {
    let before = bytes.get(..line_end).unwrap_or_default();
    memrchr(b'\n', before).map_or(0, |newline| newline + 1)
}

/// Where the indented object begins whose last line begins here: its brace stands at the beginning of a line.
fn object_start(bytes: &[u8], last_line: usize) -> Option<usize> {
    let mut start = last_line;
    while start > 0 {
        start = line_start(bytes, start - 1);
        let line = bytes.get(start..)?;
        if line.starts_with(b"{") || start == 0 {
            return Some(start);
        }
    }
    None
}

/// A file that holds nothing is no report of a computer without accounts.
pub(super) fn empty(place: String) -> Problem {
    Problem::new(
        IssueKind::Malformed,
        place,
        Text::fixed("空です。報告がありません", "empty: there is no report"),
    )
}
