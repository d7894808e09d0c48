//! Thunderbird: settings of a profile, lists of profiles, administrators' files and policies.

use super::common::CANARY;
use super::{nothing_leaks, write, wrong_values};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn prefs(home: &Path, values: &[(&str, &str)]) {
    let mut all = BTreeMap::from([
        ("mail.accountmanager.accounts", "\"account1\""),
        ("mail.account.account1.server", "\"server1\""),
        ("mail.account.account1.identities", "\"id1\""),
        ("mail.identity.id1.useremail", "\"taro@example.jp\""),
        ("mail.identity.id1.smtpServer", "\"smtp1\""),
        ("mail.server.server1.type", "\"pop3\""),
        ("mail.server.server1.hostname", "\"mail.example.jp\""),
        ("mail.server.server1.userName", "\"taro\""),
        ("mail.smtpservers", "\"smtp1\""),
        ("mail.smtpserver.smtp1.hostname", "\"mail.example.jp\""),
    ]);
    all.extend(values.iter().copied());
    let lines: String =
        all.iter().map(|(name, value)| format!("user_pref(\"{name}\", {value});\n")).collect();
    let folder = "home/.thunderbird";
    write(
        home,
        &format!("{folder}/profiles.ini"),
        "[Profile0]\nName=default\nIsRelative=1\nPath=p1\nDefault=1\n",
    );
    write(home, &format!("{folder}/p1/prefs.js"), &lines);
}

#[test]
fn in_a_host() {
    for value in wrong_values() {
        for name in [
            "mail.smtpserver.smtp1.hostname",
            "mail.server.server1.hostname",
            "mail.server.server1.realhostname",
        ] {
            let home = tempfile::tempdir().unwrap();
            prefs(home.path(), &[(name, &format!("\"{value}\""))]);
            nothing_leaks(home.path(), 1);
        }
    }
}

#[test]
fn in_a_number_or_an_address() {
    for name in [
        "mail.smtpserver.smtp1.port",
        "mail.smtpserver.smtp1.authMethod",
        "mail.smtpserver.smtp1.try_ssl",
        "mail.server.server1.port",
        "mail.server.server1.socketType",
        "mail.identity.id1.useremail",
    ] {
        for value in [format!("\"{CANARY}\""), format!("\"587 {CANARY}\"")] {
            let home = tempfile::tempdir().unwrap();
            prefs(home.path(), &[(name, &value)]);
            nothing_leaks(home.path(), 1);
        }
    }
}

#[test]
fn in_names_comments_and_other_settings() {
    let home = tempfile::tempdir().unwrap();
    let link = format!("\"PW {CANARY}\"");
    prefs(
        home.path(),
        &[
            ("mail.smtpserver.smtp1.username", &format!("\"taro {CANARY}\"")),
            ("mail.smtpserver.smtp1.type", &format!("\"smtp {CANARY}\"")),
            ("mail.server.server1.type", &format!("\"pop3 {CANARY}\"")),
            ("mail.server.server1.name", &format!("\"PW: {CANARY}\"")),
            ("mail.server.server1.userName", &format!("\"taro:{CANARY}@mail\"")),
            ("mail.server.server1.isSecure", &format!("\"{CANARY}\"")),
            ("mail.identity.id1.smtpServer", &link),
            ("mail.smtpservers", &format!("\"smtp1,PW {CANARY}\"")),
            ("mail.accountmanager.defaultaccount", &format!("\"!{CANARY}\"")),
            (&format!("mail.smtpserver.PW {CANARY}.hostname"), "\"mail.example.jp\""),
            (&format!("mail.smtpserver.PW {CANARY}.port"), &format!("\"587 {CANARY}\"")),
            ("mail.smtpserver.smtp1.ssWd", &format!("\"{CANARY}\"")),
            ("mail.smtpserver.smtp1.password", &format!("\"{CANARY}\"")),
            ("mail.compose.note", &format!("\"{CANARY}\"")),
            (CANARY, "1"),
            ("extensions.lastAppVersion", &format!("\"{CANARY}\"")),
            ("mail.ui-rdf.version", &format!("\"{CANARY}\"")),
            ("general.config.filename", &format!("\"https://taro:{CANARY}@example.jp/x.cfg\"")),
            ("autoadmin.global_config_url", &format!("\"https://example.jp/?token={CANARY}\"")),
        ],
    );
    let folder = "home/.thunderbird";
    write(
        home.path(),
        &format!("{folder}/profiles.ini"),
        &format!(
            "; {CANARY}\n[Profile0]\nName=PW {CANARY}\nIsRelative={CANARY}\nPath=p1\nDefault=1\nssWd={CANARY}\n\
             Name=PW {CANARY}\n[PW {CANARY}]\nPath=p1\n[Profile1]\nPath=\\\\taro:{CANARY}@server\\share\nIsRelative=0\n"
        ),
    );
    write(
        home.path(),
        &format!("{folder}/p1/compatibility.ini"),
        &format!("[Compatibility]\nLastVersion={CANARY}\nLastOSABI={CANARY}\n[{CANARY} PW]\nx=1\n"),
    );
    // A doubled name, a comment, and what is lost by errors of grammar.
    write(
        home.path(),
        &format!("{folder}/p1/user.js"),
        &format!(
            "// {CANARY}\nuser_pref('mail.smtpserver.smtp1.port', '{CANARY}'); # {CANARY}\n\
             user_pref('mail.smtpserver.smtp1.port', 587);\nuser_pref('mail.smtpserver.smtp1.try_ssl', '0 {CANARY}');\n\
             user_pref('mail.smtpserver.PW{CANARY}.port', 1)\nuser_pref('mail.{CANARY}, 1);\n"
        ),
    );
    nothing_leaks(home.path(), 1);
}

#[test]
fn in_what_an_organisation_sets() {
    let home = tempfile::tempdir().unwrap();
    prefs(home.path(), &[]);
    fs::create_dir_all(home.path().join("home/Users")).unwrap();
    fs::rename(home.path().join("home/.thunderbird"), home.path().join("thunderbird")).unwrap();
    fs::create_dir_all(home.path().join("home/Users/taro")).unwrap();
    fs::rename(home.path().join("thunderbird"), home.path().join("home/Users/taro/.thunderbird")).unwrap();
    let pref = "home/usr/lib/thunderbird/defaults/pref";
    write(
        home.path(),
        &format!("{pref}/a.js"),
        &format!(
            "// {CANARY}\npref('general.config.filename', 'a.cfg');\npref('x', '{CANARY}');\n\
             pref('mail.smtpserver.default.authMethod', '{CANARY}');pref('general.config.obscure_value', 0);\n"
        ),
    );
    write(
        home.path(),
        "home/usr/lib/thunderbird/a.cfg",
        &format!(
            "// {CANARY}\nlockPref('mail.smtpserver.smtp1.hostname', 'taro:{CANARY}@mail.example.jp'); // {CANARY}\n\
             if (getenv('{CANARY}')) {{ pref('mail.smtpserver.smtp1.try_ssl', '{CANARY}'); }}\n\
             lockPref('mail.server.PW {CANARY}.port', 1); pref('mail.x', '{CANARY}'); lockPref(compute('{CANARY}'));\n\
             lockPref('autoadmin.global_config_url', 'https://taro:{CANARY}@example.jp');\n"
        ),
    );
    write(
        home.path(),
        "home/Users/taro/.thunderbird/p1/failover.jsc",
        &format!("lockPref('mail.server.server1.hostname', 'mail.example.jp {CANARY}'); // {CANARY}\n"),
    );
    write(
        home.path(),
        "home/etc/thunderbird/policies/policies.json",
        &format!(
            r#"{{"policies": {{"Proxy": "{CANARY}", "Preferences": {{
            "mail.smtpserver.smtp1.port": {{"Value": "{CANARY}", "Status": "locked", "Note": "{CANARY}"}},
            "mail.smtpserver.smtp1.username": {{"Value": "taro {CANARY}", "Status": "{CANARY}"}},
            "mail.smtpserver.PW {CANARY}.port": 1, "{CANARY}": "{CANARY}", "mail.ssWd": "{CANARY}"}}}}}}"#
        ),
    );
    nothing_leaks(home.path(), 1);
}

#[test]
fn in_a_policy_of_the_registry() {
    let json = format!(
        r#"{{"mail.smtpserver.smtp1.port": {{"Value": "{CANARY}", "Status": "{CANARY}"}},
        "mail.smtpserver.PW {CANARY}.port": 1, "x": "{CANARY}"}}"#
    );
    let json = json.replace('"', "\\\"").replace('\n', "");
    let path = r"HKEY_CURRENT_USER\SOFTWARE\Policies\Mozilla\Thunderbird";
    for keys in [
        format!("[{path}]\r\n\"Preferences\"=\"{json}\"\r\n\"Note\"=\"{CANARY}\"\r\n"),
        format!("[{path}]\r\n\"Preferences\"=\"no JSON {CANARY}\"\r\n"),
        format!(
            "[{path}\\Preferences]\r\n\"mail.smtpserver.smtp1.port\"=\"{CANARY}\"\r\n\"ssWd\"=\"{CANARY}\"\r\n\
             \"mail.smtpserver.smtp1.try_ssl\"=hex(7):4b,00,00,00,00,00\r\n[{path}\\Preferences\\mail.smtpserver.smtp1.authMethod]\r\n\
             \"Value\"=\"{CANARY}\"\r\n\"Status\"=\"{CANARY}\"\r\n[{path}\\Preferences\\mail.server.PW {CANARY}.port]\r\n\
             \"Value\"=dword:0000006e\r\n[{path}\\Preferences\\{CANARY}]\r\n\"Value\"=dword:0000006e\r\n"
        ),
    ] {
        let home = tempfile::tempdir().unwrap();
        prefs(home.path(), &[]);
        fs::create_dir_all(home.path().join("home/AppData/Roaming")).unwrap();
        let from = home.path().join("home/.thunderbird");
        fs::rename(from, home.path().join("home/AppData/Roaming/Thunderbird")).unwrap();
        write(
            home.path(),
            "home/policies.reg",
            &format!("Windows Registry Editor Version 5.00\r\n\r\n{keys}"),
        );
        nothing_leaks(home.path(), 1);
    }
}
