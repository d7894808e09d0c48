//! What ends the program before it has written a report, and what Intune and Nagios get to see of it: they don't read stderr.

use super::arguments::Format;
use super::output::show;
use super::{OK, USAGE, localize};
use crate::model::{Lang, Text};
use crate::report::monitoring::{self, State};
use std::ffi::OsString;

/// Why there is no report; it is said on stderr already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Help or version was asked for.
    Shown,
    /// Wrong usage.
    Usage,
    /// A path does not exist.
    NoPath,
    /// No key for the masks.
    Key,
    /// No earlier report to compare with.
    Baseline,
    /// A policy that was named can't be used.
    Policy,
    /// No report or answers to work on.
    Answers,
    /// The result can't be written.
    Output,
}

impl Stop {
    const fn text(self) -> Text {
        match self {
            Self::Shown | Self::Usage => Text::fixed("使い方の誤り", "wrong usage"),
            Self::NoPath => Text::fixed("指定されたパスがありません", "a path does not exist"),
            Self::Key => Text::fixed("伏せ字のキーを使えません", "the key of --redact-key can't be used"),
            Self::Baseline => {
                Text::fixed("--baseline の報告を読み取れません", "the report of --baseline can't be read")
            }
            Self::Policy => Text::fixed(
                "--policy または --exceptions のファイルを使えません",
                "the file of --policy or --exceptions can't be used",
            ),
            Self::Answers => Text::fixed(
                "--report または --answers のファイルを使えません",
                "the file of --report or --answers can't be used",
            ),
            Self::Output => Text::fixed("結果を書けません", "the result can't be written"),
        }
    }

    /// Tells the systems that ask for a format of theirs; returns the exit code.
    pub(super) fn tell(self, format: Option<Format>, lang: Lang) -> u8 {
        let text = self.text();
        match format {
            _ if self == Self::Shown => OK,
            Some(Format::Nagios) => {
                let _ = show(&monitoring::nagios_failure(&text, lang));
                State::Unknown.code()
            }
            Some(Format::Intune) => {
                let _ = show(&monitoring::intune_failure(&text));
                USAGE
            }
            _ => USAGE,
        }
    }
}

/// The format that the arguments ask for, before they are parsed: Intune and Nagios have their own ways to hear of errors.
pub(super) fn wanted(arguments: &[OsString]) -> Option<Format> {
    match localize::value_of(arguments, "--format")? {
        "intune" => Some(Format::Intune),
        "nagios" => Some(Format::Nagios),
        _ => None,
    }
}
