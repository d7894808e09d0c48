//! What can't be read of a hive, told beside what can.

/// Why a hive, or a part of it, can't be read. Tells places in the file, never what stands there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HiveError {
    /// Something else, or the transaction log of a hive.
    #[error("not a registry hive")]
    NotAHive,
    /// A version that no Windows since NT 4 writes.
    #[error("a registry hive of unknown version {major}.{minor}")]
    Version {
        /// The first part of the number.
        major: u32,
        /// The second part.
        minor: u32,
    },
    /// Something is not as the format wants it.
    #[error("{what} (at byte {offset})")]
    Malformed {
        /// Where, from the start of the file.
        offset: usize,
        /// What is wrong.
        what: &'static str,
    },
    /// More than this reader takes.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// The file, in bytes.
        size: usize,
        /// The most it takes.
        limit: usize,
    },
    /// Of a file only a part is read at all.
    #[error("more than {limit} bytes of it would have to be read")]
    TooMuch {
        /// The most it reads.
        limit: usize,
    },
    /// What was read is neither the old hive nor the new one.
    #[error("changed while it was read")]
    Changed,
    /// What is wanted was not read while the file was open: it has to be opened once more.
    #[error("not read while it was open")]
    Away,
    /// The system can't read it.
    #[error("{}", std::io::Error::from_raw_os_error(*code))]
    Io {
        /// The system's number for why.
        code: i32,
    },
    /// Following the references takes more than a file of this size can hold.
    #[error("parts of the hive overlap or run in circles")]
    Overlapping,
}

impl HiveError {
    /// The same in Japanese. What exactly is wrong within the file helps nobody but its reader's author: the place is enough.
    pub fn ja(&self) -> String {
        match self {
            Self::NotAHive => "レジストリハイブではありません".to_owned(),
            Self::Version { major, minor } => format!("未知のバージョン {major}.{minor}"),
            Self::Malformed { offset, .. } => format!("{offset} バイト目の構造が壊れています"),
            Self::TooLarge { limit, .. } => format!("{limit} バイトを超えています"),
            Self::TooMuch { limit } => format!("{limit} バイトを超える部分が必要です"),
            Self::Changed => "読み取り中に変更されました".to_owned(),
            Self::Away => "開いている間に読み取られていません".to_owned(),
            Self::Io { code } => std::io::Error::from_raw_os_error(*code).to_string(),
            Self::Overlapping => "内部の参照が重なっているか、循環しています".to_owned(),
        }
    }
}

/// What was found, and what could not be read of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// Everything readable.
    pub found: T,
    /// What is missing from it.
    pub damage: Vec<Damage>,
}

/// One part of a hive that could not be read; what stands beside it could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// The key that lacks a value or a sub-key.
    pub path: String,
    /// What is wrong.
    pub error: HiveError,
}
