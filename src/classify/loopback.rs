//! The own computer as a server, in every spelling.

use std::net::{IpAddr, Ipv4Addr};

/// True for the names and addresses of the own computer (RFC 6761, RFC 1122: 127.0.0.0/8, RFC 4291: ::1), also with a
/// port behind them.
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim().to_ascii_lowercase();
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => address,
        None if host.matches(':').count() == 1 => host.split(':').next().unwrap_or_default(),
        None => &host,
    };
    let name = name.trim_end_matches('.');
    let by_address = match name.parse::<IpAddr>() {
        Ok(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(mapped) => is_own(mapped),
            None => address.is_loopback() || address.is_unspecified(),
        },
        Ok(IpAddr::V4(address)) => is_own(address),
        Err(_) => address_of(name).is_some_and(is_own),
    };
    by_address || name.ends_with(".localhost") || OWN_NAMES.contains(&name)
}

/// Names of the own computer in /etc/hosts: Debian's (netcfg) and Red Hat's (setup).
const OWN_NAMES: [&str; 8] = [
    "localhost",
    "localhost.localdomain",
    "ip6-localhost",
    "ip6-loopback",
    "localhost4",
    "localhost4.localdomain4",
    "localhost6",
    "localhost6.localdomain6",
];

/// To connect to 0.0.0.0 is to connect to the own computer (Linux, ip(7): INADDR_ANY; RFC 1122, 3.2.1.3 "this host").
fn is_own(address: Ipv4Addr) -> bool {
    address.is_loopback() || address.is_unspecified()
}

/// An address as resolvers take it, `127.1` and `0x7f.1` (inet_aton(3)): one to four numbers, decimal, octal (`0177`) or
/// hexadecimal; the last one stands for all bytes that are left.
fn address_of(name: &str) -> Option<Ipv4Addr> {
    let number = |part: &str| {
        let (digits, radix) = match part.strip_prefix("0x") {
            Some(digits) => (digits, 16),
            None if part.len() > 1 && part.starts_with('0') => (part, 8),
            None => (part, 10),
        };
        u32::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+'))
    };
    let numbers: Vec<u32> = name.split('.').map(number).collect::<Option<_>>()?;
    let (last, first) = numbers.split_last()?;
    let bits_left = 32_usize.checked_sub(8 * first.len())?;
    let fits = first.iter().all(|byte| *byte <= 0xFF) && bits_left > 0 && u64::from(*last) >> bits_left == 0;
    let start = first.iter().zip([24, 16, 8]).fold(0, |sum, (byte, shift)| sum | byte << shift);
    fits.then(|| Ipv4Addr::from(start | last))
}
