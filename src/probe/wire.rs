//! A connection with an end: so many bytes, so long for each wait, so long for all of it.

use super::limits::CONVERSATION;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// A TCP connection whose reads and writes come to an end, however slowly the other side drips.
#[derive(Debug)]
pub(super) struct Wire {
    tcp: TcpStream,
    /// When all of it ends.
    end: Instant,
    /// When the present wait ends.
    until: Instant,
    /// Bytes that may still come.
    left: usize,
}

impl Wire {
    /// Connects; the time for all of it begins.
    pub(super) fn connect(to: SocketAddr, patience: Duration, all: Duration) -> io::Result<Self> {
        let end = Instant::now() + all;
        let tcp = TcpStream::connect_timeout(&to, patience.min(all))?;
        Ok(Self { tcp, end, until: end, left: CONVERSATION })
    }

    /// From now on so long for what comes next.
    pub(super) fn wait(&mut self, patience: Duration) {
        self.until = self.end.min(Instant::now() + patience);
    }

    /// The own address.
    pub(super) fn own_address(&self) -> Option<IpAddr> {
        self.tcp.local_addr().ok().map(|address| address.ip())
    }

    fn time_left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        // A time of zero would be none at all.
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(ErrorKind::FileTooLarge.into());
        }
        self.tcp.set_read_timeout(Some(self.time_left()?))?;
        let most = buffer.len().min(self.left);
        let number = self.tcp.read(buffer.get_mut(..most).unwrap_or_default()).map_err(timed_out)?;
        self.left -= number.min(self.left);
        Ok(number)
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.tcp.set_write_timeout(Some(self.time_left()?))?;
        self.tcp.write(bytes).map_err(timed_out)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tcp.flush()
    }
}

/// Unix calls it "would block".
fn timed_out(error: io::Error) -> io::Error {
    if error.kind() == ErrorKind::WouldBlock { ErrorKind::TimedOut.into() } else { error }
}
