//! A rollback journal takes a transaction back to its last byte: SQLite itself makes database and journal here.

use rusqlite::Connection;
use smtp_auth_audit::source::database::{Cell, open, rolled_back};
use std::fs;

/// A database before, and in the middle of, a transaction with its journal.
struct Begun {
    before: Vec<u8>,
    main: Vec<u8>,
    journal: Vec<u8>,
}

/// Runs the first statements, and stops within the transaction of the second ones.
fn begun(first: &str, second: &str) -> Begun {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("db");
    let connection = Connection::open(&path).unwrap();
    connection.execute_batch(first).unwrap();
    let before = fs::read(&path).unwrap();
    // So that changed pages are written to the file before the transaction ends.
    connection.execute_batch(&format!("PRAGMA cache_size=2; PRAGMA cache_spill=1; BEGIN; {second}")).unwrap();
    let (main, journal) = (fs::read(&path).unwrap(), fs::read(folder.path().join("db-journal")).unwrap());
    connection.execute_batch("ROLLBACK").unwrap();
    assert_eq!(fs::read(&path).unwrap(), before, "SQLite takes it back likewise");
    Begun { before, main, journal }
}

const ROWS: &str = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<300)";

fn make() -> String {
    format!(
        "PRAGMA page_size=1024; CREATE TABLE t(a INTEGER PRIMARY KEY, b); {ROWS} INSERT INTO t SELECT i, hex(zeroblob(100)) FROM n;"
    )
}

#[test]
fn pages_that_a_transaction_added_go_again() {
    let Begun { before, main, journal } = begun(
        &make(),
        &format!(
            "{ROWS} INSERT INTO t SELECT i+1000, 'new'||hex(zeroblob(100)) FROM n; UPDATE t SET b='new'||b;"
        ),
    );
    assert!(main.len() > before.len(), "pages were added, and are in the file");
    assert_ne!(main[..before.len()], before);
    let back = rolled_back(main, &journal);
    assert_eq!(back.len(), before.len());
    assert!(back == before);
    let rows = open(back, None).unwrap().rows("t", &["a"]).unwrap();
    assert_eq!((rows.len(), rows.last()), (300, Some(&vec![Cell::Integer(300)])));
}

/// Where the header's own count of pages is no good, as after a change by an old SQLite, the length of the file counts.
#[test]
fn the_length_of_the_file_counts_where_its_header_says_nothing() {
    let Begun { mut before, mut main, mut journal } =
        begun(&make(), &format!("{ROWS} INSERT INTO t SELECT i+1000, hex(zeroblob(100)) FROM n;"));
    for image in [&mut before, &mut main] {
        image[92..96].copy_from_slice(&[0; 4]);
    }
    // The first page stands in the journal as it was, with a checksum over bytes that are none of these.
    let at = (0..journal.len()).find(|at| journal[*at..].starts_with(b"SQLite format 3\0")).unwrap();
    journal[at + 92..at + 96].copy_from_slice(&[0; 4]);
    assert!(main.len() > before.len());
    assert!(rolled_back(main, &journal) == before);
}

/// A journal may end in the middle of a record, or with one that was never written: what came before holds, and the length.
#[test]
fn a_journal_that_was_cut_off_still_gives_the_length() {
    let Begun { before, main, journal } = begun(
        &make(),
        &format!("UPDATE t SET b='new'||b; {ROWS} INSERT INTO t SELECT i+1000, hex(zeroblob(100)) FROM n;"),
    );
    assert!(main.len() > before.len());
    let sector = u32::from_be_bytes(journal[20..24].try_into().unwrap()) as usize;
    for cut in [sector + 1, sector + 1032, sector + 1032 * 2 - 1] {
        let back = rolled_back(main.clone(), &journal[..cut]);
        assert_eq!(back.len(), before.len(), "{cut}");
    }
    let mut damaged = journal.clone();
    damaged[sector + 4 + 824] ^= 1;
    assert_eq!(rolled_back(main, &damaged).len(), before.len());
}

/// Pages that it took away come back; a length that the journal can't have the pages for is made up.
#[test]
fn pages_that_a_transaction_took_away_come_back() {
    let Begun { before, main, journal } = begun(&make(), "DELETE FROM t; PRAGMA incremental_vacuum;");
    assert!(rolled_back(main.clone(), &journal) == before);
    let mut journal = journal;
    journal.resize(journal.len().next_multiple_of(1024), 0);
    let claim = |pages: usize| {
        let mut journal = journal.clone();
        journal[16..20].copy_from_slice(&u32::try_from(pages).unwrap().to_be_bytes());
        rolled_back(main.clone(), &journal).len()
    };
    let most = (main.len() + journal.len()) / 1024;
    assert_eq!(claim(most), most * 1024);
    assert_eq!(claim(most + 1), main.len());
}
