//! Whose accounts a policy speaks for: patterns of hosts, networks, domains of addresses.

use std::net::IpAddr;

/// Sending or receiving: a policy may speak for either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The outgoing server.
    Sending,
    /// The incoming server.
    Receiving,
}

/// One alternative of a policy's claims: all that is named has to match.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// The outgoing server; empty: not named.
    pub outgoing: Vec<HostPattern>,
    /// The incoming server; empty: not named.
    pub incoming: Vec<HostPattern>,
    /// One address has to be of one of these; empty: not named.
    pub domain: Vec<Pattern>,
    /// No address may be of one of these.
    pub not_domain: Vec<Pattern>,
    /// True if `domain` was named, though its list (a file) may be empty.
    pub names_domain: bool,
    /// The file beside the policy whose lines belong to `domain`: [`Claim::add_domains`] puts them there.
    pub domains_file: Option<String>,
}

/// What is known of an account for claims.
#[derive(Debug, Clone, Copy)]
pub struct Claimant<'a> {
    /// The outgoing servers that it may have.
    pub outgoing: &'a [String],
    /// The incoming server.
    pub incoming: Option<&'a str>,
    /// Its addresses; empty: unknown.
    pub addresses: &'a [String],
}

/// Any characters where a `*` stands; without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(String);

/// A server as a claim names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostPattern {
    /// A name, perhaps with `*`.
    Name(Pattern),
    /// An address or a network in CIDR notation (RFC 4632): address and length of the prefix.
    Network(IpAddr, u8),
}

/// More `*` than these are refused: patterns of others are to take no time.
pub const MOST_STARS: usize = 4;

impl Pattern {
    /// A pattern; `None` if it is empty or has too many `*`.
    pub fn new(text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.matches('*').count() <= MOST_STARS;
        fits.then(|| Self(text.trim_end_matches('.').to_ascii_lowercase()))
    }

    /// A pattern of domains or of servers' names: nothing but letters, digits, `.`, `-`, `_` and `*`.
    pub fn of_domain(text: &str) -> Option<Self> {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '*');
        text.chars().all(is_name).then(|| Self::new(text)).flatten()
    }

    /// True if it fits the whole text.
    pub fn fits(&self, text: &str) -> bool {
        let text = text.trim_end_matches('.').to_ascii_lowercase();
        let mut parts: Vec<&str> = self.0.split('*').collect();
        let Some(mut rest) = text.strip_prefix(parts.remove(0)) else { return false };
        let Some(last) = parts.pop() else { return rest.is_empty() };
        for part in parts {
            match rest.find(part).and_then(|at| rest.get(at + part.len()..)) {
                Some(after) => rest = after,
                None => return false,
            }
        }
        rest.ends_with(last)
    }

    /// As it was written, in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl HostPattern {
    /// A pattern of names, an IP address or a network; `None` if it is none of these.
    pub fn new(text: &str) -> Option<Self> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length.parse::<u8>().ok()?)),
            None => (text, None),
        };
        let bare = address.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(address);
        match (bare.parse::<IpAddr>(), length) {
            (Ok(address), length) => {
                let most = if address.is_ipv4() { 32 } else { 128 };
                let length = length.unwrap_or(most);
                (length <= most).then_some(Self::Network(address, length))
            }
            (Err(_), None) => Pattern::of_domain(text).map(Self::Name),
            (Err(_), Some(_)) => None,
        }
    }

    /// True if it names this server, and does not stand for any.
    pub fn names(&self, host: &str) -> bool {
        let is_any = matches!(self, Self::Name(pattern) if pattern.as_str().chars().all(|c| c == '*'));
        !is_any && self.fits(host)
    }

    /// As it is written.
    pub fn text(&self) -> String {
        match self {
            Self::Name(pattern) => pattern.as_str().to_owned(),
            Self::Network(address @ IpAddr::V4(_), 32) | Self::Network(address @ IpAddr::V6(_), 128) => {
                address.to_string()
            }
            Self::Network(address, length) => format!("{address}/{length}"),
        }
    }

    /// True if this server is one of it.
    pub fn fits(&self, host: &str) -> bool {
        match self {
            Self::Name(pattern) => pattern.fits(host),
            Self::Network(network, length) => {
                let bare = host.trim_end_matches('.');
                let bare = bare.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(bare);
                bare.parse::<IpAddr>().is_ok_and(|address| is_within(address, *network, *length))
            }
        }
    }
}

fn is_within(address: IpAddr, network: IpAddr, length: u8) -> bool {
    match (address.to_canonical(), network) {
        (IpAddr::V4(address), IpAddr::V4(network)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0);
            address.to_bits() & mask == network.to_bits() & mask
        }
        (IpAddr::V6(address), IpAddr::V6(network)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(length)).unwrap_or(0);
            address.to_bits() & mask == network.to_bits() & mask
        }
        _ => false,
    }
}

impl Claim {
    /// True if it speaks for this side of the account: for each side whose server it names; without servers for both.
    pub fn fits(&self, account: Claimant<'_>, side: Side) -> bool {
        self.reaches(side) && self.fits_account(account)
    }

    /// Takes the lines of its `domains_file`: one domain each, perhaps with `*`; what stands behind a `#` is a comment.
    /// Returns the numbers of the lines that are none, from 1.
    pub fn add_domains(&mut self, text: &str) -> Vec<usize> {
        let mut wrong = Vec::new();
        for (at, line) in text.lines().enumerate() {
            match line.split('#').next().unwrap_or_default().trim() {
                "" => {}
                line => match Pattern::of_domain(line) {
                    Some(domain) => self.domain.push(domain),
                    None => wrong.push(at + 1),
                },
            }
        }
        wrong
    }

    /// True if it names a server of this side, or no server at all: only then it can speak for the side.
    pub fn reaches(&self, side: Side) -> bool {
        match side {
            Side::Sending => !self.outgoing.is_empty() || self.incoming.is_empty(),
            Side::Receiving => !self.incoming.is_empty() || self.outgoing.is_empty(),
        }
    }

    fn fits_account(&self, account: Claimant<'_>) -> bool {
        let is_one = |patterns: &[HostPattern], host: &str| patterns.iter().any(|pattern| pattern.fits(host));
        let outgoing = self.outgoing.is_empty()
            || (!account.outgoing.is_empty()
                && account.outgoing.iter().all(|host| is_one(&self.outgoing, host)));
        let incoming =
            self.incoming.is_empty() || account.incoming.is_some_and(|host| is_one(&self.incoming, host));
        outgoing && incoming && self.fits_addresses(account.addresses)
    }

    fn fits_addresses(&self, addresses: &[String]) -> bool {
        if !self.names_domain && self.not_domain.is_empty() {
            return true;
        }
        let mut domains = addresses.iter().filter_map(|address| domain_of(address)).peekable();
        if domains.peek().is_none() {
            return false;
        }
        let is_one = |patterns: &[Pattern], domain: &str| patterns.iter().any(|pattern| pattern.fits(domain));
        let domains: Vec<&str> = domains.collect();
        (!self.names_domain || domains.iter().any(|domain| is_one(&self.domain, domain)))
            && !domains.iter().any(|domain| is_one(&self.not_domain, domain))
    }
}

/// What stands behind the last `@`.
pub fn domain_of(address: &str) -> Option<&str> {
    address.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| !domain.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_named_by_pattern_address_or_network() {
        for (pattern, host, expected) in [
            ("mail.example.jp", "MAIL.example.jp.", true),
            ("*.example.jp", "example.jp", false),
            ("*.example.jp", "a.b.example.jp", true),
            ("smtp*.example.*", "smtp2.example.com", true),
            ("a*a", "a", false),
            ("192.0.2.0/24", "192.0.2.77", true),
            ("192.0.2.0/24", "192.0.3.77", false),
            ("192.0.2.1", "[192.0.2.1]", true),
            ("192.0.2.0/24", "::ffff:192.0.2.9", true),
            ("0.0.0.0/0", "192.0.2.1", true),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("192.0.2.0/24", "mail.example.jp", false),
        ] {
            let made = HostPattern::new(pattern).unwrap();
            assert_eq!(made.fits(host), expected, "{pattern} {host}");
            assert_eq!(made.text(), pattern);
        }
        for text in
            ["", "*****", "192.0.2.0/33", "mail.example.jp/8", "a b", "https://mail.example.jp", "a@b"]
        {
            assert_eq!(HostPattern::new(text), None, "{text}");
        }
    }

    #[test]
    fn an_entry_speaks_for_the_sides_whose_servers_it_names() {
        let hosts = |text: &str| vec![HostPattern::new(text).unwrap()];
        let (outgoing, incoming) = (["smtp.example.jp".to_owned()], "pop.example.jp");
        let account = Claimant { outgoing: &outgoing, incoming: Some(incoming), addresses: &[] };
        let of = |claim: &Claim| [Side::Sending, Side::Receiving].map(|side| claim.fits(account, side));
        let by_outgoing = Claim { outgoing: hosts("smtp.*"), ..Claim::default() };
        let by_incoming = Claim { incoming: hosts("pop.*"), ..Claim::default() };
        let by_both = Claim { outgoing: hosts("smtp.*"), incoming: hosts("pop.*"), ..Claim::default() };
        let by_other = Claim { outgoing: hosts("smtp.*"), incoming: hosts("imap.*"), ..Claim::default() };
        assert_eq!(of(&by_outgoing), [true, false]);
        assert_eq!(of(&by_incoming), [false, true]);
        assert_eq!((of(&by_both), of(&by_other)), ([true; 2], [false; 2]));
    }

    #[test]
    fn domains_come_from_a_file_too() {
        let mut claim =
            Claim { names_domain: true, domains_file: Some("group.txt".to_owned()), ..Claim::default() };
        let lines = "# the first group\r\nexample.jp\r\n\r\n *.example.com  # all of them\na@b\n*****\n";
        assert_eq!(claim.add_domains(lines), [5, 6]);
        let of = |address: &str| {
            let addresses = [address.to_owned()];
            claim.fits(Claimant { outgoing: &[], incoming: None, addresses: &addresses }, Side::Sending)
        };
        assert!(of("a@example.jp") && of("a@b.example.com"));
        assert!(!of("a@example.com"));
    }

    #[test]
    fn an_account_of_unknown_address_is_of_no_domain() {
        let patterns = |texts: &[&str]| texts.iter().map(|text| Pattern::new(text).unwrap()).collect();
        let of = |domain: &[&str], not: &[&str], addresses: &[&str]| {
            let claim = Claim {
                domain: patterns(domain),
                not_domain: patterns(not),
                names_domain: !domain.is_empty(),
                ..Claim::default()
            };
            let addresses: Vec<String> = addresses.iter().map(|text| (*text).to_owned()).collect();
            let account = Claimant { outgoing: &[], incoming: None, addresses: &addresses };
            claim.fits(account, Side::Sending)
        };
        assert!(of(&[], &[], &[]));
        assert!(of(&["example.jp"], &[], &["taro@EXAMPLE.jp"]));
        assert!(of(&["example.jp"], &[], &["taro@example.com", "taro@example.jp"]));
        assert!(!of(&["example.jp"], &[], &["taro@sub.example.jp"]));
        assert!(!of(&["example.jp"], &[], &[]));
        assert!(!of(&["example.jp"], &[], &["taro"]));
        assert!(!of(&[], &["hotmail.*"], &[]));
        assert!(!of(&[], &["hotmail.*"], &["taro@example.jp", "taro@hotmail.co.jp"]));
        assert!(of(&[], &["hotmail.*"], &["taro@example.jp"]));
    }
}
