//! Who is left as CSV, for spreadsheets and ticket systems.

use super::names::hex;
use super::overview::Overview;
use crate::model::{Action, Compared, Lang, PasswordNeeded, Until, Verdict};
use crate::report::csv;

/// The columns of the CSV: one row per account for which somebody has something to do. As for those of `scan`, more may be
/// added behind the last; docs/csv.md says what they hold.
pub const COLUMNS: [&str; 23] = [
    "department",
    "computer",
    "user",
    "id",
    "action",
    "verdict",
    "verdict_ja",
    "verdict_en",
    "client",
    "client_name",
    "account",
    "outgoing_host",
    "outgoing_port",
    "change",
    "as_of",
    "provider",
    "stops_working_on",
    "incoming_stops_working_on",
    "receiving",
    "due",
    "password_needed",
    "addresses",
    "deviations",
];

/// Who is left, all of them.
pub fn render(overview: &Overview<'_>) -> String {
    let rows = overview.left.iter().map(|left| {
        let [sending, receiving] = left.last;
        // A report of an early version, or of a later one with another word, tells no text.
        let own = left.verdict.map(Verdict::text);
        let own = [Lang::Ja, Lang::En].map(|lang| own.as_ref().map_or("", |text| text.get(lang)));
        let told = left.verdict.is_some() && !left.text.contains(&"");
        let [ja, en] = if told { left.text } else { own };
        vec![
            left.department.to_owned(),
            left.computer.to_owned(),
            left.user.to_owned(),
            hex(left.id),
            left.action.map_or("unknown", Action::code).to_owned(),
            left.verdict.map_or("unknown", Verdict::code).to_owned(),
            ja.to_owned(),
            en.to_owned(),
            left.client.to_owned(),
            left.client_name.to_owned(),
            left.account.to_owned(),
            left.server.to_owned(),
            left.port.map(|port| port.to_string()).unwrap_or_default(),
            left.compared.map_or("", Compared::code).to_owned(),
            left.as_of.map(|day| day.to_string()).unwrap_or_default(),
            left.provider.to_owned(),
            sending.and_then(Until::word).unwrap_or_default(),
            receiving.and_then(Until::word).unwrap_or_default(),
            left.is_receiving.to_string(),
            (!left.is_not_due).to_string(),
            left.password_needed.map_or("", PasswordNeeded::code).to_owned(),
            left.addresses.to_owned(),
            left.deviations.to_owned(),
        ]
    });
    csv::table(&COLUMNS, rows)
}
