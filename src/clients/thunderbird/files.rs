//! The files and registry keys of Thunderbird and its relatives: how they are told, and which settings are in them.

use super::prefs_js::USER_PREF;
use super::settings::{
    COMPATIBILITY, DEFAULT, ENABLED, IS_RELATIVE, LAST_APP, LAST_PLATFORM, LAST_VERSION, NAME, PATH,
    PREFERENCES, PREFS, STATUS, VALUE,
};
use super::{copies, policy};
use crate::formats::facts::Group;
use crate::model::limits;
use crate::source::rules::{Copy, FileRule, KeyRule, Looks, Sample};

const PREFS_GROUP: &[Group] = &[("*", PREFS)];

/// The user's settings.
pub(super) static PREFS_JS: FileRule = FileRule {
    id: "prefs.js",
    names: &["prefs.js"],
    looks: Looks::Content(looks),
    limit: &limits::SETTINGS,
    groups: PREFS_GROUP,
    copy: Copy::Text(copies::profile),
};
/// Those that are set again at every start.
pub(super) static USER_JS: FileRule = FileRule {
    id: "user.js",
    names: &["user.js"],
    looks: Looks::Unlike,
    limit: &limits::SETTINGS,
    groups: PREFS_GROUP,
    copy: Copy::Text(copies::profile),
};
/// The program's and the distribution's own.
pub(super) static DEFAULTS: FileRule = FileRule {
    id: "defaults/pref/*.js",
    names: &[],
    looks: Looks::Unlike,
    limit: &limits::SETTINGS,
    groups: PREFS_GROUP,
    copy: Copy::Text(copies::defaults),
};
/// An administrator's script, whatever its name.
pub(super) static MOZILLA_CFG: FileRule = FileRule {
    id: "mozilla.cfg",
    names: &[],
    looks: Looks::Unlike,
    limit: &limits::SETTINGS,
    groups: PREFS_GROUP,
    copy: Copy::Text(copies::script),
};
/// What such a script fetched from a server.
pub(super) static FAILOVER: FileRule = FileRule {
    id: "failover.jsc",
    names: &["failover.jsc"],
    looks: Looks::Unlike,
    limit: &limits::SETTINGS,
    groups: PREFS_GROUP,
    copy: Copy::Text(copies::download),
};

/// The list of profiles.
pub(super) static PROFILES_INI: FileRule = FileRule {
    id: "profiles.ini",
    names: &["profiles.ini"],
    looks: Looks::Unlike,
    limit: &limits::INI,
    groups: &[("Profile*", &[NAME, IS_RELATIVE, PATH, DEFAULT]), ("Install*", &[DEFAULT])],
    copy: Copy::Text(copies::sections),
};
/// The profiles of installations.
pub(super) static INSTALLS_INI: FileRule = FileRule {
    id: "installs.ini",
    names: &["installs.ini"],
    looks: Looks::Unlike,
    limit: &limits::INI,
    groups: &[("*", &[DEFAULT])],
    copy: Copy::Text(copies::sections),
};

/// The file in a profile that says which program used it last.
pub(super) static COMPATIBILITY_INI: FileRule = FileRule {
    id: "compatibility.ini",
    names: &["compatibility.ini"],
    looks: Looks::Unlike,
    limit: &limits::INI,
    groups: &[(COMPATIBILITY, &[LAST_VERSION, LAST_PLATFORM, LAST_APP])],
    copy: Copy::Text(copies::sections),
};

const POLICY_GROUP: &[Group] = &[("*", &[ENABLED, PREFERENCES, VALUE, STATUS]), ("*", PREFS)];

pub(super) static POLICIES_JSON: FileRule = FileRule {
    id: "policies.json",
    names: &["policies.json"],
    looks: Looks::Unlike,
    limit: &limits::SETTINGS,
    groups: POLICY_GROUP,
    copy: Copy::Text(policy::copy_json),
};
pub(super) static POLICIES_PLIST: FileRule = FileRule {
    id: "org.mozilla.thunderbird.plist",
    names: &["org.mozilla.thunderbird.plist"],
    looks: Looks::Unlike,
    limit: &limits::SETTINGS,
    groups: POLICY_GROUP,
    copy: Copy::Text(policy::copy_plist),
};
/// The computer's policy replaces the user's, both replace policies.json (EnterprisePoliciesParent; the key:
/// thunderbird/policy-templates).
pub(super) static MACHINE_POLICIES: KeyRule = key(r"HKLM\SOFTWARE\Policies\Mozilla\Thunderbird");
pub(super) static USER_POLICIES: KeyRule = key(r"HKCU\SOFTWARE\Policies\Mozilla\Thunderbird");

const fn key(id: &'static str) -> KeyRule {
    KeyRule { id, facts: &[PREFERENCES, VALUE, STATUS], is_entry: |_| false, copy: Some(policy::copy_key) }
}

/// What Thunderbird writes into its own files, and nothing else does.
fn looks(sample: &Sample) -> bool {
    // A packed file may hold such a line; no text has these characters.
    if sample.head.iter().any(|byte| matches!(byte, 1..9)) {
        return false;
    }
    // A PC that lost its power leaves NULs at the end, where Thunderbird stops reading.
    let mut lines = sample.head.split(|byte| *byte == b'\n');
    lines.any(|line| line.trim_ascii_start().starts_with(USER_PREF))
        || sample.text.lines().any(|line| line.trim_start().as_bytes().starts_with(USER_PREF))
}
