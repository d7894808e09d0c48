//! Who runs the program, and what an administrator lets him do.

use crate::fix::refusal::Refusal;
use crate::source::here::runs_as_system;
use crate::source::win::registry::{Open, Root};
use crate::source::win::write::own;
use crate::source::win::{shell, sid_at_screen};
use std::path::PathBuf;

/// Where an administrator allows changes while nobody is there: nobody else can write below `Policies`.
const ALLOWED: (&str, &str) = (r"Software\Policies\smtp-auth-audit", "AllowFix");
/// The accounts of services: LocalService and NetworkService (learn.microsoft.com, "Well-known SIDs").
const SERVICES: [&str; 2] = ["S-1-5-19", "S-1-5-20"];

/// Why whoever runs the program writes nothing.
pub fn refusal() -> Option<Refusal> {
    let Some(own) = own() else { return Some(Refusal::System) };
    if runs_as_system() || SERVICES.contains(&own.as_str()) {
        return Some(Refusal::System);
    }
    // "Run as administrator" with another account.
    sid_at_screen().is_some_and(|sid| sid != own).then_some(Refusal::Another)
}

/// His home, wherever the environment says that it is.
pub fn home() -> PathBuf {
    shell::profile().unwrap_or_default()
}

/// True if an administrator allows changes while nobody is there.
pub fn is_allowed() -> bool {
    let (key, name) = ALLOWED;
    let key = Open::below(Root::Machine, key, false);
    key.is_ok_and(|key| key.is_some_and(|key| key.number(name).is_ok_and(|number| number == Some(1))))
}
