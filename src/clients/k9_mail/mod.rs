//! K-9 Mail and Thunderbird for Android: their settings exports (`.k9s`).
//!
//! The database on the phone (`preferences_storage`) is not read: it holds passwords inside values of harmless names, and
//! whoever can copy it can export as well.

pub mod export;
mod facts;
mod server;
mod settings;
mod steps;
mod words;

use super::changing::Changing;
use super::distinct::distinct;
use super::look::Look;
use super::settings::{Settings, Stored};
use super::{Asks, Client, Edition, Found, Reading};
use crate::formats::facts::Spelling;
use crate::model::{Account, Confidence, Locator, Place, Text};
use crate::source::{Problem, User};
use export::{Export, Server};
use server::{Judged, Version, read_incoming, read_outgoing};
use settings::{EMAIL, EXPORT, FORMAT, NAME, SERVER, TYPE, VERSION, WHOLE, accounts, kept};

/// The row of K-9 Mail and Thunderbird for Android in the table of clients.
pub const CLIENT: Client = Client {
    id: "k9-mail",
    name: "K-9 Mail",
    name_ja: None,
    typed: &["k9", "K-9", "Thunderbird Android", "Android Thunderbird", "Thunderbird for Android"],
    certainty: Confidence::Documented,
    variants: &["Thunderbird for Android"],
    fourfold: &[],
    editions: &[Edition {
        id: "k9-mail",
        name: Text::fixed("K-9 Mail / Thunderbird (Android)", "K-9 Mail / Thunderbird for Android"),
        typed: &[],
        steps: &[steps::STEPS],
        keeps_tls: false,
        header: steps::HEADER,
        receiving: Some(&words::RECEIVING),
    }],
    places: &["*.k9s"],
    sureness: Text::fixed(
        "K-9 Mail と Thunderbird (Android) のソースによる。アプリの設定画面からエクスポートしたファイルを読みます",
        "from the source of K-9 Mail and Thunderbird for Android; reads the files that their settings export",
    ),
    files: &[&EXPORT],
    folders: &[],
    keys: &[],
    // The same (see steps.rs).
    asks: Asks::Own,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

#[expect(clippy::unnecessary_wraps, reason = "the type that the table of clients asks for")]
fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    for given in user.given_of(&EXPORT) {
        let part = read_export(user, &given.path, found);
        found.isolate(part);
    }
    Ok(())
}

fn read_export(user: &User, path: &str, found: &mut Found) -> Result<(), Problem> {
    let Some(content) = user.read(path, &EXPORT)? else { return Ok(()) };
    let place = Place::from(user.place(path));
    let text = content.text();
    let export = export::lex(&text).map_err(|error| Problem::xml(&place, error))?;
    let format = kept(&FORMAT, export.format());
    if format != "1" {
        let detail = Text::new(
            format!("未知のファイル形式です (format = {format})"),
            format!("an unknown format of the file (format = {format})"),
        );
        found.problems.push(Problem::malformed(&place, &detail));
    }
    for (key, account) in accounts(&export) {
        let (account, look) = read_account(&export, account, &key, &place);
        found.account(Account { client_name: app_name(path).to_owned(), key, ..account }, look);
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

fn read_account(export: &Export, account: &export::Account, key: &str, place: &Place) -> (Account, Look) {
    let mut look = Look::default();
    let version = [(VERSION.name, Stored::Text(export.version()))];
    let version = Version::read(&Settings::of(place, WHOLE, Spelling::AsIs, version), &mut look);
    let settings = |server: &Server, part| {
        settings_of(export, server, place.at(Locator::Record(format!("{key} {part}"))))
    };
    let receiver = account.incoming.as_ref().map(|server| settings(server, "incoming-server"));
    let sender = account.outgoing.as_ref().map(|server| settings(server, "outgoing-server"));
    let Judged { outgoing, confidence } =
        read_outgoing(receiver.as_ref(), sender.as_ref(), version, &mut look);
    let incoming = look.aside(|look| receiver.as_ref().map(|receiver| read_incoming(receiver, look)));
    let addresses = account.addresses.iter().filter_map(|address| export.text(address));
    let addresses = distinct(addresses.map(|text| kept(&EMAIL, &text)).filter(|address| !address.is_empty()));
    let name = account.name.as_ref().and_then(|name| export.text(name)).map(|name| kept(&NAME, &name));
    let name = name.filter(|name| !name.is_empty()).or_else(|| addresses.first().cloned());
    // Whether the app has the account still can't be seen in what it once wrote; the identifier is unique, and the same in
    // every export of the account.
    let account = Account {
        source: place.to_string(),
        name: name.unwrap_or_else(|| key.to_owned()),
        addresses,
        incoming,
        confidence,
        ..Account::new(CLIENT.id, CLIENT.name, CLIENT.id, outgoing)
    };
    (account, look)
}

fn settings_of(export: &Export, server: &Server, place: Place) -> Settings {
    // The kind is an attribute; an element of its name is none of the app's.
    let elements = server.settings.iter().filter(|setting| export.name(setting) != TYPE.name);
    let elements: Vec<(&str, Option<String>)> =
        elements.map(|setting| (export.name(setting), export.text(setting))).collect();
    let kind = export.kind(server).map(|kind| (TYPE.name, Stored::Text(kind)));
    let stored =
        elements.iter().map(|(name, text)| (*name, text.as_deref().map_or(Stored::Secret, Stored::Text)));
    Settings::of(place, SERVER, Spelling::AsIs, kind.into_iter().chain(stored))
}
