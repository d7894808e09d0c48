//! An earlier state to compare with: what is new, what changed, what is done.

use super::names::{folded, hex, is_nameless, nameless, number};
use super::state::Fleet;
use crate::model::{self, Action, Compared, Port, Report, ScanFacts, Text, UserStatus, Verdict};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What is compared: a finding whose values differ is a changed one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<'a> {
    /// How it sends.
    pub verdict: Option<Verdict>,
    /// What is to do.
    pub action: Option<Action>,
    /// The outgoing server, in lower case.
    pub server: &'a str,
    /// Its port.
    pub port: Option<u16>,
}

/// A finding of the baseline that needed something and does not any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// Whose it is.
    pub computer: String,
    /// The user's name.
    pub user: String,
    /// The finding's id.
    pub id: u64,
    /// Name of the client.
    pub client_name: String,
    /// The account's name.
    pub account: String,
    /// What it was.
    pub was: Option<Verdict>,
    /// What it is now; `None`: the account is gone.
    pub now: Option<Verdict>,
}

impl From<Resolved> for model::Resolved {
    fn from(done: Resolved) -> Self {
        Self {
            id: hex(done.id),
            computer: Some(done.computer).filter(|name| !is_nameless(name)),
            user: Some(done.user).filter(|user| !user.is_empty()),
            client_name: done.client_name,
            account: done.account,
            was: done.was,
            now: done.now,
        }
    }
}

/// Which users (computer, name in lower case) were read, each with SID and whether all of the user is known.
#[derive(Debug, Default)]
pub(super) struct Seen(HashMap<(String, String), Vec<(String, bool)>>);

impl Seen {
    pub(super) fn add(&mut self, computer: String, user: String, sid: String, is_whole: bool) {
        self.0.entry((computer, user)).or_default().push((sid, is_whole));
    }

    /// True if all of the user was read: of everyone who may be the user.
    fn is_whole(&self, computer: &str, user: &str, sid: &str) -> bool {
        let all = self.0.get(&(computer.to_owned(), user.to_owned()));
        let is_same =
            |other: &str| other == sid || ((other.is_empty() || sid.is_empty()) && !user.is_empty());
        let mut same = all.into_iter().flatten().filter(|(other, _)| is_same(other)).peekable();
        same.peek().is_some() && same.all(|(_, is_whole)| *is_whole)
    }
}

#[derive(Debug)]
struct Old {
    computer: String,
    user: String,
    /// In lower case.
    user_key: String,
    sid: String,
    client_name: String,
    account: String,
    verdict: Option<Verdict>,
    action: Option<Action>,
    server: String,
    port: Option<u16>,
}

/// The findings of an earlier state.
#[derive(Debug, Default)]
pub struct Baseline {
    /// By computer, in lower case, and id: one, unless two lone files were scanned at once.
    known: HashMap<(String, u64), Vec<Old>>,
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

/// A comparison under way.
#[derive(Debug)]
pub struct Comparison<'a> {
    baseline: &'a Baseline,
    /// Which of the findings with the same key were met.
    met: HashMap<(String, u64), Vec<bool>>,
    resolved: Vec<Resolved>,
}

impl Baseline {
    pub(super) fn of(fleet: &Fleet) -> Self {
        let mut baseline = Self::default();
        let text = |name| fleet.text(name).to_owned();
        baseline.computers.extend(fleet.computers.keys().map(|name| text(*name)));
        for (whose, owner) in &fleet.owners {
            let is_whole = owner.whole.is_some();
            baseline.seen.add(text(whose.computer), text(whose.user), text(whose.sid), is_whole);
            for record in owner.records.iter().filter(|record| !record.judged.is_other && !record.judged.is_hidden) {
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
                };
                baseline.known.entry((text(whose.computer), record.id)).or_default().push(old);
            }
        }
        baseline
    }

    /// Marks a report's findings and lists what is done. The answer is what should be said of the comparison.
    pub fn mark(&self, report: &mut Report) -> Vec<Text> {
        let own = self.own(report);
        let mut comparison = self.compare();
        for finding in &mut report.findings {
            let computer = own.key(finding.computer.as_deref());
            let seen = finding.account.outgoing.seen().unwrap_or_default();
            let now = Known {
                verdict: Some(finding.verdict),
                action: Some(finding.action),
                server: &seen.host.unwrap_or_default().to_lowercase(),
                port: seen.port.and_then(Port::number),
            };
            let user = folded(finding.user.as_deref().unwrap_or_default());
            let sid = sid_of(&report.scan, &user, finding.user_sid.as_deref());
            finding.compared = Some(comparison.meet(&computer, (&user, &sid), number(&finding.id), &now));
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

    /// Begins to compare.
    pub fn compare(&self) -> Comparison<'_> {
        Comparison { baseline: self, met: HashMap::new(), resolved: Vec::new() }
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

impl Old {
    fn is_left(&self) -> bool {
        self.action != Some(Action::None)
    }

    fn is(&self, now: &Known<'_>) -> bool {
        *now == Known { verdict: self.verdict, action: self.action, server: &self.server, port: self.port }
    }

    fn resolved(&self, id: u64, now: Option<Verdict>) -> Resolved {
        Resolved {
            computer: self.computer.clone(),
            user: self.user.clone(),
            id,
            client_name: self.client_name.clone(),
            account: self.account.clone(),
            was: self.verdict,
            now,
        }
    }
}

impl Comparison<'_> {
    /// What a finding of now is against the baseline; names are in lower case. Where several have the id, as lone files and
    /// two users of one name may, the user's own comes first, then the one that is the same.
    pub fn meet(&mut self, computer: &str, (user, sid): (&str, &str), id: u64, now: &Known<'_>) -> Compared {
        let key = (computer.to_owned(), id);
        let Some(olds) = self.baseline.known.get(&key) else { return Compared::New };
        let met = self.met.entry(key).or_insert_with(|| vec![false; olds.len()]);
        let open = olds.iter().zip(met).filter(|(_, is_met)| !**is_met);
        let fits = |old: &Old| (old.user_key == user && old.sid == sid, old.is(now));
        let Some((old, is_met)) = open.rev().max_by_key(|(old, _)| fits(old)) else { return Compared::New };
        *is_met = true;
        if old.is_left() && now.action == Some(Action::None) {
            self.resolved.push(old.resolved(id, now.verdict));
        }
        if old.is(now) { Compared::Unchanged } else { Compared::Changed }
    }

    /// What is done, and how many accounts can't be told of: those whose users were not wholly read now.
    pub(super) fn finish(mut self, seen: &Seen) -> (Vec<Resolved>, usize) {
        let mut not_seen = 0;
        for (key @ (computer, id), olds) in &self.baseline.known {
            let met = self.met.get(key).map(Vec::as_slice).unwrap_or_default();
            let is_met = |at: usize| met.get(at).copied().unwrap_or_default();
            for (_, old) in olds.iter().enumerate().filter(|(at, old)| old.is_left() && !is_met(*at)) {
                if seen.is_whole(computer, &old.user_key, &old.sid) {
                    self.resolved.push(old.resolved(*id, None));
                } else {
                    not_seen += 1;
                }
            }
        }
        self.resolved.sort_by(|a, b| (&a.computer, &a.user, a.id).cmp(&(&b.computer, &b.user, b.id)));
        (self.resolved, not_seen)
    }
}
