//! Which computers have reported: those that never did, and those that are silent.

pub use super::departments::Absent;
use super::departments::Departments;
use super::names::{Name, day_of, grouped};
use super::state::Fleet;
use crate::model::{Text, iso};
use crate::report::clean::clean;
use std::collections::HashMap;
use time::Date;

/// Who has not reported for so many days is silent.
pub const SILENT: i64 = 14;

/// A computer whose newest report is old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silent<'a> {
    /// Its name.
    pub computer: &'a str,
    /// Its department; empty if it is not known.
    pub department: &'a str,
    /// The day (UTC) of its newest report.
    pub last: Date,
    /// True if its accounts count: its reports are not too old for that.
    pub counts: bool,
}

/// What the figures stand on.
#[derive(Debug, Default)]
pub struct Reach<'a> {
    /// Computers whose reports count.
    pub reported: usize,
    /// Those, and all others that are known.
    pub known: usize,
    /// The longest silent first.
    pub silent: Vec<Silent<'a>>,
    /// In the order of the file.
    pub absent: Vec<Absent<'a>>,
    /// Reports that were left out because they are too old.
    pub too_old: u64,
}

impl Reach<'_> {
    /// How many computers have reported, for people.
    pub fn base(&self) -> Text {
        let (reported, known) = (grouped(self.reported), grouped(self.known));
        if self.reported == self.known {
            let noun = if self.reported == 1 { "computer" } else { "computers" };
            return Text::new(
                format!("報告のあったコンピューター {reported} 台"),
                format!("{reported} {noun} reported"),
            );
        }
        Text::new(
            format!("コンピューター {known} 台のうち {reported} 台が報告済み"),
            format!("{reported} of {known} computers reported"),
        )
    }
}

/// Computes it, as of this day.
pub(super) fn reach<'a>(fleet: &'a Fleet, departments: &'a Departments, on: Date) -> Reach<'a> {
    let mut last: HashMap<Name, (i64, bool)> = HashMap::new();
    last.extend(fleet.aged.iter().map(|(computer, spelling)| (*computer, (spelling.time, false))));
    for (computer, state) in &fleet.computers {
        if let Some(time) = state.last() {
            last.insert(*computer, (time, true));
        }
    }
    let silent = last.iter().filter_map(|(computer, (time, counts))| {
        let last = day_of(*time)?;
        let is_silent = !counts || (on - last).whole_days() >= SILENT;
        let department = departments.by_computer.get(fleet.text(*computer)).map_or("", String::as_str);
        is_silent.then_some(Silent { computer: spelled(fleet, *computer), department, last, counts: *counts })
    });
    let mut silent: Vec<Silent<'a>> = silent.collect();
    silent.sort_by_key(|silent| (silent.last, silent.department, silent.computer));
    let absent: Vec<Absent<'a>> = departments.absent().collect();
    let missing = last.iter().filter(|(computer, _)| !fleet.computers.contains_key(*computer)).count();
    Reach {
        reported: fleet.computers.len(),
        known: fleet.computers.len() + missing + absent.len(),
        silent,
        absent,
        too_old: fleet.too_old,
    }
}

/// The name as the newest report spells it, of those that are too old where there is no other.
fn spelled(fleet: &Fleet, computer: Name) -> &str {
    match (fleet.computers.get(&computer), fleet.aged.get(&computer)) {
        (None, Some(aged)) => fleet.text(aged.name),
        _ => fleet.computer_name(computer),
    }
}

/// The heading of those that never reported.
pub const fn never() -> Text {
    Text::fixed(
        "部署のファイルにあり、報告のないコンピューター",
        "Computers of the departments file that never reported",
    )
}

/// The heading of those that are silent.
pub fn silent() -> Text {
    Text::new(
        format!("{SILENT} 日以上報告がないか、報告が古すぎるコンピューター(最後の報告の日)"),
        format!(
            "Computers silent for {SILENT} days or more, or whose reports are too old (day of the last one)"
        ),
    )
}

impl Silent<'_> {
    /// Which, since when, for people.
    pub fn text(&self) -> String {
        clean(&named(self.computer, self.department, Some(&iso(self.last))))
    }
}

impl Absent<'_> {
    /// Which, for people.
    pub fn text(&self) -> String {
        clean(&named(self.computer, self.department, None))
    }
}

/// `PC-1 (Sales, 2026-10-01)`.
fn named(computer: &str, department: &str, day: Option<&str>) -> String {
    let facts: Vec<&str> = [department].into_iter().filter(|text| !text.is_empty()).chain(day).collect();
    if facts.is_empty() { computer.to_owned() } else { format!("{computer} ({})", facts.join(", ")) }
}
