//! Arguments that several commands share: which policies are in force, how accounts are judged by them.

use crate::policy::day;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use time::Date;

/// Which policies are in force, and how accounts are judged by them.
#[derive(Debug, Clone, Args, Default, PartialEq, Eq)]
pub(super) struct PolicyArgs {
    #[command(flatten)]
    pub(super) chosen: ChosenPolicies,
    /// Count the days until something ends from this day (such as 2027-01-31) and not from today
    #[arg(long, value_name = "DAY", value_parser = a_day)]
    pub(super) as_of: Option<Date>,
    /// What stops working later than in this many days gives neither exit code 1 nor 3
    #[arg(long, value_name = "DAYS", value_parser = a_number)]
    pub(super) due: Option<u32>,
    /// Accounts that may stay as they are: a CSV file with the columns address, computer, client, server, until, reason,
    /// ticket
    #[arg(long, value_name = "CSV")]
    pub(super) exceptions: Option<PathBuf>,
    /// What becomes of accounts that no policy speaks for
    #[arg(long, value_enum, default_value_t, value_name = "judge|skip")]
    pub(super) others: Others,
    /// Where no policy says otherwise: encryption is wanted on port 587, too
    #[arg(long)]
    pub(super) require_tls: bool,
}

/// What becomes of accounts that no policy speaks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Others {
    /// They are judged by the default: SMTP-AUTH on port 587 or 465
    #[default]
    Judge,
    /// They are counted, and neither shown nor stored
    Skip,
}

/// Which policies are in force.
#[derive(Debug, Clone, Args, Default, PartialEq, Eq)]
pub(super) struct ChosenPolicies {
    /// What a provider wants: a policy (TOML), an Autoconfig file (.xml), or a folder of them; may be given several times
    #[arg(long, value_name = "FILE|DIR")]
    pub(super) policy: Vec<PathBuf>,
    /// Without the policies that are part of the program
    #[arg(long)]
    pub(super) no_builtin_policies: bool,
}

fn a_day(word: &str) -> Result<Date, String> {
    day(word).ok_or_else(|| A_DAY.to_owned())
}

/// What a day looks like, for whoever gave something else.
pub(super) const A_DAY: &str = "a day is written like 2027-01-31";

/// A number of days.
pub(super) fn a_number(word: &str) -> Result<u32, String> {
    word.parse().map_err(|_| A_NUMBER.to_owned())
}

/// What a number looks like, for whoever gave something else.
pub(super) const A_NUMBER: &str = "a number is written in digits, such as 30";
