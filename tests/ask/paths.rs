//! Every way through each dialogue, in both languages.

use super::{finding, subject, talk_to_the_end};
use smtp_auth_audit::clients::DIALOGUES;
use smtp_auth_audit::clients::dialogue::any;
use smtp_auth_audit::clients::dialogue::question::{Answers, Topic};
use smtp_auth_audit::model::{Action, Confidence, Lang, Verdict};

/// (client, what is typed, verdict): as the notices say, and the rules of the contract for port and encryption.
#[rustfmt::skip]
const PATHS: &[(&str, &str, Verdict)] = &[
    // address, POP/IMAP/neither, server, user name and password, SSL, port
    ("ios-mail", ". 1 . n", Verdict::NoSmtpAuth),
    ("ios-mail", "taro@example.jp 1 mail.example.jp n", Verdict::NoSmtpAuth),
    ("ios-mail", ". 2 . n", Verdict::NoSmtpAuth),
    ("ios-mail", ". 3", Verdict::Managed),
    ("ios-mail", ". 1 . y y 587", Verdict::SmtpAuth),
    ("ios-mail", ". 1 . y n 587", Verdict::SmtpAuth),
    ("ios-mail", ". 1 . y y 465", Verdict::SmtpAuth),
    ("ios-mail", ". 1 . y y 0", Verdict::SmtpAuth),
    ("ios-mail", ". 1 . y n 465", Verdict::SmtpAuthOffPolicy),
    ("ios-mail", ". 1 . y n 25", Verdict::SmtpAuthOffPolicy),
    ("ios-mail", ". ? ? . y y 587", Verdict::SmtpAuth),
    ("ios-mail", ". 1 . ? ?", Verdict::Unreadable),
    ("ios-mail", ". 1 . y y ? ?", Verdict::Unreadable),
    ("ios-mail", ". 1 . y ? ? 587", Verdict::Unreadable),
    ("ios-mail", ". 1 ? ? ? n", Verdict::NoSmtpAuth),
    // a relay on the phone itself is none that these questions can see through
    ("ios-mail", ". 1 localhost", Verdict::Unreadable),
    // address, POP/IMAP/neither, login required, server, port, encryption
    ("android-mail", ". 1 n .", Verdict::NoSmtpAuth),
    ("android-mail", ". 2 n mail.example.jp", Verdict::NoSmtpAuth),
    ("android-mail", ". 3", Verdict::Managed),
    ("android-mail", ". 1 y . 587 1", Verdict::SmtpAuth),
    ("android-mail", ". 1 y . 587 3", Verdict::SmtpAuth),
    ("android-mail", ". 1 y . 465 2", Verdict::SmtpAuth),
    ("android-mail", ". 1 y . 587 2", Verdict::SmtpAuthOffPolicy),
    ("android-mail", ". 1 y . 465 3", Verdict::SmtpAuthOffPolicy),
    ("android-mail", ". 1 y . 25 1", Verdict::SmtpAuthOffPolicy),
    ("android-mail", ". 1 ? ?", Verdict::Unreadable),
    ("android-mail", ". 1 y . ? ? 1", Verdict::Unreadable),
    // address, POP/IMAP/neither, server, box, number behind the server, SSL
    ("windows-10-mail", ". 1 . n", Verdict::NoSmtpAuth),
    ("windows-10-mail", ". 2 mail.example.jp n", Verdict::NoSmtpAuth),
    ("windows-10-mail", ". 3", Verdict::Managed),
    ("windows-10-mail", ". 1 . y 0 n", Verdict::SmtpAuth),
    ("windows-10-mail", ". 1 . y 587 y", Verdict::SmtpAuth),
    ("windows-10-mail", ". 1 . y 465 y", Verdict::SmtpAuth),
    ("windows-10-mail", ". 1 . y 25 n", Verdict::SmtpAuthOffPolicy),
    ("windows-10-mail", ". 1 . ? ?", Verdict::Unreadable),
    // address, POP/IMAP/service, user name and password, server, port, encryption
    ("outlook-new", ". 1 n .", Verdict::NoSmtpAuth),
    ("outlook-new", ". 3", Verdict::Managed),
    ("outlook-new", ". 2 y smtp.example.jp 587 2", Verdict::SmtpAuth),
    ("outlook-new", ". 1 y . 465 3", Verdict::SmtpAuth),
    ("outlook-new", ". 1 y . 25 1", Verdict::SmtpAuthOffPolicy),
    ("outlook-new", ". 1 y . 587 ? ?", Verdict::Unreadable),
    // address, POP/IMAP/other, the tab, server, port, encryption
    ("outlook", ". 1 1 .", Verdict::NoSmtpAuth),
    ("outlook", ". 1 4 .", Verdict::PopBeforeSmtp),
    ("outlook", ". 1 2 . 587 1", Verdict::SmtpAuth),
    ("outlook", ". 1 3 . 587 4", Verdict::SmtpAuth),
    ("outlook", ". 1 3 . 587 2", Verdict::SmtpAuth),
    ("outlook", ". 1 2 . 587 3", Verdict::SmtpAuthOffPolicy),
    ("outlook", ". 2 2 . 25 1", Verdict::SmtpAuthOffPolicy),
    ("outlook", ". 2 5 . 587 3", Verdict::SmtpAuthOffPolicy),
    ("outlook", ". 2 5 . 587 4", Verdict::SmtpAuth),
    ("outlook", ". 3", Verdict::Managed),
    ("outlook", ". 1 ? ?", Verdict::Unreadable),
    // any client: address, POP/IMAP/service, POP before SMTP, authentication, server, port, encryption
    ("sylpheed", ". 1 y n .", Verdict::PopBeforeSmtp),
    ("sylpheed", ". 1 n n .", Verdict::NoSmtpAuth),
    ("sylpheed", ". 1 ? ? n .", Verdict::NoSmtpAuth),
    ("sylpheed", ". 2 n .", Verdict::NoSmtpAuth),
    ("sylpheed", ". 1 y y . 587 1", Verdict::SmtpAuth),
    ("sylpheed", ". 1 n y . 587 2", Verdict::SmtpAuth),
    ("sylpheed", ". 1 n y . 465 3", Verdict::SmtpAuth),
    ("sylpheed", ". 1 n y . 587 4", Verdict::SmtpAuth),
    ("sylpheed", ". 1 n y . 25 1", Verdict::SmtpAuthOffPolicy),
    ("sylpheed", ". 3", Verdict::Managed),
    ("sylpheed", ". 1 n ? ?", Verdict::Unreadable),
    // address, POP3/IMAP4/none, POP before SMTP, SMTP認証, server, port, SMTPS
    ("becky", ". 1 y n .", Verdict::PopBeforeSmtp),
    ("becky", ". 1 n n mail.example.jp", Verdict::NoSmtpAuth),
    ("becky", ". 1 ? ? n .", Verdict::NoSmtpAuth),
    ("becky", ". 2 n .", Verdict::NoSmtpAuth),
    ("becky", ". 1 y y . 587 1", Verdict::SmtpAuth),
    ("becky", ". 1 n y . 587 3", Verdict::SmtpAuth),
    ("becky", ". 1 n y . 465 2", Verdict::SmtpAuth),
    ("becky", ". 1 n y . 587 2", Verdict::SmtpAuthOffPolicy),
    ("becky", ". 1 n y . 25 1", Verdict::SmtpAuthOffPolicy),
    ("becky", ". 3", Verdict::Managed),
    ("becky", ". 1 n ? ?", Verdict::Unreadable),
    ("becky", ". 1 y n 127.0.0.1", Verdict::Unreadable),
    ("becky", ". 1 n y localhost", Verdict::Unreadable),
    // address, POP3/IMAP/neither, このサーバーは認証が必要, server, port, SSL
    ("outlook-express", ". 1 n .", Verdict::NoSmtpAuth),
    ("outlook-express", ". 2 n mail.example.jp", Verdict::NoSmtpAuth),
    ("outlook-express", ". 3", Verdict::Managed),
    ("outlook-express", ". 1 y . 587 n", Verdict::SmtpAuth),
    ("outlook-express", ". 1 y . 587 y", Verdict::SmtpAuth),
    ("outlook-express", ". 1 y . 465 y", Verdict::SmtpAuth),
    ("outlook-express", ". 1 y . 465 n", Verdict::SmtpAuthOffPolicy),
    ("outlook-express", ". 1 y . 25 n", Verdict::SmtpAuthOffPolicy),
    ("outlook-express", ". 1 ? ?", Verdict::Unreadable),
    ("outlook-express", ". 1 y . ? ? n", Verdict::Unreadable),
    ("outlook-express", ". 1 n localhost", Verdict::Unreadable),
    // address, POP3/IMAP/neither, このサーバーは認証が必要, server, port, SSL
    ("windows-mail", ". 1 n .", Verdict::NoSmtpAuth),
    ("windows-mail", ". 2 n mail.example.jp", Verdict::NoSmtpAuth),
    ("windows-mail", ". 3", Verdict::Managed),
    ("windows-mail", ". 1 y . 587 n", Verdict::SmtpAuth),
    ("windows-mail", ". 1 y . 587 y", Verdict::SmtpAuth),
    ("windows-mail", ". 1 y . 465 y", Verdict::SmtpAuth),
    ("windows-mail", ". 1 y . 465 n", Verdict::SmtpAuthOffPolicy),
    ("windows-mail", ". 1 y . 25 n", Verdict::SmtpAuthOffPolicy),
    ("windows-mail", ". 1 ? ?", Verdict::Unreadable),
    ("windows-mail", ". 1 y . ? ? n", Verdict::Unreadable),
    ("windows-mail", ". 1 n localhost", Verdict::Unreadable),
    // address, POP3/IMAP/neither, このサーバーは認証が必要, server, port, SSL
    ("windows-live-mail", ". 1 n .", Verdict::NoSmtpAuth),
    ("windows-live-mail", ". 2 n mail.example.jp", Verdict::NoSmtpAuth),
    ("windows-live-mail", ". 3", Verdict::Managed),
    ("windows-live-mail", ". 1 y . 587 n", Verdict::SmtpAuth),
    ("windows-live-mail", ". 1 y . 587 y", Verdict::SmtpAuth),
    ("windows-live-mail", ". 1 y . 465 y", Verdict::SmtpAuth),
    ("windows-live-mail", ". 1 y . 465 n", Verdict::SmtpAuthOffPolicy),
    ("windows-live-mail", ". 1 y . 25 n", Verdict::SmtpAuthOffPolicy),
    ("windows-live-mail", ". 1 ? ?", Verdict::Unreadable),
    ("windows-live-mail", ". 1 y . ? ? n", Verdict::Unreadable),
    ("windows-live-mail", ". 1 n localhost", Verdict::Unreadable),
    // address, POP/IMAP/neither, server, 認証方式, port, 接続の保護
    ("thunderbird", ". 1 . 1", Verdict::NoSmtpAuth),
    ("thunderbird", ". 2 mail.example.jp 1", Verdict::NoSmtpAuth),
    ("thunderbird", ". 3", Verdict::Managed),
    ("thunderbird", ". 1 . 2 587 1", Verdict::SmtpAuth),
    ("thunderbird", ". 1 . 2 587 2", Verdict::SmtpAuth),
    ("thunderbird", ". 1 . 3 465 3", Verdict::SmtpAuth),
    ("thunderbird", ". 1 . 4 587 2", Verdict::SmtpAuth),
    ("thunderbird", ". 1 . 5 587 2", Verdict::SmtpAuth),
    ("thunderbird", ". 1 . 6 587 2", Verdict::SmtpAuth),
    ("thunderbird", ". 1 . 7 587 2", Verdict::SmtpAuth),
    ("thunderbird", ". 1 . 2 587 3", Verdict::SmtpAuthOffPolicy),
    ("thunderbird", ". 1 . 2 25 1", Verdict::SmtpAuthOffPolicy),
    ("thunderbird", ". 1 . ? ?", Verdict::Unreadable),
    ("thunderbird", ". 1 . 2 587 ? ?", Verdict::Unreadable),
    ("thunderbird", ". 1 127.0.0.1", Verdict::Unreadable),
    // address, POP/IMAP/service, server, user name, password and 認証, TLS/SSL, port
    ("apple-mail", ". 1 . n", Verdict::NoSmtpAuth),
    ("apple-mail", ". 2 mail.example.jp n", Verdict::NoSmtpAuth),
    ("apple-mail", ". 3", Verdict::Managed),
    ("apple-mail", ". 1 . y y 587", Verdict::SmtpAuth),
    ("apple-mail", ". 1 . y y 465", Verdict::SmtpAuth),
    ("apple-mail", ". 1 . y y 0", Verdict::SmtpAuth),
    ("apple-mail", ". 1 . y n 587", Verdict::SmtpAuth),
    ("apple-mail", ". 1 . y n 465", Verdict::SmtpAuthOffPolicy),
    ("apple-mail", ". 1 . y y 25", Verdict::SmtpAuthOffPolicy),
    ("apple-mail", ". 1 . ? ?", Verdict::Unreadable),
    ("apple-mail", ". 1 . y y ? ?", Verdict::Unreadable),
    // name, place, address, receives, authentication, server, port, encryption
    ("device", "FileMaker 3 . 1 1 .", Verdict::NoSmtpAuth),
    ("device", ". 1 scan@example.jp 2 1 mail.example.jp", Verdict::NoSmtpAuth),
    ("device", ". 1 . 1 3 .", Verdict::PopBeforeSmtp),
    ("device", ". 1 . ? ? 3 .", Verdict::PopBeforeSmtp),
    ("device", ". 2 . 1 2 . 587 1", Verdict::SmtpAuth),
    ("device", ". 4 . 3 2 . 587 2", Verdict::SmtpAuth),
    ("device", ". 1 . 1 2 . 465 3", Verdict::SmtpAuth),
    ("device", ". ? ? . 1 2 . 587 4", Verdict::SmtpAuth),
    ("device", ". 1 . 1 2 . 25 1", Verdict::SmtpAuthOffPolicy),
    ("device", ". 1 . 4", Verdict::Managed),
    ("device", ". 1 . 1 ? ?", Verdict::Unreadable),
    ("device", ". 1 . 1 2 . ? ? 1", Verdict::Unreadable),
    // the same, but POP before SMTP leaves no room for authentication
    ("qmail3", ". 1 y .", Verdict::PopBeforeSmtp),
    ("qmail3", ". 1 n n .", Verdict::NoSmtpAuth),
    ("qmail3", ". 1 n y . 587 1", Verdict::SmtpAuth),
    ("qmail3", ". 2 n .", Verdict::NoSmtpAuth),
    ("qmail3", ". 3", Verdict::Managed),
    ("qmail3", ". 1 n y . 587 2", Verdict::SmtpAuth),
    ("qmail3", ". 1 n y . 465 3", Verdict::SmtpAuth),
    ("qmail3", ". 1 n y . 587 4", Verdict::SmtpAuth),
    // the way back changes what was answered
    ("becky", ". 1 y back n n .", Verdict::NoSmtpAuth),
    ("ios-mail", ". 1 . y y back back n", Verdict::NoSmtpAuth),
    ("android-mail", ". 1 n back y . 587 1", Verdict::SmtpAuth),
    ("android-mail", ". 1 ? back 2 n .", Verdict::NoSmtpAuth),
];

/// The same lines as a Japanese keyboard gives them.
fn in_japanese(lines: &str) -> String {
    let word = |word: &str| match word {
        "y" => "はい".to_owned(),
        "n" => "ｎ".to_owned(),
        "?" => "？".to_owned(),
        "back" => "戻る".to_owned(),
        word if word.bytes().all(|byte| byte.is_ascii_digit()) => {
            word.bytes().map(|byte| char::from_u32(u32::from(byte) - 0x30 + 0xFF10).unwrap()).collect()
        }
        word => word.to_owned(),
    };
    lines.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_path_gives_its_verdict() {
    for (id, lines, verdict) in PATHS {
        let subject = subject(id);
        for (lang, lines) in [(Lang::En, (*lines).to_owned()), (Lang::Ja, in_japanese(lines))] {
            let finding = finding(&subject, &talk_to_the_end(&subject, &lines), lang);
            assert_eq!(finding.verdict, *verdict, "{id}: {lines}");
            assert_eq!(finding.account.confidence, Confidence::Answered);
            let place = if lang == Lang::Ja { "利用者の回答" } else { "answered by the user" };
            assert!(finding.account.evidence.iter().all(|evidence| evidence.place == place.into()));
            let expected = match verdict {
                Verdict::Unreadable => Action::CheckByHand,
                Verdict::SmtpAuth | Verdict::Managed | Verdict::NoOutgoingServer => Action::None,
                _ => Action::Change,
            };
            assert_eq!(finding.action, expected, "{id}: {lines}");
            assert_eq!(finding.steps.is_empty(), expected == Action::None, "{id}: {lines}");
        }
    }
}

/// Every answer of every question is on some path above.
#[test]
fn no_answer_is_left_untried() {
    for dialogue in DIALOGUES.iter().chain([&&any::DIALOGUE]) {
        let id = if dialogue.client.is_empty() { "sylpheed" } else { dialogue.client };
        let subject = subject(id);
        let mut tried: Vec<(Topic, String)> = Vec::new();
        for (_, lines, _) in PATHS.iter().filter(|(client, ..)| *client == id) {
            let talk = talk_to_the_end(&subject, lines);
            tried.extend(talk.given().iter().filter_map(|given| {
                given.shown.as_ref().map(|shown| (given.question.topic, shown.en.to_string()))
            }));
        }
        let is_tried = |topic, shown: &str| tried.iter().any(|(t, s)| *t == topic && s == shown);
        for question in dialogue.questions {
            match &question.kind {
                Answers::YesNo { .. } => {
                    for word in ["yes", "no"] {
                        assert!(is_tried(question.topic, word), "{id}: {:?} {word}", question.topic);
                    }
                }
                Answers::Choice(choices) => {
                    for choice in *choices {
                        assert!(is_tried(question.topic, &choice.label.en), "{id}: {}", choice.label.en);
                    }
                }
                Answers::Port { .. } | Answers::Host | Answers::Address | Answers::Label => {}
            }
        }
    }
}
