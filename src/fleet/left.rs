//! Who is left.

use super::names::day_of;
use super::plan::Plan;
use super::record::{Record, Why};
use super::state::{Fleet, Owner, Whose};
use crate::model::{Action, Compared, PasswordNeeded, Security, Text, Until, Urgency, Verdict, urgency};
use crate::report::facts;
use time::Date;

/// One account for which somebody has something to do.
#[derive(Debug, Clone, Copy)]
pub struct Left<'a> {
    /// Whose it is.
    pub computer: &'a str,
    /// The user's name; empty for a lone file.
    pub user: &'a str,
    /// The user's security identifier, or where a lone file lay; empty if neither is known.
    pub sid: &'a str,
    /// The department of the computer; empty if it is not known.
    pub department: &'a str,
    /// 16 hex digits of the finding's id, as a number.
    pub id: u64,
    /// Id of the client.
    pub client: &'a str,
    /// Its name for people.
    pub client_name: &'a str,
    /// Which dialogs it has; empty if the report does not tell.
    pub edition: &'a str,
    /// The account's name.
    pub account: &'a str,
    /// Its mail addresses, one a line; empty if the report has none.
    pub addresses: &'a str,
    /// What deviates from its policy, separated by blanks.
    pub deviations: &'a str,
    /// The outgoing server; empty if none is known.
    pub server: &'a str,
    /// Its port.
    pub port: Option<u16>,
    /// Its encryption, where it is known.
    pub security: Option<Security>,
    /// `None`: a word that this version does not know.
    pub verdict: Option<Verdict>,
    /// The verdict for people in Japanese and English, with the reason for what there is to do; empty: its report has none.
    pub text: [&'a str; 2],
    /// `None`: a word that this version does not know.
    pub action: Option<Action>,
    /// True if what there is to do is about receiving alone.
    pub is_receiving: bool,
    /// Id of the policy that judged how it sends; empty: the default one.
    pub provider: &'a str,
    /// The last good days for sending and for receiving.
    pub last: [Option<Until>; 2],
    /// True if it stops later than anybody asked for.
    pub is_not_due: bool,
    /// Whether a password has to be typed after the change; `None`: authentication does not change.
    pub password_needed: Option<PasswordNeeded>,
    /// What is to be done by a policy.
    pub(super) plan: Option<&'a Plan>,
    /// True if it authenticates.
    pub authenticates: bool,
    /// True if it logs on to the incoming server first; `None`: not known.
    pub logs_on_first: Option<bool>,
    /// The day (UTC) of the report or answer that it stands on.
    pub as_of: Option<Date>,
    /// Against the baseline, where there is one.
    pub compared: Option<Compared>,
}

impl Left<'_> {
    /// What is to be done, for people.
    pub fn result(&self) -> Text {
        self.action.map_or(Text::fixed("不明", "unknown"), |action| {
            facts::result_word(action, false, self.is_receiving && action == Action::Change)
        })
    }

    /// What comes first: what is to be changed, then what this version does not know, then what is to be checked; of each the
    /// most urgent.
    pub fn urgency(&self) -> (u8, Urgency) {
        let action = match self.action {
            Some(Action::Change) => 0,
            None => 1,
            Some(_) => 2,
        };
        // What its provider does not accept at all fails today, as what has ended does.
        let is_change = self.action == Some(Action::Change) && !self.is_receiving;
        let fails = is_change && !self.provider.is_empty() && self.last.iter().all(Option::is_none);
        (action, urgency(self.last.into_iter().flatten().chain(fails.then_some(Until::Ended))))
    }

    /// The last good days, for people, with this between two; empty if it has none.
    pub fn last_days(&self, between: &str) -> Text {
        let word = |until: Until| {
            let ended = Text::fixed("終了済み", "ended");
            until.word().map_or(ended, |word| Text::new(word.clone(), word))
        };
        let [sending, receiving] = self.last.map(|last| last.map(word));
        match (sending, receiving) {
            (Some(sending), None) => sending,
            (None, Some(receiving)) => of_receiving(&receiving),
            (Some(sending), Some(receiving)) if sending == receiving => sending,
            (Some(sending), Some(receiving)) => {
                let receiving = of_receiving(&receiving);
                Text::new(
                    format!("{}{between}{}", sending.ja, receiving.ja),
                    format!("{}{between}{}", sending.en, receiving.en),
                )
            }
            (None, None) => Text::fixed("", ""),
        }
    }
}

fn of_receiving(day: &Text) -> Text {
    Text::new(format!("受信 {}", day.ja), format!("receiving {}", day.en))
}

pub(super) fn one_left<'a>(
    fleet: &'a Fleet,
    (whose, owner): (Whose, &Owner),
    record: &Record,
    department: &'a str,
    compared: Option<Compared>,
) -> Left<'a> {
    Left {
        computer: fleet.computer_name(whose.computer),
        user: fleet.text(owner.name.name),
        sid: fleet.text(whose.sid),
        department,
        id: record.id,
        client: fleet.text(record.client),
        client_name: fleet.text(record.client_name),
        edition: fleet.text(record.edition),
        account: fleet.text(record.account),
        addresses: fleet.text(record.addresses),
        deviations: fleet.text(record.deviations),
        server: fleet.text(record.server),
        port: record.port,
        security: record.security,
        verdict: record.verdict,
        text: record.text.map(|text| fleet.text(text)),
        action: record.action,
        is_receiving: record.judged.why == Why::Receiving,
        provider: fleet.text(record.provider),
        last: record.judged.last,
        is_not_due: record.judged.is_not_due,
        password_needed: record.judged.password_needed,
        plan: record.plan.and_then(|plan| fleet.plans.get_index(plan as usize)),
        authenticates: record.authenticates,
        logs_on_first: record.logs_on_first,
        as_of: day_of(record.time),
        compared,
    }
}
