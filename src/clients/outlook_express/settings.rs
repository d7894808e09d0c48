//! The registry keys of Outlook Express.
//!
//! Thunderbird's importer (releases-comm-central before 708079cd, mailnews/import/oexpress/nsOESettings.cpp and
//! nsOERegUtil.cpp).

use crate::clients::internet_mail::settings::{ACCOUNT, DEFAULT_ACCOUNT};
use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::Kind;
use crate::source::rules::KeyRule;

const SOURCE: &str = "Thunderbird's importer (nsOERegUtil.cpp)";

/// The key of an identity, by its GUID.
pub(super) const DEFAULT_IDENTITY: Fact = fact("Default User ID", Kind::Label, "", SOURCE);
/// What the user calls the identity.
pub(super) const IDENTITY_NAME: Fact = fact("Username", Kind::Label, "", SOURCE);

/// The identities; each is a key below. They exist on Windows Vista and 7 too, without any account.
pub(super) static IDENTITIES: KeyRule = KeyRule {
    id: r"HKCU\Identities",
    facts: &[DEFAULT_IDENTITY, IDENTITY_NAME],
    is_entry: |_| false,
    copy: None,
};
/// The default account.
pub(super) static MANAGER: KeyRule = KeyRule {
    id: r"HKCU\Software\Microsoft\Internet Account Manager",
    facts: &[DEFAULT_ACCOUNT],
    is_entry: |_| false,
    copy: None,
};
/// The accounts, a key each.
pub(super) static ACCOUNTS: KeyRule = KeyRule {
    id: r"HKCU\Software\Microsoft\Internet Account Manager\Accounts",
    facts: ACCOUNT,
    is_entry: |_| false,
    copy: None,
};
