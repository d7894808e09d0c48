//! Somebody's data with what is known of its computer: all that is needed to open it, in this process or in another one.

use super::computer::MachineAt;
use super::disk;
use super::files::Shared;
use super::handle::{Identity, identity_of};
use super::homes::{absent, unread_home};
use super::machine::Machine;
use super::names::as_text;
use super::opened::Opened;
use super::pending::Pending;
use super::problem::Problem;
use super::system::is_there;
use crate::model::Text;
use serde::{Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

/// What is known of a computer when its users are opened.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Around {
    /// The PATH that it was found in; empty for the computer that the program runs on.
    #[serde(with = "as_text")]
    pub(super) path: PathBuf,
    /// Its name.
    pub(super) name: Option<String>,
    /// Where its registry is.
    pub(super) machine_at: Option<MachineAt>,
    /// It; of another process not yet.
    #[serde(skip)]
    pub(super) machine: Option<Rc<Machine>>,
    /// A former system beside the one in use.
    pub(super) is_former: bool,
}

/// Somebody's data that is to be read.
#[derive(Debug, Serialize, Deserialize)]
pub struct Errand {
    pub(super) pending: Pending,
    pub(super) around: Around,
    /// Which folder the home was when it was met, or the folder that the files lie in.
    pub(super) met: Option<Identity>,
    /// What lies in the home and may be read by its clients: it is opened after them, and gives only what they did not read.
    pub(super) then: Vec<Errand>,
    /// No other home lies in it or around it.
    pub(super) is_alone: bool,
}

/// The registry of the computer whose users were opened last: those of one computer follow one another.
#[derive(Debug, Default)]
pub struct Machines {
    last: Option<(MachineAt, Option<Rc<Machine>>)>,
}

impl Machines {
    /// What can't be read of it was told where its computer was met.
    fn of(&mut self, around: &Around) -> Option<Rc<Machine>> {
        let at = around.machine_at.as_ref()?;
        if around.machine.is_some() {
            return around.machine.clone();
        }
        if let Some((last, machine)) = &self.last
            && last == at
        {
            return machine.clone();
        }
        let machine = match at {
            #[cfg(windows)]
            MachineAt::Here => super::profile::machine(&mut Vec::new()),
            #[cfg(not(windows))]
            MachineAt::Here => None,
            MachineAt::Disk(root) => disk::machine(root),
        };
        self.last = Some((at.clone(), machine.clone()));
        machine
    }
}

/// What was met is not there any more, or something else is.
fn changed(folder: &Path, is_home: bool) -> Opened {
    let problem = if is_there(folder) {
        let why = Text::fixed(
            "調べている間に、別のフォルダーに置き換えられました。",
            "another folder took its place while all were scanned",
        );
        Problem::outside(folder.display().to_string(), &why)
    } else {
        absent(folder)
    };
    if is_home {
        return Opened::one(unread_home(folder, problem));
    }
    Opened { problems: vec![problem], ..Opened::default() }
}

impl Errand {
    /// Data to be read, of a computer of which this is known.
    pub(super) fn new(pending: Pending, around: Around) -> Self {
        let met = pending.home().or(pending.base()).and_then(identity_of);
        Self { pending, around, met, then: Vec::new(), is_alone: false }
    }

    /// The home, if it is one.
    pub fn home(&self) -> Option<&Path> {
        self.pending.home()
    }

    /// The home that it lies in, if it does; else PATH.
    pub fn base(&self) -> Option<&Path> {
        self.pending.base()
    }

    /// The name of the computer, where it is known without opening anything.
    pub fn computer(&self) -> Option<&str> {
        self.around.name.as_deref()
    }

    /// The PATH that it was found in.
    pub fn path(&self) -> &Path {
        &self.around.path
    }

    /// The place, for people.
    pub fn place(&self) -> String {
        let home = self.pending.home().map(|home| home.display().to_string());
        home.unwrap_or_else(|| {
            let parts = [self.around.path.display().to_string(), self.pending.root.clone()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
        })
    }

    /// False for what is at hand already.
    pub fn is_to_open(&self) -> bool {
        self.pending.is_to_open()
    }

    /// True if all of it was read meanwhile; of files those that were are forgotten.
    pub fn is_read(&mut self, shared: &Arc<Shared>) -> bool {
        self.pending.is_read(shared)
    }

    /// It, and what is opened after it.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        [self].into_iter().chain(&self.then)
    }

    /// True for a home in which and around which no other one lies.
    pub fn is_alone(&self) -> bool {
        self.is_alone
    }

    /// What is to be opened after it, which it has no longer.
    pub fn take_then(&mut self) -> Vec<Self> {
        std::mem::take(&mut self.then)
    }

    /// The users in it. A fault of ours costs nothing but this.
    pub fn open(self, shared: &Arc<Shared>, machines: &mut Machines) -> Opened {
        let Self { pending, around, met, .. } = self;
        if let Some((folder, met)) = pending.home().or(pending.base()).zip(met) {
            shared.meet(folder, met);
            if identity_of(folder) != Some(met) {
                return changed(folder, pending.home().is_some());
            }
        }
        let machine = machines.of(&around);
        let place = pending.root.clone();
        let opened = catch_unwind(AssertUnwindSafe(|| pending.open(machine.as_ref(), shared)));
        let mut opened = opened
            .unwrap_or_else(|_| Opened { problems: vec![Problem::internal(place)], ..Opened::default() });
        for user in &mut opened.users {
            user.is_former |= around.is_former;
            user.path.clone_from(&around.path);
        }
        opened
    }
}
