//! `probe`, and `scan --probe`: servers are asked what they offer.

use super::arguments::ScanArgs;
use super::asking::read_report;
use super::judging_arguments::ChosenPolicies;
use super::output::{Sink, say};
use super::places;
use super::policies::load;
use super::probe_arguments::{ProbeArgs, ProbeFormat, ScanProbing};
use super::progress::Progress;
use super::stop::Stop;
use super::{CHANGE, CHECK, OK, console, localize};
use crate::model::{Finding, Lang, Note, Probe, Report, Text, Wanted};
use crate::policy::{Pattern, Policies};
use crate::probe::crew::Run;
use crate::probe::limits::Patience;
use crate::probe::names::Typed;
use crate::probe::port::Means;
use crate::probe::trust::Roots;
use crate::probe::{Subject, probe, resolve, worst};
use crate::report::clean::{ascii_json, clean};
use crate::report::{probes, v1};
use crate::scan::Request;
use crate::source::here::runs_as_system;
use std::sync::atomic::{AtomicBool, Ordering};

/// Asks, and prints what came.
pub(super) fn run(args: &ProbeArgs, lang: Lang) -> u8 {
    let chosen =
        ChosenPolicies { policy: args.policy.clone(), no_builtin_policies: args.no_builtin_policies };
    let loaded = match load::chosen(&chosen, lang) {
        Ok(loaded) => loaded,
        Err(stop) => return stop.tell(None, lang),
    };
    for problem in &loaded.left_out {
        say(&clean(&format!("{}: {}", problem.place, problem.message.get(lang))));
    }
    let subjects = match args.report.as_deref().map(read_report).transpose() {
        Ok(earlier) => earlier.iter().flatten().filter_map(Subject::of_earlier).collect::<Vec<_>>(),
        Err(message) => {
            say(message.get(lang));
            return Stop::Answers.tell(None, lang);
        }
    };
    let sink = match Sink::new(args.output.clone()) {
        Ok(sink) => sink,
        Err(error) => return places::not_written(args.output.as_deref(), &error, lang),
    };
    let found = ask(&args.hosts, &subjects, &loaded.policies, args.internal, args.quiet, lang);
    let written = match args.format {
        ProbeFormat::Table => sink.write(&probes::text(&found, lang)),
        ProbeFormat::Markdown => sink.write_utf8(&probes::markdown(&found, lang)),
        ProbeFormat::Json if args.output.is_none() && console::needs_ascii() => {
            sink.write_utf8(&ascii_json(&v1::render_probes(&found)))
        }
        ProbeFormat::Json => sink.write_utf8(&v1::render_probes(&found)),
    };
    if let Err(error) = written {
        return places::not_written(args.output.as_deref(), &error, lang);
    }
    if let Some(path) = &args.output {
        say(&places::written(path, lang));
    }
    match worst(found.iter().map(|probe| probe.wanted)) {
        Some(Wanted::No) => CHANGE,
        Some(Wanted::Unreachable) => CHECK,
        Some(Wanted::Yes) | None => OK,
    }
}

const NOT_AS_SYSTEM: Text = Text::fixed(
    "--probe は、root や SYSTEM では使えません。利用者自身が実行してください。",
    "--probe is for a user's own scan: it does not run as root or SYSTEM",
);

/// Silence would read as if the servers had been asked.
const NOBODY: Text = Text::fixed(
    "問い合わせたサーバーはありません: --probe は、ポリシーにあるサーバーと --server で指定したサーバーだけに問い合わせます。",
    "no server was asked: --probe asks only servers that a policy claims or that --server names",
);

/// Whoever scans for others asks no servers that their settings name.
pub(super) fn refuse(args: &ScanArgs, lang: Lang) -> Result<(), Stop> {
    if args.probing.probe && runs_as_system() {
        localize::usage(NOT_AS_SYSTEM.get(lang), lang);
        return Err(Stop::Usage);
    }
    Ok(())
}

/// Asks the servers of a scan, and adds what they answer, and to each finding the sentence.
pub(super) fn add(report: &mut Report, probing: ScanProbing, request: &Request, quiet: bool, lang: Lang) {
    if !probing.probe {
        return;
    }
    let subjects: Vec<Subject> =
        report.findings.iter().filter_map(|finding| subject(finding, &request.servers)).collect();
    if subjects.is_empty() && !quiet {
        say(NOBODY.get(lang));
    }
    let found = ask(&[], &subjects, &request.rules.policies, probing.internal, quiet, lang);
    for account in found.iter().flat_map(|probe| &probe.accounts) {
        let is_it = |finding: &&mut Finding| finding.id == account.id && finding.computer == account.computer;
        if let Some(finding) = report.findings.iter_mut().find(is_it) {
            finding.notes.push(Note::Other("probe", account.text.clone()));
        }
    }
    report.probes = found;
}

/// The same for `fix`, whose plan goes by the answers.
#[cfg(feature = "fix")]
pub(super) fn add_for_fix(report: &mut Report, is_wanted: bool, request: &Request, quiet: bool, lang: Lang) {
    let probing = ScanProbing { probe: is_wanted && !runs_as_system(), internal: false };
    add(report, probing, request, quiet, lang);
}

/// The sides of an account that a policy claims or `--server` names.
fn subject(finding: &Finding, servers: &[String]) -> Option<Subject> {
    let mut subject = Subject::of(finding)?;
    let host = subject.outgoing.as_ref().and_then(|seen| seen.host.as_deref());
    let is_named = host.is_some_and(|host| {
        servers.iter().filter_map(|server| Pattern::new(server)).any(|pattern| pattern.fits(host))
    });
    if finding.provider.is_none() && !is_named {
        subject.outgoing = None;
    }
    if finding.receiving.provider.is_none() {
        subject.incoming = None;
    }
    (subject.outgoing.is_some() || subject.incoming.is_some()).then_some(subject)
}

/// Set by Ctrl+C.
static IS_STOPPED: AtomicBool = AtomicBool::new(false);

fn ask(
    typed: &[Typed],
    subjects: &[Subject],
    policies: &Policies,
    internal: bool,
    is_quiet: bool,
    lang: Lang,
) -> Vec<Probe> {
    // Without it Ctrl+C ends the program as ever.
    let _ = ctrlc::set_handler(|| IS_STOPPED.store(true, Ordering::Relaxed));
    let means = Means::new(Patience::USUAL, Roots::of_platform());
    let run = Run { means, resolver: resolve, internal };
    let mut shown = Progress::new(is_quiet, lang);
    let found = probe(typed, subjects, policies, &run, |done, all| {
        shown.asked(done, all);
        !IS_STOPPED.load(Ordering::Relaxed)
    });
    shown.clear();
    found
}
