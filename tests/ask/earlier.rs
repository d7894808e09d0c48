//! A finding of an earlier report is answered; behind a relay the questions and the steps are about that one.

use super::{client, finding, talk_to_the_end};
use smtp_auth_audit::ask::{Manner, Subject};
use smtp_auth_audit::model::{Lang, Verdict};
use smtp_auth_audit::report::v1::earlier;
use smtp_auth_audit::scan::Rules;

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
    let manner = Manner { lang: Lang::En, rules: Rules::standard() };
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
    assert_eq!(
        notes,
        ["end-of-support", "incoming-in-clear"],
        "what the settings said before says nothing now"
    );
}

/// The report tells the dialogs; those that this version does not know are the usual ones.
#[test]
fn the_steps_are_for_the_dialogs_of_the_report() {
    for (told, expected) in [
        ("outlook-2003", "outlook-2003"),
        ("outlook-2016", "outlook-2016"),
        ("outlook-2016-365", "outlook-2016-365"),
        ("outlook-3000", "outlook-2016-365"),
    ] {
        let text = REPORT.replace("\"outlook-new\"", &format!("\"outlook\", \"edition\": \"{told}\""));
        let earlier = earlier::read(&text).unwrap().remove(0);
        let subject = Subject { client: client("outlook"), earlier: Some(earlier), computer: None };
        let found = finding(&subject, &talk_to_the_end(&subject, "1"), Lang::En);
        assert_eq!((found.account.edition, found.verdict), (expected, Verdict::NoSmtpAuth), "{told}");
    }
}

/// The earlier finding with another client, server and note.
fn relayed(id: &str, host: &str, note: &str) -> Subject {
    let text = REPORT.replace("outlook-new", id).replace("mail.example.jp", host);
    let earlier = earlier::read(&text.replace("end-of-support", note)).unwrap().remove(0);
    Subject { client: client(id), earlier: Some(earlier), computer: None }
}

/// What is asked and said is about the relay: to change the client's own server would cut it off from its virus scanner.
#[test]
fn behind_a_relay_the_relay_is_asked_about_and_changed() {
    for (id, host, note, code) in [
        ("becky", "127.0.0.1", "x", "local-proxy"),
        ("becky", "localhost", "x", "local-proxy"),
        ("thunderbird", "::1", "x", "local-proxy"),
        ("outlook-new", "127.0.0.1", "x", "local-proxy"),
        // the answer of before, with the server that stands behind it
        ("becky", "mail.example.jp", "local-proxy", "local-proxy"),
        ("evolution", "mail.example.jp", "external-program", "external-program"),
    ] {
        let subject = relayed(id, host, note);
        let server = if host == "mail.example.jp" { "" } else { " mail.example.jp" };
        for (lines, verdict) in [
            (format!("y n{server}"), Verdict::PopBeforeSmtp),
            (format!("n n{server}"), Verdict::NoSmtpAuth),
            (format!("n y{server} 587 2"), Verdict::SmtpAuth),
            (format!("n y{server} 25 1"), Verdict::SmtpAuthOffPolicy),
            ("n ? ?".to_owned(), Verdict::Unreadable),
        ] {
            for lang in [Lang::En, Lang::Ja] {
                let found = finding(&subject, &talk_to_the_end(&subject, &lines), lang);
                assert_eq!(found.verdict, verdict, "{id} {host}: {lines}");
                let notes = found.notes.iter().filter(|note| note.code() == code).count();
                assert_eq!((notes, found.account.edition), (1, "relay"), "{id} {host}: {lines}");
                if verdict == Verdict::SmtpAuth {
                    assert!(found.steps.is_empty());
                    continue;
                }
                let steps: Vec<(&str, &str)> =
                    found.steps.iter().map(|step| (&*step.ja, &*step.en)).collect();
                let [look, change, leave] = steps[..] else { panic!("{id} {host}: {steps:?}") };
                assert!(look.0.starts_with("送信を中継しているプログラム"), "{}", look.0);
                assert!(look.1.starts_with("Open the settings of the program that relays"), "{}", look.1);
                assert!(change.0.contains("そのプログラムの説明書") && change.1.contains("change it there"));
                assert!(leave.0.starts_with("メールソフトの側の送信サーバーとポート"), "{}", leave.0);
                assert!(leave.1.starts_with("Leave the outgoing server and its port"), "{}", leave.1);
            }
        }
    }
}

/// Behind a relay that names the computer itself again nothing can be told.
#[test]
fn a_relay_to_a_relay_stays_to_be_checked() {
    let subject = relayed("becky", "127.0.0.1", "x");
    let found = finding(&subject, &talk_to_the_end(&subject, "n y localhost"), Lang::En);
    let notes: Vec<&str> = found.notes.iter().map(smtp_auth_audit::model::Note::code).collect();
    assert_eq!((found.verdict, notes), (Verdict::Unreadable, vec!["local-proxy", "incoming-in-clear"]));
    assert_eq!(found.steps.len(), 2, "{:?}", found.steps);
}

/// Without an earlier report the relay is met in the answers: its note and its steps, and none of the client's.
#[test]
fn a_relay_that_is_answered_gets_its_own_steps() {
    for lang in [Lang::En, Lang::Ja] {
        let subject = Subject { client: client("becky"), earlier: None, computer: None };
        let found = finding(&subject, &talk_to_the_end(&subject, ". 1 y n 127.0.0.1"), lang);
        let notes: Vec<&str> = found.notes.iter().map(smtp_auth_audit::model::Note::code).collect();
        assert_eq!((found.verdict, notes), (Verdict::Unreadable, vec!["local-proxy"]));
        assert_eq!(found.steps.len(), 2);
        let all =
            found.steps.iter().any(|step| step.ja.contains("メールボックス") || step.ja.contains("詳細"));
        assert!(!all, "{:?}", found.steps);
    }
}
