//! The plans of `fix` from many computers: how much can be changed, what stands against the rest, and for whom.

use super::input::gather;
use crate::model::{ChangeState, IssueKind, Lang, Text};
use crate::report::blocks::wrap;
use crate::report::clean::clean;
use crate::report::csv;
use crate::report::v1::{ChangeIn, is_of_fix, read_fixes};
use crate::source::Problem;
use crate::source::system::read_file;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// A file of plans is a few kilobytes.
const MOST: u64 = 64 << 20;
/// The schema stands at the beginning.
const BEGINNING: usize = 200;

/// The plans of a fleet.
#[derive(Debug, Default)]
pub struct Plans {
    /// In the order of the files.
    pub changes: Vec<ChangeIn>,
    /// Files that could not be read.
    pub problems: Vec<Problem>,
}

/// What these paths hold, if the first file among them is a plan; `None`: they are reports.
pub fn plans(paths: &[PathBuf]) -> Option<Plans> {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths.iter().filter(|path| path.as_os_str() != "-") {
        gather(path, 0, &mut files, &mut problems);
    }
    let first = read_file(files.first()?, MOST).ok()?;
    if !is_of_fix(first.get(..BEGINNING.min(first.len()))?) {
        return None;
    }
    let mut plans = Plans { changes: Vec::new(), problems };
    for file in files {
        let place = file.display().to_string();
        match read_file(&file, MOST).map(|bytes| read_fixes(&bytes)) {
            Ok(Ok(changes)) => plans.changes.extend(changes),
            Ok(Err(line)) => plans.problems.push(no_plan(&place, line)),
            Err(problem) => plans.problems.push(problem),
        }
    }
    Some(plans)
}

fn no_plan(place: &str, line: usize) -> Problem {
    Problem::new(
        IssueKind::Malformed,
        place,
        Text::new(
            format!("{line} 行目は fix の計画ではありません。"),
            format!("line {line} is no plan of `fix`"),
        ),
    )
}

/// How often each occurs, the most frequent first.
fn counted<'a>(items: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    items.for_each(|item| *counts.entry(item).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

impl Plans {
    fn is_planned(change: &ChangeIn) -> bool {
        change.state == ChangeState::Planned.code()
    }

    /// True if something of it can be changed, or is left.
    pub fn is_left(&self) -> bool {
        self.changes.iter().any(|change| change.state != ChangeState::Done.code())
    }

    /// For people.
    pub fn text(&self, lang: Lang) -> String {
        let computers: BTreeSet<_> = self.changes.iter().map(|change| change.computer.as_deref()).collect();
        let head = Text::new(
            format!("計画: コンピューター {}、アカウント {}", computers.len(), self.changes.len()),
            format!("Plans: {} computers, {} accounts", computers.len(), self.changes.len()),
        );
        let mut lines = vec![head.get(lang).to_owned()];
        for (state, count) in counted(self.changes.iter().map(|change| change.state.as_str())) {
            let of_state = || self.changes.iter().filter(|change| change.state == state);
            lines.push(format!("\n{}: {count}", clean(&word(state, lang))));
            let clients = counted(of_state().map(|change| change.client_name.as_str()));
            lines.extend(clients.iter().map(|(client, count)| format!("  {count:>6}  {}", clean(client))));
            let reasons =
                counted(of_state().flat_map(|change| &change.obstacles).map(|one| one.code.as_str()));
            for (code, count) in reasons {
                let text = of_state().flat_map(|change| &change.obstacles).find(|one| one.code == code);
                let text = text.map_or("", |one| if lang == Lang::Ja { &one.ja } else { &one.en });
                lines.extend(wrap(&format!("  {count:>6}  {code}: "), &clean(text)));
            }
        }
        lines.push(String::new());
        for change in self.changes.iter().filter(|change| Self::is_planned(change)) {
            let owner = [change.computer.as_deref(), change.user.as_deref()];
            let owner: Vec<&str> = owner.into_iter().flatten().collect();
            let who = format!("{}, {} ({})", owner.join(", "), change.account, change.client_name);
            lines.extend(wrap("", &clean(&format!("{who}: {}", settings(change)))));
        }
        for problem in &self.problems {
            lines.extend(wrap("! ", &clean(&format!("{}: {}", problem.place, problem.message.get(lang)))));
        }
        lines.join("\n").trim_end().to_owned() + "\n"
    }

    /// A row for each account, for spreadsheets.
    pub fn csv(&self) -> String {
        let rows = self.changes.iter().map(|change| {
            let codes: Vec<&str> = change.obstacles.iter().map(|one| one.code.as_str()).collect();
            vec![
                change.computer.clone().unwrap_or_default(),
                change.user.clone().unwrap_or_default(),
                change.client_name.clone(),
                change.account.clone(),
                change.state.clone(),
                codes.join(" "),
                settings(change),
            ]
        });
        csv::table(&["computer", "user", "client_name", "account", "state", "obstacles", "settings"], rows)
    }
}

/// The state for people; one of a later version as it is.
fn word(state: &str, lang: Lang) -> String {
    let known = ChangeState::ALL.into_iter().find(|known| known.code() == state);
    known.map_or_else(|| state.to_owned(), |known| known.text().get(lang).to_owned())
}

/// `smtp_port 25 > 587, ssl_smtp 0 > 2`.
fn settings(change: &ChangeIn) -> String {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let one = |edit: &crate::report::v1::EditIn| {
        format!("{} {} > {}", edit.setting, value(&edit.old), value(&edit.new))
    };
    change.settings.iter().map(one).collect::<Vec<_>>().join(", ")
}
