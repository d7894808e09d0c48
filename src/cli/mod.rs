//! The command line: arguments in, result on stdout, messages on stderr, an exit code.

mod arguments;
mod asking;
mod beside;
mod commands;
mod console;
mod explaining;
#[cfg(feature = "fix")]
mod fix_arguments;
#[cfg(feature = "fix")]
mod fixing;
mod fleet;
mod help;
mod hints;
mod japanese;
mod judging_arguments;
mod letters;
mod localize;
mod manual;
mod mistyped;
mod output;
mod places;
mod policies;
#[cfg(feature = "probe")]
mod probe_arguments;
#[cfg(feature = "probe")]
mod probing;
mod progress;
mod publish;
mod redaction;
mod refused;
mod stop;
mod typed;
#[cfg(feature = "fix")]
mod undoing;
mod window;

use crate::collect::folder::Folder;
use crate::fleet::baseline as read_baseline;
use crate::fleet::baseline::Baseline;
use crate::letters::{Manner, of_report};
use crate::model::{Compared, Finding, Lang, Report, Verdict};
use crate::report::clean::clean;
use crate::report::passages;
use crate::scan::{Meanwhile, Request, Rules, first_missing, scan_and_tell, survey, without_owner};
use crate::source::here::{own_program, runs_as_system};
use arguments::{Cli, Command, Format, ScanArgs};
use beside::RedactionArgs;
use clap::{CommandFactory, FromArgMatches};
use output::{Sink, be_quiet, say, show};
use progress::Progress;
use publish::Form;
use std::ffi::OsString;
use std::path::Path;
use stop::Stop;
use window::Next;

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
    let arguments = &*typed::understood(arguments);
    let format = stop::wanted(arguments);
    if format == Some(Format::Intune) || arguments.iter().any(|word| word == "--quiet") {
        be_quiet();
    }
    let lang = localize::wanted(arguments).unwrap_or_else(localize::of_system);
    match parse(&redaction::joined(arguments), lang) {
        Ok(Command::Scan(args)) => scan_and_offer(args, arguments, lang),
        Ok(Command::Ask(args)) => asking::run(&args, lang),
        Ok(Command::Steps(args)) => commands::steps(&args, lang),
        Ok(Command::Clients { client, policy }) => commands::clients(&client, &policy, lang),
        Ok(Command::Schema) => commands::schema(),
        Ok(Command::Collect { dir, sources, all_users, quiet: _ }) => {
            commands::collect(&dir, &sources, all_users, lang)
        }
        Ok(Command::Policies(args)) => policies::run(&args, lang),
        Ok(Command::Fleet(args)) => fleet::run(&args, lang),
        Ok(Command::ExplainError { text }) => explaining::run(&text, lang),
        #[cfg(feature = "probe")]
        Ok(Command::Probe(args)) => probing::run(&args, lang),
        #[cfg(feature = "fix")]
        Ok(Command::Fix(args)) => fixing::run(&args, lang),
        #[cfg(feature = "fix")]
        Ok(Command::Undo(args)) => undoing::run(&args, lang),
        Ok(Command::Completions { shell }) => manual::completions(shell, lang),
        Ok(Command::Man) => manual::man(lang),
        Err(stop) => stop_and_hold(stop, format, arguments, lang),
    }
}

/// What is to be done; the error is said.
fn parse(arguments: &[OsString], lang: Lang) -> Result<Command, Stop> {
    if typed::asks_for_short_help(arguments) {
        let shown = show(&help::short_help(lang));
        return Err(if shown.is_ok() { Stop::Shown } else { Stop::Output });
    }
    let command = localize::localize(Cli::command(), lang);
    let cli = command
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches))
        .map_err(|error| if localize::report(&error, lang) == OK { Stop::Shown } else { Stop::Usage })?;
    // A first word without a command may be a mistyped one.
    let may_be_command =
        |word: &Path| cli.command.is_none() && cli.scan.paths.first().is_some_and(|first| first == word);
    let paths = match &cli.command {
        None => &cli.scan.paths,
        Some(_) if cli.scan != ScanArgs::default() => {
            localize::options_before_command(lang);
            return Err(Stop::Usage);
        }
        Some(Command::Scan(args)) => &args.paths,
        Some(Command::Collect { sources, .. }) => sources,
        #[cfg(feature = "fix")]
        Some(Command::Fix(args)) => &args.paths,
        Some(_) => &Vec::new(),
    };
    let others = match &cli.command {
        Some(Command::Fleet(args)) => fleet::paths(args),
        #[cfg(feature = "probe")]
        Some(Command::Probe(args)) => args.report.iter().cloned().collect(),
        Some(Command::Scan(args)) => args.baseline.iter().cloned().collect(),
        None => cli.scan.baseline.iter().cloned().collect(),
        _ => Vec::new(),
    };
    if let Some(missing) = first_missing(paths).or_else(|| first_missing(&others)) {
        mistyped::no_such_path(missing, may_be_command(missing), lang);
        return Err(Stop::NoPath);
    }
    let (fail_on, baseline) = match &cli.command {
        Some(Command::Fleet(args)) => (&args.fail_on, &args.baseline),
        Some(Command::Scan(args)) => (&args.fail_on, &args.baseline),
        _ => (&cli.scan.fail_on, &cli.scan.baseline),
    };
    // Without a comparison nothing is new: no account would ever count.
    if fail_on.contains(&Counts::New) && baseline.is_none() {
        localize::usage(localize::NOTHING_IS_NEW.get(lang), lang);
        return Err(Stop::Usage);
    }
    Ok(cli.command.unwrap_or(Command::Scan(cli.scan)))
}

/// In a window that would close, with keys behind the answer.
fn scan_and_offer(args: ScanArgs, arguments: &[OsString], lang: Lang) -> u8 {
    if !window::holds_only_paths(arguments, &args.paths) || !console::closes_at_the_end() {
        let form = Form::of(&args, lang);
        return run_scan(args, &form).0;
    }
    loop {
        // Nobody can type commands there.
        let form = Form::of(&args, lang).without_commands();
        let (exit, report) = run_scan(args.clone(), &form);
        if window::offer(report.as_ref(), lang) == Next::Close {
            return exit;
        }
    }
}

/// What is wrong is said already; in a window that would close it can be read.
fn stop_and_hold(stop: Stop, format: Option<Format>, arguments: &[OsString], lang: Lang) -> u8 {
    let exit = stop.tell(format, lang);
    if window::has_no_options(arguments) && console::closes_at_the_end() {
        window::hold(window::CLOSE.get(lang));
    }
    exit
}

/// Says that the program itself failed, outside of any detector, and returns the exit code for "could not look".
pub fn internal_fault(arguments: &[OsString]) -> u8 {
    window::fault(arguments, console::closes_at_the_end(), &mut say, &mut window::hold);
    CHECK
}

/// The exit code, and the report if there is one.
fn run_scan(args: ScanArgs, form: &Form) -> (u8, Option<Report>) {
    if args.dry_run {
        let (passages, problems) = survey(&args.paths);
        let text = passages::survey(&passages, &problems, form.lang);
        return (if show(&text).is_ok() { OK } else { USAGE }, None);
    }
    match scan(args, form) {
        Ok((report, sink)) => (form.publish(&report, sink), Some(report)),
        Err(exit) => (exit, None),
    }
}

/// The report, and where it goes; the error is said, and is the exit code.
fn scan(args: ScanArgs, form: &Form) -> Result<(Report, Sink), u8> {
    let lang = form.lang;
    let open = || {
        let RedactionArgs { redact, redact_key } = &args.redaction;
        if redact.is_some() && redact_key.is_none() && args.baseline.is_some() {
            localize::usage(redaction::NOTHING_TO_COMPARE.get(lang), lang);
            return Err(Stop::Usage);
        }
        #[cfg(feature = "probe")]
        probing::refuse(&args, lang)?;
        let mask = redaction::mask(&args.redaction, lang)?;
        let judging = policies::rules(&args.judging, args.no_steps, lang)?;
        let baseline = baseline(args.baseline.as_deref(), lang)?;
        let sink = form.open()?;
        let is_without = args.no_steps || mask.is_some();
        let letters = letters::open_for_scan(&args.letters, is_without, lang)?;
        Ok((judging, mask, baseline, sink, letters))
    };
    let ((rules, left_out), mask, baseline, mut sink, letters) = match open() {
        Ok(ready) => ready,
        Err(stop) => return Err(stop.tell(Some(form.format), lang)),
    };
    let (is_quiet, contact) = (args.quiet, args.letters.contact.clone());
    #[cfg(feature = "probe")]
    let probing = args.probing;
    #[cfg(feature = "probe")]
    let asks = probing.probe;
    #[cfg(not(feature = "probe"))]
    let asks = false;
    let request = request(args, rules);
    // What is compared, masked or asked is so when all is known, and so are letters.
    let writes_lines = form.is_lines() && mask.is_none() && baseline.is_none() && letters.is_none() && !asks;
    let mut failed = None;
    let mut write = |started_at: &str, finding: &Finding| {
        if failed.is_none() {
            failed = form.line(finding, started_at, &mut sink).err();
        }
    };
    let mut shown = Progress::new(is_quiet, lang);
    let mut show = |done, all, current: &Path| shown.show(done, all, current);
    let mut report = scan_and_tell(
        &request,
        Meanwhile { findings: if writes_lines { Some(&mut write) } else { None }, progress: Some(&mut show) },
    );
    shown.clear();
    if let Some(error) = failed {
        return Err(form.failed(&error));
    }
    if let Some(twins) = &report.scan.twins {
        localize::no_telling_apart(twins, lang);
        letters.iter().for_each(Folder::forget_if_empty);
        return Err(Stop::Usage.tell(Some(form.format), lang));
    }
    report.issues.extend(left_out.into_iter().map(without_owner));
    #[cfg(feature = "probe")]
    probing::add(&mut report, probing, &request, is_quiet, lang);
    // Before the comparison: the earlier report is masked, too.
    if let Some(mask) = &mask {
        mask.report(&mut report);
    }
    if let Some(baseline) = baseline {
        let doubts = baseline.mark(&mut report);
        doubts.iter().filter(|_| !is_quiet).for_each(|doubt| say(&clean(doubt.get(lang))));
    }
    if let Some(mask) = &mask {
        mask.resolved(&mut report);
    }
    if let Some(folder) = letters {
        let Rules { policies, day, .. } = &request.rules;
        let manner = Manner { lang, policies: &policies.list, day: *day, contact: contact.as_deref() };
        if let Err(stop) = letters::write(folder, &of_report(&report), &manner) {
            return Err(stop.tell(Some(form.format), lang));
        }
    }
    Ok((report, sink))
}

/// The earlier report to compare with; half of one would call old findings new.
fn baseline(path: Option<&Path>, lang: Lang) -> Result<Option<Baseline>, Stop> {
    path.map(read_baseline).transpose().map_err(|problem| {
        say(&clean(&format!("{}: {}", problem.place, problem.message.get(lang))));
        Stop::Baseline
    })
}

fn request(args: ScanArgs, rules: Rules) -> Request {
    Request {
        keeps_unshown: args.letters.letters.is_some(),
        all_users: args.all_users || (args.paths.is_empty() && runs_as_system()),
        paths: args.paths,
        clients: args.client,
        servers: args.server,
        domains: args.domain,
        computer: args.computer,
        rules,
        program: own_program(),
    }
}

/// What counts for the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    Verdict(Verdict),
    Issue,
    /// Only findings that the baseline does not have.
    New,
}

/// What is not named gives neither 1 nor 3; where nothing is named, everything counts. `new` by itself leaves out what is
/// not new, whatever its verdict.
fn counts_finding(fail_on: &[Counts], verdict: Option<Verdict>, compared: Option<Compared>) -> bool {
    let names_verdicts = fail_on.iter().any(|what| matches!(what, Counts::Verdict(_)));
    let is_named = verdict.is_none_or(|verdict| fail_on.contains(&Counts::Verdict(verdict)));
    let by_verdict = is_named || (!names_verdicts && (fail_on.is_empty() || fail_on.contains(&Counts::New)));
    by_verdict && (!fail_on.contains(&Counts::New) || compared == Some(Compared::New))
}

fn counts_issues(fail_on: &[Counts]) -> bool {
    fail_on.is_empty() || fail_on.contains(&Counts::Issue)
}
