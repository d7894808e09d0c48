//! Conversations with servers that are written down here.

use super::*;
use std::io;

/// What a server says, whatever it is told, and what it was told.
struct Script {
    says: io::Cursor<Vec<u8>>,
    heard: Vec<u8>,
}

impl Read for Script {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.says.read(buffer)
    }
}

impl Write for Script {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.heard.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn talk(says: &str) -> Talk<Script> {
    Talk::new(Script { says: io::Cursor::new(says.replace('\n', "\r\n").into_bytes()), heard: Vec::new() })
}

fn heard(talk: Talk<Script>) -> String {
    String::from_utf8(talk.into_stream().heard).unwrap()
}

const OWN: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7));

fn greeting_of(says: &str, expected: Option<Service>) -> Result<(Service, Option<Answer>, bool), End> {
    greeting(&mut talk(says), expected).map(|found| (found.service, found.declined, found.has_apop))
}

#[test]
fn greetings_tell_who_speaks_and_whether_he_will() {
    for (says, expected, found) in [
        ("220 mail ESMTP\n", None, Ok((Service::Smtp, None, false))),
        ("220-mail\n220-waits\n220 ok\n", None, Ok((Service::Smtp, None, false))),
        ("220\n", Some(Service::Smtp), Ok((Service::Smtp, None, false))),
        ("421 too many\n", None, Ok((Service::Smtp, Some(Answer::Declined(Some(421))), false))),
        ("554-no\n554 go away\n", None, Ok((Service::Smtp, Some(Answer::Declined(Some(554))), false))),
        ("+OK ready\n", None, Ok((Service::Pop3, None, false))),
        ("+OK <1896.697170952@example.jp>\n", None, Ok((Service::Pop3, None, true))),
        ("-ERR busy\n", None, Ok((Service::Pop3, Some(Answer::Declined(None)), false))),
        ("* OK [CAPABILITY IMAP4rev1] ready\n", None, Ok((Service::Imap, None, false))),
        ("* BYE no\n", None, Ok((Service::Imap, Some(Answer::Declined(None)), false))),
        ("SSH-2.0-OpenSSH\n", None, Err(End::Nonsense)),
        ("220x\n", None, Err(End::Nonsense)),
        ("220-a\n999 b\n", None, Ok((Service::Smtp, Some(Answer::Declined(Some(999))), false))),
        ("220-a\nb\n", None, Err(End::Nonsense)),
        ("+OK\n", Some(Service::Smtp), Err(End::Nonsense)),
        ("220 mail\n", Some(Service::Imap), Err(End::Nonsense)),
        ("", None, Err(End::Closed)),
    ] {
        assert_eq!(greeting_of(says, expected), found, "{says:?}");
    }
}

#[test]
fn greetings_are_cut_and_cleaned() {
    let long = format!("220 \u{1b}]0;title\u{7}{}\n", "x".repeat(3000));
    let words = greeting(&mut talk(&long), None).unwrap().words;
    assert!(words.starts_with("220 \\u{1b}]0;title\\u{7}xxx"), "{words}");
    assert!(words.len() < GREETING + 20);
}

fn offer_of(service: Service, says: &str) -> Result<(Offer, String), End> {
    let greeting = Greeting { service, words: String::new(), declined: None, has_apop: false };
    let mut talk = talk(says);
    let offer = offer(&mut talk, &greeting, OWN, false)?;
    Ok((offer, heard(talk)))
}

#[test]
fn smtp_offers() {
    let of = |says: &str| {
        let (offer, heard) = offer_of(Service::Smtp, says).unwrap();
        assert_eq!(heard, "EHLO [192.0.2.7]\r\n");
        (offer.auth.join(" "), offer.starttls, offer.is_masked)
    };
    let none = (String::new(), false, false);
    assert_eq!(of("250-mail\n250-STARTTLS\n250 AUTH PLAIN LOGIN\n"), ("PLAIN LOGIN".to_owned(), true, false));
    assert_eq!(of("250-mail\n250 AUTH=LOGIN PLAIN\n"), ("LOGIN PLAIN".to_owned(), false, false));
    assert_eq!(of("250-m\n250-AUTH LOGIN\n250-AUTH=LOGIN\n250 auth cram-md5\n").0, "LOGIN CRAM-MD5");
    assert_eq!(of("250-mail\n250-XXXXXXXA\n250 SIZE\n"), (String::new(), false, true));
    assert_eq!(of("250 AUTH LOGIN\n"), none, "the first line is a name");
    assert_eq!(of("502 what?\n"), none);
    assert_eq!(of("250-m\n250 AUTHENTIC\n"), none);
    assert_eq!(of("250-m\n250 AUTH \u{1b}[2J pw=himitsu LOGIN\n").0, "PW HIMITSU LOGIN");
    let many: Vec<String> = (0..100).map(|number| format!("M{number}")).collect();
    assert_eq!(of(&format!("250-m\n250 AUTH {}\n", many.join(" "))).0.split(' ').count(), MECHANISMS);
    assert_eq!(offer_of(Service::Smtp, &"250-x\n".repeat(LINES + 1)), Err(End::Nonsense));
}

#[test]
fn pop3_and_imap_offers() {
    let of = |service, says: &str| {
        let (offer, heard) = offer_of(service, says).unwrap();
        (offer.auth.join(" "), offer.login, offer.starttls, heard)
    };
    let (capa, capability) = ("CAPA\r\n".to_owned(), "a1 CAPABILITY\r\n".to_owned());
    assert_eq!(
        of(Service::Pop3, "+OK\nUSER\nSASL PLAIN CRAM-MD5\nSTLS\n.\n"),
        ("PLAIN CRAM-MD5".to_owned(), true, true, capa.clone())
    );
    assert_eq!(of(Service::Pop3, "+OK\nSTLS\nSASL\n.\n"), (String::new(), false, true, capa.clone()));
    assert_eq!(of(Service::Pop3, "-ERR\n"), (String::new(), true, false, capa));
    assert_eq!(
        of(Service::Imap, "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED AUTH=PLAIN\na1 OK\n"),
        ("PLAIN".to_owned(), false, true, capability.clone())
    );
    assert_eq!(
        of(Service::Imap, "* CAPABILITY IMAP4rev1\na1 OK\n"),
        (String::new(), true, false, capability)
    );
    assert_eq!(offer_of(Service::Pop3, &format!("+OK\n{}", "X\n".repeat(LINES))), Err(End::Nonsense));
    assert_eq!(offer_of(Service::Imap, &"* OK\n".repeat(LINES)), Err(End::Nonsense));
}

#[test]
fn starttls_may_be_turned_down() {
    for (service, says, expected) in [
        (Service::Smtp, "220 go\n", Ok(true)),
        (Service::Smtp, "454-later\n454 please\n", Ok(false)),
        (Service::Pop3, "+OK\n", Ok(true)),
        (Service::Pop3, "-ERR\n", Ok(false)),
        (Service::Imap, "* OK hi\na2 OK go\n", Ok(true)),
        (Service::Imap, "a2 BAD\n", Ok(false)),
        (Service::Smtp, "", Err(End::Closed)),
    ] {
        assert_eq!(start_tls(&mut talk(says), service), expected, "{says}");
    }
}
