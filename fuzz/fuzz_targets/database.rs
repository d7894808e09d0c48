//! A database with its write-ahead log.
#![no_main]

use libfuzzer_sys::fuzz_target;
use smtp_auth_audit::source::database;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let at = rest.len() * usize::from(*first) / 256;
    let (main, wal) = rest.split_at(rest.len() - at);
    if let Ok(database) = database::open(main.to_vec(), Some(wal.to_vec())) {
        for table in database.tables() {
            let columns = database.columns(table).unwrap_or_default().unwrap_or_default();
            let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
            let _ = database.rows(table, &columns);
        }
    }
});
