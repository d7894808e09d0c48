//! The steps cover every client and edition, in both languages, and say just what an account needs.

use smtp_auth_audit::clients::{CLIENTS, Client};
use smtp_auth_audit::model::{Aspect, Needs, Security, Text};

fn everything() -> Needs {
    Needs { host: Some("mail.example.jp".to_owned()), ..Needs::all() }
}

fn joined(client: &Client, edition: &str, needs: &Needs) -> Text {
    let steps = client.edition(edition).texts(needs);
    let join = |get: fn(&Text) -> &str| steps.iter().map(get).collect::<Vec<_>>().join("\n");
    Text::new(join(|text| &text.ja), join(|text| &text.en))
}

fn each(check: impl Fn(&Client, &str)) {
    for client in CLIENTS {
        assert!(!client.editions.is_empty(), "{}", client.id);
        for edition in client.editions {
            check(client, edition.id);
        }
    }
}

#[test]
fn every_edition_covers_authentication_and_port() {
    each(|client, edition| {
        let text = joined(client, edition, &everything());
        assert!(text.ja.contains("認証"), "{edition}: {}", text.ja);
        assert!(
            text.en.to_lowercase().contains("authenticat") || text.en.contains("AUTH"),
            "{edition}: {}",
            text.en
        );
        assert!(text.ja.contains("587") && text.en.contains("587"), "{edition}");
        assert!(text.ja.contains("mail.example.jp") && text.en.contains("mail.example.jp"), "{edition}");
    });
}

#[test]
fn every_edition_covers_encryption() {
    let needs = |security| Needs { host: None, security: Some(security), ..Needs::default() };
    each(|client, edition| {
        for security in [Security::StartTls, Security::Tls] {
            let text = joined(client, edition, &needs(security));
            for words in [text.ja, text.en] {
                assert!(
                    ["TLS", "SSL", "SMTPS"].iter().any(|word| words.contains(word)),
                    "{edition}: {words}"
                );
            }
        }
    });
}

/// The clients that have the switch say how to turn it off; the others have nothing to turn off.
#[test]
fn clients_with_a_switch_turn_it_off() {
    for (id, words) in [
        (
            "outlook",
            ("メールを送信する前に受信メール サーバーに", "Log on to incoming mail server before sending"),
        ),
        ("becky", ("POP before SMTP", "POP before SMTP")),
        ("sylpheed", ("送信前にPOP3認証を行う", "Authenticate with POP3 before sending")),
        ("claws-mail", ("送信する前にPOPで認証する", "Authenticate with POP before sending")),
        ("qmail3", ("POP before SMTPを使う", "Use POP before SMTP")),
        ("the-bat", ("Use POP before SMTP authentication", "Use POP before SMTP authentication")),
        ("hidemaru-mail", ("POP before SMTP", "POP before SMTP")),
        ("evolution", ("POP before SMTP", "POP before SMTP")),
    ] {
        let Some(client) = CLIENTS.iter().find(|client| client.id == id) else { continue };
        // GNOME's own accounts have none, nor have the dialogs of Outlook Express.
        let without = ["evolution-online-accounts", "outlook-2000"];
        for edition in client.editions.iter().filter(|edition| !without.contains(&edition.id)) {
            let with = joined(client, edition.id, &everything());
            let without = joined(client, edition.id, &Needs { log_on_first_off: false, ..everything() });
            assert!(with.ja.contains(words.0) && with.en.contains(words.1), "{}: {}", edition.id, with.ja);
            assert_ne!(with, without, "{}", edition.id);
        }
    }
}

#[test]
fn what_is_not_needed_is_not_said() {
    let only_port = Needs { host: Some("mail.example.jp".to_owned()), port: Some(587), ..Needs::default() };
    let only_login =
        Needs { host: Some("mail.example.jp".to_owned()), authenticate: true, ..Needs::default() };
    each(|client, edition| {
        let login = joined(client, edition, &only_login);
        assert!(!login.ja.contains("587") && !login.en.contains("587"), "{edition}: {}", login.ja);
        let port = joined(client, edition, &only_port);
        assert!(port.ja.contains("587"), "{edition}");
        assert!(
            client.edition(edition).texts(&only_port).len()
                < client.edition(edition).texts(&everything()).len(),
            "{edition}"
        );
    });
}

/// Japanese steps stand beside English ones, step by step, and nothing is left untranslated.
#[test]
fn both_languages_say_the_same_steps() {
    each(|client, edition| {
        for step in client.edition(edition).texts(&everything()) {
            assert!(!step.ja.is_empty() && !step.en.is_empty(), "{edition}");
            // Becky!'s English labels are unconfirmed: the Japanese ones stand beside them.
            let is_translated = step.en.chars().all(|c| !('\u{3040}'..'\u{a000}').contains(&c));
            assert!(is_translated || client.id == "becky", "{edition}: {}", step.en);
            assert!(step.ja.chars().any(|c| ('\u{3040}'..'\u{a000}').contains(&c)), "{edition}: {}", step.ja);
        }
    });
}

/// The systems of the notices, and whose steps they get.
#[test]
fn every_system_of_the_notices_on_a_computer_has_its_edition() {
    let known: Vec<&str> =
        CLIENTS.iter().flat_map(|client| client.editions).map(|edition| edition.id).collect();
    for edition in [
        "windows-10-mail",
        "outlook-2007",
        "outlook-2010",
        "outlook-2013",
        "outlook-2016",
        "outlook-simplified",
    ] {
        assert!(known.contains(&edition), "{edition}");
    }
}

/// `ask`, and a backup without a description, know no version: the notice's own iOS 10 has to find its way, too.
#[test]
fn where_no_version_is_known_every_way_to_the_accounts_is_told() {
    let ios = CLIENTS.iter().find(|client| client.id == "ios-mail").expect("ios-mail");
    let steps = joined(ios, "ios-18", &everything());
    for label in
        ["[メールアカウント]", "[アカウント]", "[パスワードとアカウント]", "[メール/連絡先/カレンダー]"]
    {
        assert!(steps.ja.contains(label), "{label}");
    }
    for label in ["[Mail Accounts]", "[Accounts]", "[Passwords & Accounts]", "[Mail, Contacts, Calendars]"] {
        assert!(steps.en.contains(label), "{label}");
    }
}

/// The box has other names in Samsung's app.
#[test]
fn a_label_that_the_app_does_not_have_decides_nothing() {
    let android = CLIENTS.iter().find(|client| client.id == "android-mail").expect("android-mail");
    let only_switch = Needs { log_on_first_off: true, ..Needs::default() };
    assert!(!joined(android, "samsung-email", &only_switch).ja.contains("ログインが必要"));
    assert!(joined(android, "gmail-android-6", &only_switch).ja.contains("[ログインが必要]"));
}

/// A: authentication, E: encryption, L: log-on first, P: port, as they follow each other in the dialogs.
#[test]
fn the_order_of_the_settings_is_that_of_the_dialogs() {
    let expected: &[(&str, &[&str])] = &[
        ("AEPL", &["qmail3", "qmail3-xtnd", "ios-10", "ios-11", "ios-14", "ios-18", "evolution"]),
        ("ALEP", &["sylpheed", "claws-mail", "evolution-online-accounts", "kmail", "geary"]),
        ("APEL", &["apple-profile"]),
        ("EPAL", &["gmail-android-6", "gmail-android", "android-email", "samsung-email", "k9-mail"]),
        ("LAPE", &["becky"]),
        ("PALE", &["windows-10-mail"]),
        ("PEAL", &["outlook-simplified", "apple-mail-old", "apple-mail", "apple-mail-10.11-10.12"]),
        (
            "PEAL",
            &["thunderbird", "thunderbird-user-js", "thunderbird-policy", "seamonkey", "seamonkey-user-js"],
        ),
        ("ALPE", &["outlook-2003", "outlook-2007", "outlook-2010", "outlook-2002-2010", "outlook-2013"]),
        (
            "ALPE",
            &[
                "outlook-2000",
                "outlook-2016",
                "outlook-2016-365",
                "outlook-new",
                "outlook-express",
                "windows-mail",
            ],
        ),
        ("ALPE", &["windows-live-mail", "ios-profile", "msmtp"]),
        ("ALPE", &["the-bat", "em-client", "mailbird", "hidemaru-mail", "edmax", "al-mail", "shuriken"]),
        ("ALPE", &["device-panel", "device-web", "device-program", "device-file", "device"]),
        ("ALPE", &["denshin-8", "incredimail", "eudora", "opera-mail", "mailspring", "balsa", "trojita"]),
    ];
    let letter = |setting: &Aspect| match setting {
        Aspect::Auth => 'A',
        Aspect::Security => 'E',
        Aspect::LogOnFirst => 'L',
        Aspect::Port => 'P',
        Aspect::Host => 'H',
        Aspect::User => 'U',
        Aspect::Protocol => 'R',
    };
    let needs = Needs { security: Some(Security::StartTls), ..everything() };
    each(|client, edition| {
        let order =
            |needs: &Needs| -> String { client.edition(edition).order(needs).iter().map(letter).collect() };
        let found = expected.iter().find(|(_, editions)| editions.contains(&edition));
        assert_eq!(Some(&*order(&needs)), found.map(|(order, _)| *order), "{edition}");
        let without = Needs { log_on_first_off: false, ..needs.clone() };
        assert!(!order(&without).contains('L'), "{edition}: what is not needed has no place");
    });
}

/// What is shown of an account's needs is what its steps change.
#[test]
fn what_the_steps_change_is_told() {
    let without_tls = Needs { port: Some(587), security: Some(Security::StartTls), ..Needs::default() };
    let with_tls = Needs { tls_port: Some(465), ..without_tls.clone() };
    each(|client, edition| {
        let keeps_tls = ["becky", "apple-mail", "ios-mail"].contains(&client.id) && edition != "ios-profile";
        assert_eq!(client.edition(edition).needs(without_tls.clone()), without_tls, "{edition}");
        let needs = client.edition(edition).needs(with_tls.clone());
        let expected = if keeps_tls { (Some(465), None) } else { (Some(587), Some(Security::StartTls)) };
        assert_eq!((needs.port, needs.security), expected, "{edition}");
        assert_eq!(client.edition(edition).needs(needs.clone()), needs, "{edition}");
        let number = needs.port.unwrap_or_default().to_string();
        let steps = joined(client, edition, &with_tls);
        assert!(steps.ja.contains(&number) && steps.en.contains(&number), "{edition}: {}", steps.en);
        assert_eq!(steps, joined(client, edition, &needs), "{edition}");
        let order = client.edition(edition).order(&needs);
        assert_eq!(order.contains(&Aspect::Security), !keeps_tls, "{edition}");
        assert!(order.contains(&Aspect::Port), "{edition}");
    });
}
