//! What the data of one person may still take of time, memory and the report.

use super::problem::Problem;
use crate::model::limits::{self, Limit};
use crate::model::{IssueKind, Text};
use std::cell::RefCell;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Bytes of files.
    Bytes,
    /// Bytes of databases.
    Databases,
    /// Bytes of the lists of files in phones' backups.
    Manifests,
    /// Bytes that Android backups unpack to.
    Backups,
    /// Entries of folders.
    Entries,
    /// Files that are opened.
    Opens,
    /// Accounts.
    Accounts,
    /// Addresses of one account.
    Addresses,
    /// Bytes of the evidence.
    Evidence,
    /// Issues.
    Issues,
}

const ALL: [What; 10] = [
    What::Bytes,
    What::Databases,
    What::Manifests,
    What::Backups,
    What::Entries,
    What::Opens,
    What::Accounts,
    What::Addresses,
    What::Evidence,
    What::Issues,
];

/// One thing that is counted.
#[derive(Debug, Clone, Default)]
struct Count {
    used: u64,
    /// Something did not fit: from then on nothing does.
    is_spent: bool,
    /// Of most homes nothing is, and there may be tens of thousands.
    left_out: Option<Box<LeftOut>>,
}

/// What was left out.
#[derive(Debug, Clone, Default)]
struct LeftOut {
    number: u64,
    /// Where the first of it lies.
    place: String,
    /// It was told already: of a home with many parts each leaves something out.
    is_told: bool,
}

/// What is left, and what was left out. All that lies in one home shares one.
#[derive(Debug, Default)]
pub struct Budget {
    counts: RefCell<[Count; ALL.len()]>,
}

impl What {
    const fn limit(self) -> &'static Limit {
        match self {
            Self::Bytes => &limits::BYTES,
            Self::Databases => &limits::DATABASES,
            Self::Manifests => &limits::MANIFESTS,
            Self::Backups => &limits::BACKUPS,
            Self::Entries => &limits::ENTRIES,
            Self::Opens => &limits::OPENS,
            Self::Accounts => &limits::ACCOUNTS,
            Self::Addresses => &limits::ADDRESSES,
            Self::Evidence => &limits::TEXT,
            Self::Issues => &limits::ISSUES,
        }
    }

    /// What was left out of it.
    fn text(self, left_out: u64) -> Text {
        let limit = self.limit().shown();
        let (ja, en) = match self {
            Self::Bytes | Self::Databases | Self::Manifests | Self::Backups => (
                format!(
                    "このユーザーのファイルは合計 {limit} まで読み取ります。残りの少なくとも {left_out} 個は読み取っていません。"
                ),
                format!("{limit} of this user's files were read; at least {left_out} more were left out"),
            ),
            Self::Entries => (
                format!(
                    "このユーザーのフォルダーは合計 {limit} 項目まで調べます。残りの少なくとも {left_out} 個のフォルダーは調べていません。"
                ),
                format!(
                    "{limit} entries of this user's folders were listed; at least {left_out} more folders were left out"
                ),
            ),
            Self::Opens => (
                format!(
                    "このユーザーのファイルは {limit} 個まで読み取ります。残りの少なくとも {left_out} 個は読み取っていません。"
                ),
                format!("{limit} of this user's files were opened; at least {left_out} more were left out"),
            ),
            Self::Accounts => (
                format!("アカウントは {limit} 件まで示します。残りの少なくとも {left_out} 件は省きました。"),
                format!("{limit} accounts are shown; at least {left_out} more were left out"),
            ),
            Self::Addresses => (
                format!(
                    "1つのアカウントのアドレスは {limit} 件まで示します。残りの少なくとも {left_out} 件は省きました。"
                ),
                format!("{limit} addresses of an account are shown; at least {left_out} more were left out"),
            ),
            Self::Evidence => (
                format!("根拠は合計 {limit} まで示します。残りのアカウントの {left_out} 件は省きました。"),
                format!(
                    "{limit} of evidence are shown; at least {left_out} settings of further accounts were left out"
                ),
            ),
            Self::Issues => (
                format!("読み取れなかったものが、ほかに少なくとも {left_out} 件あります。"),
                format!("at least {left_out} more could not be read"),
            ),
        };
        Text::new(ja, en)
    }
}

impl Budget {
    /// Takes so much; false if there is no more, and from then on always.
    pub fn take(&self, what: What, amount: u64) -> bool {
        let mut counts = self.counts.borrow_mut();
        let Some(count) = counts.get_mut(what as usize) else { return false };
        count.used = count.used.saturating_add(amount);
        count.is_spent |= count.used > what.limit().most;
        !count.is_spent
    }

    /// Notes that something was left out.
    pub fn leave_out(&self, what: What, number: u64, place: &str) {
        if let Some(count) = self.counts.borrow_mut().get_mut(what as usize).filter(|_| number > 0) {
            let left_out = count.left_out.get_or_insert_default();
            left_out.number += number;
            if left_out.place.is_empty() {
                place.clone_into(&mut left_out.place);
            }
        }
    }

    /// How much more there is room for.
    pub(super) fn left(&self, what: What) -> u64 {
        let used = self.counts.borrow().get(what as usize).map_or(0, |count| count.used);
        what.limit().most.saturating_sub(used)
    }

    /// True if something did not fit.
    pub fn is_spent(&self, what: What) -> bool {
        self.counts.borrow().get(what as usize).is_some_and(|count| count.is_spent)
    }

    /// Puts what was left out in the place of the refusals, and begins anew for another reading of the same data: that of
    /// the copies that are made of what was read.
    pub fn settle(&self, problems: &mut Vec<Problem>) {
        problems.retain(|problem| !Self::is_refusal(problem));
        problems.extend(self.left_out());
        for count in self.counts.borrow_mut().iter_mut().filter(|count| !count.is_spent) {
            count.used = 0;
        }
    }

    /// Notes that something was left out. The problem stands for it where it was asked for; it is told once, at the end.
    /// The place is asked for only where it is needed.
    pub(super) fn refuse(&self, what: What, place: impl FnOnce() -> String) -> Problem {
        let has_place =
            |count: &Count| count.left_out.as_ref().is_some_and(|left_out| !left_out.place.is_empty());
        let is_first = self.counts.borrow().get(what as usize).is_some_and(|count| !has_place(count));
        let place = if is_first { place() } else { String::new() };
        self.leave_out(what, 1, &place);
        Problem::new(IssueKind::TooLarge, place, REFUSED)
    }

    /// True for what is told at the end, with all else that was left out.
    pub fn is_refusal(problem: &Problem) -> bool {
        problem.kind == IssueKind::TooLarge && problem.message == REFUSED
    }

    /// What was left out so far and was not told yet.
    pub fn left_out(&self) -> Vec<Problem> {
        let mut counts = self.counts.borrow_mut();
        let left_out = ALL.into_iter().zip(counts.iter_mut().map(|count| count.left_out.as_mut()));
        left_out
            .filter_map(|(what, left_out)| {
                let left_out = left_out.filter(|left_out| !left_out.is_told)?;
                left_out.is_told = true;
                Some(Problem::new(IssueKind::TooLarge, left_out.place.clone(), what.text(left_out.number)))
            })
            .collect()
    }
}

const REFUSED: Text = Text::fixed(
    "このユーザーのデータが多すぎるため、読み取っていません。",
    "left out: there is too much of this user's data",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_taken_to_its_limit_and_the_rest_is_told_once() {
        for what in ALL {
            let (budget, most) = (Budget::default(), what.limit().most);
            assert!(budget.take(what, most - 1) && budget.take(what, 1) && budget.take(what, 0), "{what:?}");
            assert!(budget.left_out().is_empty() && !budget.is_spent(what), "{what:?}");
            assert!(!budget.take(what, 1) && !budget.take(what, 0) && budget.is_spent(what), "{what:?}");
            let refusals = ["first", "second"].map(|place| budget.refuse(what, || place.to_owned()));
            assert!(refusals.iter().all(Budget::is_refusal));
            let told = budget.left_out();
            let [problem] = told.as_slice() else { panic!("{told:?}") };
            assert_eq!((problem.kind, problem.place.to_string().as_str()), (IssueKind::TooLarge, "first"));
            for text in [&problem.message.ja, &problem.message.en] {
                assert!(text.contains('2'), "{text}");
            }
            assert!(budget.left_out().is_empty(), "{what:?}");
        }
    }
}
