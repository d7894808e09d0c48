//! `fix` and `undo`: the plan, a choice for each account, what came of it.

use super::fix_arguments::{FixArgs, FixFormat, UndoArgs};
use super::output::{prompt, say, show};
use super::policies::{load, rules};
use super::{CHANGE, CHECK, OK, USAGE, localize};
use crate::fix::{Wish, ansible, plan};
use crate::model::{Change, ChangeState, Finding, Lang, Report, Text};
use crate::report::clean::clean;
use crate::report::{fixes, v1};
use crate::scan::{Request, Rules, scan};
use crate::source::here::{own_program, runs_as_system, today};
use std::io::{self, BufRead, IsTerminal};

const AS_SYSTEM: Text = Text::fixed(
    "fix と undo は、root や SYSTEM では書き換えません。利用者自身が実行してください。",
    "as root or SYSTEM nothing is written: the user has to run `fix` and `undo`",
);
const NO_TERMINAL: Text = Text::fixed(
    "--apply には、選択のための端末か --yes が必要です。",
    "--apply takes a terminal for the choices, or --yes",
);
#[cfg(not(unix))]
const NOT_HERE: Text = Text::fixed(
    "このシステムでは、まだ書き換えられません。手順に従って画面で変更してください。",
    "nothing can be written on this system yet: change it in the dialog, by the steps",
);

/// Plans, and writes what was chosen.
pub(super) fn run(args: &FixArgs, lang: Lang) -> u8 {
    if args.apply && runs_as_system() {
        return localize::usage(AS_SYSTEM.get(lang), lang);
    }
    let is_watched = io::stdin().is_terminal() && io::stderr().is_terminal();
    if args.apply && !args.yes && !is_watched {
        return localize::usage(NO_TERMINAL.get(lang), lang);
    }
    let (rules, left_out) = match rules(&args.judging, false, lang) {
        Ok(ready) => ready,
        Err(stop) => return stop.tell(None, lang),
    };
    for problem in left_out {
        say(&clean(&format!("{}: {}", problem.place, problem.message.get(lang))));
    }
    let request = Request { paths: args.paths.clone(), ..of_own(rules) };
    #[cfg_attr(not(feature = "probe"), expect(unused_mut, reason = "only a probe adds to it"))]
    let mut report = scan(&request);
    #[cfg(feature = "probe")]
    super::probing::add_for_fix(&mut report, args.probe, &request, args.quiet, lang);
    #[cfg(unix)]
    if args.apply {
        crate::fix::apply::sweep(&report, &own_home());
    }
    let wish = Wish {
        is_live: args.paths.is_empty(),
        change_server: args.change_server,
        unverified: args.unverified,
        unattended: (args.apply && !is_watched).then(is_allowed),
    };
    let is_wanted = |change: &Change| {
        (args.finding.is_empty() || args.finding.contains(&change.id))
            && (args.client.is_empty() || args.client.iter().any(|client| client == change.client))
    };
    let mut changes: Vec<Change> = plan(&report, wish).into_iter().filter(is_wanted).collect();
    if args.apply
        && changes.iter().any(|change| change.state == ChangeState::Planned)
        && let Err(stop) = apply(&mut changes, report.clone(), &request, args, lang)
    {
        return stop;
    }
    finish(&changes, &report, args, lang)
}

/// All of one's own accounts: a write may touch what was not asked for.
fn of_own(rules: Rules) -> Request {
    Request {
        keeps_unshown: false,
        paths: Vec::new(),
        all_users: false,
        clients: Vec::new(),
        servers: Vec::new(),
        domains: Vec::new(),
        computer: None,
        rules,
        program: own_program(),
    }
}

fn finish(changes: &[Change], report: &Report, args: &FixArgs, lang: Lang) -> u8 {
    let text = match args.format {
        FixFormat::Table => fixes::text(changes, report.issues.is_empty(), lang),
        FixFormat::Json => v1::render_fixes(changes),
        FixFormat::Jsonl => v1::render_fix_lines(changes),
        FixFormat::Ansible => ansible::tasks(changes, lang),
    };
    if show(&text).is_err() {
        return USAGE;
    }
    if !args.quiet {
        let unread = report.issues.len();
        let text = Text::new(
            format!("読み取れなかったものが {unread} 件あります(scan で表示されます)。"),
            format!("Could not be read: {unread}; `scan` says what."),
        );
        (unread > 0).then(|| say(text.get(lang)));
        let can_be = changes.iter().any(|change| change.state == ChangeState::Planned);
        (can_be && !args.apply).then(|| say(NEXT.get(lang)));
    }
    let is_left = changes.iter().any(|change| change.state != ChangeState::Done);
    match (is_left, report.issues.is_empty()) {
        (true, _) => CHANGE,
        (false, false) => CHECK,
        (false, true) => OK,
    }
}

const NEXT: Text = Text::fixed(
    "まだ何も書き換えていません。書き換えるには --apply を付けて実行してください。",
    "Nothing is written yet: run it with --apply to have it done.",
);

/// What an administrator leaves to allow changes while nobody is there: a file of root's that nobody else can write.
#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the administrator's word, not anybody's data")]
fn is_allowed() -> bool {
    use std::os::unix::fs::MetadataExt;
    let found = std::fs::symlink_metadata("/etc/smtp-auth-audit/allow-fix");
    found.is_ok_and(|found| found.is_file() && found.uid() == 0 && found.mode() & 0o022 == 0)
}

#[cfg(not(unix))]
fn is_allowed() -> bool {
    false
}

#[cfg(not(unix))]
fn apply(_: &mut [Change], _: Report, _: &Request, _: &FixArgs, lang: Lang) -> Result<(), u8> {
    Err(localize::usage(NOT_HERE.get(lang), lang))
}

/// Writes one after the other; the error is an exit code, and said.
#[cfg(unix)]
fn apply(
    changes: &mut [Change],
    mut report: Report,
    request: &Request,
    args: &FixArgs,
    lang: Lang,
) -> Result<(), u8> {
    use crate::fix::apply::{Hand, apply};
    let (home, journal) = own_journal(true, lang)?;
    let journal = journal.ok_or(USAGE)?;
    let again = || scan(request);
    let hand = Hand { home: &home, journal: &journal, scan: &again, runs: crate::fix::processes::runs };
    let mut has_quit = false;
    for (index, change) in changes.iter_mut().enumerate() {
        if change.state != ChangeState::Planned {
            continue;
        }
        // Another change may have been this one's, too.
        let is_it = |finding: &&Finding| finding.id == change.id && finding.is_change_of_sending();
        if !report.findings.iter().any(|finding| is_it(&finding)) {
            change.state = ChangeState::Done;
            continue;
        }
        if has_quit || !(args.yes || choose(index + 1, change, lang, &mut has_quit)) {
            change.state = ChangeState::Skipped;
            continue;
        }
        apply(change, &report, &hand);
        report = scan(request);
    }
    Ok(())
}

/// A choice at the terminal.
#[cfg(unix)]
fn choose(number: usize, change: &Change, lang: Lang, has_quit: &mut bool) -> bool {
    say(&fixes::block(number, change, lang));
    loop {
        prompt(CHOICE.get(lang));
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line).unwrap_or_default() == 0 {
            *has_quit = true;
            return false;
        }
        match line.trim().to_lowercase().as_str() {
            "c" | "y" | "ｃ" | "ｙ" => return true,
            "s" | "n" | "ｓ" | "ｎ" | "" => return false,
            "p" | "ｐ" => change.steps.iter().for_each(|step| say(&format!("  {}", clean(step.get(lang))))),
            "q" | "ｑ" => {
                *has_quit = true;
                return false;
            }
            _ => {}
        }
    }
}

#[cfg(unix)]
const CHOICE: Text = Text::fixed(
    "c: 変更する  s: しない  p: 手順を表示  q: 終了 > ",
    "c: change  s: skip  p: show the steps  q: quit > ",
);

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "whose settings they are")]
fn own_home() -> std::path::PathBuf {
    std::env::home_dir().unwrap_or_default()
}

/// The home and the journal of the user who runs the program.
#[cfg(unix)]
fn own_journal(
    make: bool,
    lang: Lang,
) -> Result<(std::path::PathBuf, Option<crate::fix::journal::Journal>), u8> {
    let home = own_home();
    match crate::fix::journal::Journal::open(&home, make) {
        Ok(journal) => Ok((home, journal)),
        Err(error) => {
            let text = Text::new(
                format!("変更の記録のフォルダーを開けません: {error}"),
                format!("the folder for the records of changes can't be opened: {error}"),
            );
            say(text.get(lang));
            Err(USAGE)
        }
    }
}

/// Takes a change back, or lists the changes.
#[cfg(not(unix))]
pub(super) fn undo(_: &UndoArgs, lang: Lang) -> u8 {
    localize::usage(NOT_HERE.get(lang), lang)
}

/// Takes a change back, or lists the changes.
#[cfg(unix)]
pub(super) fn undo(args: &UndoArgs, lang: Lang) -> u8 {
    use crate::fix::apply::{Hand, sweep};
    use crate::fix::undo::{names_stranger, undo};
    if runs_as_system() {
        return localize::usage(AS_SYSTEM.get(lang), lang);
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
        None => entries.into_iter().find(crate::fix::journal::Entry::is_in_effect),
    };
    let Some(mut entry) = found else { return if args.change.is_some() { not_known(lang) } else { none() } };
    if args.forget {
        if entry.is_open() {
            return localize::usage(STILL_OPEN.get(lang), lang);
        }
        return if journal.forget(&entry).is_ok() { OK } else { USAGE };
    }
    let request = match load::chosen(&args.chosen, lang) {
        Ok(loaded) => of_own(Rules { policies: loaded.policies, day: today(), ..Rules::standard() }),
        Err(stop) => return stop.tell(None, lang),
    };
    let again = || scan(&request);
    let before = again();
    sweep(&before, &home);
    if !args.change_server && names_stranger(&entry, &before) {
        say(STRANGER.get(lang));
        return CHANGE;
    }
    let hand = Hand { home: &home, journal: &journal, scan: &again, runs: crate::fix::processes::runs };
    let done = undo(&mut entry, &before, &hand);
    let mut lines = vec![format!("{} ({}): {}", entry.account, entry.client, entry.place)];
    lines.extend(done.edits.iter().map(|edit| format!("    {}", fixes::line(edit, lang))));
    let word = match &done.obstacle {
        None => ChangeState::Undone.text(),
        Some(obstacle) => obstacle.text.clone(),
    };
    lines.push(format!("  {}", word.get(lang)));
    lines.extend(done.remark.iter().map(|remark| format!("  {}", remark.get(lang))));
    let text = lines.iter().map(|line| clean(line) + "\n").collect::<String>();
    match (show(&text), done.obstacle) {
        (Err(_), _) => USAGE,
        (Ok(()), Some(_)) => CHANGE,
        (Ok(()), None) => OK,
    }
}

#[cfg(unix)]
fn list(entries: &[crate::fix::journal::Entry], lang: Lang) -> u8 {
    if entries.is_empty() {
        say(NO_CHANGE.get(lang));
    }
    let line = |entry: &crate::fix::journal::Entry| {
        let settings: Vec<&str> = entry.settings.iter().map(|one| one.setting.as_str()).collect();
        clean(&format!(
            "{}  {}  {} ({}): {}",
            entry.id,
            entry.state,
            entry.account,
            entry.client,
            settings.join(", ")
        )) + "\n"
    };
    if show(&entries.iter().map(line).collect::<String>()).is_ok() { OK } else { USAGE }
}

#[cfg(unix)]
fn not_known(lang: Lang) -> u8 {
    localize::usage(NOT_KNOWN.get(lang), lang)
}

#[cfg(unix)]
const NO_CHANGE: Text = Text::fixed("元に戻せる変更はありません。", "there is no change to take back");
#[cfg(unix)]
const STRANGER: Text = Text::fixed(
    "元に戻すサーバーのドメインが、現在のサーバーともアドレスとも異なります。--change-server を付けたときだけ元に戻します。",
    "the server to be put back shares its domain with neither the present ones nor the address: it is put back only with --change-server",
);
#[cfg(unix)]
const NOT_KNOWN: Text = Text::fixed("その変更の記録はありません。", "there is no record of that change");
#[cfg(unix)]
const STILL_OPEN: Text = Text::fixed(
    "途中で止まった変更の記録は消せません。先に undo で元に戻してください。",
    "the record of an unfinished change is kept: take it back first",
);
