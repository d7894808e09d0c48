//! What password a client takes when authentication is turned on.

use crate::model::Text;

/// What password a client takes when authentication is turned on by its steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// That for receiving, where it is stored.
    AsIncoming,
    /// One of its own, which has to be typed.
    Own,
    /// Nobody knows.
    Unknown,
}

impl Asks {
    /// For people.
    pub const fn text(self) -> Text {
        match self {
            Self::AsIncoming => Text::fixed(
                "受信のパスワードが保存されていれば不要",
                "not needed where that for receiving is saved",
            ),
            Self::Own => Text::fixed("一度必要", "needed once"),
            Self::Unknown => Text::fixed("不明", "not known"),
        }
    }
}
