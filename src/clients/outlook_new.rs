//! The new Outlook for Windows: which accounts there are. Their servers are kept by Microsoft's cloud, not on the PC.

pub(super) mod dialogue;
mod steps;

use super::look::Look;
use super::settings::{Setting, Settings};
use super::which_outlook::{PREFERENCES, is_switched_to_new};
use super::{Client, Edition, Found, Reading};
use crate::formats::encodings::decode;
use crate::model::{Account, Confidence, InUse, Incoming, Outgoing, Partial, Protocol, Text};
use crate::source::rules::UNLISTED;
use crate::source::{Problem, User};
use serde_json::Value;
use std::collections::BTreeMap;

/// The new Outlook's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "outlook-new",
    name: "Outlook (new)",
    editions: &[Edition {
        id: "outlook-new",
        name: Text::fixed("新しい Outlook for Windows", "new Outlook for Windows"),
        steps: &[steps::STEPS],
        keeps_tls: false,
    }],
    places: &[SETTINGS, PREFERENCES],
    sureness: Text::fixed(
        "アカウントの有無だけを読み取ります(第三者の収集ツールの知見による)。サーバーの設定は PC にないため「要確認」になります",
        "reads only which accounts there are, as known from other collectors; the servers' settings are not on the PC, so each is to be checked by hand",
    ),
    files: &[],
    keys: &[],
    reading: Reading::Accounts(read),
};

/// Keys of this file: collectors of other projects (outlook_collector.py and fixtures of UserSettings.json).
const SETTINGS: &str = r"%LOCALAPPDATA%\Microsoft\Olk\UserSettings.json";
/// Accounts that the program makes for itself.
const SHADOW: &str = "@shadow.outlook.com";

const IN_THE_CLOUD: Text = Text::fixed(
    "新しい Outlook の送信サーバーの設定は Microsoft のクラウドにあり、この PC からは読み取れません",
    "the new Outlook keeps the settings of the outgoing server in Microsoft's cloud; they can't be read on this PC",
);

fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    let Some(bytes) = user.read(SETTINGS, &UNLISTED)? else { return Ok(()) };
    let place = user.place(SETTINGS);
    let settings: Value = serde_json::from_str(&decode(&bytes)).map_err(|error| {
        let at = format!("{}:{}", error.line(), error.column());
        Problem::malformed(
            &place,
            &Text::new(format!("JSON ではありません ({at})"), format!("not JSON ({at})")),
        )
    })?;
    let in_use = match is_switched_to_new(user)? {
        Some(true) => InUse::Yes,
        Some(false) | None => InUse::Unknown,
    };
    for (address, kind) in accounts(&settings) {
        let mut look = Look::default();
        let entries = [Setting::text("emailAddress", &address), Setting::text("accountType", &kind)];
        let entry = Settings { place: (&place).into(), entries: entries.into(), ..Settings::default() };
        look.record(&entry, "emailAddress", None);
        look.record(&entry, "accountType", None);
        let account = Account {
            client: CLIENT.id,
            client_name: "Outlook (new)".to_owned(),
            edition: CLIENT.id,
            client_version: None,
            client_installed: None,
            in_use,
            profile: None,
            source: place.clone(),
            store: "olk".to_owned(),
            key: address.to_lowercase(),
            outgoing_key: "smtp".to_owned(),
            name: address.clone(),
            addresses: vec![address],
            default_account: None,
            incoming: Some(Incoming { protocol: Protocol::Other, host: None, port: None, security: None }),
            outgoing: Outgoing::Unclear(Partial::default(), IN_THE_CLOUD),
            confidence: Confidence::Inferred,
            notes: Vec::new(),
            evidence: Vec::new(),
        };
        found.account(account, look);
    }
    Ok(())
}

/// Address and kind of every account, from each of the places where versions of the program keep them.
fn accounts(settings: &Value) -> BTreeMap<String, String> {
    let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut add = |address: &str, kind: &str| {
        let address = address.trim();
        if address.contains('@') && !address.to_lowercase().ends_with(SHADOW) {
            let entry =
                known.entry(address.to_lowercase()).or_insert_with(|| (address.to_owned(), String::new()));
            if entry.1.is_empty() {
                kind.clone_into(&mut entry.1);
            }
        }
    };
    if let Some(map) = settings.pointer("/Identities/IdentityMap").and_then(Value::as_object) {
        map.keys().for_each(|address| add(address, ""));
    }
    // The name is spelled so.
    if let Some(address) = settings.pointer("/GlobalSettingsAccout/Email").and_then(Value::as_str) {
        add(address, "");
    }
    // A text that is JSON itself; its shape varies with the version.
    let backup = settings.pointer("/AccountLocalBackup/Json").and_then(Value::as_str);
    let backup = backup.and_then(|text| serde_json::from_str::<Value>(text).ok()).unwrap_or_default();
    let mut waiting = vec![&backup];
    while let Some(value) = waiting.pop() {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        if let Some(address) = text("emailAddress") {
            add(address, text("accountType").unwrap_or_default());
        }
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(map) => waiting.extend(map.values()),
            _ => {}
        }
    }
    known.into_values().collect()
}
