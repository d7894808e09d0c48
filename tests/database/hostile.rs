//! Databases by somebody who wishes us ill: whatever is in them, reading ends soon and runs nothing of theirs.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use smtp_auth_audit::source::database::{Database, DatabaseError, open};

use super::make;
use super::shell::tools;

/// Reads everything there is to read.
fn exhaust(bytes: Vec<u8>, wal: Option<Vec<u8>>) -> Result<Database, DatabaseError> {
    let database = open(bytes, wal)?;
    for table in database.tables() {
        let columns = database.columns(table).unwrap_or_default().unwrap_or_default();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let _ = database.rows(table, &columns);
        if let [first, .., last] = columns.as_slice() {
            let _ = database.properties(table, first, first, last);
        }
    }
    Ok(database)
}

#[test]
fn views_and_virtual_tables_are_no_tables() {
    if !tools() {
        return;
    }
    let endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS ZUSERNAME FROM n";
    let database = exhaust(
        make(&format!(
            "CREATE TABLE plain(a); INSERT INTO plain VALUES(1); CREATE VIEW ZACCOUNT AS {endless}; \
             CREATE TRIGGER bad AFTER INSERT ON plain BEGIN SELECT randomblob(1e9); END; \
             CREATE VIRTUAL TABLE ZACCOUNTTYPE USING fts5(x); CREATE VIRTUAL TABLE boxes USING rtree(i, a, b); \
             PRAGMA writable_schema=ON; INSERT INTO sqlite_schema VALUES('table','ghost','ghost',0,\
             'CREATE VIRTUAL TABLE ghost USING nowhere(x)');"
        )),
        None,
    )
    .unwrap();
    for name in
        ["ZACCOUNT", "ZACCOUNTTYPE", "boxes", "ghost", "sqlite_schema", "sqlite_master", "pragma_table_list"]
    {
        assert_eq!(database.columns(name), Ok(None), "{name}");
        assert_eq!(database.rows(name, &["ZUSERNAME"]), Ok(vec![]), "{name}");
    }
    assert!(database.tables().iter().any(|table| table == "plain"));
    assert_eq!(database.rows("plain", &["a"]).unwrap().len(), 1);
}

#[test]
fn a_view_or_a_virtual_table_that_calls_itself_a_table_is_refused() {
    if !tools() {
        return;
    }
    for sql in [
        "CREATE VIEW t AS SELECT 1 AS a",
        "CREATE VIRTUAL TABLE t USING fts5(a)",
        "CREATE/**/VIRTUAL TABLE t USING fts5(a)",
        "CREATE TABLE t AS SELECT 1 AS a",
        "CREATE TABLE other(a)",
        "CREATE TABLE t(a); DROP TABLE plain",
        "DROP TABLE plain",
        "CREATE TABLE",
    ] {
        let result = exhaust(
            make(&format!(
                "CREATE TABLE plain(a); CREATE TABLE t(a); PRAGMA writable_schema=ON; \
                 UPDATE sqlite_schema SET sql='{sql}' WHERE name='t';"
            )),
            None,
        );
        if let Ok(database) = result {
            assert!(!database.tables().iter().any(|table| table == "t"), "{sql}");
        }
    }
}

#[test]
fn computed_columns_are_not_computed() {
    if !tools() {
        return;
    }
    let database = exhaust(
        make(
            "CREATE TABLE t(a, b AS (hex(zeroblob(a * 100000000))), c CHECK (length(randomblob(a)) >= 0)); \
             INSERT INTO t(a, c) VALUES(1, 2); CREATE INDEX i ON t(a) WHERE a > 0;",
        ),
        None,
    )
    .unwrap();
    assert_eq!(database.columns("t").unwrap().unwrap(), ["a", "c"]);
    assert_eq!(database.rows("t", &["a", "b"]).unwrap().len(), 1);
}

#[test]
fn masses_are_refused_in_time() {
    if !tools() {
        return;
    }
    let start = Instant::now();
    let rows = "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<200001)";
    let many =
        open(make(&format!("CREATE TABLE t(a); {rows} INSERT INTO t SELECT 1 FROM n;")), None).unwrap();
    assert_eq!(many.rows("t", &["a"]), Err(DatabaseError::TooLarge));
    // 20 MiB in one cell; the other column can still be read.
    let long =
        open(make("CREATE TABLE t(a, b); INSERT INTO t VALUES(1, zeroblob(20000000));"), None).unwrap();
    assert_eq!(long.rows("t", &["a"]).map(|rows| rows.len()), Ok(1));
    assert_eq!(long.rows("t", &["b"]), Err(DatabaseError::TooLarge));
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn truncated_files_end_in_an_error_or_in_fewer_rows() {
    if !tools() {
        return;
    }
    let (main, wal) = super::with_log(1024, "UTF-8");
    for cut in (0..main.len()).step_by(701).chain(0..120) {
        let _ = exhaust(main[..cut].to_vec(), None);
        let _ = exhaust(main[..cut].to_vec(), Some(wal.clone()));
    }
    assert_eq!(open(main[..main.len() - 1024].to_vec(), None).err(), Some(DatabaseError::Malformed));
}

/// Puts a commit that claims this many pages behind a valid log header.
fn log_of_one_commit(pages: u32) -> Vec<u8> {
    let sum = |(mut a, mut b): (u32, u32), bytes: &[u8]| {
        for pair in bytes.chunks(8) {
            a = a.wrapping_add(u32::from_be_bytes(pair[..4].try_into().unwrap())).wrapping_add(b);
            b = b.wrapping_add(u32::from_be_bytes(pair[4..].try_into().unwrap())).wrapping_add(a);
        }
        (a, b)
    };
    let mut wal: Vec<u8> = [0x377f_0683, 3_007_000, 4096, 0, 7, 8]
        .iter()
        .flat_map(|number: &u32| number.to_be_bytes())
        .collect();
    let sums = sum((0, 0), &wal);
    wal.extend([sums.0, sums.1].iter().flat_map(|number| number.to_be_bytes()));
    let frame: Vec<u8> = [2, pages].iter().flat_map(|number| number.to_be_bytes()).collect();
    let page = vec![0; 4096];
    let sums = sum(sum(sums, &frame), &page);
    wal.extend(frame);
    wal.extend([7, 8, sums.0, sums.1].iter().flat_map(|number: &u32| number.to_be_bytes()));
    wal.extend(page);
    wal
}

#[test]
fn a_log_that_claims_a_huge_database_is_refused() {
    if !tools() {
        return;
    }
    let main = make("CREATE TABLE t(a); INSERT INTO t VALUES(1);");
    assert_eq!(main.len(), 8192);
    let rows = |pages| open(main.clone(), Some(log_of_one_commit(pages))).and_then(|it| it.rows("t", &["a"]));
    assert_eq!(rows(u32::MAX), Err(DatabaseError::TooLarge));
    assert_eq!(rows(60_000), Err(DatabaseError::Malformed));
    assert_eq!(open(main.clone(), None).unwrap().rows("t", &["a"]).map(|rows| rows.len()), Ok(1));
    // Page 2, the table's root, is blank in the log: the log was laid in.
    assert!(!matches!(rows(2), Ok(rows) if !rows.is_empty()));
    // A log with other pages than the database.
    let other = make("PRAGMA page_size=512; CREATE TABLE t(a);");
    assert_eq!(open(other, Some(log_of_one_commit(2))).err(), Some(DatabaseError::Malformed));
}

#[test]
fn any_damage_ends_in_rows_or_an_error() {
    if !tools() {
        return;
    }
    let main = make(
        "PRAGMA page_size=512; CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c BLOB); CREATE INDEX i ON t(b); \
         CREATE TABLE ZP(o INTEGER, k VARCHAR, v BLOB); WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<80) \
         INSERT INTO t SELECT i, 'row '||i, zeroblob(i*20) FROM n; INSERT INTO ZP SELECT a, b, c FROM t;",
    );
    let start = Instant::now();
    let damage = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20);
    let config = ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(changes in damage, near in any::<bool>())| {
        let mut bytes = main.clone();
        // Half of the time only the header and the schema are hit, where most of the decisions are made.
        let end = if near { 1024 } else { bytes.len() };
        for (place, value) in changes {
            let place = place.index(end);
            bytes[place] = value;
        }
        bytes[..16].copy_from_slice(b"SQLite format 3\0");
        let _ = exhaust(bytes, None);
    });
    assert!(start.elapsed() < Duration::from_secs(20));
}
