//! Somebody's data that was found and is not opened yet, and the users in it.

use super::disk::Profile;
use super::exports::{collected, of_exports};
use super::files::{Files, Shared};
use super::homes::{home_of, unread};
use super::machine::Machine;
use super::names::as_text;
use super::opened::{Opened, Owner};
use super::problem::Problem;
use super::rules::{Looks, Other, OwnFolder, folder_by_place};
use super::store::Store;
use super::strange::strange;
use super::user::{Given, User};
use crate::model::{IssueKind, Text};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// Data of one person, or of nobody who is known.
#[derive(Debug, Serialize, Deserialize)]
pub struct Pending {
    pub(super) shape: Shape,
    /// Its place below PATH, with `/`; empty for PATH itself.
    pub(super) root: String,
}

/// Where the data lie.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Shape {
    /// In the computer that the program runs on, or nowhere: known already.
    #[serde(skip)]
    User(Box<User>),
    /// In the profile that the Windows that the program runs on has of somebody.
    #[cfg(windows)]
    Profile {
        sid: String,
        #[serde(with = "as_text::option")]
        home: Option<PathBuf>,
    },
    /// In the file that PATH names: where it really lies, how it was typed.
    File {
        #[serde(with = "as_text")]
        path: PathBuf,
        #[serde(with = "as_text")]
        typed: PathBuf,
        given: Given,
    },
    /// In a home, on the disk of its computer or by itself.
    Home {
        #[serde(with = "as_text")]
        home: PathBuf,
        #[serde(with = "as_text::option")]
        disk: Option<PathBuf>,
        profile: Option<Profile>,
        named: Option<Owner>,
    },
    /// In a folder with exports of the registry; whether it is a home also without them.
    Collected {
        #[serde(with = "as_text")]
        home: PathBuf,
        #[serde(with = "as_text::option")]
        disk: Option<PathBuf>,
        profile: Option<Profile>,
        is_home: bool,
        named: Option<Owner>,
    },
    /// In a client's own folder.
    Own {
        #[serde(with = "as_text")]
        base: PathBuf,
        #[serde(with = "as_text")]
        folder: PathBuf,
        #[serde(with = "folder_by_place")]
        rule: &'static OwnFolder,
        owner: Option<Owner>,
    },
    /// In files of one folder, told from a folder above them; what no rule fits has none.
    Loose {
        #[serde(with = "as_text")]
        base: PathBuf,
        files: Vec<(String, Option<Given>)>,
        owner: Option<Owner>,
    },
    /// In a registry hive, which PATH may name.
    Hive {
        #[serde(with = "as_text")]
        base: PathBuf,
        path: String,
        owner: Option<Owner>,
        is_path: bool,
    },
    /// What could not be looked at in somebody's home.
    Trouble {
        #[serde(with = "as_text")]
        base: PathBuf,
        owner: Owner,
        problem: Problem,
    },
    /// In exports that lie together, or in the one that PATH names.
    Exports {
        #[serde(with = "as_text")]
        base: PathBuf,
        paths: Vec<String>,
        owner: Option<Owner>,
        is_path: bool,
    },
}

impl Pending {
    /// What is known already.
    pub(super) fn user(user: User) -> Self {
        Self { shape: Shape::User(Box::new(user)), root: String::new() }
    }

    /// True for what belongs to nobody's home: it is opened when all homes were read, and gives only what they did not.
    pub fn is_loose(&self) -> bool {
        matches!(
            self.shape,
            Shape::File { .. }
                | Shape::Own { .. }
                | Shape::Loose { .. }
                | Shape::Hive { .. }
                | Shape::Exports { .. }
                | Shape::Trouble { .. }
        )
    }

    /// The home that it lies in, if it does; else PATH.
    pub fn base(&self) -> Option<&Path> {
        match &self.shape {
            Shape::Own { base, .. }
            | Shape::Loose { base, .. }
            | Shape::Hive { base, .. }
            | Shape::Exports { base, .. }
            | Shape::Trouble { base, .. } => Some(base),
            #[cfg(windows)]
            Shape::Profile { .. } => None,
            Shape::User(_) | Shape::File { .. } | Shape::Home { .. } | Shape::Collected { .. } => None,
        }
    }

    /// The home, if it is one.
    pub fn home(&self) -> Option<&Path> {
        match &self.shape {
            Shape::Home { home, .. } | Shape::Collected { home, .. } => Some(home),
            #[cfg(windows)]
            Shape::Profile { home, .. } => home.as_deref(),
            _ => None,
        }
    }

    /// False for what is at hand already.
    pub fn is_to_open(&self) -> bool {
        !matches!(self.shape, Shape::User(_) | Shape::Trouble { .. })
    }

    /// True if all of it was read meanwhile, by whatever way; files of which only some were are forgotten.
    pub(super) fn is_read(&mut self, shared: &Arc<Shared>) -> bool {
        let at = |base: &Path| Files::below_base(base.to_path_buf(), shared);
        match &mut self.shape {
            Shape::File { path, given, .. } => {
                at(path.parent().unwrap_or(Path::new(""))).was_opened(&given.path)
            }
            Shape::Own { folder, .. } => Files::shared(shared).was_looked_into(folder),
            Shape::Hive { base, path, is_path: true, .. } => at(base).was_opened(path),
            Shape::Exports { base, paths, is_path: true, .. } => {
                let files = at(base);
                paths.iter().all(|path| files.was_opened(path))
            }
            Shape::Loose { base, files, .. } => {
                let door = at(base);
                files.retain(|(path, given)| {
                    let is_folder =
                        given.as_ref().is_some_and(|given| matches!(given.rule.looks, Looks::Folder(_)));
                    let folder = door.locate(path).filter(|_| is_folder);
                    !door.was_opened(path) && !folder.is_some_and(|(folder, _)| door.was_looked_into(&folder))
                });
                files.is_empty()
            }
            _ => false,
        }
    }

    /// What could not be looked at.
    pub fn trouble(&self) -> Option<&Problem> {
        match &self.shape {
            Shape::Trouble { problem, .. } => Some(problem),
            _ => None,
        }
    }

    /// True for single files.
    pub fn is_files(&self) -> bool {
        matches!(self.shape, Shape::Loose { .. } | Shape::File { .. })
    }

    /// True for a home that the computer's own list of profiles names.
    pub fn is_listed(&self) -> bool {
        matches!(
            &self.shape,
            Shape::Home { profile: Some(_), .. } | Shape::Collected { profile: Some(_), .. }
        )
    }

    /// The users in it, if nobody has read it meanwhile. `machine` is the registry of their computer.
    pub fn open(mut self, machine: Option<&Rc<Machine>>, shared: &Arc<Shared>) -> Opened {
        if self.is_read(shared) {
            return Opened::default();
        }
        let root = self.root;
        let mut opened = match self.shape {
            Shape::User(user) => return Opened::one(*user),
            #[cfg(windows)]
            Shape::Profile { sid, home } => Opened::one(super::profile::user_of(&sid, home, None, shared)),
            Shape::File { path, typed, given } => {
                let base = path.parent().map(Path::to_path_buf);
                let files = Files { given: base, named: Some((path, typed)), ..Files::shared(shared) };
                return Opened::one(User { given: vec![given], files, ..User::default() });
            }
            Shape::Home { home, disk, profile, named } => {
                let mut user = home_of(&home, disk.as_deref(), shared);
                if let Some(profile) = profile {
                    user.sid = Some(profile.sid);
                    user.files.profile_path = Some(profile.path);
                }
                rename(&mut user, named);
                Opened::one(user)
            }
            Shape::Collected { home, disk, profile, is_home, named } => {
                let mut opened = collected(&home, disk.as_deref(), is_home, shared);
                if let ([user], Some(profile)) = (opened.users.as_mut_slice(), profile) {
                    user.sid = Some(profile.sid);
                    user.files.profile_path = Some(profile.path);
                }
                if let [user] = opened.users.as_mut_slice() {
                    rename(user, named);
                }
                opened
            }
            Shape::Own { base, folder, rule, owner } => {
                let stand_in = Some((rule.place, folder));
                let files = Files { stand_in, given: Some(base), ..Files::shared(shared) };
                Opened::one(User { is_apart: true, files, ..User::owned(owner) })
            }
            Shape::Trouble { owner, problem, .. } => {
                let user = User::owned(Some(owner));
                user.mention(problem);
                Opened::one(user)
            }
            Shape::Loose { base, files, owner } => loose(base, files, owner, shared),
            Shape::Hive { base, path, owner, is_path } => {
                let files = Files::below_base(base, shared);
                hive(&files, &path, owner, is_path)
            }
            Shape::Exports { base, paths, owner, is_path } => {
                let files = Files::below_base(base, shared);
                of_exports(&files, &paths, owner, is_path)
            }
        };
        for user in &mut opened.users {
            user.machine = user.machine.take().or_else(|| machine.cloned());
            if !user.is_placed {
                let parts = [root.as_str(), user.root.as_str()];
                user.root = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
            }
        }
        opened
    }
}

/// Gives a home to the person whose it is, where its folder has another name.
fn rename(user: &mut User, named: Option<Owner>) {
    if let Some(Owner { name, sid }) = named.filter(|_| !user.is_placed) {
        user.is_apart |= name.is_none();
        user.sid = user.sid.take().or(sid);
        user.files.home_name = name.clone().or_else(|| user.files.home_name.take());
        user.name = name;
    }
}

/// What nobody has read yet of some files.
fn loose(
    base: PathBuf,
    files: Vec<(String, Option<Given>)>,
    owner: Option<Owner>,
    shared: &Arc<Shared>,
) -> Opened {
    let mut user = User { files: Files::below_base(base, shared), ..User::owned(owner) };
    for (path, given) in files {
        match given {
            Some(given) => user.given.push(given),
            None => user.mention(not_understood(user.files.show(&path), &[], &[])),
        }
    }
    let has_something = !user.given.is_empty() || user.has_mentioned();
    Opened { users: has_something.then_some(user).into_iter().collect(), ..Opened::default() }
}

/// A file that is none of those that are read, by its beginning where that is at hand.
pub(super) fn not_understood(place: String, head: &[u8], others: &[Other]) -> Problem {
    let other = || others.iter().find(|other| other.is(head)).map(|other| other.says.clone());
    if let Some(what) = strange(head).or_else(other) {
        return Problem::new(IssueKind::Malformed, place, what);
    }
    Problem::malformed(
        place,
        &Text::fixed(
            "このプログラムが読めるファイルではありません",
            "not a kind of file that this program reads",
        ),
    )
}

/// The user of a hive that lies outside of a home.
fn hive(files: &Files, path: &str, owner: Option<Owner>, is_path: bool) -> Opened {
    let mut side = Vec::new();
    let fail = |side: Vec<Problem>, problem| Opened {
        problems: side.into_iter().chain([problem]).collect(),
        ..Opened::default()
    };
    match Store::open_hive(files, path, &mut side) {
        Ok(None) => Opened::default(),
        Ok(Some(store)) => {
            let place = files.show(path);
            if matches!(store.top("Software", &place, &mut Vec::new()), Ok(None)) {
                return fail(side, Problem::no_settings(place));
            }
            let user = User { registry: Some(store), is_apart: !is_path, ..User::owned(owner) };
            user.mention_all(side);
            Opened::one(user)
        }
        Err(problem) => fail(side, problem),
    }
}

/// A user whose data could not be reached.
pub(super) fn out_of_reach(name: Option<String>, sid: Option<String>, problem: Problem) -> Pending {
    Pending::user(unread(name, sid, problem))
}
