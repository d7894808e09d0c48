//! Why a database can't be read, without anything of its content.

use rusqlite::ErrorCode;

/// Why a database or a table can't be read. It never carries any content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DatabaseError {
    /// Zero bytes. On a Mac without Full Disk Access a read can come back empty, so this is not "no accounts".
    #[error("the database is empty")]
    Empty,
    /// Not a SQLite database.
    #[error("not a SQLite database")]
    NotDatabase,
    /// Encrypted as a whole, or of a format that this version of SQLite does not know.
    #[error("the database is encrypted or of an unknown format")]
    Encrypted,
    /// A SQLite database that breaks the rules of its format.
    #[error("the database is damaged")]
    Malformed,
    /// More than any store of settings has, or a query without end.
    #[error("the database is too large")]
    TooLarge,
}

/// The kind of trouble; SQLite's own sentences can hold content of the file.
pub(super) fn explain(error: &rusqlite::Error) -> DatabaseError {
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => DatabaseError::Encrypted,
        Some(ErrorCode::TooBig | ErrorCode::OutOfMemory | ErrorCode::OperationInterrupted) => {
            DatabaseError::TooLarge
        }
        _ => DatabaseError::Malformed,
    }
}
