//! What is said of an account.

use crate::model::{Deviation, Needs, Note, Receiving, Rule, Stop, Text, Verdict};
use time::Date;

/// What the rules say of one account.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub struct Judgement {
    /// How it sends.
    pub verdict: Verdict,
    /// The rule that decided.
    pub rule: Rule,
    /// What deviates from the policy.
    pub deviations: Vec<Deviation>,
    /// Notes that follow from the settings.
    pub notes: Vec<Note>,
    /// What has to change.
    pub needs: Needs,
    /// The id of the policy that judged; `None`: the default one.
    pub provider: Option<String>,
    /// The day after which it can't send any more, where there is one.
    pub stops: Option<Stop>,
    /// It fits no setting at all, or may be such a one: it fails today.
    pub fits_nothing: bool,
    /// The provider accepts it without authentication: nothing is to be done.
    pub is_accepted: bool,
    /// Nobody is sent to the new settings before this day, which has not come.
    pub waits_for: Option<Date>,
    /// The client can't do what the provider wants.
    pub is_stuck: bool,
    /// What else the provider says of the setting to change to.
    pub remark: Option<Text>,
    /// Where the provider tells of it.
    pub notice: Option<String>,
    /// Further policies that claim it, whose word does not count.
    pub also: Vec<String>,
    /// A provider's policy claims it, for sending or receiving.
    pub is_claimed: bool,
    /// How it receives.
    pub receiving: Receiving,
}
