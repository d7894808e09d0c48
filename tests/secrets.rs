//! No public type holds a password, not even where only a programmer looks: every reader reads every file of every
//! fixture, and the Debug form of what it gives is searched for the canary.

#![expect(
    clippy::disallowed_methods,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test fails by panicking, looks at files by itself, and made the names lower case"
)]

mod common;

use common::{files_below, first_held, forms_of_canary};
use smtp_auth_audit::clients::thunderbird::{mozilla_cfg, prefs_js};
use smtp_auth_audit::clients::windows_mail::account_file;
use smtp_auth_audit::clients::{CLIENTS, Found, apple_profile, k9_mail, msmtp, qmail3};
use smtp_auth_audit::formats::{encodings, ini, ini_lexer, plist};
use smtp_auth_audit::source::database::{Database, DatabaseError};
use smtp_auth_audit::source::hive::Hive;
use smtp_auth_audit::source::{android_backup, database, regfile};
use std::collections::BTreeMap;
use std::path::Path;

/// Fails if the Debug form of a value holds the canary.
fn search(value: &impl std::fmt::Debug, what: &str, file: &Path, forms: &[Vec<u8>]) {
    let text = format!("{value:?}");
    let held = first_held(text.as_bytes(), forms);
    assert!(held.is_none(), "{what} of {} holds the password", file.display());
}

fn fixture_files() -> BTreeMap<std::path::PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut files);
    // What only the tests read: the expectations and the snapshots hold no data of a client.
    files.retain(|path, _| !path.ends_with("case.toml") && !path.ends_with("report.snap"));
    files
}

#[test]
fn no_reader_gives_a_password() {
    let forms = forms_of_canary();
    let mut read: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, bytes) in &fixture_files() {
        let name = path.file_name().unwrap().to_string_lossy().to_lowercase();
        let mut count = |kind| *read.entry(kind).or_default() += 1;
        if name.ends_with(".ini") {
            count("ini");
            search(&ini::parse(&encodings::decode(bytes)), "ini", path, &forms);
        }
        if name.ends_with(".js") || name.ends_with(".cfg") {
            count("script");
            search(&prefs_js::parse(bytes), "prefs", path, &forms);
            search(&prefs_js::lex(bytes).collect::<Vec<_>>(), "statements", path, &forms);
            for raised_by in [0, 13] {
                let script = mozilla_cfg::plain(bytes, raised_by);
                search(&mozilla_cfg::parse(&script), "mozilla.cfg", path, &forms);
            }
        }
        if name.ends_with(".plist") {
            count("plist");
            search(&plist::parse(bytes), "plist", path, &forms);
            search(&plist::unarchive(bytes), "archive", path, &forms);
        }
        if name.ends_with(".oeaccount") {
            count("oeaccount");
            let text = encodings::decode(bytes);
            search(&account_file::read(&text), "oeaccount", path, &forms);
            search(&account_file::lex(&text), "oeaccount", path, &forms);
        }
        if name.ends_with(".reg") {
            count("reg");
            search(&regfile::parse(bytes), "reg", path, &forms);
        }
        if Hive::looks_like(bytes) {
            count("hive");
            let hive = Hive::open(bytes.clone(), &[]);
            search(&hive, "hive", path, &forms);
            if let Ok(hive) = hive {
                search(&hive.key("", "HKCU"), "key", path, &forms);
            }
        }
        if name.ends_with(".sqlite") || name.ends_with(".db") {
            count("database");
            let wal = std::fs::read(format!("{}-wal", path.display())).ok();
            read_database(path, database::open(bytes.clone(), wal), &forms);
        }
        if name.ends_with(".k9s") {
            count("k9s");
            search(&k9_mail::export::lex(&encodings::decode(bytes)), "k9s", path, &forms);
        }
        if name.ends_with(".ab") {
            count("ab");
            let backup = android_backup::read(&bytes[..], "EmailProvider.db");
            for packed in backup.into_iter().flat_map(|backup| backup.databases) {
                read_database(path, packed.database, &forms);
            }
        }
        if name.ends_with(".mobileconfig") {
            count("configuration profile");
            search(&apple_profile::file::parse(bytes), "profile", path, &forms);
        }
        if name == "accountrc" {
            count("accountrc");
            search(&ini_lexer::lex(&encodings::decode(bytes), &ini_lexer::BLOCKS), "accountrc", path, &forms);
        }
        if name.starts_with("account") && name.ends_with(".xml") {
            count("profile");
            search(&qmail3::profile::lex(&encodings::decode(bytes)), "profile", path, &forms);
        }
        if name.ends_with("msmtprc") {
            count("msmtprc");
            search(&msmtp::file::parse(&encodings::decode(bytes)), "msmtprc", path, &forms);
        }
        if name == "mailtransports" {
            count("kconfig");
            search(&ini_lexer::lex(&encodings::decode(bytes), &ini_lexer::KCONFIG), "kconfig", path, &forms);
        }
    }
    for (kind, least) in [
        ("ini", 5),
        ("script", 10),
        ("plist", 5),
        ("oeaccount", 5),
        ("reg", 20),
        ("hive", 3),
        ("database", 5),
        ("k9s", 3),
        ("ab", 3),
        ("kconfig", 5),
        ("configuration profile", 5),
        ("msmtprc", 5),
        ("accountrc", 10),
        ("profile", 5),
    ] {
        assert!(read.get(kind).is_some_and(|number| *number >= least), "too few files of a kind: {read:?}");
    }
}

/// All tables with all columns, and the properties as the detectors read them.
fn read_database(path: &Path, database: Result<Database, DatabaseError>, forms: &[Vec<u8>]) {
    let Ok(database) = database else { return };
    for table in database.tables() {
        let columns = database.columns(table).unwrap_or_default().unwrap_or_default();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        if table.eq_ignore_ascii_case("ZACCOUNTPROPERTY") {
            let properties = database.properties(table, "ZOWNER", "ZKEY", "ZVALUE");
            search(&properties, "properties", path, forms);
        } else {
            search(&database.rows(table, &columns), "rows", path, forms);
        }
    }
}

#[test]
fn neither_users_nor_accounts_hold_a_password() {
    let forms = forms_of_canary();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut accounts = 0;
    let folders = |path: &Path| -> Vec<std::path::PathBuf> {
        let entries = std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir()).collect()
    };
    for case in folders(&root).iter().flat_map(|client| folders(client)) {
        for path in folders(&case).into_iter().chain([case.clone()]) {
            let computer = common::of_path(&path);
            for user in &computer.users {
                let mut found = Found::default();
                for client in CLIENTS {
                    let _ = client.read(user, &mut found);
                }
                accounts += found.accounts.len();
                search(&found, "found", &path, &forms);
            }
            search(&computer, "computer", &path, &forms);
        }
    }
    assert!(accounts > 30, "only {accounts} accounts");
}
