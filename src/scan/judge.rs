//! An account → a finding: the verdict and what follows from it.

use super::instead::{instead_by, other_way};
use super::password::Change;
use crate::classify::{Judgement, Subject, THIS_PROGRAM, classify};
use crate::clients::{Client, Edition, steps};
use crate::formats::shapes::hexadecimal;
use crate::model::{
    Account, Action, Aspect, Finding, InUse, Needs, Note, Outgoing, Receiving, Rule, Text, Verdict, day_text,
};
use crate::policy::Policies;
use crate::policy::exceptions::{Excepted, Exception};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use time::Date;

/// By what accounts are judged.
#[derive(Debug, Clone)]
pub struct Rules {
    /// What providers want.
    pub policies: Policies,
    /// The day of judging.
    pub day: Date,
    /// What stops later than so many days after that does not count for the exit code.
    pub due: Option<i64>,
    /// Accounts that may stay as they are.
    pub exceptions: Vec<Exception>,
    /// Leave out the steps.
    pub no_steps: bool,
    /// The steps are for all accounts of a kind: none names the server that an account has.
    pub for_many: bool,
}

impl Rules {
    /// The default policy alone, on any day, with steps.
    pub fn standard() -> Self {
        Self {
            policies: Policies::standard(),
            day: Date::MIN,
            due: None,
            exceptions: Vec::new(),
            no_steps: false,
            for_many: false,
        }
    }
}

/// The verdict on an account with what follows from it; whose it is, is not in it yet.
pub(crate) fn judge(
    mut account: Account,
    of_source: Option<Note>,
    client: &Client,
    rules: &Rules,
) -> Finding {
    let judged = classify(&Subject::of(&account, client.can(&account)), &rules.policies, rules.day);
    let mut notes = account.notes.clone();
    let is_without_auth = judged.verdict == Verdict::NoSmtpAuth;
    notes.extend(account.note_without_auth.take().filter(|_| is_without_auth));
    // That it is relayed an answer may say already.
    let own = judged.notes.iter().filter(|note| !account.notes.contains(note));
    notes.extend(own.map(|note| named(note, client, &account)));
    notes.extend(of_source);
    let action = decide(&judged, &account, &mut notes);
    account.edition = judged.needs.edition(&account);
    let edition = client.edition(account.edition);
    let needs = edition.needs(judged.needs.clone());
    let needs = if rules.for_many { Needs { host: None, ..needs } } else { needs };
    let (mut to_set, mut list) = (Vec::new(), Vec::new());
    let has_target = match judged.provider {
        Some(_) => true,
        None => action != Action::None && judged.verdict != Verdict::Unreadable && !is_unset(&account),
    };
    if has_target {
        to_set = needs.to_set(&account.outgoing, &edition.order(&needs));
    }
    if action != Action::None && !rules.no_steps {
        list = all_steps(&judged, &account, (client, edition), &needs, rules);
    }
    let is_waiting = judged.is_accepted || judged.waits_for.is_some();
    let change = Change {
        account: &account,
        sending: if is_waiting { &[] } else { &to_set },
        receiving: if judged.receiving.is_to_change { &judged.receiving.to_set } else { &[] },
        is_app_password: needs.is_app_password,
        asks: client.asks,
    };
    let password_needed = if action == Action::Change { change.password() } else { None };
    let is_not_due = rules.due.is_some_and(|days| is_later(&judged, days));
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
        provider: judged.provider,
        stops: judged.stops,
        receiving: judged.receiving,
        waits_for: judged.waits_for,
        is_not_due,
        also: judged.also,
        is_claimed: judged.is_claimed,
        password_needed,
        steps: list,
        compared: None,
        account,
    }
}

/// What a client can't do is said with its name and system. A name that somebody gave it stays out: a note is shown as it is,
/// in a masked report, too.
fn named(note: &Note, client: &Client, account: &Account) -> Note {
    let Note::ClientCannot(text) = note else { return note.clone() };
    let own = account.client_name.as_str();
    let name = if client.variants.contains(&own) { own } else { client.name };
    let system = account.system.as_ref().map(|system| format!(" ({})", system.name)).unwrap_or_default();
    let name = format!("{name}{system}");
    Note::ClientCannot(Text::new(
        text.ja.replacen(&*THIS_PROGRAM.ja, &name, 1),
        text.en.replacen(&*THIS_PROGRAM.en, &name, 1),
    ))
}

/// What is an exception needs nothing; what was one needs it again.
pub(crate) fn except(finding: Finding, rules: &Rules) -> Finding {
    if finding.action == Action::None {
        return finding;
    }
    let hosts = finding.account.outgoing.hosts();
    let known = Excepted {
        addresses: &finding.account.addresses,
        computer: finding.computer.as_deref(),
        client: finding.account.client,
        server: hosts.first().map(String::as_str),
    };
    let fitting = || rules.exceptions.iter().filter(|exception| exception.fits(known));
    let notes = finding.notes.clone();
    if let Some(exception) = fitting().find(|exception| exception.holds(rules.day)) {
        let notes = [notes, vec![Note::Exception(excepted(exception))]].concat();
        return Finding { action: Action::None, password_needed: None, steps: Vec::new(), notes, ..finding };
    }
    match fitting().next().and_then(|exception| exception.until) {
        Some(until) => {
            let day = day_text(until);
            let over = Text::new(
                format!("例外の期限({})が過ぎています。", day.ja),
                format!("The exception for it ended on {}.", day.en),
            );
            Finding { notes: [notes, vec![Note::Other("exception-over", over)]].concat(), ..finding }
        }
        None => finding,
    }
}

fn excepted(exception: &Exception) -> Text {
    let (mut ja, mut en) = (
        "例外として、今は変更しません".to_owned(),
        "An exception: nothing is to be changed for now".to_owned(),
    );
    if let Some(until) = exception.until {
        let day = day_text(until);
        let _ = write!(ja, "({}まで)", day.ja);
        let _ = write!(en, " (until {})", day.en);
    }
    for part in [&exception.reason, &exception.ticket].into_iter().flatten() {
        let _ = write!(ja, "、{part}");
        let _ = write!(en, "; {part}");
    }
    Text::new(ja + "。", en + ".")
}

/// True if both sides work for longer than so many days.
fn is_later(judged: &Judgement, days: i64) -> bool {
    let sending = judged.verdict == Verdict::SmtpAuth
        || judged.is_accepted
        || (!judged.fits_nothing && judged.stops.as_ref().is_some_and(|stop| stop.is_later_than(days)));
    let receiving = !judged.receiving.is_to_change
        || judged.receiving.stops.as_ref().is_some_and(|stop| stop.is_later_than(days));
    sending && receiving && (judged.stops.is_some() || judged.receiving.stops.is_some())
}

fn is_unset(account: &Account) -> bool {
    matches!(account.outgoing, Outgoing::None(_) | Outgoing::Unclear(..))
}

fn decide(judged: &Judgement, account: &Account, notes: &mut Vec<Note>) -> Action {
    if account.in_use == InUse::No {
        notes.push(Note::StaleProfile);
        return Action::None;
    }
    let sending = match judged.verdict {
        Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth | Verdict::SmtpAuthOffPolicy
            if !judged.is_accepted && judged.waits_for.is_none() =>
        {
            Action::Change
        }
        Verdict::Unreadable if judged.waits_for.is_none() => Action::CheckByHand,
        _ => Action::None,
    };
    let receiving = match judged.receiving {
        Receiving { is_to_change: true, .. } => Action::Change,
        Receiving { is_unknown: true, .. } => Action::CheckByHand,
        _ => Action::None,
    };
    match sending.min(receiving) {
        Action::Change if account.client_installed == Some(false) => {
            notes.push(Note::ClientNotInUse);
            Action::CheckByHand
        }
        action => action,
    }
}

/// The steps, and what the provider has to add.
fn all_steps(
    judged: &Judgement,
    account: &Account,
    (client, edition): (&Client, &Edition),
    needs: &Needs,
    rules: &Rules,
) -> Vec<Text> {
    let receiving = || receiving_steps(judged, account, (client, edition), needs, rules);
    let mut list = match judged.verdict {
        Verdict::PopBeforeSmtp | Verdict::NoSmtpAuth | Verdict::SmtpAuthOffPolicy
            if judged.is_accepted || judged.waits_for.is_some() =>
        {
            receiving()
        }
        Verdict::SmtpAuth | Verdict::Managed | Verdict::NoOutgoingServer => receiving(),
        _ if judged.is_stuck || needs.ends => {
            let provider = judged.provider.as_ref();
            let sending = instead(provider, needs.ends, account, client, rules);
            // What helps for one side mostly helps for both.
            let more: Vec<Text> = receiving().into_iter().filter(|step| !sending.contains(step)).collect();
            [sending, more].concat()
        }
        Verdict::Unreadable if judged.rule != Rule::Unclear || edition.id == steps::RELAY.id => {
            [steps_for(judged.rule, edition, needs), receiving()].concat()
        }
        _ => {
            let policy =
                rules.policies.list.iter().find(|policy| Some(&policy.id) == judged.provider.as_ref());
            let other = |policy| other_way(policy, needs, client.can(account), [client.id, account.client]);
            [steps_for(judged.rule, edition, needs), policy.map(other).unwrap_or_default()].concat()
        }
    };
    let of_provider = judged.remark.clone().into_iter().chain(judged.notice.as_ref().map(|notice| {
        Text::new(format!("プロバイダーの案内: {notice}"), format!("The provider's notice: {notice}"))
    }));
    list.splice(0..0, of_provider);
    list
}

/// The steps where nothing is to be done for sending.
fn receiving_steps(
    judged: &Judgement,
    account: &Account,
    (client, edition): (&Client, &Edition),
    needs: &Needs,
    rules: &Rules,
) -> Vec<Text> {
    let receiving = &judged.receiving;
    if receiving.notes.iter().any(|note| note.code() == Note::LocalProxy.code()) {
        return steps::RECEIVING_RELAYED.to_vec();
    }
    if receiving.is_to_change && needs.incoming.is_empty() {
        let ends = receiving.to_set.iter().any(|set| set.setting == Aspect::Host && set.then.is_none());
        return instead(receiving.provider.as_ref(), ends, account, client, rules);
    }
    steps::receiving_alone(edition, needs)
}

/// What helps where the client can't do what is wanted, or the service ends.
fn instead(
    provider: Option<&String>,
    ends: bool,
    account: &Account,
    client: &Client,
    rules: &Rules,
) -> Vec<Text> {
    let policy = rules.policies.list.iter().find(|policy| Some(&policy.id) == provider);
    instead_by(policy, ends, [client.id, account.client])
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
    short_hash(&parts.join("\0"))
}

/// The first 16 hexadecimal digits of SHA-256.
pub(super) fn short_hash(text: &str) -> String {
    hexadecimal(Sha256::digest(text.as_bytes()).get(..8).unwrap_or_default())
}
