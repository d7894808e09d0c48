//! One report on its way into the fleet.

use super::state::{
    Answer, Fleet, Name, Record, Sample, Spelling, State, Told, Try, Whose, folded, nameless, number,
};
use crate::model::UserStatus;
use crate::report::v1::lean::{FindingIn, OutgoingIn, ReportIn, Str};

/// A user's name and SID in the form in which they are compared.
type Key = (Name, Name);

/// One of the users whom a report lists.
struct User {
    key: Key,
    name: Name,
    /// False: something of the user could not be read.
    is_read: bool,
    /// False: nothing of the user could be read.
    is_met: bool,
    issues: u32,
}

impl Fleet {
    /// Takes one report.
    pub(super) fn take(&mut self, report: &ReportIn<'_>) {
        let time = report.time;
        self.reports += 1;
        self.nameless += u64::from(report.computer.is_none());
        let (computer, name) = self.computer(report);
        let sources = report.scan.sources.iter().map(|source| &*source.0).collect::<Vec<_>>();
        let records = self.records(report, computer, time, &sources);
        self.known_computer(computer, Spelling { time, name });
        if records.is_empty() && report.findings.iter().any(FindingIn::is_answered) {
            return;
        }
        let filters = filters(report);
        let is_unfiltered = filters.is_empty();
        let filters = self.intern(&filters);
        let (users, issues) = self.users(report, &sources);
        for User { key, name, is_read, is_met, issues } in &users {
            let from = records.partition_point(|(known, _)| known < key);
            let of_user = records.iter().skip(from).take_while(|(known, _)| known == key);
            let state = State { time, records: of_user.map(|(_, record)| *record).collect() };
            let (user, sid) = *key;
            let owner = self.owner(Whose { computer, user, sid }, Spelling { time, name: *name });
            owner.last =
                owner.last.max(Some(Try { is_unfiltered, time, is_unread: !is_read, issues: *issues }));
            if *is_read {
                owner.samples.push(Sample::of(&state.records, time, is_unfiltered, filters));
            }
            if *is_read && is_unfiltered {
                owner.take_whole(state);
            } else if *is_met {
                owner.take_part(filters, state);
            }
        }
        for of_user in records.chunk_by(|(key, _), (next, _)| key == next) {
            // Findings of nobody whom the report lists.
            if let Some((key @ (user, sid), _)) = of_user.first()
                && users.binary_search_by_key(key, |user| user.key).is_err()
            {
                let state = State { time, records: of_user.iter().map(|(_, record)| *record).collect() };
                let (user, sid) = (*user, *sid);
                self.owner(Whose { computer, user, sid }, Spelling { time, name: user })
                    .take_part(filters, state);
            }
        }
        let told = Told { time, issues, not_shown: report.not_shown };
        self.known_computer(computer, Spelling { time, name }).take(report.scan.scope.0, told);
    }

    /// The records of what was found, by user and id; answers are put where answers are.
    fn records(
        &mut self,
        report: &ReportIn<'_>,
        computer: Name,
        time: i64,
        sources: &[&str],
    ) -> Vec<(Key, Record)> {
        let mut records = Vec::with_capacity(report.findings.len());
        for finding in &report.findings {
            let (user, sid) = (finding.user.as_ref(), finding.user_sid.as_ref());
            let key @ (of, with) = self.key(user, sid, sources);
            let record = self.record(finding, time);
            if record.answered {
                let name = self.name(user);
                self.answers.push(Answer { whose: Whose { computer, user: of, sid: with }, name, record });
            } else {
                records.push((key, record));
            }
        }
        records.sort_by_key(|(key, record)| (*key, record.id));
        records
    }

    /// The users whom the report lists, each once, by key, and how many issues are nobody's.
    fn users(&mut self, report: &ReportIn<'_>, sources: &[&str]) -> (Vec<User>, u32) {
        let mut users: Vec<User> = Vec::with_capacity(report.scan.users.len());
        for user in &report.scan.users {
            let status = user.status.0;
            let key = self.key(user.name.as_ref(), user.sid.as_ref(), sources);
            let name = self.name(user.name.as_ref());
            users.push(User {
                key,
                name,
                is_read: status == Some(UserStatus::Read),
                is_met: status != Some(UserStatus::NotRead),
                issues: 0,
            });
        }
        users.sort_by_key(|user| user.key);
        // Two homes of the same name are one user, of whom all is known only if it is of both.
        users.dedup_by(|second, first| {
            let is_same = first.key == second.key;
            if is_same {
                first.is_read &= second.is_read;
                first.is_met |= second.is_met;
            }
            is_same
        });
        let mut of_nobody = 0;
        for issue in &report.issues {
            let user = self.intern(&folded(issue.user.as_ref().map_or("", |user| &user.0)));
            let at = users.partition_point(|listed| listed.key.0 < user);
            match users.get_mut(at).filter(|listed| listed.key.0 == user && issue.user.is_some()) {
                Some(listed) => listed.issues += 1,
                None => of_nobody += 1,
            }
        }
        // Of a lone file that could not be read nothing else tells.
        let nobody = self.intern("");
        for user in users.iter_mut().filter(|user| user.key.0 == nobody && of_nobody > 0) {
            user.is_read = false;
        }
        (users, of_nobody)
    }

    fn key(&mut self, user: Option<&Str<'_>>, sid: Option<&Str<'_>>, sources: &[&str]) -> Key {
        match (user.map(|user| &*user.0), sid) {
            (None | Some(""), None) => (self.intern(""), self.intern(&nameless(sources))),
            (user, sid) => (self.intern(&folded(user.unwrap_or_default())), self.name(sid)),
        }
    }

    fn name(&mut self, text: Option<&Str<'_>>) -> Name {
        self.intern(text.map_or("", |text| &text.0))
    }

    /// The computer, and its name as it is spelled; data of a computer that does not tell its name is known by where it
    /// lay.
    fn computer(&mut self, report: &ReportIn<'_>) -> (Name, Name) {
        if let Some(name) = &report.computer {
            return (self.intern(&folded(&name.0)), self.intern(&name.0));
        }
        let sources: Vec<&str> = report.scan.sources.iter().map(|source| &*source.0).collect();
        let name = self.intern(&nameless(&sources));
        (name, name)
    }

    fn record(&mut self, finding: &FindingIn<'_>, time: i64) -> Record {
        let out = finding.outgoing.as_ref();
        let host = out.and_then(|out| out.host.as_ref()).map_or("", |host| &host.0);
        Record {
            id: number(&finding.id.0),
            time,
            client: self.intern(&finding.client.0),
            client_name: self.intern(&finding.client_name.0),
            edition: self.name(finding.edition.as_ref()),
            account: self.intern(&finding.account.0),
            server: self.intern(&folded(host)),
            port: out.and_then(|out| out.port),
            security: out.and_then(|out| out.security?.0),
            verdict: finding.verdict.0,
            action: finding.action.0,
            authenticates: out.is_some_and(OutgoingIn::authenticates),
            logs_on_first: out.and_then(|out| out.pop_before_smtp),
            answered: finding.is_answered(),
        }
    }
}

/// What the scan left out on purpose, as one text. Where accounts were kept back there was a filter.
fn filters(report: &ReportIn<'_>) -> String {
    let filters: Vec<&str> = report.scan.filters.iter().map(|filter| &*filter.0).collect();
    if filters.is_empty() && report.not_shown > 0 { "?".to_owned() } else { filters.join("\n") }
}
