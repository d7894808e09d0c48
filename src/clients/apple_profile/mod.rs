//! Configuration profiles of Apple's systems (`.mobileconfig`): the mail accounts that they set up when they are
//! installed.
//!
//! A profile in somebody's downloads sets nothing up, so none is looked for in homes; a file that PATH names is judged,
//! with its use unknown. What a Mac has installed lies in /var/db/ConfigurationProfiles, which only the system reads; the
//! accounts that came of it are Mail's own and found there. What an iPhone has installed lies in its backup.

pub mod file;
mod installed;
mod payload;
mod settings;
mod steps;
mod words;

use super::apple_accounts::copy::STORE;
use super::apple_accounts::values;
use super::changing::Changing;
use super::ios_backup::{INFO_PLIST, MANIFEST_DB, MANIFEST_PLIST, STATUS_PLIST};
use super::settings::Settings;
use super::{Asks, Client, Edition, Found, Reading};
use crate::formats::ber::BerError;
use crate::formats::kinds;
use crate::formats::plist::{PlistError, Tree};
use crate::model::limits;
use crate::model::{Confidence, InUse, IssueKind, Locator, Note, Place, Text};
use crate::source::{Problem, User};
use file::{Profile, ProfileError, parse};
use payload::{Kind, Payload};
use settings::{
    CONFIGURATION, CONTENT, IDENTIFIER, IS_ENCRYPTED, MOBILECONFIG, NAME, OF_PAYLOAD, TYPE, UUID, kept,
};
use std::collections::BTreeSet;

/// The row of configuration profiles in the table of clients.
pub const CLIENT: Client = Client {
    id: "apple-profile",
    name: "Apple configuration profile",
    name_ja: Some("構成プロファイル (Apple)"),
    typed: &["mobileconfig", "profile", "構成プロファイル"],
    certainty: Confidence::Documented,
    variants: &[],
    fourfold: &[],
    editions: &[Edition {
        id: "apple-profile",
        name: Text::fixed(
            "構成プロファイル (iPhone、iPad、Mac)",
            "configuration profile (iPhone, iPad, Mac)",
        ),
        typed: &[],
        steps: &[steps::STEPS],
        keeps_tls: false,
        header: steps::HEADER,
        receiving: Some(&words::RECEIVING),
    }],
    places: &[
        "*.mobileconfig (PATH)",
        r"%APPDATA%\Apple Computer\MobileSync\Backup\*\Manifest.db",
        r"%USERPROFILE%\Apple\MobileSync\Backup\*\Manifest.db",
        "~/Library/Application Support/MobileSync/Backup/*/Manifest.db",
    ],
    sureness: Text::fixed(
        "Apple の公開仕様による。署名は検証しません。端末にインストール済みかどうかはファイルからは分かりません",
        "from Apple's published schema; signatures are not checked, and the file does not tell whether it is installed",
    ),
    files: &[&MOBILECONFIG, &STORE, &MANIFEST_DB, &MANIFEST_PLIST, &INFO_PLIST, &STATUS_PLIST],
    folders: &[],
    keys: &[],
    // The device asks for what the profile does not hold (com.apple.mail.managed, OutgoingPasswordSameAsIncomingPassword).
    asks: Asks::Own,
    changing: Changing::Steps,
    reading: Reading::Settings(read),
};

/// Payloads in one profile; a large one has some dozens.
const MAX_PAYLOADS: usize = limits::RECORDS.count();

const MAYBE_NOT_INSTALLED: Note = Note::Other(
    "maybe-not-installed",
    Text::fixed(
        "プロファイルのファイルだけを調べました。端末にインストールされているかは、端末の [設定] → [一般] → [VPNとデバイス管理] で確認してください。",
        "Only the profile's file was examined: whether a device has it installed is shown there, in [Settings] > [General] > [VPN & Device Management].",
    ),
);

/// A profile in its file.
struct Sheet {
    /// The file, as it is shown to people.
    place: String,
    /// What tells it from other profiles.
    store: String,
    /// The name that a device shows.
    name: String,
    /// What holds for all of its accounts.
    notes: Vec<Note>,
}

/// Whether the account of a payload is in use; `None` if it is told of elsewhere.
type Standing<'a> = &'a dyn Fn(Kind, &Settings) -> Option<InUse>;

#[expect(clippy::unnecessary_wraps, reason = "the type that the table of clients asks for")]
fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    let mut stores = BTreeSet::new();
    for given in user.given_of(&MOBILECONFIG) {
        let part = read_file(user, &given.path, &mut stores, found);
        found.isolate(part);
    }
    installed::read(user, found);
    Ok(())
}

fn read_file(
    user: &User,
    path: &str,
    stores: &mut BTreeSet<String>,
    found: &mut Found,
) -> Result<(), Problem> {
    let Some(content) = user.read(path, &MOBILECONFIG)? else { return Ok(()) };
    let place = user.place(path);
    let profile = parse(&content).map_err(|error| problem(&place, error))?;
    let tree = kept(&profile.tree);
    let top = values::settings(&place, &tree, OF_PAYLOAD);
    let word = |fact| top.peek_text(fact).map(str::to_owned);
    let file = path.trim_start_matches("%GIVEN%").trim_start_matches('\\').to_owned();
    // The identifier stays when the profile is issued anew with better settings; the file's name does not.
    let mut store = word(IDENTIFIER).or_else(|| word(UUID)).unwrap_or_else(|| file.clone());
    if !stores.insert(store.clone()) {
        store = format!("{store} ({file})");
    }
    let mut notes = vec![MAYBE_NOT_INSTALLED];
    notes.extend(signature(&profile));
    let name = word(NAME).unwrap_or_else(|| store.clone());
    let sheet = Sheet { place, store, name, notes };
    read_payloads(&tree, &sheet, &|_, _| Some(InUse::Unknown), found)
}

fn read_payloads(
    tree: &Tree,
    sheet: &Sheet,
    standing: Standing<'_>,
    found: &mut Found,
) -> Result<(), Problem> {
    let file = Place::from(&sheet.place);
    let top = values::settings(&file, tree, OF_PAYLOAD);
    if top.peek_number(IS_ENCRYPTED).is_some_and(|switch| switch != 0) {
        return Err(encrypted(&sheet.place));
    }
    // A payload without a profile around it, as some tools take it.
    let is_bare = top.peek_text(TYPE).is_some_and(|kind| kind != CONFIGURATION);
    let payloads = match tree.get(CONTENT) {
        Some(Tree::List(items)) if items.len() > MAX_PAYLOADS => {
            return Err(problem(&sheet.place, ProfileError::Plist(PlistError::TooLarge)));
        }
        Some(Tree::List(items)) => items.as_slice(),
        _ if is_bare => std::slice::from_ref(tree),
        _ => {
            return Err(Problem::malformed(
                sheet.place.clone(),
                &Text::fixed("PayloadContent がありません", "there is no PayloadContent"),
            ));
        }
    };
    let mut keys = BTreeSet::new();
    for (index, tree) in payloads.iter().enumerate() {
        let place = if is_bare { file.clone() } else { file.at(Locator::Item(CONTENT, index)) };
        let payload = values::settings(&place, tree, OF_PAYLOAD);
        let Some(kind) = payload.peek_text(TYPE) else {
            found.problems.push(Problem::malformed(
                place,
                &Text::fixed(
                    "ペイロードの種類 (PayloadType) がありません",
                    "a payload without a PayloadType",
                ),
            ));
            continue;
        };
        let Some(kind) = Kind::of(kind, &payload) else { continue };
        // Also what is not told of counts: a key is the same whatever becomes of the others.
        let key = key_of(&payload, &mut keys);
        let Some(in_use) = standing(kind, &payload) else { continue };
        let (account, look) = Payload { kind, settings: payload, key, in_use }.read(sheet);
        found.account(account, look);
    }
    Ok(())
}

/// Identifiers of payloads are often copied from one to the next.
fn key_of(payload: &Settings, known: &mut BTreeSet<String>) -> String {
    let name = payload.peek_text(IDENTIFIER).or_else(|| payload.peek_text(UUID)).unwrap_or("payload");
    let names = (1..).map(|n| if n == 1 { name.to_owned() } else { format!("{name} ({n})") });
    let mut free = names.filter(|name| !known.contains(name));
    let key = free.next().unwrap_or_default();
    known.insert(key.clone());
    key
}

fn signature(profile: &Profile) -> Option<Note> {
    let (ja, en) = match profile.signer.as_deref().map(kinds::name) {
        Some(name) => (format!("({name})"), format!(" (by {name})")),
        None => (String::new(), String::new()),
    };
    let text = Text::new(
        format!("このプロファイルは署名されています{ja}。署名は検証していません。変更したら署名し直します。"),
        format!(
            "This profile is signed{en}, which was not checked; once changed, it has to be signed again."
        ),
    );
    profile.is_signed.then_some(Note::Other("signed-profile", text))
}

fn encrypted(place: &str) -> Problem {
    Problem::new(
        IssueKind::Encrypted,
        place,
        Text::fixed(
            "プロファイルの内容が暗号化されているため読み取れません。配布元の暗号化前のプロファイルを調べてください。",
            "the profile's content is encrypted: examine the profile as it was before its issuer encrypted it",
        ),
    )
}

fn problem(place: &str, error: ProfileError) -> Problem {
    let ja = match error {
        ProfileError::Plist(PlistError::TooLarge) => {
            return Problem::new(
                IssueKind::TooLarge,
                place,
                Text::fixed("プロファイルが大きすぎます。", "the profile is too large"),
            );
        }
        ProfileError::Plist(PlistError::Empty) => "ファイルが空です",
        ProfileError::Plist(PlistError::NotPlist) => "構成プロファイルではありません",
        ProfileError::Plist(PlistError::Malformed) => "プロパティリストが壊れています",
        ProfileError::Plist(PlistError::TooDeep) => "プロパティリストの入れ子が深すぎます",
        ProfileError::Signed(BerError::Truncated) => "署名データが途中で切れています",
        ProfileError::Signed(BerError::Malformed) => "署名データが壊れているか、中に内容がありません",
        ProfileError::Signed(BerError::TooDeep) => "署名データの入れ子が深すぎます",
    };
    Problem::malformed(place, &Text::new(ja, error.to_string()))
}
