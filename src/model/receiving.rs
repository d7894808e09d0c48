//! What a policy says of the incoming side of an account.

use super::{Deviation, Note, Stop, ToSet};
use time::Date;

/// What a policy says of the incoming side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Receiving {
    /// The id of the policy that judged; `None`: no policy speaks for it.
    pub provider: Option<String>,
    /// What deviates.
    pub deviations: Vec<Deviation>,
    /// What is to be set.
    pub to_set: Vec<ToSet>,
    /// The day after which it can't receive any more.
    pub stops: Option<Stop>,
    /// It misses its policy, or will: settings are to be changed.
    pub is_to_change: bool,
    /// Whether it misses its policy depends on values that are unknown.
    pub is_unknown: bool,
    /// The day that has not come before which nobody is sent to the new settings.
    pub waits_for: Option<Date>,
    /// Notes on the incoming side.
    pub notes: Vec<Note>,
    /// Further policies that claim it, whose word does not count.
    pub also: Vec<String>,
}
