//! What helps where a mail program's settings can't: another way that the policy knows, or a general sentence.

use crate::classify::{Can, OAuth2};
use crate::model::{Auth, Needs, Text};
use crate::policy::{Instead, Policy};

/// What helps where the client can't do what is wanted, or the service ends (`ends`), for a client of these ids.
pub(crate) fn instead_by(policy: Option<&Policy>, ends: bool, ids: [&str; 2]) -> Vec<Text> {
    let known = policy.map(|policy| by_policy(policy, ids)).unwrap_or_default();
    if !known.is_empty() {
        return known;
    }
    let text = if ends {
        Text::fixed(
            "このサーバーのサービスは終了するか、すでに終了しています。移行先はプロバイダーに確認してください。",
            "The service of this server ends, or has ended: ask the provider where to move.",
        )
    } else {
        Text::fixed(
            "このメールソフトのままでは、設定を変えても条件を満たせません。対応する新しいメールソフト(または Web メール)に移るか、プロバイダーに相談してください。",
            "No setting of this mail program can meet what the provider asks for: move to a current mail program (or webmail), or ask the provider.",
        )
    };
    vec![text]
}

/// What a policy says of these clients, below a line that says that it is another way.
fn by_policy(policy: &Policy, ids: [&str; 2]) -> Vec<Text> {
    let is_for = |instead: &&Instead| {
        instead.clients.is_empty() || instead.clients.iter().any(|id| ids.contains(&id.as_str()))
    };
    let mut found: Vec<Text> = policy.instead.iter().filter(is_for).map(|i| i.text.clone()).collect();
    if !found.is_empty() {
        found.insert(0, OTHER_WAY);
    }
    found
}

const OTHER_WAY: Text = Text::fixed("このメールソフトでの別の方法:", "Another way with this mail program:");

/// The same where OAuth 2 has to be set, and the dialog isn't known to offer it: the steps may lead nowhere.
pub(crate) fn other_way(policy: &Policy, needs: &Needs, can: Can, ids: [&str; 2]) -> Vec<Text> {
    let needs_it = needs.method == Some(Auth::OAuth2)
        || needs.incoming.iter().any(|incoming| incoming.method == Some(Auth::OAuth2));
    if needs_it && can.oauth2 == OAuth2::Unknown { by_policy(policy, ids) } else { Vec::new() }
}
