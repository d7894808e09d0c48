//! Signed data of CMS (RFC 5652): the content, and the name of who signed it. The signature is not checked.

use super::ber::{BerError, Element, expect, octets, split};
use encoding_rs::UTF_16BE;

const INTEGER: u8 = 0x02;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const SET: u8 = 0x31;
/// Constructed, context-specific 0: what is tagged so differs from place to place.
const CONTEXT_0: u8 = 0xA0;
/// 1.2.840.113549.1.7.2
const SIGNED_DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02];
/// 2.5.4.3
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
/// Longer names are cut, in characters; RFC 5280 (appendix A) allows 64.
const MAX_NAME: usize = 64;

/// The parts of signed data that are looked at.
struct SignedData<'a> {
    content: Element<'a>,
    certificates: &'a [u8],
    signers: &'a [u8],
}

/// The content; signatures of something that lies elsewhere have none and are damaged here.
pub fn content(bytes: &[u8]) -> Result<Vec<u8>, BerError> {
    octets(open(bytes)?.content)
}

/// The common name in the certificate of the first who signed, if the certificate is there.
pub fn signer(bytes: &[u8]) -> Option<String> {
    let signed = open(bytes).ok()?;
    let mut signers = signed.signers;
    let mut info = expect(&mut signers, SEQUENCE).ok()?;
    expect(&mut info, INTEGER).ok()?;
    let identifier = split(&mut info).ok()?;
    let mut certificates = signed.certificates;
    let mut found = Vec::new();
    while !certificates.is_empty() {
        // Other kinds of certificates are tagged; their names are none.
        let certificate = split(&mut certificates).ok()?;
        found.extend(Some(certificate).filter(|it| it.tag == SEQUENCE).and_then(|it| read(it.content).ok()));
    }
    let certificate = match (identifier.tag, found.as_slice()) {
        (SEQUENCE, all) => {
            let mut inside = identifier.content;
            let issuer = expect(&mut inside, SEQUENCE).ok()?;
            let serial = expect(&mut inside, INTEGER).ok()?;
            all.iter().find(|it| it.issuer == issuer && it.serial == serial)
        }
        // Named by its key: a certificate that comes alone is the one.
        (_, [only]) => Some(only),
        _ => None,
    };
    common_name(certificate?.subject)
}

fn open(bytes: &[u8]) -> Result<SignedData<'_>, BerError> {
    let mut input = bytes;
    let mut outer = expect(&mut input, SEQUENCE)?;
    if expect(&mut outer, OBJECT_IDENTIFIER)? != SIGNED_DATA {
        return Err(BerError::Malformed);
    }
    let mut explicit = expect(&mut outer, CONTEXT_0)?;
    let mut parts = expect(&mut explicit, SEQUENCE)?;
    expect(&mut parts, INTEGER)?;
    expect(&mut parts, SET)?;
    let mut inner = expect(&mut parts, SEQUENCE)?;
    expect(&mut inner, OBJECT_IDENTIFIER)?;
    if inner.is_empty() {
        return Err(BerError::Malformed);
    }
    let mut explicit = expect(&mut inner, CONTEXT_0)?;
    let content = split(&mut explicit)?;
    let (mut certificates, mut signers) = (&[][..], &[][..]);
    while !parts.is_empty() {
        match split(&mut parts)? {
            Element { tag: CONTEXT_0, content } => certificates = content,
            Element { tag: SET, content } => signers = content,
            _ => {}
        }
    }
    Ok(SignedData { content, certificates, signers })
}

/// What tells one certificate from another (RFC 5280, 4.1).
struct Certificate<'a> {
    serial: &'a [u8],
    issuer: &'a [u8],
    subject: &'a [u8],
}

fn read(certificate: &[u8]) -> Result<Certificate<'_>, BerError> {
    let mut outer = certificate;
    let mut parts = expect(&mut outer, SEQUENCE)?;
    let first = split(&mut parts)?;
    // The version stands first, unless it is the oldest.
    let serial = if first.tag == CONTEXT_0 { expect(&mut parts, INTEGER)? } else { first.content };
    expect(&mut parts, SEQUENCE)?;
    let issuer = expect(&mut parts, SEQUENCE)?;
    expect(&mut parts, SEQUENCE)?;
    Ok(Certificate { serial, issuer, subject: expect(&mut parts, SEQUENCE)? })
}

/// The last common name: names go from the country to the person.
fn common_name(mut subject: &[u8]) -> Option<String> {
    let mut name = None;
    while !subject.is_empty() {
        let mut attributes = expect(&mut subject, SET).ok()?;
        while !attributes.is_empty() {
            let mut attribute = expect(&mut attributes, SEQUENCE).ok()?;
            if expect(&mut attribute, OBJECT_IDENTIFIER).ok()? == COMMON_NAME {
                name = Some(text(split(&mut attribute).ok()?));
            }
        }
    }
    name.filter(|name| !name.is_empty())
}

fn text(value: Element<'_>) -> String {
    let text = match value.tag {
        0x1E => UTF_16BE.decode_without_bom_handling(value.content).0,
        // UTF8String, and strings of which ASCII is a part
        _ => String::from_utf8_lossy(value.content),
    };
    text.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DATA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];

    fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let content = parts.concat();
        let length = u16::try_from(content.len()).expect("short").to_be_bytes();
        [&[tag, 0x82], &length[..], &content].concat()
    }

    fn name(common: &[u8]) -> Vec<u8> {
        let attribute = |id: &[u8], value: &[u8]| {
            let id = element(OBJECT_IDENTIFIER, &[id]);
            element(SET, &[&element(SEQUENCE, &[&id, value])])
        };
        let country = attribute(&[0x55, 0x04, 0x06], &element(0x13, &[b"JP"]));
        element(SEQUENCE, &[&country, &attribute(COMMON_NAME, common)])
    }

    fn certificate(serial: u8, common: &[u8], is_old: bool) -> Vec<u8> {
        let version = element(CONTEXT_0, &[&element(INTEGER, &[&[2]])]);
        let version = if is_old { Vec::new() } else { version };
        let issuer = name(&element(0x0C, &[b"Example CA"]));
        let empty = element(SEQUENCE, &[]);
        let serial = element(INTEGER, &[&[serial]]);
        let parts = element(SEQUENCE, &[&version, &serial, &empty, &issuer, &empty, &name(common)]);
        element(SEQUENCE, &[&parts, &empty])
    }

    /// Signed by whom has this serial number, or with a key's name.
    fn signed(certificates: &[Vec<u8>], serial: Option<u8>) -> Vec<u8> {
        let issuer = name(&element(0x0C, &[b"Example CA"]));
        let by = match serial {
            Some(serial) => element(SEQUENCE, &[&issuer, &element(INTEGER, &[&[serial]])]),
            None => element(0x80, &[b"key"]),
        };
        let version = element(INTEGER, &[&[1]]);
        let signers = element(SET, &[&element(SEQUENCE, &[&version, &by])]);
        let content = element(CONTEXT_0, &[&element(0x04, &[b"content"])]);
        let inner = element(SEQUENCE, &[&element(OBJECT_IDENTIFIER, &[DATA]), &content]);
        let certificates = element(CONTEXT_0, &[&certificates.concat()]);
        let parts = element(SEQUENCE, &[&version, &element(SET, &[]), &inner, &certificates, &signers]);
        element(SEQUENCE, &[&element(OBJECT_IDENTIFIER, &[SIGNED_DATA]), &element(CONTEXT_0, &[&parts])])
    }

    #[test]
    fn the_signer_is_found_among_several() {
        let wide: Vec<u8> = "会社\u{7}".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let (one, two) = (element(0x0C, &["例 one ".as_bytes()]), element(0x1E, &[&wide]));
        let long = element(0x13, &[&[b'x'; 100]]);
        let both = [certificate(1, &one, false), certificate(2, &two, true)];
        for (certificates, serial, expected) in [
            (&both[..], Some(1), Some("例 one")),
            (&both, Some(2), Some("会社")),
            (&both, Some(3), None),
            (&both, None, None),
            (&both[..1], None, Some("例 one")),
            (&[], Some(1), None),
            (&[certificate(1, &long, false)], Some(1), Some(&*"x".repeat(MAX_NAME))),
            (&[certificate(1, &element(0x0C, &[b" "]), false)], Some(1), None),
            // A certificate of another kind, and one that is none.
            (&[element(0xA1, &[b"?"]), element(SEQUENCE, &[b"?"]), both[0].clone()], Some(1), Some("例 one")),
        ] {
            let bytes = signed(certificates, serial);
            assert_eq!(signer(&bytes).as_deref(), expected, "{serial:?}");
            assert_eq!(content(&bytes).as_deref(), Ok(&b"content"[..]));
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic(
            bytes in prop::collection::vec(any::<u8>(), 0..200),
            changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
            length in any::<prop::sample::Index>(),
        ) {
            let _ = (content(&bytes), signer(&bytes));
            let mut whole = signed(&[certificate(1, &element(0x0C, &[b"a"]), false)], Some(1));
            for (at, value) in changes {
                let at = at.index(whole.len());
                whole[at] = value;
            }
            let cut = &whole[..length.index(whole.len() + 1)];
            let _ = (content(&whole), signer(&whole), content(cut), signer(cut));
        }
    }
}
