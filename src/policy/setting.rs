//! What a provider accepts, and the policy around it.

use super::claim::{Claim, Claimant, HostPattern, Side};
use crate::model::{Auth, Protocol, Security, Text, Until, UserName};
use time::Date;

/// How an account proves who it is, as policies name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// By receiving before.
    PopBeforeSmtp,
    /// By the address of the sender's network.
    None,
    /// By the incoming log-on in the clear of APOP (RFC 1939, 7); for receiving only.
    Apop,
    /// By a password that the provider makes for one program: settings don't show the difference to a password.
    AppPassword,
    /// By what accounts can be set to.
    By(Auth),
}

/// A version of TLS, the lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tls {
    /// 1.0 (RFC 2246).
    V1_0,
    /// 1.1 (RFC 4346).
    V1_1,
    /// 1.2 (RFC 5246).
    V1_2,
    /// 1.3 (RFC 8446).
    V1_3,
}

impl Tls {
    /// As it is written in a policy.
    pub const fn text(self) -> &'static str {
        match self {
            Self::V1_0 => "1.0",
            Self::V1_1 => "1.1",
            Self::V1_2 => "1.2",
            Self::V1_3 => "1.3",
        }
    }
}

/// One setting that is accepted. What is left out is not prescribed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Setting {
    /// The server: alternatives, each perhaps with `{incoming}`, `{domain}` and `*`; empty: left out.
    pub host: Vec<String>,
    /// Ports; empty: left out.
    pub port: Vec<u16>,
    /// Kinds of encryption, never `Auto`; empty: left out.
    pub security: Vec<Security>,
    /// Methods; empty: left out.
    pub auth: Vec<Method>,
    /// For receiving; `None`: left out.
    pub protocol: Option<Protocol>,
    /// The user name.
    pub user: Option<UserName>,
    /// The lowest version of TLS, and the day from which it counts.
    pub tls_min: Option<(Tls, Option<Date>)>,
    /// `plain` is meant to the letter: nothing better is accepted.
    pub exactly: bool,
    /// What else is to be known.
    pub text: Option<Text>,
    /// The last day; `None`: it lasts.
    pub until: Option<Until>,
    /// The day is announced and not certain, or the first one of a move in phases.
    pub inexact: bool,
    /// Who can put the end off, and how.
    pub reversible: Option<Text>,
}

/// What helps where a client can't do what is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// Ids of clients; empty: all.
    pub clients: Vec<String>,
    /// What.
    pub text: Text,
}

/// Where a policy comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The contract's default: no provider's.
    Default,
    /// Part of the program.
    BuiltIn,
    /// Named on the command line.
    Given,
    /// In the folder beside the program.
    Beside,
}

/// What one provider wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub name: Text,
    /// The provider's notice, shown with the steps.
    pub notice: Option<String>,
    /// Where the facts stand.
    pub source: Option<String>,
    /// When they were looked up.
    pub checked: Option<Date>,
    /// Whose accounts it speaks for: one alternative suffices.
    pub claims: Vec<Claim>,
    /// What is accepted for sending, the best first; `None`: it does not speak for sending.
    pub sending: Option<Vec<Setting>>,
    /// The same for receiving.
    pub receiving: Option<Vec<Setting>>,
    /// Nobody is sent to the new settings before this day.
    pub from: Option<Date>,
    /// What helps where a client can't do it.
    pub instead: Vec<Instead>,
    /// Where it comes from.
    pub origin: Origin,
    /// SHA-256 of its text in hex digits; empty for the default.
    pub sha256: String,
}

/// All policies, in the order in which they claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policies {
    /// Those of providers.
    pub list: Vec<Policy>,
    /// Settings to change to, for accounts that have to change anyway and that no policy claims (a folder of Autoconfig files).
    pub targets: Vec<Policy>,
    /// What judges the accounts that none claims.
    pub standard: Policy,
    /// Accounts that none claims are counted and not shown.
    pub skips_others: bool,
}

/// The submission port of RFC 6409.
pub const SUBMISSION: u16 = 587;
/// The submissions port (implicit TLS) of RFC 8314.
pub const SUBMISSIONS: u16 = 465;

impl Setting {
    /// True if it has no end.
    pub const fn lasts(&self) -> bool {
        self.until.is_none()
    }
}

impl Policy {
    /// The default of the contract: any server; 587 with anything but TLS from the start, 465 with TLS.
    pub fn standard() -> Self {
        let on = |port| Setting { port: vec![port], ..Setting::default() };
        Self {
            id: "default".to_owned(),
            name: Text::fixed("既定", "default"),
            notice: None,
            source: None,
            checked: None,
            claims: Vec::new(),
            sending: Some(vec![on(SUBMISSION), on(SUBMISSIONS)]),
            receiving: None,
            from: None,
            instead: Vec::new(),
            origin: Origin::Default,
            sha256: String::new(),
        }
    }

    /// The default where clear text counts as a deviation: STARTTLS on 587, TLS on 465.
    pub fn standard_with_tls() -> Self {
        let on =
            |port, security| Setting { port: vec![port], security: vec![security], ..Setting::default() };
        let settings = vec![on(SUBMISSION, Security::StartTls), on(SUBMISSIONS, Security::Tls)];
        Self { sending: Some(settings), ..Self::standard() }
    }

    /// True for the default: no provider's.
    pub fn is_standard(&self) -> bool {
        self.origin == Origin::Default
    }

    /// True if a claim or a setting for this side names this server, and not just any.
    pub fn names(&self, host: &str, side: Side) -> bool {
        let claimed = self.claims.iter().flat_map(|claim| match side {
            Side::Sending => &claim.outgoing,
            Side::Receiving => &claim.incoming,
        });
        // What is made of the account's own values names none.
        let set = self.side(side).into_iter().flatten().flat_map(|setting| &setting.host);
        let set = set.filter_map(|name| HostPattern::new(name));
        claimed.cloned().chain(set).any(|pattern| pattern.names(host))
    }

    /// The settings for one side, if it speaks for that.
    pub fn side(&self, side: Side) -> Option<&[Setting]> {
        match side {
            Side::Sending => self.sending.as_deref(),
            Side::Receiving => self.receiving.as_deref(),
        }
    }

    /// True if it speaks for this side of the account.
    pub fn claims(&self, account: Claimant<'_>, side: Side) -> bool {
        self.side(side).is_some() && self.claims.iter().any(|claim| claim.fits(account, side))
    }
}

impl Policies {
    /// The default alone.
    pub fn standard() -> Self {
        Self { list: Vec::new(), targets: Vec::new(), standard: Policy::standard(), skips_others: false }
    }

    /// The settings that a database of providers knows for an account that no policy claims.
    pub fn target(&self, account: Claimant<'_>) -> Option<&Policy> {
        self.targets.iter().find(|policy| policy.claims(account, Side::Sending))
    }

    /// The policies that claim this side, in their order: the first counts.
    pub fn claiming(&self, account: Claimant<'_>, side: Side) -> impl Iterator<Item = &Policy> {
        self.list.iter().filter(move |policy| policy.claims(account, side))
    }
}
