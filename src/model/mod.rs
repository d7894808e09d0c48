//! The words of the program: accounts and how they send, verdicts, findings, issues, the report.

mod account;
mod aspect;
mod change;
mod day;
mod finding;
mod handed_on;
pub mod limits;
mod needs;
mod note;
mod password;
mod place;
mod probe;
mod receiving;
mod refusal;
mod report;
mod seen;
mod stop;
mod system;
mod tally;
mod text;
mod wire;

pub use account::{
    Account, Auth, Confidence, Credentials, DefaultValue, Evidence, InUse, Incoming, LogOnFirst, Outgoing,
    Partial, Port, Possible, Protocol, Security, Smtp,
};
pub use aspect::{Aspect, Deviation, Fixed, Fixing};
pub use change::{Change, ChangeState, Edit, Obstacle, Touched};
pub use day::{Tense, Until, Urgency, day, iso, urgency};
pub use finding::{Action, CHECK_AFTERWARDS, Compared, Finding, Rule, Verdict, split_check};
pub use handed_on::{HandedOn, Summary};
pub use needs::{AsGood, IncomingNeeds, Needs, ToSet, UserName};
pub use note::{EndOfSupport, Note};
pub use password::PasswordNeeded;
pub use place::{Locator, Place};
pub use probe::{
    Answer, Certificate, Fault, Offer, Probe, ProbedAccount, ProbedPort, Service, TlsAnswer, TlsFailure,
    Unasked, Wanted,
};
pub use receiving::Receiving;
pub use refusal::{Refusal, Sign};
pub use report::{
    Issue, IssueKind, Listed, Passage, Passages, PolicyDetail, Report, Resolved, ScanFacts, ScannedUser,
    Scope, Unshown, UserStatus,
};
pub use stop::{Stop, day_text, until_text};
pub use system::System;
pub use tally::{ByTense, StopDay, Stopping, Tally};
pub use text::{Lang, Text};
