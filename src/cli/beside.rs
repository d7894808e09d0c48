//! Arguments of what several commands do beside their result or to it: letters, masks.

use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Letters beside the result.
#[derive(Debug, Clone, Args, Default, PartialEq, Eq)]
pub(super) struct LetterArgs {
    /// Also write a letter for each person whose accounts need something, and an index for mail merge, into this folder: new,
    /// or empty
    #[arg(long, value_name = "DIR")]
    pub(super) letters: Option<PathBuf>,
    /// Whom the letters tell to ask, such as "helpdesk, extension 1234"
    #[arg(long, value_name = "TEXT", requires = "letters")]
    pub(super) contact: Option<String>,
}

/// What a result is masked of, and by what.
#[derive(Debug, Clone, Args, Default, PartialEq, Eq)]
pub(super) struct RedactionArgs {
    /// Replace all names, addresses, servers, places and ids by masks: the same text has the same mask within the result. With
    /// `people` servers, the domains of addresses and what policies say stay
    #[arg(
        long,
        value_enum,
        value_name = "people",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "all",
        hide_possible_values = true
    )]
    pub(super) redact: Option<Masked>,
    /// The same masks in every result that is made with this file (a secret of at least 16 bytes); implies --redact
    #[arg(long, value_name = "FILE")]
    pub(super) redact_key: Option<PathBuf>,
}

/// How much is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Masked {
    /// All that tells anything of the PC
    All,
    /// Who it is, and not which servers
    People,
}

impl RedactionArgs {
    /// True if the result is masked.
    pub(super) fn is_wanted(&self) -> bool {
        self.redact.is_some() || self.redact_key.is_some()
    }
}
