//! The mask: a keyed hash in place of a text. The same text gives the same mask under the same key, and nobody without
//! the key can find out the text by trying.

use crate::formats::kinds::{Kind, keep};
use crate::formats::shapes::hexadecimal;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A key that somebody gives has at least so many bytes; fewer could be tried out.
pub const SHORTEST_KEY: usize = 16;

/// Bytes of a mask that tell texts apart.
const HASH: usize = 6;
/// Bytes of a mask that tell it from any other text.
const CHECK: usize = 2;

/// True for what looks like a mask, of whatever key: nobody's server or address does.
pub fn looks_masked(text: &str) -> bool {
    let digits = text.strip_prefix('x').unwrap_or_default();
    digits.len() == 2 * (HASH + CHECK) && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Masks texts under one key (HMAC-SHA-256, RFC 2104). The key can't be read back.
pub struct Mask {
    hmac: Hmac<Sha256>,
    /// Servers, domains and what policies say stay: they are nobody's name.
    pub(super) is_of_people: bool,
}

impl Mask {
    /// With a key of its own; `None` if the system has no randomness to give.
    pub fn random() -> Option<Self> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).ok()?;
        Self::with_key(&key)
    }

    /// With this key; `None` if it is too short.
    pub fn with_key(key: &[u8]) -> Option<Self> {
        let hmac = Hmac::new_from_slice(key).ok()?;
        (key.len() >= SHORTEST_KEY).then_some(Self { hmac, is_of_people: false })
    }

    /// Only people are masked: users, local parts of addresses, names of accounts and computers, and where things lie.
    #[must_use]
    pub fn of_people(self) -> Self {
        Self { is_of_people: true, ..self }
    }

    /// The name of an account, or an address. Of people's the domain stays: what stands before it becomes the mask of the whole, so
    /// that one name in two domains can't be told to be one.
    pub fn address(&self, text: &str) -> String {
        let Some((local, domain)) = text.rsplit_once('@').filter(|_| self.is_of_people) else {
            return self.text(text);
        };
        if !keep(Kind::Address, text).fits {
            return self.text(text);
        }
        if self.is_mask(local) { text.to_owned() } else { format!("{}@{domain}", self.text(text)) }
    }

    /// True if nobody's name is left in it under this key.
    pub fn is_masked(&self, text: &str) -> bool {
        self.is_mask(text.rsplit_once('@').map_or(text, |(local, _)| local))
    }

    /// `x` and 16 hex digits. Case makes no difference, as it makes none in addresses, host names and on Windows in paths.
    /// A mask of the same key stays as it is, so that a masked report can be answered, compared and masked again. An empty
    /// text tells nothing.
    pub fn text(&self, text: &str) -> String {
        let folded = text.to_lowercase();
        if folded.is_empty() || self.is_mask(&folded) {
            return folded;
        }
        let hash = self.hash("text", &folded, HASH);
        let check = self.hash("check", &hash, CHECK);
        format!("x{hash}{check}")
    }

    /// An id: 16 hex digits, as the contract wants it.
    pub fn id(&self, id: &str) -> String {
        self.hash("id", &id.to_lowercase(), HASH + CHECK)
    }

    /// True for a mask of this key.
    pub fn is_mask(&self, text: &str) -> bool {
        let parts = text.strip_prefix('x').and_then(|digits| digits.split_at_checked(2 * HASH));
        parts.is_some_and(|(hash, check)| check == self.hash("check", hash, CHECK))
    }

    fn hash(&self, purpose: &str, text: &str, bytes: usize) -> String {
        let mut hmac = self.hmac.clone();
        for part in [purpose, "\0", text] {
            hmac.update(part.as_bytes());
        }
        hexadecimal(hmac.finalize().into_bytes().get(..bytes).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_has_the_same_mask_under_the_same_key_only() {
        let [mask, same, other] = [b"0123456789abcdef", b"0123456789abcdef", b"0123456789abcdeg"]
            .map(|key| Mask::with_key(key).unwrap());
        let masked = mask.text("taro@example.jp");
        assert_eq!(masked.len(), 17);
        assert!(looks_masked(&masked));
        for text in ["", "x", "taro", "mail.example.jp", "x0123456789abcde", "x0123456789abcdeg"] {
            assert!(!looks_masked(text), "{text}");
        }
        assert_eq!(masked, same.text("Taro@EXAMPLE.jp"));
        assert_ne!(masked, other.text("taro@example.jp"));
        assert_ne!(masked, mask.text("jiro@example.jp"));
        assert_eq!((mask.text(&masked), mask.text("")), (masked.clone(), String::new()));
        assert_ne!(other.text(&masked), masked, "a mask of another key is any text");
        let id = mask.id("0289a5351f490b24");
        assert_eq!((id.len(), &id), (16, &same.id("0289A5351F490B24")));
        assert_ne!(id, other.id("0289a5351f490b24"));
    }

    #[test]
    fn of_people_the_domain_stays() {
        let key = b"0123456789abcdef";
        let (all, people) = (Mask::with_key(key).unwrap(), Mask::with_key(key).unwrap().of_people());
        let masked = people.address("Taro@example.jp");
        assert_eq!(masked, format!("{}@example.jp", all.text("taro@example.jp")));
        assert_eq!(people.address(&masked), masked);
        assert!(people.is_masked(&masked) && !people.is_masked("taro@example.jp"));
        // What only looks like an address may be anything.
        for text in ["taro", "taro yamada@example.jp", "a@b@example.jp", "taro@"] {
            assert_eq!(people.address(text), all.text(text), "{text}");
        }
        assert_eq!(all.address("taro@example.jp"), all.text("taro@example.jp"));
        let local = |address: &str| people.address(address).split('@').next().unwrap().to_owned();
        assert_ne!(local("taro@example.jp"), local("taro@example.com"));
    }

    /// RFC 4231 has no key of 16 to 19 bytes; its second test's key is shorter than is taken here.
    #[test]
    fn it_is_hmac_of_sha_256() {
        let mask = Mask::with_key(&[0x0b; 20]).unwrap();
        let mut hmac = mask.hmac.clone();
        hmac.update(b"Hi There");
        let start: Vec<u8> = hmac.finalize().into_bytes().iter().take(4).copied().collect();
        assert_eq!(start, [0xb0, 0x34, 0x4c, 0x61]);
    }

    #[test]
    fn short_keys_are_refused_and_random_ones_differ() {
        assert!(Mask::with_key(&[7; 15]).is_none() && Mask::with_key(&[7; 16]).is_some());
        let [one, two] = [Mask::random(), Mask::random()].map(|mask| mask.unwrap().text("taro"));
        assert_ne!(one, two);
    }
}
