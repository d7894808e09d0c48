//! Which servers and ports may be asked: what a person typed, and of settings only what looks like a mail server.

use super::addresses::{Place, place};
use crate::formats::kinds::{Kind, keep};
use crate::model::{Service, Unasked};
use std::net::{IpAddr, Ipv6Addr};

/// Ports that are taken from settings, with what is spoken there and whether TLS comes first (RFC 8314; 2525, 1465, 1587 and
/// 2587 are providers' ways around a blocked 25, 586 is kokuyou.ne.jp's 465: /ispdb of thunderbird/autoconfig).
pub const PORTS: [(u16, Service, bool); 12] = [
    (25, Service::Smtp, false),
    (465, Service::Smtp, true),
    (587, Service::Smtp, false),
    (586, Service::Smtp, true),
    (2525, Service::Smtp, false),
    (1465, Service::Smtp, true),
    (1587, Service::Smtp, false),
    (2587, Service::Smtp, false),
    (110, Service::Pop3, false),
    (143, Service::Imap, false),
    (993, Service::Imap, true),
    (995, Service::Pop3, true),
];

/// A server that may be looked up or asked.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Name {
    /// A name, in small letters, without a dot at its end.
    Name(String),
    /// An address that was typed.
    Address(IpAddr),
}

impl Name {
    /// As people write it.
    pub fn text(&self) -> String {
        match self {
            Self::Name(name) => name.clone(),
            Self::Address(address) => address.to_string(),
        }
    }
}

/// A server that a person typed.
pub fn typed(text: &str) -> Result<Name, Unasked> {
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    match bare.parse::<IpAddr>() {
        // ::ffff:192.0.2.1 is 192.0.2.1.
        Ok(address) => Ok(Name::Address(address.to_canonical())),
        Err(_) => name(text),
    }
}

/// A server that settings or a report name: a hostile file may name what is nobody's business.
pub fn from_settings(text: &str) -> Result<Name, Unasked> {
    if typed(text).is_ok_and(|name| matches!(name, Name::Address(_))) {
        return Err(Unasked::Literal);
    }
    let name = name(text)?;
    // Resolvers take 127.1 and 0x7f.1 for addresses; no name ends in a number (RFC 3696, 2).
    let last = name.text().rsplit('.').next().unwrap_or_default().to_owned();
    let is_number = last.starts_with(|c: char| c.is_ascii_digit());
    match name.text().contains('.') {
        _ if is_number => Err(Unasked::Literal),
        false => Err(Unasked::SingleLabel),
        true => Ok(name),
    }
}

/// What fits the kind of servers, without a port, and can be asked of a resolver as it is.
fn name(text: &str) -> Result<Name, Unasked> {
    let kept = keep(Kind::Host, text);
    let name = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_label = |label: &str| {
        (1..=63).contains(&label.len()) && label.chars().all(is_letter) && !label.starts_with('-')
    };
    let fits = kept.fits && kept.text == text.trim() && name.split('.').all(is_label);
    if fits { Ok(Name::Name(name)) } else { Err(Unasked::NoHost) }
}

/// Those of a server's addresses that may be asked, in the order of the resolver, which knows best what can be reached.
pub fn choose(name: &Name, found: &[IpAddr], internal: bool) -> Result<Vec<IpAddr>, Unasked> {
    let is_own = |address: &&IpAddr| address.is_loopback();
    match name {
        Name::Address(address) => may(*address, true, internal).map(|address| vec![address]),
        // RFC 6761, 6.3: whoever types that means this computer.
        Name::Name(name) if name == "localhost" => Ok(found.iter().filter(is_own).copied().collect()),
        Name::Name(_) => {
            let judged: Vec<_> = found.iter().map(|address| may(*address, false, internal)).collect();
            let good: Vec<IpAddr> = judged.iter().filter_map(|one| one.ok()).collect();
            match judged.into_iter().find_map(Result::err) {
                Some(why) if good.is_empty() => Err(why),
                None if good.is_empty() => Err(Unasked::Unresolved),
                _ => Ok(good),
            }
        }
    }
}

fn may(address: IpAddr, is_typed: bool, internal: bool) -> Result<IpAddr, Unasked> {
    match place(address) {
        Place::Public => Ok(address),
        Place::Special if is_typed && !is_nobody(address) => Ok(address),
        Place::Special => Err(Unasked::Special),
        Place::Private if internal => Ok(address),
        Place::Private => Err(Unasked::Private),
    }
}

/// No computer has it, whoever types it.
fn is_nobody(address: IpAddr) -> bool {
    let is_broadcast = matches!(address, IpAddr::V4(address) if address.is_broadcast());
    address.is_multicast() || address.is_unspecified() || is_broadcast
}

/// `HOST`, `HOST:PORT`, `[2001:db8::1]:PORT`, each perhaps with what is spoken there before it (`smtps://`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The server.
    pub name: Name,
    /// The port; `None`: the usual ones.
    pub port: Option<u16>,
    /// What is spoken there, and whether TLS comes first, where it was typed.
    pub speaks: Option<(Service, bool)>,
}

const SCHEMES: [(&str, Service, bool); 6] = [
    ("smtp://", Service::Smtp, false),
    ("smtps://", Service::Smtp, true),
    ("pop3://", Service::Pop3, false),
    ("pop3s://", Service::Pop3, true),
    ("imap://", Service::Imap, false),
    ("imaps://", Service::Imap, true),
];

/// Reads what a person typed; `None`: it is neither a server nor a server with a port.
pub fn read(text: &str) -> Option<Typed> {
    let scheme = SCHEMES.iter().find_map(|(scheme, service, tls)| {
        let is_it = text.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme));
        is_it.then_some((text.get(scheme.len()..)?, (*service, *tls)))
    });
    let (rest, speaks) = scheme.map_or((text, None), |(rest, speaks)| (rest, Some(speaks)));
    let is_bare_v6 = rest.parse::<Ipv6Addr>().is_ok();
    let (host, port) = match rest.rsplit_once(':') {
        Some((host, port)) if !is_bare_v6 && !port.contains(']') => {
            let is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
            let port = port.parse().ok().filter(|port: &u16| is_number && *port > 0)?;
            (host, Some(port))
        }
        _ => (rest, None),
    };
    Some(Typed { name: typed(host).ok()?, port, speaks })
}

/// What is spoken on a port, and whether TLS comes first; `None`: the greeting tells.
pub fn spoken(port: u16) -> Option<(Service, bool)> {
    PORTS.iter().find(|(known, ..)| *known == port).map(|(_, service, tls)| (*service, *tls))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_name_no_addresses_and_no_neighbours() {
        for (text, expected) in [
            ("Mail.Example.JP.", Ok("mail.example.jp")),
            ("smtp_1.example.jp", Ok("smtp_1.example.jp")),
            ("192.0.2.1", Err(Unasked::Literal)),
            ("[192.0.2.1]", Err(Unasked::Literal)),
            ("::1", Err(Unasked::Literal)),
            ("127.1", Err(Unasked::Literal)),
            ("0x7f.1", Err(Unasked::Literal)),
            ("router", Err(Unasked::SingleLabel)),
            ("localhost", Err(Unasked::SingleLabel)),
            ("2130706433", Err(Unasked::Literal)),
            ("", Err(Unasked::NoHost)),
            ("mail.example.jp:25", Err(Unasked::NoHost)),
            ("taro:himitsu@mail.example.jp", Err(Unasked::NoHost)),
            ("smtp://mail.example.jp", Err(Unasked::NoHost)),
            ("mail.example.jp/x", Err(Unasked::NoHost)),
            ("mail example.jp", Err(Unasked::NoHost)),
            ("mail..example.jp", Err(Unasked::NoHost)),
            ("-mail.example.jp", Err(Unasked::NoHost)),
            ("メール.example.jp", Err(Unasked::NoHost)),
            ("himitsu!", Err(Unasked::NoHost)),
        ] {
            let found = from_settings(text).map(|name| name.text());
            assert_eq!(found.as_deref(), expected.as_ref().map(|name| *name), "{text}");
        }
    }

    #[test]
    fn what_is_typed_is_taken_as_it_is() {
        let of = |text: &str| {
            let typed = read(text)?;
            Some((typed.name.text(), typed.port, typed.speaks))
        };
        for (text, expected) in [
            ("mail.example.jp", Some(("mail.example.jp", None, None))),
            ("mail.example.jp:587", Some(("mail.example.jp", Some(587), None))),
            ("router", Some(("router", None, None))),
            ("127.0.0.1:2525", Some(("127.0.0.1", Some(2525), None))),
            ("::1", Some(("::1", None, None))),
            ("[::1]:25", Some(("::1", Some(25), None))),
            ("[2001:db8::1]", Some(("2001:db8::1", None, None))),
            ("::ffff:192.0.2.1", Some(("192.0.2.1", None, None))),
            ("SMTPS://localhost:4465", Some(("localhost", Some(4465), Some((Service::Smtp, true))))),
            ("imap://mail.example.jp", Some(("mail.example.jp", None, Some((Service::Imap, false))))),
            ("mail.example.jp:0", None),
            ("mail.example.jp:70000", None),
            ("mail.example.jp:+25", None),
            ("mail.example.jp:", None),
            ("http://mail.example.jp", None),
            ("taro@example.jp", None),
            ("", None),
        ] {
            let expected = expected.map(|(name, port, speaks)| (name.to_owned(), port, speaks));
            assert_eq!(of(text), expected, "{text}");
        }
    }

    #[test]
    fn what_a_name_resolves_to_is_judged_once() {
        let chosen = |name: &str, addresses: &[&str], internal| {
            let name = typed(name).unwrap();
            let found: Vec<IpAddr> = addresses.iter().map(|text| text.parse().unwrap()).collect();
            choose(&name, &found, internal)
                .map(|good| good.iter().map(ToString::to_string).collect::<Vec<_>>())
        };
        let good =
            |addresses: &[&str]| Ok(addresses.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
        let mail = "mail.example.jp";
        assert_eq!(chosen(mail, &["192.0.2.1", "10.0.0.1"], false), good(&["192.0.2.1"]));
        assert_eq!(chosen(mail, &["10.0.0.1"], false), Err(Unasked::Private));
        assert_eq!(chosen(mail, &["10.0.0.1"], true), good(&["10.0.0.1"]));
        assert_eq!(chosen(mail, &["127.0.0.1"], true), Err(Unasked::Special));
        assert_eq!(chosen(mail, &["::ffff:10.0.0.1"], true), Err(Unasked::Special));
        assert_eq!(chosen(mail, &[], true), Err(Unasked::Unresolved));
        assert_eq!(chosen("localhost", &["127.0.0.1", "192.0.2.1"], false), good(&["127.0.0.1"]));
        assert_eq!(chosen("127.0.0.1", &[], false), good(&["127.0.0.1"]));
        assert_eq!(chosen("64:ff9b::c000:201", &[], false), good(&["64:ff9b::c000:201"]));
        assert_eq!(chosen("10.0.0.1", &[], false), Err(Unasked::Private));
        assert_eq!(chosen("224.0.0.1", &[], true), Err(Unasked::Special));
        assert_eq!(chosen("0.0.0.0", &[], true), Err(Unasked::Special));
    }

    #[test]
    fn no_port_stands_twice() {
        for (at, (port, ..)) in PORTS.iter().enumerate() {
            assert!(PORTS.iter().skip(at + 1).all(|(other, ..)| other != port), "{port}");
        }
    }
}
