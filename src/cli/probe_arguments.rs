//! The arguments of `probe` and `scan --probe`.

use crate::probe::names::{self, Typed};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `probe`.
#[derive(Debug, Args)]
pub(super) struct ProbeArgs {
    /// Servers, such as mail.example.jp or mail.example.jp:587; without a port 587 and 465. What is spoken there may stand
    /// before: smtp://, smtps://, pop3://, pop3s://, imap://, imaps://. Exit codes: 0 as wanted, 1 not as wanted, 3 can't be
    /// told from here
    #[arg(value_name = "HOST[:PORT]", required_unless_present = "report", value_parser = a_server)]
    pub(super) hosts: Vec<Typed>,
    /// Ask the servers of an earlier report, written by `scan` with --format json or jsonl
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,
    /// Also servers of private networks
    #[arg(long)]
    pub(super) internal: bool,
    /// What a provider wants: a policy (TOML), an Autoconfig file (.xml), or a folder of them; may be given several times
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) policy: Vec<PathBuf>,
    /// Without the policies that are part of the program
    #[arg(long)]
    pub(super) no_builtin_policies: bool,
    /// Form of the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: ProbeFormat,
    /// Write the result to this file instead of the screen
    #[arg(long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Nothing on stderr
    #[arg(long)]
    pub(super) quiet: bool,
}

/// In what form answers are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ProbeFormat {
    /// Sentences, for people
    #[default]
    Table,
    /// One object, for programs
    Json,
    /// To be pasted into a ticket
    Markdown,
}

/// `scan --probe`.
#[derive(Debug, Clone, Copy, Args, Default, PartialEq, Eq)]
pub(super) struct ScanProbing {
    /// Ask the servers of the accounts what they offer: those that a policy claims, and those that --server names
    #[arg(long, conflicts_with_all = ["paths", "all_users", "dry_run", "redact", "redact_key"])]
    pub(super) probe: bool,
    /// Also servers of private networks
    #[arg(long, requires = "probe")]
    pub(super) internal: bool,
}

fn a_server(word: &str) -> Result<Typed, String> {
    names::read(word).ok_or_else(|| "such as mail.example.jp or mail.example.jp:587".to_owned())
}
