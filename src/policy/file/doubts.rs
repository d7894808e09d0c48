//! What is no mistake, but hardly meant: the warnings of `policies check`.

use super::expected::NO_CLAIM;
use super::fields::Fields;
use crate::model::{Security, Text, Until};
use crate::policy::claim::{Claim, Side};
use crate::policy::mistake::{Mistake, Note, placed};
use crate::policy::setting::{Policy, SUBMISSIONS, Setting};
use time::Date;
use toml::de::DeTable;

const TLS_WITHOUT_PORT: Text = Text::fixed(
    "port がないため、STARTTLS のポート (587、110、143) のまま SSL/TLS にするよう案内することになります。port も書いてください",
    "without `port` people are told to switch to SSL/TLS on the port of STARTTLS (587, 110, 143): name the port, too",
);
const WITHOUT_PROTOCOL: Text = Text::fixed(
    "protocol がないため、POP3 と IMAP のどちらのアカウントもこのポートにするよう案内することになります。protocol も書いてください",
    "without `protocol` accounts of POP3 and of IMAP alike are told to use this port: name the protocol, too",
);
const TLS_MIN_ALONE: Text = Text::fixed(
    "security がないため、暗号化しない接続も認めることになります。security も書いてください",
    "without `security` connections in the clear are accepted as well: name it, too",
);
const NOT_ASCII: Text = Text::fixed(
    "アカウントの設定では、xn-- で始まる形のことがあります。その形も書いてください",
    "accounts may hold such a name in the form that begins with xn--: write that form, too",
);
const GAP: Text = Text::fixed(
    "from より前に終わるため、その間は送受信できないのに「まだ変更しない」と案内することになります",
    "this ends before `from`: in between it doesn't work, and people are told to change nothing yet",
);
const ENDED_ALREADY: Text = Text::fixed(
    "すでに終わった設定 (until = \"ended\") があるのに from がまだ先です。その日まで「まだ変更しない」と案内することになります",
    "a setting has ended already (until = \"ended\"), and this day is still to come: until then people are told to change nothing yet",
);
const CHECKED_LATER: Text = Text::fixed("確認した日が未来です", "this day has not come yet");

/// Ports of receiving that one protocol alone has (RFC 8314, 7; RFC 1939, RFC 9051).
const OF_ONE_PROTOCOL: [u16; 4] = [110, 995, 143, 993];

/// Those of a setting.
pub(super) fn of_setting(entry: &Fields, setting: &Setting, side: Side) -> Vec<Note> {
    let is_implicit =
        |port: &u16| if side == Side::Sending { *port == SUBMISSIONS } else { matches!(port, 993 | 995) };
    let has_tls_by_port = !setting.port.is_empty() && setting.port.iter().all(is_implicit);
    let is_of_one = setting.port.iter().any(|port| OF_ONE_PROTOCOL.contains(port));
    let mut found = Vec::new();
    if setting.lasts() && setting.security.as_slice() == [Security::Tls] && setting.port.is_empty() {
        found.push(entry.warning("security", TLS_WITHOUT_PORT));
    }
    if side == Side::Receiving && setting.lasts() && setting.protocol.is_none() && is_of_one {
        found.push(entry.warning("port", WITHOUT_PROTOCOL));
    }
    if setting.tls_min.is_some() && setting.security.is_empty() && !has_tls_by_port {
        found.push(entry.warning("tls_min", TLS_MIN_ALONE));
    }
    found
}

/// Those of a claim.
pub(super) fn of_claim(entry: &Fields, claim: &Claim) -> Vec<Note> {
    let hosts = |list: &[crate::policy::claim::HostPattern]| list.iter().all(|host| host.text().is_ascii());
    let domains = |list: &[crate::policy::claim::Pattern]| list.iter().all(|name| name.as_str().is_ascii());
    [
        ("outgoing", hosts(&claim.outgoing)),
        ("incoming", hosts(&claim.incoming)),
        ("domain", domains(&claim.domain)),
        ("not_domain", domains(&claim.not_domain)),
    ]
    .into_iter()
    .filter(|(_, is_ascii)| !is_ascii)
    .map(|(key, _)| entry.warning(key, NOT_ASCII))
    .collect()
}

/// Those of the whole file.
pub(super) fn of_file(file: &mut Fields, policy: &Policy) -> Vec<Note> {
    let mut found = std::mem::take(&mut file.warnings);
    for (key, side) in [("sending", Side::Sending), ("receiving", Side::Receiving)] {
        let Some(settings) = policy.side(side) else { continue };
        if !policy.claims.iter().any(|claim| claim.reaches(side)) {
            found.push(file.warning(key, NO_CLAIM));
        }
        for (entry, setting) in file.tables(key).iter().zip(settings) {
            if is_gap(setting, policy.from) {
                found.push(entry.warning("until", GAP));
            }
        }
    }
    found
}

/// True if a day lies between the end and the first day of the new settings.
fn is_gap(setting: &Setting, from: Option<Date>) -> bool {
    let last = setting.until.and_then(Until::last_day).and_then(Date::next_day);
    from.zip(last).is_some_and(|(from, next)| from > next)
}

/// Those that depend on the day. What is read here again was read without a mistake.
pub fn on_day(text: &str, policy: &Policy, today: Date) -> Vec<Mistake> {
    let settings = || policy.sending.iter().chain(&policy.receiving).flatten();
    let has_ended = settings().any(|setting| setting.until == Some(Until::Ended));
    let mut found = Vec::new();
    if policy.checked.is_some_and(|day| day > today) {
        found.extend(at(text, None, "checked", &CHECKED_LATER));
    }
    if has_ended && policy.from.is_some_and(|from| from > today) {
        found.extend(at(text, None, "from", &ENDED_ALREADY));
    }
    found
}

/// What is to be said of a field, at its place: of the whole file, or of an entry of a list (from 0).
pub fn at(text: &str, entry: Option<(&str, usize)>, key: &str, message: &Text) -> Option<Mistake> {
    let (table, _) = DeTable::parse_recoverable(text);
    let mut file = Fields::of_file(table.get_ref());
    let note = match entry {
        None => file.warning(key, message.clone()),
        Some((list, number)) => file.tables(list).get(number)?.warning(key, message.clone()),
    };
    placed(text, vec![note]).pop()
}
