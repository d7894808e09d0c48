//! accountrc, the file of Sylpheed and Claws Mail: one reader for both, and what tells them apart.

mod account;
pub(super) mod changing;
pub(super) mod settings;

use super::Found;
use super::look::{Look, Unclear};
use super::settings::Settings;
use crate::formats::facts::{Fact, Spelling, of_group};
use crate::model::limits;
use crate::model::{self, Account, Auth, Confidence, InUse, IssueKind, Note, Text};
use crate::source::rules::FileRule;
use crate::source::{Problem, User};
use account::read_account;
use settings::{ACCOUNTRC, Block, COMMON, IS_DEFAULT, TELLS_CLAWS, TELLS_SYLPHEED, blocks};

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
    pub(super) common: &'static FileRule,
    pub(super) places: &'static [Place],
    /// Values of `smtp_auth_method`.
    pub(super) methods: &'static [(i64, Auth)],
    /// Values of `imap_auth_method`.
    pub(super) imap_methods: &'static [(i64, Auth)],
    /// How a POP3 account logs on to receive.
    pub(super) pop_auth: fn(&Settings, &mut Look) -> Option<Auth>,
    /// The second settings are the common ones.
    pub(super) defaults: fn(&Settings, &Settings, &mut Look) -> Defaults,
    /// The kind of an account; the second settings are the common ones.
    pub(super) kind: fn(&Settings, &Settings, &mut Look) -> Result<Kind, Unclear>,
    /// The command that mail is handed to instead of a server.
    pub(super) command: fn(&Settings, &Settings, &mut Look) -> Option<String>,
    /// True if the passwords stand in the same file.
    pub(super) keeps_passwords: bool,
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

/// More accounts than this are nobody's.
const MOST_ACCOUNTS: usize = limits::ACCOUNTS.count();

/// Neither kind of setting occurs: a file of very old programs, or one that was made by hand.
const NAME_OF_EITHER: &str = "Sylpheed or Claws Mail";
const EITHER: Note = Note::Other(
    "client-uncertain",
    Text::fixed(
        "このファイルが Sylpheed のものか Claws Mail のものかは判別できません。手順は Sylpheed のものです(Claws Mail の項目もほぼ同じです)。",
        "It can't be told whether this file is Sylpheed's or Claws Mail's; the steps are Sylpheed's (those of Claws Mail are much the same).",
    ),
);

fn origin(blocks: &[Block]) -> Origin {
    let has = |facts: &[Fact]| {
        let mut entries = blocks.iter().flat_map(|block| &block.settings.entries);
        entries.any(|setting| facts.iter().any(|fact| fact.name == setting.name))
    };
    match (has(&TELLS_CLAWS), has(&TELLS_SYLPHEED)) {
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
    for given in user.given_of(&ACCOUNTRC) {
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
        match read_file(program, user, &join(place.folder, ACCOUNTRC.id), &file, found) {
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
    let Some(content) = user.read(path, &ACCOUNTRC)? else { return Ok(false) };
    let source = user.place(path);
    let mut blocks = blocks(&content, &model::Place::from(&source));
    let origin = origin(&blocks);
    if file.is_anybodys && !program.origins.contains(&origin) {
        return Ok(false);
    }
    if content.text().contains('\0') {
        found.problems.push(damaged(&source));
    } else if blocks.is_empty() && !content.is_empty() {
        return Err(Problem::malformed(
            source,
            &Text::fixed("[Account: ...] がありません", "there is no [Account: ...]"),
        ));
    }
    let common = common_settings(program, user, file, &source, found);
    blocks.retain(|block| block.is_account);
    if blocks.len() > MOST_ACCOUNTS {
        found.problems.push(too_many(&source));
        blocks.truncate(MOST_ACCOUNTS);
    }
    // The last that says so is the default; where none does, the first is (account_read_config_all of both programs).
    let default = blocks.iter().rposition(|block| block.settings.peek_number(IS_DEFAULT) == Some(1));
    for (index, block) in blocks.iter().enumerate() {
        let Some((account, look)) = read_account(program, &block.settings, &common) else { continue };
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
    let path = join(&file.folder, program.common.id);
    // Told beside accountrc, also where it is not there.
    let start = accountrc.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let place = format!("{}{}", accountrc.get(..start).unwrap_or_default(), program.common.id);
    let content = user.read(&path, program.common).unwrap_or_else(|problem| {
        found.problems.push(problem);
        None
    });
    let content = content.unwrap_or_default();
    if content.text().contains('\0') {
        found.problems.push(damaged(&place));
    }
    let place = model::Place::from(place);
    let block = blocks(&content, &place).into_iter().find(|block| block.label == COMMON);
    block.map_or_else(
        || Settings::new(place, of_group(program.common.groups, COMMON), Spelling::AsIs),
        |block| block.settings,
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
