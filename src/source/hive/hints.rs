//! What lists of keys say of their names, so that a look-up opens few of them.
//!
//! Source: github.com/msuhanov/regf, "Windows registry file format specification", Fast leaf and Hash leaf.

/// What the four bytes beside each key of a list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hints {
    /// Not there.
    None,
    /// The first characters of the name ("lf"); zero where it ends, or has one that is no ASCII.
    Start,
    /// A sum over the name in upper case ("lh").
    Hash,
}

/// A name with what the hints beside it would be.
pub(super) struct Wanted<'n> {
    name: &'n str,
    hash: u32,
}

impl<'n> Wanted<'n> {
    pub(super) fn new(name: &'n str) -> Self {
        Self { name, hash: hash(name) }
    }
}

impl Hints {
    /// False if the key beside this hint has another name.
    pub(super) fn fits(self, hint: [u8; 4], wanted: &Wanted<'_>) -> bool {
        match self {
            Self::None => true,
            Self::Start => {
                let told = hint.iter().take_while(|byte| byte.is_ascii() && **byte != 0);
                let mut bytes = wanted.name.bytes();
                told.into_iter().all(|told| bytes.next().is_some_and(|byte| byte.eq_ignore_ascii_case(told)))
            }
            Self::Hash => wanted.hash == u32::from_le_bytes(hint),
        }
    }
}

/// Windows has its own upper case, one unit for one unit. That of other letters than ASCII's may differ here.
fn hash(name: &str) -> u32 {
    let upper = |c: char| c.to_uppercase().next().filter(|_| c.to_uppercase().len() == 1).unwrap_or(c);
    let mut units = [0; 2];
    name.chars().fold(0, |sum, c| {
        let units = upper(c).encode_utf16(&mut units);
        units.iter().fold(sum, |sum: u32, unit| sum.wrapping_mul(37).wrapping_add(u32::from(*unit)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_compared_as_far_as_it_goes() {
        let fits = |hint: &[u8; 4], name| Hints::Start.fits(*hint, &Wanted::new(name));
        assert!(fits(b"Soft", "SOFTWARE") && fits(b"sn\0\0", "sn") && fits(b"\0\0\0\0", "anything"));
        assert!(fits(b"B\xFC\0\0", "Budget"), "no more than a hint");
        assert!(!fits(b"Soft", "Sof") && !fits(b"Soft", "Sort") && !fits(b"sn\0\0", "s"));
    }

    /// The hash is what hivexregedit wrote to fixtures/hive/merged.hive.
    #[test]
    fn a_hash_is_over_the_upper_case() {
        assert_eq!(hash("Software"), 0xE9FE_1463);
        assert_eq!(hash("SOFTWARE"), hash("software"));
        assert_ne!(hash("Software"), hash("Softwar"));
        assert_eq!(hash("straße"), hash("STRAßE"));
    }
}
