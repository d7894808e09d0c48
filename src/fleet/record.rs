//! What is kept of one finding: little, as there are hundreds of thousands.

use super::names::Name;
use crate::model::{Action, Finding, InUse, Note, PasswordNeeded, Security, Until, Verdict};
use crate::report::v1::lean::{FindingIn, ScanIn};
use time::Date;

/// One finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) id: u64,
    /// What stays when it gets another server: the number of `compare::key`.
    pub(super) key: u64,
    /// Milliseconds since 1970, of the report or answer that says so.
    pub(super) time: i64,
    pub(super) client: Name,
    pub(super) client_name: Name,
    pub(super) edition: Name,
    pub(super) account: Name,
    /// Its mail addresses, one a line.
    pub(super) addresses: Name,
    pub(super) server: Name,
    pub(super) port: Option<u16>,
    pub(super) security: Option<Security>,
    /// `None`: a word that this version does not know.
    pub(super) verdict: Option<Verdict>,
    pub(super) action: Option<Action>,
    pub(super) authenticates: bool,
    /// `None`: not known.
    pub(super) logs_on_first: Option<bool>,
    pub(super) answered: bool,
    /// Id of the policy that judged how it sends; empty: the default one.
    pub(super) provider: Name,
    /// What has to be done, where that does not follow from the rest: the number of a plan.
    pub(super) plan: Option<Name>,
    pub(super) judged: Judged,
    /// What deviates from its policy, separated by blanks.
    pub(super) deviations: Name,
    /// How it sends, for people, with the reason for what there is to do, in Japanese and English; empty where nothing is to
    /// be done.
    pub(super) text: [Name; 2],
}

impl Record {
    /// True if somebody has something to do; an unknown word is no reason to forget an account.
    pub(super) fn is_left(&self) -> bool {
        self.action != Some(Action::None)
    }

    /// Whether it is where it has to be; `None`: it is not in use, an exception, or can't be judged: what is to be checked
    /// first, and what has no settings of its own.
    pub(super) fn is_done(&self) -> Option<bool> {
        let Judged { why, is_unused, .. } = self.judged;
        match (self.action?, why) {
            _ if is_unused => None,
            (Action::Change, _) | (Action::None, Why::Waits) => Some(false),
            (Action::CheckByHand, _) | (Action::None, Why::Excepted) => None,
            (Action::None, Why::Accepted) => Some(true),
            (Action::None, Why::Sending | Why::Receiving) => {
                (self.verdict == Some(Verdict::SmtpAuth)).then_some(true)
            }
        }
    }
}

/// What is said of a finding beside its verdict and action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is counted by itself")]
pub(super) struct Judged {
    /// The last good days for sending and for receiving.
    pub(super) last: [Option<Until>; 2],
    /// When these were looked up, where they are of policies that are part of the program.
    pub(super) checked: [Option<Date>; 2],
    /// Whether a password has to be typed after the change.
    pub(super) password_needed: Option<PasswordNeeded>,
    pub(super) why: Why,
    /// A policy asks for a change of how it receives, perhaps beside one of how it sends.
    pub(super) receives_off_policy: bool,
    /// It may be one thing or another.
    pub(super) is_undecided: bool,
    /// It is known not to be used any more.
    pub(super) is_unused: bool,
    /// It stops later than anybody asked for.
    pub(super) is_not_due: bool,
    /// The reports were judged anew, and this is still what its report says.
    pub(super) is_kept: bool,
    /// It is not one of the servers or domains that were asked for: it is only counted.
    pub(super) is_hidden: bool,
    /// No policy speaks for it, and such are only counted.
    pub(super) is_other: bool,
}

/// Why there is something to do or not, where that is not how it sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Why {
    /// It is how it sends, or that it is not used any more.
    #[default]
    Sending,
    /// Only how it receives.
    Receiving,
    /// Its provider accepts that it does not authenticate.
    Accepted,
    /// Nobody is sent to the new settings yet.
    Waits,
    /// It is an exception.
    Excepted,
}

impl Why {
    fn of(action: Option<Action>, verdict: Option<Verdict>, [accepted, waits, excepted]: [bool; 3]) -> Self {
        let needs_nothing = accepted
            || waits
            || matches!(verdict, Some(Verdict::SmtpAuth | Verdict::Managed | Verdict::NoOutgoingServer));
        match action {
            Some(Action::None) if excepted => Self::Excepted,
            Some(Action::None) if accepted => Self::Accepted,
            Some(Action::None) if waits => Self::Waits,
            Some(Action::Change | Action::CheckByHand) if needs_nothing => Self::Receiving,
            _ => Self::Sending,
        }
    }
}

impl Judged {
    /// As the report says.
    pub(super) fn stored(finding: &FindingIn<'_>, scan: &ScanIn<'_>) -> Self {
        let receiving = finding.incoming.as_ref().and_then(|incoming| incoming.provider.as_ref());
        let why = [finding.is_accepted(), finding.is_waiting(), finding.is_excepted()];
        Self {
            last: finding.last_days(),
            checked: [finding.provider.as_ref(), receiving].map(|id| scan.checked(&id?.0)),
            password_needed: finding.password_needed.and_then(|needed| needed.0),
            why: Why::of(finding.action.0, finding.verdict.0, why),
            receives_off_policy: finding.receives_off_policy(),
            is_undecided: finding.is_undecided(),
            is_unused: finding.is_unused(),
            ..Self::default()
        }
    }

    /// As it is judged anew; `was_undecided`: what its report said.
    pub(super) fn anew(finding: &Finding, was_undecided: bool) -> Self {
        let has = |code: &str| finding.notes.iter().any(|note| note.code() == code);
        let is_undecided = was_undecided || has(Note::TOO_UNDECIDED.code());
        let waits = finding.waits_for.is_some();
        let stops = [&finding.stops, &finding.receiving.stops].map(Option::as_ref);
        let why = [finding.notes.contains(&Note::AcceptedByPolicy), waits, has(Note::EXCEPTION)];
        Self {
            last: stops.map(|stop| stop.map(|stop| stop.until)),
            checked: stops.map(|stop| stop?.checked),
            password_needed: finding.password_needed,
            why: Why::of(Some(finding.action), Some(finding.verdict), why),
            receives_off_policy: finding.receiving.is_to_change,
            is_undecided: is_undecided && finding.verdict == Verdict::Unreadable,
            is_unused: finding.account.in_use == InUse::No,
            is_not_due: finding.is_not_due,
            ..Self::default()
        }
    }
}
