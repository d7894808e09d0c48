//! Which of the two Outlooks a user works with: classic or new.

use super::keys;
use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::Kind;
use crate::source::rules::KeyRule;
use crate::source::{Problem, User};

const USE_NEW: Fact =
    fact("UseNewOutlook", Kind::Switch, "never chosen", "Set-OutlookSignatures, EnterpriseTechTool#97");

/// Where classic Outlook 16.0 keeps the choice.
pub(super) static PREFERENCES: KeyRule =
    KeyRule { id: PLACE, facts: &[USE_NEW], is_entry: |_| false, copy: None };
/// The same as people read it.
pub(super) const PLACE: &str = r"HKCU\Software\Microsoft\Office\16.0\Outlook\Preferences";

/// True if the user has switched from classic Outlook to the new one; `None` if there never was a choice.
pub(super) fn is_switched_to_new(user: &User) -> Result<Option<bool>, Problem> {
    let key = user.top(PLACE, &PREFERENCES)?.map(|key| keys::settings_of(&key, PREFERENCES.facts));
    Ok(key.and_then(|key| key.peek_number(USE_NEW)).map(|number| number != 0))
}
