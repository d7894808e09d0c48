//! QMAIL3, by the questions for any client: it does not authenticate while POP before SMTP is on.

use crate::clients::dialogue::any::{AUTH, ENCRYPTION, INCOMING, ON_FIRST, PORT, SERVER, log_on_first};
use crate::clients::dialogue::question::{Dialogue, Meaning};
use crate::clients::dialogue::words::ADDRESS;
use crate::model::Auth;

/// QMAIL3 does not authenticate while POP before SMTP is on (snakamura/q3, `CallbackImpl::getUserInfo`), so authentication
/// is not asked for then.
pub(in crate::clients) static DIALOGUE: Dialogue = Dialogue {
    client: "qmail3",
    is_of_screens: false,
    edition: None,
    notes: &[],
    questions: &[
        ADDRESS,
        INCOMING,
        log_on_first(&[ON_FIRST, Meaning::Auth(Auth::None)]),
        AUTH,
        SERVER,
        PORT,
        ENCRYPTION,
    ],
};
