//! Thousands of reports as one: who is left, what changed, which computers are incomplete.

pub mod baseline;
pub mod html;
mod input;
pub mod json;
pub mod overview;
mod parse;
mod pieces;
mod plain;
mod state;
pub mod table;

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
    let baseline = request.baseline.as_deref().map(baseline).transpose()?;
    let (mut fleet, problems) = input::read(&request.reports, stdin);
    fleet.settle();
    Ok(then(&overview::overview(&fleet, &departments, baseline.as_ref(), &problems)))
}

/// Earlier reports to compare with. The first that can't be read is the error: half a baseline would call old findings new.
pub fn baseline(path: &Path) -> Result<Baseline, Problem> {
    let (mut fleet, problems) = input::read(&[path.to_path_buf()], &mut std::io::empty());
    if let Some(problem) = problems.into_iter().next() {
        return Err(problem);
    }
    if fleet.reports == 0 {
        return Err(Problem::malformed(
            path.display().to_string(),
            &Text::fixed("報告がありません", "there is no report"),
        ));
    }
    fleet.settle();
    Ok(Baseline::of(&fleet))
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
