//! What would be written, and what stands against it.

use crate::{Home, LIVE, NO_AUTH, POLICY, codes};
use smtp_auth_audit::fix::{Wish, plan};
use smtp_auth_audit::model::{Change, ChangeState};
use smtp_auth_audit::policy::exceptions::read;
use smtp_auth_audit::scan::scan;

fn edits(change: &Change) -> Vec<String> {
    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let line = |edit: &smtp_auth_audit::model::Edit| {
        let name = edit.setting.rsplit('.').next().unwrap_or_default();
        format!("{name} {} {}", value(&edit.old), value(&edit.new))
    };
    change.edits.iter().map(line).collect()
}

#[test]
fn what_is_to_be_set_becomes_settings_of_the_client() {
    let home = Home::new(NO_AUTH);
    let changes = home.plan(LIVE);
    assert_eq!(changes.len(), 1);
    let mut found = edits(&changes[0]);
    found.sort();
    assert_eq!(found, ["authMethod 1 3", "port 25 587", "try_ssl - 2"]);
    assert_eq!((codes(&changes[0]), changes[0].state), (vec![], ChangeState::Planned));
    assert!(changes[0].edits.iter().all(|edit| edit.place.path.ends_with("prefs.js")));
}

#[test]
fn each_reason_has_its_code() {
    let plain = |prefs: &str| Home::new(prefs);
    let with_policy = |policy: String| Home { policy, ..Home::new(NO_AUTH) };
    let user_js = || {
        let home = Home::new(NO_AUTH);
        home.write(".thunderbird/p/user.js", "user_pref(\"mail.smtpserver.smtp1.authMethod\", 1);\n");
        home
    };
    let incoming = |host: &str| {
        let home = Home::new(NO_AUTH);
        let prefs = home.prefs().replace("pop.example.jp", host);
        home.write(crate::PREFS, &prefs);
        home
    };
    for (home, wish, expected) in [
        (plain(NO_AUTH), Wish { is_live: false, ..LIVE }, "not-live"),
        (with_policy(POLICY.replace("*.example.jp", "*.example.com")), LIVE, "no-policy"),
        // Its name would have to be typed.
        (plain(&NO_AUTH.replace("\"taro\"", "\"\"")), LIVE, "by-hand"),
        (with_policy(POLICY.replace("auth = \"password\" }", "auth = \"oauth2\" }")), LIVE, "by-hand"),
        (user_js(), LIVE, "set-elsewhere"),
        (incoming("pop.example.com"), LIVE, "other-domain"),
        (with_policy(POLICY.replace("port = 587", "host = \"smtp.example.jp\", port = 587")), LIVE, "server"),
        (
            with_policy(POLICY.replace("port = 587", "host = \"smtp.example.net\", port = 587")),
            Wish { change_server: true, ..LIVE },
            "strange-server",
        ),
        (with_policy(POLICY.replace("starttls", "tls")), LIVE, "tls-on-587"),
        (plain(NO_AUTH), Wish { unattended: Some(true), ..LIVE }, "password-needed"),
        (plain(NO_AUTH), Wish { unattended: Some(false), ..LIVE }, "password-needed"),
        (
            plain(NO_AUTH),
            Wish { unattended: Some(true), not_yet: &["example-net".to_owned()], ..LIVE },
            "not-yet",
        ),
        (
            plain(&(NO_AUTH.to_owned() + "user_pref(\"mail.smtpserver.smtp1.auth_method\", 0);\r\n")),
            LIVE,
            "by-hand",
        ),
    ] {
        let changes = home.plan(wish);
        let found: Vec<_> = changes.iter().flat_map(codes).collect();
        assert!(found.contains(&expected), "{expected}: {found:?}");
        assert!(changes.iter().all(|change| change.state == ChangeState::Refused), "{expected}");
    }
}

#[test]
fn a_server_of_the_same_domain_is_written_when_it_is_wanted() {
    let policy = POLICY.replace("port = 587", "host = \"smtp.example.jp\", port = 587");
    let home = Home { policy, ..Home::new(NO_AUTH) };
    let changes = home.plan(Wish { change_server: true, ..LIVE });
    assert_eq!(codes(&changes[0]), Vec::<&str>::new());
    assert!(edits(&changes[0]).contains(&"hostname mail.example.jp smtp.example.jp".to_owned()));
    // Never while nobody looks.
    let changes = home.plan(Wish { change_server: true, unattended: Some(true), ..LIVE });
    assert!(codes(&changes[0]).contains(&"server"));
}

#[test]
fn in_the_clear_only_what_is_received_in_the_clear() {
    let policy = POLICY.replace("security = \"starttls\"", "security = \"plain\"");
    let home = Home { policy: policy.clone(), ..Home::new(NO_AUTH) };
    assert_eq!(codes(&home.plan(LIVE)[0]), Vec::<&str>::new());
    let home = Home {
        policy,
        ..Home::new(&(NO_AUTH.to_owned() + "user_pref(\"mail.server.server1.socketType\", 3);\r\n"))
    };
    assert_eq!(codes(&home.plan(LIVE)[0]), ["in-clear"]);
}

/// What somebody has left as it is stays so, also where another account has the same settings.
#[test]
fn an_exception_is_not_changed_along_with_another() {
    let home = Home::new(&(NO_AUTH.to_owned() + &second("hanako@example.jp")));
    let mut request = home.request();
    request.rules.exceptions = read("address,reason\nhanako@example.jp,a printer\n", &[]).unwrap();
    let changes = plan(&scan(&request), LIVE);
    assert_eq!(changes.len(), 1, "the other one is left as it is");
    assert_eq!(codes(&changes[0]), ["others"]);
}

/// From an encrypted password, or Kerberos, to one in the clear: it is in the clear then, and was not before.
#[test]
fn a_password_that_was_hidden_stays_so() {
    let policy = POLICY.replace("security = \"starttls\"", "security = \"plain\"");
    for method in ["4", "5"] {
        let prefs = NO_AUTH.replace("authMethod\", 1", &format!("authMethod\", {method}"));
        assert_ne!(prefs, NO_AUTH);
        let with_tls = prefs.clone() + "user_pref(\"mail.server.server1.socketType\", 3);\r\n";
        for (prefs, expected) in [(with_tls, vec!["in-clear"]), (prefs, vec![])] {
            let home = Home { policy: policy.clone(), ..Home::new(&prefs) };
            assert_eq!(codes(&home.plan(LIVE)[0]), expected, "{method}");
        }
    }
}

/// A second account on the same server.
fn second(address: &str) -> String {
    format!(
        "user_pref(\"mail.account.account2.identities\", \"id2\");\r\n\
         user_pref(\"mail.account.account2.server\", \"server2\");\r\n\
         user_pref(\"mail.accountmanager.accounts\", \"account1,account2\");\r\n\
         user_pref(\"mail.identity.id2.smtpServer\", \"smtp1\");\r\n\
         user_pref(\"mail.identity.id2.useremail\", \"{address}\");\r\n\
         user_pref(\"mail.server.server2.hostname\", \"pop2.example.jp\");\r\n\
         user_pref(\"mail.server.server2.type\", \"pop3\");\r\n\
         user_pref(\"mail.server.server2.userName\", \"hanako\");\r\n"
    )
}

#[test]
fn whoever_shares_the_settings_is_named_and_wants_the_same() {
    let home = Home::new(&(NO_AUTH.to_owned() + &second("hanako@example.jp")));
    let changes = home.plan(LIVE);
    assert_eq!(changes.len(), 2);
    for (change, other) in changes.iter().zip([&changes[1], &changes[0]]) {
        assert_eq!(codes(change), Vec::<&str>::new());
        assert_eq!(change.touches.iter().map(|touched| &touched.id).collect::<Vec<_>>(), [&other.id]);
    }
    // Another provider speaks for the second one.
    let other = POLICY.replace(
        "{ outgoing = \"*.example.jp\" }",
        "{ outgoing = \"*.example.jp\", domain = \"example.jp\" }",
    );
    let home = Home { policy: other, ..Home::new(&(NO_AUTH.to_owned() + &second("hanako@example.com"))) };
    let changes = home.plan(LIVE);
    let found: Vec<_> = changes.iter().flat_map(codes).collect();
    assert!(found.contains(&"others"), "{found:?}");
}
