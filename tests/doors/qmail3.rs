//! QMAIL3's accounts.

use crate::common::CANARY;
use crate::{nothing_leaks, write};
use std::path::Path;

const GOOD: [(&str, &str); 14] = [
    ("Global/Class", "mail"),
    ("Global/SenderAddress", "taro@example.jp"),
    ("Receive/Type", "pop3"),
    ("Receive/Host", "mail.example.jp"),
    ("Receive/Port", "110"),
    ("Receive/Secure", "0"),
    ("Send/Type", "smtp"),
    ("Send/Host", "mail.example.jp"),
    ("Send/Port", "25"),
    ("Send/Secure", "0"),
    ("Send/UserName", "taro"),
    ("Smtp/AuthMethods", "CRAM-MD5"),
    ("Smtp/PopBeforeSmtp", "0"),
    ("Smtp/PopBeforeSmtpHost", "mail.example.jp"),
];

fn account(home: &Path, name: &str, file: &str, changed: &[(&str, &str)], more: &str) {
    let mut text = format!("<profile>\n<!-- {CANARY} -->\n{more}");
    for (key, value) in GOOD {
        let (section, name) = key.split_once('/').unwrap();
        let value = changed.iter().find(|(changed, _)| *changed == key).map_or(value, |(_, value)| value);
        text += &format!("<section name=\"{section}\"><key name=\"{name}\">{value}</key></section>\n");
    }
    write(home, &format!("home/AppData/Roaming/QMAIL3/accounts/{name}/{file}"), &(text + "</profile>\n"));
}

#[test]
fn in_a_value() {
    let home = tempfile::tempdir().unwrap();
    let mut count = 0;
    for (key, value) in GOOD {
        for wrong in [
            format!("smtp://taro:{CANARY}@{value}"),
            format!("taro:{CANARY}@{value}"),
            format!("{value} {CANARY}"),
            format!("{value} ; {CANARY}"),
            format!("PW {CANARY}"),
            format!("<!-- {CANARY} -->{value} <![CDATA[{CANARY}]]>"),
        ] {
            count += 1;
            account(home.path(), &format!("a{count}"), "account.xml", &[(key, &wrong)], "");
        }
    }
    nothing_leaks(home.path(), count);
}

#[test]
fn in_names_and_unknown_keys() {
    let home = tempfile::tempdir().unwrap();
    let more = format!(
        "<section name=\"PW {CANARY}\"><key name=\"Host\">{CANARY}</key></section>\n\
         <section name=\"Send\" note=\"{CANARY}\"><key name=\"{CANARY}\">{CANARY}</key><key name=\"ssWd\">{CANARY}</key>\
         <key name=\"Password\">{CANARY}</key><key name=\"Host\">{CANARY} !</key><key>{CANARY}</key></section>\n\
         <section name=\"Smtp\"><key name=\"Host\">{CANARY}</key></section>\n<{CANARY}/>\n"
    );
    account(home.path(), "a", "account.xml", &[], &more);
    account(home.path(), "a", "account_b.xml", &[("Send/Host", "b.example.jp")], &more);
    account(home.path(), "c", "account_PW d.xml", &[], &more);
    nothing_leaks(home.path(), 3);
}

#[test]
fn in_the_registry() {
    let home = tempfile::tempdir().unwrap();
    account(home.path(), "a", "account.xml", &[], "");
    write(
        home.path(),
        "home/ntuser.reg",
        &format!(
            "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_CURRENT_USER\\Software\\sn\\q3\\Setting]\r\n\
             \"MailFolder\"=\"\\\\\\\\taro:{CANARY}@server\\\\share\"\r\n\"{CANARY}\"=\"x\"\r\n\"Profile\"=\"{CANARY}\"\r\n"
        ),
    );
    nothing_leaks(home.path(), 1);
}
