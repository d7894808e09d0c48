//! A change taken back, value by value: also where the client has written its file anew since. The journal is taken for what
//! anybody may have written: where to write is told by a new scan, and what, by the kinds of the settings.

use super::apply::{Hand, reversed};
use super::journal::{Entry, Written as Recorded};
use super::obstacles;
use super::plan::{share_domain, written};
use super::put::put;
use crate::clients::changing::Written;
use crate::clients::{CLIENTS, Client};
use crate::formats::kinds::Kind;
use crate::model::{ChangeState, Edit, Evidence, Finding, Obstacle, Report, Text};

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The values that were put back.
    pub edits: Vec<Edit>,
    /// Why not; `None`: it is done.
    pub obstacle: Option<Obstacle>,
    /// What it comes with.
    pub remark: Option<Text>,
}

/// True if it would put back a server that shares its domain with nothing of the account: whoever wrote the record, the
/// client could hand the stored password to that server.
pub fn names_stranger(entry: &Entry, now: &Report) -> bool {
    let finding = now.findings.iter().find(|finding| finding.id == entry.finding);
    let client = CLIENTS.iter().find(|client| client.id == entry.client);
    let Some((finding, client)) = finding.zip(client) else { return false };
    let account = &finding.account;
    let present = account.outgoing.seen().and_then(|seen| seen.host);
    let receives_at = account.incoming.as_ref().and_then(|incoming| incoming.host.clone());
    let of_addresses = account.addresses.iter().filter_map(|address| address.rsplit_once('@'));
    let of_addresses = of_addresses.map(|(_, domain)| domain.to_owned());
    let known: Vec<String> = present.into_iter().chain(receives_at).chain(of_addresses).collect();
    let is_host = |setting: &str| client.fact(setting).is_some_and(|fact| matches!(fact.kind, Kind::Host));
    let mut old =
        entry.settings.iter().filter(|one| is_host(&one.setting)).filter_map(|one| one.old.as_deref());
    old.any(|old| !known.iter().any(|known| share_domain(old, known)))
}

/// True if it can't be taken back: the account is gone, somebody has set something else since, or the record is not as it was
/// written.
pub fn is_hopeless(entry: &Entry, now: &Report) -> bool {
    edits(entry, now).is_err()
}

/// Takes a change back.
pub fn undo(entry: &mut Entry, now: &Report, hand: &Hand<'_>) -> Undone {
    let edits = match edits(entry, now) {
        Ok(edits) => edits,
        Err(obstacle) => return Undone { edits: Vec::new(), obstacle: Some(obstacle), remark: None },
    };
    let done = write(&edits, entry, hand);
    let state = match &done {
        Ok(()) => ChangeState::Undone,
        Err(_) => return Undone { edits, obstacle: done.err(), remark: None },
    };
    let after = (hand.scan)();
    if turns_on(entry, now, &after) {
        let back: Vec<Edit> = edits.iter().rev().map(reversed).collect();
        let back = write(&back, entry, hand);
        return Undone { edits, obstacle: Some(back.err().unwrap_or_else(strange)), remark: None };
    }
    state.code().clone_into(&mut entry.state);
    let remark = match hand.journal.write(entry) {
        Ok(()) => over(entry, &after),
        Err(_) => Some(obstacles::NO_JOURNAL.text),
    };
    Undone { edits, obstacle: None, remark }
}

/// True if SMTP-AUTH is on that was off: no way back from a change of `fix` leads there, so the record is somebody else's, and the
/// stored password could go where he wants.
fn turns_on(entry: &Entry, before: &Report, after: &Report) -> bool {
    let is_off = |report: &Report| {
        let mut findings = report.findings.iter();
        findings
            .find(|finding| finding.id == entry.finding)
            .map(|finding| finding.account.outgoing.is_without_auth())
    };
    is_off(before) == Some(true) && is_off(after) == Some(false)
}

fn write(edits: &[Edit], entry: &Entry, hand: &Hand<'_>) -> Result<(), Obstacle> {
    // All is as it was: a change that stopped before it wrote.
    if edits.is_empty() {
        return Ok(());
    }
    let written = written(&entry.client).ok_or(obstacles::STEPS_ONLY)?;
    match put(edits, written, hand.home, hand.runs, || Ok(()))? {
        None => Ok(()),
        Some(obstacle) => Err(obstacle),
    }
}

/// The edits on the way back; what stands there as before needs none.
fn edits(entry: &Entry, now: &Report) -> Result<Vec<Edit>, Obstacle> {
    if !entry.is_whole() {
        return Err(strange());
    }
    let client = CLIENTS.iter().find(|client| client.id == entry.client).ok_or_else(strange)?;
    let finding =
        now.findings.iter().find(|finding| finding.id == entry.finding).ok_or_else(|| gone(entry))?;
    if finding.account.client != client.id {
        return Err(strange());
    }
    let written = written(client.id).ok_or_else(strange)?;
    let edits = entry.settings.iter().rev();
    let edits = edits.filter_map(|recorded| edit(recorded, client, written, finding).transpose());
    edits.collect()
}

fn edit(
    recorded: &Recorded,
    client: &Client,
    written: &Written,
    finding: &Finding,
) -> Result<Option<Edit>, Obstacle> {
    let fact = client.fact(&recorded.setting).ok_or_else(strange)?;
    let is_writable = matches!(fact.kind, Kind::Switch | Kind::Number(..) | Kind::Choice(_) | Kind::Host);
    let values = [&recorded.old, &recorded.new];
    let fits = |value: &String| written.numbers.fits(fact.kind, value);
    if !is_writable || !values.into_iter().flatten().all(fits) {
        return Err(strange());
    }
    let account = &finding.account;
    let is_it = |seen: &&Evidence| seen.setting == recorded.setting && seen.place.path == account.source;
    let seen = account.evidence.iter().find(is_it).ok_or_else(|| changed(&recorded.setting))?;
    match &seen.value {
        value if *value == recorded.old => Ok(None),
        value if *value == recorded.new => Ok(Some(Edit {
            place: seen.place.clone(),
            setting: recorded.setting.clone(),
            old: recorded.new.clone(),
            new: recorded.old.clone(),
        })),
        _ => Err(changed(&recorded.setting)),
    }
}

/// After the provider's day the old setting no longer works.
fn over(entry: &Entry, after: &Report) -> Option<Text> {
    let finding = after.findings.iter().find(|finding| finding.id == entry.finding)?;
    let stop = finding.stops.as_ref()?;
    let when = stop.when();
    Some(Text::new(
        format!("元の設定での送信は{}。", when.ja),
        format!("Sending with the old settings {}.", when.en),
    ))
}

fn strange() -> Obstacle {
    Obstacle {
        code: "strange-journal",
        text: Text::fixed(
            "変更の記録が書き換えられているため、使いません。",
            "the record of the change is not as it was written, so it is not used",
        ),
    }
}

fn gone(entry: &Entry) -> Obstacle {
    let account = &entry.account;
    Obstacle {
        code: "gone",
        text: Text::new(
            format!("アカウント {account} が見つかりません。"),
            format!("the account {account} is not there any more"),
        ),
    }
}

fn changed(setting: &str) -> Obstacle {
    Obstacle {
        code: "changed-since",
        text: Text::new(
            format!("変更のあとで値が変えられています: {setting}"),
            format!("somebody has changed it since: {setting}"),
        ),
    }
}
