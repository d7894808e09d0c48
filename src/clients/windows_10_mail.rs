//! The Mail app of Windows 10 and 11: which accounts there are. How they send is not known to be stored where it can be read.

pub(super) mod dialogue;
mod steps;

use super::look::Look;
use super::settings::{Setting, Settings};
use super::{Client, Edition, Found, Reading};
use crate::model::{Account, Confidence, InUse, Incoming, Note, Outgoing, Partial, Protocol, Text};
use crate::source::registry::{Key, Value, kind};
use crate::source::rules::UNLISTED_KEY;
use crate::source::{Problem, User};

/// The Mail app's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "windows-10-mail",
    name: "Windows 10 Mail",
    editions: &[Edition {
        id: "windows-10-mail",
        name: Text::fixed(
            "Windows 10 メール (Windows 11 の「メール」も同じ)",
            "Windows 10 Mail (also of Windows 11)",
        ),
        steps: &[steps::STEPS],
        keeps_tls: false,
    }],
    places: &[r"HKCU\Software\Microsoft\ActiveSync\Partners\{GUID}", APP],
    sureness: Text::fixed(
        "アカウントの有無だけを読み取ります(第三者の知見による)。送信の設定の保存場所は公開されていないため「要確認」になります",
        "reads only which accounts there are, as others found out; where the settings for sending are kept is not published, so each is to be checked by hand",
    ),
    files: &[],
    keys: &[],
    reading: Reading::Accounts(read),
};

/// One subkey for each account: hallambaker/Mathematical-Mesh names the key. That it is empty on a PC without accounts was
/// seen in registries of 2017 to 2024.
const PARTNERS: &str = r"HKCU\Software\Microsoft\ActiveSync\Partners";
/// The app's own folder goes when the app is removed.
const APP: &str = r"%LOCALAPPDATA%\Packages\microsoft.windowscommunicationsapps_8wekyb3d8bbwe";
/// The two values whose meaning is known, from rules that find programs which steal them. UNCONFIRMED whether `Server` is
/// that of the outgoing side; in ActiveSync it is the one to synchronise with.
const KNOWN: [&str; 2] = ["Email", "Server"];
/// How many values of one account are told.
const MOST_TOLD: usize = 200;
/// How much of a value's name is told, in characters.
const LONGEST_NAME: usize = 200;

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
    let Some(partners) = user.key(PARTNERS, &UNLISTED_KEY)? else { return Ok(()) };
    let accounts: Vec<&Key> = partners.subkeys.iter().filter(|key| is_guid(key.name())).collect();
    if accounts.is_empty() {
        return Ok(());
    }
    let app = user.list(APP).unwrap_or_else(|problem| {
        found.problems.push(problem);
        None
    });
    for key in accounts {
        let mut look = Look::default();
        let account = account(key, app.is_some(), &mut look);
        found.account(account, look);
    }
    Ok(())
}

fn account(key: &Key, has_app: bool, look: &mut Look) -> Account {
    let settings = settings_of(key, &KNOWN);
    let [address, host] = KNOWN.map(|name| look.text(&settings, name));
    let is_known = |name: &str| KNOWN.iter().any(|known| known.eq_ignore_ascii_case(name));
    let others = Settings {
        entries: settings.entries.into_iter().filter(|setting| !is_known(&setting.name)).collect(),
        place: settings.place,
        ..Settings::default()
    };
    look.aside(|look| tell_all(&others, &key.subkeys, look, &mut { MOST_TOLD }));
    Account {
        client: CLIENT.id,
        client_name: CLIENT.name.to_owned(),
        edition: CLIENT.id,
        client_version: None,
        // without the folder the home may be missing as well as the app
        client_installed: has_app.then_some(true),
        in_use: if has_app { InUse::Yes } else { InUse::Unknown },
        profile: None,
        source: key.path.clone(),
        store: "partners".to_owned(),
        key: key.name().to_lowercase(),
        outgoing_key: "smtp".to_owned(),
        name: address.clone().unwrap_or_else(|| key.name().to_owned()),
        addresses: address.into_iter().collect(),
        default_account: None,
        incoming: Some(Incoming { protocol: Protocol::Other, host, port: None, security: None }),
        outgoing: Outgoing::Unclear(Partial::default(), NOT_KNOWN_WHERE),
        confidence: Confidence::Inferred,
        // The sentence for programs that still work would be wrong.
        notes: vec![Note::Other("end-of-support", ENDED)],
        evidence: Vec::new(),
    }
}

/// The known values with their data; of all others the types. What they hold is unknown, and was dropped on the way in.
fn settings_of(key: &Key, known: &[&str]) -> Settings {
    let entries = key.values.iter().map(|(name, value)| match value {
        Value::Text(text) if known.iter().any(|known| known.eq_ignore_ascii_case(name)) => {
            Setting::text(name, text)
        }
        other => Setting::strange(name.chars().take(LONGEST_NAME).collect::<String>(), type_of(other)),
    });
    Settings { place: (&key.path).into(), entries: entries.collect(), ..Settings::default() }
}

/// Names and types of all values, so that the report of a real PC shows what there is to be read.
fn tell_all(settings: &Settings, below: &[Key], look: &mut Look, rest: &mut usize) {
    for setting in settings.entries.iter().take(*rest) {
        look.record(settings, &setting.name, None);
    }
    *rest = rest.saturating_sub(settings.entries.len());
    for key in below {
        tell_all(&settings_of(key, &[]), &key.subkeys, look, rest);
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

/// `{60D03F1B-38BA-4FC2-8CA3-89408FC4ED48}`
fn is_guid(name: &str) -> bool {
    let inner = name.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    inner.split('-').map(str::len).eq([8, 4, 4, 4, 12])
        && inner.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_named_by_a_guid_are_accounts() {
        assert!(is_guid("{60D03F1B-38BA-4FC2-8CA3-89408FC4ED48}"));
        for name in
            ["", "{}", "60D03F1B-38BA-4FC2-8CA3-89408FC4ED48", "{60D03F1B-38BA-4FC2-8CA3-89408FC4ED4G}"]
        {
            assert!(!is_guid(name), "{name}");
        }
    }
}
