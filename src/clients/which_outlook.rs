//! Which of the two Outlooks a user works with: classic or new.

use crate::source::rules::UNLISTED_KEY;
use crate::source::{Problem, User};

/// Where classic Outlook 16.0 keeps the choice.
pub(super) const PREFERENCES: &str = r"HKCU\Software\Microsoft\Office\16.0\Outlook\Preferences";

/// True if the user has switched from classic Outlook to the new one; `None` if there never was a choice.
/// `UseNewOutlook`: Set-OutlookSignatures, EnterpriseTechTool#97.
pub(super) fn is_switched_to_new(user: &User) -> Result<Option<bool>, Problem> {
    let key = user.top(PREFERENCES, &UNLISTED_KEY)?;
    Ok(key.and_then(|key| key.number("UseNewOutlook")).map(|number| number != 0))
}
