//! What the new Outlook keeps on the PC of its accounts: their addresses, and of what kind they are.
//!
//! Keys of the file: collectors of other projects (outlook_collector.py and fixtures of UserSettings.json).

use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::{Kind, is_stand_in, keep};
use crate::model::limits;
use crate::source::rules::{Content, Copy, FileRule, Looks};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const COLLECTORS: &str = "outlook_collector.py and fixtures of UserSettings.json";

/// The two that were seen, and the kinds that the program's dialog offers.
const KINDS: Kind = Kind::Choice(&[
    "Imap",
    "POP3",
    "Pop",
    "Exchange",
    "Office365",
    "Outlook",
    "Hotmail",
    "Google",
    "Gmail",
    "Yahoo",
    "ICloud",
]);

pub(super) const ADDRESS: Fact = fact("emailAddress", Kind::Address, "", COLLECTORS);
pub(super) const KIND: Fact = fact("accountType", KINDS, "", COLLECTORS);
pub(super) const FACTS: &[Fact] = &[ADDRESS, KIND];

/// Its settings.
pub(super) static USER_SETTINGS: FileRule = FileRule {
    id: "UserSettings.json",
    names: &["UserSettings.json"],
    looks: Looks::Unlike,
    limit: &limits::SETTINGS,
    groups: &[("*", FACTS)],
    copy: Copy::Text(copy),
};

/// Addresses by themselves, as the names of members.
const IDENTITIES: &str = "/Identities/IdentityMap";
/// An address by itself. The name is spelled so.
const GLOBAL: &str = "/GlobalSettingsAccout/Email";
/// A text that is JSON itself; its shape varies with the version.
const BACKUP: [&str; 2] = ["AccountLocalBackup", "Json"];
/// Accounts that the program makes for itself.
const SHADOW: &str = "@shadow.outlook.com";

/// Address and kind of every account, from each of the places where versions of the program keep them. Both have passed
/// the door.
pub(super) fn accounts(text: &str) -> serde_json::Result<Vec<(String, String)>> {
    let settings: Value = serde_json::from_str(text)?;
    let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut add = |address: &str, kind: &str| {
        let address = address.trim();
        if (address.contains('@') || is_stand_in(address)) && !address.to_lowercase().ends_with(SHADOW) {
            let entry = known.entry(address.to_lowercase());
            let entry = entry.or_insert_with(|| (keep(ADDRESS.kind, address).text, String::new()));
            if entry.1.is_empty() {
                entry.1 = keep(KIND.kind, kind).text;
            }
        }
    };
    if let Some(map) = settings.pointer(IDENTITIES).and_then(Value::as_object) {
        map.keys().for_each(|address| add(address, ""));
    }
    if let Some(address) = settings.pointer(GLOBAL).and_then(Value::as_str) {
        add(address, "");
    }
    let backup = BACKUP.iter().try_fold(&settings, |value, name| value.get(name)).and_then(Value::as_str);
    let backup = backup.and_then(|text| serde_json::from_str::<Value>(text).ok()).unwrap_or_default();
    let mut waiting = vec![&backup];
    while let Some(value) = waiting.pop() {
        let text = |fact: Fact| value.get(fact.name).and_then(Value::as_str);
        if let Some(address) = text(ADDRESS) {
            add(address, text(KIND).unwrap_or_default());
        }
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(map) => waiting.extend(map.values()),
            _ => {}
        }
    }
    Ok(known.into_values().collect())
}

fn copy(content: &Content, _: usize) -> Option<String> {
    Some(written(accounts(&content.text()).ok()?))
}

/// All accounts where the newest versions keep them.
fn written(accounts: Vec<(String, String)>) -> String {
    let account = |(address, kind)| json!({ ADDRESS.name: address, KIND.name: kind });
    let list = Value::Array(accounts.into_iter().map(account).collect());
    let [outer, inner] = BACKUP;
    json!({ outer: { inner: list.to_string() } }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_has_the_same_accounts() {
        let file = r#"{"Identities": {"IdentityMap": {"b@example.jp": "PW", "x@shadow.outlook.com": ""}},
            "GlobalSettingsAccout": {"Email": "A@example.jp"}, "token": "PW",
            "AccountLocalBackup": {"Json": "[{\"emailAddress\": \"a@example.jp\", \"accountType\": \"Imap\"}, {\"x\": {\"emailAddress\": \"c@example.jp PW\", \"accountType\": \"PW\"}}]"}}"#;
        let found = accounts(file).unwrap_or_default();
        let wanted = [
            ("A@example.jp", "Imap"),
            ("b@example.jp", ""),
            ("(text, 15 characters)", "(text, 2 characters)"),
        ];
        let wanted = wanted.map(|(address, kind)| (address.to_owned(), kind.to_owned()));
        assert_eq!(found, wanted);
        let mut again = accounts(&written(found)).unwrap_or_default();
        again.sort();
        let mut wanted = wanted.to_vec();
        wanted.sort();
        assert_eq!(again, wanted);
    }
}
