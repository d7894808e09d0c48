//! How reports are taken: by what they are judged anew, which accounts are shown, and how old a report may be.

use crate::report::v1::lean::FindingIn;
use crate::scan::{Rules, is_of, is_on};
use time::{Date, Duration, Time};

/// The same for all reports of a fleet.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Taking<'a> {
    /// `None`: what the reports say counts.
    pub(super) rules: Option<&'a Rules>,
    /// Patterns of outgoing servers; empty = all.
    pub(super) servers: &'a [String],
    /// Domains of addresses; empty = all.
    pub(super) domains: &'a [String],
    /// Reports before this time (milliseconds since 1970) don't count.
    pub(super) since: Option<i64>,
}

impl Taking<'_> {
    /// True if the account is shown and counted.
    pub(super) fn shows(&self, finding: &FindingIn<'_>) -> bool {
        if self.servers.is_empty() && self.domains.is_empty() {
            return true;
        }
        let host = finding.outgoing.as_ref().and_then(|outgoing| outgoing.host.as_ref());
        let hosts: Vec<&str> = host.into_iter().map(|host| &*host.0).collect();
        let names: Vec<&str> =
            finding.addresses.iter().chain([&finding.account]).map(|name| &*name.0).collect();
        is_on(self.servers, &hosts) && is_of(self.domains, &names)
    }
}

/// When the reports begin to count that are no older than this many days on this one (UTC).
pub(super) fn since(day: Date, days: u32) -> i64 {
    let first = day.checked_sub(Duration::days(days.into())).unwrap_or(Date::MIN);
    first.with_time(Time::MIDNIGHT).assume_utc().unix_timestamp().saturating_mul(1000)
}
