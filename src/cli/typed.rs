//! What people type who know other programs: `help`, `version`, `-?`, `/?`; and clients under other names than their ids.

use super::help::COMMANDS;
use crate::clients::{CLIENTS, Called, Client, Reading, called, near};
use crate::formats::shapes::narrow;
use crate::model::{Lang, Text};
use crate::report::clean::clean;
use crate::source::system::is_missing;
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};
use std::ffi::{OsStr, OsString};
use std::path::Path;

/// The arguments as the parser knows them. A file or folder of that name goes before a word.
pub(super) fn understood(arguments: &[OsString]) -> Vec<OsString> {
    let mut words: Vec<OsString> = arguments.to_vec();
    let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
    for word in words.iter_mut().take(end).skip(1).filter(|word| is_missing(Path::new(word))) {
        if let Some(plain) = word.to_str().and_then(option) {
            *word = plain.into();
        }
    }
    let Some(at) = first_word(&words) else { return words };
    let Some(word) = words.get(at).filter(|word| is_missing(Path::new(word))) else { return words };
    match plain(&word.to_string_lossy()).as_str() {
        "help" | "ヘルプ" => {
            words.remove(at);
            words.push("--help".into());
        }
        "version" | "バージョン" => words = vec![first(arguments), "--version".into()],
        known if COMMANDS.contains(&known) => {
            words.splice(at..=at, [known.to_owned().into()]);
            behind_command(&mut words, at);
        }
        _ => {}
    }
    if takes_clients(&words) { joined(&words) } else { words }
}

/// Small and narrow letters.
fn plain(word: &str) -> String {
    word.chars().map(narrow).collect::<String>().to_lowercase()
}

/// The place of the first word that is neither an option nor the language.
fn first_word(arguments: &[OsString]) -> Option<usize> {
    let mut words = arguments.iter().enumerate().skip(1);
    loop {
        let (at, word) = words.next()?;
        if word == "--lang" {
            words.next();
        } else if !word.to_string_lossy().starts_with('-') {
            return Some(at);
        }
    }
}

/// An option as it may come from another program, a document with its own dashes, or a Japanese keyboard; `None`: it is
/// one already, or none.
fn option(word: &str) -> Option<String> {
    if ["-?", "-H", "/?", "/h", "/H", "/help"].contains(&word) {
        return Some("-h".to_owned());
    }
    if ["-v", "-version", "/v", "/V"].contains(&word) {
        return Some("--version".to_owned());
    }
    let rest = word.trim_start_matches(['-', '－', '–', '—', '―', '−', '‐']);
    let dashes = word.strip_suffix(rest)?;
    let (name, value) = rest.split_at(rest.find(['=', '＝']).unwrap_or(rest.len()));
    let name = plain(name);
    let is_name = name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if dashes == "-" && name == "help" {
        return Some("-h".to_owned());
    }
    // A lone hyphen is stdin; `-ERR` is the beginning of an error.
    if dashes.is_empty() || !is_name || dashes == "-" {
        return None;
    }
    let plain = match name.len() {
        1 => format!("-{name}{value}"),
        _ => format!("--{name}{}", value.replacen('＝', "=", 1)),
    };
    (plain != word).then_some(plain)
}

/// `steps help`; `steps all`, which is `steps`.
fn behind_command(words: &mut Vec<OsString>, at: usize) {
    if words.get(at).is_none_or(|command| command == "explain-error") || words.len() != at + 2 {
        return;
    }
    let takes_clients = takes_clients(words);
    let Some(word) = words.get_mut(at + 1).filter(|word| is_missing(Path::new(word))) else { return };
    match plain(&word.to_string_lossy()).as_str() {
        "help" | "ヘルプ" => *word = "-h".into(),
        "all" | "すべて" | "全て" | "全部" if takes_clients => words.truncate(at + 1),
        _ => {}
    }
}

/// True if names of clients may stand behind the command.
fn takes_clients(arguments: &[OsString]) -> bool {
    let command = first_word(arguments).and_then(|at| arguments.get(at)?.to_str());
    matches!(command, Some("ask" | "clients" | "steps"))
}

/// A name of several words may be typed without quotes: the longest run of words that is one becomes one argument.
fn joined(arguments: &[OsString]) -> Vec<OsString> {
    let mut words: Vec<OsString> = Vec::new();
    let mut at = 0;
    while let Some(word) = arguments.get(at) {
        let run = (2..=LONGEST).rev().find_map(|length| {
            let run = arguments.get(at..at + length)?;
            let texts: Vec<&str> = run.iter().map(|word| word.to_str()).collect::<Option<_>>()?;
            let is_name = texts.iter().all(|word| !word.starts_with('-')) && is_one_name(&texts);
            is_name.then(|| (length, texts.join(" ")))
        });
        let (length, word) = run.map_or_else(|| (1, word.clone()), |(length, name)| (length, name.into()));
        words.push(word);
        at += length;
    }
    words
}

/// Words of the longest name, `Windows 11 の メール アプリ`.
const LONGEST: usize = 5;

/// True for the words of one name that aren't a name each: `outlook 2016`, but not `outlook becky`.
fn is_one_name(words: &[&str]) -> bool {
    called(&words.join(" ")).is_some() && !words.iter().all(|word| called(word).is_some_and(|c| c.is_whole()))
}

/// True for `-h` alone or behind `scan`, in whatever language: the short help is one screen, the whole is behind `--help`.
pub(super) fn asks_for_short_help(arguments: &[OsString]) -> bool {
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let mut rest = Vec::new();
    while let Some(word) = words.next() {
        match word {
            "--lang" => drop(words.next()),
            _ if word.starts_with("--lang=") => {}
            _ => rest.push(word),
        }
    }
    matches!(rest[..], ["-h"] | ["scan", "-h"])
}

fn first(arguments: &[OsString]) -> OsString {
    arguments.first().cloned().unwrap_or_default()
}

/// Reads the id of a client, or another of its names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clients {
    /// Those that may be named.
    pub(super) among: fn(&Client) -> bool,
}

/// Any of them.
pub(super) fn client_ids() -> Clients {
    Clients { among: |_| true }
}

/// What a scan can find.
pub(super) fn found_ids() -> Clients {
    Clients { among: |client| !matches!(client.reading, Reading::Asked) }
}

impl TypedValueParser for Clients {
    type Value = String;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<String, Error> {
        let name = value.to_string_lossy();
        match called(&name).map(|called| called.client).filter(|client| (self.among)(client)) {
            Some(client) => Ok(client.id.to_owned()),
            None => Err(unknown(self.among, command, argument, &name)),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(ids(self.among)))
    }
}

/// Reads the id of a client, or another of its names, or one of its editions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Editions;

impl TypedValueParser for Editions {
    type Value = Called;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<Called, Error> {
        let name = value.to_string_lossy();
        called(&name).ok_or_else(|| unknown(|_| true, command, argument, &name))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(ids(|_| true)))
    }
}

fn ids(among: fn(&Client) -> bool) -> impl Iterator<Item = PossibleValue> {
    CLIENTS.iter().filter(move |client| among(client)).map(|client| PossibleValue::new(client.id))
}

/// No client has this name: those that may be meant are told.
fn unknown(among: fn(&Client) -> bool, command: &Command, argument: Option<&Arg>, name: &str) -> Error {
    let mut error = Error::new(ErrorKind::InvalidValue).with_cmd(command);
    if let Some(argument) = argument {
        error.insert(ContextKind::InvalidArg, ContextValue::String(argument.to_string()));
    }
    error.insert(ContextKind::InvalidValue, ContextValue::String(name.to_owned()));
    let near = near(name).into_iter().filter(|client| among(client)).map(|client| client.id.to_owned());
    error.insert(NEAR, ContextValue::Strings(near.collect()));
    error
}

/// Where an error keeps the ids of the clients that may be meant.
const NEAR: ContextKind = ContextKind::Custom;

/// What to say of a name that no client has; `None` for any other error.
pub(super) fn no_such_client(error: &Error, lang: Lang) -> Option<String> {
    let Some(ContextValue::Strings(ids)) = error.get(NEAR) else { return None };
    let Some(ContextValue::String(name)) = error.get(ContextKind::InvalidValue) else { return None };
    let name = clean(name);
    let head = match ids.len() {
        0 => Text::new(
            format!("「{name}」が、どのメールソフトか分かりません。"),
            format!("no mail client is known as '{name}'"),
        ),
        1 => Text::new(
            format!("「{name}」が、どのメールソフトか分かりません。\n次のことですか?"),
            format!("no mail client is known as '{name}'; did you mean this one?"),
        ),
        _ => Text::new(
            format!("「{name}」が、どのメールソフトか分かりません。\n次のどれかですか?"),
            format!("which mail client is '{name}'? Did you mean one of these?"),
        ),
    };
    let width = ids.iter().map(String::len).max().unwrap_or_default();
    let line = |id: &String| {
        let client = CLIENTS.iter().find(|client| client.id == id)?;
        Some(format!("\n  {id:width$}  {}", client.name_in(lang)))
    };
    let all = Text::fixed("\nすべての名前: smtp-auth-audit clients", "\nAll names: smtp-auth-audit clients");
    Some(head.get(lang).to_owned() + &ids.iter().filter_map(line).collect::<String>() + all.get(lang))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_for_help_are_understood() {
        for (typed, wanted) in [
            (vec!["help"], vec!["--help"]),
            (vec!["help", "steps"], vec!["steps", "--help"]),
            (vec!["version"], vec!["--version"]),
            (vec!["-?"], vec!["-h"]),
            (vec!["/?"], vec!["-h"]),
            (vec!["/help"], vec!["-h"]),
            (vec!["ヘルプ"], vec!["--help"]),
            (vec!["steps", "/?"], vec!["steps", "-h"]),
            (vec!["Help", "steps"], vec!["steps", "--help"]),
            (vec!["-H"], vec!["-h"]),
            (vec!["-v"], vec!["--version"]),
            (vec!["—help"], vec!["--help"]),
            (vec!["–－ｈ"], vec!["-h"]),
            (vec!["－－ｆｏｒｍａｔ＝json", "x"], vec!["--format=json", "x"]),
            (vec!["--FORMAT=JSON"], vec!["--format=JSON"]),
            (vec!["STEPS", "becky"], vec!["steps", "becky"]),
            (vec!["--lang", "ja", "ｓｔｅｐｓ", "becky"], vec!["--lang", "ja", "steps", "becky"]),
            (vec!["steps", "help"], vec!["steps", "-h"]),
            (vec!["steps", "all"], vec!["steps"]),
            (vec!["explain-error", "-ERR", "no"], vec!["explain-error", "-ERR", "no"]),
            (vec!["explain-error", "help"], vec!["explain-error", "help"]),
            (vec!["scan", "--", "-?"], vec!["scan", "--", "-?"]),
            (vec!["steps", "outlook"], vec!["steps", "outlook"]),
            (vec!["steps", "outlook", "2016", "becky"], vec!["steps", "outlook 2016", "becky"]),
            (
                vec!["--lang", "ja", "ask", "Windows", "11", "メール"],
                vec!["--lang", "ja", "ask", "Windows 11 メール"],
            ),
            (vec!["steps", "outlook", "express"], vec!["steps", "outlook express"]),
            (
                vec!["steps", "--policy", "x", "gmail", "android"],
                vec!["steps", "--policy", "x", "gmail", "android"],
            ),
            (vec!["scan", "outlook", "2016"], vec!["scan", "outlook", "2016"]),
        ] {
            let list = |words: &[&str]| -> Vec<OsString> {
                std::iter::once(&"smtp-auth-audit").chain(words).map(OsString::from).collect()
            };
            assert_eq!(understood(&list(&typed)), list(&wanted));
        }
    }

    #[test]
    fn the_short_help_is_asked_for_in_any_language() {
        let asks = |words: &[&str]| {
            let words: Vec<OsString> =
                std::iter::once(&"smtp-auth-audit").chain(words).map(OsString::from).collect();
            asks_for_short_help(&words)
        };
        assert!(
            asks(&["-h"])
                && asks(&["scan", "-h"])
                && asks(&["--lang", "ja", "-h"])
                && asks(&["-h", "--lang=en"])
        );
        assert!(!asks(&["steps", "-h"]) && !asks(&["--help"]) && !asks(&[]));
    }
}
