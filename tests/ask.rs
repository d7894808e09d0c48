//! The dialogues: every way through each of them, in both languages, with the verdict that the notices give.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use smtp_auth_audit::ask::talk::{Heard, Talk};
use smtp_auth_audit::ask::{Manner, Subject, answers};
use smtp_auth_audit::classify::Policy;
use smtp_auth_audit::clients::dialogue::any;
use smtp_auth_audit::clients::dialogue::question::{Answers, Topic};
use smtp_auth_audit::clients::{CLIENTS, Client, outlook_new};
use smtp_auth_audit::clients::{DIALOGUES, dialogue_of};
use smtp_auth_audit::model::{Action, Confidence, Finding, Lang, Text, Verdict};
use smtp_auth_audit::report::v1::earlier;

/// The client's row; while there is none, one that stands for it.
fn client(id: &'static str) -> &'static Client {
    let known = CLIENTS.iter().find(|client| client.id == id);
    known.unwrap_or_else(|| Box::leak(Box::new(Client { id, ..outlook_new::CLIENT })))
}

fn subject(id: &'static str) -> Subject {
    Subject { client: client(id), earlier: None, computer: None }
}

fn finding(subject: &Subject, talk: &Talk, lang: Lang) -> Finding {
    let manner = Manner { lang, policy: Policy::standard(), no_steps: false };
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
    ("ios-mail", ". 1 localhost y y 587", Verdict::Unreadable),
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
    ("outlook", ". 3", Verdict::Managed),
    ("outlook", ". 1 ? ?", Verdict::Unreadable),
    // address, POP/IMAP/service, POP before SMTP, authentication, server, port, encryption
    ("becky", ". 1 y n .", Verdict::PopBeforeSmtp),
    ("becky", ". 1 n n .", Verdict::NoSmtpAuth),
    ("becky", ". 1 ? ? n .", Verdict::NoSmtpAuth),
    ("becky", ". 2 n .", Verdict::NoSmtpAuth),
    ("becky", ". 1 y y . 587 1", Verdict::SmtpAuth),
    ("becky", ". 1 n y . 587 2", Verdict::SmtpAuth),
    ("becky", ". 1 n y . 465 3", Verdict::SmtpAuth),
    ("becky", ". 1 n y . 587 4", Verdict::SmtpAuth),
    ("becky", ". 1 n y . 25 1", Verdict::SmtpAuthOffPolicy),
    ("becky", ". 3", Verdict::Managed),
    ("becky", ". 1 n ? ?", Verdict::Unreadable),
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
        let id = if dialogue.client.is_empty() { "becky" } else { dialogue.client };
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
                Answers::Port { .. } | Answers::Host | Answers::Address => {}
            }
        }
    }
}

/// The dialogues themselves: both languages, each topic once, authentication before what depends on it.
#[test]
fn dialogues_are_whole() {
    for dialogue in DIALOGUES.iter().chain([&&any::DIALOGUE]) {
        let topics: Vec<Topic> = dialogue.questions.iter().map(|question| question.topic).collect();
        let at = |topic| topics.iter().position(|known| *known == topic);
        for topic in Topic::ALL {
            assert!(topics.iter().filter(|known| **known == topic).count() <= 1, "{}", dialogue.client);
            assert!(topic == Topic::LogOnFirst || at(topic).is_some(), "{}: {topic:?}", dialogue.client);
        }
        assert!(at(Topic::Incoming) < at(Topic::Auth) && at(Topic::Auth) < at(Topic::Port));
        assert!(at(Topic::Auth) < at(Topic::Encryption) && at(Topic::LogOnFirst) < at(Topic::Auth));
        for question in dialogue.questions {
            let choices: Vec<&Text> = match &question.kind {
                Answers::Choice(choices) => choices.iter().map(|choice| &choice.label).collect(),
                _ => Vec::new(),
            };
            let texts = [&question.text, &question.label, &question.help];
            for text in texts.into_iter().chain(&question.screen).chain(choices) {
                let is_japanese = |text: &str| text.chars().any(|c| ('\u{3040}'..'\u{a000}').contains(&c));
                assert!(!text.en.is_empty() && !is_japanese(&text.en), "{}", text.en);
                assert!(text.ja == text.en || is_japanese(&text.ja) || text.ja.is_ascii(), "{}", text.ja);
            }
        }
    }
    assert!(dialogue_of("no-such-client").client.is_empty());
}

/// The words by which the notices name the decisive setting.
#[test]
fn the_notices_labels_stand_in_the_questions() {
    for (id, labels) in [
        ("ios-mail", &["送信メールサーバ", "SMTP", "ユーザ名", "パスワード", "サーバポート"][..]),
        ("android-mail", &["Gmail", "送信設定", "ログインが必要", "ポート"]),
        (
            "windows-10-mail",
            &["メールボックスの同期設定を変更", "メールボックスの詳細設定", "送信サーバーは認証が必要"],
        ),
        (
            "outlook",
            &["アカウント設定", "詳細設定(M)", "送信サーバー", "受信メール サーバーと同じ設定を使用する"],
        ),
    ] {
        let all: String = dialogue_of(id)
            .questions
            .iter()
            .flat_map(|question| question.screen.iter().chain([&question.text]))
            .map(|text| text.ja.to_string())
            .chain(dialogue_of(id).questions.iter().filter_map(|question| match &question.kind {
                Answers::Choice(choices) => Some(choices.iter().map(|c| c.label.ja.to_string()).collect()),
                _ => None,
            }))
            .collect();
        for label in labels {
            assert!(all.contains(label), "{id}: {label}");
        }
    }
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

#[test]
fn windows_10_mail_says_that_its_support_ended_whatever_the_verdict() {
    for lines in [". 1 . n", ". 1 . y 587 y", ". 3"] {
        let subject = subject("windows-10-mail");
        let finding = finding(&subject, &talk_to_the_end(&subject, lines), Lang::En);
        assert!(finding.notes.iter().any(|note| note.code() == "end-of-support"), "{lines}");
    }
}

#[test]
fn answers_from_a_file() {
    let by = |id, text: &str| {
        let subject = subject(id);
        answers::answer(subject.talk(), text).map(|talk| finding(&subject, &talk, Lang::En))
    };
    for (id, text, verdict) in [
        ("ios-mail", "incoming = pop3\nauth = n\n", Verdict::NoSmtpAuth),
        (
            "ios-mail",
            "# phone\n\naddress = taro@example.jp\nincoming=１\nauth=はい\nencryption = y\nport = 587",
            Verdict::SmtpAuth,
        ),
        (
            "android-mail",
            "incoming = imap\nauth = yes\nport = 25\nencryption = none\n",
            Verdict::SmtpAuthOffPolicy,
        ),
        ("outlook", "incoming = pop3\nauth = log-on-first\n", Verdict::PopBeforeSmtp),
        (
            "becky",
            "incoming = pop3\nlog-on-first = y\nauth = n\nserver = mail.example.jp\n",
            Verdict::PopBeforeSmtp,
        ),
        ("becky", "incoming = other\n", Verdict::Managed),
        ("becky", "incoming = ?\nlog-on-first = ?\nauth = ?\n", Verdict::Unreadable),
        // what is not asked for does no harm
        ("outlook-new", "incoming = pop3\nauth = n\nport = 25\nencryption = none\n", Verdict::NoSmtpAuth),
    ] {
        assert_eq!(by(id, text).unwrap().verdict, verdict, "{id}: {text}");
    }
    for (text, ja, en) in [
        ("", "incoming の答えがありません", "incoming is not answered"),
        ("incoming = pop3\nlog-on-first = n\n", "auth の答え", "auth is not answered"),
        ("incoming = pop3\nKANARIA-9d41-secret\n", "2 行目", "line 2"),
        ("KANARIA-9d41-secret = y\n", "1 行目のキー", "line 1 has an unknown key"),
        ("incoming = KANARIA-9d41-secret\n", "incoming の値", "the value of incoming"),
        ("incoming = back\n", "incoming の値", "the value of incoming"),
        ("incoming =\n", "incoming の値", "the value of incoming"),
        (
            "incoming = pop3\nserver = KANARIA-9d41-secret\nlog-on-first = n\nauth = n",
            "server の値",
            "the value of server",
        ),
        ("incoming = pop3\nincoming = imap\n", "2 行目: incoming", "line 2: incoming"),
    ] {
        let message = by("becky", text).unwrap_err().message();
        assert!(message.ja.contains(ja), "{text}: {}", message.ja);
        assert!(message.en.contains(en), "{text}: {}", message.en);
        assert!(!format!("{message:?}").contains("KANARIA"), "{message:?}");
    }
}

const REPORT: &str = r#"{"schema": "smtp-auth-audit/report/v1", "computer": "PC-0421", "findings": [
    {"id": "b7c1d2e3f4a59687", "user": "taro", "user_sid": "S-1-5-21-1-2-3-1001", "client": "outlook-new",
     "client_name": "Outlook (new)", "client_version": "1.2026", "client_installed": true, "in_use": "yes", "profile": "P",
     "source": "UserSettings.json", "account": "taro@example.jp", "addresses": ["taro@example.jp", "t@example.jp"],
     "default_account": true, "incoming": {"protocol": "pop3", "host": "pop.example.jp", "port": 110, "security": "plain"},
     "outgoing": {"host": "mail.example.jp"}, "verdict": "unreadable",
     "notes": [{"code": "end-of-support", "ja": "終了", "en": "ended"}, {"code": "port-default", "ja": "x", "en": "x"}]}]}"#;

/// What is known is taken over and not asked for again.
#[test]
fn an_earlier_finding_is_answered_under_its_id() {
    let report = earlier::read(REPORT).unwrap();
    let subject = Subject {
        client: client("outlook-new"),
        earlier: report.first().cloned(),
        computer: report.first().and_then(|finding| finding.computer.clone()),
    };
    let talk = talk_to_the_end(&subject, "n");
    let manner = Manner { lang: Lang::En, policy: Policy::standard(), no_steps: false };
    let report = subject.report(&talk, &manner);
    assert_eq!(report.computer.as_deref(), Some("PC-0421"));
    let finding = report.findings.first().unwrap();
    let account = &finding.account;
    assert_eq!((finding.id.as_str(), finding.user.as_deref()), ("b7c1d2e3f4a59687", Some("taro")));
    assert_eq!(finding.user_sid.as_deref(), Some("S-1-5-21-1-2-3-1001"));
    assert_eq!((account.name.as_str(), account.addresses.len()), ("taro@example.jp", 2));
    assert_eq!((account.profile.as_deref(), account.source.as_str()), (Some("P"), "UserSettings.json"));
    assert_eq!((account.client_version.as_deref(), account.default_account), (Some("1.2026"), Some(true)));
    assert_eq!(account.incoming.as_ref().unwrap().host.as_deref(), Some("pop.example.jp"));
    assert_eq!(account.outgoing.seen().unwrap().host.as_deref(), Some("mail.example.jp"));
    assert_eq!(finding.verdict, Verdict::NoSmtpAuth);
    let notes: Vec<&str> = finding.notes.iter().map(smtp_auth_audit::model::Note::code).collect();
    assert_eq!(notes, ["end-of-support"], "what the settings said before says nothing now");
}

/// Behind a relay on the computer itself stands the server that is asked for.
#[test]
fn the_host_of_a_relay_is_asked_for_again() {
    let text = REPORT.replace("\"mail.example.jp\"", "\"127.0.0.1\"");
    let earlier = earlier::read(&text).unwrap().remove(0);
    let subject = Subject { client: client("outlook-new"), earlier: Some(earlier), computer: None };
    let talk = talk_to_the_end(&subject, "y mail.example.jp 587 2");
    assert_eq!(finding(&subject, &talk, Lang::En).verdict, Verdict::SmtpAuth);
}

/// Where no report tells the edition, the steps are those of the current one.
#[test]
fn the_steps_are_those_of_the_current_edition() {
    for dialogue in DIALOGUES.iter().filter(|dialogue| dialogue.edition.is_some()) {
        let subject = subject(dialogue.client);
        let known: Vec<&str> = subject.client.editions.iter().map(|edition| edition.id).collect();
        assert!(known.contains(&dialogue.edition.unwrap()), "{}: {known:?}", dialogue.client);
        let finding = finding(&subject, &talk_to_the_end(&subject, ". 3"), Lang::En);
        assert_eq!(finding.account.edition, dialogue.edition.unwrap());
    }
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
