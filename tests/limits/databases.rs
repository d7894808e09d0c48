//! Rows, bytes and statements of a database, and of its log.

use rusqlite::{Connection, MAIN_DB};
use smtp_auth_audit::source::database::{DatabaseError, open};

fn made(sql: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    connection.serialize(MAIN_DB).unwrap().to_vec()
}

/// How many rows of `t` are read.
fn rows(sql: &str) -> Result<usize, DatabaseError> {
    open(made(sql), None)?.rows("t", &["a"]).map(|rows| rows.len())
}

#[test]
fn two_hundred_thousand_rows() {
    for (count, expected) in [(200_000, Ok(200_000)), (200_001, Err(DatabaseError::TooLarge))] {
        let n = format!("WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<{count})");
        assert_eq!(rows(&format!("CREATE TABLE t(a); {n} INSERT INTO t SELECT i FROM n;")), expected);
    }
}

#[test]
fn sixteen_mebibytes_in_one_cell_and_sixty_four_in_all() {
    let cell = |bytes: usize| format!("CREATE TABLE t(a); INSERT INTO t VALUES(zeroblob({bytes}));");
    assert_eq!(rows(&cell(16 << 20)), Ok(1));
    assert_eq!(rows(&cell((16 << 20) + 1)), Err(DatabaseError::TooLarge));
    let four = format!("{0} {1} {1} {1}", cell(16 << 20), "INSERT INTO t SELECT a FROM t LIMIT 1;");
    assert_eq!(rows(&four), Ok(4));
    assert_eq!(rows(&format!("{four} INSERT INTO t VALUES(x'00');")), Err(DatabaseError::TooLarge));
}

#[test]
fn a_million_bytes_in_one_statement_of_the_schema() {
    let table = |bytes: usize| {
        let (start, end) = ("CREATE TABLE t(a /*", "*/)");
        format!("{start}{}{end}; INSERT INTO t VALUES(1);", "x".repeat(bytes - start.len() - end.len()))
    };
    assert_eq!(rows(&table(1_000_000)), Ok(1));
    assert!(rows(&table(1_000_001)).is_err());
}

/// The depth of a default value, which is parsed with the schema.
#[test]
fn expressions_of_a_hundred_levels() {
    let table = |levels: usize| {
        format!("CREATE TABLE t(a, b DEFAULT ({}1)); INSERT INTO t(a) VALUES(1);", "- ".repeat(levels - 1))
    };
    assert_eq!(rows(&table(100)), Ok(1));
    assert!(rows(&table(101)).is_err());
}

/// 256 MiB of nothing: at the limit it is looked at and is no database.
#[test]
fn two_hundred_and_fifty_six_mebibytes_of_file_and_log() {
    let most = 256 << 20;
    let error = |length: usize| open(vec![0; length], None).err();
    assert_eq!(error(most), Some(DatabaseError::NotDatabase));
    assert_eq!(error(most + 1), Some(DatabaseError::TooLarge));
    let main = made("CREATE TABLE t(a);");
    let error = |length: usize| open(main.clone(), Some(vec![0; length])).err();
    assert_eq!(error(most), None, "a log without a header is none");
    assert_eq!(error(most + 1), Some(DatabaseError::TooLarge));
}

/// Puts a commit that claims this many pages of 4096 bytes behind a valid log header.
fn log_of_one_commit(pages: u32) -> Vec<u8> {
    let sum = |(mut a, mut b): (u32, u32), bytes: &[u8]| {
        for pair in bytes.chunks(8) {
            a = a.wrapping_add(u32::from_be_bytes(pair[..4].try_into().unwrap())).wrapping_add(b);
            b = b.wrapping_add(u32::from_be_bytes(pair[4..].try_into().unwrap())).wrapping_add(a);
        }
        (a, b)
    };
    let bytes = |numbers: &[u32]| numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<u8>>();
    let mut log = bytes(&[0x377f_0683, 3_007_000, 4096, 0, 7, 8]);
    let sums = sum((0, 0), &log);
    log.extend(bytes(&[sums.0, sums.1]));
    let (frame, page) = (bytes(&[2, pages]), vec![0; 4096]);
    let sums = sum(sum(sums, &frame), &page);
    log.extend(frame);
    log.extend(bytes(&[7, 8, sums.0, sums.1]));
    log.extend(page);
    log
}

/// A log may name a size of up to twice what there is, and of no more than a file may have.
#[test]
fn a_log_names_no_size_beyond_reason() {
    let main = made("PRAGMA page_size=4096; CREATE TABLE t(a);");
    let known = main.len() + log_of_one_commit(2).len();
    let most = u32::try_from(known * 2 / 4096).unwrap();
    let error = |pages: u32| open(main.clone(), Some(log_of_one_commit(pages))).err();
    assert_eq!(error(most), None);
    assert_eq!(error(most + 1), Some(DatabaseError::Malformed));
    assert_eq!(error(65_536), Some(DatabaseError::Malformed), "256 MiB");
    assert_eq!(error(65_537), Some(DatabaseError::TooLarge));
}
