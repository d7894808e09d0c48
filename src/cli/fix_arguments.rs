//! The arguments of `fix` and `undo`.

use super::judging_arguments::{ChosenPolicies, PolicyArgs};
use super::typed::found_ids;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `fix`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct FixArgs {
    /// As for `scan`; what is found there is planned only, never written. Without it: the settings of the user who runs it
    #[arg(value_name = "PATH", conflicts_with = "apply")]
    pub(super) paths: Vec<PathBuf>,
    /// Only this finding, by its id; may be given several times
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub(super) finding: Vec<String>,
    /// Only accounts of this client; may be given several times
    #[arg(long, value_name = "ID", value_delimiter = ',', value_parser = found_ids())]
    pub(super) client: Vec<String>,
    #[command(flatten)]
    pub(super) judging: PolicyArgs,
    /// Ask the servers first, and write nothing towards a port that gives no answer from here
    #[cfg(feature = "probe")]
    #[arg(long, conflicts_with = "paths")]
    pub(super) probe: bool,
    /// Write, after a choice for each account
    #[arg(long)]
    pub(super) apply: bool,
    /// Write without asking; where nobody is at a terminal only what needs no password, and only if an administrator has
    /// allowed it
    #[arg(long, requires = "apply")]
    pub(super) yes: bool,
    /// Also write names of servers, where the new one is of the same domain
    #[arg(long)]
    pub(super) change_server: bool,
    /// Also write settings of clients of which it was not seen yet that the real program uses what is written
    #[arg(long)]
    pub(super) unverified: bool,
    /// Form of the result
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub(super) format: FixFormat,
    /// Nothing on stderr
    #[arg(long)]
    pub(super) quiet: bool,
}

/// In what form changes are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FixFormat {
    /// Text, for people
    #[default]
    Table,
    /// One object, for programs
    Json,
    /// An object a line
    Jsonl,
    /// Tasks, for who rolls it out by Ansible
    Ansible,
}

/// `undo`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
pub(super) struct UndoArgs {
    /// The change, as `fix` and --list name it; without it the last one
    #[arg(value_name = "CHANGE")]
    pub(super) change: Option<String>,
    /// Only list the changes
    #[arg(long, conflicts_with = "change")]
    pub(super) list: bool,
    /// Only remove the record of a change that is over: it can't be taken back any more
    #[arg(long, requires = "change", conflicts_with = "list")]
    pub(super) forget: bool,
    /// Also put back the name of a server that has nothing to do with the account's present servers and addresses
    #[arg(long, conflicts_with_all = ["list", "forget"])]
    pub(super) change_server: bool,
    #[command(flatten)]
    pub(super) chosen: ChosenPolicies,
    /// Nothing on stderr
    #[arg(long)]
    pub(super) quiet: bool,
}
