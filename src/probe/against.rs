//! Whether a server offers what the policy that claims it says, and the sentence about that. What is to be set comes from
//! policies alone: a network can take out of an answer what it likes.

use super::meaning::usable;
use super::plan::{claiming, service_of, settings_for};
use crate::model::{Answer, Auth, Probe, ProbedPort, Security, Service, Text};
use crate::policy::{self, Method, Policies, Policy, Setting};

/// What a policy says of a server, and the server of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Verdict<'p> {
    pub(super) policy: &'p Policy,
    /// `None`: from here that can't be told.
    pub(super) is_met: Option<bool>,
    pub(super) text: Text,
}

/// The policies that claim this server, for sending and for receiving, as far as it was asked for that.
pub(super) fn against<'p>(policies: &'p Policies, probe: &Probe, addresses: &[String]) -> Vec<Verdict<'p>> {
    let sides = [policy::Side::Sending, policy::Side::Receiving];
    sides.into_iter().filter_map(|side| one(policies, probe, addresses, side)).collect()
}

fn one<'p>(
    policies: &'p Policies,
    probe: &Probe,
    addresses: &[String],
    side: policy::Side,
) -> Option<Verdict<'p>> {
    let policy = claiming(policies, &probe.host, addresses, side)?;
    let asks = |found: &&ProbedPort| (found.service == Service::Smtp) == (side == policy::Side::Sending);
    let settings: Vec<&Setting> =
        settings_for(policy, side, &probe.host).into_iter().filter(|one| authenticates(one)).collect();
    let first = settings.first()?;
    probe.ports.iter().find(asks)?;
    let met: Vec<Option<bool>> = settings.iter().map(|setting| is_met(setting, side, probe)).collect();
    let is_met = if met.contains(&Some(true)) {
        Some(true)
    } else if met.contains(&None) {
        None
    } else {
        Some(false)
    };
    let at = met.iter().position(|met| *met == Some(true)).and_then(|at| settings.get(at)).unwrap_or(first);
    Some(Verdict { policy, is_met, text: sentence(policy, at, is_met) })
}

fn authenticates(setting: &Setting) -> bool {
    setting.auth.is_empty() || setting.auth.iter().any(|method| auth_of(*method).is_some())
}

fn auth_of(method: Method) -> Option<Auth> {
    match method {
        Method::PopBeforeSmtp | Method::None => None,
        Method::Apop => Some(Auth::Apop),
        Method::AppPassword => Some(Auth::Password),
        Method::By(auth) => Some(auth),
    }
}

/// One setting against the ports that it speaks of; `None`: they gave no answer.
fn is_met(setting: &Setting, side: policy::Side, probe: &Probe) -> Option<bool> {
    let service = service_of(setting, side);
    let is_of_it = |found: &&ProbedPort| {
        found.service == service && (setting.port.is_empty() || setting.port.contains(&found.port))
    };
    let answers: Vec<Option<bool>> =
        probe.ports.iter().filter(is_of_it).map(|found| port_meets(setting, found)).collect();
    match () {
        () if answers.contains(&Some(true)) => Some(true),
        () if answers.is_empty() || answers.contains(&None) => None,
        () => Some(false),
    }
}

fn port_meets(setting: &Setting, found: &ProbedPort) -> Option<bool> {
    match found.answer {
        Answer::Offered => {}
        Answer::Refused => return Some(false),
        _ => return None,
    }
    let kinds = if setting.security.is_empty() {
        &[Security::Tls, Security::StartTls, Security::Plain][..]
    } else {
        &setting.security
    };
    let meets = kinds.iter().any(|security| {
        let offer = match security {
            Security::Tls => found.secured.as_ref().filter(|_| found.tls_first),
            Security::StartTls => found.secured.as_ref().filter(|_| !found.tls_first),
            // Better is accepted, too.
            Security::Plain | Security::Auto => found.clear.as_ref().or(found.secured.as_ref()),
        };
        let auths: Vec<Auth> = setting.auth.iter().filter_map(|method| auth_of(*method)).collect();
        offer.is_some_and(|offer| {
            let any = !offer.auth.is_empty() || offer.login;
            if auths.is_empty() { any } else { auths.iter().any(|auth| usable(*auth, offer, None)) }
        })
    });
    Some(meets)
}

fn sentence(policy: &Policy, setting: &Setting, is_met: Option<bool>) -> Text {
    let ports: Vec<String> = setting.port.iter().map(u16::to_string).collect();
    let kinds: Vec<&str> = setting.security.iter().map(|security| word(*security)).collect();
    let mut what: Vec<String> = (!ports.is_empty()).then(|| ports.join("/")).into_iter().collect();
    what.extend((!kinds.is_empty()).then(|| kinds.join("/")));
    let what = if what.is_empty() { String::new() } else { format!(" ({})", what.join(", ")) };
    let (ja, en) = (&policy.name.ja, &policy.name.en);
    match is_met {
        Some(true) => Text::new(
            format!("{ja} のポリシーが示す設定{what}を、サーバーは提供しています。"),
            format!("The server offers what the policy of {en} says{what}."),
        ),
        Some(false) => Text::new(
            format!(
                "{ja} のポリシーが示す設定{what}を、サーバーはここからの問い合わせには提供していません。ポリシーが古いか、途中の機器が変えています。"
            ),
            format!(
                "The server, asked from here, does not offer what the policy of {en} says{what}: the policy is out of date, or something on the way changes the answer."
            ),
        ),
        None => Text::new(
            format!("{ja} のポリシーが示す設定{what}を提供しているかは、ここからは分かりません。"),
            format!("Whether the server offers what the policy of {en} says{what} can't be told from here."),
        ),
    }
}

const fn word(security: Security) -> &'static str {
    match security {
        Security::Plain => "plain",
        Security::StartTls => "STARTTLS",
        Security::Tls => "TLS",
        Security::Auto => "auto",
    }
}

#[cfg(test)]
#[path = "against_tests.rs"]
mod tests;
