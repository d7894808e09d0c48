//! What can't be read of a `.reg` file.

/// One place that could not be read, without any content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Damage {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: Flaw,
}

/// What can be wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// Neither key, value nor comment.
    #[error("not a line of a .reg file")]
    Line,
    /// A `[` without its `]`, or a name that Windows does not allow.
    #[error("broken key")]
    Key,
    /// A key below none of the known roots.
    #[error("unknown root key")]
    Root,
    /// A value before the first key.
    #[error("value outside of a key")]
    NoKey,
    /// A value whose name or data break off or do not fit their type.
    #[error("broken value")]
    Value,
    /// More levels than are read.
    #[error("key nested too deeply")]
    TooDeep,
    /// More keys than are read.
    #[error("too many keys")]
    TooMany,
}

impl Flaw {
    /// The same in Japanese.
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Line => "キーでも値でもない行",
            Self::Key => "壊れたキー",
            Self::Root => "未知のルートキー",
            Self::NoKey => "キーの外にある値",
            Self::Value => "壊れた値",
            Self::TooDeep => "深すぎるキー",
            Self::TooMany => "多すぎるキー",
        }
    }
}

/// Why a file can't be read at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegError {
    /// The first line is not that of a `.reg` file.
    #[error("not a .reg file")]
    Header,
}
