//! Users of a Windows computer: the live registry where it is loaded, the bytes of NTUSER.DAT where it is not.

use crate::model::Text;
use crate::source::computer::{Computer, MachineAt};
use crate::source::disk::{Profile, profiles};
use crate::source::files::Shared;
use crate::source::homes::unread;
use crate::source::live::Live;
pub(super) use crate::source::live::computer_name;
use crate::source::machine::Machine;
use crate::source::names::file_name;
use crate::source::pending::{Pending, Shape};
use crate::source::problem::Problem;
use crate::source::profile::{live_user, machine, user_of};
use crate::source::rules::Known;
use crate::source::store::Store;
use crate::source::user::User;
use crate::source::win;
use std::path::{Component, Path, PathBuf, Prefix};
use std::sync::Arc;

/// The account that services and roll-outs run as.
const SYSTEM: &str = "S-1-5-18";

pub(super) fn me() -> Computer {
    let (mut users, mut problems, mut said) = (Vec::new(), Vec::new(), Vec::new());
    let machine = machine(&mut problems);
    let known = known_profiles(machine.as_deref(), &mut problems);
    let shared = Arc::default();
    let own_sid = win::own_sid();
    let home = own_sid.as_deref().and_then(|sid| path_of(sid, &known)).or_else(environment_home);
    match Live::current_user() {
        Ok(live) => users.push(live_user(own_sid.clone(), home, Store::Live(live), machine.clone(), true)),
        Err(problem) => users.push(unread(home.as_deref().and_then(file_name), own_sid.clone(), problem)),
    }
    // "Run as administrator" with another account: the mail is that of the user at the screen.
    if let Some(sid) = win::sid_at_screen().filter(|sid| own_sid.as_ref() != Some(sid)) {
        let user = user_of(&sid, path_of(&sid, &known), machine, &shared);
        said.push(Text::new(
            format!("別のアカウントとして実行されているため、画面のユーザー {} も調べます。", shown(&user)),
            format!(
                "running as another account, so the user at the screen, {}, is examined too",
                shown(&user)
            ),
        ));
        users.push(user);
    }
    Computer { problems, said, ..Computer::of_users(users) }
}

pub(super) fn all(_: &Known, shared: &Arc<Shared>) -> Computer {
    let mut problems = Vec::new();
    let machine = machine(&mut problems);
    let profiles = known_profiles(machine.as_deref(), &mut problems);
    let mut pending = Vec::new();
    for Profile { sid, path } in profiles {
        let home = PathBuf::from(expand_system_drive(&path));
        shared.add_home(&home);
        pending.push(Pending { shape: Shape::Profile { sid, home: Some(home) }, root: String::new() });
    }
    let machine_at = machine.as_ref().map(|_| MachineAt::Here);
    Computer { machine, machine_at, pending, problems, ..Computer::default() }
}

/// A process of the program has no window of its own, also where the one that started it has none (CREATE_NO_WINDOW,
/// winbase.h).
pub(super) fn without_window(command: &mut std::process::Command) {
    use std::os::windows::process::CommandExt;
    command.creation_flags(0x0800_0000);
}

pub(super) fn limit_memory(bytes: u64) {
    win::limit_memory(bytes);
}

/// Windows has no limit of time that could be moved on; who waits for the worker ends it.
pub(super) fn limit_time(_: u64) {}

/// A name of the kind `\\server\share`. Links there don't lead to this computer (`fsutil behavior query SymlinkEvaluation`:
/// remote to local is off unless somebody has switched it on).
pub(super) fn is_far(path: &Path) -> bool {
    let first = path.components().next();
    matches!(first, Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
}

pub(super) fn runs_as_system() -> bool {
    win::own_sid().as_deref() == Some(SYSTEM)
}

fn shown(user: &User) -> String {
    user.name.clone().or_else(|| user.sid.clone()).unwrap_or_default()
}

fn known_profiles(machine: Option<&Machine>, problems: &mut Vec<Problem>) -> Vec<Profile> {
    machine.map(|machine| profiles(machine.software(), problems)).unwrap_or_default()
}

fn path_of(sid: &str, profiles: &[Profile]) -> Option<PathBuf> {
    let profile = profiles.iter().find(|profile| profile.sid == sid)?;
    Some(PathBuf::from(expand_system_drive(&profile.path)))
}

/// Windows 2000 and XP write `%SystemDrive%\Documents and Settings\…`.
fn expand_system_drive(path: &str) -> String {
    match path.strip_prefix('%').and_then(|rest| rest.split_once('%')) {
        Some((_, rest)) => format!("C:{rest}"),
        None => path.to_owned(),
    }
}

fn environment_home() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "whose data it is, where the ProfileList does not tell")]
    std::env::home_dir()
}
