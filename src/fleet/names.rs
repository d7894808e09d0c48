//! Names and ids of a fleet: as numbers, and in the form in which they are compared.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use time::{Date, OffsetDateTime};

/// Number of a text in `Fleet::texts`.
pub(super) type Name = u32;

/// The name in the form in which names are compared.
pub(super) fn folded(name: &str) -> Cow<'_, str> {
    let is_folded = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_folded { Cow::Borrowed(name) } else { Cow::Owned(name.to_lowercase()) }
}

/// What stands for the name of a computer that the data does not tell: where the data lay.
pub(super) fn nameless(sources: &[impl std::borrow::Borrow<str>]) -> String {
    format!("({})", sources.join(", "))
}

/// True for what stands for a name.
pub(super) fn is_nameless(computer: &str) -> bool {
    computer.starts_with('(')
}

/// A finding's id as the reports write it.
pub(super) fn hex(id: u64) -> String {
    format!("{id:016x}")
}

/// The id as a number: 16 hex digits; anything else is taken by its hash.
pub(super) fn number(text: &str) -> u64 {
    u64::from_str_radix(text, 16).ok().filter(|_| text.len() == 16).unwrap_or_else(|| {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        hasher.finish()
    })
}

/// `12,345`.
pub(in crate::fleet) fn grouped(number: impl TryInto<u64>) -> String {
    let digits = number.try_into().unwrap_or(u64::MAX).to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The day (UTC) of a time in milliseconds since 1970.
pub(super) fn day_of(milliseconds: i64) -> Option<Date> {
    let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000);
    time.ok().map(OffsetDateTime::date)
}
