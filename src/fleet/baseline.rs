//! An earlier state to compare with: what is new, what changed, what is done.

use super::state::{Fleet, folded, hex, nameless, number};
use crate::model::{self, Action, Compared, Port, Report, ScanFacts, Text, UserStatus, Verdict};
use std::collections::{BTreeSet, HashMap};

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
            for record in &owner.records {
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
        let computer = self.computer(report);
        let mut comparison = self.compare();
        for finding in &mut report.findings {
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
        let (resolved, _) = comparison.finish(&seen(report, &computer));
        report.resolved = resolved.into_iter().map(model::Resolved::from).collect();
        self.doubts(report, &computer)
    }

    /// The key of the report's computer. Where neither the data now nor that of the baseline tells its name, it is the
    /// same, however the path was typed.
    fn computer(&self, report: &Report) -> String {
        if let Some(name) = &report.computer {
            return folded(name).into_owned();
        }
        match self.computers.first() {
            Some(only) if self.computers.len() == 1 && only.starts_with('(') => only.clone(),
            _ => nameless(&report.scan.sources),
        }
    }

    /// Why an account that is called new may not be.
    fn doubts(&self, report: &Report, computer: &str) -> Vec<Text> {
        if report.findings.iter().all(|finding| finding.compared != Some(Compared::New)) {
            return Vec::new();
        }
        if !self.computers.contains(computer) {
            return vec![Text::fixed(
                "以前の報告に、このコンピューターのものはありません。すべてのアカウントが新規になります。",
                "the baseline has no report of this computer: every account counts as new",
            )];
        }
        let is_new = |name: &str| {
            let of = |user: &Option<String>| folded(user.as_deref().unwrap_or_default()) == name;
            report.findings.iter().any(|finding| finding.compared == Some(Compared::New) && of(&finding.user))
        };
        let owners = self.seen.0.iter().filter(|((of, user), all)| {
            of == computer && is_new(user) && all.iter().any(|(_, is_whole)| !is_whole)
        });
        let names: BTreeSet<&str> = owners.map(|((_, user), _)| user.as_str()).collect();
        if names.is_empty() {
            return Vec::new();
        }
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        vec![Text::new(
            format!(
                "以前の報告では、次のユーザーのすべてが調べられていません。新規とされたアカウントは以前からあったのかもしれません: {names}"
            ),
            format!(
                "the baseline does not know all of these users, so accounts that count as new may be old: {names}"
            ),
        )]
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
fn seen(report: &Report, computer: &str) -> Seen {
    let mut seen = Seen::default();
    let has_lost = report.issues.iter().any(|issue| issue.user.is_none());
    for user in &report.scan.users {
        let name = folded(user.name.as_deref().unwrap_or_default()).into_owned();
        let is_read =
            user.status == UserStatus::Read && report.scan.filters.is_empty() && report.not_shown == 0;
        // Of a lone file that could not be read nothing else tells.
        let is_whole = is_read && !(name.is_empty() && has_lost);
        let sid = sid_of(&report.scan, &name, user.sid.as_deref());
        seen.add(computer.to_owned(), name, sid, is_whole);
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
