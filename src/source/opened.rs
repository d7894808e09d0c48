//! What was found in somebody's data when it was opened, and whose home it lies in.

use super::problem::Problem;
use super::user::User;
use serde::{Deserialize, Serialize};

/// What was found in somebody's data when it was opened.
#[derive(Debug, Default)]
pub struct Opened {
    /// The users.
    pub users: Vec<User>,
    /// The name of their computer, where the data tells it.
    pub computer: Option<String>,
    /// What is wrong and belongs to no user.
    pub problems: Vec<Problem>,
}

impl Opened {
    pub(super) fn one(user: User) -> Self {
        Self { users: vec![user], ..Self::default() }
    }
}

/// Whose home something lies in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Owner {
    /// The name.
    pub(super) name: Option<String>,
    /// The security identifier.
    pub(super) sid: Option<String>,
}

impl User {
    /// Somebody whose data lie outside of the usual places.
    pub(super) fn owned(owner: Option<Owner>) -> Self {
        let Owner { name, sid } = owner.unwrap_or_default();
        Self { name, sid, ..Self::default() }
    }
}
