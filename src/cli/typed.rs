//! What people type who know other programs: `help`, `version`, `-?`, `/?`; and clients under other names than their ids.

use crate::clients::{Client, called, nearest};
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
    words
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
        match called(&name).filter(|client| (self.among)(client)) {
            Some(client) => Ok(client.id.to_owned()),
            None => Err(self.unknown(command, argument, &name)),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.ids().map(PossibleValue::new)))
    }
}

impl Clients {
    fn ids(self) -> impl Iterator<Item = &'static str> {
        crate::clients::CLIENTS.iter().filter(move |client| (self.among)(client)).map(|client| client.id)
    }

    /// No client has this name: the nearest one is told, and all ids.
    fn unknown(self, command: &Command, argument: Option<&Arg>, name: &str) -> Error {
        let mut error = Error::new(ErrorKind::InvalidValue).with_cmd(command);
        if let Some(argument) = argument {
            error.insert(ContextKind::InvalidArg, ContextValue::String(argument.to_string()));
        }
        error.insert(ContextKind::InvalidValue, ContextValue::String(name.to_owned()));
        let ids = self.ids().map(str::to_owned).collect();
        error.insert(ContextKind::ValidValue, ContextValue::Strings(ids));
        if let Some(client) = nearest(name).filter(|client| (self.among)(client)) {
            error.insert(ContextKind::SuggestedValue, ContextValue::String(client.id.to_owned()));
        }
        error
    }
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
