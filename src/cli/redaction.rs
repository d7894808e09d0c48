//! `--redact` and `--redact-key`: the mask that they ask for.

use super::beside::{Masked, RedactionArgs};
use super::localize::usage;
use super::stop::Stop;
use crate::model::{Lang, Text};
use crate::redact::{Mask, SHORTEST_KEY};
use crate::report::clean::clean;
use crate::source::system::{MAX_FILE, read_file};
use std::ffi::OsString;
use std::path::Path;

/// `--redact people` as one word: what stands behind `--redact` is else a PATH, as it always was.
pub(super) fn joined(arguments: &[OsString]) -> Vec<OsString> {
    let mut words: Vec<OsString> = Vec::with_capacity(arguments.len());
    for word in arguments {
        match words.last_mut() {
            Some(last) if word == "people" && last == "--redact" => last.push("=people"),
            _ => words.push(word.clone()),
        }
    }
    words
}

/// The mask; `None` if none is asked for. The error is said.
pub(super) fn mask(args: &RedactionArgs, lang: Lang) -> Result<Option<Mask>, Stop> {
    if !args.is_wanted() {
        return Ok(None);
    }
    let mask = args.redact_key.as_deref().map_or_else(|| Mask::random().ok_or(NO_RANDOMNESS), with_key);
    let mask = mask.map(|mask| match args.redact {
        Some(Masked::People) => mask.of_people(),
        Some(Masked::All) | None => mask,
    });
    mask.map(Some).map_err(|message| {
        usage(message.get(lang), lang);
        Stop::Key
    })
}

/// Every result without a key has masks of its own, so that all of it would be new.
pub(super) const NOTHING_TO_COMPARE: Text = Text::fixed(
    "--redact と --baseline を一緒に使うには --redact-key が必要です。以前の報告も同じキーで伏せたものを指定してください。",
    "--redact with --baseline needs --redact-key, and an earlier report that was redacted with the same key",
);

const NO_RANDOMNESS: Text = Text::fixed(
    "システムから乱数を得られません。--redact-key でキーのファイルを指定してください。",
    "the system gives no random key: give a file with --redact-key",
);

fn with_key(path: &Path) -> Result<Mask, Text> {
    let place = clean(&path.display().to_string());
    let key = read_file(path, MAX_FILE).map_err(|problem| {
        Text::new(format!("{place}: {}", problem.message.ja), format!("{place}: {}", problem.message.en))
    })?;
    Mask::with_key(&key).ok_or_else(|| {
        Text::new(
            format!("{place} はキーとして短すぎます({SHORTEST_KEY} バイト以上必要です)。"),
            format!("{place} is too short for a key: at least {SHORTEST_KEY} bytes"),
        )
    })
}
