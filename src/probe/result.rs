//! From what came to what is said: the servers, the accounts, the policies, and whether all is as wanted.

use super::accounts;
use super::against::against;
use super::crew::{Heard, Server};
use super::meaning::{Meaning, of_subject};
use super::ports::{join, of_server};
use super::subject::Subject;
use crate::model::{Answer, Fault, Probe, ProbedAccount, ProbedPort, Text, Wanted};
use crate::policy::Policies;

/// What is said of one server.
pub(super) fn result(
    server: &Server,
    heard: Heard,
    asked_at: &str,
    subjects: &[Subject],
    policies: &Policies,
) -> Probe {
    let mut probe = Probe {
        host: server.shown.clone(),
        asked_at: asked_at.to_owned(),
        address: heard.address,
        from: heard.from,
        unasked: heard.unasked,
        ports: heard.ports,
        provider: None,
        meets_policy: None,
        wanted: Wanted::Unreachable,
        text: Text::fixed("", ""),
        accounts: Vec::new(),
    };
    let mut texts = vec![of_server(&probe)];
    let mut addresses: Vec<String> = Vec::new();
    for subject in subjects {
        let meanings = of_subject(subject, &probe);
        if meanings.is_empty() {
            continue;
        }
        addresses.extend(subject.addresses.iter().cloned());
        probe.accounts.push(account(subject, &meanings));
    }
    if probe.unasked.is_none() {
        let verdicts = against(policies, &probe, &addresses);
        probe.provider = verdicts.first().map(|verdict| verdict.policy.id.clone());
        let met: Vec<Option<bool>> = verdicts.iter().map(|verdict| verdict.is_met).collect();
        probe.meets_policy = match () {
            () if met.contains(&Some(false)) => Some(false),
            () if met.is_empty() || met.contains(&None) => None,
            () => Some(true),
        };
        let is_unknown = met.contains(&None);
        texts.extend(verdicts.into_iter().map(|verdict| verdict.text));
        probe.wanted = wanted(&probe, is_unknown);
    }
    probe.text = join(&texts);
    probe
}

fn account(subject: &Subject, meanings: &[Meaning]) -> ProbedAccount {
    let texts: Vec<_> = meanings
        .iter()
        .map(|meaning| accounts::sentence(meaning, &subject.client_name, subject.log_on))
        .collect();
    ProbedAccount {
        computer: subject.computer.clone(),
        id: subject.id.clone(),
        client_name: subject.client_name.clone(),
        account: subject.account.clone(),
        wanted: worst(meanings.iter().map(Meaning::wanted)).unwrap_or(Wanted::Unreachable),
        text: join(&texts),
    }
}

/// A no counts most, then what can't be told.
pub fn worst(all: impl IntoIterator<Item = Wanted>) -> Option<Wanted> {
    let rank = |wanted: &Wanted| match wanted {
        Wanted::No => 0,
        Wanted::Unreachable => 1,
        Wanted::Yes => 2,
    };
    all.into_iter().min_by_key(rank)
}

/// What the policy says counts, and what accounts need; of a server of which nothing is wanted, that one of its ports offers a
/// log-on within TLS, with a certificate that holds.
fn wanted(probe: &Probe, policy_is_unknown: bool) -> Wanted {
    let by_accounts = worst(probe.accounts.iter().map(|account| account.wanted));
    let by_policy = match probe.meets_policy {
        Some(true) => Some(Wanted::Yes),
        Some(false) => Some(Wanted::No),
        None => policy_is_unknown.then_some(Wanted::Unreachable),
    };
    if let Some(wanted) = worst(by_accounts.into_iter().chain(by_policy)) {
        return wanted;
    }
    let ports = &probe.ports;
    let is_only_unasked = |found: &ProbedPort| matches!(found.answer, Answer::NotAsked(_));
    match () {
        () if ports.iter().any(is_good) => Wanted::Yes,
        () if ports.iter().any(|found| found.answer == Answer::Offered && !lacks_roots(found)) => Wanted::No,
        () if ports.iter().any(|found| found.answer == Answer::Broken) => Wanted::No,
        () if !ports.is_empty()
            && ports.iter().all(|found| found.answer == Answer::Refused || is_only_unasked(found))
            && !ports.iter().all(is_only_unasked) =>
        {
            Wanted::No
        }
        () => Wanted::Unreachable,
    }
}

fn is_good(found: &ProbedPort) -> bool {
    let offers = found.secured.as_ref().is_some_and(|offer| !offer.auth.is_empty() || offer.login);
    let holds = found.certificate().is_some_and(|certificate| certificate.faults.is_empty());
    offers && holds && found.answer == Answer::Offered
}

fn lacks_roots(found: &ProbedPort) -> bool {
    found.certificate().is_some_and(|certificate| certificate.faults == [Fault::NoRoots])
}
