//! An account → a finding: the verdict and what follows from it.

use crate::classify::{Policy, classify};
use crate::clients::{Client, Edition, steps};
use crate::model::{Account, Action, Finding, InUse, Incoming, Needs, Note, Rule, Text, Verdict};
use sha2::{Digest, Sha256};

/// The verdict on an account with what follows from it; whose it is, is not in it yet.
pub(crate) fn judge(
    mut account: Account,
    of_source: Option<Note>,
    client: &Client,
    policy: &Policy,
    no_steps: bool,
) -> Finding {
    let protocol = account.incoming.as_ref().map(|Incoming { protocol, .. }| *protocol);
    let judged = classify(&account.outgoing, protocol, policy);
    let mut notes = account.notes.clone();
    let is_without_auth = judged.verdict == Verdict::NoSmtpAuth;
    notes.extend(account.note_without_auth.take().filter(|_| is_without_auth));
    // That it is relayed an answer may say already.
    notes.extend(judged.notes.into_iter().filter(|note| !account.notes.contains(note)));
    notes.extend(of_source);
    let action = decide(judged.verdict, &account, &mut notes);
    account.edition = judged.needs.edition(&account);
    let edition = client.edition(account.edition);
    let needs = edition.needs(judged.needs);
    let (mut to_set, mut list) = (Vec::new(), Vec::new());
    if action != Action::None {
        if judged.verdict != Verdict::Unreadable {
            to_set = needs.to_set(&account.outgoing, &edition.order(&needs));
        }
        if !no_steps {
            list = steps_for(judged.rule, edition, &needs);
        }
    }
    Finding {
        id: String::new(),
        computer: None,
        user: None,
        user_sid: None,
        verdict: judged.verdict,
        action,
        deviations: judged.deviations,
        notes,
        rule: judged.rule,
        needs,
        to_set,
        steps: list,
        compared: None,
        account,
    }
}

fn decide(verdict: Verdict, account: &Account, notes: &mut Vec<Note>) -> Action {
    if account.in_use == InUse::No {
        notes.push(Note::StaleProfile);
        return Action::None;
    }
    match verdict {
        Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth | Verdict::SmtpAuthOffPolicy => {
            if account.client_installed == Some(false) {
                notes.push(Note::ClientNotInUse);
                Action::CheckByHand
            } else {
                Action::Change
            }
        }
        Verdict::Unreadable => Action::CheckByHand,
        Verdict::SmtpAuth | Verdict::Managed | Verdict::NoOutgoingServer => Action::None,
    }
}

/// The steps for an account.
pub(crate) fn steps_for(rule: Rule, edition: &Edition, needs: &Needs) -> Vec<Text> {
    match rule {
        Rule::ExternalProgram | Rule::LocalProxy => steps::RELAYED.to_vec(),
        _ if edition.id == steps::RELAY.id => edition.texts(needs),
        _ => steps::whole(edition, needs, rule == Rule::Unclear),
    }
}

/// The same in every scan of the same account, live or offline: client, user, store, account key, outgoing key.
pub(crate) fn id(account: &Account, user: &str) -> String {
    let parts = [account.client, user, &account.store, &account.key, &account.outgoing_key];
    let hash = Sha256::digest(parts.join("\0").as_bytes());
    hash.iter().take(8).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
