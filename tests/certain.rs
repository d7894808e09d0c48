//! What is certain is hidden by no value that doesn't matter: an account that does not authenticate keeps its verdict whatever
//! its port and its encryption say, and the value that means nothing is told and set. One table over all clients.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and writes its own files"
)]

mod common;

use common::reports::run_in;
use rusqlite::Connection;
use serde_json::Value;
use smtp_auth_audit::clients::{CLIENTS, Reading};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A store with one account that does not authenticate; `{port}` and `{security}` stand for the values.
struct Store {
    client: &'static str,
    file: &'static str,
    text: &'static str,
    /// Port 25, and no encryption.
    good: [&'static str; 2],
    /// Ports that are none.
    ports: &'static [&'static str],
    /// What the client takes for its default.
    usual: &'static [&'static str],
    /// Kinds of encryption that mean nothing.
    securities: &'static [&'static str],
    logs_on_first: bool,
}

const STORES: &[Store] = &[
    Store {
        client: "becky",
        file: "Mailbox.ini",
        text: "[Account]\nName=a\nMailAddress=taro@example.jp\nMailServer=pop.example.jp\nSMTPServer=smtp.example.jp\n\
               SMTPAuth=0\nPOPBeforeSMTP=1\nSMTPPort={port}\nSSLSMTP={security}\n",
        good: ["25", "0"],
        ports: &["0", "99999", "smtp", "-25"],
        usual: &[""],
        securities: &["2", "9", "x"],
        logs_on_first: true,
    },
    Store {
        client: "sylpheed",
        file: "accountrc",
        text: "[Account: 1]\naccount_name=a\naddress=taro@example.jp\nreceive_server=pop.example.jp\n\
               smtp_server=smtp.example.jp\nprotocol=0\nuse_smtp_auth=0\npop_before_smtp=1\nset_smtpport=1\n\
               smtp_port={port}\nssl_smtp={security}\nimap_check_inbox_only=0\n",
        good: ["25", "0"],
        ports: &["0", "99999", "smtp"],
        usual: &[""],
        securities: &["3", "7", "x"],
        logs_on_first: true,
    },
    Store {
        client: "claws-mail",
        file: "accountrc",
        text: "[Account: 1]\naccount_name=a\naddress=taro@example.jp\nreceive_server=pop.example.jp\n\
               smtp_server=smtp.example.jp\nprotocol=0\nuse_smtp_auth=0\npop_before_smtp=0\nset_smtpport=1\n\
               smtp_port={port}\nssl_smtp={security}\nconfig_version=4\nset_gnutls_priority=0\n",
        good: ["25", "0"],
        ports: &["0", "99999", "smtp"],
        usual: &[""],
        securities: &["3", "7", "x"],
        logs_on_first: false,
    },
    Store {
        client: "msmtp",
        file: "msmtprc",
        text: "account a\nhost smtp.example.jp\nfrom taro@example.jp\nauth off\nport {port}\ntls {security}\n",
        good: ["25", "off"],
        ports: &["0", "99999", "smtp"],
        usual: &[],
        securities: &["yes", "2"],
        logs_on_first: false,
    },
    Store {
        client: "outlook-express",
        file: "oe.reg",
        text: "REGEDIT4\n\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Internet Account Manager\\Accounts\\00000001]\n\
               \"Account Name\"=\"a\"\n\"POP3 Server\"=\"pop.example.jp\"\n\"SMTP Server\"=\"smtp.example.jp\"\n\
               \"SMTP Use Sicily\"=dword:00000000\n\"SMTP Port\"={port}\n\"SMTP Secure Connection\"={security}\n",
        good: ["dword:00000019", "dword:00000000"],
        ports: &["dword:00000000", "dword:0001869f", "\"smtp\"", "hex:19,00,00,00"],
        usual: &["\"\""],
        securities: &["hex:01", "\"x\""],
        logs_on_first: false,
    },
    Store {
        client: "windows-live-mail",
        file: "account{1}.oeaccount",
        text: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<MessageAccount><Account_Name type=\"SZ\">a</Account_Name>\
               <POP3_Server type=\"SZ\">pop.example.jp</POP3_Server><SMTP_Server type=\"SZ\">smtp.example.jp</SMTP_Server>\
               <SMTP_Use_Sicily type=\"DWORD\">0</SMTP_Use_Sicily><SMTP_Port type=\"DWORD\">{port}</SMTP_Port>\
               <SMTP_Secure_Connection type=\"DWORD\">{security}</SMTP_Secure_Connection></MessageAccount>\n",
        good: ["19", "0"],
        ports: &["00000000", "0001869f", "smtp"],
        usual: &[""],
        securities: &["x", "1 1"],
        logs_on_first: false,
    },
    Store {
        client: "outlook",
        file: "outlook.reg",
        text: "REGEDIT4\n\n[HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\16.0\\Outlook\\Profiles\\Outlook\\\
               9375CFF0413111d3B88A00104B2A6676\\00000002]\n\"clsid\"=\"{ED475411-B0D6-11D2-8C3B-00104B2A6676}\"\n\
               \"Account Name\"=\"a\"\n\"POP3 Server\"=\"pop.example.jp\"\n\"SMTP Server\"=\"smtp.example.jp\"\n\
               \"SMTP Use Auth\"=dword:00000001\n\"SMTP Auth Method\"=dword:00000002\n\"SMTP Port\"={port}\n\
               \"SMTP Secure Connection\"={security}\n",
        good: ["dword:00000019", "dword:00000000"],
        ports: &["dword:00000000", "dword:0001869f", "\"smtp\"", "hex:19"],
        usual: &["\"\""],
        securities: &["dword:00000009", "hex:01", "\"x\""],
        logs_on_first: true,
    },
    Store {
        client: "qmail3",
        file: "account.xml",
        text: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<profile><section name=\"Global\"><key name=\"Class\">mail</key>\
               <key name=\"SenderAddress\">taro@example.jp</key></section><section name=\"Receive\">\
               <key name=\"Host\">pop.example.jp</key><key name=\"Type\">pop3</key></section><section name=\"Send\">\
               <key name=\"Host\">smtp.example.jp</key><key name=\"Type\">smtp</key><key name=\"Port\">{port}</key>\
               <key name=\"Secure\">{security}</key></section><section name=\"Smtp\"><key name=\"PopBeforeSmtp\">1</key></section></profile>\n",
        good: ["25", "0"],
        ports: &["99999", "smtp", "-1"],
        usual: &["0", ""],
        securities: &["3", "x"],
        logs_on_first: true,
    },
    Store {
        client: "evolution",
        file: "a.source",
        text: "[Data Source]\nDisplayName=a\nEnabled=true\nParent=\n\n[Authentication]\nHost=smtp.example.jp\n\
               Method=POPB4SMTP\nPort={port}\nUser=taro\n\n[Security]\nMethod={security}\n\n[Mail Transport]\n\
               BackendName=smtp\n",
        good: ["25", "none"],
        ports: &["99999", "smtp", "-1"],
        usual: &["0", ""],
        securities: &["tls", "2"],
        logs_on_first: true,
    },
    Store {
        client: "kmail",
        file: "mailtransports",
        text: "[General]\ndefault-transport=1\n\n[Transport 1]\nid=1\nname=a\nhost=smtp.example.jp\nauth=false\n\
               port={port}\nencryption={security}\n",
        good: ["25", "None"],
        ports: &["0", "99999", "smtp"],
        usual: &[],
        securities: &["9", "x"],
        logs_on_first: false,
    },
    Store {
        client: "geary",
        file: "geary.ini",
        text: "[Metadata]\nversion=1\nstatus=enabled\n\n[Account]\nlabel=a\nservice_provider=other\n\
               sender_mailboxes=taro@example.jp;\n\n[Incoming]\nlogin=taro\nhost=imap.example.jp\nport=993\n\
               transport_security=transport\n\n[Outgoing]\nhost=smtp.example.jp\nport={port}\n\
               transport_security={security}\ncredentials=none\n",
        good: ["25", "none"],
        ports: &["99999", "smtp", "-1"],
        usual: &["0", ""],
        securities: &["tls", ""],
        logs_on_first: false,
    },
    Store {
        client: "thunderbird",
        file: "prefs.js",
        text: "user_pref(\"mail.accountmanager.accounts\", \"account1\");\n\
               user_pref(\"mail.account.account1.identities\", \"id1\");\n\
               user_pref(\"mail.account.account1.server\", \"server1\");\n\
               user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\n\
               user_pref(\"mail.identity.id1.useremail\", \"taro@example.jp\");\n\
               user_pref(\"mail.server.server1.hostname\", \"pop.example.jp\");\n\
               user_pref(\"mail.server.server1.type\", \"pop3\");\n\
               user_pref(\"mail.smtpservers\", \"smtp1\");\n\
               user_pref(\"mail.smtpserver.smtp1.hostname\", \"smtp.example.jp\");\n\
               user_pref(\"mail.smtpserver.smtp1.authMethod\", 1);\n\
               user_pref(\"mail.smtpserver.smtp1.port\", {port});\n\
               user_pref(\"mail.smtpserver.smtp1.try_ssl\", {security});\n",
        good: ["25", "0"],
        ports: &["99999", "-25", "\"smtp\"", "true"],
        usual: &["0"],
        securities: &["9", "\"x\"", "true"],
        logs_on_first: false,
    },
    Store {
        client: "apple-mail",
        file: "Accounts.plist",
        text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict><key>MailAccounts</key><array><dict>\
               <key>AccountType</key><string>POPAccount</string><key>Hostname</key><string>pop.example.jp</string>\
               <key>Username</key><string>taro</string><key>SMTPIdentifier</key><string>smtp.example.jp</string></dict>\
               </array><key>DeliveryAccounts</key><array><dict><key>AccountType</key><string>SMTPAccount</string>\
               <key>Hostname</key><string>smtp.example.jp</string><key>PortNumber</key>{port}<key>SSLEnabled</key>{security}\
               </dict></array></dict></plist>\n",
        good: ["<integer>25</integer>", "<string>NO</string>"],
        ports: &[
            "<integer>0</integer>",
            "<integer>99999</integer>",
            "<string>smtp</string>",
            "<real>58.7</real>",
        ],
        usual: &["<string></string>"],
        // A text is a switch to Apple's programs, whatever it says.
        securities: &["<array/>", "<data>AA==</data>"],
        logs_on_first: false,
    },
    Store {
        client: "apple-profile",
        file: "a.mobileconfig",
        text: "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict><key>PayloadType</key>\
               <string>com.apple.mail.managed</string><key>PayloadIdentifier</key><string>jp.example.a</string>\
               <key>EmailAccountType</key><string>EmailTypePOP</string><key>IncomingMailServerHostName</key>\
               <string>pop.example.jp</string><key>OutgoingMailServerHostName</key><string>smtp.example.jp</string>\
               <key>OutgoingMailServerAuthentication</key><string>EmailAuthNone</string>\
               <key>OutgoingMailServerPortNumber</key>{port}<key>OutgoingMailServerUseSSL</key>{security}</dict></plist>\n",
        good: ["<integer>25</integer>", "<false/>"],
        ports: &["<integer>0</integer>", "<integer>99999</integer>", "<string>smtp</string>"],
        usual: &["<string></string>"],
        securities: &["<string>x</string>", "<array/>"],
        logs_on_first: false,
    },
    Store {
        client: "k9-mail",
        file: "a.k9s",
        text: "<?xml version='1.0' encoding='UTF-8'?>\n<k9settings version=\"111\" format=\"1\"><accounts>\
               <account uuid=\"1\"><name>a</name><incoming-server type=\"POP3\"><host>pop.example.jp</host>\
               <connection-security>NONE</connection-security><authentication-type>PLAIN</authentication-type>\
               </incoming-server><outgoing-server type=\"SMTP\"><host>smtp.example.jp</host><port>{port}</port>\
               <connection-security>{security}</connection-security><authentication-type>NONE</authentication-type>\
               </outgoing-server></account></accounts></k9settings>\n",
        good: ["25", "NONE"],
        ports: &["0", "99999", "smtp"],
        usual: &["-1", ""],
        securities: &["QUIC", ""],
        logs_on_first: false,
    },
];

/// What one value makes of a store's account.
struct Row {
    report: Value,
    what: String,
}

fn scan(store: &Store, [port, security]: [&str; 2]) -> Row {
    let folder = TempDir::new().unwrap();
    let text = store.text.replace("{port}", port).replace("{security}", security);
    fs::write(folder.path().join(store.file), text).unwrap();
    let report = run_in(folder.path(), &["scan", store.file, "--format", "json"]).json();
    Row { report, what: format!("{} port {port:?} security {security:?}", store.client) }
}

impl Row {
    /// The one finding, whose verdict is certain.
    fn finding(&self, client: &str, logs_on_first: bool) -> &Value {
        let findings = self.report["findings"].as_array().unwrap();
        assert_eq!(findings.len(), 1, "{}", self.what);
        let verdict = if logs_on_first { "pop-before-smtp" } else { "no-smtp-auth" };
        let found = [&findings[0]["client"], &findings[0]["verdict"], &findings[0]["outgoing"]["host"]];
        assert_eq!(found, [client, verdict, "smtp.example.jp"], "{}", self.what);
        assert_eq!(findings[0]["outgoing"]["pop_before_smtp"], logs_on_first, "{}", self.what);
        &findings[0]
    }

    fn issues(&self) -> usize {
        let issues = self.report["issues"].as_array().unwrap();
        assert!(issues.iter().all(|issue| issue["kind"] == "malformed"), "{}", self.what);
        issues.len()
    }
}

/// What is set of a setting, and what it is now.
fn set<'a>(finding: &'a Value, setting: &str) -> Option<(&'a Value, &'a Value)> {
    let list = finding["to_set"].as_array().unwrap();
    list.iter().find(|set| set["setting"] == setting).map(|set| (&set["now"], &set["then"]))
}

#[test]
fn a_port_that_is_none_hides_nothing() {
    for store in STORES {
        for port in store.ports {
            let row = scan(store, [port, store.good[1]]);
            let finding = row.finding(store.client, store.logs_on_first);
            assert_eq!(set(finding, "port"), Some((&Value::Null, &"587".into())), "{}", row.what);
            assert_eq!(set(finding, "security"), None, "{}", row.what);
            assert!(row.issues() > 0, "{} is told", row.what);
        }
    }
}

#[test]
fn an_encryption_that_means_nothing_hides_nothing() {
    for store in STORES {
        for security in store.securities {
            let row = scan(store, [store.good[0], security]);
            let finding = row.finding(store.client, store.logs_on_first);
            let starttls = Some((&Value::Null, &"starttls".into()));
            assert_eq!(set(finding, "security"), starttls, "{}", row.what);
            assert_eq!(set(finding, "port"), Some((&"25".into(), &"587".into())), "{}", row.what);
            assert!(row.issues() > 0, "{} is told", row.what);
        }
    }
}

#[test]
fn where_neither_means_anything_both_are_set() {
    for store in STORES {
        let row = scan(store, [store.ports.last().unwrap(), store.securities[0]]);
        let finding = row.finding(store.client, store.logs_on_first);
        assert!(set(finding, "port").is_some() && set(finding, "security").is_some(), "{}", row.what);
        assert!(row.issues() > 0, "{} is told", row.what);
    }
}

#[test]
fn what_a_client_takes_for_its_default_is_no_damage() {
    for store in STORES {
        for port in store.usual.iter().chain([&store.good[0]]) {
            let row = scan(store, [port, store.good[1]]);
            row.finding(store.client, store.logs_on_first);
            assert_eq!(row.issues(), 0, "{}", row.what);
        }
    }
}

/// Stores that are databases: the port and the flags of a row, changed in place.
#[test]
fn rows_of_databases_are_read_by_the_same_rule() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("EmailProvider.db");
    fs::copy(
        fixtures.join("android-mail/lone-file/phone/data/data/com.android.email/databases/EmailProvider.db"),
        &file,
    )
    .unwrap();
    let database = Connection::open(&file).unwrap();
    let sql = "UPDATE HostAuth SET port = ?1, login = NULL, flags = 0 WHERE protocol = 'smtp'";
    for port in ["99999", "smtp", "-7"] {
        database.execute(sql, [port]).unwrap();
        let report = run_in(folder.path(), &["scan", "EmailProvider.db", "--format", "json"]).json();
        let smtp: Vec<&Value> =
            report["findings"].as_array().unwrap().iter().filter(|f| f["verdict"] != "managed").collect();
        assert!(!smtp.is_empty() && smtp.iter().all(|f| f["verdict"] == "no-smtp-auth"), "{port}");
        let is_set = |finding: &&Value| set(finding, "port") == Some((&Value::Null, &"587".into()));
        assert!(smtp.iter().all(is_set), "{port}");
        assert!(
            report["issues"].as_array().unwrap().iter().any(|issue| issue["kind"] == "malformed"),
            "{port}"
        );
    }
}

/// These have no store of their own here: what they share with others is tried there.
const ELSEWHERE: [(&str, &str); 3] = [
    ("windows-mail", "windows-live-mail"),
    ("ios-mail", "apple-mail"),
    ("android-mail", "rows_of_databases_are_read_by_the_same_rule"),
];

#[test]
fn every_client_whose_settings_are_read_is_in_the_table() {
    let tried: BTreeSet<&str> =
        STORES.iter().map(|store| store.client).chain(ELSEWHERE.map(|(client, _)| client)).collect();
    let read = CLIENTS.iter().filter(|client| matches!(client.reading, Reading::Settings(_)));
    let missing: Vec<&str> = read.map(|client| client.id).filter(|id| !tried.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
