//! What an account may be, judged together.

use super::*;
use crate::model::Partial;
use crate::model::Text;
use crate::model::{Deviation, LogOnFirst, Needs, Note, Port, Rule, Security, Verdict};

fn smtp(auth: Auth, port: Port, security: Security) -> Outgoing {
    let host = "mail.example.jp".to_owned();
    Outgoing::Smtp(Smtp { host, port, security, auth, credentials: None, log_on_first: LogOnFirst::Off })
}

fn judged(list: &[Outgoing]) -> Judgement {
    let possible = |(number, outgoing): (usize, &Outgoing)| Possible {
        when: Text::new(format!("場合{number}"), format!("case {number}")),
        outgoing: outgoing.clone(),
    };
    let list = list.iter().enumerate().map(possible).collect();
    by_default(&Outgoing::OneOf(list), Some(Protocol::Pop3))
}

fn codes(judged: &Judgement) -> Vec<&'static str> {
    judged.notes.iter().map(Note::code).collect()
}

#[test]
fn verdicts_that_differ_are_both_named_and_none_holds() {
    let on = smtp(Auth::Password, Port::Stored(587), Security::Plain);
    let off = smtp(Auth::None, Port::Stored(587), Security::Plain);
    let found = judged(&[on.clone(), off.clone(), on.clone()]);
    assert_eq!((found.verdict, found.rule), (Verdict::Unreadable, Rule::Unclear));
    assert_eq!(codes(&found), ["undecided"]);
    let text = found.notes[0].text();
    assert!(text.en.ends_with("case 0, or case 2: \"SMTP-AUTH: ok\"; case 1: \"no SMTP-AUTH: to change\"."));
    assert!(text.ja.contains("場合0、または 場合2なら「SMTP認証あり（変更不要）」、場合1なら"));
    assert_eq!(found.needs.host.as_deref(), Some("mail.example.jp"));
    // What decides by itself in each case, decides here in none.
    let relay = Outgoing::NoAuth(Partial { host: Some("localhost".to_owned()), ..Partial::default() });
    let found = judged(&[relay, Outgoing::Unclear(Partial::default(), Text::fixed("", ""))]);
    assert_eq!((found.verdict, found.rule), (Verdict::Unreadable, Rule::Unclear));
}

#[test]
fn a_verdict_that_all_share_holds_with_what_any_asks_for() {
    let with = |port, security| smtp(Auth::Password, port, security);
    let ok =
        judged(&[with(Port::Stored(587), Security::Plain), with(Port::Default(587), Security::StartTls)]);
    assert_eq!((ok.verdict, &ok.needs, codes(&ok)), (Verdict::SmtpAuth, &Needs::default(), vec![]));
    let off = judged(&[
        smtp(Auth::None, Port::Default(25), Security::Plain),
        smtp(Auth::None, Port::Default(587), Security::Plain),
    ]);
    assert_eq!((off.verdict, off.needs.authenticate), (Verdict::NoSmtpAuth, true));
    assert_eq!(off.needs.port, Some(587));
    // Each alone asks for one of the two: together they ask for what is right in both.
    let both = judged(&[
        with(Port::Stored(25), Security::Plain),
        with(Port::Stored(465), Security::Plain),
        with(Port::Stored(25), Security::Tls),
    ]);
    assert_eq!(both.verdict, Verdict::SmtpAuthOffPolicy);
    assert_eq!(both.deviations, [Deviation::Port, Deviation::Tls]);
    assert_eq!((both.needs.port, both.needs.security), (Some(587), Some(Security::StartTls)));
    assert!(!both.needs.authenticate);
}

#[test]
fn no_more_are_judged_than_the_limit_says() {
    let all = |count: usize| {
        let one = |_| smtp(Auth::Password, Port::Stored(587), Security::StartTls);
        judged(&(0..count).map(one).collect::<Vec<_>>())
    };
    assert_eq!(all(16).verdict, Verdict::SmtpAuth);
    let found = all(17);
    assert_eq!((found.verdict, found.notes), (Verdict::Unreadable, vec![Note::TOO_UNDECIDED]));
    assert_eq!(judged(&[]).verdict, Verdict::Unreadable);
}
