//! What nobody asks for stays behind, wherever it stands.

use super::*;

/// A home in which every kind of file holds values that nobody asks for, all with this word in them.
const DECOY: &str = "DECOY";

pub(crate) fn put(home: &Path, path: &str, content: impl AsRef<[u8]>) {
    let path = home.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

pub(crate) fn windows_home(home: &Path) {
    let account = r"HKEY_CURRENT_USER\Software\Microsoft\Windows NT\CurrentVersion\Windows Messaging Subsystem\Profiles\Outlook\9375CFF0413111d3B88A00104B2A6676";
    let mail = r"HKEY_CURRENT_USER\Software\Microsoft\Internet Account Manager\Accounts\00000001";
    let hidden: Vec<String> = "a@example.jp\0DECOY\0"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let hidden = hidden.join(",");
    put(
        home,
        "x.reg",
        format!(
            "Windows Registry Editor Version 5.00\r\n[{account}\\00000001]\r\n\"clsid\"=\"{{ED475411-B0D6-11D2-8C3B-00104B2A6676}}\"\r\n\
             \"Email\"=hex:{hidden}\r\n\"SMTP Server\"=\"smtp.example.jp\"\r\n\"Signature\"=\"DECOY\"\r\n\"SMTP Port\"=hex:44,45,43,4f,59\r\n\
             [{account}\\DECOY]\r\n\"Email\"=\"DECOY\"\r\n[{account}]\r\n\"{{ED475418-B0D6-11D2-8C3B-00104B2A6676}}\"=hex:44,45,43,4f,59\r\n\
             [HKEY_CURRENT_USER\\Software\\Microsoft\\Office\\DECOY]\r\n\"x\"=\"DECOY\"\r\n\
             [{mail}]\r\n\"POP3 Server\"=\"pop.example.jp\"\r\n\"SMTP Server\"=\"smtp.example.jp\"\r\n\"HTTPMail DECOY\"=\"DECOY\"\r\n\"Comment\"=\"DECOY\"\r\n\
             [HKEY_CURRENT_USER\\Software\\Microsoft\\ActiveSync\\Partners]\r\n\"DeviceID\"=\"DECOY\"\r\n\
             [HKEY_CURRENT_USER\\Software\\Microsoft\\ActiveSync\\Partners\\DECOY]\r\n\"Email\"=\"DECOY\"\r\n\
             [HKEY_CURRENT_USER\\Software\\Microsoft\\ActiveSync\\Partners\\{{60D03F1B-38BA-4FC2-8CA3-89408FC4ED48}}]\r\n\
             \"Email\"=\"a@example.jp\"\r\n\"Blob\"=hex:44,45,43,4f,59\r\n\"Text\"=\"DECOY\"\r\n\"Server\"=hex:{hidden}\r\n\
             [HKEY_CURRENT_USER\\Software\\Policies\\Mozilla\\Thunderbird]\r\n\"Preferences\"=\"{{\\\"mail.DECOY\\\":\\\"DECOY\\\",\\\"mail.smtpservers\\\":{{\\\"Value\\\":\\\"smtp1\\\",\\\"x\\\":\\\"DECOY\\\"}}}}\"\r\n"
        ),
    );
    put(
        home,
        "Documents/Becky/1.mb/Mailbox.ini",
        "[Account]\r\nName=a\r\nSMTPServer=smtp.example.jp\r\nMailServer=pop.example.jp\r\nSignature=DECOY\r\nPopBeforeSmtpNote=DECOY\r\n[DECOY]\r\nx=DECOY\r\n",
    );
    put(home, "Documents/Becky/Folder.lst", "1.mb\\\r\nDECOY.mb\\\r\n");
    put(
        home,
        "AppData/Local/Microsoft/Windows Live Mail/a/account{1}.oeaccount",
        "<MessageAccount><SMTP_Server>smtp.example.jp</SMTP_Server><POP3_Server>pop.example.jp</POP3_Server><Note>DECOY</Note><!-- DECOY --></MessageAccount>",
    );
    put(
        home,
        "AppData/Local/Microsoft/Olk/UserSettings.json",
        r#"{"Identities":{"IdentityMap":{"a@example.jp":{"x":"DECOY"}}},"DECOY":1,"AccountLocalBackup":{"Json":"[{\"emailAddress\":\"b@example.jp\",\"accountType\":\"imap\",\"x\":\"DECOY\"}]","y":"DECOY"}}"#,
    );
    let profile = "AppData/Roaming/Thunderbird/Profiles/p";
    put(
        home,
        "AppData/Roaming/Thunderbird/profiles.ini",
        "[General]\r\nx=DECOY\r\n[Profile0]\r\nName=p\r\nPath=Profiles/p\r\nIsRelative=1\r\nx=DECOY\r\n",
    );
    put(home, &format!("{profile}/compatibility.ini"), "[Compatibility]\nLastVersion=140.0_1/1\nx=DECOY\n");
    put(home, &format!("{profile}/user.js"), "user_pref(\"mail.DECOY\", \"DECOY\");\n");
    put(
        home,
        &format!("{profile}/prefs.js"),
        "// DECOY\nuser_pref(\"mail.accountmanager.accounts\", \"account1\");\nuser_pref(\"mail.account.account1.server\", \"server1\");\n\
         user_pref(\"mail.account.account1.identities\", \"id1\");\nuser_pref(\"mail.server.server1.type\", \"pop3\");\n\
         user_pref(\"mail.server.server1.directory\", \"DECOY\");\nuser_pref(\"mail.identity.id1.htmlSigText\", \"signature text DECOY\");\n\
         user_pref(\"mail.identity.id1.smtpServer\", \"smtp1\");\nuser_pref(\"mail.smtpservers\", \"smtp1\");\n\
         user_pref(\"mail.smtpserver.smtp1.hostname\", \"smtp.example.jp\");\nuser_pref(\"mail.smtpserver.smtp1.description\", \"DECOY\");\n\
         user_pref(\"mail.outgoingserver.smtp1.ews_url\", \"https://DECOY:DECOY@ews.example.jp/DECOY\");\n",
    );
    put(home, "AppData/Roaming/DECOY/file.txt", "DECOY");
    let sources = ".config/evolution/sources";
    put(
        home,
        &format!("{sources}/a.source"),
        "[Data Source]\nDisplayName=a\n[Mail Account]\nBackendName=pop\nArchiveFolder=DECOY\n[Authentication]\nHost=pop.example.jp\nProxyUid=DECOY\n[DECOY]\nx=DECOY\n",
    );
    put(
        home,
        &format!("{sources}/calendar.source"),
        "[Data Source]\nDisplayName=DECOY\n[Calendar]\nBackendName=DECOY\n[Authentication]\nHost=DECOY\nUser=DECOY\n",
    );
}

fn mac_home(home: &Path) {
    put(
        home,
        "Library/Mail/V2/MailData/Accounts.plist",
        "<plist><dict><key>DECOY</key><string>DECOY</string><key>MailAccounts</key><array><dict>\
         <key>AccountType</key><string>POPAccount</string><key>Hostname</key><string>pop.example.jp</string>\
         <key>SMTPIdentifier</key><string>smtp.example.jp:a</string><key>DraftsMailboxName</key><string>DECOY</string>\
         <key>EmailAliases</key><array><dict><key>alias</key><string>DECOY</string></dict></array>\
         <key>uniqueId</key><data>REVDT1k=</data></dict><string>DECOY</string></array></dict></plist>",
    );
    fs::create_dir_all(home.join("Library/Accounts")).unwrap();
    let database = rusqlite::Connection::open(home.join("Library/Accounts/Accounts4.sqlite")).unwrap();
    database
        .execute_batch(
            "CREATE TABLE DECOY (x);
             INSERT INTO DECOY VALUES ('DECOY');
             CREATE TABLE ZACCOUNTTYPE (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER, ZDECOY);
             INSERT INTO ZACCOUNTTYPE VALUES (1, 'com.apple.account.POP', 'DECOY'), (2, 'com.apple.account.DECOY', '');
             CREATE TABLE ZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZACCOUNTTYPE, ZPARENTACCOUNT, ZACTIVE, ZIDENTIFIER,
                ZACCOUNTDESCRIPTION, ZAUTHENTICATIONTYPE, ZUSERNAME, ZDATACLASSPROPERTIES, ZDECOY);
             INSERT INTO ZACCOUNT VALUES (1, 1, NULL, 1, 'A', 'x', NULL, 'taro', 'DECOY', 'DECOY'),
                (2, 2, NULL, 1, 'B', 'DECOY', NULL, 'DECOY', NULL, 'DECOY');
             CREATE TABLE ZACCOUNTPROPERTY (ZOWNER, ZKEY, ZVALUE, ZDECOY);
             INSERT INTO ZACCOUNTPROPERTY VALUES (1, 'Hostname', 'pop.example.jp', 'DECOY'), (1, 'Signature', 'DECOY', ''),
                (1, 'PortNumber', x'004445434f59', ''), (2, 'Hostname', 'DECOY', '');",
        )
        .unwrap();
    let backup = "Library/Application Support/MobileSync/Backup/0123456789abcdef0123456789abcdef01234567";
    put(
        home,
        &format!("{backup}/Info.plist"),
        "<plist><dict><key>Device Name</key><string>phone</string><key>IMEI</key><string>DECOY</string>\
         <key>Applications</key><dict><key>DECOY</key><string>DECOY</string></dict></dict></plist>",
    );
    put(
        home,
        &format!("{backup}/Manifest.plist"),
        "<plist><dict><key>IsEncrypted</key><false/><key>BackupKeyBag</key><data>REVDT1k=</data>\
         <key>Lockdown</key><dict><key>SerialNumber</key><string>DECOY</string></dict></dict></plist>",
    );
    let payload = "943624fd13e27b800cc6d9ce1100c22356ee365c";
    fs::create_dir_all(home.join(backup).join("94")).unwrap();
    fs::copy(home.join("Library/Accounts/Accounts4.sqlite"), home.join(backup).join("94").join(payload))
        .unwrap();
    let manifest = rusqlite::Connection::open(home.join(backup).join("Manifest.db")).unwrap();
    manifest
        .execute_batch(&format!(
            "CREATE TABLE Files (fileID TEXT, domain TEXT, relativePath TEXT, flags INTEGER, file BLOB);
             INSERT INTO Files VALUES ('{payload}', 'HomeDomain', 'Library/Accounts/Accounts3.sqlite', 1, 'DECOY'),
                ('DECOY', 'CameraRollDomain', 'DECOY', 1, 'DECOY'), ('DECOY', 'HomeDomain', 'Library/Accounts/DECOY', 1, '');
             CREATE TABLE Properties (key, value);
             INSERT INTO Properties VALUES ('DECOY', 'DECOY');"
        ))
        .unwrap();
}

#[test]
fn what_nobody_asks_for_stays_behind() {
    let temporary = tempfile::tempdir().unwrap();
    windows_home(&temporary.path().join("homes/taro"));
    mac_home(&temporary.path().join("homes/hanako"));
    let target = temporary.path().join("collected");
    let (exit, stderr) = collect(temporary.path(), &["homes".to_owned()], &target);
    assert_eq!(exit, 0, "{stderr}");
    let mut written = BTreeMap::new();
    files_below(&target, &mut written);
    assert_eq!(written.len(), 18, "{:?}", written.keys());
    for (path, bytes) in &written {
        let narrow: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        for bytes in [bytes, &narrow] {
            for form in ["DECOY", "44,45,43,4f,59", "44,00,45,00,43", "REVDT1k"] {
                let shown = String::from_utf8_lossy(bytes);
                assert!(!contains(bytes, form.as_bytes()), "{form} in {}: {shown}", path.display());
            }
        }
        assert!(!path.display().to_string().contains(DECOY), "{}", path.display());
    }
    let report = scan(temporary.path(), &[target.display().to_string()]);
    let direct = scan(temporary.path(), &["homes".to_owned()]);
    assert_eq!(comparable("decoys", &report), comparable("decoys", &direct));
    assert!(report["findings"].as_array().unwrap().len() >= 7, "{}", report["findings"]);
}
