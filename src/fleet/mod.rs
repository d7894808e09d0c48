//! Thousands of reports as one: who is left, what changed, which computers are incomplete.

pub mod baseline;
mod compare;
mod computer;
mod counts;
pub mod csv;
mod departments;
mod doubts;
mod faces;
mod finding;
mod good;
pub mod html;
pub mod history;
mod incomplete;
mod input;
pub mod json;
pub mod judging;
mod left;
pub mod overview;
mod names;
mod pieces;
mod plain;
mod plan;
pub mod plans;
pub mod reach;
mod record;
mod regress;
mod settle;
mod shared;
mod since;
mod state;
pub mod table;
mod take;
mod taking;

use crate::model::Text;
use crate::scan::Rules;
use crate::source::Problem;
use baseline::Baseline;
use departments::Departments;
use overview::Overview;
use pieces::empty;
use std::io::Read;
use std::path::{Path, PathBuf};
use taking::{Taking, since};
use time::Date;

/// Which reports, and what to compare them with.
#[derive(Debug)]
pub struct Request {
    /// Files, folders, `-` for stdin.
    pub reports: Vec<PathBuf>,
    /// Earlier reports.
    pub baseline: Option<PathBuf>,
    /// A file with two columns, computer and department.
    pub departments: Option<PathBuf>,
    /// Patterns of outgoing servers to show; empty = all.
    pub servers: Vec<String>,
    /// Domains of addresses to show; empty = all.
    pub domains: Vec<String>,
    /// Reports that are older in days don't count.
    pub max_age: Option<u32>,
    /// By what all reports are judged anew; `None`: what they say counts.
    pub rules: Option<Rules>,
    /// What has a day is said as of this one: that of judging, or today.
    pub day: Date,
}

/// Reads all and hands the figures on. Beside the answer: what people have to be told of the departments. The error: the
/// baseline or the departments can't be used.
pub fn fleet<T>(
    request: &Request,
    stdin: &mut (dyn Read + Send),
    then: impl FnOnce(&Overview<'_>) -> T,
) -> Result<(T, Option<Text>), Problem> {
    let mut departments = request.departments.as_deref().map(Departments::read).transpose()?;
    let rules = request.rules.as_ref();
    let since = request.max_age.map(|days| since(request.day, days));
    let taking = Taking { rules, servers: &request.servers, domains: &request.domains, since };
    let (mut fleet, mut problems) = input::read(&request.reports, stdin, taking);
    fleet.settle();
    // What is compared with is older on purpose.
    let earlier = |path| earlier(path, Taking { since: None, ..taking });
    // Of thousands of earlier reports one may be damaged: it is named like one of now, and its accounts count as new.
    let (baseline, told) = request.baseline.as_deref().map(earlier).transpose()?.unzip();
    problems.extend(told.into_iter().flatten());
    let aged = fleet.aged.keys().filter(|name| !fleet.computers.contains_key(*name));
    let computers = fleet.computers.keys().chain(aged).map(|name| fleet.text(*name));
    let remark = departments.as_mut().and_then(|departments| departments.assign(computers));
    let departments = departments.unwrap_or_default();
    let judged = (baseline.as_ref(), rules);
    let overview = overview::overview(&fleet, &departments, judged, &problems, request.day);
    Ok((then(&overview), remark))
}

/// Earlier reports to compare with. The first that can't be read is the error: half a baseline would call old findings new.
pub fn baseline(path: &Path) -> Result<Baseline, Problem> {
    let (baseline, problems) = earlier(path, Taking::default())?;
    problems.into_iter().next().map_or(Ok(baseline), Err)
}

/// Earlier reports, taken in the same way as those of now so that only accounts differ, and those of them that can't be
/// read. The error: there is none.
fn earlier(path: &Path, taking: Taking<'_>) -> Result<(Baseline, Vec<Problem>), Problem> {
    let (mut fleet, problems) = input::read(&[path.to_path_buf()], &mut std::io::empty(), taking);
    if fleet.reports == 0 {
        return Err(problems.into_iter().next().unwrap_or_else(|| empty(path.display().to_string())));
    }
    fleet.settle();
    Ok((Baseline::of(&fleet), problems))
}
