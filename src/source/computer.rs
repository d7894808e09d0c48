//! A computer with what was found of its users, as far as what was given tells.

use super::machine::Machine;
use super::names::as_text;
use super::pending::Pending;
use super::problem::Problem;
use super::user::User;
use crate::model::Text;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::rc::Rc;

/// A computer, or the part of one that was given.
#[derive(Debug, Default)]
pub struct Computer {
    /// Its name, where the data tells it.
    pub name: Option<String>,
    /// Its own registry.
    pub machine: Option<Rc<Machine>>,
    /// Where that is, for another process.
    pub(super) machine_at: Option<MachineAt>,
    /// A former system beside the one in use.
    pub is_former: bool,
    /// Its users' data, in the order in which they are opened.
    pub pending: Vec<Pending>,
    /// What could not be looked at and belongs to no user.
    pub problems: Vec<Problem>,
    /// What people should know about the choice of users.
    pub said: Vec<Text>,
}

impl Computer {
    /// A computer of which these users are known.
    pub(super) fn of_users(users: Vec<User>) -> Self {
        Self { pending: users.into_iter().map(Pending::user).collect(), ..Self::default() }
    }
}

/// Where a computer's own registry is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum MachineAt {
    /// In the Windows that the program runs on.
    Here,
    /// On this disk.
    Disk(#[serde(with = "as_text")] PathBuf),
}

/// The name of a computer, if all parts are known to come from it.
pub fn common_name(names: &[Option<String>]) -> Option<String> {
    let first = names.first()?;
    if names.iter().all(|name| name == first) { first.clone() } else { None }
}
