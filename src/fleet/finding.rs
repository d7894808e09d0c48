//! One finding of a report as the record that is kept of it, judged anew where there are rules.

use super::compare::key;
use super::names::{folded, number};
use super::plan::{self, Anew};
use super::record::{Judged, Record};
use super::state::Fleet;
use crate::clients::steps::RELAY;
use crate::model::{Action, Note};
use crate::report::reasons;
use crate::report::v1::lean::{FindingIn, OutgoingIn, ReportIn, Str};
use crate::scan::Rules;

impl Fleet {
    fn record(&mut self, finding: &FindingIn<'_>, report: &ReportIn<'_>) -> Record {
        let out = finding.outgoing.as_ref();
        let host = out.and_then(|out| out.host.as_ref()).map_or("", |host| &host.0);
        let user = folded(finding.user.as_ref().map_or("", |user| &user.0));
        let profile = finding.profile.as_ref().map(|profile| &*profile.0);
        let key = key(&finding.client.0, &user, (profile, &finding.source.0), &finding.account.0);
        let addresses = joined(&finding.addresses, "\n");
        Record {
            id: number(&finding.id.0),
            key,
            time: report.time,
            client: self.intern(&finding.client.0),
            client_name: self.intern(&finding.client_name.0),
            // Whatever the client's dialogs are, it is in the other program that there is something to be looked at.
            edition: if finding.has_note(Note::ExternalProgram.code()) {
                self.intern(RELAY.id)
            } else {
                self.name(finding.edition.as_ref())
            },
            account: self.intern(&finding.account.0),
            addresses: self.intern(&addresses),
            server: self.intern(&folded(host)),
            port: out.and_then(|out| out.port),
            security: out.and_then(|out| out.security?.0),
            verdict: finding.verdict.0,
            action: finding.action.0,
            authenticates: out.is_some_and(OutgoingIn::authenticates),
            logs_on_first: out.and_then(|out| out.pop_before_smtp),
            answered: finding.is_answered(),
            provider: self.name(finding.provider.as_ref()),
            plan: None,
            judged: Judged::stored(finding, &report.scan),
            deviations: self.intern(&joined(&finding.deviations, " ")),
            text: [self.intern(""); 2],
        }
    }

    /// The record of what its report says, with what there is to do.
    pub(super) fn stored(&mut self, finding: &FindingIn<'_>, report: &ReportIn<'_>) -> Record {
        let record = self.record(finding, report);
        let plan = plan::stored(finding).filter(|_| record.is_left());
        let text = finding.verdict_text.as_ref().filter(|_| record.is_left());
        let text = text.map(|text| [&text.ja, &text.en].map(|text| self.intern(&text.0)));
        Record { plan: plan.map(|plan| self.plan(plan)), text: text.unwrap_or(record.text), ..record }
    }

    /// The record of what is said of it by these rules; what can't be judged anew stays what its report says.
    pub(super) fn judge(
        &mut self,
        finding: &FindingIn<'_>,
        report: &ReportIn<'_>,
        computer: Option<&str>,
        rules: &Rules,
    ) -> Record {
        let Some(Anew { finding: found, judged, plan }) = plan::anew(finding, computer, rules) else {
            let stored = self.stored(finding, report);
            return Record { judged: Judged { is_kept: true, ..stored.judged }, ..stored };
        };
        for id in found.provider.iter().chain(&found.receiving.provider) {
            if !self.policies.used.contains(id) {
                self.policies.used.insert(id.clone());
            }
        }
        let text = reasons::json_verdict(&found);
        let deviations = found.deviations.iter().map(|deviation| deviation.code()).collect::<Vec<_>>();
        let text = if found.action == Action::None { ["", ""] } else { [&*text.ja, &*text.en] };
        Record {
            text: text.map(|text| self.intern(text)),
            verdict: Some(found.verdict),
            // What only counts as one more has nothing to be done.
            action: Some(if judged.is_other { Action::None } else { found.action }),
            provider: self.intern(found.provider.as_deref().unwrap_or_default()),
            plan: plan.map(|plan| self.plan(plan)),
            judged,
            deviations: self.intern(&deviations.join(" ")),
            ..self.record(finding, report)
        }
    }
}

fn joined(texts: &[Str<'_>], between: &str) -> String {
    texts.iter().map(|text| &*text.0).collect::<Vec<_>>().join(between)
}
