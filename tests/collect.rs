//! `collect`: for every fixture, scanning what was collected gives what scanning the source gave; nothing that is not
//! allowed is written, and nothing that is scanned is changed.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and looks at files by itself"
)]

mod common;

use assert_cmd::Command;
use common::{contains, files_below, forms_of_canary};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What a value means when it differs, and why that is right.
/// - `source`, `evidence`: places; the copy lies elsewhere, and the settings whose mere names are told stay behind.
/// - `steps`: follow from the verdict and the edition, both compared.
/// - texts of `notes`: hold places; their codes are compared.
/// - `dirty-hive`: a note on the source's registry file; what could be read of it was collected.
/// - `signed-profile`: a note on the source's form; the copy of a profile can't be signed.
const ASIDE: [&str; 3] = ["source", "evidence", "steps"];

/// Files that PATHs name one by one lie in one folder afterwards, which is then scanned as that folder would be.
const AS_FOLDER: [(&str, &str); 3] =
    [("apple-mail/lone-files", "files"), ("ios-mail/lone-files", "files"), ("evolution/lone-file", "taken")];

/// Cases in which an id changes: a lone registry file belongs to nobody, a folder with it to whom the folder names.
const OTHER_ID: [&str; 1] = ["outlook-express/lone-export"];
/// A store folder or file named by itself: which program's it is stands in the folder's name, which is not kept.
const OTHER_CLIENT: [&str; 2] = ["windows-mail/store-folder", "android-mail/lone-file"];

/// Damage of a source whose values are written anew; `collect` itself tells of it.
const MENDED: [&str; 1] = ["outlook/damaged-export"];

fn run(folder: &Path, arguments: &[String]) -> (i32, Vec<u8>, String) {
    let mut command = Command::cargo_bin("smtp-auth-audit").unwrap();
    let output = command.current_dir(folder).args(arguments).env("LC_ALL", "en_US.UTF-8").output().unwrap();
    (output.status.code().unwrap(), output.stdout, String::from_utf8(output.stderr).unwrap())
}

fn scan(folder: &Path, paths: &[String]) -> Value {
    let mut arguments = vec!["scan".to_owned(), "--format".to_owned(), "json".to_owned()];
    arguments.extend_from_slice(paths);
    serde_json::from_slice(&run(folder, &arguments).1).unwrap()
}

fn collect(folder: &Path, paths: &[String], target: &Path) -> (i32, String) {
    let mut arguments = vec!["collect".to_owned(), target.display().to_string()];
    arguments.extend_from_slice(paths);
    let (exit, stdout, stderr) = run(folder, &arguments);
    assert_eq!(stdout, b"", "nothing is printed as a result");
    (exit, stderr)
}

/// Files of which none is a setting's: there is nothing to collect, and no folder is made.
const NOTHING: [&str; 1] = ["thunderbird/not-prefs"];

/// Every case with the paths that its test scans.
fn cases() -> Vec<(String, PathBuf, Vec<String>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folders = |path: &Path| -> Vec<PathBuf> {
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()).collect()
    };
    let mut cases = Vec::new();
    for folder in folders(&root).iter().flat_map(|client| folders(client)) {
        let Ok(text) = fs::read_to_string(folder.join("case.toml")) else { continue };
        let case: toml::Table = text.parse().unwrap();
        let paths = match case.get("path") {
            Some(toml::Value::Array(list)) => list.iter().map(|p| p.as_str().unwrap().to_owned()).collect(),
            Some(path) => vec![path.as_str().unwrap().to_owned()],
            None => vec!["home".to_owned()],
        };
        let name = folder.strip_prefix(&root).unwrap().display().to_string();
        if !NOTHING.contains(&name.as_str()) {
            cases.push((name, folder, paths));
        }
    }
    cases.sort();
    cases
}

fn comparable(case: &str, report: &Value) -> Vec<Value> {
    let mut findings = report["findings"].as_array().unwrap().clone();
    for finding in &mut findings {
        let finding = finding.as_object_mut().unwrap();
        for key in ASIDE {
            finding.remove(key);
        }
        if OTHER_ID.contains(&case) {
            finding.remove("id");
            finding.remove("user");
        }
        if OTHER_CLIENT.contains(&case) {
            for key in ["id", "client", "client_name", "edition", "confidence"] {
                finding.remove(key);
            }
        }
        let codes = finding["notes"].as_array().unwrap().iter().map(|note| note["code"].clone());
        finding["notes"] = codes.filter(|code| code != "dirty-hive" && code != "signed-profile").collect();
    }
    findings
}

#[test]
fn what_was_collected_gives_what_the_source_gave() {
    let mut errors = Vec::new();
    let mut equal = 0;
    for (name, folder, paths) in cases() {
        let temporary = tempfile::tempdir().unwrap();
        let target = temporary.path().join("collected");
        let (exit, stderr) = collect(&folder, &paths, &target);
        assert!(exit == 0 || exit == 3, "{name}: {exit} {stderr}");
        let as_folder = AS_FOLDER.iter().find(|(case, _)| *case == name);
        let direct = scan(&folder, &as_folder.map_or(paths, |(_, folder)| vec![(*folder).to_owned()]));
        let again = scan(&folder, &[target.display().to_string()]);
        let (wanted, found) = (comparable(&name, &direct), comparable(&name, &again));
        if direct["computer"] != again["computer"] {
            errors.push(format!("{name}: computer {} {}", direct["computer"], again["computer"]));
        }
        // What could not be read stays an issue, though its kind may be another one.
        let issues = |report: &Value| report["issues"].as_array().unwrap().len();
        if (issues(&direct) > 0) != (issues(&again) > 0) && !MENDED.contains(&name.as_str()) {
            errors.push(format!("{name}: issues {} → {}", direct["issues"], again["issues"]));
        }
        assert!(issues(&direct) == 0 || stderr.lines().count() > 1, "{name}: not a word of trouble");
        if wanted == found {
            equal += 1;
            continue;
        }
        if wanted.len() != found.len() {
            errors.push(format!(
                "{name}: {} findings, {} again: {}",
                wanted.len(),
                found.len(),
                again["issues"]
            ));
            continue;
        }
        for (wanted, found) in wanted.iter().zip(&found) {
            for (key, value) in wanted.as_object().unwrap() {
                if found[key] != *value {
                    errors.push(format!("{name}: {key}: {value} → {}", found[key]));
                }
            }
        }
    }
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
    assert!(equal > 100, "only {equal} cases");
}

#[test]
fn no_password_is_collected_and_nothing_is_changed() {
    let forms = forms_of_canary();
    for (name, folder, paths) in cases() {
        let temporary = tempfile::tempdir().unwrap();
        let target = temporary.path().join("collected");
        let (mut before, mut after, mut written) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        files_below(&folder, &mut before);
        let (_, stderr) = collect(&folder, &paths, &target);
        files_below(&folder, &mut after);
        assert!(before == after, "{name} was changed");
        files_below(&target, &mut written);
        assert!(!written.is_empty(), "{name}: nothing was collected");
        for form in &forms {
            assert!(!contains(stderr.as_bytes(), form), "{name}: stderr");
            for (path, bytes) in &written {
                assert!(!contains(bytes, form), "{}", path.display());
            }
        }
    }
}

/// A home in which every kind of file holds values that nobody asks for, all with this word in them.
const DECOY: &str = "DECOY";

fn put(home: &Path, path: &str, content: impl AsRef<[u8]>) {
    let path = home.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

fn windows_home(home: &Path) {
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

#[test]
fn only_a_new_or_empty_folder_is_filled() {
    let temporary = tempfile::tempdir().unwrap();
    let top = temporary.path();
    windows_home(&top.join("homes/taro"));
    let paths = ["homes".to_owned()];
    fs::create_dir(top.join("empty")).unwrap();
    assert_eq!(collect(top, &paths, &top.join("empty")).0, 0);
    for name in ["empty", "homes/taro/x.reg"] {
        let (exit, stderr) = collect(top, &paths, &top.join(name));
        assert!(exit == 2 && stderr.contains("not a new or empty folder"), "{stderr}");
    }
    assert_eq!(collect(top, &paths, &top.join("no/such")).0, 2);
    let (exit, stderr) = collect(top, &["missing".to_owned()], &top.join("new"));
    assert_eq!(exit, 2, "{stderr}");
    assert!(!top.join("new").exists(), "wrong usage writes nothing");
    fs::create_dir(top.join("nothing")).unwrap();
    assert_eq!(collect(top, &["nothing".to_owned()], &top.join("none")).0, 3, "no user was read");
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_read_it_and_no_link_is_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let temporary = tempfile::tempdir().unwrap();
    let top = temporary.path();
    windows_home(&top.join("homes/taro"));
    fs::create_dir(top.join("elsewhere")).unwrap();
    symlink(top.join("elsewhere"), top.join("link")).unwrap();
    let paths = ["homes".to_owned()];
    assert_eq!(collect(top, &paths, &top.join("link")).0, 2);
    assert_eq!(fs::read_dir(top.join("elsewhere")).unwrap().count(), 0);
    assert_eq!(collect(top, &paths, &top.join("new")).0, 0);
    let mode = |path: &str| top.join("new").join(path).metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(""), mode("taro"), mode("taro/registry.reg")), (0o700, 0o700, 0o600));
}

/// Two files of one name, and files beside homes: none of them is lost.
#[test]
fn several_paths_do_not_cover_each_other() {
    let temporary = tempfile::tempdir().unwrap();
    let top = temporary.path();
    let mailbox = |name: &str| {
        format!("[Account]\nName={name}\nSMTPServer=smtp.example.jp\nMailServer=pop.example.jp\n")
    };
    put(top, "a/Mailbox.ini", mailbox("first"));
    put(top, "b/Mailbox.ini", mailbox("second"));
    let paths = ["a/Mailbox.ini".to_owned(), "b/Mailbox.ini".to_owned()];
    assert_eq!(collect(top, &paths, &top.join("both")).0, 0);
    let names = |report: &Value| -> Vec<String> {
        let findings = report["findings"].as_array().unwrap().iter();
        let mut names: Vec<_> = findings.map(|f| f["account"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&scan(top, &["both".to_owned()])), ["first", "second"]);
    windows_home(&top.join("homes/taro"));
    let paths = ["homes".to_owned(), "a/Mailbox.ini".to_owned()];
    let (exit, stderr) = collect(top, &paths, &top.join("mixed"));
    assert_eq!(exit, 0, "{stderr}");
    let (before, after) = (scan(top, &paths), scan(top, &["mixed".to_owned()]));
    assert_eq!(names(&after), names(&before), "what belongs to nobody is found beside the homes");
}
