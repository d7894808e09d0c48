//! Outside the clients' own room no file names a client or one of its files: a new client is a folder and two lines.

use super::words::texts;
use super::{source_folder, sources};
use smtp_auth_audit::clients::CLIENTS;
use std::collections::BTreeSet;
use std::fs;

/// What names a client or one of its files, in lower case. Short names are words of other things as well.
fn names() -> BTreeSet<String> {
    let clients = CLIENTS
        .iter()
        .flat_map(|client| [client.id, client.name].into_iter().chain(client.variants.iter().copied()));
    let files =
        CLIENTS.iter().flat_map(|client| client.files).flat_map(|file| file.names.iter().chain([&file.id]));
    let names = clients.chain(files.copied()).map(|name| name.trim_matches(['*', '.', ' ']).to_lowercase());
    // `opera` is a part of "operation", `*.source` and `*.ab` end in words, `Mail` and `device` are some.
    names
        .filter(|name| {
            name.len() > 3 && !["mail", "source", "opera", "v*", "device"].contains(&name.as_str())
        })
        .collect()
}

/// The part of a file that is not a test.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap()
}

/// The names in a text: between letters that are no part of them.
fn named<'n>(text: &str, names: &'n BTreeSet<String>) -> Vec<&'n str> {
    let text = text.to_lowercase();
    let is_bare = |at: usize, name: &str| {
        let before = text[..at].chars().next_back();
        let behind = text[at + name.len()..].chars().next();
        ![before, behind].into_iter().flatten().any(|letter| letter.is_ascii_alphanumeric())
    };
    names
        .iter()
        .filter(|name| text.match_indices(name.as_str()).any(|(at, _)| is_bare(at, name)))
        .map(String::as_str)
        .collect()
}

#[test]
fn nothing_outside_the_clients_room_names_a_client() {
    let names = names();
    assert!(names.len() > 60, "{names:?}");
    let mut files = Vec::new();
    sources(&source_folder(), &mut files);
    let mut wrong = Vec::new();
    for path in files {
        let relative = path.strip_prefix(source_folder()).unwrap().display().to_string();
        // A provider may be called like a client: Outlook.com.
        let is_providers = relative == "policy/builtin.rs";
        if relative.starts_with("clients/") || relative.ends_with("tests.rs") || is_providers {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        // What stands before an argument is its help.
        let is_help = relative == "cli/arguments.rs";
        let help = text.lines().zip(1..).filter(|(line, _)| is_help && line.trim_start().starts_with("///"));
        let help = help.map(|(line, number)| (line.to_owned(), number));
        for (text, line) in texts(without_tests(&text)).into_iter().chain(help) {
            let found = named(&text, &names).into_iter();
            wrong.extend(found.map(|name| format!("{relative}:{line}: {name}")));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_name_is_seen_where_it_stands_by_itself() {
    let names = BTreeSet::from(["msmtp".to_owned(), "prefs.js".to_owned()]);
    assert_eq!(named("~/.msmtprc, /x/Prefs.JS", &names), ["prefs.js"]);
    assert_eq!(named("msmtp のコマンド", &names), ["msmtp"]);
}
