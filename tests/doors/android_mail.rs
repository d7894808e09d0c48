//! The database of Android's mail apps.

use crate::common::CANARY;
use crate::nothing_leaks;
use rusqlite::Connection;
use std::fs;
use std::path::Path;

const ACCOUNT: [(&str, &str); 7] = [
    ("_id", "1"),
    ("displayName", "'taro'"),
    ("emailAddress", "'taro@example.jp'"),
    ("hostAuthKeyRecv", "1"),
    ("hostAuthKeySend", "2"),
    ("flags", "2049"),
    ("isDefault", "1"),
];
const SERVER: [(&str, &str); 7] = [
    ("_id", "2"),
    ("protocol", "'smtp'"),
    ("address", "'mail.example.jp'"),
    ("port", "587"),
    ("flags", "4"),
    ("login", "'taro'"),
    ("credentialKey", "-1"),
];

/// One account whose column holds something else, in a folder of its own.
fn database(home: &Path, number: usize, table: &str, changed: &str, value: &str) {
    let folder = home.join(format!("home/{number}/com.android.email"));
    fs::create_dir_all(&folder).unwrap();
    let new = Connection::open(folder.join("EmailProvider.db")).unwrap();
    let fill = |name: &str, columns: &[(&str, &str)], is_changed: bool| {
        let names: Vec<&str> = columns.iter().map(|(column, _)| *column).collect();
        let values: Vec<&str> = columns
            .iter()
            .map(|(column, usual)| if is_changed && *column == changed { value } else { usual })
            .collect();
        let names = names.join(", ");
        new.execute_batch(&format!(
            "CREATE TABLE IF NOT EXISTS {name} ({names}, password, '{CANARY}');\n\
             INSERT INTO {name} VALUES ({}, '{CANARY}', '{CANARY}')",
            values.join(", ")
        ))
        .unwrap();
    };
    fill("Account", &ACCOUNT, table == "Account");
    let mut receiver = SERVER;
    receiver[0].1 = "1";
    receiver[1].1 = "'pop3'";
    fill("HostAuth", &receiver, false);
    fill("HostAuth", &SERVER, table == "HostAuth");
    new.execute_batch(&format!("CREATE TABLE Credential (_id, accessToken); INSERT INTO Credential VALUES (3, '{CANARY}'); CREATE TABLE '{CANARY}' (a)")).unwrap();
}

#[test]
fn in_a_column() {
    let home = tempfile::tempdir().unwrap();
    let mut count = 0;
    for (table, columns) in [("Account", ACCOUNT), ("HostAuth", SERVER)] {
        for (column, usual) in columns.into_iter().skip(1) {
            let usual = usual.trim_matches('\'');
            for wrong in [
                format!("'smtp://taro:{CANARY}@{usual}'"),
                format!("'taro:{CANARY}@{usual}'"),
                format!("'{usual} ; PW {CANARY}'"),
                format!("'PW {CANARY}'"),
                format!("CAST('{CANARY}' AS BLOB)"),
                "0.25".to_owned(),
            ] {
                count += 1;
                database(home.path(), count, table, column, &wrong);
            }
        }
    }
    nothing_leaks(home.path(), count);
}
