//! The check of a client by questions: the questions as data, what several clients ask alike, and the dialogues for any client
//! whose screens are not known and for any program that relays mail.

pub mod any;
pub mod question;
pub mod relay;
pub(super) mod words;

use super::{
    android_mail, apple_mail, becky, device, internet_mail, ios_mail, outlook, outlook_new, qmail3,
    thunderbird, windows_10_mail,
};
use crate::model::Text;
use question::{Choice, Dialogue, Topic};
use words::{AUTHENTICATES_SOMEHOW, DOES_NOT, NO_TLS, STARTTLS, TLS, choice};

/// The dialogues of clients whose screens are known.
pub static DIALOGUES: &[&Dialogue] = &[
    &ios_mail::dialogue::DIALOGUE,
    &android_mail::dialogue::DIALOGUE,
    &windows_10_mail::dialogue::DIALOGUE,
    &outlook_new::dialogue::DIALOGUE,
    &outlook::dialogue::DIALOGUE,
    &qmail3::dialogue::DIALOGUE,
    &becky::dialogue::DIALOGUE,
    &internet_mail::dialogue::OUTLOOK_EXPRESS,
    &internet_mail::dialogue::WINDOWS_MAIL,
    &internet_mail::dialogue::WINDOWS_LIVE_MAIL,
    &thunderbird::dialogue::DIALOGUE,
    &apple_mail::dialogue::DIALOGUE,
    &device::dialogue::DIALOGUE,
];

/// The dialogue of a client, or the one that fits any.
pub fn dialogue_of(client: &str) -> &'static Dialogue {
    DIALOGUES.iter().find(|dialogue| dialogue.client == client).copied().unwrap_or(&any::DIALOGUE)
}

/// What may stand in a file of answers for any client, whatever its screen calls it: a file is written without the screen.
pub const fn in_any_file(topic: Topic) -> &'static [Choice] {
    const ENCRYPTION: &[Choice] = &[NO_TLS, STARTTLS, TLS];
    const AUTH: &[Choice] = &[
        choice("y", Text::fixed("はい", "yes"), AUTHENTICATES_SOMEHOW),
        choice("n", Text::fixed("いいえ", "no"), DOES_NOT),
    ];
    match topic {
        Topic::Encryption => ENCRYPTION,
        Topic::Auth => AUTH,
        _ => &[],
    }
}
