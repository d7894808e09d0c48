//! The files and registry keys of Windows Mail and Windows Live Mail.
//!
//! Thunderbird's importer (releases-comm-central before 8cba0fa9, mailnews/import/winlivemail/nsWMUtils.cpp).

use super::account_file;
use crate::clients::internet_mail::settings::{ACCOUNT, DEFAULT_ACCOUNT};
use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::Kind;
use crate::model::limits;
use crate::source::rules::{Copy, FileRule, KeyRule, Looks};

/// The folder with the accounts.
pub(super) const STORE_ROOT: Fact =
    fact("Store Root", Kind::Path, "the usual folder", "Thunderbird's importer (nsWMUtils.cpp)");

const PROGRAM: &[Fact] = &[STORE_ROOT, DEFAULT_ACCOUNT];

/// Where Windows Mail says where its files are.
pub(super) static WINDOWS_MAIL: KeyRule =
    KeyRule { id: r"HKCU\Software\Microsoft\Windows Mail", facts: PROGRAM, is_entry: |_| false, copy: None };
/// Where Windows Live Mail does.
pub(super) static WINDOWS_LIVE_MAIL: KeyRule = KeyRule {
    id: r"HKCU\Software\Microsoft\Windows Live Mail",
    facts: PROGRAM,
    is_entry: |_| false,
    copy: None,
};

/// An account of either program.
pub(super) static OEACCOUNT: FileRule = FileRule {
    id: "account.oeaccount",
    names: &["*.oeaccount"],
    looks: Looks::Content(|sample| sample.text.contains("<MessageAccount")),
    limit: &limits::INI,
    groups: &[("*", ACCOUNT)],
    copy: Copy::Text(|content, _| account_file::copy(&content.text(), ACCOUNT).ok()),
};
