//! Findings that were handed on while the scan went on, and the numbers of all.

use super::{Action, Finding, Tally, Verdict};

/// By action and verdict, in the order of their lists.
type Numbers = [[usize; Verdict::ALL.len()]; Action::ALL.len()];

/// What a summary, an exit code and the commands at the end need of findings that were handed on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HandedOn {
    /// How many, by action and verdict, in the order of their lists.
    numbers: Numbers,
    /// What a summary counts beside these.
    pub tally: Tally,
    /// How many of them count for the exit code, in the same order.
    counting: Numbers,
    /// The first of those that can't be read here, without what is told of them elsewhere.
    pub open: Vec<Finding>,
}

/// More commands than these are never shown.
const MOST_OPEN: usize = 11;

/// How many findings of each kind there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// All.
    pub findings: usize,
    /// Number per action, in the order of `Action::ALL`.
    pub actions: [usize; 3],
    /// Number per verdict, in the order of `Verdict::ALL`.
    pub verdicts: [usize; 7],
    /// What else is counted.
    pub tally: Tally,
}

impl HandedOn {
    /// Counts a finding that was handed on.
    pub fn count(&mut self, finding: &Finding) {
        if finding.is_open() && self.open.len() < MOST_OPEN {
            let mut finding = finding.clone();
            (finding.steps, finding.notes, finding.account.evidence) = (Vec::new(), Vec::new(), Vec::new());
            self.open.push(finding);
        }
        self.tally.count(finding);
        add(&mut self.numbers, finding);
        if !finding.is_not_due {
            add(&mut self.counting, finding);
        }
    }

    /// The same of those that count for the exit code.
    pub fn number_counting(&self, action: Action, wanted: impl Fn(Verdict) -> bool) -> usize {
        number(&self.counting, action, wanted)
    }

    /// How many with this action have a verdict that is looked for.
    pub fn number(&self, action: Action, wanted: impl Fn(Verdict) -> bool) -> usize {
        number(&self.numbers, action, wanted)
    }
}

fn add(numbers: &mut Numbers, finding: &Finding) {
    let action = Action::ALL.iter().position(|action| *action == finding.action);
    let verdict = Verdict::ALL.iter().position(|verdict| *verdict == finding.verdict);
    let (Some(action), Some(verdict)) = (action, verdict) else { return };
    if let Some(number) = numbers.get_mut(action).and_then(|row| row.get_mut(verdict)) {
        *number += 1;
    }
}

fn number(numbers: &Numbers, action: Action, wanted: impl Fn(Verdict) -> bool) -> usize {
    let rows = Action::ALL.into_iter().zip(numbers).filter(|(known, _)| *known == action);
    let cells = rows.flat_map(|(_, row)| Verdict::ALL.into_iter().zip(row));
    cells.filter(|(verdict, _)| wanted(*verdict)).map(|(_, number)| number).sum()
}
