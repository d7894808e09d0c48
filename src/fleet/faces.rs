//! Whether the reports under one name may be of several computers: a name is all that ties them.

use super::names::Name;
use super::state::Fleet;
use super::take::Part;
use crate::model::Scope;
use crate::report::v1::lean::ScanIn;
use std::collections::BTreeSet;

/// Names that many computers have: they tell none from another.
const EVERYWHERE: [&str; 6] = ["", "root", "administrator", "admin", "public", "default"];

/// What live scans of all users tell of one computer: what has a user in common is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Face {
    /// What it runs.
    os: Name,
    /// SIDs of users, or their names in lower case where there is none.
    users: BTreeSet<Name>,
}

/// A name under which there seem to be several computers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared<'a> {
    /// The name.
    pub computer: &'a str,
    /// How many.
    pub computers: usize,
}

impl Fleet {
    /// Looks at who is on the computer, and on what it runs.
    pub(super) fn face(&mut self, computer: Name, part: &Part<'_>, scan: &ScanIn<'_>) {
        if scan.scope.0 != Some(Scope::AllUsers) || part.computer.is_none() {
            return;
        }
        let mut users = BTreeSet::new();
        for user in &part.users {
            let name = user.name.as_ref().map_or(String::new(), |name| name.0.to_lowercase());
            if EVERYWHERE.contains(&&*name) {
                continue;
            }
            // Many are called taro: on Windows the SID tells whose home it is.
            users.insert(match &user.sid {
                Some(sid) => self.intern(&sid.0),
                None => self.intern(&name),
            });
        }
        if let Some(os) = scan.os.as_ref().filter(|_| !users.is_empty()) {
            let os = self.intern(&os.0);
            self.meet_face(computer, Face { os, users });
        }
    }

    fn meet_face(&mut self, computer: Name, mut face: Face) {
        let faces = self.faces.entry(computer).or_default();
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

    /// Takes those of another part of the same fleet, whose names have these numbers here.
    pub(super) fn absorb_faces(&mut self, computer: Name, faces: Vec<Face>, new: impl Fn(Name) -> Name) {
        for Face { os, users } in faces {
            self.meet_face(computer, Face { os: new(os), users: users.into_iter().map(&new).collect() });
        }
    }

    /// The names under which there seem to be several computers, in the order of the alphabet.
    pub(super) fn shared(&self) -> Vec<Shared<'_>> {
        let several = self.faces.iter().filter(|(_, faces)| faces.len() > 1);
        let shared = several.map(|(computer, faces)| Shared {
            computer: self.computer_name(*computer),
            computers: faces.len(),
        });
        let mut shared: Vec<Shared<'_>> = shared.collect();
        shared.sort_by_key(|shared| shared.computer);
        shared
    }
}
