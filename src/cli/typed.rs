//! What people type who know other programs: `help`, `version`, `-?`, `/?`; and clients under other names than their ids.

use crate::clients::{CLIENTS, Called, Client, called, near};
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
    let is_word = |word: &OsString| is_missing(Path::new(word));
    match arguments.get(1).and_then(|word| word.to_str()) {
        Some("help" | "HELP" | "ヘルプ") if arguments.get(1).is_some_and(is_word) => {
            words.remove(1);
            words.push("--help".into());
        }
        Some("version" | "バージョン") if arguments.get(1).is_some_and(is_word) => {
            words = vec![first(arguments), "--version".into()];
        }
        _ => {}
    }
    let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
    for word in words.iter_mut().take(end).skip(1) {
        if word == "-?" || (["/?", "/h", "/help"].iter().any(|known| word == known) && is_word(word)) {
            *word = "-h".into();
        }
    }
    if takes_clients(&words) { joined(&words) } else { words }
}

/// True if names of clients may stand behind the command.
fn takes_clients(arguments: &[OsString]) -> bool {
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str());
    let mut first = words.next();
    while let Some(option) = first.filter(|word| word.starts_with('-')) {
        first = if option == "--lang" { words.nth(1) } else { words.next() };
    }
    matches!(first, Some("ask" | "clients" | "steps"))
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
