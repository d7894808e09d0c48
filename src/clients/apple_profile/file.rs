//! A configuration profile of Apple's systems: a property list, by itself or inside signed data, binary or in text form.

use crate::formats::ber::BerError;
use crate::formats::plist::{self, PlistError, Tree};
use crate::formats::signed_data;

/// What openssl and others write before signed data in text form; nothing else may stand there.
pub(super) const BEGINNINGS: [&str; 2] = ["-----BEGIN PKCS7-----", "-----BEGIN CMS-----"];
/// The first byte of signed data: a SEQUENCE.
const SEQUENCE: u8 = 0x30;

/// A profile, without the data of secrets.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The property list.
    pub tree: Tree,
    /// True inside signed data.
    pub is_signed: bool,
    /// Who signed it, as the certificate says; nobody has checked it.
    pub signer: Option<String>,
}

/// Why there is no profile. It never carries any content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// What is wrong with the signed data around it.
    #[error("the signed data is {0}")]
    Signed(#[from] BerError),
    /// What is wrong with the property list.
    #[error("{0}")]
    Plist(#[from] PlistError),
}

/// Reads a profile. Secrets lose their data here.
pub fn parse(bytes: &[u8]) -> Result<Profile, ProfileError> {
    let decoded = from_text_form(bytes)?;
    let bytes = decoded.as_deref().unwrap_or(bytes);
    if bytes.first() != Some(&SEQUENCE) {
        return Ok(Profile { tree: plist::parse(bytes)?, is_signed: false, signer: None });
    }
    let content = signed_data::content(bytes)?;
    Ok(Profile { tree: plist::parse(&content)?, is_signed: true, signer: signed_data::signer(bytes) })
}

/// The bytes of RFC 7468's text form; `None` if these bytes are something else.
fn from_text_form(bytes: &[u8]) -> Result<Option<Vec<u8>>, BerError> {
    let Some(rest) =
        BEGINNINGS.iter().find_map(|begin| bytes.trim_ascii_start().strip_prefix(begin.as_bytes()))
    else {
        return Ok(None);
    };
    let end = rest.windows(5).position(|window| window == b"-----").ok_or(BerError::Truncated)?;
    decode_base64(rest.get(..end).unwrap_or_default()).map(Some).ok_or(BerError::Malformed)
}

/// RFC 4648, section 4. White space is skipped, and the padding ends it.
fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for digit in text.iter().filter(|byte| !byte.is_ascii_whitespace()).take_while(|byte| **byte != b'=') {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.extend(u8::try_from(bits >> count & 0xFF));
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_the_rfc() {
        for (text, expected) in [
            ("", Some("")),
            ("Zg==", Some("f")),
            ("Zm8=", Some("fo")),
            ("Zm9v\r\nYmFy\n", Some("foobar")),
            ("Zm9-", None),
        ] {
            assert_eq!(
                decode_base64(text.as_bytes()),
                expected.map(|text| text.as_bytes().to_vec()),
                "{text}"
            );
        }
    }

    #[test]
    fn damage_tells_where_it_lies() {
        for (bytes, expected) in [
            (&b""[..], ProfileError::Plist(PlistError::Empty)),
            (b"hello", ProfileError::Plist(PlistError::NotPlist)),
            (b"0\x80\x06\x09", ProfileError::Signed(BerError::Truncated)),
            // an OCTET STRING in the place of the object identifier
            (b"0\x03\x04\x01x", ProfileError::Signed(BerError::Malformed)),
            (b"-----BEGIN CMS-----\nMIAG", ProfileError::Signed(BerError::Truncated)),
            (b"-----BEGIN PKCS7-----\nM*\n-----END PKCS7-----", ProfileError::Signed(BerError::Malformed)),
        ] {
            assert_eq!(parse(bytes), Err(expected), "{bytes:?}");
        }
    }
}
