//! Which ports are asked, and in which order.

use super::*;
use crate::clients::log_on::LogOn;
use crate::model::{Incoming, Partial, Port, Protocol};
use crate::policy::file;

fn typed(texts: &[&str]) -> Vec<Typed> {
    texts.iter().map(|text| names::read(text).unwrap()).collect()
}

fn subject(host: &str, port: u16, security: Security, incoming: Option<(&str, u16)>) -> Subject {
    Subject {
        computer: None,
        id: "a".to_owned(),
        client_name: String::new(),
        log_on: LogOn::default(),
        account: String::new(),
        addresses: vec!["taro@example.jp".to_owned()],
        outgoing: Some(Partial {
            host: Some(host.to_owned()),
            port: Some(Port::Stored(port)),
            security: Some(security),
            ..Partial::default()
        }),
        incoming: incoming.map(|(host, port)| Incoming {
            protocol: Protocol::Pop3,
            host: Some(host.to_owned()),
            port: Some(port),
            security: Some(Security::Plain),
            auth: None,
        }),
    }
}

/// `mail.example.jp: 587 465t !25` for ports with TLS from the start, and those that are left out.
fn planned(typed: &[Typed], subjects: &[Subject], policies: &Policies) -> Vec<String> {
    let tls = |door: &Door| if door.tls_first { "t" } else { "" };
    plan(typed, subjects, policies)
        .iter()
        .map(|server| {
            let asked = server.doors.iter().map(|door| format!(" {}{}", door.port, tls(door)));
            let left = server.left_out.iter().map(|(door, _)| format!(" !{}{}", door.port, tls(door)));
            format!("{}:{}", server.shown, asked.chain(left).collect::<String>())
        })
        .collect()
}

#[test]
fn what_is_set_comes_before_what_is_usual() {
    let none = Policies::standard();
    let of = |texts: &[&str]| planned(&typed(texts), &[], &none);
    assert_eq!(of(&["mail.example.jp"]), ["mail.example.jp: 587 465t"]);
    assert_eq!(of(&["mail.example.jp:25", "MAIL.example.jp"]), ["mail.example.jp: 25 587 465t"]);
    assert_eq!(of(&["mail.example.jp:995", "a.example:110"]), ["mail.example.jp: 995t", "a.example: 110"]);
    assert_eq!(of(&["imaps://mail.example.jp"]), ["mail.example.jp: 993t"]);
    let of = |subjects: &[Subject]| planned(&[], subjects, &none);
    let host = "mail.example.jp";
    assert_eq!(
        of(&[subject(host, 25, Security::Plain, Some((host, 110)))]),
        ["mail.example.jp: 25 587 465t 110"]
    );
    assert_eq!(of(&[subject(host, 587, Security::Tls, None)]), ["mail.example.jp: 587t 587 465t"]);
    assert_eq!(
        of(&[subject(host, 465, Security::Auto, Some(("pop.example.jp", 110)))]),
        ["mail.example.jp: 465t 587", "pop.example.jp: 110"]
    );
    assert_eq!(of(&[subject(host, 22, Security::Plain, None)]), ["mail.example.jp: 587 465t !22"]);
    let many = [25, 2525, 587].map(|port| subject(host, port, Security::Plain, Some((host, 110))));
    assert_eq!(of(&many), ["mail.example.jp: 25 587 2525 465t !110"]);
}

#[test]
fn ports_of_a_policy_are_asked_too() {
    let text = r#"
        schema = 1
        id = "example"
        name = "Example"
        claims = [{ outgoing = "*.example.jp", incoming = "*.example.jp" }]
        sending = [
            { host = "mail.example.jp", port = 1587, security = "starttls", auth = "password" },
            { port = 25, until = "2020" },
            { host = "other.example.jp", port = 2587, auth = "password" },
        ]
        receiving = [{ protocol = "pop3", port = 995, security = "tls" }]
    "#;
    let policy = file::read(text, policy::Origin::Given, &[]).unwrap().policy;
    let policies = Policies { list: vec![policy], ..Policies::standard() };
    let found = planned(&typed(&["mail.example.jp"]), &[], &policies);
    assert_eq!(found, ["mail.example.jp: 587 465t 1587 995t"]);
}
