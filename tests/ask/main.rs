//! The dialogues: every way through each of them, in both languages, with the verdict that the notices give.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod device;
mod earlier;
mod files;
mod paths;
mod steps;
mod words;

use smtp_auth_audit::ask::talk::{Heard, Talk};
use smtp_auth_audit::ask::{Manner, Subject};
use smtp_auth_audit::clients::{CLIENTS, Client};
use smtp_auth_audit::model::{Finding, Lang};
use smtp_auth_audit::scan::Rules;

fn client(id: &str) -> &'static Client {
    CLIENTS.iter().find(|client| client.id == id).unwrap()
}

fn subject(id: &str) -> Subject {
    Subject { client: client(id), earlier: None, computer: None }
}

fn finding(subject: &Subject, talk: &Talk, lang: Lang) -> Finding {
    let manner = Manner { lang, rules: Rules::standard() };
    let mut report = subject.report(talk, &manner);
    assert_eq!((report.findings.len(), report.issues.len()), (1, 0));
    report.findings.remove(0)
}

/// Types the lines of one row, parted by blanks; `.` is the Enter key alone.
fn talk_to_the_end(subject: &Subject, lines: &str) -> Talk {
    let mut talk = subject.talk();
    for line in lines.split(' ') {
        assert!(talk.question().is_some(), "{}: {lines}: ended before {line}", subject.client.id);
        let heard;
        (talk, heard) = talk.hear(if line == "." { "" } else { line });
        assert_ne!(heard, Heard::NotUnderstood, "{}: {lines}: {line}", subject.client.id);
    }
    assert!(talk.question().is_none(), "{}: {lines}: not at its end", subject.client.id);
    talk
}

#[test]
fn a_question_is_explained_once_and_then_given_up() {
    let talk = subject("becky").talk();
    let (talk, heard) = talk.hear("back");
    assert_eq!((heard, talk.number()), (Heard::First, 1));
    let (talk, heard) = talk.hear("KANARIA-9d41-secret");
    assert_eq!((heard, talk.number()), (Heard::NotUnderstood, 1));
    let (talk, heard) = talk.hear("");
    assert_eq!((heard, talk.number()), (Heard::Fine, 2));
    let (talk, heard) = talk.hear("？");
    assert_eq!((heard, talk.number()), (Heard::Explain, 2));
    let (talk, heard) = talk.hear("what?");
    assert_eq!((heard, talk.number()), (Heard::NotUnderstood, 2));
    let (talk, heard) = talk.hear("分からない");
    assert_eq!((heard, talk.number()), (Heard::Fine, 3));
    assert!(!format!("{talk:?}").contains("KANARIA"), "what is not understood is not kept");
}

#[test]
fn what_the_user_could_not_tell_is_the_reason() {
    let subject = subject("android-mail");
    let finding = finding(&subject, &talk_to_the_end(&subject, ". 1 y . ? ? ? ?"), Lang::Ja);
    let smtp_auth_audit::model::Outgoing::Unclear(seen, why) = &finding.account.outgoing else {
        panic!("{:?}", finding.account.outgoing)
    };
    assert!(seen.auth.is_some() && seen.port.is_none());
    assert!(why.ja.ends_with("ポート, セキュリティの種類"), "{}", why.ja);
    assert!(why.en.ends_with("Port, Security type"), "{}", why.en);
}

/// The same account, answered again, keeps its id; another one has another.
#[test]
fn the_id_follows_the_address() {
    let subject = subject("ios-mail");
    let id_of = |subject: &Subject, lines| finding(subject, &talk_to_the_end(subject, lines), Lang::En).id;
    let id = |lines| id_of(&subject, lines);
    assert_eq!(id("taro@example.jp 1 . n"), id("Taro@Example.jp 3"));
    assert_ne!(id("taro@example.jp 1 . n"), id("hanako@example.jp 1 . n"));
    // Nothing tells whose answers these are: they are two, until a computer is named.
    let mut nobody = subject;
    assert_ne!(id_of(&nobody, ". 1 . n"), id_of(&nobody, ". 1 . n"));
    nobody.computer = Some("PC-1".to_owned());
    assert_eq!(id_of(&nobody, ". 1 . n"), id_of(&nobody, ". 3"));
}
