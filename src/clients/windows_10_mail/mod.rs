//! The Mail app of Windows 10 and 11: which accounts there are. How they send is not known to be stored where it can be read.

pub(super) mod dialogue;
mod settings;
mod steps;
mod words;

use super::changing::Changing;
use super::look::Look;
use super::settings::{Setting, Settings, Stored};
use super::{Asks, Client, Edition, Found, Reading, keys};
use crate::formats::facts::{Fact, Spelling, find};
use crate::formats::kinds::{self, Kind};
use crate::formats::shapes::is_guid;
use crate::model::{Account, Confidence, InUse, Incoming, Note, Outgoing, Partial, Protocol, Text};
use crate::source::registry::{Key, Value, kind};
use crate::source::{Problem, User};
use settings::{EMAIL, OTHER, PARTNER, PARTNERS, SERVER};

/// The Mail app's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "windows-10-mail",
    name: "Windows 10 Mail",
    name_ja: Some("Windows 10、11 のメール"),
    typed: &[
        "Windows Mail app",
        "Windows 11 Mail",
        "Windows 11 メール",
        "Windows 10 のメール",
        "Windows 11 のメール",
        "Win10 メール",
        "Win11 メール",
        "Windows メール アプリ",
        "メールとカレンダー",
        "Mail and Calendar",
    ],
    certainty: Confidence::Inferred,
    variants: &[],
    fourfold: &[],
    editions: &[Edition {
        id: "windows-10-mail",
        name: Text::fixed(
            "Windows 10 メール (Windows 11 の「メール」も同じ)",
            "Windows 10 Mail (also of Windows 11)",
        ),
        typed: &[],
        steps: &[steps::STEPS],
        keeps_tls: false,
        header: steps::HEADER,
        receiving: Some(&words::RECEIVING),
    }],
    places: &[r"HKCU\Software\Microsoft\ActiveSync\Partners\{GUID}", APP],
    sureness: Text::fixed(
        "アカウントの有無だけを読み取ります(第三者の知見による)。送信の設定の保存場所は公開されていないため「要確認」になります",
        "reads only which accounts there are, as others found out; where the settings for sending are kept is not published, so each is to be checked by hand",
    ),
    files: &[],
    folders: &[],
    keys: &[&PARTNERS, &PARTNER],
    asks: Asks::Unknown,
    changing: Changing::Steps,
    reading: Reading::Accounts(read),
};

/// The app's own folder goes when the app is removed.
const APP: &str = r"%LOCALAPPDATA%\Packages\microsoft.windowscommunicationsapps_8wekyb3d8bbwe";
/// How many values of one account are told.
const MOST_TOLD: usize = 50;
/// The types of registry values by their numbers (winnt.h).
const TYPES: [&str; 12] = [
    "REG_NONE",
    "REG_SZ",
    "REG_EXPAND_SZ",
    "REG_BINARY",
    "REG_DWORD",
    "REG_DWORD_BIG_ENDIAN",
    "REG_LINK",
    "REG_MULTI_SZ",
    "REG_RESOURCE_LIST",
    "REG_FULL_RESOURCE_DESCRIPTOR",
    "REG_RESOURCE_REQUIREMENTS_LIST",
    "REG_QWORD",
];

/// support.microsoft.com, "Outlook for Windows: The Future of Mail, Calendar and People on Windows 11"
/// (article 715fc27c-e0f4-4652-9174-47faa751b199).
pub(crate) const ENDED: Text = Text::fixed(
    "「メール」「カレンダー」「People」アプリのサポートは 2024-12-31 に終了し、以後はメールを送受信できないと Microsoft が案内しています。ほかのメールソフトへの移行をお勧めします。",
    "Support for the Mail, Calendar and People apps ended on 2024-12-31; since then they can't send or receive mail, says Microsoft. Move to another mail program.",
);

const NOT_KNOWN_WHERE: Text = Text::fixed(
    "Windows 10 メールが送信サーバーの設定を保存する場所は公開されていないため、読み取れません",
    "where Windows 10 Mail keeps the settings of the outgoing server is not published, so they can't be read",
);

fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    let Some(partners) = user.top(PARTNERS.id, &PARTNERS)? else { return Ok(()) };
    let names: Vec<&str> = partners.subkeys.iter().map(Key::name).filter(|name| is_guid(name)).collect();
    if names.is_empty() {
        return Ok(());
    }
    let app = user.list(APP).unwrap_or_else(|problem| {
        found.problems.push(problem);
        None
    });
    for (number, name) in names.iter().enumerate() {
        if found.is_full() {
            found.left_out.accounts += (names.len() - number) as u64;
            break;
        }
        match user.key(&format!(r"{}\{name}", PARTNERS.id), &PARTNER) {
            Ok(Some(key)) => {
                let mut look = Look::default();
                let account = account(&key, app.is_some(), &mut look);
                found.account(account, look);
            }
            Ok(None) => {}
            Err(problem) => found.problems.push(problem),
        }
    }
    Ok(())
}

fn account(key: &Key, has_app: bool, look: &mut Look) -> Account {
    let settings = settings_of(key, PARTNER.facts);
    let [address, host] = [EMAIL, SERVER].map(|fact| look.text(&settings, fact));
    look.aside(|look| tell_all(&settings, &key.subkeys, look, &mut { MOST_TOLD }));
    Account {
        // without the folder the home may be missing as well as the app
        client_installed: has_app.then_some(true),
        in_use: if has_app { InUse::Yes } else { InUse::Unknown },
        source: settings.place.to_string(),
        store: "partners".to_owned(),
        key: key.name().to_lowercase(),
        name: address.clone().unwrap_or_else(|| key.name().to_owned()),
        addresses: address.into_iter().collect(),
        incoming: Some(Incoming { protocol: Protocol::Other, host, port: None, security: None, auth: None }),
        confidence: Confidence::Inferred,
        // The sentence for programs that still work would be wrong.
        notes: vec![Note::Other("end-of-support", ENDED)],
        ..Account::new(
            CLIENT.id,
            CLIENT.name,
            CLIENT.id,
            Outgoing::Unclear(Partial::default(), NOT_KNOWN_WHERE),
        )
    }
}

/// The known values with their data; of all others the types. What they hold is unknown, and was dropped on the way in.
fn settings_of(key: &Key, facts: &'static [Fact]) -> Settings {
    let mut settings = Settings::new(keys::place(key), facts, Spelling::AsIs);
    let entries = key.values.iter().map(|(name, value)| match (find(facts, name), value) {
        (Some(fact), Value::Text(text)) if fact.kind != Kind::Uncharted => {
            Setting::kept(name, Some(fact), Stored::Text(text))
        }
        (fact, other) => Setting::kept(&kinds::unlisted(name), fact, Stored::Odd(&type_of(other))),
    });
    settings.entries = entries.collect();
    settings
}

/// Names and types of the values that are not known.
fn tell_all(settings: &Settings, below: &[Key], look: &mut Look, rest: &mut usize) {
    let kind = |name: &str| find(settings.facts, name).map(|fact| fact.kind);
    let is_known = |setting: &&Setting| kind(&setting.name) != Some(Kind::Uncharted);
    let told: Vec<&Setting> = settings.entries.iter().filter(|setting| !is_known(setting)).collect();
    for setting in told.iter().take(*rest) {
        look.record(settings, &setting.name, None);
    }
    *rest = rest.saturating_sub(told.len());
    for key in below {
        tell_all(&settings_of(key, &[OTHER]), &key.subkeys, look, rest);
    }
}

fn type_of(value: &Value) -> String {
    let number = match value {
        Value::Secret => return "(present)".to_owned(),
        Value::Text(_) => kind::SZ,
        Value::Texts(_) => kind::MULTI_SZ,
        Value::Number(_) => kind::DWORD,
        Value::Binary(_) => kind::BINARY,
        Value::Other { kind, .. } => *kind,
    };
    let name = usize::try_from(number).ok().and_then(|number| TYPES.get(number));
    name.map_or_else(|| format!("(type {number})"), |name| format!("({name})"))
}
