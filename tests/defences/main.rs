//! Each defence with only that defence left: what it is there for passes all the others.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and makes files by itself"
)]

#[path = "../common/mod.rs"]
mod common;
mod journal;
#[cfg(unix)]
mod swapped;

use rusqlite::{Connection, MAIN_DB};
use smtp_auth_audit::source::database::{Cell, DatabaseError, open};

/// A database file that these statements make.
fn made(sql: &str) -> Vec<u8> {
    let mut connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(sql).unwrap();
    connection.serialize(MAIN_DB).unwrap().to_vec()
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

/// Changes a text to another of the same length.
fn replace(bytes: &mut [u8], old: &[u8], new: &[u8]) {
    let places: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(old)).collect();
    assert!(!places.is_empty() && old.len() == new.len());
    for at in places {
        bytes[at..at + new.len()].copy_from_slice(new);
    }
}

/// An index is a second copy of the rows. SQLite never compares both: it reads whichever is less work, and takes its word.
/// Here the index alone would do for each query, and is smaller than the table.
#[test]
fn an_index_that_lies_is_not_asked() {
    let filler = "x".repeat(2000);
    let mut image = made(&format!(
        "PRAGMA page_size=4096; CREATE TABLE t(host TEXT, name TEXT, filler TEXT); \
         CREATE INDEX i ON t(name, host); \
         INSERT INTO t VALUES('true.example.jp', 'Hostname', '{filler}'), ('true.example.jp', 'Other', '{filler}');"
    ));
    // Page 1 is the schema, 2 the table, 3 the index, whose rows begin with the name.
    let (pages, index) = image.split_at_mut(2 * PAGE);
    assert!(!contains(pages, b"Hostnametrue") && contains(index, b"Hostnametrue"));
    replace(index, b"true.example.jp", b"lies.example.jp");
    replace(index, b"Other", b"Othex");
    let database = open(image, None).unwrap();
    let host = text("true.example.jp");
    assert_eq!(
        database.rows("t", &["name", "host"]).unwrap(),
        [[text("Hostname"), host.clone()], [text("Other"), host.clone()]]
    );
    let chosen = |name: &str, start: &str| {
        database.rows_where("t", &["name", "host"], ("name", name), ("host", start)).unwrap()
    };
    assert_eq!(chosen("Other", "true"), [[text("Other"), host.clone()]]);
    assert_eq!(chosen("Othex", "lies"), Vec::<Vec<Cell>>::new());
    let properties = database.properties("t", "none", "name", "host").unwrap();
    let values: Vec<(&str, &Cell)> = properties.iter().map(|p| (p.key.as_str(), &p.value)).collect();
    assert_eq!(values, [("Hostname", &host), ("Other", &host)]);
}

fn contains(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

const PAGE: usize = 4096;

/// A page of a table's tree (sqlite.org/fileformat2.html, 1.6): kind, its cells, and the last child of an inner page.
fn page(kind: u8, cells: usize, cell: &[u8], last: Option<u32>) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    let head = if last.is_some() { 12 } else { 8 };
    page[0] = kind;
    page[3..5].copy_from_slice(&u16::try_from(cells).unwrap().to_be_bytes());
    if let Some(last) = last {
        page[8..12].copy_from_slice(&last.to_be_bytes());
    }
    let mut end = PAGE;
    for number in 0..cells {
        end -= cell.len();
        page[end..end + cell.len()].copy_from_slice(cell);
        let pointer = u16::try_from(end).unwrap().to_be_bytes();
        page[head + 2 * number..][..2].copy_from_slice(&pointer);
    }
    assert!(head + 2 * cells <= end);
    page[5..7].copy_from_slice(&u16::try_from(end).unwrap().to_be_bytes());
    page
}

/// Four pages with millions of rows: all children of the root are one inner page, all of its children one page of rows.
/// SQLite goes down each of the ways. The rows are `(0, 0)`.
fn endless(ways: usize) -> (Vec<u8>, usize) {
    let mut image = made("PRAGMA page_size=4096; CREATE TABLE t(a, b);");
    image.truncate(PAGE);
    let inner = |child: u32, cells| {
        let cell: Vec<u8> = child.to_be_bytes().into_iter().chain([1]).collect();
        page(5, cells, &cell, Some(child))
    };
    image.extend(inner(3, ways - 1));
    image.extend(inner(4, 499));
    // Payload of 3 bytes, row 1; a header of 3 bytes, two times the number 0.
    image.extend(page(13, 500, &[3, 1, 3, 8, 8], None));
    // Its length, under numbers that say that it holds.
    image[28..32].copy_from_slice(&4_u32.to_be_bytes());
    let counter: [u8; 4] = image[24..28].try_into().unwrap();
    image[92..96].copy_from_slice(&counter);
    (image, ways * 500 * 500)
}

/// A search without a match returns no rows, so that nothing but the number of steps can end it. Some seconds are enough
/// for every real store: one of a million rows needs some millions of steps.
#[test]
fn a_query_without_end_is_ended() {
    let find = |image: Vec<u8>, times: usize| {
        let database = open(image, None).unwrap();
        let mut last = Ok(Vec::new());
        for _ in 0..times {
            last = database.rows_where("t", &["a"], ("a", "x"), ("b", "y"));
        }
        last
    };
    // Each query has its own steps, however many there were before: each of these uses more than a third.
    let (few, rows) = endless(25);
    assert!(rows > 6_000_000);
    assert_eq!(find(few, 3), Ok(Vec::new()));
    let (many, _) = endless(150);
    assert!(many.len() < 20_000);
    let started = std::time::Instant::now();
    assert_eq!(find(many.clone(), 1), Err(DatabaseError::TooLarge));
    assert!(started.elapsed().as_secs() < 60, "{:?}", started.elapsed());
    // Where rows match, their number ends it first.
    assert_eq!(open(many, None).unwrap().rows("t", &["a"]), Err(DatabaseError::TooLarge));
}

/// An archive whose objects are referred to again and again: a few bytes that stand for many values.
fn archive(references: usize) -> String {
    let uid = |number: usize| format!("<dict><key>CF$UID</key><integer>{number}</integer></dict>");
    format!(
        "<plist version=\"1.0\"><dict><key>$archiver</key><string>NSKeyedArchiver</string><key>$top</key><dict><key>root</key>{}</dict>\
         <key>$objects</key><array><string>$null</string><dict><key>$class</key>{}<key>NS.objects</key><array>{}</array></dict>\
         <dict><key>$classname</key><string>NSArray</string></dict><string>x</string></array></dict></plist>",
        uid(1),
        uid(2),
        uid(3).repeat(references)
    )
}

/// What all values of a database stand for is limited, not only what each does: a file of 110 KB took gigabytes.
#[test]
fn all_archives_of_a_database_together_are_limited() {
    let content = archive(2_000);
    let found = |rows: usize| {
        let values = format!("INSERT INTO T VALUES (CAST('{content}' AS BLOB));").repeat(rows);
        let database = open(made(&format!("CREATE TABLE T(V);{values}")), None).unwrap();
        database.rows("T", &["V"]).map(|rows| rows.len())
    };
    assert_eq!(found(10), Ok(10));
    assert_eq!(found(40), Err(DatabaseError::TooLarge));
}
