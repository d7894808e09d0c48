//! Policies at the command line: where they come from, the commands `policies` and `policies check`.

mod check;
mod list;
pub(super) mod load;

use super::arguments::{PoliciesArgs, PoliciesCommand};
use crate::model::Lang;

/// Prints the policies in force, or what is wrong with files.
pub(super) fn run(args: &PoliciesArgs, lang: Lang) -> u8 {
    match &args.command {
        Some(PoliciesCommand::Check { files }) => check::run(files, lang),
        None => list::run(&args.chosen, lang),
    }
}
