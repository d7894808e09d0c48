//! Why whoever runs the program writes nothing.

use crate::model::Text;

/// Why whoever runs the program writes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The account of the system: root, SYSTEM.
    System,
    /// Another account than that of the user at the screen.
    Another,
}

impl Refusal {
    /// For people.
    pub const fn text(self) -> Text {
        match self {
            Self::System => Text::fixed(
                "fix と undo は、root や SYSTEM では書き換えません。利用者自身が実行してください。",
                "as root or SYSTEM nothing is written: the user has to run `fix` and `undo`",
            ),
            Self::Another => Text::fixed(
                "画面の利用者とは別のアカウントで実行されているため、書き換えません。利用者自身が「管理者として実行」せずに実行してください。",
                "this runs as another account than that of the user at the screen, so nothing is written: the user has to run it, not \"as administrator\"",
            ),
        }
    }
}
