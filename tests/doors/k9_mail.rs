//! Exports of K-9 Mail.

use crate::common::CANARY;
use crate::{nothing_leaks, write};

const GOOD: [(&str, &str); 6] = [
    ("type", "SMTP"),
    ("host", "mail.example.jp"),
    ("port", "587"),
    ("connection-security", "NONE"),
    ("authentication-type", "PLAIN"),
    ("username", "taro"),
];

/// One account; `changed` may also name `uuid`, `name` and `email`.
fn account(number: usize, changed: &[(&str, &str)], more: &str) -> String {
    let of = |name: &str, usual: &str| {
        let value = changed.iter().find(|(changed, _)| *changed == name).map_or(usual, |(_, value)| value);
        value.to_owned()
    };
    let settings: Vec<String> =
        GOOD[1..].iter().map(|(name, usual)| format!("<{name}>{}</{name}>", of(name, usual))).collect();
    let server =
        |tag| format!("<{tag} type=\"{}\">{more}{}</{tag}>\n", of("type", "SMTP"), settings.concat());
    format!(
        "<account uuid=\"{}\"><name>{}</name>\n{}{}<identities><identity><email>{}</email></identity></identities>{more}</account>\n",
        of("uuid", &format!("aaaaaaaa-{number}")),
        of("name", "taro"),
        server("incoming-server"),
        server("outgoing-server"),
        of("email", "taro@example.jp"),
    )
}

fn export(version: &str, format: &str, accounts: &str) -> String {
    format!(
        "<k9settings version=\"{version}\" format=\"{format}\"><accounts>{accounts}</accounts></k9settings>\n"
    )
}

#[test]
fn in_a_value() {
    let home = tempfile::tempdir().unwrap();
    let mut accounts = String::new();
    let mut count = 0;
    for (name, value) in
        GOOD.into_iter().chain([("uuid", "a"), ("name", "taro"), ("email", "taro@example.jp")])
    {
        for wrong in [
            format!("smtp://taro:{CANARY}@{value}"),
            format!("taro:{CANARY}@{value}"),
            format!("{value} ; PW {CANARY}"),
            format!("PW {CANARY}"),
        ] {
            count += 1;
            accounts += &account(count, &[(name, &wrong)], "");
        }
    }
    write(home.path(), "home/a.k9s", &export(&format!("111 {CANARY}"), &format!("1 {CANARY}"), &accounts));
    nothing_leaks(home.path(), count);
}

#[test]
fn in_names_and_unknown_elements() {
    let home = tempfile::tempdir().unwrap();
    let more = format!(
        "<!-- {CANARY} --><password>{CANARY}</password><ssWd>{CANARY}</ssWd><{CANARY}>{CANARY}</{CANARY}>\
         <client-cert-alias>{CANARY}</client-cert-alias><extra><value key=\"{CANARY}\">{CANARY}</value></extra>"
    );
    let accounts: Vec<String> = [0, 1].map(|number| account(number, &[("host", "a b")], &more)).into();
    write(home.path(), "home/a.k9s", &export("111", "1", &accounts.concat()));
    nothing_leaks(home.path(), 2);
}

/// Of two that can't be told apart by what is shown of them, each is an account.
#[test]
fn in_the_identifiers_of_several_accounts() {
    let home = tempfile::tempdir().unwrap();
    let wrong = [format!("pw{CANARY}1"), format!("pw{CANARY}2"), format!("pw{CANARY}2")];
    let accounts: Vec<String> = wrong.iter().map(|uuid| account(0, &[("uuid", uuid)], "")).collect();
    write(home.path(), "home/a.k9s", &export("111", "1", &accounts.concat()));
    nothing_leaks(home.path(), 2);
}
