//! Lines to and from a server. What can be sent is listed here: nothing that logs on, and nothing that sends mail.

use super::limits::LINE;
use std::io::{self, ErrorKind, Read, Write};
use std::net::IpAddr;

/// All that is ever said to a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// With the own address: the name of the PC is nobody's business (RFC 5321, 4.1.3).
    Ehlo(IpAddr),
    /// SMTP's.
    StartTls,
    /// SMTP's and POP3's.
    Quit,
    /// POP3: what it can.
    Capa,
    /// POP3's STARTTLS.
    Stls,
    /// IMAP: what it can; the second time within TLS.
    Capability(bool),
    /// IMAP's.
    ImapStartTls,
    /// IMAP: the end.
    Logout,
}

impl Command {
    fn line(self) -> String {
        match self {
            Self::Ehlo(IpAddr::V4(own)) => format!("EHLO [{own}]\r\n"),
            Self::Ehlo(IpAddr::V6(own)) => format!("EHLO [IPv6:{own}]\r\n"),
            Self::StartTls => "STARTTLS\r\n".to_owned(),
            Self::Quit => "QUIT\r\n".to_owned(),
            Self::Capa => "CAPA\r\n".to_owned(),
            Self::Stls => "STLS\r\n".to_owned(),
            Self::Capability(false) => "a1 CAPABILITY\r\n".to_owned(),
            Self::Capability(true) => "a3 CAPABILITY\r\n".to_owned(),
            Self::ImapStartTls => "a2 STARTTLS\r\n".to_owned(),
            Self::Logout => "a4 LOGOUT\r\n".to_owned(),
        }
    }

    /// What the last line of IMAP's answer begins with.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Capability(false) => "a1 ",
            Self::ImapStartTls => "a2 ",
            Self::Capability(true) => "a3 ",
            _ => "a4 ",
        }
    }
}

/// Why a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Nothing came in time.
    Silence,
    /// The other side closed it.
    Closed,
    /// Too much came, or what is no answer.
    Nonsense,
}

impl From<io::Error> for End {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::TimedOut | ErrorKind::WouldBlock => Self::Silence,
            ErrorKind::FileTooLarge | ErrorKind::InvalidData => Self::Nonsense,
            _ => Self::Closed,
        }
    }
}

/// A conversation line by line.
pub struct Talk<S> {
    stream: S,
    /// What came behind the last line.
    buffer: Vec<u8>,
}

impl<S: Read + Write> Talk<S> {
    /// A conversation that begins.
    pub fn new(stream: S) -> Self {
        Self { stream, buffer: Vec::new() }
    }

    /// The connection.
    pub fn stream(&mut self) -> &mut S {
        &mut self.stream
    }

    /// The stream for TLS. What came before its time is nobody's word and is left (CVE-2011-0411).
    pub fn into_stream(self) -> S {
        self.stream
    }

    /// Sends a command. The error: it could not be sent.
    pub fn say(&mut self, command: Command) -> Result<(), End> {
        self.stream.write_all(command.line().as_bytes())?;
        Ok(self.stream.flush()?)
    }

    /// The next line without its end; what is no UTF-8 in it is replaced.
    pub fn line(&mut self) -> Result<String, End> {
        let mut seen = 0;
        loop {
            let end = memchr::memchr(b'\n', self.buffer.get(seen..).unwrap_or_default()).map(|at| seen + at);
            if let Some(end) = end.filter(|end| *end <= LINE) {
                let line: Vec<u8> = self.buffer.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(line.trim_ascii_end()).into_owned());
            }
            seen = self.buffer.len();
            if seen > LINE {
                return Err(End::Nonsense);
            }
            let mut piece = [0; 1024];
            match self.stream.read(&mut piece) {
                Ok(0) => return Err(End::Closed),
                Ok(number) => self.buffer.extend(piece.iter().take(number)),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_logs_on_or_sends_mail_can_be_said() {
        let own = "192.0.2.7".parse().unwrap();
        let all = [
            Command::Ehlo(own),
            Command::Ehlo("2001:db8::7".parse().unwrap()),
            Command::StartTls,
            Command::Quit,
            Command::Capa,
            Command::Stls,
            Command::Capability(false),
            Command::Capability(true),
            Command::ImapStartTls,
            Command::Logout,
        ];
        let lines: Vec<String> = all.iter().map(|command| command.line()).collect();
        assert_eq!(lines[0], "EHLO [192.0.2.7]\r\n");
        assert_eq!(lines[1], "EHLO [IPv6:2001:db8::7]\r\n");
        for line in &lines {
            assert_eq!(line.matches('\n').count(), 1, "{line}");
            let words: Vec<&str> = line.split_whitespace().collect();
            for word in [
                "AUTH",
                "AUTHENTICATE",
                "LOGIN",
                "USER",
                "PASS",
                "APOP",
                "MAIL",
                "RCPT",
                "DATA",
                "VRFY",
                "HELO",
            ] {
                assert!(!words.contains(&word), "{line}");
            }
        }
    }

    #[test]
    fn lines_have_an_end() {
        let of = |bytes: &[u8]| {
            let mut talk = Talk::new(std::io::Cursor::new(bytes.to_vec()));
            (talk.line(), talk.line())
        };
        assert_eq!(of(b"220 a\r\n220 b\n"), (Ok("220 a".to_owned()), Ok("220 b".to_owned())));
        assert_eq!(of(b"220 \xff\r\n220"), (Ok("220 \u{fffd}".to_owned()), Err(End::Closed)));
        assert_eq!(of(&vec![b'2'; 1 << 20]).0, Err(End::Nonsense));
        let long = [vec![b'2'; LINE + 1], b"\n".to_vec()].concat();
        assert_eq!(of(&long).0, Err(End::Nonsense));
        let long = [vec![b'2'; LINE - 1], b"\r\n".to_vec()].concat();
        assert_eq!(of(&long).0.map(|line| line.len()), Ok(LINE - 1));
    }
}
