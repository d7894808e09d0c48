//! Findings that were handed on while the scan went on, and the numbers of all.

use super::{Action, Finding, Verdict};

/// What a summary, an exit code and the commands at the end need of findings that were handed on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct HandedOn {
    /// How many, by action and verdict, in the order of their lists.
    numbers: [[usize; Verdict::ALL.len()]; Action::ALL.len()],
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
}

impl HandedOn {
    /// Counts a finding that was handed on.
    pub fn count(&mut self, finding: &Finding) {
        if finding.is_open() && self.open.len() < MOST_OPEN {
            let mut finding = finding.clone();
            (finding.steps, finding.notes, finding.account.evidence) = (Vec::new(), Vec::new(), Vec::new());
            self.open.push(finding);
        }
        let action = Action::ALL.iter().position(|action| *action == finding.action);
        let verdict = Verdict::ALL.iter().position(|verdict| *verdict == finding.verdict);
        let (Some(action), Some(verdict)) = (action, verdict) else { return };
        if let Some(number) = self.numbers.get_mut(action).and_then(|row| row.get_mut(verdict)) {
            *number += 1;
        }
    }

    /// How many with this action have a verdict that is looked for.
    pub fn number(&self, action: Action, wanted: impl Fn(Verdict) -> bool) -> usize {
        let rows = Action::ALL.into_iter().zip(self.numbers).filter(|(known, _)| *known == action);
        let cells = rows.flat_map(|(_, row)| Verdict::ALL.into_iter().zip(row));
        cells.filter(|(verdict, _)| wanted(*verdict)).map(|(_, number)| number).sum()
    }
}
