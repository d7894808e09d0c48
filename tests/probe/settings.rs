//! What settings and reports name: little of it is asked, and a name is looked up once.

use crate::server::serve;
use crate::{SHORT, run_with, typed};
use smtp_auth_audit::clients::log_on::LogOn;
use smtp_auth_audit::model::{
    Answer, Auth, Incoming, Partial, Port, Probe, Protocol, Security, Unasked, Wanted,
};
use smtp_auth_audit::policy::Policies;
use smtp_auth_audit::probe::crew::{Resolver, Run};
use smtp_auth_audit::probe::trust::Roots;
use smtp_auth_audit::probe::{Subject, probe};
use std::net::IpAddr;
use std::sync::Mutex;

fn subject(host: &str, port: u16) -> Subject {
    Subject {
        computer: None,
        id: "a".to_owned(),
        client_name: "Becky!".to_owned(),
        log_on: LogOn::default(),
        account: "taro@example.jp".to_owned(),
        addresses: vec!["taro@example.jp".to_owned()],
        outgoing: Some(Partial {
            host: Some(host.to_owned()),
            port: Some(Port::Stored(port)),
            security: Some(Security::Plain),
            auth: Some(Auth::Password),
            ..Partial::default()
        }),
        incoming: None,
    }
}

fn ask(subjects: &[Subject], resolver: Resolver, internal: bool) -> Vec<Probe> {
    let run = Run { resolver, internal, ..run_with(SHORT, Roots::default()) };
    probe(&[], subjects, &Policies::standard(), &run, |_, _| true)
}

fn nobody(name: &str) -> Vec<IpAddr> {
    LOOKED_UP.lock().unwrap().push(name.to_owned());
    Vec::new()
}

static LOOKED_UP: Mutex<Vec<String>> = Mutex::new(Vec::new());

#[test]
fn what_is_no_mail_server_is_never_looked_up() {
    for (host, why) in [
        ("127.0.0.1", Unasked::Literal),
        ("[::1]", Unasked::Literal),
        ("0x7f.1", Unasked::Literal),
        ("localhost", Unasked::SingleLabel),
        ("router", Unasked::SingleLabel),
        ("himitsu!", Unasked::NoHost),
        ("mail.example.jp:8080", Unasked::NoHost),
        ("taro:himitsu@mail.example.jp", Unasked::NoHost),
    ] {
        let found = ask(&[subject(host, 587)], nobody, true).remove(0);
        assert_eq!((found.unasked, found.ports.len()), (Some(why), 0), "{host}");
        assert_eq!(found.wanted, Wanted::Unreachable);
        assert!(!found.host.contains("himitsu"), "{}", found.host);
        assert_eq!(found.accounts.len(), 1, "{host}");
    }
    assert_eq!(*LOOKED_UP.lock().unwrap(), Vec::<String>::new());
}

#[test]
fn addresses_that_mean_something_else_are_skipped() {
    fn own(_: &str) -> Vec<IpAddr> {
        ["127.0.0.1", "::1", "169.254.169.254", "::ffff:192.0.2.1", "64:ff9b::1", "224.0.0.1"]
            .map(|address| address.parse().unwrap())
            .to_vec()
    }
    fn private(_: &str) -> Vec<IpAddr> {
        vec!["10.255.255.1".parse().unwrap()]
    }
    let server = serve(drop);
    for internal in [false, true] {
        let found = ask(&[subject("mail.example.jp", 587)], own, internal).remove(0);
        assert_eq!(found.unasked, Some(Unasked::Special));
        // A typed name is no typed address.
        let run = Run { resolver: own, internal, ..run_with(SHORT, Roots::default()) };
        let name = [format!("mail.example.jp:{}", server.port)];
        let found = probe(&typed(&name), &[], &Policies::standard(), &run, |_, _| true).remove(0);
        assert_eq!(found.unasked, Some(Unasked::Special));
    }
    assert_eq!(server.heard.connections.load(std::sync::atomic::Ordering::SeqCst), 0);
    let found = ask(&[subject("mail.example.jp", 587)], private, false).remove(0);
    assert_eq!(found.unasked, Some(Unasked::Private));
}

static ONCE: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn once(name: &str) -> Vec<IpAddr> {
    ONCE.lock().unwrap().push(name.to_owned());
    // Another answer the second time, as a hostile resolver would give.
    if ONCE.lock().unwrap().len() > 1 { vec!["127.0.0.1".parse().unwrap()] } else { Vec::new() }
}

#[test]
fn a_name_is_looked_up_once() {
    let incoming = Incoming {
        protocol: Protocol::Pop3,
        host: Some("MAIL.example.jp.".to_owned()),
        port: Some(110),
        security: Some(Security::Plain),
        auth: None,
    };
    let subject = Subject { incoming: Some(incoming), ..subject("mail.example.jp", 25) };
    let found = ask(&[subject.clone(), subject], once, false);
    assert_eq!(*ONCE.lock().unwrap(), ["mail.example.jp"]);
    assert_eq!((found.len(), found[0].unasked), (1, Some(Unasked::Unresolved)));
    assert_eq!(found[0].accounts.len(), 2);
}

#[test]
fn ports_of_settings_are_those_of_mail() {
    fn away(_: &str) -> Vec<IpAddr> {
        // RFC 5737: nobody is there, and here nothing leads there.
        vec!["192.0.2.1".parse().unwrap()]
    }
    let mut run = Run { resolver: away, ..run_with(SHORT, Roots::default()) };
    run.means.patience.run = std::time::Duration::from_millis(10);
    let found =
        probe(&[], &[subject("mail.example.jp", 8080)], &Policies::standard(), &run, |_, _| true).remove(0);
    let at = |port| found.ports.iter().find(|found| found.port == port).map(|found| found.answer);
    assert_eq!(at(8080), Some(Answer::NotAsked(Unasked::Port)));
    assert!(at(587).is_some() && at(465).is_some() && at(25).is_none());
}
