//! How much is asked, and for how long: a probe is to be no burden to a server, and no server a burden to it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Connections to one address in a run, whatever names lead there.
pub const PER_ADDRESS: usize = 12;
/// Connections by one name: three ports for sending and one for receiving.
pub const PER_NAME: usize = 4;
/// Addresses in a run.
pub const ADDRESSES: usize = 50;
/// What may come on one connection, in bytes: greeting, capabilities and certificates have a tenth of it.
pub const CONVERSATION: usize = 64 << 10;
/// A line of a server. RFC 5321, 4.5.3.1.5: 512 bytes; IMAP's capabilities take some more.
pub const LINE: usize = 4 << 10;
/// Lines of one reply.
pub const LINES: usize = 200;
/// Servers that are asked at the same time.
pub const THREADS: usize = 8;

/// How long is waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a connection.
    pub connect: Duration,
    /// For a greeting: servers make strangers wait 20 s on purpose.
    pub greeting: Duration,
    /// For each further reply.
    pub reply: Duration,
    /// For all of one connection.
    pub port: Duration,
    /// For all of it.
    pub run: Duration,
}

impl Patience {
    /// What is waited for servers of the internet.
    pub const USUAL: Self = Self {
        connect: Duration::from_secs(10),
        greeting: Duration::from_secs(25),
        reply: Duration::from_secs(10),
        port: Duration::from_secs(50),
        run: Duration::from_secs(300),
    };
}

/// The connections of a run: so many to each address, and one at a time.
#[derive(Debug, Default)]
pub struct Connections {
    by_address: Mutex<HashMap<IpAddr, Address>>,
    is_free: Condvar,
}

#[derive(Debug, Default, Clone, Copy)]
struct Address {
    connections: usize,
    is_busy: bool,
}

impl Connections {
    /// Waits until nobody else asks the address. `None`: it, or the run, has had enough.
    pub fn enter(&self, address: IpAddr) -> Option<Turn<'_>> {
        let mut all = self.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if !all.contains_key(&address) && all.len() >= ADDRESSES {
                return None;
            }
            let one = all.entry(address).or_default();
            if one.connections >= PER_ADDRESS {
                return None;
            }
            if !one.is_busy {
                one.connections += 1;
                one.is_busy = true;
                return Some(Turn { of: self, address });
            }
            all = self.is_free.wait(all).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// One connection; the next one may begin when it is dropped.
#[derive(Debug)]
pub struct Turn<'c> {
    of: &'c Connections,
    address: IpAddr,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let mut all = self.of.by_address.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = all.get_mut(&self.address) {
            one.is_busy = false;
        }
        self.of.is_free.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;
    use std::sync::mpsc;

    #[test]
    fn an_address_and_a_run_have_enough() {
        let connections = Connections::default();
        let address = |last: u8| IpAddr::V4(Ipv4Addr::new(192, 0, 2, last));
        for number in 0..=PER_ADDRESS {
            assert_eq!(connections.enter(address(1)).is_some(), number < PER_ADDRESS, "{number}");
        }
        let most = u8::try_from(ADDRESSES).unwrap();
        for last in 2..=most + 1 {
            assert_eq!(connections.enter(address(last)).is_some(), last <= most, "{last}");
        }
    }

    #[test]
    fn an_address_is_asked_once_at_a_time() {
        let connections = Connections::default();
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let (tell, hear) = mpsc::channel();
        std::thread::scope(|scope| {
            let first = connections.enter(address).unwrap();
            scope.spawn(|| {
                let second = connections.enter(address).unwrap();
                tell.send(()).unwrap();
                drop(second);
            });
            assert!(hear.recv_timeout(Duration::from_millis(100)).is_err(), "two at a time");
            drop(first);
            assert!(hear.recv_timeout(Duration::from_secs(10)).is_ok());
        });
    }
}
