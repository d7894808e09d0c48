//! `policies check`: everything that is wrong with files, one line each, as compilers tell it.

use super::load::{Fault, files_of, read};
use crate::cli::output::show;
use crate::cli::{OK, USAGE};
use crate::model::{Lang, Text};
use crate::policy::Origin;
use crate::report::clean::clean;
use std::path::PathBuf;

/// 2 if a file has a mistake; warnings don't count.
pub(super) fn run(paths: &[PathBuf], lang: Lang) -> u8 {
    let (mut lines, mut wrong) = (Vec::new(), false);
    for path in paths {
        let mut faults = Vec::new();
        // Who may write to it is not asked here: a file is written and checked before it is put into its place.
        let files = files_of(path, false, &mut faults);
        lines.extend(faults.iter().map(|fault| fault.shown(lang)));
        wrong |= !faults.is_empty();
        for file in files {
            match read(&file.path, Origin::Given, false) {
                Ok(reading) => {
                    for warning in reading.warnings {
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
