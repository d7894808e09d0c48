//! What is read of a script: the calls, and the choices that they hang on.

use super::super::pref::Pref;

/// What a call does to a setting (mozilla-central extensions/pref/autoconfig/src/prefcalls.js).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// `defaultPref`: the default; prefs.js wins.
    Default,
    /// `pref`: sets the user's value at every start.
    User,
    /// `lockPref`: the default, and effective, whatever prefs.js says and keeps saying.
    Lock,
    /// `unlockPref`: prefs.js wins again; the default stays.
    Unlock,
    /// `clearPref`: removes the user's value.
    Clear,
}

/// The functions.
pub const FUNCTIONS: [(&str, CallKind); 5] = [
    ("defaultPref", CallKind::Default),
    ("pref", CallKind::User),
    ("lockPref", CallKind::Lock),
    ("unlockPref", CallKind::Unlock),
    ("clearPref", CallKind::Clear),
];

/// One call for a setting that a row knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Which function.
    pub kind: CallKind,
    /// Name of the setting.
    pub name: String,
    /// Its value as its kind leaves it; `None` where the call takes none.
    pub value: Option<Pref>,
    /// It is made if all these choices fall so; if there are none, it is made for certain.
    pub when: Vec<When>,
}

/// One way in which a choice may fall: a branch of a condition that is done, or a function that is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// Which choice, by its number.
    pub choice: usize,
    /// Which of its options, by its number.
    pub option: usize,
}

/// What was found in one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Script {
    /// Calls in the order in which they take effect: that of the file, and then those of functions.
    pub calls: Vec<Call>,
    /// The choices, by the numbers of their options.
    pub choices: Vec<usize>,
    /// There are too many conditions to tell anything by: the calls that hang on some are left out.
    pub is_too_open: bool,
    /// How many calls set something else.
    pub others: usize,
    /// How many calls have arguments that are no literals, or set something else of mail under a condition, so that their
    /// effect is not known.
    pub unread: usize,
}
