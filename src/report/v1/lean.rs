//! What of a report is counted where thousands are read: borrowed from the bytes, and the rest skipped.

use super::words::{UNKNOWN, Word};
use crate::model::{
    Action, Auth, Confidence, Credentials, InUse, PasswordNeeded, Protocol, Scope, Security, UserStatus,
    Verdict, day,
};
use crate::policy::is_built_in;
use serde::de::{IgnoredAny, Visitor};
use serde::{Deserialize, Deserializer};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use time::format_description::well_known::Rfc3339;
use time::{Date, OffsetDateTime};

/// A text that is borrowed where JSON needs no unescaping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Str<'a>(pub(crate) Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Str<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Str<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Str(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Str(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text).map(|text: Str<'de>| text)
    }
}

/// What a word stands for; `None`: a word that this version does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known<T>(pub(crate) Option<T>);

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Word> Deserialize<'de> for Known<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AWord<T>(PhantomData<T>);
        impl<T: Word> Visitor<'_> for AWord<T> {
            type Value = Known<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a word")
            }

            fn visit_str<E>(self, word: &str) -> Result<Self::Value, E> {
                Ok(Known(T::of(word)))
            }
        }
        deserializer.deserialize_str(AWord(PhantomData))
    }
}

/// A finding, or the line of one in JSON Lines.
#[derive(Debug, Deserialize)]
pub(crate) struct FindingIn<'a> {
    /// Its own computer. Reports of 0.1 have it only in JSON Lines, where it is that of the report.
    #[serde(borrow, default)]
    pub(crate) computer: Option<Str<'a>>,
    /// In JSON Lines: of which report it is, together with the computer.
    #[serde(borrow, default)]
    pub(super) started_at: Option<Str<'a>>,
    #[serde(borrow)]
    pub(crate) id: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) user: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) user_sid: Option<Str<'a>>,
    #[serde(borrow)]
    pub(crate) client: Str<'a>,
    #[serde(borrow)]
    pub(crate) client_name: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) edition: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) client_version: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) system: Option<Str<'a>>,
    #[serde(default)]
    pub(crate) client_installed: Option<bool>,
    #[serde(default)]
    pub(crate) in_use: Known<InUse>,
    #[serde(borrow, default)]
    pub(crate) profile: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) source: Str<'a>,
    #[serde(borrow)]
    pub(crate) account: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) addresses: Vec<Str<'a>>,
    /// What deviates from the policy of its provider.
    #[serde(borrow, default)]
    pub(crate) deviations: Vec<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) incoming: Option<IncomingIn<'a>>,
    #[serde(borrow, default)]
    pub(crate) outgoing: Option<OutgoingIn<'a>>,
    pub(crate) verdict: Known<Verdict>,
    #[serde(borrow, default)]
    pub(crate) verdict_text: Option<TextIn<'a>>,
    pub(crate) action: Known<Action>,
    #[serde(default)]
    pub(crate) confidence: Known<Confidence>,
    /// Id of the policy that judged how it sends; nothing for the default one.
    #[serde(borrow, default)]
    pub(crate) provider: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) stops_working_on: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) notes: Vec<NoteIn<'a>>,
    #[serde(borrow, default)]
    pub(crate) to_set: Vec<ToSetIn<'a>>,
    #[serde(default)]
    pub(crate) password_needed: Option<Known<PasswordNeeded>>,
}

impl FindingIn<'_> {
    /// True if it has a note of this code.
    pub(crate) fn has_note(&self, code: &str) -> bool {
        self.notes.iter().any(|note| note.code.0 == code)
    }

    /// True if it stands on the user's answers.
    pub(crate) fn is_answered(&self) -> bool {
        self.confidence.0 == Some(Confidence::Answered)
    }
}

/// How a finding sends.
#[derive(Debug, Deserialize)]
pub(crate) struct OutgoingIn<'a> {
    #[serde(borrow, default)]
    pub(crate) host: Option<Str<'a>>,
    #[serde(default)]
    pub(crate) port: Option<u16>,
    #[serde(default)]
    pub(crate) port_is_default: Option<bool>,
    #[serde(default)]
    pub(crate) security: Option<Known<Security>>,
    #[serde(borrow, default)]
    pub(crate) auth: Option<Str<'a>>,
    #[serde(default)]
    pub(crate) credentials: Option<Known<Credentials>>,
    #[serde(default)]
    pub(crate) pop_before_smtp: Option<bool>,
}

impl OutgoingIn<'_> {
    /// True if it does not authenticate, for certain.
    pub(crate) fn is_off(&self) -> bool {
        self.auth.as_ref().is_some_and(|auth| auth.0 == Auth::None.code())
    }

    /// True if it authenticates: a way of later versions is one, too.
    pub(crate) fn authenticates(&self) -> bool {
        let word = self.auth.as_ref().map_or("", |auth| &auth.0);
        word != Auth::None.code() && !matches!(word, "" | UNKNOWN)
    }
}

/// How a finding receives, and what a policy said of it.
#[derive(Debug, Deserialize)]
pub(crate) struct IncomingIn<'a> {
    pub(crate) protocol: Known<Protocol>,
    #[serde(borrow, default)]
    pub(crate) host: Option<Str<'a>>,
    #[serde(default)]
    pub(crate) port: Option<u16>,
    #[serde(default)]
    pub(crate) security: Option<Known<Security>>,
    #[serde(borrow, default)]
    pub(crate) auth: Option<Str<'a>>,
    /// Id of the policy that judged.
    #[serde(borrow, default)]
    pub(crate) provider: Option<Str<'a>>,
    #[serde(default)]
    pub(crate) deviations: Vec<IgnoredAny>,
    #[serde(borrow, default)]
    pub(crate) stops_working_on: Option<Str<'a>>,
}

/// A text in both languages.
#[derive(Debug, Deserialize)]
pub(crate) struct TextIn<'a> {
    #[serde(borrow)]
    pub(crate) ja: Str<'a>,
    #[serde(borrow)]
    pub(crate) en: Str<'a>,
}

/// A policy of a provider that had a word.
#[derive(Debug, Deserialize)]
pub(crate) struct DetailIn<'a> {
    #[serde(borrow, default)]
    pub(crate) id: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) checked: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) sha256: Option<Str<'a>>,
}

/// A note.
#[derive(Debug, Deserialize)]
pub(crate) struct NoteIn<'a> {
    #[serde(borrow)]
    pub(crate) code: Str<'a>,
    #[serde(borrow, default)]
    pub(super) en: Str<'a>,
}

/// What is to be set.
#[derive(Debug, Deserialize)]
pub(crate) struct ToSetIn<'a> {
    #[serde(borrow)]
    pub(crate) setting: Str<'a>,
    #[serde(borrow, default)]
    pub(crate) now: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) then: Option<Str<'a>>,
}

/// When, where and of whom.
#[derive(Debug, Deserialize)]
pub(crate) struct ScanIn<'a> {
    #[serde(borrow)]
    pub(super) started_at: Str<'a>,
    #[serde(default)]
    pub(crate) scope: Known<Scope>,
    #[serde(borrow, default)]
    pub(crate) os: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) filters: Vec<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) sources: Vec<Str<'a>>,
    /// The names of the policies that had a word.
    #[serde(borrow, default)]
    pub(crate) policies: Vec<Str<'a>>,
    /// Nothing: a report of 0.1, which knew the default policy alone.
    #[serde(borrow, default)]
    pub(crate) policy_details: Option<Vec<DetailIn<'a>>>,
    /// The day of judging.
    #[serde(borrow, default)]
    pub(crate) as_of: Option<Str<'a>>,
    /// The default policy asked for TLS.
    #[serde(default)]
    pub(crate) require_tls: bool,
    #[serde(borrow, default)]
    pub(crate) users: Vec<UserIn<'a>>,
}

impl ScanIn<'_> {
    /// When it began, in milliseconds since 1970; `None`: what stands there is no time.
    pub(super) fn time(&self) -> Option<i64> {
        let nanoseconds = OffsetDateTime::parse(&self.started_at.0, &Rfc3339).ok()?.unix_timestamp_nanos();
        i64::try_from(nanoseconds / 1_000_000).ok()
    }

    /// When a policy that is part of the program was looked up.
    pub(crate) fn checked(&self, id: &str) -> Option<Date> {
        let mut details = self.policy_details.iter().flatten().filter(|_| is_built_in(id));
        let known = details.find(|detail| detail.id.0 == id)?;
        day(&known.checked.as_ref()?.0)
    }
}

/// One of the users whom the scan met.
#[derive(Debug, Deserialize)]
pub(crate) struct UserIn<'a> {
    #[serde(borrow, default)]
    pub(crate) computer: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) name: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) sid: Option<Str<'a>>,
    pub(crate) status: Known<UserStatus>,
}

/// Whose issue it is.
#[derive(Debug, Deserialize)]
pub(crate) struct IssueIn<'a> {
    #[serde(borrow, default)]
    pub(crate) computer: Option<Str<'a>>,
    #[serde(borrow, default)]
    pub(crate) user: Option<Str<'a>>,
}

/// What tells whether all findings are there.
#[derive(Debug, Deserialize, Default)]
pub(super) struct SummaryIn {
    #[serde(default)]
    pub(super) findings: Option<usize>,
    #[serde(default)]
    pub(super) not_shown: u64,
}

/// A whole report.
#[derive(Debug)]
pub(crate) struct ReportIn<'a> {
    /// Whose all is that does not say whose it is.
    pub(crate) computer: Option<Str<'a>>,
    /// In milliseconds since 1970.
    pub(crate) time: i64,
    pub(crate) scan: ScanIn<'a>,
    pub(crate) not_shown: u64,
    pub(crate) findings: Vec<FindingIn<'a>>,
    pub(crate) issues: Vec<IssueIn<'a>>,
}
