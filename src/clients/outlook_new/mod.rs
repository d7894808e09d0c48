//! The new Outlook for Windows: which accounts there are. Their servers are kept by Microsoft's cloud, not on the PC.

pub(super) mod dialogue;
mod settings;
mod steps;
mod words;

use super::changing::Changing;
use super::look::Look;
use super::settings::{Settings, Stored};
use super::which_outlook::{self, PREFERENCES, is_switched_to_new};
use super::{Asks, Client, Edition, Found, Reading};
use crate::formats::facts::Spelling;
use crate::model::{Account, Confidence, InUse, Incoming, Outgoing, Partial, Protocol, Text};
use crate::source::{Problem, User};
use settings::{ADDRESS, FACTS, KIND, USER_SETTINGS, accounts};

/// The new Outlook's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "outlook-new",
    name: "Outlook (new)",
    name_ja: Some("新しい Outlook"),
    typed: &[
        "new Outlook",
        "olk",
        "新しいアウトルック",
        "新しいOutlook",
        "新 Outlook",
        "新アウトルック",
        "Outlook for Windows",
    ],
    certainty: Confidence::Inferred,
    variants: &["Outlook (new)"],
    fourfold: &[],
    editions: &[Edition {
        id: "outlook-new",
        name: Text::fixed("新しい Outlook for Windows", "new Outlook for Windows"),
        typed: &[],
        steps: &[steps::STEPS],
        keeps_tls: false,
        header: steps::HEADER,
        receiving: Some(&words::RECEIVING),
    }],
    places: &[SETTINGS, which_outlook::PLACE],
    sureness: Text::fixed(
        "アカウントの有無だけを読み取ります(第三者の収集ツールの知見による)。サーバーの設定は PC にないため「要確認」になります",
        "reads only which accounts there are, as known from other collectors; the servers' settings are not on the PC, so each is to be checked by hand",
    ),
    files: &[&USER_SETTINGS],
    folders: &[],
    keys: &[&PREFERENCES],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Accounts(read),
};

const SETTINGS: &str = r"%LOCALAPPDATA%\Microsoft\Olk\UserSettings.json";

const IN_THE_CLOUD: Text = Text::fixed(
    "新しい Outlook の送信サーバーの設定は Microsoft のクラウドにあり、この PC からは読み取れません",
    "the new Outlook keeps the settings of the outgoing server in Microsoft's cloud; they can't be read on this PC",
);

fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    let Some(content) = user.read(SETTINGS, &USER_SETTINGS)? else { return Ok(()) };
    let place = user.place(SETTINGS);
    let accounts = accounts(&content.text()).map_err(|error| {
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
    for (address, kind) in accounts {
        let mut look = Look::default();
        let stored = [(ADDRESS.name, Stored::Text(&address)), (KIND.name, Stored::Text(&kind))];
        let entry = Settings::of(&place, FACTS, Spelling::AsIs, stored);
        let address = look.text(&entry, ADDRESS).unwrap_or_default();
        look.record(&entry, KIND, None);
        let account = Account {
            in_use,
            source: place.clone(),
            store: "olk".to_owned(),
            key: address.to_lowercase(),
            name: address.clone(),
            addresses: vec![address],
            incoming: Some(Incoming {
                protocol: Protocol::Other,
                host: None,
                port: None,
                security: None,
                auth: None,
            }),
            confidence: Confidence::Inferred,
            ..Account::new(
                CLIENT.id,
                CLIENT.name,
                CLIENT.id,
                Outgoing::Unclear(Partial::default(), IN_THE_CLOUD),
            )
        };
        found.account(account, look);
    }
    Ok(())
}
