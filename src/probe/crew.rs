//! Servers are asked, several at the same time, each in one thread and one connection after the other; what is known is told at
//! once, so that a run may end at any moment.

use super::limits::{Connections, THREADS};
use super::names::{Name, choose};
use super::port::{self, Door, Means};
use crate::model::{Answer, ProbedPort, Unasked};
use std::collections::VecDeque;
use std::net::IpAddr;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A server that is to be asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name or address; why it must not be asked.
    pub name: Result<Name, Unasked>,
    /// The name, for people.
    pub shown: String,
    /// Its ports, in the order of asking.
    pub doors: Vec<Door>,
    /// Ports that are not asked, and why.
    pub left_out: Vec<(Door, Unasked)>,
}

/// What came of a server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heard {
    /// The address that was asked.
    pub address: Option<IpAddr>,
    /// The address that it was asked from.
    pub from: Option<IpAddr>,
    /// Why it was not asked at all.
    pub unasked: Option<Unasked>,
    /// Its ports.
    pub ports: Vec<ProbedPort>,
}

/// How a name is resolved; it is asked once for each.
pub type Resolver = fn(&str) -> Vec<IpAddr>;

/// What a run needs.
#[derive(Debug, Clone)]
pub struct Run {
    /// For connections.
    pub means: Means,
    /// For names.
    pub resolver: Resolver,
    /// Private addresses may be asked.
    pub internal: bool,
}

/// What a thread has to tell.
enum Event {
    Address(IpAddr),
    Unasked(Unasked),
    From(IpAddr),
    Port(Box<ProbedPort>),
    Done,
}

/// How often it is looked whether somebody has ended it.
const PULSE: Duration = Duration::from_millis(100);

/// Asks all servers; `goes_on` is told how many are done, and says whether to go on.
pub fn ask(servers: &[Server], run: &Run, mut goes_on: impl FnMut(usize) -> bool) -> Vec<Heard> {
    let mut heard: Vec<Heard> = vec![Heard::default(); servers.len()];
    let queue: VecDeque<(usize, Server)> = servers.iter().cloned().enumerate().collect();
    let end = Instant::now() + run.means.patience.run;
    let shared = Arc::new((Mutex::new(queue), Connections::default(), run.clone(), end));
    let (tell, listen) = mpsc::channel();
    // They are not waited for: one may hang in a resolver that nothing ends.
    let threads = servers.len().min(THREADS);
    for _ in 0..threads {
        let (shared, tell) = (Arc::clone(&shared), tell.clone());
        thread::spawn(move || {
            let (queue, connections, run, end) = &*shared;
            loop {
                let next = queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
                let Some((at, server)) = next else { return };
                ask_one(&server, run, connections, *end, &|event| tell.send((at, event)).is_ok());
                if tell.send((at, Event::Done)).is_err() {
                    return;
                }
            }
        });
    }
    drop(tell);
    let mut done = vec![false; servers.len()];
    loop {
        let is_over = Instant::now() >= end;
        if is_over || !goes_on(done.iter().filter(|done| **done).count()) {
            break;
        }
        match listen.recv_timeout(PULSE.min(end.saturating_duration_since(Instant::now()))) {
            Ok((at, event)) => take(&mut heard, &mut done, at, event),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    // From now on no thread begins anything.
    shared.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    while let Ok((at, event)) = listen.try_recv() {
        take(&mut heard, &mut done, at, event);
    }
    for ((server, heard), done) in servers.iter().zip(&mut heard).zip(done) {
        complete(server, heard, done);
    }
    heard
}

fn take(heard: &mut [Heard], done: &mut [bool], at: usize, event: Event) {
    let (Some(heard), Some(done)) = (heard.get_mut(at), done.get_mut(at)) else { return };
    match event {
        Event::Address(address) => heard.address = Some(address),
        Event::Unasked(why) => heard.unasked = Some(why),
        Event::From(own) => heard.from = Some(own),
        Event::Port(port) => heard.ports.push(*port),
        Event::Done => *done = true,
    }
}

/// What the time did not suffice for is told.
fn complete(server: &Server, heard: &mut Heard, is_done: bool) {
    if heard.unasked.is_none() {
        if heard.address.is_none() && !is_done {
            heard.unasked = Some(Unasked::Stopped);
        }
        let asked = heard.ports.len();
        let rest = server.doors.iter().skip(asked);
        heard.ports.extend(rest.map(|door| door.with(Answer::NotAsked(Unasked::Stopped))));
    }
    let left_out = server.left_out.iter().map(|(door, why)| door.with(Answer::NotAsked(*why)));
    heard.ports.extend(left_out);
}

/// One server, in its thread; `tell` says whether anybody still listens.
fn ask_one(
    server: &Server,
    run: &Run,
    connections: &Connections,
    end: Instant,
    tell: &dyn Fn(Event) -> bool,
) {
    let addresses = server.name.clone().and_then(|name| {
        let found = match &name {
            Name::Name(text) => (run.resolver)(text),
            Name::Address(_) => Vec::new(),
        };
        choose(&name, &found, run.internal).map(|addresses| (name, addresses))
    });
    let (name, addresses) = match addresses {
        Ok((_, addresses)) if addresses.is_empty() => {
            tell(Event::Unasked(Unasked::Unresolved));
            return;
        }
        Ok(found) => found,
        Err(why) => {
            tell(Event::Unasked(why));
            return;
        }
    };
    let mut addresses = addresses.into_iter();
    let Some(mut address) = addresses.next() else { return };
    tell(Event::Address(address));
    for door in &server.doors {
        let found = loop {
            let Some(turn) = connections.enter(address) else {
                break door.with(Answer::NotAsked(Unasked::Limit));
            };
            if Instant::now() >= end {
                return;
            }
            let asked = port::ask(*door, &name, address, &run.means);
            drop(turn);
            if let Some((port, own)) = asked {
                own.map(|own| tell(Event::From(own)));
                break port;
            }
            // Nothing was sent: another address of the server is no second attempt.
            let Some(next) = addresses.next() else { break door.with(Answer::Blocked) };
            address = next;
            tell(Event::Address(address));
        };
        if !tell(Event::Port(Box::new(found))) {
            return;
        }
    }
}
