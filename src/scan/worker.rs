//! The other process: it is told what to open, reads it, and says what there is, line by line.
//!
//! Lines to it: once what all errands share, then for each errand two: the errand itself, and how far it was read before.
//! Lines from it: what [`Said`] says, as JSON. Before it asks a client of a user, it writes the three numbers to stderr.

use super::read::{At, Said, read};
use crate::clients;
use crate::source::errand::{Errand, Machines};
use crate::source::files::Shared;
use crate::source::here;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, Write, stderr, stdin, stdout};
use std::sync::Arc;

/// The only argument of a worker.
pub const WORKER: &str = "--read-for-a-scan";

/// What all errands share.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Common {
    /// The real paths of all homes.
    pub(super) homes: Vec<String>,
}

/// How an errand is to be read.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct How {
    /// The first client that is asked: what comes before was read already, or ended a worker.
    pub(super) from: At,
    /// Which of the files that were opened to say.
    pub(super) opened: Tells,
}

/// What of the files that were opened concerns what is read later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Tells {
    /// None.
    Nothing,
    /// Those that lie in nobody's home.
    OutsideOfHomes,
    /// All: homes lie in one another.
    Everything,
}

/// Reads errands until there are no more. Returns false if the lines are none of ours.
pub fn work() -> bool {
    here::limit_memory();
    clients::known().list();
    let mut lines = stdin().lock().lines().map_while(Result::ok);
    let Some(common) = lines.next().and_then(|line| serde_json::from_str::<Common>(&line).ok()) else {
        return false;
    };
    let homes = Shared::of_homes(&common.homes);
    let mut machines = Machines::default();
    let mut out = stdout().lock();
    while let (Some(errand), Some(how)) = (lines.next(), lines.next()) {
        let (Ok(mut errand), Ok(how)) =
            (serde_json::from_str::<Errand>(&errand), serde_json::from_str::<How>(&how))
        else {
            return false;
        };
        // Which files were opened before only the worker knew that has ended.
        if how.from != At::default() {
            errand.take_then();
        }
        here::limit_time();
        let shared = Arc::new(homes.afresh());
        let mut is_heard = true;
        let mut say = |said: Said| is_heard = is_heard && tell(&mut out, &said).is_ok();
        let mut begin = |(part, person, client): At| {
            drop(stderr().write_all(format!("{part} {person} {client}\n").as_bytes()));
        };
        read(errand, &shared, &mut machines, how.from, &mut begin, &mut say);
        say(Said::Done(match how.opened {
            Tells::Nothing => Vec::new(),
            Tells::OutsideOfHomes => shared.opened(false),
            Tells::Everything => shared.opened(true),
        }));
        // Nobody listens any more.
        if !is_heard {
            return true;
        }
    }
    true
}

/// Each line by itself: what was said stays said, whatever comes next.
fn tell(out: &mut impl Write, said: &Said) -> std::io::Result<()> {
    let mut line = serde_json::to_vec(said)?;
    line.push(b'\n');
    out.write_all(&line)?;
    out.flush()
}
