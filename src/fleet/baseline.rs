//! An earlier state to compare with: what is new, what changed, what is done.

pub use super::compare::Resolved;
use super::compare::{Comparison, Known, Old, Olds, Seen, key};
use super::counts::Numbers;
use super::names::{folded, is_nameless, nameless, number};
use super::state::Fleet;
use crate::model::{self, Compared, Port, Report, ScanFacts, Text, UserStatus};
use std::collections::{BTreeSet, HashSet};

/// The findings of an earlier state.
#[derive(Debug, Default)]
pub struct Baseline {
    pub(super) olds: Olds,
    /// How many accounts there were.
    pub(super) numbers: Numbers,
    /// When its newest report is of, in milliseconds since 1970.
    pub(super) newest: Option<i64>,
    computers: BTreeSet<String>,
    seen: Seen,
}

/// The keys of a report's computers.
struct Own {
    /// Of what does not say whose it is, where all is of one computer.
    common: Option<String>,
    /// Of what no name is known.
    unnamed: String,
}

impl Own {
    fn key(&self, computer: Option<&str>) -> String {
        let known = computer.map(|name| folded(name).into_owned());
        known.or_else(|| self.common.clone()).unwrap_or_else(|| self.unnamed.clone())
    }
}

impl Baseline {
    pub(super) fn of(fleet: &Fleet) -> Self {
        let mut baseline = Self::default();
        let text = |name| fleet.text(name).to_owned();
        baseline.newest = fleet.computers.values().map(|computer| computer.name.time).max();
        baseline.computers.extend(fleet.computers.keys().map(|name| text(*name)));
        for (whose, owner) in &fleet.owners {
            let is_whole = owner.whole.is_some();
            baseline.seen.add(text(whose.computer), text(whose.user), text(whose.sid), is_whole);
            for record in
                owner.records.iter().filter(|record| !record.judged.is_other && !record.judged.is_hidden)
            {
                let old = Old {
                    computer: fleet.computer_name(whose.computer).to_owned(),
                    user: text(owner.name.name),
                    user_key: text(whose.user),
                    sid: text(whose.sid),
                    client_name: text(record.client_name),
                    account: text(record.account),
                    verdict: record.verdict,
                    action: record.action,
                    server: text(record.server),
                    port: record.port,
                    security: record.security,
                    key: record.key,
                };
                baseline.numbers.count(record);
                baseline.olds.add(fleet.text(whose.computer), record.id, old);
            }
        }
        baseline
    }

    /// Marks a report's findings and lists what is done. The answer is what should be said of the comparison.
    pub fn mark(&self, report: &mut Report) -> Vec<Text> {
        let own = self.own(report);
        let keys: Vec<(String, u64)> = report
            .findings
            .iter()
            .map(|finding| (own.key(finding.computer.as_deref()), number(&finding.id)))
            .collect();
        let now = keys.iter().map(|(computer, id)| (computer.as_str(), *id)).collect();
        let mut comparison = Comparison::new(&self.olds, now);
        for (finding, (computer, id)) in report.findings.iter_mut().zip(&keys) {
            let seen = finding.account.outgoing.seen().unwrap_or_default();
            let user = folded(finding.user.as_deref().unwrap_or_default());
            let account = &finding.account;
            let place = (account.profile.as_deref(), account.source.as_str());
            let now = Known {
                verdict: Some(finding.verdict),
                action: Some(finding.action),
                server: &seen.host.unwrap_or_default().to_lowercase(),
                port: seen.port.and_then(Port::number),
                security: seen.security,
                key: key(account.client, &user, place, &account.name),
            };
            let sid = sid_of(&report.scan, &user, finding.user_sid.as_deref());
            finding.compared = Some(comparison.meet(computer, (&user, &sid), *id, &now));
        }
        let (resolved, _) = comparison.finish(&seen(report, &own));
        report.resolved = resolved.into_iter().map(model::Resolved::from).collect();
        self.doubts(report, &own)
    }

    /// The computers of a report. Where neither the data now nor that of the baseline tells the name of one, it is the same,
    /// however the path was typed.
    fn own(&self, report: &Report) -> Own {
        let users = report.scan.users.iter().map(|user| &user.computer);
        let all = users.chain(report.findings.iter().map(|finding| &finding.computer));
        let named: HashSet<_> = all.flatten().map(|name| folded(name)).collect();
        let mut others = self.computers.iter().filter(|name| !named.contains(name.as_str()));
        let unnamed = match (others.next(), others.next()) {
            (Some(only), None) if is_nameless(only) => only.clone(),
            _ => nameless(&report.scan.sources),
        };
        Own { common: report.computer.as_deref().map(|name| folded(name).into_owned()), unnamed }
    }

    /// Why an account that is called new may not be.
    fn doubts(&self, report: &Report, own: &Own) -> Vec<Text> {
        let new = report.findings.iter().filter(|finding| finding.compared == Some(Compared::New));
        let new: BTreeSet<(String, String)> = new
            .map(|finding| {
                let user = folded(finding.user.as_deref().unwrap_or_default());
                (own.key(finding.computer.as_deref()), user.into_owned())
            })
            .collect();
        let unknown: BTreeSet<&str> = new
            .iter()
            .map(|(computer, _)| computer.as_str())
            .filter(|name| !self.computers.contains(*name))
            .collect();
        let several = report.has_several_computers();
        let mut doubts = Vec::new();
        if !unknown.is_empty() {
            if !several {
                return vec![Text::fixed(
                    "以前の報告に、このコンピューターのものはありません。すべてのアカウントが新規になります。",
                    "the baseline has no report of this computer: every account counts as new",
                )];
            }
            let names = unknown.into_iter().collect::<Vec<_>>().join(", ");
            doubts.push(Text::new(
                format!("以前の報告に、次のコンピューターのものはありません。そのアカウントはすべて新規になります: {names}"),
                format!("the baseline has no report of these computers, whose accounts all count as new: {names}"),
            ));
        }
        let is_partly = |key: &&(String, String)| {
            self.seen.0.get(*key).is_some_and(|all| all.iter().any(|(_, is_whole)| !is_whole))
        };
        let names: BTreeSet<String> = new
            .iter()
            .filter(is_partly)
            .map(|(computer, user)| if several { format!("{user} ({computer})") } else { user.clone() })
            .collect();
        if names.is_empty() {
            return doubts;
        }
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        doubts.push(Text::new(
            format!(
                "以前の報告では、次のユーザーのすべてが調べられていません。新規とされたアカウントは以前からあったのかもしれません: {names}"
            ),
            format!(
                "the baseline does not know all of these users, so accounts that count as new may be old: {names}"
            ),
        ));
        doubts
    }

    /// True if an account that is new here was not there then: all of the user was read.
    pub(super) fn knows(&self, computer: &str, (user, sid): (&str, &str)) -> bool {
        self.seen.is_whole(computer, user, sid)
    }
}

/// The SID, or for a lone file what stands for it.
fn sid_of(scan: &ScanFacts, user: &str, sid: Option<&str>) -> String {
    match sid {
        None if user.is_empty() => nameless(&scan.sources),
        sid => sid.unwrap_or_default().to_owned(),
    }
}

/// Which users a report has read.
fn seen(report: &Report, own: &Own) -> Seen {
    let mut seen = Seen::default();
    for user in &report.scan.users {
        // What nobody's name stands at may be anybody's.
        let has_lost = report.issues.iter().any(|issue| {
            issue.user.is_none() && (issue.computer.is_none() || issue.computer == user.computer)
        });
        let name = folded(user.name.as_deref().unwrap_or_default()).into_owned();
        let is_read =
            user.status == UserStatus::Read && report.scan.filters.is_empty() && report.not_shown == 0;
        // Of a lone file that could not be read nothing else tells.
        let is_whole = is_read && !(name.is_empty() && has_lost);
        let sid = sid_of(&report.scan, &name, user.sid.as_deref());
        seen.add(own.key(user.computer.as_deref()), name, sid, is_whole);
    }
    seen
}
