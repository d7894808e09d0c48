//! The built-in policies: each is whole, has its sources, and speaks for its own accounts alone.

#![expect(
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

use smtp_auth_audit::clients::CLIENTS;
use smtp_auth_audit::policy::file::{Reading, read};
use smtp_auth_audit::policy::{BUILT_IN, Claimant, Mistake, Origin, Policy, Setting, Side};
use std::path::Path;

fn taken(text: &str) -> Result<Reading, Vec<Mistake>> {
    let clients: Vec<&str> = CLIENTS.iter().map(|client| client.id).collect();
    read(text, Origin::BuiltIn, &clients)
}

fn policies() -> Vec<Policy> {
    BUILT_IN
        .iter()
        .map(|(name, text)| taken(text).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}")).policy)
        .collect()
}

#[test]
fn each_is_whole_and_says_where_it_comes_from() {
    for (file, text) in BUILT_IN {
        let Reading { policy, warnings } = taken(text).unwrap_or_else(|wrong| panic!("{file}: {wrong:?}"));
        assert_eq!((format!("{}.toml", policy.id).as_str(), warnings.len()), (file, 0));
        assert!(policy.notice.unwrap().starts_with("https://"), "{file}");
        assert!(policy.checked.is_some(), "{file}");
        let source = policy.source.unwrap();
        let is_dated = source
            .as_bytes()
            .windows(4)
            .any(|four| four.starts_with(b"20") && four.iter().all(u8::is_ascii_digit));
        assert!(is_dated, "{file}: {source}");
        let settings = [policy.sending, policy.receiving].map(Option::unwrap_or_default).concat();
        assert!(settings.iter().any(Setting::lasts), "{file}");
    }
}

#[test]
fn none_is_taken_without_source_day_or_notice() {
    for (file, text) in BUILT_IN {
        for key in ["source", "checked", "notice"] {
            let without: String = text
                .lines()
                .filter(|line| !line.starts_with(key))
                .map(|line| line.to_owned() + "\n")
                .collect();
            assert_ne!(without, text, "{file}: {key}");
            let wrong = taken(&without).unwrap_err();
            assert!(wrong.iter().any(|mistake| format!("{mistake:?}").contains(key)), "{file}: {wrong:?}");
        }
    }
}

#[test]
fn all_files_of_the_folder_are_in_the_program() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies");
    let names =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> =
        names.filter(|name| Path::new(name).extension().is_some_and(|end| end == "toml")).collect();
    names.sort();
    assert_eq!(names, BUILT_IN.map(|(name, _)| name));
}

#[test]
fn an_account_has_one_policy_at_most() {
    let policies = policies();
    for (outgoing, incoming, address, sending, receiving) in [
        (
            "smtp.office365.com",
            "outlook.office365.com",
            "taro@example.co.jp",
            "microsoft-365",
            "microsoft-365",
        ),
        ("smtp-legacy.office365.com", "pop.example.co.jp", "taro@example.co.jp", "microsoft-365", ""),
        ("SMTP.office365.com", "outlook.office365.com", "taro@hotmail.co.jp", "outlook-com", "outlook-com"),
        ("smtp.office365.com", "outlook.office365.com", "taro@outlook.jp", "outlook-com", "outlook-com"),
        ("smtp.office365.com", "outlook.office365.com", "taro@MSN.com", "outlook-com", "outlook-com"),
        ("smtp-mail.outlook.com", "outlook.office365.com", "taro@live.jp", "outlook-com", "outlook-com"),
        ("smtp-mail.outlook.com", "outlook.office365.com", "", "outlook-com", ""),
        // Nothing tells which of the two it is.
        ("smtp.office365.com", "outlook.office365.com", "", "", ""),
        ("smtp.gmail.com", "pop.gmail.com", "taro@example.co.jp", "google", "google"),
        ("smtp.gmail.com", "imap.example.jp", "taro@gmail.com", "google", ""),
        ("mail.example.jp", "mail.example.jp", "taro@hotmail.com", "", ""),
        ("mail.example.jp", "imap.gmail.com", "taro@example.jp", "", "google"),
    ] {
        let (servers, addresses) = ([outgoing.to_owned()], [address.to_owned()]);
        let addresses = if address.is_empty() { &[][..] } else { &addresses[..] };
        let account = Claimant { outgoing: &servers, incoming: Some(incoming), addresses };
        for (side, expected) in [(Side::Sending, sending), (Side::Receiving, receiving)] {
            let claiming = policies.iter().filter(|policy| policy.claims(account, side));
            let ids: Vec<&str> = claiming.map(|policy| policy.id.as_str()).collect();
            assert_eq!(ids.join(","), expected, "{outgoing} {incoming} {address} {side:?}");
        }
    }
}
