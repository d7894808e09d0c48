//! A finding: what an account is, how it is judged and what there is to do.

use super::{Account, Deviation, Needs, Note, PasswordNeeded, Receiving, Stop, Text, ToSet};
use time::Date;

/// How an account sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verdict {
    /// Logs on to the incoming server first and does not authenticate.
    PopBeforeSmtp,
    /// Does not authenticate.
    NoSmtpAuth,
    /// Authenticates and meets the policy.
    SmtpAuth,
    /// Authenticates and deviates from the policy.
    SmtpAuthOffPolicy,
    /// The service decides.
    Managed,
    /// No outgoing server is set.
    NoOutgoingServer,
    /// Can't be told from here.
    #[default]
    Unreadable,
}

/// What somebody has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Change the settings.
    Change,
    /// Look by hand.
    CheckByHand,
    /// Nothing.
    None,
}

/// The rule that decided, in the order of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Rule {
    /// The account kind has no SMTP settings of its own.
    Managed,
    /// None is set.
    NoOutgoingServer,
    /// Mail is handed to a program.
    ExternalProgram,
    /// A loopback server that no policy names.
    LocalProxy,
    /// A needed value is malformed or of unknown meaning.
    #[default]
    Unclear,
    /// No authentication, log-on-first in effect.
    LogOnFirst,
    /// No authentication.
    NoAuthentication,
    /// Authenticates, deviates from the policy.
    Deviates,
    /// Authenticates, meets the policy.
    Meets,
}

impl Rule {
    /// All of them, in their order.
    pub const ALL: [Self; 9] = [
        Self::Managed,
        Self::NoOutgoingServer,
        Self::ExternalProgram,
        Self::LocalProxy,
        Self::Unclear,
        Self::LogOnFirst,
        Self::NoAuthentication,
        Self::Deviates,
        Self::Meets,
    ];
}

/// A finding against an earlier report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// The earlier report does not have it.
    New,
    /// Its verdict, action, server or port is another.
    Changed,
    /// All is as it was.
    Unchanged,
    /// It was as it has to be, and is to be changed.
    Regressed,
}

/// One line of the result.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// 16 hex digits, the same in every scan of the same account.
    pub id: String,
    /// The computer whose data it is.
    pub computer: Option<String>,
    /// The owner; `None` for a lone file.
    pub user: Option<String>,
    /// The owner's security identifier on Windows.
    pub user_sid: Option<String>,
    /// What was read.
    pub account: Account,
    /// How it sends.
    pub verdict: Verdict,
    /// What to do.
    pub action: Action,
    /// What deviates; empty except for `SmtpAuthOffPolicy`.
    pub deviations: Vec<Deviation>,
    /// Notes of the detector, the verdict and the scan.
    pub notes: Vec<Note>,
    /// The rule that decided.
    pub rule: Rule,
    /// What has to be changed.
    pub needs: Needs,
    /// What is to be set, in the order of the client's dialogs; empty where nothing is, or the settings are not understood.
    pub to_set: Vec<ToSet>,
    /// The id of the policy that judged how it sends; `None`: the default one.
    pub provider: Option<String>,
    /// The day after which it can't send any more.
    pub stops: Option<Stop>,
    /// How it receives, by the policy that speaks for that.
    pub receiving: Receiving,
    /// Nothing is to be done for now: nobody is sent to the new settings before this day.
    pub waits_for: Option<Date>,
    /// It stops later than anybody asked for: it does not count for the exit code.
    pub is_not_due: bool,
    /// Further policies that claim it, whose word does not count.
    pub also: Vec<String>,
    /// True if a policy of a provider claims it.
    pub is_claimed: bool,
    /// Whether a password has to be typed after the change; `None`: authentication does not change.
    pub password_needed: Option<PasswordNeeded>,
    /// The steps to change it, or to check it by hand.
    pub steps: Vec<Text>,
    /// Against an earlier report, where one was given.
    pub compared: Option<Compared>,
}

/// What stands above the check that ends the steps.
pub const CHECK_AFTERWARDS: Text = Text::fixed("変更したあとの確認:", "Check afterwards:");

/// Steps, and apart from them the check afterwards with its heading; empty where there is none.
pub fn split_check(steps: &[Text]) -> (&[Text], &[Text]) {
    let at = steps.iter().position(|step| *step == CHECK_AFTERWARDS);
    steps.split_at(at.unwrap_or(steps.len()))
}

impl Finding {
    /// The steps, and apart from them the check afterwards with its heading; empty where there is none.
    pub fn steps_and_check(&self) -> (&[Text], &[Text]) {
        split_check(&self.steps)
    }

    /// True if the way in which it sends has to be changed.
    pub fn is_change_of_sending(&self) -> bool {
        let verdicts = [Verdict::PopBeforeSmtp, Verdict::NoSmtpAuth, Verdict::SmtpAuthOffPolicy];
        self.action == Action::Change
            && verdicts.contains(&self.verdict)
            && self.waits_for.is_none()
            && !self.notes.contains(&Note::AcceptedByPolicy)
    }

    /// True if it may be one thing or another, and what it does when it sends depends on that.
    pub fn is_undecided(&self) -> bool {
        let is_named = |note: &Note| note.code() == Note::TOO_UNDECIDED.code();
        self.verdict == Verdict::Unreadable && self.notes.iter().any(is_named)
    }

    /// True where questions about the client's screens would tell, also where receiving has to be changed anyway.
    pub fn is_open(&self) -> bool {
        self.verdict == Verdict::Unreadable && self.action != Action::None
    }
}

impl Verdict {
    /// All verdicts in the order of the contract.
    pub const ALL: [Self; 7] = [
        Self::PopBeforeSmtp,
        Self::NoSmtpAuth,
        Self::SmtpAuth,
        Self::SmtpAuthOffPolicy,
        Self::Managed,
        Self::NoOutgoingServer,
        Self::Unreadable,
    ];

    /// The full wording for people.
    pub const fn text(self) -> Text {
        match self {
            Self::PopBeforeSmtp => Text::fixed("POP before SMTP（要変更）", "POP-before-SMTP: to change"),
            Self::NoSmtpAuth => Text::fixed("SMTP認証なし（要変更）", "no SMTP-AUTH: to change"),
            Self::SmtpAuth => Text::fixed("SMTP認証あり（変更不要）", "SMTP-AUTH: ok"),
            Self::SmtpAuthOffPolicy => {
                Text::fixed("SMTP認証あり（ポート・暗号化などの変更が必要）", "SMTP-AUTH: settings to change")
            }
            Self::Managed => Text::fixed("対象外（メールサービス側で管理）", "managed by the service"),
            Self::NoOutgoingServer => Text::fixed("送信サーバー未設定", "no outgoing server"),
            Self::Unreadable => {
                Text::fixed("要確認（この端末では設定を読み取れません）", "check by hand: can't be read here")
            }
        }
    }
}

impl Verdict {
    /// How it sends, with a reason for what there is to do in the place of the usual one.
    pub fn because(self, why: &Text) -> Text {
        let (ja, en) = match self {
            Self::PopBeforeSmtp => ("POP before SMTP", "POP-before-SMTP"),
            Self::NoSmtpAuth => ("SMTP認証なし", "no SMTP-AUTH"),
            Self::SmtpAuth | Self::SmtpAuthOffPolicy => ("SMTP認証あり", "SMTP-AUTH"),
            Self::Managed => ("メールサービス側で管理", "managed by the service"),
            Self::NoOutgoingServer => ("送信サーバー未設定", "no outgoing server"),
            Self::Unreadable => ("設定を読み取れません", "can't be read here"),
        };
        Text::new(format!("{ja}（{}）", why.ja), format!("{en}: {}", why.en))
    }
}

impl Action {
    /// All actions in the order of the contract.
    pub const ALL: [Self; 3] = [Self::Change, Self::CheckByHand, Self::None];
}
