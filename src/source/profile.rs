//! A user of the Windows that the program runs on: the live registry where it is loaded, the bytes of NTUSER.DAT where it is
//! not.

use super::files::{Files, Shared};
use super::homes::{absent, home_of, unread};
use super::known_folders::learn_folders;
use super::live::Live;
use super::machine::Machine;
use super::names::file_name;
use super::problem::Problem;
use super::store::Store;
use super::system::is_folder;
use super::user::User;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// The computer's own registry.
pub(super) fn machine(problems: &mut Vec<Problem>) -> Option<Rc<Machine>> {
    match Live::machine() {
        Ok(live) => {
            let system = || Live::system().ok().flatten().map(Store::Live);
            live.map(|live| Rc::new(Machine::of(Store::Live(live), system())))
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// A user by SID: the loaded key, else the hive file. A hive that is locked because its user is logged on is never
/// opened, so it is never an error.
pub(super) fn user_of(
    sid: &str,
    home: Option<PathBuf>,
    machine: Option<Rc<Machine>>,
    shared: &Arc<Shared>,
) -> User {
    let name = home.as_deref().and_then(file_name);
    if let Some(home) = home.as_deref().filter(|home| !is_folder(home)) {
        return unread(name, Some(sid.to_owned()), absent(home));
    }
    match Live::user(sid) {
        Ok(Some(live)) => live_user(Some(sid.to_owned()), home, Store::Live(live), machine, false),
        Ok(None) => match home {
            Some(home) => {
                let mut user = home_of(&home, None, shared);
                user.sid = Some(sid.to_owned());
                user.machine = machine;
                user.files.live = true;
                user.files.profile_path = Some(home.display().to_string());
                user
            }
            None => unread(None, Some(sid.to_owned()), absent(Path::new(sid))),
        },
        Err(problem) => unread(name, Some(sid.to_owned()), problem),
    }
}

pub(super) fn live_user(
    sid: Option<String>,
    home: Option<PathBuf>,
    registry: Store,
    machine: Option<Rc<Machine>>,
    own: bool,
) -> User {
    let files = home.as_deref().map(Files::of_home).unwrap_or_default();
    let mut user = User { name: files.home_name.clone(), sid, files, ..User::default() };
    user.registry = Some(registry);
    user.machine = machine;
    user.files.profile_path = home.as_deref().map(|home| home.display().to_string());
    user.files.live = true;
    user.files.own = own;
    learn_folders(&mut user);
    if let Some(home) = user.files.home.as_deref().filter(|home| !is_folder(home)) {
        user.mention(absent(home));
    }
    user
}
