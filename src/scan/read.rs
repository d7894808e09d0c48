//! Somebody's data read: what the clients' readers find, as plain data. Nothing is judged here, so that it can be done in another
//! process, and what is said on the way stays if that process ends.

use crate::clients::{self, CLIENTS, Client, Found, LeftOut};
use crate::model::{Account, InUse};
use crate::source::budget::Budget;
use crate::source::errand::{Errand, Machines};
use crate::source::files::Shared;
use crate::source::{Problem, User, as_text};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;

/// How far a reading is: at the home or the how manieth of what lies in it, at one user, and one of the clients by its place in
/// the table.
pub(super) type At = (usize, usize, usize);

/// What a reading says, in this order.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Said {
    /// The data are open: of the home, then of what lies in it, each with what was found.
    Opened(Opening),
    /// What one client of one user has.
    Found(Part),
    /// All is read. The files that were opened, as far as they are asked for.
    Done(Vec<String>),
}

/// Whose the data are.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Opening {
    /// The name of their computer, where the data tell it.
    pub(super) computer: Option<String>,
    /// What is wrong and belongs to no user.
    pub(super) problems: Vec<Problem>,
    /// The users.
    pub(super) people: Vec<Person>,
}

/// A user, as far as a report needs one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Person {
    pub(super) name: Option<String>,
    pub(super) sid: Option<String>,
    /// The home as the data were found in it.
    #[serde(with = "as_text::option")]
    pub(super) home: Option<PathBuf>,
    pub(super) is_at_home: bool,
    /// Nothing of the data could be reached.
    pub(super) is_unread: bool,
    /// The registry file was not closed properly, and its logs are missing.
    pub(super) has_dirty_registry: bool,
    /// What a finding's id has of its user, as it is and with the place that tells another home of the same user apart.
    pub(super) id_part: String,
    pub(super) id_part_apart: String,
    pub(super) plain_id_part: String,
    /// What could not be looked at before a client was asked.
    pub(super) problems: Vec<Problem>,
}

/// What one client of one user has.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Part {
    /// Of whom; behind the last client what was left out of the data of all.
    pub(super) at: At,
    /// Each with its place below PATH.
    pub(super) accounts: Vec<(Account, String)>,
    /// What was too much of one client.
    pub(super) left_out: LeftOut,
    pub(super) problems: Vec<Problem>,
}

/// Opens and reads somebody's data and what lies in them, and says what there is. `from`: the first client that is asked; `begin`
/// is told who is asked next.
pub(super) fn read(
    mut errand: Errand,
    shared: &Arc<Shared>,
    machines: &mut Machines,
    from: At,
    begin: &mut dyn FnMut(At),
    say: &mut dyn FnMut(Said),
) {
    let then = errand.take_then();
    for (part, errand) in [errand].into_iter().chain(then).enumerate() {
        let opened = errand.open(shared, machines);
        let people = opened.users.iter().map(person).collect();
        say(Said::Opened(Opening { computer: opened.computer, problems: opened.problems, people }));
        read_users(&opened.users, part, from, begin, say);
    }
}

fn read_users(users: &[User], part: usize, from: At, begin: &mut dyn FnMut(At), say: &mut dyn FnMut(Said)) {
    for (number, user) in users.iter().enumerate().filter(|(_, user)| !user.unread) {
        // Asked for only where there are accounts.
        let mut system = None;
        for (place, client) in CLIENTS.iter().enumerate() {
            let at = (part, number, place);
            if at < from {
                continue;
            }
            begin(at);
            let Found { accounts, left_out, mut problems, .. } = ask(client, user);
            problems.extend(user.take_mentioned());
            problems.retain(|problem| !Budget::is_refusal(problem));
            let mut accounts = once(accounts, user);
            if !accounts.is_empty() {
                let system = system.get_or_insert_with(|| clients::system::of(user));
                for (account, _) in &mut accounts {
                    account.system.clone_from(system);
                }
            }
            if !accounts.is_empty() || !problems.is_empty() {
                say(Said::Found(Part { at, accounts, left_out, problems }));
            }
        }
        let problems = user.budget().left_out();
        if !problems.is_empty() {
            let at = (part, number, CLIENTS.len());
            say(Said::Found(Part { at, accounts: Vec::new(), left_out: LeftOut::default(), problems }));
        }
    }
}

fn person(user: &User) -> Person {
    Person {
        name: user.name.clone(),
        sid: user.sid.clone(),
        home: user.home().map(PathBuf::from),
        is_at_home: user.is_at_home(),
        is_unread: user.unread,
        has_dirty_registry: user.has_dirty_registry(),
        id_part: user.id_part(),
        id_part_apart: user.id_part_apart(),
        plain_id_part: user.plain_id_part(),
        problems: {
            let mut problems = user.take_mentioned();
            problems.retain(|problem| !Budget::is_refusal(problem));
            problems
        },
    }
}

/// One file under two names has each account once: under the name that its client looks at first.
fn once(accounts: Vec<Account>, user: &User) -> Vec<(Account, String)> {
    let mut seen = HashMap::new();
    let mut kept = Vec::new();
    for mut account in accounts {
        if let Some(file) = user.real_place(&account.source) {
            let key = (file, account.key.clone(), account.outgoing_key.clone(), account.name.clone());
            let place = (account.source.clone(), account.store.clone());
            if *seen.entry(key).or_insert_with(|| place.clone()) != place {
                continue;
            }
        }
        if user.is_former {
            account.in_use = InUse::No;
        } else if user.is_copied() && account.in_use == InUse::Yes {
            account.in_use = InUse::Unknown;
        }
        let place = user.below_path(&account.source);
        kept.push((account, place));
    }
    kept
}

/// What one detector finds; what ends it, be it a fault of ours, does not take away what it had found.
fn ask(client: &Client, user: &User) -> Found {
    let mut found = Found::default();
    match catch_unwind(AssertUnwindSafe(|| client.read(user, &mut found))) {
        Ok(Ok(())) => {}
        Ok(Err(problem)) => found.problems.push(problem),
        Err(_) => found.problems.push(Problem::internal(client.id)),
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::Reading;
    use crate::model::{IssueKind, Text};

    #[test]
    fn a_fault_in_one_detector_is_an_issue() {
        fn fall(_: &User, found: &mut Found) -> Result<(), Problem> {
            found.problems.push(Problem::malformed("before", &Text::fixed("", "")));
            panic!("a fault")
        }
        let broken = Client { reading: Reading::Settings(fall), ..crate::clients::outlook::CLIENT };
        std::panic::set_hook(Box::new(|_| {}));
        let found = ask(&broken, &User::default());
        let _ = std::panic::take_hook();
        let kinds: Vec<IssueKind> = found.problems.iter().map(|problem| problem.kind).collect();
        assert_eq!(kinds, [IssueKind::Malformed, IssueKind::Internal]);
    }
}
