//! Values of outgoing servers against versions, in one table each.

use super::*;
use crate::clients::thunderbird::prefs_js::parse;
use crate::source::User;

/// What is sent with these settings of `smtp1` in this version (empty: unknown).
fn smtp(version: &str, settings: &str) -> (Outgoing, bool) {
    let mut file = String::from("user_pref(\"mail.smtpserver.smtp1.hostname\", \"mail.example.jp\");");
    for setting in settings.split(';').map(str::trim).filter(|setting| !setting.is_empty()) {
        let (name, value) = setting.split_once('=').unwrap();
        let name = if name.contains('.') { name.to_owned() } else { format!("mail.smtpserver.smtp1.{name}") };
        file += &["user_pref(\"", &name, "\", ", value, ");"].concat();
    }
    if !version.is_empty() {
        file += &["user_pref(\"extensions.lastAppVersion\", \"", version, "\");"].concat();
    }
    let prefs = parse(file.as_bytes());
    assert_eq!(prefs.dropped, 0, "{file}");
    let values = Values::of(prefs, "prefs.js");
    let program = Program::of(&User::default(), "~/p", "Thunderbird", &values, &mut Vec::new());
    let reading = Servers { values: &values, program: &program }.read("smtp1", None, &mut Look::default());
    (reading.outgoing, reading.by_version.any())
}

fn auth(version: &str, settings: &str) -> Option<Auth> {
    match smtp(version, settings).0 {
        Outgoing::Smtp(smtp) => Some(smtp.auth),
        Outgoing::Unclear(partial, _) => partial.auth,
        other => panic!("{other:?}"),
    }
}

/// formats: the wire tests for 140 and 153; nsSmtpProtocol.cpp for 91.
#[test]
fn numbers_mean_what_the_engine_makes_of_them() {
    use Auth::{EncryptedPassword, Kerberos, None as NoAuth, OAuth2, Password, Spa};
    for (number, old, new) in [
        (0, Password, NoAuth),
        (1, NoAuth, NoAuth),
        (2, Password, NoAuth),
        (3, Password, Password),
        (4, EncryptedPassword, EncryptedPassword),
        (5, Kerberos, Kerberos),
        (6, Spa, Spa),
        (7, Password, NoAuth),
        (8, EncryptedPassword, EncryptedPassword),
        (9, Password, NoAuth),
        (10, OAuth2, OAuth2),
    ] {
        let setting = format!("authMethod={number}");
        assert_eq!(auth("91.13.1", &setting), Some(old), "{number}");
        for version in ["93.0", "102.0", "140.12.0", "153.7.0"] {
            assert_eq!(auth(version, &setting), Some(new), "{number} {version}");
        }
        let unknown = if old == new { Some(old) } else { Option::None };
        assert_eq!(auth("", &setting), unknown, "{number} without a version");
    }
    for strange in ["authMethod=11", "authMethod=-1", "authMethod=\"3\""] {
        assert_eq!(auth("153.0", strange), Option::None, "{strange}");
    }
    assert_eq!(auth("153.0", ""), Some(Password), "absent");
}

#[test]
fn legacy_settings_count_only_in_old_programs() {
    use Auth::{EncryptedPassword, None as NoAuth, Password};
    for (version, settings, expected) in [
        ("2.0.0.24", "auth_method=0", NoAuth),
        ("2.0.0.24", "auth_method=1", Password),
        ("2.0.0.24", "auth_method=1; useSecAuth=true", EncryptedPassword),
        ("2.0.0.24", "useSecAuth=true", EncryptedPassword),
        ("2.0.0.24", "auth_method=0; authMethod=3", Password),
        ("2.0.0.24", "mail.smtpserver.default.auth_method=0; useSecAuth=false", NoAuth),
        ("3.1", "auth_method=0; authMethod=1", NoAuth),
        ("115.0", "auth_method=0", NoAuth),
        ("122.0", "auth_method=0", Password),
        ("140.0", "auth_method=0", Password),
        ("", "auth_method=0", NoAuth),
        ("", "auth_method=0; type=\"smtp\"", Password),
        ("", "auth_method=0; mail.ui-rdf.version=44", Password),
    ] {
        assert_eq!(auth(version, settings), Some(expected), "{version} {settings}");
    }
}

#[test]
fn encryption_and_default_port_depend_on_the_version() {
    use Security::{Auto, Plain, StartTls, Tls};
    for (version, settings, security, port) in [
        ("91.0", "", Plain, 25),
        ("92.0", "try_ssl=2", StartTls, 25),
        ("93.0", "try_ssl=2", StartTls, 587),
        ("153.0", "", Plain, 587),
        ("153.0", "try_ssl=3", Tls, 465),
        ("91.0", "try_ssl=3", Tls, 465),
        ("91.0", "try_ssl=1", Auto, 25),
        ("93.0", "try_ssl=1", Auto, 587),
        ("94.0", "try_ssl=1", StartTls, 587),
        ("131.0", "try_ssl=1", StartTls, 587),
        ("132.0", "try_ssl=1", Plain, 587),
        ("153.0", "port=0", Plain, 587),
        ("153.0", "mail.smtpserver.default.try_ssl=2", StartTls, 587),
        ("153.0", "mail.smtpserver.default.try_ssl=2; try_ssl=0", Plain, 587),
        ("153.0", "mail.smtpserver.default.port=25", Plain, 587),
        ("", "", Plain, 587),
        ("", "auth_method=1", Plain, 25),
    ] {
        let (Outgoing::Smtp(smtp), _) = smtp(version, settings) else { panic!("{version} {settings}") };
        assert_eq!((smtp.security, smtp.port), (security, Port::Default(port)), "{version} {settings}");
    }
    for strange in ["port=\"587\"", "port=-1", "port=70000", "try_ssl=4", "try_ssl=true"] {
        assert!(matches!(smtp("153.0", strange).0, Outgoing::Unclear(..)), "{strange}");
    }
}

#[test]
fn what_depends_on_the_version_is_marked() {
    for (settings, by_version) in [
        ("authMethod=3; port=587; try_ssl=2", false),
        ("authMethod=3; port=587; try_ssl=1", true),
        ("authMethod=9; port=587", true),
        ("authMethod=3", true),
        ("authMethod=3; try_ssl=3", false),
    ] {
        assert_eq!(smtp("153.0", settings).1, by_version, "{settings}");
    }
}

/// What is read of a server with this address.
fn ews(url: &str) -> (Outgoing, Look) {
    let file = [
        "user_pref('mail.smtpserver.ews1.type', 'ews');user_pref('mail.outgoingserver.ews1.ews_url', '",
        url,
        "');",
    ]
    .concat();
    let values = Values::of(parse(file.as_bytes()), "prefs.js");
    let program = Program::of(&User::default(), "~/p", "Thunderbird", &values, &mut Vec::new());
    let mut look = Look::default();
    let reading = Servers { values: &values, program: &program }.read("ews1", None, &mut look);
    (reading.outgoing, look)
}

#[test]
fn of_an_address_only_the_host_is_kept() {
    for url in ["https://taro:CANARY@ex.example.jp/EWS?token=CANARY", "https://CANARY/a@ex.example.jp"] {
        let (outgoing, look) = ews(url);
        assert_eq!(look.evidence.len(), 2, "{url}");
        assert!(!format!("{outgoing:?} {look:?}").contains("CANARY"), "{url}");
    }
}

#[test]
fn hosts_are_taken_out_of_addresses() {
    for (url, host) in [
        ("https://mail.example.jp/EWS/Exchange.asmx", Some("mail.example.jp")),
        ("https://user@mail.example.jp:443", Some("mail.example.jp:443")),
        ("mail.example.jp", Some("mail.example.jp")),
        ("https://taro:secret@mail.example.jp/x?token=secret", Some("mail.example.jp")),
        ("https://taro:se/cret@mail.example.jp/x", None),
        ("https://taro:se?cret", None),
        ("https://[2001:db8::1]/x", Some("[2001:db8::1]")),
        ("https://[2001:db8::1]:443/x", Some("[2001:db8::1]:443")),
        ("https:///x", None),
        ("", None),
    ] {
        assert_eq!(ews(url).0, Outgoing::Managed(host.map(str::to_owned)), "{url}");
    }
}
