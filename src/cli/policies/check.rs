//! `policies check`: everything that is wrong with files, one line each, as compilers tell it.

use super::fault::Fault;
use super::load::{built_in, files_of};
use super::read::read_text;
use crate::cli::output::show;
use crate::cli::{OK, USAGE};
use crate::model::{Lang, Text};
use crate::policy::file::{at, on_day};
use crate::policy::{Origin, Policy};
use crate::report::clean::clean;
use crate::source::here::today;
use std::path::PathBuf;

/// 2 if a file has a mistake; warnings don't count.
pub(super) fn run(paths: &[PathBuf], lang: Lang) -> u8 {
    let (mut lines, mut wrong) = (Vec::new(), false);
    let mut before = Vec::new();
    for path in paths {
        let mut faults = Vec::new();
        // Who may write to it is not asked here: a file is written and checked before it is put into its place.
        let files = files_of(path, false, &mut faults);
        lines.extend(faults.iter().map(|fault| fault.shown(lang)));
        wrong |= !faults.is_empty();
        for file in files {
            match read_text(&file.path, Origin::Given, false) {
                Ok((reading, text)) => {
                    let mut warnings = reading.warnings;
                    warnings.extend(on_day(&text, &reading.policy, today()));
                    warnings
                        .extend(twice(&reading.policy, &before).and_then(|why| at(&text, None, "id", why)));
                    before.push(reading.policy.clone());
                    for warning in warnings {
                        let message = Text::new(
                            format!("警告: {}", warning.message.ja),
                            format!("warning: {}", warning.message.en),
                        );
                        let warning = crate::policy::Mistake { message, ..warning };
                        lines.push(Fault::Mistake(file.path.clone(), warning).shown(lang));
                    }
                    let id = clean(&reading.policy.id);
                    let fine =
                        Text::new(format!("誤りはありません (id: {id})"), format!("no mistake (id: {id})"));
                    lines.push(clean(&format!("{}: {}", file.path.display(), fine.get(lang))));
                }
                Err(faults) => {
                    wrong = true;
                    lines.extend(faults.iter().map(|fault| fault.shown(lang)));
                }
            }
        }
    }
    if show(&(lines.join("\n") + "\n")).is_err() || wrong { USAGE } else { OK }
}

/// Why an id is not one policy's alone, if it isn't. Reports name policies by their ids. A copy is the same policy.
fn twice(policy: &Policy, before: &[Policy]) -> Option<&'static Text> {
    let is_other = |other: &Policy| other.id == policy.id && other.sha256 != policy.sha256;
    if built_in().any(|other| is_other(&other)) {
        return Some(&BUILT_IN);
    }
    before.iter().any(is_other).then_some(&ANOTHER)
}

static BUILT_IN: Text = Text::fixed(
    "本体に含まれるポリシーと同じ id です。別の id にするか、--no-builtin-policies を使ってください",
    "a policy that is part of the program has this id, too: choose another one, or use --no-builtin-policies",
);
static ANOTHER: Text = Text::fixed(
    "前のファイルと同じ id です。別の id にしてください",
    "a file before this one has the same id: choose another one",
);
