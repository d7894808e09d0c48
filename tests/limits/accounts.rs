//! How many accounts, identities, profiles and payloads of a client are looked at.

use super::*;
use rusqlite::{Connection, MAIN_DB};
use std::fmt::Write as _;

fn names(what: &str, count: usize) -> String {
    (0..count).map(|number| format!("{what}{number}")).collect::<Vec<_>>().join(",")
}

/// prefs.js with so many accounts, each with so many identities.
fn thunderbird(accounts: usize, identities: usize) -> String {
    let mut file = format!(
        "user_pref('mail.smtpservers', 'one');\nuser_pref('mail.smtpserver.one.hostname', 'mail.example.jp');\n\
         user_pref('mail.accountmanager.accounts', '{}');\n",
        names("a", accounts)
    );
    for number in 0..accounts {
        let own = names(&format!("i{number}x"), identities);
        let _ = write!(
            file,
            "user_pref('mail.account.a{number}.server', 's{number}');\nuser_pref('mail.server.s{number}.type', 'pop3');\n\
             user_pref('mail.account.a{number}.identities', '{own}');\n"
        );
    }
    file
}

#[test]
fn thunderbird_has_a_thousand_accounts_and_two_thousand_identities() {
    // Without identities, whose own limit would come before the other.
    assert_eq!(found(&lone("prefs.js", thunderbird(1_000, 0))), (1_000, vec![]));
    assert_eq!(found(&lone("prefs.js", thunderbird(1_001, 0))), (1_000, TOLD.to_vec()));
    assert_eq!(found(&lone("prefs.js", thunderbird(1, 2_000))), (1, vec![]));
    assert_eq!(found(&lone("prefs.js", thunderbird(1, 2_001))), (1, TOLD.to_vec()));
}

/// A file below a home with a thousand accounts, and with one more.
fn thousand(name: &str, make: impl Fn(usize) -> String) {
    for (count, issues) in [(1_000, &[][..]), (1_001, &TOLD)] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "taro/.bashrc", "");
        put(folder.path(), &format!("taro/{name}"), (1..=count).map(&make).collect::<String>());
        assert_eq!(found(&scan(folder.path(), "taro")), (1_000, issues.to_vec()), "{name} {count}");
    }
}

#[test]
fn accountrc_has_a_thousand_accounts() {
    let block = |n: usize| format!("[Account: {n}]\nprotocol=0\nsmtp_server=mail.example.jp\n");
    thousand(".sylpheed-2.0/accountrc", block);
    thousand(".claws-mail/accountrc", block);
}

#[test]
fn msmtprc_has_a_thousand_accounts() {
    thousand(".msmtprc", |n| format!("account a{n}\nhost mail.example.jp\nauth on\n"));
}

fn database(sql: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    connection.serialize(MAIN_DB).unwrap().to_vec()
}

/// `i` from 1 to this number.
fn numbers(count: usize) -> String {
    format!("WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<{count})")
}

#[test]
fn android_has_a_thousand_accounts() {
    for (count, issues) in [(1_000, &[][..]), (1_001, &TOLD)] {
        let n = numbers(count);
        let bytes = database(&format!(
            "CREATE TABLE Account(_id integer primary key, emailAddress text, hostAuthKeyRecv integer, hostAuthKeySend integer, flags integer); \
             CREATE TABLE HostAuth(_id integer primary key, protocol text, address text, port integer, flags integer, login text); \
             {n} INSERT INTO Account SELECT i, 'a'||i||'@example.jp', 2*i, 2*i+1, 0 FROM n; \
             {n} INSERT INTO HostAuth SELECT 2*i, 'pop3', 'pop.example.jp', 110, 0, 'taro' FROM n; \
             {n} INSERT INTO HostAuth SELECT 2*i+1, 'smtp', 'mail.example.jp', 587, 4, 'taro' FROM n;"
        ));
        assert_eq!(found(&lone("EmailProvider.db", bytes)), (1_000, issues.to_vec()), "{count}");
    }
}

/// Of a store that can hold no real accounts nothing is read.
#[test]
fn apples_store_has_two_thousand_rows() {
    for (count, expected) in [
        (1_000, (1_000, vec![])),
        (1_001, (1_000, TOLD.to_vec())),
        (2_000, (1_000, TOLD.to_vec())),
        (2_001, (0, TOLD.to_vec())),
    ] {
        let n = numbers(count);
        let bytes = database(&format!(
            "CREATE TABLE ZACCOUNTTYPE(Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER VARCHAR); \
             INSERT INTO ZACCOUNTTYPE VALUES(1, 'com.apple.account.POP'); \
             CREATE TABLE ZACCOUNT(Z_PK INTEGER PRIMARY KEY, ZACCOUNTTYPE INTEGER, ZPARENTACCOUNT INTEGER, ZIDENTIFIER VARCHAR); \
             CREATE TABLE ZACCOUNTPROPERTY(Z_PK INTEGER PRIMARY KEY, ZOWNER INTEGER, ZKEY VARCHAR, ZVALUE BLOB); \
             {n} INSERT INTO ZACCOUNT SELECT i, 1, NULL, 'id'||i FROM n;"
        ));
        assert_eq!(found(&lone("Accounts4.sqlite", bytes)), expected, "{count}");
    }
}

fn plist(body: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>{body}</dict></plist>")
}

#[test]
fn apples_lists_have_two_thousand_entries_and_accounts_are_a_thousand() {
    let account =
        "<dict><key>AccountType</key><string>POPAccount</string><key>Hostname</key><string>h</string></dict>";
    let payload = "<dict><key>PayloadType</key><string>com.apple.mail.managed</string>\
         <key>PayloadIdentifier</key><string>x</string>\
         <key>EmailAccountType</key><string>EmailTypePOP</string></dict>";
    for (count, accounts, issues) in
        [(1_000, 1_000, &[][..]), (1_001, 1_000, &TOLD), (2_000, 1_000, &TOLD), (2_001, 0, &TOLD)]
    {
        let list = plist(&format!("<key>MailAccounts</key><array>{}</array>", account.repeat(count)));
        assert_eq!(
            found(&lone("com.apple.mail.plist", list)),
            (accounts, issues.to_vec()),
            "list of {count}"
        );
        let profile = plist(&format!(
            "<key>PayloadType</key><string>Configuration</string><key>PayloadIdentifier</key><string>p</string>\
             <key>PayloadContent</key><array>{}</array>",
            payload.repeat(count)
        ));
        let report = lone("a.mobileconfig", profile);
        let is_told = report["issues"].as_array().unwrap().iter().any(|issue| issue["kind"] == "too-large");
        assert_eq!(is_told, count > 1_000, "profile of {count}");
        assert_eq!(report["findings"].as_array().unwrap().is_empty(), count > 2_000, "profile of {count}");
    }
}

/// A client that is only detected shows an account for each folder that its pattern leads to.
#[test]
fn fifty_accounts_of_a_detected_client_are_told_apart() {
    for (count, issues) in [(50, &[][..]), (51, &TOLD)] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "taro/AppData/Roaming/x", "");
        for number in 0..count {
            let path = format!("taro/AppData/Local/Opera Mail/p{number}/mail/accounts.ini");
            put(folder.path(), &path, "[Account1]\nOutgoing Servername=mail.example.jp\n");
        }
        let report = scan(folder.path(), "taro");
        let count_of = |kind: &str| {
            report["issues"].as_array().unwrap().iter().filter(|issue| issue["kind"] == kind).count()
        };
        assert_eq!(found(&report).0, 50, "{count}");
        assert_eq!(count_of("too-large"), issues.len(), "{count}: {:#}", report["issues"]);
    }
}

/// The first thousand in the order of the clients.
#[test]
fn all_clients_together_have_a_thousand_accounts() {
    for (last, issues) in [(400, &[][..]), (401, &TOLD)] {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "taro/.bashrc", "");
        let block = |n: usize| format!("[Account: {n}]\nprotocol=0\nsmtp_server=mail.example.jp\n");
        put(folder.path(), "taro/.sylpheed-2.0/accountrc", (0..600).map(block).collect::<String>());
        let account = |n: usize| format!("account a{n}\nhost mail.example.jp\n");
        put(folder.path(), "taro/.msmtprc", (0..last).map(account).collect::<String>());
        let report = scan(folder.path(), "taro");
        assert_eq!(found(&report), (1_000, issues.to_vec()), "{last}");
        let of = |client: &str| {
            report["findings"]
                .as_array()
                .unwrap()
                .iter()
                .filter(|finding| finding["client"] == client)
                .count()
        };
        assert_eq!((of("sylpheed"), of("msmtp")), (600, 400));
        let text = report["issues"].to_string();
        assert_eq!(text.contains("1 more were left out"), !issues.is_empty(), "{text}");
    }
}

#[test]
fn outlook_has_five_hundred_profiles_and_outlook_express_as_many_identities() {
    let registry = |part: &dyn Fn(usize) -> String, count: usize| {
        let parts: Vec<String> = (0..count).map(part).collect();
        found_counts(&lone("a.reg", format!("Windows Registry Editor Version 5.00\n\n{}", parts.concat())))
    };
    let root = r"HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles";
    let profile = |n: usize| {
        format!(
            "[{root}\\p{n}\\9375CFF0413111d3B88A00104B2A6676\\00000001]\n\"clsid\"=\"{{ED475411-B0D6-11D2-8C3B-00104B2A6676}}\"\n\
             \"POP3 Server\"=\"p\"\n\"SMTP Server\"=\"m\"\n"
        )
    };
    let manager = r"Software\Microsoft\Internet Account Manager\Accounts\1";
    let identity = |n: usize| {
        format!(
            "[HKEY_CURRENT_USER\\Identities\\{{{n}}}\\{manager}]\n\"POP3 Server\"=\"p{n}\"\n\"SMTP Server\"=\"m\"\n"
        )
    };
    for part in [&profile as &dyn Fn(usize) -> String, &identity] {
        assert_eq!(registry(part, 500), (500, 0));
        assert_eq!(registry(part, 501), (500, 1));
    }
}

/// The findings and the issues `too-large`.
fn found_counts(report: &Value) -> (usize, usize) {
    let (findings, issues) = found(report);
    (findings, issues.iter().filter(|kind| **kind == TOLD[0]).count())
}
