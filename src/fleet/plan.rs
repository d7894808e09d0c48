//! What has to be done for all accounts of a kind: the changes and the steps, kept once however many accounts need them.

use super::record::Judged;
use crate::clients::steps::RELAY;
use crate::clients::system::of_report;
use crate::clients::{Asks, CLIENTS, Client};
use crate::model::{Account, Action, Finding, Needs, PasswordNeeded, Rule, System, Text};
use crate::redact::looks_masked;
use crate::report::changes;
use crate::report::v1::lean::{FindingIn, OutgoingIn};
use crate::scan::{Rules, except, judge, steps_for};

/// What has to be done.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Plan {
    pub(super) needs: Needs,
    /// Why.
    pub(super) rule: Rule,
    pub(super) steps: Vec<Text>,
}

/// A finding that was judged anew.
pub(super) struct Anew {
    pub(super) finding: Finding,
    pub(super) judged: Judged,
    pub(super) plan: Option<Plan>,
}

/// Judges a stored finding by these rules; `None`: what stands there does not suffice.
pub(super) fn anew(finding: &FindingIn<'_>, computer: Option<&str>, rules: &Rules) -> Option<Anew> {
    if is_masked(finding) {
        return None;
    }
    let client = client(finding)?;
    let edition = edition(client, finding);
    let account = finding.account(client.id, edition)?;
    let account = Account {
        system: system(finding),
        has_incoming_password: incoming_password(finding, client),
        ..account
    };
    let found = judge(account, None, client, rules);
    let found = except(Finding { computer: computer.map(str::to_owned), ..found }, rules);
    let mut judged = Judged::anew(&found, finding.is_undecided());
    judged.is_other = !found.is_claimed && rules.policies.skips_others;
    let plan = (found.action != Action::None && !judged.is_other).then(|| Plan {
        needs: found.needs.clone(),
        rule: found.rule,
        steps: if found.steps.is_empty() { for_receiving(&found) } else { found.steps.clone() },
    });
    Some(Anew { finding: found, judged, plan })
}

/// What it runs on, with what the report tells of its TLS: where a policy asked for that, it says what is missing.
fn system(finding: &FindingIn<'_>) -> Option<System> {
    let system = of_report(&finding.system.as_ref()?.0);
    Some(if finding.lacks_tls() { System { tls_1_2: Some(false), ..system } } else { system })
}

/// Whether the password for receiving is stored: a report has no word for that, but what it says of the password after the
/// change tells it of some accounts.
fn incoming_password(finding: &FindingIn<'_>, client: &Client) -> Option<bool> {
    let is_default = finding.provider.is_none()
        && finding.incoming.as_ref().is_none_or(|incoming| incoming.provider.is_none());
    let out = finding.outgoing.as_ref();
    match finding.password_needed?.0? {
        // It goes on with what is stored, then.
        PasswordNeeded::No => Some(true),
        // The default policy turns authentication on, for which this client takes the password for receiving.
        PasswordNeeded::Once
            if is_default && client.asks == Asks::AsIncoming && out.is_some_and(OutgoingIn::is_off) =>
        {
            Some(false)
        }
        PasswordNeeded::Once | PasswordNeeded::Unknown => None,
    }
}

/// True if its servers or addresses are masked: no claim and no exception can fit them.
pub(super) fn is_masked(finding: &FindingIn<'_>) -> bool {
    let outgoing = finding.outgoing.as_ref().and_then(|outgoing| outgoing.host.as_ref());
    let incoming = finding.incoming.as_ref().and_then(|incoming| incoming.host.as_ref());
    outgoing.into_iter().chain(incoming).chain(&finding.addresses).any(|text| looks_masked(&text.0))
}

/// What is to be set for receiving, where nothing else is said.
fn for_receiving(finding: &Finding) -> Vec<Text> {
    finding.receiving.to_set.iter().map(changes::receiving_line).collect()
}

/// What a stored finding asks for by the policy of its provider.
pub(super) fn stored(finding: &FindingIn<'_>) -> Option<Plan> {
    let needs = finding.needs().filter(|needs| !needs.ends)?;
    let client = client(finding)?;
    let steps = steps_for(Rule::Deviates, client.edition(edition(client, finding)), &needs);
    Some(Plan { needs, rule: Rule::Deviates, steps })
}

fn client(finding: &FindingIn<'_>) -> Option<&'static Client> {
    CLIENTS.iter().find(|client| client.id == finding.client.0)
}

/// Reports of earlier versions do not name the edition; that is no matter where there is but one.
fn edition(client: &'static Client, finding: &FindingIn<'_>) -> &'static str {
    let id = finding.edition.as_ref().map_or("", |edition| &edition.0);
    match client.editions {
        [only] if id.is_empty() => only.id,
        editions => editions.iter().chain([&RELAY]).find(|edition| edition.id == id).map_or("", |e| e.id),
    }
}
