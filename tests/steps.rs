//! The steps cover every client and edition, in both languages, and say just what an account needs.

use smtp_auth_audit::classify::by_default;
use smtp_auth_audit::clients::steps::{Says, whole};
use smtp_auth_audit::clients::{CLIENTS, Client};
use smtp_auth_audit::model::{
    Aspect, Auth, LogOnFirst, Needs, Outgoing, Port, Security, Smtp, Text, UserName,
};

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

/// The first notice says it: the outgoing server is the one for receiving; receiving may work where it is another.
#[test]
fn the_name_of_the_server_is_compared_with_the_notice() {
    let said = (
        "プロバイダーの案内にある送信サーバーの名前",
        "the one that the provider's notice gives for sending",
    );
    let only_port = Needs { port: Some(587), ..Needs::default() };
    each(|client, edition| {
        let ways = client.edition(edition).steps.iter().copied().flatten();
        let ways = ways.filter(|step| matches!(step.says, Says::Heading(..))).count().max(1);
        let text = joined(client, edition, &everything());
        let without = ["thunderbird-policy"].contains(&edition);
        let expected = if without { 0 } else { ways };
        assert_eq!(text.ja.matches(said.0).count(), expected, "{edition}: {}", text.ja);
        assert_eq!(text.en.matches(said.1).count(), expected, "{edition}: {}", text.en);
        assert!(!joined(client, edition, &only_port).ja.contains(said.0), "{edition}");
    });
}

/// It is on the tab that the dialog opens with.
#[test]
fn the_name_of_the_server_comes_before_another_tab() {
    for (id, tab) in [("becky", "[詳細] タブ"), ("sylpheed", "[送信] タブ"), ("claws-mail", "[送信] を開き")]
    {
        let client = CLIENTS.iter().find(|client| client.id == id).expect(id);
        let edition = client.editions.first().expect(id);
        let list = edition.texts(&everything());
        let place = |words: &str| list.iter().position(|step| step.ja.contains(words)).expect(words);
        assert!(place("案内にある送信サーバーの名前") < place(tab), "{id}");
    }
}

#[test]
fn thunderbird_goes_on_with_the_server_that_was_changed() {
    let thunderbird = CLIENTS.iter().find(|client| client.id == "thunderbird").expect("thunderbird");
    for edition in ["thunderbird", "seamonkey", "thunderbird-user-js", "seamonkey-user-js"] {
        let steps = joined(thunderbird, edition, &everything());
        assert!(steps.ja.contains("[送信 (SMTP) サーバー(U)]"), "{edition}");
        assert!(steps.en.contains("choose the server that was just changed"), "{edition}");
    }
}

/// What stands around the steps: the warning before a password is typed, and the check that tells authentication from the
/// permission that another device's receiving gave.
#[test]
fn every_way_begins_with_the_lock_and_ends_with_the_header() {
    each(|client, edition| {
        let edition = client.edition(edition);
        let list = whole(edition, &everything(), true);
        let place = |words: &str| list.iter().position(|step| step.en.contains(words));
        assert_eq!(place("may lock the account"), Some(0), "{}", edition.id);
        assert_eq!(place("compare the values"), Some(1), "{}", edition.id);
        let [.., heading, show, received, otherwise] = &list[..] else { panic!("{}", edition.id) };
        assert!(heading.is_heading(), "{}", edition.id);
        assert!(show.ja.contains("ヘッダー") && show.en.contains("header"), "{}", edition.id);
        for words in [&received.ja, &received.en] {
            assert!(["Received:", "ESMTPA", "ESMTPSA"].iter().all(|word| words.contains(word)), "{words}");
        }
        // A program that never receives can't wait without receiving.
        let waits = otherwise.ja.contains("30分") && otherwise.en.contains("30 minutes");
        assert_eq!(waits, client.id != "msmtp", "{}", edition.id);
        // Without a password there is nothing to lock.
        let only_port = whole(edition, &Needs { port: Some(587), ..Needs::default() }, false);
        assert!(!only_port.iter().any(|step| step.en.contains("lock")), "{}", edition.id);
    });
}

/// What authenticates on a port of its own may do just what its provider asks for (2587, 1465).
#[test]
fn a_port_of_its_own_is_left_where_the_provider_names_it() {
    let smtp = |port, security, auth| {
        let host = "mail.example.jp".to_owned();
        let port = Port::Stored(port);
        Outgoing::Smtp(Smtp { host, port, security, auth, credentials: None, log_on_first: LogOnFirst::Off })
    };
    for (port, security, auth, own) in [
        (1465, Security::Tls, Auth::Password, true),
        (2587, Security::Plain, Auth::Password, true),
        (1465, Security::Tls, Auth::None, false),
        (25, Security::StartTls, Auth::Password, false),
        (587, Security::Tls, Auth::Password, false),
    ] {
        let needs = by_default(&smtp(port, security, auth), None).needs;
        each(|client, edition| {
            let list = whole(client.edition(edition), &needs, false);
            let said = list.first().is_some_and(|step| {
                step.ja.contains(&format!("ポート {port} で SMTP 認証"))
                    && step.en.contains("if your provider names this port")
            });
            assert_eq!(said, own, "{edition}: {port}");
        });
    }
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

/// Where the choice of a method turns authentication on, it is said with another user name, too.
#[test]
fn another_user_name_leaves_the_method_to_nobody() {
    let user = Some(UserName::Address);
    let needs = Needs { authenticate: true, user, is_prescribed: true, ..Needs::default() };
    for (id, edition, words) in [
        ("k9-mail", "k9-mail", ("[通常のパスワード認証]", "[Normal password]")),
        ("ios-mail", "ios-18", ("[認証] を [パスワード]", "[Authentication] to [Password]")),
        ("thunderbird", "thunderbird", ("[通常のパスワード認証]", "[Normal password]")),
        ("becky", "becky", ("[SMTP認証] にチェック", "Tick [SMTP Authentication]")),
    ] {
        let client = CLIENTS.iter().find(|client| client.id == id).expect(id);
        let text = joined(client, edition, &needs);
        assert!(text.ja.contains(words.0) && text.en.contains(words.1), "{id}: {}", text.en);
        assert!(text.ja.contains("メールアドレス全体") && text.en.contains("the whole mail address"), "{id}");
    }
}
