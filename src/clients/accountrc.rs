//! accountrc, the file of Sylpheed and Claws Mail: one reader for both, and what tells them apart.

mod account;
mod settings;

use super::Found;
use super::look::{Look, Unclear};
use super::settings::Settings;
use crate::formats::accountrc::{Block, parse};
use crate::formats::encodings::decode;
use crate::model::{Account, Auth, Confidence, InUse, IssueKind, Note, Text};
use crate::source::recognise::FileKind;
use crate::source::rules::{Content, UNLISTED};
use crate::source::{Problem, User};
use account::read_account;
pub(crate) use settings::collected;
use settings::settings_of;

/// A folder with an accountrc.
#[derive(Debug)]
pub(super) struct Place {
    /// As a person types it, without a slash at the end.
    pub(super) folder: &'static str,
    /// Its name in the finding's id.
    pub(super) store: &'static str,
    /// True if the format was seen there with the real program.
    pub(super) is_verified: bool,
    /// True if the program takes it over into its present folder and may leave it behind.
    pub(super) is_former: bool,
}

/// What kind of account it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Pop3,
    /// RPOP, which the programs no longer know: not a POP account to them.
    FormerPop,
    Imap,
    News,
    /// Takes mail from a file on the computer, or none at all.
    Local,
}

/// What an absent setting means, by the version of the program.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defaults {
    pub(super) use_smtp_auth: i64,
    pub(super) ssl: i64,
    /// Whose word these are.
    pub(super) source: &'static str,
}

/// What differs between the programs.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) client: &'static str,
    pub(super) name: &'static str,
    /// Whose files are read where only the content tells whose they are.
    pub(super) origins: &'static [Origin],
    /// The file with the settings of all accounts, beside accountrc.
    pub(super) common: &'static str,
    pub(super) places: &'static [Place],
    /// Values of `smtp_auth_method`.
    pub(super) methods: &'static [(i64, Auth)],
    pub(super) defaults: fn(&Settings) -> Defaults,
    /// The kind of an account; the second settings are the common ones.
    pub(super) kind: fn(&Settings, &Settings, &mut Look) -> Result<Kind, Unclear>,
    /// The command that mail is handed to instead of a server.
    pub(super) command: fn(&Settings, &Settings, &mut Look) -> Option<String>,
    /// True if an empty user name counts as one.
    pub(super) takes_empty_user: bool,
    /// True if a connection without TLS turns to STARTTLS where the server demands it for authentication.
    pub(super) turns_to_starttls: bool,
}

/// Whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Sylpheed,
    Claws,
    Unknown,
}

/// Settings that only one of the programs writes (sylpheed libsylph/prefs_account.c, claws-mail src/prefs_account.c):
/// Claws Mail's since 2001, 2016 and 2005, Sylpheed's since 2010, 2014 and 2005.
const OF_CLAWS: [&str; 3] = ["use_mail_command", "config_version", "default_privacy_system"];
const OF_SYLPHEED: [&str; 4] = ["use_socks", "encrypt_to_self", "encrypt_reply", "ascii_armored"];

/// More accounts than this are nobody's.
const MOST_ACCOUNTS: usize = 1000;

/// Neither kind of setting occurs: a file of very old programs, or one that was made by hand.
const NAME_OF_EITHER: &str = "Sylpheed or Claws Mail";
const EITHER: Note = Note::Other(
    "client-uncertain",
    Text::fixed(
        "このファイルが Sylpheed のものか Claws Mail のものかは判別できません。手順は Sylpheed のものです(Claws Mail の項目もほぼ同じです)。",
        "It can't be told whether this file is Sylpheed's or Claws Mail's; the steps are Sylpheed's (those of Claws Mail are much the same).",
    ),
);

/// True if that there is such a setting tells whose file it is.
fn is_telling(name: &str) -> bool {
    OF_CLAWS.contains(&name) || OF_SYLPHEED.contains(&name)
}

fn origin(blocks: &[Block]) -> Origin {
    let has = |names: &[&str]| blocks.iter().any(|block| names.iter().any(|name| block.has(name)));
    match (has(&OF_CLAWS), has(&OF_SYLPHEED)) {
        (true, _) => Origin::Claws,
        (false, true) => Origin::Sylpheed,
        (false, false) => Origin::Unknown,
    }
}

/// An accountrc that is to be read.
struct File {
    /// As a person types it.
    folder: String,
    store: String,
    in_use: InUse,
    confidence: Confidence,
    /// Only the content can tell whose it is.
    is_anybodys: bool,
}

/// Reads all places of a program and the files that PATH names.
pub(super) fn read(program: &Program, user: &User, found: &mut Found) {
    for given in user.given.iter().filter(|given| given.kind == FileKind::AccountRc) {
        let (folder, _) = given.path.rsplit_once(['\\', '/']).unwrap_or_default();
        let (_, below) = given.path.split_once(['\\', '/']).unwrap_or_default();
        let file = File {
            folder: folder.to_owned(),
            store: below.replace('\\', "/").to_lowercase(),
            in_use: InUse::Unknown,
            confidence: Confidence::Documented,
            is_anybodys: true,
        };
        let part = read_file(program, user, &given.path, &file, found);
        found.isolate(part.map(|_| ()));
    }
    let mut has_present = false;
    for place in program.places {
        let file = File {
            folder: place.folder.to_owned(),
            store: place.store.to_owned(),
            in_use: if place.is_former && has_present { InUse::No } else { InUse::Yes },
            confidence: if place.is_verified { Confidence::Verified } else { Confidence::Documented },
            is_anybodys: place.is_former,
        };
        match read_file(program, user, &join(place.folder, "accountrc"), &file, found) {
            Ok(is_there) => has_present |= is_there && !place.is_former,
            Err(problem) => found.problems.push(problem),
        }
    }
}

/// Reads one file; true if it is there.
fn read_file(
    program: &Program,
    user: &User,
    path: &str,
    file: &File,
    found: &mut Found,
) -> Result<bool, Problem> {
    let Some(bytes) = user.read(path, &UNLISTED)? else { return Ok(false) };
    let source = user.place(path);
    let text = decode(&bytes);
    let blocks = parse(&text);
    let origin = origin(&blocks);
    if file.is_anybodys && !program.origins.contains(&origin) {
        return Ok(false);
    }
    if text.contains('\0') {
        found.problems.push(damaged(&source));
    } else if blocks.is_empty() && !bytes.is_empty() {
        return Err(Problem::malformed(
            source,
            &Text::fixed("[Account: ...] がありません", "there is no [Account: ...]"),
        ));
    }
    let common = common_settings(program, user, file, &source, found);
    let is_account = |block: &&Block| block.label.starts_with("Account: ");
    if blocks.iter().filter(is_account).count() > MOST_ACCOUNTS {
        found.problems.push(too_many(&source));
    }
    let blocks: Vec<&Block> = blocks.iter().filter(is_account).take(MOST_ACCOUNTS).collect();
    let settings: Vec<Settings> = blocks.iter().map(|block| settings_of(&source, block)).collect();
    // The last that says so is the default; where none does, the first is (account_read_config_all of both programs).
    let default = settings.iter().rposition(|account| account.peek_number("is_default") == Some(1));
    for (index, (block, settings)) in blocks.iter().zip(&settings).enumerate() {
        let Some((account, look)) = read_account(program, settings, &common) else { continue };
        let is_either = file.is_anybodys && origin == Origin::Unknown;
        let name = if is_either { NAME_OF_EITHER } else { program.name };
        let notes = is_either.then_some(EITHER).into_iter().chain(account.notes).collect();
        let account = Account {
            client_name: name.to_owned(),
            in_use: file.in_use,
            source: source.clone(),
            store: file.store.clone(),
            key: block.label.to_lowercase(),
            name: if account.name.is_empty() { block.label.clone() } else { account.name },
            notes,
            default_account: Some(index == default.unwrap_or(0)),
            confidence: if is_either { Confidence::Inferred } else { file.confidence },
            ..account
        };
        found.account(account, look);
    }
    Ok(true)
}

/// The settings of all accounts; empty where the file is missing or can't be read.
fn common_settings(
    program: &Program,
    user: &User,
    file: &File,
    accountrc: &str,
    found: &mut Found,
) -> Settings {
    let path = join(&file.folder, program.common);
    // Told beside accountrc, also where it is not there.
    let start = accountrc.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let place = format!("{}{}", accountrc.get(..start).unwrap_or_default(), program.common);
    let bytes = match user.read(&path, &UNLISTED) {
        Ok(bytes) => bytes.unwrap_or_default(),
        Err(problem) => {
            found.problems.push(problem);
            Content::default()
        }
    };
    let text = decode(&bytes);
    if text.contains('\0') {
        found.problems.push(damaged(&place));
    }
    let blocks = parse(&text);
    let block = blocks.iter().find(|block| block.label == "Common");
    block.map_or_else(
        || Settings { place: (&place).into(), entries: Vec::new(), ..Settings::default() },
        |block| settings_of(&place, block),
    )
}

fn too_many(place: &str) -> Problem {
    Problem::new(
        IssueKind::TooLarge,
        place,
        Text::new(
            format!("アカウントが多すぎるため、最初の {MOST_ACCOUNTS} 件だけを読み取りました。"),
            format!("too many accounts: only the first {MOST_ACCOUNTS} were read"),
        ),
    )
}

fn damaged(place: &str) -> Problem {
    Problem::malformed(
        place,
        &Text::fixed(
            "テキストではないバイト (NUL) が含まれています",
            "it holds bytes that are no text (NUL)",
        ),
    )
}

/// A path below a folder, with the slash that the folder is written with.
fn join(folder: &str, name: &str) -> String {
    let slash = if folder.starts_with('%') { '\\' } else { '/' };
    format!("{folder}{slash}{name}")
}
