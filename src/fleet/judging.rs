//! By which policies reports were judged, and whether they were judged anew.

use crate::model::{Text, day, day_text};
use crate::policy::{Origin, Policy, is_built_in};
use crate::report::beside;
use crate::report::v1::lean::ReportIn;
use crate::scan::{Rules, is_long_ago};
use std::collections::{BTreeMap, BTreeSet};
use time::{Date, OffsetDateTime};

/// What the reports say of the policies that judged them.
#[derive(Debug, Default)]
pub(super) struct Policies {
    /// How many reports each set judged.
    sets: BTreeMap<Set, u64>,
    /// Ids of those that had a word when they were judged anew.
    pub(super) used: BTreeSet<String>,
    /// Ids of built-in ones that had been looked up long before they judged.
    old: BTreeSet<String>,
    /// Reports that were to be judged anew and have masks in the place of servers.
    pub(super) masked: u64,
}

/// Policies that judged a report.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Set {
    /// Their names, without those that are part of the program: a report names these only where one spoke for an account.
    pub names: Vec<String>,
    /// SHA-256 of their texts: one of the same name may be another one.
    pub hashes: Vec<String>,
    /// The day of judging, where that is not the day of the report.
    pub as_of: Option<Date>,
    /// The default policy asked for TLS.
    pub requires_tls: bool,
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
    /// Reports whose servers are masked, so that they were not judged anew.
    pub masked: u64,
    /// Ids and names of built-in policies that had been looked up long before they judged.
    pub old: Vec<(String, Text)>,
    /// Accounts that no policy speaks for, where such are only counted.
    pub others: usize,
}

impl Policies {
    /// Takes what a report says.
    pub(super) fn take(&mut self, report: &ReportIn<'_>) {
        let scan = &report.scan;
        let own =
            OffsetDateTime::from_unix_timestamp(report.time.div_euclid(1000)).ok().map(OffsetDateTime::date);
        let as_of = scan.as_of.as_ref().and_then(|text| day(&text.0));
        let names = scan.policies.iter().map(|name| &*name.0).filter(|name| !is_built_in(name));
        let details = || scan.policy_details.iter().flatten();
        let hashes = details().filter(|policy| !is_built_in(&policy.id.0));
        let hashes = hashes.map(|policy| policy.sha256.as_ref().map_or("", |hash| &hash.0).to_owned());
        let set = Set {
            names: names.map(str::to_owned).collect(),
            hashes: hashes.collect(),
            // The report's day is that of UTC: what is a day apart is the same day elsewhere.
            as_of: as_of.filter(|day| own.is_none_or(|own| (*day - own).whole_days().abs() > 1)),
            requires_tls: scan.require_tls,
            is_early: scan.policy_details.is_none(),
        };
        *self.sets.entry(set).or_default() += 1;
        for policy in details().filter(|policy| is_built_in(&policy.id.0)) {
            let checked = policy.checked.as_ref().and_then(|text| day(&text.0));
            let on = as_of.or(own);
            if checked.zip(on).is_some_and(|(checked, on)| is_long_ago(checked, on)) {
                self.old.insert(policy.id.0.to_string());
            }
        }
    }

    /// Takes what another part of the same fleet came to.
    pub(super) fn absorb(&mut self, other: Self) {
        for (set, number) in other.sets {
            *self.sets.entry(set).or_default() += number;
        }
        self.used.extend(other.used);
        self.old.extend(other.old);
        self.masked += other.masked;
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
        let old = match rules {
            None => policies.old.iter().map(|id| (id.clone(), Text::new(id.clone(), id.clone()))).collect(),
            Some(rules) => {
                let is_old = |policy: &&Policy| {
                    policy.origin == Origin::BuiltIn
                        && policies.used.contains(&policy.id)
                        && policy.checked.is_some_and(|checked| is_long_ago(checked, rules.day))
                };
                let old = rules.policies.list.iter().filter(is_old);
                old.map(|policy| (policy.id.clone(), policy.name.clone())).collect()
            }
        };
        Self { sets: sets.collect(), anew, kept, masked: policies.masked, old, others }
    }

    /// What people have to know of it.
    pub(super) fn told(&self) -> Vec<Text> {
        let mut told = Vec::new();
        match &self.anew {
            Some((day, policies)) => {
                let (day, names) = (day_text(*day), policies.join(", "));
                let (all_ja, all_en) =
                    if self.kept == 0 { ("はすべて", "All reports") } else { ("を", "Reports") };
                told.push(Text::new(
                    format!("報告{all_ja}判定し直しました({}の時点、ポリシー: {names})。", day.ja),
                    format!("{all_en} were judged anew, as of {}, by the policies: {names}.", day.en),
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
        if self.masked > 0 {
            let number = self.masked;
            told.push(Text::new(
                format!("サーバー名などが伏せてあるため(--redact)、判定し直していない報告: {number}"),
                format!(
                    "reports that were not judged anew, as their servers are masked (--redact): {number}"
                ),
            ));
        }
        told.extend(beside::long_ago(&self.old.iter().map(|(_, name)| name).collect::<Vec<_>>()));
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
        for (set, number) in &self.sets {
            let Set { names, hashes, as_of, requires_tls, is_early } = set;
            let names = if names.is_empty() { "default".to_owned() } else { names.join(", ") };
            let (mut of_ja, mut of_en) = (Vec::new(), Vec::new());
            // Files of the same names that differ are told apart by the beginnings of their hashes.
            let is_other = |(other, _): &(Set, u64)| other.names == set.names && other.hashes != *hashes;
            if self.sets.iter().any(is_other) {
                let hashes: Vec<&str> = hashes.iter().map(|hash| hash.get(..8).unwrap_or(hash)).collect();
                of_ja.push(format!("SHA-256 {}", hashes.join(", ")));
                of_en.push(format!("SHA-256 {}", hashes.join(", ")));
            }
            if let Some(day) = as_of.map(day_text) {
                of_ja.push(format!("{}の時点", day.ja));
                of_en.push(format!("as of {}", day.en));
            }
            if *requires_tls {
                of_ja.push("--require-tls".to_owned());
                of_en.push("--require-tls".to_owned());
            }
            if *is_early {
                of_ja.push("以前の版".to_owned());
                of_en.push("by an earlier version".to_owned());
            }
            let (of_ja, of_en) = if of_ja.is_empty() {
                (String::new(), String::new())
            } else {
                (format!("({})", of_ja.join("、")), format!(" ({})", of_en.join(", ")))
            };
            ja.push(format!("{names}{of_ja} … 報告 {number}"));
            let reports = if *number == 1 { "1 report".to_owned() } else { format!("{number} reports") };
            en.push(format!("{reports} by {names}{of_en}"));
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
