//! A computer with its users, as far as what was given tells.

use super::problem::Problem;
use super::user::User;
use crate::model::Text;
use std::path::Path;

/// Registry hives larger than this are not read, in bytes.
pub const MAX_HIVE: u64 = 512 << 20;

/// A computer, or the part of one that was given.
#[derive(Debug, Default)]
pub struct Computer {
    /// Its name, where the data tells it.
    pub name: Option<String>,
    /// Its users.
    pub users: Vec<User>,
    /// What could not be looked at and belongs to no user.
    pub problems: Vec<Problem>,
    /// What people should know about the choice of users.
    pub said: Vec<Text>,
}

impl Computer {
    /// Takes what another part of the same scan gave; the name stays.
    pub(super) fn add(&mut self, part: Computer) {
        self.users.extend(part.users);
        self.problems.extend(part.problems);
        self.said.extend(part.said);
    }
}

pub(super) fn alone(problem: Problem) -> Computer {
    Computer { problems: vec![problem], ..Computer::default() }
}

/// The name of a computer, if all parts are known to come from it.
pub fn common_name(names: &[Option<String>]) -> Option<String> {
    let first = names.first()?;
    if names.iter().all(|name| name == first) { first.clone() } else { None }
}

pub(super) fn file_name(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}
