//! Policies at the command line: where they come from, the commands `policies` and `policies check`.

mod check;
mod fault;
mod list;
pub(super) mod load;
mod read;

use super::arguments::{PoliciesArgs, PoliciesCommand};
use super::judging_arguments::{Others, PolicyArgs};
use super::stop::Stop;
use crate::model::Lang;
use crate::policy::{Policies, Policy};
use crate::scan::Rules;
use crate::source::Problem;
use crate::source::here::today;

/// Prints the policies in force, or what is wrong with files.
pub(super) fn run(args: &PoliciesArgs, lang: Lang) -> u8 {
    match &args.command {
        Some(PoliciesCommand::Check { files }) => check::run(files, lang),
        None => list::run(&args.chosen, lang),
    }
}

/// By what accounts are judged, and what of the folder beside the program was left out. What is wrong with files that were
/// named is said.
pub(super) fn rules(args: &PolicyArgs, no_steps: bool, lang: Lang) -> Result<(Rules, Vec<Problem>), Stop> {
    let loaded = load::chosen(&args.chosen, lang)?;
    let exceptions = args.exceptions.as_deref().map(|path| load::excepted(path, lang)).transpose()?;
    let standard = if args.require_tls { Policy::standard_with_tls() } else { Policy::standard() };
    let rules = Rules {
        policies: Policies { standard, skips_others: args.others == Others::Skip, ..loaded.policies },
        day: args.as_of.unwrap_or_else(today),
        due: args.due.map(i64::from),
        exceptions: exceptions.unwrap_or_default(),
        no_steps,
        for_many: false,
    };
    Ok((rules, loaded.left_out))
}
