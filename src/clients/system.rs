//! What somebody's clients run on, as far as the computer's registry tells.

use super::keys::settings_of;
use crate::formats::facts::{Fact, fact};
use crate::formats::kinds::Kind;
use crate::model::System;
use crate::source::User;
use crate::source::rules::KeyRule;

/// learn.microsoft.com, "Operating System Version" and "GetVersionEx"; the values are in every registry since NT.
const NUMBERS: &str = "Microsoft, versions of Windows";
/// learn.microsoft.com, "Transport Layer Security (TLS) registry settings".
const SCHANNEL_SETTINGS: &str = "Microsoft, TLS registry settings";

pub(super) const VERSION: Fact = fact("CurrentVersion", Kind::Version, "", NUMBERS);
const BUILD: Fact = fact("CurrentBuildNumber", Kind::Version, "", NUMBERS);
/// Since Vista.
const TYPE: Fact =
    fact("InstallationType", Kind::Choice(&["Client", "Server", "Server Core"]), "Client", NUMBERS);
const ENABLED: Fact = fact("Enabled", Kind::Switch, "1", SCHANNEL_SETTINGS);
const OFF_BY_DEFAULT: Fact =
    fact("DisabledByDefault", Kind::Switch, "what the version of Windows has", SCHANNEL_SETTINGS);

/// The version of Windows; with it came some of the clients.
pub(super) static WINDOWS: KeyRule =
    rule(r"HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion", &[VERSION, BUILD, TYPE]);
/// In every whole registry of a computer; part of one, in an export, proves no absence of what is below.
static SCHANNEL: KeyRule = rule(r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL", &[]);
static TLS_1_2: KeyRule = rule(
    r"HKLM\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\Client",
    &[ENABLED, OFF_BY_DEFAULT],
);

const fn rule(id: &'static str, facts: &'static [Fact]) -> KeyRule {
    KeyRule { id, facts, is_entry: |_| false, copy: None }
}

/// The system of a user's computer; `None`: nothing tells. What can't be read tells nothing: no verdict rests on it alone.
pub fn of(user: &User) -> Option<System> {
    let key = user.top(WINDOWS.id, &WINDOWS).ok()??;
    let settings = settings_of(&key, WINDOWS.facts);
    let version = numbers(settings.peek_text(VERSION)?)?;
    let build = settings.peek_number(BUILD).unwrap_or_default();
    let is_server = settings.peek_text(TYPE).is_some_and(|kind| kind.starts_with("Server"));
    Some(System { name: called(version, build, is_server), tls_1_2: tls_1_2(user, version) })
}

/// The system of a report, which holds its name and not its registry: known is only what no registry changes.
pub fn of_report(name: &str) -> System {
    let before_vista = [(4, 0), (5, 0), (5, 1), (5, 2)].map(|version| called(version, 0, false));
    System { name: name.to_owned(), tls_1_2: before_vista.iter().any(|old| old == name).then_some(false) }
}

fn called(version: (u32, u32), build: i64, is_server: bool) -> String {
    format!("Windows {}", name(version, build, is_server))
}

/// `6.1` → (6, 1)
fn numbers(version: &str) -> Option<(u32, u32)> {
    let (major, minor) = version.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}

/// Windows 10 and later still call themselves 6.3; their builds tell them apart (learn.microsoft.com, release information of
/// Windows 10 and 11: 10240 and 22000 are the first).
fn name((major, minor): (u32, u32), build: i64, is_server: bool) -> String {
    let name = match (major, minor, is_server) {
        (5, 0, _) => "2000",
        (5, 1, _) => "XP",
        (5, 2, _) => "XP x64 / Server 2003",
        (6, 0, false) => "Vista",
        (6, 0, true) => "Server 2008",
        (6, 1, false) => "7",
        (6, 1, true) => "Server 2008 R2",
        (6, 2, false) => "8",
        (6, 2, true) => "Server 2012",
        (6, 3, false) if build >= 22_000 => "11",
        (6, 3, false) if build >= 10_240 => "10",
        (6, 3, false) => "8.1",
        (6, 3, true) if build >= 10_240 => "Server 2016 or later",
        (6, 3, true) => "Server 2012 R2",
        _ => return format!("{major}.{minor}"),
    };
    name.to_owned()
}

/// TLS 1.2 is not in XP; from Vista to 8 it is off unless the registry switches it on, from 8.1 it is on unless the registry
/// switches it off (learn.microsoft.com/archive/blogs/kaushal, "Support for SSL/TLS protocols on Windows", 4 October 2017; Vista
/// has it by the update of Server 2008). What `WinHTTP` has by default (KB3140245) is no matter for mail.
fn tls_1_2(user: &User, version: (u32, u32)) -> Option<bool> {
    if version < (6, 0) {
        return Some(false);
    }
    user.top(SCHANNEL.id, &SCHANNEL).ok()??;
    let key = user.top(TLS_1_2.id, &TLS_1_2).ok()?;
    let settings = key.map(|key| settings_of(&key, TLS_1_2.facts)).unwrap_or_default();
    if settings.peek_number(ENABLED) == Some(0) {
        return Some(false);
    }
    let is_off = settings.peek_number(OFF_BY_DEFAULT).map(|number| number != 0);
    Some(!is_off.unwrap_or(version < (6, 3)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_registry_changes_follows_from_the_name() {
        for (name, expected) in [
            ("Windows XP", Some(false)),
            ("Windows XP x64 / Server 2003", Some(false)),
            ("Windows 4.0", Some(false)),
            ("Windows Vista", None),
            ("Windows 7", None),
            ("Windows 10", None),
            ("XP", None),
        ] {
            assert_eq!(of_report(name).tls_1_2, expected, "{name}");
        }
    }

    #[test]
    fn windows_is_called_by_its_numbers() {
        for (version, build, is_server, expected) in [
            ("5.1", 2600, false, "XP"),
            ("6.0", 6002, false, "Vista"),
            ("6.1", 7601, false, "7"),
            ("6.1", 7601, true, "Server 2008 R2"),
            ("6.2", 9200, false, "8"),
            ("6.3", 9600, false, "8.1"),
            ("6.3", 19045, false, "10"),
            ("6.3", 22631, false, "11"),
            ("6.3", 20348, true, "Server 2016 or later"),
            ("4.0", 1381, false, "4.0"),
        ] {
            assert_eq!(name(numbers(version).unwrap(), build, is_server), expected);
        }
        assert_eq!((numbers("6"), numbers("six.one")), (None, None));
    }
}
