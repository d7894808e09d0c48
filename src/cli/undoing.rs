//! `undo`: a change taken back, the list of changes, a record that is not wanted any more.

use super::fix_arguments::UndoArgs;
use super::fixing::{of_own, own_journal};
use super::localize;
use super::output::{say, show};
use super::policies::load;
use super::{CHANGE, CHECK, OK, USAGE};
use crate::fix::apply::{Hand, sweep};
use crate::fix::journal::Entry;
use crate::fix::undo::{is_hopeless, names_stranger, undo};
use crate::fix::{processes, user};
use crate::model::{ChangeState, Lang, Text};
use crate::report::clean::clean;
use crate::report::fixes;
use crate::scan::{Rules, scan};
use crate::source::here::today;

/// Takes a change back, or lists the changes.
pub(super) fn run(args: &UndoArgs, lang: Lang) -> u8 {
    if let Some(refusal) = user::refusal() {
        return localize::usage(refusal.text().get(lang), lang);
    }
    let (home, journal) = match own_journal(false, lang) {
        Ok(found) => found,
        Err(exit) => return exit,
    };
    let none = || {
        say(NO_CHANGE.get(lang));
        OK
    };
    let Some(journal) = journal else { return if args.change.is_some() { not_known(lang) } else { none() } };
    let Ok((entries, strange)) = journal.entries() else { return CHECK };
    if strange > 0 && !args.quiet {
        let text =
            Text::new(format!("読めない記録: {strange}"), format!("records that can't be read: {strange}"));
        say(text.get(lang));
    }
    if args.list {
        return list(&entries, lang);
    }
    let found = match &args.change {
        Some(id) => entries.into_iter().find(|entry| entry.id == *id),
        None => entries.into_iter().find(Entry::is_in_effect),
    };
    let Some(mut entry) = found else { return if args.change.is_some() { not_known(lang) } else { none() } };
    if args.forget && !entry.is_open() {
        return if journal.forget(&entry).is_ok() { OK } else { USAGE };
    }
    if !args.forget && !entry.is_in_effect() {
        return localize::usage(IS_OVER.get(lang), lang);
    }
    let request = match load::chosen(&args.chosen, lang) {
        Ok(loaded) => of_own(Rules { policies: loaded.policies, day: today(), ..Rules::standard() }),
        Err(stop) => return stop.tell(None, lang),
    };
    let again = || scan(&request);
    let before = again();
    if args.forget {
        // It would be in the way of any other change, for good.
        if !is_hopeless(&entry, &before) {
            return localize::usage(STILL_OPEN.get(lang), lang);
        }
        return if journal.forget(&entry).is_ok() { OK } else { USAGE };
    }
    sweep(&before, &home);
    if !args.change_server && names_stranger(&entry, &before) {
        say(STRANGER.get(lang));
        return CHANGE;
    }
    let hand = Hand { home: &home, journal: &journal, scan: &again, runs: processes::runs };
    let done = undo(&mut entry, &before, &hand);
    // The record's own place is only its word.
    let place = done.edits.first().map_or(&entry.place, |edit| &edit.place.path);
    let mut lines = vec![format!("{} ({}): {place}", entry.account, entry.client)];
    lines.extend(done.edits.iter().map(|edit| format!("    {}", fixes::line(edit, lang))));
    let word = match &done.obstacle {
        None => ChangeState::Undone.text(),
        Some(obstacle) => obstacle.text.clone(),
    };
    lines.push(format!("  {}", word.get(lang)));
    if done.obstacle.is_some() && entry.is_open() && is_hopeless(&entry, &before) {
        lines.push(format!("  {} smtp-auth-audit undo {} --forget", FORGET.get(lang), entry.id));
    }
    lines.extend(done.remark.iter().map(|remark| format!("  {}", remark.get(lang))));
    let text = lines.iter().map(|line| clean(line) + "\n").collect::<String>();
    match (show(&text), done.obstacle) {
        (Err(_), _) => USAGE,
        (Ok(()), Some(_)) => CHANGE,
        (Ok(()), None) => OK,
    }
}

fn list(entries: &[Entry], lang: Lang) -> u8 {
    if entries.is_empty() {
        say(NO_CHANGE.get(lang));
    }
    let line = |entry: &Entry| {
        let settings: Vec<&str> = entry.settings.iter().map(|one| one.setting.as_str()).collect();
        clean(&format!(
            "{}  {}  {} ({}): {}",
            entry.id,
            word(&entry.state).get(lang),
            entry.account,
            entry.client,
            settings.join(", ")
        )) + "\n"
    };
    if show(&entries.iter().map(line).collect::<String>()).is_ok() { OK } else { USAGE }
}

/// The state of a record; what no version wrote is shown as a change that stopped.
fn word(state: &str) -> Text {
    let known = ChangeState::ALL.into_iter().find(|known| known.code() == state);
    known.unwrap_or(ChangeState::Unfinished).text()
}

fn not_known(lang: Lang) -> u8 {
    localize::usage(NOT_KNOWN.get(lang), lang)
}

const NO_CHANGE: Text = Text::fixed("元に戻せる変更はありません。", "there is no change to take back");
const STRANGER: Text = Text::fixed(
    "元に戻すサーバーのドメインが、現在のサーバーともアドレスとも異なります。--change-server を付けたときだけ元に戻します。",
    "the server to be put back shares its domain with neither the present ones nor the address: it is put back only with --change-server",
);
const NOT_KNOWN: Text = Text::fixed("その変更の記録はありません。", "there is no record of that change");
const FORGET: Text = Text::fixed(
    "設定を確かめてから、この記録だけを消すには:",
    "Look at the settings; then, to remove this record alone:",
);
const IS_OVER: Text = Text::fixed(
    "その変更はすでに元に戻されています。",
    "that change is taken back already, or never came about",
);
const STILL_OPEN: Text = Text::fixed(
    "途中で止まった変更の記録は消せません。先に undo で元に戻してください。",
    "the record of an unfinished change is kept: take it back first",
);
