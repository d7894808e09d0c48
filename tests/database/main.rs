//! Databases as SQLite's own shell writes them: what is committed to the log counts, exactly as the shell reads it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "tests make files and look at them"
)]

mod hostile;
mod shell;

use std::path::Path;

use shell::{Session, query, tools};
use smtp_auth_audit::formats::plist::{PlistError, Tree};
use smtp_auth_audit::source::database::{Cell, DatabaseError, Row, open};

const FRAME_HEADER: usize = 24;

fn read(folder: &Path) -> (Vec<u8>, Option<Vec<u8>>) {
    (std::fs::read(folder.join("db")).unwrap(), std::fs::read(folder.join("db-wal")).ok())
}

fn write(folder: &Path, main: &[u8], wal: &[u8]) {
    std::fs::write(folder.join("db"), main).unwrap();
    std::fs::write(folder.join("db-wal"), wal).unwrap();
}

/// The table `t` as this program reads it, in the shell's list format.
fn ours(main: &[u8], wal: Option<&[u8]>) -> Result<String, DatabaseError> {
    let rows = open(main.to_vec(), wal.map(<[u8]>::to_vec))?.rows("T", &["a", "b", "c"])?;
    let show = |cell: &Cell| match cell {
        Cell::Integer(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
        other => format!("{other:?}"),
    };
    Ok(rows.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join("|") + "\n").collect())
}

/// The same as the shell reads it from a copy of the two files.
fn theirs(main: &[u8], wal: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), main, wal);
    query(folder.path(), "SELECT a, b, c FROM t NOT INDEXED;")
}

/// A database with several commits in its log and, behind them, a transaction that never came to its end.
fn with_log(page_size: usize, encoding: &str) -> (Vec<u8>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(folder.path());
    session.say(&format!(
        "PRAGMA page_size={page_size}; PRAGMA encoding='{encoding}'; PRAGMA journal_mode=WAL; \
         PRAGMA wal_autocheckpoint=0; CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c BLOB); \
         WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<60) \
         INSERT INTO t SELECT i, '名前 '||i, hex(zeroblob(i*7)) FROM n; PRAGMA wal_checkpoint;"
    ));
    session.say("UPDATE t SET b='new '||a WHERE a%3=0;");
    session.say(
        "DELETE FROM t WHERE a BETWEEN 20 AND 30; INSERT INTO t VALUES(500,'later',hex(randomblob(9000)));",
    );
    session.say("CREATE TABLE more(x); INSERT INTO more VALUES(hex(zeroblob(200000))); DROP TABLE more;");
    session.say("INSERT INTO t VALUES(501,'last commit','00FF');");
    let committed = std::fs::metadata(folder.path().join("db-wal")).unwrap().len();
    session.say(
        "PRAGMA cache_size=1; BEGIN; UPDATE t SET b='never'; WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n \
         WHERE i<300) INSERT INTO t SELECT 1000+i, 'never', hex(zeroblob(3000)) FROM n;",
    );
    let (main, wal) = read(folder.path());
    let wal = wal.unwrap();
    assert!(wal.len() as u64 > committed, "the open transaction must be in the log");
    session.kill();
    (main, wal)
}

#[test]
fn the_log_counts_up_to_its_last_commit() {
    if !tools() {
        return;
    }
    for (page_size, encoding) in
        [(512, "UTF-8"), (1024, "UTF-16le"), (4096, "UTF-8"), (32768, "UTF-16be"), (65536, "UTF-8")]
    {
        let (main, wal) = with_log(page_size, encoding);
        let rows = ours(&main, Some(&wal)).unwrap();
        assert!(rows.contains("501|last commit|00FF\n") && !rows.contains("never"), "{page_size}");
        assert_eq!(rows, theirs(&main, &wal), "{page_size}");
        // Without its log the file is an older state: that is why the log is read.
        assert!(!ours(&main, None).unwrap().contains("last commit"), "{page_size}");
    }
}

#[test]
fn a_torn_log_gives_the_state_that_sqlite_would_recover() {
    if !tools() {
        return;
    }
    let (main, wal) = with_log(4096, "UTF-8");
    let frame = FRAME_HEADER + 4096;
    let frames = (wal.len() - 32) / frame;
    let mut states = std::collections::BTreeSet::new();
    for number in (0..=frames.min(40)).chain([frames - 1]) {
        for cut in [32 + number * frame, (32 + number * frame + 1000).min(wal.len())] {
            let rows = ours(&main, Some(&wal[..cut])).unwrap();
            assert_eq!(rows, theirs(&main, &wal[..cut]), "cut at {cut}");
            states.insert(rows);
        }
    }
    assert!(states.len() >= 4, "{}", states.len());
    for (what, place) in
        [("page", 0), ("size", 7), ("salt", 8), ("salt", 15), ("checksum", 16), ("content", 24)]
    {
        for number in [0, 1, 5, 9] {
            let mut damaged = wal.clone();
            damaged[32 + number * frame + place] ^= 0x40;
            assert_eq!(
                ours(&main, Some(&damaged)).unwrap(),
                theirs(&main, &damaged),
                "{what} of frame {number}"
            );
        }
    }
    for place in [0, 3, 12, 16, 24, 31] {
        let mut damaged = wal.clone();
        damaged[place] ^= 1;
        assert_eq!(ours(&main, Some(&damaged)).unwrap(), ours(&main, None).unwrap(), "header {place}");
    }
    for cut in 0..33 {
        assert_eq!(ours(&main, Some(&wal[..cut])), ours(&main, None), "{cut}");
    }
}

#[test]
fn a_log_that_was_restarted_hides_its_older_frames() {
    if !tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start(folder.path());
    session.say(
        "PRAGMA journal_mode=WAL; CREATE TABLE t(a INTEGER PRIMARY KEY, b, c BLOB); INSERT INTO t VALUES(1,'old',hex(zeroblob(50000))); \
         UPDATE t SET c=hex(zeroblob(60000)); PRAGMA wal_checkpoint(RESTART); UPDATE t SET b='new';",
    );
    let (main, wal) = read(folder.path());
    session.kill();
    let rows = ours(&main, wal.as_deref()).unwrap();
    assert!(rows.starts_with("1|new|"));
    assert_eq!(rows, theirs(&main, &wal.unwrap()));
}

#[test]
fn reading_changes_nothing_and_makes_no_file() {
    if !tools() {
        return;
    }
    let (main, wal) = with_log(4096, "UTF-8");
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &main, &wal);
    let (first, second) = read(folder.path());
    ours(&first, second.as_deref()).unwrap();
    assert_eq!(read(folder.path()), (main, Some(wal)));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
}

fn make(sql: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    query(folder.path(), sql);
    read(folder.path()).0
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

#[test]
fn tables_and_columns_are_found_whatever_the_version() {
    if !tools() {
        return;
    }
    let main = make(
        "CREATE TABLE HostAuth(_id INTEGER PRIMARY KEY, login TEXT, port INTEGER, password TEXT); \
         INSERT INTO HostAuth VALUES(1,'taro',587,'himitsu-1'),(2,NULL,25,NULL),(3,'x',1.5,''); \
         CREATE TABLE \"odd \"\"name\"(\"a \"\"b\" , c AS (1)); INSERT INTO \"odd \"\"name\" VALUES(x'01'); \
         CREATE TABLE w(k TEXT PRIMARY KEY, v) WITHOUT ROWID; INSERT INTO w VALUES('p', 1);",
    );
    let database = open(main, None).unwrap();
    assert_eq!(database.tables(), ["HostAuth", "odd \"name", "w"]);
    assert_eq!(database.columns("hostauth").unwrap().unwrap(), ["_id", "login", "port", "password"]);
    assert_eq!(database.columns("Nowhere"), Ok(None));
    assert_eq!(database.rows("Nowhere", &["a"]), Ok(vec![]));
    let rows = database.rows("HOSTAUTH", &["Login", "credentialKey", "PASSWORD", "port"]).unwrap();
    assert_eq!(
        rows,
        [
            vec![text("taro"), Cell::Null, Cell::Secret, Cell::Integer(587)],
            vec![Cell::Null, Cell::Null, Cell::Null, Cell::Integer(25)],
            vec![text("x"), Cell::Null, Cell::Null, Cell::Real(1.5)],
        ]
    );
    assert!(!format!("{rows:?}").contains("himitsu"));
    assert_eq!(database.rows("HostAuth", &[]).unwrap(), [Row::new(), Row::new(), Row::new()]);
    assert_eq!(
        database.rows("odd \"name", &["a \"b"]).unwrap(),
        [[Cell::Archive(Err(PlistError::NotPlist))]]
    );
    assert_eq!(database.rows("w", &["v"]).unwrap(), [[Cell::Integer(1)]]);
    assert_eq!(text(" 587").integer(), Some(587));
}

#[test]
fn rows_are_chosen_by_a_text_and_by_the_beginning_of_another() {
    let made = make(
        "CREATE TABLE Files (fileID TEXT, domain TEXT COLLATE NOCASE, relativePath TEXT);
         INSERT INTO Files VALUES ('1', 'Home', 'Library/Accounts/a'), ('2', 'home', 'Library/Accounts/b'),
            ('3', 'Home', 'Library/Accountz'), ('4', 'Home', 'library/accounts/c'), ('5', 'Home', NULL),
            ('6', 'Home', 'Library/Accounts/花'), ('7', 'Home', 'Library/Accounts');",
    );
    let database = open(made, None).unwrap();
    let find = |domain, start| {
        let rows = database.rows_where("files", &["fileID"], ("domain", domain), ("relativePath", start));
        rows.unwrap().into_iter().flatten().collect::<Vec<Cell>>()
    };
    assert_eq!(find("Home", "Library/Accounts/"), [text("1"), text("6")]);
    assert_eq!(find("Home' OR 1=1 --", "Library"), []);
    let none = database.rows_where("Files", &["fileID"], ("nothing", "Home"), ("relativePath", ""));
    assert_eq!(none, Ok(Vec::new()));
}

#[test]
fn properties_leave_out_the_values_of_secrets() {
    if !tools() {
        return;
    }
    let main = make(
        "CREATE TABLE ZACCOUNTPROPERTY(Z_PK INTEGER PRIMARY KEY, ZOWNER INTEGER, ZKEY VARCHAR, ZVALUE BLOB); \
         INSERT INTO ZACCOUNTPROPERTY(ZOWNER, ZKEY, ZVALUE) VALUES(3,'Hostname',x'6162'),(3,'Password',x'68'), \
         (4,'OAuth Token','himitsu'),(4,'PortNumber',587),(5,NULL,'a'),(5,x'50617373','himitsu'),(6,'Empty',NULL);",
    );
    let database = open(main, None).unwrap();
    let found = database.properties("ZACCOUNTPROPERTY", "ZOWNER", "ZKEY", "ZVALUE").unwrap();
    let seen: Vec<_> =
        found.iter().map(|p| (p.owner.integer().unwrap(), p.key.as_str(), p.value.clone())).collect();
    assert_eq!(
        seen,
        [
            (3, "Hostname", Cell::Archive(Ok(Tree::Text("ab".to_owned())))),
            (3, "Password", Cell::Secret),
            (4, "OAuth Token", Cell::Secret),
            (4, "PortNumber", Cell::Integer(587)),
            (6, "Empty", Cell::Null),
        ]
    );
    assert!(!format!("{found:?}").contains("himitsu"));
    let without = database.properties("ZACCOUNTPROPERTY", "no such", "ZKEY", "ZVALUE").unwrap();
    assert_eq!((without.len(), &without[0].owner), (5, &Cell::Null));
    assert_eq!(database.properties("ZACCOUNTPROPERTY", "ZOWNER", "ZKEY", "no such"), Ok(vec![]));
    assert_eq!(database.properties("no such", "ZOWNER", "ZKEY", "ZVALUE"), Ok(vec![]));
}

#[test]
fn what_is_no_database_says_why() {
    let error = |bytes: &[u8]| open(bytes.to_vec(), None).err();
    assert_eq!(error(b""), Some(DatabaseError::Empty));
    assert_eq!(error(b"; Mailbox.ini"), Some(DatabaseError::NotDatabase));
    assert_eq!(error(&[0; 4096]), Some(DatabaseError::NotDatabase));
    assert_eq!(error(b"SQLite format 3\0"), Some(DatabaseError::Malformed));
    let mut state = 1_u32;
    let noise: Vec<u8> = (0..8192)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        })
        .collect();
    assert_eq!(error(&noise), Some(DatabaseError::Encrypted));
}
