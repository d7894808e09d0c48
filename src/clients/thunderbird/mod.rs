//! Thunderbird and its relatives (SeaMonkey, Postbox, Betterbird …): profiles with a prefs.js.

mod accounts;
mod cases;
mod changing;
mod copies;
mod damage;
pub(super) mod dialogue;
mod files;
mod forced;
mod graph;
mod incoming;
pub mod mozilla_cfg;
mod organisation;
mod places;
mod policies;
mod policy;
pub mod pref;
pub mod prefs_js;
mod profiles;
mod program;
mod server;
mod settings;
mod steps;
mod values;
mod words;

use super::changing::{Changing, Form, Lock, Numbers, On, Written};
use super::{Asks, Client, Found, Reading};
use crate::formats::kinds;
use crate::model::{Confidence, InUse, Text};
use crate::source::rules::FileRule;
use crate::source::rules::OwnFolder;
use crate::source::{Problem, User};
use accounts::Opened;
use files::{
    COMPATIBILITY_INI, DEFAULTS, FAILOVER, INSTALLS_INI, MACHINE_POLICIES, MOZILLA_CFG, POLICIES_JSON,
    POLICIES_PLIST, PREFS_JS, PROFILES_INI, USER_JS, USER_POLICIES,
};
use places::{ROOTS, folds_case, normal, roots};
use prefs_js::Prefs;
use profiles::{Profile, profiles};
use program::Program;
use settings::ACCOUNTS;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use steps::EDITIONS;
use values::{Origin, Values};

/// Of Thunderbird and its relatives.
const PROCESSES: &[&str] = &[
    "thunderbird",
    "thunderbird-bin",
    "thunderbird-esr",
    "betterbird",
    "betterbird-bin",
    "icedove",
    "seamonkey",
];

/// Thunderbird's row in the table of clients.
pub const CLIENT: Client = Client {
    id: "thunderbird",
    name: "Thunderbird",
    name_ja: None,
    typed: &["tb", "サンダーバード", "Mozilla", "Mozilla Thunderbird"],
    certainty: Confidence::Verified,
    variants: &program::NAMES,
    // Thunderbird's release notes.
    fourfold: &[("1.5.0.", 14), ("2.0.0.", 24)],
    editions: EDITIONS,
    places: ROOTS,
    sureness: Text::fixed(
        "102 以降は実物 (140、153) の送信を確認済み。91 以前と SeaMonkey などはソースコードによる",
        "102 and later: verified with what Thunderbird 140 and 153 really send; 91 and earlier, and SeaMonkey and others, from the source",
    ),
    files: &[
        &PREFS_JS,
        &USER_JS,
        &PROFILES_INI,
        &INSTALLS_INI,
        &COMPATIBILITY_INI,
        &DEFAULTS,
        &MOZILLA_CFG,
        &FAILOVER,
        &POLICIES_JSON,
        &POLICIES_PLIST,
    ],
    folders: &[OwnFolder {
        signs: &[&["profiles.ini"], &["Profiles", "installs.ini", "*.default"]],
        place: r"%APPDATA%\Thunderbird",
    }],
    keys: &[&MACHINE_POLICIES, &USER_POLICIES],
    // Kept for `smtp://host`; that for receiving is taken only with `mail.smtp.useMatchingHostNameServer` or
    // `useMatchingDomainServer`, which are off (SmtpServer.sys.mjs, _getPasswordWithoutUI; seen with 140 and 153).
    asks: Asks::Own,
    changing: Changing::Written(&Written {
        edits: changing::edits,
        form: Form::Text(changing::FORMAT),
        numbers: Numbers::Decimal,
        processes: PROCESSES,
        lock: Lock::Beside { unix: ".parentlock", windows: "parent.lock" },
        tried_on: &[On::Linux],
    }),
    reading: Reading::Settings(read),
};

#[expect(clippy::unnecessary_wraps, reason = "the form of every client's row")]
fn read(user: &User, found: &mut Found) -> Result<(), Problem> {
    for file in user.given_of(&PREFS_JS) {
        let profile = lone_profile(&file.path);
        // Who hands over a user.js means the profile.
        let beside = join(&profile.folder, PREFS_JS.id);
        let is_user_js = places::last_part(&file.path).eq_ignore_ascii_case(USER_JS.id);
        if is_user_js && user.given_of(&PREFS_JS).any(|other| other.path.eq_ignore_ascii_case(&beside)) {
            continue;
        }
        let (path, rule) = match is_user_js {
            true if matches!(user.read(&beside, &PREFS_JS), Ok(Some(_))) => (&beside, &PREFS_JS),
            true => (&file.path, &USER_JS),
            false => (&file.path, &PREFS_JS),
        };
        let part = read_profile(user, &profile, (path, rule), "Thunderbird", found);
        found.problems.extend(part.err());
    }
    let mut seen = HashMap::new();
    for root in roots(user, &mut found.problems) {
        let mut inside = Found::default();
        let mut holds_mail = false;
        for profile in profiles(user, &root, &mut inside.problems) {
            if is_known(user, &profile, &mut seen) {
                continue;
            }
            let path = join(&profile.folder, PREFS_JS.id);
            let part = read_profile(user, &profile, (&path, &PREFS_JS), &root.name, &mut inside);
            holds_mail |= matches!(part, Ok(true));
            inside.problems.extend(part.err());
        }
        // What is wrong in a browser's folder is no mail program's business.
        if holds_mail || !root.is_guess {
            // Profiles share the program's folder and its policies: their problems are one.
            found.absorb(inside);
        } else {
            // Whether mail is in what can't be looked at nobody knows.
            found.problems.extend(inside.problems.into_iter().filter(places::is_out_of_reach));
        }
    }
    Ok(())
}

/// True if a root that was read before holds a folder of the same name that says the same: one of the roots is a link to
/// the other (Debian's script for Icedove knows such links), or an untouched copy, which says nothing new.
fn is_known(user: &User, profile: &Profile, seen: &mut HashMap<String, Vec<String>>) -> bool {
    let name = normal(places::last_part(&profile.folder), folds_case(&profile.folder));
    let others = seen.entry(name).or_default();
    // Files are compared only where there is anything to compare.
    let is_known = !others.is_empty() && {
        let mark = mark_of(user, &profile.folder);
        mark.is_some() && others.iter().any(|other| mark_of(user, other) == mark)
    };
    others.push(profile.folder.clone());
    is_known
}

/// What a profile's folder says, in short; nothing without preferences.
fn mark_of(user: &User, folder: &str) -> Option<Vec<u8>> {
    let read = |rule: &'static FileRule| user.read(&join(folder, rule.id), rule).ok().flatten();
    let (prefs, user_js) = (read(&PREFS_JS), read(&USER_JS));
    if prefs.is_none() && user_js.is_none() {
        return None;
    }
    let version = program::last_version(read(&COMPATIBILITY_INI).as_ref()).unwrap_or_default();
    let parts =
        [prefs.as_deref().unwrap_or_default(), user_js.as_deref().unwrap_or_default(), version.as_bytes()];
    Some(parts.map(|bytes| Sha256::digest(bytes).to_vec()).concat())
}

/// A prefs.js that PATH names, or that was found below it: what lies beside it belongs to it.
fn lone_profile(path: &str) -> Profile {
    let folder = path.trim_end_matches(|c| c != '/' && c != '\\').trim_end_matches(['/', '\\']);
    let inside = folder.strip_prefix("%GIVEN%").unwrap_or(folder);
    let name = places::last_part(inside);
    Profile {
        folder: folder.to_owned(),
        name: (!name.is_empty()).then(|| kinds::name(name)),
        in_use: InUse::Unknown,
        is_default: None,
        // Nothing tells which system it comes from.
        store: normal(inside, true),
        listed_as: String::new(),
    }
}

/// Reads one profile; true if it is one of a mail program.
fn read_profile(
    user: &User,
    profile: &Profile,
    (path, rule): (&str, &'static FileRule),
    root: &str,
    found: &mut Found,
) -> Result<bool, Problem> {
    let user_js = join(&profile.folder, USER_JS.id);
    let content = match user.read(path, rule)? {
        Some(bytes) => Some((path, bytes)),
        // Whoever rolls out settings writes user.js, which the program reads at its first start, too (mozilla-central
        // modules/libpref/Preferences.cpp).
        None => user.read(&user_js, &USER_JS)?.map(|bytes| (user_js.as_str(), bytes)),
    };
    let Some((path, bytes)) = content else { return Ok(false) };
    let source = user.place(path);
    let mut values = Values::of(parse(&bytes, &source, found), &source);
    match user.read(&user_js, &USER_JS) {
        Ok(Some(bytes)) => {
            let place = user.place(&user_js);
            values.lay(parse(&bytes, &place, found), &place, Origin::UserJs);
        }
        Ok(None) => {}
        Err(problem) => found.problems.push(problem),
    }
    let program = Program::of(user, &profile.folder, root, &values, &mut found.problems);
    let organisation = organisation::read(user, profile, &program, &values, &mut found.problems);
    values.obey(&organisation.orders, &organisation.choices);
    let opened = Opened { profile, program: &program, values: &values, organisation: &organisation, source };
    opened.read(found);
    Ok(values.has(&ACCOUNTS, "") || values.is_open(&ACCOUNTS, ""))
}

fn parse(bytes: &[u8], place: &str, found: &mut Found) -> Prefs {
    let prefs = prefs_js::parse(bytes);
    found.problems.extend(damage::damage(bytes, &prefs).map(|detail| Problem::malformed(place, &detail)));
    prefs
}

/// A path below a folder, with the slash that the folder is written with.
fn join(folder: &str, rest: &str) -> String {
    let slash = if folder.starts_with('%') || folder.contains('\\') { '\\' } else { '/' };
    format!("{}{slash}{rest}", folder.trim_end_matches(['/', '\\']))
}
