//! Thousands of reports as one: who is left, what changed, which computers are incomplete.

pub mod baseline;
pub mod html;
pub mod history;
mod input;
pub mod json;
pub mod overview;
mod parse;
mod pieces;
mod plain;
mod settle;
mod state;
pub mod table;
mod take;

use crate::formats::encodings::decode;
use crate::model::Text;
use crate::source::Problem;
use crate::source::system::{MAX_FILE, read_file};
use baseline::Baseline;
use overview::Overview;
use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Which reports, and what to compare them with.
#[derive(Debug, Default)]
pub struct Request {
    /// Files, folders, `-` for stdin.
    pub reports: Vec<PathBuf>,
    /// Earlier reports.
    pub baseline: Option<PathBuf>,
    /// A CSV file `computer,department`.
    pub departments: Option<PathBuf>,
}

/// Reads all and hands the figures on. The error: the baseline or the departments can't be used.
pub fn fleet<T>(
    request: &Request,
    stdin: &mut (dyn Read + Send),
    then: impl FnOnce(&Overview<'_>) -> T,
) -> Result<T, Problem> {
    let departments = request.departments.as_deref().map(departments).transpose()?.unwrap_or_default();
    let (mut fleet, mut problems) = input::read(&request.reports, stdin);
    if fleet.reports == 0 && problems.is_empty() {
        problems.extend(request.reports.iter().map(|path| no_report(path)));
    }
    fleet.settle();
    // Of thousands of earlier reports one may be damaged: it is named like one of now, and its accounts count as new.
    let (baseline, told) = request.baseline.as_deref().map(earlier).transpose()?.unzip();
    problems.extend(told.into_iter().flatten());
    Ok(then(&overview::overview(&fleet, &departments, baseline.as_ref(), &problems)))
}

/// Earlier reports to compare with. The first that can't be read is the error: half a baseline would call old findings new.
pub fn baseline(path: &Path) -> Result<Baseline, Problem> {
    let (baseline, problems) = earlier(path)?;
    problems.into_iter().next().map_or(Ok(baseline), Err)
}

/// Earlier reports, and those of them that can't be read. The error: there is none.
fn earlier(path: &Path) -> Result<(Baseline, Vec<Problem>), Problem> {
    let (mut fleet, problems) = input::read(&[path.to_path_buf()], &mut std::io::empty());
    if fleet.reports == 0 {
        return Err(problems.into_iter().next().unwrap_or_else(|| no_report(path)));
    }
    fleet.settle();
    Ok((Baseline::of(&fleet), problems))
}

fn no_report(path: &Path) -> Problem {
    Problem::malformed(path.display().to_string(), &Text::fixed("報告がありません", "there is no report"))
}

/// Departments by computer, in lower case. A first line that is a heading does no harm.
fn departments(path: &Path) -> Result<HashMap<String, String>, Problem> {
    let text = decode(&read_file(path, MAX_FILE)?);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut departments = HashMap::new();
    for row in reader.records() {
        let row = row.map_err(|error| {
            let line = error.position().map_or(0, csv::Position::line);
            Problem::malformed(
                path.display().to_string(),
                &Text::new(format!("{line} 行目: CSV として読み取れません"), format!("line {line}: not CSV")),
            )
        })?;
        if let (Some(computer), Some(department)) = (row.get(0), row.get(1)) {
            departments.insert(computer.to_lowercase(), department.to_owned());
        }
    }
    Ok(departments)
}
