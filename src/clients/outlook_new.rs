//! The new Outlook for Windows: which accounts there are. Their servers are kept by Microsoft's cloud, not on the PC.

use super::look::Look;
use super::settings::{Setting, Settings};
use super::steps::host_in_brackets;
use super::which_outlook::{PREFERENCES, is_switched_to_new};
use super::{Client, Edition, Found, Reading};
use crate::formats::encodings::decode;
use crate::model::{Account, Confidence, InUse, Incoming, Needs, Outgoing, Partial, Protocol, Text};
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
    }],
    places: &[SETTINGS, PREFERENCES],
    sureness: Text::fixed(
        "アカウントの有無だけを読み取ります(第三者の収集ツールの知見による)。サーバーの設定は PC にないため「要確認」になります",
        "reads only which accounts there are, as known from other collectors; the servers' settings are not on the PC, so each is to be checked by hand",
    ),
    files: &[],
    keys: &[],
    reading: Reading::Accounts(read),
    steps,
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

/// Microsoft's support pages for the new Outlook; its settings for POP and IMAP accounts change with its versions, so the
/// steps name what to look for.
fn steps(_edition: &str, needs: &Needs) -> Vec<Text> {
    let (ja, en) = host_in_brackets(needs);
    let mut list = vec![
        Text::fixed(
            "新しい Outlook の右上の歯車 (設定) をクリックし、[アカウント] → [メール アカウント] を開きます。",
            "In the new Outlook, click the gear (Settings) at the top right and open [Accounts] > [Email accounts].",
        ),
        Text::new(
            format!(
                "対象のアカウントの [管理] をクリックし{ja}、サーバーの設定 ([修復] や [詳細設定] など) を開きます。"
            ),
            format!(
                "Click [Manage] at the account{en} and open the settings of the server ([Repair], [Advanced settings] or the like)."
            ),
        ),
    ];
    if needs.authenticate || needs.log_on_first_off {
        list.push(Text::fixed(
            "送信 (SMTP) サーバーで、SMTP 認証に使うユーザー名とパスワードが設定されていることを確認し、なければ入力します。",
            "At the outgoing (SMTP) server, see that a user name and a password for SMTP authentication are set; enter them if not.",
        ));
    }
    if let Some(port) = needs.port {
        list.push(Text::new(
            format!("SMTP ポートが「{port}」であることを確認し、違えば変更します。"),
            format!("See that the SMTP port is {port}, and change it if not."),
        ));
    }
    if needs.security.is_some() || needs.security_as_advised {
        list.push(Text::fixed(
            "SMTP の暗号化(STARTTLS または SSL/TLS)をプロバイダーの案内に合わせます。",
            "Set the SMTP encryption (STARTTLS or SSL/TLS) as the provider's notice says.",
        ));
    }
    list.push(Text::fixed(
        "保存します。パスワードを聞かれたら入力します。項目が見つからない場合は、アカウントを削除して追加し直し、[詳細設定] でサーバーを指定します。",
        "Save. If a password is asked for, enter it. If there is no such field, remove the account and add it again, giving the servers under the advanced settings.",
    ));
    list
}
