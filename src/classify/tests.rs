//! The rules over all combinations, in one table to read.

use super::*;
use crate::model::Partial;
use crate::model::Text;
use crate::model::{Aspect, Deviation, LogOnFirst, Needs, Note, Port, Protocol, Rule, Security, Verdict};
use crate::policy::{Claim, HostPattern, Setting};
use std::fmt::Write;

fn smtp(auth: Auth, log_on_first: LogOnFirst, port: Port, security: Security) -> Outgoing {
    Outgoing::Smtp(Smtp {
        host: "mail.example.jp".to_owned(),
        port,
        security,
        auth,
        credentials: None,
        log_on_first,
    })
}

/// Every authentication × log-on-first × port × TLS. The table is read before it is accepted: it is the contract's
/// rule order in full.
#[test]
fn all_combinations() {
    let securities = [Security::Plain, Security::StartTls, Security::Tls, Security::Auto];
    let mut table =
        format!("{:37}{:46}{:46}{:46}{}\n", "auth / log-on-first / port", "plain", "starttls", "tls", "auto");
    let auths = [
        Auth::None,
        Auth::Password,
        Auth::EncryptedPassword,
        Auth::Spa,
        Auth::Kerberos,
        Auth::OAuth2,
        Auth::Certificate,
    ];
    let ports = [
        ("25", Port::Stored(25)),
        ("(25)", Port::Default(25)),
        ("465", Port::Stored(465)),
        ("587", Port::Stored(587)),
        ("(587)", Port::Default(587)),
        ("2525", Port::Stored(2525)),
        ("auto", Port::Automatic),
    ];
    for auth in auths {
        for log_on_first in [LogOnFirst::Off, LogOnFirst::On, LogOnFirst::WithoutEffect] {
            for (port_name, port) in ports {
                let row = format!("{} / {log_on_first:?} / {port_name}", auth.code());
                write!(table, "{row:37}").unwrap();
                for security in securities {
                    let judged = by_default(&smtp(auth, log_on_first, port, security), Some(Protocol::Pop3));
                    let cell = match judged.deviations.first() {
                        Some(deviation) => format!("{} ({})", judged.verdict.code(), deviation.code()),
                        None => judged.verdict.code().to_owned(),
                    };
                    assert!(judged.deviations.len() < 2, "one is all that a port can lead to");
                    write!(table, "{cell:46}").unwrap();
                }
                table.truncate(table.trim_end().len());
                table.push('\n');
            }
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn the_order_of_the_rules() {
    let verdict = |outgoing: &Outgoing| by_default(outgoing, Some(Protocol::Pop3)).rule;
    let unclear = |host: &str| {
        let partial = Partial { host: Some(host.to_owned()), ..Partial::default() };
        Outgoing::Unclear(partial, Text::fixed("", ""))
    };
    assert_eq!(verdict(&Outgoing::Managed(Some("127.0.0.1".to_owned()))), Rule::Managed);
    assert_eq!(verdict(&Outgoing::None(Partial::default())), Rule::NoOutgoingServer);
    assert_eq!(verdict(&Outgoing::Program("/usr/sbin/sendmail".to_owned())), Rule::ExternalProgram);
    assert_eq!(verdict(&unclear("localhost")), Rule::LocalProxy, "a relay comes before a malformed value");
    assert_eq!(verdict(&unclear("mail.example.jp")), Rule::Unclear);
}

/// Without authentication the port and the encryption make no difference, so they need not be known.
#[test]
fn without_authentication_nothing_else_is_needed() {
    let judged = |host: Option<&str>, log_on_first, incoming| {
        let partial = Partial { host: host.map(str::to_owned), log_on_first, ..Partial::default() };
        let judged = by_default(&Outgoing::NoAuth(partial), Some(incoming));
        assert!(judged.deviations.is_empty());
        (judged.rule, judged.notes.first().map(Note::code), judged.needs)
    };
    let needs = |host: Option<&str>, log_on_first_off| Needs {
        host: host.map(str::to_owned),
        log_on_first_off,
        ..Needs::all()
    };
    let host = Some("mail.example.jp");
    for (told, incoming, expected) in [
        ((host, Some(LogOnFirst::On)), Protocol::Pop3, (Rule::LogOnFirst, None, needs(host, true))),
        ((host, Some(LogOnFirst::Off)), Protocol::Pop3, (Rule::NoAuthentication, None, needs(host, false))),
        ((None, None), Protocol::Pop3, (Rule::NoAuthentication, None, needs(None, true))),
        ((None, None), Protocol::Imap, (Rule::NoAuthentication, Some("imap-incoming"), needs(None, true))),
        (
            (Some("localhost"), Some(LogOnFirst::Off)),
            Protocol::Pop3,
            (Rule::LocalProxy, Some("local-proxy"), Needs::default()),
        ),
    ] {
        assert_eq!(judged(told.0, told.1, incoming), expected);
    }
}

/// What is known of the rest is left as it is where it fits; what means nothing is set; what nobody told is advised.
#[test]
fn without_authentication_the_rest_is_set_as_far_as_it_is_known() {
    let needs = |port, security, malformed: &[Aspect]| {
        let partial = Partial { port, security, malformed: malformed.to_vec(), ..Partial::default() };
        let needs = by_default(&Outgoing::NoAuth(partial), None).needs;
        (needs.port, needs.security, needs.security_as_advised)
    };
    let (submission, submissions) = (Some(Port::Stored(587)), Some(Port::Stored(465)));
    let (starttls, tls) = (Some(Security::StartTls), Some(Security::Tls));
    for (port, security, malformed, expected) in [
        (None, None, [].as_slice(), (Some(587), None, true)),
        (None, None, &[Aspect::Port, Aspect::Security], (Some(587), starttls, false)),
        (None, Some(Security::Plain), &[Aspect::Port], (Some(587), None, true)),
        (None, tls, &[Aspect::Port], (Some(587), starttls, false)),
        (submission, None, &[Aspect::Security], (None, starttls, false)),
        (submissions, None, &[Aspect::Security], (None, tls, false)),
        (Some(Port::Stored(25)), None, &[Aspect::Security], (Some(587), starttls, false)),
        (Some(Port::Automatic), None, &[Aspect::Security], (None, starttls, false)),
        (submissions, tls, &[], (None, None, false)),
    ] {
        assert_eq!(needs(port, security, malformed), expected, "{port:?} {security:?} {malformed:?}");
    }
    let dead = Partial { log_on_first: Some(LogOnFirst::WithoutEffect), ..Partial::default() };
    let judged = by_default(&Outgoing::NoAuth(dead), None);
    assert_eq!((judged.rule, judged.needs.log_on_first_off), (Rule::NoAuthentication, false));
    assert_eq!(judged.notes, [Note::LogOnFirstWithoutEffect]);
}

fn subject<'a>(outgoing: &'a Outgoing, addresses: &'a [String]) -> Subject<'a> {
    Subject { outgoing, incoming: None, addresses, may_be_oauth: false, can: Can::default() }
}

fn policies(claim: Claim, sending: Vec<Setting>) -> Policies {
    let policy = Policy {
        id: "example".to_owned(),
        claims: vec![claim],
        sending: Some(sending),
        origin: crate::policy::Origin::Given,
        ..Policy::standard()
    };
    Policies { list: vec![policy], ..Policies::standard() }
}

/// A user who tells the rest may leave out the server's name: it matters only where a policy names one.
#[test]
fn a_server_without_a_name_is_judged_by_the_rest() {
    let smtp = |port| {
        Outgoing::Smtp(Smtp {
            host: String::new(),
            port: Port::Stored(port),
            security: Security::StartTls,
            auth: Auth::Password,
            credentials: None,
            log_on_first: LogOnFirst::Off,
        })
    };
    assert_eq!(by_default(&smtp(587), None).verdict, Verdict::SmtpAuth);
    let judged = by_default(&smtp(25), None);
    assert_eq!((judged.deviations, judged.needs.host), (vec![Deviation::Port], None));
    assert_eq!(smtp(25).seen().and_then(|seen| seen.host), None);
    let domain = crate::policy::Pattern::new("example.jp").unwrap();
    let claim = Claim { domain: vec![domain], names_domain: true, ..Claim::default() };
    let setting = Setting { host: vec!["mail.example.jp".to_owned()], port: vec![587], ..Setting::default() };
    let addresses = ["taro@example.jp".to_owned()];
    let policies = policies(claim, vec![setting]);
    assert_eq!(classify(&subject(&smtp(587), &addresses), &policies, Date::MIN).verdict, Verdict::Unreadable);
    assert_eq!(
        classify(&subject(&smtp(25), &addresses), &policies, Date::MIN).verdict,
        Verdict::SmtpAuthOffPolicy
    );
}

#[test]
fn the_own_computer_is_recognised_in_every_spelling() {
    for host in [
        "localhost",
        "LOCALHOST.",
        "127.0.0.1",
        "127.8.9.1",
        "::1",
        "[::1]",
        "localhost.localdomain",
        "::ffff:127.0.0.1",
        "0:0:0:0:0:0:0:1",
        "127.1",
        "localhost:10025",
        "127.0.0.1:25",
        "127.0.1",
        "ip6-localhost",
        "IP6-Loopback",
        "localhost6.localdomain6",
        "0.0.0.0",
        "0",
        "::",
        "[::]:25",
        "0x7f.1",
        "0x7F000001",
        "0177.0.0.1",
        "2130706433",
        "::ffff:0.0.0.0",
        "[::1]:25",
    ] {
        assert!(is_loopback(host), "{host}");
    }
    for host in [
        "mail.example.jp",
        "127.example.jp",
        "192.168.0.1",
        "localhost.example.jp",
        "",
        "0x7f.1.example.jp",
        "0.0.0.1",
        "127.0.0.256",
        "1.2.3.4.5",
        "0x",
        "+127.1",
        "25",
    ] {
        assert!(!is_loopback(host), "{host}");
    }
}

#[test]
fn a_relay_that_the_policy_names_is_judged_like_any_server() {
    let claim = |text| Claim { outgoing: vec![HostPattern::new(text).unwrap()], ..Claim::default() };
    let setting = Setting { port: vec![587], ..Setting::default() };
    let relay = Outgoing::Smtp(Smtp {
        host: "localhost".to_owned(),
        port: Port::Stored(587),
        security: Security::Plain,
        auth: Auth::Password,
        credentials: None,
        log_on_first: LogOnFirst::Off,
    });
    let verdict = |pattern| {
        let policies = policies(claim(pattern), vec![setting.clone()]);
        classify(&subject(&relay, &[]), &policies, Date::MIN).verdict
    };
    assert_eq!(verdict("localhost"), Verdict::SmtpAuth);
    assert_eq!(verdict("*"), Verdict::Unreadable, "any server is not this one");
}

#[test]
fn imap_without_authentication_is_said_to_go_by_address() {
    let outgoing = smtp(Auth::None, LogOnFirst::Off, Port::Default(25), Security::Plain);
    let imap = by_default(&outgoing, Some(Protocol::Imap));
    assert_eq!(imap.verdict, Verdict::NoSmtpAuth);
    assert!(imap.notes.contains(&Note::ImapIncoming));
    assert!(!by_default(&outgoing, Some(Protocol::Pop3)).notes.contains(&Note::ImapIncoming));
}

#[test]
fn only_what_an_account_needs_is_asked_for() {
    let of = |auth, first, port, security| {
        let needs = by_default(&smtp(auth, first, port, security), None).needs;
        (needs.authenticate, needs.log_on_first_off, needs.port, needs.security)
    };
    let (off, on) = (LogOnFirst::Off, LogOnFirst::On);
    assert_eq!(of(Auth::None, on, Port::Default(25), Security::Plain), (true, true, Some(587), None));
    assert_eq!(of(Auth::None, off, Port::Stored(587), Security::Plain), (true, false, None, None));
    assert_eq!(of(Auth::None, off, Port::Stored(465), Security::Tls), (true, false, None, None));
    assert_eq!(of(Auth::Password, off, Port::Stored(25), Security::Plain), (false, false, Some(587), None));
    assert_eq!(
        of(Auth::Password, off, Port::Stored(25), Security::Tls),
        (false, false, Some(587), Some(Security::StartTls))
    );
    assert_eq!(
        of(Auth::Password, off, Port::Stored(587), Security::Tls),
        (false, false, None, Some(Security::StartTls))
    );
    assert_eq!(
        of(Auth::Password, off, Port::Stored(465), Security::Plain),
        (false, false, None, Some(Security::Tls))
    );
    assert_eq!(of(Auth::Password, on, Port::Stored(587), Security::StartTls), (false, false, None, None));
    assert_eq!(of(Auth::None, off, Port::Automatic, Security::Plain), (true, false, None, None));
}

#[test]
fn notes_follow_from_the_settings() {
    let notes = |auth, first, port, security| {
        let judged = by_default(&smtp(auth, first, port, security), Some(Protocol::Pop3));
        judged.notes.iter().map(Note::code).collect::<Vec<_>>().join(" ")
    };
    let (off, on, dead) = (LogOnFirst::Off, LogOnFirst::On, LogOnFirst::WithoutEffect);
    assert_eq!(notes(Auth::None, off, Port::Stored(25), Security::Plain), "");
    assert_eq!(notes(Auth::None, on, Port::Default(25), Security::Plain), "port-default");
    assert_eq!(notes(Auth::None, dead, Port::Stored(25), Security::Tls), "log-on-first-without-effect");
    assert_eq!(notes(Auth::Password, off, Port::Stored(587), Security::Plain), "auth-without-tls");
    assert_eq!(notes(Auth::Password, on, Port::Stored(587), Security::StartTls), "log-on-first-too");
    assert_eq!(notes(Auth::Spa, off, Port::Stored(587), Security::StartTls), "spa");
    assert_eq!(notes(Auth::Password, off, Port::Automatic, Security::Tls), "port-automatic");
    assert_eq!(notes(Auth::OAuth2, off, Port::Stored(587), Security::StartTls), "");
}
