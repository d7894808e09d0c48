//! Whether a password has to be typed after the change.

use serde::{Deserialize, Serialize};

/// Whether the user is asked for a password once the change is made, the least trouble first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PasswordNeeded {
    /// The client goes on with what it has stored.
    No,
    /// That depends on what can't be seen from here.
    Unknown,
    /// It has to be typed, or the user has to log on in the browser.
    Once,
}

impl PasswordNeeded {
    /// In the order in which a summary has them.
    pub const ALL: [Self; 3] = [Self::No, Self::Once, Self::Unknown];

    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Once => "once",
            Self::Unknown => "unknown",
        }
    }
}
