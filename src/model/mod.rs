//! The words of the program: accounts and how they send, verdicts, findings, issues, the report.

mod account;
mod aspect;
pub mod limits;
mod needs;
mod note;
mod place;
mod report;
mod text;

pub use account::{
    Account, Auth, Confidence, Credentials, DefaultValue, Evidence, InUse, Incoming, LogOnFirst, Outgoing,
    Partial, Port, Protocol, Security, Smtp,
};
pub use aspect::{Aspect, Fixed, Fixing};
pub use needs::{Needs, ToSet};
pub use note::{EndOfSupport, Note};
pub use place::{Locator, Place};
pub use report::{
    Action, Compared, Deviation, Finding, Issue, IssueKind, Passage, Report, Resolved, Rule, ScanFacts,
    ScannedUser, Scope, Summary, UserStatus, Verdict,
};
pub use text::{Lang, Text};
