//! The three conversations: greeting, what is offered, STARTTLS, the end. Servers' words are hostile: of most only what is
//! known is kept.

use super::limits::LINES;
use super::talk::{Command, End, Talk};
use crate::model::{Answer, Offer, Service};
use crate::report::clean::clean;
use std::io::{Read, Write};
use std::net::IpAddr;

/// Of a greeting so much is kept, in characters.
const GREETING: usize = 120;
/// Mechanisms that are kept; servers have less than ten.
const MECHANISMS: usize = 16;

/// The first words of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Greeting {
    /// Who speaks.
    pub service: Service,
    /// The words, cut and cleaned.
    pub words: String,
    /// It turned us away, with this reply where there was one.
    pub declined: Option<Answer>,
    /// POP3 with a timestamp in it.
    pub has_apop: bool,
}

/// The greeting, of a service if that is known.
pub fn greeting<S: Read + Write>(talk: &mut Talk<S>, expected: Option<Service>) -> Result<Greeting, End> {
    let line = talk.line()?;
    let service = expected.or_else(|| speaker(&line)).ok_or(End::Nonsense)?;
    let mut greeting = Greeting { service, words: cut(&line), declined: None, has_apop: false };
    match service {
        Service::Smtp => {
            let code = match parts(&line).ok_or(End::Nonsense)? {
                (code, true, _) => code,
                (_, false, _) => reply(talk)?.0,
            };
            greeting.declined = (code != 220).then_some(Answer::Declined(Some(code)));
        }
        Service::Pop3 if line.starts_with("+OK") => {
            // RFC 1939, 7: `<1896.697170952@dbc.mtview.ca.us>`
            let stamp = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
            greeting.has_apop = stamp.is_some_and(|(stamp, _)| stamp.contains('@'));
        }
        Service::Pop3 if line.starts_with("-ERR") => greeting.declined = Some(Answer::Declined(None)),
        Service::Imap if line.starts_with("* OK") || line.starts_with("* PREAUTH") => {}
        Service::Imap if line.starts_with("* BYE") => greeting.declined = Some(Answer::Declined(None)),
        Service::Pop3 | Service::Imap => return Err(End::Nonsense),
    }
    Ok(greeting)
}

/// What speaks, by its first words.
fn speaker(line: &str) -> Option<Service> {
    match () {
        () if line.starts_with("+OK") || line.starts_with("-ERR") => Some(Service::Pop3),
        () if line.starts_with("* ") => Some(Service::Imap),
        () if parts(line).is_some() => Some(Service::Smtp),
        () => None,
    }
}

/// What the server offers now, and for the second time within TLS.
pub fn offer<S: Read + Write>(
    talk: &mut Talk<S>,
    greeting: &Greeting,
    own: IpAddr,
    is_secured: bool,
) -> Result<Offer, End> {
    match greeting.service {
        Service::Smtp => {
            talk.say(Command::Ehlo(own))?;
            let (code, lines) = reply(talk)?;
            Ok(if code == 250 { smtp_offer(lines.iter().skip(1)) } else { Offer::default() })
        }
        Service::Pop3 => {
            talk.say(Command::Capa)?;
            let mut offer = Offer { apop: greeting.has_apop, ..Offer::default() };
            if !talk.line()?.starts_with("+OK") {
                // Servers before RFC 2449 have USER and PASS.
                return Ok(Offer { login: true, ..offer });
            }
            for _ in 0..LINES {
                let line = talk.line()?;
                if line == "." {
                    return Ok(offer);
                }
                add_pop3(&mut offer, &line);
            }
            Err(End::Nonsense)
        }
        Service::Imap => {
            let command = Command::Capability(is_secured);
            talk.say(command)?;
            let mut offer = Offer { login: true, ..Offer::default() };
            for _ in 0..LINES {
                let line = talk.line()?;
                if line.starts_with(command.tag()) {
                    return Ok(offer);
                }
                add_imap(&mut offer, &line);
            }
            Err(End::Nonsense)
        }
    }
}

/// Asks for TLS; false: the server turned it down.
pub fn start_tls<S: Read + Write>(talk: &mut Talk<S>, service: Service) -> Result<bool, End> {
    match service {
        Service::Smtp => {
            talk.say(Command::StartTls)?;
            Ok(reply(talk)?.0 == 220)
        }
        Service::Pop3 => {
            talk.say(Command::Stls)?;
            Ok(talk.line()?.starts_with("+OK"))
        }
        Service::Imap => {
            talk.say(Command::ImapStartTls)?;
            for _ in 0..LINES {
                let line = talk.line()?;
                if let Some(rest) = line.strip_prefix(Command::ImapStartTls.tag()) {
                    return Ok(rest.get(..2).is_some_and(|word| word.eq_ignore_ascii_case("OK")));
                }
            }
            Err(End::Nonsense)
        }
    }
}

/// Says goodbye; nobody waits for the answer.
pub fn leave<S: Read + Write>(talk: &mut Talk<S>, service: Service) {
    let command = if service == Service::Imap { Command::Logout } else { Command::Quit };
    let _ = talk.say(command);
}

/// A whole reply of SMTP: its code and its lines.
fn reply<S: Read + Write>(talk: &mut Talk<S>) -> Result<(u16, Vec<String>), End> {
    let mut lines = Vec::new();
    for _ in 0..LINES {
        let line = talk.line()?;
        let (code, is_last, text) = parts(&line).ok_or(End::Nonsense)?;
        lines.push(text.to_owned());
        if is_last {
            return Ok((code, lines));
        }
    }
    Err(End::Nonsense)
}

/// Code, whether it is the last line, and the text behind (RFC 5321, 4.2).
fn parts(line: &str) -> Option<(u16, bool, &str)> {
    let code = line.get(..3).filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()))?;
    let rest = line.get(3..)?;
    let is_last = match rest.chars().next() {
        None | Some(' ') => true,
        Some('-') => false,
        Some(_) => return None,
    };
    Some((code.parse().ok()?, is_last, rest.get(1..).unwrap_or_default()))
}

/// The old form stands for clients that want an equals sign (`AUTH=LOGIN`; draft-myers-smtp-auth-00).
fn smtp_offer<'l>(lines: impl Iterator<Item = &'l String>) -> Offer {
    let mut offer = Offer::default();
    for line in lines {
        let upper = line.to_ascii_uppercase();
        let word = upper.split_whitespace().next().unwrap_or_default();
        if let Some(list) = upper.strip_prefix("AUTH").filter(|rest| rest.starts_with([' ', '=', '\t'])) {
            add(&mut offer.auth, list.split([' ', '=', '\t']));
        } else if word == "STARTTLS" {
            offer.starttls = true;
        } else if word.len() > 4 && word.bytes().all(|byte| byte == b'X') {
            // Cisco PIX writes XXXXXXXA over what it does not know.
            offer.is_masked = true;
        }
        offer.is_masked |= word == "XXXXXXXA";
    }
    offer
}

fn add_pop3(offer: &mut Offer, line: &str) {
    let upper = line.to_ascii_uppercase();
    let mut words = upper.split_whitespace();
    match words.next() {
        Some("SASL") => add(&mut offer.auth, words),
        Some("USER") => offer.login = true,
        Some("STLS") => offer.starttls = true,
        _ => {}
    }
}

fn add_imap(offer: &mut Offer, line: &str) {
    let upper = line.to_ascii_uppercase();
    let Some(list) = upper.strip_prefix("* CAPABILITY ") else { return };
    for word in list.split_whitespace() {
        match word.strip_prefix("AUTH=") {
            Some(mechanism) => add(&mut offer.auth, [mechanism]),
            None if word == "STARTTLS" => offer.starttls = true,
            None if word == "LOGINDISABLED" => offer.login = false,
            None => {}
        }
    }
}

/// RFC 4422, 3.1: up to 20 capital letters, digits, hyphens and underscores.
fn add<'w>(known: &mut Vec<String>, words: impl IntoIterator<Item = &'w str>) {
    let is_letter = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
    for word in words {
        let fits = (1..=20).contains(&word.len()) && word.bytes().all(is_letter);
        if fits && known.len() < MECHANISMS && !known.iter().any(|one| one == word) {
            known.push(word.to_owned());
        }
    }
}

/// As much of a server's words as people want to see, without anything that a terminal obeys.
fn cut(line: &str) -> String {
    clean(&line.chars().take(GREETING).collect::<String>())
}

#[cfg(test)]
#[path = "dialogue_tests.rs"]
mod tests;
