//! Answers from a file.

use super::{finding, subject};
use smtp_auth_audit::ask::{Manner, answers};
use smtp_auth_audit::clients::CLIENTS;
use smtp_auth_audit::model::{Lang, Outgoing, Security, Verdict};
use smtp_auth_audit::policy::{Origin, Policies, file};
use smtp_auth_audit::scan::Rules;

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

/// Whatever the client's screen has, a box, a list or neither: a file is written without seeing it.
#[test]
fn encryption_and_authentication_are_told_alike_for_every_client() {
    let base = "name = printer\nplace = panel\nincoming = pop3\nlog-on-first = n\nport = 587\n";
    for client in CLIENTS {
        let subject = subject(client.id);
        let answered = |text: &str| {
            let talk = answers::answer(subject.talk(), &format!("{base}{text}"));
            finding(&subject, &talk.unwrap(), Lang::En)
        };
        for (word, security, verdict) in [
            ("starttls", Security::StartTls, Verdict::SmtpAuth),
            ("STARTTLS", Security::StartTls, Verdict::SmtpAuth),
            ("none", Security::Plain, Verdict::SmtpAuth),
            ("tls", Security::Tls, Verdict::SmtpAuthOffPolicy),
        ] {
            let found = answered(&format!("auth = y\nencryption = {word}"));
            let Outgoing::Smtp(smtp) = &found.account.outgoing else { panic!("{}", client.id) };
            assert_eq!((smtp.security, found.verdict), (security, verdict), "{} {word}", client.id);
        }
        assert_eq!(answered("auth = n").verdict, Verdict::NoSmtpAuth, "{}", client.id);
    }
}

/// "Yes" may be OAuth 2 as well, unless the client doesn't have it; what the client's own screen says is certain.
#[test]
fn yes_leaves_the_method_open() {
    let text = r#"
        schema = 1
        id = "p"
        name = "P"
        claims = [ { outgoing = "*.example.jp" } ]
        sending = [ { port = 587, auth = "oauth2" }, { port = 587, auth = "password", until = 2027-03-31 } ]"#;
    let policy = file::read(text, Origin::Given, &[]).unwrap().policy;
    let policies = Policies { list: vec![policy], ..Policies::standard() };
    for (id, auth, verdict, undecided) in [
        ("outlook", "y", Verdict::Unreadable, true),
        ("outlook", "own", Verdict::SmtpAuthOffPolicy, false),
        ("outlook", "oauth2", Verdict::SmtpAuth, false),
        ("device", "y", Verdict::Unreadable, true),
        ("outlook-express", "y", Verdict::SmtpAuthOffPolicy, false),
    ] {
        let subject = subject(id);
        let text = format!(
            "place = panel\nincoming = imap\nauth = {auth}\nserver = mail.example.jp\nport = 587\nencryption = starttls\n"
        );
        let talk = answers::answer(subject.talk(), &text).unwrap();
        let rules = Rules { policies: policies.clone(), ..Rules::standard() };
        let found = subject.report(&talk, &Manner { lang: Lang::En, rules }).findings.remove(0);
        let has = |code| found.notes.iter().any(|note| note.code() == code);
        assert_eq!(
            (found.verdict, has("undecided"), has("maybe-oauth")),
            (verdict, undecided, undecided),
            "{id} {auth}"
        );
        // Where nobody tells them apart it is no matter.
        assert!(
            finding(&subject, &talk, Lang::En).notes.is_empty() || id == "outlook-express",
            "{id} {auth}"
        );
    }
}

/// A number counts only among the choices that the client's own screen has.
#[test]
fn what_a_file_may_say_is_told() {
    let by = |id, text: &str| {
        let subject = subject(id);
        answers::answer(subject.talk(), text).map(|_| ()).unwrap_err().message()
    };
    let auth = "incoming = pop3\nauth = y\nport = 587\n";
    let message = by("ios-mail", &format!("{auth}encryption = 1"));
    assert!(message.en.ends_with("(y, n, none, starttls, tls, ?)"), "{}", message.en);
    assert!(message.ja.ends_with("(y, n, none, starttls, tls, ?)"), "{}", message.ja);
    let message = by("outlook", "incoming = pop3\n");
    assert!(message.en.ends_with("(none, same, own, log-on-first, oauth2, y, n, ?)"), "{}", message.en);
    let message = by("android-mail", auth);
    assert!(message.en.ends_with("(none, tls, starttls, ?)"), "{}", message.en);
    let message = by("device", "place = cellar");
    assert!(message.en.ends_with("(panel, web, program, file, ?)"), "{}", message.en);
    let message = by("device", "name = the password is KANARIA");
    assert!(message.en.contains("name") && !message.en.contains("KANARIA"), "{}", message.en);
}
