//! Whose addresses are whose: what two people have in their settings is nobody's to send to.

use crate::formats::kinds::{Kind, keep};
use crate::formats::shapes::narrow;
use crate::redact::looks_masked;
use std::collections::{BTreeMap, BTreeSet};

/// Whose addresses are whose: each, in the form in which they are compared, with its owners.
#[derive(Debug, Default)]
pub(super) struct Addresses(BTreeMap<String, BTreeSet<[String; 3]>>);

impl Addresses {
    /// An account of this owner (computer, user, SID or where a lone file lay) has this address, whether it needs something
    /// or not.
    pub(super) fn claim(&mut self, address: &str, owner: [&str; 3]) {
        if is_address(address) {
            self.0.entry(compared(address)).or_default().insert(owner.map(str::to_lowercase));
        }
    }

    /// True if it is more than one person's.
    pub(super) fn is_shared(&self, address: &str) -> bool {
        let owners = self.0.get(&compared(address)).into_iter().flatten();
        // In their order one without a SID stands right before those of the same name.
        owners.clone().zip(owners.skip(1)).any(|(one, other)| !is_same(one, other))
    }
}

/// A disk does not always tell the SID of its users.
fn is_same([computer, user, sid]: &[String; 3], [other, name, id]: &[String; 3]) -> bool {
    (computer, user) == (other, name)
        && (sid == id || (!user.is_empty() && (sid.is_empty() || id.is_empty())))
}

/// One address, and nothing that a spreadsheet would take for a formula: the sign that keeps it from that is no part of it.
/// A mask is nobody's address.
pub(super) fn is_address(text: &str) -> bool {
    keep(Kind::Address, text).fits && !text.starts_with(['=', '+', '-', '@']) && !is_masked(text)
}

/// True if it is a mask, or its part before the `@`.
pub(super) fn is_masked(text: &str) -> bool {
    looks_masked(text.split('@').next().unwrap_or_default())
}

/// The form in which addresses are compared: small letters, none in full width, and a domain by its letters, not by what
/// stands for them in the DNS (RFC 5890).
pub(super) fn compared(address: &str) -> String {
    let address: String = address.chars().map(narrow).flat_map(char::to_lowercase).collect();
    let Some((local, domain)) = address.split_once('@') else { return address };
    let label = |label: &str| {
        let letters = label.strip_prefix("xn--").and_then(of_punycode);
        letters.map_or_else(|| label.to_owned(), |letters| letters.to_lowercase())
    };
    let labels: Vec<String> = domain.trim_end_matches('.').split('.').map(label).collect();
    format!("{local}@{}", labels.join("."))
}

/// The letters that a label stands for (RFC 3492, 6.2); `None`: it stands for none.
fn of_punycode(label: &str) -> Option<String> {
    const BASE: u32 = 36;
    let (plain, coded) = label.rsplit_once('-').unwrap_or(("", label));
    let mut letters: Vec<char> = plain.chars().collect();
    let (mut number, mut bias, mut place) = (0x80_u32, 72_u32, 0_u32);
    let mut digits = coded.chars();
    while !digits.as_str().is_empty() {
        let (start, mut weight, mut at) = (place, 1_u32, BASE);
        loop {
            let digit = match digits.next()? {
                letter @ 'a'..='z' => u32::from(letter) - u32::from('a'),
                figure @ '0'..='9' => u32::from(figure) - u32::from('0') + 26,
                _ => return None,
            };
            place = place.checked_add(digit.checked_mul(weight)?)?;
            let threshold = at.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE - threshold)?;
            at += BASE;
        }
        let count = u32::try_from(letters.len()).ok()?.checked_add(1)?;
        bias = adapted(place - start, count, start == 0);
        number = number.checked_add(place / count)?;
        place %= count;
        letters.insert(place as usize, char::from_u32(number)?);
        place += 1;
    }
    Some(letters.into_iter().collect())
}

/// The bias for the next number (RFC 3492, 6.1).
fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = delta / if is_first { 700 } else { 2 };
    delta += delta / count;
    let mut at = 0;
    while delta > 35 * 26 / 2 {
        delta /= 35;
        at += 36;
    }
    at + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_the_same_however_it_is_written() {
        for (one, other) in [
            ("Taro@Example.JP", "taro@example.jp"),
            ("ｔａｒｏ@example.jp", "taro@example.jp"),
            ("taro@example.jp.", "taro@example.jp"),
            ("taro@xn--wgv71a119e.jp", "taro@日本語.jp"),
            ("taro@XN--BCHER-KVA.example", "taro@Bücher.example"),
            ("taro@xn--q9jyb4c", "taro@みんな"),
        ] {
            assert_eq!(compared(one), compared(other));
        }
        // What stands for nothing stays as it is.
        for odd in ["a@xn--.jp", "a@xn--99999999999.jp", "a@xn--ü.jp", "a@xn--a-.jp"] {
            assert!(compared(odd).starts_with("a@"), "{odd}");
        }
        assert_ne!(compared("taro@example.jp"), compared("taro@example.com"));
    }

    #[test]
    fn an_address_of_two_owners_is_shared() {
        let shared = |owners: &[[&str; 3]]| {
            let mut addresses = Addresses::default();
            for owner in owners {
                addresses.claim("taro@example.jp", *owner);
            }
            addresses.is_shared("TARO@example.jp")
        };
        for (owners, expected) in [
            (&[][..], false),
            (&[["PC-1", "taro", ""]], false),
            (&[["PC-1", "taro", ""], ["pc-1", "Taro", ""]], false),
            (&[["PC-1", "taro", ""], ["PC-2", "taro", ""]], true),
            (&[["PC-1", "taro", ""], ["PC-1", "jiro", ""]], true),
            // Two of one name, and one whose SID is not always known.
            (&[["PC-1", "taro", "S-1-1"], ["PC-1", "taro", "S-1-2"]], true),
            (&[["PC-1", "taro", ""], ["PC-1", "taro", "S-1-1"], ["PC-1", "taro", "S-1-2"]], true),
            (&[["PC-1", "taro", ""], ["PC-1", "taro", "S-1-1"]], false),
            // Lone files.
            (&[["", "", "(a)"], ["", "", "(b)"]], true),
        ] {
            assert_eq!(shared(owners), expected, "{owners:?}");
        }
    }

    #[test]
    fn a_mask_is_nobodys_address() {
        assert!(is_address("x1@example.jp") && !is_masked("taro@example.jp"));
        assert!(!is_address("x0123456789abcdef@example.jp") && is_masked("x0123456789abcdef"));
    }
}
