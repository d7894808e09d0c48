//! `--letters`: a letter for each person whose accounts need something, in a folder of their own.

use super::arguments::ScanArgs;
use super::localize::usage;
use super::output::say;
use super::places::{not_a_new_folder, not_written};
use super::stop::Stop;
use crate::collect::folder::Folder;
use crate::letters::{Manner, People};
use crate::model::{Lang, Text};
use crate::report::clean::clean;
use clap::Args;
use std::path::{Path, PathBuf};

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

/// Letters are for people, who can do nothing with masks or without steps.
const NEITHER_MASKS: Text = Text::fixed(
    "--letters は --redact、--redact-key、--no-steps と一緒には使えません。",
    "--letters can't be used with --redact, --redact-key or --no-steps",
);

/// Makes the folder before the work begins; the error is said. `None`: no letters are asked for.
pub(super) fn open(args: &LetterArgs, lang: Lang) -> Result<Option<Folder>, Stop> {
    let Some(dir) = &args.letters else { return Ok(None) };
    Folder::create(dir).map(Some).map_err(|error| {
        not_a_new_folder(dir, &error, lang);
        Stop::Output
    })
}

/// The same for a scan, which may be asked for what letters can't be made of.
pub(super) fn open_for_scan(args: &ScanArgs, lang: Lang) -> Result<Option<Folder>, Stop> {
    if args.letters.letters.is_some() && (args.redaction.is_wanted() || args.no_steps) {
        usage(NEITHER_MASKS.get(lang), lang);
        return Err(Stop::Usage);
    }
    open(&args.letters, lang)
}

/// Writes the letters and says how many; the error is said.
pub(super) fn write(mut folder: Folder, people: &People, manner: &Manner<'_>) -> Result<(), Stop> {
    let written = people.write(manner, &mut |name, text| folder.write(Path::new(name), text.as_bytes()));
    if let Err(error) = written {
        not_written(Some(folder.top()), &error, manner.lang);
        return Err(Stop::Output);
    }
    folder.forget_if_empty();
    say(told(folder.top(), people.number()).get(manner.lang));
    Ok(())
}

fn told(dir: &Path, number: usize) -> Text {
    if number == 0 {
        return Text::fixed(
            "対応が必要な人はいないため、手紙は書いていません。",
            "Nobody has to do anything, so no letter was written.",
        );
    }
    let place = clean(&dir.display().to_string());
    let letters = if number == 1 { "1 letter is".to_owned() } else { format!("{number} letters are") };
    Text::new(
        format!("{place} に {number} 通の手紙と一覧 (index.csv) を書きました。"),
        format!("{letters} in {place}, with an index (index.csv)."),
    )
}
