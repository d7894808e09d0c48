//! K-9 Mail and Thunderbird for Android: their settings exports (`.k9s`).
//!
//! The database on the phone (`preferences_storage`) is not read: it holds passwords inside values of harmless names, and
//! whoever can copy it can export as well.

mod server;
mod steps;

use super::look::Look;
use super::settings::{Setting, Settings};
use super::{Client, Edition, Found, Reading};
use crate::formats::k9::{self, Export, Server};
use crate::formats::xml::XmlValue;
use crate::model::{Account, InUse, Text};
use crate::source::recognise::FileKind;
use crate::source::rules::UNLISTED;
use crate::source::{Problem, User};
use server::{Judged, Version, read_incoming, read_outgoing};
use std::collections::BTreeSet;

/// The row of K-9 Mail and Thunderbird for Android in the table of clients.
pub const CLIENT: Client = Client {
    id: "k9-mail",
    name: "K-9 Mail",
    editions: &[Edition {
        id: "k9-mail",
        name: Text::fixed("K-9 Mail / Thunderbird (Android)", "K-9 Mail / Thunderbird for Android"),
        steps: &[steps::STEPS],
        keeps_tls: false,
    }],
    places: &["*.k9s"],
    sureness: Text::fixed(
        "K-9 Mail と Thunderbird (Android) のソースによる。アプリの設定画面からエクスポートしたファイルを読みます",
        "from the source of K-9 Mail and Thunderbird for Android; reads the files that their settings export",
    ),
    files: &[],
    keys: &[],
    reading: Reading::Settings(read),
};

#[expect(clippy::unnecessary_wraps, reason = "the type that the table of clients asks for")]
fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    for given in user.given.iter().filter(|given| given.kind == FileKind::K9Settings) {
        let part = read_export(user, &given.path, found);
        found.isolate(part);
    }
    Ok(())
}

fn read_export(user: &User, path: &str, found: &mut Found) -> Result<(), Problem> {
    let Some(bytes) = user.read(path, &UNLISTED)? else { return Ok(()) };
    let place = user.place(path);
    let export = k9::parse(&bytes).map_err(|error| Problem::xml(&place, error))?;
    if export.format != "1" {
        let detail = Text::new(
            format!("未知のファイル形式です (format = {})", export.format),
            format!("an unknown format of the file (format = {})", export.format),
        );
        found.problems.push(Problem::malformed(&place, &detail));
    }
    let name = app_name(path);
    let mut seen = BTreeSet::new();
    for (number, account) in export.accounts.iter().enumerate() {
        let key =
            if account.uuid.is_empty() { format!("#{}", number + 1) } else { account.uuid.to_lowercase() };
        // Of two accounts with one identifier the app takes the first (SettingsFileParser.readAccounts).
        if seen.insert(key.clone()) {
            let (account, look) = read_account(&export, account, &key, &place);
            found.account(
                Account { client_name: name.to_owned(), source: place.clone(), key, ..account },
                look,
            );
        }
    }
    Ok(())
}

/// Both apps write the same; the names that they give their files differ (SettingsExporter, BrandNameProvider).
fn app_name(path: &str) -> &'static str {
    let name = path.rsplit(['\\', '/']).next().unwrap_or_default().to_lowercase();
    if name.starts_with("k9") {
        "K-9 Mail"
    } else if name.starts_with("thunderbird") {
        "Thunderbird for Android"
    } else {
        "K-9 Mail / Thunderbird for Android"
    }
}

fn read_account(export: &Export, account: &k9::Account, key: &str, place: &str) -> (Account, Look) {
    let mut look = Look::default();
    let whole = Settings {
        place: (place.to_owned()).into(),
        entries: vec![Setting::text("version", &export.version)],
        ..Settings::default()
    };
    let version = Version::read(&whole, &mut look);
    let settings = |server: &Server, name: &str| settings_of(server, format!("{place}: {key} {name}"));
    let receiver = account.incoming.as_ref().map(|server| settings(server, "incoming-server"));
    let sender = account.outgoing.as_ref().map(|server| settings(server, "outgoing-server"));
    let Judged { outgoing, confidence } =
        read_outgoing(receiver.as_ref(), sender.as_ref(), version, &mut look);
    let incoming = look.aside(|look| receiver.as_ref().map(|receiver| read_incoming(receiver, look)));
    let name = account.name.clone().or_else(|| account.addresses.first().cloned());
    let mut addresses: Vec<String> = Vec::new();
    for address in &account.addresses {
        if !addresses.iter().any(|known| known.eq_ignore_ascii_case(address)) {
            addresses.push(address.clone());
        }
    }
    let account = Account {
        client: CLIENT.id,
        client_name: String::new(),
        edition: CLIENT.id,
        client_version: None,
        client_installed: None,
        // Whether the app has the account still can't be seen in what it once wrote.
        in_use: InUse::Unknown,
        profile: None,
        source: String::new(),
        // The identifier is unique, and the same in every export of the account.
        store: String::new(),
        key: String::new(),
        outgoing_key: "smtp".to_owned(),
        name: name.unwrap_or_else(|| key.to_owned()),
        addresses,
        default_account: None,
        incoming,
        outgoing,
        confidence,
        notes: Vec::new(),
        evidence: Vec::new(),
    };
    (account, look)
}

fn settings_of(server: &Server, place: String) -> Settings {
    let kind = server.kind.iter().map(|kind| Setting::text("type", kind));
    let values = server.values.iter().map(|(name, value)| match value {
        XmlValue::Text(text) => Setting::text(name, text),
        XmlValue::Secret => Setting::secret(name),
    });
    Settings { place: place.into(), entries: kind.chain(values).collect(), ..Settings::default() }
}
