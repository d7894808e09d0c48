//! `--letters`: a letter for each person whose accounts need something, in a folder of their own.

use super::beside::LetterArgs;
use super::localize::usage;
use super::output::say;
use super::places::{not_a_new_folder, not_written};
use super::stop::Stop;
use crate::collect::folder::Folder;
use crate::letters::{Manner, People};
use crate::model::{Lang, Text};
use crate::report::clean::clean;
use std::path::Path;

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

/// The same for a scan; `is_without`: it leaves out the steps, or masks what it finds, and letters can't be made of that.
pub(super) fn open_for_scan(args: &LetterArgs, is_without: bool, lang: Lang) -> Result<Option<Folder>, Stop> {
    if args.letters.is_some() && is_without {
        usage(NEITHER_MASKS.get(lang), lang);
        return Err(Stop::Usage);
    }
    open(args, lang)
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
    if people.masked() > 0 {
        say(masked(people.masked()).get(manner.lang));
    }
    Ok(())
}

fn masked(number: usize) -> Text {
    let accounts = if number == 1 { "1 account".to_owned() } else { format!("{number} accounts") };
    Text::new(
        format!(
            "伏せ字の報告にある {number} 件のアカウントについては、誰のものか分からないため、手紙を書いていません。"
        ),
        format!("No letter was written about {accounts} of masked reports: whose they are can't be told."),
    )
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
