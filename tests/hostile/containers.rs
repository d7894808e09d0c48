//! Databases, property lists, archives and backups.

use super::{Home, large, many, odd, put};
use crate::bplist::binary;
use flate2::{Compression, write::ZlibEncoder};
use rusqlite::{Connection, MAIN_DB};
use std::io::Write as _;
use std::path::Path;

pub(crate) const HOMES: &[Home] = &[
    large("archives of a store", |home| store(home, 200, &bomb(100, 3))),
    odd("deep archives of a store", |home| store(home, 200, &nested(60))),
    large("282 KB of archives", |home| store(home, 1_500, &bomb(100, 3))),
    large("accounts of a store", |home| store_of(home, 2_000, 2_000, b"x")),
    odd("properties of one account", |home| store(home, 150_000, b"taro@example.jp")),
    odd("long texts of a store", |home| store(home, 30, &long_text(2 << 20))),
    odd("a list of references", |home| mail(home, &bomb(250, 4))),
    odd("a list of levels", |home| mail(home, &nested(250))),
    large("a list of accounts in XML", |home| {
        let account = "<dict><key>AccountType</key><string>POPAccount</string><key>Hostname</key><string>h</string></dict>";
        mail(
            home,
            xml(&format!("<key>MailAccounts</key><array>{}</array>", account.repeat(20_000))).as_bytes(),
        );
    }),
    large("a list of 200,000 entries in XML", |home| {
        mail(home, xml(&many(200_000, |n| format!("<key>k{n}</key><true/>"))).as_bytes());
    }),
    odd("a profile of payloads", |home| {
        let payload =
            "<dict><key>PayloadType</key><string>com.apple.mail.managed</string></dict>".repeat(30_000);
        let all = format!(
            "<key>PayloadType</key><string>Configuration</string><key>PayloadContent</key><array>{payload}</array>"
        );
        put(home, "Downloads/a.mobileconfig", xml(&all));
    }),
    large("accounts of Android", |home| {
        let n = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<50000)";
        let bytes = database(&format!(
            "CREATE TABLE Account(_id integer primary key, emailAddress text, hostAuthKeyRecv integer, hostAuthKeySend integer, flags integer); \
             CREATE TABLE HostAuth(_id integer primary key, protocol text, address text, port integer, flags integer, login text); \
             {n} INSERT INTO Account SELECT i, 'a'||i||'@example.jp', 2*i, 2*i+1, 0 FROM n; \
             {n} INSERT INTO HostAuth SELECT 2*i, 'pop3', 'pop.example.jp', 110, 0, 'taro' FROM n; \
             {n} INSERT INTO HostAuth SELECT 2*i+1, 'smtp', 'mail.example.jp', 587, 4, 'taro' FROM n;"
        ));
        put(home, "Documents/EmailProvider.db", bytes);
    }),
    odd("databases of Android", |home| {
        let bytes = database(
            "CREATE TABLE Account(_id integer primary key, emailAddress text, hostAuthKeyRecv integer, hostAuthKeySend integer, flags integer); \
             CREATE TABLE HostAuth(_id integer primary key, protocol text, address text, port integer, flags integer, login text); \
             INSERT INTO Account VALUES(1, 'a@example.jp', 1, 2, 0); INSERT INTO HostAuth VALUES(1, 'pop3', 'p', 110, 0, 't'); \
             INSERT INTO HostAuth VALUES(2, 'smtp', 'm', 587, 4, 't'); CREATE TABLE x(a); INSERT INTO x VALUES(zeroblob(1000000));",
        );
        for number in 0..100 {
            put(home, &format!("Documents/{number}/EmailProvider.db"), &bytes);
        }
    }),
    odd("a database of 60 MB", |home| {
        let zero = "CREATE TABLE HostAuth(a); CREATE TABLE Account(a); ";
        let blob = "INSERT INTO HostAuth VALUES(zeroblob(15000000));".repeat(4);
        put(home, "Documents/EmailProvider.db", database(&format!("{zero}{blob}")));
    }),
    odd("a backup of zeros", |home| put(home, "Documents/a.ab", backup(100))),
    large("backups of zeros", |home| {
        let bytes = backup(100);
        for number in 0..10 {
            put(home, &format!("Documents/{number}.ab"), &bytes);
        }
    }),
    odd("a schema of tables", |home| {
        let tables = many(20_000, |n| format!("CREATE TABLE t{n}(a);"));
        put(home, "Documents/EmailProvider.db", database(&format!("CREATE TABLE HostAuth(a); {tables}")));
    }),
];

fn database(sql: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(&format!("BEGIN; {sql} COMMIT;")).unwrap();
    connection.serialize(MAIN_DB).unwrap().to_vec()
}

/// Apple's store with one account of so many properties of this value.
fn store(home: &Path, properties: usize, value: &[u8]) {
    store_of(home, 1, properties, value);
}

fn store_of(home: &Path, accounts: usize, properties: usize, value: &[u8]) {
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .execute_batch(
            "CREATE TABLE ZACCOUNTTYPE(Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER VARCHAR); \
             INSERT INTO ZACCOUNTTYPE VALUES(1, 'com.apple.account.POP'); \
             CREATE TABLE ZACCOUNT(Z_PK INTEGER PRIMARY KEY, ZACCOUNTTYPE INTEGER, ZPARENTACCOUNT INTEGER, ZIDENTIFIER VARCHAR); \
             CREATE TABLE ZACCOUNTPROPERTY(Z_PK INTEGER PRIMARY KEY, ZOWNER INTEGER, ZKEY VARCHAR, ZVALUE BLOB); BEGIN;",
        )
        .unwrap();
    for id in 1..=accounts {
        connection
            .execute("INSERT INTO ZACCOUNT VALUES(?1, 1, NULL, 'id'||?1)", [i64::try_from(id).unwrap()])
            .unwrap();
    }
    let names =
        ["EmailAddresses", "EmailAliases", "SMTPAlternateIdentifiers", "Hostname", "IdentityEmailAddress"];
    for id in 0..properties {
        let owner = id % accounts + 1;
        let [row, owner] = [id, owner].map(|number| i64::try_from(number).unwrap());
        let values = (row, owner, names[id % names.len()], value);
        connection.execute("INSERT INTO ZACCOUNTPROPERTY VALUES(?1, ?2, ?3, ?4)", values).unwrap();
    }
    connection.execute_batch("COMMIT;").unwrap();
    put(home, "Library/Accounts/Accounts4.sqlite", &*connection.serialize(MAIN_DB).unwrap());
}

/// Lists of lists of the same list: `width` to the power of `levels` values.
fn bomb(width: u8, levels: u8) -> Vec<u8> {
    let list = |next: u8| [vec![0xaf, 0x10, width], vec![next; width.into()]].concat();
    let objects: Vec<Vec<u8>> = (1..=levels).map(list).chain([vec![0x53, b'a', b'@', b'b']]).collect();
    binary(&objects)
}

fn nested(levels: u8) -> Vec<u8> {
    binary(&(1..levels).map(|next| vec![0xa1, next]).chain([vec![0xa0]]).collect::<Vec<_>>())
}

fn long_text(length: u32) -> Vec<u8> {
    let start = [vec![0x5f, 0x12], length.to_be_bytes().to_vec()].concat();
    binary(&[[start, vec![b'x'; length as usize]].concat()])
}

fn xml(body: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>{body}</dict></plist>")
}

fn mail(home: &Path, bytes: &[u8]) {
    put(home, "Library/Preferences/com.apple.mail.plist", bytes);
}

/// A backup with so many files of 60 MiB of zeros, of which a megabyte is left.
fn backup(files: usize) -> Vec<u8> {
    let mut bytes = b"ANDROID BACKUP\n5\n1\nnone\n".to_vec();
    let mut encoder = ZlibEncoder::new(&mut bytes, Compression::best());
    let zeros = vec![0; 60 << 20];
    for number in 0..files {
        let mut header = tar::Header::new_ustar();
        header.set_path(format!("apps/com.android.email/f/{number}")).unwrap();
        header.set_size(60 << 20);
        header.set_cksum();
        encoder.write_all(header.as_bytes()).unwrap();
        encoder.write_all(&zeros).unwrap();
    }
    encoder.finish().unwrap();
    bytes
}
