//! What a person needs to know of an account before the steps, and no more: the whole is for `--explain` and other formats.

use super::changes;
use super::facts::{self, Fact};
use crate::model::{Finding, Lang, Note, Text};

/// Whose account it is, in one line: `hanako, Becky!, shop (shop@example.jp)`.
pub fn who(finding: &Finding, several: bool, lang: Lang) -> String {
    let account = &finding.account;
    let mut parts: Vec<String> = several.then(|| facts::computer(finding).to_owned()).into_iter().collect();
    parts.extend(finding.user.clone());
    parts.push(match &account.profile {
        Some(profile) => {
            let word = Text::fixed("プロファイル", "profile");
            format!("{} ({}: {profile})", account.client_name, word.get(lang))
        }
        None => account.client_name.clone(),
    });
    let others: Vec<&str> =
        account.addresses.iter().map(String::as_str).filter(|address| *address != account.name).collect();
    parts.push(match others[..] {
        [] => account.name.clone(),
        _ => format!("{} ({})", account.name, others.join(", ")),
    });
    parts.join(", ")
}

/// How it sends, what changes, and the notes that matter for that.
pub fn brief(finding: &Finding, lang: Lang) -> Vec<Fact> {
    let outgoing = facts::outgoing(finding, lang).into_iter();
    outgoing.chain(changed(finding, lang)).chain(beside(finding, lang)).collect()
}

/// What changes for sending: `25 (default) > 587`.
pub fn changed(finding: &Finding, lang: Lang) -> Vec<Fact> {
    let fact = |change: changes::Change| {
        let now = change.now.as_ref().map_or("?", |now| now.get(lang));
        (change.name.get(lang).to_owned(), format!("{now} > {}", change.then.get(lang)))
    };
    changes::changes(finding).into_iter().map(fact).collect()
}

/// The same where what changes for sending stands in a table.
pub fn beside_changes(finding: &Finding, lang: Lang) -> Vec<Fact> {
    facts::outgoing(finding, lang).into_iter().chain(beside(finding, lang)).collect()
}

fn beside(finding: &Finding, lang: Lang) -> Vec<Fact> {
    let receiving = finding.receiving.to_set.iter();
    let name = Text::fixed("受信", "receiving");
    let mut list: Vec<Fact> =
        receiving.map(|set| (name.get(lang).to_owned(), changes::receiving(set, lang))).collect();
    list.extend(facts::password(finding, lang));
    list.extend(facts::compared(finding, lang));
    list.extend(finding.notes.iter().filter(|note| !is_detail(note)).map(|note| facts::note(note, lang)));
    list
}

/// True for notes that change nothing about what is to be done.
const fn is_detail(note: &Note) -> bool {
    matches!(note, Note::PortDefault(_) | Note::IncomingInClear | Note::AuthWithoutTls | Note::StaleProfile)
}
