//! Apple's stores: property lists, the Accounts store, backups of phones and configuration profiles.

use super::common::CANARY;
use super::{nothing_leaks, write, wrong_values};
use rusqlite::{Connection, params};
use std::fs;
use std::path::Path;

/// What a field holds, as far as wrong values differ.
#[derive(Clone, Copy)]
enum Field {
    /// A server, a user or both.
    Name,
    /// A number, a switch, a word or an address.
    Strict,
    /// A name that people gave.
    Label,
    /// The key of another record, or a version.
    Link,
}

/// The ways in which a password gets into each field, side by side; the last ones repeat where a field has fewer.
fn wrong(field: Field, way: usize) -> String {
    let shared = wrong_values();
    let more = match field {
        Field::Name => vec![format!("mail.example.jp : {CANARY} x"), format!("taro {CANARY}")],
        Field::Strict => {
            vec![CANARY.to_owned(), format!("587 {CANARY}"), format!("taro@example.jp {CANARY}")]
        }
        Field::Label => vec![format!("会社 (PW {CANARY})"), format!("パスワードは {CANARY}")],
        Field::Link => vec![format!("{CANARY}!"), format!("x;{CANARY}")],
    };
    let all: Vec<String> = match field {
        // People and programs put blanks into these.
        Field::Label | Field::Link => {
            [0, 1, 4].into_iter().map(|at| shared[at].clone()).chain(more).collect()
        }
        Field::Name | Field::Strict => shared.into_iter().chain(more).collect(),
    };
    all[way % all.len()].clone()
}

const WAYS: usize = 8;

fn entries(fields: &[(&str, Field)], way: usize) -> String {
    let entry = |(name, field): &(&str, Field)| {
        let value = wrong(*field, way).replace('&', "&amp;");
        format!("<key>{name}</key><string>{value}</string><!-- {CANARY} -->\n")
    };
    fields.iter().map(entry).collect()
}

/// What no row knows.
fn unknown() -> String {
    ["Note", "ssWd", "Passwort", CANARY]
        .map(|name| format!("<key>{name}</key><string>{CANARY}</string>"))
        .concat()
}

fn plist(inside: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<plist version=\"1.0\"><dict>{inside}</dict></plist>\n")
}

#[test]
fn in_a_list_of_apple_mail() {
    use Field::{Label, Link, Name, Strict};
    let fields = [
        ("AccountName", Label),
        ("uniqueId", Link),
        ("Username", Name),
        ("Hostname", Name),
        ("SMTPIdentifier", Name),
        ("PortNumber", Strict),
        ("SSLEnabled", Strict),
        ("SSLIsDirect", Strict),
        ("SecurityLayerType", Strict),
        ("ShouldUseAuthentication", Strict),
        ("AuthenticationScheme", Strict),
        ("UseDefaultPorts", Strict),
    ];
    for way in 0..WAYS {
        let home = tempfile::tempdir().unwrap();
        let all = entries(&fields, way);
        let address = wrong(Strict, way);
        let account = |inside: &str| format!("<dict>{inside}{}</dict>", unknown());
        let lists = [
            // Found by name although the rest is wrong.
            account(&format!("<key>AccountType</key><string>POPAccount</string>{all}")),
            account(&format!(
                "<key>AccountType</key><string>{address}</string><key>Hostname</key><string>mail.example.jp</string>\
                 <key>SMTPIdentifier</key><string>mail.example.jp</string>\
                 <key>EmailAddresses</key><array><string>{address}</string></array>",
            )),
        ]
        .concat();
        let servers = account(&format!("{all}<key>Hostname</key><string>mail.example.jp</string>"));
        let content = plist(&format!(
            "<key>MailAccounts</key><array>{lists}</array><key>DeliveryAccounts</key><array>{servers}</array>{}",
            unknown()
        ));
        write(home.path(), "home/Library/Mail/V2/MailData/Accounts.plist", &content);
        nothing_leaks(home.path(), 2);
    }
}

/// A store with an IMAP account and its server, all of whose values are wrong.
fn store(path: &Path, way: usize, is_of_phone: bool) {
    use Field::{Label, Link, Name, Strict};
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let store = Connection::open(path).unwrap();
    store
        .execute_batch(
            "CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZACTIVE INTEGER, ZACCOUNTTYPE INTEGER,
               ZPARENTACCOUNT INTEGER, ZACCOUNTDESCRIPTION VARCHAR, ZAUTHENTICATIONTYPE VARCHAR, ZIDENTIFIER VARCHAR,
               ZUSERNAME VARCHAR, ZDATACLASSPROPERTIES BLOB, ZNOTE VARCHAR);
             CREATE TABLE ZACCOUNTTYPE (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER VARCHAR);
             CREATE TABLE ZACCOUNTPROPERTY (Z_PK INTEGER PRIMARY KEY, ZOWNER INTEGER, ZKEY VARCHAR, ZVALUE BLOB);
             INSERT INTO ZACCOUNTTYPE VALUES (1, 'com.apple.account.IMAP'), (2, 'com.apple.account.SMTP'),
               (3, 'com.apple.account.Google');",
        )
        .unwrap();
    let [strict, name, label, link] = [Strict, Name, Label, Link].map(|field| wrong(field, way));
    store.execute("INSERT INTO ZACCOUNTTYPE VALUES (4, ?)", [&strict]).unwrap();
    let servers = plist(&format!(
        "<key>com.apple.Dataclass.Mail</key><dict>{}{}</dict>",
        entries(&[("imapHostname", Name), ("smtpHostname", Name), ("EmailAddress", Strict)], way),
        unknown()
    ));
    for (id, kind, parent) in [(1, 1, 4), (2, 2, 4), (3, 3, 0), (4, 4, 0)] {
        let row = params![id, strict, kind, parent, label, strict, link, name, servers.as_bytes(), CANARY];
        store.execute("INSERT INTO ZACCOUNT VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row).unwrap();
    }
    let fields = [
        ("Hostname", Name),
        ("PortNumber", Strict),
        ("SSLEnabled", Strict),
        ("ShouldUseAuthentication", Strict),
        ("AuthenticationScheme", Strict),
        ("SMTPDisabled", Strict),
        ("SMTPIdentifier", Name),
        ("SMTPAlternateIdentifiers", Name),
        ("IdentityEmailAddress", Strict),
        ("EmailAddresses", Strict),
        ("mcProfileUUID", Link),
        ("SendingAccountIdentifier", Link),
        ("Note", Strict),
        ("Password2", Strict),
        ("ssWd", Strict),
    ];
    let is_there = |name: &str| (name == "SendingAccountIdentifier") != is_of_phone;
    let is_shared = |name: &str| {
        !matches!(name, "SMTPIdentifier" | "SMTPAlternateIdentifiers" | "SendingAccountIdentifier")
    };
    for (name, field) in fields.into_iter().filter(|(name, _)| is_there(name) || is_shared(name)) {
        let text = wrong(field, way);
        let aliases = format!(
            "<plist><array><dict><key>EmailAddresses</key><array><dict><key>EmailAddress</key><string>{}</string>\
             </dict></array></dict></array></plist>",
            wrong(Strict, way).replace('&', "&amp;")
        );
        let put = |name: &str, value: &dyn rusqlite::ToSql| {
            for owner in [1, 2] {
                let row = params![owner, name, value];
                store
                    .execute("INSERT INTO ZACCOUNTPROPERTY (ZOWNER, ZKEY, ZVALUE) VALUES (?, ?, ?)", row)
                    .unwrap();
            }
        };
        match name {
            "IdentityEmailAddress" => {
                put(name, &text);
                put("EmailAliases", &aliases.as_bytes());
            }
            // As older versions of iOS keep them: the addresses are the keys.
            "EmailAddresses" => {
                let dict = plist(&format!("<key>{}</key><true/>", text.replace('&', "&amp;")));
                put(name, &dict.as_bytes());
            }
            "SMTPAlternateIdentifiers" => {
                let list = format!("<plist><array><string>{text}</string><string>b</string></array></plist>");
                put(name, &list.as_bytes());
            }
            _ => put(name, &text.as_bytes()),
        }
    }
}

#[test]
fn in_the_accounts_store_of_a_mac() {
    for way in 0..WAYS {
        let home = tempfile::tempdir().unwrap();
        store(&home.path().join("home/Library/Accounts/Accounts4.sqlite"), way, false);
        nothing_leaks(home.path(), 1);
    }
}

#[test]
fn in_a_backup_of_a_phone() {
    use Field::{Label, Link, Strict};
    for way in 0..WAYS {
        let home = tempfile::tempdir().unwrap();
        let folder = "home/Library/Application Support/MobileSync/Backup/0123456789abcdef";
        let info = [
            ("Device Name", Label),
            ("Display Name", Label),
            ("Product Type", Label),
            ("Product Version", Link),
            ("Target Identifier", Link),
            ("Unique Identifier", Link),
            ("Last Backup Date", Strict),
        ];
        let device = [
            ("DeviceName", Label),
            ("ProductType", Label),
            ("ProductVersion", Link),
            ("UniqueDeviceID", Link),
        ];
        let device = format!("<key>Lockdown</key><dict>{}{}</dict>", entries(&device, way), unknown());
        let manifest = entries(&[("Date", Strict)], way) + &device + &unknown();
        write(home.path(), &format!("{folder}/Info.plist"), &plist(&(entries(&info, way) + &unknown())));
        write(home.path(), &format!("{folder}/Manifest.plist"), &plist(&manifest));
        let status = entries(&[("SnapshotState", Strict)], way) + &unknown();
        write(home.path(), &format!("{folder}/Status.plist"), &plist(&status));
        let folder = home.path().join(folder);
        let id = "943624fd13e27b800cc6d9ce1100c22356ee365c";
        store(&folder.join("94").join(id), way, true);
        let list = Connection::open(folder.join("Manifest.db")).unwrap();
        list.execute_batch("CREATE TABLE Files (fileID TEXT, domain TEXT, relativePath TEXT, flags INTEGER)")
            .unwrap();
        let other = format!("Library/Accounts/VerifiedBackup/{CANARY}");
        for (id, path, flags) in [
            (id, "Library/Accounts/Accounts3.sqlite", "1"),
            (CANARY, "Library/Accounts/Accounts2.sqlite", CANARY),
            ("5852108669e3d13ab0f42ccbea424b6a55aee97b", other.as_str(), CANARY),
        ] {
            let row = params![id, "HomeDomain", path, flags];
            list.execute("INSERT INTO Files VALUES (?, ?, ?, ?)", row).unwrap();
        }
        // The primary server, if it is on, is one of the others too.
        nothing_leaks(home.path(), 2);
    }
}

#[test]
fn in_a_configuration_profile() {
    use Field::{Label, Link, Name, Strict};
    let fields = [
        ("PayloadIdentifier", Link),
        ("PayloadUUID", Link),
        ("PayloadDisplayName", Label),
        ("EmailAccountDescription", Label),
        ("AccountDescription", Label),
        ("EmailAccountType", Strict),
        ("EmailAddress", Strict),
        ("IncomingMailServerHostName", Name),
        ("IncomingMailServerPortNumber", Strict),
        ("IncomingMailServerUseSSL", Strict),
        ("IncomingMailServerUsername", Name),
        ("IncomingACAccountIdentifier", Link),
        ("OutgoingMailServerHostName", Name),
        ("OutgoingMailServerPortNumber", Strict),
        ("OutgoingMailServerUseSSL", Strict),
        ("OutgoingMailServerUsername", Name),
        ("OutgoingMailServerAuthentication", Strict),
        ("OutgoingPassword", Strict),
        ("EnableMail", Strict),
        ("Host", Name),
        ("UserName", Name),
    ];
    for way in 0..WAYS {
        let home = tempfile::tempdir().unwrap();
        let payload = |kind: &str| {
            let kind = kind.replace('&', "&amp;");
            format!(
                "<dict><key>PayloadType</key><string>{kind}</string>{}{}</dict>",
                entries(&fields, way),
                unknown()
            )
        };
        let payloads = ["com.apple.mail.managed", "com.apple.ews.account", &wrong(Strict, way)];
        let content = plist(&format!(
            "<key>PayloadType</key><string>Configuration</string><key>PayloadContent</key><array>{}</array>{}{}",
            payloads.map(payload).concat(),
            entries(&fields[..3], way),
            unknown()
        ));
        write(home.path(), "home/x.mobileconfig", &content);
        nothing_leaks(home.path(), 2);
    }
}
