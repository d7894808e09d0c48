//! By which policies reports were judged, and whether they were judged anew.

use crate::model::{Text, day_text};
use crate::policy::{Origin, is_built_in};
use crate::report::v1::lean::ScanIn;
use crate::scan::Rules;
use std::collections::{BTreeMap, BTreeSet};
use time::Date;

/// What the reports say of the policies that judged them.
#[derive(Debug, Default)]
pub(super) struct Policies {
    /// How many reports each set judged.
    sets: BTreeMap<Set, u64>,
    /// Ids of those that had a word when they were judged anew.
    pub(super) used: BTreeSet<String>,
}

/// Policies that judged a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Set {
    /// Their names, without those that are part of the program: a report names these only where one spoke for an account.
    pub names: Vec<String>,
    /// By a version that knew no policies of providers.
    pub is_early: bool,
}

/// How the verdicts came about.
#[derive(Debug)]
pub struct Judging {
    /// Of the reports: each set with their number.
    pub sets: Vec<(Set, u64)>,
    /// Where they were judged anew: the day, and the names of the policies.
    pub anew: Option<(Date, Vec<String>)>,
    /// Accounts that are still what their reports say, though all was judged anew.
    pub kept: usize,
    /// Accounts that no policy speaks for, where such are only counted.
    pub others: usize,
}

impl Policies {
    /// Takes what a report says.
    pub(super) fn take(&mut self, scan: &ScanIn<'_>) {
        let names = scan.policies.iter().map(|name| &*name.0).filter(|name| !is_built_in(name));
        let set = Set { names: names.map(str::to_owned).collect(), is_early: scan.policy_details.is_none() };
        *self.sets.entry(set).or_default() += 1;
    }

    /// Takes what another part of the same fleet came to.
    pub(super) fn absorb(&mut self, other: Self) {
        for (set, number) in other.sets {
            *self.sets.entry(set).or_default() += number;
        }
        self.used.extend(other.used);
    }
}

impl Judging {
    pub(super) fn of(policies: &Policies, rules: Option<&Rules>, kept: usize, others: usize) -> Self {
        let anew = rules.map(|rules| {
            let list = rules.policies.list.iter();
            let had_word =
                list.filter(|policy| policy.origin != Origin::BuiltIn || policies.used.contains(&policy.id));
            let all = had_word.chain([&rules.policies.standard]);
            (rules.day, all.map(|policy| policy.id.clone()).collect())
        });
        let sets = policies.sets.iter().map(|(set, number)| (set.clone(), *number));
        Self { sets: sets.collect(), anew, kept, others }
    }

    /// What people have to know of it.
    pub(super) fn told(&self) -> Vec<Text> {
        let mut told = Vec::new();
        match &self.anew {
            Some((day, policies)) => {
                let (day, names) = (day_text(*day), policies.join(", "));
                told.push(Text::new(
                    format!("報告はすべて判定し直しました({}の時点、ポリシー: {names})。", day.ja),
                    format!("All reports were judged anew, as of {}, by the policies: {names}.", day.en),
                ));
            }
            None if self.sets.len() > 1 => told.push(self.differing()),
            None => {}
        }
        if self.kept > 0 {
            told.push(Text::new(
                format!("報告の内容だけでは判定し直せず、報告の判定のままのアカウント: {}", self.kept),
                format!("accounts that keep the verdict of their reports, which don't tell enough to judge anew: {}", self.kept),
            ));
        }
        if self.others > 0 {
            told.push(Text::new(
                format!("どのポリシーにも当てはまらないため、数に入れていないアカウント: {}", self.others),
                format!("accounts that no policy speaks for, and that count for nothing: {}", self.others),
            ));
        }
        told
    }

    fn differing(&self) -> Text {
        let (mut ja, mut en) = (Vec::new(), Vec::new());
        for (Set { names, is_early }, number) in &self.sets {
            let names = if names.is_empty() { "default".to_owned() } else { names.join(", ") };
            let (early_ja, early_en) =
                if *is_early { ("(以前の版)", " (by an earlier version)") } else { ("", "") };
            ja.push(format!("{names}{early_ja} … 報告 {number}"));
            let reports = if *number == 1 { "1 report".to_owned() } else { format!("{number} reports") };
            en.push(format!("{reports} by {names}{early_en}"));
        }
        Text::new(
            format!(
                "判定に使ったポリシーが報告によって異なります: {}。--policy などで判定し直せます。",
                ja.join("、")
            ),
            format!(
                "The reports were judged by different policies: {}. With --policy or --as-of they are judged anew.",
                en.join("; ")
            ),
        )
    }
}
