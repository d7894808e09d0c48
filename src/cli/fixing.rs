//! `fix`: the plan, a choice for each account, what came of it.

use super::fix_arguments::{FixArgs, FixFormat};
use super::output::{prompt, say, show};
use super::policies::rules;
use super::{CHANGE, CHECK, OK, USAGE, localize};
use crate::fix::apply::{Hand, sweep};
use crate::fix::journal::Journal;
use crate::fix::{Wish, ansible, plan, processes, user};
use crate::model::{Change, ChangeState, Finding, Lang, Report, Text};
use crate::policy::Policy;
use crate::report::blocks::wrap;
use crate::report::clean::clean;
use crate::report::{fixes, v1};
use crate::scan::{Request, Rules, scan};
use crate::source::here::own_program;
use std::io::{self, BufRead, IsTerminal};
use std::path::PathBuf;

const NO_TERMINAL: Text = Text::fixed(
    "--apply には、選択のための端末か --yes が必要です。",
    "--apply takes a terminal for the choices, or --yes",
);
const ANOTHER_DAY: Text = Text::fixed(
    "--apply は今日の日付で判断します。--as-of とは一緒に使えません。",
    "--apply goes by today's date: --as-of can't be used with it",
);
const NO_FINDING: Text = Text::fixed(
    "--finding の ID のアカウントが見つかりません。ID は scan または fix の結果にあります。",
    "there is no account with an id of --finding: ids are in the results of `scan` and `fix`",
);

/// Plans, and writes what was chosen.
pub(super) fn run(args: &FixArgs, lang: Lang) -> u8 {
    if args.apply
        && let Some(refusal) = user::refusal()
    {
        return localize::usage(refusal.text().get(lang), lang);
    }
    if args.apply && args.judging.as_of.is_some() {
        return localize::usage(ANOTHER_DAY.get(lang), lang);
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
    let waits = |policy: &&Policy| policy.from.is_some_and(|from| from > rules.day);
    let not_yet: Vec<String> =
        rules.policies.list.iter().filter(waits).map(|policy| policy.id.clone()).collect();
    let request = Request { paths: args.paths.clone(), ..of_own(rules) };
    #[cfg_attr(not(feature = "probe"), expect(unused_mut, reason = "only a probe adds to it"))]
    let mut report = scan(&request);
    #[cfg(feature = "probe")]
    super::probing::add_for_fix(&mut report, args.probe, &request, args.quiet, lang);
    if args.apply {
        sweep(&report, &user::home());
    }
    let is_there = |id: &String| report.findings.iter().any(|finding| finding.id == *id);
    if !args.finding.iter().all(is_there) {
        return localize::usage(NO_FINDING.get(lang), lang);
    }
    let wish = Wish {
        not_yet: &not_yet,
        is_live: args.paths.is_empty(),
        change_server: args.change_server,
        unverified: args.unverified,
        unattended: (args.apply && !is_watched).then(user::is_allowed),
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
pub(super) fn of_own(rules: Rules) -> Request {
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

/// Writes one after the other; the error is an exit code, and said.
fn apply(
    changes: &mut [Change],
    mut report: Report,
    request: &Request,
    args: &FixArgs,
    lang: Lang,
) -> Result<(), u8> {
    let (home, journal) = own_journal(true, lang)?;
    let journal = journal.ok_or(USAGE)?;
    let again = || scan(request);
    let hand = Hand { home: &home, journal: &journal, scan: &again, runs: processes::runs };
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
        crate::fix::apply::apply(change, &report, &hand);
        report = scan(request);
    }
    // Another account's change was this one's, too, whatever was chosen for it.
    let is_left = |change: &Change| {
        report.findings.iter().any(|finding| finding.id == change.id && finding.is_change_of_sending())
    };
    for change in changes.iter_mut().filter(|change| change.state == ChangeState::Skipped && !is_left(change))
    {
        change.state = ChangeState::Done;
    }
    Ok(())
}

/// A choice at the terminal.
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
            "p" | "ｐ" => {
                let lines = change.steps.iter().flat_map(|step| wrap("  ", &clean(step.get(lang))));
                lines.for_each(|line| say(&line));
            }
            "q" | "ｑ" => {
                *has_quit = true;
                return false;
            }
            _ => {}
        }
    }
}

const CHOICE: Text = Text::fixed(
    "c: 変更する  s: しない  p: 手順を表示  q: 終了 > ",
    "c: change  s: skip  p: show the steps  q: quit > ",
);

/// The home and the journal of the user who runs the program.
pub(super) fn own_journal(make: bool, lang: Lang) -> Result<(PathBuf, Option<Journal>), u8> {
    let home = user::home();
    match Journal::open(&home, make) {
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
