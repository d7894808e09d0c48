//! The command line: arguments in, result on stdout, messages on stderr, an exit code.

mod arguments;
mod commands;
mod console;
mod localize;
mod output;

use crate::classify::Policy;
use crate::model::{Action, Lang, Report, Verdict};
use crate::report::blocks::Look;
use crate::report::clean::{ascii_json, clean};
use crate::report::{json, table};
use crate::scan::{Request, first_missing, scan};
use crate::source::here::runs_as_system;
use arguments::{Cli, Command, Format, ScanArgs};
use clap::{CommandFactory, FromArgMatches};
use output::{Sink, be_quiet, say};
use std::ffi::OsString;

/// All is well, or nothing to do.
pub const OK: u8 = 0;
/// Something has to be changed.
const CHANGE: u8 = 1;
/// Wrong usage, or the result could not be written.
pub const USAGE: u8 = 2;
/// Something has to be looked at by hand.
const CHECK: u8 = 3;

/// Runs the program with these arguments (the first is the program's name) and returns its exit code.
pub fn run(arguments: &[OsString]) -> u8 {
    if arguments.iter().any(|word| word == "--quiet") {
        be_quiet();
    }
    let lang = localize::wanted(arguments).unwrap_or_else(localize::of_system);
    let command = localize::localize(Cli::command(), lang);
    let cli =
        match command.try_get_matches_from(arguments).and_then(|matches| Cli::from_arg_matches(&matches)) {
            Ok(cli) => cli,
            Err(error) => return localize::report(&error, lang),
        };
    let scan_args = match cli.command {
        None => {
            if let Some(word) = first_missing(&cli.scan.paths) {
                return localize::no_such_path(
                    word,
                    cli.scan.paths.first().is_some_and(|first| first == word),
                    lang,
                );
            }
            cli.scan
        }
        Some(_) if cli.scan != ScanArgs::default() => return localize::options_before_command(lang),
        Some(Command::Scan(args)) => match first_missing(&args.paths) {
            Some(path) => return localize::no_such_path(path, false, lang),
            None => args,
        },
        Some(Command::Steps { client }) => return commands::steps(client.as_deref(), lang),
        Some(Command::Clients) => return commands::clients(lang),
        Some(Command::Collect { dir, sources, all_users, quiet: _ }) => {
            return match first_missing(&sources) {
                Some(path) => localize::no_such_path(path, false, lang),
                None => commands::collect(&dir, &sources, all_users, lang),
            };
        }
    };
    // A double click, perhaps with a folder dropped on the program: the window would close before anybody has read it.
    let waits = arguments.iter().skip(1).all(|word| !word.to_string_lossy().starts_with('-'))
        && scan_args.paths.len() + 1 == arguments.len()
        && console::closes_at_the_end();
    let exit = run_scan(scan_args, lang);
    if waits {
        say(localize::HOW_TO_SAVE.get(lang));
        console::wait_for_enter();
    }
    exit
}

/// Says that the program itself failed, outside of any detector, and returns the exit code for "could not look".
pub fn internal_fault() -> u8 {
    say(
        "smtp-auth-audit: このプログラムの不具合のため終了しました。開発元に知らせてください。\nsmtp-auth-audit: ended by a fault of this program: please report it.",
    );
    CHECK
}

fn run_scan(args: ScanArgs, lang: Lang) -> u8 {
    let sink = match Sink::new(args.output.clone()) {
        Ok(sink) => sink,
        Err(error) => return localize::not_written(args.output.as_deref(), &error, lang),
    };
    let screen = sink.screen(lang);
    let look = Look { lang, color: screen.color, line_drawing: screen.line_drawing, explain: args.explain };
    let (fail_on, exit_zero, format) = (args.fail_on.clone(), args.exit_zero, args.format);
    let output = args.output.clone();
    let report = scan(&request(args));
    let text = match format {
        Format::Table => table::render(&report, look),
        Format::Json if output.is_none() && console::needs_ascii() => ascii_json(&json::render(&report)),
        Format::Json => json::render(&report),
    };
    if let Err(error) = sink.write(&text) {
        return localize::not_written(output.as_deref(), &error, lang);
    }
    for remark in &report.scan.remarks {
        say(&clean(remark.get(lang)));
    }
    if let Some(path) = output {
        say(&localize::written(&path, lang));
    }
    if exit_zero { OK } else { exit_code(&report, &fail_on) }
}

fn request(args: ScanArgs) -> Request {
    Request {
        all_users: args.all_users || (args.paths.is_empty() && runs_as_system()),
        paths: args.paths,
        clients: args.client,
        servers: args.server,
        domains: args.domain,
        computer: args.computer,
        policy: Policy::standard(),
        no_steps: args.no_steps,
    }
}

/// What counts for the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    Verdict(Verdict),
    Issue,
}

fn exit_code(report: &Report, fail_on: &[Counts]) -> u8 {
    let counts = |what: Counts| fail_on.is_empty() || fail_on.contains(&what);
    let any = |action: Action| {
        report.findings.iter().any(|f| f.action == action && counts(Counts::Verdict(f.verdict)))
    };
    if any(Action::Change) {
        CHANGE
    } else if any(Action::CheckByHand) || (!report.issues.is_empty() && counts(Counts::Issue)) {
        CHECK
    } else {
        OK
    }
}
