//! Whether the reports under one name may be of several computers: a name is all that ties them.

use super::names::Name;
use std::collections::BTreeSet;

/// Names that many computers have: they tell none from another.
pub(super) const EVERYWHERE: [&str; 6] = ["", "root", "administrator", "admin", "public", "default"];

/// What live scans of all users tell of one computer: what has a user in common is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Face {
    /// What it runs.
    pub(super) os: Name,
    /// SIDs of users, or their names in lower case where there is none.
    pub(super) users: BTreeSet<Name>,
}

/// Takes one more of the same name.
pub(super) fn meet(faces: &mut Vec<Face>, mut face: Face) {
    // One that has users of two others is all three.
    faces.retain(|known| {
        let is_same = known.os == face.os && !known.users.is_disjoint(&face.users);
        if is_same {
            face.users.extend(&known.users);
        }
        !is_same
    });
    faces.push(face);
}
