//! The command `fleet`.

use super::arguments::{FleetArgs, FleetFormat};
use super::console::Screen;
use super::judging_arguments::PolicyArgs;
use super::output::{Sink, say};
use super::publish::{DONE, not_in_csv};
use super::stop::Stop;
use super::{CHANGE, CHECK, OK, USAGE, console, counts_finding, counts_issues, letters, places, policies};
use crate::fleet::overview::Overview;
use crate::fleet::plans::{Plans, plans};
use crate::fleet::reach;
use crate::fleet::table::Look;
use crate::fleet::{Request, csv, fleet, html, json, table};
use crate::letters::{Manner, of_fleet};
use crate::model::{Action, Lang, Text};
use crate::report::clean::{ascii_json, clean};
use crate::scan::Rules;
use crate::source::here::today;
use std::io;
use std::path::PathBuf;

/// The paths that have to exist.
pub(super) fn paths(args: &FleetArgs) -> Vec<PathBuf> {
    let reports = args.reports.iter().filter(|path| path.as_os_str() != "-");
    reports.chain(&args.baseline).chain(&args.departments).cloned().collect()
}

pub(super) fn run(args: &FleetArgs, lang: Lang) -> u8 {
    if let Some(plans) = plans(&args.reports) {
        return of_plans(&plans, args, lang);
    }
    let rules = match rules(args, lang) {
        Ok(rules) => rules,
        Err(stop) => return stop.tell(None, lang),
    };
    let sink = match Sink::new(args.output.clone()) {
        Ok(sink) => sink,
        Err(error) => return places::not_written(args.output.as_deref(), &error, lang),
    };
    let mut folder = match letters::open(&args.letters, lang) {
        Ok(folder) => folder,
        Err(stop) => return stop.tell(None, lang),
    };
    let request = Request {
        reports: args.reports.clone(),
        baseline: args.baseline.clone(),
        departments: args.departments.clone(),
        servers: args.server.clone(),
        domains: args.domain.clone(),
        max_age: args.max_age,
        day: rules.as_ref().map_or_else(today, |rules| rules.day),
        rules,
    };
    let answer = fleet(&request, &mut io::stdin(), |overview| {
        if let Some(folder) = folder.take() {
            // Without policies no server is known to be anybody's.
            let rules = request.rules.as_ref();
            let policies = rules.map_or(&[][..], |rules| &rules.policies.list);
            let day = rules.map_or_else(today, |rules| rules.day);
            let manner = Manner { lang, policies, day, contact: args.letters.contact.as_deref() };
            if letters::write(folder, &of_fleet(overview), &manner).is_err() {
                return (None, USAGE);
            }
        }
        let written = write(overview, args, sink, lang);
        if written.is_ok() && args.format == FleetFormat::Csv {
            not_in_csv(&without_row(overview), lang);
        }
        // The other formats are for people, who find it there.
        if matches!(args.format, FleetFormat::Csv | FleetFormat::Json) {
            overview.doubts().iter().for_each(|doubt| say(&clean(doubt.get(lang))));
        }
        (Some(written), exit_code(overview, args))
    });
    if let Some(folder) = folder {
        folder.forget_if_empty();
    }
    let answer = answer.map(|(answer, remark)| {
        if let Some(remark) = remark {
            say(&clean(remark.get(lang)));
        }
        answer
    });
    match answer {
        Ok((None, exit)) => exit,
        Ok((Some(Ok(())), exit)) => {
            if let Some(path) = &args.output {
                say(&places::written(path, lang));
            }
            if args.exit_zero { OK } else { exit }
        }
        Ok((Some(Err(error)), _)) => places::not_written(args.output.as_deref(), &error, lang),
        Err(problem) => {
            say(&clean(&format!("{}: {}", problem.place, problem.message.get(lang))));
            USAGE
        }
    }
}

/// Plans of `fix` are counted by themselves.
fn of_plans(plans: &Plans, args: &FleetArgs, lang: Lang) -> u8 {
    let written = Sink::new(args.output.clone()).and_then(|sink| match args.format {
        FleetFormat::Csv => sink.write_utf8(&plans.csv()),
        _ => sink.write(&plans.text(lang)),
    });
    match written {
        Err(error) => places::not_written(args.output.as_deref(), &error, lang),
        Ok(()) if args.exit_zero => OK,
        Ok(()) if plans.is_left() => CHANGE,
        Ok(()) if !plans.problems.is_empty() => CHECK,
        Ok(()) => OK,
    }
}

/// By what the reports are judged anew. Any option of judging asks for it: none is without effect.
fn rules(args: &FleetArgs, lang: Lang) -> Result<Option<Rules>, Stop> {
    if args.judging == PolicyArgs::default() {
        return Ok(None);
    }
    let (rules, left_out) = policies::rules(&args.judging, false, lang)?;
    for problem in left_out {
        say(&clean(&format!("{}: {}", problem.place, problem.message.get(lang))));
    }
    Ok(Some(Rules { for_many: true, ..rules }))
}

fn write(overview: &Overview<'_>, args: &FleetArgs, sink: Sink, lang: Lang) -> io::Result<()> {
    match args.format {
        FleetFormat::Table => {
            let Screen { line_drawing, width, .. } = sink.screen(lang);
            sink.write(&table::render(overview, Look { lang, line_drawing, width }))
        }
        FleetFormat::Json if args.output.is_none() && console::needs_ascii() => {
            sink.write(&ascii_json(&json::render(overview)))
        }
        FleetFormat::Json => sink.write(&json::render(overview)),
        FleetFormat::Csv => sink.write_utf8(&csv::render(overview)),
        FleetFormat::Html => sink.write_utf8(&html::render(overview, lang)),
    }
}

/// What the list of who is left does not hold.
fn without_row(overview: &Overview<'_>) -> Vec<(Text, usize)> {
    let reach = &overview.reach;
    let mut without = vec![
        (Text::fixed("読み取れなかった報告", "reports that could not be read"), overview.problems.len()),
        (
            Text::fixed("すべては調べられなかったコンピューター", "computers of which not all could be read"),
            overview.incomplete.len(),
        ),
        (DONE, overview.resolved.as_ref().map_or(0, Vec::len)),
        (reach::never(), reach.absent.len()),
        (reach::silent(), reach.silent.len()),
    ];
    without.extend(overview.left_out());
    without
}

fn exit_code(overview: &Overview<'_>, args: &FleetArgs) -> u8 {
    let any = |is: &dyn Fn(Option<Action>) -> bool| {
        let mut left = overview.left.iter();
        left.any(|left| {
            let counts = counts_finding(&args.fail_on, left.verdict, left.compared);
            is(left.action) && !left.is_not_due && counts
        })
    };
    // Where all reports are too old nothing is known.
    let is_unsure = overview.reports == 0 || !overview.problems.is_empty() || !overview.incomplete.is_empty();
    if any(&|action| action == Some(Action::Change)) {
        CHANGE
    } else if any(&|action| action != Some(Action::Change)) || (is_unsure && counts_issues(&args.fail_on)) {
        CHECK
    } else {
        OK
    }
}
