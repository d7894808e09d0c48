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
    let mut list = facts::outgoing(finding, lang);
    list.extend(changes::changes(finding).into_iter().map(|change| {
        let now = change.now.as_ref().map_or("?", |now| now.get(lang));
        (change.name.get(lang).to_owned(), format!("{now} > {}", change.then.get(lang)))
    }));
    let receiving = finding.receiving.to_set.iter();
    let name = Text::fixed("受信", "receiving");
    list.extend(receiving.map(|set| (name.get(lang).to_owned(), changes::receiving(set, lang))));
    list.extend(facts::password(finding, lang));
    list.extend(facts::compared(finding, lang));
    list.extend(finding.notes.iter().filter(|note| !is_detail(note)).map(|note| facts::note(note, lang)));
    list
}

/// True for notes that change nothing about what is to be done.
const fn is_detail(note: &Note) -> bool {
    matches!(note, Note::PortDefault(_) | Note::IncomingInClear | Note::AuthWithoutTls | Note::StaleProfile)
}
