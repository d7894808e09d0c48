//! Which addresses may be asked: those of the internet; private ones where that is wanted; none that mean something else.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A computer of the internet.
    Public,
    /// A computer of a private network.
    Private,
    /// This computer, this wire, many computers, none, or an IPv4 address in the clothes of IPv6.
    Special,
}

/// What an address is (RFC 6890 and the registries of special-purpose addresses that it founds).
pub fn place(address: IpAddr) -> Place {
    match address {
        IpAddr::V4(address) => place_of_v4(address),
        IpAddr::V6(address) => place_of_v6(address),
    }
}

fn place_of_v4(address: Ipv4Addr) -> Place {
    let [first, second, ..] = address.octets();
    let is_special = first == 0
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        // Kept for the future, and broadcast (RFC 1112, 4; RFC 919).
        || first >= 240;
    // Behind the provider's address translation (RFC 6598).
    let is_shared = first == 100 && (64..128).contains(&second);
    match () {
        () if is_special => Place::Special,
        () if address.is_private() || is_shared => Place::Private,
        () => Place::Public,
    }
}

fn place_of_v6(address: Ipv6Addr) -> Place {
    let [first, second, third, .., sixth, _, _] = address.segments();
    // ::/96, which has "unspecified", "loopback" and the old compatible form, and ::ffff:0:0/96 (RFC 4291, 2.5.5)
    let is_padded =
        address.octets().iter().take(10).all(|octet| *octet == 0) && (sixth == 0 || sixth == 0xFFFF);
    // RFC 6052, RFC 8215
    let is_nat64 = first == 0x64 && second == 0xFF9B && (third == 0 || third == 1);
    // 6to4 (RFC 3056), Teredo (RFC 4380)
    let is_tunnel = first == 0x2002 || (first == 0x2001 && second == 0);
    let holds_v4 = is_padded || is_nat64 || is_tunnel;
    match () {
        () if holds_v4 || address.is_multicast() || address.is_unicast_link_local() => Place::Special,
        // Unique local (RFC 4193) and site-local (RFC 3879)
        () if first & 0xFE00 == 0xFC00 || first & 0xFFC0 == 0xFEC0 => Place::Private,
        () => Place::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_computers_are_asked() {
        for (address, expected) in [
            ("192.0.2.1", Place::Public),
            ("203.0.113.9", Place::Public),
            ("2001:db8::25", Place::Public),
            ("2606:4700::1", Place::Public),
            ("10.0.0.1", Place::Private),
            ("172.16.0.1", Place::Private),
            ("172.32.0.1", Place::Public),
            ("192.168.1.1", Place::Private),
            ("100.64.0.1", Place::Private),
            ("100.128.0.1", Place::Public),
            ("fd00::1", Place::Private),
            ("fec0::1", Place::Private),
            ("127.0.0.1", Place::Special),
            ("127.9.9.9", Place::Special),
            ("0.0.0.0", Place::Special),
            ("0.1.2.3", Place::Special),
            ("169.254.169.254", Place::Special),
            ("224.0.0.1", Place::Special),
            ("240.0.0.1", Place::Special),
            ("255.255.255.255", Place::Special),
            ("::", Place::Special),
            ("::1", Place::Special),
            ("::192.0.2.1", Place::Special),
            ("::ffff:127.0.0.1", Place::Special),
            ("::ffff:192.0.2.1", Place::Special),
            ("64:ff9b::c000:201", Place::Special),
            ("64:ff9b:1::c000:201", Place::Special),
            ("2002:c000:201::1", Place::Special),
            ("2001::1", Place::Special),
            ("fe80::1", Place::Special),
            ("ff02::1", Place::Special),
        ] {
            assert_eq!(place(address.parse().unwrap()), expected, "{address}");
        }
    }
}
