//! A change of settings: what `fix` would write, what it won't and why, and what came of it.

use super::{PasswordNeeded, Place, Text};

/// A setting's new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file or registry key, and where in it.
    pub place: Place,
    /// The setting, spelled as the client spells it.
    pub setting: String,
    /// What is stored; `None`: nothing, the default holds.
    pub old: Option<String>,
    /// What is to be stored; `None`: nothing.
    pub new: Option<String>,
}

/// Another account that a write touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The finding's id.
    pub id: String,
    /// The account's name.
    pub account: String,
}

/// Why something is not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Code of the JSON.
    pub code: &'static str,
    /// For people.
    pub text: Text,
}

/// What became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeState {
    /// It is shown only.
    Planned,
    /// It is not written; the obstacles say why.
    Refused,
    /// Somebody chose not to.
    Skipped,
    /// It is written, and a scan says that the account sends as it has to.
    Done,
    /// It was taken back: a scan did not say what it should.
    RolledBack,
    /// Neither way worked to the end: what stands there has to be looked at.
    Unfinished,
    /// It was taken back on request.
    Undone,
}

impl ChangeState {
    /// All of them: what is still to be done or was done first.
    pub const ALL: [Self; 7] = [
        Self::Planned,
        Self::Done,
        Self::Skipped,
        Self::RolledBack,
        Self::Unfinished,
        Self::Undone,
        Self::Refused,
    ];

    /// The word of the JSON.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Refused => "refused",
            Self::Skipped => "skipped",
            Self::Done => "done",
            Self::RolledBack => "rolled-back",
            Self::Unfinished => "unfinished",
            Self::Undone => "undone",
        }
    }

    /// For people.
    pub const fn text(self) -> Text {
        match self {
            Self::Planned => Text::fixed("変更できます", "can be changed"),
            Self::Refused => Text::fixed("変更しません", "is not changed"),
            Self::Skipped => Text::fixed("見送りました", "skipped"),
            Self::Done => Text::fixed("変更しました", "changed"),
            Self::RolledBack => Text::fixed("元に戻しました", "taken back"),
            Self::Unfinished => Text::fixed("途中で止まりました", "unfinished"),
            Self::Undone => Text::fixed("取り消しました", "undone"),
        }
    }
}

/// What is to be written for one finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The finding's id.
    pub id: String,
    /// The computer.
    pub computer: Option<String>,
    /// The owner.
    pub user: Option<String>,
    /// Id of the client's row in the table of clients.
    pub client: &'static str,
    /// Name of the program.
    pub client_name: String,
    /// The account's name.
    pub account: String,
    /// The id of the policy that says what the provider wants.
    pub policy: Option<String>,
    /// In the order of writing; empty where nothing can be written.
    pub edits: Vec<Edit>,
    /// Whether a password has to be typed afterwards.
    pub password_needed: Option<PasswordNeeded>,
    /// Other accounts that it touches.
    pub touches: Vec<Touched>,
    /// Why it is not written; empty where it can be.
    pub obstacles: Vec<Obstacle>,
    /// What it comes with, for people.
    pub remarks: Vec<Text>,
    /// The steps by hand.
    pub steps: Vec<Text>,
    /// What became of it.
    pub state: ChangeState,
    /// Its id in the journal, by which it is taken back.
    pub journal: Option<String>,
}
