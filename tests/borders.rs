//! What a value means changed with some version of its client: each such border, on both sides, through the program.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod common;

use common::reports::{folder_of, run_in};
use serde_json::Value;

/// Files below a folder → the report of a scan.
fn scan(files: &[(&str, &str)], path: &str) -> Value {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let folder = folder_of(&files);
    run_in(folder.path(), &["scan", path, "--format", "json"]).json()
}

/// The only finding of a report.
fn only(report: &Value) -> &Value {
    let findings = report["findings"].as_array().unwrap();
    assert_eq!((findings.len(), report["issues"].as_array().unwrap().len()), (1, 0), "{report:#}");
    &findings[0]
}

/// Verdict, port, encryption and authentication.
fn judged(finding: &Value) -> (&str, u64, &str, &str) {
    let outgoing = &finding["outgoing"];
    let text = |name: &str| outgoing[name].as_str().unwrap_or("?");
    (
        finding["verdict"].as_str().unwrap(),
        outgoing["port"].as_u64().unwrap_or(0),
        text("security"),
        text("auth"),
    )
}

/// A POP account with one outgoing server, last used by this version; without one if it is empty.
fn thunderbird(version: &str, prefs: &[(&str, &str)]) -> Value {
    let chain = [
        ("mail.accountmanager.accounts", "'a'"),
        ("mail.account.a.server", "'s'"),
        ("mail.account.a.identities", "'i'"),
        ("mail.server.s.type", "'pop3'"),
        ("mail.server.s.hostname", "'pop.example.jp'"),
        ("mail.identity.i.useremail", "'taro@example.jp'"),
        ("mail.smtpservers", "'one'"),
        ("mail.smtpserver.one.hostname", "'mail.example.jp'"),
    ];
    let lines = chain.iter().chain(prefs).map(|(name, value)| format!("user_pref('{name}', {value});\n"));
    let prefs = lines.collect::<Vec<_>>().concat();
    let profile = "taro/.thunderbird/p";
    let of_profile = |name: &str| format!("{profile}/{name}");
    let compatibility = if version.is_empty() {
        String::new()
    } else {
        format!("[Compatibility]\nLastVersion={version}_20261110162734/20261110162734\n")
    };
    let list = "[Profile0]\nName=p\nIsRelative=1\nPath=p\nDefault=1\n";
    scan(
        &[
            ("taro/.thunderbird/profiles.ini", list),
            (&of_profile("compatibility.ini"), &compatibility),
            (&of_profile("prefs.js"), &prefs),
        ],
        "taro",
    )
}

const AUTH: &str = "mail.smtpserver.one.authMethod";
const LEGACY: &str = "mail.smtpserver.one.auth_method";
const TRY_SSL: &str = "mail.smtpserver.one.try_ssl";

/// formats/desktop.md 1.5: the engine of 93 and later knows no "any method", and goes to 587 where the older went to 25.
#[test]
fn thunderbird_93_has_another_engine() {
    for (version, expected) in [
        ("92.9", ("smtp-auth-off-policy", 25, "plain", "password")),
        ("93.0", ("no-smtp-auth", 587, "plain", "none")),
    ] {
        assert_eq!(judged(only(&thunderbird(version, &[(AUTH, "9")]))), expected, "{version}");
    }
}

/// Without a version the settings that only a later program writes tell: `mail.ui-rdf.version` 35 came with 109.
#[test]
fn thunderbirds_ui_version_35_shows_the_new_engine() {
    for (ui, verdict, auth) in
        [("34", "unreadable", "unknown"), ("35", "no-smtp-auth", "none"), ("36", "no-smtp-auth", "none")]
    {
        for number in ["0", "2", "7", "9"] {
            let report = thunderbird("", &[(AUTH, number), ("mail.ui-rdf.version", ui)]);
            let found = judged(only(&report));
            assert_eq!((found.0, found.3), (verdict, auth), "{ui} {number}");
        }
    }
}

/// 122 took the migration of `auth_method` away: from then on it is ignored, and the default asks for a password.
#[test]
fn thunderbird_122_ignores_the_settings_of_3_0() {
    for (version, verdict, auth) in [
        ("121.9.9", "no-smtp-auth", "none"),
        ("122.0", "smtp-auth", "password"),
        ("122.0b1", "smtp-auth", "password"),
    ] {
        let report = thunderbird(version, &[(LEGACY, "0")]);
        assert_eq!(judged(only(&report)), (verdict, 587, "plain", auth), "{version}");
    }
    // Without a version, a setting that only later programs write tells.
    for (later, verdict) in [
        (("mail.unrelated", "1"), "no-smtp-auth"),
        (("mail.ui-rdf.version", "1"), "smtp-auth"),
        (("mail.smtpserver.one.type", "'smtp'"), "smtp-auth"),
        ((AUTH, "3"), "smtp-auth"),
    ] {
        // The port by default would depend on the version, too.
        let port = ("mail.smtpserver.one.port", "587");
        let report = thunderbird("", &[(LEGACY, "0"), (TRY_SSL, "2"), port, later]);
        assert_eq!(judged(only(&report)).0, verdict, "{later:?}");
    }
}

/// `try_ssl` 1: opportunistic up to 93, then handled like 2, and none at all where 132 and later find one that came back.
#[test]
fn thunderbird_94_and_132_take_optional_encryption_otherwise() {
    for (version, security) in
        [("93.9", "auto"), ("94.0", "starttls"), ("131.9", "starttls"), ("132.0", "plain")]
    {
        let report = thunderbird(version, &[(TRY_SSL, "1")]);
        assert_eq!(judged(only(&report)), ("smtp-auth", 587, security, "password"), "{version}");
    }
}

/// Up to 101 `realhostname` went before `hostname`; 87 deletes accounts of the type movemail.
#[test]
fn thunderbird_102_and_87_forget_old_kinds_of_accounts() {
    for (version, host) in [("101.9", "real.example.jp"), ("102.0", "pop.example.jp")] {
        let report = thunderbird(version, &[("mail.server.s.realhostname", "'real.example.jp'")]);
        assert_eq!(only(&report)["incoming"]["host"], host, "{version}");
    }
    for (version, count) in [("86.9", 1), ("87.0", 0)] {
        let report = thunderbird(version, &[("mail.server.s.type", "'movemail'")]);
        assert_eq!(report["findings"].as_array().unwrap().len(), count, "{version}");
    }
}

/// An identity without a server of its own has that of the branch for all identities (nsMsgIdentity.cpp) before the
/// program's default server, before the first of the list.
#[test]
fn thunderbirds_default_identity_names_a_server() {
    let hosts = [
        ("mail.smtpservers", "'one,two,three'"),
        ("mail.smtpserver.two.hostname", "'two.example.jp'"),
        ("mail.smtpserver.three.hostname", "'three.example.jp'"),
        ("mail.smtpserver.gone.hostname", "'gone.example.jp'"),
    ];
    let own = ("mail.identity.i.smtpServer", "'one'");
    let shared = "mail.identity.default.smtpServer";
    let default = ("mail.smtp.defaultserver", "'three'");
    for (prefs, host) in [
        (&[][..], "mail.example.jp"),
        (&[default], "three.example.jp"),
        (&[(shared, "'two'")], "two.example.jp"),
        (&[(shared, "'two'"), default], "two.example.jp"),
        (&[(shared, "''"), default], "three.example.jp"),
        (&[own, (shared, "'two'"), default], "mail.example.jp"),
        // The list alone counts.
        (&[(shared, "'gone'"), default], ""),
    ] {
        let report = thunderbird("140.0", &[&hosts, prefs].concat());
        let finding = only(&report);
        assert_eq!(finding["outgoing"]["host"].as_str().unwrap_or_default(), host, "{prefs:?}");
        assert_eq!(finding["verdict"] == "no-outgoing-server", host.is_empty(), "{prefs:?}");
        let told = finding["evidence"].as_array().unwrap().iter().any(|fact| fact["setting"] == shared);
        let counts = prefs.iter().any(|(name, _)| *name == shared) && !prefs.contains(&own);
        assert_eq!(told, counts, "{prefs:?}");
    }
}

/// An export of K-9 Mail in this version of its settings, with these elements of the outgoing server.
fn k9(version: &str, elements: &str) -> Value {
    let text = format!(
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<k9settings version=\"{version}\" format=\"1\">\
         <accounts><account uuid=\"u\"><incoming-server type=\"POP3\"><host>pop.example.jp</host></incoming-server>\
         <outgoing-server type=\"SMTP\"><host>mail.example.jp</host>{elements}</outgoing-server></account></accounts>\
         </k9settings>"
    );
    scan(&[("k9.k9s", &text)], "k9.k9s")
}

/// formats/apple-android.md 3.3: up to 94 an empty user name was the word for "no authentication", whatever the type.
#[test]
fn k9_95_has_a_word_for_none() {
    let security = "<connection-security>STARTTLS_REQUIRED</connection-security>";
    let kind = |kind| format!("{security}<authentication-type>{kind}</authentication-type>");
    for (kind_of, auth) in [("XOAUTH2", "oauth2"), ("EXTERNAL", "certificate")] {
        for (version, verdict, auth) in [
            ("93", "no-smtp-auth", "none"),
            ("94", "no-smtp-auth", "none"),
            ("95", "smtp-auth", auth),
            ("96", "smtp-auth", auth),
        ] {
            let report = k9(version, &kind(kind_of));
            assert_eq!(judged(only(&report)), (verdict, 587, "starttls", auth), "{version} {kind_of}");
        }
    }
    for version in ["94", "95", "96"] {
        assert_eq!(judged(only(&k9(version, &kind("NONE")))).0, "no-smtp-auth", "{version}");
        let named = kind("PLAIN") + "<username>taro</username>";
        assert_eq!(judged(only(&k9(version, &named))).0, "smtp-auth", "{version}");
    }
}

/// The oldest exports leave the type out; from 94 on one without it is no known one.
#[test]
fn k9_94_needs_a_type() {
    let elements = "<connection-security>STARTTLS_REQUIRED</connection-security><username>taro</username>";
    for (version, verdict, auth, sure) in [
        ("93", "smtp-auth", "password", "inferred"),
        ("94", "unreadable", "unknown", "documented"),
        ("95", "unreadable", "unknown", "documented"),
        ("96", "unreadable", "unknown", "documented"),
    ] {
        let report = k9(version, elements);
        let finding = only(&report);
        let found = judged(finding);
        assert_eq!((found.0, found.3), (verdict, auth), "{version}");
        assert_eq!(finding["confidence"], sure, "{version}");
    }
}

/// Exports before version 92 leave the encryption out where it is TLS.
#[test]
fn k9_92_needs_the_encryption() {
    let elements = "<authentication-type>PLAIN</authentication-type><username>taro</username>";
    for (version, expected) in
        [("91", ("smtp-auth", 465, "tls", "password")), ("92", ("unreadable", 587, "?", "password"))]
    {
        let report = k9(version, elements);
        let found = judged(only(&report));
        assert_eq!((found.0, found.2), (expected.0, expected.2), "{version}");
        assert!(version == "92" || found == expected, "{found:?}");
    }
}

/// One account of Claws Mail without any setting but its servers, with this version in clawsrc.
fn claws(version: &str, settings: &str) -> Value {
    let account = format!(
        "[Account: 1]\naccount_name=a\naddress=taro@example.jp\nreceive_server=pop.example.jp\n\
         smtp_server=mail.example.jp\nuser_id=taro\n{settings}"
    );
    let common = format!("[Common]\nconfig_version={version}\n");
    scan(&[("taro/.claws-mail/accountrc", &account), ("taro/.claws-mail/clawsrc", &common)], "taro")
}

/// claws-mail commits 3822d6849 and 4dc29628f (4.3.1, whose settings are version 5): absent means authentication and TLS.
#[test]
fn claws_mails_settings_of_version_5_have_safe_defaults() {
    for (version, expected) in
        [("4", ("no-smtp-auth", 25, "plain", "none")), ("5", ("smtp-auth", 465, "tls", "password"))]
    {
        assert_eq!(judged(only(&claws(version, "protocol=0\n"))), expected, "{version}");
    }
}

/// formats/desktop.md 4: before version 1 of the settings 1 was APOP, and 3 IMAP.
#[test]
fn claws_mails_settings_of_version_1_have_other_protocols() {
    for (version, one, three) in [("0", "pop3", Some("imap")), ("1", "imap", None)] {
        assert_eq!(only(&claws(version, "protocol=1\n"))["incoming"]["protocol"], one, "{version}");
        let report = claws(version, "protocol=3\n");
        let third = report["findings"].get(0).and_then(|finding| finding["incoming"]["protocol"].as_str());
        assert_eq!(third, three, "{version}");
    }
}
