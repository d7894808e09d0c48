//! The words of report v1, both ways: an enumeration and how the contract calls what it holds.

use crate::model::{
    Action, Auth, Compared, Confidence, Credentials, Deviation, InUse, IssueKind, PasswordNeeded, Protocol,
    Scope, Security, UserStatus, Verdict,
};

/// What is written where nothing is known; a word that this version does not know is read like it.
pub(super) const UNKNOWN: &str = "unknown";

/// An enumeration whose words can be read.
pub(super) trait Word: Copy + 'static {
    /// All that it holds.
    const ALL: &'static [Self];
    /// How the contract calls it.
    const CODE: fn(Self) -> &'static str;

    /// What a word stands for; `None`: a word that this version does not know.
    fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| Self::CODE(*known) == word)
    }
}

impl Verdict {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PopBeforeSmtp => "pop-before-smtp",
            Self::NoSmtpAuth => "no-smtp-auth",
            Self::SmtpAuth => "smtp-auth",
            Self::SmtpAuthOffPolicy => "smtp-auth-off-policy",
            Self::Managed => "managed",
            Self::NoOutgoingServer => "no-outgoing-server",
            Self::Unreadable => "unreadable",
        }
    }
}

impl Word for Verdict {
    const ALL: &'static [Self] = &Self::ALL;
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl Action {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::CheckByHand => "check-by-hand",
            Self::None => "none",
        }
    }
}

impl Word for Action {
    const ALL: &'static [Self] = &Self::ALL;
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl Compared {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Unchanged => "unchanged",
            Self::Regressed => "regressed",
        }
    }
}

impl Word for Compared {
    const ALL: &'static [Self] = &[Self::New, Self::Changed, Self::Unchanged, Self::Regressed];
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl Deviation {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Port => "port",
            Self::Tls => "tls",
            Self::Server => "server",
            Self::Auth => "auth",
            Self::Protocol => "protocol",
        }
    }
}

impl Word for Deviation {
    const ALL: &'static [Self] = &[Self::Port, Self::Tls, Self::Server, Self::Auth, Self::Protocol];
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl Confidence {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Verified => "verified",
            Self::Documented => "documented",
            Self::Inferred => "inferred",
            Self::Answered => "answered",
        }
    }
}

impl Word for Confidence {
    const ALL: &'static [Self] = &[Self::Verified, Self::Documented, Self::Inferred, Self::Answered];
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl InUse {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => UNKNOWN,
        }
    }
}

impl Word for InUse {
    const ALL: &'static [Self] = &[Self::Yes, Self::No, Self::Unknown];
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl Protocol {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pop3 => "pop3",
            Self::Imap => "imap",
            Self::Other => "other",
        }
    }
}

impl Word for Protocol {
    const ALL: &'static [Self] = &[Self::Pop3, Self::Imap, Self::Other];
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl Security {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::StartTls => "starttls",
            Self::Tls => "tls",
            Self::Auto => "auto",
        }
    }
}

impl Word for Security {
    const ALL: &'static [Self] = &Self::ALL;
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl Auth {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Password => "password",
            Self::EncryptedPassword => "encrypted-password",
            Self::Spa => "spa",
            Self::Kerberos => "kerberos",
            Self::OAuth2 => "oauth2",
            Self::Certificate => "certificate",
            Self::Apop => "apop",
        }
    }
}

impl Word for Auth {
    const ALL: &'static [Self] = &[
        Self::None,
        Self::Password,
        Self::EncryptedPassword,
        Self::Spa,
        Self::Kerberos,
        Self::OAuth2,
        Self::Certificate,
    ];
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl Credentials {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SameAsIncoming => "same-as-incoming",
            Self::Own => "own",
        }
    }
}

impl Word for Credentials {
    const ALL: &'static [Self] = &[Self::SameAsIncoming, Self::Own];
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl Word for PasswordNeeded {
    const ALL: &'static [Self] = &Self::ALL;
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl Scope {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::AllUsers => "all-users",
            Self::Paths => "paths",
        }
    }
}

impl Word for Scope {
    const ALL: &'static [Self] = &[Self::User, Self::AllUsers, Self::Paths];
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl UserStatus {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Partly => "partly",
            Self::NotRead => "not-read",
        }
    }
}

impl Word for UserStatus {
    const ALL: &'static [Self] = &[Self::Read, Self::Partly, Self::NotRead];
    const CODE: fn(Self) -> &'static str = Self::code;
}

impl IssueKind {
    /// The word of the JSON contract.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Denied => "denied",
            Self::Malformed => "malformed",
            Self::Encrypted => "encrypted",
            Self::Locked => "locked",
            Self::Outside => "outside",
            Self::TooLarge => "too-large",
            Self::Io => "io",
            Self::Internal => "internal",
        }
    }
}

impl Word for IssueKind {
    const ALL: &'static [Self] = &[
        Self::Denied,
        Self::Malformed,
        Self::Encrypted,
        Self::Locked,
        Self::Outside,
        Self::TooLarge,
        Self::Io,
        Self::Internal,
    ];
    const CODE: fn(Self) -> &'static str = Self::code;
}
